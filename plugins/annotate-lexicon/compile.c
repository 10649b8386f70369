/* SPDX-License-Identifier: Apache-2.0 */
/* compile.c - trees -> automata, and the choice of their anchors.  Glushkov's construction: a position per word of the pattern, an
 * edge from each word to those that may follow, with how many words may stand between. */
#include "atoms.h"
#include "needs.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A position and the words that may stand beside it. */
typedef struct frontier {
	uint16_t at;
	uint32_t min, max;
} frontier;
typedef struct positions {
	frontier *v;
	uint32_t count, cap;
} positions;

typedef struct build {
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
} build;

/* A set of positions one of which every way through a part meets: the cheapest one.  Two of them are kept.  What a match is hangs on
 * the pivots: of all the ways through a pattern, the one that begins at a pivot and takes what is near.  Where a search begins are
 * the anchors: the words that are rarest in French, so that most contributions have none.  So a better guess at what is rare
 * changes the speed, and no hit. */
typedef struct cut {
	uint16_t *v;
	uint32_t count;
	uint64_t cost; /* UINT64_MAX: there is none */
} cut;

/* A part of a pattern: where it may begin and end, and whether it may be empty. */
typedef struct fragment {
	positions first, last;
	bool empty;
	uint32_t min, max; /* words that its empty way steps over */
	cut pivots, anchors;
} fragment;

static void add_position(build *b, positions *p, uint16_t at, uint32_t min, uint32_t max)
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

static void add_edge(build *b, uint16_t from, uint16_t to, uint32_t min, uint32_t max)
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

static fragment fragment_of(build *b, const lex_node *x);

static void cut_either(cut *f, const cut *g)
{
	if (g->cost < f->cost)
		*f = *g;
}

static void cut_both(build *b, cut *f, const cut *g)
{
	if (f->cost == UINT64_MAX || g->cost == UINT64_MAX) {
		*f = (cut){ .cost = UINT64_MAX };
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
	*f = (cut){ all, n, f->cost + g->cost };
}

static void cut_one(build *b, cut *f, uint16_t at, uint64_t cost)
{
	uint16_t *v = lex_alloc(b->tmp, sizeof(*v));
	*f = (cut){ .cost = UINT64_MAX };
	if (v == NULL) {
		b->no_memory = true;
		return;
	}
	*v = at;
	*f = (cut){ v, 1, cost };
}

/* `f` goes on with `g`. */
static void append(build *b, fragment *f, const fragment *g)
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
	cut_either(&f->pivots, &g->pivots);
	cut_either(&f->anchors, &g->anchors);
}

/* `f` or else `g`. */
static void choose(build *b, fragment *f, const fragment *g)
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
	cut_both(b, &f->pivots, &g->pivots);
	cut_both(b, &f->anchors, &g->anchors);
}

static const fragment nothing = { .empty = true, .pivots.cost = UINT64_MAX, .anchors.cost = UINT64_MAX };

/* The sides of an any-order in each of their orders. */
static void permute(build *b, const lex_node *x, uint32_t used, fragment *so_far, uint32_t depth, fragment *out, bool *any)
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
		/* each order has positions of its own, back to the first side: fragments cannot be shared */
		fragment side = fragment_of(b, x->children[i]);
		f = *so_far;
		if (depth > 0)
			append(b, &f, &gap);
		append(b, &f, &side);
		permute(b, x, used | 1u << i, &f, depth + 1, out, any);
	}
}

static fragment fragment_of(build *b, const lex_node *x)
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
		cut_one(b, &f.pivots, at, (uint64_t)c->cost * (1 + c->uses));
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
		f.pivots = f.anchors = (cut){ .cost = UINT64_MAX };
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

static uint8_t clip(uint32_t n)
{
	return (uint8_t)(n < 255 ? n : 255);
}

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
		e[i] = (lex_edge){ p->v[i].at, clip(p->v[i].min), clip(p->v[i].max) };
	qsort(e, p->count, sizeof(*e), down ? by_to_down : by_to);
	*count = (uint16_t)p->count;
	return e;
}

static bool finish(build *b, const fragment *f, lex_auto *out)
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
		uint8_t min = clip(b->edges[i].min), max = clip(b->edges[i].max);
		fwd[fwd_at[from] + nf[from]++] = (lex_edge){ to, min, max };
		bwd[bwd_at[to] + nb[to]++] = (lex_edge){ from, min, max };
		chain = chain && to == from + 1 && max == 0;
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

