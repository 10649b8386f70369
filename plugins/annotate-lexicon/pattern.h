/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.h - parses the text of a pattern into its tree. */
#ifndef AURICULE_LEXICON_PATTERN_H
#define AURICULE_LEXICON_PATTERN_H
#include "lexicon.h"

typedef enum { LEX_N_WORD, LEX_N_GAP, LEX_N_SEQ, LEX_N_ALT, LEX_N_OPT, LEX_N_ANY_ORDER } lex_kind;
typedef enum { LEX_CASE_ANY, LEX_CASE_UPPER, LEX_CASE_EXACT } lex_case;

/* One spelling that a class accepts, as written. */
typedef struct lex_word {
	const char *layer; /* interned name */
	const char *text;  /* with LEX_STAR and LEX_DIGITS */
	uint32_t len;
	uint8_t fuzzy;
	uint8_t letter_case; /* lex_case */
	bool touches;        /* joined to the word before it, as people write it: « h » in 15h */
} lex_word;

typedef struct lex_node lex_node;
struct lex_node {
	lex_kind kind;
	uint32_t min, max;   /* LEX_N_GAP, and between the sides of LEX_N_ANY_ORDER */
	uint32_t word_count; /* LEX_N_WORD */
	lex_word *words;
	uint32_t child_count;
	lex_node **children;
	uint32_t cls;  /* LEX_N_WORD: its class, set by compile.c */
};

/* What a pattern requires of the words around it. */
typedef enum { LEX_BEFORE, LEX_AFTER, LEX_SENTENCE } lex_where;
typedef struct lex_context_tree {
	lex_where where;
	bool forbidden;
	uint32_t min, max; /* words between the context and the match */
	lex_node *body;
	bool idle_gap; /* it has a gap on the side away from the match, where a gap means nothing */
	const char *text; /* as written, with its brackets, or the name of its setting */
} lex_context_tree;
typedef struct lex_tree {
	lex_node *body;
	uint32_t context_count;
	lex_context_tree *contexts;
} lex_tree;

/* A named choice: <words id="couper">. */
typedef struct lex_set {
	const char *name;
	lex_node *body;
} lex_set;

/* A mistake in a pattern: `at` is a byte offset into its text. */
typedef struct lex_mistake {
	size_t at;
	char msg[400];
} lex_mistake;

typedef struct lex_settings {
	const char *layer;
	lex_case letter_case;
	uint8_t fuzzy;
} lex_settings;

typedef struct lex_parse {
	lex_arena *arena;
	lex_settings settings;
	const lex_set *sets;
	size_t set_count;
	const char *const *layers; /* layers of the pipeline, "form" first */
	size_t layer_count;
	lex_mistake *mistake;
} lex_parse;
/* Each returns false with *mistake set, or if memory is short: then arena->failed is set. */
bool lex_parse_pattern(const lex_parse *p, const char *s, size_t n, lex_tree *out);
bool lex_parse_context(const lex_parse *p, const char *s, size_t n, lex_where where, bool forbidden,
                       lex_context_tree *out);
bool lex_parse_set(const lex_parse *p, const char *s, size_t n, lex_node **out);

#endif
