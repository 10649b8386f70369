/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the segments: texts, postings, ids, fields and theme hits against each other.
 *
 * Postings and texts contain the same information, so each occurrence is hashed from both sides, and the sums per form must be
 * equal. */
#include "config.h"
#include <inttypes.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/utf8.h"
#include "index/check.h"
#include "index/postings.h"
#include "index/write.h"

static uint64_t mix(uint32_t doc, uint32_t pos)
{
	uint64_t x = ((uint64_t)doc << 32 | pos) + 0x9E3779B97F4A7C15ull;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
	x = (x ^ x >> 27) * 0x94D049BB133111EBull;
	return x ^ x >> 31;
}

/* The word of a form, for a person; "?" if its record cannot be read. */
static aur_str word_of(struct check *k, uint32_t form)
{
	aur_form f;
	aur_str l[AUR_MAX_LAYERS];
	if (!aur_snapshot_form(k->s, form, &f, l) || !f.form.len)
		return (aur_str){"?", 1};
	return (aur_str){f.form.ptr, aur_utf8_valid(f.form.ptr, f.form.len < 60 ? f.form.len : 60)};
}

struct occurrence {
	struct check *k;
	uint32_t form, base, last_doc;
};

static void on_posting(void *ctx, uint32_t doc, uint32_t pos)
{
	struct occurrence *o = ctx;
	o->k->sum[o->form] -= mix(o->base + doc, pos);
	o->k->occ[o->form]++;
	o->k->docs[o->form] += doc != o->last_doc;
	o->last_doc = doc;
}

static void misplaced(struct check *k, uint32_t seg, uint32_t form)
{
	aur_str w = word_of(k, form);
	aur_check_fault(k, _("segment %u: the postings of form %u (%.*s) are not where they should be"), seg, form, (int)w.len, w.ptr);
}

static void postings(struct check *k, uint32_t seg, const aur_seg_info *g)
{
	uint8_t kb[SEG_KEY];
	size_t n, cn = 0;
	const uint8_t *p = aur_check_need(k, DB_SEG, seg_key(kb, seg, SEG_FORMS, 0), &n, _("segment"), seg), *chunk = NULL;
	if (!p)
		return;
	uint32_t nf = n >= 8 ? aur_get32(p) : 0, nc = n >= 8 ? aur_get32(p + 4) : 0;
	if (n < 8 || n != 8 + 6 * (uint64_t)nf + 4 * (uint64_t)nc || !nf != !nc) {
		aur_check_fault(k, _("segment %u: the list of its forms does not have the right size"), seg);
		return;
	}
	const uint8_t *ids = p + 8, *off = ids + 4 * (size_t)nf, *first = off + 2 * (size_t)nf;
	for (uint32_t i = 0, c = 0; i < nf; i++) {
		uint32_t id = aur_get32(ids + 4 * (size_t)i), at = aur_get16(off + 2 * (size_t)i);
		if (id >= k->t.forms || (i && id <= aur_get32(ids + 4 * (size_t)(i - 1)))) {
			aur_check_fault(k, _("segment %u: its forms are out of order, or do not exist (form %u)"), seg, id);
			return;
		}
		if (c < nc && aur_get32(first + 4 * (size_t)c) == i) {
			chunk = aur_check_need(k, DB_SEG, seg_key(kb, seg, SEG_POST, c), &cn, _("segment"), seg);
			c++;
			if (at || !chunk) {
				if (at)
					aur_check_fault(k, _("segment %u: a record of postings does not begin with a form"), seg);
				return;
			}
		} else if (!i || at <= aur_get16(off + 2 * (size_t)(i - 1))) {
			misplaced(k, seg, id);
			return;
		}
		size_t end = i + 1 < nf && !(c < nc && aur_get32(first + 4 * (size_t)c) == i + 1) ? aur_get16(off + 2 * ((size_t)i + 1)) : cn;
		if (at >= end || end > cn) {
			misplaced(k, seg, id);
			return;
		}
		struct occurrence o = {k, id, g->base, UINT32_MAX};
		if (!aur_post_check(chunk + at, chunk + end, g->n, on_posting, &o)) {
			aur_str w = word_of(k, id);
			aur_check_fault(k, _("segment %u: the postings of form %u (%.*s) cannot be read, or are not as many as they say"), seg, id, (int)w.len,
			                w.ptr);
		}
		if (i + 1 == nf && c != nc)
			aur_check_fault(k, _("segment %u: it has more records of postings than forms that they belong to"), seg);
	}
}