static uint64_t auto_hash(const lex_model *m, const lex_auto *a, uint64_t h)
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

/* All that the hits of a pattern depend on, except the version of its lexicon: a pattern that did not change has the same number
 * in the next version, and so have the forms that anchor it (see lex_classify). */
static uint64_t pattern_hash(const lex_model *m, lex_pattern *p, const lex_source *s)
{
	const lex_theme *t = &m->themes[s->theme];
	const lex_file *f = &m->files[t->file];
	uint64_t h = lex_hash(f->id, strlen(f->id), 11);
	uint64_t numbers[4] = { (uint64_t)(f->threshold * 1e6), (uint64_t)((double)s->weight * 1e6), (uint64_t)(s->polarity + 1),
		                (uint64_t)(s->exclude | t->all << 1) };
	h = lex_hash(t->code, strlen(t->code), h);
	h = lex_hash(s->name, strlen(s->name), h);
	for (size_t i = 0; i < 4; i++)
		h = lex_mix(h + numbers[i]);
	p->content = auto_hash(m, &p->aut, 0);
	for (uint32_t i = 0; i < p->context_count; i++) {
		const lex_context *c = &p->contexts[i];
		p->content = lex_mix(p->content + ((uint64_t)c->where << 24 | (uint64_t)c->forbidden << 16 | (uint64_t)c->min << 8 | c->max));
		p->content = auto_hash(m, &c->aut, p->content);
	}
	h = lex_mix(h + p->content);
	for (uint32_t i = 0; i < p->pivot_count; i++)
		h = lex_mix(h + p->pivots[i]);
	return h;
}

/* ---- sources -> patterns ---- */

static bool intern_classes(lex_model *m, lex_interner *in, lex_node *x)
{
	if (x->kind == LEX_N_WORD) {
		uint32_t c;
		if (x->cls == 0) {
			if (!lex_class_of(m, in, x, &c))
				return false;
			x->cls = c + 1;
		}
		m->classes[x->cls - 1].uses++;
		return true;
	}
	for (uint32_t i = 0; i < x->child_count; i++)
		if (!intern_classes(m, in, x->children[i]))
			return false;
	return true;
}

static aur_status too_big(lex_model *m, const lex_source *s)
{
	char msg[300];
	snprintf(msg, sizeof(msg), _("this pattern has more than %d words once its choices are written out: split it into several lines"),
	         LEX_MAX_POSITIONS);
	aur_status st = lex_fault_at(m, m->files[m->themes[s->theme].file].path, s->line, s->column, msg);
	return st == AUR_OK ? AUR_E_CONFIG : st;
}

static aur_status compile_tree(build *b, const lex_source *s, const lex_node *body, lex_auto *out, fragment *f)
{
	b->count = 0;
	b->edge_count = 0;
	b->too_big = b->no_memory = false;
	*f = fragment_of(b, body);
	if (b->too_big)
		return too_big(b->m, s);
	return b->no_memory || !finish(b, f, out) ? lex_no_memory(b->m->host) : AUR_OK;
}

static int by_position(const void *a, const void *b)
{
	uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
	return (x > y) - (x < y);
}

/* Sorts, and drops the doubles: orders of an any-order share positions. */
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

static bool keep_pivots(lex_model *m, lex_pattern *p, const cut *pivots, const cut *anchors)
{
	if (p->aut.chain || pivots->count == 0 || (pivots->count == anchors->count && memcmp(pivots->v, anchors->v, anchors->count * sizeof(*anchors->v)) == 0))
		return true;
	uint16_t *v = lex_array(&m->arena, pivots->count, sizeof(*v));
	if (v == NULL)
		return false;
	memcpy(v, pivots->v, pivots->count * sizeof(*v));
	p->pivots = v;
	for (uint32_t i = 0; i < pivots->count; i++)
		p->pivot_bits |= lex_bit(p->aut.cls[v[i]]);
	p->pivot_count = pivots->count;
	return true;
}

