/* SPDX-License-Identifier: Apache-2.0 */
/* Is a word everywhere, or in one room only. */
#ifndef AUR_STATS_DISPERSION_H
#define AUR_STATS_DISPERSION_H
#include <stddef.h>
#include <stdint.h>

/* Gries 2008, DP = ½ Σ|v_i - s_i|: v_i = share of the form's occurrences in part i, s_i = share of the tokens.  0 = spread as the
 * parts are; towards 1 = all in one small part.  NAN where the form or the corpus is empty. */
double aur_gries_dp(const uint64_t *counts, const uint64_t *tokens, size_t parts);
/* Lijffijt & Gries 2012, DPnorm = DP/(1 - min s): 1 is reached.  Parts without tokens do not count.  NAN with one part. */
double aur_gries_dp_norm(const uint64_t *counts, const uint64_t *tokens, size_t parts);
#endif
