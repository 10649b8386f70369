/* SPDX-License-Identifier: Apache-2.0 */
/* Theme hits on disk.  They are kept apart from the other records of a segment, so that re-theming rewrites nothing else.
 *
 *  HIT_RECORDS, per 1,024 contributions: varint gap to the contribution, varint hits, then per hit varint label, first,
 *  last - first, polarity | flags << 2 | has cue << 6 | has scope << 7, weight in 1/255, and cue and scope if there are any
 *  HIT_THEME: theme * 4 + polarity -> portable Roaring bitmap of contributions (local numbers) */
#include "config.h"
#include <errno.h>
#include <roaring/roaring.h>
#include <stdlib.h>
#include "base/hash.h"
#include "index/write.h"

static uint8_t *put_range(uint8_t *p, uint32_t first, uint32_t last)
{
	p = aur_vput5(p, first);
	return aur_vput5(p, last - first);
}

static void hits_encode(aur_buf *b, uint32_t gap, const aur_hit_rec *h, uint32_t n)
{
	enum { MOST = 7 * 5 + 2 }; /* bytes of a hit */
	aur_buf_room(b, 2 * 5 + (size_t)n * MOST);
	uint8_t *p = aur_vput5(aur_vput5(b->p + b->n, gap), n);
	for (uint32_t i = 0; i < n; i++, h++) {
		p = put_range(aur_vput5(p, h->label), h->first, h->last);
		*p++ = (uint8_t)((h->polarity & 3) | (h->flags & 15) << 2 | (h->cue_first != AUR_NONE ? 64u : 0) |
				 (h->scope_first != AUR_NONE ? 128u : 0));
		float wt = h->weight < 0 ? 0 : h->weight > 1 ? 1 : h->weight;
		*p++ = (uint8_t)(wt * 255 + 0.5f);
		if (h->cue_first != AUR_NONE)
			p = put_range(p, h->cue_first, h->cue_last);
		if (h->scope_first != AUR_NONE)
			p = put_range(p, h->scope_first, h->scope_last);
	}
	b->n = (size_t)(p - b->p);
}

/* Reads a range of tokens.  Returns 0 if it is damaged; a sum that overflows was never written. */
static int stretch(const uint8_t **p, const uint8_t *end, uint32_t *first, uint32_t *last)
{
	*first = aur_vget_safe(p, end);
	uint32_t more = aur_vget_safe(p, end);
	*last = *first + more;
	return *p && *last >= *first;
}

const uint8_t *aur_hits_decode(const uint8_t *p, const uint8_t *end, uint32_t *gap, aur_buf *out)
{
	*gap = aur_vget_safe(&p, end);
	uint32_t n = aur_vget_safe(&p, end);
	if (out && p && n <= (size_t)(end - p) / 5) /* of the bytes that n hits take at least */
		aur_buf_room(out, n * sizeof(aur_hit_rec));
	for (uint32_t i = 0; i < n && p; i++) {
		aur_hit_rec h = {.cue_first = AUR_NONE, .cue_last = AUR_NONE, .scope_first = AUR_NONE, .scope_last = AUR_NONE};
		h.label = aur_vget_safe(&p, end);
		if (!stretch(&p, end, &h.first, &h.last) || end - p < 2)
			return NULL;
		unsigned f = *p++;
		h.weight = (float)*p++ / 255.0f;
		h.polarity = f & 3;
		h.flags = f >> 2 & 15;
		if (((f & 64) && !stretch(&p, end, &h.cue_first, &h.cue_last)) || ((f & 128) && !stretch(&p, end, &h.scope_first, &h.scope_last)))
			return NULL;
		if (out)
			aur_buf_put(out, &h, sizeof h);
	}
	return p;
}

int aur_label_number(aur_strtab *labels, aur_arena *names, aur_buf *rec, uint32_t n, const aur_label *l, uint32_t *id)
{
	aur_buf b = {0};
	const aur_str *part[4] = {&l->theme, &l->entry, &l->lexicon, &l->version};
	for (int i = 0; i < 4; i++) {
		aur_buf_v(&b, (uint32_t)part[i]->len);
		aur_buf_put(&b, part[i]->ptr, part[i]->len);
	}
	uint32_t *known = aur_strtab_find(labels, b.p, b.n);
	int fresh = !known;
	*id = fresh ? n : *known;
	if (fresh) {
		aur_strtab_put(labels, aur_arena_dup(names, b.p, b.n), b.n, *id);
		aur_buf_put(rec, b.p, b.n);
	}
	aur_buf_free(&b);
	return fresh;
}

/* Labels name themes; themes are numbered by their first label. */
void aur_themes_read(aur_themes *t, const uint8_t *rec, size_t n)
{
	const uint8_t *p = n ? rec + t->parsed : NULL, *end = n ? rec + n : NULL; /* rec is NULL where there is no label */
	while (p && p < end) {
		const char *name = "";
		uint32_t len = 0;
		for (int k = 0; k < 4 && p; k++) {
			uint32_t m = aur_vget_safe(&p, end);
			if (!p || m > (size_t)(end - p)) {
				p = NULL;
				break;
			}
			if (!k) {
				name = (const char *)p;
				len = m;
			}
			p += m;
		}
		if (!p)
			break;
		uint32_t *known = aur_strtab_find(&t->tab, name, len);
		AUR_GROW(t->of, t->nlabels, t->cap);
		t->of[t->nlabels++] = known ? *known : t->n;
		if (!known)
			aur_strtab_put(&t->tab, aur_arena_dup(&t->names, name, len), len, t->n++);
		t->parsed = (size_t)(p - rec);
	}
}

