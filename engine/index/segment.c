/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a batch as a segment: first the dictionary, then postings, records, columns.  Keys are written in order, each once. */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/threads.h"
#include "index/forward.h"
#include "index/postings.h"
#include "index/write.h"

#define AHEAD 16u /* how many lists ahead to prefetch: they are all over the memory */
#define PAIR_BUDGET ((size_t)6 << 20) /* occurrences sorted at a time: 48 MB */

/* ---- dictionary ---------------------------------------------------------------------------- */
static void form_encode(aur_buf *b, const aur_wform *f, uint32_t nlayers)
{
	aur_buf_v(b, (uint32_t)f->form.len);
	aur_buf_put(b, f->form.ptr, f->form.len);
	aur_buf_byte(b, f->flags & 0xFF);
	aur_str prev = f->form;
	for (uint32_t l = 0; l < nlayers; l++) {
		aur_str v = f->layer[l];
		uint32_t same = 0;
		while (same < v.len && same < prev.len && v.ptr[same] == prev.ptr[same])
			same++;
		aur_buf_v(b, same);
		aur_buf_v(b, (uint32_t)v.len - same);
		aur_buf_put(b, v.ptr + same, v.len - same);
		prev = v;
	}
}

static aur_code forms_write(aur_writer *w, MDB_txn *t, aur_error *err)
{
	uint32_t n = w->nforms - w->nforms0;
	aur_code c = AURE_OK;
	if (!n)
		return AURE_OK;
	aur_sortkey *k = aur_xmalloc(n * sizeof *k);
	for (uint32_t i = 0; i < n; i++)
		k[i] = (aur_sortkey){0, w->wform[i].form.ptr, (uint32_t)w->wform[i].form.len, w->nforms0 + i};
	aur_sort_strings(k, n);
	MDB_cursor *at = NULL;
	int sorted = 1; /* in order of their keys: hashed keys of long forms may not be */
	for (uint32_t i = 0; i < n; i++)
		sorted &= k[i].len <= KEY_MAX_BYTES - 24;
	c = aur_rec_cursor(w->store, t, DB_FORMS, &at, err);
	for (uint32_t i = 0; i < n && !c; i++) {
		uint8_t kb[KEY_MAX_BYTES + 8], v[4];
		aur_set32(v, k[i].id);
		c = aur_rec_put_at(w->store, at, aur_word_key(kb, -1, k[i].p, k[i].len), v, 4, sorted ? (w->nforms0 ? 0 : MDB_APPEND) : 0, err);
	}
	if (at)
		mdb_cursor_close(at);
	free(k);
	/* records of 128 forms: u32 offsets, then the forms */
	aur_buf b = {0};
	for (uint32_t id = w->nforms0; !c && id < w->nforms;) {
		uint32_t chunk = id / FORM_CHUNK, first = chunk * FORM_CHUNK;
		uint8_t kb[4];
		aur_setbe32(kb, chunk);
		MDB_val key = {4, kb};
		b.n = 0;
		aur_buf_room(&b, 4 * FORM_CHUNK);
		memset(b.p, 0, 4 * FORM_CHUNK);
		b.n = 4 * FORM_CHUNK;
		if (id > first) {
			const uint8_t *p;
			size_t len;
			c = aur_rec_get(w->store, t, DB_FORMREC, key, &p, &len, err);
			if (c || len < 4 * FORM_CHUNK) {
				c = aur_rec_damaged(w->store, "formrec", err);
				break;
			}
			b.n = 0;
			aur_buf_put(&b, p, len);
		}
		for (; id < w->nforms && id / FORM_CHUNK == chunk; id++) {
			aur_set32(b.p + 4 * (id - first), (uint32_t)b.n);
			form_encode(&b, &w->wform[id - w->nforms0], w->nlayers);
		}
		c = aur_rec_put(w->store, t, DB_FORMREC, key, b.p, b.n, 0, err);
	}
	aur_buf_free(&b);
	return c;
}

/* The last record of the dictionary read; p is valid until the next put. */
struct formrec {
	const uint8_t *p;
	size_t n;
	uint32_t chunk;
	aur_buf value; /* the last value assembled */
};

