/* SPDX-License-Identifier: Apache-2.0 */
/* Re-theming: replaces all theme hits of a corpus in one commit.  Until then readers see the old hits, and if the process is
 * killed, these stay.  Labels are renumbered too, in the order of their first hit, so that nothing is left of entries that no
 * longer find anything. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/folder.h"
#include "index/write.h"

struct aur_retheming {
	aur_store *store;
	MDB_txn *txn;
	struct rt_seg {
		uint32_t base, n;
	} *seg;
	uint32_t nsegs, at; /* at: the segment that is open */
	aur_hits_out *out;
	aur_strtab labels;
	aur_arena names;
	aur_buf label_rec;
	uint32_t nlabels;
	aur_themes themes;
	size_t room;
};

static const char *const names[3] = {"pipeline", "fingerprints", "annotators"};

static void forget(aur_retheming *r)
{
	if (r->out)
		aur_hits_end(r->out, NULL, NULL);
	r->out = NULL;
	if (r->txn)
		mdb_txn_abort(r->txn);
	r->txn = NULL;
	aur_strtab_free(&r->labels);
	aur_arena_free(&r->names);
	aur_themes_free(&r->themes);
	r->label_rec.n = 0;
	r->nlabels = 0;
	free(r->seg);
	r->seg = NULL;
	r->nsegs = r->at = 0;
}

aur_code aur_retheming_open(const char *dir, aur_retheming **out, aur_error *err)
{
	aur_retheming *r = aur_xcalloc(1, sizeof *r);
	aur_code c = aur_store_open(dir, AUR_STORE_WRITE, &r->store, err);
	if (c)
		aur_retheming_close(r);
	else
		*out = r;
	return c;
}

void aur_retheming_close(aur_retheming *r)
{
	if (!r)
		return;
	forget(r);
	aur_buf_free(&r->label_rec);
	aur_store_close(r->store);
	free(r);
}

int aur_retheming_full(const aur_retheming *r)
{
	return r->store->full;
}

/* Reads the first contribution and the size of each segment. */
static aur_code segments(aur_retheming *r, aur_error *err)
{
	const uint8_t *p;
	size_t n;
	uint8_t k[SEG_KEY];
	struct aur_held x;
	aur_code c = aur_held_get(r->store, r->txn, &x, err);
	r->nsegs = x.segments;
	r->seg = aur_xcalloc((size_t)r->nsegs + 1, sizeof *r->seg);
	for (uint32_t i = 0; i < r->nsegs && !c; i++) {
		c = aur_rec_must(r->store, r->txn, DB_SEG, seg_key(k, i, SEG_HEAD, 0), &p, &n, err);
		if (!c && n < SEG_HEAD_BYTES)
			c = aur_rec_damaged(r->store, "segments", err);
		if (!c)
			r->seg[i] = (struct rt_seg){aur_get32(p), aur_get32(p + 4)};
	}
	return c;
}

aur_code aur_retheming_begin(aur_retheming *r, aur_error *err)
{
	forget(r);
	int small = !r->room && getenv("AURICULE_TEST_MAP"); /* tests: no room at first, so that it must begin again */
	r->room = r->room ? r->room * 2 : small ? 1 << 12 : (size_t)256 << 20;
	r->store->full = 0;
	aur_code c = aur_store_reserve(r->store, small ? 0 : r->room, err);
	if (c)
		return c;
	int rc = mdb_txn_begin(r->store->env, NULL, 0, &r->txn);
	if (rc)
		return aur_store_error(r->store, rc, _("begin"), err);
	c = segments(r, err);
	if (!c && (rc = mdb_drop(r->txn, r->store->db[DB_HITS], 0))) {
		r->store->full |= rc == MDB_MAP_FULL;
		c = aur_store_error(r->store, rc, _("write"), err);
	}
	return c;
}

