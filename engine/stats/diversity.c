/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/diversity.h"

static double total(const uint64_t *counts, size_t n)
{
	double sum = 0;
	size_t i;
	for (i = 0; i < n; i++)
		sum += (double)counts[i];
	return sum;
}

double aur_effective_shannon(const uint64_t *counts, size_t n)
{
	double all = total(counts, n), entropy = 0;
	size_t i;
	if (all == 0)
		return 0;
	for (i = 0; i < n; i++) {
		double p = (double)counts[i] / all;
		if (p > 0)
			entropy -= p * log(p);
	}
	return exp(entropy);
}

double aur_effective_simpson(const uint64_t *counts, size_t n)
{
	double all = total(counts, n), sum = 0;
	size_t i;
	if (all == 0)
		return 0;
	for (i = 0; i < n; i++)
		sum += (double)counts[i] / all * ((double)counts[i] / all);
	return 1 / sum;
}

double aur_ttr(uint64_t forms, uint64_t tokens)
{
	return tokens ? (double)forms / (double)tokens : NAN;
}

double aur_guiraud(uint64_t forms, uint64_t tokens)
{
	return tokens ? (double)forms / sqrt((double)tokens) : NAN;
}
