/* SPDX-License-Identifier: Apache-2.0 */
/* Reads all of a corpus and says what does not hold together: pages first, then the checksum of every record, then everything that
 * refers to something else.  Nothing read here is trusted: a fault is a sentence, never a crash.
 *
 * Postings and texts say the same thing twice, so each occurrence is hashed from both sides and the sums per form must agree. */
#include "config.h"
#include <inttypes.h>
#include <roaring/roaring.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "base/utf8.h"
#include "index/folder.h"
#include "index/forward.h"
#include "index/pages.h"
#include "index/postings.h"
#include "index/snap.h"
#include "index/write.h"

#define SHOWN 20u /* faults of one step that are told; the others are counted */

struct check {
	aur_store *store;
	aur_snapshot *s;
	MDB_txn *txn;
	aur_totals t;
	aur_say say;
	void *ctx;
	uint64_t faults, step_faults;
	uint32_t nlayers, nlabels, has_deleted, *values; /* values: per field */
	uint64_t *sum;                                   /* per form: occurrences, hashed from both sides */
	uint64_t *docs, *occ;                            /* per form, over all segments */
};

static void say(struct check *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct check *k, const char *fmt, ...)
{
	char msg[600];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	k->say(k->ctx, 0, msg);
}

static void fault(struct check *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void fault(struct check *k, const char *fmt, ...)
{
	char msg[600];
	va_list ap;
	k->faults++;
	if (k->step_faults++ >= SHOWN)
		return;
	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	k->say(k->ctx, 1, msg);
}

static void step_end(struct check *k)
{
	char msg[200];
	if (k->step_faults > SHOWN) {
		uint64_t more = k->step_faults - SHOWN;
		snprintf(msg, sizeof msg, ngettext("… and %" PRIu64 " fault more of this kind", "… and %" PRIu64 " faults more of this kind", more), more);
		k->say(k->ctx, 1, msg);
	}
	k->step_faults = 0;
}

static uint64_t mix(uint32_t doc, uint32_t pos)
{
	uint64_t x = ((uint64_t)doc << 32 | pos) + 0x9E3779B97F4A7C15ull;
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ull;
	x = (x ^ x >> 27) * 0x94D049BB133111EBull;
	return x ^ x >> 31;
}

/* A payload, or NULL with the fault told. */
static const uint8_t *need(struct check *k, enum aur_db db, MDB_val key, size_t *n, const char *what, uint32_t no)
{
	const uint8_t *p;
	aur_code c = aur_rec_get(k->store, k->txn, db, key, &p, n, NULL);
	if (!c)
		return p;
	fault(k, c == AURE_NOTFOUND ? _("%s %u: its record is missing") : _("%s %u: its record is damaged"), what, no);
	return NULL;
}

static MDB_val name_key(const char *s)
{
	return (MDB_val){strlen(s), (void *)(uintptr_t)s};
}

/* ---- every record of its own ----------------------------------------------------------------- */
static int key_ok(struct check *k, enum aur_db db, MDB_val key, size_t n)
{
	static const char *const meta[] = {"schema", "counts", "layers", "pipeline", "fingerprints", "annotators", "labels", "properties", "sources"};
	const uint8_t *p = key.mv_data;
	unsigned kind = key.mv_size == SEG_KEY ? p[4] : 0;
	switch (db) {
	case DB_META:
		for (unsigned i = 0; i < sizeof meta / sizeof *meta; i++)
			if (strlen(meta[i]) == key.mv_size && !memcmp(meta[i], p, key.mv_size))
				return 1;
		return 0;
	case DB_FORMS:
		return key.mv_size <= KEY_MAX_BYTES && n == 4;
	case DB_FORMREC:
		return key.mv_size == 4 && n >= 4 * FORM_CHUNK && aur_getbe32(p) <= k->t.forms / FORM_CHUNK;
	case DB_LAYERS:
		return key.mv_size >= 2 && key.mv_size <= KEY_MAX_BYTES && p[0] < k->nlayers;
	case DB_SEG:
		return kind >= SEG_HEAD && kind <= SEG_DELETED && aur_getbe32(p) < k->t.segments;
	case DB_HITS:
		return (kind == HIT_RECORDS || kind == HIT_THEME) && aur_getbe32(p) < k->t.segments;
	case DB_FIELDS:
		return key.mv_size == 4 && n >= 4 && aur_getbe32(p) < k->t.fields;
	case DB_VALUES:
		return key.mv_size >= 6 && aur_getbe32(p + 1) < k->t.fields &&
		       ((p[0] == 'i' && n == 4) || (p[0] == 'v' && key.mv_size == 9 && n > 0));
	default:
		return 1;
	}
}

/* Checksums; with a snapshot at hand also whether each key is one that stands there. */
static void records(struct check *k)
{
	uint64_t all = 0;
	for (unsigned db = 0; db < DB_COUNT_; db++) {
		MDB_cursor *cur;
		MDB_val key, v;
		uint64_t no = 0;
		int rc = mdb_cursor_open(k->txn, k->store->db[db], &cur);
		if (rc) {
			fault(k, _("the records of « %s » cannot be read: %s"), aur_db_names[db], mdb_strerror(rc));
			continue;
		}
		while (!(rc = mdb_cursor_get(cur, &key, &v, no ? MDB_NEXT : MDB_FIRST))) {
			const uint8_t *p;
			size_t n;
			no++;
			if (aur_rec_check(k->store, (enum aur_db)db, key, v, &p, &n, NULL))
				fault(k, _("record %" PRIu64 " of « %s » does not match its checksum"), no, aur_db_names[db]);
			else if (k->s && !key_ok(k, (enum aur_db)db, key, n))
				fault(k, _("record %" PRIu64 " of « %s » belongs to nothing"), no, aur_db_names[db]);
		}
		if (rc != MDB_NOTFOUND)
			fault(k, _("the records of « %s » cannot be read to their end: %s"), aur_db_names[db], mdb_strerror(rc));
		mdb_cursor_close(cur);
		all += no;
	}
	if (!k->s)
		say(k, _("records: %" PRIu64 ", each against its checksum"), all);
	step_end(k);
}

/* ---- what the corpus says of itself ------------------------------------------------------------ */
static void pairs(struct check *k, const uint8_t *p, size_t n, const char *what)
{
	const uint8_t *end = p + n;
	unsigned i = 0;
	for (; p && p < end; i++) {
		uint32_t len = aur_vget_safe(&p, end);
		p = p && len <= (size_t)(end - p) ? p + len : NULL;
	}
	if (!p || i % 2)
		fault(k, _("the properties of %s cannot be read"), what);
}

static void meta(struct check *k)
{
	const uint8_t *p;
	size_t n;
	static const char *const must[] = {"layers", "pipeline", "fingerprints", "annotators"};
	for (unsigned i = 0; i < 4 && k->t.segments; i++) /* a corpus whose first ingestion was killed has none of them, nor anything else */
		need(k, DB_META, name_key(must[i]), &n, must[i], 0);
	if (!aur_rec_get(k->store, k->txn, DB_META, name_key("properties"), &p, &n, NULL))
		pairs(k, p, n, _("the corpus"));
	if (!aur_rec_get(k->store, k->txn, DB_META, name_key("sources"), &p, &n, NULL))
		pairs(k, p, n, _("its files"));
	if (k->nlabels && (p = need(k, DB_META, name_key("labels"), &n, _("labels"), 0))) {
		const uint8_t *end = p + n;
		uint32_t i = 0;
		for (; p && p < end; i++)
			for (int f = 0; f < 4 && p; f++) {
				uint32_t len = aur_vget_safe(&p, end);
				p = p && len <= (size_t)(end - p) ? p + len : NULL;
			}
		if (!p || i != k->nlabels)
			fault(k, _("the labels of theme hits cannot be read: %u instead of %u"), i, k->nlabels);
	}
	MDB_cursor *cur;
	MDB_val key, v;
	if (!mdb_cursor_open(k->txn, k->store->db[DB_SESSIONS], &cur)) {
		for (int rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT))
			if (!aur_rec_check(k->store, DB_SESSIONS, key, v, &p, &n, NULL))
				pairs(k, p, n, _("a session"));
		mdb_cursor_close(cur);
	}
	say(k, _("corpus: %u sessions, %u labels, properties"), aur_snapshot_session_count(k->s), k->nlabels);
	step_end(k);
}

