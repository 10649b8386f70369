/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/intl.h"
#include "pipeline/fields.h"
#include "pipeline/ingest.h"
#include "pipeline/services.h"
#include "pipeline/twice.h"
#include "pipeline/whole.h"

struct ingest {
	const aur_ingest_options *o;
	aur_ingest_stats *st;
	aur_chain *chain;
	aur_writer *w;
	aur_whole whole;
	aur_fields fields;
	aur_renamed renamed;
	aur_twice twice;
	uint32_t *label_of[AUR_MAX_ANNOTATORS], nlabel_of[AUR_MAX_ANNOTATORS];
	uint32_t *form, formcap;
	aur_hit_rec *hit;
	uint32_t hitcap;
	uint64_t total;
};

static void on_note(void *ctx, const char *file, const char *msg)
{
	struct ingest *g = ctx;
	if (g->o->note)
		g->o->note(g->o->ctx, file, msg);
}

static void on_refused(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason)
{
	struct ingest *g = ctx;
	if (g->o->refused)
		g->o->refused(g->o->ctx, file, line, id, reason);
}

static void on_failed(void *ctx, const char *file, const aur_error *e)
{
	struct ingest *g = ctx;
	if (g->o->file_failed)
		g->o->file_failed(g->o->ctx, file, e);
}

static void on_progress(void *ctx, uint64_t bytes, uint64_t n)
{
	struct ingest *g = ctx;
	g->total += n;
	if (g->o->progress)
		g->o->progress(g->o->ctx, bytes, g->total);
}

static void write_apart(void *ctx)
{
	struct ingest *g = ctx;
	aur_writer_write(g->w);
}

static void refuse_met(struct ingest *g, const aur_contribution *c)
{
	g->st->duplicate++;
	g->st->flow.refused++;
	on_refused(g, c->file, c->line, c->id,
		   _("this id was already used in this run: give each contribution its own id; in a table, name the id column with --id-column; if the ids of two files both count from 1, ingest the second separately, with --id-prefix v2-"));
}

/* The forms of a contribution, in the numbers of the writer. */
static void take_forms(struct ingest *g, const aur_contribution *c, const aur_analysis *x)
{
	if (x->ntok > g->formcap) {
		g->formcap = x->ntok * 2 + 256;
		g->form = aur_xrealloc(g->form, g->formcap * sizeof *g->form);
	}
	uint32_t fresh = aur_analyst_kept(c->analyst, x->lform, x->ntok, g->form);
	for (uint32_t i = 0; fresh; i++)
		if (g->form[i] == AUR_NONE) {
			fresh--;
			if (!aur_analyst_kept(c->analyst, &x->lform[i], 1, &g->form[i]))
				continue; /* it comes twice in this contribution */
			const aur_lform *l = aur_analyst_form(c->analyst, x->lform[i]);
			aur_new_form nf = {aur_lform_str(l), l->flags, aur_lform_layers(l), aur_analyst_has_all(c->analyst)};
			g->form[i] = aur_writer_form(g->w, &nf);
			aur_analyst_keep(c->analyst, x->lform[i], g->form[i]);
		}
}

static aur_code take_label(struct ingest *g, unsigned annotator, uint32_t label, uint32_t *out, aur_error *err)
{
	uint32_t n = g->nlabel_of[annotator];
	if (label >= n) {
		uint32_t cap = label * 2 + 256;
		g->label_of[annotator] = aur_xrealloc(g->label_of[annotator], cap * sizeof(uint32_t));
		memset(g->label_of[annotator] + n, 0xFF, (cap - n) * sizeof(uint32_t));
		g->nlabel_of[annotator] = cap;
	}
	uint32_t *of = &g->label_of[annotator][label];
	if (*of == AUR_NONE) {
		aur_label l;
		aur_code rc = aur_chain_label(g->chain, annotator, label, &l, err);
		if (rc)
			return rc;
		*of = aur_writer_label(g->w, &l);
	}
	*out = *of;
	return AURE_OK;
}

static aur_code take_hits(struct ingest *g, const aur_analysis *x, aur_error *err)
{
	if (x->nhits > g->hitcap) {
		g->hitcap = x->nhits * 2 + 16;
		g->hit = aur_xrealloc(g->hit, g->hitcap * sizeof *g->hit);
	}
	for (uint32_t i = 0; i < x->nhits; i++) {
		g->hit[i] = x->hit[i];
		aur_code rc = take_label(g, x->hit_annotator[i], x->hit[i].label, &g->hit[i].label, err);
		if (rc)
			return rc;
	}
	return AURE_OK;
}

