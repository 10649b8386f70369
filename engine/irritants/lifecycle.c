/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of the life-cycle, as lifecycle.h states them. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "base/mem.h"
#include "irritants/lifecycle.h"
#include "stats/dist.h"

/* C(b,s)/C(m,s): the share of the orders of m rooms in which s given ones are all among b given places. */
static double rooms_chance(uint32_t b, uint32_t s, uint32_t m)
{
	if (s > b)
		return 0;
	double p = 1;
	for (uint32_t i = 0; i < s && p > 0; i++)
		p *= (double)(b - i) / (double)(m - i);
	return p;
}

/* The probability that `quiet` people, drawn at random from all that were asked, include nobody who voiced it. */
static double people_chance(uint64_t heard, uint64_t quiet, uint64_t asked)
{
	return exp(aur_hyper_log_lower(0, heard, quiet, asked));
}

/* The people of a room, or their weight, but never fewer than those who voiced it. */
static uint32_t of(const aur_life_room *r, int weighed)
{
	uint32_t n = weighed && r->weighed ? r->weighed : r->asked;
	return n > r->heard ? n : r->heard;
}

/* Is the silence in [from, to), which is at one end of [lo, hi), more than chance?  The rooms where it was heard are at the other
 * end, which is also an end of the whole series: so each person can be counted once, in the room nearest to that end. */
static bool silence_shown(const aur_life_room *r, uint32_t lo, uint32_t hi, uint32_t from, uint32_t to, double *p_rooms,
			  double *p_people)
{
	uint64_t people = 0, asked[2] = {0}, quiet[2] = {0};
	uint32_t rooms = 0;
	for (uint32_t i = lo; i < hi; i++) {
		uint32_t once = i < from ? r[i].first : i >= to ? r[i].last : 0;
		people += once;
		rooms += once > 0;
		for (int w = 0; w < 2; w++) {
			asked[w] += of(&r[i], w);
			quiet[w] += i >= from && i < to ? of(&r[i], w) : 0;
		}
	}
	*p_rooms = rooms_chance(hi - lo - (to - from), rooms, hi - lo);
	*p_people = fmax(people_chance(people, quiet[0], asked[0]), people_chance(people, quiet[1], asked[1]));
	return *p_rooms <= AUR_LIFE_A && *p_people <= AUR_LIFE_A;
}

/* Was it heard, then not in a gap (the longest), then heard again in the last wave?  Both what comes before the gap
 * and what comes after it must make the silence more than chance. */
static bool came_back(const aur_life_room *r, uint32_t m, const aur_life *l, double *p_rooms, double *p_people)
{
	uint32_t gap = 0, gap_end = 0, run = 0;
	for (uint32_t i = l->first; i <= l->last; i++) {
		if (r[i].heard) {
			run = 0;
		} else if (++run > gap) {
			gap = run;
			gap_end = i + 1;
		}
	}
	if (!gap || r[gap_end].wave != r[m - 1].wave)
		return false;
	double pr1, pp1, pr2, pp2;
	bool before = silence_shown(r, 0, gap_end, gap_end - gap, gap_end, &pr1, &pp1);
	bool after = silence_shown(r, gap_end - gap, m, gap_end - gap, gap_end, &pr2, &pp2);
	*p_rooms = fmax(pr1, pr2);
	*p_people = fmax(pp1, pp2);
	return before && after;
}

