/* SPDX-License-Identifier: Apache-2.0 */
/* inclusive.c - endings of inclusive writing after a hyphen, a full stop, a bracket or a slash: convoqué-e-s, convoqué.e.s,
 * convoqué(e)s, motivé/e.  The middle dot needs no list, see words.c.
 *
 * After a full stop the next sentence may follow without a space (fini.le lendemain), and after a hyphen a pronoun (prends-le): so
 * endings that are words by themselves need a base that agrees with them. */
#include "tok.h"
#include <string.h>

static const char PLAIN[] = INCLUSIVE_PLAIN "oresse oresses ";
/* In brackets there is no such ambiguity. */
static const char BRACKETED[] =
    " s x ne nes le les te tes se ses ve ves che ches he hes que ques elle elles sse sses tte "
    "ttes nt ent aux ";

/* If a few letters are at p: their end, with their key; NULL if there are none or too many. */
static tok_ptr short_word(tok_ptr p, tok_ptr e, char key[TOK_KEY])
{
	tok_ptr q = p;
	unsigned len;
	while (tok_class(q, e, &len) == TOK_LETTER || (len == 2 && (*q == 0xCC || *q == 0xCD))) {
		q += len;
		if (q - p > 24)
			return NULL;
	}
	return tok_key(p, q, key) ? q : NULL;
}

/* Can an ending end here?  Nothing that continues a word may follow it. */
static bool stops(tok_ptr p, tok_ptr e)
{
	unsigned len;
	switch (tok_class(p, e, &len)) {
	case TOK_LETTER:
	case TOK_DIGIT:
	case TOK_EXTEND:
		return false;
	case TOK_APOS:
	case TOK_HYPHEN:
		return !tok_is_letter(p + len, e);
	default:
		return p >= e || *p != '@';
	}
}

/* The key of the last letters of the base, at most 15. */
static size_t base_key(tok_ptr a, tok_ptr q, char key[TOK_KEY])
{
	unsigned n = 0;
	tok_ptr p = q;
	while (p > a && n < TOK_KEY - 2) {
		p = tok_back(p, a);
		n++;
	}
	return tok_key(p, q, key);
}

tok_ptr tok_inclusive(const struct tok *k, tok_ptr a, tok_ptr q)
{
	char base[TOK_KEY], end[TOK_KEY];
	uint8_t mark = *q;
	size_t n = base_key(a, q, base);
	tok_ptr p, r;
	bool plain;
	if (n < 2 || mark > '/')
		return NULL;
	p = short_word(q + 1, k->e, end);
	if (!p)
		return NULL;
	plain = listed(end, PLAIN);
	if (mark == '(') {
		if ((!plain && !listed(end, BRACKETED)) || p >= k->e || *p != ')')
			return NULL;
		p++;
		r = short_word(p, k->e, end); /* convoqué(e)s, convoqué(e)(s) */
		if (r)
			p = listed(end, " s es x e ") ? r : NULL;
		else if (k->e - p >= 3 && p[0] == '(' && (p[1] == 's' || p[1] == 'S') && p[2] == ')')
			p += 3;
		return p && stops(p, k->e) ? p : NULL;
	}
	if (mark == '/' && (n < 3 || (!plain && !inclusive_agrees(base, n, end))))
		return NULL;
	if (mark == '/' && listed(end, " le les ice ive rice ")) /* travail/le foyer */
		return NULL;
	if (!plain && !inclusive_agrees(base, n, end) && !(n >= 3 && mark != '/' && !strcmp(end, "s")))
		return NULL;
	if (mark == '.' &&
	    (listed(base, " tu il ") || (n < 3 && strcmp(base, "un") && strcmp(end, "e") && strcmp(end, "es"))))
		return NULL;
	/* .e.s, -e-s, /e/s */
	if (p < k->e && *p == mark && (r = short_word(p + 1, k->e, end)) != NULL && listed(end, " s es x ") &&
	    stops(r, k->e))
		return r;
	return stops(p, k->e) ? p : NULL;
}
