/* SPDX-License-Identifier: Apache-2.0 */
/* The corpus as it was at one commit.  Nothing is loaded at open but counts and segment heads: what a query touches is read in place,
 * its checksum verified once. */
#include "config.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <stdio.h>
#include "base/hash.h"
#include "base/intl.h"
#include "index/forward.h"
#include "index/index.h"
#include "index/postings.h"
#include "index/snap.h"
#include "index/write.h"

struct seg {
	aur_seg_info info;
	uint64_t annotators;
	const uint8_t *forms;   /* payload of SEG_FORMS */
	uint32_t nforms, nchunks;
	const uint8_t *ids, *off, *first;
	uint64_t *where; /* by form: chunk << 16 | offset, + 1; 0 = not here.  Made once many forms were asked for */
	uint32_t asked;
	struct chunk {
		const uint8_t *p;
		uint32_t n;
	} *chunk; /* verified chunks of postings; NULL: not yet read */
	const uint8_t *hashes; /* payload of SEG_IDS */
	const uint8_t *lengths;
	const uint8_t *dir;
	uint32_t nblk, near; /* near: the block that was read last */
	const uint8_t **blk;
	aur_column *col; /* width 0: not yet read; 255: none */
	uint32_t ncol;
};

struct aur_snapshot {
	aur_store *store;
	MDB_txn *txn;
	uint64_t commit;
	uint32_t nforms, nsegs, ndocs, nfields, nlabels, has_deleted;
	struct seg *seg;
	uint32_t nlayers, dlayer;
	char *layer[AUR_MAX_LAYERS];
	const uint8_t **formrec; /* verified records of the dictionary */
	size_t *formrec_n;
	struct written {
		const char *p;
		uint32_t n;
		uint8_t flags, glue;
	} *written; /* by form, from the first text on: p NULL: not yet looked at */
	aur_arena text; /* layer values that had to be put together, names: until refresh */
	aur_str *field;
	uint32_t *fvalues;
	aur_str **layers; /* by chunk of the dictionary: nlayers per form, ptr NULL: not yet taken apart */
	struct { /* where the last look at hits ended: the next one mostly goes on from there */
		const uint8_t *p, *end;
		uint32_t seg, block, at;
	} hits;
	aur_str *label; /* 4 per label */
	uint32_t *label_theme; /* by label: index in themes (sorted) */
	uint32_t *theme_disk;  /* by theme: its number on disk, AUR_NONE for a mere parent */
	aur_str *theme;
	uint32_t nthemes;
	int labels_loaded;
	struct sess {
		aur_str id;
		aur_str *kv;
		uint32_t n;
	} *sess;
	uint32_t nsess;
	int sess_loaded;
	aur_str *prop;
	uint32_t nprop;
	int prop_loaded;
	char *meta[8];
	const char *meta_name[8];
};

static void drop(aur_snapshot *s)
{
	for (uint32_t i = 0; i < s->nsegs && s->seg; i++) {
		free(s->seg[i].chunk);
		free(s->seg[i].where);
		free(s->seg[i].blk);
		free(s->seg[i].col);
	}
	free(s->seg);
	s->seg = NULL;
	free(s->formrec);
	free(s->formrec_n);
	s->formrec = NULL;
	s->formrec_n = NULL;
	free(s->written);
	s->written = NULL;
	for (uint32_t i = 0; s->layers && i <= s->nforms / FORM_CHUNK; i++)
		free(s->layers[i]);
	free(s->layers);
	s->layers = NULL;
	s->hits.p = NULL;
	free(s->field);
	free(s->fvalues);
	s->field = NULL;
	s->fvalues = NULL;
	free(s->label);
	free(s->label_theme);
	free(s->theme_disk);
	free(s->theme);
	s->label = s->theme = NULL;
	s->label_theme = s->theme_disk = NULL;
	s->labels_loaded = 0;
	for (uint32_t i = 0; i < s->nsess; i++)
		free(s->sess[i].kv);
	free(s->sess);
	s->sess = NULL;
	s->nsess = 0;
	s->sess_loaded = 0;
	free(s->prop);
	s->prop = NULL;
	s->nprop = 0;
	s->prop_loaded = 0;
	for (int i = 0; i < 8; i++) {
		free(s->meta[i]);
		s->meta[i] = NULL;
	}
	aur_arena_free(&s->text);
}

static MDB_val key_of(const char *s)
{
	return (MDB_val){.mv_size = strlen(s), .mv_data = (void *)(uintptr_t)s};
}

