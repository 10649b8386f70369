/* SPDX-License-Identifier: Apache-2.0 */
/* Distributions.  Point probabilities are in Loader's saddle-point form (C. Loader, "Fast and accurate computation of
 * binomial probabilities", 2000): a difference of lgamma would lose as many digits as ln(N!) has before its point, ten
 * of them for a corpus of a billion tokens.  Tails of discrete laws are summed outwards from their largest term by the
 * exact ratio of neighbours, relative to that term, so that nothing underflows. */
#include "config.h"
#include <float.h>
#include <math.h>
#include "stats/dist.h"

#define LN_2PI 1.83787706640934548356
#define TINY 1e-300
#define MAX_FRACTION 1000000 /* steps of a continued fraction; some √max(a,b) are needed */
#define NO_LIKELIER 1e-7     /* relative; outcomes that differ by rounding alone count as equally likely */

double aur_lgamma(double x)
{
	int sign;
	if (!(x > 0))
		return NAN;
	return lgamma_r(x, &sign);
}

double aur_log_add(double a, double b)
{
	double hi = a > b ? a : b, lo = a > b ? b : a;
	if (isnan(a) || isnan(b))
		return NAN;
	if (lo == -INFINITY || hi == INFINITY)
		return hi;
	return hi + log1p(exp(lo - hi));
}

/* ln(n!) - [(n+½) ln n - n + ½ ln 2π], n > 0. */
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
	if (n < 16) {
		if (n == floor(n))
			return small[(int)n];
		return aur_lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * LN_2PI;
	}
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

/* ln [Γ(n+1)/(Γ(x+1) Γ(n-x+1)) p^x q^(n-x)]; y = n-x and q = 1-p are given, as the caller knows them to the last bit.
 */
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

double aur_gamma_q(double a, double x)
{
	double front, sum, term, b, c, d, h, step;
	int i;
	if (!(a > 0) || !(x >= 0))
		return NAN;
	if (x == 0)
		return 1;
	if (isinf(x))
		return 0;
	/* x^a e^-x / Γ(a+1) */
	front = exp(-stirling_error(a) - deviance(a, x) - 0.5 * (LN_2PI + log(a)));
	if (x < a + 1) {
		sum = term = 1;
		for (i = 1; i < MAX_FRACTION && term > sum * DBL_EPSILON * 0.1; i++) {
			term *= x / (a + i);
			sum += term;
		}
		return fmax(0, 1 - front * sum);
	}
	b = x + 1 - a;
	c = 1 / TINY;
	d = 1 / b;
	h = d;
	for (i = 1; i < MAX_FRACTION; i++) {
		double an = -i * (i - a);
		b += 2;
		d = an * d + b;
		d = 1 / (fabs(d) < TINY ? TINY : d);
		c = b + an / c;
		if (fabs(c) < TINY)
			c = TINY;
		step = d * c;
		h *= step;
		if (fabs(step - 1) < DBL_EPSILON)
			break;
	}
	return fmin(1, front * a * h);
}

/* The continued fraction of I_x(a,b), for x < (a+1)/(a+b+2). */
static double beta_fraction(double a, double b, double x)
{
	double c = 1, d = 1 - (a + b) * x / (a + 1), h;
	int m;
	d = 1 / (fabs(d) < TINY ? TINY : d);
	h = d;
	for (m = 1; m < MAX_FRACTION; m++) {
		double even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m)), step;
		d = 1 + even * d;
		d = 1 / (fabs(d) < TINY ? TINY : d);
		c = 1 + even / c;
		if (fabs(c) < TINY)
			c = TINY;
		h *= d * c;
		d = 1 + odd * d;
		d = 1 / (fabs(d) < TINY ? TINY : d);
		c = 1 + odd / c;
		if (fabs(c) < TINY)
			c = TINY;
		step = d * c;
		h *= step;
		if (fabs(step - 1) < DBL_EPSILON)
			break;
	}
	return h;
}

