/* SPDX-License-Identifier: Apache-2.0 */
/* How often forms, values of a layer, and sequences of them occur.  Punctuation is not counted, and a sequence neither contains nor
 * crosses it.  A value of a layer is shown by its most frequent form in the corpus (the bytewise first if there are several). */
#ifndef AUR_QUERY_FREQUENCIES_H
#define AUR_QUERY_FREQUENCIES_H
#include "query/counts.h"

typedef struct aur_freq_want {
	int layer;          /* -1: forms as written */
	uint32_t n;         /* words in a row: 1 to 5 */
	uint64_t min;       /* rows with fewer occurrences are left out */
	uint32_t offset, limit;
	aur_query *among;   /* only in these contributions; NULL: in all */
	const aur_by *by;   /* split by these fields; they live as long as the result */
	uint32_t nby;       /* 0 to 2 */
} aur_freq_want;

/* A part of the corpus, by `by`. */
typedef struct aur_freq_part {
	uint32_t part[2];       /* aur_by_text names it; 0: without a value */
	uint64_t words;         /* looked at in this part */
	uint32_t contributions;
} aur_freq_part;
typedef struct aur_freq_cell { /* a row in a part */
	uint64_t occurrences;
	uint32_t contributions;
} aur_freq_cell;

typedef struct aur_freq_row {
	aur_str shown;  /* « pas du tout »: for a person */
	aur_str value;  /* the value of the layer, or the values separated by spaces; equal to shown for forms */
	uint64_t occurrences;
	uint32_t contributions;
	const aur_freq_cell *cell; /* by part; NULL without `by` */
} aur_freq_row;

typedef struct aur_freqs {
	uint64_t rows;          /* total, before offset and limit */
	uint64_t words;         /* words looked at */
	uint32_t contributions; /* contributions looked at */
	uint32_t n;
	const aur_freq_row *row; /* by occurrences, then by value in byte order */
	uint32_t nparts;
	const aur_freq_part *part; /* with the contributions looked at, in the order of parts of aur_counts */
} aur_freqs;
/* *out is valid until the next call.  AURE_USAGE if there are too many distinct sequences for the memory. */
aur_code aur_query_frequencies(aur_search *s, const aur_freq_want *want, aur_freqs *out, aur_error *err);
#endif
