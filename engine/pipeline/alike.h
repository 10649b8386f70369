/* SPDX-License-Identifier: Apache-2.0 */
/* Values that a person would take for one and that are counted apart: « Roubaix » and « roubaix », « S1 » and « s 1 ».  Nobody but the
 * person knows whether they are, so they are told and never merged. */
#ifndef AUR_PIPELINE_ALIKE_H
#define AUR_PIPELINE_ALIKE_H
#include "index/index.h"

/* One of them is `a`, which most contributions have; b differs from it in case, accents, spaces, hyphens or apostrophes only. */
typedef void (*aur_alike_fn)(void *ctx, aur_str field, aur_str a, uint32_t a_contributions, aur_str b, uint32_t b_contributions);
/* Over the sessions and the fields that the pipeline of the corpus reads, speakers apart: those are pseudonyms, and « p1 » of one room may well
 * be another than « P1 » of the next.  Fields of more values than anyone types by hand are passed over.  The order is always the same. */
aur_code aur_alike(aur_snapshot *s, aur_alike_fn fn, void *ctx, aur_error *err);
#endif
