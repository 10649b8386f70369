/* SPDX-License-Identifier: Apache-2.0 */
/* Suppression with a proof for each hidden cell.  The witness is looked for as a set of steps of one, +1 here and -1 there, that
 * leaves every sum as it is: a walk from the cell through the hidden cells of its sums and back.  What the walk finds is
 * a valid table, so the answer "safe" is always right; where it gives up, more is hidden. */
#include "config.h"
#include <stdlib.h>
#include "base/mem.h"
#include "irritants/suppress.h"

#define STEPS_MAX 4000 /* per search: beyond, the cell counts as not safe */

typedef struct veil {
	aur_cell **cell;
	uint32_t cells, sums, k;
	const aur_sum *sum;
	uint32_t *in_start, *in; /* the sums that a cell stands in: in[in_start[c] .. in_start[c+1]-1] */
	int8_t *step;            /* the walk: what is added to each cell */
	int32_t *off;            /* how far each sum is out of balance: parts minus total */
	uint32_t *open;          /* sums out of balance, a stack with removal */
	uint32_t *open_at, opens;
	uint32_t *trail, trails; /* cells with a step */
	uint32_t steps;
	bool with_n, with_speakers; /* which of the two numbers moves */
	bool *safe_n, *safe_s;
} veil;

static bool hidden(const aur_cell *c)
{
	return c->hide != AUR_SHOWN || c->unpublished;
}

static bool sensitive(const veil *v, const aur_cell *c)
{
	return c->speakers > 0 && c->speakers < v->k;
}

/* May cell c move by d and still be what the reader was told? */
static bool allowed(const veil *v, const aur_cell *c, int d)
{
	int64_t n = (int64_t)c->n + (v->with_n ? d : 0), s = (int64_t)c->speakers + (v->with_speakers ? d : 0);
	if (n < s || s < 0 || (n > 0 && s == 0))
		return false;
	if (c->unpublished)
		return true;
	return c->hide == AUR_FEW ? s >= 1 && s < (int64_t)v->k : s >= (int64_t)v->k;
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
		v->off[q] += v->sum[q].total == c ? -d : d;
		open_set(v, q, v->off[q] != 0);
	}
}

/* Balances what is open; a cell moves once.  True: all sums stand, v->trail holds the cells that moved. */
static bool balance(veil *v)
{
	if (!v->opens)
		return true;
	if (v->steps++ > STEPS_MAX)
		return false;
	uint32_t q = v->open[v->opens - 1];
	for (uint32_t i = 0; i <= v->sum[q].count; i++) {
		bool part = i < v->sum[q].count;
		uint32_t c = part ? v->sum[q].parts[i] : v->sum[q].total;
		int d = (v->off[q] > 0) == part ? -1 : 1;
		if (v->step[c] || !hidden(v->cell[c]) || !allowed(v, v->cell[c], d))
			continue;
		uint32_t mark = v->trails;
		v->trail[v->trails++] = c;
		move(v, c, d);
		if (balance(v))
			return true;
		move(v, c, -d);
		v->trails = mark;
		if (v->steps > STEPS_MAX)
			return false;
	}
	return false;
}

