/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a batch as a segment: first the dictionary (segment_words.c), then postings, records, columns.  Keys are written in order,
 * each once. */
#include "config.h"
#include <stdlib.h>
#include "base/threads.h"
#include "index/postings.h"
#include "index/write.h"

#define PAIR_BUDGET ((size_t)48 << 20) /* bytes of occurrences sorted at a time */

/* ---- postings ------------------------------------------------------------------------------- */
#define MAX_PARTS 4u
struct post_out {
	struct post_part {
		uint32_t a, z; /* forms present[a] to present[z - 1] */
		const aur_buf *in; /* where their lists are */
		size_t end;        /* of the last one */
	} part[MAX_PARTS];
	unsigned n;
	size_t *off; /* of each list in the buffer of its part, by index in present */
	aur_buf lists[MAX_PARTS]; /* one for each thread, and not for each part: large pages are for large buffers */
};

/* What one thread builds: the lists of some parts. */
struct post_work {
	const aur_writer *w;
	const uint32_t *present, *tf;
	uint32_t npresent;
	struct post_part *part;
	unsigned n;
	aur_buf *lists;
	size_t *off;
	uint32_t *cur; /* by form: where its next occurrence goes */
	size_t budget; /* occurrences sorted at a time */
	unsigned bits; /* of a position, where an occurrence fits 32 bits; 0: it does not */
};

/* How many bits the position of a word takes in an occurrence of 32 bits, beside the number of its contribution; 0: they do not fit. */
static unsigned narrow_bits(const aur_writer *w)
{
	uint64_t from = 0, longest = 2;
	for (uint32_t d = 0; d < w->n; d++) {
		longest = w->doc[d].tok_end - from > longest ? w->doc[d].tok_end - from : longest;
		from = w->doc[d].tok_end;
	}
	unsigned bits = 0;
	while ((longest - 1) >> bits)
		bits++;
	return bits < 32 && ((uint64_t)w->n << bits) <= (uint64_t)1 << 32 ? bits : 0;
}

/* Sorts the occurrences of forms present[a] to present[z - 1] by form. */
static void post_sort(const struct post_work *o, uint32_t a, uint32_t z, uint64_t *wide, uint32_t *narrow)
{
	const aur_writer *w = o->w;
	const uint32_t *tok = w->tok;
	uint32_t lo = o->present[a], span = o->present[z - 1] - lo, *cur = o->cur;
	int all = z - a == o->npresent;
	for (uint32_t d = 0; d < w->n; d++) {
		const uint32_t *end = w->tok + w->doc[d].tok_end, *from = tok;
		if (wide)
			for (; tok < end; tok++) {
				if (*tok - lo <= span)
					wide[cur[*tok]++] = (uint64_t)d << 32 | (uint32_t)(tok - from);
			}
		else if (all) /* a branch would be mispredicted */
			for (uint32_t at = d << o->bits; tok < end; tok++)
				narrow[cur[*tok]++] = at++;
		else
			for (uint32_t at = d << o->bits; tok < end; tok++, at++)
				if (*tok - lo <= span)
					narrow[cur[*tok]++] = at;
	}
}

static void *post_build_parts(void *arg)
{
	struct post_work *o = arg;
	aur_buf docs = {0}, pos = {0};
	uint64_t *wide = NULL;
	uint32_t *narrow = NULL;
	size_t cap = 0, width = o->bits ? sizeof *narrow : sizeof *wide;
	uint32_t last = o->part[o->n - 1].z;
	for (uint32_t a = o->part->a; a < last;) {
		/* forms present[a] to present[z - 1] fit the budget; a single form may exceed it */
		uint32_t z = a;
		size_t sum = 0, at = 0;
		while (z < last && (z == a || sum + o->tf[o->present[z]] <= o->budget)) {
			o->cur[o->present[z]] = (uint32_t)sum;
			sum += o->tf[o->present[z]];
			z++;
		}
		if (sum > cap) {
			cap = sum > o->budget ? sum : o->budget;
			free(wide);
			free(narrow);
			void *room = aur_xmalloc(cap * width);
			aur_mem_huge(room, cap * width);
			narrow = o->bits ? room : NULL;
			wide = o->bits ? NULL : room;
		}
		post_sort(o, a, z, wide, narrow);
		for (; a < z; a++) {
			o->off[a] = o->lists->n;
			const aur_post_pairs list = {wide ? wide + at : NULL, narrow ? narrow + at : NULL, o->bits};
			aur_post_encode(o->lists, &docs, &pos, &list, o->tf[o->present[a]]);
			at += o->tf[o->present[a]];
		}
	}
	for (unsigned i = 0; i < o->n; i++) {
		o->part[i].in = o->lists;
		o->part[i].end = o->part[i].z < last ? o->off[o->part[i].z] : o->lists->n;
	}
	aur_buf_free(&docs);
	aur_buf_free(&pos);
	free(wide);
	free(narrow);
	return NULL;
}

