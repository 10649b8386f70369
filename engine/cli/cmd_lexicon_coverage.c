/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon coverage: what each theme and each entry covers, and what nothing covers, by its own words. */
#include "config.h"
#include <stdlib.h>
#include "cli/cmd_lexicon.h"
#include "lexicon/set.h"
#include "lexicon/walk.h"
#include "lexicon/words.h"
#include "pipeline/readings.h"

#define ENTRY_SHOWN 60u /* bytes of an entry in a table */

struct count {
	char *name; /* of a theme */
	uint64_t docs, hits;
	uint32_t entries, seen, last; /* last: contribution counted, + 1 */
};
struct entry {
	uint64_t docs, hits;
	uint32_t last, theme;
};
struct job {
	aur_snapshot *s;
	aur_chain *chain;
	struct entry *entry[AUR_MAX_ANNOTATORS];
	uint32_t nentry[AUR_MAX_ANNOTATORS];
	struct count *theme;
	uint32_t nthemes, cap;
	uint32_t *parent; /* by theme: the part before its last dot, AUR_NONE */
	const aur_reading *no;
	aur_words words;
	uint64_t *k, *F, n, N; /* residue and all answers */
	uint64_t all, covered, non, none;
	aur_doc d;
};

static uint32_t theme_of(struct job *j, const char *s, size_t n)
{
	for (uint32_t i = 0; i < j->nthemes; i++)
		if (strlen(j->theme[i].name) == n && !memcmp(j->theme[i].name, s, n))
			return i;
	AUR_GROW(j->theme, j->nthemes, j->cap);
	j->theme[j->nthemes] = (struct count){.name = aur_xstrndup(s, n)};
	return j->nthemes++;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct count *)a)->name, ((const struct count *)b)->name);
}

/* Every theme of every label, and what stands before its dots; then entries know their themes. */
static void themes(struct job *j)
{
	aur_label l;
	for (unsigned k = 0; k < j->chain->nann; k++) {
		j->nentry[k] = aur_chain_labels(j->chain, k);
		j->entry[k] = aur_xcalloc((size_t)j->nentry[k] + 1, sizeof *j->entry[k]);
		for (uint32_t i = 0; i < j->nentry[k]; i++)
			for (size_t n = aur_walk_label(j->chain, k, i, &l) ? l.theme.len : 0; n; n--)
				if (n == l.theme.len || l.theme.ptr[n] == '.')
					theme_of(j, l.theme.ptr, n);
	}
	if (j->nthemes)
		qsort(j->theme, j->nthemes, sizeof *j->theme, by_name);
	j->parent = aur_xcalloc((size_t)j->nthemes + 1, sizeof *j->parent);
	for (uint32_t i = 0; i < j->nthemes; i++) {
		const char *dot = strrchr(j->theme[i].name, '.');
		j->parent[i] = dot ? theme_of(j, j->theme[i].name, (size_t)(dot - j->theme[i].name)) : AUR_NONE;
	}
	for (unsigned k = 0; k < j->chain->nann; k++)
		for (uint32_t i = 0; i < j->nentry[k]; i++) {
			int ok = aur_walk_label(j->chain, k, i, &l) && l.theme.len;
			j->entry[k][i].theme = ok ? theme_of(j, l.theme.ptr, l.theme.len) : AUR_NONE;
			for (uint32_t t = j->entry[k][i].theme; t != AUR_NONE; t = j->parent[t])
				j->theme[t].entries++;
		}
}

static aur_code one(void *ctx, uint32_t doc, const aur_hit_rec *h, const uint8_t *ann, uint32_t n, aur_error *err)
{
	struct job *j = ctx;
	j->all++;
	for (uint32_t i = 0; i < n; i++) {
		struct entry *e = &j->entry[ann[i]][h[i].label];
		e->hits++;
		e->docs += e->last != doc + 1;
		e->last = doc + 1;
		for (uint32_t t = e->theme; t != AUR_NONE; t = j->parent[t]) {
			j->theme[t].hits++;
			j->theme[t].docs += j->theme[t].last != doc + 1;
			j->theme[t].last = doc + 1;
		}
	}
	j->covered += n > 0;
	aur_code c = n ? aur_snapshot_doc_forms(j->s, doc, &j->d, err) : aur_snapshot_doc(j->s, doc, &j->d, err);
	if (c)
		return c;
	if (!n && aur_reading_says_nothing(j->no, j->d.text.ptr, j->d.text.len)) {
		j->non++;
		return AURE_OK;
	}
	j->none += !n;
	for (uint32_t i = 0; i < j->d.ntok; i++) {
		uint32_t g = j->d.form[i] < j->words.nforms ? j->words.family[j->d.form[i]] : AUR_NONE;
		if (g == AUR_NONE)
			continue;
		j->F[g]++;
		j->N++;
		if (!n) {
			j->k[g]++;
			j->n++;
		}
	}
	return AURE_OK;
}