/* Looks for a witness against cell c with the given numbers moving; marks all cells that it moves. */
static bool witness(veil *v, uint32_t c, bool with_n, bool with_speakers)
{
	v->with_n = with_n;
	v->with_speakers = with_speakers;
	bool found = false;
	for (int d = 1; d >= -1 && !found; d -= 2) {
		if (!allowed(v, v->cell[c], d))
			continue;
		v->steps = 0;
		v->trails = 0;
		v->trail[v->trails++] = c;
		move(v, c, d);
		found = balance(v);
		for (uint32_t i = 0; found && i < v->trails; i++) {
			v->safe_n[v->trail[i]] |= with_n;
			v->safe_s[v->trail[i]] |= with_speakers;
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

/* Of a sum's shown cells that hold something, the one with the fewest people; parts before the total. */
static uint32_t smallest(const veil *v, const aur_sum *q, uint32_t best)
{
	for (uint32_t i = 0; i <= q->count; i++) {
		uint32_t c = i < q->count ? q->parts[i] : q->total;
		if (hidden(v->cell[c]) || !v->cell[c]->n)
			continue;
		if (best == UINT32_MAX || v->cell[c]->speakers < v->cell[best]->speakers)
			best = c;
	}
	return best;
}

/* Hides one more cell near c: in its own sums, else in those reached through hidden cells.  False: nothing is left. */
static bool hide_near(veil *v, uint32_t c)
{
	bool *seen = aur_xcalloc(v->cells, sizeof *seen);
	uint32_t *queue = aur_xmalloc(v->cells * sizeof *queue), head = 0, tail = 0, best = UINT32_MAX;
	seen[c] = true;
	queue[tail++] = c;
	while (head < tail && best == UINT32_MAX) {
		/* one ring of cells at a time */
		uint32_t ring = tail;
		for (uint32_t i = head; i < ring; i++)
			for (uint32_t j = v->in_start[queue[i]]; j < v->in_start[queue[i] + 1]; j++)
				best = smallest(v, &v->sum[v->in[j]], best);
		for (; head < ring; head++)
			for (uint32_t j = v->in_start[queue[head]]; j < v->in_start[queue[head] + 1]; j++) {
				const aur_sum *q = &v->sum[v->in[j]];
				for (uint32_t i = 0; i <= q->count; i++) {
					uint32_t o = i < q->count ? q->parts[i] : q->total;
					if (!seen[o] && hidden(v->cell[o])) {
						seen[o] = true;
						queue[tail++] = o;
					}
				}
			}
	}
	free(seen);
	free(queue);
	if (best == UINT32_MAX)
		return false;
	v->cell[best]->hide = AUR_MASKED;
	return true;
}

/* The hidden cells of a shown total hold k people or more together. */
static bool crowd(veil *v)
{
	bool changed = false;
	for (uint32_t q = 0; q < v->sums; q++)
		while (!hidden(v->cell[v->sum[q].total])) {
			uint64_t people = 0;
			bool few = false;
			for (uint32_t i = 0; i < v->sum[q].count; i++) {
				const aur_cell *c = v->cell[v->sum[q].parts[i]];
				people += hidden(c) ? c->speakers : 0;
				few |= c->hide == AUR_FEW;
			}
			uint32_t best = few && people < v->k ? smallest(v, &v->sum[q], UINT32_MAX) : UINT32_MAX;
			if (best == UINT32_MAX)
				break;
			v->cell[best]->hide = AUR_MASKED;
			changed = true;
		}
	return changed;
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

void aur_suppress(aur_cell **cells, uint32_t cell_count, const aur_sum *sums, uint32_t sum_count, uint32_t k)
{
	bool any = false;
	for (uint32_t c = 0; c < cell_count; c++) {
		bool few = cells[c]->speakers > 0 && cells[c]->speakers < k;
		cells[c]->hide = few && !cells[c]->unpublished ? AUR_FEW : AUR_SHOWN;
		any |= few;
	}
	if (!any)
		return;
	veil v = {.cell = cells, .cells = cell_count, .sum = sums, .sums = sum_count, .k = k};
	index_sums(&v);
	v.step = aur_xcalloc(cell_count, sizeof *v.step);
	v.off = aur_xcalloc(sum_count, sizeof *v.off);
	v.open = aur_xmalloc(sum_count * sizeof *v.open);
	v.open_at = aur_xmalloc(sum_count * sizeof *v.open_at);
	for (uint32_t q = 0; q < sum_count; q++)
		v.open_at[q] = UINT32_MAX;
	v.trail = aur_xmalloc(((size_t)cell_count + 1) * sizeof *v.trail);
	v.safe_n = aur_xcalloc(cell_count, sizeof *v.safe_n);
	v.safe_s = aur_xcalloc(cell_count, sizeof *v.safe_s);
	/* Hiding more never makes a witness invalid, so one pass over the cells, each until it is safe, is enough;
	 * crowd() comes first because it hides without looking. */
	crowd(&v);
	for (uint32_t c = 0; c < cell_count; c++)
		while (sensitive(&v, cells[c]) && hidden(cells[c]) && !safe(&v, c) && hide_near(&v, c))
			crowd(&v);
	free(v.in_start);
	free(v.in);
	free(v.step);
	free(v.off);
	free(v.open);
	free(v.open_at);
	free(v.trail);
	free(v.safe_n);
	free(v.safe_s);
}
