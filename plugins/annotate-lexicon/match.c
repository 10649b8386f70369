/* SPDX-License-Identifier: Apache-2.0 */
/* match.c - a contribution -> its hits: candidates at the anchors, less the exclusions, less what a longer one covers, less the themes
 * that stay under their threshold. */
#include "lexicon.h"
#include <stdlib.h>
#include <string.h>

/* The number of a form is a hash of the patterns that it anchors, so that it is the same in two versions of a lexicon unless one of
 * those patterns changed: whoever changes a lexicon finds the contributions to see again by the forms whose number changed. */
uint32_t lex_classify(const aur_host *h, void *model, void *worker, const aur_form *f)
{
	const lex_model *m = model;
	lex_worker *w = worker;
	uint64_t hash = 0;
	uint32_t bits = 0;
	(void)h;
	if (!lex_classes_of(w, f)) {
		w->no_memory = true;
		return LEX_ANCHORS_ENTRY;
	}
	for (size_t i = 0; i < w->found_count; i++) {
		const lex_class *c = &m->classes[w->found[i]];
		hash += c->hash;
		bits |= (c->anchors_entry ? LEX_ANCHORS_ENTRY : 0u) | (c->anchors_exclusion ? LEX_ANCHORS_EXCLUSION : 0u);
	}
	return bits == 0 ? 0 : (uint32_t)lex_mix(hash) << 2 | bits;
}

static int by_place(const void *a, const void *b)
{
	const lex_candidate *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->last != y->last)
		return x->last < y->last ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* qsort, and for the few that a contribution mostly has, something shorter. */
static inline void sort(lex_candidate *c, size_t n, int (*compare)(const void *, const void *))
{
	if (n > 24) {
		qsort(c, n, sizeof(*c), compare);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		lex_candidate x = c[i];
		size_t j = i;
		for (; j > 0 && compare(&x, &c[j - 1]) < 0; j--)
			c[j] = c[j - 1];
		c[j] = x;
	}
}

typedef struct search {
	lex_worker *w;
	const aur_view *v;
	lex_candidates *out;
	uint32_t token; /* the anchor's */
	uint8_t exclusions; /* LEX_EXCLUSION or 0 */
} search;

static bool add(lex_candidates *out, lex_candidate x)
{
	if (out->count == out->cap && !lex_grow(&out->v, &out->cap, out->count + 1, sizeof(*out->v)))
		return false;
	out->v[out->count++] = x;
	return true;
}

/* The sentence of a token. */
static void find_sentence(lex_worker *w, const aur_view *v, uint32_t token)
{
	if (token >= w->from && token <= w->to)
		return;
	for (w->from = token; w->from > 0 && !(v->flags[w->from - 1] & AUR_TOK_SENTENCE_END);)
		w->from--;
	for (w->to = token; w->to + 1 < v->token_count && !(v->flags[w->to] & AUR_TOK_SENTENCE_END);)
		w->to++;
	if (++w->sentence == 0) {
		memset(w->searched, 0, w->m->pattern_count * sizeof(*w->searched));
		w->sentence = 1;
	}
}

/* A pattern whose anchors are not its pivots matches somewhere in the sentence of the anchor: adds its matches, once. */
static bool match_sentence(const search *s, const lex_anchor *a)
{
	lex_worker *w = s->w;
	const lex_pattern *p = &w->m->patterns[a->pattern];
	find_sentence(w, s->v, s->token);
	if (w->searched[a->pattern] == w->sentence)
		return true;
	w->searched[a->pattern] = w->sentence;
	for (uint32_t t = w->from; t <= w->to; t++)
		for (uint32_t i = 0; i < p->pivot_count; i++) {
			lex_candidate x = { a->pattern, t, t, a->theme, a->weight };
			if (lex_has_class(w, lex_form_at(w, s->v, t), p->aut.cls[p->pivots[i]]) &&
			    lex_match(w, s->v, p, p->pivots[i], t, &x.first, &x.last, NULL) && !add(s->out, x))
				return false;
		}
	return true;
}

/* Adds the patterns that are complete at a node; the words from `first` to `last` led to it. */
static bool add_matches(const search *s, lex_tnode t, uint32_t first, uint32_t last)
{
	const lex_model *m = s->w->m;
	for (uint32_t i = 0; i < t.count; i++) {
		const lex_anchor *a = &m->anchors[t.from + i];
		lex_candidate x = { a->pattern, first, last, a->theme, a->weight };
		if ((a->flags & LEX_EXCLUSION) != s->exclusions)
			continue;
		if (a->flags & LEX_LONGER) {
			const lex_pattern *p = &m->patterns[a->pattern];
			if (!lex_match(s->w, s->v, p, a->position, s->token, &x.first, &x.last, NULL))
				continue;
			if (p->pivot_count > 0) {
				if (!match_sentence(s, a))
					return false;
				continue;
			}
		}
		if (!add(s->out, x))
			return false;
	}
	return true;
}

