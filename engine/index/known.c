/* SPDX-License-Identifier: Apache-2.0 */
/* Does a contribution exist already, in the corpus or in the batch? */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/forward.h"
#include "index/write.h"

/* A contribution that exists: its place, its record, and the annotators of its segment (hash). */
struct there {
	uint32_t doc, seg, local;
	const uint8_t *rec, *end;
	uint64_t annotators;
};

static aur_code ids_of(aur_writer *w, uint32_t seg, aur_error *err)
{
	uint8_t k[SEG_KEY];
	struct aur_seg_ids x = {0};
	const uint8_t *head;
	size_t bytes;
	if (w->nids < w->nsegs) {
		w->ids = aur_xrealloc(w->ids, w->nsegs * sizeof *w->ids);
		memset(w->ids + w->nids, 0, (w->nsegs - w->nids) * sizeof *w->ids);
		w->nids = w->nsegs;
	}
	if (w->ids[seg].p)
		return AURE_OK;
	aur_code c = aur_rec_get(w->store, w->read, DB_SEG, seg_key(k, seg, SEG_DELETED, 0), &x.deleted, &x.deleted_bytes, err);
	if (c && c != AURE_NOTFOUND)
		return c;
	c = aur_rec_must(w->store, w->read, DB_SEG, seg_key(k, seg, SEG_HEAD, 0), &head, &bytes, err);
	if (c || bytes < SEG_HEAD_BYTES)
		return c ? c : aur_rec_damaged(w->store, "segments", err);
	x.base = aur_get32(head);
	x.annotators = aur_get64(head + 24);
	c = aur_rec_must(w->store, w->read, DB_SEG, seg_key(k, seg, SEG_IDS, 0), &x.p, &bytes, err);
	if (c)
		return c;
	x.n = (uint32_t)(bytes / 8);
	aur_store_trim_over(w->store, AUR_MAPPED); /* the whole list was met, for its checksum */
	w->ids[seg] = x;
	return AURE_OK;
}

/* Fills in t->rec: the block that holds a contribution is the last that starts at or before it. */
static aur_code record_of(aur_writer *w, struct there *t, aur_error *err)
{
	uint8_t k[SEG_KEY], want[SEG_KEY];
	MDB_cursor *cur;
	MDB_val bk = seg_key(k, t->seg, SEG_TEXT, t->local), bv;
	const uint8_t *p;
	size_t n;
	int rc = mdb_cursor_open(w->read, w->store->db[DB_SEG], &cur);
	if (rc)
		return aur_store_error(w->store, rc, _("read"), err);
	seg_key(want, t->seg, SEG_TEXT, t->local);
	rc = mdb_cursor_get(cur, &bk, &bv, MDB_SET_RANGE);
	if (rc || bk.mv_size != SEG_KEY || memcmp(bk.mv_data, want, SEG_KEY))
		rc = mdb_cursor_get(cur, &bk, &bv, MDB_PREV);
	mdb_cursor_close(cur);
	if (rc || bk.mv_size != SEG_KEY || memcmp(bk.mv_data, want, 5))
		return aur_rec_damaged(w->store, "segments", err);
	if (bv.mv_data == w->sound) {
		p = (uint8_t *)bv.mv_data + REC_HEAD;
		n = bv.mv_size - REC_HEAD;
	} else {
		aur_code c = aur_rec_check(w->store, DB_SEG, bk, bv, &p, &n, err);
		if (c)
			return c;
		w->sound = bv.mv_data;
	}
	uint32_t first = aur_getbe32((uint8_t *)bk.mv_data + 5), i = t->local - first, cnt = n >= 8 ? aur_get32(p) : 0;
	if (i >= cnt || n < 8 + 4 * (uint64_t)cnt)
		return aur_rec_damaged(w->store, "segments", err);
	const uint8_t *base = p + 8 + 4 * (size_t)cnt;
	uint32_t from = aur_get32(p + 4 + 4 * (size_t)i), to = aur_get32(p + 8 + 4 * (size_t)i);
	if (from > to || to > n - 8 - 4 * (size_t)cnt)
		return aur_rec_damaged(w->store, "segments", err);
	t->rec = base + from;
	t->end = base + to;
	return AURE_OK;
}

