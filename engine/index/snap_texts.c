/* SPDX-License-Identifier: Apache-2.0 */
/* Contributions: by number and by id; their forms, and their texts, which are assembled from the forms. */
#include "config.h"
#include "base/hash.h"
#include "base/intl.h"
#include "base/varints.h"
#include "index/snap.h"

/* The payload of a block of contributions, verified. */
static aur_code block_of(aur_snapshot *s, uint32_t seg, uint32_t block, const uint8_t **out, aur_error *err)
{
	struct aur_snap_seg *g = &s->seg[seg];
	struct aur_snap_copy *k = &s->block;
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	*out = g->blk[block];
	if (!*out && k->p && k->seg == seg && k->part == block)
		*out = k->p;
	if (*out)
		return AURE_OK;
	k->p = NULL;
	aur_code c = aur_rec_copy(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_TEXT, aur_get32(g->dir + 4 * (size_t)block)), s->map, &k->b, &p, &n, err);
	if (c)
		return c;
	uint32_t cnt = n >= 8 ? aur_get32(p) : 0;
	if (n < 8 || n < 8 + 4 * (uint64_t)cnt || 8 + 4 * (uint64_t)cnt + aur_get32(p + 4 + 4 * (size_t)cnt) != n)
		return aur_rec_damaged(s->store, "segments", err);
	if (k->b.p && p == k->b.p + REC_HEAD)
		*k = (struct aur_snap_copy){k->b, p, n, seg, block};
	else
		g->blk[block] = p;
	*out = p;
	return AURE_OK;
}

aur_code aur_snapshot_record(aur_snapshot *s, uint32_t doc, aur_fwd *f, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	if (doc >= s->ndocs)
		return aur_fail(err, AURE_BUG, _("there is no contribution number %u"), doc);
	uint32_t seg = aur_snapshot_seg_of(s, doc);
	struct aur_snap_seg *g = &s->seg[seg];
	uint32_t local = doc - g->info.base;
	if (!g->dir) {
		aur_code c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_DOCS, 1), &p, &n, err);
		if (c || n < 4 || aur_get32(p))
			return c ? c : aur_rec_damaged(s->store, "segments", err);
		g->dir = p;
		g->nblk = (uint32_t)(n / 4);
		g->blk = aur_xcalloc(g->nblk, sizeof *g->blk);
	}
	uint32_t a = g->near, z = g->nblk;
	if (aur_get32(g->dir + 4 * (size_t)a) > local || (a + 1 < z && aur_get32(g->dir + 4 * ((size_t)a + 1)) <= local)) {
		a = 0;
		while (z - a > 1) {
			uint32_t mid = a + (z - a) / 2;
			if (aur_get32(g->dir + 4 * (size_t)mid) <= local)
				a = mid;
			else
				z = mid;
		}
		g->near = a; /* a walk over contributions mostly stays in this block */
	}
	uint32_t first = aur_get32(g->dir + 4 * (size_t)a);
	aur_code c = block_of(s, seg, a, &p, err);
	if (c)
		return c;
	uint32_t cnt = aur_get32(p), i = local - first;
	if (i >= cnt)
		return aur_rec_damaged(s->store, "segments", err);
	const uint8_t *base = p + 8 + 4 * (size_t)cnt;
	uint32_t o0 = aur_get32(p + 4 + 4 * (size_t)i), o1 = aur_get32(p + 8 + 4 * (size_t)i);
	if (o0 > o1 || o1 > aur_get32(p + 4 + 4 * (size_t)cnt) || !aur_fwd_open(f, base + o0, base + o1))
		return aur_rec_damaged(s->store, "segments", err);
	f->readable = base + aur_get32(p + 4 + 4 * (size_t)cnt);
	return AURE_OK;
}

aur_code aur_snapshot_doc_id(aur_snapshot *s, uint32_t doc, aur_str *id, aur_error *err)
{
	aur_fwd f;
	aur_code c = aur_snapshot_record(s, doc, &f, err);
	if (!c)
		*id = (aur_str){f.id, f.id_len};
	return c;
}

