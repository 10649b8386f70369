/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "base/intl.h"
#include "stats/agreement.h"

static double total(const uint64_t *counts, size_t cells)
{
	double n = 0;
	size_t i;
	for (i = 0; i < cells; i++)
		n += (double)counts[i];
	return n;
}

double aur_observed_agreement(const uint64_t *counts, size_t m)
{
	double same = 0;
	size_t i;
	for (i = 0; i < m; i++)
		same += (double)counts[i * m + i];
	return same / total(counts, m * m);
}

/* The share of category i in the codes of the first coder (a row) and of the second (a column). */
static void shares(const uint64_t *counts, size_t m, double n, size_t i, double *first, double *second)
{
	size_t j;
	*first = *second = 0;
	for (j = 0; j < m; j++) {
		*first += (double)counts[i * m + j];
		*second += (double)counts[j * m + i];
	}
	*first /= n;
	*second /= n;
}

static double beyond_chance(double observed, double chance)
{
	return chance < 1 ? (observed - chance) / (1 - chance) : NAN;
}

double aur_cohen_kappa(const uint64_t *counts, size_t m)
{
	double n = total(counts, m * m), chance = 0, a, b;
	size_t i;
	for (i = 0; i < m; i++) {
		shares(counts, m, n, i, &a, &b);
		chance += a * b;
	}
	return beyond_chance(aur_observed_agreement(counts, m), chance);
}

double aur_gwet_ac1(const uint64_t *counts, size_t m)
{
	double n = total(counts, m * m), chance = 0, a, b;
	size_t i;
	if (m < 2)
		return NAN;
	for (i = 0; i < m; i++) {
		shares(counts, m, n, i, &a, &b);
		chance += (a + b) / 2 * (1 - (a + b) / 2);
	}
	return beyond_chance(aur_observed_agreement(counts, m), chance / (double)(m - 1));
}

static int up(const void *x, const void *y)
{
	int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
	return a < b ? -1 : a > b;
}

/* Σ count² over the distinct values of v, which is sorted. */
static double squares(const int32_t *v, size_t n)
{
	double sum = 0;
	size_t i, j;
	for (i = 0; i < n; i = j) {
		for (j = i + 1; j < n && v[j] == v[i]; j++)
			;
		sum += (double)(j - i) * (double)(j - i);
	}
	return sum;
}

aur_code aur_krippendorff_alpha(const int32_t *codes, size_t units, size_t coders, double *alpha, aur_error *e)
{
	double n, observed = 0, expected;
	size_t i, j, kept = 0, mine;
	int32_t *v;
	*alpha = NAN;
	if (units == 0 || coders < 2)
		return AURE_OK;
	v = units > SIZE_MAX / coders ? NULL : calloc(units * coders, sizeof *v);
	if (!v)
		return aur_fail(e, AURE_NOMEM, _("No memory is left to compare %zu coders on %zu units."), coders,
				units);
	for (i = 0; i < units; i++) {
		for (mine = 0, j = 0; j < coders; j++)
			if (codes[i * coders + j] >= 0)
				v[kept + mine++] = codes[i * coders + j];
		if (mine < 2)
			continue;
		qsort(v + kept, mine, sizeof *v, up);
		observed += ((double)mine * (double)mine - squares(v + kept, mine)) / (double)(mine - 1);
		kept += mine;
	}
	qsort(v, kept, sizeof *v, up);
	n = (double)kept;
	expected = n * n - squares(v, kept);
	if (expected > 0)
		*alpha = 1 - observed * (n - 1) / expected;
	free(v);
	return AURE_OK;
}
