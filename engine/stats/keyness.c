/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/keyness.h"

typedef struct margins {
	double a, b, c, d, r1, r2, c1, c2, N;
	double det; /* ad - bc; above 0 where a > e */
} margins;

aur_2x2 aur_2x2_of(uint64_t a, uint64_t b, uint64_t n1, uint64_t n2)
{
	aur_2x2 t = {a, b, n1 - a, n2 - b};
	return t;
}

/* Returns 0 where a margin is empty: there is nothing to compare. */
static int margins_of(aur_2x2 t, margins *m)
{
	m->a = (double)t.a;
	m->b = (double)t.b;
	m->c = (double)t.c;
	m->d = (double)t.d;
	m->r1 = m->a + m->b;
	m->r2 = m->c + m->d;
	m->c1 = m->a + m->c;
	m->c2 = m->b + m->d;
	m->N = m->r1 + m->r2;
	m->det = m->a * m->d - m->b * m->c;
	return m->r1 > 0 && m->r2 > 0 && m->c1 > 0 && m->c2 > 0;
}

static double chi2_of(const margins *m, double det)
{
	double v = (det / m->r1 / m->c1) * (det / m->r2 / m->c2) * m->N;
	return m->det < 0 && v > 0 ? -v : v;
}

/* The condition for Yates's correction in quanteda's correction = "default". */
static int wants_yates(const margins *m)
{
	double least = fmin(m->r1, m->r2) * fmin(m->c1, m->c2) / m->N;
	return least < 5 && fabs(m->det) >= m->N / 2;
}

double aur_chi2(aur_2x2 t)
{
	margins m;
	return margins_of(t, &m) ? chi2_of(&m, m.det) : 0;
}

double aur_chi2_yates(aur_2x2 t)
{
	margins m;
	return margins_of(t, &m) ? chi2_of(&m, fmax(0, fabs(m.det) - m.N / 2)) : 0;
}

double aur_chi2_quanteda(aur_2x2 t)
{
	margins m;
	if (!margins_of(t, &m))
		return 0;
	return chi2_of(&m, wants_yates(&m) ? fabs(m.det) - m.N / 2 : m.det);
}

/* o ln(o/e) - (o - e), which is never below 0.  The second term sums to 0 over the cells, and keeps the precision of small differences. */
static double cell_g2(double o, double e)
{
	double x = (o - e) / e;
	if (o <= 0)
		return e;
	if (fabs(x) < 1e-3) /* (1+x) ln(1+x) - x */
		return e * x * x * (0.5 - x * (1 / 6.0 - x * (1 / 12.0 - x * (0.05 - x / 30))));
	return o * log(o / e) - (o - e);
}

static double g2_of(const margins *m)
{
	return 2 * (cell_g2(m->a, m->r1 * m->c1 / m->N) + cell_g2(m->b, m->r1 * m->c2 / m->N) +
		    cell_g2(m->c, m->r2 * m->c1 / m->N) + cell_g2(m->d, m->r2 * m->c2 / m->N));
}

double aur_g2(aur_2x2 t)
{
	margins m;
	if (!margins_of(t, &m))
		return 0;
	return m.det < 0 ? -g2_of(&m) : g2_of(&m);
}

double aur_g2_rayson(aur_2x2 t)
{
	margins m;
	double e1, e2, g;
	if (!margins_of(t, &m))
		return 0;
	e1 = m.r1 * m.c1 / m.N;
	e2 = m.r1 * m.c2 / m.N;
	g = 2 * (cell_g2(m.a, e1) + cell_g2(m.b, e2)); /* valid since a+b = e1+e2 */
	return m.det < 0 ? -g : g;
}

double aur_g2_williams(aur_2x2 t)
{
	margins m;
	double q = 1, g;
	if (!margins_of(t, &m))
		return 0;
	if (t.a && t.b && t.c && t.d)
		q += (m.N / m.r1 + m.N / m.r2 - 1) * (m.N / m.c1 + m.N / m.c2 - 1) / (6 * m.N);
	g = g2_of(&m) / q;
	return m.det < 0 ? -g : g;
}

double aur_g2_quanteda(aur_2x2 t)
{
	const double eps = 1e-9;
	margins m;
	double move = 0, g;
	if (!margins_of(t, &m))
		return 0;
	if (wants_yates(&m))
		move = m.det > 0 ? -0.5 : 0.5;
	m.a += move;
	m.b -= move;
	m.c -= move;
	m.d += move;
	g = 2 * (m.a * log(m.a / (m.r1 * m.c1 / m.N) + eps) + m.b * log(m.b / (m.r1 * m.c2 / m.N) + eps) +
		 m.c * log(m.c / (m.r2 * m.c1 / m.N) + eps) + m.d * log(m.d / (m.r2 * m.c2 / m.N) + eps));
	return m.det < 0 ? -g : g;
}
