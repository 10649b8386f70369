/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon diff: what a new version of lexicons gains and loses in a corpus, exactly, by theme and session; only contributions in which
 * a changed line matches are looked at (lexicon/delta.h). */
#include "config.h"
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include "cli/cmd_lexicon.h"
#include "lexicon/delta.h"
#include "lexicon/few.h"
#include "lexicon/walk.h"
#include "query/counts.h"

struct theme {
	char *name;
	uint32_t parent;
	uint8_t was, is, touched; /* in the contribution at hand: 1 denied, 2 said */
};
enum { GAINED, LOST, TURNED };
struct cell {
	uint32_t theme, session;
	uint64_t docs[3], hits[3];
};
struct change {
	uint32_t doc, theme, first, last;
	uint8_t kind, polarity;
	char *entry;
};
struct job {
	aur_snapshot *s;
	aur_chain *chain[2], *delta;
	aur_analyst *a[2], *da;
	aur_answers *answers[2], *danswers;
	aur_buf hits[2], anns[2], dh, da_;
	aur_doc d;
	struct theme *theme;
	uint32_t nthemes, cap_themes;
	struct cell *cell;
	size_t ncells, cap_cells;
	struct change *change;
	size_t nchange, cap_change;
	int list;
	uint32_t *session_rank; /* by value, as rows of « search --by » stand */
	uint32_t session_field, session, *touched, ntouched, cap_touched;
	uint64_t visited, looked;
};

static uint32_t theme_of(struct job *j, const char *s, size_t n)
{
	for (uint32_t i = 0; i < j->nthemes; i++)
		if (strlen(j->theme[i].name) == n && !memcmp(j->theme[i].name, s, n))
			return i;
	uint32_t parent = AUR_NONE;
	for (size_t k = n; k-- > 1;)
		if (s[k] == '.') {
			parent = theme_of(j, s, k);
			break;
		}
	AUR_GROW(j->theme, j->nthemes, j->cap_themes);
	j->theme[j->nthemes] = (struct theme){.name = aur_xstrndup(s, n), .parent = parent};
	return j->nthemes++;
}

static struct cell *cell(struct job *j, uint32_t theme, uint32_t session)
{
	for (size_t i = 0; i < j->ncells; i++)
		if (j->cell[i].theme == theme && j->cell[i].session == session)
			return &j->cell[i];
	AUR_GROW(j->cell, j->ncells, j->cap_cells);
	j->cell[j->ncells] = (struct cell){.theme = theme, .session = session};
	return &j->cell[j->ncells++];
}

static void touch(struct job *j, uint32_t t, int side, unsigned polarity)
{
	for (; t != AUR_NONE; t = j->theme[t].parent) {
		struct theme *x = &j->theme[t];
		uint8_t bit = polarity == AUR_NEGATED ? 1 : 2;
		if (!x->touched) {
			AUR_GROW(j->touched, j->ntouched, j->cap_touched);
			j->touched[j->ntouched++] = t;
			x->touched = 1;
		}
		if (side)
			x->is |= bit;
		else
			x->was |= bit;
	}
}

struct found {
	uint32_t theme, first, last, polarity;
	const aur_hit_rec *h;
	uint8_t ann, paired;
	aur_str entry;
};

static void hit_changed(struct job *j, uint32_t doc, const struct found *f, int side, int kind)
{
	for (uint32_t t = f->theme; t != AUR_NONE; t = j->theme[t].parent) {
		cell(j, t, j->session)->hits[kind]++;
		cell(j, t, AUR_NONE)->hits[kind]++;
	}
	if (!j->list)
		return;
	aur_label l;
	if (!aur_walk_label(j->chain[side], f->ann, f->h->label, &l))
		l = (aur_label){0};
	AUR_GROW(j->change, j->nchange, j->cap_change);
	j->change[j->nchange++] = (struct change){doc, f->theme, f->first, f->last, (uint8_t)kind, (uint8_t)f->polarity,
						  aur_xstrndup(l.entry.len ? l.entry.ptr : "", l.entry.len)};
}

