/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon suggest: words that keep company with a theme and that no entry of it covers yet, with what each would add. */
#include "config.h"
#include <stdlib.h>
#include "cli/cmd_lexicon.h"
#include "lexicon/set.h"
#include "lexicon/walk.h"
#include "lexicon/words.h"
#include "stats/cooccurrence.h"

#define EXAMPLES 2

struct family {
	uint32_t in, out, last; /* contributions with the theme, and without, that have the word; the last one counted, + 1 */
	uint32_t example[EXAMPLES];
};
struct job {
	aur_snapshot *s;
	aur_chain *chain;
	const char *theme;
	size_t theme_n;
	uint8_t *of[AUR_MAX_ANNOTATORS]; /* by label: 1 of the theme */
	aur_words words;
	struct family *f;
	uint64_t *k, *F, n, N;
	uint32_t docs, with;
	aur_doc d;
	uint8_t *inside;
	uint32_t cap;
};

static aur_code one(void *ctx, uint32_t doc, const aur_hit_rec *h, const uint8_t *ann, uint32_t n, aur_error *err)
{
	struct job *j = ctx;
	int with = 0;
	aur_code c = aur_snapshot_doc_forms(j->s, doc, &j->d, err);
	if (c)
		return c;
	if (j->d.ntok > j->cap) {
		j->cap = j->d.ntok * 2;
		j->inside = aur_xrealloc(j->inside, j->cap);
	}
	if (j->d.ntok)
		memset(j->inside, 0, j->d.ntok);
	for (uint32_t i = 0; i < n; i++)
		if (j->of[ann[i]][h[i].label]) {
			with = 1;
			for (uint32_t t = h[i].first; t <= h[i].last && t < j->d.ntok; t++)
				j->inside[t] = 1;
		}
	j->docs++;
	j->with += (uint32_t)with;
	for (uint32_t i = 0; i < j->d.ntok; i++) {
		uint32_t g = j->d.form[i] < j->words.nforms ? j->words.family[j->d.form[i]] : AUR_NONE;
		if (g == AUR_NONE || j->inside[i]) /* what an entry covers is not there any more */
			continue;
		struct family *f = &j->f[g];
		j->F[g]++;
		j->N++;
		if (with) {
			j->k[g]++;
			j->n++;
		}
		if (f->last == doc + 1)
			continue;
		f->last = doc + 1;
		if (with)
			f->in++;
		else if (f->out++ < EXAMPLES)
			f->example[f->out - 1] = doc;
	}
	return AURE_OK;
}

/* The text around the first token of the family, five words on each side. */
static void excerpt(struct job *j, uint32_t doc, uint32_t family, aur_buf *out)
{
	out->n = 0;
	if (aur_snapshot_doc(j->s, doc, &j->d, NULL))
		return;
	for (uint32_t i = 0; i < j->d.ntok; i++) {
		if (j->d.form[i] >= j->words.nforms || j->words.family[j->d.form[i]] != family)
			continue;
		uint32_t a = i > 5 ? i - 5 : 0, b = i + 5 < j->d.ntok ? i + 5 : j->d.ntok - 1;
		aur_buf_printf(out, "%.*s: %s", (int)j->d.id.len, j->d.id.ptr, a ? "…" : "");
		for (uint32_t p = j->d.start[a]; p < j->d.end[b]; p++)
			aur_buf_byte(out, j->d.text.ptr[p] == '\n' || j->d.text.ptr[p] == '\r' ? ' ' : (unsigned char)j->d.text.ptr[p]);
		aur_buf_str(out, b + 1 < j->d.ntok ? "…" : "");
		return;
	}
}

