/* SPDX-License-Identifier: Apache-2.0 */
/* hits.c - from the matches of a contribution to its hits: those that no exclusion and no longer match removes, and whose themes reach their
 * threshold. */
#include "hits.h"
#include "search.h"
#include <stdlib.h>
#include <string.h>

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
	return lex_by_place(x, y);
}

bool lex_exclude(lex_worker *w, const aur_view *v)
{
	const lex_model *m = w->m;
	lex_candidates *x = &w->exclusions;
	if (!stamps_ready(w, v))
		return false;
	lex_sort(x->v, x->count, by_worth); /* those of a theme together */
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
	lex_sort(x->v, x->count, lex_by_place); /* as lex_find gave them */
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
	lex_sort(c, w->hits.count, by_worth);
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
	lex_sort(w->hits.v, w->hits.count, lex_by_place);
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
