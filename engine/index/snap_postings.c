/* SPDX-License-Identifier: Apache-2.0 */
/* Segments: their properties, and where in them the postings of a form are. */
#include "config.h"
#include <stdlib.h>
#include "index/postings.h"
#include "index/snap.h"

uint32_t aur_snapshot_segs(const aur_snapshot *s)
{
	return s->nsegs;
}

const aur_seg_info *aur_snapshot_seg(const aur_snapshot *s, uint32_t seg)
{
	return &s->seg[seg].info;
}

const uint8_t *aur_snapshot_lengths(aur_snapshot *s, uint32_t seg)
{
	struct aur_snap_seg *g = &s->seg[seg];
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	if (!g->lengths && !aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_DOCS, 0), &p, &n, NULL) && n == 2 * (uint64_t)g->info.n)
		g->lengths = p;
	return g->lengths;
}

static aur_code seg_forms(aur_snapshot *s, uint32_t seg, aur_error *err)
{
	struct aur_snap_seg *g = &s->seg[seg];
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	if (g->forms)
		return AURE_OK;
	aur_code c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_FORMS, 0), &p, &n, err);
	if (c)
		return c;
	uint32_t nf = n >= 8 ? aur_get32(p) : 0, nc = n >= 8 ? aur_get32(p + 4) : 0;
	if (n < 8 || n != 8 + 6 * (uint64_t)nf + 4 * (uint64_t)nc || !nf != !nc)
		return aur_rec_damaged(s->store, "segments", err);
	g->forms = p;
	g->nforms = nf;
	g->nchunks = nc;
	g->ids = p + 8;
	g->off = g->ids + 4 * (size_t)nf;
	g->first = g->off + 2 * (size_t)nf;
	g->chunk = aur_xcalloc(nc, sizeof *g->chunk);
	return AURE_OK;
}

aur_code aur_snapshot_seg_forms(aur_snapshot *s, uint32_t seg, uint32_t *n, aur_error *err)
{
	aur_code c = seg_forms(s, seg, err);
	*n = c ? 0 : s->seg[seg].nforms;
	return c;
}

uint32_t aur_snapshot_seg_form_at(aur_snapshot *s, uint32_t seg, uint32_t i)
{
	return aur_get32(s->seg[seg].ids + 4 * (size_t)i);
}

/* Fills in g->where, the place of each form's list: worth its cost after this many look-ups. */
#define ASKED_OFTEN 1000u
static void where_all(aur_snapshot *s, struct aur_snap_seg *g)
{
	uint32_t chunk = 0;
	g->where = aur_xcalloc(s->nforms, sizeof *g->where);
	for (uint32_t i = 0; i < g->nforms; i++) {
		uint32_t form = aur_get32(g->ids + 4 * (size_t)i);
		while (chunk + 1 < g->nchunks && aur_get32(g->first + 4 * ((size_t)chunk + 1)) <= i)
			chunk++;
		if (form < s->nforms)
			g->where[form] = ((uint64_t)chunk << 16 | aur_get16(g->off + 2 * (size_t)i)) + 1;
	}
}

/* The chunk of a form's list and its offset there; 0: the form does not occur. */
static int where_one(const struct aur_snap_seg *g, uint32_t form, uint32_t *chunk, uint32_t *off)
{
	/* In the first segment nearly every number is present, so that number i stands at or a little before i. */
	uint32_t lo = 0, hi = g->nforms < form + 1 ? g->nforms : form + 1;
	if (hi && aur_get32(g->ids + 4 * (size_t)(hi - 1)) == form) {
		lo = hi - 1;
	} else {
		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;
			if (aur_get32(g->ids + 4 * (size_t)mid) < form)
				lo = mid + 1;
			else
				hi = mid;
		}
		if (lo >= g->nforms || aur_get32(g->ids + 4 * (size_t)lo) != form)
			return 0;
	}
	uint32_t a = 0, z = g->nchunks;
	while (z - a > 1) {
		uint32_t mid = a + (z - a) / 2;
		if (aur_get32(g->first + 4 * (size_t)mid) <= lo)
			a = mid;
		else
			z = mid;
	}
	*chunk = a;
	*off = aur_get16(g->off + 2 * (size_t)lo);
	return 1;
}

