/* SPDX-License-Identifier: Apache-2.0 */
/* Compaction: rewrites the corpus as one segment, without what was replaced.
 *
 * Forms are renumbered, with the shortest numbers for the most frequent ones; forms and values that are no longer used are dropped;
 * contributions keep their order and their texts byte for byte.  Everything is streamed from the old generation into the new one,
 * which nobody sees before aur_store_swap: if the process is killed at any moment, the old one is unchanged.
 *
 * Memory: that of a batch, plus a few bytes per form and per contribution of a segment; segments are cut so that this fits. */
#include "config.h"
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "base/intl.h"
#include "index/compact.h"
#include "index/folder.h"
#include "index/postings.h"

/* ---- what is kept ------------------------------------------------------------------------------ */
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
		uint32_t n;
		c = aur_snapshot_seg_forms(k->s, g, &n, err);
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
			c = aur_snapshot_column(k->s, g, f, &col, err);
			for (uint32_t i = 0; !c && col.p && i < info->n; i++) {
				uint32_t v = aur_column_at(col, i);
				if (!aur_seg_is_deleted(info, i))
					k->used[f][v >> 3] |= (uint8_t)(1u << (v & 7));
			}
		}
		if (!c)
			c = aur_compact_step(k, 0.1 * (g + 1) / k->t.segments, err);
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

/* ---- records without a segment ---------------------------------------------------------------------- */
/* The files, each as it is known, but for the sample of its texts, which stands after a zero byte: the text of somebody who withdrew
 * must not be recognised any more. */
static aur_code sources(struct compact *k, MDB_val key, const uint8_t *p, size_t n, aur_error *err)
{
	aur_buf b = {0};
	aur_str *file;
	uint32_t files = aur_pairs_parse(p, n, &file);
	for (aur_str *f = file; f < file + 2 * files; f += 2) {
		const char *zero = memchr(f[1].ptr, 0, f[1].len);
		if (zero)
			f[1].len = (size_t)(zero - f[1].ptr);
		aur_pending_add(&b, f, 2);
	}
	aur_code c = aur_compact_put(k, DB_META, key, b.p, b.n, 0, err);
	free(file);
	aur_buf_free(&b);
	return c;
}

static aur_code as_it_is(struct compact *k, aur_error *err)
{
	static const char *const names[] = {"layers", "pipeline", "fingerprints", "annotators", "labels", "properties", "sources"};
	aur_code c = AURE_OK;
	const uint8_t *p;
	size_t n;
	for (unsigned i = 0; i < sizeof names / sizeof *names && !c; i++) {
		MDB_val key = aur_meta_key(names[i]);
		c = aur_rec_get(k->old, k->from, DB_META, key, &p, &n, err);
		if (!c && i == 4)
			aur_themes_read(&k->themes, p, n);
		if (!c && i == 6 && k->how->leave_out)
			c = sources(k, key, p, n, err);
		else
			c = c == AURE_NOTFOUND ? AURE_OK : c ? c : aur_compact_put(k, DB_META, key, p, n, 0, err);
	}
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
		free(aur_compact_value_map(k, f, &count));
		aur_set32(v4, count);
		b.n = 0;
		aur_buf_put(&b, v4, 4);
		aur_buf_put(&b, name.ptr, name.len);
		aur_setbe32(kb, f);
		c = aur_compact_put(k, DB_FIELDS, (MDB_val){4, kb}, b.p, b.n, MDB_APPEND, err);
	}
	aur_buf_free(&b);
	MDB_cursor *cur;
	MDB_val key, v;
	int rc = c ? 0 : mdb_cursor_open(k->from, k->old->db[DB_VALUES], &cur);
	if (c || rc)
		return c ? c : aur_store_error(k->old, rc, _("read"), err);
	/* in the order of the keys: all 'i' records, then all 'v' records, each by field */
	for (rc = aur_cursor_get(k->old, cur, &key, &v, MDB_FIRST); !rc && !c; rc = aur_cursor_get(k->old, cur, &key, &v, MDB_NEXT)) {
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
			map = aur_compact_value_map(k, f, &count);
			at = f;
		}
		uint32_t old = kp[0] == 'i' ? aur_get32(p) : aur_getbe32(kp + 5);
		if (old > aur_snapshot_value_count(k->s, f) || !map[old])
			continue;
		if (kp[0] == 'i') {
			aur_set32(v4, map[old]);
			c = aur_compact_put(k, DB_VALUES, key, v4, 4, MDB_APPEND, err);
		} else {
			memcpy(kb, kp, 5);
			aur_setbe32(kb + 5, map[old]);
			c = aur_compact_put(k, DB_VALUES, (MDB_val){9, kb}, p, n, MDB_APPEND, err);
		}
	}
	mdb_cursor_close(cur);
	free(map);
	return aur_compact_walked(k, rc, c, err);
}

