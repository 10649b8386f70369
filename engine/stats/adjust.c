/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "base/intl.h"
#include "stats/adjust.h"

typedef struct ranked {
	double p;
	size_t at;
} ranked;

static int by_p(const void *x, const void *y)
{
	const ranked *a = x, *b = y;
	if (a->p != b->p)
		return a->p < b->p ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* The values that are not NAN, in increasing order; the NANs are carried over to q at once. */
static aur_code rank_up(const double *p, size_t m, double *q, ranked **out, size_t *count, aur_error *e)
{
	ranked *r;
	size_t i, n = 0;
	*count = 0;
	*out = NULL;
	if (m == 0)
		return AURE_OK;
	r = calloc(m, sizeof *r);
	if (!r)
		return aur_fail(e, AURE_NOMEM, _("No memory is left to correct %zu tests for their number."), m);
	for (i = 0; i < m; i++) {
		if (isnan(p[i])) {
			q[i] = p[i];
			continue;
		}
		r[n].p = p[i];
		r[n++].at = i;
	}
	qsort(r, n, sizeof *r, by_p);
	*out = r;
	*count = n;
	return AURE_OK;
}

static aur_code step_up(const double *p, size_t m, double *q, int log10_scale, aur_error *e)
{
	double least = log10_scale ? 0 : 1, v;
	ranked *r;
	size_t i, n;
	aur_code rc = rank_up(p, m, q, &r, &n, e);
	if (rc)
		return rc;
	for (i = n; i-- > 0;) {
		double factor = (double)n / (double)(i + 1);
		v = log10_scale ? r[i].p + log10(factor) : r[i].p * factor;
		least = fmin(least, v);
		q[r[i].at] = least;
	}
	free(r);
	return AURE_OK;
}

aur_code aur_adjust_bh(const double *p, size_t m, double *q, aur_error *e)
{
	return step_up(p, m, q, 0, e);
}

aur_code aur_adjust_bh_log10(const double *log10_p, size_t m, double *log10_q, aur_error *e)
{
	return step_up(log10_p, m, log10_q, 1, e);
}

aur_code aur_adjust_holm(const double *p, size_t m, double *q, aur_error *e)
{
	double most = 0;
	ranked *r;
	size_t i, n;
	aur_code rc = rank_up(p, m, q, &r, &n, e);
	if (rc)
		return rc;
	for (i = 0; i < n; i++) {
		most = fmax(most, fmin(1, r[i].p * (double)(n - i)));
		q[r[i].at] = most;
	}
	free(r);
	return AURE_OK;
}
