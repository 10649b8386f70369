/* SPDX-License-Identifier: Apache-2.0 */
/* The confidence interval of a share.  `level` is 0.95 or the like. */
#ifndef AUR_STATS_INTERVAL_H
#define AUR_STATS_INTERVAL_H
#include <stdint.h>

typedef struct aur_interval {
	double value, low, high;
} aur_interval;

/* Wilson 1927, score interval without continuity correction (R's prop.test(correct = FALSE)) of k/n:
 * (p̂ + z²/2n ± z√(p̂q̂/n + z²/4n²))/(1 + z²/n).  n = 0: value NAN, 0 to 1. */
aur_interval aur_wilson(uint64_t k, uint64_t n, double level);
#endif