/* Builds the lists on some threads. */
static void post_build(aur_writer *w, const uint32_t *present, uint32_t npresent, const uint32_t *tf, struct post_out *o)
{
	/* the number of parts does not depend on threads, so that neither do the bytes on disk */
	unsigned parts = w->ntok < 100000 ? 1 : MAX_PARTS, threads = w->threads < 1 ? 1 : w->threads > parts ? parts : w->threads;
	uint32_t *cur = aur_xmalloc((size_t)w->nforms * sizeof *cur + 4);
	struct post_work work[MAX_PARTS];
	/* Wide ones in two goes, or more: what they sort in is memory met for the first time, which costs as much as another look at all words.
	 * Narrow ones take as little in one. */
	unsigned bits = narrow_bits(w);
	size_t most = PAIR_BUDGET / threads / (bits ? sizeof(uint32_t) : sizeof(uint64_t)), go = bits ? w->ntok + 1 : w->ntok / 2 + w->ntok / 32 + 1;
	size_t budget = go < most ? go : most;
	o->off = aur_xmalloc((size_t)npresent * sizeof *o->off + 8);
	uint32_t at = 0;
	uint64_t sum = 0;
	for (o->n = 0; o->n < parts; o->n++) {
		struct post_part *p = &o->part[o->n];
		*p = (struct post_part){.a = at};
		while (at < npresent && (o->n + 1 == parts || sum < w->ntok * (o->n + 1) / parts))
			sum += tf[present[at++]];
		p->z = at;
	}
	for (unsigned i = 0; i < threads; i++) {
		unsigned from = o->n * i / threads, to = o->n * (i + 1) / threads;
		/* mostly enough; what is not used is never met */
		aur_buf_room(&o->lists[i], w->ntok * 5 / 2 * (to - from) / o->n + (size_t)(o->part[to - 1].z - o->part[from].a) * 4);
		work[i] = (struct post_work){.w = w, .present = present, .tf = tf, .npresent = npresent, .part = &o->part[from], .n = to - from,
					     .lists = &o->lists[i], .off = o->off, .cur = cur, .budget = budget, .bits = bits};
	}
	aur_each_thread(threads, post_build_parts, work, sizeof *work);
	free(cur);
}

static void post_free(struct post_out *o)
{
	for (unsigned i = 0; i < MAX_PARTS; i++)
		aur_buf_free(&o->lists[i]);
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
				size_t zend = z + 1 < p->z ? o->off[z + 1] : p->end;
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
			chunk[chunks++] = (struct span){p->in->p + from, end - from};
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
static aur_code lengths_write(aur_writer *w, MDB_txn *t, aur_buf *b, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	b->n = 0;
	aur_buf_room(b, 2 * (size_t)w->n);
	for (uint32_t d = 0; d < w->n; d++, b->n += 2)
		aur_set16(b->p + b->n, w->doc[d].nwords < 65535 ? w->doc[d].nwords : 65535);
	return aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_DOCS, 0), b->p, b->n, 0, err);
}

/* The first contribution of each block of records; they stay in *dir. */
static aur_code blocks_write(aur_writer *w, MDB_txn *t, aur_buf *dir, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	for (uint32_t a = 0; a < w->n;) {
		size_t from = a ? w->doc[a - 1].fwd_end : 0;
		uint32_t z = a + 1;
		while (z < w->n && w->doc[z].fwd_end - from + 4 * (size_t)(z - a + 2) <= TEXT_BLOCK)
			z++;
		aur_buf_room(dir, 4);
		aur_set32(dir->p + dir->n, a);
		dir->n += 4;
		a = z;
	}
	return aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_DOCS, 1), dir->p, dir->n, 0, err);
}

