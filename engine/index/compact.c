/* SPDX-License-Identifier: Apache-2.0 */
/* Compaction: the corpus written anew, in one segment, without what was replaced.
 *
 * Forms get new numbers, the most frequent ones the shortest; forms and values that nobody uses any more are left out; contributions
 * keep their order, their texts stay byte for byte.  Everything is streamed from the old generation into the new one, which nobody
 * sees until aur_store_swap: a kill at any moment leaves the old one as it was.
 *
 * Memory: what a batch may take, plus a few bytes per form and per contribution of a segment; segments are cut so that this fits. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include "base/hash.h"
#include "base/intl.h"
#include "index/folder.h"
#include "index/postings.h"
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

/* Segments [a, z) of the old generation: one of the new. */
struct group {
	uint32_t a, z, n; /* contributions that stay */
	uint32_t **map;   /* by segment: new number of each contribution, NULL where they only move by base */
	uint32_t *base;
};

static aur_code put(struct compact *k, enum aur_db db, MDB_val key, const void *p, size_t n, unsigned flags, aur_error *err)
{
	aur_code c = aur_rec_put(k->next, k->to, db, key, p, n, flags, err);
	k->put += n + 64;
	if (c || k->put < k->memory / 4)
		return c;
	/* Nobody reads it yet, so commits here only bound the memory. */
	int rc = mdb_txn_commit(k->to);
	k->to = NULL;
	k->put = 0;
	if (rc)
		return aur_store_error(k->next, rc, _("commit"), err);
	aur_store_trim(k->old);
	c = aur_store_reserve(k->next, k->memory * 2, err);
	rc = c ? 0 : mdb_txn_begin(k->next->env, NULL, 0, &k->to);
	return rc ? aur_store_error(k->next, rc, _("begin"), err) : c;
}

static aur_code step(struct compact *k, double part, aur_error *err)
{
	if (part > k->done)
		k->done = part;
	if (k->go_on && !k->go_on(k->ctx, k->done))
		return aur_fail(err, AURE_CANCELLED, _("stopped on request; the corpus %s is as it was"), k->old->dir);
	return AURE_OK;
}

/* ---- what stays ------------------------------------------------------------------------------ */
static int by_frequency(const void *a, const void *b, void *tfs)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	const uint64_t *tf = tfs;
	if (tf[x] != tf[y])
		return tf[x] > tf[y] ? -1 : 1;
	return (x > y) - (x < y);
}

static aur_code survey(struct compact *k, aur_error *err)
{
	aur_code c = AURE_OK;
	aur_doc d = {0};
	k->tf = aur_xcalloc(k->t.forms, sizeof *k->tf);
	k->order = aur_xmalloc((size_t)k->t.forms * sizeof *k->order);
	k->new_of = aur_xmalloc((size_t)k->t.forms * sizeof *k->new_of);
	k->used = aur_xcalloc(k->t.fields, sizeof *k->used);
	for (uint32_t f = 0; f < k->t.fields; f++)
		k->used[f] = aur_xcalloc(aur_snapshot_value_count(k->s, f) / 8 + 1, 1);
	for (uint32_t g = 0; g < k->t.segments && !c; g++) {
		const aur_seg_info *info = aur_snapshot_seg(k->s, g);
		uint32_t n = aur_snapshot_seg_forms(k->s, g);
		for (uint32_t i = 0; i < n && !c; i++) {
			uint32_t id = aur_snapshot_seg_form_at(k->s, g, i);
			const uint8_t *list;
			aur_post p;
			c = id < k->t.forms ? aur_snapshot_postings(k->s, g, id, &list, err) : aur_rec_damaged(k->old, "segments", err);
			if (c || !list)
				continue;
			aur_post_open(&p, list);
			k->tf[id] += p.tf;
		}
		for (uint32_t i = 0; info->deleted && i < info->n && !c; i++)
			if (aur_seg_is_deleted(info, i)) {
				c = aur_snapshot_doc_forms(k->s, info->base + i, &d, err);
				for (uint32_t t = 0; t < d.ntok && !c; t++) {
					if (d.form[t] >= k->t.forms || !k->tf[d.form[t]])
						c = aur_rec_damaged(k->old, "segments", err);
					else
						k->tf[d.form[t]]--;
				}
			}
		for (uint32_t f = 0; f < k->t.fields && !c; f++) {
			aur_column col;
			uint32_t most = aur_snapshot_value_count(k->s, f);
			c = aur_snapshot_column(k->s, g, f, &col, err);
			for (uint32_t i = 0; !c && col.p && i < info->n; i++) {
				uint32_t v = aur_column_at(col, i);
				if (v > most)
					c = aur_rec_damaged(k->old, "segments", err);
				else if (!aur_seg_is_deleted(info, i))
					k->used[f][v >> 3] |= (uint8_t)(1u << (v & 7));
			}
		}
		if (!c)
			c = step(k, 0.1 * (g + 1) / k->t.segments, err);
	}
	aur_doc_free(&d);
	for (uint32_t id = 0; id < k->t.forms; id++) {
		k->new_of[id] = AUR_NONE;
		if (k->tf[id])
			k->order[k->nforms++] = id;
	}
	if (k->nforms)
		qsort_r(k->order, k->nforms, sizeof *k->order, by_frequency, k->tf);
	for (uint32_t i = 0; i < k->nforms; i++)
		k->new_of[k->order[i]] = i;
	return c;
}

