/* SPDX-License-Identifier: Apache-2.0 */
/* annotate and tokens: the analysis without a corpus, one line per contribution. */
#include "config.h"
#include <stdlib.h>
#include <yajl/yajl_gen.h>
#include "cli/near.h"
#include "cli/reader_opts.h"
#include "cli/verbs.h"
#include "pipeline/flow.h"

#define OPTS                                                                                                             \
	AUR_OPTS_READER, {"pipeline", 'p', N_("FILE"), N_("another pipeline.xml")},                                        \
		{"format", 'f', N_("FORMAT"), N_("jsonl (default), csv, table or json; tokens also conllu")}
static const aur_opt opts[] = {OPTS, {NULL, 0, NULL, NULL}};
static const aur_opt annotate_opts[] = {OPTS,
					{"explain", 'e', NULL, N_("say why: layers, cue and scope of each hit, and what almost matched (jsonl or json)")},
					{NULL, 0, NULL, NULL}};

struct job {
	aur_chain *chain;
	aur_format f;
	aur_json j;
	aur_table *t;
	int explain;
	aur_nears near;
	uint64_t n;
};

static void on_failed(void *ctx, const char *file, const aur_error *e)
{
	(void)ctx, (void)file;
	aur_say_error(e);
}

static void span(const struct job *b, const char *key, const aur_analysis *x, uint32_t first, uint32_t last)
{
	aur_points pt = {x->text.ptr, 0, 0};
	aur_json_key(b->j, key);
	if (first == AUR_NONE || first > last || last >= x->ntok) {
		yajl_gen_null(b->j);
		return;
	}
	yajl_gen_array_open(b->j);
	aur_json_int(b->j, (long long)aur_point_at(&pt, x->start[first]));
	aur_json_int(b->j, (long long)aur_point_at(&pt, x->end[last]));
	yajl_gen_array_close(b->j);
}

/* Why: what the index of a corpus would say of this hit. */
static void why(const struct job *b, const aur_contribution *c, const aur_analysis *x, const aur_hit_rec *h)
{
	aur_json_key(b->j, "weight");
	aur_json_real(b->j, (double)h->weight, 2);
	span(b, "cue", x, h->cue_first, h->cue_last);
	span(b, "scope", x, h->scope_first, h->scope_last);
	aur_json_key(b->j, "tokens");
	yajl_gen_array_open(b->j);
	for (uint32_t t = h->first; t <= h->last; t++) {
		const aur_lform *f = aur_analyst_form(c->analyst, x->lform[t]);
		yajl_gen_map_open(b->j);
		aur_json_key(b->j, "form");
		aur_json_str(b->j, aur_lform_text(f), f->len);
		aur_json_key(b->j, "layers");
		yajl_gen_map_open(b->j);
		for (unsigned l = 0; l < b->chain->nshown; l++) {
			aur_json_key(b->j, b->chain->layer[b->chain->of_shown[l]].name);
			aur_json_str(b->j, aur_lform_layers(f)[l].ptr, aur_lform_layers(f)[l].len);
		}
		yajl_gen_map_close(b->j);
		yajl_gen_map_close(b->j);
	}
	yajl_gen_array_close(b->j);
}

static const char *const pol[] = {"asserted", "negated", "conditional", "?"};

static void hit_json(const struct job *b, const aur_contribution *c, const aur_analysis *x, const aur_hit_rec *h, const aur_label *l, aur_points *pt)
{
	uint32_t s = x->start[h->first], e = x->end[h->last];
	yajl_gen_map_open(b->j);
	aur_json_member(b->j, "theme", l->theme);
	aur_json_member(b->j, "polarity", aur_str_of(pol[h->polarity & 3]));
	aur_json_key(b->j, "start");
	aur_json_int(b->j, (long long)aur_point_at(pt, s));
	aur_json_key(b->j, "end");
	aur_json_int(b->j, (long long)aur_point_at(pt, e));
	aur_json_member(b->j, "text", (aur_str){x->text.ptr + s, e - s});
	aur_json_member(b->j, "entry", l->entry);
	aur_json_member(b->j, "lexicon", l->lexicon);
	aur_json_member(b->j, "version", l->version);
	if (b->explain)
		why(b, c, x, h);
	yajl_gen_map_close(b->j);
}

static void hit_row(const struct job *b, const aur_contribution *c, const aur_analysis *x, const aur_hit_rec *h, const aur_label *l, aur_points *pt)
{
	uint32_t s = x->start[h->first], e = x->end[h->last];
	aur_cell(b->t, c->id.ptr, c->id.len);
	aur_cell(b->t, l->theme.ptr, l->theme.len);
	aur_cell_str(b->t, b->f == FMT_TABLE ? _(pol[h->polarity & 3]) : pol[h->polarity & 3]);
	aur_cell_int(b->t, (long long)aur_point_at(pt, s));
	aur_cell_int(b->t, (long long)aur_point_at(pt, e));
	aur_cell(b->t, x->text.ptr + s, e - s);
	aur_cell(b->t, l->entry.ptr, l->entry.len);
	aur_cell(b->t, l->lexicon.ptr, l->lexicon.len);
	aur_cell(b->t, l->version.ptr, l->version.len);
}

