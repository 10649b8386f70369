/* SPDX-License-Identifier: Apache-2.0 */
/* Fields: their names, their values by number, and a segment's column, which has the value number of each contribution. */
#include "config.h"
#include "index/snap.h"

uint32_t aur_snapshot_fields(aur_snapshot *s)
{
	if (!s->field) {
		s->field = aur_xcalloc(s->nfields, sizeof *s->field);
		s->fvalues = aur_xcalloc(s->nfields, sizeof *s->fvalues);
		MDB_stat st = {0};
		mdb_stat(s->txn, s->store->db[DB_VALUES], &st);
		for (uint32_t f = 0; f < s->nfields; f++) {
			uint8_t kb[4];
			const uint8_t *p;
			size_t n;
			aur_setbe32(kb, f);
			if (aur_rec_must(s->store, s->txn, DB_FIELDS, (MDB_val){4, kb}, &p, &n, NULL))
				continue;
			if (n < 4 || aur_get32(p) > st.ms_entries) { /* callers allocate arrays of this size */
				aur_rec_damaged(s->store, "fields", NULL);
				continue;
			}
			s->fvalues[f] = aur_get32(p);
			s->field[f] = (aur_str){(const char *)p + 4, n - 4};
		}
	}
	return s->nfields;
}

aur_str aur_snapshot_field_name(aur_snapshot *s, uint32_t f)
{
	aur_snapshot_fields(s);
	return s->field[f];
}

uint32_t aur_snapshot_field(aur_snapshot *s, const char *name, size_t n)
{
	aur_snapshot_fields(s);
	for (uint32_t f = 0; f < s->nfields; f++)
		if (s->field[f].len == n && !memcmp(s->field[f].ptr, name, n))
			return f;
	return AUR_NONE;
}

uint32_t aur_snapshot_value_count(aur_snapshot *s, uint32_t f)
{
	aur_snapshot_fields(s);
	return s->fvalues[f];
}

uint32_t aur_snapshot_value(aur_snapshot *s, uint32_t field, aur_str text)
{
	uint8_t kb[KEY_MAX_BYTES + 16];
	const uint8_t *p;
	size_t n;
	MDB_val k = aur_word_key(kb + 5, -1, text.ptr, text.len);
	kb[0] = 'i';
	aur_setbe32(kb + 1, field);
	if (aur_rec_may(s->store, s->txn, DB_VALUES, (MDB_val){k.mv_size + 5, kb}, &p, &n, NULL))
		return 0;
	if (n == 4 && aur_get32(p) <= aur_snapshot_value_count(s, field)) /* callers index arrays with it */
		return aur_get32(p);
	aur_rec_damaged(s->store, "values", NULL);
	return 0;
}

aur_str aur_snapshot_value_text(aur_snapshot *s, uint32_t field, uint32_t value)
{
	uint8_t kb[9];
	const uint8_t *p;
	size_t n;
	kb[0] = 'v';
	aur_setbe32(kb + 1, field);
	aur_setbe32(kb + 5, value);
	if (!value || aur_rec_must(s->store, s->txn, DB_VALUES, (MDB_val){9, kb}, &p, &n, NULL))
		return (aur_str){"", 0};
	return (aur_str){(const char *)p, n};
}

/* Are the n value numbers of a column at most `values`?  Callers index arrays of that size with them. */
static int in_bounds(aur_column c, uint32_t n, uint32_t values)
{
	uint32_t most = 0;
	if (values >= (c.width == 1 ? UINT8_MAX : c.width == 2 ? UINT16_MAX : UINT32_MAX))
		return 1;
	if (c.width == 1)
		for (uint32_t i = 0; i < n; i++)
			most = c.p[i] > most ? c.p[i] : most;
	else
		for (uint32_t i = 0; i < n; i++) {
			uint32_t v = aur_column_at(c, i);
			most = v > most ? v : most;
		}
	return most <= values;
}

aur_code aur_snapshot_column(aur_snapshot *s, uint32_t seg, uint32_t field, aur_column *out, aur_error *err)
{
	struct aur_snap_seg *g = &s->seg[seg];
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	*out = (aur_column){0};
	if (field >= g->ncol)
		return AURE_OK;
	if (!g->col[field].width) {
		aur_code c = aur_rec_may(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_COLUMN, field), &p, &n, err);
		if (c == AURE_NOTFOUND) {
			g->col[field].width = 255;
		} else if (c) {
			return c;
		} else {
			if (!n || (p[0] != 1 && p[0] != 2 && p[0] != 4) || n != 1 + (uint64_t)p[0] * g->info.n)
				return aur_rec_damaged(s->store, "segments", err);
			if (!in_bounds((aur_column){p + 1, p[0]}, g->info.n, aur_snapshot_value_count(s, field)))
				return aur_rec_damaged(s->store, "segments", err);
			g->col[field] = (aur_column){p + 1, p[0]};
		}
	}
	if (g->col[field].width != 255)
		*out = g->col[field];
	return AURE_OK;
}

uint32_t aur_snapshot_doc_value(aur_snapshot *s, uint32_t doc, uint32_t field)
{
	uint32_t seg = aur_snapshot_seg_of(s, doc);
	aur_column c;
	return aur_snapshot_column(s, seg, field, &c, NULL) ? 0 : aur_column_at(c, doc - s->seg[seg].info.base);
}

aur_code aur_snapshot_values_left(aur_snapshot *s, uint32_t field, uint8_t *left, aur_error *err)
{
	uint32_t values = aur_snapshot_value_count(s, field);
	aur_code c = AURE_OK;
	memset(left, !s->has_deleted, (size_t)values + 1);
	for (uint32_t g = 0; s->has_deleted && g < s->nsegs && !c; g++) {
		const aur_seg_info *info = aur_snapshot_seg(s, g);
		aur_column col;
		c = aur_snapshot_column(s, g, field, &col, err);
		for (uint32_t i = 0; !c && col.p && i < info->n; i++) {
			uint32_t v = aur_seg_is_deleted(info, i) ? 0 : aur_column_at(col, i);
			left[v <= values ? v : 0] = 1;
		}
	}
	left[0] = 0;
	return c;
}