/* The value on the default layer of a form that is older than this batch. */
static aur_code old_value(aur_writer *w, MDB_txn *t, struct formrec *r, uint32_t id, aur_str *out, aur_error *err)
{
	uint8_t kb[4];
	if (!r->p || r->chunk != id / FORM_CHUNK) {
		r->chunk = id / FORM_CHUNK;
		aur_setbe32(kb, r->chunk);
		aur_code c = aur_rec_must(w->store, t, DB_FORMREC, (MDB_val){4, kb}, &r->p, &r->n, err);
		if (c || r->n < 4 * FORM_CHUNK)
			return c ? c : aur_rec_damaged(w->store, "formrec", err);
	}
	uint32_t off = aur_get32(r->p + 4 * (id % FORM_CHUNK));
	if (off < 4 * FORM_CHUNK || off >= r->n)
		return aur_rec_damaged(w->store, "formrec", err);
	const uint8_t *q = r->p + off, *end = r->p + r->n;
	uint32_t len = aur_vget_safe(&q, end);
	if (!q || len >= (size_t)(end - q))
		return aur_rec_damaged(w->store, "formrec", err);
	aur_buf *v = &r->value;
	v->n = 0;
	aur_buf_put(v, q, len);
	q += len + 1;
	for (uint32_t l = 0; l <= w->dlayer; l++) {
		uint32_t same = aur_vget_safe(&q, end), more = aur_vget_safe(&q, end);
		if (!q || same > v->n || more > (size_t)(end - q))
			return aur_rec_damaged(w->store, "formrec", err);
		v->n = same;
		aur_buf_put(v, q, more);
		q += more;
	}
	*out = (aur_str){aur_arena_dup(&w->arena, v->p, v->n), v->n};
	return AURE_OK;
}

/* Adds forms and counts to the record of a layer value: varint contributions, varint occurrences, varint forms, gaps
 * between their numbers.  fresh: no record can exist yet. */
static aur_code value_update(aur_writer *w, MDB_cursor *at, uint32_t layer, aur_str v, uint32_t docs, uint64_t tokens,
			     const uint32_t *new_ids, uint32_t n, int fresh, aur_buf *b, aur_error *err)
{
	uint8_t kb[KEY_MAX_BYTES + 8];
	MDB_val key = aur_word_key(kb, (int)layer, v.ptr, v.len);
	const uint8_t *p = NULL;
	size_t len = 0;
	uint32_t d0 = 0, old_n = 0, last = 0;
	uint64_t t0 = 0;
	b->n = 0;
	if (!fresh) {
		aur_code c = aur_rec_get_at(w->store, at, DB_LAYERS, key, &p, &len, err);
		if (c && c != AURE_NOTFOUND)
			return c;
		if (!c) {
			const uint8_t *q = p, *end = p + len;
			d0 = aur_vget_safe(&q, end);
			t0 = aur_vget_safe(&q, end);
			old_n = aur_vget_safe(&q, end);
			if (!q)
				return aur_rec_damaged(w->store, "layers", err);
			const uint8_t *ids = q;
			for (uint32_t i = 0; i < old_n && q; i++)
				last += aur_vget_safe(&q, end);
			if (!q)
				return aur_rec_damaged(w->store, "layers", err);
			aur_buf_put(b, ids, (size_t)(q - ids));
		}
	}
	for (uint32_t i = 0; i < n; i++) { /* new numbers are greater than those stored */
		aur_buf_v(b, new_ids[i] - last);
		last = new_ids[i];
	}
	uint8_t head[15], *h = aur_vput(head, d0 + docs);
	t0 += tokens;
	h = aur_vput(h, t0 > UINT32_MAX ? UINT32_MAX : (uint32_t)t0);
	h = aur_vput(h, old_n + n);
	size_t hn = (size_t)(h - head);
	aur_buf_room(b, hn);
	memmove(b->p + hn, b->p, b->n);
	memcpy(b->p, head, hn);
	b->n += hn;
	return aur_rec_put_at(w->store, at, key, b->p, b->n, fresh ? MDB_APPEND : 0, err);
}

/* Groups the forms of this batch by their value on each layer, and updates the records of these values.  On the
 * default layer, also counts the contributions that hold any form of a group, so that a query need not; they are
 * read from `list`, the postings just built. */
