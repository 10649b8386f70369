/* SPDX-License-Identifier: Apache-2.0 */
/* Writes analysed contributions into the index, with the fields that they inherit and their stance.  Nothing else does. */
#ifndef AUR_PIPELINE_INGEST_H
#define AUR_PIPELINE_INGEST_H
#include "pipeline/flow.h"

/* A field for every contribution that does not have it: the wave of a file whose rows do not name it. */
typedef struct aur_given_field {
	const char *name, *value; /* name: as aur_text_name() makes it */
} aur_given_field;

typedef struct aur_ingest_options {
	const char *corpus;   /* folder */
	const char *pipeline; /* NULL: that of the corpus, or the default one */
	size_t memory;        /* bytes for a batch; 0: 256 MiB */
	const aur_given_field *given;
	unsigned ngiven;
	aur_flow_options flow;
	void *ctx;
	void (*note)(void *ctx, const char *file, const char *msg);
	void (*refused)(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason);
	void (*file_failed)(void *ctx, const char *file, const aur_error *e);
	void (*progress)(void *ctx, uint64_t bytes, uint64_t contributions); /* totals so far */
} aur_ingest_options;

enum { AUR_GONE_QUERY = 400 };
typedef struct aur_ingest_stats {
	aur_flow_stats flow;
	uint64_t added, replaced, unchanged, duplicate, commits, hits;
	uint64_t gone;          /* contributions that no file of the corpus has any more; only counted if all its files were read */
	char gone_query[AUR_GONE_QUERY]; /* what finds them; empty: they are too many */
	uint64_t unsaid;        /* likewise, what was said of the corpus and its sessions and no file says any more; the first of it, as text */
	char unsaid_first[160];
	int words_changed;      /* the corpus had contributions whose words or layers were made by other components */
	int annotators_changed; /* the corpus has hits of other lexicons, until it is ingested again or rethemed */
} aur_ingest_stats;

/* What was read before an error or a cancellation is committed. */
aur_code aur_ingest(const char *const *files, unsigned n, const aur_ingest_options *o, aur_ingest_stats *stats, aur_error *err);
#endif
