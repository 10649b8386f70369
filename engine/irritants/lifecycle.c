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

/* The rooms as they are looked at. */
typedef struct view {
	const aur_life_room *r;
	uint32_t m;
	bool within; /* compare rooms of one place only; places are then below m */
} view;

/* Is the silence in [from, to), which is at one end of [lo, hi), more than chance?  The rooms where it was heard are at the other
 * end, which is also an end of the whole series: so each person can be counted once, in the room nearest to that end. */
static bool silence_shown(const view *v, uint32_t lo, uint32_t hi, uint32_t from, uint32_t to, double *p_rooms, double *p_people)
{
	typedef struct count {
		uint64_t people, asked[2], quiet[2];
		uint32_t rooms, loud, heard; /* loud: rooms out of the silence; heard: those where it was heard */
	} count;
	const aur_life_room *r = v->r;
	count *at = aur_xcalloc((size_t)v->m + 1, sizeof *at);
	uint32_t rooms = 0, places = v->within ? v->m : 1;
	for (uint32_t i = lo; i < hi; i++) {
		count *c = &at[v->within ? r[i].place : 0];
		uint32_t once = i < from ? r[i].first : i >= to ? r[i].last : 0;
		c->people += once;
		rooms += once > 0;
		c->rooms++;
		c->loud += i < from || i >= to;
		c->heard += once > 0;
		for (int w = 0; w < 2; w++) {
			c->asked[w] += of(&r[i], w);
			c->quiet[w] += i >= from && i < to ? of(&r[i], w) : 0;
		}
	}
	double p[2] = {1, 1}, within = 1;
	for (uint32_t i = 0; i < places; i++) {
		within *= rooms_chance(at[i].loud, at[i].heard, at[i].rooms);
		for (int w = 0; w < 2 && at[i].people; w++)
			p[w] *= people_chance(at[i].people, at[i].quiet[w], at[i].asked[w]);
	}
	free(at);
	*p_rooms = rooms_chance(hi - lo - (to - from), rooms, hi - lo);
	*p_people = fmax(p[0], p[1]);
	return *p_rooms <= AUR_LIFE_A && *p_people <= AUR_LIFE_A && (!v->within || within <= AUR_LIFE_WITHIN);
}

/* Was it heard, then not in a gap (the longest), then heard again in the last wave?  Both what comes before the gap
 * and what comes after it must make the silence more than chance. */
static bool came_back(const view *v, const aur_life *l, double *p_rooms, double *p_people)
{
	const aur_life_room *r = v->r;
	uint32_t gap = 0, gap_end = 0, run = 0, m = v->m;
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
	bool before = silence_shown(v, 0, gap_end, gap_end - gap, gap_end, &pr1, &pp1);
	bool after = silence_shown(v, gap_end - gap, m, gap_end - gap, gap_end, &pr2, &pp2);
	*p_rooms = fmax(pr1, pr2);
	*p_people = fmax(pp1, pp2);
	return before && after;
}

/* Subtracts from the share of each room that of all rooms of its place. */
static void align(const uint64_t *k, const uint64_t *n, const uint32_t *place, uint32_t m, double *share)
{
	uint64_t *all = aur_xcalloc(2 * (size_t)m + 1, sizeof *all);
	for (uint32_t i = 0; i < m; i++) {
		all[2 * (size_t)place[i]] += k[i];
		all[2 * (size_t)place[i] + 1] += n[i];
	}
	for (uint32_t i = 0; i < m; i++)
		share[i] -= (double)all[2 * (size_t)place[i]] / (double)all[2 * (size_t)place[i] + 1];
	free(all);
}

