/* SPDX-License-Identifier: Apache-2.0 */
/* Concordances: one line per occurrence, the original text on both sides of it. */
#ifndef AUR_QUERY_KWIC_H
#define AUR_QUERY_KWIC_H
#include "query/query.h"

typedef struct aur_kwic_line {
	uint32_t doc, first, last; /* contribution, tokens */
	aur_str id;
	aur_str text;              /* the whole contribution */
	uint32_t start, end;       /* bytes of the occurrence in text */
	aur_str left, node, right; /* slices of text, cut to the width; nothing is changed in them */
} aur_kwic_line;

typedef struct aur_kwic_want {
	uint32_t width;  /* columns of a terminal on each side; 0: no contexts */
	/* Sort keys in order, separated by commas: "left", "left2" (by the second word to the left, and so on), "right", "right2",
	 * "form" (the occurrence itself), "label:x" (what the label x of a token query holds), "-" before a key: descending, or the
	 * name of a field.  NULL or "": corpus order.  Words are compared without case and accents; ties stand in corpus order. */
	const char *sort;
	uint32_t sample; /* keep so many lines, drawn with the seed; 0: all.  They stay in corpus order before sorting. */
	uint64_t seed;
	uint32_t offset, limit; /* of the lines after sampling and sorting; limit UINT32_MAX: all */
	int total;              /* count all lines also where the limit would allow to stop early */
} aur_kwic_want;

/* Calls fn for each line in order; it returns 0 to stop.  *lines (may be NULL): how many occurrences there are in all (without
 * `total`, at least so many), before sampling. */
typedef int (*aur_kwic_fn)(void *ctx, const aur_kwic_line *line);
aur_code aur_query_kwic(aur_search *s, aur_query *q, const aur_kwic_want *want, aur_kwic_fn fn, void *ctx, uint64_t *lines,
			aur_error *err);

/* For a terminal: appends t with control characters as spaces, filled up with spaces to `width` columns, on the left where
 * `right_aligned`. */
void aur_kwic_pad(aur_buf *out, aur_str t, size_t width, int right_aligned);
#endif
