/* SPDX-License-Identifier: Apache-2.0 */
/* What of a cross must be hidden: how its parts nest with the groups of the ledger and with other crosses, and the sums that follow. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "irritants/crossing.h"
#include "irritants/web.h"

/* ---- what lies within what --------------------------------------------------------------------------------------------------- */

static aur_dim dim_of(int by)
{
	return by == BY_ROLE ? AUR_DIM_ROLE : (aur_dim)(AUR_DIM_TERRITORY + by - BY_TERRITORY);
}

static uint32_t group_of(const aur_ledger *l, int by, uint32_t contribution)
{
	const aur_in_contribution *c = &l->in->contributions[contribution];
	if (by == BY_STANCE)
		return c->stance;
	uint32_t none = by == BY_SESSION ? l->in->session_count : l->dim[dim_of(by)].count;
	uint32_t g = by == BY_SESSION ? c->session : aur_part_of(l, dim_of(by), contribution);
	return g == AUR_IN_ABSENT ? none : g;
}

static uint32_t groups_of(const aur_ledger *l, int by)
{
	return by == BY_STANCE ? AUR_IN_STANCES : 1 + (by == BY_SESSION ? l->in->session_count : l->dim[dim_of(by)].count);
}

/* The cell of a group in the ledger: who was asked (t NULL), or who voiced the theme t. */
static const aur_irr_cell *group_cell(const aur_ledger *l, int by, uint32_t g, const aur_irr_theme *t)
{
	if (by == BY_SESSION) {
		bool none = g == l->in->session_count;
		return t ? none ? &t->elsewhere : &t->session[g] : none ? &l->outside.asked : &l->rooms[g].asked;
	}
	if (by == BY_STANCE)
		return t ? g == AUR_IN_UNSTRUCTURED ? &t->asserted_free : &t->stance[g] : &l->stance[g];
	aur_dim d = dim_of(by);
	bool none = g == l->dim[d].count;
	return t ? none ? &t->unplaced[d] : &t->part[d][g].cell : none ? &l->dim[d].unplaced : &l->dim[d].parts[g].asked;
}

static uint32_t root_of(const uint32_t *up, uint32_t p)
{
	while (up[p] != p)
		p = up[p];
	return p;
}

/* Joins pieces as long as a part has at least `few` tenths of its contributions in the groups of another piece: of many small groups each has less. */
static void join_pieces(const crossing *m, uint32_t G, const uint32_t *at, const uint32_t *most, unsigned few, uint32_t *up)
{
	uint32_t P = m->x->count, *in = aur_xmalloc(((size_t)P + 1) * sizeof *in);
	for (bool joined = true; joined;) {
		joined = false;
		for (uint32_t p = 0; p < P; p++) {
			memset(in, 0, (size_t)P * sizeof *in);
			for (uint32_t g = 0; g < G; g++)
				in[root_of(up, most[g])] += at[(size_t)g * P + p];
			for (uint32_t q = 0; q < P; q++)
				if (in[q] && root_of(up, q) != root_of(up, p) && (uint64_t)in[q] * 10 >= (uint64_t)m->x->parts[p].asked.n * few) {
					up[root_of(up, p)] = root_of(up, q);
					joined = true;
				}
		}
	}
	free(in);
}

/* A group and a part are joined if the group has at least `few` tenths of the contributions of the part (0: any); then join_pieces().  at: contributions
 * asked, by group (of G), then by part. */
static nesting find_nesting(crossing *m, uint32_t G, const uint32_t *at, unsigned few)
{
	aur_cross *x = m->x;
	uint32_t P = x->count, *up = aur_xmalloc(((size_t)P + 1) * sizeof *up);
	nesting k = {.groups = G};
	k.group = aur_arena_alloc(&x->arena, ((size_t)G + 1) * sizeof *k.group);
	k.part = aur_arena_alloc(&x->arena, ((size_t)P + 1) * sizeof *k.part);
	for (uint32_t p = 0; p < P; p++)
		up[p] = p;
	for (uint32_t g = 0; g < G; g++) {
		const uint32_t *row = &at[(size_t)g * P];
		uint32_t most = 0;
		for (uint32_t p = 0; p < P; p++)
			most = row[p] > row[most] ? p : most;
		k.group[g] = most; /* the part that it shares most with, until pieces have numbers */
		for (uint32_t p = 0; p < P; p++)
			if (row[p] && (uint64_t)row[p] * 10 >= (uint64_t)x->parts[p].asked.n * few)
				up[root_of(up, p)] = root_of(up, most);
	}
	if (few)
		join_pieces(m, G, at, k.group, few, up);
	for (uint32_t p = 0; p < P; p++)
		if (up[p] == p)
			k.part[p] = k.pieces++;
	for (uint32_t p = 0; p < P; p++)
		k.part[p] = k.part[root_of(up, p)];
	for (uint32_t g = 0; g < G && P; g++)
		k.group[g] = k.part[k.group[g]];
	free(up);
	return k;
}

