/* SPDX-License-Identifier: Apache-2.0 */
/* Specificities (Lafon 1980, as in textometry 0.1.6, TXM and IRaMuTeQ), hypergeometric, inclusive tail. */
#ifndef AUR_STATS_SPECIFICITY_H
#define AUR_STATS_SPECIFICITY_H
#include <stdint.h>

/* A form has F occurrences in a corpus of N tokens, k of them in a part of n tokens; e = F n/N are expected.
 *    k >= e:  S = -log10 P(X >= k)   (positive; equality counts here)
 *    k <  e:  S = +log10 P(X <= k)   (negative)
 * Exact in both tails, without underflow (S = 5,000 comes out as 5,000, where textometry gives 0 and TXM 1,000).  By convention,
 * |S| < 2 is unremarkable (« banal »).  Costs about 30 ns for F <= 16, and grows with the standard deviation of X.  0 where F = 0;
 * NAN where k > F, k > n, F > N, n > N or F-k > N-n. */
double aur_specificity(uint64_t k, uint64_t F, uint64_t n, uint64_t N);
#endif
