/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon.h - what the files of annotate-lexicon share.
 *
 * The way of a lexicon:  XML -> load.c -> entries (lines of text with their settings) -> pattern.c -> a tree per line
 *                       -> compile.c -> atoms, classes, a small automaton per pattern
 * The way of a token:    forms.c -> what is tried where a form stands -> search.c -> matches -> hits.c -> hits
 *
 *  atom     what one word of a pattern requires of a form: "its fold is `sanction`", "its fold begins with `radi`"
 *  class    a set of atoms, one of which must hold: (coupe|retire) is one class of two atoms
 *  pattern  an automaton whose positions are classes, and whose edges say how many words may be between two of them
 *  anchor   one of a set of positions, those of the rarest words, that every match goes through: the pattern is only tried
 *           at tokens that can be at an anchor.  So a token that is no anchor costs one look at view->number.
 *  need     words one of which must be within reach of an anchor for its pattern to match, so that most searches in vain
 *           end before they begin
 *
 * Everything lives in the model's arena and is read-only once open() has returned. */
#ifndef AURICULE_LEXICON_H
#define AURICULE_LEXICON_H
#include "../common/component.h"
#include "auricule/ext.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LEX_MAX_FILE = 64 << 20,   /* bytes of one lexicon */
	LEX_MAX_LINE = 64 << 10,   /* bytes of one pattern */
	LEX_MAX_SPELLINGS = 512,   /* per word with endings */
	LEX_MAX_POSITIONS = 250,   /* words per pattern, once its choices are expanded */
	LEX_MAX_EDGES = 20000,     /* per pattern */
	LEX_MAX_GAP = 20,          /* words that a numbered gap may skip */
	LEX_SENTENCE_GAP = 200,    /* words that ".." may skip */
	LEX_ANY_ORDER_GAP = 5,     /* words that a bare "+" may skip */
	LEX_MAX_SIDES = 4,         /* of an any-order */
	LEX_MAX_DEPTH = 16,        /* nested brackets, nested themes */
	LEX_MAX_PATTERNS = 4000000,
	LEX_FUZZY_MIN = 5,         /* letters that a word must have to be matched with one wrong letter, */
	LEX_FUZZY_MIN2 = 8,        /* and with two */
	LEX_FUZZY_LONGEST = 64     /* bytes of a form up to which this is tried */
};

/* Placeholders in the text of a word.  XML text cannot contain these two characters. */
#define LEX_STAR '\x01'   /* any letters, or none */
#define LEX_DIGITS '\x02' /* a number */

/* ---- arena.c: allocations that are freed together ---- */
typedef struct lex_block lex_block;
typedef struct lex_arena {
	lex_block *top;
	bool failed; /* an allocation failed; all later ones fail as well */
} lex_arena;
void *lex_alloc(lex_arena *a, size_t n); /* zeroed, aligned; NULL when memory is short */
void *lex_array(lex_arena *a, size_t n, size_t size);
char *lex_bytes(lex_arena *a, size_t n); /* bytes, not zeroed, not aligned */
char *lex_dup(lex_arena *a, const char *p, size_t n); /* NUL-terminated copy */
void lex_arena_reset(lex_arena *a); /* forgets all allocations, and keeps a block for those that follow */
void lex_arena_free(lex_arena *a);
/* Asks the system for huge pages for a large array, which is read at random: they save a page table look-up per access. */
void lex_huge(void *p, size_t n);
/* Zeroed memory in which most look-ups of a search end, to be freed with free(): in huge pages from half of one on.  NULL: no memory. */
void *lex_large(size_t n);
/* Makes room for one more element in a malloc'ed array; false: no memory. */
bool lex_grow(void *array, size_t *cap, size_t need, size_t size);

/* ---- text.c: letters and bytes ---- */
uint64_t lex_hash(const void *p, size_t n, uint64_t seed);
uint64_t lex_mix(uint64_t x);
size_t lex_chars(const char *p, size_t n);             /* code points */
size_t lex_char_len(const char *p, size_t n);          /* bytes of the first code point, at least 1 */
/* Formats a message; if the buffer or a %.200s cuts it, it still ends with a complete character. */
__attribute__((format(printf, 3, 0))) void lex_format(char *buf, size_t size, const char *fmt, va_list ap);
bool lex_is_light_sign(const char *p, size_t n);       /* words touch across it, unless a pattern asks for it */
bool lex_is_upper(const char *p, size_t n);            /* has letters, and none of them is lower case */
bool lex_glob(const char *g, size_t gn, const char *s, size_t sn);
/* Optimal string alignment distance in code points; max + 1 if it is greater than max. */
unsigned lex_distance(const char *a, size_t an, const char *b, size_t bn, unsigned max);
/* The nearest of `n` names to a misspelt one; NULL if none is near. */
const char *lex_nearest(const char *word, const char *const *names, size_t n);
typedef void (*lex_deletion_fn)(void *to, const char *s, size_t n);
/* Calls `fn` for s and for s with up to `k` letters (never the first) removed. */
void lex_deletions(const char *s, size_t n, unsigned k, lex_deletion_fn fn, void *to);

/* ---- lint.c, explain.c, entries.c, forms.c, lookup.c: the extensions that it offers, see auricule/ext.h ---- */
extern const aur_ext_lint_v1 lex_lint;
extern const aur_ext_explain_v1 lex_explain;
extern const aur_ext_entries_v1 lex_entries;
/* quote.c: aur_ext_entries_v1.pattern. */
aur_status lex_pattern_of(const aur_host *h, void *model, aur_str expression, char *buf, size_t bufsize, size_t *len);
extern const aur_ext_sieve_v1 lex_sieve;
extern const aur_ext_forms_v1 lex_numbered;
extern const aur_ext_words_v1 lex_words;

#endif
