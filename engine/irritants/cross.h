/* SPDX-License-Identifier: Apache-2.0 */
/* The irritants by the values of one more field, such as age or gender: a field that is about people, not about sessions.
 *
 * It is computed beside a finished ledger and changes nothing in it: a table and the page have the same numbers, and no difference
 * between them reveals a hidden one.  So the totals of the ledger are taken as known, and the values' numbers are
 * hidden until no sum gives back a count of fewer than k people.  If the ledger does not show the total of a theme, its whole row
 * is "masked", including zeros: which values are not zero would tell how large it is at least.
 *
 * For a value of which fewer than k people were asked, the table would tell of each theme whether they voiced it.  So such values
 * are pooled into one part, together with the next smallest values until it has k people.
 *
 * Where values lie within what the ledger groups by (towns within territories, activities within a stance), their sum is a number of
 * the ledger: it is taken as known, and where the ledger hides it, so are they.
 *
 * Fields share sums too: who leaves the form empty tells neither age nor gender, and ages lie within bands of ages.  So the tables
 * of several fields are hidden together.  Tables that are made one by one know nothing of each other. */
#ifndef AUR_IRRITANTS_CROSS_H
#define AUR_IRRITANTS_CROSS_H
#include "irritants/ledger.h"

enum { AUR_CROSS_VALUES = 40 }; /* at most: if there are more, they are not groups of people */

typedef struct aur_cross {
	aur_str field; /* borrowed */
	bool by_value; /* a query `field:"name"` finds the part; set by whoever made the names */
	aur_irr_part *parts;  /* name, asked.  First the values, in the order of `names`; then the contributions without a value; then the pooled
	                       * values.  The last two have no name */
	uint32_t count, none, pooled; /* none, pooled: indices of the last two parts; AUR_IN_ABSENT: there is none */
	uint32_t pooled_values; /* how many values were pooled, including "no value" */
	aur_irr_spec **theme;    /* by theme and part: the irritant */
	struct crossing *made;   /* how it was made, for the crosses after it */
	aur_arena arena;
} aur_cross;

/* The value of contribution i is names[value[i]], or none if value[i] is AUR_IN_ABSENT; the names must live as long as the cross.
 * before[0..crosses): what stands on the same page already; more of it may be hidden afterwards.  The ledger must outlive them all.
 * Fails (AURE_USAGE) if more than AUR_CROSS_VALUES parts would be left, if all values were pooled into one part, or if the session
 * or the role mostly determines the value: its numbers would then be those of sessions or roles, of which the ledger may hide
 * others.  `field` is its name, for these messages. */
aur_code aur_cross_build(aur_ledger *l, aur_str field, const aur_str *names, uint32_t count, const uint32_t *value, aur_cross *const *before, uint32_t crosses,
			 aur_cross **out, aur_error *e);
void aur_cross_free(aur_cross *x);
#endif
