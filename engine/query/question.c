/* SPDX-License-Identifier: Apache-2.0 */
/* Helpers of the parser: memory for what a query becomes, white space, and the position of an error. */
#include "config.h"
#include "base/utf8.h"
#include "query/node.h"

aur_code q_fail(parser *p, size_t at, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	aur_vfail(p->err, AURE_USAGE, fmt, ap);
	va_end(ap);
	p->fail_at = at;
	return AURE_USAGE;
}

void q_fail_column(parser *p)
{
	if (p->err && p->fail_at != SIZE_MAX) /* in characters, from 1 */
		p->err->column = (uint32_t)aur_utf8_count(p->s, p->fail_at < p->n ? p->fail_at : p->n) + 1;
}

void *q_alloc(parser *p, size_t n)
{
	return memset(aur_arena_alloc(p->arena, n), 0, n);
}

int q_space_len(const char *s, size_t n)
{
	if (!n)
		return 0;
	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	if (n >= 2 && !memcmp(s, "\xC2\xA0", 2))
		return 2;
	if (n >= 3 && (!memcmp(s, "\xE2\x80\xAF", 3) || !memcmp(s, "\xE2\x80\x89", 3) || !memcmp(s, "\xE3\x80\x80", 3)))
		return 3;
	return 0;
}

void q_space(parser *p)
{
	int k;
	while ((k = q_space_len(p->s + p->i, p->n - p->i)))
		p->i += (size_t)k;
}
