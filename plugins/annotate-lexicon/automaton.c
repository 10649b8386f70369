/* SPDX-License-Identifier: Apache-2.0 */
/* automaton.c - makes the automaton of a pattern from its tree.  Glushkov's construction: a position per word of the pattern, and
 * an edge from each word to those that may follow it, with the number of words that may be between. */
#include "automaton.h"
#include <stdlib.h>
#include <string.h>

/* A position, and how many words may be beside it on the outer side. */
typedef struct frontier {
	uint16_t at;
	uint32_t min, max;
} frontier;
typedef struct positions {
	frontier *v;
	uint32_t count, cap;
} positions;

struct lex_builder {
	lex_model *m;
	lex_arena *tmp;
	uint32_t cls[LEX_MAX_POSITIONS];
	uint32_t count;
	struct {
		uint16_t from, to;
		uint32_t min, max;
	} *edges;
	size_t edge_count, edge_cap;
	bool too_big, no_memory;
};

/* A part of a pattern: the positions where it may begin and end, and whether it may be empty. */
typedef struct fragment {
	positions first, last;
	bool empty;
	uint32_t min, max; /* words that it steps over if it is empty */
	lex_cut anchors;
} fragment;

static void add_position(lex_builder *b, positions *p, uint16_t at, uint32_t min, uint32_t max)
{
	if (p->count == p->cap) {
		uint32_t cap = p->cap ? p->cap * 2 : 4;
		frontier *v = lex_array(b->tmp, cap, sizeof(*v));
		if (v == NULL) {
			b->no_memory = true;
			return;
		}
		if (p->count > 0)
			memcpy(v, p->v, p->count * sizeof(*v));
		p->v = v;
		p->cap = cap;
	}
	p->v[p->count++] = (frontier){ at, min, max };
}

static void add_edge(lex_builder *b, uint16_t from, uint16_t to, uint32_t min, uint32_t max)
{
	for (size_t i = b->edge_count; i-- > 0 && b->edge_count - i < 64;)
		if (b->edges[i].from == from && b->edges[i].to == to) {
			b->edges[i].min = min < b->edges[i].min ? min : b->edges[i].min;
			b->edges[i].max = max > b->edges[i].max ? max : b->edges[i].max;
			return;
		}
	if (b->edge_count >= LEX_MAX_EDGES) {
		b->too_big = true;
		return;
	}
	if (!lex_grow(&b->edges, &b->edge_cap, b->edge_count + 1, sizeof(*b->edges))) {
		b->no_memory = true;
		return;
	}
	b->edges[b->edge_count].from = from;
	b->edges[b->edge_count].to = to;
	b->edges[b->edge_count].min = min;
	b->edges[b->edge_count++].max = max;
}

static fragment fragment_of(lex_builder *b, const lex_node *x);

static void cut_either(lex_cut *f, const lex_cut *g)
{
	if (g->cost < f->cost)
		*f = *g;
}

static void cut_both(lex_builder *b, lex_cut *f, const lex_cut *g)
{
	if (f->cost == UINT64_MAX || g->cost == UINT64_MAX) {
		*f = (lex_cut){ .cost = UINT64_MAX };
		return;
	}
	uint32_t n = f->count + g->count;
	uint16_t *all = lex_array(b->tmp, n, sizeof(*all));
	if (all == NULL) {
		b->no_memory = true;
		return;
	}
	memcpy(all, f->v, f->count * sizeof(*all));
	memcpy(all + f->count, g->v, g->count * sizeof(*all));
	*f = (lex_cut){ all, n, f->cost + g->cost };
}

static void cut_one(lex_builder *b, lex_cut *f, uint16_t at, uint64_t cost)
{
	uint16_t *v = lex_alloc(b->tmp, sizeof(*v));
	*f = (lex_cut){ .cost = UINT64_MAX };
	if (v == NULL) {
		b->no_memory = true;
		return;
	}
	*v = at;
	*f = (lex_cut){ v, 1, cost };
}

/* Makes `f` the sequence of `f` and `g`. */
static void append(lex_builder *b, fragment *f, const fragment *g)
{
	for (uint32_t i = 0; i < f->last.count; i++)
		for (uint32_t j = 0; j < g->first.count; j++)
			add_edge(b, f->last.v[i].at, g->first.v[j].at, f->last.v[i].min + g->first.v[j].min,
			         f->last.v[i].max + g->first.v[j].max);
	if (f->empty)
		for (uint32_t j = 0; j < g->first.count; j++)
			add_position(b, &f->first, g->first.v[j].at, f->min + g->first.v[j].min, f->max + g->first.v[j].max);
	positions last = { 0 };
	for (uint32_t j = 0; j < g->last.count; j++)
		add_position(b, &last, g->last.v[j].at, g->last.v[j].min, g->last.v[j].max);
	if (g->empty)
		for (uint32_t i = 0; i < f->last.count; i++)
			add_position(b, &last, f->last.v[i].at, f->last.v[i].min + g->min, f->last.v[i].max + g->max);
	f->last = last;
	f->empty = f->empty && g->empty;
	f->min += g->min;
	f->max += g->max;
	cut_either(&f->anchors, &g->anchors);
}