/* ---- dictionary -------------------------------------------------------------------------------- */
static void forms(struct check *k)
{
	MDB_cursor *cur;
	MDB_val key, v;
	uint8_t kb[KEY_MAX_BYTES + 8], *seen = aur_xcalloc(k->t.forms / 8 + 1, 1);
	uint64_t named = 0;
	aur_form f;
	aur_str l[AUR_MAX_LAYERS];
	for (uint32_t id = 0; id < k->t.forms; id++)
		if (!aur_snapshot_form(k->s, id, &f, l) || !f.form.len)
			fault(k, _("form %u: its record cannot be read"), id);
	if (!mdb_cursor_open(k->txn, k->store->db[DB_FORMS], &cur)) {
		for (int rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT)) {
			uint32_t id = v.mv_size == REC_HEAD + 4 ? aur_get32((uint8_t *)v.mv_data + REC_HEAD) : AUR_NONE;
			if (id >= k->t.forms) {
				fault(k, _("a word of the dictionary leads to form %u, which does not exist"), id);
				continue;
			}
			named++;
			if (seen[id >> 3] >> (id & 7) & 1)
				fault(k, _("form %u stands in the dictionary twice"), id);
			seen[id >> 3] |= (uint8_t)(1u << (id & 7));
			if (aur_snapshot_form(k->s, id, &f, l)) {
				MDB_val want = aur_word_key(kb, -1, f.form.ptr, f.form.len);
				if (want.mv_size != key.mv_size || memcmp(want.mv_data, key.mv_data, key.mv_size))
					fault(k, _("form %u: the dictionary knows it by another word than its record"), id);
			}
		}
		mdb_cursor_close(cur);
	}
	for (uint32_t id = 0; named < k->t.forms && id < k->t.forms; id++)
		if (!(seen[id >> 3] >> (id & 7) & 1))
			fault(k, _("form %u: the dictionary does not know its word"), id);
	free(seen);
	say(k, _("dictionary: %u forms, from word to number and back"), k->t.forms);
	step_end(k);
}

