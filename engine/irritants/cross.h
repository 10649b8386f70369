/* SPDX-License-Identifier: Apache-2.0 */
/* The irritants by the values of one more field, such as an age or a gender: something that is said of people, not of sessions.
 *
 * It stands beside a ledger that is built already and changes nothing in it: whoever has two such tables, or one and the page, finds
 * the same numbers in both, and no difference of the two gives a hidden number away.  So the totals of the ledger are taken for known,
 * and it is the values' numbers that are hidden until no sum gives back a count of fewer than k people.  A theme of which
 * the ledger does not show the total has a row of "masked", its zeros as well: which values are not zero would tell how many it is.
 *
 * A value of which fewer than k people were asked would tell of each theme whether they voiced it: such values are one part together,
 * with the next smallest ones until it holds k people. */
#ifndef AUR_IRRITANTS_CROSS_H
#define AUR_IRRITANTS_CROSS_H
#include "irritants/ledger.h"

enum { AUR_CROSS_VALUES = 40 }; /* at most: with more, they are no groups of people */

typedef struct aur_cross {
	aur_str field; /* borrowed */
	bool by_value; /* a part is found by `field:"name"`; set by who made the names */
	aur_irr_part *parts;  /* name, asked; those of values in the order of `names`, then those of no value, then those put together: both without a name */
	uint32_t count, none, pooled; /* the last two: which they are, AUR_IN_ABSENT: there is none */
	uint32_t pooled_values; /* how many values were put together, "no value" among them */
	aur_irr_spec **theme;    /* by theme and part: the irritant */
	aur_arena arena;
} aur_cross;

/* The value of each contribution is names[value[i]], or none where that is AUR_IN_ABSENT; the names live as long as the cross.  Fails (AURE_USAGE) where more
 * than AUR_CROSS_VALUES parts would be left, where all values are one part, or where the session or the role mostly tells the value: its numbers
 * would then be those of sessions or roles, of which the ledger hides others.  `field` is its name, for these sentences. */
aur_code aur_cross_build(aur_ledger *l, aur_str field, const aur_str *names, uint32_t count, const uint32_t *value, aur_cross **out, aur_error *e);
void aur_cross_free(aur_cross *x);
#endif
