/* SPDX-License-Identifier: Apache-2.0 */
/* The measures of engine/stats against the reference values of the design notes (R numbers), to the last digit printed
 * there, and against what is known by counting. */
#include "config.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "suite.h"
#include "stats/adjust.h"
#include "stats/agreement.h"
#include "stats/cooccurrence.h"
#include "stats/dist.h"
#include "stats/diversity.h"
#include "stats/interval.h"
#include "stats/keyness.h"
#include "stats/specificity.h"
#include "stats/trend.h"

/* `value`, printed with as many decimals (or significant digits) as the reference has, is the reference. */
static void is_printed(double value, const char *format, const char *reference, int line)
{
	char text[64];
	snprintf(text, sizeof text, format, value);
	ck_assert_msg(strcmp(text, reference) == 0, "line %d: %s (%.17g), expected %s", line, text, value, reference);
}
#define IS(value, format, reference) is_printed(value, format, reference, __LINE__)
#define NEAR(value, reference, relative)                                                                               \
	ck_assert_msg(fabs((value) - (reference)) <= (relative)*fabs(reference), "%.17g, expected %.17g",              \
		      (double)(value), (double)(reference))

/* ---- distributions ---- */

START_TEST(the_normal_law)
{
	IS(aur_normal_quantile(0.975), "%.9f", "1.959963985");
	IS(aur_normal_quantile(0.025), "%.9f", "-1.959963985");
	ck_assert(aur_normal_quantile(0.5) == 0);
	ck_assert(isinf(aur_normal_quantile(0)) && isinf(aur_normal_quantile(1)));
	ck_assert(isnan(aur_normal_quantile(1.1)) && isnan(aur_normal_quantile(NAN)));
	for (double z = 0.25; z < 37; z += 0.25)
		NEAR(-aur_normal_quantile(aur_normal_p(z) / 2), z, 1e-13);
}
END_TEST

START_TEST(the_chi_squared_law)
{
	/* across the place where the series takes over and where the probability underflows */
	for (double x = 0.5; x < 1400; x *= 1.1)
		NEAR(aur_chi2_log10_p(-x), log10(erfc(sqrt(x / 2))), 1e-12);
	NEAR(aur_chi2_log10_p(1000 - 1e-9), aur_chi2_log10_p(1000), 1e-11);
	NEAR(aur_chi2_log10_p(200000), -43432.1967674329750988, 1e-15);
}
END_TEST

/* ---- specificities ---- */

static const uint64_t speech[10] = {8395, 2558, 3920, 6903, 7896, 4555, 10142, 2063, 1084, 13933};
static const uint64_t speech_de[10] = {464, 165, 194, 392, 398, 235, 509, 96, 58, 662};
static const uint64_t speech_peuple[10] = {45, 18, 15, 14, 53, 30, 42, 16, 4, 59};
static const uint64_t speech_others[10] = {7815, 2347, 3668, 6441, 7371, 4261, 9519, 1922, 1015, 13096};

START_TEST(specificities_of_the_robespierre_table) /* R1-R60 */
{
	static const char *de[10] = {"1.2477",  "2.6891",  "-0.5534", "1.6471", "-0.5096",
				     "-0.2909", "-0.6132", "-0.8098", "0.3884", "-2.2050"};
	static const char *peuple[10] = {"0.6161", "1.1466",  "-0.6709", "-4.1743", "2.1122",
					 "1.2906", "-0.7980", "1.3632",  "-0.3977", "-0.8410"};
	static const char *others[10] = {"-1.2657", "-3.6429", "0.3542",  "-0.5984", "-0.5387",
					 "0.3333",  "1.2439",  "-0.5569", "0.3377",  "2.4355"};
	for (int i = 0; i < 10; i++) {
		IS(aur_specificity(speech_de[i], 3173, speech[i], 61449), "%.4f", de[i]);
		IS(aur_specificity(speech_peuple[i], 296, speech[i], 61449), "%.4f", peuple[i]);
		IS(aur_specificity(speech_others[i], 57455, speech[i], 61449), "%.4f", others[i]);
	}
}
END_TEST

