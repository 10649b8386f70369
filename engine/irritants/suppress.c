/* SPDX-License-Identifier: Apache-2.0 */
/* Suppression with a proof for each hidden cell.  A witness is searched for as a set of steps of one, +1 here and -1 there, that
 * leaves every sum as it is: a walk from the cell through the hidden cells of its sums and back.  Where no such walk agrees with
 * what is shown, it may pass through cells that show too much, at a price; along the cheapest walk that is found, these cells then
 * show less.  The steps that are found give a valid table, so the answer "safe" is always right. */
#include "config.h"
#include <stdlib.h>
#include "base/mem.h"
#include "irritants/suppress.h"

#define STEPS_MAX 600 /* per search, at the lower levels of protect() */

typedef struct band {
	uint32_t low, high;
} band;

typedef struct veil {
	aur_irr_cell **cell;
	uint32_t cells, sums, k;
	const aur_sum *sum;
	uint32_t *in_start, *in; /* the sums that cell c is in: in[in_start[c] .. in_start[c+1]-1] */
	int8_t *step;            /* the walk so far: what is added to each cell */
	int32_t *off;            /* by how much each sum is out of balance: parts minus total */
	bool *loose;             /* the sum has an unpublished cell, so its people need not balance */
	uint32_t *open;          /* the sums that are out of balance: a stack from which any can be removed */
	uint32_t *open_at, opens;
	uint32_t *trail, trails; /* the cells that have a step */
	uint32_t steps;
	bool with_n, with_speakers; /* which of the two numbers the steps are added to */
	uint32_t spent, budget;     /* price of the cells that would have to show less, and its limit */
	uint32_t most;              /* steps allowed per search; after them it gives up */
	bool *safe_n, *safe_s;
	band *band_n, *band_s;   /* the bands of each cell, whether or not it shows them */
	uint32_t *known;         /* per cell and direction (down, up): the number of the search for which `cost` is valid */
	uint32_t *cost, search;
	aur_holds *holds;
	void *ctx;
	int give_up;
} veil;

void aur_band(uint32_t x, uint32_t k, uint32_t *low, uint32_t *high)
{
	static const uint32_t step[3] = {1, 2, 4};
	uint64_t unit = k, next = k;
	*low = k;
	for (int i = 0;; i++) {
		if (i && i % 3 == 0)
			unit *= 10;
		next = i % 3 == 2 ? unit * 10 : unit * step[i % 3 + 1];
		*low = (uint32_t)(unit * step[i % 3]);
		*high = next - 1 < UINT32_MAX ? (uint32_t)(next - 1) : UINT32_MAX;
		if (x <= *high)
			return;
	}
}

static bool hidden(const aur_irr_cell *c)
{
	return c->hide != AUR_SHOWN || c->unpublished;
}

static bool sensitive(const veil *v, const aur_irr_cell *c)
{
	return c->speakers > 0 && c->speakers < v->k;
}

static bool in_band(const band *b, int64_t is)
{
	return is >= b->low && is <= b->high;
}

#define NEVER UINT32_MAX
/* The price of moving a cell by d: 0 if the reader would see the same; else what showing less of it is worth, and *hide says how
 * little must be shown.  A zero is always shown, so it cannot move. */
static uint32_t price(const veil *v, uint32_t which, int d, aur_hide *hide)
{
	static const uint32_t worth[AUR_RANK_MAX + 1] = {2, 6, 12, 24};
	const aur_irr_cell *c = v->cell[which];
	int64_t n = (int64_t)c->n + (v->with_n ? d : 0), s = (int64_t)c->speakers + (v->with_speakers ? d : 0);
	*hide = (aur_hide)c->hide;
	if (n < c->floor_n || (c->cap_n && n > c->cap_n))
		return NEVER;
	if (c->unpublished)
		return n < 0 ? NEVER : 0;
	if (!c->n || s < 1 || n < s || s < c->floor_speakers || (c->cap_speakers && s > c->cap_speakers))
		return NEVER;
	if (c->hide == AUR_MASKED)
		return 0;
	if (c->hide == AUR_FEW) {
		if (s < (int64_t)v->k)
			return 0;
		*hide = AUR_MASKED;
		return worth[1];
	}
	bool inside = in_band(&v->band_n[which], n) && in_band(&v->band_s[which], s);
	if (c->hide == AUR_BAND && inside)
		return 0;
	*hide = inside ? AUR_BAND : AUR_MASKED;
	return worth[c->rank] - (c->hide == AUR_BAND ? worth[c->rank] / 2 : 0) + (inside ? 0 : 1);
}

