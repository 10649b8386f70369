/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/dispersion.h"

static double dp(const uint64_t *counts, const uint64_t *tokens, size_t parts, double *least)
{
	double F = 0, N = 0, sum = 0;
	size_t i;
	for (i = 0; i < parts; i++) {
		F += (double)counts[i];
		N += (double)tokens[i];
	}
	*least = 1;
	if (F == 0 || N == 0)
		return NAN;
	for (i = 0; i < parts; i++) {
		double s = (double)tokens[i] / N;
		sum += fabs((double)counts[i] / F - s);
		if (s > 0)
			*least = fmin(*least, s);
	}
	return sum / 2;
}

double aur_gries_dp(const uint64_t *counts, const uint64_t *tokens, size_t parts)
{
	double least;
	return dp(counts, tokens, parts, &least);
}

double aur_gries_dp_norm(const uint64_t *counts, const uint64_t *tokens, size_t parts)
{
	double least, v = dp(counts, tokens, parts, &least);
	return least < 1 ? v / (1 - least) : NAN;
}