/* Contributions that hold any of these forms, and occurrences: what a value of the default layer keeps. */
static void recount(struct check *k, const uint32_t *ids, uint32_t n, uint64_t *docs, uint64_t *occ, uint32_t **scratch, uint8_t **bits)
{
	*docs = *occ = 0;
	for (uint32_t i = 0; i < n; i++)
		*occ += k->occ[ids[i]];
	if (n == 1) {
		*docs = k->docs[ids[0]];
		return;
	}
	for (uint32_t seg = 0; seg < k->t.segments; seg++) {
		uint32_t in_seg = aur_snapshot_seg(k->s, seg)->n, most = 0;
		for (int pass = 0; pass < 2; pass++) /* count, then wipe */
			for (uint32_t i = 0; i < n; i++) {
				const uint8_t *list;
				if (aur_snapshot_postings(k->s, seg, ids[i], &list, NULL) || !list)
					continue;
				aur_post p;
				aur_post_open(&p, list);
				most = aur_post_docs(&p, 0, *scratch);
				for (uint32_t d = 0; d < most; d++) {
					uint32_t doc = (*scratch)[d];
					if (doc >= in_seg)
						continue;
					if (!pass && !((*bits)[doc >> 3] >> (doc & 7) & 1))
						++*docs;
					if (pass)
						(*bits)[doc >> 3] = 0;
					else
						(*bits)[doc >> 3] |= (uint8_t)(1u << (doc & 7));
				}
			}
	}
}

