/* SPDX-License-Identifier: Apache-2.0 */
/* chars.h - the class of a character for this tokenizer.  Ranges are [p,e), and the text is valid UTF-8. */
#ifndef TOK_CHARS_H
#define TOK_CHARS_H
#include "../common/inclusive.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef const uint8_t *tok_ptr;

enum tok_class {
	TOK_END, /* of the text */
	TOK_SPACE,
	TOK_LETTER,
	TOK_DIGIT,  /* only 0 to 9: all others count as letters */
	TOK_EXTEND, /* belongs to the character before it: accents, joiners, invisible marks */
	TOK_APOS,
	TOK_HYPHEN,
	TOK_DOT,
	TOK_MIDDOT, /* of inclusive writing */
	TOK_BULLET, /* as TOK_MIDDOT, or the bullet of a list */
	TOK_EMOJI,
	TOK_FLAG, /* one half of a flag */
	TOK_TONE, /* skin tone of an emoji */
	TOK_SYMBOL
};
extern const uint8_t tok_ascii[128];
enum tok_class tok_class_wide(tok_ptr p, unsigned *len); /* for a character outside ASCII */

/* The class of the character at p and its length in bytes. */
static inline enum tok_class tok_class(tok_ptr p, tok_ptr e, unsigned *len)
{
	if (p >= e) {
		*len = 0;
		return TOK_END;
	}
	if (*p < 0x80) {
		*len = 1;
		return (enum tok_class)tok_ascii[*p];
	}
	return tok_class_wide(p, len);
}

static inline bool tok_is_letter(tok_ptr p, tok_ptr e)
{
	unsigned len;
	return tok_class(p, e, &len) == TOK_LETTER;
}

static inline bool tok_is_word(tok_ptr p, tok_ptr e)
{
	unsigned len;
	enum tok_class k = tok_class(p, e, &len);
	return k == TOK_LETTER || k == TOK_DIGIT;
}

static inline bool tok_is_digit(tok_ptr p, tok_ptr e)
{
	return p < e && *p >= '0' && *p <= '9';
}

bool tok_is_upper(tok_ptr p, tok_ptr e); /* the character at p is a capital */
bool tok_is_lower(tok_ptr p, tok_ptr e);
tok_ptr tok_skip_spaces(tok_ptr p, tok_ptr e);
tok_ptr tok_back(tok_ptr p, tok_ptr s); /* start of the character before p; p > s */

/* Writes the letters of [a,b) to out, in lower case and without accents, with a NUL; "" if there is anything but letters, or more
 * than 15 of them.  Returns the length. */
enum { TOK_KEY = 16 };
size_t tok_key(tok_ptr a, tok_ptr b, char out[TOK_KEY]);
#endif
