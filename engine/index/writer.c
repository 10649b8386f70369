/* SPDX-License-Identifier: Apache-2.0 */
/* The writer: takes contributions into a batch, resolves words to numbers, commits. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "index/folder.h"
#include "index/forward.h"
#include "index/write.h"

#define LOOK_UPS 1024u /* of words and of earlier contributions, each of which may leave 64 KiB of the file in memory */

static aur_code txn_for_reading(aur_writer *w, aur_error *err)
{
	if (w->read)
		return AURE_OK;
	return aur_store_txn(w->store, &w->read, err);
}

static void txn_end(aur_writer *w)
{
	if (w->read)
		mdb_txn_abort(w->read);
	w->read = NULL;
	w->nids = 0; /* pointers into the transaction */
}

/* What is read of the file stays in memory until it is let go: bounded, between two commits as well. */
static void looked_up(aur_writer *w)
{
	if (++w->looked_up < LOOK_UPS)
		return;
	w->looked_up = 0;
	aur_store_trim(w->store);
}

static uint32_t sticky(aur_writer *w, const aur_error *e)
{
	if (!w->failed.code)
		w->failed = *e;
	return AUR_NONE;
}

static aur_code load_counts(aur_writer *w, aur_error *err)
{
	const uint8_t *p;
	size_t n;
	aur_code c = txn_for_reading(w, err);
	if (c)
		return c;
	c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key("counts"), &p, &n, err);
	if (c == AURE_OK && n >= 24) {
		w->nforms = w->nforms0 = aur_get32(p);
		w->nsegs = aur_get32(p + 4);
		w->ndocs = aur_get32(p + 8);
		w->nfields = w->nfields0 = aur_get32(p + 12);
		w->nlabels = w->nlabels0 = aur_get32(p + 16);
		w->has_deleted = aur_get32(p + 20);
	} else if (c && c != AURE_NOTFOUND) {
		return c;
	}
	w->run_first = w->ndocs;
	w->field = aur_xcalloc(w->nfields + 16, sizeof *w->field);
	w->field_cap = w->nfields + 16;
	for (uint32_t f = 0; f < w->nfields; f++) {
		uint8_t k[4];
		aur_setbe32(k, f);
		c = aur_rec_must(w->store, w->read, DB_FIELDS, (MDB_val){4, k}, &p, &n, err);
		if (c || n < 4)
			return c ? c : aur_rec_damaged(w->store, "fields", err);
		w->field[f].nvalues = w->field[f].nvalues0 = aur_get32(p);
		w->field[f].name = (aur_str){aur_arena_dup(&w->lasting, p + 4, n - 4), n - 4};
	}
	c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key("labels"), &p, &n, err);
	if (c == AURE_OK) {
		aur_buf_put(&w->label_rec, p, n);
		const uint8_t *q = p, *end = p + n;
		for (uint32_t i = 0; i < w->nlabels && q && q < end; i++) {
			const uint8_t *from = q;
			for (int k = 0; k < 4 && q; k++) {
				uint32_t len = aur_vget_safe(&q, end);
				q = q && len <= (size_t)(end - q) ? q + len : NULL;
			}
			if (!q)
				return aur_rec_damaged(w->store, "labels", err);
			size_t len = (size_t)(q - from);
			aur_strtab_put(&w->labels, aur_arena_dup(&w->lasting, from, len), len, i);
		}
	} else if (c != AURE_NOTFOUND) {
		return c;
	}
	c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key("sources"), &p, &n, err);
	if (c == AURE_OK)
		aur_buf_put(&w->sources, p, n);
	else if (c != AURE_NOTFOUND)
		return c;
	return AURE_OK;
}

