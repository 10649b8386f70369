/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "index/forward.h"
#include "pipeline/vocab.h"

#define FIRST_SLOTS (1u << 15)
#define ALIGN ((size_t)2 << 20)

static struct aur_vocab_table *table_new(uint32_t slots)
{
	size_t bytes = sizeof(struct aur_vocab_table) + slots * sizeof(uint64_t);
	struct aur_vocab_table *t = aur_xcalloc(1, bytes);
	aur_mem_huge(t, bytes);
	t->mask = slots - 1;
	return t;
}

/* Room for another block.  The first is there from the beginning: a slot that was read as free leads to it. */
static void block_add(aur_vocab *d)
{
	size_t bytes = AUR_VOCAB_BLOCK * sizeof(aur_lform);
	aur_lform *f = aur_xaligned(ALIGN, (bytes + ALIGN - 1) / ALIGN * ALIGN);
	aur_mem_huge(f, bytes);
	d->form[d->nblocks] = f;
	d->use[d->nblocks++] = aur_xcalloc(AUR_VOCAB_BLOCK, sizeof(aur_vocab_use) + (d->numbers ? d->numbers - 1 : 0) * sizeof(uint32_t));
}

static aur_vocab *vocab_new(aur_vocabs *home)
{
	aur_vocab *d = aur_xcalloc(1, sizeof *d);
	d->home = home;
	d->numbers = home->numbers;
	d->form = aur_xcalloc(AUR_VOCAB_BLOCKS, sizeof *d->form);
	d->use = aur_xcalloc(AUR_VOCAB_BLOCKS, sizeof *d->use);
	block_add(d);
	atomic_init(&d->table, table_new(FIRST_SLOTS));
	return d;
}

static void tables_free(struct aur_vocab_table *t)
{
	while (t) {
		struct aur_vocab_table *older = t->older;
		free(t);
		t = older;
	}
}

static void vocab_free(aur_vocab *d)
{
	while (d->parts) {
		aur_vocab_part *p = d->parts;
		d->parts = p->next;
		aur_arena_free(&p->arena);
		free(p);
	}
	for (uint32_t i = 0; i < d->nblocks; i++) {
		free(d->form[i]);
		free(d->use[i]);
	}
	free(d->form);
	free(d->use);
	tables_free(atomic_load(&d->table));
	aur_arena_free(&d->arena);
	free(d);
}

aur_vocabs *aur_vocabs_new(unsigned annotators)
{
	aur_vocabs *home = aur_xcalloc(1, sizeof *home);
	pthread_mutex_init(&home->lock, NULL);
	home->numbers = annotators;
	aur_vocab *d = vocab_new(home);
	d->first = 1;
	atomic_init(&home->now, d);
	return home;
}

void aur_vocabs_free(aur_vocabs *home)
{
	if (!home)
		return;
	vocab_free(atomic_load(&home->now));
	pthread_mutex_destroy(&home->lock);
	free(home);
}

/* The functions from here to aur_vocab_add are called under the lock. */
static aur_vocab_part *join(aur_vocab *d)
{
	aur_vocab_part *p = aur_xcalloc(1, sizeof *p);
	p->d = d;
	p->near = aur_xcalloc(AUR_VOCAB_NEAR, sizeof *p->near);
	p->next = d->parts;
	d->parts = p;
	d->users++;
	return p;
}

static void leave(aur_vocab_part *p)
{
	aur_vocab *d = p->d;
	free(p->near);
	free(p->todo);
	p->near = NULL;
	p->todo = NULL;
	if (!--d->users && d != atomic_load(&d->home->now))
		vocab_free(d);
}

static void grow(aur_vocab *d)
{
	struct aur_vocab_table *old = atomic_load(&d->table), *t = table_new((old->mask + 1) * 2);
	for (uint32_t id = 0; id < d->n; id++) {
		const aur_vocab_word w = aur_vocab_look_again(aur_vocab_at(d, id));
		uint32_t i = aur_vocab_place(t, w.hash);
		while (t->slot[i])
			i = (i + 1) & t->mask;
		atomic_init(&t->slot[i], aur_vocab_tag(w.hash, w.n) | (id + 1));
	}
	atomic_store_explicit(&d->table, t, memory_order_release);
	if (d->users > 1) { /* who still reads it finds nothing there any more, and looks again under the lock */
		t->older = old;
		aur_mem_zero((void *)old->slot, (old->mask + 1) * sizeof *old->slot);
	} else {
		tables_free(old); /* and those that others left behind */
	}
}

/* Adds a form in the free slot `at`. */
static uint32_t add(aur_vocab *d, const aur_vocab_word *w, uint32_t flags, uint32_t at)
{
	struct aur_vocab_table *t = atomic_load(&d->table);
	uint32_t id = d->n;
	if (id / AUR_VOCAB_BLOCK == d->nblocks)
		block_add(d);
	aur_lform *f = aur_vocab_at(d, id);
	*f = (aur_lform){.len = w->n, .flags = flags & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE)};
	if (w->n <= sizeof f->letters) {
		memcpy(f->letters, w->p, w->n);
	} else {
		size_t had = d->arena.total;
		f->apart = aur_arena_dup(&d->arena, w->p, w->n);
		d->more += d->arena.total - had;
	}
	aur_vocab_use *u = aur_vocab_use_of(d, id);
	atomic_init(&u->kept, AUR_NONE);
	u->shape = (uint8_t)(aur_glue(w->p, w->n) << AUR_FWD_GLUE | f->flags << 3);
	atomic_store_explicit(&t->slot[at], aur_vocab_tag(w->hash, w->n) | (id + 1), memory_order_release);
	d->n = id + 1;
	if ((id + 1) * 2 > t->mask)
		grow(d);
	return id;
}

