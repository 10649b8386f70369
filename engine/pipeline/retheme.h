/* SPDX-License-Identifier: Apache-2.0 */
/* Applies the current annotators to a whole corpus, without its files, in one commit. */
#ifndef AUR_PIPELINE_RETHEME_H
#define AUR_PIPELINE_RETHEME_H
#include "pipeline/chain.h"

typedef struct aur_retheme_options {
	const char *corpus;   /* folder */
	const char *pipeline; /* NULL: that of the corpus */
	unsigned threads;     /* 0: one per processor */
	int dry;              /* measure only, write nothing */
	void *ctx;
	void (*progress)(void *ctx, uint64_t done, uint64_t all); /* in contributions */
} aur_retheme_options;

typedef struct aur_retheme_count {
	uint64_t contributions, hits;
} aur_retheme_count;
typedef struct aur_retheme_lexicon {
	char *name, *version[2]; /* [0] before, [1] after: "" if it found nothing; several are separated by commas */
	aur_retheme_count of[2];
	uint32_t last[2]; /* private */
} aur_retheme_lexicon;
typedef struct aur_retheme_stats {
	uint64_t contributions, tokens, looked; /* looked: contributions of which more than the forms was read */
	aur_retheme_count of[2];                /* [0] before, [1] after */
	aur_retheme_lexicon *lexicon;           /* sorted by name */
	uint32_t lexicons, cap;
} aur_retheme_stats;

/* AURE_CONFIG if more than the annotators has changed: then the corpus must be ingested again. */
aur_code aur_retheme(const aur_retheme_options *o, aur_retheme_stats *st, aur_error *err);
void aur_retheme_stats_free(aur_retheme_stats *st);
#endif
