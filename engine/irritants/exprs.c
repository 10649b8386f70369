/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions: the words in which people said what a theme caught, each with its number. */
#include "config.h"
#include <utf8proc.h>
#include "base/hash.h"
#include "irritants/adapt.h"

uint32_t aur_adapt_expr_number(struct exprs *x, aur_str e)
{
	if (!x->tab || x->n * 2 > x->mask) {
		uint32_t mask = x->tab ? x->mask * 2 + 1 : 1023;
		uint32_t *t = aur_xcalloc((size_t)mask + 1, sizeof *t);
		for (uint32_t k = 0; k < x->n; k++) {
			uint32_t h = (uint32_t)aur_hash64(x->of[k].ptr, x->of[k].len, 11) & mask;
			while (t[h])
				h = (h + 1) & mask;
			t[h] = k + 1;
		}
		free(x->tab);
		x->tab = t;
		x->mask = mask;
	}
	uint32_t h = (uint32_t)aur_hash64(e.ptr, e.len, 11) & x->mask;
	for (; x->tab[h]; h = (h + 1) & x->mask) {
		aur_str o = x->of[x->tab[h] - 1];
		if (o.len == e.len && !memcmp(o.ptr, e.ptr, e.len))
			return x->tab[h] - 1;
	}
	AUR_GROW(x->of, x->n, x->cap);
	x->of[x->n] = aur_str_keep(&x->arena, e);
	x->tab[h] = x->n + 1;
	return x->n++;
}

uint32_t aur_adapt_expr(struct exprs *x, const char *p, size_t n, aur_buf *b)
{
	b->n = 0;
	size_t i = 0;
	while (i < n) {
		utf8proc_int32_t c;
		utf8proc_uint8_t u[4];
		utf8proc_ssize_t k = utf8proc_iterate((const utf8proc_uint8_t *)p + i, (utf8proc_ssize_t)(n - i), &c);
		if (k <= 0)
			break;
		i += (size_t)k;
		if (c == 0x2019)
			c = '\'';
		if (c == 0xA0 || c == 0x202F || c == '\n' || c == '\t' || c == '\r')
			c = ' ';
		if (c == ' ' && b->n && b->p[b->n - 1] == ' ')
			continue;
		aur_buf_put(b, u, (size_t)utf8proc_encode_char(utf8proc_tolower(c), u));
	}
	return aur_adapt_expr_number(x, (aur_str){(const char *)b->p, b->n});
}

void aur_adapt_exprs_free(struct exprs *x)
{
	free(x->of);
	free(x->tab);
	aur_arena_free(&x->arena);
}
