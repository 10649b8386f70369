/* SPDX-License-Identifier: Apache-2.0 */
/* anchors.c - the anchors of each pattern, and the tree of chains that grows out from them. */
#include "anchors.h"
#include <stdlib.h>
#include <string.h>

/* lex_bit of the words that may touch a position on one side; LEX_ANYTHING if it may end there, if a word may come
 * between, or if a sign is asked for: the word that touches lies beyond it. */
static uint64_t touching(const lex_model *m, const lex_auto *a, uint32_t position, bool right)
{
	const uint32_t *at = right ? a->fwd_at : a->bwd_at;
	const lex_edge *edges = right ? a->fwd : a->bwd;
	uint64_t bits = 0;
	if ((right ? a->is_end : a->is_start)[position])
		return LEX_ANYTHING;
	for (uint32_t i = at[position]; i < at[position + 1]; i++) {
		if (edges[i].max > 0 || m->classes[a->cls[edges[i].to]].light)
			return LEX_ANYTHING;
		bits |= lex_bit(a->cls[edges[i].to]);
	}
	return bits;
}

struct lex_anchoring {
	uint32_t cls, node;
	lex_anchor anchor;
};

bool lex_anchors_add(lex_model *m, lex_anchors *to, const lex_pattern *p, const lex_cut *at)
{
	const lex_source *s = &m->sources[p->source];
	if (!lex_grow(&to->v, &to->cap, to->count + at->count, sizeof(*to->v)))
		return false;
	for (uint32_t k = 0; k < at->count; k++) {
		lex_anchor a = { .pattern = s->pattern, .position = (uint8_t)at->v[k], .weight = s->weight, .theme = s->theme };
		a.flags = (p->label == UINT32_MAX ? LEX_EXCLUSION : 0) | (p->context_count > 0 || !p->aut.chain ? LEX_LONGER : 0);
		for (unsigned right = 0; right < 2; right++)
			a.beside[right] = a.flags & LEX_LONGER ? touching(m, &p->aut, a.position, right) : LEX_ANYTHING;
		if ((a.flags & LEX_LONGER) && !lex_needs_of(m, &to->needs, p, &a))
			return false;
		to->v[to->count++] = (lex_anchoring){ p->aut.cls[a.position], 0, a };
	}
	return true;
}

/* ---- the tree of chains ---- */

static lex_way *way_slot(lex_way *ways, size_t cap, uint64_t key)
{
	size_t i = (size_t)lex_way_hash(key) & (cap - 1);
	while (ways[i].key != 0 && ways[i].key != key)
		i = (i + 1) & (cap - 1);
	return &ways[i];
}

/* Moves *node to the node that a class leads to, which is made if it does not exist.  False: no memory. */
static bool go(lex_model *m, uint32_t *node, bool right, uint32_t cls)
{
	uint64_t key = lex_way_key(*node, right, cls);
	if ((m->way_count + 1) * 2 > m->way_cap) {
		size_t cap = m->way_cap ? m->way_cap * 2 : 64;
		lex_way *ways = calloc(cap, sizeof(*ways));
		if (ways == NULL)
			return false;
		lex_huge(ways, cap * sizeof(*ways));
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

/* Finds the node of a chain, going from its anchor as lex_tnode says; makes the nodes on the way. */
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

/* Puts each anchor into the list of its node, and into that of its class. */
static bool place_anchors(lex_model *m, lex_anchoring *v, size_t n)
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
		bool exclusion = (v[i].anchor.flags & LEX_EXCLUSION) != 0;
		m->anchors[t->from + t->count++] = v[i].anchor;
		m->every_anchor[c->anchor_from + c->anchor_count++] = v[i].anchor;
		c->anchors_exclusion |= exclusion;
		c->anchors_entry |= !exclusion;
	}
	return true;
}

/* Fills in what makes ways quick: the kids of each node, the copies of nodes, and the sieve. */
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

bool lex_anchors_place(lex_model *m, lex_anchors *a)
{
	if (!lex_link_needs(m, &a->needs))
		return false;
	for (size_t i = 0; i < a->count; i++)
		for (unsigned k = 0; k < LEX_NEEDS; k++)
			a->v[i].anchor.need[k].bit = m->set_bits[a->v[i].anchor.need[k].set];
	return place_anchors(m, a->v, a->count) && finish_ways(m);
}

void lex_anchors_free(lex_anchors *a)
{
	free(a->v);
	lex_needs_free(&a->needs);
}
