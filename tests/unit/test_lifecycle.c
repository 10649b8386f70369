/* SPDX-License-Identifier: Apache-2.0 */
/* The life-cycle rules on hand-made series, and on simulated ones whose truth is known: false verdicts at most 5 %. */
#include "config.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "irritants/lifecycle.h"
#include "suite.h"

/* A small generator with a fixed seed (PCG-XSH-RR), so that the test says the same everywhere. */
static uint64_t state = 20250401;
static uint32_t draw32(void)
{
	uint64_t old = state;
	state = old * 6364136223846793005ull + 1442695040888963407ull;
	uint32_t x = (uint32_t)(((old >> 18) ^ old) >> 27), rot = (uint32_t)(old >> 59);
	return x >> rot | x << ((32 - rot) & 31);
}
static double draw(void)
{
	return (draw32() + 0.5) / 4294967296.0;
}

/* People of one room repeat each other: with probability `echo` the room as a whole has a rate of its own. */
static uint32_t room_heard(uint32_t asked, double p, double echo)
{
	double rate = p;
	if (echo > 0 && p > 0 && p < 1) {
		/* mean p, and the more spread the larger the echo: a mix of a quiet and a loud room */
		double loud = p + echo * (1 - p), quiet = p * (1 - echo);
		rate = draw() < (p - quiet) / (loud - quiet) ? loud : quiet;
	}
	uint32_t h = 0;
	for (uint32_t i = 0; i < asked; i++)
		h += draw() < rate;
	return h;
}

typedef double (*truth_fn)(double t, double p); /* the rate at time t of 0..1 */
static double truth_none(double t, double p)
{
	(void)t;
	return p;
}
static double truth_rise(double t, double p)
{
	return 0.05 + (p - 0.05) * t;
}
static double truth_fall(double t, double p)
{
	return p - (p - 0.05) * t;
}
static double truth_born(double t, double p)
{
	return t < 0.5 ? 0 : p;
}
static double truth_dead(double t, double p)
{
	return t < 0.5 ? p : 0;
}

typedef struct scenario {
	const char *name;
	truth_fn truth;
	unsigned wrong; /* verdicts that this truth makes false, as bits */
	bool rise_wrong, fall_wrong;
} scenario;
#define V(v) (1u << AUR_LIFE_##v)

static const scenario scenarios[] = {
	{"no trend", truth_none, V(NEW) | V(FALLING) | V(RESOLVED) | V(BACK), true, true},
	/* it was there from the start, and never left */
	{"rise", truth_rise, V(NEW) | V(FALLING) | V(RESOLVED) | V(BACK), false, true},
	/* it falls to 1 in 20 and is not gone */
	{"fall", truth_fall, V(NEW) | V(RESOLVED) | V(BACK), true, false},
	{"born half-way", truth_born, V(FALLING) | V(RESOLVED) | V(BACK) | V(RECURRENT), false, true},
	{"gone half-way", truth_dead, V(NEW) | V(BACK) | V(RECURRENT), true, false},
};

/* Nobody comes twice. */
#define R(heard, asked, wave) {heard, asked, wave, heard, heard, 0, 0, 0}
static void once(aur_life_room *r, uint32_t m)
{
	for (uint32_t i = 0; i < m; i++)
		r[i].first = r[i].last = r[i].heard;
}

/* A room and two waves of a series.  `loud` people come to every room of one half, the earlier one or the later, and voice it every time. */
static void simulate(const scenario *s, uint32_t m, double p, double echo, uint32_t loud, aur_life_room *r, uint32_t waves[2])
{
	bool late = draw() < 0.5, here, met = false;
	waves[0] = waves[1] = 0;
	for (uint32_t i = 0; i < m; i++) {
		r[i].asked = 6 + draw32() % 15;
		r[i].heard = room_heard(r[i].asked, s->truth((i + 0.5) / m, p), echo);
		r[i].wave = 2 * i + 1 >= m;
		r[i].place = 0;
		waves[r[i].wave] += r[i].heard;
	}
	once(r, m);
	for (uint32_t i = 0; i < m; i++) {
		here = r[i].wave == late;
		if (!here)
			continue;
		r[i].heard += loud;
		r[i].asked += loud;
		r[i].first += met ? 0 : loud;
		r[i].last += i + 1 == m || r[i + 1].wave != r[i].wave ? loud : 0;
		waves[r[i].wave] += met ? 0 : loud;
		met = true;
	}
}

