/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that check a corpus share. */
#ifndef AUR_INDEX_CHECK_H
#define AUR_INDEX_CHECK_H
#include "index/pages.h"
#include "index/snap.h"

struct check {
	aur_store *store;
	aur_snapshot *s;
	MDB_txn *txn;
	aur_totals t;
	aur_say say;
	void *ctx;
	uint64_t faults, step_faults;
	uint32_t nlayers, nlabels, has_deleted, *values; /* values: per field */
	uint64_t *sum;                                   /* per form: occurrences, hashed from both sides */
	uint64_t *docs, *occ;                            /* per form, over all segments */
};

/* check_told.c */
void aur_check_say(struct check *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void aur_check_fault(struct check *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* How many more faults of one kind there are than were told. */
void aur_check_step_end(struct check *k);
/* A walk over the records of a kind; NULL with the fault told.  A step of it: what LMDB says; a walk that breaks off is told. */
MDB_cursor *aur_check_cursor(struct check *k, enum aur_db db);
int aur_check_step(struct check *k, enum aur_db db, MDB_cursor *cur, MDB_val *key, MDB_val *v, MDB_cursor_op op);
/* A payload, or NULL with the fault told. */
const uint8_t *aur_check_need(struct check *k, enum aur_db db, MDB_val key, size_t *n, const char *what, uint32_t no);

/* check_words.c: the dictionary; its layers, after the segments, as their postings are sound by then. */
void aur_check_forms(struct check *k);
void aur_check_layers(struct check *k, int counts);
/* check_segments.c */
void aur_check_segments(struct check *k);

#endif