static void columns(struct check *k, uint32_t seg, const aur_seg_info *g, uint8_t *used)
{
	uint32_t session = aur_snapshot_field(k->s, "session", 7);
	for (uint32_t f = 0; f < k->t.fields; f++) {
		aur_column col;
		if (aur_snapshot_column(k->s, seg, f, &col, NULL)) {
			aur_check_fault(k, _("segment %u: the values of field %u cannot be read"), seg, f);
			continue;
		}
		for (uint32_t d = 0; f == session && col.p && d < g->n; d++) {
			uint32_t v = aur_column_at(col, d);
			if (v && !aur_seg_is_deleted(g, d))
				used[v >> 3] |= (uint8_t)(1u << (v & 7));
		}
	}
}

/* Hits of one segment: records against contributions and labels, bitmaps against records. */
static void hits(struct check *k, uint32_t seg, const aur_seg_info *g, const uint32_t *ntok, const uint32_t *theme_of, uint32_t nthemes)
{
	uint8_t kb[SEG_KEY];
	aur_buf one = {0};
	aur_buf *has = aur_xcalloc((size_t)nthemes * 4 + 1, sizeof *has); /* by theme and polarity: contributions with hits */
	MDB_cursor *cur = aur_check_cursor(k, DB_HITS);
	MDB_val key = seg_key(kb, seg, HIT_RECORDS, 0), v;
	if (!cur)
		goto out;
	for (MDB_cursor_op op = MDB_SET_RANGE; !aur_check_step(k, DB_HITS, cur, &key, &v, op); op = MDB_NEXT) {
		const uint8_t *kp = key.mv_data, *p, *end;
		size_t n;
		if (key.mv_size != SEG_KEY || aur_getbe32(kp) != seg)
			break;
		uint32_t part = aur_getbe32(kp + 5);
		if (aur_rec_check(k->store, DB_HITS, key, v, &p, &n, NULL))
			continue;
		if (kp[4] == HIT_THEME) { /* HIT_THEME sorts after HIT_RECORDS: all records were read */
			aur_buf got = {0};
			if (part >= nthemes * 4 || !has[part].n)
				aur_check_fault(k, _("segment %u: a theme (%u) has contributions but no hits"), seg, part / 4);
			else if (!aur_bitmap_list(p, n, g->n, &got))
				aur_check_fault(k, _("segment %u: the contributions of theme %u cannot be read"), seg, part / 4);
			else if (got.n != has[part].n || memcmp(got.p, has[part].p, got.n))
				aur_check_fault(k, _("segment %u: the contributions of theme %u are not those that its hits name"), seg, part / 4);
			if (part < nthemes * 4)
				aur_buf_free(&has[part]);
			aur_buf_free(&got);
			continue;
		}
		uint64_t doc = (uint64_t)part * HIT_BLOCK, last = (uint64_t)(part + 1) * HIT_BLOCK;
		int first = 1;
		for (end = p + n; p && p < end; first = 0) {
			uint32_t gap;
			one.n = 0;
			p = aur_hits_decode(p, end, &gap, &one);
			doc += gap;
			if (!p || (!first && !gap) || doc >= last || doc >= g->n || !one.n) {
				aur_check_fault(k, _("segment %u: the theme hits from contribution %u on cannot be read"), seg, part * HIT_BLOCK);
				break;
			}
			const aur_hit_rec *h = (const aur_hit_rec *)(void *)one.p;
			for (size_t i = 0; i < one.n / sizeof *h; i++, h++) {
				uint32_t m = ntok[doc];
				if (h->label >= k->nlabels || h->polarity > 2 || h->last >= m ||
				    (h->cue_first != AUR_NONE && h->cue_last >= m) ||
				    (h->scope_first != AUR_NONE && h->scope_last >= m)) {
					aur_check_fault(k, _("contribution %u: a theme hit refers to words or a label that do not exist"), g->base + (uint32_t)doc);
					continue;
				}
				for (unsigned x = 0; x < 2; x++) {
					aur_buf *b = &has[theme_of[h->label] * 4 + (x ? 3 : h->polarity)];
					uint32_t d = (uint32_t)doc;
					if (!b->n || memcmp(b->p + b->n - sizeof d, &d, sizeof d))
						aur_buf_put(b, &d, sizeof d);
				}
			}
		}
	}
	mdb_cursor_close(cur);
	for (uint32_t i = 0; i < nthemes * 4; i++)
		if (has[i].n)
			aur_check_fault(k, _("segment %u: theme %u has hits but no list of its contributions"), seg, i / 4);
out:
	for (uint32_t i = 0; i < nthemes * 4; i++)
		aur_buf_free(&has[i]);
	free(has);
	aur_buf_free(&one);
}