/* New numbers of the values of a field: in the same order, without gaps. */
static uint32_t *value_map(struct compact *k, uint32_t f, uint32_t *count)
{
	uint32_t n = aur_snapshot_value_count(k->s, f), next = 0, *m = aur_xmalloc(((size_t)n + 1) * sizeof *m);
	m[0] = 0;
	for (uint32_t v = 1; v <= n; v++)
		m[v] = k->used[f][v >> 3] >> (v & 7) & 1 ? ++next : 0;
	*count = next;
	return m;
}

/* ---- what stands once ------------------------------------------------------------------------ */
static aur_code as_it_is(struct compact *k, aur_error *err)
{
	static const char *const names[] = {"layers", "pipeline", "fingerprints", "annotators", "labels", "properties", "sources"};
	aur_code c = AURE_OK;
	const uint8_t *p;
	size_t n;
	for (unsigned i = 0; i < sizeof names / sizeof *names && !c; i++) {
		MDB_val key = {strlen(names[i]), (void *)(uintptr_t)names[i]};
		c = aur_rec_get(k->old, k->from, DB_META, key, &p, &n, err);
		if (!c && i == 4)
			aur_themes_read(&k->themes, p, n);
		c = c == AURE_NOTFOUND ? AURE_OK : c ? c : put(k, DB_META, key, p, n, 0, err);
	}
	MDB_cursor *cur;
	MDB_val key, v;
	int rc = c ? 0 : mdb_cursor_open(k->from, k->old->db[DB_SESSIONS], &cur);
	if (c || rc)
		return c ? c : aur_store_error(k->old, rc, _("read"), err);
	for (rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc && !c; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT)) {
		c = aur_rec_check(k->old, DB_SESSIONS, key, v, &p, &n, err);
		if (!c)
			c = put(k, DB_SESSIONS, key, p, n, MDB_APPEND, err);
	}
	mdb_cursor_close(cur);
	return c;
}