static aur_code setup_check(aur_writer *w, const aur_setup *s, aur_error *err)
{
	aur_buf names = {0};
	for (uint32_t i = 0; i < s->layer_count; i++)
		aur_buf_printf(&names, "%s%s", s->layer[i], i == s->default_layer ? "*\n" : "\n");
	const uint8_t *p;
	size_t n;
	aur_code c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key("layers"), &p, &n, err);
	if (c == AURE_NOTFOUND) {
		c = AURE_OK;
	} else if (!c && (n != names.n || memcmp(p, names.p, n))) {
		c = aur_fail(err, AURE_CONFIG,
			     _("the corpus %s was made with other layers (%.*s) than this pipeline has: use the pipeline.xml of the corpus, or ingest into a new folder"),
			     w->store->dir, (int)(n ? n - 1 : 0), (const char *)p);
	}
	aur_buf_free(&names);
	if (c)
		return c;
	/* What the corpus is said to be made by, and what each segment was. */
	c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key("annotators"), &p, &n, err);
	if (c && c != AURE_NOTFOUND)
		return c;
	w->write_meta = c || n != strlen(s->annotators) || memcmp(p, s->annotators, n);
	w->annotators = aur_stored_hash(s->annotators, strlen(s->annotators), 4);
	w->same_annotators = 1;
	for (uint32_t i = 0; i < w->nsegs; i++) {
		uint8_t k[SEG_KEY];
		c = aur_rec_must(w->store, w->read, DB_SEG, seg_key(k, i, SEG_HEAD, 0), &p, &n, err);
		if (c || n < SEG_HEAD_BYTES)
			return c ? c : aur_rec_damaged(w->store, "segments", err);
		w->same_annotators &= aur_get64(p + 24) == w->annotators;
	}
	return AURE_OK;
}

aur_code aur_writer_open(const char *dir, const aur_setup *s, aur_writer **out, aur_error *err)
{
	aur_writer *w = aur_xcalloc(1, sizeof *w);
	aur_code c = aur_store_open(dir, AUR_STORE_CREATE, &w->store, err);
	if (c)
		goto out;
	w->nlayers = s->layer_count;
	w->dlayer = s->default_layer;
	w->memory = s->memory;
	w->threads = s->threads;
	c = load_counts(w, err);
	if (!c)
		c = setup_check(w, s, err);
	if (c)
		goto out;
	txn_end(w);
	if (w->write_meta) {
		/* What made the corpus stands in it before the first contribution does. */
		MDB_txn *t;
		aur_buf names = {0};
		int rc = mdb_txn_begin(w->store->env, NULL, 0, &t);
		if (rc) {
			c = aur_store_error(w->store, rc, _("begin"), err);
			goto out;
		}
		for (uint32_t i = 0; i < s->layer_count; i++)
			aur_buf_printf(&names, "%s%s", s->layer[i], i == s->default_layer ? "*\n" : "\n");
		c = aur_rec_put(w->store, t, DB_META, aur_meta_key("layers"), names.p, names.n, 0, err);
		aur_buf_free(&names);
		if (!c)
			c = aur_rec_put(w->store, t, DB_META, aur_meta_key("pipeline"), s->pipeline, strlen(s->pipeline), 0, err);
		if (!c)
			c = aur_rec_put(w->store, t, DB_META, aur_meta_key("fingerprints"), s->fingerprints, strlen(s->fingerprints), 0, err);
		if (!c)
			c = aur_rec_put(w->store, t, DB_META, aur_meta_key("annotators"), s->annotators, strlen(s->annotators), 0, err);
		if (c) {
			mdb_txn_abort(t);
			goto out;
		}
		rc = mdb_txn_commit(t);
		if (rc)
			c = aur_store_error(w->store, rc, _("commit"), err);
	}
out:
	if (c)
		aur_writer_close(w);
	else
		*out = w;
	return c;
}

static void batch_reset(aur_writer *w)
{
	aur_strtab_free(&w->forms);
	aur_arena_free(&w->arena);
	free(w->idtab);
	w->idtab = NULL;
	w->idmask = w->idtab_n = 0;
	w->n = 0;
	w->words = w->ntok = w->nhits = 0;
	w->fwd.n = w->sess.n = w->props.n = 0;
	w->ndel = 0;
}

void aur_writer_close(aur_writer *w)
{
	if (!w)
		return;
	txn_end(w);
	free(w->ids);
	batch_reset(w);
	for (uint32_t f = 0; f < w->nfields; f++) {
		aur_strtab_free(&w->field[f].values);
		free(w->field[f].text);
		free(w->field[f].col);
	}
	free(w->field);
	aur_strtab_free(&w->labels);
	aur_arena_free(&w->lasting);
	aur_arena_free(&w->values);
	aur_buf_free(&w->label_rec);
	aur_buf_free(&w->fwd);
	aur_buf_free(&w->sess);
	aur_buf_free(&w->props);
	aur_buf_free(&w->sources);
	free(w->wform);
	free(w->doc);
	free(w->tok);
	free(w->hit);
	free(w->tf);
	free(w->del);
	free(w->seen);
	aur_filter_free(&w->known);
	aur_store_close(w->store);
	free(w);
}