static aur_code print(struct job *j, aur_format f, long limit, aur_error *err)
{
	static const char *const names[] = {"word", "specificity", "q", "with_theme", "without_theme", "logdice", "example", "example2"};
	static const char *const heads[] = {N_("word"), N_("specificity"), "q", N_("beside it"), N_("would add"), "logDice", N_("example"), N_("another")};
	aur_word *w = NULL;
	uint32_t n = 0;
	aur_buf b = {0};
	aur_code c = aur_words_specific(&j->words, j->k, j->F, j->n, j->N, 2, 1, &w, &n, err); /* q is shown: a person judges */
	if (c)
		return c;
	aur_table *t = aur_table_new(f, names, heads, 8);
	long done = 0;
	for (uint32_t i = 0; i < n && done < limit; i++) {
		const struct family *x = &j->f[w[i].family];
		aur_form form;
		aur_str ls[AUR_MAX_LAYERS];
		if (!x->out || !aur_snapshot_form(j->s, j->words.shown[w[i].family], &form, ls))
			continue;
		done++;
		aur_cell(t, form.form.ptr, form.form.len);
		aur_cell_real(t, w[i].S, 2);
		aur_cell_real(t, w[i].q, 4);
		aur_cell_int(t, x->in);
		aur_cell_int(t, x->out);
		aur_cell_real(t, aur_cooc_logdice((aur_cooc){x->in, j->with, x->in + x->out, j->docs}), 2);
		for (uint32_t k = 0; k < EXAMPLES; k++) {
			b.n = 0;
			if (k < x->out)
				excerpt(j, x->example[k], w[i].family, &b);
			aur_cell(t, b.n ? (char *)b.p : "", b.n);
		}
	}
	aur_table_free(t);
	if (!done)
		aur_remark(_("no word is both more frequent beside « %.*s » than by chance and found elsewhere (contributions that have the theme: %u of %u)"),
			(int)j->theme_n, j->theme, j->with, j->docs);
	aur_buf_free(&b);
	free(w);
	return AURE_OK;
}

int aur_lexicon_suggest(aur_args *a)
{
	struct job j = {.theme = a->arg[0], .theme_n = strlen(a->arg[0])};
	aur_error e = {0};
	aur_format f = aur_arg_format(a);
	long limit = (long)aur_arg_int(a, "limit", 30, 1, 1000000);
	int known = 0;
	aur_code c = aur_open_corpus(a, &j.s, &e);
	if (c)
		return aur_failed(&e);
	const char *path = aur_arg(a, "pipeline"), *xml = path ? NULL : aur_snapshot_meta(j.s, "pipeline");
	if (a->narg > 1)
		c = aur_lexicon_chain(a->arg[1], path, xml, &j.chain, &e);
	else
		c = aur_chain_kept(path, xml, AUR_CHAIN_ALL, &j.chain, &e);
	for (unsigned k = 0; !c && k < j.chain->nann; k++) {
		uint32_t n = aur_chain_labels(j.chain, k);
		aur_label l;
		j.of[k] = aur_xcalloc((size_t)n + 1, 1);
		for (uint32_t i = 0; i < n; i++)
			if (aur_walk_label(j.chain, k, i, &l) && l.theme.len >= j.theme_n && !memcmp(l.theme.ptr, j.theme, j.theme_n) &&
			    (l.theme.len == j.theme_n || l.theme.ptr[j.theme_n] == '.'))
				known = j.of[k][i] = 1;
	}
	if (!c && !known)
		c = aur_fail(&e, AURE_NOTFOUND, _("no lexicon has a theme « %s »; « auricule lexicon coverage » lists them"), j.theme);
	if (!c)
		c = aur_words_new(j.s, &j.words, &e);
	if (!c) {
		j.f = aur_xcalloc((size_t)j.words.n + 1, sizeof *j.f);
		j.k = aur_xcalloc((size_t)j.words.n + 1, sizeof *j.k);
		j.F = aur_xcalloc((size_t)j.words.n + 1, sizeof *j.F);
		c = aur_walk_hits(j.s, j.chain, one, &j, &e);
	}
	if (!c)
		c = print(&j, f, limit, &e);
	for (unsigned k = 0; k < AUR_MAX_ANNOTATORS; k++)
		free(j.of[k]);
	free(j.f);
	free(j.k);
	free(j.F);
	free(j.inside);
	aur_words_free(&j.words);
	aur_doc_free(&j.d);
	aur_chain_free(j.chain);
	aur_snapshot_close(j.s);
	return c ? aur_failed(&e) : EXIT_DONE;
}
