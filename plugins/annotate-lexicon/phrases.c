/* SPDX-License-Identifier: Apache-2.0 */
/* phrases.c - lists of plain phrases in texts of which a word in four or more is an anchor.  The tree of chains (anchors.c) begins at the rarest
 * word, goes both ways and then sorts what it found.  Here many words begin something anyway: a phrase is looked for from its first
 * word on, in a tree of 16 bytes a word, and what is found is mostly sorted.  What is looked up is a cache miss here too: the steps of many
 * words are put down and fetched before the first is taken. */
#include "forms.h"
#include "phrases.h"
#include <stdlib.h>
#include <string.h>

enum {
	STARTS = 256,        /* words whose phrases are looked for together */
	MOST_CLASSES = 8,    /* of a word: with more, the tree of chains is quicker */
	MOST_LINKS = 1 << 24 /* of a list; longer ones have no tree */
};

static inline uint32_t fold(uint64_t bits)
{
	return (uint32_t)(bits | bits >> 32);
}

static inline uint64_t hash_of(uint32_t from, uint32_t cls)
{
	return lex_way_hash((uint64_t)from << 32 | cls);
}

/* ---- the tree ---- */

/* The number of the node that a class leads to, which is made if it does not exist: link n is node class_count + n. */
static uint32_t go(lex_model *m, uint32_t from, uint32_t cls)
{
	lex_phrases *t = &m->phrases;
	size_t slot = (size_t)hash_of(from, cls) & t->link_mask;
	while (t->links[slot].from != 0 && (t->links[slot].from != from + 1 || t->links[slot].cls != cls))
		slot = (slot + 1) & t->link_mask;
	lex_link *link = &t->links[slot];
	if (link->from == 0) {
		uint32_t n = (uint32_t)m->class_count;
		*(from < n ? &t->begins[from].kids : &t->links[from - n].kids) |= fold(lex_bit(cls));
		*link = (lex_link){ .from = from + 1, .cls = cls };
	}
	return (uint32_t)(m->class_count + slot);
}

/* The patterns that end at a node, as in lex_link.ends: they were linked in `next`, ascending. */
static void finish_ends(lex_phrases *t, uint32_t *ends, const uint32_t *next)
{
	size_t at = t->list_count++;
	uint32_t p = *ends, n = 0;
	if (p == 0 || next[p - 1] == 0) {
		*ends = p == 0 ? 0 : (p - 1) * 2 + 1;
		t->list_count--;
		return;
	}
	for (; p != 0; p = next[p - 1], n++)
		t->lists[t->list_count++] = p - 1;
	t->lists[at] = n;
	*ends = (uint32_t)(at + 1) * 2;
}

bool lex_phrases_make(lex_model *m)
{
	lex_phrases *t = &m->phrases;
	size_t most = 0, cap = 1, entries = 0;
	for (size_t i = 0; i < m->pattern_count; i++) {
		const lex_pattern *p = &m->patterns[i];
		entries += p->label != UINT32_MAX;
		most += p->label != UINT32_MAX ? p->aut.count - 1u : 0;
	}
	if (m->wide || entries == 0 || most > MOST_LINKS)
		return true;
	while (cap < most * 2 + 1)
		cap *= 2;
	uint32_t *next = calloc(m->pattern_count, sizeof(*next));
	size_t sieve = 1;
	while (sieve < most / 4)
		sieve *= 2;
	t->links = lex_large(cap * sizeof(*t->links) + sieve * sizeof(*t->sieve) + m->class_count * sizeof(*t->begins)); /* one block for the three */
	t->lists = lex_array(&m->arena, m->pattern_count + m->pattern_count / 2 + 1, sizeof(*t->lists));
	if (next == NULL || t->links == NULL || t->lists == NULL) {
		free(next);
		return false;
	}
	t->sieve = (uint64_t *)(t->links + cap);
	t->begins = (lex_begin *)(t->sieve + sieve);
	t->link_mask = cap - 1;
	t->sieve_mask = sieve - 1;
	for (size_t i = m->pattern_count; i-- > 0;) { /* backward: what is linked in front is in order then */
		const lex_pattern *p = &m->patterns[i];
		if (p->label == UINT32_MAX)
			continue;
		uint32_t node = p->aut.cls[0];
		for (uint32_t k = 1; k < p->aut.count; k++)
			node = go(m, node, p->aut.cls[k]);
		uint32_t *ends = node < m->class_count ? &t->begins[node].ends : &t->links[node - m->class_count].ends;
		next[i] = *ends;
		*ends = (uint32_t)i + 1;
	}
	for (size_t i = 0; i < m->class_count; i++)
		finish_ends(t, &t->begins[i].ends, next);
	for (size_t i = 0; i < cap; i++)
		finish_ends(t, &t->links[i].ends, next);
	free(next);
	for (size_t i = 0; i <= t->link_mask; i++)
		if (t->links[i].from != 0) {
			uint64_t hash = hash_of(t->links[i].from - 1, t->links[i].cls);
			t->sieve[hash & t->sieve_mask] |= lex_sieve_bits(hash);
		}
	return true;
}

