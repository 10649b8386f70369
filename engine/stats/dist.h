/* SPDX-License-Identifier: Apache-2.0 */
/* Tails and quantiles of the distributions that the other files of this room are built on.  Every function of the room is pure and
 * thread-safe, and returns NAN for arguments that make no sense. */
#ifndef AUR_STATS_DIST_H
#define AUR_STATS_DIST_H
#include <stdint.h>

/* log10 P(X >= x) for X chi-squared with one degree of freedom, even where the probability itself underflows (x above 1,400).  The
 * sign of x is ignored, so the signed measures of keyness.h can be passed as they are. */
double aur_chi2_log10_p(double x);
/* P(|Z| >= |z|), two-sided, for Z standard normal. */
double aur_normal_p(double z);
/* The z with P(Z <= z) = p; z(0.975) = 1.959963985. */
double aur_normal_quantile(double p);

/* ln P(X = k), X ~ Hypergeometric: k of the F marked ones among n drawn out of N.  Loader's saddle-point form. */
double aur_hyper_log_pmf(uint64_t k, uint64_t F, uint64_t n, uint64_t N);
/* ln P(X >= k), and ln P(X <= k), both inclusive. */
double aur_hyper_log_upper(uint64_t k, uint64_t F, uint64_t n, uint64_t N);
double aur_hyper_log_lower(uint64_t k, uint64_t F, uint64_t n, uint64_t N);
#endif