/* After the segments: their postings are sound by then. */
static void layers(struct check *k, int counts)
{
	MDB_cursor *cur;
	MDB_val key, v;
	uint64_t values = 0, found[AUR_MAX_LAYERS] = {0}, want[AUR_MAX_LAYERS] = {0};
	uint8_t kb[KEY_MAX_BYTES + 8], *seen[AUR_MAX_LAYERS];
	uint32_t most = 1, *scratch, *ids = NULL, idcap = 0;
	aur_form f;
	aur_str l[AUR_MAX_LAYERS];
	for (uint32_t i = 0; i < k->t.segments; i++)
		most = aur_snapshot_seg(k->s, i)->n > most ? aur_snapshot_seg(k->s, i)->n : most;
	scratch = aur_xmalloc((size_t)most * sizeof *scratch);
	uint8_t *bits = aur_xcalloc(most / 8 + 1, 1);
	for (uint32_t i = 0; i < k->nlayers; i++)
		seen[i] = aur_xcalloc(k->t.forms / 8 + 1, 1);
	if (mdb_cursor_open(k->txn, k->store->db[DB_LAYERS], &cur))
		goto out;
	for (int rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT)) {
		const uint8_t *kp = key.mv_data, *p, *end;
		size_t n;
		if (key.mv_size < 2 || kp[0] >= k->nlayers || aur_rec_check(k->store, DB_LAYERS, key, v, &p, &n, NULL))
			continue;
		unsigned layer = kp[0];
		const char *name = aur_snapshot_layer_name(k->s, layer);
		int len = (int)(key.mv_size - 1 < 60 ? key.mv_size - 1 : 60);
		end = p + n;
		values++;
		uint32_t docs = aur_vget_safe(&p, end), occ = aur_vget_safe(&p, end), nids = aur_vget_safe(&p, end);
		uint64_t id = 0;
		int sound = p && nids && nids <= n;
		for (uint32_t i = 0; i < nids && sound; i++) {
			uint32_t gap = aur_vget_safe(&p, end);
			id += gap;
			if (!p || (i && !gap) || id >= k->t.forms) {
				sound = 0;
				break;
			}
			if (i == idcap) {
				idcap = idcap ? idcap * 2 : 64;
				ids = aur_xrealloc(ids, idcap * sizeof *ids);
			}
			ids[i] = (uint32_t)id;
			found[layer]++;
			if (seen[layer][id >> 3] >> (id & 7) & 1)
				fault(k, _("layer %s: form %u stands under two values"), name, (uint32_t)id);
			seen[layer][id >> 3] |= (uint8_t)(1u << (id & 7));
			if (!aur_snapshot_form(k->s, (uint32_t)id, &f, l))
				continue;
			MDB_val w = aur_word_key(kb, (int)layer, l[layer].ptr, l[layer].len);
			if (w.mv_size != key.mv_size || memcmp(w.mv_data, key.mv_data, key.mv_size))
				fault(k, _("layer %s: form %u stands under « %.*s », which is not its value"), name, (uint32_t)id, len, (const char *)kp + 1);
		}
		if (!sound || p != end) {
			fault(k, _("layer %s: the forms of « %.*s » cannot be read"), name, len, (const char *)kp + 1);
		} else if (counts && layer == aur_snapshot_default_layer(k->s)) {
			uint64_t d, o;
			recount(k, ids, nids, &d, &o, &scratch, &bits);
			if (d != docs || (o > UINT32_MAX ? UINT32_MAX : o) != occ)
				fault(k, _("layer %s: « %.*s » says %u contributions and %u occurrences; there are %" PRIu64 " and %" PRIu64), name, len,
				      (const char *)kp + 1, docs, occ, d, o);
		}
	}
	mdb_cursor_close(cur);
	for (uint32_t id = 0; id < k->t.forms; id++)
		if (aur_snapshot_form(k->s, id, &f, l))
			for (uint32_t i = 0; i < k->nlayers; i++)
				want[i] += l[i].len > 0;
	for (uint32_t i = 0; i < k->nlayers; i++)
		if (want[i] != found[i])
			fault(k, _("layer %s: %" PRIu64 " forms have a value, and %" PRIu64 " are found by it"), aur_snapshot_layer_name(k->s, i),
			      want[i], found[i]);
	say(k, _("layers: %" PRIu64 " values, to their forms and back, with their counts"), values);
out:
	for (uint32_t i = 0; i < k->nlayers; i++)
		free(seen[i]);
	free(ids);
	free(scratch);
	free(bits);
	step_end(k);
}