static aur_code load(aur_snapshot *s, aur_error *err)
{
	const uint8_t *p;
	size_t n;
	uint8_t kb[SEG_KEY];
	s->commit = mdb_txn_id(s->txn);
	s->nforms = s->nsegs = s->ndocs = s->nfields = s->nlabels = s->has_deleted = 0;
	aur_code c = aur_rec_may(s->store, s->txn, DB_META, key_of("counts"), &p, &n, err);
	if (c == AURE_OK && n >= 24) {
		s->nforms = aur_get32(p);
		s->nsegs = aur_get32(p + 4);
		s->ndocs = aur_get32(p + 8);
		s->nfields = aur_get32(p + 12);
		s->nlabels = aur_get32(p + 16);
		s->has_deleted = aur_get32(p + 20);
	} else if (c != AURE_NOTFOUND) {
		return c ? c : aur_rec_damaged(s->store, "meta", err);
	}
	if (s->nsegs > 1u << 24 || s->nfields > 1u << 20)
		return aur_rec_damaged(s->store, "meta", err);
	for (uint32_t i = 0; i < s->nlayers; i++)
		free(s->layer[i]);
	s->nlayers = 0;
	c = aur_rec_may(s->store, s->txn, DB_META, key_of("layers"), &p, &n, err);
	if (c && c != AURE_NOTFOUND)
		return c;
	if (!c) {
		const char *q = (const char *)p, *end = q + n;
		while (q < end && s->nlayers < AUR_MAX_LAYERS) {
			const char *nl = memchr(q, '\n', (size_t)(end - q));
			if (!nl)
				break;
			size_t len = (size_t)(nl - q);
			if (len && q[len - 1] == '*') {
				s->dlayer = s->nlayers;
				len--;
			}
			s->layer[s->nlayers++] = aur_xstrndup(q, len);
			q = nl + 1;
		}
	}
	/* Counts that cannot be are not believed: what follows allocates by them. */
	MDB_stat st;
	uint32_t nchunks = s->nforms / FORM_CHUNK + 1;
	if (mdb_stat(s->txn, s->store->db[DB_FORMREC], &st) || st.ms_entries < s->nforms / FORM_CHUNK ||
	    mdb_stat(s->txn, s->store->db[DB_SEG], &st) || st.ms_entries < s->nsegs || mdb_stat(s->txn, s->store->db[DB_FIELDS], &st) ||
	    st.ms_entries < s->nfields) {
		s->nforms = s->nsegs = s->nfields = 0;
		return aur_rec_damaged(s->store, "meta", err);
	}
	s->layers = aur_xcalloc(nchunks, sizeof *s->layers);
	s->formrec = aur_xcalloc(nchunks, sizeof *s->formrec);
	s->formrec_n = aur_xcalloc(nchunks, sizeof *s->formrec_n);
	s->seg = aur_xcalloc(s->nsegs, sizeof *s->seg);
	for (uint32_t i = 0; i < s->nsegs; i++) {
		struct seg *g = &s->seg[i];
		c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, i, SEG_HEAD, 0), &p, &n, err);
		if (c || n < SEG_HEAD_BYTES)
			return c ? c : aur_rec_damaged(s->store, "segments", err);
		g->annotators = aur_get64(p + 24);
		g->info.base = aur_get32(p);
		g->info.n = aur_get32(p + 4);
		g->info.tokens = aur_get64(p + 8);
		g->info.words = aur_get64(p + 16);
		if (g->info.base != (i ? s->seg[i - 1].info.base + s->seg[i - 1].info.n : 0) || g->info.n > s->ndocs - g->info.base ||
		    (i + 1 == s->nsegs && g->info.base + g->info.n != s->ndocs))
			return aur_rec_damaged(s->store, "segments", err);
		if (s->has_deleted) {
			c = aur_rec_may(s->store, s->txn, DB_SEG, seg_key(kb, i, SEG_DELETED, 0), &p, &n, err);
			if (!c && n >= g->info.n / 8 + 1)
				g->info.deleted = p;
			else if (c != AURE_NOTFOUND)
				return c ? c : aur_rec_damaged(s->store, "segments", err);
		}
		g->ncol = s->nfields;
		g->col = aur_xcalloc(s->nfields, sizeof *g->col);
	}
	return AURE_OK;
}

aur_code aur_snapshot_on(aur_store *store, aur_snapshot **out, aur_error *err)
{
	aur_snapshot *s = aur_xcalloc(1, sizeof *s);
	s->store = store;
	aur_code c = aur_store_txn(s->store, &s->txn, err);
	if (!c)
		c = load(s, err);
	if (c)
		aur_snapshot_close(s);
	else
		*out = s;
	return c;
}

void aur_snapshot_watch(aur_snapshot *s, aur_error *met)
{
	s->store->met = met;
}

MDB_txn *aur_snapshot_txn(aur_snapshot *s)
{
	return s->txn;
}

aur_store *aur_snapshot_store(aur_snapshot *s)
{
	return s->store;
}

uint64_t aur_snapshot_seg_annotators(const aur_snapshot *s, uint32_t seg)
{
	return s->seg[seg].annotators;
}

uint32_t aur_snapshot_has_deleted(const aur_snapshot *s)
{
	return s->has_deleted;
}

aur_code aur_snapshot_open(const char *dir, aur_snapshot **out, aur_error *err)
{
	aur_store *store;
	aur_snapshot *s;
	aur_code c = aur_store_open(dir, AUR_STORE_READ, &store, err);
	if (!c)
		c = aur_snapshot_on(store, &s, err);
	if (!c && !s->nlayers) {
		c = aur_fail(err, AURE_NOTFOUND,
			     _("the corpus %s holds nothing yet, its first ingestion was cut off at once: run « auricule ingest -d %s FILE » again"), dir, dir);
		aur_snapshot_close(s);
	}
	if (!c)
		*out = s;
	return c;
}

void aur_snapshot_close(aur_snapshot *s)
{
	if (!s)
		return;
	drop(s);
	for (uint32_t i = 0; i < s->nlayers; i++)
		free(s->layer[i]);
	if (s->txn)
		mdb_txn_abort(s->txn);
	aur_store_close(s->store);
	free(s);
}

int aur_snapshot_refresh(aur_snapshot *s, aur_error *err)
{
	if (aur_store_moved(s->store)) {
		aur_store *next;
		MDB_txn *t;
		if (aur_store_open(s->store->dir, AUR_STORE_READ, &next, err))
			return -1;
		if (aur_store_txn(next, &t, err)) {
			aur_store_close(next);
			return -1;
		}
		drop(s);
		mdb_txn_abort(s->txn);
		next->met = s->store->met;
		aur_store_close(s->store);
		s->store = next;
		s->txn = t;
		return load(s, err) ? -1 : 1;
	}
	uint64_t before = s->commit;
	if (aur_store_txn_again(s->store, s->txn, err)) {
		mdb_txn_abort(s->txn); /* nothing can be read from now on */
		s->txn = NULL;
		drop(s);
		s->nsegs = s->ndocs = s->nforms = s->nfields = s->nlabels = 0;
		return -1;
	}
	if (mdb_txn_id(s->txn) == before)
		return 0;
	drop(s);
	return load(s, err) ? -1 : 1;
}

