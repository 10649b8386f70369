/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of association of two words (Evert 2005).  O: times together, R, C: times each, N: sample size; E = R C/N.  The caller
 * chooses, and must print, whether N counts tokens or contexts, and the window. */
#ifndef AUR_STATS_COOCCURRENCE_H
#define AUR_STATS_COOCCURRENCE_H
#include <stdint.h>

typedef struct aur_cooc {
	uint64_t O, R, C, N; /* O <= R, C <= N */
} aur_cooc;

double aur_cooc_expected(aur_cooc c);       /* E = R C/N */
double aur_cooc_mi(aur_cooc c);             /* log2(O/E); -INFINITY where O = 0 */
double aur_cooc_mi3(aur_cooc c);            /* log2(O³/E) (Daille 1994) */
double aur_cooc_t(aur_cooc c);              /* (O-E)/√O; -INFINITY where O = 0 < E */
double aur_cooc_z(aur_cooc c);              /* (O-E)/√E */
double aur_cooc_dice(aur_cooc c);           /* 2O/(R+C) */
double aur_cooc_logdice(aur_cooc c);        /* 14 + log2(Dice) (Rychlý 2008); -INFINITY where O = 0 */
double aur_cooc_jaccard(aur_cooc c);        /* O/(R+C-O) */
double aur_cooc_log_likelihood(aur_cooc c); /* Dunning's G², 4 cells, negative where O < E; NAN where R+C-O > N */
#endif