/* ---- the search ---- */

/* Puts the words of a contribution into w->tokens, one without classes behind the last; *count: how many.  Signs that words touch across
 * are left out.  AUR_E_UNSUPPORTED: see lex_phrases_find. */
static aur_status words_of(lex_worker *w, const aur_view *v, size_t *count)
{
	const lex_phrases *t = &w->m->phrases;
	uint32_t n = v->token_count, signs = 0;
	size_t k = 0;
	if (!lex_grow(&w->at, &w->at_cap, n, sizeof(*w->at)) || !lex_grow(&w->tokens, &w->token_cap, (size_t)n + 1, sizeof(*w->tokens)))
		return AUR_E_NOMEM;
	for (uint32_t i = 0; i < n; i++) {
		w->at[i] = lex_form_of(w, v, i);
		__builtin_prefetch(&w->forms[w->at[i]]);
	}
	if (w->no_memory)
		return AUR_E_NOMEM;
	for (uint32_t i = 0; i < n; i++) {
		const lex_form *f = &w->forms[w->at[i]];
		bool ends = (v->flags[i] & AUR_TOK_SENTENCE_END) != 0;
		if (f->punct == LEX_P_LIGHT) {
			if (f->count > 0)
				return AUR_E_UNSUPPORTED;
			if (k > 0 && (ends || ++signs > LEX_MOST_SIGNS))
				w->tokens[k - 1].joined = false;
			continue;
		}
		if (f->count > MOST_CLASSES)
			return AUR_E_UNSUPPORTED;
		if (f->count == 1)
			__builtin_prefetch(&t->begins[f->classes]);
		w->tokens[k++] = (lex_token){ .token = i, .bits = fold(f->bits), .classes = f->classes, .count = (uint8_t)f->count, .joined = !ends };
		signs = 0;
	}
	if (k > 0)
		w->tokens[k - 1].joined = false;
	w->tokens[k] = (lex_token){ 0 };
	*count = k;
	return AUR_OK;
}

static inline uint32_t class_at(const lex_worker *w, const lex_token *x, uint32_t n)
{
	return x->count == 1 ? x->classes : w->pool[x->classes + n];
}

/* Puts down what a node says: that phrases end there, and that it may go on with the next word.  No branch: it would be mispredicted.  There
 * must be room for one more of both. */
static inline void put(lex_worker *w, uint32_t node, uint32_t ends, uint32_t kids, uint32_t first, uint32_t at)
{
	const lex_token *x = &w->tokens[at];
	w->ended[w->ended_count] = (lex_ended){ ends, first, x->token };
	w->ended_count += ends != 0;
	w->goings[w->going_count] = (lex_going){ node, kids, first, at + 1 };
	w->going_count += ((kids & x[1].bits) != 0) & x->joined;
	__builtin_prefetch(&w->m->briefs[ends >> 1 & -(ends & 1)]); /* hand_out() reads it if it is one pattern */
}

static inline bool make_room(lex_worker *w, size_t n)
{
	return lex_grow(&w->ended, &w->ended_cap, w->ended_count + n, sizeof(*w->ended)) &&
	       lex_grow(&w->goings, &w->going_cap, w->going_count + n, sizeof(*w->goings));
}

/* Puts down the links to be looked up where it goes on, and fetches what the sieve says of them. */
static bool put_links(lex_worker *w)
{
	const lex_phrases *t = &w->m->phrases;
	w->link_count = 0;
	if (!lex_grow(&w->links, &w->link_cap, w->going_count * MOST_CLASSES, sizeof(*w->links)))
		return false;
	for (size_t i = 0; i < w->going_count; i++) {
		lex_going g = w->goings[i];
		const lex_token *x = &w->tokens[g.at];
		for (uint32_t k = 0; k < x->count; k++) {
			uint32_t cls = class_at(w, x, k);
			uint64_t hash = hash_of(g.node, cls);
			__builtin_prefetch(&t->sieve[hash & t->sieve_mask]);
			w->links[w->link_count] = (lex_linking){ hash, g.node, cls, g.first, g.at };
			w->link_count += (g.kids & fold(lex_bit(cls))) != 0;
		}
	}
	w->going_count = 0;
	return true;
}

