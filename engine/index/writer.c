/* SPDX-License-Identifier: Apache-2.0 */
/* The writer: takes contributions into a batch, resolves words to numbers. */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "index/folder.h"
#include "index/write.h"

static uint32_t sticky(aur_writer *w, const aur_error *e)
{
	if (!w->failed.code)
		w->failed = *e;
	return AUR_NONE;
}

/* No more of these can be told apart.  The next commit says so, and keeps what was committed; the number is of one that is there. */
static uint32_t full(aur_writer *w, const char *what)
{
	aur_error e;
	aur_fail(&e, AURE_DATA, _("the corpus %s has as many %s as it can hold: ingest the rest into another one"), w->store->dir, what);
	sticky(w, &e);
	return 0;
}

static aur_code load_counts(aur_writer *w, aur_error *err)
{
	const uint8_t *p;
	size_t n;
	struct aur_held x;
	aur_code c = aur_held_get(w->store, w->read, &x, err);
	if (c)
		return c;
	w->nforms = w->nforms0 = x.forms;
	w->nsegs = x.segments;
	w->ndocs = x.docs;
	w->nfields = w->nfields0 = x.fields;
	w->nlabels = w->nlabels0 = x.labels;
	w->has_deleted = x.has_deleted;
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
	c = w->nlabels ? aur_rec_must(w->store, w->read, DB_META, aur_meta_key("labels"), &p, &n, err) : AURE_OK;
	if (c)
		return c;
	if (w->nlabels) {
		aur_buf_put(&w->label_rec, p, n);
		const uint8_t *q = p, *end = p + n;
		for (uint32_t i = 0; i < w->nlabels; i++) {
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
		if (q < end)
			return aur_rec_damaged(w->store, "labels", err);
	}
	c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key("sources"), &p, &n, err);
	if (c == AURE_OK)
		aur_buf_put(&w->sources, p, n);
	else if (c != AURE_NOTFOUND)
		return c;
	return AURE_OK;
}

/* A line each, the default one with a star. */
static void layer_names(const aur_setup *s, aur_buf *out)
{
	for (uint32_t i = 0; i < s->layer_count; i++)
		aur_buf_printf(out, "%s%s", s->layer[i], i == s->default_layer ? "*\n" : "\n");
}

static aur_code setup_check(aur_writer *w, const aur_setup *s, aur_error *err)
{
	aur_buf names = {0};
	layer_names(s, &names);
	const uint8_t *p;
	size_t n;
	aur_code c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key("layers"), &p, &n, err);
	if (c == AURE_NOTFOUND) {
		c = AURE_OK;
	} else if (!c && (n != names.n || memcmp(p, names.p, n))) {
		names.n = 0;
		for (size_t i = 0; i + 1 < n; i++) /* a line each */
			if (p[i] == '\n')
				aur_buf_str(&names, ", ");
			else
				aur_buf_put(&names, p + i, 1);
		c = aur_fail(err, AURE_CONFIG,
			     _("the corpus %s was made with other layers (%s) than this pipeline has: use the pipeline.xml of the corpus, or ingest into a new folder"),
			     w->store->dir, aur_buf_cstr(&names));
	}
	aur_buf_free(&names);
	if (c)
		return c;
	/* What the corpus is said to be made by, and what each segment was. */
	const char *const name[] = {"pipeline", "fingerprints", "annotators"}, *const is[] = {s->pipeline, s->fingerprints, s->annotators};
	for (int i = 0; i < 3; i++) {
		c = aur_rec_get(w->store, w->read, DB_META, aur_meta_key(name[i]), &p, &n, err);
		if (c && c != AURE_NOTFOUND)
			return c;
		w->write_meta |= c || n != strlen(is[i]) || memcmp(p, is[i], n);
	}
	w->annotators = aur_stored_hash(s->annotators, strlen(s->annotators), 4);
	return AURE_OK;
}

/* What made the corpus stands in it before the first contribution does. */
static aur_code setup_write(aur_writer *w, const aur_setup *s, aur_error *err)
{
	MDB_txn *t;
	int rc = mdb_txn_begin(w->store->env, NULL, 0, &t);
	if (rc)
		return aur_store_error(w->store, rc, _("begin"), err);
	aur_buf names = {0};
	layer_names(s, &names);
	aur_code c = aur_rec_put(w->store, t, DB_META, aur_meta_key("layers"), names.p, names.n, 0, err);
	aur_buf_free(&names);
	const char *const name[] = {"pipeline", "fingerprints", "annotators"}, *const is[] = {s->pipeline, s->fingerprints, s->annotators};
	for (int i = 0; i < 3 && !c; i++)
		c = aur_rec_put(w->store, t, DB_META, aur_meta_key(name[i]), is[i], strlen(is[i]), 0, err);
	if (c) {
		mdb_txn_abort(t);
		return c;
	}
	rc = mdb_txn_commit(t);
	if (rc)
		return aur_store_error(w->store, rc, _("commit"), err);
	aur_store_wrote(w->store);
	return AURE_OK;
}

