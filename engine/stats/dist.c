/* SPDX-License-Identifier: Apache-2.0 */
/* Distributions.  Point probabilities are in Loader's saddle-point form (C. Loader, "Fast and accurate computation of binomial
 * probabilities", 2000): differences of lgamma would lose as many digits as ln(N!) has before its decimal point, which is ten for a
 * corpus of a billion tokens.  Tails of discrete laws are summed outwards from their largest term by the exact ratio of neighbours,
 * relative to that term, so that nothing underflows. */
#include "config.h"
#include <math.h>
#include "stats/dist.h"

#define LN_2PI 1.83787706640934548356

/* ln(n!) - [(n+½) ln n - n + ½ ln 2π], n a whole number above 0. */
static double stirling_error(double n)
{
	static const double small[16] = {
		0,
		0.0810614667953272582197,
		0.0413406959554092940938,
		0.0276779256849983391488,
		0.0207906721037650931115,
		0.0166446911898211921632,
		0.0138761288230707479987,
		0.0118967099458917700951,
		0.0104112652619720964975,
		0.0092554621827127329177,
		0.0083305634333628712565,
		0.0075736754879518407950,
		0.0069428401072095298657,
		0.0064089941880042070684,
		0.0059513701127588477356,
		0.0055547335519628013710,
	};
	double nn = n * n;
	if (n < 16)
		return small[(int)n];
	return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / (1188.0 * nn)) / nn) / nn) / nn) / n;
}

/* Deviance x ln(x/m) + m - x, without cancellation where x is near m.  x > 0, m > 0. */
static double deviance(double x, double m)
{
	if (fabs(x - m) < 0.1 * (x + m)) {
		double v = (x - m) / (x + m), sum = (x - m) * v, term = 2 * x * v, last;
		int j;
		for (j = 1; j < 100; j++) {
			term *= v * v;
			last = sum;
			sum += term / (2 * j + 1);
			if (sum == last)
				break;
		}
		return sum;
	}
	return x * log(x / m) + m - x;
}

/* ln [Γ(n+1)/(Γ(x+1) Γ(n-x+1)) p^x q^(n-x)], with y = n-x and q = 1-p passed in, as the caller knows them exactly. */
static double log_binomial_raw(double x, double y, double p, double q)
{
	double n = x + y;
	if (p == 0)
		return x == 0 ? 0 : -INFINITY;
	if (q == 0)
		return y == 0 ? 0 : -INFINITY;
	if (n == 0)
		return 0;
	if (x == 0)
		return p < 0.1 ? -deviance(n, n * q) - n * p : n * log(q);
	if (y == 0)
		return q < 0.1 ? -deviance(n, n * p) - n * q : n * log(p);
	return stirling_error(n) - stirling_error(x) - stirling_error(y) - deviance(x, n * p) - deviance(y, n * q) -
	       0.5 * (LN_2PI + log(x) + log(y / n));
}

double aur_chi2_log10_p(double x)
{
	double u = fabs(x) / 2; /* z², where P = erfc(z) */
	if (u < 500)
		return log10(erfc(sqrt(u)));
	/* asymptotic series of erfc; the first term left out is 1e-13 here */
	return (log1p(-0.5 / u * (1 - 1.5 / u * (1 - 2.5 / u * (1 - 3.5 / u)))) - u - 0.5 * log(3.14159265358979323846 * u)) / log(10);
}

double aur_normal_p(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

double aur_normal_quantile(double p)
{
	double tail = p < 0.5 ? p : 1 - p, z, step;
	int i;
	if (!(p >= 0 && p <= 1))
		return NAN;
	if (tail == 0)
		return p == 0 ? -INFINITY : INFINITY;
	/* Newton on ln P(Z > z), which is concave: starting from the right, no step jumps over the root. */
	z = sqrt(-2 * log(2 * tail));
	for (i = 0; i < 60; i++) {
		double sf = 0.5 * erfc(z / sqrt(2));
		double density = exp(-z * z / 2 - 0.5 * LN_2PI);
		step = log(sf / tail) * sf / density;
		z += step;
		if (fabs(step) <= 1e-15 * z)
			break;
	}
	return p < 0.5 ? -z : z;
}

/* The four cells of a table with these margins. */
static int cells(uint64_t k, uint64_t F, uint64_t n, uint64_t N, double *a, double *b, double *c, double *d)
{
	if (F > N || n > N || k > F || k > n || F - k > N - n)
		return 0;
	*a = (double)k;
	*b = (double)(F - k);
	*c = (double)(n - k);
	*d = (double)(N - n - (F - k));
	return 1;
}

double aur_hyper_log_pmf(uint64_t k, uint64_t F, uint64_t n, uint64_t N)
{
	double a, b, c, d, p, q;
	if (!cells(k, F, n, N, &a, &b, &c, &d))
		return NAN;
	if (N == 0)
		return 0;
	p = (double)n / (double)N;
	q = (double)(N - n) / (double)N;
	return fmin(0, log_binomial_raw(a, b, p, q) + log_binomial_raw(c, d, p, q) -
			       log_binomial_raw((double)n, (double)(N - n), p, q));
}

/* Σ P(X = j)/P(X = k) over j, from k outwards (away from the mode); a and d grow, b and c shrink (or the reverse). */
static double outward(double a, double b, double c, double d)
{
	double sum = 1, term = 1;
	while (b > 0 && c > 0) {
		term *= b * c / ((a + 1) * (d + 1));
		sum += term;
		if (term < sum * 1e-17)
			break;
		a++, d++, b--, c--;
	}
	return sum;
}

/* 1 if k is on the upper side of the mode, that is, if k + 1 is less likely than k. */
static int upper_side(double a, double b, double c, double d)
{
	return b * c < (a + 1) * (d + 1);
}

static int lower_side(double a, double b, double c, double d)
{
	return a * d < (b + 1) * (c + 1);
}

double aur_hyper_log_upper(uint64_t k, uint64_t F, uint64_t n, uint64_t N)
{
	double a, b, c, d, rest;
	if (!cells(k, F, n, N, &a, &b, &c, &d))
		return NAN;
	if (a == 0 || d == 0)
		return 0;
	if (upper_side(a, b, c, d))
		return fmin(0, aur_hyper_log_pmf(k, F, n, N) + log(outward(a, b, c, d)));
	rest = aur_hyper_log_pmf(k - 1, F, n, N) + log(outward(b + 1, a - 1, d - 1, c + 1));
	return log1p(-exp(fmin(0, rest)));
}

double aur_hyper_log_lower(uint64_t k, uint64_t F, uint64_t n, uint64_t N)
{
	double a, b, c, d, rest;
	if (!cells(k, F, n, N, &a, &b, &c, &d))
		return NAN;
	if (b == 0 || c == 0)
		return 0;
	if (lower_side(a, b, c, d))
		return fmin(0, aur_hyper_log_pmf(k, F, n, N) + log(outward(b, a, d, c)));
	rest = aur_hyper_log_pmf(k + 1, F, n, N) + log(outward(a + 1, b - 1, c - 1, d + 1));
	return log1p(-exp(fmin(0, rest)));
}