static aur_code values(struct compact *k, aur_error *err)
{
	aur_code c = AURE_OK;
	uint32_t *map = NULL, at = AUR_NONE, count;
	uint8_t kb[9], v4[4];
	aur_buf b = {0};
	for (uint32_t f = 0; f < k->t.fields && !c; f++) {
		aur_str name = aur_snapshot_field_name(k->s, f);
		free(value_map(k, f, &count));
		aur_set32(v4, count);
		b.n = 0;
		aur_buf_put(&b, v4, 4);
		aur_buf_put(&b, name.ptr, name.len);
		aur_setbe32(kb, f);
		c = put(k, DB_FIELDS, (MDB_val){4, kb}, b.p, b.n, MDB_APPEND, err);
	}
	aur_buf_free(&b);
	MDB_cursor *cur;
	MDB_val key, v;
	int rc = c ? 0 : mdb_cursor_open(k->from, k->old->db[DB_VALUES], &cur);
	if (c || rc)
		return c ? c : aur_store_error(k->old, rc, _("read"), err);
	/* all texts to numbers first, then all numbers to texts, each by field */
	for (rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc && !c; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT)) {
		const uint8_t *kp = key.mv_data, *p;
		size_t n;
		c = aur_rec_check(k->old, DB_VALUES, key, v, &p, &n, err);
		if (c)
			break;
		uint32_t f = key.mv_size >= 5 ? aur_getbe32(kp + 1) : AUR_NONE;
		if (f >= k->t.fields || (kp[0] == 'i' && n != 4) || (kp[0] == 'v' && key.mv_size != 9)) {
			c = aur_rec_damaged(k->old, "values", err);
			break;
		}
		if (f != at) {
			free(map);
			map = value_map(k, f, &count);
			at = f;
		}
		uint32_t old = kp[0] == 'i' ? aur_get32(p) : aur_getbe32(kp + 5);
		if (old > aur_snapshot_value_count(k->s, f) || !map[old])
			continue;
		if (kp[0] == 'i') {
			aur_set32(v4, map[old]);
			c = put(k, DB_VALUES, key, v4, 4, MDB_APPEND, err);
		} else {
			memcpy(kb, kp, 5);
			aur_setbe32(kb + 5, map[old]);
			c = put(k, DB_VALUES, (MDB_val){9, kb}, p, n, MDB_APPEND, err);
		}
	}
	mdb_cursor_close(cur);
	free(map);
	return c;
}

/* ---- dictionary ------------------------------------------------------------------------------ */
static aur_code dictionary(struct compact *k, aur_error *err)
{
	aur_code c = AURE_OK;
	aur_buf b = {0};
	uint8_t kb[4];
	for (uint32_t id = 0; id < k->nforms && !c;) {
		uint32_t first = id;
		aur_setbe32(kb, first / FORM_CHUNK);
		b.n = 0;
		aur_buf_room(&b, 4 * FORM_CHUNK);
		memset(b.p, 0, 4 * FORM_CHUNK);
		b.n = 4 * FORM_CHUNK;
		for (; id < k->nforms && id - first < FORM_CHUNK && !c; id++) {
			size_t n;
			const uint8_t *p = aur_snapshot_form_bytes(k->s, k->order[id], &n);
			if (!p) {
				c = aur_rec_damaged(k->old, "formrec", err);
				break;
			}
			aur_set32(b.p + 4 * (id - first), (uint32_t)b.n);
			aur_buf_put(&b, p, n);
		}
		if (!c)
			c = put(k, DB_FORMREC, (MDB_val){4, kb}, b.p, b.n, MDB_APPEND, err);
	}
	aur_buf_free(&b);
	MDB_cursor *cur;
	MDB_val key, v;
	int rc = c ? 0 : mdb_cursor_open(k->from, k->old->db[DB_FORMS], &cur);
	if (c || rc)
		return c ? c : aur_store_error(k->old, rc, _("read"), err);
	for (rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc && !c; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT)) {
		const uint8_t *p;
		size_t n;
		c = aur_rec_check(k->old, DB_FORMS, key, v, &p, &n, err);
		if (!c && (n != 4 || aur_get32(p) >= k->t.forms))
			c = aur_rec_damaged(k->old, "forms", err);
		if (!c && k->new_of[aur_get32(p)] != AUR_NONE) {
			aur_set32(kb, k->new_of[aur_get32(p)]);
			c = put(k, DB_FORMS, key, kb, 4, MDB_APPEND, err);
		}
	}
	mdb_cursor_close(cur);
	return c;
}

