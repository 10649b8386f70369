/* SPDX-License-Identifier: Apache-2.0 */
/* Which words occur around the occurrences of a query. */
#ifndef AUR_QUERY_COOCCURRENCES_H
#define AUR_QUERY_COOCCURRENCES_H
#include "query/query.h"

typedef enum aur_cooc_measure {
	AUR_COOC_LOG_LIKELIHOOD, AUR_COOC_MI, AUR_COOC_MI3, AUR_COOC_T, AUR_COOC_Z, AUR_COOC_DICE, AUR_COOC_LOGDICE, AUR_COOC_JACCARD
} aur_cooc_measure;
/* "log-likelihood", "mi", "mi3", "t", "z", "dice", "logdice", "jaccard" */
int aur_cooc_measure_of(const char *name); /* -1: none */
const char *aur_cooc_measure_name(aur_cooc_measure m);
const char *aur_cooc_measure_says(aur_cooc_measure m); /* its formula, as a translated text for a person */

typedef enum aur_cooc_within { AUR_COOC_CONTRIBUTION, AUR_COOC_SENTENCE } aur_cooc_within;

typedef struct aur_cooc_want {
	int layer;       /* of the words counted; -1: forms */
	uint32_t window; /* words on each side; 0: the whole sentence or contribution */
	aur_cooc_within within;
	aur_cooc_measure measure;
	uint64_t min;    /* minimum of co-occurrences (O) for a word */
	uint32_t limit;
} aur_cooc_want;

typedef struct aur_cooc_row {
	aur_str shown, value;
	uint64_t O, C; /* occurrences in a window; occurrences in the corpus */
	double expected, measure;
} aur_cooc_row;

/* The sample is words.  R: words in the window of at least one occurrence, not counting the occurrences themselves; C: times the
 * word occurs in the corpus outside of the occurrences; O: how many of these are in a window; N: words of the corpus outside of the
 * occurrences. */
typedef struct aur_coocs {
	uint64_t occurrences, R, N;
	uint64_t rows;
	uint32_t n;
	const aur_cooc_row *row; /* highest measure first */
} aur_coocs;
aur_code aur_query_cooccurrences(aur_search *s, aur_query *q, const aur_cooc_want *want, aur_coocs *out, aur_error *err);
#endif
