/* SPDX-License-Identifier: Apache-2.0 */
/* parser.h - what the files that parse a pattern share. */
#ifndef AURICULE_LEXICON_PARSER_H
#define AURICULE_LEXICON_PARSER_H
#include "pattern.h"

typedef struct parser {
	const lex_parse *c;
	lex_settings set;
	const char *s;
	size_t n, i;
	unsigned depth;
	bool newline_chooses; /* a new line means the same as a bar, as in <words> */
	bool bad;
} parser;

static inline int pat_peek(const parser *p, size_t ahead)
{
	return p->i + ahead < p->n ? (unsigned char)p->s[p->i + ahead] : -1;
}

static inline bool pat_is_space(const parser *p, int c)
{
	return c == ' ' || c == '\t' || c == '\r' || (c == '\n' && !p->newline_chooses);
}

static inline bool pat_is_bar(const parser *p, int c)
{
	return c == '|' || (c == '\n' && p->newline_chooses);
}

/* Could a word end here? */
static inline bool pat_is_boundary(const parser *p, int c)
{
	return c < 0 || pat_is_space(p, c) || pat_is_bar(p, c) || c == ')' || c == ']' || c == '?';
}

/* scan.c: keeps the first mistake; always returns NULL. */
void *pat_mistake(parser *p, size_t at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void pat_skip_spaces(parser *p);
/* Length in bytes of a no-break or thin space at p->i, as editors insert them; 0: none.  Those that the tokenizer takes for spaces. */
size_t pat_wide_space(const parser *p);
/* Likewise of a soft hyphen or a mark of direction, which come along from Word and from web pages, and which the tokenizer removes. */
size_t pat_invisible(const parser *p);
/* Reads digits at p->i; false if there are none. */
bool pat_number(parser *p, uint32_t *out);

/* nodes.c: making nodes of the tree.  They return NULL or false without memory, or if given NULL. */
typedef struct pat_list {
	lex_node **items;
	uint32_t count, cap;
	lex_node *few[4]; /* most lists have no more; so it must not be copied */
} pat_list;
bool pat_add(parser *p, pat_list *l, lex_node *x);
lex_node *pat_node(parser *p, lex_kind kind);
/* Makes the items of a list the children of x. */
bool pat_take(parser *p, lex_node *x, const pat_list *l);
/* The only item of a list, or a node of that kind with all items. */
lex_node *pat_node_of(parser *p, lex_kind kind, const pat_list *l);
lex_node *pat_optional(parser *p, lex_node *child);
lex_node *pat_choice(parser *p, const pat_list *l);
bool pat_can_be_empty(const lex_node *x);
/* Does it begin (or, at_end, end) with a gap? */
bool pat_edge_gap(const lex_node *x, bool at_end);

/* word.c: parses a word at p->i, with its endings; l'écoute gives two. */
lex_node *pat_word(parser *p);

#endif
