/* SPDX-License-Identifier: Apache-2.0 */
/* Small tables of the writer: strings to numbers, strings in order. */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "index/write.h"

static uint32_t slot_of(const aur_strtab *t, const void *p, size_t n)
{
	uint32_t i = (uint32_t)(aur_hash64(p, n, 7) >> 20) & t->mask;
	while (t->slot[i].p && (t->slot[i].len != n || !aur_same(t->slot[i].p, p, n)))
		i = (i + 1) & t->mask;
	return i;
}

uint32_t *aur_strtab_find(aur_strtab *t, const void *p, size_t n)
{
	if (!t->slot)
		return NULL;
	uint32_t i = slot_of(t, p, n);
	return t->slot[i].p ? &t->slot[i].id : NULL;
}

void aur_strtab_put(aur_strtab *t, const char *p, size_t n, uint32_t id)
{
	if (!t->slot || t->n * 2 > t->mask) {
		aur_strtab old = *t;
		t->mask = old.slot ? old.mask * 2 + 1 : 63;
		t->slot = aur_xcalloc((size_t)t->mask + 1, sizeof *t->slot);
		for (uint32_t i = 0; old.slot && i <= old.mask; i++)
			if (old.slot[i].p)
				t->slot[slot_of(t, old.slot[i].p, old.slot[i].len)] = old.slot[i];
		free(old.slot);
	}
	uint32_t i = slot_of(t, p, n);
	t->n += !t->slot[i].p;
	t->slot[i].p = p;
	t->slot[i].len = (uint32_t)n;
	t->slot[i].id = id;
}

void aur_strtab_free(aur_strtab *t)
{
	free(t->slot);
	*t = (aur_strtab){0};
}

static int by_string(const void *a, const void *b)
{
	const aur_sortkey *x = a, *y = b;
	if (x->prefix != y->prefix)
		return x->prefix < y->prefix ? -1 : 1;
	size_t n = x->len < y->len ? x->len : y->len;
	int c = n > 8 ? memcmp(x->p + 8, y->p + 8, n - 8) : 0;
	if (c)
		return c;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Most significant byte first on the first two bytes, then qsort within: words are short and their prefixes differ. */
void aur_sort_strings(aur_sortkey *k, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t x = 0;
		for (size_t j = 0; j < 8; j++)
			x = x << 8 | (j < k[i].len ? (uint8_t)k[i].p[j] : 0);
		k[i].prefix = x;
	}
	if (n < 4096) {
		qsort(k, n, sizeof *k, by_string);
		return;
	}
	aur_sortkey *tmp = aur_xmalloc(n * sizeof *tmp);
	size_t *at = aur_xcalloc(65537, sizeof *at);
	for (size_t i = 0; i < n; i++)
		at[(k[i].prefix >> 48) + 1]++;
	for (size_t i = 0; i < 65536; i++)
		at[i + 1] += at[i];
	for (size_t i = 0; i < n; i++)
		tmp[at[k[i].prefix >> 48]++] = k[i];
	for (size_t i = 0, from = 0; i < 65536; i++) {
		if (at[i] - from > 1)
			qsort(tmp + from, at[i] - from, sizeof *tmp, by_string);
		from = at[i];
	}
	memcpy(k, tmp, n * sizeof *k);
	free(tmp);
	free(at);
}