static void texts(struct check *k, uint32_t seg, const aur_seg_info *g, uint32_t *ntok)
{
	aur_doc d = {0};
	aur_error e;
	uint8_t kb[SEG_KEY], *seen = aur_xcalloc(g->n / 8 + 1, 1);
	uint64_t tokens = 0, words = 0;
	size_t idn = 0;
	const uint8_t *len = aur_snapshot_lengths(k->s, seg), *ids = aur_check_need(k, DB_SEG, seg_key(kb, seg, SEG_IDS, 0), &idn, _("segment"), seg);
	if (!len)
		aur_check_fault(k, _("segment %u: the lengths of its contributions cannot be read"), seg);
	if (ids && idn != 8 * (size_t)g->n) {
		aur_check_fault(k, _("segment %u: the table of its ids does not have the right size"), seg);
		ids = NULL;
	}
	for (uint32_t i = 0; ids && i < g->n; i++) {
		uint32_t local = aur_get32(ids + 8 * (size_t)i + 4);
		if (local >= g->n || (seen[local >> 3] >> (local & 7) & 1) || (i && aur_get32(ids + 8 * (size_t)i) < aur_get32(ids + 8 * (size_t)i - 8))) {
			aur_check_fault(k, _("segment %u: the table of its ids is out of order"), seg);
			ids = NULL;
			break;
		}
		seen[local >> 3] |= (uint8_t)(1u << (local & 7));
	}
	free(seen);
	for (uint32_t i = 0; i < g->n; i++) {
		ntok[i] = 0;
		if (aur_snapshot_doc(k->s, g->base + i, &d, &e)) {
			aur_check_fault(k, _("contribution %u: its record cannot be read"), g->base + i);
			continue;
		}
		ntok[i] = d.ntok;
		tokens += d.ntok;
		words += d.nwords;
		if (len && aur_get16(len + 2 * (size_t)i) != (d.nwords < 65535 ? d.nwords : 65535))
			aur_check_fault(k, _("contribution %u (%.*s): its number of words is not the one in its segment"), g->base + i, (int)d.id.len, d.id.ptr);
		if (aur_utf8_valid(d.text.ptr, d.text.len) != d.text.len)
			aur_check_fault(k, _("contribution %u (%.*s): its text is not valid UTF-8"), g->base + i, (int)d.id.len, d.id.ptr);
		uint32_t punct = 0, found = aur_snapshot_find(k->s, d.id);
		for (uint32_t t = 0; t < d.ntok; t++) {
			k->sum[d.form[t]] += mix(g->base + i, t);
			punct += k->punct[d.form[t]];
		}
		if (d.nwords > d.ntok)
			aur_check_fault(k, _("contribution %u (%.*s): more words than tokens"), g->base + i, (int)d.id.len, d.id.ptr);
		k->otherwise += d.nwords <= d.ntok && d.nwords != d.ntok - punct;
		if (!aur_seg_is_deleted(g, i) && found != g->base + i)
			aur_check_fault(k, _("contribution %u (%.*s): its id leads to another one, or to none"), g->base + i, (int)d.id.len, d.id.ptr);
		if (aur_seg_is_deleted(g, i) && (found == AUR_NONE || found < g->base + i)) /* nothing is ever removed without a successor */
			aur_check_fault(k, _("contribution %u (%.*s) is marked as replaced, but none after it has its id"), g->base + i, (int)d.id.len,
			                d.id.ptr);
	}
	if (tokens != g->tokens || words != g->words)
		aur_check_fault(k, _("segment %u declares %" PRIu64 " tokens and %" PRIu64 " words; there are %" PRIu64 " and %" PRIu64), seg, g->tokens,
		                g->words, tokens, words);
	aur_doc_free(&d);
}