uint32_t aur_writer_form(aur_writer *w, const aur_new_form *f)
{
	uint32_t *known = aur_strtab_find(&w->forms, f->form.ptr, f->form.len);
	if (known)
		return *known;
	aur_error e;
	if (w->nforms0) {
		uint8_t kb[KEY_MAX_BYTES + 8];
		const uint8_t *p;
		size_t n;
		aur_code c = txn_for_reading(w, &e);
		if (!c)
			c = aur_rec_get(w->store, w->read, DB_FORMS, aur_word_key(kb, -1, f->form.ptr, f->form.len), &p, &n, &e);
		looked_up(w);
		if (c == AURE_OK && n == 4)
			return aur_get32(p);
		if (c && c != AURE_NOTFOUND)
			return sticky(w, &e);
	}
	uint32_t id = w->nforms++, i = id - w->nforms0;
	if (i == w->wform_cap) {
		w->wform_cap = w->wform_cap ? w->wform_cap * 2 : 1024;
		w->wform = aur_xrealloc(w->wform, w->wform_cap * sizeof *w->wform);
	}
	aur_wform *nf = &w->wform[i];
	nf->form = (aur_str){aur_arena_dup(&w->arena, f->form.ptr, f->form.len), f->form.len};
	nf->flags = f->flags;
	nf->layer = aur_arena_alloc(&w->arena, w->nlayers * sizeof *nf->layer);
	for (uint32_t l = 0; l < w->nlayers; l++) {
		aur_str v = f->layer[l];
		/* layers often repeat the form or the layer before: share the bytes */
		if (v.len == nf->form.len && !memcmp(v.ptr, nf->form.ptr, v.len))
			nf->layer[l] = nf->form;
		else if (l && v.len == nf->layer[l - 1].len && !memcmp(v.ptr, nf->layer[l - 1].ptr, v.len))
			nf->layer[l] = nf->layer[l - 1];
		else
			nf->layer[l] = (aur_str){aur_arena_dup(&w->arena, v.ptr, v.len), v.len};
	}
	aur_strtab_put(&w->forms, nf->form.ptr, nf->form.len, id);
	return id;
}

uint32_t aur_writer_field(aur_writer *w, aur_str name)
{
	for (uint32_t f = 0; f < w->nfields; f++)
		if (w->field[f].name.len == name.len && !memcmp(w->field[f].name.ptr, name.ptr, name.len))
			return f;
	if (w->nfields == w->field_cap) {
		w->field_cap *= 2;
		w->field = aur_xrealloc(w->field, w->field_cap * sizeof *w->field);
	}
	struct aur_wfield *f = &w->field[w->nfields];
	*f = (struct aur_wfield){.name = {aur_arena_dup(&w->lasting, name.ptr, name.len), name.len}};
	return w->nfields++;
}

uint32_t aur_writer_value(aur_writer *w, uint32_t field, aur_str v)
{
	struct aur_wfield *f = &w->field[field];
	uint32_t *known = aur_strtab_find(&f->values, v.ptr, v.len);
	if (known)
		return *known;
	uint32_t id = 0;
	if (f->nvalues0) {
		aur_error e;
		uint8_t kb[KEY_MAX_BYTES + 16];
		const uint8_t *p;
		size_t n;
		aur_code c = txn_for_reading(w, &e);
		MDB_val k = aur_word_key(kb + 5, -1, v.ptr, v.len);
		kb[0] = 'i';
		aur_setbe32(kb + 1, field);
		if (!c)
			c = aur_rec_get(w->store, w->read, DB_VALUES, (MDB_val){k.mv_size + 5, kb}, &p, &n, &e);
		if (c == AURE_OK && n == 4)
			id = aur_get32(p);
		else if (c && c != AURE_NOTFOUND)
			return sticky(w, &e);
	}
	const char *copy = aur_arena_dup(&w->values, v.ptr, v.len);
	if (!id) {
		uint32_t i = f->nvalues - f->nvalues0;
		if (i == f->cap) {
			f->cap = f->cap ? f->cap * 2 : 16;
			f->text = aur_xrealloc(f->text, f->cap * sizeof *f->text);
		}
		f->text[i] = (aur_str){copy, v.len};
		id = ++f->nvalues;
	}
	aur_strtab_put(&f->values, copy, v.len, id);
	return id;
}

uint32_t aur_writer_label(aur_writer *w, const aur_label *l)
{
	uint32_t id;
	w->nlabels += (uint32_t)aur_label_number(&w->labels, &w->lasting, &w->label_rec, w->nlabels, l, &id);
	return id;
}