double aur_beta_i(double a, double b, double x)
{
	double front;
	if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1) || isinf(a) || isinf(b))
		return NAN;
	if (x == 0 || x == 1)
		return x;
	/* x^a (1-x)^b Γ(a+b)/(Γ(a) Γ(b)) */
	front = exp(log_binomial_raw(a, b, x, 1 - x)) * a * b / (a + b);
	if (x < (a + 1) / (a + b + 2))
		return fmin(1, front * beta_fraction(a, b, x) / a);
	return fmax(0, 1 - front * beta_fraction(b, a, 1 - x) / b);
}

double aur_beta_quantile(double a, double b, double p)
{
	double lo = 0, hi = 1, mid;
	if (!(a > 0) || !(b > 0) || !(p >= 0 && p <= 1))
		return NAN;
	if (p == 0 || p == 1)
		return p;
	for (;;) {
		mid = lo + (hi - lo) / 2;
		if (mid <= lo || mid >= hi)
			return mid;
		if (aur_beta_i(a, b, mid) < p)
			lo = mid;
		else
			hi = mid;
	}
}

double aur_chi2_p(double x, double df)
{
	if (!(df > 0))
		return NAN;
	x = fabs(x);
	return df == 1 ? erfc(sqrt(x / 2)) : aur_gamma_q(df / 2, x / 2);
}

double aur_chi2_log10_p(double x)
{
	double u = fabs(x) / 2; /* z², for p = erfc(z) */
	if (u < 500)
		return log10(erfc(sqrt(u)));
	/* the asymptotic series of erfc; its fifth term is 1e-13 here */
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
	/* Newton on ln P(Z > z), which is concave: from the right, the steps never jump over the root. */
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

double aur_binomial_log_pmf(uint64_t k, uint64_t n, double p)
{
	if (k > n || !(p >= 0 && p <= 1))
		return NAN;
	return log_binomial_raw((double)k, (double)(n - k), p, 1 - p);
}

/* P(X <= k), P(X >= k). */
static double binomial_lower(uint64_t k, uint64_t n, double p)
{
	return k >= n ? 1 : aur_beta_i((double)(n - k), (double)k + 1, 1 - p);
}

static double binomial_upper(uint64_t k, uint64_t n, double p)
{
	return k == 0 ? 1 : aur_beta_i((double)k, (double)(n - k) + 1, p);
}

double aur_binomial_p(uint64_t k, uint64_t n, double p)
{
	double at, mean = (double)n * p;
	uint64_t lo, hi, mid;
	if (k > n || !(p >= 0 && p <= 1))
		return NAN;
	if (p == 0 || p == 1)
		return (p == 0 ? k == 0 : k == n) ? 1 : 0;
	if ((double)k == mean)
		return 1;
	at = aur_binomial_log_pmf(k, n, p) + NO_LIKELIER;
	if ((double)k < mean) {
		/* the first one above the mean that is no likelier; n+1 = none */
		lo = (uint64_t)ceil(mean);
		hi = n + 1;
		while (lo < hi) {
			mid = lo + (hi - lo) / 2;
			if (aur_binomial_log_pmf(mid, n, p) <= at)
				hi = mid;
			else
				lo = mid + 1;
		}
		return fmin(1, binomial_lower(k, n, p) + (lo <= n ? binomial_upper(lo, n, p) : 0));
	}
	/* how many from 0 up are no likelier */
	lo = 0;
	hi = (uint64_t)floor(mean) + 1;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (aur_binomial_log_pmf(mid, n, p) <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return fmin(1, binomial_upper(k, n, p) + (lo ? binomial_lower(lo - 1, n, p) : 0));
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

/* Σ of P(X = j)/P(X = k) for j from k on, away from the mode; a and d grow, b and c shrink (or the reverse). */
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

/* 1 where k is on the upper side of the mode, the neighbour above being less likely. */
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
