/* SPDX-License-Identifier: Apache-2.0 */
/* automaton.h - makes the automaton of a pattern from its tree. */
#ifndef AURICULE_LEXICON_AUTOMATON_H
#define AURICULE_LEXICON_AUTOMATON_H
#include "model.h"

/* A set of positions such that every way through (a part of) a pattern has one of them: the set whose words are
 * rarest in French, so that most contributions have none of them.  The cut of a whole pattern gives its anchors.  A
 * search begins at an anchor, and the match is the way through it that takes the nearest words.  So anchors depend
 * on the pattern alone, never on the rest of the lexicons. */
typedef struct lex_cut {
	uint16_t *v; /* sorted; in the builder's arena */
	uint32_t count;
	uint64_t cost; /* estimated frequency of its words; UINT64_MAX: there is no such set */
} lex_cut;

/* Builds one pattern after the other.  The builder lives in `tmp`, what it builds in the model. */
typedef struct lex_builder lex_builder;
lex_builder *lex_builder_new(lex_model *m, lex_arena *tmp);
void lex_builder_free(lex_builder *b);
/* The words of the tree must have their classes.  AUR_E_CONFIG: too many words; AUR_E_NOMEM.  The caller reports
 * both. */
aur_status lex_automaton(lex_builder *b, const lex_node *body, lex_auto *out, lex_cut *anchors);
/* Continues the hash h with everything that an automaton accepts. */
uint64_t lex_automaton_hash(const lex_model *m, const lex_auto *a, uint64_t h);

/* Clips a number of words to the range of lex_edge. */
static inline uint8_t lex_clip(uint32_t n)
{
	return (uint8_t)(n < 255 ? n : 255);
}

#endif
