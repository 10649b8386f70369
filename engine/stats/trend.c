/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "base/mem.h"
#include "stats/dist.h"
#include "stats/trend.h"

static int up(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return a < b ? -1 : a > b;
}

/* The distribution of the number of inversions when `m` equal smaller values and `t` equal larger ones are shuffled (the Gaussian
 * binomial coefficient, over its sum).  The result is in row + m*width; row has (m+1)*width places.  Recurrence on the last value
 * of the sequence: a large one adds no inversion, a small one has all large ones before it. */
static void merge_law(double *row, size_t width, size_t m, size_t t)
{
	size_t a, b, i;
	for (a = 0; a <= m; a++) {
		memset(row + a * width, 0, width * sizeof *row);
		row[a * width] = 1;
	}
	for (b = 1; b <= t; b++) {
		for (a = 1; a <= m; a++) {
			double *to = row + a * width;
			const double *from = to - width;
			double small = (double)a / (double)(a + b), large = (double)b / (double)(a + b);
			for (i = a * b + 1; i-- > 0;)
				to[i] = large * to[i] + (i >= b ? small * from[i - b] : 0);
		}
	}
}

/* Share of the orders of these values with |S| >= |s|.  S = pairs - 2 inversions, and the inversions of a permutation of a multiset
 * are a sum: each value's inversions against the smaller ones that it is merged into. */
static aur_code exact_p(const size_t *ties, size_t groups, int64_t pairs, int64_t s, double *p, double *least,
			aur_error *e)
{
	size_t width = (size_t)pairs + 1, g, i, j, have = ties[0], top = 0;
	double *now = calloc(width, sizeof *now), *next = calloc(width, sizeof *next);
	double *row = calloc((AUR_MK_EXACT_MAX + 1) * width, sizeof *row), sum = 0, orders = 1;
	aur_code rc = AURE_OK;
	if (!now || !next || !row) {
		rc = aur_fail(e, AURE_NOMEM, _("No memory is left for the exact Mann-Kendall test."));
		goto out;
	}
	now[0] = 1;
	for (g = 1; g < groups; g++) {
		const double *merged = row + have * width;
		size_t reach = have * ties[g];
		merge_law(row, width, have, ties[g]);
		memset(next, 0, width * sizeof *next);
		for (i = 0; i <= top; i++)
			for (j = 0; j <= reach; j++)
				next[i + j] += now[i] * merged[j];
		memcpy(now, next, width * sizeof *now);
		top += reach;
		have += ties[g];
		for (i = 1; i <= ties[g]; i++)
			orders *= (double)(have - ties[g] + i) / (double)i;
	}
	for (i = 0; i <= top; i++)
		if (llabs(pairs - 2 * (int64_t)i) >= llabs(s))
			sum += now[i];
	/* p is a whole number of orders over all orders: undo rounding, so that a p of 0.05 is not put above 0.05 */
	*p = fmin(1, orders < 1e12 ? round(sum * orders) / orders : sum);
	*least = pairs ? 2 / orders : 1;
out:
	free(now);
	free(next);
	free(row);
	return rc;
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof *v, up);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