static aur_code annotate_one(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	struct job *b = ctx;
	aur_analysis x;
	aur_code rc = AURE_OK;
	(void)f;
	aur_analyst_get(c->analyst, c->index, &x);
	aur_points pt = {x.text.ptr, 0, 0};
	if (b->j) {
		if (b->f == FMT_JSON)
			fputs(b->n ? "," : "[", stdout);
		yajl_gen_map_open(b->j);
		aur_json_member(b->j, "id", c->id);
		aur_json_key(b->j, "themes");
		yajl_gen_array_open(b->j);
	}
	for (uint32_t i = 0; i < x.nhits && !rc; i++) {
		aur_label l;
		rc = aur_chain_label(b->chain, x.hit_annotator[i], x.hit[i].label, &l, err);
		if (!rc)
			(b->j ? hit_json : hit_row)(b, c, &x, &x.hit[i], &l, &pt);
	}
	if (!rc && b->j) {
		yajl_gen_array_close(b->j);
		if (b->explain && !(rc = aur_nears_of(&b->near, c->analyst, c->index, err)))
			aur_nears_json(&b->near, &x, b->j);
		yajl_gen_map_close(b->j);
		aur_json_line(b->j);
	}
	b->n++;
	return rc;
}

static void conllu_cell(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		putchar(s[i] == '\t' || s[i] == '\n' || s[i] == '\r' ? ' ' : s[i]);
}

static void conllu(struct job *b, const aur_contribution *c, const aur_analysis *x)
{
	uint32_t first = 0, sent = 1;
	aur_points pt = {x->text.ptr, 0, 0};
	int lemma = -1;
	for (unsigned l = 0; l < b->chain->nshown; l++)
		if (!strcmp(b->chain->layer[b->chain->of_shown[l]].name, "lemma"))
			lemma = (int)l;
	for (uint32_t i = 0; i < x->ntok; i++) {
		if (!(x->flags[i] & AUR_TOK_SENTENCE_END) && i + 1 < x->ntok)
			continue;
		printf("# sent_id = ");
		conllu_cell(c->id.ptr, c->id.len);
		printf("-%u\n# text = ", sent++);
		conllu_cell(x->text.ptr + x->start[first], x->end[i] - x->start[first]);
		putchar('\n');
		for (uint32_t k = first; k <= i; k++) {
			const aur_lform *f = aur_analyst_form(c->analyst, x->lform[k]);
			printf("%u\t", k - first + 1);
			conllu_cell(aur_lform_text(f), f->len);
			putchar('\t');
			if (lemma >= 0 && aur_lform_layers(f)[lemma].len)
				conllu_cell(aur_lform_layers(f)[lemma].ptr, aur_lform_layers(f)[lemma].len);
			else
				putchar('_');
			printf("\t%s\t_\t_\t_\t_\t_\t", f->flags & AUR_TOK_PUNCT ? "PUNCT" : "_");
			size_t ps = aur_point_at(&pt, x->start[k]), pe = aur_point_at(&pt, x->end[k]);
			int glued = k + 1 < x->ntok && x->start[k + 1] == x->end[k];
			printf("start=%zu|end=%zu%s\n", ps, pe, glued ? "|SpaceAfter=No" : "");
		}
		putchar('\n');
		first = i + 1;
	}
}

static aur_code tokens_one(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	struct job *b = ctx;
	aur_analysis x;
	(void)f, (void)err;
	aur_analyst_get(c->analyst, c->index, &x);
	aur_points pt = {x.text.ptr, 0, 0};
	if (b->f == FMT_CONLLU) {
		conllu(b, c, &x);
		return AURE_OK;
	}
	int json = b->f == FMT_JSON || b->f == FMT_JSONL;
	if (json) {
		if (b->f == FMT_JSON)
			fputs(b->n ? "," : "[", stdout);
		yajl_gen_map_open(b->j);
		aur_json_member(b->j, "id", c->id);
		aur_json_key(b->j, "tokens");
		yajl_gen_array_open(b->j);
	}
	for (uint32_t i = 0; i < x.ntok; i++) {
		const aur_lform *lf = aur_analyst_form(c->analyst, x.lform[i]);
		size_t ps = aur_point_at(&pt, x.start[i]), pe = aur_point_at(&pt, x.end[i]);
		int end = (x.flags[i] & AUR_TOK_SENTENCE_END) != 0, punct = (lf->flags & AUR_TOK_PUNCT) != 0;
		if (json) {
			yajl_gen_map_open(b->j);
			aur_json_key(b->j, "start");
			aur_json_int(b->j, (long long)ps);
			aur_json_key(b->j, "end");
			aur_json_int(b->j, (long long)pe);
			aur_json_key(b->j, "form");
			aur_json_str(b->j, aur_lform_text(lf), lf->len);
			aur_json_key(b->j, "layers");
			yajl_gen_map_open(b->j);
			for (unsigned l = 0; l < b->chain->nshown; l++) {
				aur_json_key(b->j, b->chain->layer[b->chain->of_shown[l]].name);
				aur_json_str(b->j, aur_lform_layers(lf)[l].ptr, aur_lform_layers(lf)[l].len);
			}
			yajl_gen_map_close(b->j);
			aur_json_key(b->j, "sentence_end");
			yajl_gen_bool(b->j, end);
			aur_json_key(b->j, "punct");
			yajl_gen_bool(b->j, punct);
			yajl_gen_map_close(b->j);
		} else {
			aur_cell(b->t, c->id.ptr, c->id.len);
			aur_cell_int(b->t, (long long)ps);
			aur_cell_int(b->t, (long long)pe);
			aur_cell(b->t, aur_lform_text(lf), lf->len);
			for (unsigned l = 0; l < b->chain->nshown; l++)
				aur_cell(b->t, aur_lform_layers(lf)[l].ptr, aur_lform_layers(lf)[l].len);
			aur_cell_int(b->t, end);
			aur_cell_int(b->t, punct);
		}
	}
	if (json) {
		yajl_gen_array_close(b->j);
		yajl_gen_map_close(b->j);
		aur_json_line(b->j);
	}
	b->n++;
	return AURE_OK;
}

