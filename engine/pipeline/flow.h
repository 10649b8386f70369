/* SPDX-License-Identifier: Apache-2.0 */
/* Files in, analysed contributions out, in the order of the files, on any number of threads.
 *
 * Callbacks run one at a time and in order, though not always in the same thread. */
#ifndef AUR_PIPELINE_FLOW_H
#define AUR_PIPELINE_FLOW_H
#include "pipeline/analysis.h"
#include "pipeline/sources.h"

typedef struct aur_contribution {
	aur_str id, text;
	const char *file;
	uint32_t line; /* 0: unknown */
	uint32_t nfields;
	const uint32_t *field; /* numbers of aur_flow_field_name */
	const aur_str *value;
	aur_analyst *analyst;
	uint32_t index; /* in the analyst */
	aur_str side;   /* of aur_fwd_side, where it was asked for */
	aur_str next_id; /* of the contribution that follows, where that is known */
} aur_contribution;

typedef struct aur_flow aur_flow;

typedef struct aur_flow_calls {
	void *ctx;
	aur_code (*contribution)(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err);
	void (*session)(void *ctx, const char *file, aur_str id, aur_str key, aur_str value); /* key.len 0: the session exists */
	void (*property)(void *ctx, const char *file, aur_str key, aur_str value);
	void (*note)(void *ctx, const char *file, const char *msg);
	void (*refused)(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason);
	void (*progress)(void *ctx, uint64_t bytes, uint64_t contributions); /* may be NULL */
} aur_flow_calls;

typedef struct aur_flow_options {
	const char *reader;      /* NULL: chosen by content, then by extension */
	const aur_config *conf;  /* for the reader; may be NULL.  "id-prefix" is put before ids of the source, for every reader */
	unsigned threads;        /* 0: one per processor */
	int side;                /* compute the side part of the records */
	aur_sources *sources;    /* files known from earlier runs; NULL: none */
	/* Called with the first contribution of each file; may be NULL.  `about`, if not empty, is to be stored under `name`. */
	void (*from)(void *ctx, const char *file, aur_str name, aur_str about, int known);
	/* For work that need not delay the next contributions, such as aur_writer_write: called after some have been
	 * handed on, by a thread for which nobody waits, possibly by several at once; may be NULL. */
	void (*apart)(void *ctx);
} aur_flow_options;

typedef struct aur_flow_stats {
	uint64_t bytes, read, refused; /* contributions read; contributions refused */
	uint32_t failed;               /* files that could not be read to the end */
	uint64_t asked;                /* bit i: some reader looked up the i-th of the reader's settings */
} aur_flow_stats;

/* Reads all files.  A file that fails is reported through file_failed() and the next one is read; the return value is an error only
 * if going on makes no sense (the sink failed, a plugin broke its contract, cancelled). */
aur_code aur_flow_run(aur_chain *c, const char *const *files, unsigned nfiles, const aur_flow_options *o, const aur_flow_calls *calls,
		      void (*file_failed)(void *ctx, const char *file, const aur_error *e), aur_flow_stats *stats, aur_error *err);
/* The name of a field in its canonical form: lower case, no accents, no blanks. */
aur_str aur_flow_field_name(aur_flow *f, uint32_t field);
#endif
