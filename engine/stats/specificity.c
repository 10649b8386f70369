/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/dist.h"
#include "stats/specificity.h"

/* Up to this margin, P is computed as a product of a few ratios: faster than logs, and (1/2^64)^16 does not underflow. */
#define FEW 16

/* High half of the 128-bit product a * b, for 32-bit machines, which have no such type. */
static uint64_t product(uint64_t a, uint64_t b, uint64_t *low)
{
	uint64_t a1 = a >> 32, b1 = b >> 32, a0 = a & UINT32_MAX, b0 = b & UINT32_MAX;
	uint64_t right = a1 * b0 + (a0 * b0 >> 32), left = a0 * b1 + (right & UINT32_MAX);
	*low = a * b;
	return a1 * b1 + (right >> 32) + (left >> 32);
}

/* P(X = k) for a small F. */
static double pmf_of_few(uint64_t k, uint64_t F, uint64_t n, uint64_t N)
{
	double p = 1, in = (double)n, out = (double)(N - n), all = (double)N;
	uint64_t i;
	for (i = 0; i < F; i++) {
		if (i < k)
			p *= in-- * (double)(F - i) / (double)(i + 1);
		else
			p *= out--;
		p /= all--;
	}
	return p;
}

/* log10 of the tail from k outwards, for a small F. */
static double log10_tail_of_few(uint64_t k, uint64_t F, uint64_t n, uint64_t N, int upper)
{
	double p = pmf_of_few(k, F, n, N), sum = p, log10_sum;
	double a = (double)k, b = (double)(F - k), c = (double)(n - k), d = (double)(N - n - (F - k));
	if (upper)
		for (; b > 0 && c > 0; a++, d++, b--, c--)
			sum += p *= b * c / ((a + 1) * (d + 1));
	else
		for (; a > 0 && d > 0; a--, d--, b++, c++)
			sum += p *= a * d / ((b + 1) * (c + 1));
	log10_sum = log10(sum);
	return log10_sum < 0 ? log10_sum : 0;
}

double aur_specificity(uint64_t k, uint64_t F, uint64_t n, uint64_t N)
{
	uint64_t here, here_low, there, there_low;
	int upper;
	double t;
	if (F > N || n > N || k > F || k > n || F - k > N - n)
		return NAN;
	here = product(k, N, &here_low), there = product(F, n, &there_low);
	upper = here > there || (here == there && here_low >= there_low);
	if (upper && (k == 0 || F - k == N - n))
		return 0; /* k is the smallest possible: P(X >= k) = 1 */
	if (F <= FEW)
		t = log10_tail_of_few(k, F, n, N, upper);
	else if (n <= FEW) /* the distribution is symmetric in F and n */
		t = log10_tail_of_few(k, n, F, N, upper);
	else
		t = (upper ? aur_hyper_log_upper(k, F, n, N) : aur_hyper_log_lower(k, F, n, N)) / log(10);
	return upper ? -t : t;
}
