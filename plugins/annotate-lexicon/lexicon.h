/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon.h - what the files of annotate-lexicon share.
 *
 * The way of a lexicon:  XML -> load.c -> entries (lines of text with their settings) -> pattern.c -> a tree per line
 *                        -> compile.c -> atoms, classes, a small automaton per pattern -> match.c -> hits
 *
 *   atom     what one word of a pattern asks of a form: "its fold is `sanction`", "its fold begins with `radi`"
 *   class    a set of atoms, one of which must hold: (coupe|retire) is one class of two atoms
 *   pattern  an automaton whose positions are classes and whose edges say how many words may stand between
 *   anchor   positions one of which every match of the pattern goes through, those of the rarest words: it is tried
 *            only where a token is at one of them.  So a token that anchors nothing costs one look at view->number.
 *   need     words one of which stands within reach of an anchor wherever its pattern matches, so that most searches that
 *            would find nothing end before they begin
 *
 * Everything lives in the model's arena and is read-only once open() has returned. */
#ifndef AURICULE_LEXICON_H
#define AURICULE_LEXICON_H
#include "auricule/ext.h"
#include <libintl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define _(s) dgettext("auricule", s)
#define N_(s) s

enum {
	LEX_MAX_FILE = 64 << 20,   /* bytes of one lexicon */
	LEX_MAX_LINE = 64 << 10,   /* bytes of one pattern */
	LEX_MAX_SPELLINGS = 512,   /* of one word with endings */
	LEX_MAX_POSITIONS = 250,   /* words of one pattern, once its choices are written out */
	LEX_MAX_EDGES = 20000,     /* of one pattern */
	LEX_MAX_GAP = 20,          /* words that a numbered gap may step over */
	LEX_SENTENCE_GAP = 200,    /* words that ".." may step over */
	LEX_ANY_ORDER_GAP = 5,     /* words that a bare "+" may step over */
	LEX_MAX_SIDES = 4,         /* of an any-order */
	LEX_MAX_DEPTH = 16,        /* brackets in brackets, themes in themes */
	LEX_MAX_PATTERNS = 4000000,
	LEX_FUZZY_MIN = 5,         /* letters of a word that may be misspelt by one letter, */
	LEX_FUZZY_MIN2 = 8,        /* and by two */
	LEX_FUZZY_LONGEST = 64     /* bytes of a form that is still compared so */
};

/* Inside the text of a word: the signs that stand for others.  No XML text can hold these two. */
#define LEX_STAR '\x01'   /* any letters, also none */
#define LEX_DIGITS '\x02' /* a number */

/* ---- arena.c: memory that lives and dies together ---- */
typedef struct lex_block lex_block;
typedef struct lex_arena {
	lex_block *top;
	bool failed; /* an allocation failed; all later ones do as well */
} lex_arena;
void *lex_alloc(lex_arena *a, size_t n); /* zeroed, aligned; NULL when memory is short */
void *lex_array(lex_arena *a, size_t n, size_t size);
char *lex_dup(lex_arena *a, const char *p, size_t n); /* NUL-terminated copy */
void lex_arena_free(lex_arena *a);
/* Makes room for one more in a malloc'ed array; false when memory is short. */
bool lex_grow(void *array, size_t *cap, size_t need, size_t size);

/* ---- text.c: letters and bytes ---- */
uint64_t lex_hash(const void *p, size_t n, uint64_t seed);
uint64_t lex_mix(uint64_t x);
size_t lex_chars(const char *p, size_t n);             /* code points */
size_t lex_char_len(const char *p, size_t n);          /* bytes of the first one, at least 1 */
/* A message; where the buffer or a %.200s cuts it short, no part of a character is left. */
__attribute__((format(printf, 3, 0))) void lex_format(char *buf, size_t size, const char *fmt, va_list ap);
bool lex_is_upper(const char *p, size_t n);            /* has letters, and none of them is small */
bool lex_glob(const char *g, size_t gn, const char *s, size_t sn);
/* Optimal string alignment distance in code points, or max + 1 when it is greater. */
unsigned lex_distance(const char *a, size_t an, const char *b, size_t bn, unsigned max);
/* The nearest of `n` names to a mistyped one, or NULL where none is near. */
const char *lex_nearest(const char *word, const char *const *names, size_t n);
typedef void (*lex_deletion_fn)(void *to, const char *s, size_t n);
/* Calls `fn` for s itself and for s with up to `k` letters (never the first) left out. */
void lex_deletions(const char *s, size_t n, unsigned k, lex_deletion_fn fn, void *to);

/* ---- lint.c, explain.c, entries.c, match.c: what it offers beside, see auricule/ext.h ---- */
extern const aur_ext_lint_v1 lex_lint;
extern const aur_ext_explain_v1 lex_explain;
extern const aur_ext_entries_v1 lex_entries;
extern const aur_ext_sieve_v1 lex_sieve;
extern const aur_ext_words_v1 lex_words;

#endif