static void open_set(veil *v, uint32_t q, bool on)
{
	if (on == (v->open_at[q] != UINT32_MAX))
		return;
	if (on) {
		v->open_at[q] = v->opens;
		v->open[v->opens++] = q;
	} else {
		uint32_t last = v->open[--v->opens];
		v->open[v->open_at[q]] = last;
		v->open_at[last] = v->open_at[q];
		v->open_at[q] = UINT32_MAX;
	}
}

static void move(veil *v, uint32_t c, int d)
{
	v->step[c] = (int8_t)(v->step[c] + d);
	for (uint32_t i = v->in_start[c]; i < v->in_start[c + 1]; i++) {
		uint32_t q = v->in[i];
		if (v->loose[q] && !v->with_n)
			continue;
		v->off[q] += v->sum[q].total == c ? -d : d;
		open_set(v, q, v->off[q] != 0);
	}
}

/* How cell i of sum q (the total comes after the parts) would have to move to bring the sum nearer to balance; 0 if it may not move. */
static int candidate(veil *v, uint32_t q, uint32_t i, uint32_t *cell, uint32_t *cost)
{
	bool part = i < v->sum[q].count;
	uint32_t c = part ? v->sum[q].parts[i] : v->sum[q].total;
	int d = (v->off[q] > 0) == part ? -1 : 1;
	*cell = c;
	if (v->step[c])
		return 0;
	/* cells do not change `hide` during a search, so the price can be kept */
	size_t at = 2 * (size_t)c + (d > 0);
	if (v->known[at] != v->search) {
		aur_hide hide;
		v->known[at] = v->search;
		v->cost[at] = price(v, c, d, &hide);
	}
	*cost = v->cost[at];
	return *cost == NEVER || *cost > v->budget - v->spent ? 0 : d;
}

#define FEWEST 6 /* stop counting a sum's candidates here */

/* The open sum with the fewest candidates. */
static uint32_t tightest(veil *v)
{
	uint32_t best = v->open[v->opens - 1], fewest = UINT32_MAX;
	for (uint32_t o = v->opens; o-- > 0 && fewest > 1;) {
		uint32_t q = v->open[o], n = 0, c, cost;
		for (uint32_t i = 0; i <= v->sum[q].count && n < FEWEST && n < fewest; i++)
			n += candidate(v, q, i, &c, &cost) != 0;
		if (n < fewest) {
			fewest = n;
			best = q;
		}
	}
	return best;
}

/* How many sums a step would bring out of balance, less those that it would balance. */
static int opens_by(const veil *v, uint32_t c, int d)
{
	int more = 0;
	for (uint32_t i = v->in_start[c]; i < v->in_start[c + 1]; i++) {
		uint32_t q = v->in[i];
		if (v->loose[q] && !v->with_n)
			continue;
		int32_t was = v->off[q], is = was + (v->sum[q].total == c ? -d : d);
		more += (is != 0) - (was != 0);
	}
	return more;
}

#define TRIES 6 /* candidates tried per sum, cheapest first */

/* All sums balance.  Is the result a possible table, and does it read as the published one?  The people of a part are among those
 * of the total. */
static bool reads_the_same(const veil *v)
{
	for (uint32_t t = 0; t < v->trails; t++)
		for (uint32_t i = v->in_start[v->trail[t]]; i < v->in_start[v->trail[t] + 1]; i++) {
			const aur_sum *q = &v->sum[v->in[i]];
			const aur_irr_cell *total = v->cell[q->total];
			/* of an unpublished total only a lower bound may be known */
			int64_t whole = total->unpublished ? total->floor_speakers : (int64_t)total->speakers + (v->with_speakers ? v->step[q->total] : 0);
			int64_t most = 0;
			for (uint32_t p = 0; p < q->count; p++) {
				const aur_irr_cell *c = v->cell[q->parts[p]];
				int64_t n = (int64_t)c->n + (v->with_n ? v->step[q->parts[p]] : 0);
				int64_t s = (int64_t)c->speakers + (v->with_speakers ? v->step[q->parts[p]] : 0);
				if (!c->unpublished && !total->unpublished && s > whole)
					return false;
				most += c->unpublished ? n : s;
			}
			if (most < whole)
				return false;
		}
	return !v->holds || v->holds(v->ctx, v->step, v->with_n, v->with_speakers, v->give_up);
}