/* Removes the links of which the sieve knows that they do not exist, and fetches the others. */
static void sift(lex_worker *w)
{
	const lex_phrases *t = &w->m->phrases;
	size_t n = 0;
	for (size_t i = 0; i < w->link_count; i++) {
		uint64_t hash = w->links[i].hash, bits = lex_sieve_bits(hash);
		size_t may = (t->sieve[hash & t->sieve_mask] & bits) == bits;
		__builtin_prefetch(&t->links[hash & t->link_mask & -may]);
		w->links[n] = w->links[i];
		n += may;
	}
	w->link_count = n;
}

static bool follow_links(lex_worker *w)
{
	const lex_phrases *t = &w->m->phrases;
	if (!make_room(w, w->link_count + 1))
		return false;
	for (size_t i = 0; i < w->link_count; i++) {
		const lex_linking *x = &w->links[i];
		size_t slot = (size_t)x->hash & t->link_mask;
		while (t->links[slot].from != 0 && (t->links[slot].from != x->from + 1 || t->links[slot].cls != x->cls))
			slot = (slot + 1) & t->link_mask;
		const lex_link *link = &t->links[slot]; /* a free slot ends nothing and goes nowhere */
		put(w, (uint32_t)(w->m->class_count + slot), link->ends, link->kids, x->first, x->at);
	}
	return true;
}

/* Adds what was found to `out`, in the order of first words.  It was put down by length, so it is in the order of last words as well, and
 * then of patterns, unless a word has several classes. */
static bool hand_out(lex_worker *w, uint32_t from, uint32_t to, lex_candidates *out)
{
	const lex_model *m = w->m;
	uint32_t counts[STARTS], sum = 0; /* by first word: where those behind it begin */
	memset(counts, 0, (to - from) * sizeof(*counts));
	for (size_t i = 0; i < w->ended_count; i++) {
		const lex_ended *x = &w->ended[i];
		counts[x->first - from] += x->ends & 1 ? 1 : m->phrases.lists[x->ends / 2 - 1];
	}
	for (uint32_t i = 0; i < to - from; i++) {
		uint32_t c = counts[i];
		counts[i] = sum;
		sum += c;
	}
	size_t had = out->count;
	if (!lex_grow(&out->v, &out->cap, had + sum, sizeof(*out->v)))
		return false;
	for (size_t i = 0; i < w->ended_count; i++) {
		const lex_ended *x = &w->ended[i];
		uint32_t one = x->ends / 2, n = 1;
		const uint32_t *pattern = &one;
		if (!(x->ends & 1)) {
			pattern = &m->phrases.lists[one - 1];
			n = *pattern++;
		}
		for (uint32_t k = 0; k < n; k++) {
			const lex_brief *s = &m->briefs[pattern[k]];
			out->v[had + counts[x->first - from]++] = (lex_candidate){ pattern[k], w->tokens[x->first].token, x->last, s->theme, s->weight };
		}
	}
	out->count = had + sum;
	return true;
}

/* Finds the phrases that begin with the words [from, to). */
static bool find_from(lex_worker *w, uint32_t from, uint32_t to, lex_candidates *out)
{
	const lex_phrases *t = &w->m->phrases;
	w->ended_count = w->going_count = 0;
	if (!make_room(w, (to - from) * MOST_CLASSES + 1u))
		return false;
	for (uint32_t i = from; i < to; i++) {
		const lex_token *x = &w->tokens[i];
		for (uint32_t k = 0; k < x->count; k++) {
			uint32_t cls = class_at(w, x, k);
			put(w, cls, t->begins[cls].ends, t->begins[cls].kids, i, i);
		}
	}
	while (w->going_count > 0) {
		if (!put_links(w))
			return false;
		sift(w);
		if (!follow_links(w))
			return false;
	}
	return hand_out(w, from, to, out);
}

aur_status lex_phrases_find(lex_worker *w, const aur_host *h, const aur_view *v, lex_candidates *out)
{
	size_t count;
	if (w->m->phrases.links == NULL)
		return AUR_E_UNSUPPORTED;
	aur_status st = words_of(w, v, &count);
	for (size_t from = 0; st == AUR_OK && from < count; from += STARTS) {
		if (!find_from(w, (uint32_t)from, (uint32_t)(count - from < STARTS ? count : from + STARTS), out))
			st = AUR_E_NOMEM;
		else if (from > 0 && h->cancelled(h))
			st = AUR_E_CANCELLED;
	}
	return st == AUR_E_NOMEM ? lex_no_memory(h) : st;
}