static aur_code write_all(struct compact *k, aur_error *err)
{
	uint8_t head[24];
	aur_code c = as_it_is(k, err);
	if (!c)
		c = aur_compact_sessions(k, err);
	if (!c)
		c = values(k, err);
	if (!c)
		c = aur_compact_dictionary(k, err);
	if (!c)
		c = aur_compact_step(k, 0.15, err);
	if (!c)
		c = aur_compact_layers(k, err);
	/* Merging takes about 64 bytes per contribution of the new segment. */
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
		c = aur_compact_segment(k, a, z, err);
		a = z;
	}
	aur_set32(head, k->nforms);
	aur_set32(head + 4, k->nseg);
	aur_set32(head + 8, k->ndocs);
	aur_set32(head + 12, k->t.fields);
	aur_set32(head + 16, k->t.labels);
	aur_set32(head + 20, 0);
	if (!c)
		c = aur_compact_put(k, DB_META, aur_meta_key("counts"), head, sizeof head, 0, err);
	int rc = c ? 0 : mdb_txn_commit(k->to);
	if (!c)
		k->to = NULL;
	k->next->full |= rc == MDB_MAP_FULL;
	return rc ? aur_store_error(k->next, rc, _("commit"), err) : c;
}

static aur_code make(struct compact *k, aur_error *err)
{
	aur_code c = aur_store_next(k->old, &k->next, err);
	if (!c)
		c = aur_store_reserve(k->next, k->room, err);
	if (c)
		return c;
	int rc = mdb_txn_begin(k->next->env, NULL, 0, &k->to);
	return rc ? aur_store_error(k->next, rc, _("begin"), err) : write_all(k, err);
}

static void unmake(struct compact *k)
{
	if (k->to)
		mdb_txn_abort(k->to);
	k->to = NULL;
	aur_store_discard(k->next);
	k->next = NULL;
	aur_themes_free(&k->themes);
	k->nseg = k->ndocs = 0;
	k->put = 0;
}

/* What is written between two commits may take more room than there is: the hits of a block, or a table of ids, is one record.  Then all begins
 * anew, with more. */
static aur_code make_until_it_fits(struct compact *k, aur_error *err)
{
	k->room = getenv("AURICULE_TEST_MAP") ? 1 << 16 : k->memory * 2; /* tests: too little, so that it must begin again */
	for (;;) {
		aur_code c = make(k, err);
		if (!c || !k->next || !k->next->full || k->room > SIZE_MAX / 4)
			return c;
		unmake(k);
		k->room *= 2;
	}
}

static aur_code leave_out(struct compact *k, aur_error *err)
{
	uint8_t *bits = aur_xcalloc((size_t)k->t.docs / 8 + 1, 1);
	aur_code c = k->how->leave_out(k->how->ctx, k->s, bits, err);
	if (!c)
		aur_snapshot_less(k->s, bits);
	free(bits);
	return c;
}

/* The old generation, of which erased contributions are a part, is to be gone. */
static aur_code gone(const aur_store *old, aur_error *err)
{
	aur_buf b = {0};
	aur_buf_printf(&b, "%s/data.mdb", old->gen);
	int there = !access(aur_buf_cstr(&b), F_OK);
	aur_buf_free(&b);
	return there ? aur_fail(err, AURE_IO, _("what was erased is in no answer any more, but the old folder %s still holds it, and cannot be removed: remove it yourself"), old->gen) : AURE_OK;
}

aur_code aur_index_compact(const char *dir, const aur_compaction *how, aur_error *err)
{
	struct compact k = {.how = how, .memory = how->memory < 16u << 20 ? 16u << 20 : how->memory};
	struct statvfs v;
	aur_error met = {0}; /* damage that a call could not tell, such as the name of a field: it must not become sound */
	aur_code c = aur_store_open(dir, AUR_STORE_WRITE, &k.old, err);
	if (!c)
		c = aur_snapshot_open(dir, &k.s, err);
	if (c)
		goto out;
	aur_snapshot_watch(k.s, &met);
	k.from = aur_snapshot_txn(k.s);
	aur_snapshot_totals(k.s, &k.t);
	if (!statvfs(dir, &v) && (uint64_t)v.f_bavail * v.f_frsize < k.t.bytes) {
		c = aur_fail(err, AURE_IO,
			     _("there is not enough room on the disk to compact %s: the new copy takes as much as the corpus itself (%llu MB) while it is made"),
			     dir, (unsigned long long)(k.t.bytes >> 20));
		goto out;
	}
	if (how->leave_out)
		c = leave_out(&k, err);
	if (!c)
		c = survey(&k, err);
	if (!c)
		c = make_until_it_fits(&k, err);
	if (!c)
		c = aur_compact_step(&k, 0.95, err);
	if (!c && met.code) {
		c = met.code;
		if (err)
			*err = met;
	}
	if (!c)
		c = aur_store_swap(k.old, k.next, err);
out:
	if (c)
		unmake(&k);
	else if (how->leave_out)
		c = gone(k.old, err);
	for (uint32_t f = 0; k.used && f < k.t.fields; f++)
		free(k.used[f]);
	free(k.used);
	free(k.tf);
	free(k.order);
	free(k.new_of);
	aur_themes_free(&k.themes);
	aur_snapshot_close(k.s);
	aur_store_close(k.next);
	aur_store_close(k.old);
	return c;
}
