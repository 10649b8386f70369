/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "base/intl.h"
#include "stats/dist.h"
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

/* 0 where a margin is empty: nothing can be said. */
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
	return m->det < 0 ? -v : v;
}

/* The condition of quanteda's correction = "default". */
static int wants_yates(const margins *m)
{
	double least = fmin(m->r1, m->r2) * fmin(m->c1, m->c2) / m->N;
	return least < 5 && fabs(m->det) > m->N / 2;
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

/* o ln(o/e) - (o - e), never below 0; the second part adds up to 0 over the cells and keeps the digits of small ones.
 */
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
	g = 2 * (cell_g2(m.a, e1) + cell_g2(m.b, e2)); /* a+b = e1+e2 */
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

double aur_log_ratio(aur_2x2 t)
{
	margins m;
	if (!margins_of(t, &m))
		return 0;
	return log2(m.a / m.c1) - log2(m.b / m.c2);
}

double aur_pmi(aur_2x2 t)
{
	margins m;
	if (!margins_of(t, &m))
		return 0;
	return log(m.a * m.N / m.r1 / m.c1);
}

/* ---- Fisher ---- */

typedef struct law {
	uint64_t k, F, n, N, lo, hi;
} law;

static int law_of(aur_2x2 t, law *l)
{
	if (t.b > UINT64_MAX - t.a || t.c > UINT64_MAX - t.a || t.d > UINT64_MAX - t.c ||
	    t.c + t.d > UINT64_MAX - (t.a + t.b))
		return 0;
	l->k = t.a;
	l->F = t.a + t.b;
	l->n = t.a + t.c;
	l->N = t.a + t.b + t.c + t.d;
	l->lo = l->F > l->N - l->n ? l->F - (l->N - l->n) : 0;
	l->hi = l->F < l->n ? l->F : l->n;
	return 1;
}

double aur_fisher_p(aur_2x2 t)
{
	const double no_likelier = 1e-7; /* relative; tables that differ by rounding alone are equally likely */
	uint64_t mode, lo, hi, mid;
	double at, p;
	law l;
	if (!law_of(t, &l))
		return NAN;
	if (l.lo == l.hi)
		return 1;
	/* floor((F+1)(n+1)/(N+2)), give or take one by rounding; the search below does not mind */
	mode = (uint64_t)(((double)l.F + 1) * (((double)l.n + 1) / ((double)l.N + 2)));
	mode = mode < l.lo ? l.lo : mode > l.hi ? l.hi : mode;
	at = aur_hyper_log_pmf(l.k, l.F, l.n, l.N) + no_likelier;
	if (aur_hyper_log_pmf(mode, l.F, l.n, l.N) <= at)
		return 1;
	if (l.k < mode) {
		lo = mode;
		hi = l.hi + 1;
		while (lo < hi) {
			mid = lo + (hi - lo) / 2;
			if (aur_hyper_log_pmf(mid, l.F, l.n, l.N) <= at)
				hi = mid;
			else
				lo = mid + 1;
		}
		p = exp(aur_hyper_log_lower(l.k, l.F, l.n, l.N));
		if (lo <= l.hi)
			p += exp(aur_hyper_log_upper(lo, l.F, l.n, l.N));
	} else {
		lo = l.lo;
		hi = mode;
		while (lo < hi) {
			mid = lo + (hi - lo) / 2;
			if (aur_hyper_log_pmf(mid, l.F, l.n, l.N) <= at)
				lo = mid + 1;
			else
				hi = mid;
		}
		p = exp(aur_hyper_log_upper(l.k, l.F, l.n, l.N));
		if (lo > l.lo)
			p += exp(aur_hyper_log_lower(lo - 1, l.F, l.n, l.N));
	}
	return fmin(1, p);
}

/* E[X] of the noncentral hypergeometric law with odds ratio w, summed from its mode outwards. */
static double noncentral_mean(const law *l, double w)
{
	uint64_t lo = l->lo, hi = l->hi, mid;
	double a, b, c, d, term, sum = 1, moment, mode;
	while (lo < hi) { /* the first value whose upper neighbour is not likelier */
		mid = lo + (hi - lo) / 2;
		a = (double)mid;
		b = (double)(l->F - mid);
		c = (double)(l->n - mid);
		d = (double)(l->N - l->n - (l->F - mid));
		if (w * b * c / (a + 1) / (d + 1) > 1)
			lo = mid + 1;
		else
			hi = mid;
	}
	mode = (double)lo;
	a = mode;
	b = (double)(l->F - lo);
	c = (double)(l->n - lo);
	d = (double)(l->N - l->n - (l->F - lo));
	moment = 0; /* Σ weight (x - mode) */
	for (term = 1; b > 0 && c > 0 && term > sum * 1e-17;) {
		term *= w * b * c / ((a + 1) * (d + 1));
		a++, d++, b--, c--;
		sum += term;
		moment += term * (a - mode);
	}
	a = mode;
	b = (double)(l->F - lo);
	c = (double)(l->n - lo);
	d = (double)(l->N - l->n - (l->F - lo));
	for (term = 1; a > 0 && d > 0 && term > sum * 1e-17;) {
		term *= a * d / ((b + 1) * (c + 1)) / w;
		a--, d--, b++, c++;
		sum += term;
		moment += term * (a - mode);
	}
	return mode + moment / sum;
}

double aur_fisher_or(aur_2x2 t)
{
	double lo = -700, hi = 700, mid;
	law l;
	int i;
	if (!law_of(t, &l) || l.lo == l.hi)
		return NAN;
	if (l.k == l.lo)
		return 0;
	if (l.k == l.hi)
		return INFINITY;
	for (i = 0; i < 70; i++) {
		mid = lo + (hi - lo) / 2;
		if (noncentral_mean(&l, exp(mid)) < (double)l.k)
			lo = mid;
		else
			hi = mid;
	}
	return exp(lo + (hi - lo) / 2);
}

/* ---- tables ---- */

double aur_chi2_table(const uint64_t *cells, size_t rows, size_t cols, uint64_t *df)
{
	double N = 0, x = 0, r, c, e;
	uint64_t full_rows = 0, full_cols = 0;
	size_t i, j, k;
	*df = 0;
	for (i = 0; i < rows; i++) {
		for (r = 0, j = 0; j < cols; j++)
			r += (double)cells[i * cols + j];
		N += r;
		full_rows += r > 0;
	}
	for (j = 0; j < cols; j++) {
		for (c = 0, i = 0; i < rows; i++)
			c += (double)cells[i * cols + j];
		if (c == 0)
			continue;
		full_cols++;
		for (i = 0; i < rows; i++) {
			for (r = 0, k = 0; k < cols; k++)
				r += (double)cells[i * cols + k];
			e = r * c / N;
			if (e > 0)
				x += ((double)cells[i * cols + j] - e) * ((double)cells[i * cols + j] - e) / e;
		}
	}
	if (full_rows > 1 && full_cols > 1)
		*df = (full_rows - 1) * (full_cols - 1);
	return x;
}

#define MAX_ROWS 64
#define MAX_TABLES 1e7

typedef struct tables {
	const double *choose;                     /* ln C(size, x) of each row, one row after the other */
	uint64_t size[MAX_ROWS], after[MAX_ROWS]; /* of a row, and of all rows behind it */
	size_t at[MAX_ROWS];                      /* of a row in choose */
	size_t rows;
	double limit, sum, first; /* first = -ln C(N, n) */
} tables;

static void enumerate(tables *w, size_t row, uint64_t left, double so_far)
{
	uint64_t x, lo = left > w->after[row] ? left - w->after[row] : 0,
		    hi = left < w->size[row] ? left : w->size[row];
	const double *choose = w->choose + w->at[row];
	if (row + 1 == w->rows) {
		so_far += choose[left];
		if (so_far <= w->limit)
			w->sum += exp(so_far);
		return;
	}
	for (x = lo; x <= hi; x++)
		enumerate(w, row + 1, left - x, so_far + choose[x]);
}

aur_code aur_fisher_rx2(const uint64_t *cells, size_t rows, double *p, aur_error *e)
{
	tables w = {0};
	uint64_t N = 0, n = 0, x, biggest = 0;
	double count = 1, observed, *choose = NULL;
	size_t i, total = 0, last = 0;
	if (rows > MAX_ROWS)
		goto too_many;
	for (i = 0; i < rows; i++) {
		uint64_t in = cells[2 * i], out = cells[2 * i + 1];
		if (in > UINT32_MAX || out > UINT32_MAX)
			goto too_many;
		count *= (double)(in + out + 1);
		if (in + out > biggest) {
			biggest = in + out;
			last = i;
		}
		N += in + out;
		n += in;
	}
	/* The largest row goes last: what it holds follows from the others. */
	if (count / (double)(biggest + 1) > MAX_TABLES || biggest > (uint64_t)MAX_TABLES)
		goto too_many;
	if (N == 0) {
		*p = 1;
		return AURE_OK;
	}
	choose = malloc((size_t)(N + rows) * sizeof *choose);
	if (!choose)
		return aur_fail(e, AURE_NOMEM, _("No memory is left for an exact test on %zu rows."), rows);
	w.choose = choose;
	w.first = aur_lgamma((double)n + 1) + aur_lgamma((double)(N - n) + 1) - aur_lgamma((double)N + 1);
	observed = w.first;
	for (i = 0; i < rows; i++) {
		size_t from = i + 1 == rows ? last : i == last ? rows - 1 : i;
		uint64_t size = cells[2 * from] + cells[2 * from + 1];
		w.size[i] = size;
		w.at[i] = total;
		for (x = 0; x <= size; x++)
			choose[total++] = aur_lgamma((double)size + 1) - aur_lgamma((double)x + 1) -
					  aur_lgamma((double)(size - x) + 1);
		observed += choose[w.at[i] + cells[2 * from]];
	}
	w.rows = rows;
	for (i = rows; i-- > 0;)
		w.after[i] = i + 1 < rows ? w.after[i + 1] + w.size[i + 1] : 0;
	w.limit = observed + 1e-7;
	enumerate(&w, 0, n, w.first);
	*p = fmin(1, w.sum);
	free(choose);
	return AURE_OK;
too_many:
	return aur_fail(
		e, AURE_USAGE,
		_("The exact test on %zu rows has too many tables to look at; use the chi-squared test instead."),
		rows);
}
