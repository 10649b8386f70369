/* SPDX-License-Identifier: Apache-2.0 */
/* anchors.h - the tokens at which the search for each pattern begins. */
#ifndef AURICULE_LEXICON_ANCHORS_H
#define AURICULE_LEXICON_ANCHORS_H
#include "automaton.h"
#include "needs.h"

typedef struct lex_anchoring lex_anchoring;
typedef struct lex_anchors {
	lex_anchoring *v;
	size_t count, cap;
	lex_needs needs;
} lex_anchors;
/* Adds the anchors of a finished pattern, at these positions; false: no memory. */
bool lex_anchors_add(lex_model *m, lex_anchors *to, const lex_pattern *p, const lex_cut *at);
/* When all are added: puts them into the model, by the class of the token that triggers them.  False: no memory. */
bool lex_anchors_place(lex_model *m, lex_anchors *a);
void lex_anchors_free(lex_anchors *a);

#endif