/* The words that may stand beside a position, where one must touch it. */
static uint64_t touching(const lex_auto *a, uint32_t position, bool right)
{
	const uint32_t *at = right ? a->fwd_at : a->bwd_at;
	const lex_edge *edges = right ? a->fwd : a->bwd;
	uint64_t bits = 0;
	if ((right ? a->is_end : a->is_start)[position])
		return LEX_ANYTHING;
	for (uint32_t i = at[position]; i < at[position + 1]; i++) {
		if (edges[i].max > 0)
			return LEX_ANYTHING;
		bits |= lex_bit(a->cls[edges[i].to]);
	}
	return bits;
}

typedef struct anchoring {
	uint32_t cls, node;
	lex_anchor anchor;
} anchoring;

static lex_way *way_slot(lex_way *ways, size_t cap, uint64_t key)
{
	size_t i = (size_t)lex_way_hash(key) & (cap - 1);
	while (ways[i].key != 0 && ways[i].key != key)
		i = (i + 1) & (cap - 1);
	return &ways[i];
}

/* The node behind another one, made where there is none. */
static bool go(lex_model *m, uint32_t *node, bool right, uint32_t cls)
{
	uint64_t key = lex_way_key(*node, right, cls);
	if ((m->way_count + 1) * 2 > m->way_cap) {
		size_t cap = m->way_cap ? m->way_cap * 2 : 64;
		lex_way *ways = calloc(cap, sizeof(*ways));
		if (ways == NULL)
			return false;
		for (size_t i = 0; i < m->way_cap; i++)
			if (m->ways[i].key != 0)
				*way_slot(ways, cap, m->ways[i].key) = m->ways[i];
		free(m->ways);
		m->ways = ways;
		m->way_cap = cap;
	}
	lex_way *w = way_slot(m->ways, m->way_cap, key);
	m->nodes[*node].side[right] |= lex_bit(cls);
	if (w->key == 0) {
		m->nodes[*node].kid_count[right]++;
		if (m->node_count >= INT32_MAX || !lex_grow(&m->nodes, &m->node_cap, m->node_count + 1, sizeof(*m->nodes)))
			return false;
		m->nodes[m->node_count] = (lex_tnode){ 0 };
		*w = (lex_way){ .key = key, .to = (uint32_t)m->node_count++ };
		m->way_count++;
	}
	*node = w->to;
	return true;
}

/* The way of a chain from its anchor to its node. */
static bool find_node(lex_model *m, const lex_auto *a, uint32_t at, uint32_t *node)
{
	*node = a->cls[at];
	if (!a->chain || a->count < 2)
		return true;
	const lex_class *c = m->classes;
	uint32_t left = at, right = at, last = a->count - 1u;
	if (at > 0 && (at == last || c[a->cls[at - 1]].frequency < c[a->cls[at + 1]].frequency) && !go(m, node, false, a->cls[--left]))
		return false;
	while (right < last)
		if (!go(m, node, true, a->cls[++right]))
			return false;
	while (left > 0)
		if (!go(m, node, false, a->cls[--left]))
			return false;
	return true;
}

/* Puts each anchor where a token that has its class will look. */
static bool place_anchors(lex_model *m, anchoring *v, size_t n)
{
	m->anchors = lex_array(&m->arena, n, sizeof(*m->anchors));
	m->every_anchor = lex_array(&m->arena, n, sizeof(*m->every_anchor));
	if (m->anchors == NULL || m->every_anchor == NULL || !lex_grow(&m->nodes, &m->node_cap, m->class_count + 1, sizeof(*m->nodes)))
		return false;
	memset(m->nodes, 0, m->class_count * sizeof(*m->nodes));
	m->node_count = m->class_count;
	for (size_t i = 0; i < n; i++) {
		if (!find_node(m, &m->patterns[v[i].anchor.pattern].aut, v[i].anchor.position, &v[i].node))
			return false;
		m->nodes[v[i].node].count++;
		m->classes[v[i].cls].anchor_count++;
	}
	for (size_t k = 0, at = 0; k < m->node_count; k++) {
		m->nodes[k].from = (uint32_t)at;
		at += m->nodes[k].count;
		m->nodes[k].count = 0;
	}
	for (size_t c = 0, at = 0; c < m->class_count; c++) {
		m->classes[c].anchor_from = (uint32_t)at;
		at += m->classes[c].anchor_count;
		m->classes[c].anchor_count = 0;
	}
	for (size_t i = 0; i < n; i++) {
		lex_tnode *t = &m->nodes[v[i].node];
		lex_class *c = &m->classes[v[i].cls];
		const lex_pattern *p = &m->patterns[v[i].anchor.pattern];
		m->anchors[t->from + t->count++] = v[i].anchor;
		m->every_anchor[c->anchor_from + c->anchor_count++] = v[i].anchor;
		c->hash += lex_mix(p->hash);
		c->anchors_exclusion |= p->label == UINT32_MAX;
		c->anchors_entry |= p->label != UINT32_MAX;
	}
	return true;
}