static void share(aur_table *t, uint64_t k, uint64_t n)
{
	if (n)
		aur_cell_real(t, 100.0 * (double)k / (double)n, 1);
	else
		aur_cell_none(t);
}

static void print_themes(struct job *j, aur_format f)
{
	static const char *const names[] = {"theme", "contributions", "percent", "hits", "entries", "entries_seen"};
	static const char *const heads[] = {N_("theme"), N_("contributions"), "%", N_("hits"), N_("entries"), N_("of which seen")};
	aur_table *t = aur_table_new(f, names, heads, 6);
	for (uint32_t i = 0; i < j->nthemes; i++) {
		aur_cell_str(t, j->theme[i].name);
		aur_cell_int(t, (long long)j->theme[i].docs);
		share(t, j->theme[i].docs, j->all);
		aur_cell_int(t, (long long)j->theme[i].hits);
		aur_cell_int(t, j->theme[i].entries);
		aur_cell_int(t, j->theme[i].seen);
	}
	const struct {
		const char *code, *name;
		uint64_t n;
	} rest[] = {{"(any)", _("(a theme or more)"), j->covered}, {"(none)", _("(no theme)"), j->none}, {"(non-answer)", _("(non-answers)"), j->non},
		    {"(all)", _("(all contributions)"), j->all}};
	for (int i = 0; i < 4; i++) {
		aur_cell_str(t, f == FMT_TABLE ? rest[i].name : rest[i].code);
		aur_cell_int(t, (long long)rest[i].n);
		share(t, rest[i].n, j->all);
		for (int k = 0; k < 3; k++)
			aur_cell_none(t);
	}
	aur_table_free(t);
}

struct row {
	const struct entry *e;
	unsigned ann;
	uint32_t label;
};

static int by_use(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int c = x->e->theme == y->e->theme ? 0 : x->e->theme < y->e->theme ? -1 : 1;
	if (!c && x->e->docs != y->e->docs)
		c = x->e->docs > y->e->docs ? -1 : 1;
	if (!c)
		c = x->ann != y->ann ? (x->ann < y->ann ? -1 : 1) : x->label < y->label ? -1 : 1;
	return c;
}

static void print_entries(struct job *j, aur_format f)
{
	static const char *const names[] = {"theme", "lexicon", "entry", "contributions", "hits"};
	static const char *const heads[] = {N_("theme"), N_("lexicon"), N_("entry"), N_("contributions"), N_("hits")};
	struct row *r = NULL;
	size_t n = 0, cap = 0;
	aur_label l;
	aur_buf b = {0};
	for (unsigned k = 0; k < j->chain->nann; k++)
		for (uint32_t i = 0; i < j->nentry[k]; i++)
			if (j->entry[k][i].theme != AUR_NONE) {
				AUR_GROW(r, n, cap);
				r[n++] = (struct row){&j->entry[k][i], k, i};
			}
	if (n)
		qsort(r, n, sizeof *r, by_use);
	aur_table *t = aur_table_new(f, names, heads, 5);
	for (size_t i = 0; i < n; i++) {
		if (!aur_walk_label(j->chain, r[i].ann, r[i].label, &l))
			l = (aur_label){0};
		aur_cell_str(t, j->theme[r[i].e->theme].name);
		aur_cell(t, l.lexicon.ptr, l.lexicon.len);
		b.n = 0;
		aur_shortened(&b, l.entry.ptr, l.entry.len, f == FMT_TABLE ? ENTRY_SHOWN : SIZE_MAX);
		aur_cell(t, (char *)b.p, b.n);
		aur_cell_int(t, (long long)r[i].e->docs);
		aur_cell_int(t, (long long)r[i].e->hits);
	}
	aur_table_free(t);
	aur_buf_free(&b);
	free(r);
}