START_TEST(specificities_to_ten_decimals) /* R61-R70 */
{
	IS(aur_specificity(18, 40, 2100, 7500), "%.10f", "1.8026586927");
	IS(aur_specificity(7, 10, 900, 7500), "%.10f", "4.5187113773");
	IS(aur_specificity(3, 3, 900, 7500), "%.10f", "2.7637315152");
	IS(aur_specificity(2, 33, 1800, 7500), "%.10f", "-2.1319959250");
	IS(aur_specificity(0, 25, 2500, 7500), "%.10f", "-4.4109910845");
	IS(aur_specificity(5, 25, 1500, 7500), "%.10f", "0.2368809482");
	IS(aur_specificity(0, 0, 100, 1000), "%.1f", "0.0");
}
END_TEST

START_TEST(specificities_do_not_underflow)
{
	/* all 2,000 in a half: P = C(10^6, 1000)... the closed form Π (n-i)/(N-i) */
	double log10_p = 0;
	for (int i = 0; i < 20000; i++)
		log10_p += log10((1000000.0 - i) / (2000000.0 - i));
	NEAR(aur_specificity(20000, 20000, 1000000, 2000000), -log10_p, 1e-12);
	NEAR(aur_specificity(0, 20000, 1000000, 2000000), log10_p, 1e-12);
	ck_assert(aur_specificity(20000, 20000, 1000000, 2000000) > 6000);
	/* beyond any corpus: finite, the right sign */
	ck_assert(aur_specificity(1000000, 2000000, 1000000000, 4000000000000) > 1e6);
	ck_assert(aur_specificity(0, 1000000, 1000000000000, 4000000000000) < -1e5);
	/* F <= 16, at the largest N: (n/N)^16 */
	NEAR(aur_specificity(16, 16, 1000000, UINT64_MAX), 16 * (log10((double)UINT64_MAX) - 6), 1e-5);
	/* k N and F n are beyond 64 bits, and differ in their high halves, in neither, in their low halves */
	ck_assert(aur_specificity(3, 8, UINT64_C(1) << 62, UINT64_C(1) << 63) < 0);
	ck_assert(aur_specificity(5, 8, UINT64_C(1) << 62, UINT64_C(1) << 63) > 0);
	ck_assert(aur_specificity(4, 8, UINT64_C(1) << 62, UINT64_C(1) << 63) > 0);
	ck_assert(aur_specificity(4, 8, (UINT64_C(1) << 62) + 1, UINT64_C(1) << 63) < 0);
}
END_TEST

START_TEST(specificities_at_the_edges)
{
	ck_assert(aur_specificity(10, 10, 100, 100) == 0); /* the part is the corpus */
	ck_assert(aur_specificity(0, 10, 0, 100) == 0);    /* an empty part */
	ck_assert(aur_specificity(30, 100, 30, 100) == 0); /* the form is the corpus */
	ck_assert(!signbit(aur_specificity(10, 10, 100, 100)));
	ck_assert(aur_specificity(0, 0, 10, 100) == 0 && aur_specificity(0, 0, 0, 0) == 0);
	ck_assert(isnan(aur_specificity(11, 10, 20, 100)));
	ck_assert(isnan(aur_specificity(11, 20, 10, 100)));
	ck_assert(isnan(aur_specificity(1, 200, 10, 100)));
	ck_assert(isnan(aur_specificity(1, 10, 200, 100)));
	ck_assert(isnan(aur_specificity(0, 60, 60, 100))); /* 20 at least must be in the part */
	ck_assert(isnan(aur_specificity(4, 10, 95, 100)) && isnan(aur_specificity(4, 95, 10, 100))); /* 5, also where P is a product */
}
END_TEST

