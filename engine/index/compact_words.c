/* SPDX-License-Identifier: Apache-2.0 */
/* Compaction of the dictionary: forms with their new numbers, and the values of their layers with updated counts. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/compact.h"
#include "index/postings.h"

aur_code aur_compact_dictionary(struct compact *k, aur_error *err)
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
			c = aur_compact_put(k, DB_FORMREC, (MDB_val){4, kb}, b.p, b.n, MDB_APPEND, err);
	}
	aur_buf_free(&b);
	MDB_cursor *cur;
	MDB_val key, v;
	int rc = c ? 0 : mdb_cursor_open(k->from, k->old->db[DB_FORMS], &cur);
	if (c || rc)
		return c ? c : aur_store_error(k->old, rc, _("read"), err);
	for (rc = aur_cursor_get(k->old, cur, &key, &v, MDB_FIRST); !rc && !c; rc = aur_cursor_get(k->old, cur, &key, &v, MDB_NEXT)) {
		const uint8_t *p;
		size_t n;
		c = aur_rec_check(k->old, DB_FORMS, key, v, &p, &n, err);
		if (!c && (n != 4 || aur_get32(p) >= k->t.forms))
			c = aur_rec_damaged(k->old, "forms", err);
		if (!c && k->new_of[aur_get32(p)] != AUR_NONE) {
			aur_set32(kb, k->new_of[aur_get32(p)]);
			c = aur_compact_put(k, DB_FORMS, key, kb, 4, MDB_APPEND, err);
		}
	}
	mdb_cursor_close(cur);
	return aur_compact_walked(k, rc, c, err);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

aur_code aur_compact_layers(struct compact *k, aur_error *err)
{
	aur_code c = AURE_OK;
	uint32_t *old = NULL, *ids = NULL, cap = 0, dlayer = aur_snapshot_default_layer(k->s);
	uint64_t seen = 0;
	aur_buf b = {0};
	MDB_cursor *cur;
	MDB_val key, v;
	MDB_stat st;
	aur_holders holders;
	aur_holders_open(&holders, k->s);
	int rc = mdb_cursor_open(k->from, k->old->db[DB_LAYERS], &cur);
	if (rc) {
		c = aur_store_error(k->old, rc, _("read"), err);
		goto out;
	}
	mdb_stat(k->from, k->old->db[DB_LAYERS], &st);
	for (rc = aur_cursor_get(k->old, cur, &key, &v, MDB_FIRST); !rc && !c; rc = aur_cursor_get(k->old, cur, &key, &v, MDB_NEXT)) {
		const uint8_t *p, *end;
		size_t n;
		if (++seen % 65536 == 0 && (c = aur_compact_step(k, 0.15 + 0.15 * (double)seen / (double)st.ms_entries, err)))
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
			docs = 0; /* stored for the default layer only */
			occ = 0;
		} else if (aur_snapshot_has_deleted(k->s)) {
			c = aur_holders_count(&holders, old, kept, 0, &docs, err);
		}
		qsort(ids, kept, sizeof *ids, by_number);
		b.n = 0;
		aur_buf_v(&b, docs);
		aur_buf_v(&b, occ > UINT32_MAX ? UINT32_MAX : (uint32_t)occ);
		aur_buf_v(&b, kept);
		for (uint32_t i = 0; i < kept; i++)
			aur_buf_v(&b, ids[i] - (i ? ids[i - 1] : 0));
		if (!c)
			c = aur_compact_put(k, DB_LAYERS, key, b.p, b.n, MDB_APPEND, err);
	}
	mdb_cursor_close(cur);
	c = aur_compact_walked(k, rc, c, err);
out:
	aur_buf_free(&b);
	free(old);
	free(ids);
	aur_holders_free(&holders);
	return c;
}
