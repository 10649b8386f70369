/* SPDX-License-Identifier: Apache-2.0 */
/* match.c - finds the hits of a contribution: candidates at the anchors, without those that an exclusion or a longer hit removes,
 * and without themes that stay under their threshold. */
#include "match.h"
#include "phrases.h"
#include <stdlib.h>
#include <string.h>

/* The number of a form is a hash of the patterns that it anchors: in two versions of a lexicon it differs only if
 * one of them changed. (Nothing compares versions in this way today.) */
static uint32_t number_of(lex_worker *w, const aur_form *f)
{
	uint64_t hash = 0;
	uint32_t bits = 0;
	if (!lex_classes_of(w, f)) {
		w->no_memory = true;
		return LEX_ANCHORS_ENTRY;
	}
	for (size_t i = 0; i < w->found_count; i++) {
		const lex_class *c = &w->m->classes[w->found[i]];
		hash += c->hash;
		bits |= (c->anchors_entry ? LEX_ANCHORS_ENTRY : 0u) | (c->anchors_exclusion ? LEX_ANCHORS_EXCLUSION : 0u);
	}
	return bits == 0 ? 0 : (uint32_t)lex_mix(hash) << 2 | bits;
}

uint32_t lex_classify(const aur_host *h, void *model, void *worker, const aur_form *f)
{
	lex_worker *w = worker;
	uint32_t number = number_of(w, f);
	(void)h;
	(void)model;
	if (!w->no_memory)
		lex_recall(w, f);
	return number;
}

/* The same number, and the sieve: a search at a form needs certain words beside it, unless it is of one word. */
static uint32_t classify_and_sieve(const aur_host *h, void *model, void *worker, const aur_form *f, aur_sieve *out)
{
	const lex_model *m = model;
	lex_worker *w = worker;
	uint32_t number = number_of(w, f);
	(void)h;
	*out = (aur_sieve){ .is = LEX_ANYTHING };
	if (w->no_memory || lex_is_light(f)) /* words touch across it */
		*out = (aur_sieve){ UINT64_MAX, UINT64_MAX, UINT64_MAX };
	for (size_t i = 0; i < w->found_count && !w->no_memory; i++) {
		const lex_tnode *t = &m->nodes[w->found[i]];
		out->is |= lex_bit(w->found[i]);
		out->left |= t->side[0];
		out->right |= t->side[1];
		for (uint32_t k = 0; k < t->count; k++) {
			const lex_anchor *a = &m->anchors[t->from + k];
			if (a->flags & LEX_EXCLUSION)
				continue;
			if (a->beside[0] & LEX_ANYTHING)
				out->right |= a->beside[1];
			else
				out->left |= a->beside[0];
		}
	}
	return number;
}

const aur_ext_sieve_v1 lex_sieve = { .size = sizeof(lex_sieve), .classify = classify_and_sieve };

enum {
	SEARCHES = 64,  /* tokens whose look-ups are put down at most before they are worked off */
	FEW_ANCHORS = 4, /* an anchor in so many words or more */
	FAR_OFF = 4 * LEX_FAR, /* tokens */
	LINE = 64, AUTOMATON = 3 * LINE, /* bytes: of a line of the cache; of most automata */
	POSITIONS = 8 /* of most of them */
};

static int by_place(const void *a, const void *b)
{
	const lex_candidate *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->last != y->last)
		return x->last < y->last ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Mostly they are sorted already.  qsort, or insertion sort for the few that a contribution mostly has. */
static inline void sort(lex_candidate *c, size_t n, int (*compare)(const void *, const void *))
{
	size_t sorted = 1;
	while (sorted < n && compare(&c[sorted - 1], &c[sorted]) <= 0)
		sorted++;
	if (sorted < n && n > 24) {
		qsort(c, n, sizeof(*c), compare);
		return;
	}
	for (size_t i = sorted; i < n; i++) {
		lex_candidate x = c[i];
		size_t j = i;
		for (; j > 0 && compare(&x, &c[j - 1]) < 0; j--)
			c[j] = c[j - 1];
		c[j] = x;
	}
}

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
	sort(c->v, c->count, by_place);
	for (size_t i = 0; i < c->count; i++)
		if (i == 0 || by_place(&c->v[i], &c->v[k - 1]) != 0)
			c->v[k++] = c->v[i];
	c->count = k;
}