/* What makes the ways quick to go. */
static bool finish_ways(lex_model *m)
{
	m->kids = lex_array(&m->arena, m->way_count, sizeof(*m->kids));
	uint32_t *filled = calloc(m->node_count * 2 + 1, sizeof(*filled));
	if (m->kids == NULL || filled == NULL) {
		free(filled);
		return false;
	}
	for (size_t i = 0, at = 0; i < m->node_count; i++) {
		m->nodes[i].kids = (uint32_t)at;
		at += m->nodes[i].kid_count[0] + m->nodes[i].kid_count[1];
	}
	for (size_t i = 0; i < m->way_cap; i++)
		if (m->ways[i].key != 0) {
			uint32_t node = (uint32_t)(m->ways[i].key >> 32) & INT32_MAX, right = m->ways[i].key & 1;
			const lex_tnode *t = &m->nodes[node];
			m->kids[t->kids + right * t->kid_count[0] + filled[node * 2 + right]++] =
			        (lex_kid){ (uint32_t)(m->ways[i].key >> 1) & INT32_MAX, (uint32_t)i };
		}
	free(filled);
	for (m->sieve_cap = 1; m->sieve_cap < m->way_count / 4;)
		m->sieve_cap *= 2;
	m->sieve = lex_array(&m->arena, m->sieve_cap, sizeof(*m->sieve));
	if (m->sieve == NULL)
		return false;
	for (size_t i = 0; i < m->way_cap; i++)
		if (m->ways[i].key != 0) {
			uint64_t h = lex_way_hash(m->ways[i].key);
			m->ways[i].node = m->nodes[m->ways[i].to];
			m->sieve[h & (m->sieve_cap - 1)] |= lex_sieve_bits(h);
		}
	return true;
}

/* Does a pattern ask for a word that denies?  Then it knows what that word does to it. */
static bool names_denial(const lex_model *m, const lex_auto *a)
{
	static const char *const words[] = { "pas", "pa", "plus", "jamais", "rien", "aucun", "aucune", "sans", "ni" };
	for (size_t i = 0; i < a->count; i++) {
		const lex_class *c = &m->classes[a->cls[i]];
		for (uint32_t k = 0; k < c->atom_count; k++) {
			const lex_atom *x = &m->atoms[c->atoms[k]];
			for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
				if (x->kind == LEX_A_LITERAL && x->len == strlen(words[w]) && memcmp(x->text, words[w], x->len) == 0)
					return true;
		}
	}
	return false;
}

static bool make_briefs(lex_model *m)
{
	m->briefs = lex_array(&m->arena, m->pattern_count, sizeof(*m->briefs));
	if (m->briefs == NULL)
		return false;
	for (size_t i = 0; i < m->pattern_count; i++) {
		const lex_pattern *p = &m->patterns[i];
		const lex_source *s = &m->sources[p->source];
		m->briefs[i] = (lex_brief){ p->theme, p->label, s->weight, s->polarity, !names_denial(m, &p->aut) };
	}
	return true;
}