static aur_code compare(struct job *j, uint32_t doc, aur_error *err)
{
	struct found *f[2] = {NULL, NULL};
	size_t n[2] = {0, 0};
	aur_code c = AURE_OK;
	j->ntouched = 0;
	for (int k = 0; k < 2 && !c; k++) {
		j->hits[k].n = j->anns[k].n = 0;
		c = aur_analyst_retheme(j->a[k], doc, &j->hits[k], &j->anns[k], err);
		const aur_hit_rec *h = (const aur_hit_rec *)(void *)j->hits[k].p;
		f[k] = aur_xcalloc(j->anns[k].n + 1, sizeof **f);
		for (size_t i = 0; i < j->anns[k].n && !c; i++) {
			aur_label l;
			if (!aur_walk_label(j->chain[k], j->anns[k].p[i], h[i].label, &l))
				continue;
			uint32_t t = theme_of(j, l.theme.ptr, l.theme.len);
			touch(j, t, k, h[i].polarity);
			f[k][n[k]++] = (struct found){t, h[i].first, h[i].last, h[i].polarity, &h[i], j->anns[k].p[i], 0, l.entry};
		}
	}
	/* pairs: the same to the letter first, then the same words by another entry, then with another polarity */
	for (int strict = 2; strict >= 0 && !c; strict--)
		for (size_t i = 0; i < n[0]; i++)
			for (size_t k = 0; k < n[1] && !f[0][i].paired; k++) {
				const struct found *x = &f[0][i], *y = &f[1][k];
				if (y->paired || x->theme != y->theme || x->first != y->first || x->last != y->last ||
				    (strict && x->polarity != y->polarity) || (strict == 2 && aur_str_order(x->entry, y->entry)))
					continue;
				f[0][i].paired = f[1][k].paired = 1;
				if (!strict)
					hit_changed(j, doc, y, 1, TURNED);
			}
	for (size_t i = 0; i < n[0] && !c; i++)
		if (!f[0][i].paired)
			hit_changed(j, doc, &f[0][i], 0, LOST);
	for (size_t i = 0; i < n[1] && !c; i++)
		if (!f[1][i].paired)
			hit_changed(j, doc, &f[1][i], 1, GAINED);
	for (uint32_t i = 0; i < j->ntouched; i++) {
		struct theme *t = &j->theme[j->touched[i]];
		int kind = !t->was ? GAINED : !t->is ? LOST : (t->was & 2) != (t->is & 2) ? TURNED : -1;
		if (kind >= 0) {
			cell(j, j->touched[i], j->session)->docs[kind]++;
			cell(j, j->touched[i], AUR_NONE)->docs[kind]++;
		}
		t->was = t->is = t->touched = 0;
	}
	free(f[0]);
	free(f[1]);
	return c;
}

static aur_code look(struct job *j, uint32_t doc, aur_error *err)
{
	j->looked++;
	if (j->delta) {
		j->dh.n = j->da_.n = 0;
		aur_code c = aur_analyst_retheme(j->da, doc, &j->dh, &j->da_, err);
		if (c || !j->da_.n)
			return c;
	}
	j->visited++;
	return compare(j, doc, err);
}

static aur_code visit(struct job *j, aur_error *err)
{
	aur_totals t;
	aur_code c = AURE_OK;
	aur_snapshot_totals(j->s, &t);
	if (j->delta) {
		int named;
		c = aur_analyst_ask_few(j->da, &named, err);
		if (!c && !named)
			c = aur_analyst_ask(j->da, 0, t.forms, err);
		if (!c && !named)
			aur_answers_whole(j->danswers);
	}
	for (uint32_t g = 0; g < aur_snapshot_segs(j->s) && !c; g++) {
		const aur_seg_info *i = aur_snapshot_seg(j->s, g);
		aur_column col = {0};
		uint8_t *bits = NULL; /* contributions with a form that a changed line knows */
		int few = 0;
		if (j->delta) {
			bits = aur_xcalloc((size_t)i->n / 8 + 1, 1);
			c = aur_answers_docs(j->danswers, j->s, g, aur_chain_finders(j->delta), bits, &few, err);
		}
		if (!c && j->session_field != AUR_NONE)
			c = aur_snapshot_column(j->s, g, j->session_field, &col, err);
		for (uint32_t d = 0; d < i->n && !c; d++) {
			if ((few && !(bits[d >> 3] >> (d & 7) & 1)) || aur_seg_is_deleted(i, d))
				continue;
			j->session = aur_column_at(col, d);
			c = look(j, i->base + d, err);
		}
		free(bits);
	}
	return c;
}

static int by_place(const void *a, const void *b, void *ctx)
{
	const struct cell *x = a, *y = b;
	const struct job *j = ctx;
	int c = strcmp(j->theme[x->theme].name, j->theme[y->theme].name);
	if (c || x->session == y->session)
		return c;
	if (x->session == AUR_NONE || y->session == AUR_NONE)
		return x->session == AUR_NONE ? -1 : 1;
	return j->session_rank[x->session] < j->session_rank[y->session] ? -1 : 1;
}

static void rank_sessions(struct job *j)
{
	uint32_t n = j->session_field != AUR_NONE ? aur_snapshot_value_count(j->s, j->session_field) : 0;
	uint32_t *order = aur_xcalloc((size_t)n + 1, sizeof *order);
	j->session_rank = aur_xcalloc((size_t)n + 1, sizeof *j->session_rank);
	if (n)
		aur_value_order(j->s, j->session_field, order);
	for (uint32_t i = 0; i < n; i++)
		j->session_rank[order[i]] = i;
	j->session_rank[0] = n; /* none */
	free(order);
}

