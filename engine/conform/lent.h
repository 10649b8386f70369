/* SPDX-License-Identifier: Apache-2.0 */
/* Memory lent to a plugin for one call.  It ends where its bytes end (reading past them faults), is read-only, and is inaccessible
 * after the call. */
#ifndef AUR_CONFORM_LENT_H
#define AUR_CONFORM_LENT_H
#include <stddef.h>
#include <stdint.h>

typedef struct aur_lent {
	struct aur_lent_place {
		uint8_t *base;
		size_t cap;                 /* usable bytes, before the guard; grows */
		unsigned live, dead, guard; /* zones of the box (box.h) */
	} place[2]; /* used in turn, so that a pointer kept from the call before faults instead of reading the new bytes */
	unsigned turn;
	int open;
} aur_lent;

/* Returns the copy that the plugin gets; takes back the one before.  p may be NULL where n is 0. */
const void *aur_lent_give(aur_lent *l, const void *p, size_t n);
void aur_lent_take(aur_lent *l); /* takes it back: from here on it faults */
#endif
