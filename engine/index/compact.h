/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of a compaction share. */
#ifndef AUR_INDEX_COMPACT_H
#define AUR_INDEX_COMPACT_H
#include "index/snap.h"
#include "index/write.h"

struct compact {
	aur_store *old, *next;
	aur_snapshot *s;
	MDB_txn *from, *to;
	aur_totals t;
	size_t memory, put; /* bytes put since the last commit */
	int (*go_on)(void *ctx, double part);
	void *ctx;
	uint64_t *tf;            /* by old form */
	uint32_t *order, *new_of; /* old form by new one, and back (AUR_NONE: left out) */
	uint32_t nforms, nseg, ndocs;
	uint8_t **used; /* by field: bit per value */
	aur_themes themes;
	double done;
};

/* compact_step.c: a record of the new generation, committed now and then so that the memory stays bounded. */
aur_code aur_compact_put(struct compact *k, enum aur_db db, MDB_val key, const void *p, size_t n, unsigned flags, aur_error *err);
/* What a walk over a database of the old generation ended with: at its end, or before it, and then what is behind would be lost. */
aur_code aur_compact_walked(const struct compact *k, int rc, aur_code c, aur_error *err);
/* So much of it is done; AURE_CANCELLED where whoever asked for it does not want the rest. */
aur_code aur_compact_step(struct compact *k, double part, aur_error *err);
/* New numbers of the values of a field: in the same order, without gaps. */
uint32_t *aur_compact_value_map(struct compact *k, uint32_t f, uint32_t *count);

/* compact_words.c */
aur_code aur_compact_dictionary(struct compact *k, aur_error *err);
aur_code aur_compact_layers(struct compact *k, aur_error *err);

/* compact_segment.c: segments [a, z) of the old generation as one of the new; none where nothing of them stays. */
aur_code aur_compact_segment(struct compact *k, uint32_t a, uint32_t z, aur_error *err);

#endif