/* Contributions that stay and hold any of these (old) forms. */
static aur_code count_docs(struct compact *k, const uint32_t *ids, uint32_t n, uint32_t *scratch, uint8_t *bits, uint32_t *docs,
			   aur_error *err)
{
	*docs = 0;
	for (uint32_t g = 0; g < k->t.segments; g++) {
		const aur_seg_info *info = aur_snapshot_seg(k->s, g);
		for (int pass = 0; pass < 2; pass++) /* mark and count, then wipe */
			for (uint32_t i = 0; i < n; i++) {
				const uint8_t *list;
				aur_post p;
				aur_code c = aur_snapshot_postings(k->s, g, ids[i], &list, err);
				if (c)
					return c;
				if (!list)
					continue;
				aur_post_open(&p, list);
				uint32_t m = aur_post_docs(&p, 0, scratch);
				for (uint32_t d = 0; d < m; d++) {
					uint32_t doc = scratch[d];
					if (doc >= info->n)
						return aur_rec_damaged(k->old, "segments", err);
					if (pass)
						bits[doc >> 3] = 0;
					else if (!(bits[doc >> 3] >> (doc & 7) & 1) && !aur_seg_is_deleted(info, doc))
						++*docs;
					if (!pass)
						bits[doc >> 3] |= (uint8_t)(1u << (doc & 7));
				}
			}
	}
	return AURE_OK;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static aur_code layers(struct compact *k, aur_error *err)
{
	aur_code c = AURE_OK;
	uint32_t most = 1, *scratch, *old = NULL, *ids = NULL, cap = 0, dlayer = aur_snapshot_default_layer(k->s);
	uint64_t seen = 0;
	aur_buf b = {0};
	MDB_cursor *cur;
	MDB_val key, v;
	MDB_stat st;
	for (uint32_t g = 0; g < k->t.segments; g++)
		most = aur_snapshot_seg(k->s, g)->n > most ? aur_snapshot_seg(k->s, g)->n : most;
	scratch = aur_xmalloc((size_t)most * sizeof *scratch);
	uint8_t *bits = aur_xcalloc(most / 8 + 1, 1);
	int rc = mdb_cursor_open(k->from, k->old->db[DB_LAYERS], &cur);
	if (rc) {
		c = aur_store_error(k->old, rc, _("read"), err);
		goto out;
	}
	mdb_stat(k->from, k->old->db[DB_LAYERS], &st);
	for (rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc && !c; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT)) {
		const uint8_t *p, *end;
		size_t n;
		if (++seen % 65536 == 0 && (c = step(k, 0.15 + 0.15 * (double)seen / (double)st.ms_entries, err)))
			break;
		c = aur_rec_check(k->old, DB_LAYERS, key, v, &p, &n, err);
		if (c)
			break;
		end = p + n;
		uint32_t docs = aur_vget_safe(&p, end), m = (aur_vget_safe(&p, end), aur_vget_safe(&p, end)), id = 0, kept = 0;
		uint64_t occ = 0;
		if (!p || m > n) {
			c = aur_rec_damaged(k->old, "layers", err);
			break;
		}
		if (m > cap) {
			cap = m * 2;
			old = aur_xrealloc(old, cap * sizeof *old);
			ids = aur_xrealloc(ids, cap * sizeof *ids);
		}
		for (uint32_t i = 0; i < m && !c; i++) {
			id += aur_vget_safe(&p, end);
			if (!p || id >= k->t.forms)
				c = aur_rec_damaged(k->old, "layers", err);
			else if (k->new_of[id] != AUR_NONE) {
				occ += k->tf[id];
				old[kept] = id;
				ids[kept++] = k->new_of[id];
			}
		}
		if (c || !kept)
			continue;
		if (*(const uint8_t *)key.mv_data != dlayer) {
			docs = 0; /* kept for the default layer alone */
			occ = 0;
		} else if (aur_snapshot_has_deleted(k->s)) {
			c = count_docs(k, old, kept, scratch, bits, &docs, err);
		}
		qsort(ids, kept, sizeof *ids, by_number);
		b.n = 0;
		aur_buf_v(&b, docs);
		aur_buf_v(&b, occ > UINT32_MAX ? UINT32_MAX : (uint32_t)occ);
		aur_buf_v(&b, kept);
		for (uint32_t i = 0; i < kept; i++)
			aur_buf_v(&b, ids[i] - (i ? ids[i - 1] : 0));
		if (!c)
			c = put(k, DB_LAYERS, key, b.p, b.n, MDB_APPEND, err);
	}
	mdb_cursor_close(cur);
out:
	aur_buf_free(&b);
	free(old);
	free(ids);
	free(scratch);
	free(bits);
	return c;
}