static aur_code on_contribution(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	struct ingest *g = ctx;
	int met;
	aur_writer_soon(g->w, c->next_id);
	aur_code rc = aur_writer_met(g->w, c->id, &met, err);
	if (rc)
		return rc;
	aur_whole_id(&g->whole, c->id);
	if (met) { /* refused before its words and session get into the corpus */
		refuse_met(g, c);
		return AURE_OK;
	}
	rc = aur_fields_of(&g->fields, f, c, err);
	if (rc)
		return rc;
	aur_analysis x;
	aur_analyst_get(c->analyst, c->index, &x);
	take_forms(g, c, &x);
	rc = take_hits(g, &x, err);
	if (rc)
		return rc;
	aur_doc_in d = {.id = c->id, .text_len = (uint32_t)x.text.len, .ntok = x.ntok, .nwords = x.nwords, .form = g->form, .side = c->side,
			.nfields = g->fields.n, .field = g->fields.field, .value = g->fields.value, .nhits = x.nhits, .hit = g->hit};
	aur_added how;
	rc = aur_writer_add(g->w, &d, &how, err);
	if (rc)
		return rc;
	g->st->hits += x.nhits;
	aur_twice_text(&g->twice, x.text, x.nwords, how == AUR_ADDED);
	switch (how) {
	case AUR_ADDED:
		g->st->added++;
		break;
	case AUR_REPLACED:
		g->st->replaced++;
		aur_whole_replaced(&g->whole);
		break;
	case AUR_UNCHANGED:
		g->st->unchanged++;
		break;
	case AUR_DUPLICATE:
		refuse_met(g, c);
		break;
	}
	return AURE_OK;
}

static void on_from(void *ctx, const char *file, aur_str name, aur_str about, int known)
{
	struct ingest *g = ctx;
	aur_whole_file(&g->whole, file, name, known);
	aur_renamed_file(&g->renamed, file, name);
	aur_twice_file(&g->twice, file, name, about);
	if (about.len)
		aur_writer_source(g->w, name, about);
}

static void on_session(void *ctx, const char *file, aur_str id, aur_str key, aur_str value)
{
	struct ingest *g = ctx;
	aur_fields_session(&g->fields, file, id, key, value);
}

static void on_property(void *ctx, const char *file, aur_str key, aur_str value)
{
	struct ingest *g = ctx;
	aur_whole_property(&g->whole, file, key, value);
}

/* The pipeline of an existing corpus, which is used again so that its layers stay the same, and its fingerprints;
 * NULL: there are none.  What is damaged is not taken for that. */
static aur_code made_by(const char *corpus, char **xml, char **fingerprints, aur_error *err)
{
	aur_snapshot *s;
	aur_error e, met = {0};
	*xml = *fingerprints = NULL;
	if (aur_snapshot_open(corpus, &s, &e))
		return AURE_OK;
	aur_snapshot_watch(s, &met);
	const char *p = aur_snapshot_meta(s, "pipeline"), *f = aur_snapshot_meta(s, "fingerprints");
	*xml = p ? aur_xstrdup(p) : NULL;
	*fingerprints = f ? aur_xstrdup(f) : NULL;
	aur_snapshot_close(s);
	if (met.code && err)
		*err = met;
	return met.code;
}

/* A pipeline may do without an optional annotator; whoever reads the figures should know that this one does. */
static void missed_tell(struct ingest *g)
{
	for (const char *m = g->chain->missed.n ? aur_buf_cstr(&g->chain->missed) : ""; *m; m += strcspn(m, "\n") + 1) {
		char text[400];
		snprintf(text, sizeof text, _("it is made without the annotator « %.*s », which is optional in its pipeline and is not to be had here"),
			 (int)strcspn(m, "\n"), m);
		on_note(g, g->o->corpus, text);
	}
}

/* The fingerprints to store from now on.  *differ: the tokenizer or the layers changed; then the old lines about
 * words are kept, as words that are in the corpus were made by these, and comparisons must go on to show it. */
static void fingerprints_kept(const aur_chain *c, const char *was, aur_buf *out, int *differ)
{
	const char *is = c->fingerprints;
	size_t now = aur_chain_words(is), then = was ? aur_chain_words(was) : now;
	*differ = was && (then != now || memcmp(was, is, now) != 0);
	aur_buf_put(out, *differ ? was : is, then);
	aur_buf_str(out, is + now);
}

/* Shares the memory between writer and analysts.  The batch gets six tenths for any number of threads, so that the
 * index does not depend on it.  The dictionary that the analysts share gets a quarter; that of more than two, a
 * sixth, as each also uses memory that is not counted. */
static void share_memory(aur_chain *c, aur_setup *setup)
{
	c->analyst_bytes = setup->memory / (setup->threads > 2 ? 6 : 4);
	setup->memory = setup->memory / 32 * 19;
}