static void pending_add(aur_buf *b, const aur_str *s, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		aur_buf_v(b, (uint32_t)s[i].len);
		aur_buf_put(b, s[i].ptr, s[i].len);
	}
}

aur_code aur_writer_session(aur_writer *w, aur_str id, aur_str key, aur_str value)
{
	if (id.len)
		pending_add(&w->sess, (aur_str[]){id, key, value}, 3);
	return AURE_OK;
}

aur_code aur_writer_property(aur_writer *w, aur_str key, aur_str value)
{
	pending_add(&w->props, (aur_str[]){key, value}, 2);
	return AURE_OK;
}

void aur_writer_source(aur_writer *w, aur_str name, aur_str about)
{
	pending_add(&w->sources, (aur_str[]){name, about}, 2);
	w->new_sources = 1;
}

int aur_writer_source_at(const aur_writer *w, size_t *at, aur_str *name, aur_str *about)
{
	const uint8_t *p = w->sources.p + *at, *end = w->sources.p + w->sources.n;
	aur_str *s[] = {name, about};
	if (*at >= w->sources.n)
		return 0;
	for (unsigned i = 0; i < 2; i++) {
		s[i]->len = aur_vget_safe(&p, end);
		if (!p || s[i]->len > (size_t)(end - p))
			return 0;
		s[i]->ptr = (const char *)p;
		p += s[i]->len;
	}
	*at = (size_t)(p - w->sources.p);
	return 1;
}

/* A contribution that is there already: where, its record, and what its segment says of its annotators. */
struct there {
	uint32_t doc, seg, local;
	const uint8_t *rec, *end;
	uint64_t annotators;
};

static aur_code ids_of(aur_writer *w, uint32_t seg, aur_error *err)
{
	uint8_t k[SEG_KEY];
	size_t bytes;
	if (w->nids < w->nsegs) {
		w->ids = aur_xrealloc(w->ids, w->nsegs * sizeof *w->ids);
		memset(w->ids + w->nids, 0, (w->nsegs - w->nids) * sizeof *w->ids);
		w->nids = w->nsegs;
	}
	if (w->ids[seg].p) /* its checksum is worth reading it once per batch */
		return AURE_OK;
	aur_code c = aur_rec_must(w->store, w->read, DB_SEG, seg_key(k, seg, SEG_IDS, 0), &w->ids[seg].p, &bytes, err);
	if (c)
		return c;
	w->ids[seg].n = (uint32_t)(bytes / 8);
	return AURE_OK;
}

/* Fills in t->rec: the block that holds a contribution is the last that starts at or before it. */
static aur_code record_of(aur_writer *w, struct there *t, aur_error *err)
{
	uint8_t k[SEG_KEY], want[SEG_KEY];
	MDB_cursor *cur;
	MDB_val bk = seg_key(k, t->seg, SEG_TEXT, t->local), bv;
	const uint8_t *p;
	size_t n;
	int rc = mdb_cursor_open(w->read, w->store->db[DB_SEG], &cur);
	if (rc)
		return aur_store_error(w->store, rc, _("read"), err);
	seg_key(want, t->seg, SEG_TEXT, t->local);
	rc = mdb_cursor_get(cur, &bk, &bv, MDB_SET_RANGE);
	if (rc || bk.mv_size != SEG_KEY || memcmp(bk.mv_data, want, SEG_KEY))
		rc = mdb_cursor_get(cur, &bk, &bv, MDB_PREV);
	mdb_cursor_close(cur);
	if (rc || bk.mv_size != SEG_KEY || memcmp(bk.mv_data, want, 5))
		return aur_rec_damaged(w->store, "segments", err);
	aur_code c = aur_rec_check(w->store, DB_SEG, bk, bv, &p, &n, err);
	if (c)
		return c;
	uint32_t first = aur_getbe32((uint8_t *)bk.mv_data + 5), i = t->local - first, cnt = n >= 8 ? aur_get32(p) : 0;
	if (i >= cnt || n < 8 + 4 * (size_t)cnt)
		return aur_rec_damaged(w->store, "segments", err);
	const uint8_t *base = p + 8 + 4 * (size_t)cnt;
	uint32_t from = aur_get32(p + 4 + 4 * (size_t)i), to = aur_get32(p + 8 + 4 * (size_t)i);
	if (from > to || to > n - 8 - 4 * (size_t)cnt)
		return aur_rec_damaged(w->store, "segments", err);
	t->rec = base + from;
	t->end = base + to;
	return AURE_OK;
}

