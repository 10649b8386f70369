/* SPDX-License-Identifier: Apache-2.0 */
/* anchors.h - where the search for each pattern begins. */
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
/* Those of a pattern that is complete, at these positions; false when memory is short. */
bool lex_anchors_add(lex_model *m, lex_anchors *to, const lex_pattern *p, const lex_cut *at);
/* Once all of them are known: into the model, each where a token that has its class will look. */
bool lex_anchors_place(lex_model *m, lex_anchors *a);
void lex_anchors_free(lex_anchors *a);

#endif
