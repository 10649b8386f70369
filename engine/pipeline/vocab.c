/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "index/forward.h"
#include "pipeline/vocab.h"

#define FIRST_SLOTS (1u << 15)
#define ALIGN ((size_t)2 << 20)

void aur_vocab_init(aur_vocab *d, unsigned annotators)
{
	*d = (aur_vocab){.numbers = annotators, .mask = FIRST_SLOTS - 1};
	d->slot = aur_xcalloc(FIRST_SLOTS, sizeof *d->slot);
	d->near = aur_xcalloc(AUR_VOCAB_NEAR, sizeof *d->near);
}

void aur_vocab_free(aur_vocab *d)
{
	for (uint32_t i = 0; i < d->nblocks; i++)
		free(d->form[i]);
	for (unsigned k = 1; k < d->numbers; k++)
		free(d->number[k]);
	free(d->form);
	free(d->use);
	free(d->slot);
	free(d->near);
	aur_arena_free(&d->arena);
	*d = (aur_vocab){0};
}

void aur_vocab_clear(aur_vocab *d)
{
	unsigned annotators = d->numbers;
	aur_vocab_free(d);
	aur_vocab_init(d, annotators);
}

size_t aur_vocab_bytes(const aur_vocab *d)
{
	return (size_t)d->n * (sizeof(aur_lform) + sizeof *d->use + 4 * d->numbers) + ((size_t)d->mask + 1) * sizeof *d->slot + d->arena.total;
}

static void grow(aur_vocab *d)
{
	uint32_t mask = d->mask * 2 + 1;
	struct aur_vocab_slot *s = aur_xcalloc((size_t)mask + 1, sizeof *s);
	aur_mem_huge(s, ((size_t)mask + 1) * sizeof *s);
	for (uint32_t id = 0; id < d->n; id++) {
		const aur_lform *f = aur_vocab_at(d, id);
		uint64_t h = aur_vocab_hash(f->p, f->len);
		uint32_t i = (uint32_t)(h >> 20) & mask;
		while (s[i].id)
			i = (i + 1) & mask;
		s[i] = (struct aur_vocab_slot){(uint32_t)(h >> 40) << 8 | (f->len > 255 ? 255 : f->len), id + 1};
	}
	free(d->slot);
	d->slot = s;
	d->mask = mask;
}

uint32_t aur_vocab_add(aur_vocab *d, const char *p, uint32_t n, uint32_t flags, uint32_t at, uint32_t tag)
{
	uint32_t id = d->n;
	if (id == d->usecap) {
		d->usecap = d->usecap ? d->usecap * 2 : 4096;
		d->use = aur_xrealloc(d->use, d->usecap * sizeof *d->use);
		for (unsigned k = 1; k < d->numbers; k++)
			d->number[k] = aur_xrealloc(d->number[k], d->usecap * sizeof *d->number[k]);
	}
	if (id / AUR_VOCAB_BLOCK == d->nblocks) {
		size_t bytes = AUR_VOCAB_BLOCK * sizeof(aur_lform);
		d->form = aur_xrealloc(d->form, (d->nblocks + 1) * sizeof *d->form);
		d->form[d->nblocks] = aur_xaligned(ALIGN, (bytes + ALIGN - 1) / ALIGN * ALIGN);
		aur_mem_huge(d->form[d->nblocks++], bytes);
	}
	d->n++;
	aur_lform *f = aur_vocab_at(d, id);
	*f = (aur_lform){.len = n, .flags = flags & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE)};
	if (n <= sizeof f->letters) {
		memcpy(f->letters, p, n);
		f->p = f->letters;
	} else {
		f->p = aur_arena_dup(&d->arena, p, n);
	}
	d->use[id] = (aur_vocab_use){.kept = AUR_NONE, .shape = (uint8_t)(aur_glue(p, n) << AUR_FWD_GLUE | f->flags << 3)};
	for (unsigned k = 1; k < d->numbers; k++)
		d->number[k][id] = 0;
	d->slot[at] = (struct aur_vocab_slot){tag, id + 1};
	if (d->n * 2 > d->mask)
		grow(d);
	return id;
}