/* The number of segments that are surely committed: all but that of a batch set aside. */
static uint32_t segments(const aur_writer *w)
{
	const aur_writer *before = aur_behind_batch(w);
	return w->nsegs - (before && before->n);
}

static int of_this_run(const aur_writer *w, uint32_t doc)
{
	return doc >= w->run_first || (w->seen && (w->seen[doc >> 3] >> (doc & 7) & 1));
}

/* Finds an id in the committed segments, newest first; with this_run, only among contributions that this run added
 * or found unchanged.  t->doc stays AUR_NONE if there is none. */
static aur_code find_committed(aur_writer *w, aur_str id, uint32_t hash, int this_run, struct there *t, aur_error *err)
{
	aur_code c = AURE_OK;
	*t = (struct there){.doc = AUR_NONE};
	for (uint32_t s = segments(w); !c && s-- > 0;) {
		c = ids_of(w, s, err);
		if (c)
			return c;
		const struct aur_seg_ids *g = &w->ids[s];
		for (uint32_t i = aur_ids_from(g->p, g->n, hash); i < g->n && aur_get32(g->p + 8 * (size_t)i) == hash; i++) {
			aur_fwd f;
			uint32_t local = aur_get32(g->p + 8 * (size_t)i + 4);
			if (local >> 3 < g->deleted_bytes && (g->deleted[local >> 3] >> (local & 7) & 1))
				continue;
			if (this_run && !of_this_run(w, g->base + local))
				continue;
			t->seg = s;
			t->local = local;
			c = record_of(w, t, err);
			if (c)
				return c;
			if (!aur_fwd_open(&f, t->rec, t->end))
				return aur_rec_damaged(w->store, "segments", err);
			if (f.id_len != id.len || memcmp(f.id, id.ptr, id.len))
				continue;
			t->doc = g->base + local;
			t->annotators = g->annotators;
			return AURE_OK;
		}
	}
	return c;
}

static int same_fields(aur_writer *w, const aur_doc_in *d, const struct there *t)
{
	uint32_t *now = aur_xcalloc((size_t)w->nfields + 1, sizeof *now);
	int same = 1;
	for (uint32_t i = 0; i < d->nfields; i++)
		now[d->field[i]] = d->value[i];
	for (uint32_t f = 0; f < w->nfields && same; f++) {
		uint32_t then = 0;
		uint8_t k[SEG_KEY];
		MDB_val v, key = seg_key(k, t->seg, SEG_COLUMN, f);
		if (!mdb_get(w->read, w->store->db[DB_SEG], &key, &v)) {
			/* no checksum: if damaged, it counts as changed */
			const uint8_t *p = (uint8_t *)v.mv_data + REC_HEAD;
			uint64_t at = 1 + (uint64_t)t->local * (v.mv_size > REC_HEAD ? p[0] : 0);
			same = v.mv_size > REC_HEAD && (p[0] == 1 || p[0] == 2 || p[0] == 4) && at + p[0] <= v.mv_size - REC_HEAD;
			then = !same ? 0 : p[0] == 1 ? p[at] : p[0] == 2 ? aur_get16(p + at) : aur_get32(p + at);
		}
		same &= now[f] == then;
	}
	free(now);
	return same;
}

/* Rebuilds the filter if it is full, then adds the id.  *known: the filter had it.  Most ids are new, and need no
 * other look-up. */