static void session_cell(struct job *j, aur_table *t, aur_format f, uint32_t session)
{
	aur_str v = session && j->session_field != AUR_NONE ? aur_snapshot_value_text(j->s, j->session_field, session) : (aur_str){"", 0};
	if (!v.len && f == FMT_TABLE)
		aur_cell_str(t, "–");
	else
		aur_cell(t, v.ptr, v.len);
}

static void print(struct job *j, aur_format f)
{
	static const char *const names[] = {"theme", "session", "contributions_gained", "contributions_lost", "contributions_turned", "hits_gained",
					    "hits_lost", "hits_turned"};
	static const char *const heads[] = {N_("theme"), N_("session"), N_("contributions +"), "−", "±", N_("hits +"), "−", "±"};
	rank_sessions(j);
	if (j->ncells)
		qsort_r(j->cell, j->ncells, sizeof *j->cell, by_place, j);
	aur_table *t = aur_table_new(f, names, heads, 8);
	for (size_t i = 0; i < j->ncells; i++) {
		const struct cell *c = &j->cell[i];
		aur_cell_str(t, j->theme[c->theme].name);
		if (c->session == AUR_NONE)
			aur_cell_str(t, f == FMT_TABLE ? _("(all)") : "(all)");
		else
			session_cell(j, t, f, c->session);
		for (int k = 0; k < 3; k++)
			aur_cell_int(t, (long long)c->docs[k]);
		for (int k = 0; k < 3; k++)
			aur_cell_int(t, (long long)c->hits[k]);
	}
	aur_table_free(t);
	free(j->session_rank);
}

static aur_code print_list(struct job *j, aur_format f, aur_error *err)
{
	static const char *const names[] = {"id", "theme", "change", "polarity", "found", "entry", "text"};
	static const char *const heads[] = {N_("id"), N_("theme"), N_("change"), N_("polarity"), N_("words found"), N_("entry"), N_("text")};
	static const char *const kinds[] = {N_("gained"), N_("lost"), N_("turned")}, *const pol[] = {N_("asserted"), N_("negated"), N_("conditional"), "?"};
	aur_table *t = aur_table_new(f, names, heads, 7);
	aur_code c = AURE_OK;
	for (size_t i = 0; i < j->nchange && !c; i++) {
		const struct change *x = &j->change[i];
		c = aur_snapshot_doc(j->s, x->doc, &j->d, err);
		if (c || x->last >= j->d.ntok)
			continue;
		aur_cell(t, j->d.id.ptr, j->d.id.len);
		aur_cell_str(t, j->theme[x->theme].name);
		aur_cell_str(t, f == FMT_TABLE ? _(kinds[x->kind]) : kinds[x->kind]);
		aur_cell_str(t, f == FMT_TABLE ? _(pol[x->polarity & 3]) : pol[x->polarity & 3]);
		aur_cell(t, j->d.text.ptr + j->d.start[x->first], j->d.end[x->last] - j->d.start[x->first]);
		aur_cell_str(t, x->entry);
		aur_cell(t, j->d.text.ptr, j->d.text.len);
	}
	aur_table_free(t);
	return c;
}

/* What is compared. */
struct sides {
	char *const *what; /* as they were named */
	const char *path, *xml; /* the pipeline around them, or its text */
	aur_paths all[2], few[2]; /* all lexicons, and those that need be there */
	char *text[2], *rest[2]; /* the pipelines with and without their lexicons */
	int narrow; /* few are enough */
};

/* Opens both: with the few lexicons that need be there, where that tells the same. */
static aur_code open_both(struct job *j, struct sides *d, aur_error *err)
{
	aur_code c = AURE_OK;
	for (int k = 0; k < 2 && !c; k++)
		c = aur_lexicon_all(d->what[k], d->path, d->xml, &d->all[k], &d->text[k], &d->rest[k], err);
	if (!c && !strcmp(d->rest[0], d->rest[1])) {
		aur_lexicon_few(d->all, d->few);
		d->narrow = d->few[0].n && d->few[1].n && (d->few[0].n < d->all[0].n || d->few[1].n < d->all[1].n);
	}
	for (int k = 0; k < 2 && !c && d->narrow; k++) {
		char *text = NULL;
		c = aur_lexicon_pipeline(NULL, d->text[k], &d->few[k], &text, err);
		if (!c)
			c = aur_chain_open(NULL, text, AUR_CHAIN_ALL, &j->chain[k], err);
		d->narrow = !c && aur_lexicon_by_theme(j->chain[k]);
		free(text);
	}
	for (int k = 0; k < 2 && !c && !d->narrow; k++) {
		aur_chain_free(j->chain[k]);
		j->chain[k] = NULL;
		c = aur_lexicon_chain(d->what[k], d->path, d->xml, &j->chain[k], err);
	}
	return c;
}