void aur_themes_free(aur_themes *t)
{
	free(t->of);
	aur_strtab_free(&t->tab);
	aur_arena_free(&t->names);
	*t = (aur_themes){0};
}

struct aur_hits_out {
	aur_store *store;
	const aur_themes *themes;
	uint32_t seg, block, last;
	aur_buf b;
	roaring_bitmap_t **bm;
	uint32_t nbm;
};

aur_hits_out *aur_hits_begin(aur_store *store, const aur_themes *themes, uint32_t seg)
{
	aur_hits_out *o = aur_xcalloc(1, sizeof *o);
	*o = (aur_hits_out){.store = store, .themes = themes, .seg = seg};
	return o;
}

static aur_code block_end(aur_hits_out *o, MDB_txn *t, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	if (!o->b.n)
		return AURE_OK;
	aur_code c = aur_rec_put(o->store, t, DB_HITS, seg_key(kb, o->seg, HIT_RECORDS, o->block), o->b.p, o->b.n, 0, err);
	o->b.n = 0;
	return c;
}

static void add_doc(aur_hits_out *o, uint32_t x, uint32_t doc)
{
	if (!o->bm[x])
		o->bm[x] = roaring_bitmap_create();
	roaring_bitmap_add(o->bm[x], doc);
}

aur_code aur_hits_doc(aur_hits_out *o, MDB_txn *t, uint32_t doc, const aur_hit_rec *h, uint32_t n, aur_error *err)
{
	aur_code c = AURE_OK;
	if (doc / HIT_BLOCK != o->block || !o->b.n) {
		c = block_end(o, t, err);
		o->block = doc / HIT_BLOCK;
		o->last = o->block * HIT_BLOCK;
	}
	hits_encode(&o->b, doc - o->last, h, n);
	o->last = doc;
	if (o->nbm < o->themes->n * 4) {
		o->bm = aur_xrealloc(o->bm, (size_t)o->themes->n * 4 * sizeof(void *));
		memset(o->bm + o->nbm, 0, (o->themes->n * 4 - o->nbm) * sizeof(void *));
		o->nbm = o->themes->n * 4;
	}
	for (uint32_t i = 0; i < n; i++)
		__builtin_prefetch(&o->themes->of[h[i].label]);
	for (uint32_t i = 0, had = UINT32_MAX; i < n; i++) {
		uint32_t x = o->themes->of[h[i].label] * 4 + (h[i].polarity & 3);
		if (x == had) /* hits of a contribution are mostly of few themes */
			continue;
		had = x;
		add_doc(o, x, doc);
		add_doc(o, x | 3, doc);
	}
	return c;
}

aur_code aur_hits_end(aur_hits_out *o, MDB_txn *t, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	aur_code c = t ? block_end(o, t, err) : AURE_OK;
	for (uint32_t x = 0; x < o->nbm; x++) {
		if (!o->bm[x])
			continue;
		if (t && !c) {
			roaring_bitmap_run_optimize(o->bm[x]);
			o->b.n = 0;
			aur_buf_room(&o->b, roaring_bitmap_portable_size_in_bytes(o->bm[x]));
			o->b.n = roaring_bitmap_portable_serialize(o->bm[x], (char *)o->b.p);
			c = aur_rec_put(o->store, t, DB_HITS, seg_key(kb, o->seg, HIT_THEME, x), o->b.p, o->b.n, 0, err);
		}
		roaring_bitmap_free(o->bm[x]);
	}
	free(o->bm);
	aur_buf_free(&o->b);
	free(o);
	return c;
}

aur_code aur_hits_write(aur_writer *w, MDB_txn *t, uint32_t seg, const struct aur_whit *hit, uint64_t n, aur_error *err)
{
	aur_code c = AURE_OK;
	aur_themes th = {0};
	aur_themes_read(&th, w->label_rec.p, w->label_rec.n);
	aur_hits_out *o = aur_hits_begin(w->store, &th, seg);
	aur_hit_rec *one = NULL;
	size_t onecap = 0;
	for (uint64_t i = 0; i < n && !c;) {
		uint32_t doc = hit[i].doc;
		size_t m = 0;
		for (; i < n && hit[i].doc == doc; i++) {
			AUR_GROW(one, m, onecap);
			one[m++] = hit[i].h;
		}
		c = aur_hits_doc(o, t, doc, one, (uint32_t)m, err);
	}
	free(one);
	aur_code c2 = aur_hits_end(o, c ? NULL : t, err);
	aur_themes_free(&th);
	return c ? c : c2;
}

struct numbers {
	aur_buf *out;
	uint32_t next, ndocs; /* what the next one is at least, and less than */
	int bad;
};

static bool put_number(uint32_t no, void *to)
{
	struct numbers *t = to;
	t->bad = no < t->next || no >= t->ndocs;
	if (t->bad)
		return false;
	t->next = no + 1;
	aur_buf_put(t->out, &no, sizeof no);
	return true;
}

int aur_bitmap_list(const uint8_t *p, size_t n, uint32_t ndocs, aur_buf *out)
{
	struct numbers to = {.out = out, .ndocs = ndocs};
	errno = 0;
	roaring_bitmap_t *b = roaring_bitmap_portable_deserialize_safe((const char *)p, n);
	if (!b && errno == ENOMEM) /* not damage */
		aur_no_memory();
	if (!b)
		return 0;
	roaring_iterate(b, put_number, &to); /* one by one: the stored cardinality may be wrong */
	roaring_bitmap_free(b);
	return !to.bad;
}
