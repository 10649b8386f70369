/* SPDX-License-Identifier: Apache-2.0 */
/* The words in which a theme was said, as written: « cas sociaux » is one, not two. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "irritants/build.h"
#include "stats/specificity.h"

/* One occurrence: `expr` at `start`, in the i-th contribution of the theme's list. */
typedef struct seen {
	uint32_t expr, i, start, end;
} seen;

static int by_place(const void *a, const void *b)
{
	const seen *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return x->expr < y->expr ? -1 : x->expr > y->expr;
}

static bool under(const aur_input *in, uint32_t t, uint32_t root)
{
	for (; t != AUR_IN_ABSENT; t = in->themes[t].parent)
		if (t == root)
			return true;
	return false;
}

static int by_specificity(const void *a, const void *b)
{
	const aur_irr_word *x = a, *y = b;
	if (x->S != y->S)
		return x->S > y->S ? -1 : 1;
	if (x->k != y->k)
		return x->k > y->k ? -1 : 1;
	if (x->F != y->F)
		return x->F > y->F ? -1 : 1;
	return x->expr < y->expr ? -1 : x->expr > y->expr;
}

void aur_build_words(aur_build *b, aur_irr_theme *t)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	seen *all = NULL;
	size_t n = 0, cap = 0, from;
	uint64_t tokens = 0;
	/* all occurrences, each place once per contribution whatever the number of entries that fired there */
	for (uint32_t i = 0; i < t->list_count; i++) {
		const aur_in_contribution *c = &in->contributions[t->list[i]];
		tokens += t->how[i] & AUR_HOW_IRRITANT ? c->tokens : 0;
		from = n;
		for (uint32_t h = 0; h < c->hit_count; h++) {
			const aur_in_hit *hit = &in->hits[c->first_hit + h];
			if (under(in, hit->theme, t->theme)) {
				AUR_GROW(all, n, cap);
				all[n++] = (seen){hit->expr, i, hit->start, hit->end};
			}
		}
		if (n - from > 1) {
			qsort(all + from, n - from, sizeof *all, by_place);
			size_t w = from;
			for (size_t j = from + 1; j < n; j++)
				if (by_place(&all[j], &all[w]))
					all[++w] = all[j];
			n = w + 1;
		}
	}
	/* by expression: a counting sort over those that occur */
	uint32_t E = in->expr_count, words = 0;
	uint32_t *at = aur_xcalloc((size_t)E + 1, sizeof *at), *order = aur_xmalloc((n + 1) * sizeof *order);
	for (size_t i = 0; i < n; i++)
		words += !at[all[i].expr]++;
	uint32_t sum = 0;
	for (uint32_t x = 0; x < E; x++) {
		uint32_t count = at[x];
		at[x] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		order[at[all[i].expr]++] = (uint32_t)i;
	aur_irr_word *w = aur_xcalloc((size_t)words + 1, sizeof *w);
	words = 0;
	for (size_t i = 0; i < n;) {
		aur_irr_word *x = &w[words++];
		x->expr = all[order[i]].expr;
		uint32_t last = UINT32_MAX;
		for (b->epoch++; i < n && all[order[i]].expr == x->expr; i++) {
			const seen *s = &all[order[i]];
			x->F++;
			x->k += t->how[s->i] & AUR_HOW_IRRITANT;
			if (s->i != last) {
				uint32_t who = l->person[t->list[s->i]];
				x->all.n++;
				x->all.speakers += b->stamp[who] != b->epoch;
				b->stamp[who] = b->epoch;
			}
			last = s->i;
		}
		double S = aur_specificity(x->k, x->F, tokens, l->all.tokens);
		x->S = isfinite(S) ? S : 0;
		x->all.hide = x->all.speakers && x->all.speakers < l->opt.k ? AUR_FEW : AUR_SHOWN;
	}
	qsort(w, words, sizeof *w, by_specificity);
	t->word_count = words < l->opt.word_count ? words : l->opt.word_count;
	t->words = aur_arena_alloc(&l->arena, ((size_t)t->word_count + 1) * sizeof *t->words);
	memcpy(t->words, w, t->word_count * sizeof *w);
	free(all);
	free(at);
	free(order);
	free(w);
}
