/* SPDX-License-Identifier: Apache-2.0 */
/* Themes: labels, the themes that contain them, the hits of a contribution, and the contributions of a theme. */
#include "config.h"
#include <stdlib.h>
#include "index/snap.h"
#include "index/write.h"

static int by_str(const void *a, const void *b)
{
	return aur_str_order(*(const aur_str *)a, *(const aur_str *)b);
}

static void labels_load(aur_snapshot *s)
{
	const uint8_t *p, *end;
	size_t n;
	if (s->labels_loaded)
		return;
	s->labels_loaded = 1;
	if (!s->nlabels || aur_rec_must(s->store, s->txn, DB_META, aur_meta_key("labels"), &p, &n, NULL)) {
		s->nlabels = 0;
		return;
	}
	if (s->nlabels > n / 4) {
		aur_rec_damaged(s->store, "labels", NULL);
		s->nlabels = 0;
		return;
	}
	s->label = aur_xcalloc((size_t)s->nlabels * 4, sizeof *s->label);
	s->label_theme = aur_xcalloc(s->nlabels, sizeof *s->label_theme);
	end = p + n;
	for (uint32_t i = 0; i < s->nlabels * 4; i++) {
		uint32_t len = aur_vget_safe(&p, end);
		if (!p || len > (size_t)(end - p)) {
			s->nlabels = i / 4;
			break;
		}
		s->label[i] = (aur_str){(const char *)p, len};
		p += len;
	}
	/* themes in use and their parents, sorted, without duplicates; themes are numbered on disk by their first
	 * label */
	aur_str *t = NULL;
	uint32_t nt = 0, cap = 0, ndisk = 0;
	aur_strtab disk = {0};
	for (uint32_t i = 0; i < s->nlabels; i++) {
		aur_str v = s->label[4 * (size_t)i];
		if (aur_strtab_find(&disk, v.ptr, v.len))
			continue;
		aur_strtab_put(&disk, v.ptr, v.len, ndisk++);
		for (size_t k = 0; k <= v.len; k++)
			if (k == v.len || v.ptr[k] == '.') {
				AUR_GROW(t, nt, cap);
				t[nt++] = (aur_str){v.ptr, k};
			}
	}
	if (nt)
		qsort(t, nt, sizeof *t, by_str);
	uint32_t m = 0;
	for (uint32_t i = 0; i < nt; i++)
		if (!m || aur_str_order(t[m - 1], t[i]))
			t[m++] = t[i];
	s->theme = t;
	s->nthemes = m;
	s->theme_disk = aur_xcalloc(m, sizeof *s->theme_disk);
	for (uint32_t i = 0; i < m; i++) {
		uint32_t *d = aur_strtab_find(&disk, t[i].ptr, t[i].len);
		s->theme_disk[i] = d ? *d : AUR_NONE;
	}
	for (uint32_t i = 0; i < s->nlabels; i++) {
		aur_str *f = bsearch(&s->label[4 * (size_t)i], t, m, sizeof *t, by_str);
		s->label_theme[i] = f ? (uint32_t)(f - t) : 0;
	}
	aur_strtab_free(&disk);
}

uint32_t aur_snapshot_labels(aur_snapshot *s)
{
	labels_load(s);
	return s->nlabels;
}

int aur_snapshot_label(aur_snapshot *s, uint32_t l, aur_label *out)
{
	labels_load(s);
	if (l >= s->nlabels)
		return 0;
	const aur_str *p = s->label + 4 * (size_t)l;
	*out = (aur_label){.size = sizeof *out, .theme = p[0], .entry = p[1], .lexicon = p[2], .version = p[3]};
	return 1;
}

uint32_t aur_snapshot_themes(aur_snapshot *s)
{
	labels_load(s);
	return s->nthemes;
}

aur_str aur_snapshot_theme(aur_snapshot *s, uint32_t t)
{
	return s->theme[t];
}