void aur_snapshot_totals(aur_snapshot *s, aur_totals *t)
{
	*t = (aur_totals){.docs = s->ndocs, .forms = s->nforms, .segments = s->nsegs, .fields = s->nfields, .labels = s->nlabels,
			  .commit = s->commit};
	for (uint32_t i = 0; i < s->nsegs; i++) {
		struct seg *g = &s->seg[i];
		t->contributions += g->info.n;
		t->tokens += g->info.tokens;
		t->words += g->info.words;
		for (uint32_t d = 0; g->info.deleted && d < g->info.n; d++)
			if (aur_seg_is_deleted(&g->info, d)) {
				aur_doc doc = {0};
				aur_error e;
				t->contributions--;
				t->deleted++;
				if (!aur_snapshot_doc_forms(s, g->info.base + d, &doc, &e)) {
					t->tokens -= doc.ntok;
					t->words -= doc.nwords;
				}
				aur_doc_free(&doc);
			}
	}
	const char *made = aur_snapshot_meta(s, "annotators");
	uint64_t hash = made ? aur_stored_hash(made, strlen(made), 4) : 0;
	for (uint32_t i = 0; i < s->nsegs; i++)
		t->stale += s->seg[i].annotators == hash ? 0 : s->seg[i].info.n;
	char path[4200];
	struct stat st;
	snprintf(path, sizeof path, "%s/data.mdb", s->store->gen);
	if (!stat(path, &st))
		t->bytes = (uint64_t)st.st_size;
}

const char *aur_snapshot_dir(const aur_snapshot *s)
{
	return s->store->dir;
}

const char *aur_snapshot_meta(aur_snapshot *s, const char *name)
{
	const uint8_t *p;
	size_t n;
	int i;
	for (i = 0; i < 8 && s->meta[i]; i++)
		if (!strcmp(s->meta_name[i], name))
			return s->meta[i];
	if (i == 8 || aur_rec_may(s->store, s->txn, DB_META, key_of(name), &p, &n, NULL))
		return NULL;
	s->meta_name[i] = name;
	return s->meta[i] = aur_xstrndup((const char *)p, n);
}

/* ---- properties and sessions ----------------------------------------------------------------- */
static uint32_t pairs_parse(aur_snapshot *s, const uint8_t *p, size_t n, aur_str **out)
{
	aur_str *kv = NULL;
	uint32_t count = 0, cap = 0;
	const uint8_t *end = p + n;
	(void)s;
	while (p && p < end) {
		aur_str v;
		v.len = aur_vget_safe(&p, end);
		if (!p || v.len > (size_t)(end - p))
			break;
		v.ptr = (const char *)p;
		p += v.len;
		AUR_GROW(kv, count, cap);
		kv[count++] = v;
	}
	*out = kv;
	return count / 2;
}

int aur_snapshot_property(aur_snapshot *s, uint32_t n, aur_str *key, aur_str *value)
{
	if (!s->prop_loaded) {
		const uint8_t *p;
		size_t len;
		s->prop_loaded = 1;
		if (!aur_rec_may(s->store, s->txn, DB_META, key_of("properties"), &p, &len, NULL))
			s->nprop = pairs_parse(s, p, len, &s->prop);
	}
	if (n >= s->nprop)
		return 0;
	*key = s->prop[2 * n];
	*value = s->prop[2 * n + 1];
	return 1;
}

static aur_str sess_get(const struct sess *x, const char *key)
{
	for (uint32_t i = 0; i < x->n; i++)
		if (x->kv[2 * i].len == strlen(key) && !memcmp(x->kv[2 * i].ptr, key, strlen(key)))
			return x->kv[2 * i + 1];
	return (aur_str){"", 0};
}

