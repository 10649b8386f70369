/* SPDX-License-Identifier: Apache-2.0 */
/* The dictionary of forms that the threads of a run have met so far.
 *
 * A few forms make up most of a text, and the cost of a word is mostly cache misses.  So what is needed for every word is in small
 * records, of which those in use stay in cache; and a small table with the letters of recently met forms is tried before the large
 * one.
 *
 * THREADS: they share a dictionary, so that a word that one of them has learnt is known to all.  Forms are only added, under the lock
 * of its aur_vocabs, and are found without it:
 * - A form is written before the slot that leads to it (release; whoever looks it up reads the slot with acquire).  From then on its
 *   letters, its length and its flags never change.
 * - A table that grew is replaced; who still reads the old one misses forms in it, and looks again under the lock.
 * - Layers and the answers of annotators come later, and `ready` says that they are there (release, acquire).  A thread that needs a form
 *   that is not ready computes them itself: it waits for nobody.  Two may do so at once, with the same results, of which the first layers
 *   stay.
 * - `kept` is the caller's: who reads or sets it, does so in turn.  `again` is only a hint.
 * Each thread has a part of its own beside, see aur_vocab_part.  A full dictionary is replaced by a smaller one, while other threads go on in
 * the old one until they are through with it; the last one frees it. */
#ifndef AUR_PIPELINE_VOCAB_H
#define AUR_PIPELINE_VOCAB_H
#include <pthread.h>
#include <stdatomic.h>
#include "base/hash.h"
#include "pipeline/analysis.h"

#define AUR_VOCAB_BLOCK 65536u  /* records of a block: whole large pages */
#define AUR_VOCAB_BLOCKS 65536u /* blocks that there may be: of all numbers of 32 bits */
#define AUR_VOCAB_NEAR 4096u    /* short forms met recently */
#define AUR_VOCAB_LETTERS 16u   /* bytes of a form that is short: it is compared and hashed as two numbers */

/* What is needed for each word. */
typedef struct aur_vocab_use {
	_Atomic uint32_t kept;       /* the number that the caller keeps with the form; AUR_NONE at first */
	_Atomic uint32_t number;     /* from the first annotator */
	_Atomic uint8_t annotators;  /* bit i: annotator i gave it a number */
	uint8_t shape;               /* AUR_FWD_* and AUR_ANALYSIS_* that all its tokens have */
	_Atomic uint8_t again;       /* it was met more than once */
	_Atomic uint8_t ready;       /* its layers and numbers are there */
} aur_vocab_use;

struct aur_vocab_table {
	struct aur_vocab_table *older; /* which it replaced, and some may still read; freed with the dictionary */
	uint32_t mask;
	_Atomic uint64_t slot[]; /* tag (upper bits of the hash, and in the low byte the length, 255 = or more), then number + 1; 0 = free slot */
};

typedef struct aur_vocab {
	aur_vocabs *home;
	aur_lform **form;     /* blocks of AUR_VOCAB_BLOCK */
	aur_vocab_use **use;  /* likewise; behind each, the numbers of the annotators from the second on */
	struct aur_vocab_table *_Atomic table;
	_Atomic uint32_t n;
	_Atomic size_t more;  /* bytes of long forms, and of the values of layers */
	unsigned numbers;     /* number of annotators */
	int first;            /* it replaced no other */
	/* under the lock */
	uint32_t nblocks;
	unsigned users;
	aur_arena arena;      /* long forms */
	struct aur_vocab_part *parts;
} aur_vocab;

struct aur_vocabs {
	pthread_mutex_t lock;
	aur_vocab *_Atomic now;
	unsigned numbers;
};

/* What a thread alone has of a dictionary.  Its arena lives as long as the dictionary. */
typedef struct aur_vocab_part {
	aur_vocab *d;
	struct aur_vocab_near { /* short ones */
		uint64_t letters[2];
		uint32_t id;
		uint8_t len, shape; /* len 0: free; shape as in aur_vocab_use */
	} *near;
	uint32_t *todo, ntodo, todo_cap; /* forms that this thread met before they were ready */
	aur_arena arena; /* the values of layers that it computed */
	size_t told;     /* bytes of the arena that d->more has */
	struct aur_vocab_part *next;
} aur_vocab_part;

/* Joins the dictionary of today; leaves it. */
aur_vocab_part *aur_vocab_join(aur_vocabs *home);
void aur_vocab_leave(aur_vocab_part *p);
/* Is there another dictionary by now, or is this one larger than `most` bytes? */
int aur_vocab_full(const aur_vocab *d, size_t most);
/* Has none replaced another yet, so that it has every form met? */
int aur_vocab_has_all(const aur_vocab *d);
/* Leaves a dictionary that is full, and joins the one that replaces it.  That one lacks the forms that were met only once, which are most
 * and seldom come again, and those that are not ready; the others have new numbers, and what is known of them, including `layers` values.  It
 * is empty if that would not free much. */
aur_vocab_part *aur_vocab_renew(aur_vocab_part *p, unsigned layers);

