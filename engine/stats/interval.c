/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/dist.h"
#include "stats/interval.h"

aur_interval aur_wilson(uint64_t k, uint64_t n, double level)
{
	aur_interval r = {NAN, 0, 1};
	double dn = (double)n, p, z, zz, centre, half;
	if (k > n || !(level > 0 && level < 1))
		return (aur_interval){NAN, NAN, NAN};
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
