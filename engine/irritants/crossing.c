/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a cross, and who and what is counted in them. */
#include "config.h"
#include <stdlib.h>
#include "irritants/crossing.h"

uint32_t aur_crossing_asked(crossing *m)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < m->l->in->contribution_count; i++)
		if (aur_in_asked(&m->l->in->contributions[i]))
			m->list[n++] = i;
	return n;
}

uint32_t aur_crossing_irritants(crossing *m, const aur_irr_theme *t)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < t->list_count; i++)
		if (t->how[i] & AUR_HOW_IRRITANT)
			m->list[n++] = t->list[i];
	return n;
}

void aur_crossing_count(crossing *m, uint32_t n, aur_irr_cell *out, size_t stride)
{
	aur_irr_cell none;
	for (uint32_t i = 0; i < n; i++)
		m->of[i] = m->part[m->list[i]];
	aur_build_parts(&m->b, m->list, m->of, n, m->x->count, out, stride, &none);
}

void aur_crossing_parts(crossing *m)
{
	aur_cross *x = m->x;
	uint32_t V = m->values + 1, n = aur_crossing_asked(m), *part_of = aur_xmalloc(V * sizeof *part_of);
	aur_irr_cell *asked = aur_xcalloc(V, sizeof *asked), none;
	bool *pooled = aur_xcalloc(V, sizeof *pooled);
	x->parts = aur_arena_alloc(&x->arena, ((size_t)V + 1) * sizeof *x->parts);
	x->none = x->pooled = AUR_IN_ABSENT;
	for (uint32_t i = 0; i < n; i++)
		m->of[i] = m->value[m->list[i]] == AUR_IN_ABSENT ? m->values : m->value[m->list[i]];
	aur_build_parts(&m->b, m->list, m->of, n, V, asked, sizeof *asked, &none);
	for (uint32_t v = 0; v < V; v++) /* the last value is "no value" */
		pooled[v] = asked[v].speakers && asked[v].speakers < m->l->opt.k;
	if (m->l->opt.k > 1)
		aur_build_pool(&m->b, m->list, m->of, n, V, asked, pooled);
	for (uint32_t v = 0; v < V; v++) {
		part_of[v] = AUR_IN_ABSENT; /* nobody with this value was asked */
		if (pooled[v]) {
			x->pooled_values++;
		} else if (asked[v].speakers) {
			x->none = v == m->values ? x->count : x->none;
			part_of[v] = x->count;
			x->parts[x->count++] = (aur_irr_part){.name = v < m->values ? m->names[v] : (aur_str){"", 0}};
		}
	}
	if (x->pooled_values) {
		x->pooled = x->count;
		x->parts[x->count++] = (aur_irr_part){.name = {"", 0}};
		for (uint32_t v = 0; v < V; v++)
			part_of[v] = pooled[v] ? x->pooled : part_of[v];
	}
	for (uint32_t i = 0; i < m->l->in->contribution_count; i++)
		m->part[i] = part_of[m->value[i] == AUR_IN_ABSENT ? m->values : m->value[i]];
	free(part_of);
	free(asked);
	free(pooled);
}

void aur_crossing_count_all(crossing *m)
{
	aur_cross *x = m->x;
	aur_crossing_count(m, aur_crossing_asked(m), &x->parts->asked, sizeof *x->parts);
	x->theme = aur_arena_alloc(&x->arena, ((size_t)m->l->theme_count + 1) * sizeof *x->theme);
	for (uint32_t t = 0; t < m->l->theme_count; t++) {
		x->theme[t] = aur_arena_alloc(&x->arena, ((size_t)x->count + 1) * sizeof **x->theme);
		aur_crossing_count(m, aur_crossing_irritants(m, &m->l->themes[t]), &x->theme[t]->cell, sizeof **x->theme);
	}
}
