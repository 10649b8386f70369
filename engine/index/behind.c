/* SPDX-License-Identifier: Apache-2.0 */
/* A full batch is set aside, and written while the next one is filled.
 *
 * The writer treats its contributions as committed: it looks words and ids up in the current batch, then in the one set aside, then
 * in the corpus.  One thread adds; one thread (another, or the same) writes.  They synchronise on the lock of the state, and on the
 * lock of the transaction in which the adding thread reads, as the map can only grow while nobody reads.  At most one batch is set
 * aside.  Where batches end does not depend on who writes them and when, so the corpus is the same for any number of threads. */
#include "config.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "index/write.h"

#define APART 1024u /* contributions, between two releases of the pages that look-ups met */

enum { NONE, WAITS, IS_WRITTEN, DONE };

struct aur_behind {
	pthread_mutex_t lock; /* guards the fields from here to `error`; only the thread that adds changes `batch` */
	pthread_cond_t done;
	aur_writer *batch;
	atomic_int state;
	aur_code code; /* valid when state is DONE */
	aur_error error;
	pthread_mutex_t reading; /* guards w->read, the transaction of look-ups */
};

struct aur_behind *aur_behind_new(void)
{
	struct aur_behind *x = aur_xcalloc(1, sizeof *x);
	pthread_mutex_init(&x->lock, NULL);
	pthread_mutex_init(&x->reading, NULL);
	pthread_cond_init(&x->done, NULL);
	return x;
}

void aur_batch_free(aur_writer *b)
{
	aur_strtab_free(&b->forms);
	aur_arena_free(&b->arena);
	free(b->idtab);
	free(b->wform);
	free(b->doc);
	free(b->tok);
	free(b->hit);
	free(b->del);
	aur_buf_free(&b->fwd);
	aur_buf_free(&b->sess);
	aur_buf_free(&b->props);
	aur_buf_free(&b->sources);
	aur_buf_free(&b->label_rec);
	for (uint32_t f = 0; f < b->nfields; f++) {
		aur_strtab_free(&b->field[f].values);
		free(b->field[f].text);
		free(b->field[f].col);
	}
	free(b->field);
	aur_arena_free(&b->values);
}

/* Moves the batch into a copy of the writer, for commit.c to write and known.c to search, and leaves an empty batch
 * in w. */
static aur_writer *take(aur_writer *w)
{
	aur_writer *b = aur_xmalloc(sizeof *b);
	int many = w->values.total > (size_t)8 << 20; /* too many values to keep: they will be looked up again */
	*b = *w;
	b->label_rec = b->sources = (aur_buf){0}; /* w keeps its own: they grow on */
	aur_buf_put(&b->label_rec, w->label_rec.p, w->label_rec.n);
	if (w->new_sources)
		aur_buf_put(&b->sources, w->sources.p, w->sources.n);
	b->field = aur_xmalloc(w->field_cap * sizeof *b->field);
	for (uint32_t f = 0; f < w->nfields; f++) {
		struct aur_wfield *x = &w->field[f];
		b->field[f] = *x;
		if (many)
			x->values = (aur_strtab){0};
		else
			b->field[f].values = (aur_strtab){0};
		x->nvalues0 = x->nvalues;
		x->text = NULL;
		x->col = NULL;
		x->cap = x->colcap = 0;
	}
	if (many)
		w->values = (aur_arena){0};
	else
		b->values = (aur_arena){0};
	w->forms = (aur_strtab){0};
	w->arena = (aur_arena){0};
	w->wform = NULL;
	w->doc = NULL;
	w->tok = w->idtab = w->del = NULL;
	w->hit = NULL;
	w->fwd = w->sess = w->props = (aur_buf){0};
	w->wform_cap = w->n = w->cap = w->idmask = w->idtab_n = w->ndel = w->del_cap = 0;
	w->words = 0;
	w->ntok = w->tok_cap = w->nhits = w->hit_cap = 0;
	w->new_sources = 0;
	w->has_deleted |= b->ndel > 0;
	w->nsegs += b->n > 0;
	w->ndocs += b->n;
	w->nforms0 = w->nforms;
	w->nfields0 = w->nfields;
	w->nlabels0 = w->nlabels;
	return b;
}

/* Exchanges two buffers if the other one is larger, after copying the content in use: w keeps the larger one, so
 * that the kernel need not hand out its pages again. */
#define KEEP_LARGER(mine, cap, other, other_cap, used)                \
	do {                                                          \
		if ((other_cap) > (cap)) {                            \
			void *given = (mine);                         \
			if (used)                                     \
				memcpy(other, mine, (used) * sizeof *(mine)); \
			(mine) = (other);                             \
			(other) = given;                              \
			(cap) = (other_cap);                          \
		}                                                     \
	} while (0)

