/* SPDX-License-Identifier: Apache-2.0 */
/* search.c - from the tokens of a contribution to its matches: what is tried at each anchor, the chains of adjacent words that lead on from it,
 * the other words that a pattern needs, and last the walk. */
#include "phrases.h"
#include "search.h"
#include "walk.h"

enum {
	SEARCHES = 64,  /* tokens whose look-ups are put down at most before they are worked off */
	FEW_ANCHORS = 4, /* an anchor in so many words or more */
	FAR_OFF = 4 * LEX_FAR, /* tokens */
	LINE = 64, AUTOMATON = 3 * LINE, /* bytes: of a line of the cache; of most automata */
	POSITIONS = 8 /* of most of them */
};

static bool add(lex_candidates *out, lex_candidate x)
{
	if (out->count == out->cap && !lex_room(&out->v, &out->cap, out->count + 1, sizeof(*out->v)))
		return false;
	out->v[out->count++] = x;
	return true;
}

/* The tokens on one side within the reach of a need, [*from, *to]; *from > *to: none. */
static void within_reach(const lex_worker *w, uint32_t token, uint32_t reach, bool right, uint32_t *from, uint32_t *to)
{
	uint32_t n = w->behind[token]; /* words up to it */
	*from = right ? token + 1 : w->from;
	*to = right ? w->to : token - 1;
	if (right) {
		if (n + reach < w->word_count)
			*to = w->words[n + reach] - 1;
	} else {
		n -= w->words[n > 0 ? n - 1 : 0] == token && n > 0;
		if (n > reach)
			*from = w->words[n - reach - 1] + 1;
	}
}

/* May a word of the set be on this side, within the reach of the need? */
static bool is_there(const lex_worker *w, const lex_search *s, lex_need need, bool right)
{
	uint32_t from, to;
	uint64_t seen = 0;
	if (s->token == (right ? w->to : w->from))
		return false;
	within_reach(w, s->token, need.reach, right, &from, &to);
	bool whole = right ? to == w->to : from == w->from;
	if ((need.reach == LEX_FAR && !whole) || to - from >= FAR_OFF) /* to look on from each anchor would take quadratic time */
		return true;
	for (uint32_t t = from; t <= to; t++) /* without a way out, which would be mispredicted */
		seen |= w->in[w->at[t]].bits[need.bit >> 6];
	if (!(seen >> (need.bit & 63) & 1) || need.bit < LEX_OWN)
		return seen >> (need.bit & 63) & 1;
	for (uint32_t t = from; t <= to; t++)
		if (lex_is_in_set(w, w->at[t], need))
			return true;
	return false;
}

static bool is_met(const lex_worker *w, const lex_search *s, lex_need need)
{
	return need.set == 0 || (need.side == LEX_ANYWHERE && lex_is_in_set(w, w->at[s->token], need)) || (need.side != LEX_LEFT && is_there(w, s, need, true)) ||
	       (need.side != LEX_RIGHT && is_there(w, s, need, false));
}

static __attribute__((noinline)) bool are_met(const lex_worker *w, const lex_search *s, const lex_need need[LEX_NEEDS])
{
	return is_met(w, s, need[0]) && is_met(w, s, need[1]);
}

/* May the anchor match?  Combines the cheap tests without branches, which would be mispredicted; then the needs one by one, out of the
 * way of the many for which the cheap tests suffice. */
static inline bool may_match(const lex_worker *w, const lex_search *s, const lex_anchor *a)
{
	bool looks = ((a->flags & LEX_EXCLUSION) == w->kind) & lex_has_seen(&w->seen, a->need[0].bit) & lex_has_seen(&w->seen, a->need[1].bit) &
	             ((a->beside[0] & s->bits[0]) != 0) & ((a->beside[1] & s->bits[1]) != 0);
	return looks && are_met(w, s, a->need);
}

