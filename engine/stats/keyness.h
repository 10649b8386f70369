/* SPDX-License-Identifier: Apache-2.0 */
/* Keyness: how far a form is over- or under-used in one part.  No two tools mean the same by « chi2 », so each variant has its own
 * function and its own name, and every output must give that name. */
#ifndef AUR_STATS_KEYNESS_H
#define AUR_STATS_KEYNESS_H
#include <stdint.h>

/* a: the form in the part, b: the form elsewhere, c, d: the other tokens of the part, and elsewhere.
 *                  part    elsewhere
 *    the form       a         b
 *    other forms    c         d
 * N = a+b+c+d; the expectation of a is e = (a+b)(a+c)/N.  All measures below that are sums of squares or of logs are SIGNED:
 * negative where a < e.  Their absolute value is the published statistic; aur_chi2_log10_p (dist.h) gives its p-value.  0 where a
 * margin is empty. */
typedef struct aur_2x2 {
	uint64_t a, b, c, d;
} aur_2x2;

/* From the form's counts in the part and elsewhere, and the numbers of tokens of both (n1 >= a, n2 >= b). */
aur_2x2 aur_2x2_of(uint64_t a, uint64_t b, uint64_t n1, uint64_t n2);

/* Pearson, "chi2": Σ(o-e)²/e over the 4 cells = N(ad-bc)²/(product of the margins); IRaMuTeQ's profiles. */
double aur_chi2(aur_2x2 t);
/* Yates, "chi2-yates": N(|ad-bc|-N/2)²/(product of the margins), always corrected, 0 where |ad-bc| < N/2. */
double aur_chi2_yates(aur_2x2 t);
/* "chi2-quanteda": Yates only where an expected cell is under 5 and |ad-bc| >= N/2 (quanteda's correction = "default"). */
double aur_chi2_quanteda(aur_2x2 t);
/* Dunning 1993, "g2": 2 Σ o ln(o/e) over the 4 cells, 0 ln 0 = 0. */
double aur_g2(aur_2x2 t);
/* Rayson & Garside 2000, "g2-rayson": 2(a ln(a/e1) + b ln(b/e2)), 2 cells (AntConc, WMatrix, CQPweb). */
double aur_g2_rayson(aur_2x2 t);
/* "g2-williams" (Williams 1976): G²/q, q = 1 + (N/(a+b)+N/(c+d)-1)(N/(a+c)+N/(b+d)-1)/(6N); q = 1 where a cell is 0, as the
 * correction is not defined there (Sokal & Rohlf 1995, p. 698; quanteda does the same). */
double aur_g2_williams(aur_2x2 t);
/* "g2-quanteda": conditional Yates as above on the cells (each moved 0.5 towards its expectation), and 1e-9 added
 * inside the logs (quanteda's measure = "lr", correction = "default"). */
double aur_g2_quanteda(aur_2x2 t);
#endif