/* The automata of an entry and of its contexts. */
static aur_status compile_source(build *b, uint32_t source, lex_pattern *p, fragment *f)
{
	lex_model *m = b->m;
	const lex_source *s = &m->sources[source];
	*p = (lex_pattern){ .source = source, .theme = s->theme, .label = UINT32_MAX };
	aur_status st = compile_tree(b, s, s->tree.body, &p->aut, f);
	lex_context *contexts = lex_array(&m->arena, s->tree.context_count, sizeof(*contexts));
	f->anchors.count = different(f->anchors.v, f->anchors.count);
	f->pivots.count = different(f->pivots.v, f->pivots.count);
	if (st == AUR_OK && contexts == NULL)
		st = lex_no_memory(m->host);
	p->contexts = contexts;
	p->context_count = s->tree.context_count;
	for (uint32_t k = 0; st == AUR_OK && k < p->context_count; k++) {
		const lex_context_tree *t = &s->tree.contexts[k];
		fragment g;
		contexts[k] = (lex_context){ .where = t->where, .forbidden = t->forbidden, .min = clip(t->min), .max = clip(t->max) };
		st = compile_tree(b, s, t->body, &contexts[k].aut, &g);
	}
	return st;
}

aur_status lex_compile(lex_model *m, lex_arena *tmp)
{
	lex_interner in = { 0 };
	lex_needs needs = { 0 };
	anchoring *anchors = NULL;
	size_t anchor_count = 0, anchor_cap = 0, n = 0, labels = 0;
	build *b = lex_alloc(tmp, sizeof(*b));
	aur_status st = AUR_E_NOMEM;
	if (b == NULL)
		return lex_no_memory(m->host);
	*b = (build){ .m = m, .tmp = tmp };

	for (size_t i = 0; i < m->source_count; i++) {
		lex_source *s = &m->sources[i];
		if (!s->active)
			continue;
		n++;
		labels += !s->exclude;
		if (!intern_classes(m, &in, s->tree.body))
			goto out;
		for (uint32_t k = 0; k < s->tree.context_count; k++)
			if (!intern_classes(m, &in, s->tree.contexts[k].body))
				goto out;
	}
	m->patterns = lex_array(&m->arena, n, sizeof(*m->patterns));
	m->labels = lex_array(&m->arena, labels, sizeof(*m->labels));
	if (m->patterns == NULL || m->labels == NULL)
		goto out;
	for (size_t i = 0; i < m->source_count; i++) {
		lex_source *s = &m->sources[i];
		if (!s->active)
			continue;
		lex_pattern *p = &m->patterns[m->pattern_count];
		fragment f;
		st = compile_source(b, (uint32_t)i, p, &f);
		if (st == AUR_E_CONFIG && m->keep_faults) {
			s->active = false;
			continue;
		}
		if (st != AUR_OK)
			goto out;
		st = AUR_E_NOMEM;
		s->pattern = (uint32_t)m->pattern_count++;
		if (s->exclude) {
			m->exclusion_count++;
		} else {
			p->label = (uint32_t)m->label_count;
			m->labels[m->label_count++] = s->pattern;
		}
		if (!keep_pivots(m, p, &f.pivots, &f.anchors) || !lex_grow(&anchors, &anchor_cap, anchor_count + f.anchors.count, sizeof(*anchors)))
			goto out;
		p->hash = pattern_hash(m, p, s);
		for (uint32_t k = 0; k < f.anchors.count; k++) {
			lex_anchor a = { .pattern = s->pattern, .position = (uint8_t)f.anchors.v[k], .weight = s->weight, .theme = s->theme };
			a.flags = (p->label == UINT32_MAX ? LEX_EXCLUSION : 0) | (p->context_count > 0 || !p->aut.chain ? LEX_LONGER : 0);
			for (unsigned right = 0; right < 2; right++)
				a.beside[right] = a.flags & LEX_LONGER ? touching(&p->aut, a.position, right) : LEX_ANYTHING;
			if ((a.flags & LEX_LONGER) && !lex_needs_of(m, &needs, p, &a))
				goto out;
			anchors[anchor_count++] = (anchoring){ p->aut.cls[a.position], 0, a };
		}
	}
	if (!lex_link_atoms(m) || !lex_link_needs(m, &needs))
		goto out;
	for (size_t i = 0; i < anchor_count; i++)
		for (unsigned k = 0; k < LEX_NEEDS; k++)
			anchors[i].anchor.need[k].bit = m->set_bits[anchors[i].anchor.need[k].set];
	if (!place_anchors(m, anchors, anchor_count) || !finish_ways(m) || !make_briefs(m))
		goto out;
	st = AUR_OK;
out:
	free(anchors);
	free(b->edges);
	lex_interner_free(&in);
	lex_needs_free(&needs);
	return st == AUR_E_NOMEM ? lex_no_memory(m->host) : st;
}
