/* SPDX-License-Identifier: Apache-2.0 */
/* needs.h - the words that must be within reach of an anchor. */
#ifndef AURICULE_LEXICON_NEEDS_H
#define AURICULE_LEXICON_NEEDS_H
#include "model.h"

typedef struct lex_need_set {
	uint32_t from, count; /* its classes: in lex_needs.pool */
	uint32_t number;
	uint64_t frequency;   /* of all its classes together */
	uint64_t asked;       /* the frequency of all anchors that need it */
} lex_need_set;
typedef struct lex_needs {
	lex_index index;
	lex_need_set *sets;
	uint32_t count;
	size_t cap;
	uint32_t *pool; /* classes */
	size_t pool_count, pool_cap;
} lex_needs;
/* Sets a->need; p must be finished.  False: no memory. */
bool lex_needs_of(lex_model *m, lex_needs *n, const lex_pattern *p, lex_anchor *a);
/* Fills in the list of sets of each class, and the bit of each set.  False: no memory. */
bool lex_link_needs(lex_model *m, const lex_needs *n);
void lex_needs_free(lex_needs *n);

#endif