/* The one gate for lists of postings: whatever reads them behind it trusts them, as a checksum alone does not say that numbers are within
 * bounds.  Gives the list at an offset of a chunk of n bytes. */
static aur_code list_at(const aur_snapshot *s, const struct aur_snap_seg *g, const uint8_t *chunk, size_t n, uint32_t off, const uint8_t **list, aur_error *err)
{
	if (off >= n || !aur_post_within(chunk + off, chunk + n, g->info.n))
		return aur_rec_damaged(s->store, "segments", err);
	*list = chunk + off;
	return AURE_OK;
}

aur_code aur_snapshot_seg_postings(aur_snapshot *s, uint32_t seg, uint32_t i, const uint8_t **list, aur_error *err)
{
	struct aur_snap_seg *g = &s->seg[seg];
	struct aur_snap_copy *k = &s->chunk;
	uint32_t a = g->near_chunk, off = aur_get16(g->off + 2 * (size_t)i);
	*list = NULL;
	if (aur_get32(g->first + 4 * (size_t)a) > i)
		a = 0;
	while (a + 1 < g->nchunks && aur_get32(g->first + 4 * ((size_t)a + 1)) <= i)
		a++;
	g->near_chunk = a;
	if (!k->p || k->seg != seg || k->part != a) {
		uint8_t kb[SEG_KEY];
		k->p = NULL;
		aur_code c = aur_rec_copy(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_POST, a), s->map, &k->b, &k->p, &k->n, err);
		k->seg = seg;
		k->part = a;
		if (c)
			return c;
	}
	return list_at(s, g, k->p, k->n, off, list, err);
}

/* Where the postings of a form should be: a chunk, verified, and an offset in it.  *at is NULL if the form does not occur. */
static aur_code place_of(aur_snapshot *s, uint32_t seg, uint32_t form, const struct aur_snap_chunk **at, uint32_t *off, aur_error *err)
{
	struct aur_snap_seg *g = &s->seg[seg];
	uint32_t a;
	*at = NULL;
	aur_code c = seg_forms(s, seg, err);
	if (c)
		return c;
	if (g->where) {
		uint64_t w = form < s->nforms ? g->where[form] : 0;
		if (!w)
			return AURE_OK;
		a = (uint32_t)((w - 1) >> 16);
		*off = (w - 1) & 0xFFFF;
	} else {
		if (++g->asked == ASKED_OFTEN)
			where_all(s, g);
		if (form >= s->nforms || !where_one(g, form, &a, off))
			return AURE_OK;
	}
	struct aur_snap_chunk *ch = &g->chunk[a];
	if (!ch->p) {
		uint8_t kb[SEG_KEY];
		const uint8_t *p;
		size_t n;
		c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_POST, a), &p, &n, err);
		if (c || n > UINT32_MAX)
			return c ? c : aur_rec_damaged(s->store, "segments", err);
		*ch = (struct aur_snap_chunk){p, (uint32_t)n};
	}
	*at = ch;
	return AURE_OK;
}

aur_code aur_snapshot_postings(aur_snapshot *s, uint32_t seg, uint32_t form, const uint8_t **list, aur_error *err)
{
	struct aur_snap_seg *g = &s->seg[seg];
	const struct aur_snap_chunk *ch;
	uint32_t off;
	*list = NULL;
	aur_code c = place_of(s, seg, form, &ch, &off, err);
	if (c || !ch)
		return c;
	if (!g->sound)
		g->sound = aur_xcalloc(s->nforms / 8 + 1, 1);
	if (g->sound[form >> 3] >> (form & 7) & 1) {
		*list = ch->p + off;
		return AURE_OK;
	}
	c = list_at(s, g, ch->p, ch->n, off, list, err);
	if (!c)
		g->sound[form >> 3] |= (uint8_t)(1u << (form & 7));
	return c;
}

void aur_snapshot_postings_ahead(const aur_snapshot *s, uint32_t seg, uint32_t form)
{
	const struct aur_snap_seg *g = &s->seg[seg];
	uint64_t w = g->where && form < s->nforms ? g->where[form] : 0;
	if (w && g->chunk[(w - 1) >> 16].p)
		__builtin_prefetch(g->chunk[(w - 1) >> 16].p + ((w - 1) & 0xFFFF));
}

