/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing words as people would: without case and accents, or allowing for a few slips. */
#include "config.h"
#include <stdlib.h>
#include <utf8proc.h>
#include "base/utf8.h"
#include "query/node.h"

static void map(aur_buf *out, aur_str t, int options)
{
	utf8proc_int32_t small[256], *b = small;
	utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)t.ptr, (utf8proc_ssize_t)t.len, b, 255,
						(utf8proc_option_t)options);
	if (n > 255) {
		b = aur_xmalloc(((size_t)n + 1) * sizeof *b);
		n = utf8proc_decompose((const utf8proc_uint8_t *)t.ptr, (utf8proc_ssize_t)t.len, b, n, (utf8proc_option_t)options);
	}
	if (n >= 0)
		n = utf8proc_reencode(b, n, (utf8proc_option_t)options);
	if (n >= 0)
		aur_buf_put(out, b, (size_t)n);
	else
		aur_buf_put(out, t.ptr, t.len);
	if (b != small)
		free(b);
}

static int ascii(aur_str t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.ptr[i] >= 128)
			return 0;
	return 1;
}

void q_strip(aur_buf *out, aur_str t)
{
	if (ascii(t))
		aur_buf_put(out, t.ptr, t.len);
	else
		map(out, t, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK);
}

void q_clean(aur_buf *out, aur_str t)
{
	if (ascii(t)) {
		aur_buf_put(out, t.ptr, t.len);
		return;
	}
	size_t from = out->n, to = from;
	map(out, t, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	for (size_t i = from; i < out->n;) {
		const uint8_t *p = out->p + i;
		size_t left = out->n - i;
		int e2 = left >= 3 && p[0] == 0xE2 && p[1] == 0x80;
		if (e2 && p[2] == 0x99) {
			out->p[to++] = '\'';
			i += 3;
		} else if ((e2 && (p[2] == 0xAF || p[2] == 0x89)) || (left >= 2 && p[0] == 0xC2 && p[1] == 0xA0)) {
			out->p[to++] = ' '; /* as inside 50 000 */
			i += e2 ? 3 : 2;
		} else {
			out->p[to++] = *p;
			i++;
		}
	}
	out->n = to;
}

uint32_t q_points(aur_str t, uint32_t out[EDIT_MAX])
{
	uint32_t n = 0;
	for (size_t i = 0; i < t.len; n++) {
		uint32_t c = aur_utf8_next(t.ptr, t.len, &i);
		if (n < EDIT_MAX)
			out[n] = c;
	}
	return n;
}

unsigned q_edits(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, unsigned most)
{
	unsigned row[3][EDIT_MAX + 2];
	if (na > EDIT_MAX || nb > EDIT_MAX || (na > nb ? na - nb : nb - na) > most)
		return most + 1;
	unsigned far = most + 1, *two = row[0], *one = row[1], *cur = row[2];
	for (uint32_t j = 0; j <= nb; j++)
		one[j] = j < far ? j : far;
	for (uint32_t i = 1; i <= na; i++) {
		uint32_t lo = i > most ? i - most : 1, hi = i + most < nb ? i + most : nb;
		unsigned best = far;
		cur[lo - 1] = lo == 1 && i < far ? i : far;
		best = cur[lo - 1];
		for (uint32_t j = lo; j <= hi; j++) {
			unsigned v = one[j - 1] + (a[i - 1] != b[j - 1]);
			unsigned up = j < i + most ? one[j] + 1 : far; /* beyond the band of the row above */
			v = up < v ? up : v;
			v = cur[j - 1] + 1 < v ? cur[j - 1] + 1 : v;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two[j - 2] + 1 < v)
				v = two[j - 2] + 1;
			cur[j] = v < far ? v : far;
			best = cur[j] < best ? cur[j] : best;
		}
		if (hi < nb)
			cur[hi + 1] = far;
		if (best > most)
			return far;
		unsigned *t = two;
		two = one;
		one = cur;
		cur = t;
	}
	return one[nb];
}

/* Is the word one of those that a name is made of: « age » of « votre-age »? */
static int part_of(const uint32_t *word, uint32_t n, const uint32_t *name, uint32_t nname)
{
	for (uint32_t i = 0; i + n <= nname; i++)
		if ((!i || name[i - 1] == '-') && (i + n == nname || name[i + n] == '-') && !memcmp(name + i, word, n * sizeof *word))
			return 1;
	return 0;
}

uint32_t aur_query_nearest(aur_str word, const aur_str *names, uint32_t n)
{
	uint32_t a[EDIT_MAX], b[EDIT_MAX], best = AUR_NONE;
	unsigned least = 4;
	aur_buf f = {0};
	q_fold(&f, word);
	uint32_t na = q_points((aur_str){(char *)f.p, f.n}, a);
	unsigned most = na < 2 ? 0 : na < 4 ? 1 : na < 8 ? 2 : 3; /* one letter is near to none but itself */
	for (uint32_t i = 0; i < n && na <= EDIT_MAX; i++) {
		f.n = 0;
		q_fold(&f, names[i]);
		uint32_t nb = q_points((aur_str){(char *)f.p, f.n}, b);
		unsigned d = nb > EDIT_MAX ? most + 1 : q_edits(a, na, b, nb, most);
		/* a name that begins with the word is near as well: territoire for terr */
		if (d > most && na >= 3 && nb > na && !memcmp(a, b, na * sizeof *a))
			d = most;
		if (d > 1 && na >= 3 && nb <= EDIT_MAX && part_of(a, na, b, nb))
			d = 1;
		if (d <= most && d < least) {
			least = d;
			best = i;
		}
	}
	aur_buf_free(&f);
	return best;
}