/* Makes `f` the choice between `f` and `g`. */
static void choose(lex_builder *b, fragment *f, const fragment *g)
{
	for (uint32_t j = 0; j < g->first.count; j++)
		add_position(b, &f->first, g->first.v[j].at, g->first.v[j].min, g->first.v[j].max);
	for (uint32_t j = 0; j < g->last.count; j++)
		add_position(b, &f->last, g->last.v[j].at, g->last.v[j].min, g->last.v[j].max);
	if (g->empty) {
		f->min = f->empty && f->min < g->min ? f->min : g->min;
		f->max = f->empty && f->max > g->max ? f->max : g->max;
		f->empty = true;
	}
	cut_both(b, &f->anchors, &g->anchors);
}

static const fragment nothing = { .empty = true, .anchors.cost = UINT64_MAX };

/* Adds each order of the sides that remain to `out`; so_far: the sides chosen. */
static void permute(lex_builder *b, const lex_node *x, uint32_t used, fragment *so_far, uint32_t depth, fragment *out, bool *any)
{
	if (depth == x->child_count) {
		if (*any)
			choose(b, out, so_far);
		else
			*out = *so_far;
		*any = true;
		return;
	}
	for (uint32_t i = 0; i < x->child_count && !b->too_big && !b->no_memory; i++) {
		if (used & 1u << i)
			continue;
		fragment f = { 0 };
		fragment gap = nothing;
		gap.max = x->max;
		/* A side gets new positions after each different beginning, as what may follow differs; orders with
		 * the same beginning share its positions. */
		fragment side = fragment_of(b, x->children[i]);
		f = *so_far;
		if (depth > 0)
			append(b, &f, &gap);
		append(b, &f, &side);
		permute(b, x, used | 1u << i, &f, depth + 1, out, any);
	}
}

static fragment fragment_of(lex_builder *b, const lex_node *x)
{
	fragment f = nothing;
	if (b->too_big || b->no_memory)
		return f;
	switch (x->kind) {
	case LEX_N_WORD: {
		if (b->count == LEX_MAX_POSITIONS) {
			b->too_big = true;
			return f;
		}
		uint16_t at = (uint16_t)b->count;
		const lex_class *c = &b->m->classes[x->cls - 1];
		b->cls[b->count++] = x->cls - 1;
		add_position(b, &f.first, at, 0, 0);
		add_position(b, &f.last, at, 0, 0);
		f.empty = false;
		cut_one(b, &f.anchors, at, c->frequency);
		return f;
	}
	case LEX_N_GAP:
		f.min = x->min;
		f.max = x->max;
		return f;
	case LEX_N_SEQ:
		for (uint32_t i = 0; i < x->child_count; i++) {
			fragment g = fragment_of(b, x->children[i]);
			append(b, &f, &g);
		}
		return f;
	case LEX_N_ALT:
		f = fragment_of(b, x->children[0]);
		for (uint32_t i = 1; i < x->child_count; i++) {
			fragment g = fragment_of(b, x->children[i]);
			choose(b, &f, &g);
		}
		return f;
	case LEX_N_OPT:
		f = fragment_of(b, x->children[0]);
		f.min = 0;
		f.max = f.empty ? f.max : 0;
		f.empty = true;
		f.anchors = (lex_cut){ .cost = UINT64_MAX };
		return f;
	case LEX_N_ANY_ORDER: {
		fragment from = nothing;
		bool any = false;
		permute(b, x, 0, &from, 0, &f, &any);
		return f;
	}
	}
	return f;
}

/* ---- into the model ---- */

static int by_to(const void *a, const void *b)
{
	const lex_edge *x = a, *y = b;
	return (x->to > y->to) - (x->to < y->to);
}

static int by_to_down(const void *a, const void *b)
{
	return by_to(b, a);
}

static const lex_edge *keep_edges(lex_model *m, const positions *p, uint16_t *count, bool down)
{
	lex_edge *e = lex_array(&m->arena, p->count, sizeof(*e));
	if (e == NULL)
		return NULL;
	for (uint32_t i = 0; i < p->count; i++)
		e[i] = (lex_edge){ p->v[i].at, lex_clip(p->v[i].min), lex_clip(p->v[i].max) };
	qsort(e, p->count, sizeof(*e), down ? by_to_down : by_to);
	*count = (uint16_t)p->count;
	return e;
}