aur_code aur_writer_open(const char *dir, aur_writer **out, aur_error *err)
{
	aur_writer *w = aur_xcalloc(1, sizeof *w);
	w->behind = aur_behind_new();
	aur_code c = aur_store_open(dir, AUR_STORE_CREATE, &w->store, err);
	if (c)
		aur_writer_close(w);
	else
		*out = w;
	return c;
}

aur_code aur_writer_begin(aur_writer *w, const aur_setup *s, aur_error *err)
{
	w->nlayers = s->layer_count;
	w->dlayer = s->default_layer;
	w->memory = s->memory;
	w->threads = s->threads;
	aur_code c = aur_behind_read(w, err);
	if (!c)
		c = load_counts(w, err);
	if (!c)
		c = setup_check(w, s, err);
	w->from_nothing = !w->nforms;
	aur_behind_read_done(w);
	aur_behind_read_end(w);
	return c || !w->write_meta ? c : setup_write(w, s, err);
}

void aur_writer_abandon(aur_writer *w)
{
	if (w && w->store && !w->commits)
		aur_store_unmake(w->store);
	aur_writer_close(w);
}

void aur_writer_close(aur_writer *w)
{
	if (!w)
		return;
	aur_behind_read_end(w);
	aur_behind_free(w->behind);
	aur_batch_free(w);
	free(w->ids);
	aur_strtab_free(&w->labels);
	aur_arena_free(&w->lasting);
	free(w->seen);
	aur_filter_free(&w->known);
	aur_filter_free(&w->kept_words);
	aur_store_close(w->store);
	free(w);
}

static aur_code failed(const aur_writer *w, aur_error *err)
{
	if (w->failed.code && err)
		*err = w->failed;
	return w->failed.code;
}

static uint32_t word_hash(aur_str form)
{
	return (uint32_t)(aur_hash64(form.ptr, form.len, 11) >> 16);
}

/* Most words that were not met yet in a run are new to the corpus too: where the run began with an empty one, that is told without a look
 * into the file. */
static void note_words(aur_writer *w)
{
	uint32_t n = w->nforms - w->nforms0;
	if (!w->nforms0)
		aur_filter_reset(&w->kept_words, (uint64_t)n * 2);
	for (uint32_t i = 0; i < n && w->kept_words.bits; i++) {
		aur_filter_add(&w->kept_words, word_hash(w->wform[i].form));
		if (aur_filter_full(&w->kept_words))
			aur_filter_free(&w->kept_words);
	}
}

/* The number of a new form of a batch, or NULL.  Its forms get into the table when one is looked for: mostly the caller knows that there is
 * no need. */
static const uint32_t *batch_form(aur_writer *w, aur_str form)
{
	for (uint32_t i = w->forms.n; i < w->nforms - w->nforms0; i++)
		aur_strtab_put(&w->forms, w->wform[i].form.ptr, w->wform[i].form.len, w->nforms0 + i);
	return aur_strtab_find(&w->forms, form.ptr, form.len);
}

/* The number of a form that this run may have, or an earlier one left; AUR_NONE: there is none, or an error that is kept in w->failed. */
static uint32_t known_form(aur_writer *w, const aur_new_form *f)
{
	aur_error e;
	aur_writer *before = aur_behind_batch(w);
	const uint32_t *known = f->first ? NULL : batch_form(w, f->form);
	if (!known && before && !f->first)
		known = batch_form(before, f->form);
	if (known)
		return *known;
	if (!w->nforms0 || (w->kept_words.bits && !aur_filter_has(&w->kept_words, word_hash(f->form))))
		return AUR_NONE;
	uint8_t kb[KEY_MAX_BYTES + 8];
	const uint8_t *p;
	size_t n;
	aur_code c = aur_behind_read(w, &e);
	if (!c)
		c = aur_rec_get(w->store, w->read, DB_FORMS, aur_word_key(kb, -1, f->form.ptr, f->form.len), &p, &n, &e);
	uint32_t id = c == AURE_OK && n == 4 ? aur_get32(p) : AUR_NONE;
	aur_behind_read_done(w);
	return c && c != AURE_NOTFOUND ? sticky(w, &e) : id;
}