uint32_t aur_snapshot_theme_of(aur_snapshot *s, const char *name, size_t n)
{
	labels_load(s);
	aur_str k = {name, n}, *f = s->nthemes ? bsearch(&k, s->theme, s->nthemes, sizeof k, by_str) : NULL;
	return f ? (uint32_t)(f - s->theme) : AUR_NONE;
}

uint32_t aur_snapshot_label_theme(aur_snapshot *s, uint32_t l)
{
	labels_load(s);
	return l < s->nlabels ? s->label_theme[l] : AUR_NONE;
}

int aur_snapshot_theme_within(aur_snapshot *s, uint32_t t, uint32_t a)
{
	aur_str x = s->theme[t], y = s->theme[a];
	return x.len >= y.len && !memcmp(x.ptr, y.ptr, y.len) && (x.len == y.len || x.ptr[y.len] == '.');
}

/* Where the hits of a block of contributions are; an empty place if none of them has any. */
static aur_code hits_block(aur_snapshot *s, uint32_t seg, uint32_t block, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	s->hits.p = NULL;
	aur_code c = aur_rec_may(s->store, s->txn, DB_HITS, seg_key(kb, seg, HIT_RECORDS, block), &p, &n, err);
	if (c && c != AURE_NOTFOUND)
		return c;
	s->hits.p = c ? (const uint8_t *)"" : p;
	s->hits.end = c ? s->hits.p : p + n;
	s->hits.seg = seg;
	s->hits.block = block;
	s->hits.at = block * HIT_BLOCK;
	return AURE_OK;
}

aur_code aur_snapshot_hits(aur_snapshot *s, uint32_t doc, aur_buf *out, aur_error *err)
{
	if (!s->nsegs || (doc >= s->hits.bare && doc < s->hits.bare_end))
		return AURE_OK;
	uint32_t seg = aur_snapshot_seg_of(s, doc), base = s->seg[seg].info.base, local = doc - base, block = local / HIT_BLOCK;
	if (!s->hits.p || s->hits.seg != seg || s->hits.block != block || s->hits.at >= local) {
		aur_code c = hits_block(s, seg, block, err);
		if (c)
			return c;
	}
	const uint8_t *p = s->hits.p, *end = s->hits.end;
	uint32_t at = s->hits.at, next = (block + 1) * HIT_BLOCK; /* next: the first contribution behind `local` that may have hits */
	while (p && p < end) {
		uint32_t gap;
		const uint8_t *q = p;
		uint32_t no = at + aur_vget_safe(&q, end);
		if (q && no > local) {
			next = no < next ? no : next;
			break;
		}
		p = aur_hits_decode(p, end, &gap, no == local ? out : NULL);
		at = no;
		if (at == local) {
			next = local + 1;
			break;
		}
	}
	if (!p) {
		s->hits.p = NULL;
		s->hits.bare_end = 0;
		return aur_rec_damaged(s->store, "hits", err);
	}
	s->hits.p = p;
	s->hits.at = at;
	s->hits.bare = doc + 1;
	s->hits.bare_end = base + (next < s->seg[seg].info.n ? next : s->seg[seg].info.n);
	return AURE_OK;
}

aur_code aur_snapshot_theme_docs(aur_snapshot *s, uint32_t seg, uint32_t theme, unsigned polarity, aur_buf *out, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	labels_load(s);
	if (theme >= s->nthemes || s->theme_disk[theme] == AUR_NONE)
		return AURE_OK;
	aur_code c = aur_rec_may(s->store, s->txn, DB_HITS, seg_key(kb, seg, HIT_THEME, s->theme_disk[theme] * 4 + polarity), &p, &n, err);
	if (c)
		return c == AURE_NOTFOUND ? AURE_OK : c;
	if (!aur_bitmap_list(p, n, s->seg[seg].info.n, out))
		return aur_rec_damaged(s->store, "hits", err);
	return AURE_OK;
}
