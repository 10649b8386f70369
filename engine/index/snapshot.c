/* SPDX-License-Identifier: Apache-2.0 */
/* The corpus as it was at one commit.  Only counts and segment heads are loaded at open; what a query touches is read in place, and
 * its checksum verified once.  This file opens and closes a snapshot, and gives its totals. */
#include "config.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <stdio.h>
#include "base/intl.h"
#include "index/folder.h"
#include "index/pages.h"
#include "index/snap.h"

static aur_code load(aur_snapshot *s, aur_error *err)
{
	const uint8_t *p;
	size_t n;
	uint8_t kb[SEG_KEY];
	s->commit = mdb_txn_id(s->txn);
	struct aur_held x;
	aur_code c = aur_held_get(s->store, s->txn, &x, err);
	if (c)
		return c;
	s->nforms = x.forms;
	s->nsegs = x.segments;
	s->ndocs = x.docs;
	s->nfields = x.fields;
	s->nlabels = x.labels;
	s->has_deleted = x.has_deleted;
	c = aur_rec_may(s->store, s->txn, DB_META, aur_meta_key("layers"), &p, &n, err);
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
	uint32_t nchunks = s->nforms / FORM_CHUNK + 1;
	s->formrec = aur_xcalloc(nchunks, sizeof *s->formrec);
	s->formrec_n = aur_xcalloc(nchunks, sizeof *s->formrec_n);
	s->seg = aur_xcalloc(s->nsegs, sizeof *s->seg);
	for (uint32_t i = 0; i < s->nsegs; i++) {
		struct aur_snap_seg *g = &s->seg[i];
		c = aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, i, SEG_HEAD, 0), &p, &n, err);
		if (c || n < SEG_HEAD_BYTES)
			return c ? c : aur_rec_damaged(s->store, "segments", err);
		g->annotators = aur_get64(p + 24);
		g->info.base = aur_get32(p);
		g->info.n = aur_get32(p + 4);
		g->info.tokens = aur_get64(p + 8);
		g->info.words = aur_get64(p + 16);
		if (g->info.base != (i ? s->seg[i - 1].info.base + s->seg[i - 1].info.n : 0) || g->info.n > s->ndocs - g->info.base)
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

uint64_t aur_snapshot_seg_annotators(const aur_snapshot *s, uint32_t seg)
{
	return s->seg[seg].annotators;
}

uint32_t aur_snapshot_has_deleted(const aur_snapshot *s)
{
	return s->has_deleted;
}

void aur_snapshot_less(aur_snapshot *s, const uint8_t *bits)
{
	for (uint32_t i = 0; i < s->nsegs; i++) {
		struct aur_snap_seg *g = &s->seg[i];
		g->less = aur_xcalloc((size_t)g->info.n / 8 + 1, 1);
		for (uint32_t d = 0, doc = g->info.base; d < g->info.n; d++, doc++)
			if (aur_seg_is_deleted(&g->info, d) || (bits[doc >> 3] >> (doc & 7) & 1))
				g->less[d >> 3] |= (uint8_t)(1u << (d & 7));
		g->info.deleted = g->less;
	}
	s->has_deleted = 1;
	s->totals.commit = 0;
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
			     _("the corpus %s is still empty, as its first ingestion was cut off at once: run « auricule ingest -d %s FILE » again"), dir,
			     aur_typed(dir));
		aur_snapshot_close(s);
	}
	if (!c)
		*out = s;
	return c;
}

void aur_snapshot_pass(aur_snapshot *s)
{
	uint8_t kb[SEG_KEY];
	const uint8_t *p;
	size_t n;
	MDB_stat st;
	if (s->nsegs && !mdb_stat(s->txn, s->store->db[DB_SEG], &st) && !aur_rec_must(s->store, s->txn, DB_SEG, seg_key(kb, 0, SEG_HEAD, 0), &p, &n, NULL))
		s->map = aur_page_map(p, st.ms_psize);
}

void aur_snapshot_close(aur_snapshot *s)
{
	if (!s)
		return;
	aur_buf_free(&s->block.b);
	aur_buf_free(&s->chunk.b);
	for (uint32_t i = 0; i < s->nsegs && s->seg; i++) {
		free(s->seg[i].less);
		free(s->seg[i].chunk);
		free(s->seg[i].where);
		free(s->seg[i].sound);
		free(s->seg[i].blk);
		free(s->seg[i].col);
	}
	free(s->seg);
	free(s->formrec);
	free(s->formrec_n);
	free(s->written);
	free(s->layers);
	free(s->field);
	free(s->fvalues);
	free(s->label);
	free(s->label_theme);
	free(s->theme_disk);
	free(s->theme);
	for (uint32_t i = 0; i < s->nsess; i++)
		free(s->sess[i].kv);
	free(s->sess);
	free(s->prop);
	for (int i = 0; i < 8; i++)
		free(s->meta[i]);
	aur_arena_free(&s->text);
	for (uint32_t i = 0; i < s->nlayers; i++)
		free(s->layer[i]);
	aur_error e;
	if (s->txn && aur_store_kept(s->store, &e))
		aur_store_met(s->store, &e, NULL); /* answers that were given may be incomplete */
	if (s->txn)
		mdb_txn_abort(s->txn);
	aur_store_close(s->store);
	free(s);
}

void aur_snapshot_totals(aur_snapshot *s, aur_totals *t)
{
	if (s->totals.commit) {
		*t = s->totals;
		return;
	}
	*t = (aur_totals){.docs = s->ndocs, .forms = s->nforms, .segments = s->nsegs, .fields = s->nfields, .labels = s->nlabels,
			  .commit = s->commit};
	for (uint32_t i = 0; i < s->nsegs; i++) {
		struct aur_snap_seg *g = &s->seg[i];
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
	t->stale = aur_snapshot_stale(s);
	char path[4200];
	struct stat st;
	snprintf(path, sizeof path, "%s/data.mdb", s->store->gen);
	if (!stat(path, &st))
		t->bytes = (uint64_t)st.st_size;
	s->totals = *t;
}

uint32_t aur_snapshot_stale(aur_snapshot *s)
{
	const char *made = aur_snapshot_meta(s, "annotators");
	uint64_t hash = made ? aur_stored_hash(made, strlen(made), 4) : 0;
	uint32_t stale = 0;
	for (uint32_t i = 0; i < s->nsegs; i++)
		for (uint32_t d = 0; s->seg[i].annotators != hash && d < s->seg[i].info.n; d++)
			stale += !aur_seg_is_deleted(&s->seg[i].info, d);
	return stale;
}

int aur_snapshot_same(const aur_snapshot *a, const aur_snapshot *b)
{
	/* Compares the file too: each generation numbers its commits anew. */
	return a->store->share == b->store->share && a->commit == b->commit;
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
	if (i == 8 || aur_rec_may(s->store, s->txn, DB_META, aur_meta_key(name), &p, &n, NULL))
		return NULL;
	s->meta_name[i] = name;
	return s->meta[i] = aur_xstrndup((const char *)p, n);
}