uint32_t aur_writer_form(aur_writer *w, const aur_new_form *f)
{
	uint32_t known = f->first && w->from_nothing ? AUR_NONE : known_form(w, f);
	if (known != AUR_NONE || w->failed.code)
		return known;
	if (w->nforms >= AUR_NONE - 1)
		return full(w, _("different words"));
	uint32_t id = w->nforms++, i = id - w->nforms0;
	AUR_GROW(w->wform, i, w->wform_cap);
	aur_wform *nf = &w->wform[i];
	nf->form = aur_str_keep(&w->arena, f->form);
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
			nf->layer[l] = aur_str_keep(&w->arena, v);
	}
	return id;
}

uint32_t aur_writer_field(aur_writer *w, aur_str name)
{
	for (uint32_t f = 0; f < w->nfields; f++)
		if (w->field[f].name.len == name.len && !memcmp(w->field[f].name.ptr, name.ptr, name.len))
			return f;
	if (w->nfields >= AUR_MAX_FIELDS)
		return full(w, _("fields"));
	AUR_GROW(w->field, w->nfields, w->field_cap);
	struct aur_wfield *f = &w->field[w->nfields];
	*f = (struct aur_wfield){.name = aur_str_keep(&w->lasting, name)};
	return w->nfields++;
}

uint32_t aur_writer_value(aur_writer *w, uint32_t field, aur_str v)
{
	struct aur_wfield *f = &w->field[field];
	aur_writer *before = aur_behind_batch(w);
	uint32_t *known = aur_strtab_find(&f->values, v.ptr, v.len);
	if (!known && before && field < before->nfields)
		known = aur_strtab_find(&before->field[field].values, v.ptr, v.len);
	if (known)
		return *known;
	uint32_t id = 0;
	if (f->nvalues0) {
		aur_error e;
		uint8_t kb[KEY_MAX_BYTES + 16];
		const uint8_t *p;
		size_t n;
		aur_code c = aur_behind_read(w, &e);
		MDB_val k = aur_word_key(kb + 5, -1, v.ptr, v.len);
		kb[0] = 'i';
		aur_setbe32(kb + 1, field);
		if (!c)
			c = aur_rec_get(w->store, w->read, DB_VALUES, (MDB_val){k.mv_size + 5, kb}, &p, &n, &e);
		if (c == AURE_OK && n == 4)
			id = aur_get32(p);
		aur_behind_read_done(w);
		if (c && c != AURE_NOTFOUND)
			return sticky(w, &e);
	}
	const char *copy = aur_arena_dup(&w->values, v.ptr, v.len);
	if (!id) {
		uint32_t i = f->nvalues - f->nvalues0;
		AUR_GROW(f->text, i, f->cap);
		f->text[i] = (aur_str){copy, v.len};
		id = ++f->nvalues;
	}
	aur_strtab_put(&f->values, copy, v.len, id);
	return id;
}

void aur_writer_value_soon(const aur_writer *w, uint32_t field, aur_str v)
{
	if (field < w->nfields)
		aur_strtab_soon(&w->field[field].values, v.ptr, v.len);
}

uint32_t aur_writer_label(aur_writer *w, const aur_label *l)
{
	uint32_t id;
	w->nlabels += (uint32_t)aur_label_number(&w->labels, &w->lasting, &w->label_rec, w->nlabels, l, &id);
	return id;
}

void aur_writer_session(aur_writer *w, aur_str id, aur_str key, aur_str value)
{
	if (id.len)
		aur_pending_add(&w->sess, (aur_str[]){id, key, value}, 3);
}

void aur_writer_property(aur_writer *w, aur_str key, aur_str value)
{
	aur_pending_add(&w->props, (aur_str[]){key, value}, 2);
}

void aur_writer_source(aur_writer *w, aur_str name, aur_str about)
{
	aur_str last, was;
	size_t at = w->last_source;
	if (w->source_added && aur_writer_source_at(w, &at, &last, &was) && !aur_str_order(last, name)) /* more of the same file */
		w->sources.n = w->last_source;
	w->last_source = w->sources.n;
	w->source_added = 1;
	aur_pending_add(&w->sources, (aur_str[]){name, about}, 2);
	w->new_sources = 1;
}

