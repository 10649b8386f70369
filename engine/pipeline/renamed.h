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
	struct aur_renamed_kind {
		char *end, *name; /* the end of the names of such files, « .csv »; one of them */
		int more;         /* there are others */
	} *kind;
	uint32_t nkind, kindcap;
	int first; /* no other file of the kind of this one came before it */
	void (*note)(void *ctx, const char *file, const char *msg);
	void *ctx;
} aur_renamed;

/* chain, readings, note and ctx must be set.  The fields of the corpus before the run. */
void aur_renamed_before(aur_renamed *t, aur_snapshot *s);
/* The numbers that the writer gives to them, and the files they came from. */
void aur_renamed_open(aur_renamed *t, aur_writer *w);
/* A field that the run meets for the first time. */
void aur_renamed_meets(aur_renamed *t, uint32_t field, aur_str name);
/* A contribution of the current file has these fields. */
void aur_renamed_has(aur_renamed *t, const uint32_t *field, uint32_t n);
/* Another file begins (NULL: none), whose source has this name; tells about the one that ends, if another file of its kind came before:
 * the columns of a table are not compared with the elements of a corpus in XML.  Paths must live as long as the run. */
void aur_renamed_file(aur_renamed *t, const char *file, aur_str name);
void aur_renamed_free(aur_renamed *t);
#endif