static void find_nestings(crossing *m)
{
	uint32_t P = m->x->count, n = aur_crossing_asked(m);
	for (int by = 0; by < GROUPINGS; by++) {
		uint32_t *at = aur_xcalloc((size_t)groups_of(m->l, by) * P + 1, sizeof *at);
		for (uint32_t i = 0; i < n; i++)
			at[(size_t)group_of(m->l, by, m->list[i]) * P + m->part[m->list[i]]]++;
		m->sums[by] = find_nesting(m, groups_of(m->l, by), at, 0);
		m->nearly[by] = find_nesting(m, groups_of(m->l, by), at, 1);
		free(at);
	}
}

/* Does the ledger show the cells of all groups of a piece? */
static bool piece_shown(const crossing *m, int by, const nesting *k, uint32_t piece, const aur_irr_theme *t)
{
	for (uint32_t g = 0; g < k->groups; g++) {
		const aur_irr_cell *asked = group_cell(m->l, by, g, NULL), *c = group_cell(m->l, by, g, t);
		if (k->group[g] == piece && asked->n && (c->hide != AUR_SHOWN || c->unpublished))
			return false;
	}
	return true;
}

/* ---- suppression -------------------------------------------------------------------------------------------------------------- */

/* A cell whose number is known, so a witness must not change it. */
static aur_irr_cell *known(aur_web *w, const aur_irr_cell *c)
{
	aur_irr_cell *x = aur_arena_alloc(&w->arena, sizeof *x);
	*x = (aur_irr_cell){.n = c->n, .speakers = c->speakers, .rank = AUR_RANK_MAX, .floor_n = c->n, .cap_n = c->n, .floor_speakers = c->speakers,
			    .cap_speakers = c->speakers};
	return x;
}

/* In each part k people or more were asked, so its number is only hidden if the total is. */
static void veil_asked(crossing *m)
{
	bool told = m->l->all.asked.hide == AUR_SHOWN;
	for (uint32_t p = 0; p < m->x->count; p++) {
		bool shown = told;
		for (int by = 0; by < GROUPINGS && shown; by++)
			shown = m->nearly[by].pieces < 2 || piece_shown(m, by, &m->nearly[by], m->nearly[by].part[p], NULL);
		m->x->parts[p].asked.hide = shown ? AUR_SHOWN : AUR_MASKED;
	}
}

/* Ties the parts of theme t to the cells of the ledger.  If all groups of a piece are shown, the sum of its parts is known and is added to the web.  If
 * one of them is hidden, the parts of its piece would reveal it: they are marked in `blank`, to be masked.  first: the first part in the web; sums, nsums:
 * receive the known sums. */
static void tie_pieces(crossing *m, aur_web *w, uint32_t t, uint32_t first, bool *blank, aur_irr_cell **sums, uint32_t *nsums)
{
	const aur_irr_theme *x = &m->l->themes[t];
	uint32_t P = m->x->count, n = aur_crossing_irritants(m, x);
	aur_irr_cell *of = aur_xcalloc((size_t)P + 1, sizeof *of), none;
	for (int by = 0; by < GROUPINGS; by++) {
		const nesting *near = &m->nearly[by], *k = &m->sums[by];
		for (uint32_t p = 0; p < P && near->pieces > 1; p++)
			blank[p] |= !piece_shown(m, by, near, near->part[p], x);
		if (k->pieces < 2)
			continue;
		for (uint32_t i = 0; i < n; i++)
			m->of[i] = k->group[group_of(m->l, by, m->list[i])];
		aur_build_parts(&m->b, m->list, m->of, n, k->pieces, of, sizeof *of, &none);
		for (uint32_t piece = 0; piece < k->pieces; piece++) {
			if (!piece_shown(m, by, k, piece, x))
				continue;
			for (uint32_t p = 0; p < P; p++)
				if (k->part[p] == piece)
					aur_web_part(w, first + p);
			sums[*nsums] = known(w, &of[piece]);
			aur_web_sum(w, aur_web_cell(w, sums[(*nsums)++]));
		}
	}
	free(of);
}