static aur_code ids_write(aur_writer *w, MDB_txn *t, aur_buf *b, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	uint64_t *h = aur_xmalloc((size_t)w->n * sizeof *h);
	for (uint32_t d = 0; d < w->n; d++)
		h[d] = (uint64_t)w->doc[d].hash << 32 | d;
	aur_sort_hashes(h, w->n);
	b->n = 0;
	aur_buf_room(b, 8 * (size_t)w->n);
	for (uint32_t d = 0; d < w->n; d++, b->n += 8) {
		aur_set32(b->p + b->n, (uint32_t)(h[d] >> 32));
		aur_set32(b->p + b->n + 4, (uint32_t)h[d]);
	}
	free(h);
	return aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_IDS, 0), b->p, b->n, 0, err);
}

/* The values of a field, by contribution, unless none has any. */
static aur_code column_write(aur_writer *w, MDB_txn *t, uint32_t f, aur_buf *b, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	const struct aur_wfield *wf = &w->field[f];
	uint32_t max = 0, have = wf->colcap < w->n ? wf->colcap : w->n;
	for (uint32_t d = 0; d < have; d++)
		max = wf->col[d] > max ? wf->col[d] : max;
	if (!max)
		return AURE_OK;
	unsigned width = max < 256 ? 1 : max < 65536 ? 2 : 4;
	b->n = 0;
	aur_buf_room(b, 1 + (size_t)width * w->n);
	b->p[b->n++] = (uint8_t)width;
	for (uint32_t d = 0; d < w->n; d++, b->n += width)
		aur_set_wide(b->p + b->n, width, d < have ? wf->col[d] : 0);
	return aur_rec_put(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_COLUMN, f), b->p, b->n, 0, err);
}

/* The records of contributions a to z - 1. */
static aur_code block_write(aur_writer *w, MDB_txn *t, uint32_t a, uint32_t z, aur_buf *b, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	size_t from = a ? w->doc[a - 1].fwd_end : 0;
	b->n = 0;
	aur_buf_room(b, 8 + 4 * (size_t)(z - a));
	aur_set32(b->p, z - a);
	aur_set32(b->p + 4, 0);
	for (uint32_t d = a; d < z; d++)
		aur_set32(b->p + 8 + 4 * (size_t)(d - a), (uint32_t)(w->doc[d].fwd_end - from));
	b->n = 8 + 4 * (size_t)(z - a);
	return aur_rec_put_two(w->store, t, DB_SEG, seg_key(kb, w->nsegs, SEG_TEXT, a), (MDB_val){b->n, b->p},
			       (MDB_val){w->doc[z - 1].fwd_end - from, w->fwd.p + from}, err);
}

static aur_code docs_write(aur_writer *w, MDB_txn *t, aur_error *err)
{
	aur_buf b = {0}, dir = {0};
	aur_code c = lengths_write(w, t, &b, err);
	if (!c)
		c = blocks_write(w, t, &dir, err);
	if (!c)
		c = ids_write(w, t, &b, err);
	for (uint32_t f = 0; f < w->nfields && !c; f++)
		c = column_write(w, t, f, &b, err);
	for (size_t at = 0; at < dir.n && !c; at += 4)
		c = block_write(w, t, aur_get32(dir.p + at), at + 4 < dir.n ? aur_get32(dir.p + at + 4) : w->n, &b, err);
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
		aur_sortkey *k = aur_sortkeys(n);
		for (uint32_t i = 0; i < n; i++)
			k[i] = (aur_sortkey){0, wf->text[i].ptr, (uint32_t)wf->text[i].len, wf->nvalues0 + 1 + i};
		aur_sort_strings(k, n, n);
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
			list[i] = o.part[k].in->p + o.off[i];
	c = aur_forms_write(w, t, err);
	if (!c)
		c = aur_layers_write(w, t, present, npresent, list, tf, err);
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
	aur_store_trim_over(w->store, AUR_MAPPED);
	if (!c)
		c = docs_write(w, t, err);
	if (!c)
		c = aur_hits_write(w, t, w->nsegs, w->hit, w->nhits, err);
	if (!c && w->ndel)
		c = deleted_write(w, t, err);
	aur_store_trim_over(w->store, AUR_MAPPED);
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
