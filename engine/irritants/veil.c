/* SPDX-License-Identifier: Apache-2.0 */
/* Which cells of the ledger are tied to which: the sums that suppress.c must not let anybody undo. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "irritants/build.h"

typedef struct web {
	aur_irr_cell **cell;
	uint32_t cells, cell_cap;
	aur_sum *sum;
	uint32_t sums, sum_cap;
	uint32_t *part; /* of the sum that is being made */
	uint32_t parts, part_cap;
	aur_arena arena;
} web;

static uint32_t cell(web *w, aur_irr_cell *c)
{
	AUR_GROW(w->cell, w->cells, w->cell_cap);
	w->cell[w->cells] = c;
	return w->cells++;
}

/* A number that is printed nowhere, but is the difference of two. */
static uint32_t rest(web *w, uint32_t n, uint32_t speakers)
{
	aur_irr_cell *c = aur_arena_alloc(&w->arena, sizeof *c);
	*c = (aur_irr_cell){.n = n, .speakers = speakers, .unpublished = true};
	return cell(w, c);
}

static void part(web *w, uint32_t c)
{
	AUR_GROW(w->part, w->parts, w->part_cap);
	w->part[w->parts++] = c;
}

static void sum(web *w, uint32_t total)
{
	if (w->parts) {
		uint32_t *p = aur_arena_alloc(&w->arena, w->parts * sizeof *p);
		memcpy(p, w->part, w->parts * sizeof *p);
		AUR_GROW(w->sum, w->sums, w->sum_cap);
		w->sum[w->sums++] = (aur_sum){total, w->parts, p};
	}
	w->parts = 0;
}

/* The numbers, in this web, of a theme's cells. */
typedef struct grid {
	uint32_t carried, irritant, asserted_free, elsewhere;
	uint32_t stance, finger, polarity; /* the first of 6, 6, 3 */
	uint32_t session;                  /* the first */
	uint32_t dim[AUR_DIMS], unplaced[AUR_DIMS];
} grid;

static grid spread(const aur_ledger *l, web *w, aur_irr_theme *t)
{
	grid g;
	g.carried = cell(w, &t->carried);
	g.irritant = cell(w, &t->irritant);
	g.asserted_free = cell(w, &t->asserted_free);
	g.elsewhere = cell(w, &t->elsewhere);
	g.stance = w->cells;
	for (int i = 0; i < AUR_IN_STANCES; i++)
		cell(w, &t->stance[i]);
	g.finger = w->cells;
	for (int i = 0; i < 6; i++)
		cell(w, &t->finger[i]);
	g.polarity = w->cells;
	for (int i = 0; i < 3; i++)
		cell(w, &t->polarity[i]);
	g.session = w->cells;
	for (uint32_t s = 0; s < l->in->session_count; s++)
		cell(w, &t->session[s]);
	for (int d = 0; d < AUR_DIMS; d++) {
		g.dim[d] = w->cells;
		for (uint32_t p = 0; p < l->dim[d].count; p++)
			cell(w, &t->part[d][p].cell);
		g.unplaced[d] = cell(w, &t->unplaced[d]);
	}
	return g;
}

static void tie(const aur_ledger *l, web *w, const grid *g, aur_irr_theme *t)
{
	uint32_t S = l->in->session_count;
	for (uint32_t s = 0; s < S; s++)
		part(w, g->session + s);
	part(w, g->elsewhere);
	sum(w, g->irritant);
	for (int d = 0; d < AUR_DIMS; d++) {
		const aur_irr_dim *dim = &l->dim[d];
		for (uint32_t p = 0; p < dim->count; p++)
			part(w, g->dim[d] + p);
		part(w, g->unplaced[d]);
		sum(w, g->irritant);
		if (d == AUR_DIM_ROLE)
			continue;
		for (uint32_t p = 0; p <= dim->count; p++) {
			bool known = p < dim->count;
			for (uint32_t s = 0; s < S; s++)
				if (dim->of_session[s] == (known ? p : AUR_IN_ABSENT))
					part(w, g->session + s);
			if (!known)
				part(w, g->elsewhere);
			sum(w, known ? g->dim[d] + p : g->unplaced[d]);
		}
	}
	for (uint32_t i = 0; i < AUR_IN_STANCES; i++)
		part(w, g->stance + i);
	sum(w, g->carried);
	for (uint32_t i = 0; i < 3; i++)
		part(w, g->polarity + i);
	sum(w, g->carried);
	part(w, g->stance + AUR_IN_IMPROVE);
	part(w, g->stance + AUR_IN_GETRID);
	part(w, g->asserted_free);
	sum(w, g->irritant);
	for (uint32_t f = 0; f < AUR_IN_STANCES; f++) {
		part(w, f == AUR_IN_UNSTRUCTURED ? g->asserted_free : g->finger + f);
		part(w, cell(w, &t->stance_rest[f]));
		sum(w, g->stance + f);
	}
}

