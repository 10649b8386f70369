/* SPDX-License-Identifier: Apache-2.0 */
/* Holding the lexicons and the negation against texts coded by hand: for gold_eval and test_gold. */
#ifndef GOLD_H
#define GOLD_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct gold_options {
	const char *path; /* of the CSV */
	const char *const *lexicons;
	size_t lexicon_count; /* 0: all that are shipped */
	FILE *out;            /* where figures and misses go; NULL: nowhere */
	bool quiet, all;
} gold_options;
typedef struct gold_figures {
	double precision, recall, f1;  /* micro, of the themes whatever their polarity */
	double worst_f1;               /* of a theme that the gold has at least 5 times */
	char worst[64];
	double denied_found;           /* share of the denied themes that are found and said to be denied */
	double asserted_right;         /* share of the asserted themes that are found and not said to be denied */
	unsigned rows, denied;
} gold_figures;
/* False where it could not run; why is said on o->out. */
bool gold_run(const gold_options *o, gold_figures *f);
#endif