static aur_code layers_write(aur_writer *w, MDB_txn *t, const uint32_t *present, uint32_t npresent,
			     const uint8_t *const *list, const uint32_t *tf, aur_error *err)
{
	uint32_t nnew = w->nforms - w->nforms0;
	size_t most = (size_t)nnew + npresent;
	aur_code c = AURE_OK;
	aur_sortkey *k = aur_xmalloc(most * sizeof *k);
	uint32_t *stamp = aur_xcalloc(w->n, sizeof *stamp), *docs = aur_xmalloc((size_t)w->n * sizeof *docs), *ids = NULL;
	uint32_t idcap = 0, mark = 0;
	aur_buf b = {0};
	struct formrec rec = {0};
	MDB_cursor *at = NULL;
	c = aur_rec_cursor(w->store, t, DB_LAYERS, &at, err);
	for (uint32_t l = 0; l < w->nlayers && !c; l++) {
		size_t n = 0;
		int counted = l == w->dlayer, long_keys = 0;
		rec.p = NULL; /* the puts for the layer before may have moved the record */
		if (counted) {
			for (uint32_t i = 0; i < npresent && !c; i++) {
				uint32_t id = present[i];
				aur_str v = {0};
				if (id >= w->nforms0)
					v = w->wform[id - w->nforms0].layer[l];
				else
					c = old_value(w, t, &rec, id, &v, err);
				if (!c && v.len)
					k[n++] = (aur_sortkey){0, v.ptr, (uint32_t)v.len, i};
			}
			/* new forms without occurrences here: their contributions were not added in the end */
			for (uint32_t i = 0; i < nnew; i++)
				if (!tf[w->nforms0 + i] && w->wform[i].layer[l].len)
					k[n++] = (aur_sortkey){0, w->wform[i].layer[l].ptr, (uint32_t)w->wform[i].layer[l].len, npresent + i};
		} else {
			for (uint32_t i = 0; i < nnew; i++) {
				aur_str v = w->wform[i].layer[l];
				if (v.len)
					k[n++] = (aur_sortkey){0, v.ptr, (uint32_t)v.len, w->nforms0 + i};
			}
		}
		if (c)
			break;
		aur_sort_strings(k, n);
		for (size_t i = 0; i < n; i++)
			long_keys |= k[i].len > KEY_MAX_BYTES - 24;
		int fresh = !w->nforms0 && !long_keys;
		for (size_t i = 0; i < n && !c;) {
			size_t j = i;
			uint32_t nids = 0, df = 0;
			uint64_t occ = 0;
			mark++;
			for (; j < n && aur_sortkey_same(&k[j], &k[i]); j++) {
				if (counted && n - j > AHEAD && k[j + AHEAD].id < npresent)
					__builtin_prefetch(list[k[j + AHEAD].id]);
				if (counted && n - j > 2 * AHEAD && k[j + 2 * AHEAD].id < npresent) {
					__builtin_prefetch(&list[k[j + 2 * AHEAD].id]);
					__builtin_prefetch(&present[k[j + 2 * AHEAD].id]);
				}
			}
			for (size_t m = i; m < j; m++) {
				int occurs = counted && k[m].id < npresent;
				uint32_t id = occurs ? present[k[m].id] : counted ? w->nforms0 + (k[m].id - npresent) : k[m].id;
				if (id >= w->nforms0) {
					AUR_GROW(ids, nids, idcap);
					ids[nids++] = id;
				}
				if (occurs) {
					aur_post p;
					aur_post_open(&p, list[k[m].id]);
					occ += p.tf;
					if (j - i == 1) {
						df = p.df;
					} else {
						aur_post_docs(&p, 0, docs);
						for (uint32_t x = 0; x < p.df; x++) {
							df += stamp[docs[x]] != mark;
							stamp[docs[x]] = mark;
						}
					}
				}
			}
			c = value_update(w, at, l, (aur_str){k[i].p, k[i].len}, df, occ, ids, nids, fresh, &b, err);
			i = j;
		}
		aur_store_trim(w->store);
	}
	if (at)
		mdb_cursor_close(at);
	aur_buf_free(&b);
	aur_buf_free(&rec.value);
	free(ids);
	free(docs);
	free(stamp);
	free(k);
	return c;
}