/* Every table of a small corpus: the few, the many and the exchange of margins say the same as plain counting. */
START_TEST(specificities_equal_a_count_of_all_draws)
{
	for (uint64_t N = 1; N <= 48; N += N < 8 ? 1 : 5)
		for (uint64_t F = 1; F <= N; F++)
			for (uint64_t n = 1; n <= N; n++) {
				uint64_t lo = F + n > N ? F + n - N : 0, hi = F < n ? F : n;
				double pmf[64], upper[66] = {0}, lower = 0, all = 0;
				for (uint64_t k = lo; k <= hi; k++) {
					pmf[k] = k == lo ? 1
							 : pmf[k - 1] * (double)(F - k + 1) * (double)(n - k + 1) /
								   (double)k / (double)(N + k - F - n);
					all += pmf[k];
				}
				for (uint64_t k = hi + 1; k-- > lo;)
					upper[k] = upper[k + 1] + pmf[k];
				for (uint64_t k = lo; k <= hi; k++) {
					double s = aur_specificity(k, F, n, N);
					lower += pmf[k];
					ck_assert_double_eq_tol(aur_hyper_log_upper(k, F, n, N), log(upper[k] / all),
								1e-11);
					ck_assert_double_eq_tol(aur_hyper_log_lower(k, F, n, N), log(lower / all),
								1e-11);
					ck_assert_double_eq_tol(aur_hyper_log_pmf(k, F, n, N), log(pmf[k] / all),
								1e-11);
					if (k * N >= F * n)
						ck_assert_double_eq_tol(s, -log10(upper[k] / all), 1e-11);
					else
						ck_assert_double_eq_tol(s, log10(lower / all), 1e-11);
				}
			}
}
END_TEST

/* ---- many tests ---- */

START_TEST(corrections_for_many_tests) /* R92 */
{
	static const double p[10] = {.001, .008, .039, .041, .042, .06, .074, .205, .212, .216};
	static const char *bh[10] = {"0.010000", "0.040000", "0.084000", "0.084000", "0.084000",
				     "0.100000", "0.105714", "0.216000", "0.216000", "0.216000"};
	static const size_t order[10] = {7, 2, 9, 0, 4, 1, 8, 3, 6, 5};
	double q[11], logs[11];
	for (int i = 0; i < 10; i++)
		logs[i] = log10(p[order[i]]);
	logs[10] = NAN;
	ck_assert_int_eq(aur_adjust_bh_log10(logs, NULL, 11, logs, NULL), AURE_OK);
	for (int i = 0; i < 10; i++)
		IS(pow(10, logs[i]), "%.6f", bh[order[i]]);
	ck_assert(isnan(logs[10]));
	/* the same result of several tests, said as often or once */
	double often[6] = {-3, -1, -3, -2, -3, -1}, once[3] = {-1, -3, -2};
	const uint64_t times[3] = {2, 3, 1};
	ck_assert_int_eq(aur_adjust_bh_log10(often, NULL, 6, often, NULL), AURE_OK);
	ck_assert_int_eq(aur_adjust_bh_log10(once, times, 3, once, NULL), AURE_OK);
	ck_assert(once[0] == often[1] && once[1] == often[0] && once[2] == often[3]);
	logs[0] = -5000;
	logs[1] = -4000;
	ck_assert_int_eq(aur_adjust_bh_log10(logs, NULL, 2, q, NULL), AURE_OK);
	NEAR(q[0], -5000 + log10(2), 1e-15);
	NEAR(q[1], -4000.0, 1e-15);
	ck_assert_int_eq(aur_adjust_bh_log10(NULL, NULL, 0, NULL, NULL), AURE_OK);
}
END_TEST

/* ---- keyness ---- */

