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

aur_code aur_adjust_bh_log10(const double *log10_p, const uint64_t *times, size_t m, double *log10_q, aur_error *e)
{
	double least = 0;
	size_t n = 0;
	uint64_t all = 0;
	ranked *r = m ? calloc(m, sizeof *r) : NULL;
	if (m && !r)
		return aur_fail(e, AURE_NOMEM, _("No memory is left to correct %zu tests for their number."), m);
	for (size_t i = 0; i < m; i++)
		if (isnan(log10_p[i])) {
			log10_q[i] = log10_p[i];
		} else {
			r[n++] = (ranked){log10_p[i], i};
			all += times ? times[i] : 1;
		}
	if (n)
		qsort(r, n, sizeof *r, by_p);
	uint64_t rank = all; /* of the last of those that have this p */
	for (size_t i = n; i-- > 0;) {
		least = fmin(least, r[i].p + log10((double)all / (double)rank));
		log10_q[r[i].at] = least;
		rank -= times ? times[r[i].at] : 1;
	}
	free(r);
	return AURE_OK;
}