/* The delta where all but the lexicons is the same; none, and every contribution is looked at, otherwise. */
static aur_code narrow(struct job *j, const struct sides *s, aur_delta *d, int *same, aur_error *err)
{
	char *text = NULL;
	sigset_t end, was;
	if (strcmp(s->rest[0], s->rest[1]) != 0)
		return AURE_OK;
	/* While there is a folder in TMPDIR: whoever ends this program then waits a moment, and nothing is left. */
	sigemptyset(&end);
	sigaddset(&end, SIGINT);
	sigaddset(&end, SIGTERM);
	sigaddset(&end, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &end, &was);
	const aur_paths *p = s->narrow ? s->few : s->all;
	aur_code c = aur_delta_new(&p[0], &p[1], d, err);
	*same = !c && !d->all && !d->made.n;
	if (!c && d->made.n) {
		c = aur_lexicon_pipeline_alone(NULL, s->text[0], &d->made, &text, err);
		if (!c)
			c = aur_chain_open(NULL, text, AUR_CHAIN_ALL, &j->delta, err);
		if (!c)
			c = aur_analyst_new(j->delta, &j->da, err);
		if (!c) {
			j->danswers = aur_answers_new(j->delta, j->s);
			aur_analyst_over(j->da, j->s, j->danswers);
		}
	}
	aur_delta_sweep(d);
	pthread_sigmask(SIG_SETMASK, &was, NULL);
	free(text);
	return c;
}

static void sides_free(struct sides *d)
{
	for (int k = 0; k < 2; k++) {
		aur_paths_free(&d->all[k]);
		aur_paths_free(&d->few[k]);
		free(d->text[k]);
		free(d->rest[k]);
	}
}

int aur_lexicon_diff(aur_args *a)
{
	struct job j = {0};
	aur_error e = {0};
	aur_delta d = {0};
	aur_format f = aur_arg_format(a);
	const char *show = aur_arg(a, "show");
	int same = 0;
	if (show && strcmp(show, "themes") && strcmp(show, "contributions"))
		return aur_usage(a, _("--show takes themes or contributions here, not « %s »"), show);
	j.list = show && !strcmp(show, "contributions");
	aur_code c = aur_open_corpus(a, &j.s, &e);
	if (c)
		return aur_failed(&e);
	struct sides sides = {.what = a->arg, .path = aur_arg(a, "pipeline")};
	sides.xml = sides.path ? NULL : aur_snapshot_meta(j.s, "pipeline");
	j.session_field = aur_snapshot_field(j.s, "session", 7);
	c = open_both(&j, &sides, &e);
	if (!c)
		c = narrow(&j, &sides, &d, &same, &e);
	for (int k = 0; k < 2 && !c && !same; k++) {
		c = aur_analyst_new(j.chain[k], &j.a[k], &e);
		if (!c) {
			j.answers[k] = aur_answers_new(j.chain[k], j.s);
			aur_analyst_over(j.a[k], j.s, j.answers[k]);
		}
	}
	if (!c && !same)
		c = visit(&j, &e);
	if (!c && j.list)
		c = print_list(&j, f, &e);
	else if (!c)
		print(&j, f);
	if (!c && f == FMT_TABLE)
		printf(ngettext("%u line differs; contributions looked at: %llu, compared: %llu\n",
				"%u lines differ; contributions looked at: %llu, compared: %llu\n", d.lines),
		       d.lines, (unsigned long long)j.looked, (unsigned long long)j.visited);
	for (int k = 0; k < 2; k++) {
		aur_analyst_free(j.a[k]);
		aur_answers_free(j.answers[k]);
		aur_chain_free(j.chain[k]);
		aur_buf_free(&j.hits[k]);
		aur_buf_free(&j.anns[k]);
	}
	aur_analyst_free(j.da);
	aur_answers_free(j.danswers);
	aur_chain_free(j.delta);
	aur_buf_free(&j.dh);
	aur_buf_free(&j.da_);
	sides_free(&sides);
	aur_doc_free(&j.d);
	for (uint32_t i = 0; i < j.nthemes; i++)
		free(j.theme[i].name);
	for (size_t i = 0; i < j.nchange; i++)
		free(j.change[i].entry);
	free(j.theme);
	free(j.cell);
	free(j.change);
	free(j.touched);
	aur_snapshot_close(j.s);
	return c ? aur_failed(&e) : EXIT_DONE;
}