/* Ties theme t, part by part, to the theme `sub` below it and the rest. */
static void less(crossing *m, aur_web *w, uint32_t t, uint32_t sub, uint32_t at_t, uint32_t at_sub)
{
	const aur_ledger *l = m->l;
	uint32_t P = m->x->count, n = aur_crossing_irritants(m, &l->themes[sub]), left = 0;
	aur_irr_cell *rest = aur_xcalloc((size_t)P + 1, sizeof *rest);
	for (uint32_t i = 0; i < n; i++)
		m->b.mark[m->list[i]] = 1;
	for (uint32_t i = 0; i < l->themes[t].list_count; i++) {
		uint32_t c = l->themes[t].list[i];
		if ((l->themes[t].how[i] & AUR_HOW_IRRITANT) && !m->b.mark[c])
			m->list[left++] = c;
		m->b.mark[c] = 0;
	}
	aur_crossing_count(m, left, rest, sizeof *rest);
	for (uint32_t p = 0; p < P; p++) {
		aur_web_part(w, at_sub + p);
		aur_web_part(w, aur_web_rest(w, rest[p].n, rest[p].speakers));
		aur_web_sum(w, at_t + p);
	}
	free(rest);
}

/* The parts of a family of themes, of one field, in the web. */
typedef struct strand {
	bool *blank;          /* by theme and part: nothing may be shown */
	uint32_t *first;      /* by theme: the first part in the web */
	aur_irr_cell **known; /* by theme: what is known of its parts together */
	uint32_t *knowns;
} strand;

static size_t most_known(const crossing *m)
{
	return (size_t)GROUPINGS * m->x->count + 1;
}

/* Adds the themes `kin` from root on to the web. */
static strand spin(crossing *m, aur_web *w, uint32_t root, const bool *kin)
{
	aur_cross *x = m->x;
	const aur_ledger *l = m->l;
	const aur_input *in = l->in;
	uint32_t T = in->theme_count, P = x->count;
	strand s = {.blank = aur_xcalloc((size_t)T * P + 1, sizeof *s.blank), .first = aur_xcalloc(T, sizeof *s.first),
		    .known = aur_xcalloc((size_t)T * most_known(m), sizeof *s.known), .knowns = aur_xcalloc(T, sizeof *s.knowns)};
	for (uint32_t t = root; t < T; t++) {
		bool told = l->themes[t].irritant.hide == AUR_SHOWN;
		if (!kin[t])
			continue;
		s.first[t] = w->cells;
		for (uint32_t p = 0; p < P; p++) {
			aur_irr_cell *c = &x->theme[t][p].cell;
			c->cap_n = x->parts[p].asked.n;
			c->cap_speakers = x->parts[p].asked.speakers;
			c->rank = t == root;
			aur_web_cell(w, c);
		}
		if (told) {
			aur_irr_cell **k = &s.known[t * most_known(m)];
			k[s.knowns[t]] = known(w, &l->themes[t].irritant);
			for (uint32_t p = 0; p < P; p++)
				aur_web_part(w, s.first[t] + p);
			aur_web_sum(w, aur_web_cell(w, k[s.knowns[t]++]));
			tie_pieces(m, w, t, s.first[t], &s.blank[(size_t)t * P], k, &s.knowns[t]);
		}
		for (uint32_t p = 0; p < P; p++)
			x->theme[t][p].cell.unpublished = !told || s.blank[(size_t)t * P + p];
		if (t != root)
			less(m, w, in->themes[t].parent, t, s.first[in->themes[t].parent], s.first[t]);
	}
	return s;
}

/* After suppression: masks the rows of which nothing may be shown. */
static void unspin(crossing *m, uint32_t root, const bool *kin, strand *s)
{
	aur_cross *x = m->x;
	for (uint32_t t = root; t < m->l->in->theme_count; t++) {
		bool gave_up = !s->knowns[t]; /* the ledger does not show the total; or suppression would have hidden a sum that the ledger shows */
		for (uint32_t i = 0; i < s->knowns[t]; i++)
			gave_up |= s->known[t * most_known(m) + i]->hide != AUR_SHOWN;
		for (uint32_t p = 0; p < x->count && kin[t]; p++)
			if (gave_up || s->blank[(size_t)t * x->count + p]) {
				x->theme[t][p].cell.hide = AUR_MASKED;
				x->theme[t][p].cell.unpublished = false;
			}
	}
	free(s->blank);
	free(s->first);
	free(s->known);
	free(s->knowns);
}

/* How the parts of two fields nest; the groups are the parts of `a`. */
static nesting find_pairing(crossing *a, crossing *b)
{
	uint32_t n = aur_crossing_asked(b), P = b->x->count, *at = aur_xcalloc((size_t)a->x->count * P + 1, sizeof *at);
	for (uint32_t i = 0; i < n; i++)
		at[(size_t)a->part[b->list[i]] * P + b->part[b->list[i]]]++;
	nesting k = find_nesting(b, a->x->count, at, 1);
	free(at);
	return k;
}

