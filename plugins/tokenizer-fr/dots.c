/* SPDX-License-Identifier: Apache-2.0 */
/* dots.c - words that keep their full stop: initials, acronyms, abbreviations. */
#include "tok.h"
#include <string.h>

/* Titles, before a capital: M. Dupont. */
static const char TITLES[] = " M MM Mr Mrs Mme Mmes Mlle Mlles Dr Drs Pr Prof Me Mgr St Ste Sts ";
/* Before a number: art. 3. */
static const char BEFORE_NUMBER[] =
    " p pp art al vol chap fig no tel t env janv fevr avr juil sept oct nov dec av apr bd ";
/* Before a capital: av.  J.-C., bd.  Foch. */
static const char BEFORE_CAPITAL[] = " av apr bd boul rte ";

static size_t char_len(tok_ptr p)
{
	return *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
}

/* If a single letter is at p, and the word ends there: its end; else NULL. */
static tok_ptr lone_letter(tok_ptr p, tok_ptr e)
{
	unsigned len;
	if (!tok_is_letter(p, e))
		return NULL;
	p += char_len(p);
	switch (tok_class(p, e, &len)) {
	case TOK_LETTER:
	case TOK_DIGIT:
	case TOK_EXTEND:
		return NULL;
	default:
		return p;
	}
}

static bool word_before(const struct tok *k, tok_ptr a, const char *word)
{
	size_t n = strlen(word);
	return (size_t)(a - k->s) >= n && !memcmp(a - n, word, n) &&
	       ((size_t)(a - k->s) == n || a[-(ptrdiff_t)n - 1] <= ' ');
}

tok_ptr tok_dot(const struct tok *k, tok_ptr a, tok_ptr q, unsigned *flags)
{
	char key[TOK_KEY], exact[8];
	tok_ptr p = q + 1, next, r;
	unsigned len;
	bool digit, upper;
	if (p < k->e && *p == '.')
		return NULL;
	/* A.B.C, J.-P., R.S.A.: letters one by one */
	if (a + char_len(a) == q) {
		unsigned letters = 1;
		for (;;) {
			r = p;
			if (r < k->e && *r == '-' && tok_is_upper(r + 1, k->e))
				r++;
			r = lone_letter(r, k->e);
			if (!r || (letters == 1 && !tok_is_upper(a, k->e) && !(r < k->e && *r == '.')))
				break;
			letters++;
			p = r;
			if (p >= k->e || *p != '.' || (p + 1 < k->e && p[1] == '.'))
				break;
			p++;
		}
		if (letters > 1) {
			/* c.-à-d. */
			if (letters == 2 && p[-1] != '.' && p < k->e && *p == '-' &&
			    (r = lone_letter(p + 1, k->e)) != NULL)
				p = r + (r < k->e && *r == '.');
			*flags |= TOK_MAKE_NFC | tok_abbreviation_end(k, p, letters < 3);
			return p;
		}
		p = q + 1;
		if (tok_is_upper(a, k->e)) { /* an initial: A. Dupont, L. 642-3 */
			next = tok_skip_spaces(p, k->e);
			if (next < k->e && tok_is_word(next, k->e) && !tok_line_end(k, p))
				return p;
			return NULL;
		}
	}
	/* c.-à-d. with its hyphens */
	if (*a == 'c' && a + 1 == q && k->e - q >= 5 && q[1] == '-' && q[2] == 0xC3 && q[3] == 0xA0 && q[4] == '-' &&
	    (r = lone_letter(q + 5, k->e)) != NULL) {
		p = r + (r < k->e && *r == '.');
		*flags |= tok_abbreviation_end(k, p, true);
		return p;
	}
	if (!tok_key(a, q, key) || q - a > 7)
		return NULL;
	if (listed(key, " etc cf ")) {
		*flags |= tok_abbreviation_end(k, p, key[0] == 'c');
		return p;
	}
	next = tok_skip_spaces(p, k->e);
	if (next >= k->e || tok_line_end(k, p))
		return NULL;
	digit = tok_is_digit(next, k->e);
	upper = tok_is_upper(next, k->e);
	memcpy(exact, a, (size_t)(q - a));
	exact[q - a] = 0;
	if (upper && listed(exact, TITLES))
		return p;
	if (next == p)
		return NULL;
	if ((digit && listed(key, BEFORE_NUMBER)) || (upper && listed(key, BEFORE_CAPITAL)))
		return p;
	if (!strcmp(key, "art") && upper && next + 1 < k->e && !tok_is_letter(next + 1, k->e)) /* art. L. 262-1 */
		return p;
	if (!strcmp(key, "ex") && (word_before(k, a, "par ") || word_before(k, a, "p. ")))
		return p;
	if (!strcmp(key, "p") && k->e - next >= 2 && !memcmp(next, "ex", 2))
		return p;
	if (!strcmp(key, "tel") && tok_class(next, k->e, &len) == TOK_SYMBOL)
		return p;
	return NULL;
}
