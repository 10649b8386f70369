/* SPDX-License-Identifier: Apache-2.0 */
/* candidates.h - matches that are not hits yet: exclusions, longer ones and thresholds may remove them. */
#ifndef AURICULE_LEXICON_CANDIDATES_H
#define AURICULE_LEXICON_CANDIDATES_H
#include "lexicon.h"
#include <stdlib.h>

typedef struct lex_candidate {
	uint32_t pattern, first, last;
	uint32_t theme;
	float weight;
} lex_candidate;
typedef struct lex_candidates {
	lex_candidate *v;
	size_t count, cap;
} lex_candidates;

/* lex_grow, where there mostly is room. */
static inline bool lex_room(void *array, size_t *cap, size_t need, size_t size)
{
	return need <= *cap || lex_grow(array, cap, need, size);
}

static inline int lex_by_place(const void *a, const void *b)
{
	const lex_candidate *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->last != y->last)
		return x->last < y->last ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Mostly they are sorted already.  qsort, or insertion sort for the few that a contribution mostly has. */
static inline void lex_sort(lex_candidate *c, size_t n, int (*compare)(const void *, const void *))
{
	size_t sorted = 1;
	while (sorted < n && compare(&c[sorted - 1], &c[sorted]) <= 0)
		sorted++;
	if (sorted < n && n > 24) {
		qsort(c, n, sizeof(*c), compare);
		return;
	}
	for (size_t i = sorted; i < n; i++) {
		lex_candidate x = c[i];
		size_t j = i;
		for (; j > 0 && compare(&x, &c[j - 1]) < 0; j--)
			c[j] = c[j - 1];
		c[j] = x;
	}
}

#endif
