/* SPDX-License-Identifier: Apache-2.0 */
/* web.c - addresses, e-mails, hashtags, mentions, emoji, smileys: one token each. */
#include "tok.h"
#include <string.h>

static bool is_alnum(uint8_t c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The end of an address: at a space or quote, less the punctuation of the sentence around it. */
static tok_ptr address_end(tok_ptr p, tok_ptr e)
{
	tok_ptr a = p;
	unsigned len, open = 0, close = 0;
	for (;; p += len) {
		enum tok_class c = tok_class(p, e, &len);
		if (c == TOK_END || c == TOK_SPACE || strchr("<>\"\\^`{|}", *p))
			break;
		if (len > 1 && c == TOK_SYMBOL) /* « » “ ” … */
			break;
		open += *p == '(';
		close += *p == ')';
	}
	while (p > a) {
		uint8_t c = p[-1];
		if (c == ')' && close > open)
			close--;
		else if (!strchr(".,;:!?'*_]", c))
			break;
		p--;
	}
	return p;
}

/* The end of a run of labels with dots between them, of bounded length; *last: start of the last label. */
static tok_ptr labels(tok_ptr p, tok_ptr e, tok_ptr *last)
{
	tok_ptr a = p, end = NULL;
	*last = NULL;
	for (;;) {
		tok_ptr b = p;
		while (p < e && p - a < 256 && (is_alnum(*p) || (*p == '-' && p > b)))
			p++;
		if (p - a >= 256)
			return NULL;
		if (p == b)
			break;
		if (p < e && *p == '.' && p + 1 < e && is_alnum(p[1])) {
			p++;
			*last = p;
			continue;
		}
		end = p;
		break;
	}
	return end;
}

tok_ptr tok_email(const struct tok *k, tok_ptr a)
{
	tok_ptr p = a, last, end;
	if (!k->has_at)
		return NULL;
	while (p < k->e && p - a <= 64 && (is_alnum(*p) || strchr("._%+-", *p)) && *p)
		p++;
	if (p == a || p >= k->e || *p != '@')
		return NULL;
	end = labels(p + 1, k->e, &last);
	if (!end || !last || end - last < 2)
		return NULL;
	for (p = last; p < end; p++)
		if (*p <= '9')
			return NULL;
	return end;
}

tok_ptr tok_url(const struct tok *k, tok_ptr a, tok_ptr q)
{
	tok_ptr e = k->e, end;
	if (*q == ':') {
		if (e - q < 4 || q[1] != '/' || q[2] != '/' || q - a > 16)
			return NULL;
		for (tok_ptr p = a; p < q; p++)
			if (!is_alnum(*p))
				return NULL;
		end = address_end(q + 3, e);
		return end > q + 3 ? end : NULL;
	}
	if (q - a == 3 && (a[0] | 0x20) == 'w' && (a[1] | 0x20) == 'w' && (a[2] | 0x20) == 'w' && q + 1 < e &&
	    is_alnum(q[1])) {
		end = address_end(q + 1, e);
		return end > q + 1 ? end : NULL;
	}
	return NULL;
}

tok_ptr tok_domain(const struct tok *k, tok_ptr a, tok_ptr q)
{
	static const char TLD[] = " fr com org net eu info be ch lu uk io tv bzh edu gov gouv dev app asso alsace ";
	tok_ptr e = k->e, last, end;
	char key[TOK_KEY];
	bool capital;
	for (tok_ptr p = a; p < q; p++)
		if ((!is_alnum(*p) && *p != '-') || p - a > 63)
			return NULL;
	end = labels(q + 1, e, &last);
	if (!end || tok_is_word(end, e))
		return NULL;
	if (!last)
		last = q + 1;
	tok_key(last, end, key);
	if (!listed(key, TLD))
		return NULL;
	/* "Fr" after a small letter is the start of a sentence */
	capital = tok_is_upper(last, e);
	if (capital && !tok_is_upper(last + 1, e))
		return NULL;
	if (end < e && *end == '/' && end + 1 < e && is_alnum(end[1]))
		return address_end(end, e);
	return end;
}

tok_ptr tok_tag(struct tok *k, tok_ptr p)
{
	tok_ptr q = p + 1;
	unsigned len, flags = 0;
	for (;; q += len) {
		enum tok_class c = tok_class(q, k->e, &len);
		if (c != TOK_LETTER && c != TOK_DIGIT && !(c == TOK_EXTEND && q > p + 1) && !(len == 1 && *q == '_'))
			break;
		if (*q >= 0xCC || c == TOK_EXTEND)
			flags = TOK_MAKE_NFC;
	}
	if (q == p + 1)
		return NULL;
	tok_emit(k, p, q, flags | tok_line_end(k, q));
	return q;
}

static bool is_joiner(tok_ptr p, tok_ptr e)
{
	return e - p >= 3 && p[0] == 0xE2 && p[1] == 0x80 && p[2] == 0x8D;
}

tok_ptr tok_emoji(struct tok *k, tok_ptr p)
{
	tok_ptr q = p;
	unsigned len;
	bool flag = tok_class(q, k->e, &len) == TOK_FLAG;
	q += len;
	if (flag && tok_class(q, k->e, &len) == TOK_FLAG)
		q += len;
	for (;;) {
		enum tok_class c = tok_class(q, k->e, &len);
		if (c != TOK_EXTEND && c != TOK_TONE)
			break;
		if (is_joiner(q, k->e)) {
			unsigned next;
			if (tok_class(q + len, k->e, &next) == TOK_EMOJI)
				len += next;
		}
		q += len;
	}
	tok_emit(k, p, q, AUR_TOK_PUNCT | tok_line_end(k, q));
	return q;
}

tok_ptr tok_keycap(const struct tok *k, tok_ptr p)
{
	tok_ptr q = p + 1;
	if (k->e - q >= 3 && q[0] == 0xEF && q[1] == 0xB8 && q[2] == 0x8F)
		q += 3;
	if (k->e - q < 3 || q[0] != 0xE2 || q[1] != 0x83 || q[2] != 0xA3)
		return NULL;
	return q + 3;
}

tok_ptr tok_smiley(struct tok *k, tok_ptr p)
{
	static const char *const smileys[] = {
	    ":-)", ":-(", ";-)", ":-D", ":-P", ":-p", ":-/", ":-|", ":-*", ":-o", ":-O",
	    ":'(", ":')", ":)",  ":(",  ";)",  ":D",  ":P",  ":p",  ":/",  ":|",  ":*",
	    ":o",  ":O",  "=)",  "=D",  "^_^", "^^",  "<3",  "-_-", ">_<",
	};
	bool stuck = p > k->s && (is_alnum(p[-1]) || p[-1] >= 0x80);
	if (*p >= 0x80 || !strchr(":;=^<->", *p))
		return NULL;
	for (size_t i = 0; i < sizeof smileys / sizeof *smileys; i++) {
		size_t n = strlen(smileys[i]);
		if (smileys[i][0] != (char)*p)
			continue;
		if ((size_t)(k->e - p) < n || memcmp(p, smileys[i], n))
			continue;
		if (stuck && smileys[i][n - 1] != ')') /* a colon, and a bracket or a word behind it */
			continue;
		if (is_alnum((uint8_t)smileys[i][n - 1]) && tok_is_word(p + n, k->e))
			return NULL;
		if (smileys[i][n - 1] == '/' && p + n < k->e && p[n] == '/')
			return NULL;
		tok_emit(k, p, p + n, AUR_TOK_PUNCT | tok_line_end(k, p + n));
		return p + n;
	}
	return NULL;
}