static bool finish(lex_builder *b, const fragment *f, lex_auto *out)
{
	lex_model *m = b->m;
	uint32_t n = b->count;
	uint32_t *cls = lex_array(&m->arena, n, sizeof(*cls));
	uint32_t *fwd_at = lex_array(&m->arena, n + 1, sizeof(*fwd_at)), *bwd_at = lex_array(&m->arena, n + 1, sizeof(*bwd_at));
	lex_edge *fwd = lex_array(&m->arena, b->edge_count, sizeof(*fwd)), *bwd = lex_array(&m->arena, b->edge_count, sizeof(*bwd));
	uint8_t *is_start = lex_array(&m->arena, n, 1), *is_end = lex_array(&m->arena, n, 1);
	if (cls == NULL || fwd_at == NULL || bwd_at == NULL || fwd == NULL || bwd == NULL || is_start == NULL || is_end == NULL)
		return false;
	memcpy(cls, b->cls, n * sizeof(*cls));
	for (size_t i = 0; i < b->edge_count; i++) {
		fwd_at[b->edges[i].from + 1]++;
		bwd_at[b->edges[i].to + 1]++;
	}
	for (uint32_t i = 0; i < n; i++) {
		fwd_at[i + 1] += fwd_at[i];
		bwd_at[i + 1] += bwd_at[i];
	}
	uint32_t nf[LEX_MAX_POSITIONS] = { 0 }, nb[LEX_MAX_POSITIONS] = { 0 };
	bool chain = b->edge_count + 1 == n && f->first.count == 1 && f->last.count == 1 && f->first.v[0].at == 0 && f->last.v[0].at == n - 1;
	for (size_t i = 0; i < b->edge_count; i++) {
		uint16_t from = b->edges[i].from, to = b->edges[i].to;
		uint8_t min = lex_clip(b->edges[i].min), max = lex_clip(b->edges[i].max);
		fwd[fwd_at[from] + nf[from]++] = (lex_edge){ to, min, max };
		bwd[bwd_at[to] + nb[to]++] = (lex_edge){ from, min, max };
		/* the tree of chains goes from word to word, and comes to no sign between two */
		chain = chain && to == from + 1 && max == 0 && !m->classes[cls[from]].light && !m->classes[cls[to]].light;
	}
	for (uint32_t i = 0; i < n; i++) {
		qsort(fwd + fwd_at[i], fwd_at[i + 1] - fwd_at[i], sizeof(*fwd), by_to);
		qsort(bwd + bwd_at[i], bwd_at[i + 1] - bwd_at[i], sizeof(*bwd), by_to_down);
	}
	for (uint32_t i = 0; i < f->first.count; i++)
		is_start[f->first.v[i].at] = 1;
	for (uint32_t i = 0; i < f->last.count; i++)
		is_end[f->last.v[i].at] = 1;
	*out = (lex_auto){ .count = (uint16_t)n, .chain = chain, .cls = cls, .fwd_at = fwd_at, .bwd_at = bwd_at, .fwd = fwd, .bwd = bwd,
		           .is_start = is_start, .is_end = is_end };
	out->starts = keep_edges(m, &f->first, &out->start_count, false);
	out->ends = keep_edges(m, &f->last, &out->end_count, true);
	return !m->arena.failed;
}

static int by_position(const void *a, const void *b)
{
	uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
	return (x > y) - (x < y);
}

/* Sorts, and removes duplicates, which come from orders of an any-order with the same beginning. */
static uint32_t different(uint16_t *v, uint32_t n)
{
	uint32_t k = 0;
	if (n > 1)
		qsort(v, n, sizeof(*v), by_position);
	for (uint32_t i = 0; i < n; i++)
		if (k == 0 || v[i] != v[k - 1])
			v[k++] = v[i];
	return k;
}

lex_builder *lex_builder_new(lex_model *m, lex_arena *tmp)
{
	lex_builder *b = malloc(sizeof(*b));
	if (b != NULL)
		*b = (lex_builder){ .m = m, .tmp = tmp };
	return b;
}

void lex_builder_free(lex_builder *b)
{
	if (b != NULL)
		free(b->edges);
	free(b);
}

aur_status lex_automaton(lex_builder *b, const lex_node *body, lex_auto *out, lex_cut *anchors)
{
	b->count = 0;
	b->edge_count = 0;
	b->too_big = b->no_memory = false;
	fragment f = fragment_of(b, body);
	if (b->too_big)
		return AUR_E_CONFIG;
	if (b->no_memory || !finish(b, &f, out))
		return AUR_E_NOMEM;
	*anchors = f.anchors;
	anchors->count = different(anchors->v, anchors->count);
	return AUR_OK;
}

uint64_t lex_automaton_hash(const lex_model *m, const lex_auto *a, uint64_t h)
{
	h = lex_mix(h + a->count);
	for (uint32_t i = 0; i < a->count; i++) {
		h = lex_mix(h ^ m->classes[a->cls[i]].content);
		for (uint32_t e = a->fwd_at[i]; e < a->fwd_at[i + 1]; e++)
			h = lex_mix(h + ((uint64_t)a->fwd[e].to << 16 | (uint64_t)a->fwd[e].min << 8 | a->fwd[e].max));
		h = lex_mix(h + a->is_start[i] * 2u + a->is_end[i]);
	}
	for (uint32_t i = 0; i < a->start_count; i++)
		h = lex_mix(h + ((uint64_t)a->starts[i].to << 16 | (uint64_t)a->starts[i].min << 8 | a->starts[i].max));
	for (uint32_t i = 0; i < a->end_count; i++)
		h = lex_mix(h + ((uint64_t)a->ends[i].to << 16 | (uint64_t)a->ends[i].min << 8 | a->ends[i].max));
	return h;
}
