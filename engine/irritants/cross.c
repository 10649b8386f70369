/* SPDX-License-Identifier: Apache-2.0 */
/* Builds a cross: whether the field can be one; its parts (crossing.c), what of it must be hidden (cross_veil.c), how specific the
 * rest is. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "irritants/crossing.h"

/* ---- is the field about people? ----------------------------------------------------------------------------------------------- */

/* The session (or role) of a contribution that has a value. */
static uint32_t value_group(const crossing *m, bool role, uint32_t contribution)
{
	const aur_in_contribution *c = &m->l->in->contributions[contribution];
	return m->value[contribution] == AUR_IN_ABSENT ? AUR_IN_ABSENT : role ? c->role : c->session;
}

/* Does the session (or role) of a contribution mostly determine its value?  Goodman and Kruskal's lambda (1954): of the
 * contributions whose value would be guessed wrong without knowing the group, the share that is guessed right if one knows it; 0.8
 * counts as mostly. */
static bool tells(const crossing *m, bool role)
{
	const aur_input *in = m->l->in;
	uint32_t G = role ? in->role_count : in->session_count, n = in->contribution_count, most = 0, g;
	uint32_t *at = aur_xcalloc((size_t)G + 2, sizeof *at), *of = aur_xmalloc(((size_t)n + 1) * sizeof *of);
	uint32_t *here = aur_xcalloc((size_t)m->values + 1, sizeof *here), *in_all = aur_xcalloc((size_t)m->values + 1, sizeof *in_all);
	uint64_t all = 0, frequent = 0;
	/* values by group: a counting sort, since groups times values may be more than there is memory for */
	for (uint32_t i = 0; i < n; i++)
		if ((g = value_group(m, role, i)) != AUR_IN_ABSENT)
			at[g + 1]++;
	for (g = 0; g < G; g++)
		at[g + 1] += at[g];
	for (uint32_t i = 0; i < n; i++)
		if ((g = value_group(m, role, i)) != AUR_IN_ABSENT)
			of[at[g]++] = m->value[i];
	for (uint32_t i = g = 0; g < G; g++) {
		uint32_t from = i, best = 0;
		for (; i < at[g]; i++) {
			best = ++here[of[i]] > best ? here[of[i]] : best;
			most = ++in_all[of[i]] > most ? in_all[of[i]] : most;
		}
		all += i - from;
		frequent += best;
		for (uint32_t k = from; k < i; k++)
			here[of[k]] = 0;
	}
	free(at);
	free(of);
	free(here);
	free(in_all);
	return all > most && (frequent - most) * 10 >= (all - most) * 8;
}

/* ---- specificities ------------------------------------------------------------------------------------------------------------ */

static aur_code specificities(crossing *m, aur_error *e)
{
	const aur_ledger *l = m->l;
	bool *whole = aur_xmalloc((size_t)l->theme_count + 1);
	for (uint32_t t = 0; t < l->theme_count; t++)
		whole[t] = l->all.asked.hide == AUR_SHOWN && l->themes[t].irritant.hide == AUR_SHOWN;
	aur_code code = aur_build_specificities(l, m->x->theme, m->x->parts, m->x->count, whole, e);
	free(whole);
	return code;
}

/* ---- all together ------------------------------------------------------------------------------------------------------------- */

/* Can the ledger be split by this field?  Called before anything is hidden. */
static aur_code fit(const crossing *m, aur_str field, aur_error *e)
{
	const aur_cross *x = m->x;
	int n = (int)field.len;
	if (tells(m, false) || tells(m, true))
		return aur_fail(e, AURE_USAGE, _("« %.*s » tells sessions or roles apart and not people: nearly everybody in a session, or in a role, has the same value; the ledger compares by a column « territoire », « type-territoire », « vague » or « role »"),
				n, field.ptr);
	if (x->count > AUR_CROSS_VALUES)
		return aur_fail(e, AURE_USAGE, _("« %.*s » has %u values, and the ledger splits by %u at most: group them in a column of their own, and ingest the files again"),
				n, field.ptr, x->count, AUR_CROSS_VALUES);
	if (x->pooled != AUR_IN_ABSENT && x->count == 1)
		return aur_fail(e, AURE_USAGE, _("no value of « %.*s » has %u or more of the people asked, so none can be told from the others: group its values in a column of their own, and ingest the files again"),
				n, field.ptr, m->l->opt.k);
	return AURE_OK;
}

aur_code aur_cross_build(aur_ledger *l, aur_str field, const aur_str *names, uint32_t values, const uint32_t *value, aur_cross *const *before, uint32_t crosses,
			 aur_cross **out, aur_error *e)
{
	const aur_input *in = l->in;
	size_t n = (size_t)in->contribution_count + 1;
	aur_cross *x = aur_xcalloc(1, sizeof *x);
	crossing *m = x->made = aur_xcalloc(1, sizeof *m);
	x->field = field;
	*m = (crossing){.x = x, .l = l, .names = names, .values = values, .value = value, .b = {.in = in, .l = l}};
	m->part = aur_xmalloc(n * sizeof *m->part);
	m->list = aur_xmalloc(n * sizeof *m->list);
	m->of = aur_xmalloc(n * sizeof *m->of);
	m->b.stamp = aur_xcalloc((size_t)l->person_count + 1, sizeof *m->b.stamp);
	m->b.bucket = aur_xmalloc(((size_t)values + 8) * sizeof *m->b.bucket);
	m->b.sorted = aur_xmalloc(n * sizeof *m->b.sorted);
	m->b.mark = aur_xcalloc(n, 1);
	aur_crossing_parts(m);
	aur_code code = fit(m, field, e);
	if (code == AURE_OK) {
		crossing **all = aur_xmalloc(((size_t)crosses + 1) * sizeof *all);
		for (uint32_t i = 0; i < crosses; i++)
			all[i] = before[i]->made;
		all[crosses] = m;
		aur_crossing_count_all(m);
		if (l->opt.k > 1)
			aur_crossing_veil(all, crosses + 1);
		for (uint32_t i = 0; i <= crosses && code == AURE_OK; i++)
			if (all[i]->x->count)
				code = specificities(all[i], e);
		free(all);
	}
	m->value = NULL; /* the caller's */
	if (code == AURE_OK)
		*out = x;
	else
		aur_cross_free(x);
	return code;
}

void aur_cross_free(aur_cross *x)
{
	if (!x)
		return;
	crossing *m = x->made;
	free(m->part);
	free(m->list);
	free(m->of);
	free(m->b.stamp);
	free(m->b.bucket);
	free(m->b.sorted);
	free(m->b.mark);
	free(m);
	aur_arena_free(&x->arena);
	free(x);
}