static int str_cmp(aur_str a, aur_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int by_date(const void *a, const void *b)
{
	const struct sess *x = a, *y = b;
	aur_str dx = sess_get(x, "date"), dy = sess_get(y, "date");
	int c = (dx.len == 0) - (dy.len == 0); /* without a date: last */
	if (!c)
		c = str_cmp(dx, dy);
	return c ? c : str_cmp(x->id, y->id);
}

static void sessions_load(aur_snapshot *s)
{
	MDB_cursor *cur;
	MDB_val k, v;
	uint32_t cap = 0;
	if (s->sess_loaded)
		return;
	s->sess_loaded = 1;
	if (mdb_cursor_open(s->txn, s->store->db[DB_SESSIONS], &cur))
		return;
	for (int rc = aur_cursor_get(s->store, cur, &k, &v, MDB_FIRST); !rc; rc = aur_cursor_get(s->store, cur, &k, &v, MDB_NEXT)) {
		const uint8_t *p;
		size_t n;
		if (aur_rec_check(s->store, DB_SESSIONS, k, v, &p, &n, NULL))
			continue;
		AUR_GROW(s->sess, s->nsess, cap);
		struct sess *x = &s->sess[s->nsess++];
		x->id = (aur_str){k.mv_data, k.mv_size};
		x->n = pairs_parse(s, p, n, &x->kv);
		if (x->n && !x->kv[0].len) { /* a long one is known by its hash */
			x->id = x->kv[1];
			memmove(x->kv, x->kv + 2, --x->n * 2 * sizeof *x->kv);
		}
	}
	mdb_cursor_close(cur);
	if (s->nsess)
		qsort(s->sess, s->nsess, sizeof *s->sess, by_date);
}

uint32_t aur_snapshot_session_count(aur_snapshot *s)
{
	sessions_load(s);
	return s->nsess;
}

aur_str aur_snapshot_session_id(aur_snapshot *s, uint32_t i)
{
	return s->sess[i].id;
}

int aur_snapshot_session_prop(aur_snapshot *s, uint32_t i, uint32_t n, aur_str *key, aur_str *value)
{
	if (n >= s->sess[i].n)
		return 0;
	*key = s->sess[i].kv[2 * n];
	*value = s->sess[i].kv[2 * n + 1];
	return 1;
}

aur_str aur_snapshot_session_get(aur_snapshot *s, uint32_t i, const char *key)
{
	return sess_get(&s->sess[i], key);
}

/* ---- dictionary ---------------------------------------------------------------------------- */
uint32_t aur_snapshot_layers(const aur_snapshot *s)
{
	return s->nlayers;
}

const char *aur_snapshot_layer_name(const aur_snapshot *s, uint32_t l)
{
	return s->layer[l];
}

int aur_snapshot_layer(const aur_snapshot *s, const char *name, size_t n)
{
	for (uint32_t i = 0; i < s->nlayers; i++)
		if (strlen(s->layer[i]) == n && !memcmp(s->layer[i], name, n))
			return (int)i;
	return -1;
}

uint32_t aur_snapshot_default_layer(const aur_snapshot *s)
{
	return s->dlayer;
}

/* The record of a form inside its chunk; NULL when damaged. */
static const uint8_t *form_rec(aur_snapshot *s, uint32_t form, const uint8_t **end)
{
	uint32_t chunk = form / FORM_CHUNK;
	if (form >= s->nforms)
		return NULL;
	if (!s->formrec[chunk]) {
		uint8_t kb[4];
		const uint8_t *p;
		size_t n;
		aur_setbe32(kb, chunk);
		if (aur_rec_must(s->store, s->txn, DB_FORMREC, (MDB_val){4, kb}, &p, &n, NULL) || n < 4 * FORM_CHUNK)
			return NULL;
		s->formrec[chunk] = p;
		s->formrec_n[chunk] = n;
	}
	uint32_t off = aur_get32(s->formrec[chunk] + 4 * (form % FORM_CHUNK));
	if (off < 4 * FORM_CHUNK || off >= s->formrec_n[chunk])
		return NULL;
	*end = s->formrec[chunk] + s->formrec_n[chunk];
	return s->formrec[chunk] + off;
}

const uint8_t *aur_snapshot_form_bytes(aur_snapshot *s, uint32_t form, size_t *n)
{
	const uint8_t *end, *from = form_rec(s, form, &end), *p = from;
	if (!p)
		return NULL;
	uint32_t len = aur_vget_safe(&p, end);
	if (!p || len >= (size_t)(end - p))
		return NULL;
	p += len + 1;
	for (uint32_t l = 0; l < s->nlayers; l++) {
		aur_vget_safe(&p, end);
		uint32_t more = aur_vget_safe(&p, end);
		if (!p || more > (size_t)(end - p))
			return NULL;
		p += more;
	}
	*n = (size_t)(p - from);
	return from;
}

/* How a form is written, and whether it sticks to its neighbours; NULL when damaged. */
static const struct written *form_written(aur_snapshot *s, uint32_t form)
{
	const uint8_t *end, *p = form_rec(s, form, &end);
	if (!p)
		return NULL;
	uint32_t n = aur_vget_safe(&p, end);
	if (!p || n >= (size_t)(end - p))
		return NULL;
	s->written[form] = (struct written){(const char *)p, n, p[n], (uint8_t)aur_glue((const char *)p, n)};
	return &s->written[form];
}

static aur_str *layers_of(aur_snapshot *s, uint32_t form, const uint8_t *p, const uint8_t *end, aur_str prev)
{
	aur_str **chunk = &s->layers[form / FORM_CHUNK];
	if (!*chunk)
		*chunk = aur_xcalloc((size_t)FORM_CHUNK * s->nlayers, sizeof **chunk);
	aur_str *layers = *chunk + (size_t)(form % FORM_CHUNK) * s->nlayers;
	if (!s->nlayers || layers[s->nlayers - 1].ptr)
		return layers;
	for (uint32_t l = 0; l < s->nlayers; l++) {
		uint32_t same = aur_vget_safe(&p, end), more = aur_vget_safe(&p, end);
		if (!p || same > prev.len || more > (size_t)(end - p))
			return NULL;
		if (!more) {
			layers[l] = (aur_str){prev.ptr, same};
		} else if (!same) {
			layers[l] = (aur_str){(const char *)p, more};
		} else {
			char *d = aur_arena_alloc(&s->text, (size_t)same + more);
			memcpy(d, prev.ptr, same);
			memcpy(d + same, p, more);
			layers[l] = (aur_str){d, (size_t)same + more};
		}
		p += more;
		prev = layers[l];
	}
	return layers;
}

int aur_snapshot_form_view(aur_snapshot *s, uint32_t form, aur_form *out)
{
	const uint8_t *end, *p = form_rec(s, form, &end);
	if (!p)
		return 0;
	uint32_t n = aur_vget_safe(&p, end);
	if (!p || n >= (size_t)(end - p))
		return 0;
	*out = (aur_form){.size = sizeof *out, .layer_count = s->nlayers, .form = {(const char *)p, n}, .flags = p[n]};
	out->layers = layers_of(s, form, p + n + 1, end, out->form);
	return out->layers != NULL;
}

int aur_snapshot_form(aur_snapshot *s, uint32_t form, aur_form *out, aur_str layers[AUR_MAX_LAYERS])
{
	if (!aur_snapshot_form_view(s, form, out))
		return 0;
	memcpy(layers, out->layers, s->nlayers * sizeof *layers);
	out->layers = layers;
	return 1;
}

uint32_t aur_snapshot_form_id(aur_snapshot *s, aur_str form)
{
	uint8_t kb[KEY_MAX_BYTES + 8];
	const uint8_t *p;
	size_t n;
	if (!form.len || aur_rec_may(s->store, s->txn, DB_FORMS, aur_word_key(kb, -1, form.ptr, form.len), &p, &n, NULL) || n != 4)
		return AUR_NONE;
	return aur_get32(p);
}

static int ids_read(const uint8_t *p, size_t n, aur_buf *ids, uint32_t *docs, uint64_t *tokens)
{
	const uint8_t *end = p + n;
	uint32_t d = aur_vget_safe(&p, end), t = aur_vget_safe(&p, end), k = aur_vget_safe(&p, end), id = 0;
	if (!p || k > n)
		return 0;
	aur_buf_room(ids, 4 * (size_t)k);
	for (uint32_t i = 0; i < k; i++) {
		id += aur_vget_safe(&p, end);
		if (!p)
			return 0;
		memcpy(ids->p + ids->n, &id, 4);
		ids->n += 4;
	}
	if (docs)
		*docs = d;
	if (tokens)
		*tokens = t;
	return 1;
}

aur_code aur_snapshot_value_forms(aur_snapshot *s, uint32_t layer, aur_str value, aur_buf *ids, uint32_t *docs,
				  uint64_t *tokens, aur_error *err)
{
	uint8_t kb[KEY_MAX_BYTES + 8];
	const uint8_t *p;
	size_t n;
	uint32_t d = 0;
	uint64_t tk = 0;
	aur_code c = value.len ? aur_rec_may(s->store, s->txn, DB_LAYERS, aur_word_key(kb, (int)layer, value.ptr, value.len), &p, &n, err)
			       : AURE_NOTFOUND;
	if (!c && !ids_read(p, n, ids, &d, &tk))
		return aur_rec_damaged(s->store, "layers", err);
	if (c && c != AURE_NOTFOUND)
		return c;
	/* The counts hold for the default layer, and while nothing was replaced. */
	int kept = c == AURE_NOTFOUND || (layer == s->dlayer && !s->has_deleted);
	if (docs)
		*docs = kept ? d : AUR_NONE;
	if (tokens)
		*tokens = kept ? tk : 0;
	return AURE_OK;
}

aur_code aur_snapshot_values(aur_snapshot *s, uint32_t layer, aur_str prefix, aur_value_fn fn, void *ctx, aur_error *err)
{
	uint8_t kb[KEY_MAX_BYTES + 8];
	aur_code c = AURE_OK;
	MDB_cursor *cur;
	MDB_val k, v;
	aur_buf ids = {0};
	const uint8_t *start;
	size_t nstart, plen = prefix.len < KEY_MAX_BYTES - 24 ? prefix.len : KEY_MAX_BYTES - 24;
	kb[0] = (uint8_t)layer;
	if (plen)
		memcpy(kb + 1, prefix.ptr, plen);
	k = (MDB_val){1 + plen, kb};
	c = aur_rec_may(s->store, s->txn, DB_LAYERS, k, &start, &nstart, err); /* that a walk begins where it should */
	if (c && c != AURE_NOTFOUND)
		return c;
	c = AURE_OK;
	int rc = mdb_cursor_open(s->txn, s->store->db[DB_LAYERS], &cur);
	if (rc)
		return aur_store_error(s->store, rc, _("read"), err);
	for (rc = aur_cursor_get(s->store, cur, &k, &v, MDB_SET_RANGE); !rc; rc = aur_cursor_get(s->store, cur, &k, &v, MDB_NEXT)) {
		const uint8_t *key = k.mv_data, *p;
		size_t n;
		if (k.mv_size < 1 + plen || key[0] != layer || memcmp(key + 1, prefix.ptr ? prefix.ptr : "", plen))
			break;
		c = aur_rec_check(s->store, DB_LAYERS, k, v, &p, &n, err);
		if (c)
			break;
		ids.n = 0;
		if (!ids_read(p, n, &ids, NULL, NULL)) {
			c = aur_rec_damaged(s->store, "layers", err);
			break;
		}
		aur_str value = {(const char *)key + 1, k.mv_size - 1};
		if (value.len > KEY_MAX_BYTES - 24 && ids.n) { /* the key is a hash: the value stands with the form */
			aur_form f;
			aur_str ls[AUR_MAX_LAYERS];
			uint32_t id;
			memcpy(&id, ids.p, 4);
			if (aur_snapshot_form(s, id, &f, ls))
				value = ls[layer];
		}
		if (!fn(ctx, value, (const uint32_t *)(void *)ids.p, (uint32_t)(ids.n / 4)))
			break;
	}
	if (rc && rc != MDB_NOTFOUND)
		c = aur_store_error(s->store, rc, _("read"), err);
	mdb_cursor_close(cur);
	aur_buf_free(&ids);
	return c;
}

/* ---- fields --------------------------------------------------------------------------------- */
uint32_t aur_snapshot_fields(aur_snapshot *s)
{
	if (!s->field) {
		s->field = aur_xcalloc(s->nfields, sizeof *s->field);
		s->fvalues = aur_xcalloc(s->nfields, sizeof *s->fvalues);
		for (uint32_t f = 0; f < s->nfields; f++) {
			uint8_t kb[4];
			const uint8_t *p;
			size_t n;
			aur_setbe32(kb, f);
			if (!aur_rec_must(s->store, s->txn, DB_FIELDS, (MDB_val){4, kb}, &p, &n, NULL) && n >= 4) {
				s->fvalues[f] = aur_get32(p);
				s->field[f] = (aur_str){(const char *)p + 4, n - 4};
			}
		}
	}
	return s->nfields;
}

aur_str aur_snapshot_field_name(aur_snapshot *s, uint32_t f)
{
	aur_snapshot_fields(s);
	return s->field[f];
}

uint32_t aur_snapshot_field(aur_snapshot *s, const char *name, size_t n)
{
	aur_snapshot_fields(s);
	for (uint32_t f = 0; f < s->nfields; f++)
		if (s->field[f].len == n && !memcmp(s->field[f].ptr, name, n))
			return f;
	return AUR_NONE;
}

uint32_t aur_snapshot_value_count(aur_snapshot *s, uint32_t f)
{
	aur_snapshot_fields(s);
	return s->fvalues[f];
}

uint32_t aur_snapshot_value(aur_snapshot *s, uint32_t field, aur_str text)
{
	uint8_t kb[KEY_MAX_BYTES + 16];
	const uint8_t *p;
	size_t n;
	MDB_val k = aur_word_key(kb + 5, -1, text.ptr, text.len);
	kb[0] = 'i';
	aur_setbe32(kb + 1, field);
	if (aur_rec_may(s->store, s->txn, DB_VALUES, (MDB_val){k.mv_size + 5, kb}, &p, &n, NULL) || n != 4)
		return 0;
	return aur_get32(p);
}

aur_str aur_snapshot_value_text(aur_snapshot *s, uint32_t field, uint32_t value)
{
	uint8_t kb[9];
	const uint8_t *p;
	size_t n;
	kb[0] = 'v';
	aur_setbe32(kb + 1, field);
	aur_setbe32(kb + 5, value);
	if (!value || aur_rec_must(s->store, s->txn, DB_VALUES, (MDB_val){9, kb}, &p, &n, NULL))
		return (aur_str){"", 0};
	return (aur_str){(const char *)p, n};
}

/* ---- segments ------------------------------------------------------------------------------- */
uint32_t aur_snapshot_segs(const aur_snapshot *s)
{
	return s->nsegs;
}

const aur_seg_info *aur_snapshot_seg(const aur_snapshot *s, uint32_t seg)
{
	return &s->seg[seg].info;
}

aur_code aur_snapshot_column(aur_snapshot *s, uint32_t seg, uint32_t field, aur_column *out, aur_error *err)
{
	struct seg *g = &s->seg[seg];
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	*out = (aur_column){0};
	if (field >= g->ncol)
		return AURE_OK;
	if (!g->col[field].width) {
		aur_code c = aur_rec_may(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_COLUMN, field), &p, &n, err);
		if (c == AURE_NOTFOUND) {
			g->col[field].width = 255;
		} else if (c) {
			return c;
		} else {
			if (!n || (p[0] != 1 && p[0] != 2 && p[0] != 4) || n != 1 + (size_t)p[0] * g->info.n)
				return aur_rec_damaged(s->store, "segments", err);
			g->col[field] = (aur_column){p + 1, p[0]};
		}
	}
	if (g->col[field].width != 255)
		*out = g->col[field];
	return AURE_OK;
}