/* ---- what is looked up ----
 *
 * In a large lexicon nearly every node, way and anchor that is looked up is a cache miss.  So they are not looked up one after
 * the other: each is put down and fetched, and all of a sentence are worked off together.  The order does not matter, as
 * settle() sorts. */

/* Puts down the anchors [from, from + count). */
static bool put_anchors(lex_worker *w, uint32_t from, uint32_t count, lex_step at)
{
	if (!lex_room(&w->arrivals, &w->arrival_cap, w->arrival_count + 1, sizeof(*w->arrivals)))
		return false;
	w->arrivals[w->arrival_count++] = (lex_arrival){ at, from, count };
	__builtin_prefetch(&w->m->anchors[from]);
	return true;
}

static bool put_step(lex_worker *w, uint64_t key, lex_step at)
{
	if (!lex_room(&w->steps, &w->step_cap, w->step_count + 1, sizeof(*w->steps)))
		return false;
	at.key = key;
	w->steps[w->step_count++] = at;
	return true;
}

/* Puts down the node of a class, with which a way begins. */
static bool put_node(lex_worker *w, uint32_t node, lex_step at)
{
	__builtin_prefetch(&w->m->nodes[node]);
	return put_step(w, node, at);
}

/* Puts down the way from a node for a class. */
static bool put_way(lex_worker *w, uint32_t node, bool right, uint32_t cls, lex_step at)
{
	uint64_t key = lex_way_key(node, right, cls);
	__builtin_prefetch(&w->m->sieve[lex_way_hash(key) & (w->m->sieve_cap - 1)]);
	return put_step(w, key, at);
}

static bool is_way(uint64_t key)
{
	return key >> 63;
}

/* Puts down where it goes on from a node of the tree of chains, on both sides: the ways from the node, or those for the classes
 * of the adjacent word, whichever are fewer. */
static bool go_on(lex_worker *w, const lex_tnode *t, uint32_t node, lex_step at)
{
	const lex_search *s = &w->searches[at.search];
	for (unsigned right = 0; right < 2; right++) {
		uint32_t from = right ? at.last : at.first, beside;
		if (t->side[right] == 0)
			continue;
		if (w->around != NULL && !lex_reach(w, from, right))
			return false;
		if ((beside = from == s->token ? s->beside[right] : lex_beside(w, from, right)) == UINT32_MAX)
			continue;
		const lex_form *f = lex_form_at(w, beside);
		if (!(f->bits & t->side[right]))
			continue;
		lex_step to = at;
		*(right ? &to.last : &to.first) = beside;
		uint32_t kids = t->kid_count[right];
		if (kids * 4 < f->count) {
			const lex_kid *kid = w->m->kids + t->kids + right * t->kid_count[0];
			for (const lex_kid *end = kid + kids; kid < end; kid++)
				if (lex_has_class(w, f, kid->cls) && !put_way(w, node, right, kid->cls, to))
					return false;
			continue;
		}
		for (uint32_t i = 0; i < f->count; i++) {
			uint32_t cls = lex_class_at(w, f, i);
			if ((t->side[right] & lex_bit(cls)) && !put_way(w, node, right, cls, to))
				return false;
		}
	}
	return true;
}

/* The way with this key, or NULL. */
static const lex_way *find_way(const lex_model *m, uint64_t key)
{
	size_t slot = (size_t)lex_way_hash(key) & (m->way_cap - 1);
	while (m->ways[slot].key != 0 && m->ways[slot].key != key)
		slot = (slot + 1) & (m->way_cap - 1);
	return m->ways[slot].key == key ? &m->ways[slot] : NULL;
}

/* Adds the match of a pattern at its anchor; first, last: the words on the way to its node. */
static bool add_match(lex_worker *w, const lex_anchor *a, const lex_step *at, lex_candidates *out)
{
	lex_candidate x = { a->pattern, at->first, at->last, a->theme, a->weight };
	if ((a->flags & LEX_LONGER) &&
	    !lex_match(w, &w->m->patterns[a->pattern], a->position, w->searches[at->search].token, &x.first, &x.last, NULL))
		return true;
	__builtin_prefetch(&w->m->briefs[a->pattern]); /* hand_over() reads it */
	return add(out, x);
}

