/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting the writer's strings; and a Bloom filter of ids. */
#include "config.h"
#include <stdlib.h>
#include "base/bytes.h"
#include "index/write.h"

/* ---- sorting strings -------------------------------------------------------------------------- */
static void prefixes(aur_sortkey *k, size_t n, uint32_t from)
{
	for (size_t i = 0; i < n; i++) {
		const char *p = k[i].p + from;
		uint32_t len = k[i].len - from;
		uint64_t x = 0;
		if (len >= 8)
			x = aur_getbe64(p);
		else
			for (uint32_t j = 0; j < 8; j++)
				x = x << 8 | (j < len ? (uint8_t)p[j] : 0);
		k[i].prefix = x;
	}
}

/* Is a before b?  They are equal before `from`, where their prefixes begin. */
static int before(const aur_sortkey *a, const aur_sortkey *b, uint32_t from)
{
	if (a->prefix != b->prefix)
		return a->prefix < b->prefix;
	uint32_t n = a->len < b->len ? a->len : b->len;
	int c = n > from + 8 ? memcmp(a->p + from + 8, b->p + from + 8, n - from - 8) : 0;
	return c ? c < 0 : a->len < b->len;
}

/* Radix sort by prefix, the last byte first; the result is in k. */
static void by_prefix(aur_sortkey *k, aur_sortkey *tmp, size_t n)
{
	uint32_t count[8][256] = {0};
	aur_sortkey *from = k, *to = tmp;
	for (size_t i = 0; i < n; i++)
		for (unsigned b = 0; b < 8; b++)
			count[b][k[i].prefix >> (8 * b) & 255]++;
	for (unsigned b = 0; b < 8; b++) {
		uint32_t at[256], sum = 0;
		if (count[b][from[0].prefix >> (8 * b) & 255] == n)
			continue;
		for (unsigned c = 0; c < 256; c++) {
			at[c] = sum;
			sum += count[b][c];
		}
		for (size_t i = 0; i < n; i++)
			to[at[from[i].prefix >> (8 * b) & 255]++] = from[i];
		aur_sortkey *x = from;
		from = to;
		to = x;
	}
	if (from != k)
		memcpy(k, from, n * sizeof *k);
}

/* Do all have the same 8 bytes at `from`, and more after these? */
static int alike(const aur_sortkey *k, size_t n, uint32_t from)
{
	size_t i = 0;
	while (i < n && k[i].prefix == k[0].prefix && k[i].len > from + 8)
		i++;
	return i == n;
}

/* Sorts strings whose first `from` bytes are equal. */
static void sort_from(aur_sortkey *k, aur_sortkey *tmp, size_t n, uint32_t from)
{
	/* Skips a beginning that all share without recursion: so each call below has fewer strings, and the depth is
	 * bounded. */
	for (prefixes(k, n, from); n >= 48 && alike(k, n, from); prefixes(k, n, from))
		from += 8;
	if (n < 48) {
		for (size_t i = 1; i < n; i++) {
			aur_sortkey x = k[i];
			size_t j = i;
			for (; j && before(&x, &k[j - 1], from); j--)
				k[j] = k[j - 1];
			k[j] = x;
		}
		return;
	}
	by_prefix(k, tmp, n);
	for (size_t a = 0, z; a < n; a = z) {
		for (z = a + 1; z < n && k[z].prefix == k[a].prefix; z++)
			;
		if (z - a == 1)
			continue;
		/* what ends within the prefix comes first, the shorter before the longer */
		size_t ended = a;
		for (size_t i = a; i < z; i++)
			if (k[i].len <= from + 8) {
				aur_sortkey x = k[i];
				size_t j = i, to = ended++;
				for (; j > to; j--)
					k[j] = k[j - 1];
				for (; j > a && x.len < k[j - 1].len; j--)
					k[j] = k[j - 1];
				k[j] = x;
			}
		if (z - ended > 1)
			sort_from(k + ended, tmp, z - ended, from + 8);
	}
}

aur_sortkey *aur_sortkeys(size_t n)
{
	aur_sortkey *k = aur_xmalloc(2 * n * sizeof *k);
	aur_mem_huge(k, 2 * n * sizeof *k);
	return k;
}

void aur_sort_strings(aur_sortkey *k, size_t n, size_t room)
{
	if (n > 1)
		sort_from(k, k + room, n, 0);
}

void aur_sort_hashes(uint64_t *v, size_t n)
{
	uint64_t *tmp = aur_xmalloc(n * sizeof *tmp), *from = v, *to = tmp;
	for (unsigned shift = 32; shift < 64; shift += 8) { /* four passes: the result is back in v */
		size_t at[257] = {0};
		for (size_t i = 0; i < n; i++)
			at[(from[i] >> shift & 255) + 1]++;
		for (unsigned c = 1; c < 256; c++)
			at[c] += at[c - 1];
		for (size_t i = 0; i < n; i++)
			to[at[from[i] >> shift & 255]++] = from[i];
		uint64_t *x = from;
		from = to;
		to = x;
	}
	free(tmp);
}

/* ---- the filter of ids ------------------------------------------------------------------------- */
#define FILTER_IDS 32u /* ids per line of 64 bytes: so one or two in a thousand new ids seem known */

int aur_filter_full(const aur_filter *f)
{
	return f->n >= f->lines * FILTER_IDS;
}

void aur_filter_reset(aur_filter *f, uint64_t ids)
{
	size_t lines = 256;
	while (lines * FILTER_IDS < ids * 2)
		lines *= 2;
	free(f->bits);
	*f = (aur_filter){.bits = aur_xaligned(64, lines * 64), .lines = lines};
	aur_mem_huge(f->bits, lines * 64);
	memset(f->bits, 0, lines * 64);
}

/* The 64-byte line of an id; *h: eight bit numbers of six bits each, one for each word of the line. */
static uint64_t *filter_line(const aur_filter *f, uint32_t id, uint64_t *h)
{
	*h = (id ^ UINT64_C(0x5851f42d4c957f2d)) * UINT64_C(0x9e3779b97f4a7c15);
	uint64_t *line = f->bits + ((*h >> 20) & (f->lines - 1)) * 8;
	*h = (*h ^ *h >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
	return line;
}

void aur_filter_soon(const aur_filter *f, uint32_t id)
{
	uint64_t h;
	if (f->bits)
		__builtin_prefetch(filter_line(f, id, &h));
}

int aur_filter_has(const aur_filter *f, uint32_t id)
{
	uint64_t h, *line = f->bits ? filter_line(f, id, &h) : NULL;
	int known = line != NULL;
	for (unsigned i = 0; known && i < 8; i++, h >>= 6)
		known = line[i] >> (h & 63) & 1;
	return known;
}

int aur_filter_add(aur_filter *f, uint32_t id)
{
	uint64_t h, *line = filter_line(f, id, &h);
	int known = 1;
	for (unsigned i = 0; i < 8; i++, h >>= 6) {
		uint64_t bit = UINT64_C(1) << (h & 63);
		known &= (line[i] & bit) != 0;
		line[i] |= bit;
	}
	f->n += !known;
	return known;
}

void aur_filter_free(aur_filter *f)
{
	free(f->bits);
	*f = (aur_filter){0};
}
