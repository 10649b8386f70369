/* SPDX-License-Identifier: Apache-2.0 */
/* text.c - a sentence word by word: the words before and after a token, the lists that have a word; and the cues that were found. */
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

neg_known *neg_remembered(neg_cache *c, uint32_t form)
{
	if (form >= c->of_cap) {
		size_t more = 2 * ((size_t)form + 512);
		neg_known *p = realloc(c->of, more * sizeof(*p));
		if (p == NULL)
			return NULL;
		memset(p + c->of_cap, 0, (more - c->of_cap) * sizeof(*p));
		c->of = p;
		c->of_cap = more;
	}
	return &c->of[form];
}

/* Index of a set among those of the cache, adding it if it is new; 0 if there is no room. */
static uint16_t place_of(neg_cache *c, const neg_set *set)
{
	uint32_t i = 1;
	while (i < c->set_count && (c->sets[i].in.word[0] != set->word[0] || c->sets[i].in.word[1] != set->word[1] || memcmp(&c->sets[i].in, set, sizeof(*set)) != 0))
		i++;
	if (i > UINT16_MAX)
		return 0;
	if (i >= c->set_cap) {
		uint32_t cap = 2 * i + 256;
		neg_kept *p = realloc(c->sets, cap * sizeof(*p));
		if (p == NULL)
			return 0;
		c->sets = p;
		c->set_cap = cap;
	}
	if (i >= c->set_count) {
		c->sets[i] = (neg_kept){ .in = *set };
		c->set_count = i + 1;
	}
	return (uint16_t)i;
}

neg_set neg_look(const neg_text *t, uint32_t token)
{
	static const neg_set none = { { 0 } };
	neg_cache *c = t->cache;
	neg_set in = neg_lists(c->words, neg_value_at(t, token));
	neg_known *k = neg_remembered(c, t->v->form[token]);
	if (k != NULL && place_of(c, &none) == 1)
		k->lists = place_of(c, &in);
	return in;
}
