/* SPDX-License-Identifier: Apache-2.0 */
/* How sure can one be: intervals for shares, differences of shares, and ratios of rates.  `level` is 0.95 or the like. */
#ifndef AUR_STATS_INTERVAL_H
#define AUR_STATS_INTERVAL_H
#include <stdint.h>

typedef struct aur_interval {
	double value, low, high;
} aur_interval;

/* Wilson 1927, score interval without continuity correction (R's prop.test(correct = FALSE)) of k/n:
 * (p̂ + z²/2n ± z√(p̂q̂/n + z²/4n²))/(1 + z²/n).  n = 0: value NAN, 0 to 1. */
aur_interval aur_wilson(uint64_t k, uint64_t n, double level);
/* Clopper & Pearson 1934, exact: quantiles of Beta(k, n-k+1) and Beta(k+1, n-k) (R's binom.test). */
aur_interval aur_clopper_pearson(uint64_t k, uint64_t n, double level);
/* Newcombe 1998, method 10 (hybrid score, no correction): k1/n1 - k2/n2 out of the two Wilson intervals. */
aur_interval aur_newcombe(uint64_t k1, uint64_t n1, uint64_t k2, uint64_t n2, double level);
/* Ratio of two Poisson rates, k1 in t1 over k2 in t2 (tokens, hours; above 0): exact conditional interval (Clopper-Pearson on
 * k1 of k1+k2) and, in *p where not NULL, the exact two-sided p (R's poisson.test).  high = INFINITY where k2 = 0. */
aur_interval aur_rate_ratio(uint64_t k1, double t1, uint64_t k2, double t2, double level, double *p);
#endif