static aur_code trend(const aur_life_room *r, uint32_t m, aur_life *l, aur_error *e)
{
	double *share = aur_xmalloc(m * sizeof *share);
	uint64_t *k = aur_xmalloc(m * sizeof *k), *n = aur_xmalloc(m * sizeof *n);
	aur_code code = AURE_OK;
	bool up = true, down = true, repeated = false, uneven = false;
	for (uint32_t i = 0; i < m; i++) {
		repeated |= r[i].first != r[i].heard || r[i].last != r[i].heard;
		uneven |= of(&r[i], 1) != of(&r[i], 0);
	}
	for (int run = 0; run < (uneven ? 6 : 3) && code == AURE_OK; run++) {
		int once = run % 3, weighed = run / 3;
		if (once && !repeated)
			continue;
		for (uint32_t i = 0; i < m; i++) {
			k[i] = once == 0 ? r[i].heard : once == 1 ? r[i].first : r[i].last;
			n[i] = of(&r[i], weighed);
			share[i] = (double)k[i] / (double)n[i];
		}
		aur_mk mk;
		code = aur_mann_kendall(share, NULL, m, &mk, e);
		if (code != AURE_OK)
			break;
		aur_ca ca = aur_cochran_armitage(k, n, NULL, m);
		up &= mk.s > 0 && ca.z > 0;
		down &= mk.s < 0 && ca.z < 0;
		if (!run || mk.p > l->mk.p)
			l->mk = mk;
		if (!run || ca.p > l->ca.p)
			l->ca = ca;
	}
	if (m <= AUR_MK_EXACT_MAX && !(l->mk.p_least <= AUR_LIFE_TREND))
		l->trend = AUR_TREND_CANNOT;
	else if ((up || down) && l->mk.p <= AUR_LIFE_TREND && l->ca.p <= AUR_LIFE_TREND)
		l->trend = up ? AUR_TREND_RISE : AUR_TREND_FALL;
	free(share);
	free(k);
	free(n);
	return code;
}

/* Finds the first and the last room where it was heard, and its trend. */
static aur_code look(const aur_life_room *r, uint32_t m, aur_life *l, aur_error *e)
{
	*l = (aur_life){.rooms = m, .p_rooms = NAN, .p_people = NAN, .least_untied = 1, .mk = {.p = 1, .p_least = 1}, .ca = {.p = 1}};
	for (uint32_t i = 2; i <= m && l->least_untied > 0; i++)
		l->least_untied /= i == 2 ? 1 : i; /* 2/m! */
	for (uint32_t i = 0; i < m; i++) {
		if (!r[i].heard)
			continue;
		if (!l->heard_rooms++)
			l->first = i;
		l->last = i;
	}
	if (m)
		return trend(r, m, l, e);
	l->trend = AUR_TREND_CANNOT;
	return AURE_OK;
}

/* RECURRENT if enough people voiced it in the last wave, and enough in some earlier one; else UNDECIDED. */
static void recurs(uint32_t last_wave, const uint32_t *wave_heard, uint32_t k, aur_life *l)
{
	uint32_t before = 0, least = k > 2 ? k : 2;
	for (uint32_t w = 0; w < last_wave; w++)
		before = wave_heard[w] > before ? wave_heard[w] : before;
	bool enough = wave_heard[last_wave] >= least && before >= least;
	l->verdict = enough ? AUR_LIFE_RECURRENT : AUR_LIFE_UNDECIDED;
	l->why = enough ? AUR_WHY_SHOWN : AUR_WHY_LONE_VOICES;
}

/* The verdict, once look() has run. */
static void judge(const aur_life_room *r, uint32_t m, const uint32_t *wave_heard, uint32_t k, aur_life *l)
{
	uint32_t start = m;
	while (start && r[start - 1].wave == r[m - 1].wave)
		start--;
	if (m < 2 || (l->heard_rooms && !start)) {
		l->why = AUR_WHY_ONE_ROOM;
		return;
	}
	if (!l->heard_rooms) {
		l->why = AUR_WHY_NEVER;
		return;
	}
	if (l->first >= start) {
		bool shown = silence_shown(r, 0, m, 0, l->first, &l->p_rooms, &l->p_people);
		l->verdict = shown ? AUR_LIFE_NEW : AUR_LIFE_UNDECIDED;
		l->why = shown ? AUR_WHY_SHOWN : AUR_WHY_NEW_BY_CHANCE;
		return;
	}
	if (l->last < start) {
		bool shown = silence_shown(r, 0, m, l->last + 1, m, &l->p_rooms, &l->p_people);
		uint64_t all[2] = {0}, since;
		for (uint32_t i = l->last + 1; i < m; i++)
			for (int w = 0; w < 2; w++)
				all[w] += of(&r[i], w);
		since = all[0] < all[1] ? all[0] : all[1];
		if (shown && 1 - pow(0.05, 1 / (double)since) <= AUR_LIFE_CEILING) {
			l->verdict = AUR_LIFE_RESOLVED;
		} else if (shown) {
			l->verdict = AUR_LIFE_FALLING;
			l->why = AUR_WHY_TOO_FEW_SINCE;
		} else if (l->trend == AUR_TREND_FALL) {
			l->verdict = AUR_LIFE_FALLING;
			l->why = AUR_WHY_TREND;
		} else {
			l->why = AUR_WHY_GONE_BY_CHANCE;
		}
		return;
	}
	double p_rooms, p_people;
	if (came_back(r, m, l, &p_rooms, &p_people)) {
		l->verdict = AUR_LIFE_BACK;
		l->p_rooms = p_rooms;
		l->p_people = p_people;
	} else if (l->trend == AUR_TREND_FALL) {
		l->verdict = AUR_LIFE_FALLING;
		l->why = AUR_WHY_TREND;
	} else {
		recurs(r[m - 1].wave, wave_heard, k, l);
	}
}

