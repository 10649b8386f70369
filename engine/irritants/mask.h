/* SPDX-License-Identifier: Apache-2.0 */
/* Finds what must not appear in quoted words: names, telephone numbers, addresses, file numbers.  The rules are data
 * (report/fr.mask): the engine knows no language. */
#ifndef AUR_IRRITANTS_MASK_H
#define AUR_IRRITANTS_MASK_H
#include <stdbool.h>
#include <stdint.h>
#include <auricule/plugin.h>
#include "base/error.h"

typedef struct aur_mask aur_mask;

/* Reads a file of rules.  The error names the line of a rule that cannot be used. */
aur_code aur_mask_open(const char *path, aur_mask **out, aur_error *e);
void aur_mask_close(aur_mask *m);
/* Hash of the rules, for the proof of a report: 32 hexadecimal digits. */
const char *aur_mask_digest(const aur_mask *m);

typedef struct aur_mask_span {
	size_t start, end; /* bytes */
	const char *label; /* what is shown instead; owned by the mask */
	bool street;       /* the name of a street: where a session may be, and nobody's */
} aur_mask_span;

/* The parts of `text` (valid UTF-8) to be masked, sorted and not overlapping.  *out must be NULL or the result of an earlier call,
 * which is freed; the caller frees the last one with free().  Fails, with *out NULL, where a rule cannot be applied
 * (a text made to defeat it): such a text must not be quoted.  Threads may share a mask. */
aur_code aur_mask_find(const aur_mask *m, aur_str text, aur_mask_span **out, size_t *count, aur_error *e);
#endif
