/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files that compact a corpus; private to them. */
#ifndef AUR_INDEX_COMPACT_H
#define AUR_INDEX_COMPACT_H
#include "index/snap.h"
#include "index/write.h"

struct compact {
	aur_store *old, *next;
	aur_snapshot *s;
	MDB_txn *from, *to;
	aur_totals t;
	size_t memory, put; /* put: bytes written since the last commit */
	size_t room;        /* in the map of the new generation, after each commit */
	const aur_compaction *how;
	uint64_t *tf;            /* by old form: occurrences that stay */
	uint32_t *order, *new_of; /* old form by new number; new number by old form (AUR_NONE: left out) */
	uint32_t nforms, nseg, ndocs;
	uint8_t **used; /* by field: a bit per value that is still used */
	aur_themes themes;
	double done;
};

/* compact_step.c: writes a record to the new generation; commits now and then, so that memory stays bounded. */
aur_code aur_compact_put(struct compact *k, enum aur_db db, MDB_val key, const void *p, size_t n, unsigned flags, aur_error *err);
/* Checks how a walk over a database of the old generation ended (rc from LMDB, c from us): if not at its end, the rest would be lost. */
aur_code aur_compact_walked(const struct compact *k, int rc, aur_code c, aur_error *err);
/* Adds `part` to the progress; AURE_CANCELLED if go_on() does not want to continue. */
aur_code aur_compact_step(struct compact *k, double part, aur_error *err);
/* New numbers for the values of a field: in the same order, without gaps.  To be freed. */
uint32_t *aur_compact_value_map(struct compact *k, uint32_t f, uint32_t *count);

/* compact_sessions.c */
aur_code aur_compact_sessions(struct compact *k, aur_error *err);

/* compact_words.c */
aur_code aur_compact_dictionary(struct compact *k, aur_error *err);
aur_code aur_compact_layers(struct compact *k, aur_error *err);

/* compact_segment.c: merges segments [a, z) of the old generation into one of the new; into none if nothing of them is left. */
aur_code aur_compact_segment(struct compact *k, uint32_t a, uint32_t z, aur_error *err);

#endif
