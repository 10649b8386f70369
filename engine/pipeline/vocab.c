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

size_t aur_vocab_bytes(const aur_vocab *d)
{
	return (size_t)d->n * (sizeof(aur_lform) + sizeof *d->use + 4 * d->numbers) + ((size_t)d->mask + 1) * sizeof *d->slot + d->arena.total;
}

/* The free slot for a form that is not in the table. */
static uint32_t place_free(const struct aur_vocab_slot *s, uint32_t mask, uint64_t hash)
{
	uint32_t i = (uint32_t)(hash >> 20) & mask;
	while (s[i].id)
		i = (i + 1) & mask;
	return i;
}

static void grow(aur_vocab *d)
{
	uint32_t mask = d->mask * 2 + 1;
	struct aur_vocab_slot *s = aur_xcalloc((size_t)mask + 1, sizeof *s);
	aur_mem_huge(s, ((size_t)mask + 1) * sizeof *s);
	for (uint32_t id = 0; id < d->n; id++) {
		const aur_lform *f = aur_vocab_at(d, id);
		uint64_t h = aur_vocab_look_again(f).hash;
		s[place_free(s, mask, h)] = (struct aur_vocab_slot){aur_vocab_tag(h, f->len), id + 1};
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
	if (n <= sizeof f->letters)
		memcpy(f->letters, p, n);
	else
		f->apart = aur_arena_dup(&d->arena, p, n);
	d->use[id] = (aur_vocab_use){.kept = AUR_NONE, .shape = (uint8_t)(aur_glue(p, n) << AUR_FWD_GLUE | f->flags << 3)};
	for (unsigned k = 1; k < d->numbers; k++)
		d->number[k][id] = 0;
	d->slot[at] = (struct aur_vocab_slot){tag, id + 1};
	if (d->n * 2 > d->mask)
		grow(d);
	return id;
}

/* Copies the layer values of a form; those that are parts of the form, or of the value before, stay so. */
static aur_str *layers_of(aur_vocab *d, const aur_lform *to, const aur_lform *from, unsigned layers)
{
	aur_str *out = aur_arena_alloc(&d->arena, layers * sizeof *out), was = aur_lform_str(from), is = aur_lform_str(to);
	for (unsigned l = 0; l < layers; l++) {
		aur_str v = from->layer[l];
		int piece = v.len && v.ptr >= was.ptr && v.ptr + v.len <= was.ptr + was.len;
		out[l] = (aur_str){piece ? is.ptr + (v.ptr - was.ptr) : aur_arena_dup(&d->arena, v.ptr, v.len), v.len};
		was = v;
		is = out[l];
	}
	return out;
}

void aur_vocab_renew(aur_vocab *d, unsigned layers)
{
	aur_vocab old = *d;
	uint32_t again = 0;
	for (uint32_t i = 0; i < AUR_VOCAB_NEAR; i++)
		if (old.near[i].len)
			old.use[old.near[i].id].again = 1;
	for (uint32_t id = 0; id < old.n; id++)
		again += old.use[id].again;
	aur_vocab_init(d, old.numbers);
	uint32_t last = again < old.n / 4 * 3 ? old.n : 0; /* else the table would soon be full again */
	for (uint32_t id = 0; id < last; id++) {
		const aur_lform *f = aur_vocab_at(&old, id);
		const aur_vocab_use *u = &old.use[id];
		if (!u->again || (layers && !f->layer)) /* its layers were never computed */
			continue;
		uint64_t h = aur_vocab_look_again(f).hash;
		uint32_t is = aur_vocab_add(d, aur_lform_text(f), f->len, f->flags, place_free(d->slot, d->mask, h), aur_vocab_tag(h, f->len));
		aur_lform *to = aur_vocab_at(d, is);
		to->layer = layers_of(d, to, f, layers);
		d->use[is].kept = u->kept;
		for (unsigned k = 0; k < d->numbers; k++)
			aur_vocab_answer(d, is, k, aur_vocab_number(&old, id, k));
	}
	aur_vocab_free(&old);
}
