/* SPDX-License-Identifier: Apache-2.0 */
/* needs.h - what an anchor needs within its reach. */
#ifndef AURICULE_LEXICON_NEEDS_H
#define AURICULE_LEXICON_NEEDS_H
#include "model.h"

typedef struct lex_need_set {
	uint32_t from, count; /* in lex_needs.pool */
	uint64_t frequency;   /* of its classes together */
} lex_need_set;
typedef struct lex_needs {
	lex_table table;
	lex_need_set *sets;
	uint32_t count;
	size_t cap;
	uint32_t *pool; /* classes */
	size_t pool_count, pool_cap;
} lex_needs;
/* Sets a->need; p is complete. */
bool lex_needs_of(lex_model *m, lex_needs *n, const lex_pattern *p, lex_anchor *a);
/* Gives each class the list of its sets, each set its bit. */
bool lex_link_needs(lex_model *m, const lex_needs *n);
void lex_needs_free(lex_needs *n);

#endif