/* A theme less one of those below it, cell by cell. */
static void less(aur_build *b, web *w, aur_irr_theme *t, const grid *g, const aur_irr_theme *x, const grid *gx)
{
	const aur_ledger *l = b->l;
	const uint8_t *how = b->how + b->start[t->theme], *how_x = b->how + b->start[x->theme];
	uint8_t *left = aur_xmalloc((size_t)t->list_count + 1);
	for (uint32_t i = 0; i < x->list_count; i++)
		b->mark[x->list[i]] = how_x[i];
	for (uint32_t i = 0; i < t->list_count; i++)
		left[i] = (uint8_t)(how[i] & ~b->mark[t->list[i]]);
	for (uint32_t i = 0; i < x->list_count; i++)
		b->mark[x->list[i]] = 0;
	aur_irr_theme d = {.theme = t->theme};
	aur_build_cells(b, t->list, left, t->list_count, &d);
	free(left);
	struct {
		uint32_t t, x;
		aur_irr_cell c;
	} one[] = {{g->carried, gx->carried, d.carried},
		   {g->irritant, gx->irritant, d.irritant},
		   {g->asserted_free, gx->asserted_free, d.asserted_free},
		   {g->polarity + AUR_ASSERTED, gx->polarity + AUR_ASSERTED, d.polarity[AUR_ASSERTED]}};
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
		part(w, one[i].x);
		part(w, rest(w, one[i].c.n, one[i].c.speakers));
		sum(w, one[i].t);
	}
	for (uint32_t i = 0; i < AUR_IN_STANCES; i++) {
		part(w, gx->stance + i);
		part(w, rest(w, d.stance[i].n, d.stance[i].speakers));
		sum(w, g->stance + i);
	}
	for (uint32_t i = 1; i < 6; i++) {
		part(w, gx->finger + i);
		part(w, rest(w, d.finger[i].n, d.finger[i].speakers));
		sum(w, g->finger + i);
	}
	for (uint32_t s = 0; s < l->in->session_count; s++) {
		part(w, gx->session + s);
		part(w, rest(w, d.session[s].n, d.session[s].speakers));
		sum(w, g->session + s);
	}
	for (int k = 0; k < AUR_DIMS; k++)
		for (uint32_t p = 0; p < l->dim[k].count; p++) {
			part(w, gx->dim[k] + p);
			part(w, rest(w, d.part[k][p].cell.n, d.part[k][p].cell.speakers));
			sum(w, g->dim[k] + p);
		}
}

static void web_run(web *w, uint32_t k)
{
	aur_suppress(w->cell, w->cells, w->sum, w->sums, k);
	free(w->cell);
	free(w->sum);
	free(w->part);
	aur_arena_free(&w->arena);
}

void aur_build_veil(aur_build *b, uint32_t root)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	web w = {0};
	if (l->opt.k < 2)
		return;
	grid *g = aur_xcalloc(in->theme_count, sizeof *g);
	bool *family = aur_xcalloc(in->theme_count, sizeof *family);
	for (uint32_t t = root; t < in->theme_count; t++) {
		uint32_t up = in->themes[t].parent;
		family[t] = t == root || (up != AUR_IN_ABSENT && family[up]);
		if (!family[t])
			continue;
		g[t] = spread(l, &w, &l->themes[t]);
		tie(l, &w, &g[t], &l->themes[t]);
		if (t != root)
			less(b, &w, &l->themes[up], &g[up], &l->themes[t], &g[t]);
	}
	web_run(&w, l->opt.k);
	free(g);
	free(family);
}

static aur_irr_cell *room_cell(aur_irr_room *r, int which)
{
	return which == 0 ? &r->said : which == 1 ? &r->asked : which == 2 ? &r->bare : &r->non_answers;
}

void aur_build_veil_rooms(aur_build *b)
{
	aur_ledger *l = b->l;
	uint32_t S = l->in->session_count;
	if (l->opt.k < 2)
		return;
	for (int which = 0; which < 4; which++) {
		web w = {0};
		room_cell(&l->all, which)->rank = AUR_RANK_MAX;
		uint32_t total = cell(&w, room_cell(&l->all, which)), first = w.cells;
		for (uint32_t s = 0; s < S; s++)
			cell(&w, room_cell(&l->rooms[s], which));
		uint32_t outside = cell(&w, room_cell(&l->outside, which));
		for (uint32_t s = 0; s < S; s++)
			part(&w, first + s);
		part(&w, outside);
		sum(&w, total);
		for (int d = 0; which == 1 && d < AUR_DIM_ROLE; d++)
			for (uint32_t p = 0; p < l->dim[d].count; p++) {
				for (uint32_t s = 0; s < S; s++)
					if (l->dim[d].of_session[s] == p)
						part(&w, first + s);
				sum(&w, cell(&w, &l->dim[d].parts[p].asked));
			}
		for (uint32_t p = 0; which == 1 && p < l->dim[AUR_DIM_ROLE].count; p++) {
			aur_irr_cell *c = &l->dim[AUR_DIM_ROLE].parts[p].asked;
			c->hide = c->speakers && c->speakers < l->opt.k ? AUR_FEW : AUR_SHOWN;
		}
		web_run(&w, l->opt.k);
	}
}
