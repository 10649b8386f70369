/* SPDX-License-Identifier: Apache-2.0 */
/* atoms.h - atoms: what a pattern requires of one word, and which forms satisfy it. */
#ifndef AURICULE_LEXICON_ATOMS_H
#define AURICULE_LEXICON_ATOMS_H
#include "model.h"

typedef struct lex_interner {
	lex_index words, atoms, classes;
	struct lex_known { /* words as written, with their atom, as most words are in many patterns */
		const char *layer;
		uint32_t len, atom;
		uint8_t fuzzy, letter_case;
		char head[14]; /* the text, or its beginning: another cache miss is spared */
		const char *text;
	} *known;
	size_t known_count, known_cap;
	lex_arena texts; /* of the known words */
	char *text; /* of the current word */
	size_t text_cap;
	uint32_t *ids;    /* the atoms of the current class */
	uint64_t *hashes; /* of its words */
	size_t id_cap, hash_cap;
} lex_interner;
/* The class of a word node of a pattern, added to the model if it is new.  False: no memory. */
bool lex_class_of(lex_model *m, lex_interner *in, const lex_node *word, uint32_t *cls);
/* Fills in the list of classes of each atom.  False: no memory. */
bool lex_link_atoms(lex_model *m);
void lex_interner_free(lex_interner *in);

/* ---- lookup.c: which forms satisfy an atom ---- */
typedef void (*lex_atom_fn)(void *to, uint32_t atom);
/* Calls `fn` for every atom that the form satisfies; it may be called more than once for one atom.  blind: ignores letter case.
 * Only reads the model. */
void lex_atoms_of(const lex_model *m, const aur_form *f, bool blind, lex_atom_fn fn, void *to);
/* The bit of a length, for a first check of a value: is there an atom of this length that begins with its first byte? */
static inline uint64_t lex_length_bit(size_t n)
{
	return UINT64_C(1) << (n < 63 ? n : 63);
}
static inline unsigned lex_first_byte(const char *s)
{
	return (unsigned char)*s;
}
/* Bytes before the first star. */
static inline size_t lex_head_of(const lex_atom *a)
{
	size_t n = 0;
	while (n < a->len && a->text[n] != LEX_STAR && a->text[n] != LEX_DIGITS)
		n++;
	return n;
}

/* frequent.c: estimated occurrences of an atom per million words */
uint32_t lex_frequency(const lex_atom *a);

#endif