uint32_t aur_retheming_label(aur_retheming *r, const aur_label *l)
{
	uint32_t id;
	if (aur_label_number(&r->labels, &r->names, &r->label_rec, r->nlabels, l, &id)) {
		r->nlabels++;
		aur_themes_read(&r->themes, r->label_rec.p, r->label_rec.n);
	}
	return id;
}

static aur_code segment_end(aur_retheming *r, aur_error *err)
{
	aur_code c = r->out ? aur_hits_end(r->out, r->txn, err) : AURE_OK;
	r->out = NULL;
	return c;
}

aur_code aur_retheming_doc(aur_retheming *r, uint32_t doc, const aur_hit_rec *hit, uint32_t n, aur_error *err)
{
	aur_code c = AURE_OK;
	while (!c && r->at < r->nsegs && doc - r->seg[r->at].base >= r->seg[r->at].n) {
		c = segment_end(r, err);
		r->at++;
	}
	if (c || r->at == r->nsegs)
		return c ? c : aur_fail(err, AURE_BUG, _("there is no contribution number %u"), doc);
	if (!r->out)
		r->out = aur_hits_begin(r->store, &r->themes, r->at);
	return aur_hits_doc(r->out, r->txn, doc - r->seg[r->at].base, hit, n, err);
}

/* Writes the annotators into the heads of the segments, and the labels, their number and the pipeline into DB_META. */
static aur_code heads(aur_retheming *r, const aur_setup *s, aur_error *err)
{
	const char *const meta[3] = {s->pipeline, s->fingerprints, s->annotators};
	const uint64_t hash = aur_stored_hash(s->annotators, strlen(s->annotators), 4);
	const uint8_t *p;
	size_t n;
	uint8_t k[SEG_KEY], head[64];
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < r->nsegs && !c; i++) {
		MDB_val key = seg_key(k, i, SEG_HEAD, 0);
		c = aur_rec_must(r->store, r->txn, DB_SEG, key, &p, &n, err);
		if (c || n < SEG_HEAD_BYTES || n > sizeof head)
			return c ? c : aur_rec_damaged(r->store, "segments", err);
		memcpy(head, p, n);
		aur_set64(head + 24, hash);
		c = aur_rec_put(r->store, r->txn, DB_SEG, key, head, n, 0, err);
	}
	if (!c && r->nsegs) {
		c = aur_rec_must(r->store, r->txn, DB_META, aur_meta_key("counts"), &p, &n, err);
		if (c || n < 24 || n > sizeof head)
			return c ? c : aur_rec_damaged(r->store, "meta", err);
		memcpy(head, p, n);
		aur_set32(head + 16, r->nlabels);
		c = aur_rec_put(r->store, r->txn, DB_META, aur_meta_key("counts"), head, n, 0, err);
	}
	if (!c && r->nlabels)
		c = aur_rec_put(r->store, r->txn, DB_META, aur_meta_key("labels"), r->label_rec.p, r->label_rec.n, 0, err);
	for (int i = 0; i < 3 && !c; i++)
		c = aur_rec_put(r->store, r->txn, DB_META, aur_meta_key(names[i]), meta[i], strlen(meta[i]), 0, err);
	if (!c && !r->nlabels) {
		MDB_val key = aur_meta_key("labels");
		int rc = mdb_del(r->txn, r->store->db[DB_META], &key, NULL);
		if (rc && rc != MDB_NOTFOUND)
			c = aur_store_error(r->store, rc, _("write"), err);
	}
	return c;
}

aur_code aur_retheming_commit(aur_retheming *r, const aur_setup *s, aur_error *err)
{
	aur_code c = segment_end(r, err);
	if (!c)
		c = heads(r, s, err);
	if (!c)
		c = aur_store_ours(r->store, err);
	if (c)
		return c;
	int rc = mdb_txn_commit(r->txn);
	r->txn = NULL;
	r->store->full |= rc == MDB_MAP_FULL;
	if (rc)
		return aur_store_error(r->store, rc, _("commit"), err);
	aur_store_wrote(r->store);
	return AURE_OK;
}
