/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that check a corpus; private to them. */
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
	uint32_t nlayers, nlabels, *values; /* values: number of values, by field */
	uint64_t *sum;        /* by form: hashes of its occurrences, added from the texts, subtracted from the postings */
	uint8_t *punct;       /* by form: 1 if it is punctuation, and so no word */
	uint32_t otherwise;   /* contributions with another number of words than so */
	uint64_t *docs, *occ; /* by form, over all segments: contributions and occurrences */
};

/* check_told.c */
void aur_check_say(struct check *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void aur_check_fault(struct check *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Ends a step: reports how many of its faults were counted but not shown. */
void aur_check_step_end(struct check *k);
/* A cursor over the records of a kind; NULL after reporting a fault.  aur_check_step moves it and returns what LMDB says; an error
 * that ends the walk early is reported. */
MDB_cursor *aur_check_cursor(struct check *k, enum aur_db db);
int aur_check_step(struct check *k, enum aur_db db, MDB_cursor *cur, MDB_val *key, MDB_val *v, MDB_cursor_op op);
/* The payload of a record, or NULL after reporting a fault. */
const uint8_t *aur_check_need(struct check *k, enum aur_db db, MDB_val key, size_t *n, const char *what, uint32_t no);

/* check_words.c: the dictionary; and its layers, which come after the segments because they rely on sound postings. */
void aur_check_forms(struct check *k);
void aur_check_layers(struct check *k, int counts);
/* check_segments.c */
void aur_check_segments(struct check *k);

#endif
