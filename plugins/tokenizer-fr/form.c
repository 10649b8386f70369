/* SPDX-License-Identifier: Apache-2.0 */
/* form.c - the form of a token where it is not simply its span: NFC, the typewriter's apostrophe and space, and no mark
 * that cannot be seen (soft hyphens, marks of direction).  The scratch lives as long as its thread and grows
 * with the longest such token. */
#include "form.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Sorting a run of accents takes quadratic time; no script needs more than this (UAX #15 calls text with at most 30 « stream-safe
 * »).  A token with a longer run keeps its span as its form. */
enum { MAX_ACCENTS = 64 };

void tok_scratch_free(struct tok_scratch *s)
{
	free(s->bytes);
	free(s->points);
}

static bool grow(void *pp, size_t *cap, size_t need, size_t unit)
{
	void **p = pp, *q;
	size_t n = *cap ? *cap : 64;
	if (need <= *cap)
		return true;
	while (n < need)
		n *= 2;
	q = realloc(*p, n * unit);
	if (!q)
		return false;
	*p = q;
	*cap = n;
	return true;
}

static bool is_apostrophe(int32_t c)
{
	return c == 0x2019 || c == 0x2018 || c == 0x201B || c == 0x2BC || c == 0xFF07 || c == 0x2032 || c == 0xB4 ||
	       c == '`';
}

/* Soft hyphen, directional marks, word joiners; but not the joiners and selectors of emoji. */
static bool is_invisible(int32_t c)
{
	return c == 0xAD || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2061 && c <= 0x206F) || c == 0x61C;
}

/* Decodes [a,b) into s->points; returns how many, or -1 without memory.  *sane: no run of accents is too long to be sorted. */
static ptrdiff_t decode(struct tok_scratch *s, tok_ptr a, tok_ptr b, unsigned flags, bool *sane)
{
	size_t n = 0;
	unsigned run = 0;
	*sane = true;
	if (!grow(&s->points, &s->points_cap, (size_t)(b - a), sizeof *s->points))
		return -1;
	while (a < b) {
		utf8proc_int32_t c;
		a += utf8proc_iterate(a, b - a > 4 ? 4 : b - a, &c);
		if (is_invisible(c))
			continue;
		if ((flags & TOK_MAKE_APOS) && is_apostrophe(c))
			c = '\'';
		if ((flags & TOK_MAKE_SPACE) && (c == 0xA0 || c == 0x202F || c == 0x2009))
			c = ' ';
		run = c >= 0x300 && utf8proc_get_property(c)->combining_class ? run + 1 : 0;
		if (run > MAX_ACCENTS)
			*sane = false;
		s->points[n++] = c;
	}
	return (ptrdiff_t)n;
}

/* Encodes the code points in the scratch to UTF-8 in s->bytes. */
static ptrdiff_t encode(struct tok_scratch *s, size_t n)
{
	size_t len = 0;
	if (!grow(&s->bytes, &s->bytes_cap, n * 4, 1))
		return -1;
	for (size_t i = 0; i < n; i++)
		len += (size_t)utf8proc_encode_char(s->points[i], s->bytes + len);
	return (ptrdiff_t)len;
}

/* Normalises `len` bytes in the scratch to NFC, in place. */
static ptrdiff_t compose(struct tok_scratch *s, ptrdiff_t len)
{
	const utf8proc_option_t opt = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	ptrdiff_t n = utf8proc_decompose(s->bytes, len, s->points, (ptrdiff_t)s->points_cap, opt);
	if (n > (ptrdiff_t)s->points_cap) {
		if (!grow(&s->points, &s->points_cap, (size_t)n, sizeof *s->points))
			return -1;
		n = utf8proc_decompose(s->bytes, len, s->points, (ptrdiff_t)s->points_cap, opt);
	}
	if (n < 0)
		return n == UTF8PROC_ERROR_NOMEM ? -1 : -2;
	n = utf8proc_normalize_utf32(s->points, n, opt);
	return n < 0 ? -2 : encode(s, (size_t)n);
}

bool tok_form(struct tok_scratch *s, tok_ptr a, tok_ptr b, unsigned flags, aur_str *form)
{
	bool sane;
	ptrdiff_t n = decode(s, a, b, flags, &sane), len = -1;
	if (n >= 0)
		len = encode(s, (size_t)n);
	if (len > 0 && sane && (flags & TOK_MAKE_NFC))
		len = compose(s, len);
	if (len > 0 && !(len == b - a && !memcmp(s->bytes, a, (size_t)len)))
		*form = (aur_str){(const char *)s->bytes, (size_t)len};
	return len != -1;
}