static aur_code trend(const view *v, aur_life *l, aur_error *e)
{
	const aur_life_room *r = v->r;
	uint32_t m = v->m;
	double *share = aur_xmalloc(m * sizeof *share);
	uint64_t *k = aur_xmalloc(m * sizeof *k), *n = aur_xmalloc(m * sizeof *n);
	uint32_t *place = aur_xmalloc(m * sizeof *place);
	aur_code code = AURE_OK;
	bool up = true, down = true, repeated = false, uneven = false;
	for (uint32_t i = 0; i < m; i++) {
		place[i] = r[i].place;
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
		if (v->within)
			align(k, n, place, m, share);
		aur_mk mk;
		code = aur_mann_kendall(share, NULL, m, &mk, e);
		if (code != AURE_OK)
			break;
		aur_ca ca = v->within ? aur_cochran_armitage_within(k, n, place, m) : aur_cochran_armitage(k, n, NULL, m);
		up &= mk.s > 0 && ca.z > 0;
		down &= mk.s < 0 && ca.z < 0;
		if (!run || mk.p > l->mk.p)
			l->mk = mk;
		if (!run || ca.p > l->ca.p)
			l->ca = ca;
	}
	double level = v->within ? AUR_LIFE_WITHIN : AUR_LIFE_TREND;
	if (m <= AUR_MK_EXACT_MAX && !(l->mk.p_least <= level))
		l->trend = AUR_TREND_CANNOT;
	else if ((up || down) && l->mk.p <= level && l->ca.p <= AUR_LIFE_TREND)
		l->trend = up ? AUR_TREND_RISE : AUR_TREND_FALL;
	free(share);
	free(k);
	free(n);
	free(place);
	return code;
}