/* ---- segments -------------------------------------------------------------------------------- */
static aur_code postings(struct compact *k, const struct group *g, aur_error *err)
{
	aur_code c = AURE_OK;
	uint8_t kb[SEG_KEY];
	aur_post_join j = {0};
	aur_buf chunk = {0}, list = {0}, ids = {0}, off = {0}, first = {0}, table = {0};
	uint32_t most = 1, n = 0, chunks = 0;
	for (uint32_t s = g->a; s < g->z; s++)
		most = aur_snapshot_seg(k->s, s)->n > most ? aur_snapshot_seg(k->s, s)->n : most;
	uint32_t *scratch = aur_xmalloc((size_t)most * sizeof *scratch);
	for (uint32_t id = 0; id < k->nforms && !c; id++) {
		for (uint32_t s = g->a; s < g->z && !c; s++) {
			const uint8_t *l;
			aur_post p;
			c = aur_snapshot_postings(k->s, s, k->order[id], &l, err);
			if (c || !l)
				continue;
			aur_post_open(&p, l);
			aur_post_join_add(&j, &p, g->map[s - g->a], g->base[s - g->a], scratch);
		}
		list.n = 0;
		if (c || !aur_post_join_end(&j, &list))
			continue;
		if (chunk.n && chunk.n + list.n > POST_CHUNK) {
			c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_POST, chunks++), chunk.p, chunk.n, 0, err);
			chunk.n = 0;
		}
		uint8_t x[4];
		if (!chunk.n) {
			aur_set32(x, n);
			aur_buf_put(&first, x, 4);
		}
		aur_set32(x, id);
		aur_buf_put(&ids, x, 4);
		aur_set16(x, (uint32_t)chunk.n);
		aur_buf_put(&off, x, 2);
		aur_buf_put(&chunk, list.p, list.n);
		n++;
		if (!c && id % 8192 == 0)
			c = step(k, 0.3 + 0.3 * id / k->nforms, err);
	}
	if (!c && chunk.n)
		c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_POST, chunks++), chunk.p, chunk.n, 0, err);
	aur_buf_room(&table, 8);
	aur_set32(table.p, n);
	aur_set32(table.p + 4, chunks);
	table.n = 8;
	aur_buf_put(&table, ids.p, ids.n);
	aur_buf_put(&table, off.p, off.n);
	aur_buf_put(&table, first.p, first.n);
	if (!c)
		c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_FORMS, 0), table.p, table.n, 0, err);
	aur_buf *all[] = {&chunk, &list, &ids, &off, &first, &table};
	for (unsigned i = 0; i < 6; i++)
		aur_buf_free(all[i]);
	aur_post_join_free(&j);
	free(scratch);
	return c;
}

static int by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* One block of records: count, offsets, records. */
struct block {
	aur_buf off, rec, all;
	uint32_t first, n;
};

static aur_code block_end(struct compact *k, struct block *b, aur_buf *dir, aur_error *err)
{
	uint8_t kb[SEG_KEY], x[4];
	aur_set32(x, b->first);
	aur_buf_put(dir, x, 4);
	b->all.n = 0;
	aur_set32(x, b->n);
	aur_buf_put(&b->all, x, 4);
	aur_set32(x, 0);
	aur_buf_put(&b->all, x, 4);
	aur_buf_put(&b->all, b->off.p, b->off.n);
	aur_buf_put(&b->all, b->rec.p, b->rec.n);
	aur_code c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_TEXT, b->first), b->all.p, b->all.n, 0, err);
	b->first += b->n;
	b->n = 0;
	b->off.n = b->rec.n = 0;
	return c;
}

