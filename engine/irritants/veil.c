/* SPDX-License-Identifier: Apache-2.0 */
/* Which cells of the ledger are tied to which: the sums that suppress.c protects against being undone. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "irritants/build.h"
#include "irritants/web.h"

/* Where a theme's cells are in this web. */
typedef struct grid {
	uint32_t carried, irritant, asserted_free, no_irritant, elsewhere;
	uint32_t stance, finger, polarity; /* the first of 6, 6 and 3 */
	uint32_t session;                  /* the first of all sessions */
	uint32_t dim[AUR_DIMS], unplaced[AUR_DIMS];
} grid;

/* Records that a cell is part of another one that shares no sum with it. */
static void within(aur_irr_cell *c, const aur_irr_cell *whole)
{
	c->cap_n = whole->n;
	c->cap_speakers = whole->speakers;
}

static void bound(aur_build *b, aur_irr_theme *t)
{
	const aur_ledger *l = b->l;
	within(&t->carried, &l->all.themed);
	within(&t->irritant, &l->all.asked);
	within(&t->elsewhere, &l->outside.asked);
	for (int i = 0; i < AUR_IN_STANCES; i++)
		within(&t->stance[i], &l->stance[i]);
	for (uint32_t s = 0; s < l->in->session_count; s++)
		within(&t->session[s], &l->rooms[s].asked);
	for (int d = 0; d < AUR_DIMS; d++) {
		within(&t->unplaced[d], &l->dim[d].unplaced);
		for (uint32_t p = 0; p < l->dim[d].count; p++)
			within(&t->part[d][p].cell, &l->dim[d].parts[p].asked);
	}
	/* every contribution with a theme has at least one root theme: what the others cannot account for must have this one */
	uint64_t n = 0;
	for (uint32_t o = 0; o < l->theme_count && l->in->themes[t->theme].parent == AUR_IN_ABSENT; o++)
		if (l->in->themes[o].parent == AUR_IN_ABSENT && o != t->theme)
			n += l->themes[o].carried.n;
	t->carried.floor_n = l->in->themes[t->theme].parent == AUR_IN_ABSENT && l->all.themed.n > n ? l->all.themed.n - (uint32_t)n : 0;
	t->carried.floor_speakers = t->irritant.speakers;
	aur_build_words_bound(b, t);
}

static grid spread(aur_build *b, aur_web *w, aur_irr_theme *t)
{
	const aur_ledger *l = b->l;
	grid g;
	bound(b, t);
	g.carried = aur_web_cell(w, &t->carried);
	g.irritant = aur_web_cell(w, &t->irritant);
	g.asserted_free = aur_web_cell(w, &t->asserted_free);
	g.no_irritant = aur_web_cell(w, &t->no_irritant);
	g.elsewhere = aur_web_cell(w, &t->elsewhere);
	g.stance = w->cells;
	for (int i = 0; i < AUR_IN_STANCES; i++)
		aur_web_cell(w, &t->stance[i]);
	g.finger = w->cells;
	for (int i = 0; i < 6; i++)
		aur_web_cell(w, &t->finger[i]);
	g.polarity = w->cells;
	for (int i = 0; i < 3; i++)
		aur_web_cell(w, &t->polarity[i]);
	g.session = w->cells;
	for (uint32_t s = 0; s < l->in->session_count; s++)
		aur_web_cell(w, &t->session[s]);
	for (int d = 0; d < AUR_DIMS; d++) {
		g.dim[d] = w->cells;
		for (uint32_t p = 0; p < l->dim[d].count; p++)
			aur_web_cell(w, &t->part[d][p].cell);
		g.unplaced[d] = aur_web_cell(w, &t->unplaced[d]);
	}
	return g;
}