bool lex_is_within(const lex_model *m, uint32_t theme, uint32_t scope)
{
	while (theme != UINT32_MAX && theme != scope)
		theme = m->themes[theme].parent;
	return theme == scope;
}

static bool stamps_ready(lex_worker *w, const aur_view *v)
{
	size_t had = w->stamp_cap;
	if (!lex_room(&w->stamps, &w->stamp_cap, v->token_count, sizeof(*w->stamps)))
		return false;
	memset(w->stamps + had, 0, (w->stamp_cap - had) * sizeof(*w->stamps));
	return true;
}

static void new_stamp(lex_worker *w)
{
	if (++w->stamp == 0) {
		memset(w->stamps, 0, w->stamp_cap * sizeof(*w->stamps));
		w->stamp = 1;
	}
}

static bool is_stamped(const lex_worker *w, const lex_candidate *c)
{
	for (uint32_t t = c->first; t <= c->last; t++)
		if (w->stamps[t] == w->stamp)
			return true;
	return false;
}

static void stamp(lex_worker *w, const lex_candidate *c)
{
	for (uint32_t t = c->first; t <= c->last; t++)
		w->stamps[t] = w->stamp;
}

/* Orders by theme, and within a theme by which of two overlapping hits is kept. */
static int by_worth(const void *a, const void *b)
{
	const lex_candidate *x = a, *y = b;
	uint32_t lx = x->last - x->first, ly = y->last - y->first;
	if (x->theme != y->theme)
		return x->theme < y->theme ? -1 : 1;
	if (lx != ly)
		return lx > ly ? -1 : 1;
	if (x->weight > y->weight || y->weight > x->weight)
		return x->weight > y->weight ? -1 : 1;
	return by_place(x, y);
}

bool lex_exclude(lex_worker *w, const aur_view *v)
{
	const lex_model *m = w->m;
	lex_candidates *x = &w->exclusions;
	if (!stamps_ready(w, v))
		return false;
	sort(x->v, x->count, by_worth); /* those of a theme together */
	for (size_t i = 0; i < x->count;) {
		uint32_t scope = x->v[i].theme;
		size_t k = 0;
		new_stamp(w);
		for (; i < x->count && x->v[i].theme == scope; i++)
			stamp(w, &x->v[i]);
		for (size_t j = 0; j < w->hits.count; j++)
			if (!lex_is_within(m, w->hits.v[j].theme, scope) || !is_stamped(w, &w->hits.v[j]))
				w->hits.v[k++] = w->hits.v[j];
		w->hits.count = k;
	}
	sort(x->v, x->count, by_place); /* as lex_find gave them */
	return true;
}

/* Do hits overlap of which not all may be kept?  They are sorted by position. */
static bool overlap(const lex_worker *w)
{
	const lex_candidate *c = w->hits.v;
	bool some = false;
	uint32_t next = 0; /* the first token behind the hits so far */
	for (size_t i = 0; i < w->hits.count && !some; i++) {
		some = c[i].first < next && !w->m->themes[c[i].theme].all;
		next = c[i].last >= next ? c[i].last + 1 : next;
	}
	return some;
}

bool lex_keep_longest(lex_worker *w, const aur_view *v)
{
	const lex_model *m = w->m;
	lex_candidate *c = w->hits.v;
	uint32_t theme = UINT32_MAX;
	size_t k = 0;
	if (!overlap(w))
		return true;
	if (!stamps_ready(w, v))
		return false;
	sort(c, w->hits.count, by_worth);
	for (size_t i = 0; i < w->hits.count; i++) {
		uint32_t t = c[i].theme;
		if (t != theme) {
			theme = t;
			new_stamp(w);
		}
		if (!m->themes[t].all) {
			if (is_stamped(w, &c[i]))
				continue;
			stamp(w, &c[i]);
		}
		c[k++] = c[i];
	}
	w->hits.count = k;
	return true;
}

