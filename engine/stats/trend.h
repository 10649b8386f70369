/* SPDX-License-Identifier: Apache-2.0 */
/* Trends over a few sessions: on values (Mann-Kendall, Sen), and on proportions with their denominators (Cochran-Armitage). */
#ifndef AUR_STATS_TREND_H
#define AUR_STATS_TREND_H
#include <stddef.h>
#include <stdint.h>
#include "base/error.h"

#define AUR_MK_EXACT_MAX 40 /* number of values up to which the exact p is computed */
#define AUR_MK_MAX 2000     /* maximum number of values: there are n(n-1)/2 slopes */

typedef struct aur_mk {
	int64_t s;       /* Σ_{i<j} sgn(x_j - x_i) */
	double var;      /* [n(n-1)(2n+5) - Σ t(t-1)(2t+5)]/18 over the groups of t equal values */
	double z;        /* (S-1)/√var, (S+1)/√var, 0 */
	double p_normal; /* two-sided, from z */
	double p_exact;  /* two-sided: share of all orders of these values, ties included, with |S| as large or larger;
	                  * NAN where n > AUR_MK_EXACT_MAX */
	double p;        /* p_exact where there is one, else p_normal */
	double p_least;  /* the smallest p_exact that these values could reach in any order (n = 4 without ties: 0.0833); if it is above the level
	                  * asked for, nothing can be concluded.  NAN where p_exact is. */
	double tau_b;    /* Kendall's τ_b; 0 where all values are equal */
	double sen;      /* Sen's slope per unit of t: median of (x_j-x_i)/(t_j-t_i), mean of the two middle ones */
} aur_mk;

/* Mann 1945, Kendall 1975, Sen 1968.  x: n values in order of time; t: their times, strictly increasing, or NULL for 1, 2, … The
 * exact p comes from the distribution of the number of inversions over permutations of a multiset (Gaussian multinomial), so that
 * it equals the enumeration of all n! orders.  n = 0 or 1: S = 0, p = 1.  Fails: AURE_USAGE (n too large, a value that is not
 * finite, times not increasing), AURE_NOMEM. */
aur_code aur_mann_kendall(const double *x, const double *t, size_t n, aur_mk *out, aur_error *e);

typedef struct aur_ca {
	double z;    /* signed: above 0 = rises */
	double chi2; /* z², 1 degree of freedom */
	double p;    /* two-sided, from chi2 */
} aur_ca;

/* Cochran 1954, Armitage 1955; R's prop.trend.test: k[i] of n[i] at score[i] (NULL: 1, 2, …).  T = Σ s(k - n p̄),
 * Var = p̄(1-p̄)(Σ n s² - (Σ n s)²/Σn).  All proportions 0 or 1, or one score alone: z = 0, p = 1.  NAN where a k > n. */
aur_ca aur_cochran_armitage(const uint64_t *k, const uint64_t *n, const double *score, size_t m);
/* The same within groups (Mantel 1963), scores 1, 2, …: T and Var are summed over the groups, each with its own p̄.  A trend that only comes from
 * the groups' shares of the n changing is none.  group[i] < m. */
aur_ca aur_cochran_armitage_within(const uint64_t *k, const uint64_t *n, const uint32_t *group, size_t m);
#endif