static void give_back(aur_writer *b, aur_writer *w)
{
	KEEP_LARGER(w->fwd.p, w->fwd.cap, b->fwd.p, b->fwd.cap, w->fwd.n);
	KEEP_LARGER(w->doc, w->cap, b->doc, b->cap, (size_t)w->n);
	KEEP_LARGER(w->hit, w->hit_cap, b->hit, b->hit_cap, (size_t)w->nhits);
	KEEP_LARGER(w->wform, w->wform_cap, b->wform, b->wform_cap, (size_t)(w->nforms - w->nforms0));
	for (uint32_t f = 0; f < b->nfields; f++)
		KEEP_LARGER(w->field[f].col, w->field[f].colcap, b->field[f].col, b->field[f].colcap, (size_t)w->field[f].colcap);
}

/* Waits until no thread writes the batch that was set aside, and frees it.  w takes over its larger buffers; NULL:
 * nobody does. */
static void drop(struct aur_behind *x, aur_writer *w)
{
	pthread_mutex_lock(&x->lock);
	while (atomic_load(&x->state) == IS_WRITTEN)
		pthread_cond_wait(&x->done, &x->lock);
	aur_writer *b = x->batch;
	x->batch = NULL;
	atomic_store(&x->state, NONE);
	pthread_mutex_unlock(&x->lock);
	if (b && w)
		give_back(b, w);
	if (b)
		aur_batch_free(b);
	free(b);
}

void aur_behind_free(struct aur_behind *x)
{
	if (!x)
		return;
	drop(x, NULL);
	pthread_mutex_destroy(&x->lock);
	pthread_mutex_destroy(&x->reading);
	pthread_cond_destroy(&x->done);
	free(x);
}

aur_writer *aur_behind_batch(const aur_writer *w)
{
	return w->behind->batch;
}

aur_code aur_behind_read(aur_writer *w, aur_error *err)
{
	pthread_mutex_lock(&w->behind->reading);
	return w->read ? AURE_OK : aur_store_txn(w->store, &w->read, err);
}

void aur_behind_read_done(aur_writer *w)
{
	/* Where look-ups are rare, after each of them; where each contribution needs one, it is worth keeping what they share. */
	if (w->offered - w->released >= APART) {
		w->released = w->offered;
		aur_store_trim_over(w->store, AUR_MAPPED);
	}
	pthread_mutex_unlock(&w->behind->reading);
}

/* The caller holds behind->reading. */
static void read_end(aur_writer *w)
{
	if (w->read)
		mdb_txn_abort(w->read);
	w->read = NULL;
	w->nids = 0; /* pointers into the transaction */
	w->sound = NULL;
}

void aur_behind_read_end(aur_writer *w)
{
	pthread_mutex_lock(&w->behind->reading);
	read_end(w);
	pthread_mutex_unlock(&w->behind->reading);
}

static aur_code make_room(aur_writer *w, size_t room, aur_error *err)
{
	pthread_mutex_lock(&w->behind->reading);
	read_end(w);
	aur_code c = aur_store_reserve(w->store, room, err);
	pthread_mutex_unlock(&w->behind->reading);
	return c;
}

/* Commits b.  If the map was too small, grows it and tries again: a failed commit loses the transaction, but not the
 * batch. */
static aur_code commit(aur_writer *w, aur_writer *b, aur_error *err)
{
	aur_code c = aur_commit(b, err);
	size_t room = aur_commit_bytes(b);
	for (int again = 0; c && b->store->full && again < 8; again++) {
		room *= 2;
		c = make_room(w, room, err);
		if (c)
			return c;
		c = aur_commit(b, err);
	}
	if (!c)
		aur_store_trim(b->store);
	return c;
}

aur_code aur_behind_put(aur_writer *w, aur_error *err)
{
	struct aur_behind *x = w->behind;
	aur_store_trim(w->store);
	aur_code c = make_room(w, aur_commit_bytes(w), err);
	if (c)
		return c;
	aur_writer *b = take(w);
	pthread_mutex_lock(&x->lock);
	x->batch = b;
	atomic_store(&x->state, WAITS);
	pthread_mutex_unlock(&x->lock);
	return AURE_OK;
}

void aur_behind_write(aur_writer *w, unsigned threads)
{
	struct aur_behind *x = w->behind;
	aur_error e = {0};
	pthread_mutex_lock(&x->lock);
	int mine = atomic_load(&x->state) == WAITS;
	if (mine)
		atomic_store(&x->state, IS_WRITTEN);
	pthread_mutex_unlock(&x->lock);
	if (!mine)
		return;
	x->batch->threads = threads;
	aur_code c = commit(w, x->batch, &e);
	pthread_mutex_lock(&x->lock);
	x->code = c;
	x->error = e;
	atomic_store(&x->state, DONE);
	pthread_cond_broadcast(&x->done);
	pthread_mutex_unlock(&x->lock);
}

void aur_behind_settle(aur_writer *w, int wait)
{
	struct aur_behind *x = w->behind;
	int state = atomic_load(&x->state);
	if (state == NONE || (!wait && state != DONE))
		return;
	aur_behind_write(w, w->threads);
	drop(x, w);
	aur_behind_read_end(w); /* the next look-up must see what this commit wrote */
	w->commits += !x->code;
	if (x->code)
		w->failed = x->error;
}