static void tie(const aur_ledger *l, aur_web *w, const grid *g, aur_irr_theme *t)
{
	uint32_t S = l->in->session_count;
	for (uint32_t s = 0; s < S; s++)
		aur_web_part(w, g->session + s);
	aur_web_part(w, g->elsewhere);
	aur_web_sum(w, g->irritant);
	for (int d = 0; d < AUR_DIMS; d++) {
		const aur_irr_dim *dim = &l->dim[d];
		for (uint32_t p = 0; p < dim->count; p++)
			aur_web_part(w, g->dim[d] + p);
		aur_web_part(w, g->unplaced[d]);
		aur_web_sum(w, g->irritant);
		if (d == AUR_DIM_ROLE)
			continue;
		for (uint32_t p = 0; p <= dim->count; p++) {
			bool known = p < dim->count;
			for (uint32_t s = 0; s < S; s++)
				if (dim->of_session[s] == (known ? p : AUR_IN_ABSENT))
					aur_web_part(w, g->session + s);
			if (!known)
				aur_web_part(w, g->elsewhere);
			aur_web_sum(w, known ? g->dim[d] + p : g->unplaced[d]);
		}
	}
	for (uint32_t i = 0; i < AUR_IN_STANCES; i++)
		aur_web_part(w, g->stance + i);
	aur_web_sum(w, g->carried);
	for (uint32_t i = 0; i < 3; i++)
		aur_web_part(w, g->polarity + i);
	aur_web_sum(w, g->carried);
	aur_web_part(w, g->irritant);
	aur_web_part(w, g->no_irritant);
	aur_web_sum(w, g->carried);
	aur_web_part(w, g->stance + AUR_IN_IMPROVE);
	aur_web_part(w, g->stance + AUR_IN_GETRID);
	aur_web_part(w, g->asserted_free);
	aur_web_sum(w, g->irritant);
	for (uint32_t f = 0; f < AUR_IN_STANCES; f++) {
		aur_web_part(w, f == AUR_IN_UNSTRUCTURED ? g->asserted_free : g->finger + f);
		aur_web_part(w, aur_web_cell(w, &t->stance_rest[f]));
		aur_web_sum(w, g->stance + f);
	}
}

/* Ties a theme, cell by cell, to one of the themes below it and the rest. */
static void less(aur_build *b, aur_web *w, aur_irr_theme *t, const grid *g, const aur_irr_theme *x, const grid *gx)
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
	aur_build_cells(b, t->list, b->voice + b->start[t->theme], left, t->list_count, &d);
	free(left);
	struct {
		uint32_t t, x;
		aur_irr_cell c;
	} one[] = {{g->carried, gx->carried, d.carried},
		   {g->irritant, gx->irritant, d.irritant},
		   {g->asserted_free, gx->asserted_free, d.asserted_free},
		   {g->polarity + AUR_ASSERTED, gx->polarity + AUR_ASSERTED, d.polarity[AUR_ASSERTED]}};
	for (size_t i = 0; i < sizeof one / sizeof *one; i++) {
		aur_web_part(w, one[i].x);
		aur_web_part(w, aur_web_rest(w, one[i].c.n, one[i].c.speakers));
		aur_web_sum(w, one[i].t);
	}
	for (uint32_t i = 0; i < AUR_IN_STANCES; i++) {
		aur_web_part(w, gx->stance + i);
		aur_web_part(w, aur_web_rest(w, d.stance[i].n, d.stance[i].speakers));
		aur_web_sum(w, g->stance + i);
	}
	for (uint32_t i = 1; i < 6; i++) {
		aur_web_part(w, gx->finger + i);
		aur_web_part(w, aur_web_rest(w, d.finger[i].n, d.finger[i].speakers));
		aur_web_sum(w, g->finger + i);
	}
	for (uint32_t s = 0; s < l->in->session_count; s++) {
		aur_web_part(w, gx->session + s);
		aur_web_part(w, aur_web_rest(w, d.session[s].n, d.session[s].speakers));
		aur_web_sum(w, g->session + s);
	}
	for (int k = 0; k < AUR_DIMS; k++)
		for (uint32_t p = 0; p < l->dim[k].count; p++) {
			aur_web_part(w, gx->dim[k] + p);
			aur_web_part(w, aur_web_rest(w, d.part[k][p].cell.n, d.part[k][p].cell.speakers));
			aur_web_sum(w, g->dim[k] + p);
		}
}

/* ---- what is published of a series beside its numbers ------------------------------------------------------------------------- */

#define READ_AGAIN 16 /* rooms: where there are more, a verdict depends on too many numbers to reveal one of them */

typedef struct family {
	const aur_ledger *l;
	const grid *g;
	const bool *in; /* by theme: is it part of this web? */
	aur_life_room *room; /* scratch */
	uint32_t *heard;
} family;

/* The direction of a trend; everything else about it is shown only where every room is. */
static int direction(aur_life_trend t)
{
	return t == AUR_TREND_RISE ? 1 : t == AUR_TREND_FALL ? -1 : 0;
}