static aur_life judge(const aur_life_room *r, uint32_t m, const uint32_t waves[2])
{
	aur_life l;
	aur_error e;
	ck_assert_int_eq(aur_life_judge(r, m, waves, NULL, 0, &l, &e), AURE_OK);
	return l;
}

static bool is_direction(const aur_life *l)
{
	return (l->verdict != AUR_LIFE_UNDECIDED && l->verdict != AUR_LIFE_RECURRENT) || l->trend == AUR_TREND_RISE || l->trend == AUR_TREND_FALL;
}

/* Of at most 12 rooms where nothing changes: is a direction told, without [0] and with [1] their places? */
static void count_directions(const aur_life_room *r, uint32_t m, const uint32_t waves[2], int wrong[2])
{
	for (int known = 0; known < 2; known++) {
		aur_life_room q[12];
		for (uint32_t x = 0; x < m; x++) {
			q[x] = r[x];
			q[x].place = known ? r[x].place : 0;
		}
		aur_life l = judge(q, m, waves);
		wrong[known] += is_direction(&l);
	}
}

/* What somebody in a hurry would say: one test where the ledger asks for two, or people counted as often as they come. */
enum { BY_PEOPLE, BY_ROOMS, BY_THE_FIRST_AND_LAST_WAVE, HASTY };
static bool hasty_says_trend(int how, const aur_life_room *r, uint32_t m, const uint32_t waves[2])
{
	uint64_t k[12], n[12], asked[2] = {0, 0};
	double share[12];
	aur_mk mk;
	aur_error e;
	for (uint32_t i = 0; i < m; i++) {
		k[i] = r[i].heard;
		n[i] = r[i].asked;
		asked[r[i].wave] += r[i].asked;
		share[i] = (double)k[i] / (double)n[i];
	}
	if (how == BY_PEOPLE)
		return aur_cochran_armitage(k, n, NULL, m).p <= 0.05;
	if (how == BY_ROOMS)
		return aur_mann_kendall(share, NULL, m, &mk, &e) == AURE_OK && mk.p_normal <= 0.05;
	return (waves[0] == 0) != (waves[1] == 0);
}

START_TEST(false_verdicts)
{
	static const double rates[] = {0.1, 0.3, 0.6}, echoes[] = {0, 0.3, 0.7};
	const int reps = 1000;
	double worst = 0, hasty[HASTY] = {0}, found[2] = {0};
	unsigned settings = 0;
	for (size_t si = 0; si < sizeof scenarios / sizeof *scenarios; si++)
		for (uint32_t m = 4; m <= 12; m++)
			for (size_t pi = 0; pi < 3; pi++)
				for (size_t ei = 0; ei < 3; ei++)
					for (uint32_t loud = 0; loud < 3; loud++) {
						const scenario *s = &scenarios[si];
						int wrong = 0, right = 0, hasty_wrong[HASTY] = {0};
						/* who comes back loud hides that it is gone, or not born yet: another truth; and harms most where
						 * few others speak and rooms differ */
						if (loud && (s->truth == truth_born || s->truth == truth_dead || pi == 2 || ei < 2))
							continue;
						for (int i = 0; i < reps; i++) {
							aur_life_room r[12] = {0};
							uint32_t waves[2];
							simulate(s, m, rates[pi], echoes[ei], loud, r, waves);
							aur_life l = judge(r, m, waves);
							bool bad = (s->wrong >> l.verdict & 1) != 0 || (s->rise_wrong && l.trend == AUR_TREND_RISE) ||
								   (s->fall_wrong && l.trend == AUR_TREND_FALL);
							wrong += bad;
							right += !bad && l.verdict != AUR_LIFE_UNDECIDED && l.verdict != AUR_LIFE_RECURRENT;
							for (int h = 0; h < HASTY && s->truth == truth_none; h++)
								hasty_wrong[h] += hasty_says_trend(h, r, m, waves);
						}
						double rate = (double)wrong / reps;
						settings++;
						worst = rate > worst ? rate : worst;
						for (int h = 0; h < HASTY; h++)
							hasty[h] = (double)hasty_wrong[h] / reps > hasty[h] ? (double)hasty_wrong[h] / reps : hasty[h];
						if (m == 12 && pi == 2 && !ei && !loud && (s->truth == truth_born || s->truth == truth_dead))
							found[s->truth == truth_dead] = (double)right / reps;
						if (getenv("AURICULE_TEST_VERBOSE"))
							printf("%-14s m=%2u p=%.1f echo=%.1f loud=%u  false %.3f  right %.3f\n", s->name, (unsigned)m, rates[pi],
							       echoes[ei], (unsigned)loud, rate, (double)right / reps);
						ck_assert_msg(rate <= 0.05, "%s, %u rooms, rate %.1f, echo %.1f, %u loud: %.3f false verdicts", s->name, (unsigned)m,
							      rates[pi], echoes[ei], (unsigned)loud, rate);
					}
	printf("largest rate of false verdicts over %u simulated settings: %.3f\n", settings, worst);
	printf("in a hurry: by people alone %.3f, by rooms alone %.3f, heard in one half only %.3f\n", hasty[0], hasty[1], hasty[2]);
	/* The simulation would notice a weaker rule; and the rule does speak where there is something to say. */
	for (int h = 0; h < HASTY; h++)
		ck_assert_double_gt(hasty[h], 0.08);
	ck_assert_double_gt(found[0], 0.9);
	ck_assert_double_gt(found[1], 0.9);
}
END_TEST