/* Finds an id in the committed segments, newest first; t->doc stays AUR_NONE where there is none. */
static aur_code find_committed(aur_writer *w, aur_str id, uint32_t hash, struct there *t, aur_error *err)
{
	*t = (struct there){.doc = AUR_NONE};
	if (!w->nsegs)
		return AURE_OK;
	aur_code c = txn_for_reading(w, err);
	for (uint32_t s = w->nsegs; !c && s-- > 0;) {
		c = ids_of(w, s, err);
		if (c)
			return c;
		const uint8_t *p = w->ids[s].p;
		uint32_t n = w->ids[s].n;
		for (uint32_t i = aur_ids_from(p, n, hash); i < n && aur_get32(p + 8 * (size_t)i) == hash; i++) {
			uint8_t k[SEG_KEY];
			const uint8_t *q;
			size_t qn;
			aur_fwd f;
			t->seg = s;
			t->local = aur_get32(p + 8 * (size_t)i + 4);
			c = aur_rec_get(w->store, w->read, DB_SEG, seg_key(k, s, SEG_DELETED, 0), &q, &qn, err);
			if (c && c != AURE_NOTFOUND)
				return c;
			if (!c && t->local >> 3 < qn && (q[t->local >> 3] >> (t->local & 7) & 1))
				continue;
			looked_up(w);
			c = record_of(w, t, err);
			if (c)
				return c;
			if (!aur_fwd_open(&f, t->rec, t->end))
				return aur_rec_damaged(w->store, "segments", err);
			if (f.id_len != id.len || memcmp(f.id, id.ptr, id.len))
				continue;
			c = aur_rec_must(w->store, w->read, DB_SEG, seg_key(k, s, SEG_HEAD, 0), &q, &qn, err);
			if (c || qn < SEG_HEAD_BYTES)
				return c ? c : aur_rec_damaged(w->store, "segments", err);
			t->doc = aur_get32(q) + t->local;
			t->annotators = aur_get64(q + 24);
			return AURE_OK;
		}
	}
	return c;
}

static int same_fields(aur_writer *w, const aur_doc_in *d, const struct there *t)
{
	for (uint32_t f = 0; f < w->nfields; f++) {
		uint32_t now = 0, then = 0;
		for (uint32_t i = 0; i < d->nfields; i++)
			if (d->field[i] == f)
				now = d->value[i];
		uint8_t k[SEG_KEY];
		MDB_val v, key = seg_key(k, t->seg, SEG_COLUMN, f);
		if (!mdb_get(w->read, w->store->db[DB_SEG], &key, &v)) {
			/* not worth a checksum: where it is damaged, the contribution is taken for changed */
			const uint8_t *p = (uint8_t *)v.mv_data + REC_HEAD;
			size_t at = 1 + (size_t)t->local * (v.mv_size > REC_HEAD ? p[0] : 0);
			if (v.mv_size <= REC_HEAD || at + p[0] > v.mv_size - REC_HEAD)
				return 0;
			then = p[0] == 1 ? p[at] : p[0] == 2 ? aur_get16(p + at) : aur_get32(p + at);
		}
		if (now != then)
			return 0;
	}
	return 1;
}

/* What the batch will take at its worst, while it is written: its records, twice (once in the pages that LMDB holds until the
 * commit), its tokens and then its postings, what sorting them takes, and the dictionary of its forms here and in the analysts. */
static size_t batch_bytes(const aur_writer *w)
{
	size_t sorting = (size_t)w->ntok * 8 < (size_t)48 << 20 ? (size_t)w->ntok * 8 : (size_t)48 << 20;
	return w->fwd.n * 3 + (size_t)w->ntok * 10 + sorting + (size_t)w->n * (sizeof *w->doc + 24 + 8 * w->nfields) + w->arena.total * 2 +
	       (size_t)(w->nforms - w->nforms0) * 200 + w->nhits * 2 * sizeof *w->hit + (size_t)w->nforms * 16;
}