uint32_t aur_vocab_add(aur_vocab *d, const aur_vocab_word *w, uint32_t flags, int *met)
{
	uint32_t at;
	pthread_mutex_lock(&d->home->lock);
	uint32_t id = aur_vocab_find(d, aur_vocab_table_of(d), w, &at);
	*met = id != AUR_NONE;
	if (!*met)
		id = add(d, w, flags, at);
	pthread_mutex_unlock(&d->home->lock);
	return id;
}

void aur_vocab_answer(aur_vocab *d, uint32_t id, const uint32_t *number)
{
	aur_vocab_use *u = aur_vocab_use_of(d, id);
	unsigned mask = 0;
	for (unsigned k = 0; k < d->numbers; k++) {
		atomic_store_explicit(aur_vocab_number(d, id, k), number[k], memory_order_relaxed);
		mask |= (unsigned)!!number[k] << k;
	}
	atomic_store_explicit(&u->annotators, (uint8_t)mask, memory_order_relaxed);
	atomic_store_explicit(&u->ready, 1, memory_order_release);
}

aur_vocab_part *aur_vocab_join(aur_vocabs *home)
{
	pthread_mutex_lock(&home->lock);
	aur_vocab_part *p = join(atomic_load(&home->now));
	pthread_mutex_unlock(&home->lock);
	return p;
}

void aur_vocab_leave(aur_vocab_part *p)
{
	pthread_mutex_t *lock = &p->d->home->lock;
	pthread_mutex_lock(lock);
	leave(p);
	pthread_mutex_unlock(lock);
}

int aur_vocab_has_all(const aur_vocab *d)
{
	return d->first && atomic_load(&d->home->now) == d;
}

int aur_vocab_full(const aur_vocab *d, size_t most)
{
	if (atomic_load_explicit(&d->home->now, memory_order_relaxed) != d)
		return 1;
	return (size_t)d->n * (sizeof(aur_lform) + sizeof(aur_vocab_use) + 4 * d->numbers) + ((size_t)aur_vocab_table_of(d)->mask + 1) * sizeof(uint64_t) + d->more > most;
}

/* Copies the layer values of a form; those that are parts of the form, or of the value before, stay so. */
static aur_str *layers_of(aur_vocab *d, const aur_lform *to, const aur_lform *from, unsigned layers)
{
	aur_str *out = aur_arena_alloc(&d->arena, layers * sizeof *out), was = aur_lform_str(from), is = aur_lform_str(to);
	for (unsigned l = 0; l < layers; l++) {
		aur_str v = aur_lform_layers(from)[l];
		int piece = v.len && v.ptr >= was.ptr && v.ptr + v.len <= was.ptr + was.len;
		out[l] = (aur_str){piece ? is.ptr + (v.ptr - was.ptr) : aur_arena_dup(&d->arena, v.ptr, v.len), v.len};
		was = v;
		is = out[l];
	}
	return out;
}

/* A dictionary with what is worth keeping of this one; while other threads go on with it, which only add what is not seen here. */
static aur_vocab *successor(const aur_vocab *old, unsigned layers)
{
	aur_vocab *d = vocab_new(old->home);
	uint32_t n = old->n, again = 0;
	for (uint32_t id = 0; id < n; id++)
		again += atomic_load_explicit(&aur_vocab_use_of(old, id)->again, memory_order_relaxed);
	uint32_t last = again < n / 4 * 3 ? n : 0; /* else the table would soon be full again */
	for (uint32_t id = 0; id < last; id++) {
		const aur_vocab_use *u = aur_vocab_use_of(old, id);
		uint32_t at, number[AUR_MAX_ANNOTATORS];
		if (!atomic_load_explicit(&u->again, memory_order_relaxed) || !atomic_load_explicit(&u->ready, memory_order_acquire))
			continue;
		const aur_lform *f = aur_vocab_at(old, id);
		const aur_vocab_word w = aur_vocab_look_again(f);
		aur_vocab_find(d, aur_vocab_table_of(d), &w, &at);
		uint32_t is = add(d, &w, f->flags, at);
		aur_lform *to = aur_vocab_at(d, is);
		to->layer = layers_of(d, to, f, layers);
		aur_vocab_use_of(d, is)->kept = atomic_load_explicit(&u->kept, memory_order_relaxed);
		for (unsigned k = 0; k < d->numbers; k++)
			number[k] = atomic_load_explicit(aur_vocab_number(old, id, k), memory_order_relaxed);
		aur_vocab_answer(d, is, number);
	}
	d->more = d->arena.total;
	return d;
}

aur_vocab_part *aur_vocab_renew(aur_vocab_part *p, unsigned layers)
{
	aur_vocab *old = p->d;
	aur_vocabs *home = old->home;
	pthread_mutex_lock(&home->lock);
	if (atomic_load(&home->now) == old) {
		for (uint32_t i = 0; i < AUR_VOCAB_NEAR; i++)
			if (p->near[i].len)
				aur_vocab_use_of(old, p->near[i].id)->again = 1;
		atomic_store(&home->now, successor(old, layers));
	}
	leave(p);
	p = join(atomic_load(&home->now));
	pthread_mutex_unlock(&home->lock);
	return p;
}
