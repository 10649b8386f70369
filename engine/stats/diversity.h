/* SPDX-License-Identifier: Apache-2.0 */
/* Effective numbers: how many voices are really behind a count, as one loud person is not a crowd. */
#ifndef AUR_STATS_DIVERSITY_H
#define AUR_STATS_DIVERSITY_H
#include <stddef.h>
#include <stdint.h>

/* "Effective number (Shannon)": exp(-Σ p ln p), Hill number of order 1; counts[i] = how often speaker i said it.  If all are equal:
 * the number of speakers; if there is only one: 1; if nobody said it: 0. */
double aur_effective_shannon(const uint64_t *counts, size_t n);
#endif