static aur_code read_all(struct ingest *g, const char *const *files, unsigned n, aur_error *err)
{
	aur_flow_calls calls = {g, on_contribution, on_session, on_property, on_note, on_refused, on_progress};
	aur_flow_options fo = g->o->flow;
	fo.side = 1;
	fo.from = on_from;
	fo.apart = write_apart;
	fo.sources = aur_sources_new();
	aur_str name, about;
	for (size_t at = 0; aur_writer_source_at(g->w, &at, &name, &about);)
		aur_sources_add(fo.sources, name, about);
	aur_code rc = aur_flow_run(g->chain, files, n, &fo, &calls, on_failed, &g->st->flow, err);
	aur_sources_free(fo.sources);
	if (rc == AURE_OK)
		aur_twice_file(&g->twice, NULL, (aur_str){0}, (aur_str){0});
	/* What was read is committed even after an error. */
	if (rc == AURE_OK || rc == AURE_CANCELLED) {
		aur_error e;
		aur_code kept = aur_writer_commit(g->w, &e);
		if (kept && err)
			*err = e;
		return kept ? kept : rc;
	}
	aur_writer_commit(g->w, NULL);
	return rc;
}

aur_code aur_ingest(const char *const *files, unsigned n, const aur_ingest_options *o, aur_ingest_stats *stats, aur_error *err)
{
	struct ingest g = {.o = o, .st = stats};
	memset(stats, 0, sizeof *stats);
	char *xml, *was;
	aur_buf kept = {0};
	aur_snapshot *snap;
	aur_code rc = aur_writer_open(o->corpus, &g.w, err);
	if (rc)
		return rc;
	rc = made_by(o->corpus, &xml, &was, err);
	if (!rc)
		rc = aur_chain_kept(o->pipeline, xml, AUR_CHAIN_ALL, &g.chain, err);
	if (!rc && was)
		rc = aur_chain_has_all(g.chain, o->corpus, was, err);
	if (!rc)
		missed_tell(&g);
	if (!rc)
		fingerprints_kept(g.chain, was, &kept, &stats->words_changed);
	free(xml);
	free(was);
	if (rc) {
		aur_writer_abandon(g.w);
		aur_chain_free(g.chain);
		return rc;
	}
	aur_setup setup = {.layer_count = g.chain->nshown, .default_layer = g.chain->dflt, .pipeline = g.chain->xml,
			   .fingerprints = aur_buf_cstr(&kept), .annotators = g.chain->annotators,
			   .memory = o->memory ? o->memory : (size_t)256 << 20,
			   .threads = o->flow.threads ? o->flow.threads : (unsigned)sysconf(_SC_NPROCESSORS_ONLN)};
	for (unsigned i = 0; i < g.chain->nshown; i++)
		setup.layer[i] = g.chain->layer[g.chain->of_shown[i]].name;
	share_memory(g.chain, &setup);
	g.whole = (aur_whole){.note = on_note, .ctx = &g};
	g.twice = (aur_twice){.note = on_note, .ctx = &g};
	g.renamed = (aur_renamed){.chain = g.chain, .readings = &g.fields.readings, .note = on_note, .ctx = &g};
	g.fields = (aur_fields){.chain = g.chain, .whole = &g.whole, .renamed = &g.renamed, .given = o->given, .ngiven = o->ngiven,
				.sess = {.inherit = g.chain->inherit, .ninherit = g.chain->ninherit}};
	if (!aur_snapshot_open(o->corpus, &snap, NULL)) {
		aur_sessions_before(&g.fields.sess, snap);
		aur_whole_before(&g.whole, snap);
		aur_renamed_before(&g.renamed, snap);
		aur_snapshot_close(snap);
	}
	rc = aur_writer_begin(g.w, &setup, err);
	aur_buf_free(&kept);
	if (rc) {
		aur_writer_abandon(g.w);
		g.w = NULL;
		goto out;
	}
	g.whole.w = g.fields.w = g.w;
	aur_fields_open(&g.fields);
	aur_renamed_open(&g.renamed, g.w);
	aur_twice_open(&g.twice, g.w);
	rc = read_all(&g, files, n, err);
	aur_renamed_file(&g.renamed, NULL, (aur_str){0});
	aur_whole_tell_files(&g.whole);
	aur_sessions_tell(&g.fields.sess, on_note, &g);
	aur_whole_tell(&g.whole, stats->flow.read);
	if (rc == AURE_OK && !stats->flow.failed)
		aur_whole_tell_gone(&g.whole, o->corpus, stats);
	stats->commits = aur_writer_commits(g.w);
	if (!stats->flow.read) {
		aur_writer_abandon(g.w); /* nothing was read: leaves no folder */
		g.w = NULL;
	}
out:
	aur_writer_close(g.w);
	if (!aur_snapshot_open(o->corpus, &snap, NULL)) {
		stats->annotators_changed = aur_snapshot_stale(snap) > 0;
		aur_snapshot_close(snap);
	}
	aur_fields_free(&g.fields);
	aur_whole_free(&g.whole);
	aur_renamed_free(&g.renamed);
	aur_twice_free(&g.twice);
	for (unsigned i = 0; i < AUR_MAX_ANNOTATORS; i++)
		free(g.label_of[i]);
	free(g.form);
	free(g.hit);
	aur_chain_free(g.chain);
	return rc;
}
