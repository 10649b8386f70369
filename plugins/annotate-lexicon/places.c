/* SPDX-License-Identifier: Apache-2.0 */
/* places.c - where in a lexicon's file a fault is, and reporting it. */
#define _GNU_SOURCE /* memmem */
#include "load.h"
#include <stdlib.h>
#include <string.h>

void load_place(loader *l, size_t at, uint32_t *line, uint32_t *column)
{
	if (at > l->raw_len)
		at = l->raw_len;
	if (at < l->mark_at || l->mark_line == 0) {
		l->mark_at = 0;
		l->mark_line = l->mark_column = 1;
		if (l->raw_len >= 3 && memcmp(l->raw, "\xef\xbb\xbf", 3) == 0 && at >= 3)
			l->mark_at = 3;
	}
	for (const char *nl; (nl = memchr(l->raw + l->mark_at, '\n', at - l->mark_at)) != NULL; l->mark_at = (size_t)(nl - l->raw) + 1) {
		l->mark_line++;
		l->mark_column = 1;
	}
	l->mark_column += (uint32_t)lex_chars(l->raw + l->mark_at, at - l->mark_at);
	l->mark_at = at;
	*line = l->mark_line;
	*column = l->mark_column;
}

size_t load_here(const loader *l)
{
	const xmlParserInput *in = l->ctxt->input;
	if (in == NULL)
		return 0;
	size_t at = (size_t)in->consumed + (size_t)(in->cur - in->base);
	return at < l->raw_len ? at : l->raw_len;
}

/* One step through the text of an element in the file; returns the next place.  *n: how many bytes of the element's
 * text it makes. */
static size_t raw_step(const loader *l, size_t at, size_t *n)
{
	const char *s = l->raw + at;
	size_t left = l->raw_len - at;
	const char *p;
	*n = 0;
	if (left >= 4 && memcmp(s, "<!--", 4) == 0) {
		p = memmem(s + 4, left - 4, "-->", 3);
		return p ? at + (size_t)(p - s) + 3 : l->raw_len;
	}
	if (left >= 9 && memcmp(s, "<![CDATA[", 9) == 0)
		return at + 9;
	if (left >= 3 && memcmp(s, "]]>", 3) == 0)
		return at + 3;
	if (left >= 2 && memcmp(s, "<?", 2) == 0) {
		p = memmem(s, left, "?>", 2);
		return p ? at + (size_t)(p - s) + 2 : l->raw_len;
	}
	if (*s == '&') {
		p = memchr(s, ';', left < 12 ? left : 12);
		if (p != NULL) {
			unsigned long c = 'x';
			if (s[1] == '#')
				c = s[2] == 'x' ? strtoul(s + 3, NULL, 16) : strtoul(s + 2, NULL, 10);
			*n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
			return at + (size_t)(p - s) + 1;
		}
	}
	if (*s == '\r' && left > 1 && s[1] == '\n')
		return at + 1;
	*n = 1;
	return at + 1;
}

static bool is_itself(char c)
{
	return c != '<' && c != ']' && c != '&' && c != '\r';
}

size_t load_raw_of(const loader *l, size_t k, size_t *at, size_t *seen)
{
	size_t a = *at, b = *seen, n = 0;
	while (a < l->raw_len) {
		/* asked at every byte of a lexicon, of which most stand for themselves */
		for (; a < l->raw_len && b < k && is_itself(l->raw[a]); a++)
			b++;
		if (a == l->raw_len)
			break;
		size_t next = raw_step(l, a, &n);
		if (n > 0 && b + n > k)
			break;
		a = next;
		b += n;
	}
	*at = a;
	*seen = b;
	return a;
}

/* ---- failing ---- */

void load_stop(loader *l, aur_status st)
{
	if (l->status == AUR_OK)
		l->status = st;
	l->stopped = true;
	xmlStopParser(l->ctxt);
}

__attribute__((format(printf, 4, 5))) void load_fail(loader *l, uint32_t line, uint32_t column, const char *fmt, ...)
{
	if (l->status != AUR_OK)
		return;
	char msg[800];
	va_list ap;
	va_start(ap, fmt);
	lex_format(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	aur_status st = lex_fault_at(l->m, l->path, line, column, msg);
	if (st != AUR_OK)
		load_stop(l, st);
}

void load_fail_memory(loader *l)
{
	if (l->status == AUR_OK)
		load_stop(l, lex_no_memory(l->m->host));
}