/* Puts down an anchor that may match. */
static bool put_chosen(lex_worker *w, const lex_anchor *a, lex_step at)
{
	if (!lex_room(&w->chosen, &w->chosen_cap, w->chosen_count + 1, sizeof(*w->chosen)))
		return false;
	w->chosen[w->chosen_count++] = (lex_chosen){ a, at };
	if (a->flags & LEX_LONGER) {
		__builtin_prefetch(&w->m->patterns[a->pattern]);
		__builtin_prefetch((const char *)&w->m->patterns[a->pattern] + LINE);
	}
	return true;
}

/* Removes the ways from `from` on of which the sieve knows that they do not exist, and fetches the others. */
static void sift(lex_worker *w, size_t from)
{
	const lex_model *m = w->m;
	size_t n = from;
	for (size_t i = from; i < w->step_count; i++) {
		uint64_t key = w->steps[i].key, hash = lex_way_hash(key), bits = lex_sieve_bits(hash);
		size_t may = (m->sieve[hash & (m->sieve_cap - 1)] & bits) == bits;
		const lex_way *way = &m->ways[hash & (m->way_cap - 1) & -may];
		w->steps[n] = w->steps[i];
		n += may;
		__builtin_prefetch(way);
		__builtin_prefetch((const char *)(way + 1) - 1);
	}
	w->step_count = n;
}

/* Works off what was put down: adds the matches of the current sentence. */
static bool work_off(lex_worker *w, lex_candidates *out)
{
	const lex_model *m = w->m;
	for (size_t from = 0, to = w->step_count; from < to; from = to, sift(w, to), to = w->step_count)
		for (size_t i = from; i < to; i++) {
			lex_step at = w->steps[i]; /* a copy: the array may move */
			if (!is_way(at.key)) {
				if (!go_on(w, &m->nodes[at.key], (uint32_t)at.key, at))
					return false;
				continue;
			}
			const lex_way *way = find_way(m, at.key);
			if (way == NULL)
				continue;
			if ((way->node.count > 0 && !put_anchors(w, way->node.from, way->node.count, at)) || !go_on(w, &way->node, way->to, at))
				return false;
		}
	for (size_t i = 0; i < w->arrival_count; i++) {
		const lex_arrival *x = &w->arrivals[i];
		for (uint32_t k = 0; k < x->count; k++) {
			const lex_anchor *a = &m->anchors[x->from + k];
			if (may_match(w, &w->searches[x->at.search], a) && !put_chosen(w, a, x->at))
				return false;
		}
	}
	for (size_t i = 0; i < w->chosen_count; i++) {
		const lex_auto *aut = &m->patterns[w->chosen[i].anchor->pattern].aut;
		if (w->chosen[i].anchor->flags & LEX_LONGER)
			for (size_t k = 0; k < AUTOMATON; k += LINE) /* its arrays lie one behind the other */
				__builtin_prefetch((const char *)aut->cls + k);
	}
	for (size_t i = 0; i < w->chosen_count && w->of_class != NULL; i++) {
		const lex_auto *aut = &m->patterns[w->chosen[i].anchor->pattern].aut;
		if (w->chosen[i].anchor->flags & LEX_LONGER)
			for (uint32_t k = 0; k < aut->count && k < POSITIONS; k++)
				__builtin_prefetch(&w->of_class[aut->cls[k]]);
	}
	for (size_t i = 0; i < w->chosen_count; i++)
		if (!add_match(w, w->chosen[i].anchor, &w->chosen[i].at, out))
			return false;
	w->chosen_count = w->step_count = w->arrival_count = w->search_count = 0;
	return true;
}

