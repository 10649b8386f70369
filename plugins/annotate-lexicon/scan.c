/* SPDX-License-Identifier: Apache-2.0 */
/* scan.c - helpers of the pattern parser: spaces, numbers, and the position of a mistake. */
#include "parser.h"
#include <string.h>

void *pat_mistake(parser *p, size_t at, const char *fmt, ...)
{
	if (!p->bad) {
		va_list ap;
		va_start(ap, fmt);
		lex_format(p->c->mistake->msg, sizeof(p->c->mistake->msg), fmt, ap);
		va_end(ap);
		p->c->mistake->at = at;
		p->bad = true;
	}
	return NULL;
}

/* The code point at p->i if it has two or three bytes; else 0. */
static uint32_t wide_char(const parser *p)
{
	const unsigned char *s = (const unsigned char *)p->s + p->i;
	size_t n = p->i < p->n ? p->n - p->i : 0;
	if (n < 2 || *s < 0xc2 || *s >= 0xf0) /* asked at every sign of a lexicon, mostly of ASCII */
		return 0;
	if (*s < 0xe0)
		return (uint32_t)(*s & 0x1f) << 6 | (s[1] & 0x3f);
	return n < 3 ? 0 : (uint32_t)(*s & 0x0f) << 12 | (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
}

size_t pat_wide_space(const parser *p)
{
	uint32_t c = wide_char(p);
	if (c == 0xa0)
		return 2;
	return (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x2060 || c == 0xfeff ? 3 : 0;
}

size_t pat_invisible(const parser *p)
{
	uint32_t c = wide_char(p);
	if (c == 0xad)
		return 2;
	return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2061 && c <= 0x206f) ? 3 : 0;
}

void pat_skip_spaces(parser *p)
{
	for (;;) {
		if (pat_is_space(p, pat_peek(p, 0)))
			p->i++;
		else if (pat_wide_space(p) > 0)
			p->i += pat_wide_space(p);
		else
			return;
	}
}

bool pat_number(parser *p, uint32_t *out)
{
	size_t from = p->i;
	uint32_t v = 0;
	for (; pat_peek(p, 0) >= '0' && pat_peek(p, 0) <= '9'; p->i++)
		v = v < 10000 ? v * 10 + (uint32_t)(pat_peek(p, 0) - '0') : v;
	*out = v;
	return p->i > from;
}
