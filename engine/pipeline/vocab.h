/* SPDX-License-Identifier: Apache-2.0 */
/* The dictionary of forms that one thread has met so far.
 *
 * A few forms make up most of a text, and the cost of a word is mostly cache misses.  So what is needed for every word is in small
 * records, of which those in use stay in cache; and a small table with the letters of recently met forms is tried before the large
 * one. */
#ifndef AUR_PIPELINE_VOCAB_H
#define AUR_PIPELINE_VOCAB_H
#include "base/hash.h"
#include "pipeline/analysis.h"

#define AUR_VOCAB_BLOCK 65536u /* records of a block: whole large pages */
#define AUR_VOCAB_NEAR 4096u   /* short forms met recently */
#define AUR_VOCAB_LETTERS 16u  /* bytes of a form that is short: it is compared and hashed as two numbers */

/* What is needed for each word. */
typedef struct aur_vocab_use {
	uint32_t kept;      /* the number that the caller keeps with the form; AUR_NONE at first */
	uint32_t number;    /* from the first annotator */
	uint8_t annotators; /* bit i: annotator i gave it a number */
	uint8_t shape;      /* AUR_FWD_* and AUR_ANALYSIS_* that all its tokens have */
	uint8_t again;      /* it was met more than once */
} aur_vocab_use;

typedef struct aur_vocab {
	aur_lform **form; /* blocks of AUR_VOCAB_BLOCK */
	uint32_t nblocks, n, usecap;
	aur_vocab_use *use;
	uint32_t numbers; /* number of annotators */
	uint32_t *number[AUR_MAX_ANNOTATORS]; /* by annotator, from the second on */
	struct aur_vocab_slot {
		uint32_t tag, id; /* tag: upper bits of the hash, and in the low byte the length (255 = or more); id: number + 1, 0 = free slot */
	} *slot;
	uint32_t mask;
	struct aur_vocab_near { /* short ones */
		uint64_t letters[2];
		uint32_t id;
		uint8_t len, shape; /* len 0: free; shape as in aur_vocab_use */
	} *near;
	aur_arena arena; /* long forms, and the values of layers */
} aur_vocab;

void aur_vocab_init(aur_vocab *d, unsigned annotators);
void aur_vocab_free(aur_vocab *d);
/* Drops the forms that were met only once, which are most and seldom come again.  The others get new numbers; what is known of them
 * stays, including `layers` values.  Drops everything if that would not free much. */
void aur_vocab_renew(aur_vocab *d, unsigned layers);
/* Memory in use, in bytes. */
size_t aur_vocab_bytes(const aur_vocab *d);

static inline aur_lform *aur_vocab_at(const aur_vocab *d, uint32_t id)
{
	return &d->form[id / AUR_VOCAB_BLOCK][id % AUR_VOCAB_BLOCK];
}
static inline uint32_t aur_vocab_number(const aur_vocab *d, uint32_t id, unsigned annotator)
{
	return annotator ? d->number[annotator][id] : d->use[id].number;
}
/* Stores the answer of an annotator for a form. */
static inline void aur_vocab_answer(aur_vocab *d, uint32_t id, unsigned annotator, uint32_t number)
{
	if (annotator)
		d->number[annotator][id] = number;
	else
		d->use[id].number = number;
	if (number)
		d->use[id].annotators |= (uint8_t)(1u << annotator);
}
/* A form to look up. */
typedef struct aur_vocab_word {
	const char *p;
	uint32_t n;
	uint64_t hash;
	uint64_t letters[2]; /* of a short form, padded with zeros */
} aur_vocab_word;
/* The length of a word is hard to predict, and a mispredicted branch costs more than all the rest: so a short word
 * is read as 16 bytes and masked, if so many bytes are `readable`. */
static inline aur_vocab_word aur_vocab_look(const char *p, uint32_t n, size_t readable)
{
	static const uint8_t keep[2 * AUR_VOCAB_LETTERS] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
	aur_vocab_word w = {.p = p, .n = n};
	if (n > AUR_VOCAB_LETTERS) {
		w.hash = aur_hash64(p, n, 0);
		return w;
	}
	if (readable >= AUR_VOCAB_LETTERS) {
		uint64_t mask[2];
		memcpy(w.letters, p, sizeof w.letters);
		memcpy(mask, keep + AUR_VOCAB_LETTERS - n, sizeof mask);
		w.letters[0] &= mask[0];
		w.letters[1] &= mask[1];
	} else {
		memcpy(w.letters, p, n);
	}
	w.hash = aur_hash128(w.letters[0], w.letters[1], n);
	return w;
}
static inline aur_vocab_word aur_vocab_look_again(const aur_lform *f)
{
	return aur_vocab_look(aur_lform_text(f), f->len, f->len <= AUR_VOCAB_LETTERS ? AUR_VOCAB_LETTERS : f->len);
}
static inline struct aur_vocab_near *aur_vocab_near_of(const aur_vocab *d, const aur_vocab_word *w)
{
	return &d->near[w->hash % AUR_VOCAB_NEAR];
}
static inline unsigned aur_vocab_is_near(const struct aur_vocab_near *x, const aur_vocab_word *w)
{
	return !((x->letters[0] ^ w->letters[0]) | (x->letters[1] ^ w->letters[1]) | (x->len ^ w->n));
}
static inline uint32_t aur_vocab_place(const aur_vocab *d, uint64_t hash)
{
	return (uint32_t)(hash >> 20) & d->mask;
}
static inline uint32_t aur_vocab_tag(uint64_t hash, uint32_t n)
{
	return (uint32_t)(hash >> 40) << 8 | (n > 255 ? 255 : n);
}
/* Adds a form in the free slot `at`; called by aur_vocab_of. */
uint32_t aur_vocab_add(aur_vocab *d, const char *p, uint32_t n, uint32_t flags, uint32_t at, uint32_t tag);
/* The number of a form, which is added if it is new.  Also enters a short form in `near`. */
static inline uint32_t aur_vocab_of(aur_vocab *d, const aur_vocab_word *w, uint32_t flags)
{
	uint32_t tag = aur_vocab_tag(w->hash, w->n), i = aur_vocab_place(d, w->hash), id;
	for (;; i = (i + 1) & d->mask) {
		const struct aur_vocab_slot *s = &d->slot[i];
		if (!s->id) {
			id = aur_vocab_add(d, w->p, w->n, flags, i, tag);
			break;
		}
		if (s->tag != tag)
			continue;
		const aur_lform *f = aur_vocab_at(d, s->id - 1);
		if (w->n <= AUR_VOCAB_LETTERS ? !memcmp(f->letters, w->letters, sizeof w->letters) : f->len == w->n && !memcmp(f->apart, w->p, w->n)) {
			id = s->id - 1;
			d->use[id].again = 1;
			break;
		}
	}
	if (w->n <= AUR_VOCAB_LETTERS)
		*aur_vocab_near_of(d, w) = (struct aur_vocab_near){{w->letters[0], w->letters[1]}, id, (uint8_t)w->n, d->use[id].shape};
	return id;
}
#endif