const uint8_t *aur_snapshot_lengths(aur_snapshot *s, uint32_t seg)
{
	struct seg *g = &s->seg[seg];
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	if (!g->lengths && !aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_DOCS, 0), &p, &n, NULL) && n == 2 * (size_t)g->info.n)
		g->lengths = p;
	return g->lengths;
}

static aur_code seg_forms(aur_snapshot *s, uint32_t seg, aur_error *err)
{
	struct seg *g = &s->seg[seg];
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	if (g->forms)
		return AURE_OK;
	aur_code c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_FORMS, 0), &p, &n, err);
	if (c)
		return c;
	uint32_t nf = n >= 8 ? aur_get32(p) : 0, nc = n >= 8 ? aur_get32(p + 4) : 0;
	if (n < 8 || n != 8 + 6 * (size_t)nf + 4 * (size_t)nc || !nf != !nc)
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

uint32_t aur_snapshot_seg_forms(aur_snapshot *s, uint32_t seg)
{
	return seg_forms(s, seg, NULL) ? 0 : s->seg[seg].nforms;
}

uint32_t aur_snapshot_seg_form_at(aur_snapshot *s, uint32_t seg, uint32_t i)
{
	return aur_get32(s->seg[seg].ids + 4 * (size_t)i);
}

/* Where the lists of a segment are, by form: a first question does without, a thousand of them pay for it. */
#define ASKED_OFTEN 1000u
static void where_all(aur_snapshot *s, struct seg *g)
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
static int where_one(const struct seg *g, uint32_t form, uint32_t *chunk, uint32_t *off)
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

