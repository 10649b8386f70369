/* SPDX-License-Identifier: Apache-2.0 */
/* quote.c - a plain expression as a pattern that matches it. */
#include "model.h"
#include <string.h>

enum { MOST_WORDS = 60, MOST_BYTES = 4000 };

typedef struct quoted {
	char text[2 * MOST_BYTES + 8];
	size_t len;
	unsigned words;
	bool thousands; /* the last word is a number that a group of three digits may continue */
} quoted;

static size_t space_at(const char *s, size_t n)
{
	if (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')
		return 1;
	if (n >= 2 && memcmp(s, "\xc2\xa0", 2) == 0)
		return 2;
	return n >= 3 && memcmp(s, "\xe2\x80\xaf", 3) == 0 ? 3 : 0; /* narrow no-break space */
}

/* Can a lexicon, which is XML, contain this character?  It cannot contain LEX_STAR and LEX_DIGITS. */
static bool is_printable(const char *s, size_t n)
{
	return (unsigned char)*s >= ' ' && *s != 0x7f && !(n >= 3 && memcmp(s, "\xef\xbf", 2) == 0 && (unsigned char)s[2] >= 0xbe);
}

/* Appends one word: letters as they are, other characters after a backslash.  « 50 000 » is one word, as for the
 * tokenizer. */
static void quote_word(quoted *q, const char *s, size_t n)
{
	bool star = true;
	size_t digits = 0;
	for (size_t i = 0; i < n; i++)
		star = star && s[i] == '*';
	while (digits < n && s[digits] >= '0' && s[digits] <= '9')
		digits++;
	bool joined = q->thousands && digits == 3;
	q->thousands = digits == n && (joined || (n > 0 && n <= 3 && *s != '0'));
	q->words += !joined;
	if (joined)
		q->text[q->len++] = '\\';
	if (q->len > 0)
		q->text[q->len++] = ' ';
	if (star) {
		q->text[q->len++] = '_';
		return;
	}
	for (size_t i = 0; i < n; i++) {
		bool plainly = s[i] == '\\' && i + 1 < n && (s[i + 1] == '*' || s[i + 1] == '\\');
		unsigned char c = (unsigned char)s[i += plainly];
		bool letter = c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '\'' || c == '-' || (c == '*' && !plainly);
		if (!letter)
			q->text[q->len++] = '\\';
		else if (c == '*' && plainly)
			q->text[q->len++] = '\\';
		q->text[q->len++] = (char)c;
	}
}

aur_status lex_pattern_of(const aur_host *h, void *model, aur_str e, char *buf, size_t bufsize, size_t *len)
{
	static const char *const layers[] = { "form", "fold" };
	quoted q = { .len = 0 };
	lex_arena tmp = { 0 };
	lex_mistake mistake;
	lex_parse p = { .arena = &tmp, .settings = { .layer = layers[1] }, .layers = layers, .layer_count = 2, .mistake = &mistake };
	lex_tree tree;
	aur_status st = AUR_OK;
	(void)model;
	if (e.len > MOST_BYTES)
		return h->fail(h, AUR_E_UNSUPPORTED, _("it is too long"));
	for (size_t i = 0, k; i < e.len; i += k) {
		if ((k = space_at(e.ptr + i, e.len - i)) > 0)
			continue;
		for (k = 0; i + k < e.len && space_at(e.ptr + i + k, e.len - i - k) == 0; k++)
			if (!is_printable(e.ptr + i + k, e.len - i - k))
				return h->fail(h, AUR_E_UNSUPPORTED, _("it holds a sign that no text can hold"));
		quote_word(&q, e.ptr + i, k);
	}
	if (q.len == 0)
		return h->fail(h, AUR_E_UNSUPPORTED, _("it contains no word"));
	if (q.words > MOST_WORDS)
		return h->fail(h, AUR_E_UNSUPPORTED, _("it is too long"));
	if (!lex_parse_pattern(&p, q.text, q.len, &tree))
		st = tmp.failed ? lex_no_memory(h) : h->fail(h, AUR_E_UNSUPPORTED, mistake.msg);
	lex_arena_free(&tmp);
	if (st != AUR_OK)
		return st;
	*len = q.len;
	if (q.len <= bufsize)
		memcpy(buf, q.text, q.len);
	return AUR_OK;
}