/* Notes an id; was it there already, as far as the filter can tell?  Most are new, and then nothing else is looked at. */
static aur_code id_known(aur_writer *w, uint32_t hash, int *known, aur_error *err)
{
	if (aur_filter_full(&w->known)) {
		aur_filter_reset(&w->known, (uint64_t)w->ndocs + w->n);
		aur_code c = w->nsegs ? txn_for_reading(w, err) : AURE_OK;
		for (uint32_t s = 0; s < w->nsegs && !c; s++) {
			c = ids_of(w, s, err);
			for (uint32_t i = 0; !c && i < w->ids[s].n; i++)
				aur_filter_add(&w->known, aur_get32(w->ids[s].p + 8 * (size_t)i));
		}
		if (c)
			return c;
		for (uint32_t i = 0; i < w->n; i++)
			aur_filter_add(&w->known, w->doc[i].hash);
	}
	*known = aur_filter_add(&w->known, hash);
	return AURE_OK;
}

static int in_batch(aur_writer *w, aur_str id, uint32_t hash)
{
	if (!w->idtab || w->n * 2 > w->idmask) {
		free(w->idtab);
		w->idmask = w->idmask ? w->idmask : 1023;
		while (w->n * 2 > w->idmask)
			w->idmask = w->idmask * 2 + 1;
		w->idtab = aur_xcalloc((size_t)w->idmask + 1, sizeof *w->idtab);
		w->idtab_n = 0;
	}
	for (; w->idtab_n < w->n; w->idtab_n++) {
		uint32_t j = w->doc[w->idtab_n].hash & w->idmask;
		while (w->idtab[j])
			j = (j + 1) & w->idmask;
		w->idtab[j] = w->idtab_n + 1;
	}
	for (uint32_t slot = hash & w->idmask; w->idtab[slot]; slot = (slot + 1) & w->idmask) {
		uint32_t i = w->idtab[slot] - 1;
		if (w->doc[i].hash != hash)
			continue;
		const uint8_t *r = w->fwd.p + (i ? w->doc[i - 1].fwd_end : 0);
		uint32_t len = aur_vget(&r);
		if (len == id.len && !memcmp(r, id.ptr, len))
			return 1;
	}
	return 0;
}

aur_code aur_writer_add(aur_writer *w, const aur_doc_in *d, aur_added *how, aur_error *err)
{
	if (w->failed.code) {
		if (err)
			*err = w->failed;
		return w->failed.code;
	}
	uint32_t hash = aur_id_hash(d->id.ptr, d->id.len);
	int known = 0;
	aur_code c = id_known(w, hash, &known, err);
	if (c)
		return c;
	if (known && in_batch(w, d->id, hash)) {
		*how = AUR_DUPLICATE;
		return AURE_OK;
	}
	/* The record, at the end of the buffer: taken back where it turns out not to be wanted. */
	size_t rec0 = w->fwd.n;
	aur_buf_v(&w->fwd, (uint32_t)d->id.len);
	aur_buf_put(&w->fwd, d->id.ptr, d->id.len);
	aur_buf_v(&w->fwd, d->text_len);
	aur_buf_v(&w->fwd, d->ntok);
	aur_buf_v(&w->fwd, d->nwords);
	aur_buf_room(&w->fwd, 10 + 5 * (size_t)d->ntok + d->side.len);
	{
		/* the length stands before the numbers: its own length is guessed */
		size_t guess = d->ntok < 70 ? 1 : 2;
		uint8_t *from = w->fwd.p + w->fwd.n, *p = from + guess;
		for (uint32_t i = 0; i < d->ntok; i++)
			p = aur_vput(p, d->form[i]);
		uint32_t bytes = (uint32_t)(p - (from + guess));
		uint8_t head[5], *he = aur_vput(head, bytes);
		size_t hn = (size_t)(he - head);
		if (hn != guess)
			memmove(from + hn, from + guess, bytes);
		memcpy(from, head, hn);
		w->fwd.n += hn + bytes;
	}
	aur_buf_put(&w->fwd, d->side.ptr, d->side.len);

	*how = AUR_ADDED;
	struct there t = {.doc = AUR_NONE};
	if (known)
		c = find_committed(w, d->id, hash, &t, err);
	if (c) {
		w->fwd.n = rec0;
		return c;
	}
	if (t.doc != AUR_NONE) {
		size_t len = w->fwd.n - rec0;
		if (t.doc >= w->run_first || (w->seen && (w->seen[t.doc >> 3] >> (t.doc & 7) & 1)))
			*how = AUR_DUPLICATE;
		else if (t.annotators == w->annotators && (size_t)(t.end - t.rec) == len && !memcmp(t.rec, w->fwd.p + rec0, len) &&
			 same_fields(w, d, &t))
			*how = AUR_UNCHANGED;
		else
			*how = AUR_REPLACED;
		if (*how == AUR_UNCHANGED) { /* the same id again in this run is a duplicate, whatever it says */
			if (!w->seen)
				w->seen = aur_xcalloc(w->run_first / 8 + 1, 1);
			w->seen[t.doc >> 3] |= (uint8_t)(1u << (t.doc & 7));
		}
		if (*how != AUR_REPLACED) {
			w->fwd.n = rec0;
			return AURE_OK;
		}
		if (w->ndel == w->del_cap) {
			w->del_cap = w->del_cap ? w->del_cap * 2 : 64;
			w->del = aur_xrealloc(w->del, w->del_cap * sizeof *w->del);
		}
		w->del[w->ndel++] = t.doc;
	}
	uint32_t no = w->n;
	AUR_GROW(w->doc, w->n, w->cap);
	if (w->ntok + d->ntok > w->tok_cap) {
		w->tok_cap = (w->ntok + d->ntok) * 3 / 2 + 65536;
		w->tok = aur_xrealloc(w->tok, w->tok_cap * sizeof *w->tok);
		aur_mem_huge(w->tok, w->tok_cap * sizeof *w->tok);
	}
	if (d->ntok)
		memcpy(w->tok + w->ntok, d->form, d->ntok * sizeof *w->tok);
	w->ntok += d->ntok;
	w->words += d->nwords;
	w->doc[no] = (struct aur_wdoc){.tok_end = w->ntok, .fwd_end = w->fwd.n, .hash = hash, .nwords = d->nwords};
	for (uint32_t f = 0; f < w->nfields; f++) {
		struct aur_wfield *wf = &w->field[f];
		if (no >= wf->colcap) {
			uint32_t cap = wf->colcap ? wf->colcap * 2 : 1024;
			while (cap <= no)
				cap *= 2;
			wf->col = aur_xrealloc(wf->col, cap * sizeof *wf->col);
			memset(wf->col + wf->colcap, 0, (cap - wf->colcap) * sizeof *wf->col);
			wf->colcap = cap;
		}
		wf->col[no] = 0;
	}
	for (uint32_t i = 0; i < d->nfields; i++)
		w->field[d->field[i]].col[no] = d->value[i];
	for (uint32_t i = 0; i < d->nhits; i++) {
		AUR_GROW(w->hit, w->nhits, w->hit_cap);
		w->hit[w->nhits++] = (struct aur_whit){no, d->hit[i]};
	}
	w->n++;
	if (batch_bytes(w) > w->memory || w->n >= UINT32_MAX / 4)
		return aur_writer_commit(w, err);
	return AURE_OK;
}