static aur_code texts(struct compact *k, const struct group *g, uint64_t *tokens, uint64_t *words, aur_error *err)
{
	aur_code c = AURE_OK;
	uint8_t kb[SEG_KEY], x[4];
	struct block b = {0};
	aur_buf dir = {0}, len = {0}, rec = {0}, num = {0};
	uint64_t *hash = aur_xmalloc((size_t)g->n * sizeof *hash);
	uint32_t no = 0;
	*tokens = *words = 0;
	for (uint32_t s = g->a; s < g->z && !c; s++) {
		const aur_seg_info *info = aur_snapshot_seg(k->s, s);
		for (uint32_t i = 0; i < info->n && !c; i++) {
			aur_fwd f;
			if (aur_seg_is_deleted(info, i))
				continue;
			c = aur_snapshot_record(k->s, info->base + i, &f, err);
			if (c)
				break;
			num.n = 0;
			const uint8_t *p = f.forms;
			for (uint32_t t = 0; t < f.ntok; t++) {
				uint32_t id = aur_vget_safe(&p, f.forms_end);
				if (!p || id >= k->t.forms || k->new_of[id] == AUR_NONE) {
					c = aur_rec_damaged(k->old, "segments", err);
					break;
				}
				aur_buf_v(&num, k->new_of[id]);
			}
			rec.n = 0;
			aur_buf_v(&rec, f.id_len);
			aur_buf_put(&rec, f.id, f.id_len);
			aur_buf_v(&rec, f.text_len);
			aur_buf_v(&rec, f.ntok);
			aur_buf_v(&rec, f.nwords);
			aur_buf_v(&rec, (uint32_t)num.n);
			aur_buf_put(&rec, num.p, num.n);
			aur_buf_put(&rec, f.side, (size_t)(f.end - f.side));
			if (!c && b.n && b.rec.n + rec.n + 4 * ((size_t)b.n + 2) > TEXT_BLOCK)
				c = block_end(k, &b, &dir, err);
			aur_buf_put(&b.rec, rec.p, rec.n);
			aur_set32(x, (uint32_t)b.rec.n);
			aur_buf_put(&b.off, x, 4);
			b.n++;
			aur_set16(x, f.nwords < 65535 ? f.nwords : 65535);
			aur_buf_put(&len, x, 2);
			hash[no] = (uint64_t)aur_id_hash(f.id, f.id_len) << 32 | no;
			no++;
			*tokens += f.ntok;
			*words += f.nwords;
			if (!c && no % 8192 == 0)
				c = step(k, 0.6 + 0.3 * (k->ndocs + no) / k->t.contributions, err);
		}
	}
	if (!c && b.n)
		c = block_end(k, &b, &dir, err);
	if (!c)
		c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_DOCS, 0), len.p, len.n, 0, err);
	if (!c)
		c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_DOCS, 1), dir.p, dir.n, 0, err);
	aur_buf_free(&len);
	qsort(hash, no, sizeof *hash, by_hash);
	uint8_t *table = (uint8_t *)hash; /* each entry in its own eight bytes */
	for (uint32_t i = 0; i < no; i++) {
		uint64_t h = hash[i];
		aur_set32(table + 8 * (size_t)i, (uint32_t)(h >> 32));
		aur_set32(table + 8 * (size_t)i + 4, (uint32_t)h);
	}
	if (!c)
		c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_IDS, 0), table, 8 * (size_t)no, 0, err);
	free(hash);
	aur_buf_free(&b.off);
	aur_buf_free(&b.rec);
	aur_buf_free(&b.all);
	aur_buf_free(&dir);
	aur_buf_free(&rec);
	aur_buf_free(&num);
	return c;
}