static int go(aur_args *a, int what, aur_code (*one)(void *, aur_flow *, const aur_contribution *, aur_error *))
{
	static const char *const ann[] = {"id", "theme", "polarity", "start", "end", "text", "entry", "lexicon", "version"};
	static const char *const ann_heads[] = {N_("id"), N_("theme"), N_("polarity"), N_("start"), N_("end"), N_("text"), N_("entry"), N_("lexicon"), N_("version")};
	struct job b = {.f = aur_arg(a, "format") ? aur_arg_format(a) : FMT_JSONL};
	aur_config conf = {0};
	aur_error e = {0};
	aur_flow_stats st;
	const char *tok[4 + AUR_MAX_LAYERS + 2] = {N_("id"), N_("start"), N_("end"), N_("form")};
	b.explain = one == annotate_one && aur_arg(a, "explain");
	if (b.explain && b.f != FMT_JSON && b.f != FMT_JSONL)
		return aur_usage(a, _("--explain prints jsonl or json"));
	int rc = aur_reader_config(a, &conf);
	if (rc)
		return rc;
	aur_mem_heap((size_t)64 << 20); /* lexicons, which are read at random, and the words that were met */
	if (aur_chain_open(aur_arg(a, "pipeline"), NULL, what, &b.chain, &e)) {
		aur_config_free(&conf);
		return aur_failed(&e);
	}
	b.near.chain = b.chain;
	if (b.f == FMT_JSON || b.f == FMT_JSONL) {
		b.j = aur_json_new();
	} else if (b.f != FMT_CONLLU) {
		unsigned n = 4;
		for (unsigned i = 0; i < n && b.f == FMT_TABLE; i++)
			tok[i] = _(tok[i]);
		for (unsigned l = 0; l < b.chain->nshown; l++)
			tok[n++] = b.chain->layer[b.chain->of_shown[l]].name;
		tok[n++] = b.f == FMT_TABLE ? _("sentence_end") : "sentence_end";
		tok[n++] = b.f == FMT_TABLE ? _("punctuation") : "punct";
		b.t = one == tokens_one ? aur_table_new(b.f, tok, NULL, n) : aur_table_new(b.f, ann, ann_heads, 9);
	}
	aur_flow_options o = {.reader = aur_arg(a, "reader"), .conf = &conf, .threads = (unsigned)aur_arg_int(a, "threads", 0, 0, 64)};
	aur_flow_calls calls = {&b, one, aur_pass_session, aur_pass_property, aur_pass_note, aur_pass_refused, NULL};
	aur_code c = aur_flow_run(b.chain, (const char *const *)a->arg, (unsigned)a->narg, &o, &calls, on_failed, &st, &e);
	if (b.f == FMT_JSON)
		puts(b.n ? "]" : "[]");
	if (b.j)
		aur_json_free(b.j);
	if (b.t)
		aur_table_free(b.t);
	aur_nears_free(&b.near);
	aur_chain_free(b.chain);
	aur_reader_left_aside(&conf, &st);
	aur_config_free(&conf);
	if (c)
		return aur_failed(&e);
	return st.failed ? EXIT_FAILED : EXIT_DONE;
}

static int run_annotate(aur_args *a)
{
	return go(a, AUR_CHAIN_ALL, annotate_one);
}

static int run_tokens(aur_args *a)
{
	return go(a, AUR_CHAIN_LAYERS, tokens_one);
}

const aur_verb verb_annotate = {"annotate", N_("FILE…"), N_("the themes of each contribution, without a corpus"), annotate_opts, 1, -1, run_annotate};
const aur_verb verb_tokens = {"tokens", N_("FILE…"), N_("the words of each contribution with their layers, without a corpus"), opts, 1, -1, run_tokens};