static inline aur_lform *aur_vocab_at(const aur_vocab *d, uint32_t id)
{
	return &d->form[id / AUR_VOCAB_BLOCK][id % AUR_VOCAB_BLOCK];
}
static inline aur_vocab_use *aur_vocab_use_of(const aur_vocab *d, uint32_t id)
{
	return &d->use[id / AUR_VOCAB_BLOCK][id % AUR_VOCAB_BLOCK];
}
/* The answer of an annotator for a form. */
static inline _Atomic uint32_t *aur_vocab_number(const aur_vocab *d, uint32_t id, unsigned annotator)
{
	aur_vocab_use *block = d->use[id / AUR_VOCAB_BLOCK];
	_Atomic uint32_t *later = (_Atomic uint32_t *)(void *)(block + AUR_VOCAB_BLOCK);
	return annotator ? &later[(annotator - 1) * AUR_VOCAB_BLOCK + id % AUR_VOCAB_BLOCK] : &block[id % AUR_VOCAB_BLOCK].number;
}
/* Stores the answers of all annotators for a form, whose layers are there. */
void aur_vocab_answer(aur_vocab *d, uint32_t id, const uint32_t *number);
/* A form to look up. */
typedef struct aur_vocab_word {
	const char *p;
	uint32_t n;
	uint64_t hash;
	uint64_t letters[2]; /* of a short form, padded with zeros */
} aur_vocab_word;
/* The length of a word is hard to predict, and a mispredicted branch costs more than all the rest: so a short word
 * is read as 16 bytes and masked, if so many bytes are `readable`. */
static inline void aur_vocab_look(aur_vocab_word *w, const char *p, uint32_t n, size_t readable)
{
	static const uint8_t keep[2 * AUR_VOCAB_LETTERS] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
	uint64_t a = 0, b = 0, mask;
	w->p = p;
	w->n = n;
	if (n > AUR_VOCAB_LETTERS) {
		w->hash = aur_hash64(p, n, 0);
	} else if (readable >= AUR_VOCAB_LETTERS) {
		memcpy(&a, p, 8);
		memcpy(&mask, keep + AUR_VOCAB_LETTERS - n, 8);
		a &= mask;
		memcpy(&b, p + 8, 8);
		memcpy(&mask, keep + AUR_VOCAB_LETTERS - n + 8, 8);
		b &= mask;
		w->hash = aur_hash128(a, b, n);
	} else {
		memcpy(&a, p, n < 8 ? n : 8);
		if (n > 8)
			memcpy(&b, p + 8, n - 8);
		w->hash = aur_hash128(a, b, n);
	}
	w->letters[0] = a;
	w->letters[1] = b;
}
static inline aur_vocab_word aur_vocab_look_again(const aur_lform *f)
{
	aur_vocab_word w;
	aur_vocab_look(&w, aur_lform_text(f), f->len, f->len <= AUR_VOCAB_LETTERS ? AUR_VOCAB_LETTERS : f->len);
	return w;
}
static inline struct aur_vocab_near *aur_vocab_near_of(const aur_vocab_part *p, const aur_vocab_word *w)
{
	return &p->near[w->hash % AUR_VOCAB_NEAR];
}
static inline unsigned aur_vocab_is_near(const struct aur_vocab_near *x, const aur_vocab_word *w)
{
	return !((x->letters[0] ^ w->letters[0]) | (x->letters[1] ^ w->letters[1]) | (x->len ^ w->n));
}
static inline uint32_t aur_vocab_place(const struct aur_vocab_table *t, uint64_t hash)
{
	return (uint32_t)(hash >> 20) & t->mask;
}
static inline uint64_t aur_vocab_tag(uint64_t hash, uint32_t n)
{
	return (hash >> 40 << 8 | (n > 255 ? 255 : n)) << 32;
}
static inline const struct aur_vocab_table *aur_vocab_table_of(const aur_vocab *d)
{
	return atomic_load_explicit(&d->table, memory_order_acquire);
}
/* The number of a form, or AUR_NONE; *at: the slot where it is, or would be. */
static inline uint32_t aur_vocab_find(const aur_vocab *d, const struct aur_vocab_table *t, const aur_vocab_word *w, uint32_t *at)
{
	uint64_t tag = aur_vocab_tag(w->hash, w->n);
	for (uint32_t i = aur_vocab_place(t, w->hash);; i = (i + 1) & t->mask) {
		uint64_t s = atomic_load_explicit(&t->slot[i], memory_order_acquire);
		*at = i;
		if (!s)
			return AUR_NONE;
		if ((s ^ tag) >> 32)
			continue;
		uint32_t id = (uint32_t)s - 1;
		const aur_lform *f = aur_vocab_at(d, id);
		if (w->n <= AUR_VOCAB_LETTERS ? !memcmp(f->letters, w->letters, sizeof w->letters) : f->len == w->n && !memcmp(f->apart, w->p, w->n))
			return id;
	}
}
/* Adds a form, unless another thread has just done so; called by aur_vocab_of. */
uint32_t aur_vocab_add(aur_vocab *d, const aur_vocab_word *w, uint32_t flags, int *met);
/* The number of a form, which is added if it is new.  Also enters a short form in `near`, and one that is not ready in `todo`. */
static inline uint32_t aur_vocab_of(aur_vocab_part *p, const aur_vocab_word *w, uint32_t flags)
{
	aur_vocab *d = p->d;
	uint32_t at, id = aur_vocab_find(d, aur_vocab_table_of(d), w, &at);
	int met = id != AUR_NONE;
	if (!met)
		id = aur_vocab_add(d, w, flags, &met);
	aur_vocab_use *u = aur_vocab_use_of(d, id);
	/* no needless writes: they would take the line from other threads */
	if (met && !atomic_load_explicit(&u->again, memory_order_relaxed))
		atomic_store_explicit(&u->again, 1, memory_order_relaxed);
	if (!atomic_load_explicit(&u->ready, memory_order_acquire)) {
		AUR_GROW(p->todo, p->ntodo, p->todo_cap);
		p->todo[p->ntodo++] = id;
	}
	if (w->n <= AUR_VOCAB_LETTERS)
		*aur_vocab_near_of(p, w) = (struct aur_vocab_near){{w->letters[0], w->letters[1]}, id, (uint8_t)w->n, u->shape};
	return id;
}
#endif
