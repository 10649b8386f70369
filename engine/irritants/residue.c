/* SPDX-License-Identifier: Apache-2.0 */
/* The words of contributions that no theme caught: which of them occur there more than elsewhere, and how many people say them. */
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

typedef struct residue {
	struct aur_adapter *a;
	const uint32_t *kform; /* by form: its occurrences in those contributions */
	uint64_t *gone;        /* by form: its occurrences in replaced documents, which do not count */
	int lower;             /* the layer whose values are counted as words; -1: the forms themselves are */
	uint32_t *word_of;     /* by form: its word, numbered in order of discovery; AUR_NONE: not tried */
	uint32_t words;
	uint32_t *number;      /* by order of discovery: the word's index after sorting */
	aur_buf ids;           /* scratch: the forms of a word */
} residue;

/* Counts a word over all its forms, and keeps it if it occurs there twice or more. */
static aur_code count_word(residue *x, aur_str word, uint32_t form, aur_error *e)
{
	aur_in_word *r = &x->a->residue[x->words];
	aur_code c = AURE_OK;
	x->ids.n = 0;
	if (x->lower >= 0)
		c = aur_snapshot_value_forms(x->a->s, (uint32_t)x->lower, word, &x->ids, NULL, NULL, e);
	else
		aur_buf_put(&x->ids, &form, sizeof form);
	if (c)
		return c;
	*r = (aur_in_word){.form = word, .speakers = x->words}; /* holds the word's number until the array is sorted */
	const uint32_t *id = (const uint32_t *)(void *)x->ids.p;
	for (size_t i = 0; i < x->ids.n / sizeof *id; i++)
		r->k += x->kform[id[i]];
	if (r->k < 2)
		return AURE_OK;
	for (size_t i = 0; i < x->ids.n / sizeof *id && !c; i++) {
		x->word_of[id[i]] = x->words;
		r->F -= x->gone[id[i]];
		for (uint32_t g = 0; g < aur_snapshot_segs(x->a->s) && !c; g++) {
			uint64_t tf;
			c = aur_snapshot_form_tokens(x->a->s, g, id[i], &tf, e);
			r->F += c ? 0 : tf;
		}
	}
	double S = aur_specificity(r->k, r->F, x->a->in.residue_tokens, x->a->in.tokens);
	r->S = isfinite(S) ? S : 0;
	x->words++;
	return c;
}

/* Counts the word of a form, unless another form of it did. */
static aur_code try_form(residue *x, uint32_t form, aur_error *e)
{
	aur_form f;
	aur_str ls[AUR_MAX_LAYERS];
	if (x->word_of[form] != AUR_NONE || !aur_snapshot_form(x->a->s, form, &f, ls) || (f.flags & AUR_TOK_PUNCT))
		return AURE_OK;
	return count_word(x, x->lower >= 0 ? ls[x->lower] : f.form, form, e);
}

/* Picks the most frequent words that occur there twice or more, those with a form that does so first; sorts them by specificity,
 * highest first. */
static aur_code pick_words(residue *x, uint32_t forms, aur_error *e)
{
	struct aur_adapter *a = x->a;
	struct rword *w = aur_xmalloc(((size_t)forms + 1) * sizeof *w);
	uint32_t n = 0;
	for (uint32_t f = 0; f < forms; f++)
		if (x->kform[f] >= 2)
			w[n++] = (struct rword){f, x->kform[f]};
	if (n)
		qsort(w, n, sizeof *w, by_k);
	aur_code c = aur_snapshot_gone_tokens(a->s, x->gone, e);
	for (uint32_t i = 0; i < n && x->words < RESIDUE_TRIED && !c; i++)
		c = try_form(x, w[i].form, e);
	free(w);
	for (uint32_t f = 0; f < forms && x->words < RESIDUE_TRIED && x->lower >= 0 && !c; f++)
		if (x->kform[f] == 1) /* « Combien » once, « combien » once: a word that occurs twice */
			c = try_form(x, f, e);
	if (x->words)
		qsort(a->residue, x->words, sizeof *a->residue, by_specificity);
	for (uint32_t i = 0; i < x->words; i++) {
		x->number[a->residue[i].speakers] = i;
		a->residue[i].speakers = 0;
		a->in.residue_count += i < RESIDUE_WORDS && a->residue[i].S > 0;
	}
	return c;
}

/* Counts the speakers of each word: goes through the contributions person by person. */
static aur_code count_people(residue *x, const uint32_t *bare, uint32_t nbare, aur_error *e)
{
	struct aur_adapter *a = x->a;
	struct said *said = aur_xmalloc(((size_t)nbare + 1) * sizeof *said);
	uint32_t *last = aur_xcalloc(RESIDUE_TRIED, sizeof *last), who = 0;
	aur_doc d = {0};
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < nbare; i++) {
		const aur_in_contribution *y = &a->con[bare[i]];
		said[i] = (struct said){y->speaker == AUR_IN_ABSENT ? a->in.speaker_count + bare[i] : y->speaker, bare[i]};
	}
	if (nbare)
		qsort(said, nbare, sizeof *said, by_person);
	for (uint32_t i = 0; i < nbare && !c; i++) {
		who += !i || said[i].person != said[i - 1].person;
		c = aur_snapshot_doc_forms(a->s, a->doc[said[i].c], &d, e);
		for (uint32_t k = 0; k < d.ntok && !c; k++) {
			uint32_t r = x->word_of[d.form[k]];
			if (r == AUR_NONE || last[r] == who)
				continue;
			last[r] = who;
			aur_in_word *y = &a->residue[x->number[r]];
			if (y->speakers < AUR_IN_SEEN)
				y->seen[y->speakers] = said[i].c;
			y->speakers++;
		}
	}
	aur_doc_free(&d);
	free(last);
	free(said);
	return c;
}

aur_code aur_adapt_residue(struct aur_adapter *a, const uint32_t *kform, const uint32_t *bare, uint32_t nbare, aur_error *e)
{
	aur_totals t;
	aur_snapshot_totals(a->s, &t);
	residue x = {.a = a, .kform = kform, .lower = aur_snapshot_layer(a->s, "lower", 5)};
	x.word_of = aur_xmalloc(((size_t)t.forms + 1) * sizeof *x.word_of);
	memset(x.word_of, 0xFF, ((size_t)t.forms + 1) * sizeof *x.word_of);
	x.gone = aur_xcalloc((size_t)t.forms + 1, sizeof *x.gone);
	x.number = aur_xcalloc(RESIDUE_TRIED, sizeof *x.number);
	a->residue = aur_xcalloc(RESIDUE_TRIED, sizeof *a->residue);
	aur_code c = pick_words(&x, t.forms, e);
	if (!c)
		c = count_people(&x, bare, nbare, e);
	free(x.word_of);
	free(x.gone);
	free(x.number);
	aur_buf_free(&x.ids);
	a->in.residue = a->residue;
	return c;
}
