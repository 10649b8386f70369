/* SPDX-License-Identifier: Apache-2.0 */
/* Finds values that a person would take for the same but that are counted separately: « Roubaix » and « roubaix », « S1 » and « s 1
 * ».  Only the person knows whether they are the same, so they are told, and never merged. */
#ifndef AUR_PIPELINE_ALIKE_H
#define AUR_PIPELINE_ALIKE_H
#include "index/index.h"

/* `a` is the one that most contributions have; `b` differs from it only in case, accents, spaces, hyphens or apostrophes. */
typedef void (*aur_alike_fn)(void *ctx, aur_str field, aur_str a, uint32_t a_contributions, aur_str b, uint32_t b_contributions);
/* Looks at sessions and at the fields that the pipeline of the corpus reads, except those of speakers (these are
 * pseudonyms, and « p1 » of one room may well not be « P1 » of the next) and of stances.  Fields with more values
 * than anyone types by hand are skipped.  Calls come in a fixed order. */
aur_code aur_alike(aur_snapshot *s, aur_alike_fn fn, void *ctx, aur_error *err);
#endif