/* ---- fields ------------------------------------------------------------------------------------ */
static void fields(struct check *k)
{
	uint8_t kb[KEY_MAX_BYTES + 16];
	uint64_t all = 0, named = 0;
	for (uint32_t i = 0; i < k->t.fields; i++) {
		size_t n;
		aur_setbe32(kb, i);
		const uint8_t *p = need(k, DB_FIELDS, (MDB_val){4, kb}, &n, _("field"), i);
		if (!p)
			continue;
		k->values[i] = aur_get32(p);
		for (uint32_t j = 0; j < i; j++) {
			aur_str a = aur_snapshot_field_name(k->s, i), b = aur_snapshot_field_name(k->s, j);
			if (a.len == b.len && !memcmp(a.ptr, b.ptr, a.len))
				fault(k, _("fields %u and %u have the same name"), j, i);
		}
		for (uint32_t v = 1; v <= k->values[i] && k->step_faults < 1000; v++) {
			aur_str t = aur_snapshot_value_text(k->s, i, v);
			all++;
			if (!t.len)
				fault(k, _("field %u: the text of value %u is missing"), i, v);
			else if (aur_snapshot_value(k->s, i, t) != v)
				fault(k, _("field %u: value %u is not found by its text"), i, v);
		}
	}
	MDB_cursor *cur;
	MDB_val key, v;
	if (!mdb_cursor_open(k->txn, k->store->db[DB_VALUES], &cur)) {
		for (int rc = mdb_cursor_get(cur, &key, &v, MDB_FIRST); !rc; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT))
			named++;
		mdb_cursor_close(cur);
	}
	if (named != 2 * all)
		fault(k, _("the fields say that they have %" PRIu64 " values, and there are records for %" PRIu64), all, named / 2);
	say(k, _("fields: %u, with %" PRIu64 " values, from text to number and back"), k->t.fields, all);
	step_end(k);
}

/* ---- segments ---------------------------------------------------------------------------------- */
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

static void postings(struct check *k, uint32_t seg, const aur_seg_info *g)
{
	uint8_t kb[SEG_KEY];
	size_t n, cn = 0;
	const uint8_t *p = need(k, DB_SEG, seg_key(kb, seg, SEG_FORMS, 0), &n, _("segment"), seg), *chunk = NULL;
	if (!p)
		return;
	uint32_t nf = n >= 8 ? aur_get32(p) : 0, nc = n >= 8 ? aur_get32(p + 4) : 0;
	if (n < 8 || n != 8 + 6 * (size_t)nf + 4 * (size_t)nc || !nf != !nc) {
		fault(k, _("segment %u: the list of its forms has not the size that it should"), seg);
		return;
	}
	const uint8_t *ids = p + 8, *off = ids + 4 * (size_t)nf, *first = off + 2 * (size_t)nf;
	for (uint32_t i = 0, c = 0; i < nf; i++) {
		uint32_t id = aur_get32(ids + 4 * (size_t)i), at = aur_get16(off + 2 * (size_t)i);
		if (id >= k->t.forms || (i && id <= aur_get32(ids + 4 * (size_t)(i - 1)))) {
			fault(k, _("segment %u: its forms are out of order, or do not exist (form %u)"), seg, id);
			return;
		}
		if (c < nc && aur_get32(first + 4 * (size_t)c) == i) {
			chunk = need(k, DB_SEG, seg_key(kb, seg, SEG_POST, c), &cn, _("segment"), seg);
			c++;
			if (at || !chunk) {
				if (at)
					fault(k, _("segment %u: a record of postings does not begin with a form"), seg);
				return;
			}
		} else if (!i || at <= aur_get16(off + 2 * (size_t)(i - 1))) {
			fault(k, _("segment %u: the postings of form %u are not where they should be"), seg, id);
			return;
		}
		size_t end = i + 1 < nf && !(c < nc && aur_get32(first + 4 * (size_t)c) == i + 1) ? aur_get16(off + 2 * ((size_t)i + 1)) : cn;
		if (at >= end || end > cn) {
			fault(k, _("segment %u: the postings of form %u are not where they should be"), seg, id);
			return;
		}
		struct occurrence o = {k, id, g->base, UINT32_MAX};
		if (!aur_post_check(chunk + at, chunk + end, g->n, on_posting, &o))
			fault(k, _("segment %u: the postings of form %u cannot be read"), seg, id);
		if (i + 1 == nf && c != nc)
			fault(k, _("segment %u: it has more records of postings than forms that they belong to"), seg);
	}
}