/* Puts down what is to be looked up at one token of the current sentence. */
static bool search_at(lex_worker *w, uint32_t token)
{
	if (!lex_room(&w->searches, &w->search_cap, w->search_count + 1, sizeof(*w->searches)))
		return false;
	lex_step at = { .search = (uint32_t)w->search_count, .first = token, .last = token };
	lex_search *s = &w->searches[w->search_count++];
	s->token = token;
	for (unsigned right = 0; right < 2; right++) {
		s->beside[right] = lex_beside(w, token, right);
		s->bits[right] = s->beside[right] == UINT32_MAX ? LEX_ANYTHING : lex_form_at(w, s->beside[right])->bits;
	}
	const lex_form *f = lex_form_at(w, token);
	const lex_trial *n = w->trials + f->trials, *t = n + 1;
	uint32_t left = lex_halve(s->bits[0]), right = lex_halve(s->bits[1]);
	const uint8_t *seen = w->seen.bytes;
	if (w->kind == LEX_EXCLUSION) /* the nodes lead to both */
		t += n->entries;
	for (const lex_trial *end = n + 1 + n->entries; t < end; t++) {
		bool tries = ((t->beside[0] & left) != 0) & ((t->beside[1] & right) != 0) & ((seen[t->need[0].at] & t->need[0].mask) != 0) &
		             ((seen[t->need[1].at] & t->need[1].mask) != 0);
		if (tries && !put_anchors(w, t->what, 1, at))
			return false;
	}
	for (const lex_trial *end = t + n->nodes; t < end; t++)
		if (((t->beside[0] & left) | (t->beside[1] & right)) && !put_node(w, t->what, at))
			return false;
	if (w->kind != LEX_EXCLUSION)
		return true;
	for (const lex_trial *end = t + n->exclusions; t < end; t++)
		if ((t->beside[0] & left) && (t->beside[1] & right) && (seen[t->need[0].at] & t->need[0].mask) && (seen[t->need[1].at] & t->need[1].mask) &&
		    !put_anchors(w, t->what, 1, at))
			return false;
	return true;
}

/* Sorts by position and removes duplicates. */
static void settle(lex_candidates *c)
{
	size_t k = 0;
	if (c->count < 2)
		return;
	lex_sort(c->v, c->count, lex_by_place);
	for (size_t i = 0; i < c->count; i++)
		if (i == 0 || lex_by_place(&c->v[i], &c->v[k - 1]) != 0)
			c->v[k++] = c->v[i];
	c->count = k;
}

/* Puts the tokens at which the search of entries begins into w->anchors, which has room for them; returns how many. */
static size_t entry_anchors(const lex_worker *w, const aur_view *v)
{
	const uint32_t *number = v->number;
	uint32_t *anchors = w->anchors, n = v->token_count;
	size_t count = 0;
	for (uint32_t i = 0; i < n; i++) {
		anchors[count] = i;
		count += number[i] & LEX_ANCHORS_ENTRY;
	}
	return count;
}

/* The same for exclusions.  One that removes a hit overlaps it, so they are in the same sentence; and most hits are of themes without any. */
static size_t exclusion_anchors(const lex_worker *w, const aur_view *v)
{
	size_t count = 0;
	uint32_t done = 0; /* tokens of sentences that were looked at: hits are sorted */
	for (size_t i = 0; i < w->hits.count; i++) {
		uint32_t t = w->hits.v[i].first;
		if (t < done || !w->m->briefs[w->hits.v[i].pattern].may_go)
			continue;
		while (t > 0 && !(v->flags[t - 1] & AUR_TOK_SENTENCE_END))
			t--;
		for (bool ends = false; t < v->token_count && !ends; t++) {
			w->anchors[count] = t;
			count += (v->number[t] & LEX_ANCHORS_EXCLUSION) != 0;
			ends = (v->flags[t] & AUR_TOK_SENTENCE_END) != 0;
		}
		done = t;
	}
	return count;
}