/* Goes on from a node of the tree of chains to both sides.  As deep as a pattern has words. */
static bool grow_match(const search *s, uint32_t node, lex_tnode t, uint32_t first, uint32_t last)
{
	const lex_model *m = s->w->m;
	if (t.count > 0 && !add_matches(s, t, first, last))
		return false;
	for (unsigned right = 0; right < 2; right++) {
		if (!(right ? t.right : t.left))
			continue;
		uint32_t beside = lex_beside(s->w, s->v, right ? last : first, right);
		if (beside == UINT32_MAX)
			continue;
		lex_form f = lex_form_at(s->w, s->v, beside);
		for (uint32_t i = 0; i < f.count; i++) {
			uint64_t key = lex_way_key(node, right, lex_class_at(s->w, f, i));
			uint64_t hash = lex_way_hash(key), bits = lex_sieve_bits(hash);
			if ((m->sieve[hash & (m->sieve_cap - 1)] & bits) != bits)
				continue;
			size_t slot = (size_t)hash & (m->way_cap - 1);
			while (m->ways[slot].key != 0 && m->ways[slot].key != key)
				slot = (slot + 1) & (m->way_cap - 1);
			const lex_way *way = &m->ways[slot];
			if (way->key == key && !grow_match(s, way->to, way->node, right ? first : beside, right ? beside : last))
				return false;
		}
	}
	return true;
}

/* Adds the matches at one token, of the entries or of the exclusions. */
static bool match_token(lex_worker *w, const aur_view *v, uint32_t token, bool exclusions, lex_candidates *out)
{
	const search s = { w, v, out, token, exclusions ? LEX_EXCLUSION : 0 };
	lex_form f = lex_form_at(w, v, token);
	for (uint32_t i = 0; i < f.count; i++) {
		uint32_t cls = lex_class_at(w, f, i);
		if (!grow_match(&s, cls, w->m->nodes[cls], token, token))
			return false;
	}
	return !w->no_memory;
}

/* Sorts by place and drops the doubles. */
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
	if (!lex_grow(&w->stamps, &w->stamp_cap, v->token_count, sizeof(*w->stamps)))
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

bool lex_exclude(lex_worker *w, const aur_view *v)
{
	const lex_model *m = w->m;
	const lex_candidates *x = &w->exclusions;
	if (!stamps_ready(w, v))
		return false;
	for (size_t i = 0; i < x->count; i++) {
		uint32_t scope = m->patterns[x->v[i].pattern].theme;
		size_t j = 0, k = 0;
		while (m->patterns[x->v[j].pattern].theme != scope)
			j++;
		if (j < i)
			continue; /* this scope is done */
		new_stamp(w);
		for (; j < x->count; j++)
			if (m->patterns[x->v[j].pattern].theme == scope)
				stamp(w, &x->v[j]);
		for (j = 0; j < w->hits.count; j++)
			if (!lex_is_within(m, m->patterns[w->hits.v[j].pattern].theme, scope) || !is_stamped(w, &w->hits.v[j]))
				w->hits.v[k++] = w->hits.v[j];
		w->hits.count = k;
	}
	return true;
}

/* Which of two overlapping hits of a theme is kept? */
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

bool lex_keep_longest(lex_worker *w, const aur_view *v)
{
	const lex_model *m = w->m;
	lex_candidate *c = w->hits.v;
	uint32_t theme = UINT32_MAX;
	size_t k = 0;
	if (w->hits.count < 2)
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
	for (size_t i = 0; i < n && !light; i++) {
		light = (double)c[i].weight < m->files[m->themes[c[i].theme].file].threshold;
	}
	if (!light)
		return;
	qsort(c, n, sizeof(*c), by_pattern);
	for (size_t f = 0; f < m->file_count; f++)
		w->sums[f] = 0;
	for (size_t i = 0; i < n; i++)
		if (i == 0 || c[i].pattern != c[i - 1].pattern)
			w->sums[m->themes[c[i].theme].file] += c[i].weight;
	for (size_t i = 0; i < n; i++) {
		uint32_t f = m->themes[c[i].theme].file;
		if ((double)w->sums[f] >= m->files[f].threshold - 1e-4)
			c[k++] = c[i];
	}
	w->hits.count = k;
}

static aur_status hand_over(lex_worker *w, const aur_host *h, aur_hit_sink *o)
{
	const lex_model *m = w->m;
	sort(w->hits.v, w->hits.count, by_place);
	for (size_t i = 0; i < w->hits.count; i++) {
		const lex_candidate *c = &w->hits.v[i];
		const lex_brief *s = &m->briefs[c->pattern];
		aur_hit hit = { .size = sizeof(hit), .label = s->label, .first_token = c->first, .last_token = c->last,
			        .polarity = s->polarity > 0 ? s->polarity : AUR_ASSERTED, .flags = s->polarity >= 0 ? AUR_HIT_FIXED_POLARITY : 0,
			        .weight = s->weight, .cue_first = AUR_NO_TOKEN, .cue_last = AUR_NO_TOKEN, .scope_first = AUR_NO_TOKEN,
			        .scope_last = AUR_NO_TOKEN };
		aur_status st = h->hit(h, o, &hit);
		if (st < 0)
			return st;
	}
	return AUR_OK;
}

aur_status lex_find(lex_worker *w, const aur_host *h, const aur_view *v, bool exclusions, lex_candidates *out)
{
	const uint32_t *number = v->number, bit = exclusions ? LEX_ANCHORS_EXCLUSION : LEX_ANCHORS_ENTRY, n = v->token_count;
	out->count = 0;
	w->from = 1; /* no sentence is known */
	w->to = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (!(number[i] & bit))
			continue;
		if (!match_token(w, v, i, exclusions, out))
			return lex_no_memory(h);
		if ((++w->polls & 255) == 0 && h->cancelled(h))
			return AUR_E_CANCELLED;
	}
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