static void columns(struct check *k, uint32_t seg, const aur_seg_info *g, uint8_t *used)
{
	uint32_t session = aur_snapshot_field(k->s, "session", 7);
	for (uint32_t f = 0; f < k->t.fields; f++) {
		aur_column col;
		if (aur_snapshot_column(k->s, seg, f, &col, NULL)) {
			fault(k, _("segment %u: the values of field %u cannot be read"), seg, f);
			continue;
		}
		for (uint32_t d = 0; col.p && d < g->n; d++) {
			uint32_t v = aur_column_at(col, d);
			if (v > k->values[f]) {
				fault(k, _("contribution %u: value %u of field %u does not exist"), g->base + d, v, f);
				break;
			}
			if (f == session && v && !aur_seg_is_deleted(g, d))
				used[v >> 3] |= (uint8_t)(1u << (v & 7));
		}
	}
}

/* Hits of one segment: records against contributions and labels, bitmaps against records. */
static void hits(struct check *k, uint32_t seg, const aur_seg_info *g, const uint32_t *ntok, const uint32_t *theme_of, uint32_t nthemes)
{
	uint8_t kb[SEG_KEY];
	aur_buf one = {0};
	roaring_bitmap_t **bm = aur_xcalloc((size_t)nthemes * 4 + 1, sizeof *bm);
	MDB_cursor *cur;
	MDB_val key = seg_key(kb, seg, HIT_RECORDS, 0), v;
	if (mdb_cursor_open(k->txn, k->store->db[DB_HITS], &cur))
		goto out;
	for (int rc = mdb_cursor_get(cur, &key, &v, MDB_SET_RANGE); !rc; rc = mdb_cursor_get(cur, &key, &v, MDB_NEXT)) {
		const uint8_t *kp = key.mv_data, *p, *end;
		size_t n;
		if (key.mv_size != SEG_KEY || aur_getbe32(kp) != seg)
			break;
		uint32_t part = aur_getbe32(kp + 5);
		if (aur_rec_check(k->store, DB_HITS, key, v, &p, &n, NULL))
			continue;
		if (kp[4] == HIT_THEME) { /* after all the records, by the order of the keys */
			aur_buf got = {0};
			if (part >= nthemes * 4 || !bm[part])
				fault(k, _("segment %u: a theme (%u) has contributions, and no hit says so"), seg, part / 4);
			else if (!aur_bitmap_list(p, n, &got))
				fault(k, _("segment %u: the contributions of theme %u cannot be read"), seg, part / 4);
			else {
				roaring_bitmap_t *b = roaring_bitmap_of_ptr(got.n / 4, (const uint32_t *)(void *)got.p);
				if (!roaring_bitmap_equals(b, bm[part]))
					fault(k, _("segment %u: the contributions of theme %u are not those that its hits name"), seg, part / 4);
				roaring_bitmap_free(b);
				roaring_bitmap_free(bm[part]);
				bm[part] = NULL;
			}
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
				fault(k, _("segment %u: the theme hits from contribution %u on cannot be read"), seg, part * HIT_BLOCK);
				break;
			}
			const aur_hit_rec *h = (const aur_hit_rec *)(void *)one.p;
			for (size_t i = 0; i < one.n / sizeof *h; i++, h++) {
				uint32_t m = ntok[doc];
				if (h->label >= k->nlabels || h->polarity > 2 || h->first > h->last || h->last >= m ||
				    (h->cue_first != AUR_NONE && (h->cue_first > h->cue_last || h->cue_last >= m)) ||
				    (h->scope_first != AUR_NONE && (h->scope_first > h->scope_last || h->scope_last >= m))) {
					fault(k, _("contribution %u: a theme hit stands on words or a label that do not exist"), g->base + (uint32_t)doc);
					continue;
				}
				for (unsigned x = 0; x < 2; x++) {
					uint32_t t = theme_of[h->label] * 4 + (x ? 3 : h->polarity);
					if (!bm[t])
						bm[t] = roaring_bitmap_create();
					roaring_bitmap_add(bm[t], (uint32_t)doc);
				}
			}
		}
	}
	mdb_cursor_close(cur);
	for (uint32_t i = 0; i < nthemes * 4; i++)
		if (bm[i])
			fault(k, _("segment %u: theme %u has hits, and no list of its contributions"), seg, i / 4);
