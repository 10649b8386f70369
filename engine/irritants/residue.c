/* SPDX-License-Identifier: Apache-2.0 */
/* The words of what no theme caught: which stand there more than elsewhere, and how many people say them. */
#include "config.h"
#include <math.h>
#include "irritants/adapt.h"
#include "stats/specificity.h"

#define RESIDUE_WORDS 400u
#define RESIDUE_TRIED 2000u

struct rword {
	uint32_t form, k;
};
static int by_k(const void *x, const void *y)
{
	const struct rword *a = x, *b = y;
	if (a->k != b->k)
		return a->k > b->k ? -1 : 1;
	return (a->form > b->form) - (a->form < b->form);
}

struct said {
	uint32_t person, c;
};
static int by_person(const void *x, const void *y)
{
	const struct said *a = x, *b = y;
	return a->person != b->person ? (a->person < b->person ? -1 : 1) : (a->c > b->c) - (a->c < b->c);
}
static int by_specificity(const void *x, const void *y)
{
	const aur_in_word *a = x, *b = y;
	if (a->S != b->S)
		return a->S > b->S ? -1 : 1;
	if (a->k != b->k)
		return a->k > b->k ? -1 : 1;
	return aur_str_order(a->form, b->form);
}

aur_code aur_adapt_residue(struct aur_adapter *a, const uint32_t *kform, const uint32_t *bare, uint32_t nbare, aur_error *e)
{
	aur_totals t;
	aur_snapshot_totals(a->s, &t);
	int lower = aur_snapshot_layer(a->s, "lower", 5);
	struct rword *w = aur_xmalloc(((size_t)t.forms + 1) * sizeof *w);
	uint32_t n = 0, m = 0;
	aur_code c = AURE_OK;
	for (uint32_t f = 0; f < t.forms; f++)
		if (kform[f] >= 2)
			w[n++] = (struct rword){f, kform[f]};
	if (n)
		qsort(w, n, sizeof *w, by_k);
	uint32_t *word_of = aur_xmalloc(((size_t)t.forms + 1) * sizeof *word_of);
	memset(word_of, 0xFF, ((size_t)t.forms + 1) * sizeof *word_of);
	a->residue = aur_xcalloc(RESIDUE_TRIED, sizeof *a->residue);
	uint64_t *gone = aur_xcalloc((size_t)t.forms + 1, sizeof *gone);
	c = aur_snapshot_gone_tokens(a->s, gone, e);
	uint32_t *number = aur_xcalloc(RESIDUE_TRIED, sizeof *number); /* of a word, before it is sorted: where it stands after */
	struct said *said = aur_xmalloc(((size_t)nbare + 1) * sizeof *said);
	aur_buf ids = {0};
	for (uint32_t i = 0; i < n && m < RESIDUE_TRIED && !c; i++) {
		aur_form f;
		aur_str ls[AUR_MAX_LAYERS];
		if (word_of[w[i].form] != AUR_NONE || !aur_snapshot_form(a->s, w[i].form, &f, ls) || (f.flags & AUR_TOK_PUNCT))
			continue;
		aur_str v = lower >= 0 ? ls[lower] : f.form;
		aur_in_word *r = &a->residue[m];
		ids.n = 0;
		if (lower >= 0) {
			c = aur_snapshot_value_forms(a->s, (uint32_t)lower, v, &ids, NULL, NULL, e);
			if (c)
				break;
		} else {
			aur_buf_put(&ids, &w[i].form, sizeof w[i].form);
		}
		*r = (aur_in_word){.form = v, .speakers = m}; /* its number, until they are sorted */
		const uint32_t *id = (const uint32_t *)(void *)ids.p;
		for (size_t x = 0; x < ids.n / 4; x++) {
			word_of[id[x]] = m;
			r->k += kform[id[x]];
			r->F -= gone[id[x]];
			for (uint32_t g = 0; g < aur_snapshot_segs(a->s) && !c; g++) {
				uint64_t tf;
				c = aur_snapshot_form_tokens(a->s, g, id[x], &tf, e);
				r->F += c ? 0 : tf;
			}
		}
		double S = aur_specificity(r->k, r->F, a->in.residue_tokens, a->in.tokens);
		r->S = isfinite(S) ? S : 0;
		m++;
	}
	if (m)
		qsort(a->residue, m, sizeof *a->residue, by_specificity);
	for (uint32_t i = 0; i < m; i++) {
		number[a->residue[i].speakers] = i;
		a->residue[i].speakers = 0;
		a->in.residue_count += i < RESIDUE_WORDS && a->residue[i].S > 0;
	}
	/* who says them: one person after the other */
	uint32_t *last = aur_xcalloc(RESIDUE_TRIED, sizeof *last);
	for (uint32_t i = 0; i < nbare; i++) {
		const aur_in_contribution *x = &a->con[bare[i]];
		said[i] = (struct said){x->speaker == AUR_IN_ABSENT ? a->in.speaker_count + bare[i] : x->speaker, bare[i]};
	}
	if (nbare)
		qsort(said, nbare, sizeof *said, by_person);
	aur_doc d = {0};
	uint32_t who = 0;
	for (uint32_t i = 0; i < nbare && !c; i++) {
		who += !i || said[i].person != said[i - 1].person;
		c = aur_snapshot_doc_forms(a->s, a->doc[said[i].c], &d, e);
		for (uint32_t k = 0; k < d.ntok && !c; k++) {
			uint32_t r = word_of[d.form[k]];
			if (r == AUR_NONE || last[r] == who)
				continue;
			last[r] = who;
			aur_in_word *y = &a->residue[number[r]];
			if (y->speakers < AUR_IN_SEEN)
				y->seen[y->speakers] = said[i].c;
			y->speakers++;
		}
	}
	aur_doc_free(&d);
	free(last);
	free(number);
	free(gone);
	free(said);
	free(word_of);
	free(w);
	aur_buf_free(&ids);
	a->in.residue = a->residue;
	return c;
}