static aur_code forms_of(aur_snapshot *s, uint32_t doc, const aur_fwd *f, aur_doc *d, aur_error *err)
{
	d->no = doc;
	d->id = (aur_str){f->id, f->id_len};
	d->ntok = f->ntok;
	d->nwords = f->nwords;
	d->side = f->side;
	d->side_end = f->end;
	d->b_form.n = 0;
	aur_buf_room(&d->b_form, 4 * ((size_t)f->ntok + 3)); /* as aur_varints wants it */
	d->form = (uint32_t *)(void *)d->b_form.p;
	uint32_t most;
	if (!aur_varints(f->forms, f->forms_end, f->readable, d->form, f->ntok, &most) || (f->ntok && most >= s->nforms))
		return aur_rec_damaged(s->store, "segments", err);
	return AURE_OK;
}

aur_code aur_snapshot_doc_forms(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err)
{
	aur_fwd f;
	aur_code c = aur_snapshot_record(s, doc, &f, err);
	return c ? c : forms_of(s, doc, &f, d, err);
}

/* Sets d->flags at the ends of sentences; returns the rest of the side part, or NULL if it is damaged. */
static const uint8_t *sentences(aur_doc *d)
{
	const uint8_t *p = d->side, *end = d->side_end;
	d->b_flags.n = 0;
	aur_buf_room(&d->b_flags, (size_t)d->ntok + 1);
	d->flags = d->b_flags.p;
	memset(d->flags, 0, d->ntok);
	uint32_t nends = aur_vget_safe(&p, end), at = 0;
	for (uint32_t i = 0; i < nends && p; i++) {
		at += aur_vget_safe(&p, end);
		if (!p || at >= d->ntok)
			return NULL;
		d->flags[at] = AUR_TOK_SENTENCE_END;
	}
	if (d->ntok)
		d->flags[d->ntok - 1] = AUR_TOK_SENTENCE_END;
	return p;
}

aur_code aur_snapshot_doc_sentences(const aur_snapshot *s, aur_doc *d, aur_error *err)
{
	return sentences(d) ? AURE_OK : aur_rec_damaged(s->store, "segments", err);
}

/* memcpy without a call for short words. */
static inline void copy_word(char *to, const char *from, size_t n)
{
	if (n > 16) {
		memcpy(to, from, n);
	} else if (n >= 8) {
		memcpy(to, from, 8);
		memcpy(to + n - 8, from + n - 8, 8);
	} else if (n >= 4) {
		memcpy(to, from, 4);
		memcpy(to + n - 4, from + n - 4, 4);
	} else if (n) {
		to[0] = from[0];
		to[n / 2] = from[n / 2];
		to[n - 1] = from[n - 1];
	}
}

