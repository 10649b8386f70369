/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table from strings to numbers. */
#ifndef AUR_BASE_STRTAB_H
#define AUR_BASE_STRTAB_H
#include <stddef.h>
#include <stdint.h>

/* open addressing; the table does not copy the strings, which usually are in an arena of its owner */
typedef struct aur_strtab {
	struct {
		const char *p;
		uint32_t len, id;
	} *slot;
	uint32_t n, mask;
} aur_strtab;
uint32_t *aur_strtab_find(aur_strtab *t, const void *p, size_t n); /* NULL: not found */
void aur_strtab_soon(const aur_strtab *t, const void *p, size_t n); /* prefetches where this key is looked for */
void aur_strtab_put(aur_strtab *t, const char *p, size_t n, uint32_t id);
void aur_strtab_free(aur_strtab *t);
#endif