int aur_writer_source_at(const aur_writer *w, size_t *at, aur_str *name, aur_str *about)
{
	if (*at >= w->sources.n)
		return 0;
	const uint8_t *p = w->sources.p + *at, *end = w->sources.p + w->sources.n;
	aur_str *s[] = {name, about};
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

/* The batch is full: it stands apart, until aur_writer_write or the next one that is full. */
static aur_code set_apart(aur_writer *w, aur_error *err)
{
	aur_behind_settle(w, 1);
	if (w->failed.code)
		return failed(w, err);
	aur_error e = {0};
	if (aur_behind_put(w, &e))
		w->failed = e;
	return failed(w, err);
}

void aur_writer_soon(const aur_writer *w, aur_str id)
{
	aur_filter_soon(&w->known, aur_id_hash(id.ptr, id.len));
}

aur_code aur_writer_met(aur_writer *w, aur_str id, int *met, aur_error *err)
{
	aur_behind_settle(w, 0);
	if (w->failed.code)
		return failed(w, err);
	return aur_known_met(w, id, aur_id_hash(id.ptr, id.len), met, err);
}

enum { BYTES_PER_WORD = 30 }; /* of a batch of texts, and a little less: see aur_batch_bytes */

static void record_put(aur_buf *b, const aur_doc_in *d)
{
	aur_buf_v(b, (uint32_t)d->id.len);
	aur_buf_put(b, d->id.ptr, d->id.len);
	aur_buf_v(b, d->text_len);
	aur_buf_v(b, d->ntok);
	aur_buf_v(b, d->nwords);
	aur_buf_room(b, 10 + 5 * (size_t)d->ntok + d->side.len);
	/* the length stands before the numbers: its own length is guessed */
	size_t guess = d->ntok < 70 ? 1 : 2;
	uint8_t *from = b->p + b->n, *p = from + guess;
	for (uint32_t i = 0; i < d->ntok; i++)
		p = aur_vput5(p, d->form[i]);
	uint32_t bytes = (uint32_t)(p - (from + guess));
	uint8_t head[5];
	size_t hn = (size_t)(aur_vput(head, bytes) - head);
	if (hn != guess)
		memmove(from + hn, from + guess, bytes);
	memcpy(from, head, hn);
	b->n += hn + bytes;
	aur_buf_put(b, d->side.ptr, d->side.len);
}

aur_code aur_writer_add(aur_writer *w, const aur_doc_in *d, aur_added *how, aur_error *err)
{
	aur_behind_settle(w, 0);
	if (w->failed.code)
		return failed(w, err);
	uint32_t hash = aur_id_hash(d->id.ptr, d->id.len);
	int known = 0;
	aur_writer *before = aur_behind_batch(w);
	aur_code c = aur_known_note(w, hash, &known, err);
	if (c)
		return c;
	if (known && (aur_known_in_batch(w, d->id, hash) || (before && aur_known_in_batch(before, d->id, hash)))) {
		*how = AUR_DUPLICATE;
		return AURE_OK;
	}
	size_t rec0 = w->fwd.n; /* taken back where it turns out not to be wanted */
	record_put(&w->fwd, d);
	*how = AUR_ADDED;
	if (known) {
		uint32_t doc;
		c = aur_known_verdict(w, d, hash, w->fwd.p + rec0, w->fwd.n - rec0, how, &doc, err);
		if (c || *how == AUR_DUPLICATE || *how == AUR_UNCHANGED) {
			w->fwd.n = rec0;
			return c;
		}
		if (*how == AUR_REPLACED) {
			AUR_GROW(w->del, w->ndel, w->del_cap);
			w->del[w->ndel++] = doc;
		}
	}
	uint32_t no = w->n;
	if (w->ndocs >= AUR_NONE - 1 - no) {
		full(w, _("contributions"));
		return failed(w, err);
	}
	AUR_GROW(w->doc, w->n, w->cap);
	if (w->ntok + d->ntok > w->tok_cap) {
		/* from some size on with room for as many as a batch has: what is not used is never met, and nothing need be moved */
		size_t cap = (w->ntok + d->ntok) * 3 / 2 + 65536, whole = w->memory / BYTES_PER_WORD;
		w->tok_cap = cap > whole / 16 && cap < whole ? whole : cap;
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
	size_t bytes = aur_batch_bytes(w);
	/* Memory is bounded: no more than half a batch stands beside the one that is written; of more than two threads, which need memory
	 * themselves, a quarter. */
	if (bytes > w->memory / (w->threads > 2 ? 4 : 2) && aur_behind_batch(w))
		aur_behind_settle(w, 1);
	if (bytes <= w->memory && w->n < UINT32_MAX / 4)
		return AURE_OK;
	note_words(w);
	return set_apart(w, err);
}

void aur_writer_write(aur_writer *w)
{
	aur_behind_write(w, 1); /* the others are at work on the next batch */
}

aur_code aur_writer_commit(aur_writer *w, aur_error *err)
{
	aur_behind_settle(w, 1);
	if (w->failed.code || (!w->n && !w->sess.n && !w->props.n && !w->new_sources && w->nforms == w->nforms0))
		return failed(w, err);
	aur_filter_free(&w->kept_words); /* whoever commits is mostly done */
	aur_code c = set_apart(w, err);
	if (c)
		return c;
	aur_behind_write(w, w->threads);
	aur_behind_settle(w, 1);
	return failed(w, err);
}

uint64_t aur_writer_commits(const aur_writer *w)
{
	return w->commits;
}