aur_code aur_snapshot_postings(aur_snapshot *s, uint32_t seg, uint32_t form, const uint8_t **list, aur_error *err)
{
	struct seg *g = &s->seg[seg];
	uint32_t a, off;
	*list = NULL;
	aur_code c = seg_forms(s, seg, err);
	if (c)
		return c;
	if (g->where) {
		uint64_t w = form < s->nforms ? g->where[form] : 0;
		if (!w)
			return AURE_OK;
		a = (uint32_t)((w - 1) >> 16);
		off = (w - 1) & 0xFFFF;
	} else {
		if (++g->asked == ASKED_OFTEN)
			where_all(s, g);
		if (!where_one(g, form, &a, &off))
			return AURE_OK;
	}
	struct chunk *ch = &g->chunk[a];
	if (!ch->p) {
		uint8_t kb[SEG_KEY];
		const uint8_t *p;
		size_t n;
		c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_POST, a), &p, &n, err);
		if (c || n > UINT32_MAX)
			return c ? c : aur_rec_damaged(s->store, "segments", err);
		*ch = (struct chunk){p, (uint32_t)n};
	}
	/* The checksum vouches for what is inside a list; that it lies inside its record is looked at all the same. */
	const uint8_t *p = ch->p + off, *end = ch->p + ch->n;
	if (off >= ch->n)
		return aur_rec_damaged(s->store, "segments", err);
	uint32_t df = aur_vget_safe(&p, end), tf = aur_vget_safe(&p, end), nblk = df > POST_BLOCK ? (df + POST_BLOCK - 1) / POST_BLOCK : 0;
	if (!p || !df || df > g->info.n || tf < df || 12 * (size_t)nblk + df + tf > (size_t)(end - p))
		return aur_rec_damaged(s->store, "segments", err);
	if (nblk) {
		const uint8_t *last = p + 12 * (size_t)(nblk - 1);
		if ((size_t)aur_get32(last + 4) + aur_get32(last + 8) > (size_t)(end - last - 12))
			return aur_rec_damaged(s->store, "segments", err);
	}
	*list = ch->p + off;
	return AURE_OK;
}

