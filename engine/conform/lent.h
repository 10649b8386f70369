/* SPDX-License-Identifier: Apache-2.0 */
/* Memory lent to a plugin for one call: it ends where its bytes end, can be read and not written, and is gone
 * afterwards. */
#ifndef AUR_CONFORM_LENT_H
#define AUR_CONFORM_LENT_H
#include <stddef.h>
#include <stdint.h>

typedef struct aur_lent {
	struct aur_lent_place {
		uint8_t *base;
		size_t cap;                 /* bytes before the guard; grows */
		unsigned live, dead, guard; /* zones of the box */
	} place[2]; /* in turn: who still looks at what was lent before does not find it written over */
	unsigned turn;
	int open;
} aur_lent;

/* The copy that the plugin may have.  p may be NULL where n is 0. */
const void *aur_lent_give(aur_lent *l, const void *p, size_t n);
void aur_lent_take(aur_lent *l);
#endif
