/* SPDX-License-Identifier: Apache-2.0 */
/* Fields that a file may have under another name than the files before it: a wave whose columns are « Atelier » and « Jour » has no
 * session and no date, and nobody sees that before the ledger. */
#ifndef AUR_PIPELINE_RENAMED_H
#define AUR_PIPELINE_RENAMED_H
#include "index/index.h"
#include "pipeline/chain.h"
#include "pipeline/readings.h"

typedef struct aur_renamed {
	const aur_chain *chain;
	const aur_readings *readings;
	struct aur_renamed_field {
		char *name;
		uint32_t field;   /* the writer's number */
		int had, missing; /* the corpus or an earlier file has it; this file does not, and it counts */
	} *v;
	uint32_t n, cap;
	uint8_t *has; /* by number: the current file has it */
	uint32_t nhas;
	const char *file; /* NULL: none yet */
	void (*note)(void *ctx, const char *file, const char *msg);
	void *ctx;
} aur_renamed;

/* chain, readings, note and ctx must be set.  The fields of the corpus before the run. */
void aur_renamed_before(aur_renamed *t, aur_snapshot *s);
/* The numbers that the writer gives to them. */
void aur_renamed_open(aur_renamed *t, aur_writer *w);
/* A field that the run meets for the first time. */
void aur_renamed_meets(aur_renamed *t, uint32_t field, aur_str name);
/* A contribution of the current file has these fields. */
void aur_renamed_has(aur_renamed *t, const uint32_t *field, uint32_t n);
/* Another file begins (NULL: none); tells about the one that ends.  Paths must live as long as the run. */
void aur_renamed_file(aur_renamed *t, const char *file);
void aur_renamed_free(aur_renamed *t);
#endif
