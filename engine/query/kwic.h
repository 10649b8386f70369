/* SPDX-License-Identifier: Apache-2.0 */
/* Concordances: one line per occurrence, with the original text on both sides of it. */
#ifndef AUR_QUERY_KWIC_H
#define AUR_QUERY_KWIC_H
#include "query/query.h"

typedef struct aur_kwic_line {
	uint32_t doc, first, last; /* the contribution, and tokens in it */
	aur_str id;
	aur_str text;              /* the whole contribution */
	uint32_t start, end;       /* bytes of the occurrence in text */
	aur_str left, node, right; /* parts of text, cut to the width, otherwise unchanged */
} aur_kwic_line;

typedef struct aur_kwic_want {
	uint32_t width;  /* columns of a terminal on each side; 0: no contexts */
	/* Sort keys, separated by commas: "left", "left2" (the second word to the left, and so on), "right", "right2", "form" (the
	 * occurrence itself), "label:x" (what label x of a token query matched), or the name of a field; with "-" before a key:
	 * descending.  NULL or "": corpus order.  Words are compared ignoring case and accents; ties are in corpus order. */
	const char *sort;
	uint32_t sample; /* keep this many lines, drawn with the seed; 0: all.  They are in corpus order before sorting. */
	uint64_t seed;
	uint32_t offset, limit; /* applied after sampling and sorting; limit UINT32_MAX: all */
	int total;              /* count all lines, even if the limit would allow stopping early */
} aur_kwic_want;

/* Calls fn for each line in order, until it returns 0.  *lines (may be NULL): the number of all occurrences, before sampling;
 * without `total`, it may be less than all. */
typedef int (*aur_kwic_fn)(void *ctx, const aur_kwic_line *line);
aur_code aur_query_kwic(aur_search *s, aur_query *q, const aur_kwic_want *want, aur_kwic_fn fn, void *ctx, uint64_t *lines,
			aur_error *err);

/* For a terminal: appends t, with control characters as spaces, padded to `width` columns; on the left if `right_aligned`. */
void aur_kwic_pad(aur_buf *out, aur_str t, size_t width, int right_aligned);
#endif