out:
	for (uint32_t i = 0; i < nthemes * 4; i++)
		if (bm[i])
			roaring_bitmap_free(bm[i]);
	free(bm);
	aur_buf_free(&one);
}

static void texts(struct check *k, uint32_t seg, const aur_seg_info *g, uint32_t *ntok)
{
	aur_doc d = {0};
	aur_error e;
	uint8_t kb[SEG_KEY], *seen = aur_xcalloc(g->n / 8 + 1, 1);
	uint64_t tokens = 0, words = 0;
	size_t idn = 0;
	const uint8_t *len = aur_snapshot_lengths(k->s, seg), *ids = need(k, DB_SEG, seg_key(kb, seg, SEG_IDS, 0), &idn, _("segment"), seg);
	if (!len)
		fault(k, _("segment %u: the lengths of its contributions cannot be read"), seg);
	if (ids && idn != 8 * (size_t)g->n) {
		fault(k, _("segment %u: the table of its ids has not the size that it should"), seg);
		ids = NULL;
	}
	for (uint32_t i = 0; ids && i < g->n; i++) {
		uint32_t local = aur_get32(ids + 8 * (size_t)i + 4);
		if (local >= g->n || (seen[local >> 3] >> (local & 7) & 1) || (i && aur_get32(ids + 8 * (size_t)i) < aur_get32(ids + 8 * (size_t)i - 8))) {
			fault(k, _("segment %u: the table of its ids is out of order"), seg);
			ids = NULL;
			break;
		}
		seen[local >> 3] |= (uint8_t)(1u << (local & 7));
	}
	free(seen);
	for (uint32_t i = 0; i < g->n; i++) {
		ntok[i] = 0;
		if (aur_snapshot_doc(k->s, g->base + i, &d, &e)) {
			fault(k, _("contribution %u: its record cannot be read"), g->base + i);
			continue;
		}
		ntok[i] = d.ntok;
		tokens += d.ntok;
		words += d.nwords;
		if (len && aur_get16(len + 2 * (size_t)i) != (d.nwords < 65535 ? d.nwords : 65535))
			fault(k, _("contribution %u (%.*s): its number of words is not the one in its segment"), g->base + i, (int)d.id.len, d.id.ptr);
		if (d.nwords > d.ntok)
			fault(k, _("contribution %u (%.*s): more words than tokens"), g->base + i, (int)d.id.len, d.id.ptr);
		if (aur_utf8_valid(d.text.ptr, d.text.len) != d.text.len)
			fault(k, _("contribution %u (%.*s): its text is not valid UTF-8"), g->base + i, (int)d.id.len, d.id.ptr);
		for (uint32_t t = 0; t < d.ntok; t++)
			k->sum[d.form[t]] += mix(g->base + i, t);
		if (!aur_seg_is_deleted(g, i) && aur_snapshot_find(k->s, d.id) != g->base + i)
			fault(k, _("contribution %u (%.*s): another one is found by its id, or none"), g->base + i, (int)d.id.len, d.id.ptr);
	}
	if (tokens != g->tokens || words != g->words)
		fault(k, _("segment %u says %" PRIu64 " tokens and %" PRIu64 " words; there are %" PRIu64 " and %" PRIu64), seg, g->tokens,
		      g->words, tokens, words);
	aur_doc_free(&d);
}