/* Ties the parts of two fields, piece by piece, to all that was said in either; what only one of them has there (a slip) is taken as known. */
static void tie_pair(crossing *a, crossing *b, const nesting *k, aur_web *w, uint32_t t, uint32_t first_a, uint32_t first_b)
{
	crossing *const side[2] = {a, b};
	const uint32_t *const piece_of[2] = {k->group, k->part}, first[2] = {first_a, first_b};
	uint32_t all = aur_crossing_irritants(b, &b->l->themes[t]), n;
	uint32_t *list = aur_xmalloc(((size_t)all + 1) * sizeof *list);
	memcpy(list, b->list, all * sizeof *list);
	for (uint32_t piece = 0; piece < k->pieces; piece++) {
		aur_irr_cell *sum = aur_arena_alloc(&w->arena, sizeof *sum), none;
		uint32_t only[2] = {0, 0};
		n = 0;
		for (uint32_t i = 0; i < all; i++) {
			bool in[2];
			for (int s = 0; s < 2; s++)
				in[s] = piece_of[s][side[s]->part[list[i]]] == piece;
			only[0] += in[0] && !in[1];
			only[1] += in[1] && !in[0];
			if (in[0] || in[1]) {
				b->list[n] = list[i];
				b->of[n++] = 0;
			}
		}
		if (!n)
			continue;
		aur_build_parts(&b->b, b->list, b->of, n, 1, sum, sizeof *sum, &none);
		sum->rank = AUR_RANK_MAX; /* if it moves, a part must move on each side */
		uint32_t at = aur_web_cell(w, sum);
		for (int s = 0; s < 2; s++) {
			for (uint32_t p = 0; p < side[s]->x->count; p++)
				if (piece_of[s][p] == piece)
					aur_web_part(w, first[s] + p);
			if (only[!s]) {
				aur_irr_cell *slip = aur_arena_alloc(&w->arena, sizeof *slip);
				*slip = (aur_irr_cell){.n = only[!s], .speakers = b->l->opt.k, .unpublished = true, .floor_n = only[!s], .cap_n = only[!s]};
				aur_web_part(w, aur_web_cell(w, slip));
			}
			aur_web_sum(w, at);
		}
	}
	free(list);
}

/* Suppression for a theme and all themes below it, over all fields. */
static void veil_family(crossing *const *m, uint32_t fields, const nesting *pairing, uint32_t root)
{
	const aur_ledger *l = m[0]->l;
	const aur_input *in = l->in;
	aur_web w = {0};
	bool *kin = aur_xcalloc(in->theme_count, sizeof *kin);
	strand *s = aur_xcalloc(fields, sizeof *s);
	for (uint32_t t = root; t < in->theme_count; t++)
		kin[t] = t == root || (in->themes[t].parent != AUR_IN_ABSENT && kin[in->themes[t].parent]);
	for (uint32_t f = 0; f < fields; f++)
		s[f] = spin(m[f], &w, root, kin);
	for (uint32_t f = 1; f < fields; f++)
		for (uint32_t g = 0; g < f; g++)
			for (uint32_t t = root; t < in->theme_count && pairing[f * fields + g].pieces > 1; t++)
				if (kin[t] && l->themes[t].irritant.hide == AUR_SHOWN)
					tie_pair(m[g], m[f], &pairing[f * fields + g], &w, t, s[g].first[t], s[f].first[t]);
	aur_web_run(&w, l->opt.k, NULL, NULL);
	for (uint32_t f = 0; f < fields; f++)
		unspin(m[f], root, kin, &s[f]);
	aur_web_free(&w);
	free(kin);
	free(s);
}

static void veil(crossing *const *m, uint32_t fields)
{
	const aur_input *in = m[0]->l->in;
	nesting *pairing = aur_xcalloc((size_t)fields * fields, sizeof *pairing);
	for (uint32_t f = 1; f < fields; f++)
		for (uint32_t g = 0; g < f; g++)
			pairing[f * fields + g] = find_pairing(m[g], m[f]);
	for (uint32_t t = 0; t < in->theme_count; t++)
		if (in->themes[t].parent == AUR_IN_ABSENT)
			veil_family(m, fields, pairing, t);
	free(pairing);
}

void aur_crossing_veil(crossing *const *m, uint32_t fields)
{
	find_nestings(m[fields - 1]);
	veil_asked(m[fields - 1]);
	veil(m, fields);
}