/* Would the verdict be the same if the cells were changed by `step`? */
static bool same_verdict(const family *f, const aur_irr_theme *t, const grid *g, const int8_t *step)
{
	const aur_ledger *l = f->l;
	const aur_life *told = &t->life;
	aur_life now;
	aur_error e;
	uint32_t m = told->rooms, waves = m ? t->series[m - 1].wave + 1 : 0;
	for (uint32_t w = 0; w < waves; w++)
		f->heard[w] = t->series_heard[w];
	for (uint32_t i = 0; i < m; i++) {
		uint32_t s = t->series_session[i];
		int d = step[g->session + s];
		aur_life_room *r = &f->room[i];
		*r = t->series[i];
		/* assume that whoever is added or left out spoke in that room only, if that is possible */
		r->heard = (uint32_t)((int64_t)r->heard + d);
		if (d > 0 || (r->first && r->last)) {
			r->first = (uint32_t)((int64_t)r->first + d);
			r->last = (uint32_t)((int64_t)r->last + d);
		}
		if (r->heard > r->asked)
			return false;
		uint32_t wave = l->halves ? AUR_IN_ABSENT : l->life_wave[s];
		if (wave != AUR_IN_ABSENT)
			f->heard[r->wave] = (uint32_t)((int64_t)t->series_heard[r->wave] + step[g->dim[AUR_DIM_WAVE] + wave]);
	}
	return aur_life_judge(f->room, m, f->heard, &l->life_mix, l->opt.k, &now, &e) == AURE_OK && now.verdict == told->verdict &&
	       now.why == told->why && direction(now.trend) == direction(told->trend);
}

static bool reads_the_same(void *ctx, const int8_t *step, bool n, bool speakers, int give_up)
{
	const family *f = ctx;
	const aur_ledger *l = f->l;
	(void)n;
	for (uint32_t t = 0; t < l->theme_count && speakers; t++) {
		aur_irr_theme *x = &l->themes[t];
		if (!f->in[t] || x->life_hidden)
			continue;
		const grid *g = &f->g[t];
		bool rooms = false;
		for (uint32_t s = 0; s < l->in->session_count && !rooms; s++)
			rooms = step[g->session + s];
		for (uint32_t w = 0; w < l->dim[AUR_DIM_WAVE].count && !rooms; w++)
			rooms = step[g->dim[AUR_DIM_WAVE] + w];
		if (!rooms || x->life.rooms > READ_AGAIN || same_verdict(f, x, g, step))
			continue;
		if (give_up < (l->in->themes[t].parent == AUR_IN_ABSENT ? 2 : 1))
			return false;
		x->life_hidden = true; /* if a later theme fails, this was withdrawn without need, which reveals nothing */
	}
	return true;
}

void aur_build_veil(aur_build *b, uint32_t root)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	aur_web w = {0};
	if (l->opt.k < 2)
		return;
	grid *g = aur_xcalloc(in->theme_count, sizeof *g);
	bool *kin = aur_xcalloc(in->theme_count, sizeof *kin);
	for (uint32_t t = root; t < in->theme_count; t++) {
		uint32_t up = in->themes[t].parent;
		kin[t] = t == root || (up != AUR_IN_ABSENT && kin[up]);
		if (!kin[t])
			continue;
		g[t] = spread(b, &w, &l->themes[t]);
		tie(l, &w, &g[t], &l->themes[t]);
		if (t != root)
			less(b, &w, &l->themes[up], &g[up], &l->themes[t], &g[t]);
	}
	family f = {.l = l, .g = g, .in = kin, .room = aur_xcalloc((size_t)in->session_count + 1, sizeof *f.room),
		    .heard = aur_xcalloc((size_t)in->session_count + 1, sizeof *f.heard)};
	aur_web_run(&w, l->opt.k, reads_the_same, &f);
	aur_web_free(&w);
	free(f.room);
	free(f.heard);
	free(g);
	free(kin);
}

static void at_least(aur_irr_cell *whole, const aur_irr_cell *c)
{
	whole->floor_n = c->n > whole->floor_n ? c->n : whole->floor_n;
	whole->floor_speakers = c->speakers > whole->floor_speakers ? c->speakers : whole->floor_speakers;
}

/* The converse of bound(): the cells of a theme are lower bounds of the cells that contain them. */
static void bound_rooms(aur_ledger *l)
{
	uint64_t n = 0, speakers = 0;
	for (uint32_t i = 0; i < l->theme_count; i++) {
		const aur_irr_theme *t = &l->themes[i];
		at_least(&l->all.themed, &t->carried);
		at_least(&l->all.asked, &t->irritant);
		at_least(&l->outside.asked, &t->elsewhere);
		for (int k = 0; k < AUR_IN_STANCES; k++)
			at_least(&l->stance[k], &t->stance[k]);
		for (uint32_t s = 0; s < l->in->session_count; s++)
			at_least(&l->rooms[s].asked, &t->session[s]);
		for (int d = 0; d < AUR_DIMS; d++) {
			at_least(&l->dim[d].unplaced, &t->unplaced[d]);
			for (uint32_t p = 0; p < l->dim[d].count; p++)
				at_least(&l->dim[d].parts[p].asked, &t->part[d][p].cell);
		}
		bool root = l->in->themes[i].parent == AUR_IN_ABSENT;
		n += root ? t->carried.n : 0;
		speakers += root ? t->carried.speakers : 0;
	}
	l->all.themed.cap_n = n < UINT32_MAX ? (uint32_t)n : 0;
	l->all.themed.cap_speakers = speakers < UINT32_MAX ? (uint32_t)speakers : 0;
}

