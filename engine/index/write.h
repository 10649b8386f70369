/* SPDX-License-Identifier: Apache-2.0 */
/* The writer's state between two commits.  Private to this room. */
#ifndef AUR_INDEX_WRITE_H
#define AUR_INDEX_WRITE_H
#include "base/strtab.h"
#include "index/index.h"
#include "index/records.h"

/* Sets *id to the number of a label.  If it is new, that is n: then adds it to the table, whose strings live in `names`, and to the
 * record of labels, and returns 1. */
int aur_label_number(aur_strtab *labels, aur_arena *names, aur_buf *rec, uint32_t n, const aur_label *l, uint32_t *id);

/* A Bloom filter of ids, by their hash: « no » is certain, « yes » is not. */
typedef struct aur_filter {
	uint64_t *bits;
	size_t lines;
	uint64_t n;
} aur_filter;
int aur_filter_full(const aur_filter *f);
void aur_filter_reset(aur_filter *f, uint64_t ids); /* empty, for at least twice as many */
void aur_filter_soon(const aur_filter *f, uint32_t id_hash); /* prefetches the line of an id */
int aur_filter_has(const aur_filter *f, uint32_t id_hash);
int aur_filter_add(aur_filter *f, uint32_t id_hash);  /* returns whether it was there */
void aur_filter_free(aur_filter *f);

typedef struct aur_wform {
	aur_str form;
	uint32_t flags;
	aur_str *layer;
} aur_wform;

/* What is needed of a segment to look up ids: verified once per `read`, as its checksum covers all of it. */
struct aur_seg_ids {
	const uint8_t *p, *deleted; /* SEG_IDS; SEG_DELETED, or NULL */
	uint32_t n, base;
	size_t deleted_bytes;
	uint64_t annotators;
};

struct aur_writer {
	aur_store *store;
	MDB_txn *read; /* transaction for look-ups, see aur_behind_read; NULL until the next look-up */
	uint64_t offered, released; /* contributions so far; and when pages that look-ups met were last released */
	struct aur_seg_ids *ids; /* by segment; valid as long as `read` */
	uint32_t nids;
	const void *sound; /* the last block of records verified, as long as `read`: the next id is mostly in it too */
	struct aur_behind *behind;
	aur_error failed; /* the first failure of a call that cannot return one; stays set */
	uint32_t nlayers, dlayer;
	size_t memory;
	unsigned threads;
	int write_meta, from_nothing; /* from_nothing: the run began with an empty dictionary */
	uint64_t annotators; /* hash of the annotators of this run */
	uint8_t *seen;       /* a bit per earlier contribution that this run found unchanged */
	uint64_t commits;

	/* counts on disk (…0), and including the batch */
	uint32_t nforms0, nforms, nsegs, ndocs, run_first, nfields0, nfields, nlabels0, nlabels;
	uint32_t has_deleted;

	aur_arena arena; /* strings of the batch */
	aur_wform *wform; /* new forms of the batch: nforms - nforms0 entries */
	aur_strtab forms; /* the same, so far as they were looked for: see batch_form */
	uint32_t wform_cap;

	aur_arena lasting; /* names of fields, and labels; lives as long as the writer */
	aur_arena values;  /* texts of values */
	struct aur_wfield {
		aur_str name;
		aur_strtab values;
		aur_str *text;
		uint32_t nvalues0, nvalues, cap; /* text[i] is value nvalues0 + 1 + i: only values that are new in the batch */
		uint32_t *col; /* by contribution of the batch */
		uint32_t colcap;
	} *field;
	uint32_t field_cap;
	aur_strtab labels;
	aur_buf label_rec; /* all labels, as stored */

	/* contributions of the batch */
	uint32_t n, cap;
	uint64_t words;
	size_t ntok;
	struct aur_wdoc {
		size_t tok_end, fwd_end;
		uint32_t hash, nwords;
	} *doc;
	uint32_t *tok;
	size_t tok_cap;
	aur_buf fwd;
	uint32_t *idtab, idmask, idtab_n; /* hash table of ids: contribution + 1; how many contributions of the batch are in it */
	aur_filter known; /* ids of the corpus and of the batch */
	aur_filter kept_words; /* forms committed or set aside, if the corpus was empty when the run began; no bits: not in use */
	struct aur_whit {
		uint32_t doc;
		aur_hit_rec h;
	} *hit;
	size_t nhits, hit_cap;

	aur_buf sess; /* key len, key, …: pending session properties */
	aur_buf props;
	aur_buf sources; /* all sources, as stored */
	size_t last_source; /* where in it the last one begins that was added */
	int source_added, new_sources;
	uint32_t *del; /* contributions that the batch replaces */
	uint32_t ndel, del_cap;
};

/* behind.c: a full batch is set aside, to be written while the next one is filled. */
struct aur_behind *aur_behind_new(void);
void aur_behind_free(struct aur_behind *x);
/* Sets the batch aside and begins a new one; there must be none set aside. */
aur_code aur_behind_put(aur_writer *w, aur_error *err);
/* The batch that was set aside, or NULL; only for the thread that adds. */
aur_writer *aur_behind_batch(const aur_writer *w);
/* Writes it, unless another thread is doing so; may be called by any thread while another one adds. */
void aur_behind_write(aur_writer *w, unsigned threads);
/* Drops it if it has been written, and keeps an error in w->failed.  wait: writes it, or waits until another thread has. */
void aur_behind_settle(aur_writer *w, int wait);
/* Begins (or keeps) a transaction for look-ups, w->read, and locks it; what is found is valid until
 * aur_behind_read_done, which must be called even after an error. */
