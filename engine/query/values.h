/* SPDX-License-Identifier: Apache-2.0 */
/* The values of a layer as small numbers, for tables: by form, with what a person reads for each.  Private to this room. */
#ifndef AUR_QUERY_VALUES_H
#define AUR_QUERY_VALUES_H
#include "query/node.h"

typedef struct qvals {
	uint32_t n;     /* values */
	uint32_t *of;   /* by form; AUR_NONE: punctuation, or no value */
	uint64_t *freq; /* by form: occurrences in contributions in use */
	uint64_t *sum;  /* by value */
	uint32_t *first; /* by value: its most frequent form (the first in byte order where several are) */
	uint64_t words; /* tokens that are not punctuation, in use */
} qvals;
aur_code q_vals(aur_search *s, int layer, qvals *v, aur_error *err); /* layer -1: forms */
void q_vals_free(qvals *v);
/* In the index, for as long as the snapshot. */
aur_str q_vals_shown(aur_search *s, const qvals *v, uint32_t value);
aur_str q_vals_value(aur_search *s, const qvals *v, int layer, uint32_t value);
#endif