void aur_build_veil_rooms(aur_build *b)
{
	aur_ledger *l = b->l;
	uint32_t S = l->in->session_count, all[AUR_ROOM_CELLS], out[AUR_ROOM_CELLS], room[AUR_ROOM_CELLS];
	aur_web w = {0};
	if (l->opt.k < 2)
		return;
	bound_rooms(l);
	for (int c = 0; c < AUR_ROOM_CELLS; c++) {
		bool inner = c == AUR_ROOM_NOT_ASKED || (c == AUR_ROOM_THEMED && l->all.themed.n); /* printed nowhere, and not known to be 0 */
		aur_build_room_cell(&l->all, c)->rank = c == AUR_ROOM_SAID || c == AUR_ROOM_ASKED ? AUR_RANK_MAX : 2;
		all[c] = aur_web_cell(&w, aur_build_room_cell(&l->all, c));
		out[c] = aur_web_cell(&w, aur_build_room_cell(&l->outside, c));
		room[c] = w.cells;
		for (uint32_t s = 0; s < S; s++) {
			aur_build_room_cell(&l->rooms[s], c)->rank = c == AUR_ROOM_SAID ? 2 : c == AUR_ROOM_ASKED;
			aur_web_cell(&w, aur_build_room_cell(&l->rooms[s], c));
		}
		for (uint32_t i = 0; i < S; i++)
			w.cell[room[c] + i]->unpublished = inner;
		w.cell[all[c]]->unpublished = w.cell[out[c]]->unpublished = inner;
		for (uint32_t s = 0; s < S; s++)
			aur_web_part(&w, room[c] + s);
		aur_web_part(&w, out[c]);
		aur_web_sum(&w, all[c]);
	}
	/* each room: asked or not; and with a theme, without one, or a non-answer */
	for (uint32_t s = 0; s < S + 2; s++) {
		uint32_t at[AUR_ROOM_CELLS];
		for (int c = 0; c < AUR_ROOM_CELLS; c++)
			at[c] = s < S ? room[c] + s : s == S ? out[c] : all[c];
		aur_web_part(&w, at[AUR_ROOM_ASKED]);
		aur_web_part(&w, at[AUR_ROOM_NOT_ASKED]);
		aur_web_sum(&w, at[AUR_ROOM_SAID]);
		aur_web_part(&w, at[AUR_ROOM_BARE]);
		aur_web_part(&w, at[AUR_ROOM_NON_ANSWERS]);
		aur_web_part(&w, at[AUR_ROOM_THEMED]);
		aur_web_sum(&w, at[AUR_ROOM_SAID]);
	}
	for (int d = 0; d < AUR_DIMS; d++) {
		const aur_irr_dim *dim = &l->dim[d];
		uint32_t first = w.cells;
		for (uint32_t p = 0; p < dim->count; p++)
			aur_web_cell(&w, &l->dim[d].parts[p].asked);
		uint32_t unplaced = aur_web_cell(&w, &l->dim[d].unplaced);
		for (uint32_t p = 0; p <= dim->count; p++)
			aur_web_part(&w, first + p);
		aur_web_sum(&w, all[AUR_ROOM_ASKED]);
		for (uint32_t p = 0; p <= dim->count && d != AUR_DIM_ROLE; p++) {
			for (uint32_t s = 0; s < S; s++)
				if (dim->of_session[s] == (p < dim->count ? p : AUR_IN_ABSENT))
					aur_web_part(&w, room[AUR_ROOM_ASKED] + s);
			if (p == dim->count)
				aur_web_part(&w, out[AUR_ROOM_ASKED]);
			aur_web_sum(&w, p < dim->count ? first + p : unplaced);
		}
	}
	/* what was asked */
	uint32_t stance = w.cells;
	for (int i = 0; i < AUR_IN_STANCES; i++)
		aur_web_cell(&w, &l->stance[i]);
	for (uint32_t i = 0; i < AUR_IN_STANCES; i++)
		aur_web_part(&w, stance + i);
	aur_web_sum(&w, all[AUR_ROOM_SAID]);
	aur_web_part(&w, stance + AUR_IN_IMPROVE);
	aur_web_part(&w, stance + AUR_IN_GETRID);
	aur_web_part(&w, stance + AUR_IN_UNSTRUCTURED);
	aur_web_sum(&w, all[AUR_ROOM_ASKED]);
	aur_web_run(&w, l->opt.k, NULL, NULL);
	aur_web_free(&w);
}
