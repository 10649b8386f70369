/* SPDX-License-Identifier: Apache-2.0 */
/* One loud person is not a crowd: effective numbers; and the richness of a vocabulary. */
#ifndef AUR_STATS_DIVERSITY_H
#define AUR_STATS_DIVERSITY_H
#include <stddef.h>
#include <stdint.h>

/* "Effective number (Shannon)": exp(-Σ p ln p), Hill number of order 1; counts[i] = what speaker i said.  All equal: the number
 * of speakers; one alone: 1; nothing said: 0. */
double aur_effective_shannon(const uint64_t *counts, size_t n);
/* "Effective number (inverse Simpson)": 1/Σp², Hill number of order 2; weighs loud ones more. */
double aur_effective_simpson(const uint64_t *counts, size_t n);
/* Type-token ratio V/N, and Guiraud's index V/√N (V forms, N tokens).  NAN where N = 0.  Both depend on the tokenizer, TTR on N. */
double aur_ttr(uint64_t forms, uint64_t tokens);
double aur_guiraud(uint64_t forms, uint64_t tokens);
#endif