static int by_pattern(const void *a, const void *b)
{
	const lex_candidate *x = a, *y = b;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

void lex_weigh(lex_worker *w)
{
	const lex_model *m = w->m;
	lex_candidate *c = w->hits.v;
	size_t n = w->hits.count, k = 0;
	bool light = false;
	for (size_t i = 0; i < n; i++)
		light |= (m->briefs[c[i].pattern].flags & AUR_HIT_LEANS) != 0;
	if (!light)
		return;
	qsort(c, n, sizeof(*c), by_pattern);
	for (size_t f = 0; f < m->file_count; f++)
		w->sums[f] = 0;
	for (size_t i = 0; i < n; i++)
		if ((i == 0 || c[i].pattern != c[i - 1].pattern) && m->briefs[c[i].pattern].polarity != AUR_NEGATED)
			w->sums[m->themes[c[i].theme].file] += c[i].weight;
	for (size_t i = 0; i < n; i++) {
		uint32_t f = m->themes[c[i].theme].file;
		bool denies = m->briefs[c[i].pattern].polarity == AUR_NEGATED; /* counts for itself alone */
		if ((double)(denies ? c[i].weight : w->sums[f]) >= m->files[f].threshold - 1e-4)
			c[k++] = c[i];
	}
	w->hits.count = k;
}

static aur_status hand_over(lex_worker *w, const aur_host *h, aur_hit_sink *o)
{
	const lex_model *m = w->m;
	aur_hit hit = { .size = sizeof(hit), .cue_first = AUR_NO_TOKEN, .cue_last = AUR_NO_TOKEN, .scope_first = AUR_NO_TOKEN,
		        .scope_last = AUR_NO_TOKEN };
	sort(w->hits.v, w->hits.count, by_place);
	for (size_t i = 0; i < w->hits.count; i++) {
		const lex_candidate *c = &w->hits.v[i];
		const lex_brief *s = &m->briefs[c->pattern];
		hit.label = s->label;
		hit.first_token = c->first;
		hit.last_token = c->last;
		hit.polarity = s->polarity;
		hit.flags = s->flags;
		hit.weight = s->weight;
		aur_status st = h->hit(h, o, &hit);
		if (st < 0)
			return st;
	}
	return AUR_OK;
}

/* Puts the tokens at which the search of entries begins into w->anchors, which has room for them; returns how many. */
static size_t entry_anchors(const lex_worker *w, const aur_view *v)
{
	size_t count = 0;
	for (uint32_t i = 0; i < v->token_count; i++) {
		w->anchors[count] = i;
		count += (v->number[i] & LEX_ANCHORS_ENTRY) != 0;
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
		sort(out->v, out->count, by_place); /* almost always it is: see phrases.c */
		if (st != AUR_E_UNSUPPORTED)
			return st;
	}
	for (uint32_t i = 0; i < n && !around; i++)
		__builtin_prefetch((const void *)((uintptr_t)w->of_form + v->form[i] * sizeof(*w->of_form))); /* it may be NULL */
	for (size_t i = 0; i < anchors; i++) {
		uint32_t token = w->anchors[i];
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

aur_status lex_annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	const lex_model *m = model;
	lex_worker *w = worker;
	aur_status st = lex_find(w, h, v, false, &w->hits);
	if (st != AUR_OK || w->hits.count == 0)
		return st;
	if (m->exclusion_count > 0) {
		if ((st = lex_find(w, h, v, true, &w->exclusions)) != AUR_OK)
			return st;
		if (w->exclusions.count > 0 && !lex_exclude(w, v))
			return lex_no_memory(h);
	}
	if (!lex_keep_longest(w, v))
		return lex_no_memory(h);
	lex_weigh(w);
	return hand_over(w, h, o);
}
