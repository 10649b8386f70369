/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/dist.h"
#include "stats/interval.h"

static const aur_interval nothing = {(double)NAN, (double)NAN, (double)NAN};

static int level_ok(double level)
{
	return level > 0 && level < 1;
}

aur_interval aur_wilson(uint64_t k, uint64_t n, double level)
{
	aur_interval r = {NAN, 0, 1};
	double dn = (double)n, p, z, zz, centre, half;
	if (k > n || !level_ok(level))
		return nothing;
	if (n == 0)
		return r;
	z = aur_normal_quantile(0.5 + level / 2);
	zz = z * z;
	p = (double)k / dn;
	centre = p + zz / (2 * dn);
	half = z * sqrt(p * (1 - p) / dn + zz / (4 * dn * dn));
	r.value = p;
	r.low = k == 0 ? 0 : fmax(0, (centre - half) / (1 + zz / dn));
	r.high = k == n ? 1 : fmin(1, (centre + half) / (1 + zz / dn));
	return r;
}

aur_interval aur_clopper_pearson(uint64_t k, uint64_t n, double level)
{
	aur_interval r = {NAN, 0, 1};
	double in = (double)k, out;
	if (k > n || !level_ok(level))
		return nothing;
	if (n == 0)
		return r;
	out = (double)(n - k);
	r.value = in / (double)n;
	if (k > 0)
		r.low = aur_beta_quantile(in, out + 1, (1 - level) / 2);
	if (k < n)
		r.high = aur_beta_quantile(in + 1, out, (1 + level) / 2);
	return r;
}

aur_interval aur_newcombe(uint64_t k1, uint64_t n1, uint64_t k2, uint64_t n2, double level)
{
	aur_interval a = aur_wilson(k1, n1, level), b = aur_wilson(k2, n2, level), r = {NAN, -1, 1};
	if (isnan(a.low) || isnan(b.low))
		return nothing;
	if (n1 == 0 || n2 == 0)
		return r;
	r.value = a.value - b.value;
	r.low = r.value - hypot(a.value - a.low, b.high - b.value);
	r.high = r.value + hypot(a.high - a.value, b.value - b.low);
	return r;
}

aur_interval aur_rate_ratio(uint64_t k1, double t1, uint64_t k2, double t2, double level, double *p)
{
	aur_interval r = {NAN, 0, INFINITY}, share;
	if (p)
		*p = NAN;
	if (!(t1 > 0) || !(t2 > 0) || isinf(t1) || isinf(t2) || !level_ok(level) || k2 > UINT64_MAX - k1)
		return nothing;
	if (k1 + k2 == 0) {
		if (p)
			*p = 1;
		return r;
	}
	share = aur_clopper_pearson(k1, k1 + k2, level);
	r.value = (double)k1 / t1 / ((double)k2 / t2);
	r.low = share.low / (1 - share.low) * (t2 / t1);
	r.high = k2 == 0 ? INFINITY : share.high / (1 - share.high) * (t2 / t1);
	if (p)
		*p = aur_binomial_p(k1, k1 + k2, t1 / (t1 + t2));
	return r;
}
