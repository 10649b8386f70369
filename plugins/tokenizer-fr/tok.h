/* SPDX-License-Identifier: Apache-2.0 */
/* tok.h - what the files of this plugin share: the state of one run over one text, and the scanners.
 *
 * A scanner is handed the place where its kind of token starts, gives the token or tokens to the host and
 * returns the place after them.  It always moves forward, never looks further ahead than a bound or than
 * what it then consumes, and so the whole is linear in the text.  The text is valid UTF-8. */
#ifndef TOK_H
#define TOK_H
#include <auricule/plugin.h>
#include <stdbool.h>
#include <stdint.h>

typedef const uint8_t *tok_ptr;

/* Scratch of one thread, for the few forms that differ from their span. */
struct tok_scratch {
	uint8_t *bytes;
	size_t bytes_cap;
	int32_t *points;
	size_t points_cap; /* in code points */
};

struct tok {
	const aur_host *h;
	aur_token_sink *o;
	tok_ptr s, e; /* the text */
	bool has_at;  /* there is a @ somewhere: look for e-mail addresses */
	tok_ptr term; /* end of the last mark that can end a sentence, or of what closed behind it */
	struct tok_scratch *scratch;
	aur_status status; /* below 0: out of memory */
	aur_token t;       /* the one that is handed out, filled again for each token */
};

/* ---- chars.c: what a character is ---- */
enum tok_class {
	TOK_END, /* of the text */
	TOK_SPACE,
	TOK_LETTER,
	TOK_DIGIT,  /* 0 to 9 alone: all others count as letters */
	TOK_EXTEND, /* belongs to the character before it: accents, joiners, marks that cannot be seen */
	TOK_APOS,
	TOK_HYPHEN,
	TOK_DOT,
	TOK_MIDDOT, /* of inclusive writing */
	TOK_BULLET, /* the same, or the bullet of a list */
	TOK_EMOJI,
	TOK_FLAG, /* one half of a flag */
	TOK_TONE, /* of the skin */
	TOK_SYMBOL
};
extern const uint8_t tok_ascii[128];
enum tok_class tok_class_wide(tok_ptr p, unsigned *len); /* of a character outside ASCII */

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
tok_ptr tok_back(tok_ptr p, tok_ptr s); /* the character before p; p > s */

/* The letters of [a,b) in lower case and without accents, with a NUL behind; "" where it holds anything
 * else or more than 15 letters. */
enum { TOK_KEY = 16 };
size_t tok_key(tok_ptr a, tok_ptr b, char out[TOK_KEY]);
bool tok_in(const char *key, const char *list); /* list: words between spaces, " a b c " */

/* ---- form.c: giving a token out ---- */
enum {
	TOK_MAKE_NFC = 1u << 16,  /* the span may not be NFC or may hold invisible marks */
	TOK_MAKE_APOS = 1u << 17, /* the span holds an apostrophe other than ' */
	TOK_FLAG_MASK = 0xffffu
};
void tok_emit_form(struct tok *k, tok_ptr a, tok_ptr b, unsigned flags);
void tok_scratch_free(struct tok_scratch *s);

/* flags: AUR_TOK_* and TOK_MAKE_*. */
static inline void tok_emit(struct tok *k, tok_ptr a, tok_ptr b, unsigned flags)
{
	if (flags > TOK_FLAG_MASK) {
		tok_emit_form(k, a, b, flags);
		return;
	}
	k->t.start = (uint32_t)(a - k->s);
	k->t.end = (uint32_t)(b - k->s);
	k->t.flags = flags;
	k->h->token(k->h, k->o, &k->t);
}

/* ---- sentence.c: where sentences end ---- */
/* AUR_TOK_SENTENCE_END where a token that is no mark of punctuation and ends at p ends a sentence: the end
 * of the text, an empty line, a new item of a list. */
unsigned tok_line_end(const struct tok *k, tok_ptr p);
tok_ptr tok_mark(struct tok *k, tok_ptr p);                                 /* . ! ? … and runs of them */
tok_ptr tok_closer(struct tok *k, tok_ptr p, unsigned len, unsigned flags); /* ) » " ” */
/* The flags of an abbreviation that keeps its dot and ends at p; strong: its dot never ends a sentence that
 * goes on (M., J.-P.). */
unsigned tok_abbreviation_end(const struct tok *k, tok_ptr p, bool strong);

/* ---- words.c, inclusive.c, dots.c, numbers.c, web.c ---- */
/* Scans on from p while characters make one word; adds TOK_MAKE_NFC to *flags where needed. */
tok_ptr tok_scan(tok_ptr p, tok_ptr e, unsigned *flags);
/* A word that starts at a and whose letters run to q at least. */
tok_ptr tok_word(struct tok *k, tok_ptr a, tok_ptr q, unsigned flags);
/* The chain of clitics (-t-il, -le-moi) that starts with the hyphen at q and ends the word that starts at
 * a; given out with the word before it.  NULL where there is none. */
tok_ptr tok_clitics(struct tok *k, tok_ptr a, tok_ptr q, unsigned flags);
/* The end of an inclusive ending that starts at q (one of - . ( / ) behind the letters [a,q), or NULL. */
tok_ptr tok_inclusive(const struct tok *k, tok_ptr a, tok_ptr q);
/* What the dot at q is to the word [a,q): the end of a token that includes it (acronym, initial,
 * abbreviation, with its flags added), or NULL. */
tok_ptr tok_dot(const struct tok *k, tok_ptr a, tok_ptr q, unsigned *flags);
tok_ptr tok_number(struct tok *k, tok_ptr p, bool sign);
tok_ptr tok_url(const struct tok *k, tok_ptr a, tok_ptr q); /* the word [a,q) starts one: its end, or NULL */
tok_ptr tok_email(const struct tok *k, tok_ptr a);
tok_ptr tok_domain(const struct tok *k, tok_ptr a, tok_ptr q);
tok_ptr tok_tag(struct tok *k, tok_ptr p); /* #RSA, @mairie; NULL where it is none */
tok_ptr tok_emoji(struct tok *k, tok_ptr p);
tok_ptr tok_keycap(const struct tok *k, tok_ptr p); /* 1️⃣ : its end, or NULL */
tok_ptr tok_smiley(struct tok *k, tok_ptr p);       /* :-) : NULL where it is none */

#endif
