/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "base/mem.h"
#include "base/strtab.h"

static uint32_t first_slot(const aur_strtab *t, const void *p, size_t n)
{
	return (uint32_t)(aur_hash64(p, n, 7) >> 20) & t->mask;
}

static uint32_t slot_of(const aur_strtab *t, const void *p, size_t n)
{
	uint32_t i = first_slot(t, p, n);
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

void aur_strtab_soon(const aur_strtab *t, const void *p, size_t n)
{
	if (t->slot)
		__builtin_prefetch(&t->slot[first_slot(t, p, n)]);
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