/* ---- postings ------------------------------------------------------------------------------- */
#define MAX_PARTS 4u
struct post_out {
	struct post_part {
		aur_writer *w;
		const uint32_t *present, *tf;
		uint32_t a, z; /* forms present[a] to present[z - 1] */
		uint32_t *cur;
		size_t budget;
		size_t *off; /* of each list in `all`, by index in present */
		aur_buf all;
	} part[MAX_PARTS];
	unsigned n;
	size_t *off;
	uint32_t *cur;
};

/* Builds the lists of forms present[a] to present[z - 1] in `all`, sorting at most `budget` occurrences at a time. */
static void *post_build_part(void *arg)
{
	struct post_part *o = arg;
	const aur_writer *w = o->w;
	const uint32_t *present = o->present, *tf = o->tf;
	uint32_t *cur = o->cur;
	size_t cap = w->ntok < o->budget ? w->ntok + 1 : o->budget + 1;
	uint64_t *pairs = aur_xmalloc(cap * sizeof *pairs);
	aur_buf docs = {0}, pos = {0};
	aur_mem_huge(pairs, cap * sizeof *pairs);
	for (uint32_t a = o->a; a < o->z;) {
		/* forms present[a] to present[z - 1] fit the budget; a single form may exceed it */
		uint32_t z = a;
		size_t sum = 0;
		while (z < o->z && (z == a || sum + tf[present[z]] <= o->budget)) {
			cur[present[z]] = (uint32_t)sum;
			sum += tf[present[z]];
			z++;
		}
		if (sum > cap) {
			cap = sum;
			free(pairs);
			pairs = aur_xmalloc(cap * sizeof *pairs);
		}
		uint32_t lo = present[a], span = present[z - 1] - lo;
		const uint32_t *tok = w->tok;
		for (uint32_t d = 0; d < w->n; d++) {
			const uint32_t *end = w->tok + w->doc[d].tok_end, *from = tok;
			for (; tok < end; tok++)
				if (*tok - lo <= span)
					pairs[cur[*tok]++] = (uint64_t)d << 32 | (uint32_t)(tok - from);
		}
		size_t at = 0;
		for (; a < z; a++) {
			o->off[a] = o->all.n;
			aur_post_encode(&o->all, &docs, &pos, pairs + at, tf[present[a]]);
			at += tf[present[a]];
		}
	}
	aur_buf_free(&docs);
	aur_buf_free(&pos);
	free(pairs);
	return NULL;
}

static void post_build(aur_writer *w, const uint32_t *present, uint32_t npresent, const uint32_t *tf, struct post_out *o)
{
	/* the number of parts does not depend on threads, so that neither do the bytes on disk */
	unsigned parts = w->ntok < 100000 ? 1 : MAX_PARTS, threads = w->threads < 1 ? 1 : w->threads > parts ? parts : w->threads;
	o->cur = aur_xmalloc((size_t)w->nforms * sizeof *o->cur + 4);
	o->off = aur_xmalloc((size_t)npresent * sizeof *o->off + 8);
	uint32_t at = 0;
	uint64_t sum = 0;
	for (o->n = 0; o->n < parts; o->n++) {
		struct post_part *p = &o->part[o->n];
		*p = (struct post_part){.w = w, .present = present, .tf = tf, .a = at, .cur = o->cur, .budget = PAIR_BUDGET / threads, .off = o->off};
		while (at < npresent && (o->n + 1 == parts || sum < w->ntok * (o->n + 1) / parts))
			sum += tf[present[at++]];
		p->z = at;
	}
	for (unsigned i = 0; i < o->n; i += threads)
		aur_each_thread(o->n - i < threads ? o->n - i : threads, post_build_part, &o->part[i], sizeof *o->part);
	free(o->cur);
	o->cur = NULL;
}

static void post_free(struct post_out *o)
{
	for (unsigned i = 0; i < o->n; i++)
		aur_buf_free(&o->part[i].all);
}

