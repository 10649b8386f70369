/* SPDX-License-Identifier: Apache-2.0 */
/* atoms.h - what a pattern asks of one word, and which forms answer it. */
#ifndef AURICULE_LEXICON_ATOMS_H
#define AURICULE_LEXICON_ATOMS_H
#include "model.h"

typedef struct lex_interner {
	lex_table words, atoms, classes;
	struct lex_known { /* a word as written: most stand in many patterns */
		lex_word word;
		uint32_t atom;
	} *known;
	size_t known_count, known_cap;
	char *text; /* of the word at hand */
	size_t text_cap;
} lex_interner;
bool lex_class_of(lex_model *m, lex_interner *in, const lex_node *word, uint32_t *cls);
/* Gives each atom the list of its classes. */
bool lex_link_atoms(lex_model *m);
void lex_interner_free(lex_interner *in);
typedef void (*lex_atom_fn)(void *to, uint32_t atom);
/* Calls `fn` for every atom that the form satisfies, some perhaps more than once; with `blind`, letter case is
 * not looked at.  Only reads the model. */
void lex_atoms_of(const lex_model *m, const aur_form *f, bool blind, lex_atom_fn fn, void *to);


/* frequent.c: how often a word is of an atom, guessed, in a million words */
uint32_t lex_frequency(const lex_atom *a);

#endif