static void segments(struct check *k)
{
	uint32_t *theme_of = aur_xmalloc((size_t)(k->nlabels + 1) * sizeof *theme_of), nthemes = 0;
	aur_strtab tab = {0};
	for (uint32_t i = 0; i < k->nlabels; i++) { /* numbers on disk: by first label */
		aur_label l;
		uint32_t *known = NULL;
		theme_of[i] = 0;
		if (!aur_snapshot_label(k->s, i, &l))
			break;
		known = aur_strtab_find(&tab, l.theme.ptr, l.theme.len);
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
		if (g->deleted && !k->has_deleted)
			fault(k, _("segment %u has replaced contributions, and the corpus does not say so"), seg);
		for (uint32_t i = g->n; g->deleted && i < (g->n / 8 + 1) * 8; i++)
			if (aur_seg_is_deleted(g, i))
				fault(k, _("segment %u: a contribution that does not exist was replaced"), seg);
		texts(k, seg, g, ntok);
		postings(k, seg, g);
		if (k->faults == before)
			for (uint32_t f = 0; f < k->t.forms; f++)
				if (k->sum[f]) {
					fault(k, _("segment %u: the postings of form %u are not where its texts have it"), seg, f);
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
				fault(k, _("contributions belong to the session « %.*s », which is not described"), (int)(t.len < 60 ? t.len : 60), t.ptr);
		}
	free(used);
	free(theme_of);
	say(k, _("segments: %u, with %u contributions (%u replaced): texts, postings, ids, fields, theme hits"), k->t.segments,
	    k->t.contributions + k->t.deleted, k->t.deleted);
	step_end(k);
}

/* ---- all --------------------------------------------------------------------------------------- */
static aur_code open_checked(struct check *k, const char *dir, aur_error *err)
{
	aur_store *store = NULL;
	uint64_t npages = 0;
	aur_code c = aur_store_open(dir, AUR_STORE_BARE, &store, err);
	if (c)
		return c;
	c = aur_store_txn(store, &k->txn, err);
	for (int i = 0; !c && i < 3; i++) { /* a writer may commit meanwhile: look at what it made */
		k->faults += aur_pages_check(store, k->txn, &npages, k->say, k->ctx);
		if (k->faults)
			break;
		size_t id = mdb_txn_id(k->txn);
		c = aur_store_databases(store, err);
		if (!c)
			c = aur_store_txn_again(store, k->txn, err);
		if (!c && mdb_txn_id(k->txn) == id)
			break;
	}
	if (c || k->faults) {
		if (k->txn)
			mdb_txn_abort(k->txn);
		k->txn = NULL;
		aur_store_close(store);
		return c;
	}
	say(k, _("pages: %" PRIu64 ", each with one owner and in its place"), npages);
	k->store = store;
	return AURE_OK;
}

uint64_t aur_index_check(const char *dir, void (*tell)(void *ctx, int fault, const char *msg), void *ctx, aur_error *err)
{
	struct check k = {.say = tell, .ctx = ctx};
	aur_error e = {0};
	aur_code c = open_checked(&k, dir, &e);
	if (c == AURE_CORRUPT)
		fault(&k, "%s", e.text);
	else if (c) {
		if (err)
			*err = e;
		return 1;
	}
	if (k.faults)
		return k.faults;
	records(&k);
	mdb_txn_abort(k.txn);
	k.txn = NULL;
	if (k.faults) {
		aur_store_close(k.store);
		say(&k, _("what refers to what is not looked at: damaged records cannot be trusted"));
		return k.faults;
	}
	if (aur_snapshot_on(k.store, &k.s, &e)) {
		fault(&k, "%s", e.text);
		return k.faults;
	}
	k.txn = aur_snapshot_txn(k.s);
	aur_snapshot_totals(k.s, &k.t);
	k.nlayers = aur_snapshot_layers(k.s);
	k.nlabels = k.t.labels;
	k.has_deleted = aur_snapshot_has_deleted(k.s);
	k.values = aur_xcalloc(k.t.fields, sizeof *k.values);
	k.sum = aur_xcalloc(k.t.forms, sizeof *k.sum);
	k.docs = aur_xcalloc(k.t.forms, sizeof *k.docs);
	k.occ = aur_xcalloc(k.t.forms, sizeof *k.occ);
	records(&k);
	if (!k.nlayers && k.t.segments)
		fault(&k, _("the corpus does not say which layers it has"));
	meta(&k);
	forms(&k);
	fields(&k);
	uint64_t before = k.faults;
	segments(&k);
	layers(&k, k.faults == before);
	free(k.values);
	free(k.sum);
	free(k.docs);
	free(k.occ);
	aur_snapshot_close(k.s);
	return k.faults;
}
