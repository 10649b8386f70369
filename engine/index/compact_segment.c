/* SPDX-License-Identifier: Apache-2.0 */
/* Compaction of segments: merges several of the old generation into one of the new, without the contributions that were replaced. */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "index/compact.h"
#include "index/postings.h"

/* Segments [a, z) of the old generation, which become one segment. */
struct group {
	uint32_t a, z, n; /* contributions that stay */
	uint32_t **map;   /* by segment: new number of each contribution; NULL: its base is added to all */
	uint32_t *base;
};

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
			c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_POST, chunks++), chunk.p, chunk.n, 0, err);
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
			c = aur_compact_step(k, 0.3 + 0.3 * id / k->nforms, err);
	}
	if (!c && chunk.n)
		c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_POST, chunks++), chunk.p, chunk.n, 0, err);
	aur_buf_room(&table, 8);
	aur_set32(table.p, n);
	aur_set32(table.p + 4, chunks);
	table.n = 8;
	aur_buf_put(&table, ids.p, ids.n);
	aur_buf_put(&table, off.p, off.n);
	aur_buf_put(&table, first.p, first.n);
	if (!c)
		c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_FORMS, 0), table.p, table.n, 0, err);
	aur_buf *all[] = {&chunk, &list, &ids, &off, &first, &table};
	for (unsigned i = 0; i < 6; i++)
		aur_buf_free(all[i]);
	aur_post_join_free(&j);
	free(scratch);
	return c;
}

/* One block of records: count, offsets, records (see SEG_TEXT). */
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
	aur_code c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_TEXT, b->first), b->all.p, b->all.n, 0, err);
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
				c = aur_compact_step(k, 0.6 + 0.3 * (k->ndocs + no) / k->t.contributions, err);
		}
	}
	if (!c && b.n)
		c = block_end(k, &b, &dir, err);
	if (!c)
		c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_DOCS, 0), len.p, len.n, 0, err);
	if (!c)
		c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_DOCS, 1), dir.p, dir.n, 0, err);
	aur_buf_free(&len);
	aur_sort_hashes(hash, no);
	uint8_t *table = (uint8_t *)hash; /* in place: each entry of the table replaces a hash of eight bytes */
	for (uint32_t i = 0; i < no; i++) {
		uint64_t h = hash[i];
		aur_set32(table + 8 * (size_t)i, (uint32_t)(h >> 32));
		aur_set32(table + 8 * (size_t)i + 4, (uint32_t)h);
	}
	if (!c)
		c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_IDS, 0), table, 8 * (size_t)no, 0, err);
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
		uint32_t count, max = 0, *map = aur_compact_value_map(k, f, &count);
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
					uint32_t v = map[aur_column_at(col, i)]; /* in bounds: the column was checked when it was read */
					if (!pass) {
						max = v > max ? v : max;
						continue;
					}
					aur_set_wide(b.p + b.n, width, v);
					b.n += width;
				}
			}
			if (pass && !c)
				c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_COLUMN, f), b.p, b.n, 0, err);
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

aur_code aur_compact_segment(struct compact *k, uint32_t a, uint32_t z, aur_error *err)
{
	struct group g = {.a = a, .z = z, .map = aur_xcalloc(z - a, sizeof *g.map), .base = aur_xcalloc(z - a, sizeof *g.base)};
	uint8_t kb[SEG_KEY], head[SEG_HEAD_BYTES];
	uint64_t tokens, words, made = 0;
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
		uint64_t its = aur_snapshot_seg_annotators(k->s, s);
		if (g.n > g.base[s - a]) /* a segment of which nothing is left does not count */
			made = !g.base[s - a] || its == made ? its : 0; /* 0: several annotators */
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
		c = aur_compact_put(k, DB_SEG, seg_key(kb, k->nseg, SEG_HEAD, 0), head, sizeof head, 0, err);
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