aur_code aur_known_note(aur_writer *w, uint32_t hash, int *known, aur_error *err)
{
	w->offered++;
	if (aur_filter_full(&w->known)) {
		const aur_writer *before = aur_behind_batch(w);
		aur_filter_reset(&w->known, (uint64_t)w->ndocs + w->n);
		if (segments(w)) {
			aur_code c = aur_behind_read(w, err);
			for (uint32_t s = 0; s < segments(w) && !c; s++) {
				c = ids_of(w, s, err);
				for (uint32_t i = 0; !c && i < w->ids[s].n; i++)
					aur_filter_add(&w->known, aur_get32(w->ids[s].p + 8 * (size_t)i));
			}
			aur_behind_read_done(w);
			if (c)
				return c;
		}
		for (uint32_t i = 0; before && i < before->n; i++)
			aur_filter_add(&w->known, before->doc[i].hash);
		for (uint32_t i = 0; i < w->n; i++)
			aur_filter_add(&w->known, w->doc[i].hash);
	}
	*known = aur_filter_add(&w->known, hash);
	return AURE_OK;
}

int aur_known_in_batch(aur_writer *w, aur_str id, uint32_t hash)
{
	if (!w->idtab || w->n * 2 > w->idmask) {
		free(w->idtab);
		w->idmask = w->idmask ? w->idmask : 1023;
		while (w->n * 2 > w->idmask)
			w->idmask = w->idmask * 2 + 1;
		w->idtab = aur_xcalloc((size_t)w->idmask + 1, sizeof *w->idtab);
		w->idtab_n = 0;
	}
	for (; w->idtab_n < w->n; w->idtab_n++) {
		uint32_t j = w->doc[w->idtab_n].hash & w->idmask;
		while (w->idtab[j])
			j = (j + 1) & w->idmask;
		w->idtab[j] = w->idtab_n + 1;
	}
	for (uint32_t slot = hash & w->idmask; w->idtab[slot]; slot = (slot + 1) & w->idmask) {
		uint32_t i = w->idtab[slot] - 1;
		if (w->doc[i].hash != hash)
			continue;
		const uint8_t *r = w->fwd.p + (i ? w->doc[i - 1].fwd_end : 0);
		uint32_t len = aur_vget(&r);
		if (len == id.len && !memcmp(r, id.ptr, len))
			return 1;
	}
	return 0;
}

/* What becomes of a contribution whose id exists as *t. */
static aur_added verdict(aur_writer *w, const aur_doc_in *d, const struct there *t, const uint8_t *rec, size_t len)
{
	if (of_this_run(w, t->doc))
		return AUR_DUPLICATE;
	if (t->annotators != w->annotators || (size_t)(t->end - t->rec) != len || memcmp(t->rec, rec, len) || !same_fields(w, d, t))
		return AUR_REPLACED;
	if (!w->seen) /* so that the same id later in this run is a duplicate, even with other content */
		w->seen = aur_xcalloc(w->run_first / 8 + 1, 1);
	w->seen[t->doc >> 3] |= (uint8_t)(1u << (t->doc & 7));
	return AUR_UNCHANGED;
}

aur_code aur_known_verdict(aur_writer *w, const aur_doc_in *d, uint32_t hash, const uint8_t *rec, size_t len, aur_added *how, uint32_t *doc,
			   aur_error *err)
{
	struct there t;
	if (!segments(w))
		return AURE_OK;
	aur_code c = aur_behind_read(w, err);
	if (!c)
		c = find_committed(w, d->id, hash, 0, &t, err);
	if (!c && t.doc != AUR_NONE) {
		*doc = t.doc;
		*how = verdict(w, d, &t, rec, len);
	}
	aur_behind_read_done(w);
	return c;
}

aur_code aur_known_met(aur_writer *w, aur_str id, uint32_t hash, int *met, aur_error *err)
{
	struct there t;
	aur_writer *before = aur_behind_batch(w);
	*met = 0;
	if (!aur_filter_has(&w->known, hash))
		return AURE_OK;
	*met = aur_known_in_batch(w, id, hash) || (before && aur_known_in_batch(before, id, hash));
	if (*met || !segments(w) || (!w->seen && w->ndocs == w->run_first))
		return AURE_OK;
	aur_code c = aur_behind_read(w, err);
	if (!c)
		c = find_committed(w, id, hash, 1, &t, err);
	*met = !c && t.doc != AUR_NONE;
	w->offered += *met != 0; /* refused, it is not noted */
	aur_behind_read_done(w);
	return c;
}
