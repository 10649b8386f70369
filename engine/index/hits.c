/* SPDX-License-Identifier: Apache-2.0 */
/* Theme hits on disk.  They stand apart from the segments' own records, so that a re-theming rewrites nothing else.
 *
 *   HIT_RECORDS, per 1,024 contributions: varint gap to the contribution, varint hits, then per hit varint label, first,
 *   last - first, polarity | flags << 2 | has cue << 6 | has scope << 7, weight in 1/255, and cue and scope where there are
 *   HIT_THEME: theme * 4 + polarity -> portable Roaring bitmap of contributions (local numbers) */
#include "config.h"
#include <roaring/roaring.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "index/write.h"

void aur_hits_encode(aur_buf *b, uint32_t gap, const aur_hit_rec *h, uint32_t n)
{
	aur_buf_v(b, gap);
	aur_buf_v(b, n);
	for (uint32_t i = 0; i < n; i++, h++) {
		aur_buf_v(b, h->label);
		aur_buf_v(b, h->first);
		aur_buf_v(b, h->last - h->first);
		aur_buf_byte(b, (h->polarity & 3) | (h->flags & 15) << 2 | (h->cue_first != AUR_NONE ? 64u : 0) |
					(h->scope_first != AUR_NONE ? 128u : 0));
		float wt = h->weight < 0 ? 0 : h->weight > 1 ? 1 : h->weight;
		aur_buf_byte(b, (unsigned)(wt * 255 + 0.5f));
		if (h->cue_first != AUR_NONE) {
			aur_buf_v(b, h->cue_first);
			aur_buf_v(b, h->cue_last - h->cue_first);
		}
		if (h->scope_first != AUR_NONE) {
			aur_buf_v(b, h->scope_first);
			aur_buf_v(b, h->scope_last - h->scope_first);
		}
	}
}

const uint8_t *aur_hits_decode(const uint8_t *p, const uint8_t *end, uint32_t *gap, aur_buf *out)
{
	*gap = aur_vget_safe(&p, end);
	uint32_t n = aur_vget_safe(&p, end);
	for (uint32_t i = 0; i < n && p; i++) {
		aur_hit_rec h = {.cue_first = AUR_NONE, .cue_last = AUR_NONE, .scope_first = AUR_NONE, .scope_last = AUR_NONE};
		h.label = aur_vget_safe(&p, end);
		h.first = aur_vget_safe(&p, end);
		h.last = h.first + aur_vget_safe(&p, end);
		if (!p || end - p < 2)
			return NULL;
		unsigned f = *p++;
		h.weight = (float)*p++ / 255.0f;
		h.polarity = f & 3;
		h.flags = f >> 2 & 15;
		if (f & 64) {
			h.cue_first = aur_vget_safe(&p, end);
			h.cue_last = h.cue_first + aur_vget_safe(&p, end);
		}
		if (f & 128) {
			h.scope_first = aur_vget_safe(&p, end);
			h.scope_last = h.scope_first + aur_vget_safe(&p, end);
		}
		if (p && out)
			aur_buf_put(out, &h, sizeof h);
	}
	return p;
}

/* Labels name themes; themes are numbered by their first label. */
struct themes {
	uint32_t *of, n;
};

static struct themes themes_of(const aur_buf *rec, uint32_t nlabels)
{
	struct themes t = {aur_xmalloc((size_t)nlabels * sizeof *t.of), 0};
	aur_strtab tab = {0};
	const uint8_t *p = rec->p, *end = p + rec->n;
	for (uint32_t i = 0; i < nlabels; i++) {
		const char *name = NULL;
		uint32_t len = 0;
		for (int k = 0; k < 4 && p; k++) {
			uint32_t n = aur_vget_safe(&p, end);
			if (!p)
				break;
			if (!k) {
				name = (const char *)p;
				len = n;
			}
			p += n;
		}
		uint32_t *known = name ? aur_strtab_find(&tab, name, len) : NULL;
		if (known) {
			t.of[i] = *known;
		} else {
			t.of[i] = t.n;
			aur_strtab_put(&tab, name ? name : "", len, t.n++);
		}
	}
	aur_strtab_free(&tab);
	return t;
}

aur_code aur_hits_write(aur_writer *w, MDB_txn *t, uint32_t seg, const struct aur_whit *hit, uint64_t n, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	aur_code c = AURE_OK;
	aur_buf b = {0};
	struct themes th = themes_of(&w->label_rec, w->nlabels);
	roaring_bitmap_t **bm = aur_xcalloc((size_t)th.n * 4 + 1, sizeof *bm);
	aur_hit_rec *one = NULL;
	size_t onecap = 0;
	for (uint64_t i = 0; i < n && !c;) {
		uint32_t block = hit[i].doc / HIT_BLOCK, last = block * HIT_BLOCK;
		b.n = 0;
		while (i < n && hit[i].doc / HIT_BLOCK == block) {
			uint32_t doc = hit[i].doc;
			size_t m = 0;
			for (; i < n && hit[i].doc == doc; i++) {
				AUR_GROW(one, m, onecap);
				one[m++] = hit[i].h;
				uint32_t theme = th.of[hit[i].h.label] * 4;
				for (unsigned k = 0; k < 2; k++) {
					uint32_t x = theme + (k ? 3 : hit[i].h.polarity & 3);
					if (!bm[x])
						bm[x] = roaring_bitmap_create();
					roaring_bitmap_add(bm[x], doc);
				}
			}
			aur_hits_encode(&b, doc - last, one, (uint32_t)m);
			last = doc;
		}
		c = aur_rec_put(w->store, t, DB_HITS, seg_key(kb, seg, HIT_RECORDS, block), b.p, b.n, 0, err);
	}
	free(one);
	for (uint32_t x = 0; x < th.n * 4; x++) {
		if (!bm[x])
			continue;
		if (!c) {
			roaring_bitmap_run_optimize(bm[x]);
			b.n = 0;
			aur_buf_room(&b, roaring_bitmap_portable_size_in_bytes(bm[x]));
			b.n = roaring_bitmap_portable_serialize(bm[x], (char *)b.p);
			c = aur_rec_put(w->store, t, DB_HITS, seg_key(kb, seg, HIT_THEME, x), b.p, b.n, 0, err);
		}
		roaring_bitmap_free(bm[x]);
	}
	free(bm);
	free(th.of);
	aur_buf_free(&b);
	return c;
}

int aur_bitmap_list(const uint8_t *p, size_t n, aur_buf *out)
{
	roaring_bitmap_t *b = roaring_bitmap_portable_deserialize_safe((const char *)p, n);
	if (!b)
		return 0;
	size_t k = (size_t)roaring_bitmap_get_cardinality(b);
	aur_buf_room(out, 4 * k);
	uint32_t *tmp = aur_xmalloc(4 * (k + 1));
	roaring_bitmap_to_uint32_array(b, tmp);
	aur_buf_put(out, tmp, 4 * k);
	free(tmp);
	roaring_bitmap_free(b);
	return 1;
}