void aur_check_segments(struct check *k)
{
	uint32_t *theme_of = aur_xcalloc((size_t)k->nlabels + 1, sizeof *theme_of), nthemes = 0;
	aur_strtab tab = {0};
	for (uint32_t i = 0; i < k->nlabels; i++) { /* themes are numbered on disk by their first label */
		aur_label l;
		if (!aur_snapshot_label(k->s, i, &l)) {
			k->nlabels = i; /* a hit with any other is a fault */
			break;
		}
		uint32_t *known = aur_strtab_find(&tab, l.theme.ptr, l.theme.len);
		theme_of[i] = known ? *known : nthemes++;
		if (!known)
			aur_strtab_put(&tab, l.theme.ptr, l.theme.len, theme_of[i]);
	}
	aur_strtab_free(&tab);
	uint32_t session = aur_snapshot_field(k->s, "session", 7), nsess = session == AUR_NONE ? 0 : k->values[session];
	uint8_t *used = aur_xcalloc(nsess / 8 + 1, 1);
	for (uint32_t seg = 0; seg < k->t.segments; seg++) {
		const aur_seg_info *g = aur_snapshot_seg(k->s, seg);
		uint32_t *ntok = aur_xcalloc(g->n + 1u, sizeof *ntok);
		uint64_t before = k->faults;
		for (uint32_t i = g->n; g->deleted && i < (g->n / 8 + 1) * 8; i++)
			if (aur_seg_is_deleted(g, i))
				aur_check_fault(k, _("segment %u: a contribution that does not exist was replaced"), seg);
		texts(k, seg, g, ntok);
		postings(k, seg, g);
		int told = k->faults != before; /* then differing sums follow from that fault and are not reported */
		for (uint32_t f = 0; f < k->t.forms; f++) {
			if (k->sum[f] && !told) {
				aur_str w = word_of(k, f);
				aur_check_fault(k, _("segment %u: the positions of form %u (%.*s) are not those in its texts"), seg, f, (int)w.len, w.ptr);
			}
			k->sum[f] = 0;
		}
		columns(k, seg, g, used);
		hits(k, seg, g, ntok, theme_of, nthemes);
		free(ntok);
	}
	for (uint32_t v = 1; v <= nsess; v++)
		if (used[v >> 3] >> (v & 7) & 1) {
			uint8_t kb[KEY_MAX_BYTES + 8];
			const uint8_t *p;
			size_t n;
			aur_str t = aur_snapshot_value_text(k->s, session, v);
			if (aur_rec_get(k->store, k->txn, DB_SESSIONS, aur_word_key(kb, -1, t.ptr, t.len), &p, &n, NULL))
				aur_check_fault(k, _("contributions belong to the session « %.*s », which is not described"), (int)(t.len < 60 ? t.len : 60), t.ptr);
		}
	free(used);
	free(theme_of);
	aur_check_say(k, _("segments: %u, with %u contributions (%u replaced): texts, postings, ids, fields, theme hits"), k->t.segments,
	              k->t.contributions + k->t.deleted, k->t.deleted);
	if (k->otherwise) /* no fault: a form keeps the mark that its first tokenizer gave it, and each tokenizer counts words by its own */
		aur_check_say(k, _("contributions with another number of words than by the marks of their forms: %u; another tokenizer made them, or a mark as punctuation is wrong"),
		              k->otherwise);
	aur_check_step_end(k);
}