void aur_snapshot_postings_ahead(const aur_snapshot *s, uint32_t seg, uint32_t form)
{
	const struct seg *g = &s->seg[seg];
	uint64_t w = g->where && form < s->nforms ? g->where[form] : 0;
	if (w && g->chunk[(w - 1) >> 16].p)
		__builtin_prefetch(g->chunk[(w - 1) >> 16].p + ((w - 1) & 0xFFFF));
}

aur_code aur_snapshot_form_tokens(aur_snapshot *s, uint32_t seg, uint32_t form, uint64_t *tokens, aur_error *err)
{
	const uint8_t *list;
	aur_code c = aur_snapshot_postings(s, seg, form, &list, err);
	*tokens = 0;
	if (!c && list) {
		aur_vget(&list);
		*tokens = aur_vget(&list);
	}
	return c;
}

/* ---- contributions -------------------------------------------------------------------------- */
static uint32_t seg_of(const aur_snapshot *s, uint32_t doc)
{
	uint32_t a = 0, z = s->nsegs;
	while (z - a > 1) {
		uint32_t mid = a + (z - a) / 2;
		if (s->seg[mid].info.base <= doc)
			a = mid;
		else
			z = mid;
	}
	return a;
}

aur_code aur_snapshot_record(aur_snapshot *s, uint32_t doc, aur_fwd *f, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	if (doc >= s->ndocs)
		return aur_fail(err, AURE_BUG, _("there is no contribution number %u"), doc);
	uint32_t seg = seg_of(s, doc);
	struct seg *g = &s->seg[seg];
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
		g->near = a; /* whoever goes over many goes on in it */
	}
	uint32_t first = aur_get32(g->dir + 4 * (size_t)a);
	if (!g->blk[a]) {
		aur_code c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, seg, SEG_TEXT, first), &p, &n, err);
		if (c)
			return c;
		uint32_t cnt = n >= 8 ? aur_get32(p) : 0;
		if (n < 8 || n < 8 + 4 * (size_t)cnt || 8 + 4 * (size_t)cnt + aur_get32(p + 4 + 4 * (size_t)cnt) != n)
			return aur_rec_damaged(s->store, "segments", err);
		g->blk[a] = p;
	}
	p = g->blk[a];
	uint32_t cnt = aur_get32(p), i = local - first;
	if (i >= cnt)
		return aur_rec_damaged(s->store, "segments", err);
	const uint8_t *base = p + 8 + 4 * (size_t)cnt;
	uint32_t o0 = aur_get32(p + 4 + 4 * (size_t)i), o1 = aur_get32(p + 8 + 4 * (size_t)i);
	if (o0 > o1 || o1 > aur_get32(p + 4 + 4 * (size_t)cnt) || !aur_fwd_open(f, base + o0, base + o1))
		return aur_rec_damaged(s->store, "segments", err);
	return AURE_OK;
}

static aur_code forms_of(aur_snapshot *s, uint32_t doc, const aur_fwd *f, aur_doc *d, aur_error *err)
{
	d->no = doc;
	d->id = (aur_str){f->id, f->id_len};
	d->ntok = f->ntok;
	d->nwords = f->nwords;
	d->b_form.n = 0;
	aur_buf_room(&d->b_form, 4 * ((size_t)f->ntok + 1));
	d->form = (uint32_t *)(void *)d->b_form.p;
	const uint8_t *p = f->forms, *end = f->forms_end;
	uint32_t i = 0, n = f->ntok, most = 0, *form = d->form;
	for (; i < n && end - p >= 5; i++) { /* five bytes hold any number that is one */
		if (!aur_vget5(&p, &form[i]))
			return aur_rec_damaged(s->store, "segments", err);
		most = form[i] > most ? form[i] : most;
	}
	for (; i < n; i++) {
		form[i] = aur_vget_safe(&p, end);
		most = form[i] > most ? form[i] : most;
		if (!p)
			return aur_rec_damaged(s->store, "segments", err);
	}
	return n && most >= s->nforms ? aur_rec_damaged(s->store, "segments", err) : AURE_OK;
}

aur_code aur_snapshot_doc_forms(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err)
{
	aur_fwd f;
	aur_code c = aur_snapshot_record(s, doc, &f, err);
	return c ? c : forms_of(s, doc, &f, d, err);
}