aur_code aur_snapshot_doc(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err)
{
	aur_fwd f;
	aur_code c = aur_snapshot_record(s, doc, &f, err);
	if (!c)
		c = forms_of(s, doc, &f, d, err);
	if (c)
		return c;
	d->b_text.n = d->b_start.n = d->b_end.n = 0;
	aur_buf_room(&d->b_text, (size_t)f.text_len + 1);
	aur_buf_room(&d->b_start, 4 * ((size_t)f.ntok + 1));
	aur_buf_room(&d->b_end, 4 * ((size_t)f.ntok + 1));
	d->start = (uint32_t *)(void *)d->b_start.p;
	d->end = (uint32_t *)(void *)d->b_end.p;
	const uint8_t *p = sentences(d), *end = f.end;
	if (!p)
		goto damaged;
	uint32_t exc = aur_vget_safe(&p, end), next = exc >> 2;
	unsigned right = AUR_GLUE_RIGHT;
	if (!s->written)
		s->written = aur_xcalloc((size_t)s->nforms + 1, sizeof *s->written);
	char *t = (char *)d->b_text.p;
	size_t n = 0, cap = f.text_len;
	for (uint32_t i = 0; i < f.ntok; i++) {
		const struct aur_snap_written *x = d->form[i] < s->nforms && s->written[d->form[i]].p ? &s->written[d->form[i]] : aur_snapshot_form_written(s, d->form[i]);
		if (!p || !x)
			goto damaged;
		aur_str w = {x->p, x->n};
		unsigned glue = x->glue;
		int expect = !(right & AUR_GLUE_RIGHT) && !(glue & AUR_GLUE_LEFT);
		d->flags[i] |= x->flags;
		right = glue;
		if (next == i + 1 && exc) {
			unsigned kind = exc & 3;
			if (kind == 0)
				expect = !expect;
			if (kind == 1 || kind == 2) {
				uint32_t g = aur_vget_safe(&p, end);
				if (!p || g > (size_t)(end - p) || g > cap - n)
					goto damaged;
				memcpy(t + n, p, g);
				n += g;
				p += g;
			} else if (expect) {
				if (n >= cap)
					goto damaged;
				t[n++] = ' ';
			}
			if (kind >= 2) {
				uint32_t g = aur_vget_safe(&p, end);
				if (!p || g > (size_t)(end - p))
					goto damaged;
				w = (aur_str){(const char *)p, g};
				p += g;
			}
			uint32_t more = aur_vget_safe(&p, end);
			exc = more;
			next += more >> 2;
		} else if (expect) {
			if (n >= cap)
				goto damaged;
			t[n++] = ' ';
		}
		if (w.len > cap - n)
			goto damaged;
		d->start[i] = (uint32_t)n;
		copy_word(t + n, w.ptr, w.len);
		n += w.len;
		d->end[i] = (uint32_t)n;
	}
	if (!p || exc || (size_t)(end - p) != cap - n)
		goto damaged;
	memcpy(t + n, p, cap - n);
	t[cap] = 0;
	d->text = (aur_str){t, cap};
	return AURE_OK;
damaged:
	return aur_rec_damaged(s->store, "segments", err);
}

uint64_t aur_snapshot_text_hash(aur_snapshot *s, uint32_t doc)
{
	aur_fwd f;
	if (aur_snapshot_record(s, doc, &f, NULL))
		return 0;
	uint64_t h = aur_hash64(f.forms, (size_t)(f.end - f.forms), 5); /* forms, and the bytes between them */
	return h ? h : 1;
}

void aur_doc_free(aur_doc *d)
{
	aur_buf_free(&d->b_text);
	aur_buf_free(&d->b_form);
	aur_buf_free(&d->b_start);
	aur_buf_free(&d->b_end);
	aur_buf_free(&d->b_flags);
}

uint32_t aur_snapshot_find(aur_snapshot *s, aur_str id)
{
	uint32_t hash = aur_id_hash(id.ptr, id.len);
	for (uint32_t g = s->nsegs; g-- > 0;) {
		uint8_t kb[SEG_KEY];
		struct aur_snap_seg *sg = &s->seg[g];
		const uint8_t *p = sg->hashes;
		size_t n;
		if (!p) {
			if (aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, g, SEG_IDS, 0), &p, &n, NULL) || n != 8 * (uint64_t)sg->info.n)
				continue;
			sg->hashes = p;
		}
		uint32_t cnt = sg->info.n;
		for (uint32_t i = aur_ids_from(p, cnt, hash); i < cnt && aur_get32(p + 8 * (size_t)i) == hash; i++) {
			uint32_t local = aur_get32(p + 8 * (size_t)i + 4);
			aur_fwd f;
			if (local >= cnt || aur_seg_is_deleted(&s->seg[g].info, local) || aur_snapshot_record(s, s->seg[g].info.base + local, &f, NULL))
				continue;
			if (f.id_len == id.len && !memcmp(f.id, id.ptr, id.len))
				return s->seg[g].info.base + local;
		}
	}
	return AUR_NONE;
}