/* Properties: one record per session (or one for the corpus): key, value pairs. */
static aur_code props_merge(aur_writer *w, MDB_txn *t, enum aur_db db, MDB_val rk, aur_str id, aur_str key, aur_str value,
			    aur_error *err)
{
	const uint8_t *p;
	size_t n;
	aur_buf b = {0};
	int done = key.len == 0;
	aur_code c = aur_rec_get(w->store, t, db, rk, &p, &n, err);
	if (!c) {
		const uint8_t *q = p, *end = p + n;
		while (q && q < end) {
			aur_str kv[2] = {{0}, {0}};
			for (int i = 0; i < 2 && q; i++) {
				kv[i].len = aur_vget_safe(&q, end);
				if (!q || kv[i].len > (size_t)(end - q)) {
					q = NULL;
					break;
				}
				kv[i].ptr = (const char *)q;
				q += kv[i].len;
			}
			if (q && kv[0].len == key.len && !memcmp(kv[0].ptr, key.ptr, key.len)) {
				kv[1] = value;
				done = 1;
			}
			if (q)
				pending_add(&b, kv, 2);
		}
		if (!q) {
			aur_buf_free(&b);
			return aur_rec_damaged(w->store, aur_db_names[db], err);
		}
	} else if (c != AURE_NOTFOUND) {
		return c;
	} else if (id.len > KEY_MAX_BYTES - 24) { /* known by its hash: its name stands inside, under the empty key */
		pending_add(&b, (aur_str[]){{"", 0}, id}, 2);
	}
	if (!done)
		pending_add(&b, (aur_str[]){key, value}, 2);
	c = aur_rec_put(w->store, t, db, rk, b.p, b.n, 0, err);
	aur_buf_free(&b);
	return c;
}