static aur_code post_write(aur_writer *w, MDB_txn *t, const uint32_t *present, uint32_t n, const struct post_out *o, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	aur_code c = AURE_OK;
	uint32_t chunks = 0;
	/* u32 forms, u32 chunks; numbers of the forms; u16 offsets in their chunk; first form (index) of each chunk */
	aur_buf table = {0}, off = {0}, first = {0};
	aur_buf_room(&table, 8 + 4 * (size_t)n);
	table.n = 8;
	for (uint32_t i = 0; i < n; i++) {
		aur_set32(table.p + table.n, present[i]);
		table.n += 4;
	}
	aur_buf_room(&off, 2 * (size_t)n);
	off.n = 2 * (size_t)n;
	struct span {
		const uint8_t *p;
		size_t n;
	} *chunk = NULL;
	uint32_t cap = 0;
	for (unsigned k = 0; k < o->n; k++) {
		const struct post_part *p = &o->part[k];
		for (uint32_t a = p->a; a < p->z;) {
			uint32_t z = a;
			size_t from = o->off[a], end = from;
			while (z < p->z) {
				size_t zend = z + 1 < p->z ? o->off[z + 1] : p->all.n;
				if (z > a && zend - from > POST_CHUNK)
					break;
				aur_set16(off.p + 2 * (size_t)z, (uint32_t)(o->off[z] - from));
				end = zend;
				z++;
			}
			aur_buf_room(&first, 4);
			aur_set32(first.p + first.n, a);
			first.n += 4;
			AUR_GROW(chunk, chunks, cap);
			chunk[chunks++] = (struct span){p->all.p + from, end - from};
			a = z;
		}
	}
	aur_set32(table.p, n);
	aur_set32(table.p + 4, chunks);
	aur_buf_put(&table, off.p, off.n);
	aur_buf_put(&table, first.p, first.n);
	c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_FORMS, 0), table.p, table.n, 0, err);
	for (uint32_t k = 0; k < chunks && !c; k++)
		c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_POST, k), chunk[k].p, chunk[k].n, 0, err);
	free(chunk);
	aur_buf_free(&table);
	aur_buf_free(&off);
	aur_buf_free(&first);
	return c;
}

/* ---- contributions -------------------------------------------------------------------------- */
static aur_code docs_write(aur_writer *w, MDB_txn *t, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	aur_buf b = {0}, dir = {0};
	/* lengths, then the first contribution of each block of records */
	aur_buf_room(&b, 2 * (size_t)w->n);
	for (uint32_t d = 0; d < w->n; d++, b.n += 2)
		aur_set16(b.p + b.n, w->doc[d].nwords < 65535 ? w->doc[d].nwords : 65535);
	aur_code c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_DOCS, 0), b.p, b.n, 0, err);
	/* blocks */
	for (uint32_t a = 0; a < w->n;) {
		size_t from = a ? w->doc[a - 1].fwd_end : 0;
		uint32_t z = a + 1;
		while (z < w->n && w->doc[z].fwd_end - from + 4 * (size_t)(z - a + 2) <= TEXT_BLOCK)
			z++;
		aur_buf_room(&dir, 4);
		aur_set32(dir.p + dir.n, a);
		dir.n += 4;
		a = z;
	}
	if (!c)
		c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_DOCS, 1), dir.p, dir.n, 0, err);
	/* ids */
	if (!c) {
		uint64_t *h = aur_xmalloc((size_t)w->n * sizeof *h);
		for (uint32_t d = 0; d < w->n; d++)
			h[d] = (uint64_t)w->doc[d].hash << 32 | d;
		aur_sort_hashes(h, w->n);
		b.n = 0;
		aur_buf_room(&b, 8 * (size_t)w->n);
		for (uint32_t d = 0; d < w->n; d++, b.n += 8) {
			aur_set32(b.p + b.n, (uint32_t)(h[d] >> 32));
			aur_set32(b.p + b.n + 4, (uint32_t)h[d]);
		}
		free(h);
		c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_IDS, 0), b.p, b.n, 0, err);
	}
	/* columns */
	for (uint32_t f = 0; f < w->nfields && !c; f++) {
		struct aur_wfield *wf = &w->field[f];
		uint32_t max = 0;
		if (!wf->colcap)
			continue;
		uint32_t have = wf->colcap < w->n ? wf->colcap : w->n;
		for (uint32_t d = 0; d < have; d++)
			max = wf->col[d] > max ? wf->col[d] : max;
		if (!max)
			continue;
		unsigned width = max < 256 ? 1 : max < 65536 ? 2 : 4;
		b.n = 0;
		aur_buf_room(&b, 1 + (size_t)width * w->n);
		b.p[b.n++] = (uint8_t)width;
		for (uint32_t d = 0; d < w->n; d++, b.n += width)
			aur_set_wide(b.p + b.n, width, d < have ? wf->col[d] : 0);
		c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_COLUMN, f), b.p, b.n, 0, err);
	}
	/* records */
	uint32_t nblk = (uint32_t)(dir.n / 4);
	for (uint32_t k = 0; k < nblk && !c; k++) {
		uint32_t a = aur_get32(dir.p + 4 * (size_t)k), z = k + 1 < nblk ? aur_get32(dir.p + 4 * ((size_t)k + 1)) : w->n;
		size_t from = a ? w->doc[a - 1].fwd_end : 0;
		b.n = 0;
		aur_buf_room(&b, 8 + 4 * (size_t)(z - a));
		aur_set32(b.p, z - a);
		aur_set32(b.p + 4, 0);
		for (uint32_t d = a; d < z; d++)
			aur_set32(b.p + 8 + 4 * (size_t)(d - a), (uint32_t)(w->doc[d].fwd_end - from));
		b.n = 8 + 4 * (size_t)(z - a);
		aur_buf_put(&b, w->fwd.p + from, w->doc[z - 1].fwd_end - from);
		c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_TEXT, a), b.p, b.n, 0, err);
	}
	aur_buf_free(&b);
	aur_buf_free(&dir);
	return c;
}

