/* SPDX-License-Identifier: Apache-2.0 */
/* The life-cycle rules on hand-made series, and on simulated ones whose truth is known: false verdicts at most 5 %. */
#include "config.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "irritants/lifecycle.h"

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

static aur_life simulate(const scenario *s, uint32_t m, double p, double echo, uint32_t small, uint32_t large)
{
	aur_life_room r[12];
	uint32_t waves[2] = {0, 0};
	for (uint32_t i = 0; i < m; i++) {
		r[i].asked = small + draw32() % (large - small + 1);
		r[i].heard = room_heard(r[i].asked, s->truth((i + 0.5) / m, p), echo);
		r[i].wave = 2 * i + 1 >= m;
		waves[r[i].wave] += r[i].heard;
	}
	aur_life l;
	aur_error e;
	ck_assert_int_eq(aur_life_judge(r, m, waves, &l, &e), AURE_OK);
	return l;
}

START_TEST(false_verdicts)
{
	static const double rates[] = {0.1, 0.3, 0.6}, echoes[] = {0, 0.3, 0.7};
	const int reps = 1000;
	double worst = 0;
	for (size_t si = 0; si < sizeof scenarios / sizeof *scenarios; si++)
		for (uint32_t m = 4; m <= 12; m++)
			for (size_t pi = 0; pi < 3; pi++)
				for (size_t ei = 0; ei < 3; ei++) {
					const scenario *s = &scenarios[si];
					int wrong = 0, right = 0;
					for (int i = 0; i < reps; i++) {
						aur_life l = simulate(s, m, rates[pi], echoes[ei], 6, 20);
						bool bad = (s->wrong >> l.verdict & 1) != 0 ||
							   (s->rise_wrong && l.trend == AUR_TREND_RISE) ||
							   (s->fall_wrong && l.trend == AUR_TREND_FALL);
						wrong += bad;
						right += !bad && l.verdict != AUR_LIFE_UNDECIDED &&
							 l.verdict != AUR_LIFE_RECURRENT;
					}
					double rate = (double)wrong / reps;
					worst = rate > worst ? rate : worst;
					if (getenv("AURICULE_TEST_VERBOSE"))
						printf("%-14s m=%2u p=%.1f echo=%.1f  false %.3f  right %.3f\n", s->name,
						       (unsigned)m, rates[pi], echoes[ei], rate, (double)right / reps);
					ck_assert_msg(rate <= 0.05, "%s, %u rooms, rate %.1f, echo %.1f: %.3f false verdicts", s->name,
						      (unsigned)m, rates[pi], echoes[ei], rate);
				}
	printf("largest rate of false verdicts over 405 simulated settings: %.3f\n", worst);
}
END_TEST

/* Few rooms can carry no verdict of direction, whatever they show. */
START_TEST(four_rooms_say_nothing)
{
	aur_life_room r[4] = {{0, 20, 0}, {0, 20, 0}, {18, 20, 1}, {20, 20, 1}};
	uint32_t waves[2] = {0, 38};
	aur_life l;
	aur_error e;
	ck_assert_int_eq(aur_life_judge(r, 4, waves, &l, &e), AURE_OK);
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
	aur_life_room born[8] = {{0, 12, 0}, {0, 15, 0}, {0, 9, 0}, {0, 12, 0}, {6, 12, 1}, {8, 12, 1}, {7, 10, 1}, {9, 13, 1}};
	ck_assert_int_eq(aur_life_judge(born, 8, waves2, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_NEW);
	ck_assert_double_eq_tol(l.p_rooms, 1.0 / 70, 1e-12);

	aur_life_room gone[8] = {{6, 12, 0}, {8, 12, 0}, {7, 10, 0}, {9, 13, 0}, {0, 12, 1}, {0, 15, 1}, {0, 9, 1}, {0, 12, 1}};
	uint32_t waves_gone[2] = {30, 0};
	ck_assert_int_eq(aur_life_judge(gone, 8, waves_gone, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_RESOLVED);
	for (int i = 4; i < 8; i++)
		gone[i].asked = 6; /* 24 people are too few to say that fewer than 1 in 10 would */
	ck_assert_int_eq(aur_life_judge(gone, 8, waves_gone, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_FALLING);
	ck_assert_int_eq(l.why, AUR_WHY_TOO_FEW_SINCE);

	aur_life_room back[12] = {{6, 12, 0}, {8, 12, 0}, {7, 10, 0}, {9, 13, 0}, {0, 12, 1}, {0, 15, 1},
				  {0, 9, 1},  {0, 12, 1}, {6, 12, 2}, {8, 12, 2}, {7, 10, 2}, {9, 13, 2}};
	ck_assert_int_eq(aur_life_judge(back, 12, waves3, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_BACK);

	aur_life_room falls[8] = {{11, 12, 0}, {11, 13, 0}, {8, 10, 0}, {9, 13, 0}, {7, 12, 1}, {7, 15, 1}, {3, 9, 1}, {1, 12, 1}};
	uint32_t waves_falls[2] = {39, 18};
	ck_assert_int_eq(aur_life_judge(falls, 8, waves_falls, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_FALLING);
	ck_assert_int_eq(l.why, AUR_WHY_TREND);

	aur_life_room comes[4] = {{5, 12, 0}, {3, 12, 0}, {4, 10, 1}, {6, 13, 1}};
	uint32_t waves_comes[2] = {8, 10};
	ck_assert_int_eq(aur_life_judge(comes, 4, waves_comes, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_RECURRENT);

	/* one loud person in every room is not a crowd */
	aur_life_room loud[4] = {{1, 12, 0}, {1, 12, 0}, {1, 10, 1}, {1, 13, 1}};
	uint32_t waves_loud[2] = {1, 1};
	ck_assert_int_eq(aur_life_judge(loud, 4, waves_loud, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_UNDECIDED);
	ck_assert_int_eq(l.why, AUR_WHY_LONE_VOICES);
}
END_TEST

START_TEST(edges)
{
	aur_life l;
	aur_error e;
	uint32_t none[1] = {0};
	ck_assert_int_eq(aur_life_judge(NULL, 0, none, &l, &e), AURE_OK);
	ck_assert_int_eq(l.why, AUR_WHY_ONE_ROOM);
	aur_life_room one = {4, 9, 0};
	uint32_t w = 4;
	ck_assert_int_eq(aur_life_judge(&one, 1, &w, &l, &e), AURE_OK);
	ck_assert_int_eq(l.verdict, AUR_LIFE_UNDECIDED);
	ck_assert_int_eq(l.why, AUR_WHY_ONE_ROOM);
	aur_life_room never[3] = {{0, 4, 0}, {0, 4, 0}, {0, 4, 1}};
	uint32_t wn[2] = {0, 0};
	ck_assert_int_eq(aur_life_judge(never, 3, wn, &l, &e), AURE_OK);
	ck_assert_int_eq(l.why, AUR_WHY_NEVER);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("lifecycle");
	TCase *c = tcase_create("rules");
	tcase_set_timeout(c, 120);
	tcase_add_test(c, each_verdict);
	tcase_add_test(c, four_rooms_say_nothing);
	tcase_add_test(c, edges);
	tcase_add_test(c, false_verdicts);
	suite_add_tcase(s, c);
	SRunner *r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
