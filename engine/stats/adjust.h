/* SPDX-License-Identifier: Apache-2.0 */
/* Corrections for many tests at once.  A table of 10,000 forms by 4 parts without one prints some 2,000 false alarms
 * at 5 %: print the q-value. */
#ifndef AUR_STATS_ADJUST_H
#define AUR_STATS_ADJUST_H
#include <stddef.h>
#include "base/error.h"

/* Benjamini & Hochberg 1995: q(i) = min over j >= i of m p(j)/j, in increasing order of p, at most 1; on log10 p, giving log10 q, for p
 * that underflow (specificities of 400 and more): pass -|S|.  Expected share of false alarms among all that have q <= x: at most x.
 * Equal to R's p.adjust("BH").  log10_q may be log10_p.  A NAN stays NAN and is not counted in m.  Fails with AURE_NOMEM only. */
aur_code aur_adjust_bh_log10(const double *log10_p, size_t m, double *log10_q, aur_error *e);
#endif