aur_code aur_mann_kendall(const double *x, const double *t, size_t n, aur_mk *out, aur_error *e)
{
	aur_mk r = {.p_normal = 1, .p_exact = 1, .p = 1, .p_least = 1};
	size_t ties[AUR_MK_EXACT_MAX], groups = 0, i, j, m = 0;
	double *sorted = NULL, *slopes = NULL, dn = (double)n, tied = 0, pairs = dn * (dn - 1) / 2;
	aur_code rc = AURE_OK;
	if (n > AUR_MK_MAX)
		return aur_fail(e, AURE_USAGE, _("A trend over %zu points is too long; %d is the most."), n,
				AUR_MK_MAX);
	for (i = 0; i < n; i++)
		if (!isfinite(x[i]) || (t && (!isfinite(t[i]) || (i && t[i] <= t[i - 1]))))
			return aur_fail(e, AURE_USAGE,
					_("Point %zu of the trend is not a number, or its date does not come after the "
					  "one before."),
					i + 1);
	if (n < 2) {
		*out = r;
		return AURE_OK;
	}
	sorted = malloc(n * sizeof *sorted);
	slopes = malloc(n * (n - 1) / 2 * sizeof *slopes);
	if (!sorted || !slopes) {
		rc = aur_fail(e, AURE_NOMEM, _("No memory is left for a trend over %zu points."), n);
		goto out;
	}
	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++) {
			r.s += x[j] > x[i] ? 1 : x[j] < x[i] ? -1 : 0;
			slopes[m++] = (x[j] - x[i]) / (t ? t[j] - t[i] : (double)(j - i));
		}
	r.sen = median(slopes, m);
	memcpy(sorted, x, n * sizeof *x);
	qsort(sorted, n, sizeof *sorted, up);
	r.var = dn * (dn - 1) * (2 * dn + 5);
	for (i = 0; i < n; i = j, groups++) {
		double size;
		for (j = i + 1; j < n && sorted[j] <= sorted[i]; j++)
			;
		size = (double)(j - i);
		r.var -= size * (size - 1) * (2 * size + 5);
		tied += size * (size - 1) / 2;
		if (n <= AUR_MK_EXACT_MAX)
			ties[groups] = j - i;
	}
	r.var /= 18;
	if (r.var > 0) {
		r.z = (double)(r.s - (r.s > 0) + (r.s < 0)) / sqrt(r.var);
		r.p_normal = aur_normal_p(r.z);
		r.tau_b = (double)r.s / sqrt(pairs * (pairs - tied));
	}
	if (n <= AUR_MK_EXACT_MAX) {
		rc = exact_p(ties, groups, (int64_t)(pairs - tied), r.s, &r.p_exact, &r.p_least, e);
		if (rc)
			goto out;
		r.p = r.p_exact;
	} else {
		r.p_exact = r.p_least = NAN;
		r.p = r.p_normal;
	}
	*out = r;
out:
	free(sorted);
	free(slopes);
	return rc;
}

aur_ca aur_cochran_armitage(const uint64_t *k, const uint64_t *n, const double *score, size_t m)
{
	aur_ca r = {0, 0, 1};
	double N = 0, K = 0, mean = 0, T = 0, spread = 0, p;
	size_t i;
	for (i = 0; i < m; i++) {
		if (k[i] > n[i]) {
			r.z = r.chi2 = r.p = NAN;
			return r;
		}
		N += (double)n[i];
		K += (double)k[i];
		mean += (double)n[i] * (score ? score[i] : (double)(i + 1));
	}
	if (N == 0)
		return r;
	p = K / N;
	mean /= N;
	/* centre the scores on their mean: the same T and variance, without cancellation */
	for (i = 0; i < m; i++) {
		double s = (score ? score[i] : (double)(i + 1)) - mean;
		T += s * ((double)k[i] - (double)n[i] * p);
		spread += (double)n[i] * s * s;
	}
	if (K <= 0 || K >= N || spread <= 0)
		return r;
	r.z = T / sqrt(p * (1 - p) * spread);
	r.chi2 = r.z * r.z;
	r.p = aur_normal_p(r.z);
	return r;
}

aur_ca aur_cochran_armitage_within(const uint64_t *k, const uint64_t *n, const uint32_t *group, size_t m)
{
	struct sums {
		double n, k, score;
	} *g = aur_xcalloc(m + 1, sizeof *g);
	aur_ca r = {0, 0, 1};
	double T = 0, var = 0;
	for (size_t i = 0; i < m; i++) {
		struct sums *x = &g[group[i]];
		x->n += (double)n[i];
		x->k += (double)k[i];
		x->score += (double)n[i] * (double)(i + 1);
	}
	for (size_t i = 0; i < m; i++) {
		const struct sums *x = &g[group[i]];
		if (!n[i])
			continue;
		double p = x->k / x->n, s = (double)(i + 1) - x->score / x->n;
		T += s * ((double)k[i] - (double)n[i] * p);
		var += p * (1 - p) * (double)n[i] * s * s;
	}
	free(g);
	if (var <= 0)
		return r;
	r.z = T / sqrt(var);
	r.chi2 = r.z * r.z;
	r.p = aur_normal_p(r.z);
	return r;
}
