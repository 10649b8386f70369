/* SPDX-License-Identifier: Apache-2.0 */
/* Tails and quantiles of the distributions that the other files of this room stand on.  Every function of the room
 * is pure and thread-safe (lgamma_r, no global state) and returns NAN for arguments that make no sense. */
#ifndef AUR_STATS_DIST_H
#define AUR_STATS_DIST_H
#include <stdint.h>

/* ln Γ(x), x > 0. */
double aur_lgamma(double x);
/* ln(e^a + e^b) without overflow; -INFINITY stands for ln 0. */
double aur_log_add(double a, double b);

/* Regularised incomplete gamma Q(a,x) = Γ(a,x)/Γ(a), upper tail; series below x = a+1, else continued fraction
 * (modified Lentz).  a > 0, x >= 0. */
double aur_gamma_q(double a, double x);
/* Regularised incomplete beta I_x(a,b); continued fraction (modified Lentz) on the side where it converges fast.
 * a, b > 0, 0 <= x <= 1. */
double aur_beta_i(double a, double b, double x);
/* The x with I_x(a,b) = p; bisection, to the last bits. */
double aur_beta_quantile(double a, double b, double p);

/* P(X >= x) for X chi-squared with df degrees of freedom; the sign of x is ignored, as the measures of
 * keyness.h carry theirs. */
double aur_chi2_p(double x, double df);
/* log10 of it for one degree of freedom, also where the probability itself underflows (x above 1,400). */
double aur_chi2_log10_p(double x);
/* P(|Z| >= |z|), two-sided, for Z standard normal. */
double aur_normal_p(double z);
/* The z with P(Z <= z) = p; z(0.975) = 1.959963985. */
double aur_normal_quantile(double p);

/* ln P(X = k), X ~ Binomial(n, p); Loader's saddle-point form, no loss for large n. */
double aur_binomial_log_pmf(uint64_t k, uint64_t n, double p);
/* Two-sided exact binomial test of k successes of n against p: the sum of the probabilities of all outcomes that
 * are no likelier than k (R's binom.test). */
double aur_binomial_p(uint64_t k, uint64_t n, double p);

/* ln P(X = k), X ~ Hypergeometric: k of the F marked ones among n drawn from N.  Loader's saddle-point form. */
double aur_hyper_log_pmf(uint64_t k, uint64_t F, uint64_t n, uint64_t N);
/* ln P(X >= k), and ln P(X <= k), both inclusive. */
double aur_hyper_log_upper(uint64_t k, uint64_t F, uint64_t n, uint64_t N);
double aur_hyper_log_lower(uint64_t k, uint64_t F, uint64_t n, uint64_t N);
#endif