static aur_code columns(struct compact *k, const struct group *g, aur_error *err)
{
	aur_code c = AURE_OK;
	uint8_t kb[SEG_KEY];
	aur_buf b = {0};
	for (uint32_t f = 0; f < k->t.fields && !c; f++) {
		uint32_t count, max = 0, *map = value_map(k, f, &count);
		for (int pass = 0; pass < 2 && !c && (!pass || max); pass++) {
			unsigned width = max < 256 ? 1 : max < 65536 ? 2 : 4;
			b.n = 0;
			if (pass) {
				aur_buf_room(&b, 1 + (size_t)width * g->n);
				b.p[b.n++] = (uint8_t)width;
			}
			for (uint32_t s = g->a; s < g->z && !c; s++) {
				const aur_seg_info *info = aur_snapshot_seg(k->s, s);
				aur_column col;
				c = aur_snapshot_column(k->s, s, f, &col, err);
				for (uint32_t i = 0; i < info->n && !c; i++) {
					if (aur_seg_is_deleted(info, i))
						continue;
					uint32_t v = map[aur_column_at(col, i)]; /* survey() saw that it is in bounds */
					if (!pass) {
						max = v > max ? v : max;
						continue;
					}
					if (width == 1)
						b.p[b.n] = (uint8_t)v;
					else if (width == 2)
						aur_set16(b.p + b.n, v);
					else
						aur_set32(b.p + b.n, v);
					b.n += width;
				}
			}
			if (pass && !c)
				c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_COLUMN, f), b.p, b.n, 0, err);
		}
		free(map);
	}
	aur_buf_free(&b);
	return c;
}

static aur_code hits(struct compact *k, const struct group *g, aur_error *err)
{
	aur_code c = AURE_OK;
	aur_buf one = {0};
	aur_hits_out *o = aur_hits_begin(k->next, &k->themes, k->nseg);
	for (uint32_t s = g->a; s < g->z && !c; s++) {
		const aur_seg_info *info = aur_snapshot_seg(k->s, s);
		for (uint32_t i = 0; i < info->n && !c; i++) {
			if (aur_seg_is_deleted(info, i))
				continue;
			one.n = 0;
			c = aur_snapshot_hits(k->s, info->base + i, &one, err);
			const aur_hit_rec *h = (const aur_hit_rec *)(void *)one.p;
			uint32_t n = (uint32_t)(one.n / sizeof *h);
			for (uint32_t x = 0; x < n && !c; x++)
				if (h[x].label >= k->themes.nlabels)
					c = aur_rec_damaged(k->old, "hits", err);
			if (!c && n) {
				c = aur_hits_doc(o, k->to, g->map[s - g->a] ? g->map[s - g->a][i] : g->base[s - g->a] + i, h, n, err);
				k->put += n * 16;
			}
		}
	}
	aur_buf_free(&one);
	aur_code c2 = aur_hits_end(o, c ? NULL : k->to, err);
	return c ? c : c2;
}

static aur_code segment(struct compact *k, uint32_t a, uint32_t z, aur_error *err)
{
	struct group g = {.a = a, .z = z, .map = aur_xcalloc(z - a, sizeof *g.map), .base = aur_xcalloc(z - a, sizeof *g.base)};
	uint8_t kb[SEG_KEY], head[SEG_HEAD_BYTES];
	uint64_t tokens, words, made = aur_snapshot_seg_annotators(k->s, a);
	aur_code c = AURE_OK;
	for (uint32_t s = a; s < z; s++) {
		const aur_seg_info *info = aur_snapshot_seg(k->s, s);
		g.base[s - a] = g.n;
		if (info->deleted)
			g.map[s - a] = aur_xmalloc((size_t)info->n * sizeof **g.map);
		for (uint32_t i = 0; i < info->n; i++) {
			int gone = aur_seg_is_deleted(info, i);
			if (g.map[s - a])
				g.map[s - a][i] = gone ? AUR_NONE : g.n;
			g.n += !gone;
		}
		if (aur_snapshot_seg_annotators(k->s, s) != made)
			made = 0; /* of several */
	}
	if (!g.n)
		goto out;
	c = postings(k, &g, err);
	if (!c)
		c = texts(k, &g, &tokens, &words, err);
	if (!c)
		c = columns(k, &g, err);
	if (!c)
		c = hits(k, &g, err);
	if (!c) {
		aur_set32(head, k->ndocs);
		aur_set32(head + 4, g.n);
		aur_set64(head + 8, tokens);
		aur_set64(head + 16, words);
		aur_set64(head + 24, made);
		c = put(k, DB_SEG, seg_key(kb, k->nseg, SEG_HEAD, 0), head, sizeof head, 0, err);
	}
	k->nseg++;
	k->ndocs += g.n;
out:
	for (uint32_t s = a; s < z; s++)
		free(g.map[s - a]);
	free(g.map);
	free(g.base);
	return c;
}

