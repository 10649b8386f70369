/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers the values of a layer from 0, for tables: by form, with the text to show for each.  Private to this room. */
#ifndef AUR_QUERY_VALUES_H
#define AUR_QUERY_VALUES_H
#include "query/node.h"

typedef struct qvals {
	uint32_t n;     /* number of values */
	uint32_t *of;   /* by form; AUR_NONE: punctuation, or no value */
	uint64_t *freq; /* by form: occurrences in contributions in use */
	uint64_t *sum;  /* by value, likewise */
	uint32_t *first; /* by value: its most frequent form (bytewise first in case of ties) */
	uint64_t words; /* tokens in use that are not punctuation */
} qvals;
aur_code q_vals(aur_search *s, int layer, qvals *v, aur_error *err); /* layer -1: forms */
void q_vals_free(qvals *v);
/* Texts in the index; valid as long as the snapshot. */
aur_str q_vals_shown(aur_search *s, const qvals *v, uint32_t value);
aur_str q_vals_value(aur_search *s, const qvals *v, int layer, uint32_t value);
#endif
