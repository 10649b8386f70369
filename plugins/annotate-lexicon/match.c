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

/* qsort for the few, without a comparison across a pointer */
static void sort_by_place(lex_candidate *c, size_t n)
{
	if (n > 24) {
		qsort(c, n, sizeof(*c), by_place);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		lex_candidate x = c[i];
		size_t j = i;
		for (; j > 0 && by_place(&x, &c[j - 1]) < 0; j--)
			c[j] = c[j - 1];
		c[j] = x;
	}
}

/* Adds the matches at one token, of the entries or of the exclusions. */
static bool match_token(lex_worker *w, const aur_view *v, uint32_t token, bool exclusions, lex_candidates *out)
{
	const lex_model *m = w->m;
	const lex_form *f = lex_form_at(w, v, token);
	uint32_t from = f->classes, count = f->count;
	for (uint32_t i = 0; i < count; i++) {
		const lex_class *c = &m->classes[w->pool[from + i]];
		for (uint32_t k = 0; k < c->anchor_count; k++) {
			lex_candidate x = { .pattern = c->anchors[k].pattern };
			const lex_pattern *p = &m->patterns[x.pattern];
			if ((p->label == UINT32_MAX) != exclusions || !lex_match(w, v, p, c->anchors[k].position, token, &x.first, &x.last, NULL))
				continue;
			if (!lex_grow(&out->v, &out->cap, out->count + 1, sizeof(*out->v)))
				return false;
			out->v[out->count++] = x;
		}
	}
	return !w->no_memory;
}

/* Sorts by place and drops the doubles. */
static void settle(lex_candidates *c)
{
	size_t k = 0;
	if (c->count < 2)
		return;
	sort_by_place(c->v, c->count);
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
static int by_worth(const lex_model *m, const lex_candidate *x, const lex_candidate *y)
{
	const lex_pattern *p = &m->patterns[x->pattern], *q = &m->patterns[y->pattern];
	uint32_t lx = x->last - x->first, ly = y->last - y->first;
	float wx = m->sources[p->source].weight, wy = m->sources[q->source].weight;
	if (p->theme != q->theme)
		return p->theme < q->theme ? -1 : 1;
	if (lx != ly)
		return lx > ly ? -1 : 1;
	if (wx > wy || wy > wx)
		return wx > wy ? -1 : 1;
	return by_place(x, y);
}

static void sift(const lex_model *m, lex_candidate *c, size_t at, size_t n)
{
	for (;;) {
		size_t child = 2 * at + 1;
		if (child + 1 < n && by_worth(m, &c[child + 1], &c[child]) > 0)
			child++;
		if (child >= n || by_worth(m, &c[child], &c[at]) <= 0)
			return;
		lex_candidate t = c[at];
		c[at] = c[child];
		c[child] = t;
		at = child;
	}
}

/* A heap sort, as qsort takes no context. */
static void sort_by_worth(const lex_model *m, lex_candidate *c, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sift(m, c, i, n);
	while (n > 1) {
		lex_candidate t = c[--n];
		c[n] = c[0];
		c[0] = t;
		sift(m, c, 0, n);
	}
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
	sort_by_worth(m, c, w->hits.count);
	for (size_t i = 0; i < w->hits.count; i++) {
		uint32_t t = m->patterns[c[i].pattern].theme;
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
		const lex_pattern *p = &m->patterns[c[i].pattern];
		light = (double)m->sources[p->source].weight < m->files[m->themes[p->theme].file].threshold;
	}
	if (!light)
		return;
	qsort(c, n, sizeof(*c), by_pattern);
	for (size_t f = 0; f < m->file_count; f++)
		w->sums[f] = 0;
	for (size_t i = 0; i < n; i++)
		if (i == 0 || c[i].pattern != c[i - 1].pattern)
			w->sums[m->themes[m->patterns[c[i].pattern].theme].file] += m->sources[m->patterns[c[i].pattern].source].weight;
	for (size_t i = 0; i < n; i++) {
		uint32_t f = m->themes[m->patterns[c[i].pattern].theme].file;
		if ((double)w->sums[f] >= m->files[f].threshold - 1e-4)
			c[k++] = c[i];
	}
	w->hits.count = k;
}

static aur_status hand_over(lex_worker *w, const aur_host *h, aur_hit_sink *o)
{
	const lex_model *m = w->m;
	sort_by_place(w->hits.v, w->hits.count);
	for (size_t i = 0; i < w->hits.count; i++) {
		const lex_candidate *c = &w->hits.v[i];
		const lex_pattern *p = &m->patterns[c->pattern];
		const lex_source *s = &m->sources[p->source];
		aur_hit hit = { .size = sizeof(hit), .label = p->label, .first_token = c->first, .last_token = c->last,
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
