/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a batch, for segment.c: their forms, and the values of these on each layer. */
#include "config.h"
#include <stdlib.h>
#include "index/postings.h"
#include "index/write.h"

#define AHEAD 16u /* how many strings and lists ahead to prefetch: they are all over the memory */
#define RECORDS 128u /* between two looks at how much of the file is mapped: the trees of words are read from one end to the other */

/* After the i-th of many records. */
static void release(const aur_writer *w, size_t i)
{
	if (i % RECORDS == RECORDS - 1)
		aur_store_trim_over(w->store, AUR_MAPPED);
}

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

aur_code aur_forms_write(aur_writer *w, MDB_txn *t, aur_error *err)
{
	uint32_t n = w->nforms - w->nforms0;
	aur_code c = AURE_OK;
	if (!n)
		return AURE_OK;
	aur_sortkey *k = aur_sortkeys(n);
	for (uint32_t i = 0; i < n; i++)
		k[i] = (aur_sortkey){0, w->wform[i].form.ptr, (uint32_t)w->wform[i].form.len, w->nforms0 + i};
	aur_sort_strings(k, n, n);
	MDB_cursor *at = NULL;
	int sorted = 1; /* in order of their keys: hashed keys of long forms may not be */
	for (uint32_t i = 0; i < n; i++)
		sorted &= k[i].len <= KEY_MAX_BYTES - 24;
	c = aur_rec_cursor(w->store, t, DB_FORMS, &at, err);
	for (uint32_t i = 0; i < n && !c; i++) {
		uint8_t kb[KEY_MAX_BYTES + 8], v[4];
		if (n - i > AHEAD)
			__builtin_prefetch(k[i + AHEAD].p);
		aur_set32(v, k[i].id);
		c = aur_rec_put_at(w->store, at, aur_word_key(kb, -1, k[i].p, k[i].len), v, 4, sorted ? (w->nforms0 ? 0 : MDB_APPEND) : 0, err);
		release(w, i);
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
		release(w, r->chunk);
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

/* The forms of the batch, on one layer, sorted by their value. */
struct layering {
	const uint32_t *present, *tf;
	uint32_t npresent;
	const uint8_t *const *list;
	int counted; /* it is the default layer */
	/* id: the number of a form.  If counted, its index in `present`; or npresent + i for the i-th new form, if it has no occurrences here,
	 * as its contributions were not added in the end. */
	aur_sortkey *key;
	size_t n, room;
	struct formrec rec;
	/* scratch */
	uint32_t *stamp, mark; /* by contribution of the batch: the last group that was found in it */
	uint32_t *docs;
	uint32_t *ids, idcap;
};

static void gather_one(struct layering *x, aur_str value, uint32_t id)
{
	if (value.len)
		x->key[x->n++] = (aur_sortkey){0, value.ptr, (uint32_t)value.len, id};
}

static aur_code gather(struct layering *x, aur_writer *w, MDB_txn *t, uint32_t l, aur_error *err)
{
	uint32_t nnew = w->nforms - w->nforms0;
	x->n = 0;
	x->rec.p = NULL; /* the puts for the layer before may have moved the record */
	for (uint32_t i = 0; i < x->npresent && x->counted; i++) {
		uint32_t id = x->present[i];
		aur_str v = {0};
		aur_code c = AURE_OK;
		if (id >= w->nforms0)
			v = w->wform[id - w->nforms0].layer[l];
		else
			c = old_value(w, t, &x->rec, id, &v, err);
		if (c)
			return c;
		gather_one(x, v, i);
	}
	for (uint32_t i = 0; i < nnew; i++)
		if (!x->counted)
			gather_one(x, w->wform[i].layer[l], w->nforms0 + i);
		else if (!x->tf[w->nforms0 + i])
			gather_one(x, w->wform[i].layer[l], x->npresent + i);
	aur_sort_strings(x->key, x->n, x->room);
	return AURE_OK;
}

/* The end of the group that begins at i, of forms with the same value. */
static size_t group_end(const struct layering *x, size_t i)
{
	const aur_sortkey *k = x->key;
	size_t j = i;
	for (; j < x->n && aur_sortkey_same(&k[j], &k[i]); j++) {
		if (x->n - j > AHEAD)
			__builtin_prefetch(k[j + AHEAD].p);
		if (x->counted && x->n - j > AHEAD && k[j + AHEAD].id < x->npresent)
			__builtin_prefetch(x->list[k[j + AHEAD].id]);
		if (x->counted && x->n - j > 2 * AHEAD && k[j + 2 * AHEAD].id < x->npresent) {
			__builtin_prefetch(&x->list[k[j + 2 * AHEAD].id]);
			__builtin_prefetch(&x->present[k[j + 2 * AHEAD].id]);
		}
	}
	return j;
}

/* The new forms of a group, in x->ids; returns how many.  On the default layer, also counts the contributions that hold any form of
 * the group, so that a query need not, and its occurrences. */
static uint32_t group_count(struct layering *x, size_t i, size_t j, uint32_t nforms0, uint32_t *df, uint64_t *occ)
{
	uint32_t n = 0, holders = 0, mark = ++x->mark, *stamp = x->stamp, *docs = x->docs;
	int one = j - i == 1;
	*occ = 0;
	for (; i < j; i++) {
		uint32_t at = x->key[i].id;
		int occurs = x->counted && at < x->npresent;
		uint32_t id = occurs ? x->present[at] : x->counted ? nforms0 + (at - x->npresent) : at;
		if (id >= nforms0) {
			AUR_GROW(x->ids, n, x->idcap);
			x->ids[n++] = id;
		}
		if (!occurs)
			continue;
		aur_post p;
		aur_post_open(&p, x->list[at]);
		*occ += p.tf;
		if (one) {
			holders = p.df;
			continue;
		}
		aur_post_docs(&p, docs);
		for (uint32_t d = 0; d < p.df; d++) {
			holders += stamp[docs[d]] != mark;
			stamp[docs[d]] = mark;
		}
	}
	*df = holders;
	return n;
}

aur_code aur_layers_write(aur_writer *w, MDB_txn *t, const uint32_t *present, uint32_t npresent, const uint8_t *const *list, const uint32_t *tf,
			  aur_error *err)
{
	struct layering x = {.present = present, .npresent = npresent, .list = list, .tf = tf};
	aur_buf b = {0};
	MDB_cursor *at = NULL;
	x.room = (size_t)(w->nforms - w->nforms0) + npresent;
	x.key = aur_sortkeys(x.room);
	x.stamp = aur_xcalloc(w->n, sizeof *x.stamp);
	x.docs = aur_xmalloc((size_t)w->n * sizeof *x.docs);
	aur_code c = aur_rec_cursor(w->store, t, DB_LAYERS, &at, err);
	for (uint32_t l = 0; l < w->nlayers && !c; l++) {
		int fresh = !w->nforms0; /* and no long keys: they are hashed, and not in order */
		x.counted = l == w->dlayer;
		c = gather(&x, w, t, l, err);
		for (size_t i = 0; i < x.n; i++)
			fresh &= x.key[i].len <= KEY_MAX_BYTES - 24;
		for (size_t i = 0, j, groups = 0; i < x.n && !c; i = j) {
			uint32_t df;
			uint64_t occ;
			j = group_end(&x, i);
			uint32_t n = group_count(&x, i, j, w->nforms0, &df, &occ);
			c = value_update(w, at, l, (aur_str){x.key[i].p, x.key[i].len}, df, occ, x.ids, n, fresh, &b, err);
			release(w, groups++);
		}
		aur_store_trim_over(w->store, AUR_MAPPED);
	}
	if (at)
		mdb_cursor_close(at);
	aur_buf_free(&b);
	aur_buf_free(&x.rec.value);
	free(x.ids);
	free(x.docs);
	free(x.stamp);
	free(x.key);
	return c;
}
