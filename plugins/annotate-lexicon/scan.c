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

size_t pat_wide_space(const parser *p)
{
	static const char *const spaces[] = { "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89" };
	if (p->i >= p->n || (unsigned char)p->s[p->i] < 0xc2) /* asked at every sign of a lexicon, mostly of ASCII */
		return 0;
	for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++) {
		size_t n = strlen(spaces[i]);
		if (p->n - p->i >= n && memcmp(p->s + p->i, spaces[i], n) == 0)
			return n;
	}
	return 0;
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