/* lex_form.bits of the word on one side of a token, folded; all of them if words may touch across it. */
static uint32_t bits_beside(lex_worker *w, const aur_view *v, uint32_t token, bool right)
{
	if (right ? token + 1 == v->token_count || v->flags[token] & AUR_TOK_SENTENCE_END : token == 0 || v->flags[token - 1] & AUR_TOK_SENTENCE_END)
		return lex_halve(LEX_ANYTHING);
	uint32_t form = lex_form_of(w, v, right ? token + 1 : token - 1); /* first: it may move w->forms */
	const lex_form *f = &w->forms[form];
	return f->punct == LEX_P_LIGHT ? UINT32_MAX : lex_halve(f->bits);
}

/* Does the search at a token lead on, judging by the words on both sides?  Mostly it does not, and ends before anything is entered or put
 * down.  Only where there are neither needs nor contexts: an anchor without a way is an entry of one word. */
static bool leads_on(lex_worker *w, const aur_view *v, uint32_t token)
{
	uint32_t form = lex_form_of(w, v, token), left = 0, right = 0; /* first: it may move w->forms and w->trials */
	const lex_trial *n = w->trials + w->forms[form].trials, *t = n + 1;
	if (n->entries > 0)
		return true;
	for (const lex_trial *end = t + n->nodes; t < end; t++) {
		left |= t->beside[0];
		right |= t->beside[1];
	}
	return (left != 0 && (left & bits_beside(w, v, token, false))) || (right != 0 && (right & bits_beside(w, v, token, true))) || w->no_memory;
}

aur_status lex_find(lex_worker *w, const aur_host *h, const aur_view *v, bool exclusions, lex_candidates *out)
{
	uint32_t n = v->token_count;
	out->count = 0;
	if (!exclusions) /* they come right behind the entries, and mostly have one sentence to look at: the last one */
		lex_leave(w);
	if (!lex_room(&w->anchors, &w->anchor_cap, (size_t)n + 1, sizeof(*w->anchors)))
		return lex_no_memory(h);
	size_t anchors = exclusions ? exclusion_anchors(w, v) : entry_anchors(w, v);
	if (anchors == 0)
		return AUR_OK;
	w->kind = exclusions ? LEX_EXCLUSION : 0;
	w->chosen_count = w->step_count = w->arrival_count = w->search_count = 0;
	bool around = !w->m->wide && anchors * FEW_ANCHORS < n; /* most words are not looked up */
	if (!around && !exclusions) {
		aur_status st = lex_phrases_find(w, h, v, out);
		lex_sort(out->v, out->count, lex_by_place); /* almost always it is: see phrases.c */
		if (st != AUR_E_UNSUPPORTED)
			return st;
	}
	for (uint32_t i = 0; i < n && !around; i++)
		__builtin_prefetch((const void *)((uintptr_t)w->of_form + v->form[i] * sizeof(*w->of_form))); /* it may be NULL */
	for (size_t i = 0; i < anchors; i++) {
		uint32_t token = w->anchors[i];
		if (around && w->kind == 0 && !leads_on(w, v, token))
			continue;
		if ((around || w->search_count == SEARCHES || !lex_is_current(w, token)) && !work_off(w, out))
			return lex_no_memory(h);
		if (around)
			lex_enter_around(w, v, token);
		else if (!lex_is_current(w, token)) {
			lex_enter_new(w, v, token);
			for (size_t k = i; k < anchors && lex_is_current(w, w->anchors[k]); k++)
				__builtin_prefetch(&w->trials[lex_form_at(w, w->anchors[k])->trials]);
		}
		if (w->no_memory || !search_at(w, token))
			return lex_no_memory(h);
		if ((++w->polls & 255) == 0 && h->cancelled(h))
			return AUR_E_CANCELLED;
	}
	if (!work_off(w, out))
		return lex_no_memory(h);
	if (around)
		lex_leave(w);
	settle(out);
	return AUR_OK;
}
