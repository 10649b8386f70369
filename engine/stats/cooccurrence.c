/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include "stats/cooccurrence.h"
#include "stats/keyness.h"

double aur_cooc_expected(aur_cooc c)
{
	return (double)c.R * ((double)c.C / (double)c.N);
}

double aur_cooc_mi(aur_cooc c)
{
	return log2((double)c.O) - log2(aur_cooc_expected(c));
}

double aur_cooc_mi3(aur_cooc c)
{
	return 3 * log2((double)c.O) - log2(aur_cooc_expected(c));
}

double aur_cooc_t(aur_cooc c)
{
	double o = (double)c.O;
	return (o - aur_cooc_expected(c)) / sqrt(o);
}

double aur_cooc_z(aur_cooc c)
{
	double e = aur_cooc_expected(c);
	return ((double)c.O - e) / sqrt(e);
}

double aur_cooc_dice(aur_cooc c)
{
	return 2 * (double)c.O / ((double)c.R + (double)c.C);
}

double aur_cooc_logdice(aur_cooc c)
{
	return 14 + log2(aur_cooc_dice(c));
}

double aur_cooc_jaccard(aur_cooc c)
{
	return (double)c.O / ((double)c.R + (double)c.C - (double)c.O);
}

double aur_cooc_log_likelihood(aur_cooc c)
{
	aur_2x2 t;
	if (c.O > c.R || c.O > c.C || c.C > c.N || c.R - c.O > c.N - c.C)
		return NAN;
	t.a = c.O;
	t.b = c.R - c.O;
	t.c = c.C - c.O;
	t.d = c.N - c.C - t.b;
	return aur_g2(t);
}