aur_code aur_snapshot_form_tokens(aur_snapshot *s, uint32_t seg, uint32_t form, uint64_t *tokens, aur_error *err)
{
	const struct aur_snap_chunk *ch;
	uint32_t off;
	aur_code c = place_of(s, seg, form, &ch, &off, err);
	*tokens = 0;
	if (c || !ch)
		return c;
	const uint8_t *p = off < ch->n ? ch->p + off : NULL, *end = ch->p + ch->n;
	aur_vget_safe(&p, end);
	*tokens = aur_vget_safe(&p, end);
	return p ? AURE_OK : aur_rec_damaged(s->store, "segments", err);
}

void aur_holders_open(aur_holders *h, aur_snapshot *s)
{
	uint32_t most = 1;
	for (uint32_t g = 0; g < s->nsegs; g++)
		most = s->seg[g].info.n > most ? s->seg[g].info.n : most;
	*h = (aur_holders){s, aur_xmalloc((size_t)most * sizeof *h->docs), aur_xcalloc(most / 8 + 1, 1)};
}

aur_code aur_holders_count(aur_holders *h, const uint32_t *ids, uint32_t n, int replaced, uint32_t *count, aur_error *err)
{
	*count = 0;
	for (uint32_t g = 0; g < h->s->nsegs; g++) {
		const aur_seg_info *info = &h->s->seg[g].info;
		for (int pass = 0; pass < 2; pass++) /* mark and count, then wipe */
			for (uint32_t i = 0; i < n; i++) {
				const uint8_t *list;
				aur_post p;
				aur_code c = aur_snapshot_postings(h->s, g, ids[i], &list, err);
				if (c)
					return c;
				if (!list)
					continue;
				aur_post_open(&p, list);
				uint32_t m = aur_post_docs(&p, h->docs);
				for (uint32_t d = 0; d < m && pass; d++)
					h->bits[h->docs[d] >> 3] = 0;
				for (uint32_t d = 0; d < m && !pass; d++) {
					uint32_t doc = h->docs[d];
					uint8_t bit = (uint8_t)(1u << (doc & 7));
					if (h->bits[doc >> 3] & bit)
						continue;
					h->bits[doc >> 3] |= bit;
					*count += replaced || !aur_seg_is_deleted(info, doc);
				}
			}
	}
	return AURE_OK;
}

void aur_holders_free(aur_holders *h)
{
	free(h->docs);
	free(h->bits);
}

aur_code aur_snapshot_gone_tokens(aur_snapshot *s, uint64_t *n, aur_error *err)
{
	aur_doc d = {0};
	aur_code c = AURE_OK;
	for (uint32_t g = 0; g < s->nsegs && !c; g++) {
		const aur_seg_info *info = &s->seg[g].info;
		for (uint32_t i = 0; info->deleted && i < info->n && !c; i++) {
			if (!aur_seg_is_deleted(info, i))
				continue;
			c = aur_snapshot_doc_forms(s, info->base + i, &d, err);
			for (uint32_t k = 0; k < d.ntok && !c; k++)
				n[d.form[k]]++;
		}
	}
	aur_doc_free(&d);
	return c;
}

aur_code aur_snapshot_all_tokens(aur_snapshot *s, uint64_t *n, aur_error *err)
{
	uint64_t *gone = aur_xcalloc((size_t)s->nforms + 1, sizeof *gone);
	aur_code c = aur_snapshot_gone_tokens(s, gone, err);
	for (uint32_t g = 0; g < s->nsegs && !c; g++) {
		uint32_t forms;
		c = aur_snapshot_seg_forms(s, g, &forms, err);
		for (uint32_t i = 0; i < forms && !c; i++) {
			uint32_t f = aur_snapshot_seg_form_at(s, g, i);
			uint64_t here;
			c = aur_snapshot_form_tokens(s, g, f, &here, err);
			if (!c && f < s->nforms)
				n[f] += here;
		}
	}
	for (uint32_t f = 0; f < s->nforms && !c; f++)
		n[f] -= gone[f];
	free(gone);
	return c;
}