aur_code aur_behind_read(aur_writer *w, aur_error *err);
void aur_behind_read_done(aur_writer *w);
void aur_behind_read_end(aur_writer *w); /* ends the transaction */
void aur_batch_free(aur_writer *w); /* frees everything in a batch, including the fields */

/* known.c.  _note: records the hash of an id; *known: it may exist already.  _in_batch: is the id in the batch?  _met: see
 * aur_writer_met.  _verdict, if the id may be in the corpus: what becomes of a contribution with this record; *how is left alone if
 * it does not exist, *doc is the one that it would replace. */
aur_code aur_known_note(aur_writer *w, uint32_t hash, int *known, aur_error *err);
int aur_known_in_batch(aur_writer *w, aur_str id, uint32_t hash);
aur_code aur_known_met(aur_writer *w, aur_str id, uint32_t hash, int *met, aur_error *err);
aur_code aur_known_verdict(aur_writer *w, const aur_doc_in *d, uint32_t hash, const uint8_t *rec, size_t len, aur_added *how, uint32_t *doc,
			   aur_error *err);

/* commit.c.  _batch_bytes: estimates the memory of a batch while it is written; _commit_bytes: the room that it
 * needs in the map. */
size_t aur_batch_bytes(const aur_writer *w);
size_t aur_commit_bytes(const aur_writer *w);
/* Writes the batch, all or nothing.  If w->store->full is set, there was not enough room. */
aur_code aur_commit(aur_writer *w, aur_error *err);
/* Queues the strings of a session's or the corpus's property for the next commit. */
void aur_pending_add(aur_buf *b, const aur_str *s, unsigned n);

/* Reads the hits of one contribution; returns the end, or NULL if they are damaged. */
const uint8_t *aur_hits_decode(const uint8_t *p, const uint8_t *end, uint32_t *doc_gap, aur_buf *out);
/* The theme of each label. */
typedef struct aur_themes {
	uint32_t *of, nlabels, cap, n; /* n: themes */
	size_t parsed;
	aur_strtab tab;
	aur_arena names;
} aur_themes;
/* Adds the labels of the record that came after those known already. */
void aur_themes_read(aur_themes *t, const uint8_t *rec, size_t n);
void aur_themes_free(aur_themes *t);
/* Writes the hits of one segment, contribution by contribution in order: records in blocks, and a bitmap per theme and polarity.
 * aur_hits_end frees it; with t = NULL it does not write the rest. */
typedef struct aur_hits_out aur_hits_out;
aur_hits_out *aur_hits_begin(aur_store *store, const aur_themes *themes, uint32_t seg);
aur_code aur_hits_doc(aur_hits_out *o, MDB_txn *t, uint32_t doc, const aur_hit_rec *h, uint32_t n, aur_error *err);
aur_code aur_hits_end(aur_hits_out *o, MDB_txn *t, aur_error *err);
/* Writes all hits of a segment at once. */
aur_code aur_hits_write(aur_writer *w, MDB_txn *t, uint32_t seg, const struct aur_whit *hit, uint64_t n, aur_error *err);
/* Writes the whole batch, and frees its tokens. */
aur_code aur_batch_write(aur_writer *w, MDB_txn *t, aur_error *err);
/* segment_words.c.  _forms: adds the forms that are new in the batch to the dictionary.  _layers: groups them by their value on each
 * layer, and updates the records of these values.  present[0..npresent): the forms that occur in the batch, in order; list: the
 * postings of each, just built; tf: by form, how often it occurs. */
aur_code aur_forms_write(aur_writer *w, MDB_txn *t, aur_error *err);
aur_code aur_layers_write(aur_writer *w, MDB_txn *t, const uint32_t *present, uint32_t npresent, const uint8_t *const *list, const uint32_t *tf,
			  aur_error *err);
/* Appends the members of a stored bitmap as uint32_t, sorted and below ndocs; returns 0 if it is damaged. */
int aur_bitmap_list(const uint8_t *p, size_t n, uint32_t ndocs, aur_buf *out);

/* Strings to sort. */
typedef struct aur_sortkey {
	uint64_t prefix;
	const char *p;
	uint32_t len, id;
} aur_sortkey;
/* Room for n of them, to be freed with free(), and as much again to sort in: those who sort several times meet that memory once. */
aur_sortkey *aur_sortkeys(size_t n);
/* Sorts the first n of `room` bytewise; the sort is stable. */
void aur_sort_strings(aur_sortkey *k, size_t n, size_t room);
/* Are two strings of one sorted array the same?  Equal strings were sorted to the same depth, so their prefixes are
 * equal too, and most others differ in it.  The prefix of a string of at most 8 bytes is the string. */
static inline int aur_sortkey_same(const aur_sortkey *a, const aur_sortkey *b)
{
	return a->prefix == b->prefix && a->len == b->len && (a->len <= sizeof a->prefix || !memcmp(a->p, b->p, a->len));
}
/* Sorts entries (hash << 32 | number), given in ascending order of number, by hash, then number. */
void aur_sort_hashes(uint64_t *v, size_t n);
#endif
