/* SPDX-License-Identifier: Apache-2.0 */
/* text.c - a sentence word by word: what stands before and behind, which lists hold a word; the cues that were found in it. */
#include "text.h"
#include <stdlib.h>
#include <string.h>

uint32_t neg_before(const neg_text *t, uint32_t i)
{
	if (i == NEG_NONE)
		return NEG_NONE;
	while (i > t->from) {
		if (!(t->role[--i] & R_PUNCT))
			return i;
		if (t->role[i] & (R_COMMA | R_STOP))
			return NEG_NONE;
	}
	return NEG_NONE;
}

uint32_t neg_after(const neg_text *t, uint32_t i)
{
	if (i == NEG_NONE)
		return NEG_NONE;
	while (i < t->to) {
		if (!(t->role[++i] & R_PUNCT))
			return i;
		if (t->role[i] & (R_COMMA | R_STOP))
			return NEG_NONE;
	}
	return NEG_NONE;
}

bool neg_behind_comma(const neg_text *t, uint32_t i)
{
	while (i > t->from && (t->role[i - 1] & R_MARK))
		i--;
	return i > t->from && (t->role[i - 1] & R_COMMA);
}

void neg_add(neg_text *t, neg_cue c)
{
	if (t->count == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 16;
		neg_cue *v = realloc(t->cues, cap * sizeof(*v));
		if (v == NULL) {
			t->no_memory = true;
			return;
		}
		t->cues = v;
		t->cap = cap;
	}
	t->cues[t->count++] = c;
}

aur_str neg_value(const neg_cache *c, const aur_form *f)
{
	bool folded = c->fold >= 0 && (uint32_t)c->fold < f->layer_count && f->layers[c->fold].len > 0;
	return folded ? f->layers[c->fold] : f->form;
}

aur_str neg_value_at(const neg_text *t, uint32_t token)
{
	aur_form f = { .size = sizeof(f) };
	t->h->form_at(t->h, t->v, token, &f);
	return neg_value(t->cache, &f);
}

void *neg_room_for(void *p, size_t *cap, size_t size, uint32_t form)
{
	if (form < *cap)
		return p;
	size_t more = 2 * ((size_t)form + 512);
	char *q = realloc(p, more * size);
	if (q == NULL)
		return p;
	memset(q + *cap * size, 0, (more - *cap) * size);
	*cap = more;
	return q;
}

neg_set neg_look(const neg_text *t, uint32_t token)
{
	neg_cache *c = t->cache;
	uint32_t id = t->v->form[token];
	neg_set in = neg_lists(c->words, neg_value_at(t, token));
	c->lists = neg_room_for(c->lists, &c->cap, sizeof(*c->lists), id);
	if (id < c->cap)
		c->lists[id] = in;
	return in;
}