/* Finds the first and the last room where it was heard, and its trend. */
static aur_code look(const view *v, aur_life *l, aur_error *e)
{
	const aur_life_room *r = v->r;
	uint32_t m = v->m;
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
		return trend(v, l, e);
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
static void judge(const view *v, const uint32_t *wave_heard, uint32_t k, aur_life *l)
{
	const aur_life_room *r = v->r;
	uint32_t m = v->m, start = m;
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
		bool shown = silence_shown(v, 0, m, 0, l->first, &l->p_rooms, &l->p_people);
		l->verdict = shown ? AUR_LIFE_NEW : AUR_LIFE_UNDECIDED;
		l->why = shown ? AUR_WHY_SHOWN : AUR_WHY_NEW_BY_CHANCE;
		return;
	}
	if (l->last < start) {
		bool shown = silence_shown(v, 0, m, l->last + 1, m, &l->p_rooms, &l->p_people);
		uint64_t once = 0, weighed = 0, since; /* who comes to all rooms since is one person */
		for (uint32_t i = l->last + 1; i < m; i++) {
			once += r[i].asked - r[i].asked_again;
			weighed += of(&r[i], 1);
		}
		since = once < weighed ? once : weighed;
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
	if (came_back(v, l, &p_rooms, &p_people)) {
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

/* Merges the rooms of each place that met in one wave only into one room, at the position of its first, and numbers the places anew: 0 for
 * all of these, then those that met in several waves.  Returns how many rooms are left.  *several: is there more than one number? */
static uint32_t by_place(const aur_life_room *r, uint32_t m, aur_life_room *out, bool *several)
{
	const uint32_t MANY = UINT32_MAX;
	uint32_t places = 0, n = 0, numbers = 0;
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
		if (wave[r[i].place] == MANY) {
			*to = *to == MANY ? ++numbers : *to;
			out[n] = r[i];
			out[n++].place = *to;
			continue;
		}
		if (*to == MANY) {
			*to = n;
			out[n] = r[i];
			out[n++].place = 0;
			continue;
		}
		aur_life_room *x = &out[*to];
		x->weighed = of(x, 1) + of(&r[i], 1);
		x->heard += r[i].heard;
		x->asked += r[i].asked;
		x->first += r[i].first;
		x->last += r[i].last;
		x->asked_again += r[i].asked_again;
	}
	*several = false;
	for (uint32_t i = 1; i < n; i++)
		*several |= out[i].place != out[0].place;
	free(wave);
	free(at);
	return n;
}

static bool is_direction(aur_life_verdict v)
{
	return v != AUR_LIFE_UNDECIDED && v != AUR_LIFE_RECURRENT;
}

/* Keeps of the trend what stands in another view of the rooms as well. */
static void same_trend(aur_life *l, const aur_life *other)
{
	if ((l->trend != AUR_TREND_FALL && l->trend != AUR_TREND_RISE) || other->trend == l->trend)
		return;
	l->trend = AUR_TREND_UNDECIDED;
	l->mk = other->mk.p > l->mk.p ? other->mk : l->mk;
	l->ca = other->ca.p > l->ca.p ? other->ca : l->ca;
}

/* Likewise of the verdict, if it is a direction. */
static void same_direction(aur_life *l, const aur_life *other, const uint32_t *wave_heard, uint32_t last_wave, uint32_t k)
{
	l->p_rooms = fmax(l->p_rooms, other->p_rooms); /* fmax() ignores the NAN of a test that did not run */
	l->p_people = fmax(l->p_people, other->p_people);
	if (l->verdict == AUR_LIFE_RESOLVED && other->verdict == AUR_LIFE_FALLING) {
		l->verdict = AUR_LIFE_FALLING;
		l->why = other->why;
	} else if (l->verdict != other->verdict && l->verdict == AUR_LIFE_BACK) {
		recurs(last_wave, wave_heard, k, l);
		l->p_rooms = l->p_people = NAN;
	} else if (l->verdict != other->verdict) {
		l->verdict = AUR_LIFE_UNDECIDED;
		l->why = AUR_WHY_PLACES;
	}
}

/* Could the roles of those asked alone make the shares of the waves differ as they do? */
static bool mix_explains(const aur_life_mix *mix, const uint32_t *wave_heard, uint32_t waves)
{
	double least = 1, most = 0;
	if (!mix || !(mix->apart > 0))
		return false;
	for (uint32_t w = 0; w < waves; w++) {
		double share = mix->asked[w] ? (double)wave_heard[w] / (double)mix->asked[w] : 0;
		least = fmin(least, share);
		most = fmax(most, share);
	}
	return most - least <= mix->apart;
}

/* Takes back a direction that the roles of those asked may explain. */
static void hold_roles(aur_life *l, const uint32_t *wave_heard, uint32_t last_wave, uint32_t k)
{
	if (l->trend == AUR_TREND_FALL || l->trend == AUR_TREND_RISE)
		l->trend = AUR_TREND_UNDECIDED;
	if (l->verdict == AUR_LIFE_BACK) {
		recurs(last_wave, wave_heard, k, l);
		l->p_rooms = l->p_people = NAN;
	} else if (is_direction(l->verdict)) {
		l->verdict = AUR_LIFE_UNDECIDED;
		l->why = AUR_WHY_ROLES;
	}
}

aur_code aur_life_judge(const aur_life_room *r, uint32_t m, const uint32_t *wave_heard, const aur_life_mix *mix, uint32_t k, aur_life *out, aur_error *e)
{
	aur_life l, other[2];
	bool several;
	aur_life_room *rooms = aur_xmalloc(((size_t)m + 1) * sizeof *rooms);
	uint32_t n = by_place(r, m, rooms, &several);
	const view all = {r, m, false}, views[2] = {{rooms, n, false}, {rooms, n, true}};
	const bool wanted[2] = {n < m, several};
	aur_code code = look(&all, &l, e);
	for (int i = 0; i < 2 && code == AURE_OK; i++)
		if (wanted[i]) {
			code = look(&views[i], &other[i], e);
			if (code == AURE_OK)
				same_trend(&l, &other[i]);
		}
	if (code == AURE_OK) {
		judge(&all, wave_heard, k, &l);
		for (int i = 0; i < 2; i++)
			if (wanted[i] && is_direction(l.verdict)) {
				judge(&views[i], wave_heard, k, &other[i]);
				same_direction(&l, &other[i], wave_heard, r[m - 1].wave, k);
			}
		if (m && mix_explains(mix, wave_heard, r[m - 1].wave + 1))
			hold_roles(&l, wave_heard, r[m - 1].wave, k);
		*out = l;
	}
	free(rooms);
	return code;
}
