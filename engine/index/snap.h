/* SPDX-License-Identifier: Apache-2.0 */
/* The internals of a snapshot, for the files that implement it (snapshot.c, snap_*.c), and what other files of this room need from
 * it.  Private to this room. */
#ifndef AUR_INDEX_SNAP_H
#define AUR_INDEX_SNAP_H
#include "index/forward.h"
#include "index/index.h"
#include "index/records.h"

struct aur_snap_seg {
	aur_seg_info info;
	uint8_t *less; /* the bits of info.deleted after aur_snapshot_less; NULL: before */
	uint64_t annotators;
	const uint8_t *forms;   /* payload of SEG_FORMS */
	uint32_t nforms, nchunks;
	const uint8_t *ids, *off, *first;
	uint64_t *where; /* by form: (chunk << 16 | offset) + 1; 0: it does not occur.  NULL until many forms were looked up */
	uint32_t asked;
	struct aur_snap_chunk {
		const uint8_t *p;
		uint32_t n;
	} *chunk; /* chunks of postings that have been verified; NULL: not read yet */
	uint8_t *sound; /* bits of the forms whose list was read through; NULL: none */
	const uint8_t *hashes; /* payload of SEG_IDS */
	const uint8_t *lengths;
	const uint8_t *dir;
	uint32_t nblk, near; /* near: the block that was read last */
	uint32_t near_chunk; /* the chunk of postings that was read last in their order */
	const uint8_t **blk;
	aur_column *col; /* width 0: not read yet; 255: there is none */
	uint32_t ncol;
};

struct aur_snapshot {
	aur_store *store;
	MDB_txn *txn;
	uint64_t commit;
	aur_totals totals; /* commit 0: not counted yet, as counting reads all replaced contributions */
	uint32_t nforms, nsegs, ndocs, nfields, nlabels, has_deleted;
	uint32_t near; /* the segment that was asked for last */
	struct aur_snap_seg *seg;
	uint32_t nlayers, dlayer;
	char *layer[AUR_MAX_LAYERS];
	const uint8_t **formrec; /* records of the dictionary that have been verified */
	size_t *formrec_n;
	struct aur_snap_written {
		const char *p;
		uint32_t n;
		uint8_t flags, glue;
	} *written; /* by form; allocated when a text is first read; p NULL: not looked up yet */
	const uint8_t *map;  /* where the data file is mapped, see aur_page_map; NULL: not a pass, see aur_snapshot_pass */
	struct aur_snap_copy { /* a large record that was read in a pass */
		aur_buf b;
		const uint8_t *p; /* its payload; NULL: none */
		size_t n;
		uint32_t seg, part;
	} block, chunk; /* contributions, postings */
	aur_arena text; /* layer values that had to be assembled, and names; valid until close */
	aur_str *field;
	uint32_t *fvalues;
	aur_str **layers; /* by form: its values, in `text`; NULL: not parsed yet.  NULL until one is parsed */
	struct { /* where the last search for hits ended: the next one mostly continues there */
		const uint8_t *p, *end;
		uint32_t seg, block, at;
		uint32_t bare, bare_end; /* [bare, bare_end): contributions that are known to have none */
	} hits;
	aur_str *label; /* 4 per label */
	uint32_t *label_theme; /* by label: index in themes (sorted) */
	uint32_t *theme_disk;  /* by theme: its number on disk; AUR_NONE if it is only the parent of others */
	aur_str *theme;
	uint32_t nthemes;
	int labels_loaded;
	struct aur_snap_session {
		aur_str id;
		aur_str *kv;
		uint32_t n;
	} *sess;
	uint32_t nsess;
	int sess_loaded;
	aur_str *prop;
	uint32_t nprop;
	int prop_loaded;
	char *meta[8];
	const char *meta_name[8];
};

/* The segment of a contribution; mostly that of the one before. */
static inline uint32_t aur_snapshot_seg_of(aur_snapshot *s, uint32_t doc)
{
	uint32_t a = 0, z = s->nsegs;
	if (doc - s->seg[s->near].info.base < s->seg[s->near].info.n)
		return s->near;
	while (z - a > 1) {
		uint32_t mid = a + (z - a) / 2;
		if (s->seg[mid].info.base <= doc)
			a = mid;
		else
			z = mid;
	}
	return s->near = a;
}

/* Looks up the bytes of a form and how it joins its neighbours, in s->written, which must be allocated; NULL if it
 * is damaged. */
const struct aur_snap_written *aur_snapshot_form_written(aur_snapshot *s, uint32_t form);

/* Parses pairs of strings, as properties and files are stored; *out, to be freed, points into p.  Returns the number of pairs. */
uint32_t aur_pairs_parse(const uint8_t *p, size_t n, aur_str **out);

/* ---- for check and compaction ---------------------------------------------------------------- */
/* Makes a snapshot of an open store, which it closes, also on failure.  aur_snapshot_txn: its transaction. */
aur_code aur_snapshot_on(aur_store *store, aur_snapshot **out, aur_error *err);
MDB_txn *aur_snapshot_txn(aur_snapshot *s);
uint32_t aur_snapshot_has_deleted(const aur_snapshot *s); /* according to the corpus's own count */
uint64_t aur_snapshot_seg_annotators(const aur_snapshot *s, uint32_t seg);
/* From now on the contributions whose bits are set count as replaced, in this snapshot alone.  Comes before any of them is read. */
void aur_snapshot_less(aur_snapshot *s, const uint8_t *bits);
/* The parsed record of a contribution; valid until close. */
aur_code aur_snapshot_record(aur_snapshot *s, uint32_t doc, aur_fwd *f, aur_error *err);
/* The stored record of a form; NULL if it is damaged. */
const uint8_t *aur_snapshot_form_bytes(aur_snapshot *s, uint32_t form, size_t *n);
/* Counts the contributions that contain any of some forms; reusable over one snapshot. */
typedef struct aur_holders {
	aur_snapshot *s;
	uint32_t *docs; /* of one form in one segment */
	uint8_t *bits;
} aur_holders;
void aur_holders_open(aur_holders *h, aur_snapshot *s);
/* With `replaced`, counts replaced contributions too.  After an error h must not be used again. */
aur_code aur_holders_count(aur_holders *h, const uint32_t *ids, uint32_t n, int replaced, uint32_t *count, aur_error *err);
void aur_holders_free(aur_holders *h);
#endif
