/* SPDX-License-Identifier: Apache-2.0 */
/* Finds values that a person would take for the same but that are counted separately: « Roubaix » and « roubaix », « S1 » and « s 1
 * ».  Only the person knows whether they are the same, so they are told, and never merged. */
#ifndef AUR_PIPELINE_ALIKE_H
#define AUR_PIPELINE_ALIKE_H
#include "index/index.h"

/* `a` is the one that most contributions have; `b` differs from it only in case, accents, spaces, hyphens or apostrophes. */
typedef struct aur_alike_pair {
	aur_str field, a, b;
	uint32_t na, nb; /* contributions that have them */
	uint32_t more;   /* pairs of this field that are not given */
} aur_alike_pair;
typedef void (*aur_alike_fn)(void *ctx, const aur_alike_pair *p);
/* Gives each pair of sessions and of the fields that the pipeline of the corpus reads, then the first of each other field of few values.
 * Speakers are left out (these are pseudonyms, and « p1 » of one room may well not be « P1 » of the next), and stances.  Fields with more
 * values than anyone types by hand are skipped.  Calls come in a fixed order. */
aur_code aur_alike(aur_snapshot *s, aur_alike_fn fn, void *ctx, aur_error *err);
#endif
