/* SPDX-License-Identifier: Apache-2.0 */
/* numbers.c - numbers: 50 000, 3,5, 12/05/2025, 14h30 (three tokens, as in the treebanks), 2e, 4G, 80 %. */
#include "tok.h"
#include <string.h>

static const char ORDINALS[] = " e er ers ere eres re res eme emes ieme iemes nd nde nds ndes d ";
/* Units of up to two letters; longer words are separated from the number in any case. */
static const char UNITS[] = " h m s g l j km cm mm dm kg mg ml cl dl mn ms ko mo go to kw wh ha an ke ";

static tok_ptr digits(tok_ptr p, tok_ptr e)
{
	while (tok_is_digit(p, e))
		p++;
	return p;
}

/* Length of a space that may separate thousands, or 0. */
static unsigned thousands_space(tok_ptr p, tok_ptr e)
{
	if (p < e && *p == ' ')
		return 1;
	if (e - p >= 2 && p[0] == 0xC2 && p[1] == 0xA0)
		return 2;
	if (e - p >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xAF || p[2] == 0x89)) /* narrow, thin */
		return 3;
	return 0;
}

/* 50 000: the end of the groups of three after the digits [a,p) (at most three), all separated by the same kind of space; p if
 * there are none. */
static tok_ptr thousands(tok_ptr a, tok_ptr p, tok_ptr e)
{
	tok_ptr q = p;
	unsigned kind = thousands_space(p, e);
	if (!kind || p - a > 3 || *a == '0')
		return p;
	while (thousands_space(q, e) == kind) {
		tok_ptr r = digits(q + kind, (size_t)(e - q) > kind + 4 ? q + kind + 4 : e);
		if (r - (q + kind) != 3)
			break;
		q = r;
	}
	return q;
}

/* An apostrophe and three digits: 10'000. */
static tok_ptr swiss(tok_ptr p, tok_ptr e, unsigned *flags)
{
	unsigned len;
	if (tok_class(p, e, &len) != TOK_APOS)
		return NULL;
	tok_ptr q = p + len;
	if (e - q < 3 || !tok_is_digit(q, e) || !tok_is_digit(q + 1, e) || !tok_is_digit(q + 2, e) ||
	    tok_is_word(q + 3, e))
		return NULL;
	if (*p != '\'')
		*flags |= TOK_MAKE_APOS;
	return q + 3;
}

/* 1/2, 05/2025, 12/05/2025; not 2024/2025 nor 630/631. */
static tok_ptr slashes(tok_ptr a, tok_ptr p, tok_ptr e)
{
	tok_ptr q = digits(p + 1, e > p + 6 ? p + 6 : e);
	ptrdiff_t first = p - a, second = q - (p + 1);
	if (second < 1 || second > 4 || tok_is_word(q, e))
		return NULL;
	if (q < e && *q == '/' && tok_is_digit(q + 1, e)) {
		tok_ptr r = digits(q + 1, e > q + 6 ? q + 6 : e);
		ptrdiff_t third = r - (q + 1);
		if (third <= 4 && first <= 4 && second <= 2 && !tok_is_word(r, e))
			return r;
		return NULL;
	}
	if (first <= 2 && second != 3)
		return q;
	return second <= 2 && first <= 2 ? q : NULL;
}

/* The letters right after the digits: their key, and their end. */
static tok_ptr letters_behind(tok_ptr p, tok_ptr e, char key[TOK_KEY])
{
	unsigned len;
	tok_ptr q = p, bound = e - p > 48 ? p + 48 : e;
	while (q < bound && tok_class(q, e, &len) == TOK_LETTER && !(*q == 0xC2 && (q[1] == 0xB2 || q[1] == 0xB3)))
		q += len;
	tok_key(p, q, key);
	return q;
}

/* The end of m2, cm³ after a number. */
static tok_ptr power(tok_ptr q, tok_ptr e)
{
	if (e - q >= 2 && *q == 0xC2 && (q[1] == 0xB2 || q[1] == 0xB3) && !tok_is_word(q + 2, e))
		return q + 2;
	return q < e && (*q == '2' || *q == '3') && !tok_is_word(q + 1, e) ? q + 1 : q;
}

tok_ptr tok_number(struct tok *k, tok_ptr p, bool sign)
{
	tok_ptr a = p, q, r, e = k->e;
	unsigned flags = 0, len;
	char key[TOK_KEY];
	if (!sign && (r = tok_keycap(k, p)) != NULL) {
		tok_emit(k, p, r, AUR_TOK_PUNCT | tok_line_end(k, r));
		return r;
	}
	if (sign) {
		tok_class(p, e, &len);
		p += len;
	}
	tok_ptr first = p;
	p = digits(p, e);
	q = thousands(first, p, e);
	if (q > p && *p != ' ') /* so that the form is the same, whatever kind of space separates the thousands */
		flags |= TOK_MAKE_SPACE;
	if (q == p && p < e && *p == '/' && (r = slashes(first, p, e)) != NULL) {
		tok_emit(k, a, r, flags | tok_line_end(k, r));
		return r;
	}
	p = q;
	bool minutes = !sign && p - a == 2 && a > k->s && (a[-1] | 0x20) == 'h'; /* 14h30-16h */
	for (;;) {
		if (p < e && (*p == '.' || *p == ',' || (*p == '-' && !minutes) || (*p == ':' && p - first <= 2)) &&
		    tok_is_digit(p + 1, e)) {
			p = digits(p + 1, e);
			continue;
		}
		if (p - first <= 3 && (r = swiss(p, e, &flags)) != NULL) {
			p = r;
			continue;
		}
		break;
	}
	if (p < e && (*p == '_' || *p == '@' || *p == '.' || *p == '-' || *p == '+' || (*p | 0x20) >= 'a') &&
	    (r = tok_email(k, a)) != NULL) {
		tok_emit(k, a, r, tok_line_end(k, r));
		return r;
	}
	q = letters_behind(p, e, key);
	if (q > p) {
		/* 4G is not a unit, but 15H is */
		bool unit = listed(key, UNITS) && !(q - p == 1 && *p != 'H' && tok_is_upper(p, e));
		bool more = tok_is_word(q, e) || tok_class(q, e, &len) == TOK_EXTEND;
		r = unit && key[0] != 'h' ? power(q, e) : q;
		if (r > q || (unit && key[0] == 'h' && tok_is_digit(q, e))) { /* 14h30, 20m2 */
			tok_emit(k, a, p, flags);
			tok_emit(k, p, r, tok_line_end(k, r));
			return r;
		}
		if (unit && q < e && *q == '-' && tok_is_digit(q + 1, e)) { /* 14h-16h */
			tok_emit(k, a, p, flags);
			tok_emit(k, p, q, 0);
			return q;
		}
		if (!more && !listed(key, ORDINALS) && (unit || (key[0] && key[1] && key[2]))) { /* 15h, 20ans */
			tok_emit(k, a, p, flags);
			return p;
		}
		return tok_word(k, a, q, flags);
	}
	if (p < e && ((*p == '-' && !(minutes && tok_is_digit(p + 1, e))) ||
	              (tok_class(p, e, &len) == TOK_APOS && tok_is_letter(p + len, e))))
		return tok_word(k, a, p, flags); /* 4-temps, 90's */
	tok_emit(k, a, p, flags | tok_line_end(k, p));
	return p;
}
