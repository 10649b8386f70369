/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/diversity.h"

double aur_effective_shannon(const uint64_t *counts, size_t n)
{
	double all = 0, entropy = 0;
	size_t i;
	for (i = 0; i < n; i++)
		all += (double)counts[i];
	if (all == 0)
		return 0;
	for (i = 0; i < n; i++) {
		double p = (double)counts[i] / all;
		if (p > 0)
			entropy -= p * log(p);
	}
	return exp(entropy);
}