/* Balances the open sums; a cell moves at most once.  If true, v->trail holds the cells that moved. */
static bool balance(veil *v)
{
	if (v->steps++ > v->most)
		return false;
	if (!v->opens)
		return reads_the_same(v);
	uint32_t q = tightest(v), n = 0;
	struct {
		uint32_t c, cost;
		int d, more;
	} best[TRIES], x;
	for (uint32_t i = 0; i <= v->sum[q].count; i++) {
		x.d = candidate(v, q, i, &x.c, &x.cost);
		if (!x.d)
			continue;
		x.more = 2 * opens_by(v, x.c, x.d) + (int)x.cost;
		uint32_t at = n;
		while (at && best[at - 1].more > x.more)
			at--;
		if (at == TRIES)
			continue;
		for (uint32_t k = n < TRIES ? n : TRIES - 1; k > at; k--)
			best[k] = best[k - 1];
		best[at] = x;
		n += n < TRIES;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t mark = v->trails;
		v->trail[v->trails++] = best[i].c;
		v->spent += best[i].cost;
		move(v, best[i].c, best[i].d);
		if (balance(v))
			return true;
		move(v, best[i].c, -best[i].d);
		v->spent -= best[i].cost;
		v->trails = mark;
		if (v->steps > v->most)
			return false;
	}
	return false;
}

/* Searches for a witness against cell c by moving the given numbers, at a price within the budget.  The cells that it moves are
 * safe from then on, and show as little as the walk needs. */
static bool witness(veil *v, uint32_t c, bool with_n, bool with_speakers)
{
	v->with_n = with_n;
	v->with_speakers = with_speakers;
	bool found = false;
	for (int d = 1; d >= -1 && !found; d -= 2) {
		aur_hide hide;
		uint32_t cost = price(v, c, d, &hide);
		v->search++;
		if (cost == NEVER || cost > v->budget)
			continue;
		v->spent = cost;
		v->steps = 0;
		v->trails = 0;
		v->trail[v->trails++] = c;
		move(v, c, d);
		found = balance(v);
		for (uint32_t i = 0; found && i < v->trails; i++) {
			uint32_t t = v->trail[i];
			price(v, t, v->step[t], &hide);
			v->cell[t]->hide = (uint8_t)hide;
			v->safe_n[t] |= with_n;
			v->safe_s[t] |= with_speakers;
		}
		while (v->trails) {
			uint32_t t = v->trail[--v->trails];
			move(v, t, -v->step[t]);
		}
	}
	return found;
}

static bool safe(veil *v, uint32_t c)
{
	if (!v->safe_n[c] || !v->safe_s[c])
		witness(v, c, true, true);
	if (!v->safe_n[c])
		witness(v, c, true, false);
	if (!v->safe_s[c])
		witness(v, c, false, true);
	return v->safe_n[c] && v->safe_s[c];
}

/* Of the shown cells of a sum that are not 0: the one of lowest rank, then the one with the fewest people; parts before the total. */
static uint32_t smallest(const veil *v, const aur_sum *q)
{
	uint32_t best = UINT32_MAX;
	for (uint32_t i = 0; i <= q->count; i++) {
		uint32_t c = i < q->count ? q->parts[i] : q->total;
		const aur_irr_cell *x = v->cell[c], *b = best == UINT32_MAX ? NULL : v->cell[best];
		if (hidden(x) || !x->n)
			continue;
		if (!b || x->rank < b->rank || (x->rank == b->rank && x->speakers < b->speakers))
			best = c;
	}
	return best;
}

/* Makes sure that the hidden cells of each shown total hold k people or more together. */
static void crowd(veil *v)
{
	for (uint32_t q = 0; q < v->sums; q++)
		while (!hidden(v->cell[v->sum[q].total])) {
			uint64_t people = 0;
			bool few = false;
			for (uint32_t i = 0; i < v->sum[q].count; i++) {
				const aur_irr_cell *c = v->cell[v->sum[q].parts[i]];
				people += hidden(c) ? c->speakers : 0;
				few |= c->hide == AUR_FEW;
			}
			uint32_t best = few && people < v->k ? smallest(v, &v->sum[q]) : UINT32_MAX;
			if (best == UINT32_MAX)
				break;
			v->cell[best]->hide = AUR_BAND;
		}
}

/* Masks all cells of rank `rank` or less in the sums of c. */
static void mask_around(veil *v, uint32_t c, uint32_t rank)
{
	for (uint32_t j = v->in_start[c]; j < v->in_start[c + 1]; j++) {
		const aur_sum *q = &v->sum[v->in[j]];
		for (uint32_t i = 0; i <= q->count; i++) {
			aur_irr_cell *x = v->cell[i < q->count ? q->parts[i] : q->total];
			if (x->n && !x->unpublished && x->rank <= rank)
				x->hide = AUR_MASKED;
		}
	}
}

static bool safe_at_a_price(veil *v, uint32_t c)
{
	for (v->budget = 0; v->budget < 300; v->budget = v->budget ? 2 * v->budget : 2)
		if (safe(v, c))
			return true;
	return false;
}

/* Makes c safe at the lowest price.  If that fails, gives up verdicts that are computed from cells, and then masks the cells around
 * it, lowest rank first. */
