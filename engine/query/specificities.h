/* SPDX-License-Identifier: Apache-2.0 */
/* Which forms are over- or under-represented in a part of the corpus, by the values of a field, or of two. */
#ifndef AUR_QUERY_SPECIFICITIES_H
#define AUR_QUERY_SPECIFICITIES_H
#include "query/counts.h"

typedef enum aur_spec_measure {
	AUR_SPEC_LAFON, AUR_SPEC_CHI2, AUR_SPEC_CHI2_YATES, AUR_SPEC_CHI2_QUANTEDA,
	AUR_SPEC_G2, AUR_SPEC_G2_RAYSON, AUR_SPEC_G2_WILLIAMS, AUR_SPEC_G2_QUANTEDA
} aur_spec_measure;
/* "lafon", "chi2", "chi2-yates" and so on, as stats/keyness.h has them; -1: none. */
int aur_spec_measure_of(const char *name);
const char *aur_spec_measure_says(aur_spec_measure m); /* for a person, translated */

typedef struct aur_spec_want {
	int layer;        /* -1: forms */
	aur_by by[2];
	uint32_t nby;     /* 1 or 2: a part is then a pair of values */
	uint32_t value;   /* only this part of the first field; 0: every part */
	aur_query *among; /* use only these contributions as the corpus; NULL: all */
	aur_spec_measure measure;
	uint64_t min;     /* minimum of occurrences in the corpus (F) for a word */
	double max_q;     /* rows with a greater q are left out; 1: none */
	double min_size;  /* rows with a smaller |measure| are left out (below 2 is unremarkable by convention) */
	uint32_t limit;   /* rows per part and sign; UINT32_MAX: all */
} aur_spec_want;

typedef struct aur_spec_row {
	uint32_t part[2];    /* number of the part by each field (aur_by_text); 0: contributions without a value */
	aur_str shown, value;
	uint64_t k, F, n, N; /* occurrences in the part, and in the corpus; words of the part, and of the corpus */
	double measure;      /* signed */
	/* Decimal logarithms, as the numbers may underflow.  p: of the tail (Lafon), or of chi-squared with one
	 * degree of freedom (others); q: Benjamini-Hochberg over all words × parts tested. */
	double log10_p, log10_q;
} aur_spec_row;

/* Return 0 to stop.  Texts of *row are valid as long as the snapshot. */
typedef int (*aur_spec_fn)(void *ctx, const aur_spec_row *row);
/* Gives the rows by part (in the order of aur_value_order), then from the highest measure to the lowest; ties bytewise by value.  There may be
 * millions, so they are not kept; *tested: words × parts, whatever was left out; 0 where all is one part, whose rows are given
 * nevertheless: they are a table of its words. */
aur_code aur_query_specificities(aur_search *s, const aur_spec_want *want, aur_spec_fn fn, void *ctx, uint64_t *tested, aur_error *err);
#endif
