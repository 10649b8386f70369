/* SPDX-License-Identifier: Apache-2.0 */
/* automaton.h - the tree of a pattern -> its automaton. */
#ifndef AURICULE_LEXICON_AUTOMATON_H
#define AURICULE_LEXICON_AUTOMATON_H
#include "model.h"

/* A set of positions one of which every way through a part meets: the one whose words are rarest in French, so that most contributions have
 * none.  Those of a pattern are its anchors: where a search begins, and, of all the ways through it, the one that begins there and takes what
 * is near is the match.  So they hang on the pattern alone, and never on what else the lexicons hold. */
typedef struct lex_cut {
	uint16_t *v; /* sorted; lives in the builder's arena */
	uint32_t count;
	uint64_t cost; /* a frequency; UINT64_MAX: there is none */
} lex_cut;

/* Serves one pattern after the other; lives in `tmp`, what it built in the model. */
typedef struct lex_builder lex_builder;
lex_builder *lex_builder_new(lex_model *m, lex_arena *tmp);
void lex_builder_free(lex_builder *b);
/* The words of the tree have their classes.  AUR_E_CONFIG: it has too many words; neither that nor a lack of memory has been told. */
aur_status lex_automaton(lex_builder *b, const lex_node *body, lex_auto *out, lex_cut *anchors);
/* Of what an automaton accepts, going on from h. */
uint64_t lex_automaton_hash(const lex_model *m, const lex_auto *a, uint64_t h);

/* A number of words between two others, as edges hold it. */
static inline uint8_t lex_clip(uint32_t n)
{
	return (uint8_t)(n < 255 ? n : 255);
}

#endif