static void protect(veil *v, uint32_t c)
{
	/* what holds() may give up; then up to which rank cells are masked (-1: none) */
	static const struct {
		int give_up, rank;
	} stage[] = {{0, -1}, {1, -1}, {2, -1}, {2, 0}, {2, 1}, {2, 2}, {2, 3}};
	for (size_t i = 0; i < sizeof stage / sizeof *stage; i++) {
		bool mask = stage[i].rank >= 0;
		if (i && !mask && !v->holds)
			continue;
		v->give_up = v->holds ? stage[i].give_up : 0;
		v->most = mask ? 2 * STEPS_MAX : STEPS_MAX;
		if (mask)
			mask_around(v, c, (uint32_t)stage[i].rank);
		if (mask ? safe(v, c) : safe_at_a_price(v, c))
			return;
	}
}

static void index_sums(veil *v)
{
	v->in_start = aur_xcalloc((size_t)v->cells + 2, sizeof *v->in_start);
	size_t all = 0;
	for (uint32_t q = 0; q < v->sums; q++) {
		for (uint32_t i = 0; i < v->sum[q].count; i++)
			v->in_start[v->sum[q].parts[i] + 2]++;
		v->in_start[v->sum[q].total + 2]++;
		all += v->sum[q].count + 1;
	}
	for (uint32_t c = 2; c < v->cells + 2; c++)
		v->in_start[c] += v->in_start[c - 1];
	v->in = aur_xmalloc(all * sizeof *v->in);
	for (uint32_t q = 0; q < v->sums; q++) {
		for (uint32_t i = 0; i < v->sum[q].count; i++)
			v->in[v->in_start[v->sum[q].parts[i] + 1]++] = q;
		v->in[v->in_start[v->sum[q].total + 1]++] = q;
	}
}

void aur_suppress(aur_irr_cell **cells, uint32_t cell_count, const aur_sum *sums, uint32_t sum_count, uint32_t k, aur_holds *holds, void *ctx)
{
	bool any = false;
	for (uint32_t c = 0; c < cell_count; c++) {
		bool few = cells[c]->speakers > 0 && cells[c]->speakers < k;
		cells[c]->hide = few && !cells[c]->unpublished ? AUR_FEW : AUR_SHOWN;
		any |= few;
	}
	if (!any)
		return;
	veil v = {.cell = cells, .cells = cell_count, .sum = sums, .sums = sum_count, .k = k, .holds = holds, .ctx = ctx};
	index_sums(&v);
	v.step = aur_xcalloc(cell_count, sizeof *v.step);
	v.off = aur_xcalloc(sum_count, sizeof *v.off);
	v.loose = aur_xcalloc(sum_count, sizeof *v.loose);
	for (uint32_t q = 0; q < sum_count; q++)
		for (uint32_t i = 0; i <= sums[q].count; i++)
			v.loose[q] |= cells[i < sums[q].count ? sums[q].parts[i] : sums[q].total]->unpublished;
	v.open = aur_xmalloc(sum_count * sizeof *v.open);
	v.open_at = aur_xmalloc(sum_count * sizeof *v.open_at);
	for (uint32_t q = 0; q < sum_count; q++)
		v.open_at[q] = UINT32_MAX;
	v.trail = aur_xmalloc(((size_t)cell_count + 1) * sizeof *v.trail);
	v.known = aur_xcalloc(2 * (size_t)cell_count, sizeof *v.known);
	v.cost = aur_xmalloc(2 * (size_t)cell_count * sizeof *v.cost);
	v.band_n = aur_xmalloc(cell_count * sizeof *v.band_n);
	v.band_s = aur_xmalloc(cell_count * sizeof *v.band_s);
	for (uint32_t c = 0; c < cell_count; c++) {
		aur_band(cells[c]->n, k, &v.band_n[c].low, &v.band_n[c].high);
		aur_band(cells[c]->speakers, k, &v.band_s[c].low, &v.band_s[c].high);
	}
	v.safe_n = aur_xcalloc(cell_count, sizeof *v.safe_n);
	v.safe_s = aur_xcalloc(cell_count, sizeof *v.safe_s);
	for (uint32_t c = 0; c < cell_count; c++)
		v.safe_s[c] = cells[c]->unpublished;
	/* Hiding more never invalidates a witness, so one pass over the cells, each until it is safe, is enough.
	 * crowd() does not look for witnesses, so it comes first: what it hides may save protect() from hiding more. */
	crowd(&v);
	for (uint32_t c = 0; c < cell_count; c++)
		if (sensitive(&v, cells[c]))
			protect(&v, c);
	crowd(&v);
	free(v.in_start);
	free(v.in);
	free(v.step);
	free(v.off);
	free(v.loose);
	free(v.open);
	free(v.open_at);
	free(v.trail);
	free(v.known);
	free(v.cost);
	free(v.band_n);
	free(v.band_s);
	free(v.safe_n);
	free(v.safe_s);
}
