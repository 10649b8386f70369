/* SPDX-License-Identifier: Apache-2.0 */
/* One loud person is not a crowd: effective numbers. */
#ifndef AUR_STATS_DIVERSITY_H
#define AUR_STATS_DIVERSITY_H
#include <stddef.h>
#include <stdint.h>

/* "Effective number (Shannon)": exp(-Σ p ln p), Hill number of order 1; counts[i] = what speaker i said.  All equal: the number
 * of speakers; one alone: 1; nothing said: 0. */
double aur_effective_shannon(const uint64_t *counts, size_t n);
#endif