static aur_code write_pending(aur_writer *w, MDB_txn *t, aur_error *err)
{
	aur_code c = AURE_OK;
	const uint8_t *p = w->sess.p, *end = p + w->sess.n;
	while (!c && p < end) {
		aur_str s[3];
		for (int i = 0; i < 3; i++) {
			s[i].len = aur_vget(&p);
			s[i].ptr = (const char *)p;
			p += s[i].len;
		}
		uint8_t kb[KEY_MAX_BYTES + 8];
		c = props_merge(w, t, DB_SESSIONS, aur_word_key(kb, -1, s[0].ptr, s[0].len), s[0], s[1], s[2], err);
	}
	p = w->props.p;
	end = p + w->props.n;
	while (!c && p < end) {
		aur_str s[2];
		for (int i = 0; i < 2; i++) {
			s[i].len = aur_vget(&p);
			s[i].ptr = (const char *)p;
			p += s[i].len;
		}
		c = props_merge(w, t, DB_META, aur_meta_key("properties"), (aur_str){"", 0}, s[0], s[1], err);
	}
	if (!c && w->new_sources)
		c = aur_rec_put(w->store, t, DB_META, aur_meta_key("sources"), w->sources.p, w->sources.n, 0, err);
	return c;
}

/* Writing frees the tokens of the batch; its records still have them. */
static void tokens_again(aur_writer *w)
{
	w->tok_cap = w->ntok + 1;
	w->tok = aur_xrealloc(w->tok, w->tok_cap * sizeof *w->tok);
	uint64_t at = 0;
	for (uint32_t i = 0; i < w->n; i++) {
		aur_fwd f;
		if (!aur_fwd_open(&f, w->fwd.p + (i ? w->doc[i - 1].fwd_end : 0), w->fwd.p + w->doc[i].fwd_end))
			continue;
		const uint8_t *p = f.forms;
		while (at < w->doc[i].tok_end)
			w->tok[at++] = aur_vget(&p);
	}
}

static aur_code commit_once(aur_writer *w, size_t room, aur_error *err)
{
	MDB_txn *t;
	w->store->full = 0;
	aur_code c = aur_store_reserve(w->store, room, err);
	if (c)
		return c;
	int rc = mdb_txn_begin(w->store->env, NULL, 0, &t);
	if (rc)
		return aur_store_error(w->store, rc, _("begin"), err);
	c = write_pending(w, t, err);
	if (!c)
		c = aur_batch_write(w, t, err);
	if (c) {
		mdb_txn_abort(t);
		return c;
	}
	rc = mdb_txn_commit(t);
	w->store->full |= rc == MDB_MAP_FULL;
	return rc ? aur_store_error(w->store, rc, _("commit"), err) : AURE_OK;
}

aur_code aur_writer_commit(aur_writer *w, aur_error *err)
{
	if (w->failed.code) {
		if (err)
			*err = w->failed;
		return w->failed.code;
	}
	if (!w->n && !w->sess.n && !w->props.n && !w->new_sources && w->nforms == w->nforms0)
		return AURE_OK;
	txn_end(w);
	aur_store_trim(w->store);
	aur_code c;
	size_t room = batch_bytes(w) + w->fwd.n * 2 + ((size_t)64 << 20);
	if (getenv("AURICULE_TEST_MAP")) /* a guess that is too small, to see that it does no harm */
		room = 1 << 19;
	for (int again = 0;; again++) {
		c = commit_once(w, room, err);
		/* The guess was too small: the transaction is gone, the batch is not. */
		if (!c || !w->store->full || again == 8)
			break;
		room *= 2;
		tokens_again(w);
	}
	if (c) {
		w->failed = err ? *err : (aur_error){.code = c};
		return c;
	}
	aur_store_trim(w->store);
	w->commits++;
	if (w->n) {
		w->nsegs++;
		w->ndocs += w->n;
	}
	w->new_sources = 0;
	w->nforms0 = w->nforms;
	w->nfields0 = w->nfields;
	w->nlabels0 = w->nlabels;
	for (uint32_t f = 0; f < w->nfields; f++)
		w->field[f].nvalues0 = w->field[f].nvalues;
	if (w->values.total > (size_t)8 << 20) { /* many distinct values: look them up again */
		for (uint32_t f = 0; f < w->nfields; f++)
			aur_strtab_free(&w->field[f].values);
		aur_arena_free(&w->values);
	}
	batch_reset(w);
	return AURE_OK;
}

uint64_t aur_writer_commits(const aur_writer *w)
{
	return w->commits;
}

int aur_writer_same_annotators(const aur_writer *w)
{
	return w->same_annotators;
}