static aur_code fields_write(aur_writer *w, MDB_txn *t, aur_error *err)
{
	aur_code c = AURE_OK;
	uint8_t kb[KEY_MAX_BYTES + 16];
	aur_buf b = {0};
	for (uint32_t f = 0; f < w->nfields && !c; f++) {
		struct aur_wfield *wf = &w->field[f];
		uint32_t n = wf->nvalues - wf->nvalues0;
		if (!n && f < w->nfields0)
			continue;
		uint8_t count[4];
		aur_set32(count, wf->nvalues);
		b.n = 0;
		aur_buf_put(&b, count, 4);
		aur_buf_put(&b, wf->name.ptr, wf->name.len);
		aur_setbe32(kb, f);
		c = aur_rec_put(w->store, t, DB_FIELDS, (MDB_val){4, kb}, b.p, b.n, 0, err);
		aur_sortkey *k = aur_xmalloc((size_t)n * sizeof *k);
		for (uint32_t i = 0; i < n; i++)
			k[i] = (aur_sortkey){0, wf->text[i].ptr, (uint32_t)wf->text[i].len, wf->nvalues0 + 1 + i};
		aur_sort_strings(k, n);
		for (uint32_t i = 0; i < n && !c; i++) {
			uint8_t v[4];
			aur_set32(v, k[i].id);
			MDB_val key = aur_word_key(kb + 5, -1, k[i].p, k[i].len);
			kb[0] = 'i';
			aur_setbe32(kb + 1, f);
			c = aur_rec_put(w->store, t, DB_VALUES, (MDB_val){key.mv_size + 5, kb}, v, 4, 0, err);
		}
		for (uint32_t i = 0; i < n && !c; i++) {
			kb[0] = 'v';
			aur_setbe32(kb + 1, f);
			aur_setbe32(kb + 5, wf->nvalues0 + 1 + i);
			c = aur_rec_put(w->store, t, DB_VALUES, (MDB_val){9, kb}, wf->text[i].ptr, wf->text[i].len, 0, err);
		}
		free(k);
	}
	aur_buf_free(&b);
	return c;
}