static aur_code write_all(struct compact *k, aur_error *err)
{
	uint8_t head[24];
	aur_code c = as_it_is(k, err);
	if (!c)
		c = values(k, err);
	if (!c)
		c = dictionary(k, err);
	if (!c)
		c = step(k, 0.15, err);
	if (!c)
		c = layers(k, err);
	/* What a segment needs at once: about 64 bytes per contribution. */
	uint64_t most_docs = k->memory / 64, most_tokens = UINT64_C(1) << 31;
	for (uint32_t a = 0; a < k->t.segments && !c;) {
		uint64_t n = 0, tok = 0;
		uint32_t z = a;
		for (; z < k->t.segments; z++) {
			const aur_seg_info *info = aur_snapshot_seg(k->s, z);
			n += info->n;
			tok += info->tokens;
			if (z > a && (n > most_docs || tok > most_tokens))
				break;
		}
		c = segment(k, a, z, err);
		a = z;
	}
	aur_set32(head, k->nforms);
	aur_set32(head + 4, k->nseg);
	aur_set32(head + 8, k->ndocs);
	aur_set32(head + 12, k->t.fields);
	aur_set32(head + 16, k->t.labels);
	aur_set32(head + 20, 0);
	if (!c)
		c = put(k, DB_META, aur_meta_key("counts"), head, sizeof head, 0, err);
	int rc = c ? 0 : mdb_txn_commit(k->to);
	if (!c)
		k->to = NULL;
	return rc ? aur_store_error(k->next, rc, _("commit"), err) : c;
}

aur_code aur_index_compact(const char *dir, size_t memory, int (*go_on)(void *ctx, double part), void *ctx, aur_error *err)
{
	struct compact k = {.memory = memory < 16u << 20 ? 16u << 20 : memory, .go_on = go_on, .ctx = ctx};
	struct statvfs v;
	aur_code c = aur_store_open(dir, AUR_STORE_WRITE, &k.old, err);
	if (!c)
		c = aur_snapshot_open(dir, &k.s, err);
	if (c)
		goto out;
	k.from = aur_snapshot_txn(k.s);
	aur_snapshot_totals(k.s, &k.t);
	if (!statvfs(dir, &v) && (uint64_t)v.f_bavail * v.f_frsize < k.t.bytes) {
		c = aur_fail(err, AURE_IO,
			     _("there is not room enough on the disk to compact %s: it takes as much as the corpus itself (%llu MB) while it is made"),
			     dir, (unsigned long long)(k.t.bytes >> 20));
		goto out;
	}
	c = survey(&k, err);
	if (!c)
		c = aur_store_next(k.old, &k.next, err);
	if (!c)
		c = aur_store_reserve(k.next, k.memory * 2, err);
	if (!c) {
		int rc = mdb_txn_begin(k.next->env, NULL, 0, &k.to);
		c = rc ? aur_store_error(k.next, rc, _("begin"), err) : write_all(&k, err);
	}
	if (!c)
		c = step(&k, 0.95, err);
	if (!c)
		c = aur_store_swap(k.old, k.next, err);
out:
	if (k.to)
		mdb_txn_abort(k.to);
	for (uint32_t f = 0; k.used && f < k.t.fields; f++)
		free(k.used[f]);
	free(k.used);
	free(k.tf);
	free(k.order);
	free(k.new_of);
	aur_themes_free(&k.themes);
	aur_snapshot_close(k.s);
	if (c)
		aur_store_discard(k.next);
	else
		aur_store_close(k.next);
	aur_store_close(k.old);
	return c;
}