/* Merges the rooms of each place that met in one wave only into one room, at the position of its first.  Returns how many rooms are
 * left. */
static uint32_t by_place(const aur_life_room *r, uint32_t m, aur_life_room *out)
{
	const uint32_t MANY = UINT32_MAX;
	uint32_t places = 0, n = 0;
	for (uint32_t i = 0; i < m; i++)
		places = r[i].place >= places ? r[i].place + 1 : places;
	uint32_t *wave = aur_xmalloc(((size_t)places + 1) * sizeof *wave), *at = aur_xmalloc(((size_t)places + 1) * sizeof *at);
	for (uint32_t i = m; i--;) { /* backwards, so that the first room of a place is the last one seen */
		uint32_t p = r[i].place;
		at[p] = MANY;
		wave[p] = r[i].wave;
	}
	for (uint32_t i = 0; i < m; i++)
		if (wave[r[i].place] != r[i].wave)
			wave[r[i].place] = MANY;
	for (uint32_t i = 0; i < m; i++) {
		uint32_t *to = &at[r[i].place];
		if (wave[r[i].place] == MANY || *to == MANY) {
			*to = n;
			out[n++] = r[i];
			continue;
		}
		aur_life_room *x = &out[*to];
		x->weighed = of(x, 1) + of(&r[i], 1);
		x->heard += r[i].heard;
		x->asked += r[i].asked;
		x->first += r[i].first;
		x->last += r[i].last;
	}
	free(wave);
	free(at);
	return n;
}

static bool is_direction(aur_life_verdict v)
{
	return v != AUR_LIFE_UNDECIDED && v != AUR_LIFE_RECURRENT;
}

aur_code aur_life_judge(const aur_life_room *r, uint32_t m, const uint32_t *wave_heard, uint32_t k, aur_life *out, aur_error *e)
{
	aur_life l, placed;
	aur_life_room *rooms = aur_xmalloc(((size_t)m + 1) * sizeof *rooms);
	uint32_t n = by_place(r, m, rooms);
	aur_code code = look(r, m, &l, e);
	if (code == AURE_OK && n < m)
		code = look(rooms, n, &placed, e);
	if (code != AURE_OK)
		goto out;
	if (n < m && (l.trend == AUR_TREND_FALL || l.trend == AUR_TREND_RISE) && placed.trend != l.trend) {
		l.trend = AUR_TREND_UNDECIDED;
		l.mk = placed.mk.p > l.mk.p ? placed.mk : l.mk;
		l.ca = placed.ca.p > l.ca.p ? placed.ca : l.ca;
	}
	judge(r, m, wave_heard, k, &l);
	if (n < m && is_direction(l.verdict)) {
		judge(rooms, n, wave_heard, k, &placed);
		l.p_rooms = fmax(l.p_rooms, placed.p_rooms); /* fmax() ignores the NAN of a test that did not run */
		l.p_people = fmax(l.p_people, placed.p_people);
		if (l.verdict == AUR_LIFE_RESOLVED && placed.verdict == AUR_LIFE_FALLING) {
			l.verdict = AUR_LIFE_FALLING;
			l.why = placed.why;
		} else if (l.verdict != placed.verdict && l.verdict == AUR_LIFE_BACK) {
			recurs(r[m - 1].wave, wave_heard, k, &l);
			l.p_rooms = l.p_people = NAN;
		} else if (l.verdict != placed.verdict) {
			l.verdict = AUR_LIFE_UNDECIDED;
			l.why = AUR_WHY_PLACES;
		}
	}
	*out = l;
out:
	free(rooms);
	return code;
}
