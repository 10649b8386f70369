/* SPDX-License-Identifier: Apache-2.0 */
/* sentence.c - where sentences end, and the marks that end them.  People who fill in a form often do not capitalise the next
 * sentence, so a full stop ends one whatever follows; an ellipsis does not if the text goes on in lower case. */
#include "tok.h"
#include <string.h>

static bool is_item_start(tok_ptr p, tok_ptr e)
{
	unsigned len;
	enum tok_class c = tok_class(p, e, &len);
	if (c == TOK_HYPHEN || c == TOK_BULLET || c == TOK_MIDDOT)
		return true;
	if (c == TOK_SYMBOL && (*p == '*' || *p == '+' || *p == '>' || *p == '#'))
		return true;
	if (e - p >= 3 && p[0] == 0xE2 &&
	    ((p[1] == 0x80 && (p[2] == 0x93 || p[2] == 0x94)) || /* – — */
	     p[1] == 0x96 || p[1] == 0x97 || p[1] == 0x9C))      /* ■ ● ✓ */
		return true;
	for (int i = 0; i < 3 && tok_is_digit(p, e); i++)
		if (++p < e && i < 2 && (*p == ')' || *p == '.'))
			return true;
	return false;
}

unsigned tok_line_end(const struct tok *k, tok_ptr p)
{
	unsigned lines = 0, len;
	if (p < k->e && tok_class(p, k->e, &len) != TOK_SPACE)
		return 0;
	for (; tok_class(p, k->e, &len) == TOK_SPACE; p += len)
		if (*p == '\n' || (*p == '\r' && !(p + 1 < k->e && p[1] == '\n')) ||
		    (len == 3 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9)))
			lines++;
	if (p >= k->e || lines >= 2 || (lines && (is_item_start(p, k->e) || tok_is_upper(p, k->e))))
		return AUR_TOK_SENTENCE_END;
	return 0;
}

static bool is_closer(tok_ptr p, tok_ptr e)
{
	if (p >= e)
		return false;
	if (*p == ')' || *p == ']' || *p == '"' || *p == '\'')
		return true;
	if (e - p >= 2 && p[0] == 0xC2 && p[1] == 0xBB) /* » */
		return true;
	return e - p >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0x9D || p[2] == 0x99 || p[2] == 0xBA); /* ” ’ › */
}

/* Does a sentence end at p, which is behind a mark (or behind what closed after it)? */
static unsigned ends_after(struct tok *k, tok_ptr p, bool soft)
{
	unsigned line;
	tok_ptr q;
	k->term = NULL;
	/* fast path for the usual case: a space, then a capital */
	if (k->e - p >= 2 && *p == ' ' && p[1] >= 'A' && p[1] <= 'Z')
		return AUR_TOK_SENTENCE_END;
	line = tok_line_end(k, p);
	if (line)
		return line;
	if (is_closer(p, k->e)) {
		k->term = p;
		return 0;
	}
	q = tok_skip_spaces(p, k->e);
	if (q == p) /* no space: mot.Mot ends one; but not 3.5, nor before a comma */
		return (soft ? tok_is_upper(p, k->e) : tok_is_letter(p, k->e)) ? AUR_TOK_SENTENCE_END : 0;
	if (*q == ')' || (*q == 0xC2 && q[1] == 0xBB)) {
		k->term = p;
		return 0;
	}
	if (*q == '!' || *q == '?' || *q == '.' || *q == ',' || *q == ';' || (soft && tok_is_lower(q, k->e)))
		return 0;
	return AUR_TOK_SENTENCE_END;
}

/* "3." at the start of a line is the number of an item. */
static bool is_number_of_item(const struct tok *k, tok_ptr p)
{
	tok_ptr q = p;
	while (q > k->s && p - q < 3 && q[-1] >= '0' && q[-1] <= '9')
		q--;
	if (q == p)
		return false;
	while (q > k->s && p - q < 16 && (q[-1] == ' ' || q[-1] == '\t'))
		q--;
	return q == k->s || q[-1] == '\n';
}

tok_ptr tok_mark(struct tok *k, tok_ptr p)
{
	tok_ptr a = p;
	bool soft = false;
	if (*p == '!' || *p == '?') {
		while (p < k->e && (*p == '!' || *p == '?'))
			p++;
	} else {
		for (; p < k->e; p += *p == '.' ? 1 : 3)
			if (*p != '.' && !(k->e - p >= 3 && p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0xA6))
				break;
		soft = p - a > 1;
		if (!soft && is_number_of_item(k, a)) {
			tok_emit(k, a, p, AUR_TOK_PUNCT | tok_line_end(k, p));
			return p;
		}
	}
	tok_emit(k, a, p, AUR_TOK_PUNCT | ends_after(k, p, soft));
	return p;
}

tok_ptr tok_closer(struct tok *k, tok_ptr p, unsigned len, unsigned flags)
{
	tok_ptr q = k->term;
	unsigned end;
	if (q && p - q <= 4)
		q = tok_skip_spaces(q, k->e);
	/* A closing mark after punctuation may be in the middle of a sentence: « Ah ! » dit-il. */
	end = q == p ? ends_after(k, p + len, true) : tok_line_end(k, p + len);
	tok_emit(k, p, p + len, AUR_TOK_PUNCT | flags | end);
	return p + len;
}

unsigned tok_abbreviation_end(const struct tok *k, tok_ptr p, bool strong)
{
	unsigned line = tok_line_end(k, p);
	if (line || strong)
		return line;
	return tok_is_upper(tok_skip_spaces(p, k->e), k->e) ? AUR_TOK_SENTENCE_END : 0;
}