/* People get to speak less, or more, in the later rooms: that is no trend of a theme.  Nor is it one where who says more says no more themes. */
START_TEST(speaking_time)
{
	static const double rates[] = {0.05, 0.15, 0.3};
	const int reps = 1000;
	double worst = 0, unweighed = 0;
	for (uint32_t m = 4; m <= 12; m++)
		for (size_t pi = 0; pi < 3; pi++)
			for (int more = 0; more < 2; more++)
				for (int matters = 0; matters < 2; matters++) {
					int wrong = 0, before = 0;
					for (int i = 0; i < reps; i++) {
						aur_life_room r[12] = {0};
						uint32_t waves[2] = {0, 0}, said[12], people = 0, all = 0;
						for (uint32_t k = 0; k < m; k++) {
							r[k].asked = 6 + draw32() % 15;
							r[k].wave = 2 * k + 1 >= m;
							r[k].place = 0;
							uint32_t each = (r[k].wave == (uint32_t)more ? 3 : 1) + draw32() % 2; /* contributions of each person */
							double silent = 1;
							for (uint32_t x = 0; x < (matters ? each : 2); x++)
								silent *= 1 - rates[pi];
							r[k].heard = room_heard(r[k].asked, 1 - silent, 0);
							said[k] = each * r[k].asked;
							people += r[k].asked;
							all += said[k];
							waves[r[k].wave] += r[k].heard;
						}
						once(r, m);
						for (int weighed = 0; weighed < 2; weighed++) {
							for (uint32_t k = 0; k < m; k++)
								r[k].weighed = weighed ? (said[k] * people + all / 2) / all : 0;
							aur_life l = judge(r, m, waves);
							*(weighed ? &wrong : &before) += is_direction(&l);
						}
					}
					worst = fmax(worst, (double)wrong / reps);
					unweighed = fmax(unweighed, (double)before / reps);
					ck_assert_msg(wrong <= 0.05 * reps, "%u rooms, rate %.2f, more %d, matters %d: %d of %d false", (unsigned)m, rates[pi], more, matters,
						      wrong, reps);
				}
	printf("uneven speaking time: largest rate of false verdicts %.3f, people unweighted %.3f\n", worst, unweighed);
	ck_assert_double_gt(unweighed, 0.2); /* the simulation would notice */
}
END_TEST

/* One loud person in every room of the last wave is nobody's new irritant; as many people as rooms are. */
START_TEST(one_person_comes_back)
{
	aur_life_room r[12] = {{0}};
	uint32_t waves[2] = {0, 1};
	for (uint32_t i = 0; i < 12; i++)
		r[i] = (aur_life_room){.heard = i > 5 ? 2 : 0, .asked = 12, .wave = i > 5};
	once(r, 12);
	waves[1] = 12;
	aur_life l = judge(r, 12, waves);
	ck_assert_int_eq(l.verdict, AUR_LIFE_NEW);
	ck_assert_int_eq(l.trend, AUR_TREND_RISE);
	for (uint32_t i = 0; i < 12; i++) {
		r[i].first = i == 6 ? 2 : 0;
		r[i].last = i == 11 ? 2 : 0;
	}
	waves[1] = 2;
	l = judge(r, 12, waves);
	ck_assert_int_eq(l.verdict, AUR_LIFE_UNDECIDED);
	ck_assert_int_eq(l.trend, AUR_TREND_CANNOT);
	ck_assert_double_gt(l.p_people, AUR_LIFE_A);
	ck_assert_double_gt(l.p_rooms, AUR_LIFE_A);
}
END_TEST

