/* SPDX-License-Identifier: Apache-2.0 */
/* Agreement between coders.  Print the prevalence and the observed agreement beside each coefficient, never κ alone: for a rare
 * code κ is low although coders agree (R100).  NAN where chance agreement is complete (only one category), or where there are no
 * data. */
#ifndef AUR_STATS_AGREEMENT_H
#define AUR_STATS_AGREEMENT_H
#include <stddef.h>
#include <stdint.h>
#include "base/error.h"

/* counts: m × m, row = category of the first coder, column = of the second. */
double aur_observed_agreement(const uint64_t *counts, size_t m);
/* Cohen 1960, unweighted: (p0-pe)/(1-pe), pe from both coders' margins. */
double aur_cohen_kappa(const uint64_t *counts, size_t m);
/* Gwet 2008, AC1, two coders: pe = Σ π(1-π)/(m-1), π = mean of both margins. */
double aur_gwet_ac1(const uint64_t *counts, size_t m);
/* Krippendorff's α, nominal, any number of coders, missing values: codes[unit × coders], below 0 = missing.  Units with fewer than
 * two values are ignored.  Fails: AURE_NOMEM. */
aur_code aur_krippendorff_alpha(const int32_t *codes, size_t units, size_t coders, double *alpha, aur_error *e);
#endif
