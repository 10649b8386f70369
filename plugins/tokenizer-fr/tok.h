/* SPDX-License-Identifier: Apache-2.0 */
/* tok.h - what the files of this plugin share: the state of one run over a text, and the scanners.
 *
 * A scanner is called where its kind of token starts, gives the token or tokens to the host and returns the place after them.  It
 * always moves forward, and looks ahead at most by a bound or by what it then consumes; so the whole is linear in the text.  The
 * text is valid UTF-8. */
#ifndef TOK_H
#define TOK_H
#include <auricule/plugin.h>
#include "chars.h"
#include "form.h"

struct tok {
	const aur_host *h;
	aur_token_sink *o;
	tok_ptr s, e; /* the text */
	bool has_at;  /* there is an @ somewhere, so e-mail addresses are looked for */
	tok_ptr term; /* end of the last mark that can end a sentence, or of what closed after it */
	struct tok_scratch *scratch;
	aur_status status; /* below 0: out of memory */
	aur_token t;       /* the token that is given to the host; reused for each */
};

/* ---- giving a token out ---- */
/* Gives the token [a,b) to the host.  flags: AUR_TOK_* and TOK_MAKE_*. */
static inline void tok_emit(struct tok *k, tok_ptr a, tok_ptr b, unsigned flags)
{
	bool made = flags > TOK_FLAG_MASK;
	if (made && !tok_form(k->scratch, a, b, flags, &k->t.form)) {
		k->status = AUR_E_NOMEM;
		return;
	}
	k->t.start = (uint32_t)(a - k->s);
	k->t.end = (uint32_t)(b - k->s);
	k->t.flags = flags & TOK_FLAG_MASK;
	k->h->token(k->h, k->o, &k->t);
	if (made)
		k->t.form = (aur_str){NULL, 0};
}

/* ---- sentence.c: where sentences end ---- */
/* AUR_TOK_SENTENCE_END if a token without punctuation that ends at p ends a sentence, that is, before the end of the text, an empty
 * line, or a new item of a list; else 0. */
unsigned tok_line_end(const struct tok *k, tok_ptr p);
tok_ptr tok_mark(struct tok *k, tok_ptr p);                                 /* . ! ? … and runs of them */
tok_ptr tok_closer(struct tok *k, tok_ptr p, unsigned len, unsigned flags); /* ) » " ” */
/* Flags for an abbreviation with its dot that ends at p.  strong: within a line, its dot never ends a sentence (M., J.-P.). */
unsigned tok_abbreviation_end(const struct tok *k, tok_ptr p, bool strong);

/* ---- words.c, inclusive.c, dots.c, numbers.c, web.c ---- */
/* Gives the word that starts at a, whose letters run to q at least. */
tok_ptr tok_word(struct tok *k, tok_ptr a, tok_ptr q, unsigned flags);
/* The end of an inclusive ending that starts at q (one of - . ( /), after the letters [a,q); NULL if there is none. */
tok_ptr tok_inclusive(const struct tok *k, tok_ptr a, tok_ptr q);
/* The end of the token that includes the dot at q after the word [a,q) (acronym, initial, abbreviation), with its flags added; NULL
 * if the dot is not part of it. */
tok_ptr tok_dot(const struct tok *k, tok_ptr a, tok_ptr q, unsigned *flags);
tok_ptr tok_number(struct tok *k, tok_ptr p, bool sign);
tok_ptr tok_url(const struct tok *k, tok_ptr a, tok_ptr q); /* end of the URL that the word [a,q) starts, or NULL */
tok_ptr tok_email(const struct tok *k, tok_ptr a);
tok_ptr tok_domain(const struct tok *k, tok_ptr a, tok_ptr q);
tok_ptr tok_tag(struct tok *k, tok_ptr p); /* #RSA, @mairie; NULL if it is not one */
tok_ptr tok_emoji(struct tok *k, tok_ptr p);
tok_ptr tok_keycap(const struct tok *k, tok_ptr p); /* 1️⃣ : its end, or NULL */
tok_ptr tok_smiley(struct tok *k, tok_ptr p);       /* :-) ; NULL if it is not one */

#endif