/* Where sentences end, into d->flags; what follows in the side, or NULL where it is damaged. */
static const uint8_t *sentences(aur_doc *d, const aur_fwd *f)
{
	const uint8_t *p = f->side;
	d->b_flags.n = 0;
	aur_buf_room(&d->b_flags, (size_t)f->ntok + 1);
	d->flags = d->b_flags.p;
	memset(d->flags, 0, f->ntok);
	uint32_t nends = aur_vget_safe(&p, f->end), at = 0;
	for (uint32_t i = 0; i < nends && p; i++) {
		at += aur_vget_safe(&p, f->end);
		if (!p || at >= f->ntok)
			return NULL;
		d->flags[at] = AUR_TOK_SENTENCE_END;
	}
	if (f->ntok)
		d->flags[f->ntok - 1] = AUR_TOK_SENTENCE_END;
	return p;
}

aur_code aur_snapshot_doc_sentences(aur_snapshot *s, uint32_t doc, aur_doc *d, aur_error *err)
{
	aur_fwd f;
	aur_code c = aur_snapshot_record(s, doc, &f, err);
	return c || sentences(d, &f) ? c : aur_rec_damaged(s->store, "segments", err);
}

/* Words are short: without a call. */
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
	const uint8_t *p = sentences(d, &f), *end = f.end;
	if (!p)
		goto damaged;
	uint32_t exc = aur_vget_safe(&p, end), next = exc >> 2;
	unsigned right = AUR_GLUE_RIGHT;
	if (!s->written)
		s->written = aur_xcalloc((size_t)s->nforms + 1, sizeof *s->written);
	char *t = (char *)d->b_text.p;
	size_t n = 0, cap = f.text_len;
	for (uint32_t i = 0; i < f.ntok; i++) {
		const struct written *x = d->form[i] < s->nforms && s->written[d->form[i]].p ? &s->written[d->form[i]] : form_written(s, d->form[i]);
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
	uint64_t h = aur_hash64(f.forms, (size_t)(f.end - f.forms), 5); /* forms and what stands between them: the text */
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
		struct seg *sg = &s->seg[g];
		const uint8_t *p = sg->hashes;
		size_t n;
		if (!p) {
			if (aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, g, SEG_IDS, 0), &p, &n, NULL) || n != 8 * (size_t)sg->info.n)
				continue;
			sg->hashes = p;
		}
		uint32_t lo = 0, hi = sg->info.n, cnt = hi;
		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;
			if (aur_get32(p + 8 * (size_t)mid) < hash)
				lo = mid + 1;
			else
				hi = mid;
		}
		for (; lo < cnt && aur_get32(p + 8 * (size_t)lo) == hash; lo++) {
			uint32_t local = aur_get32(p + 8 * (size_t)lo + 4);
			aur_fwd f;
			if (local >= cnt || aur_seg_is_deleted(&s->seg[g].info, local) || aur_snapshot_record(s, s->seg[g].info.base + local, &f, NULL))
				continue;
			if (f.id_len == id.len && !memcmp(f.id, id.ptr, id.len))
				return s->seg[g].info.base + local;
		}
	}
	return AUR_NONE;
}

/* ---- themes --------------------------------------------------------------------------------- */
static int by_str(const void *a, const void *b)
{
	return str_cmp(*(const aur_str *)a, *(const aur_str *)b);
}

static void labels_load(aur_snapshot *s)
{
	const uint8_t *p, *end;
	size_t n;
	if (s->labels_loaded)
		return;
	s->labels_loaded = 1;
	if (!s->nlabels || aur_rec_must(s->store, s->txn, DB_META, key_of("labels"), &p, &n, NULL) || s->nlabels > n / 4) {
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
	/* themes in use and their parents, sorted, without doubles; and their numbers on disk: by first label */
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
		if (!m || str_cmp(t[m - 1], t[i]))
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

aur_code aur_snapshot_hits(aur_snapshot *s, uint32_t doc, aur_buf *out, aur_error *err)
{
	uint8_t kb[SEG_KEY];
	const uint8_t *p, *end;
	size_t n;
	if (!s->nsegs)
		return AURE_OK;
	uint32_t seg = seg_of(s, doc), local = doc - s->seg[seg].info.base, block = local / HIT_BLOCK, at = block * HIT_BLOCK;
	if (s->hits.p && s->hits.seg == seg && s->hits.block == block && s->hits.at < local) {
		p = s->hits.p;
		end = s->hits.end;
		at = s->hits.at;
	} else {
		s->hits.p = NULL;
		aur_code c = aur_rec_may(s->store, s->txn, DB_HITS, seg_key(kb, seg, HIT_RECORDS, block), &p, &n, err);
		if (c && c != AURE_NOTFOUND)
			return c;
		if (c) { /* none in this block: so for all of it */
			p = (const uint8_t *)"";
			n = 0;
		}
		end = p + n;
	}
	while (p && p < end) {
		uint32_t gap;
		const uint8_t *q = p;
		uint32_t next = at + aur_vget_safe(&q, end);
		if (q && next > local)
			break;
		p = aur_hits_decode(p, end, &gap, next == local ? out : NULL);
		at = next;
		if (at == local)
			break;
	}
	if (!p)
		return aur_rec_damaged(s->store, "hits", err);
	s->hits.p = p;
	s->hits.end = end;
	s->hits.seg = seg;
	s->hits.block = block;
	s->hits.at = at;
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
	if (!aur_bitmap_list(p, n, out))
		return aur_rec_damaged(s->store, "hits", err);
	return AURE_OK;
}