/* ---- what was replaced ---------------------------------------------------------------------- */
static int by_no(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static aur_code deleted_write(aur_writer *w, MDB_txn *t, aur_error *err)
{
	aur_code c = AURE_OK;
	uint8_t kb[SEG_KEY];
	qsort(w->del, w->ndel, sizeof *w->del, by_no);
	aur_buf bits = {0};
	uint32_t i = 0;
	for (uint32_t s = 0; s < w->nsegs && i < w->ndel && !c; s++) {
		const uint8_t *p;
		size_t n;
		c = aur_rec_must(w->store, t, DB_SEG, seg_key(kb, s, SEG_HEAD, 0), &p, &n, err);
		if (c)
			break;
		uint32_t base = aur_get32(p), cnt = aur_get32(p + 4);
		if (w->del[i] >= base + cnt)
			continue;
		bits.n = 0;
		aur_buf_room(&bits, cnt / 8 + 1);
		memset(bits.p, 0, cnt / 8 + 1);
		bits.n = cnt / 8 + 1;
		c = aur_rec_get(w->store, t, DB_SEG, seg_key(kb, s, SEG_DELETED, 0), &p, &n, err);
		if (!c && n == bits.n)
			memcpy(bits.p, p, n);
		else if (c && c != AURE_NOTFOUND)
			break;
		for (; i < w->ndel && w->del[i] < base + cnt; i++)
			bits.p[(w->del[i] - base) >> 3] |= (uint8_t)(1u << ((w->del[i] - base) & 7));
		c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, s, SEG_DELETED, 0), bits.p, bits.n, 0, err);
	}
	aur_buf_free(&bits);
	return c;
}

/* ---- all ------------------------------------------------------------------------------------ */
aur_code aur_batch_write(aur_writer *w, MDB_txn *t, aur_error *err)
{
	uint8_t kb[SEG_KEY], head[64];
	aur_code c = AURE_OK;
	uint32_t *tf = NULL, *present = NULL, npresent = 0;
	const uint8_t **list = NULL;
	struct post_out o = {0};
	tf = aur_xcalloc(w->nforms + 1u, sizeof *tf);
	for (uint64_t i = 0; i < w->ntok; i++)
		tf[w->tok[i]]++;
	for (uint32_t i = 0; i < w->nforms; i++)
		npresent += tf[i] > 0;
	present = aur_xmalloc((size_t)npresent * sizeof *present);
	npresent = 0;
	for (uint32_t i = 0; i < w->nforms; i++)
		if (tf[i])
			present[npresent++] = i;
	post_build(w, present, npresent, tf, &o);
	free(w->tok); /* the postings have the same content; see tokens_again */
	w->tok = NULL;
	w->tok_cap = 0;
	list = aur_xmalloc((size_t)npresent * sizeof *list);
	for (unsigned k = 0; k < o.n; k++)
		for (uint32_t i = o.part[k].a; i < o.part[k].z; i++)
			list[i] = o.part[k].all.p + o.off[i];
	c = forms_write(w, t, err);
	aur_store_trim(w->store);
	if (!c)
		c = layers_write(w, t, present, npresent, list, tf, err);
	if (!c)
		c = fields_write(w, t, err);
	if (!c && w->nlabels > w->nlabels0)
		c = aur_rec_put(w->store, t, DB_META, aur_meta_key("labels"), w->label_rec.p, w->label_rec.n, 0, err);
	if (!w->n)
		goto meta;
	if (!c) {
		memset(head, 0, sizeof head);
		aur_set32(head, w->ndocs);
		aur_set32(head + 4, w->n);
		aur_set64(head + 8, w->ntok);
		aur_set64(head + 16, w->words);
		aur_set64(head + 24, w->annotators);
		c = aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_HEAD, 0), head, SEG_HEAD_BYTES, 0, err);
	}
	if (!c)
		c = post_write(w, t, present, npresent, &o, err);
	post_free(&o);
	o.n = 0;
	if (!c)
		c = docs_write(w, t, err);
	if (!c)
		c = aur_hits_write(w, t, w->nsegs, w->hit, w->nhits, err);
	if (!c && w->ndel)
		c = deleted_write(w, t, err);
	if (w->ndel)
		w->has_deleted = 1;
meta:
	if (!c) {
		aur_set32(head, w->nforms);
		aur_set32(head + 4, w->nsegs + (w->n > 0));
		aur_set32(head + 8, w->ndocs + w->n);
		aur_set32(head + 12, w->nfields);
		aur_set32(head + 16, w->nlabels);
		aur_set32(head + 20, w->has_deleted);
		c = aur_rec_put(w->store, t, DB_META, aur_meta_key("counts"), head, 24, 0, err);
	}
	post_free(&o);
	free(o.off);
	free(list);
	free(present);
	free(tf);
	return c;
}