/* Few rooms can carry no verdict of direction, whatever they show. */
START_TEST(four_rooms_say_nothing)
{
	aur_life_room r[4] = {R(0, 20, 0), R(0, 20, 0), R(18, 20, 1), R(20, 20, 1)};
	uint32_t waves[2] = {0, 38};
	aur_life l;
	aur_error e;
	ck_assert_int_eq(aur_life_judge(r, 4, waves, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_UNDECIDED);
	ck_assert_int_eq(l.why, AUR_WHY_NEW_BY_CHANCE);
	ck_assert_double_eq_tol(l.p_rooms, 1.0 / 6, 1e-12);
	ck_assert_int_eq(l.trend, AUR_TREND_CANNOT);
	ck_assert_double_eq_tol(l.least_untied, 1.0 / 12, 1e-12);
}
END_TEST

START_TEST(each_verdict)
{
	aur_life l;
	aur_error e;
	uint32_t waves2[2] = {0, 30}, waves3[3] = {30, 0, 30};
	aur_life_room born[8] = {R(0, 12, 0), R(0, 15, 0), R(0, 9, 0), R(0, 12, 0), R(6, 12, 1), R(8, 12, 1), R(7, 10, 1), R(9, 13, 1)};
	ck_assert_int_eq(aur_life_judge(born, 8, waves2, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_NEW);
	ck_assert_double_eq_tol(l.p_rooms, 1.0 / 70, 1e-12);

	aur_life_room gone[8] = {R(6, 12, 0), R(8, 12, 0), R(7, 10, 0), R(9, 13, 0), R(0, 12, 1), R(0, 15, 1), R(0, 9, 1), R(0, 12, 1)};
	uint32_t waves_gone[2] = {30, 0};
	ck_assert_int_eq(aur_life_judge(gone, 8, waves_gone, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_RESOLVED);
	for (int i = 4; i < 8; i++)
		gone[i].asked = 6; /* 24 people are too few to say that fewer than 1 in 10 would */
	ck_assert_int_eq(aur_life_judge(gone, 8, waves_gone, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_FALLING);
	ck_assert_int_eq(l.why, AUR_WHY_TOO_FEW_SINCE);
	for (int i = 4; i < 8; i++) {
		gone[i].asked = 12; /* 48 times somebody was asked; but the same 12 people each time */
		gone[i].asked_again = i < 7 ? 12 : 0;
	}
	ck_assert_int_eq(aur_life_judge(gone, 8, waves_gone, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_FALLING);
	ck_assert_int_eq(l.why, AUR_WHY_TOO_FEW_SINCE);

	aur_life_room back[12] = {R(6, 12, 0), R(8, 12, 0), R(7, 10, 0), R(9, 13, 0), R(0, 12, 1), R(0, 15, 1),
				  R(0, 9, 1),  R(0, 12, 1), R(6, 12, 2), R(8, 12, 2), R(7, 10, 2), R(9, 13, 2)};
	ck_assert_int_eq(aur_life_judge(back, 12, waves3, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_BACK);

	aur_life_room falls[8] = {R(11, 12, 0), R(11, 13, 0), R(8, 10, 0), R(9, 13, 0), R(7, 12, 1), R(7, 15, 1), R(3, 9, 1), R(1, 12, 1)};
	uint32_t waves_falls[2] = {39, 18};
	ck_assert_int_eq(aur_life_judge(falls, 8, waves_falls, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_FALLING);
	ck_assert_int_eq(l.why, AUR_WHY_TREND);

	aur_life_room comes[4] = {R(5, 12, 0), R(3, 12, 0), R(4, 10, 1), R(6, 13, 1)};
	uint32_t waves_comes[2] = {8, 10};
	ck_assert_int_eq(aur_life_judge(comes, 4, waves_comes, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_RECURRENT);

	/* one loud person in every room is not a crowd */
	aur_life_room loud[4] = {R(1, 12, 0), R(1, 12, 0), R(1, 10, 1), R(1, 13, 1)};
	uint32_t waves_loud[2] = {1, 1};
	ck_assert_int_eq(aur_life_judge(loud, 4, waves_loud, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_UNDECIDED);
	ck_assert_int_eq(l.why, AUR_WHY_LONE_VOICES);
}
END_TEST

/* Series that fail one condition of a verdict, and no other. */
START_TEST(each_condition)
{
	aur_life l;
	aur_error e;
	uint32_t born_waves[2] = {0, 30}, gone_waves[2] = {30, 0}, no_waves[4] = {30, 30, 30, 30};
	/* recurrent: k people in the last wave, and in one before it */
	aur_life_room comes[4] = {R(5, 12, 0), R(3, 12, 0), R(4, 10, 1), R(6, 13, 1)};
	static const uint32_t heard[][3] = {{8, 10, 8}, {8, 10, 9}, {10, 8, 9}};
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(aur_life_judge(comes, 4, heard[i], NULL, heard[i][2], &l, &e), AURE_OK);
		ck_assert_int_eq(l.verdict, i ? AUR_LIFE_UNDECIDED : AUR_LIFE_RECURRENT);
		ck_assert_int_eq(l.why, i ? AUR_WHY_LONE_VOICES : AUR_WHY_SHOWN);
	}
	/* new: four people could all be of the second half by chance; and any number, where hardly anybody spoke in the first */
	for (int few = 0; few < 2; few++) {
		aur_life_room born[8] = {R(0, 10, 0), R(0, 10, 0), R(0, 10, 0), R(0, 10, 0), R(6, 12, 1), R(8, 12, 1), R(7, 12, 1), R(9, 12, 1)};
		for (int i = 0; i < 8; i++)
			if (few && i >= 4)
				born[i] = (aur_life_room)R(1, 12, 1);
			else if (!few && i < 4)
				born[i].weighed = 1;
		aur_life b = judge(born, 8, born_waves);
		ck_assert_double_eq_tol(b.p_rooms, 1.0 / 70, 1e-12);
		ck_assert_double_gt(b.p_people, AUR_LIFE_A);
		ck_assert_int_eq(b.verdict, AUR_LIFE_UNDECIDED);
		ck_assert_int_eq(b.why, AUR_WHY_NEW_BY_CHANCE);
	}
	/* resolved: not where the same six people had said it in each room; nor where hardly anybody spoke since */
	aur_life_room gone[8] = {R(6, 12, 0), R(6, 12, 0), R(6, 12, 0), R(6, 12, 0), R(0, 12, 1), R(0, 15, 1), R(0, 9, 1), R(0, 12, 1)};
	for (int i = 4; i < 8; i++)
		gone[i].weighed = 3;
	aur_life g = judge(gone, 8, gone_waves);
	ck_assert_int_eq(g.verdict, AUR_LIFE_FALLING);
	ck_assert_int_eq(g.why, AUR_WHY_TOO_FEW_SINCE);
	for (int i = 0; i < 8; i++) {
		gone[i].weighed = 0;
		gone[i].first = i ? 0 : 6;
		gone[i].last = i == 3 ? 6 : 0;
	}
	g = judge(gone, 8, gone_waves);
	ck_assert_int_eq(g.why, AUR_WHY_GONE_BY_CHANCE);
	/* back: not since the wave before the last; nor where one room before the silence, or after it, is all that there is */
	aur_life_room back[16] = {R(6, 12, 0), R(8, 12, 0), R(7, 10, 0), R(9, 13, 0), R(0, 12, 1), R(0, 15, 1), R(0, 9, 1),  R(0, 12, 1),
				  R(6, 12, 2), R(8, 12, 2), R(7, 10, 2), R(9, 13, 2), R(6, 12, 3), R(8, 12, 3), R(7, 10, 3), R(9, 13, 3)};
	ck_assert_int_eq(judge(back, 12, no_waves).verdict, AUR_LIFE_BACK);
	ck_assert_int_eq(judge(back, 16, no_waves).verdict, AUR_LIFE_RECURRENT);
	ck_assert_int_eq(judge(back, 9, no_waves).verdict, AUR_LIFE_RECURRENT);
	ck_assert_int_eq(judge(back + 3, 9, no_waves).verdict, AUR_LIFE_RECURRENT);
	/* a trend: not where the rooms say one thing and the people another */
	aur_life_room apart[12];
	for (uint32_t i = 0; i < 12; i++)
		apart[i] = (aur_life_room)R(i < 11 ? i + 1 : 20, i < 11 ? 20 : 2000, i / 6);
	aur_life t = judge(apart, 12, no_waves);
	ck_assert(t.mk.s > 0 && t.mk.p < AUR_LIFE_TREND && t.ca.z < 0 && t.ca.p < AUR_LIFE_TREND);
	ck_assert_int_eq(t.trend, AUR_TREND_UNDECIDED);
	for (uint32_t i = 0; i < 12; i++)
		apart[i].heard = apart[i].first = apart[i].last = apart[i].asked - apart[i].heard;
	t = judge(apart, 12, no_waves);
	ck_assert(t.mk.s < 0 && t.mk.p < AUR_LIFE_TREND && t.ca.z > 0 && t.ca.p < AUR_LIFE_TREND);
	ck_assert_int_eq(t.trend, AUR_TREND_UNDECIDED);
	/* nor of the rooms alone, of few people; nor of the people alone, in no order of the rooms */
	aur_life_room few[8], many[8];
	static const uint32_t share[8] = {100, 150, 125, 140, 110, 155, 135, 165};
	for (uint32_t i = 0; i < 8; i++) {
		few[i] = (aur_life_room)R(4, 16 - i, i / 4);
		many[i] = (aur_life_room)R(share[i], 500, i / 4);
	}
	t = judge(few, 8, no_waves);
	ck_assert(t.mk.p < AUR_LIFE_TREND && t.ca.p > AUR_LIFE_TREND);
	ck_assert_int_eq(t.trend, AUR_TREND_UNDECIDED);
	t = judge(many, 8, no_waves);
	ck_assert(t.mk.p > AUR_LIFE_TREND && t.ca.p < AUR_LIFE_TREND);
	ck_assert_int_eq(t.trend, AUR_TREND_UNDECIDED);
	/* a room of eleven who said it does not weigh less than eleven */
	aur_life_room falls[8] = {R(11, 12, 0), R(10, 13, 0), R(7, 10, 0), R(9, 13, 0), R(7, 12, 1), R(7, 15, 1), R(3, 9, 1), R(1, 12, 1)};
	falls[0].weighed = 5;
	ck_assert_int_eq(judge(falls, 8, no_waves).trend, AUR_TREND_FALL);
}
END_TEST

/* One wave in the town and the next in the country: what is said in the country is not new, nor what the town said gone. */
START_TEST(other_places)
{
	uint32_t waves_born[2] = {0, 30}, waves_gone[2] = {30, 0}, waves_rise[2] = {10, 40};
	aur_life_room born[8] = {R(0, 12, 0), R(0, 15, 0), R(0, 9, 0), R(0, 12, 0), R(6, 12, 1), R(8, 12, 1), R(7, 10, 1), R(9, 13, 1)};
	aur_life_room gone[8] = {R(6, 12, 0), R(8, 12, 0), R(7, 10, 0), R(9, 13, 0), R(0, 12, 1), R(0, 15, 1), R(0, 9, 1), R(0, 12, 1)};
	aur_life_room rise[8] = {R(1, 12, 0), R(2, 12, 0), R(3, 12, 0), R(4, 12, 0), R(8, 12, 1), R(9, 12, 1), R(11, 12, 1), R(12, 12, 1)};
	/* as many territories as rooms, two that met in both waves, one for each wave */
	for (uint32_t how = 0; how < 3; how++) {
		for (uint32_t i = 0; i < 8; i++)
			born[i].place = gone[i].place = rise[i].place = how == 0 ? 7 - i : how == 1 ? i % 2 : i / 4;
		aur_life b = judge(born, 8, waves_born), g = judge(gone, 8, waves_gone), u = judge(rise, 8, waves_rise);
		ck_assert_int_eq(b.verdict, how < 2 ? AUR_LIFE_NEW : AUR_LIFE_UNDECIDED);
		ck_assert_int_eq(g.verdict, how < 2 ? AUR_LIFE_RESOLVED : AUR_LIFE_UNDECIDED);
		ck_assert_int_eq(b.why, how < 2 ? AUR_WHY_SHOWN : AUR_WHY_PLACES);
		ck_assert_int_eq(g.why, how < 2 ? AUR_WHY_SHOWN : AUR_WHY_PLACES);
		ck_assert_double_eq_tol(b.p_rooms, how < 2 ? 1.0 / 70 : 1.0 / 2, 1e-12);
		ck_assert_int_eq(u.trend, how < 2 ? AUR_TREND_RISE : AUR_TREND_UNDECIDED);
		ck_assert_int_eq(u.verdict, AUR_LIFE_RECURRENT);
		ck_assert(how < 2 || u.mk.p > AUR_LIFE_TREND);
	}
	/* one room of the last wave elsewhere takes nothing from the three that met where the others did */
	for (uint32_t i = 0; i < 8; i++)
		born[i].place = i == 7;
	ck_assert_int_eq(judge(born, 8, waves_born).verdict, AUR_LIFE_NEW);
}
END_TEST

/* Territories that differ in what they say, and no time that does: the second wave meets in some of those of the first, or in none. */
START_TEST(other_places_simulated)
{
	const int reps = 1000;
	double worst = 0, unplaced = 0;
	for (uint32_t m = 6; m <= 12; m += 2)
		for (uint32_t common = 0; common < 2; common++)
			for (int k = 0; k < 3; k++) {
				int wrong[2] = {0, 0};
				for (int i = 0; i < reps; i++) {
					aur_life_room r[12] = {0};
					uint32_t waves[2] = {0, 0};
					double says[3];
					for (int p = 0; p < 3; p++)
						says[p] = draw() < 0.5 ? 0 : 0.2 * (k + 1);
					for (uint32_t x = 0; x < m; x++) {
						uint32_t wave = 2 * x >= m, place = common && x % 3 == 0 ? 2 : wave;
						uint32_t asked = 6 + draw32() % 15, heard = room_heard(asked, says[place], 0);
						r[x] = (aur_life_room){heard, asked, wave, heard, heard, 0, place, 0};
						waves[wave] += heard;
					}
					count_directions(r, m, waves, wrong);
				}
				worst = fmax(worst, (double)wrong[1] / reps);
				unplaced = fmax(unplaced, (double)wrong[0] / reps);
				ck_assert_msg(wrong[1] <= 0.05 * reps, "%u rooms, common %u, k %d: %d of %d false", (unsigned)m, (unsigned)common, k, wrong[1], reps);
			}
	printf("other territories: largest rate of false verdicts %.3f, territories unknown %.3f\n", worst, unplaced);
	ck_assert_double_gt(unplaced, 0.2); /* the simulation would notice */
}
END_TEST

/* Both waves meet in both territories, of which none changes; but mostly in the one first, and mostly in the other then. */
START_TEST(proportions_of_places)
{
	const int reps = 1000;
	double worst = 0, unplaced = 0;
	for (uint32_t m = 6; m <= 12; m += 2)
		for (uint32_t few = 1; few < m / 4 + 1; few++)
			for (int k = 0; k < 9; k++) {
				int wrong[2] = {0, 0};
				for (int i = 0; i < reps; i++) {
					aur_life_room r[12] = {0};
					uint32_t waves[2] = {0, 0};
					double says[2] = {0.1 * (k % 3), 0.3 + 0.1 * (k % 3)}, echo = k < 3 ? 0 : k < 6 ? 0.3 : 0.7;
					if (draw() < 0.5) {
						double x = says[0];
						says[0] = says[1];
						says[1] = x;
					}
					for (uint32_t x = 0; x < m; x++) {
						uint32_t wave = 2 * x >= m, in = x - wave * (m / 2), place = (in < few) != wave;
						uint32_t asked = 6 + draw32() % 15, heard = room_heard(asked, says[place], echo);
						r[x] = (aur_life_room){heard, asked, wave, heard, heard, 0, place, 0};
						waves[wave] += heard;
					}
					count_directions(r, m, waves, wrong);
				}
				worst = fmax(worst, (double)wrong[1] / reps);
				unplaced = fmax(unplaced, (double)wrong[0] / reps);
				ck_assert_msg(wrong[1] <= 0.05 * reps, "%u rooms, few %u, k %d: %d of %d false", (unsigned)m, (unsigned)few, k, wrong[1], reps);
			}
	printf("other proportions: largest rate of false verdicts %.3f, territories unknown %.3f\n", worst, unplaced);
	ck_assert_double_gt(unplaced, 0.2); /* the simulation would notice */

	/* what rises in both is told, however often each is met */
	uint32_t waves_rise[2] = {14, 55};
	aur_life_room rise[10] = {R(1, 12, 0), R(2, 12, 0), R(3, 12, 0), R(4, 12, 0), R(4, 13, 0), R(8, 12, 1), R(9, 12, 1), R(11, 12, 1), R(12, 12, 1), R(15, 15, 1)};
	for (uint32_t i = 0; i < 10; i++)
		rise[i].place = i == 2 || i == 5 || i > 6;
	ck_assert_int_eq(judge(rise, 10, waves_rise).trend, AUR_TREND_RISE);
	/* and what falls in each of four, met once in each wave */
	uint32_t waves_fall[2] = {39, 14};
	aur_life_room fall[8] = {R(11, 12, 0), R(11, 13, 0), R(8, 10, 0), R(9, 13, 0), R(5, 12, 1), R(5, 15, 1), R(3, 9, 1), R(1, 12, 1)};
	for (uint32_t i = 0; i < 8; i++)
		fall[i].place = i % 4;
	ck_assert_int_eq(judge(fall, 8, waves_fall).verdict, AUR_LIFE_FALLING);
}
END_TEST

/* Professionals, who hardly voice the theme, join in the second wave: the share falls, and nobody says it less. */
START_TEST(other_roles)
{
	aur_error e;
	uint32_t hasty = 0, told = 0;
	for (uint32_t turn = 0; turn < 400; turn++) {
		aur_life_room r[8];
		uint32_t waves[2] = {0, 0}, asked[2] = {40, 80};
		const aur_life_mix mix = {.asked = asked, .apart = 0.5};
		aur_life l;
		for (uint32_t i = 0; i < 8; i++) {
			uint32_t late = i >= 4, heard = room_heard(10, 0.6, 0) + (late ? room_heard(10, 0.05, 0) : 0);
			r[i] = (aur_life_room)R(heard, late ? 20 : 10, late);
			waves[late] += heard;
		}
		ck_assert_int_eq(aur_life_judge(r, 8, waves, NULL, 0, &l, &e), AURE_OK);
		hasty += l.verdict == AUR_LIFE_FALLING;
		ck_assert_int_eq(aur_life_judge(r, 8, waves, &mix, 0, &l, &e), AURE_OK);
		told += is_direction(&l);
	}
	ck_assert_uint_gt(hasty, 80);
	ck_assert_uint_le(told, 8);
	/* what falls by more than the roles differ still falls */
	aur_life_room fall[8] = {R(11, 12, 0), R(11, 13, 0), R(8, 10, 0), R(9, 13, 0), R(5, 12, 1), R(5, 15, 1), R(3, 9, 1), R(1, 12, 1)};
	uint32_t waves[2] = {39, 14}, asked[2] = {48, 48};
	aur_life_mix mix = {.asked = asked, .apart = 0.4};
	aur_life l;
	ck_assert_int_eq(aur_life_judge(fall, 8, waves, &mix, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_FALLING);
	uint32_t half[2] = {48, 24}; /* by as much, it may be the roles */
	mix.apart = 0.5;
	ck_assert_int_eq(aur_life_judge(fall, 8, half, &mix, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.why, AUR_WHY_ROLES);
	mix.apart = 0.55;
	ck_assert_int_eq(aur_life_judge(fall, 8, waves, &mix, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_UNDECIDED);
	ck_assert_int_eq(l.why, AUR_WHY_ROLES);
	ck_assert_int_eq(l.trend, AUR_TREND_UNDECIDED);
}
END_TEST

START_TEST(edges)
{
	aur_life l;
	aur_error e;
	uint32_t none[1] = {0};
	ck_assert_int_eq(aur_life_judge(NULL, 0, none, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.why, AUR_WHY_ONE_ROOM);
	aur_life_room one = R(4, 9, 0);
	uint32_t w = 4;
	ck_assert_int_eq(aur_life_judge(&one, 1, &w, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_UNDECIDED);
	ck_assert_int_eq(l.why, AUR_WHY_ONE_ROOM);
	aur_life_room never[3] = {R(0, 4, 0), R(0, 4, 0), R(0, 4, 1)};
	uint32_t wn[2] = {0, 0};
	ck_assert_int_eq(aur_life_judge(never, 3, wn, NULL, 0, &l, &e), AURE_OK);
	ck_assert_int_eq(l.why, AUR_WHY_NEVER);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("lifecycle");
	TCase *c = tcase_create("rules");
	seconds_at_most(c, 120);
	tcase_add_test(c, each_verdict);
	tcase_add_test(c, each_condition);
	tcase_add_test(c, four_rooms_say_nothing);
	tcase_add_test(c, edges);
	tcase_add_test(c, other_roles);
	tcase_add_test(c, other_places);
	tcase_add_test(c, other_places_simulated);
	tcase_add_test(c, proportions_of_places);
	tcase_add_test(c, one_person_comes_back);
	tcase_add_test(c, false_verdicts);
	tcase_add_test(c, speaking_time);
	suite_add_tcase(s, c);
	return suite_run(s);
}
