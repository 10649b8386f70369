/* SPDX-License-Identifier: Apache-2.0 */
/* Corrections for many tests at once.  A table of 10,000 forms by 4 parts without one prints some 2,000 false alarms
 * at 5 %: print the q-value. */
#ifndef AUR_STATS_ADJUST_H
#define AUR_STATS_ADJUST_H
#include <stddef.h>
#include <stdint.h>
#include "base/error.h"

/* Benjamini & Hochberg 1995: q(i) = min over j >= i of m p(j)/j, with p in increasing order, at most 1.  Takes log10 p and gives
 * log10 q, as p may underflow (specificities of 400 and more): pass -|S|.  Of all results with q <= x, the expected share of false
 * alarms is at most x (at most 2x with -|S|, which looks at one side only).  Equal to R's p.adjust("BH").  log10_q may be the same array as log10_p.  A NAN stays NAN and does not count
 * in m.  times: how many tests have each result (at least one), for many tests of few results; NULL: one each.  Fails with AURE_NOMEM only. */
aur_code aur_adjust_bh_log10(const double *log10_p, const uint64_t *times, size_t m, double *log10_q, aur_error *e);
#endif
