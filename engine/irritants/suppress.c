/* SPDX-License-Identifier: Apache-2.0 */
/* Suppression with a proof for each hidden cell.  The witness is looked for as a set of steps of one, +1 here and -1 there, that
 * leaves every sum as it is: a walk from the cell through the hidden cells of its sums and back.  What the walk finds is
 * a valid table, so the answer "safe" is always right; where it gives up, more is hidden. */
#include "config.h"
#include <stdlib.h>
#include "base/mem.h"
#include "irritants/suppress.h"

#define STEPS_MAX 600 /* per search: beyond, the cell counts as not safe */

typedef struct veil {
	aur_irr_cell **cell;
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
	bool relaxed;               /* as if everything that may be hidden were */
	bool *safe_n, *safe_s;
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

static bool movable(const veil *v, const aur_irr_cell *c)
{
	return hidden(c) || (v->relaxed && c->n);
}

static bool sensitive(const veil *v, const aur_irr_cell *c)
{
	return c->speakers > 0 && c->speakers < v->k;
}

/* May cell c move by d and still be what the reader was told? */
static bool allowed(const veil *v, const aur_irr_cell *c, int d)
{
	int64_t n = (int64_t)c->n + (v->with_n ? d : 0), s = (int64_t)c->speakers + (v->with_speakers ? d : 0);
	if (n < s || s < 0 || (n > 0 && s == 0))
		return false;
	if (c->unpublished)
		return true;
	if (c->hide == AUR_FEW)
		return s >= 1 && s < (int64_t)v->k;
	if (c->hide == AUR_BAND && !v->relaxed) {
		uint32_t low, high;
		aur_band(c->n, v->k, &low, &high);
		if (n < low || n > high)
			return false;
		aur_band(c->speakers, v->k, &low, &high);
		return s >= low && s <= high;
	}
	return s >= 1;
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

/* What cell i of sum q (its total after its parts) would have to move by to bring it nearer to balance; 0 where it may not. */
static int candidate(const veil *v, uint32_t q, uint32_t i, uint32_t *cell)
{
	bool part = i < v->sum[q].count;
	uint32_t c = part ? v->sum[q].parts[i] : v->sum[q].total;
	int d = (v->off[q] > 0) == part ? -1 : 1;
	*cell = c;
	return v->step[c] || !movable(v, v->cell[c]) || !allowed(v, v->cell[c], d) ? 0 : d;
}

#define FEWEST 6 /* candidates counted in a sum before it is as good as any */

/* The open sum that leaves the least choice. */
static uint32_t tightest(const veil *v)
{
	uint32_t best = v->open[v->opens - 1], fewest = UINT32_MAX;
	for (uint32_t o = v->opens; o-- > 0 && fewest > 1;) {
		uint32_t q = v->open[o], n = 0, c;
		for (uint32_t i = 0; i <= v->sum[q].count && n < FEWEST && n < fewest; i++)
			n += candidate(v, q, i, &c) != 0;
		if (n < fewest) {
			fewest = n;
			best = q;
		}
	}
	return best;
}

/* How many more sums a step would open than it closes. */
static int opens_by(const veil *v, uint32_t c, int d)
{
	int more = 0;
	for (uint32_t i = v->in_start[c]; i < v->in_start[c + 1]; i++) {
		uint32_t q = v->in[i];
		int32_t was = v->off[q], is = was + (v->sum[q].total == c ? -d : d);
		more += (is != 0) - (was != 0);
	}
	return more;
}

#define TRIES 6 /* candidates tried in a sum, those that open least first */

/* Balances what is open; a cell moves once.  True: all sums stand, v->trail holds the cells that moved. */
static bool balance(veil *v)
{
	if (!v->opens)
		return true;
	if (v->steps++ > STEPS_MAX)
		return false;
	uint32_t q = tightest(v), c;
	struct {
		uint32_t c;
		int d, more;
	} best[TRIES];
	uint32_t n = 0;
	for (uint32_t i = 0; i <= v->sum[q].count; i++) {
		int d = candidate(v, q, i, &c);
		if (!d)
			continue;
		int more = opens_by(v, c, d);
		uint32_t at = n;
		while (at && best[at - 1].more > more)
			at--;
		if (at == TRIES)
			continue;
		for (uint32_t k = n < TRIES ? n : TRIES - 1; k > at; k--)
			best[k] = best[k - 1];
		best[at].c = c;
		best[at].d = d;
		best[at].more = more;
		n += n < TRIES;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t mark = v->trails;
		v->trail[v->trails++] = best[i].c;
		move(v, best[i].c, best[i].d);
		if (balance(v))
			return true;
		move(v, best[i].c, -best[i].d);
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
			v->safe_n[v->trail[i]] |= with_n && !v->relaxed;
			v->safe_s[v->trail[i]] |= with_speakers && !v->relaxed;
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

/* Would it be safe if everything else that may be hidden were?  If not, its own label tells too much. */
static bool can_be_safe(veil *v, uint32_t c)
{
	v->relaxed = true;
	bool both = witness(v, c, true, true);
	bool found = both || (witness(v, c, true, false) && witness(v, c, false, true));
	v->relaxed = false;
	return found;
}

/* "Fewer than k", with what else is told, leaves one number: of this cell, and of those that it is a part of, no more is told. */
static void unlabel(veil *v, uint32_t c)
{
	if (v->cell[c]->hide == AUR_FEW)
		v->cell[c]->hide = AUR_MASKED;
	for (uint32_t j = v->in_start[c]; j < v->in_start[c + 1]; j++) {
		aur_irr_cell *total = v->cell[v->sum[v->in[j]].total];
		if (total->hide == AUR_FEW)
			total->hide = AUR_MASKED;
	}
}

/* Of a sum's cells that tell more than `level`, the one with the fewest people; parts before the total. */
static uint32_t smallest(const veil *v, const aur_sum *q, aur_hide level, uint8_t rank, uint32_t best)
{
	for (uint32_t i = 0; i <= q->count; i++) {
		uint32_t c = i < q->count ? q->parts[i] : q->total;
		const aur_irr_cell *x = v->cell[c];
		if (x->unpublished || !x->n || x->rank != rank || x->hide != (level == AUR_BAND ? AUR_SHOWN : AUR_BAND))
			continue;
		if (best == UINT32_MAX || x->speakers < v->cell[best]->speakers)
			best = c;
	}
	return best;
}

/* Hides one more cell near c: in its own sums, else in those reached through hidden cells.  False: nothing is left. */
static bool hide_near(veil *v, uint32_t c, aur_hide level, uint8_t rank)
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
				best = smallest(v, &v->sum[v->in[j]], level, rank, best);
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
	v->cell[best]->hide = (uint8_t)level;
	return true;
}

/* The hidden cells of a shown total hold k people or more together. */
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
			uint32_t best = UINT32_MAX;
			for (uint8_t r = 0; few && people < v->k && best == UINT32_MAX && r <= AUR_RANK_MAX; r++)
				best = smallest(v, &v->sum[q], AUR_BAND, r, best);
			if (best == UINT32_MAX)
				break;
			v->cell[best]->hide = AUR_BAND;
		}
}

static void protect(veil *v, uint32_t c)
{
	if (!can_be_safe(v, c))
		unlabel(v, c);
	while (!safe(v, c)) {
		bool more = false;
		for (uint8_t r = 0; r <= AUR_RANK_MAX && !more; r++)
			more = hide_near(v, c, AUR_BAND, r) || hide_near(v, c, AUR_MASKED, r);
		if (!more)
			return;
		crowd(v);
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

void aur_suppress(aur_irr_cell **cells, uint32_t cell_count, const aur_sum *sums, uint32_t sum_count, uint32_t k)
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
		if (sensitive(&v, cells[c]))
			protect(&v, c);
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