START_TEST(keyness_in_every_variant) /* R71-R75; the notes do not say the counts of R76 */
{
	static const struct {
		uint64_t a, b, n1, n2;
		const char *chi2, *quanteda, *yates, *g2, *rayson, *williams;
	} row[] = {
		{18, 22, 2100, 5400, "5.764873", "5.764873", "4.948266", "5.260605", "5.229838", "5.175204"},
		{7, 3, 900, 6600, "31.898592", "26.635893", "26.635893", "18.276014", "18.233404", "16.015269"},
		{3, 0, 900, 6600, "22.008804", "14.461593", "14.461593", "12.730392", "12.721581", "12.730392"},
		{7, 2, 10, 9, "4.337160", "2.632438", "2.632438", "4.534939", "2.440100", "4.200833"},
		/* |ad-bc| < N/2: quanteda does not correct */
		{1, 1, 3, 4, "0.058333", "0.058333", "0.000000", "0.058008", "0.041239", "0.045097"},
		/* |ad-bc| = N/2: quanteda corrects there too */
		{1, 0, 1000, 1000, "1.000500", "0.000000", "0.000000", "1.386795", "1.386294", "1.386795"},
		{0, 1, 1000, 1000, "-1.000500", "0.000000", "0.000000", "-1.386795", "-1.386294", "-1.386795"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		aur_2x2 t = aur_2x2_of(row[i].a, row[i].b, row[i].n1, row[i].n2);
		IS(aur_chi2(t), "%.6f", row[i].chi2);
		IS(aur_chi2_quanteda(t), "%.6f", row[i].quanteda);
		IS(aur_chi2_yates(t), "%.6f", row[i].yates);
		IS(aur_g2(t), "%.6f", row[i].g2);
		IS(aur_g2_rayson(t), "%.6f", row[i].rayson);
		IS(aur_g2_williams(t), "%.6f", row[i].williams);
	}
	/* no correction of Williams where a cell is 0, whichever it is */
	for (int cell = 0; cell < 4; cell++) {
		uint64_t n[4] = {5, 5, 5, 5};
		n[cell] = 0;
		aur_2x2 t = {n[0], n[1], n[2], n[3]};
		ck_assert(aur_g2_williams(t) == aur_g2(t));
	}
	IS(aur_g2_quanteda(aur_2x2_of(18, 22, 2100, 5400)), "%.6f", "5.260620");
	IS(aur_g2_quanteda(aur_2x2_of(7, 3, 900, 6600)), "%.6f", "15.544917");
	IS(aur_g2_quanteda(aur_2x2_of(3, 0, 900, 6600)), "%.6f", "8.031587");
	IS(aur_g2_quanteda(aur_2x2_of(2, 31, 1800, 5700)), "%.6f", "-7.659574");
	IS(aur_g2_quanteda(aur_2x2_of(7, 2, 10, 9)), "%.6f", "2.702844");
	IS(aur_g2_quanteda(aur_2x2_of(1, 0, 1000, 1000)), "%.6f", "0.000004"); /* 2 N ε */
}
END_TEST

START_TEST(keyness_has_a_sign)
{
	aur_2x2 over = aur_2x2_of(30, 10, 1000, 1000), under = aur_2x2_of(10, 30, 1000, 1000);
	aur_2x2 even = aur_2x2_of(10, 10, 1000, 1000), empty = aur_2x2_of(0, 0, 1000, 1000);
	double (*const measure[])(aur_2x2) = {aur_chi2, aur_chi2_yates, aur_chi2_quanteda, aur_g2, aur_g2_rayson, aur_g2_williams};
	for (size_t i = 0; i < sizeof measure / sizeof *measure; i++) {
		ck_assert(measure[i](over) > 0);
		ck_assert(measure[i](under) < 0);
		ck_assert(measure[i](even) == 0);
		ck_assert(measure[i](empty) == 0);
	}
	/* near the expectation G² is χ², also where o ln(o/e) would lose all its digits */
	NEAR(aur_g2(aur_2x2_of(500000010, 500000000, 1000000000000, 1000000000000)),
	     aur_chi2(aur_2x2_of(500000010, 500000000, 1000000000000, 1000000000000)), 1e-6);
}
END_TEST

/* ---- trends ---- */

START_TEST(mann_kendall_and_sen) /* R77-R81 */
{
	static const double r77[] = {.12, .15, .15, .21, .19, .26}, r78[] = {4, 9, 7, 12, 15, 14, 18, 21},
			    r80[] = {1, 2, 3, 4, 5};
	aur_mk m;
	ck_assert_int_eq(aur_mann_kendall(r77, NULL, 6, &m, NULL), AURE_OK);
	ck_assert_int_eq(m.s, 12);
	IS(m.var, "%.6f", "27.333333");
	IS(m.z, "%.6f", "2.104003");
	IS(m.p_normal, "%.7f", "0.0353782");
	IS(m.p_exact, "%.7f", "0.0277778");
	ck_assert(m.p == m.p_exact);
	IS(m.tau_b, "%.6f", "0.828079");
	IS(m.sen, "%.4f", "0.0275");
	double falls[6];
	aur_mk f;
	for (int i = 0; i < 6; i++)
		falls[i] = -r77[i];
	ck_assert_int_eq(aur_mann_kendall(falls, NULL, 6, &f, NULL), AURE_OK); /* as much, the other way round */
	ck_assert(f.s == -m.s && f.z == -m.z && f.p_normal == m.p_normal && f.p == m.p && f.tau_b == -m.tau_b);
	ck_assert_int_eq(aur_mann_kendall(r78, NULL, 8, &m, NULL), AURE_OK);
	ck_assert_int_eq(m.s, 24);
	IS(m.var, "%.6f", "65.333333");
	IS(m.z, "%.6f", "2.845512");
	IS(m.p_normal, "%.7f", "0.0044340");
	IS(m.p_exact, "%.8f", "0.00173611");
	IS(m.tau_b, "%.6f", "0.857143");
	IS(m.sen, "%.7f", "2.2916667");
	ck_assert_int_eq(aur_mann_kendall(r80, NULL, 4, &m, NULL), AURE_OK);
	ck_assert_int_eq(m.s, 6);
	IS(m.var, "%.6f", "8.666667");
	IS(m.z, "%.6f", "1.698416");
	IS(m.p_normal, "%.7f", "0.0894294");
	IS(m.p_exact, "%.7f", "0.0833333");
	IS(m.p_least, "%.7f", "0.0833333");
	ck_assert(m.tau_b == 1 && m.sen == 1);
	ck_assert_int_eq(aur_mann_kendall(r80, NULL, 5, &m, NULL), AURE_OK);
	ck_assert_int_eq(m.s, 10);
	IS(m.var, "%.6f", "16.666667");
	IS(m.z, "%.6f", "2.204541");
	IS(m.p_normal, "%.7f", "0.0274863");
	IS(m.p_exact, "%.7f", "0.0166667");
	ck_assert(m.tau_b == 1 && m.sen == 1);
}
END_TEST

static int64_t s_of(const double *x, size_t n)
{
	int64_t s = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			s += (x[j] > x[i]) - (x[j] < x[i]);
	return s;
}

/* Walks all n! orders (Heap's way) and counts those with |S| at least as large. */
static void walk(double *x, size_t k, size_t n, int64_t s, long *hits, long *all)
{
	if (k <= 1) {
		*hits += llabs(s_of(x, n)) >= llabs(s);
		++*all;
		return;
	}
	for (size_t i = 0; i < k; i++) {
		double t;
		size_t at = k % 2 ? 0 : i;
		walk(x, k - 1, n, s, hits, all);
		t = x[at];
		x[at] = x[k - 1];
		x[k - 1] = t;
	}
}

START_TEST(mann_kendall_exact_equals_all_orders)
{
	static const double series[][7] = {{3, 1, 2, 2, 5, 4, 4}, {1, 1, 1, 2, 2, 2, 2}, {0, 0, 0, 0, 0, 0, 0},
					   {1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 5, 3, 2, 1}, {1, 3, 3, 3, 1, 1, 9},
					   {4, 4, 4, 4, 1, 4, 4}};
	for (size_t i = 0; i < sizeof series / sizeof *series; i++)
		for (size_t n = 1; n <= 7; n++) {
			double x[7];
			long hits = 0, all = 0;
			aur_mk m;
			ck_assert_int_eq(aur_mann_kendall(series[i], NULL, n, &m, NULL), AURE_OK);
			memcpy(x, series[i], sizeof x);
			ck_assert_int_eq(m.s, s_of(x, n));
			walk(x, n, n, m.s, &hits, &all);
			NEAR(m.p_exact, (double)hits / (double)all, 1e-12);
		}
	/* 252 of 5,040 orders: what is told at 5 % is told here */
	static const double edge[] = {0, 0, 0, 0, 1, 0, 3, 0, 4, 2};
	aur_mk m;
	ck_assert_int_eq(aur_mann_kendall(edge, NULL, 10, &m, NULL), AURE_OK);
	ck_assert(m.s == 20 && m.p_exact <= 0.05);
	NEAR(m.p_exact, 0.05, 1e-15);
}
END_TEST

START_TEST(mann_kendall_long_and_odd_series)
{
	double x[60], t[60];
	aur_mk m;
	aur_error e;
	for (int i = 0; i < 60; i++) {
		x[i] = (i * 7) % 23 + i / 4;
		t[i] = 2 * i;
	}
	/* at 40 points the exact and the normal p agree */
	ck_assert_int_eq(aur_mann_kendall(x, NULL, 40, &m, NULL), AURE_OK);
	ck_assert_double_eq_tol(m.p_exact, m.p_normal, 0.01);
	ck_assert(m.p == m.p_exact);
	ck_assert_int_eq(aur_mann_kendall(x, NULL, 60, &m, NULL), AURE_OK);
	ck_assert(isnan(m.p_exact) && m.p == m.p_normal);
	double slope = m.sen;
	ck_assert_int_eq(aur_mann_kendall(x, t, 60, &m, NULL), AURE_OK);
	NEAR(m.sen, slope / 2, 1e-14);
	ck_assert_int_eq(aur_mann_kendall(x, NULL, 1, &m, NULL), AURE_OK);
	ck_assert(m.s == 0 && m.p == 1);
	ck_assert_int_eq(aur_mann_kendall(x, NULL, 0, &m, NULL), AURE_OK);
	t[3] = t[2];
	ck_assert_int_eq(aur_mann_kendall(x, t, 60, &m, &e), AURE_USAGE);
	x[5] = NAN;
	ck_assert_int_eq(aur_mann_kendall(x, NULL, 60, &m, &e), AURE_USAGE);
	ck_assert_int_eq(aur_mann_kendall(x, NULL, AUR_MK_MAX + 1, &m, &e), AURE_USAGE);
}
END_TEST

START_TEST(cochran_armitage) /* R82 */
{
	static const uint64_t k[] = {3, 5, 6, 9}, n[] = {22, 24, 20, 23}, all[] = {22, 24, 20, 23},
			      none[] = {0, 0, 0, 0};
	static const uint64_t down[] = {9, 6, 5, 3}, n_down[] = {23, 20, 24, 22};
	static const double score[] = {10, 20, 30, 40};
	double rates[4];
	aur_mk m;
	aur_ca r = aur_cochran_armitage(k, n, NULL, 4);
	IS(r.chi2, "%.6f", "4.310368");
	IS(r.p, "%.7f", "0.0378808");
	ck_assert(r.z > 0);
	ck_assert(aur_cochran_armitage(down, n_down, NULL, 4).z < 0);
	NEAR(aur_cochran_armitage(k, n, score, 4).chi2, r.chi2, 1e-12);
	for (int i = 0; i < 4; i++)
		rates[i] = (double)k[i] / (double)n[i];
	ck_assert_int_eq(aur_mann_kendall(rates, NULL, 4, &m, NULL), AURE_OK);
	IS(m.p_exact, "%.4f", "0.0833");
	ck_assert(aur_cochran_armitage(all, n, NULL, 4).p == 1);
	ck_assert(aur_cochran_armitage(none, n, NULL, 4).p == 1);
	ck_assert(aur_cochran_armitage(none, none, NULL, 4).p == 1);
	ck_assert(aur_cochran_armitage(k, n, NULL, 1).p == 1);
	ck_assert(isnan(aur_cochran_armitage(n, k, NULL, 4).p));
	/* within groups, from T and Var as written, in Python */
	static const uint64_t k2[] = {3, 5, 6, 9, 2, 1}, n2[] = {22, 24, 20, 23, 15, 9};
	static const uint32_t two[] = {0, 1, 0, 1, 0, 1}, own[] = {0, 1, 2, 3}, same[] = {0, 0, 0, 0};
	NEAR(aur_cochran_armitage_within(k2, n2, two, 6).z, 0.10963275262480823, 1e-12);
	NEAR(aur_cochran_armitage_within(k, n, same, 4).z, r.z, 1e-12);
	ck_assert(aur_cochran_armitage_within(k, n, own, 4).p == 1);
}
END_TEST

/* ---- intervals ---- */

START_TEST(intervals_of_shares) /* R83-R86 */
{
	static const struct {
		uint64_t k, n;
		const char *wilson[2];
	} row[] = {{8, 20, {"0.218807", "0.613418"}},
		   {76, 93, {"0.726622", "0.882621"}},
		   {91, 113, {"0.722777", "0.867767"}},
		   {0, 13, {"0.000000", "0.228095"}}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		aur_interval w = aur_wilson(row[i].k, row[i].n, 0.95);
		IS(w.low, "%.6f", row[i].wilson[0]);
		IS(w.high, "%.6f", row[i].wilson[1]);
		NEAR(w.value, (double)row[i].k / (double)row[i].n, 1e-15);
		/* the other way round */
		ck_assert_double_eq_tol(aur_wilson(row[i].n - row[i].k, row[i].n, 0.95).low, 1 - w.high, 1e-12);
	}
	for (uint64_t n = 1; n < 50; n++) /* exactly, which rounding would not give */
		ck_assert(aur_wilson(0, n, 0.95).low == 0 && aur_wilson(n, n, 0.95).high == 1);
	ck_assert(isnan(aur_wilson(0, 0, 0.95).value) && aur_wilson(0, 0, 0.95).high == 1);
	ck_assert(isnan(aur_wilson(2, 1, 0.95).low) && isnan(aur_wilson(1, 2, 95).low));
}
END_TEST

/* ---- the rest ---- */

START_TEST(cooccurrences) /* R96 */
{
	aur_cooc c = {12, 40, 60, 7500}, never = {0, 40, 60, 7500}, wrong = {41, 40, 60, 7500}, crowded = {1, 40, 60, 70};
	aur_2x2 t = {12, 28, 48, 7412};
	IS(aur_cooc_expected(c), "%.2f", "0.32");
	IS(aur_cooc_mi(c), "%.6f", "5.228819");
	IS(aur_cooc_mi3(c), "%.6f", "12.398744");
	IS(aur_cooc_t(c), "%.6f", "3.371726");
	IS(aur_cooc_z(c), "%.6f", "20.647518");
	IS(aur_cooc_dice(c), "%.2f", "0.24");
	IS(aur_cooc_logdice(c), "%.6f", "11.941106");
	IS(aur_cooc_jaccard(c), "%.6f", "0.136364");
	ck_assert(aur_cooc_log_likelihood(c) == aur_g2(t));
	ck_assert(aur_cooc_mi(never) == -INFINITY && aur_cooc_t(never) == -INFINITY && aur_cooc_z(never) < 0);
	ck_assert(aur_cooc_logdice(never) == -INFINITY && aur_cooc_jaccard(never) == 0);
	ck_assert(aur_cooc_log_likelihood(never) < 0);
	ck_assert(isnan(aur_cooc_log_likelihood(wrong)) && isnan(aur_cooc_log_likelihood(crowded)));
}
END_TEST

START_TEST(agreement_of_two_coders) /* R97, R100 */
{
	static const uint64_t r97[] = {20, 5, 10, 15}, r100[] = {2, 3, 5, 90}, one[] = {10, 0, 0, 0}, none[4] = {0};
	IS(aur_cohen_kappa(r97, 2), "%.4f", "0.4000");
	IS(aur_observed_agreement(r100, 2), "%.2f", "0.92");
	IS(aur_cohen_kappa(r100, 2), "%.7f", "0.2920354");
	IS(aur_gwet_ac1(r100, 2), "%.7f", "0.9098287");
	ck_assert(isnan(aur_cohen_kappa(one, 2)) && aur_gwet_ac1(one, 2) == 1);
	ck_assert(isnan(aur_cohen_kappa(none, 2)) && isnan(aur_gwet_ac1(none, 2)) && isnan(aur_gwet_ac1(one, 1)));
}
END_TEST

START_TEST(agreement_of_many_coders) /* R98, R99 */
{
	static const int32_t coders[4][12] = {{1, 2, 3, 3, 2, 1, 4, 1, 2, -1, -1, -1},
					      {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, -1, 3},
					      {-1, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, -1},
					      {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, -1}};
	int32_t codes[48], same[6] = {7, 7, 7, 7, -1, 7};
	double alpha;
	for (int u = 0; u < 12; u++)
		for (int c = 0; c < 4; c++)
			codes[u * 4 + c] = coders[c][u];
	ck_assert_int_eq(aur_krippendorff_alpha(codes, 12, 4, &alpha, NULL), AURE_OK);
	IS(alpha, "%.7f", "0.7434211");
	for (int i = 0; i < 48; i++)
		codes[i] -= codes[i] > 0; /* 0 is a code as any other */
	ck_assert_int_eq(aur_krippendorff_alpha(codes, 12, 4, &alpha, NULL), AURE_OK);
	IS(alpha, "%.7f", "0.7434211");
	ck_assert_int_eq(aur_krippendorff_alpha(same, 3, 2, &alpha, NULL), AURE_OK);
	ck_assert(isnan(alpha));
	same[0] = 1;
	same[1] = 1;
	ck_assert_int_eq(aur_krippendorff_alpha(same, 3, 2, &alpha, NULL), AURE_OK);
	ck_assert(alpha == 1);
	ck_assert_int_eq(aur_krippendorff_alpha(NULL, 0, 2, &alpha, NULL), AURE_OK);
	ck_assert(isnan(alpha));
}
END_TEST

START_TEST(diversity)
{
	static const uint64_t even[] = {5, 5, 5, 5}, one[] = {0, 9, 0}, loud[] = {8, 1, 1}, none[] = {0, 0};
	NEAR(aur_effective_shannon(even, 4), 4.0, 1e-14);
	NEAR(aur_effective_shannon(one, 3), 1.0, 1e-15);
	NEAR(aur_effective_shannon(loud, 3), exp(-0.8 * log(0.8) - 0.2 * log(0.1)), 1e-14);
	ck_assert(aur_effective_shannon(none, 2) == 0 && aur_effective_shannon(none, 0) == 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("stats");
	TCase *t = tcase_create("stats");
	tcase_add_test(t, the_normal_law);
	tcase_add_test(t, the_chi_squared_law);
	tcase_add_test(t, specificities_of_the_robespierre_table);
	tcase_add_test(t, specificities_to_ten_decimals);
	tcase_add_test(t, specificities_do_not_underflow);
	tcase_add_test(t, specificities_at_the_edges);
	tcase_add_test(t, specificities_equal_a_count_of_all_draws);
	tcase_add_test(t, corrections_for_many_tests);
	tcase_add_test(t, keyness_in_every_variant);
	tcase_add_test(t, keyness_has_a_sign);
	tcase_add_test(t, mann_kendall_and_sen);
	tcase_add_test(t, mann_kendall_exact_equals_all_orders);
	tcase_add_test(t, mann_kendall_long_and_odd_series);
	tcase_add_test(t, cochran_armitage);
	tcase_add_test(t, intervals_of_shares);
	tcase_add_test(t, cooccurrences);
	tcase_add_test(t, agreement_of_two_coders);
	tcase_add_test(t, agreement_of_many_coders);
	tcase_add_test(t, diversity);
	seconds_at_most(t, 60);
	suite_add_tcase(s, t);
	return suite_run(s);
}