static aur_code print_words(struct job *j, aur_format f, long limit, const char *corpus, aur_error *err)
{
	static const char *const names[] = {"word", "without_theme", "all", "expected", "specificity", "q"};
	static const char *const heads[] = {N_("word"), N_("without a theme"), N_("in all"), N_("expected"), N_("specificity"), "q"};
	aur_word *w = NULL;
	uint32_t n = 0;
	aur_code c = aur_words_specific(&j->words, j->k, j->F, j->n, j->N, 2, 0.05, &w, &n, err);
	if (c)
		return c;
	if (f == FMT_TABLE) {
		printf(n ? _("Words of the %llu contributions without a theme (specificity of Lafon, 2 and more; q corrected for all words)\n")
			 : _("No word distinguishes the %llu contributions without a theme\n"),
		       (unsigned long long)j->none);
		if (corpus) /* its own themes: search knows them */
			printf(_("To read them: auricule search -d %s '-theme:*'\n"), corpus);
	}
	if (f == FMT_TABLE && !n) {
		free(w);
		return AURE_OK;
	}
	aur_table *t = aur_table_new(f, names, heads, 6);
	for (uint32_t i = 0; i < n && (long)i < limit; i++) {
		aur_form form;
		aur_str ls[AUR_MAX_LAYERS];
		if (!aur_snapshot_form(j->s, j->words.shown[w[i].family], &form, ls))
			form.form = (aur_str){"?", 1};
		aur_cell(t, form.form.ptr, form.form.len);
		aur_cell_int(t, (long long)w[i].k);
		aur_cell_int(t, (long long)w[i].F);
		aur_cell_real(t, (double)w[i].F * (double)j->n / (double)j->N, 1);
		aur_cell_real(t, w[i].S, 2);
		aur_cell_real(t, w[i].q, 4);
	}
	aur_table_free(t);
	free(w);
	return AURE_OK;
}

int aur_lexicon_coverage(aur_args *a)
{
	struct job j = {0};
	aur_error e = {0};
	aur_readings r = {0};
	aur_format f = aur_arg_format(a);
	const char *show = aur_arg(a, "show");
	long limit = (long)aur_arg_int(a, "limit", 30, 1, 1000000);
	if (show && strcmp(show, "themes") && strcmp(show, "entries") && strcmp(show, "words"))
		return aur_usage(a, _("--show takes themes, entries or words, not « %s »"), show);
	const char *corpus = a->narg || aur_arg(a, "pipeline") ? NULL : aur_arg_corpus(a);
	aur_code c = aur_open_corpus(a, &j.s, &e);
	if (c)
		return aur_failed(&e);
	const char *xml = aur_snapshot_meta(j.s, "pipeline");
	if (a->narg)
		c = aur_lexicon_chain(a->arg[0], aur_arg(a, "pipeline"), aur_arg(a, "pipeline") ? NULL : xml, &j.chain, &e);
	else if (aur_arg(a, "pipeline"))
		c = aur_chain_open(aur_arg(a, "pipeline"), NULL, AUR_CHAIN_ALL, &j.chain, &e);
	else
		c = aur_open_chain(j.s, AUR_CHAIN_ALL, &j.chain, &e);
	if (!c)
		c = aur_words_new(j.s, &j.words, &e);
	if (!c) {
		themes(&j);
		aur_readings_parse(j.chain->xml, &r);
		j.no = aur_readings_get(&r, "non-answer");
		j.k = aur_xcalloc((size_t)j.words.n + 1, sizeof *j.k);
		j.F = aur_xcalloc((size_t)j.words.n + 1, sizeof *j.F);
		c = aur_walk_hits(j.s, j.chain, one, &j, &e);
	}
	if (!c) {
		for (unsigned k = 0; k < j.chain->nann; k++)
			for (uint32_t i = 0; i < j.nentry[k]; i++)
				for (uint32_t t = j.entry[k][i].hits ? j.entry[k][i].theme : AUR_NONE; t != AUR_NONE; t = j.parent[t])
					j.theme[t].seen++;
		if (show && !strcmp(show, "entries")) {
			print_entries(&j, f);
		} else if (show && !strcmp(show, "words")) {
			c = print_words(&j, f, limit, corpus, &e);
		} else {
			print_themes(&j, f);
			if (!show && f == FMT_TABLE && j.none) {
				putchar('\n');
				c = print_words(&j, f, limit, corpus, &e);
			}
		}
	}
	for (unsigned k = 0; k < AUR_MAX_ANNOTATORS; k++)
		free(j.entry[k]);
	for (uint32_t i = 0; i < j.nthemes; i++)
		free(j.theme[i].name);
	free(j.theme);
	free(j.parent);
	free(j.k);
	free(j.F);
	aur_words_free(&j.words);
	aur_doc_free(&j.d);
	aur_readings_free(&r);
	aur_chain_free(j.chain);
	aur_snapshot_close(j.s);
	return c ? aur_failed(&e) : EXIT_DONE;
}
