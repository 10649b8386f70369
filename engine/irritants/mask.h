/* SPDX-License-Identifier: Apache-2.0 */
/* What must not be read in quoted words: names, telephone numbers, addresses, numbers of files.  The rules are data (report/fr.mask):
 * the engine knows no language. */
#ifndef AUR_IRRITANTS_MASK_H
#define AUR_IRRITANTS_MASK_H
#include <stdint.h>
#include <auricule/plugin.h>
#include "base/error.h"

typedef struct aur_mask aur_mask;

/* Reads a file of rules.  Fails with the line of the rule that cannot be used. */
aur_code aur_mask_open(const char *path, aur_mask **out, aur_error *e);
void aur_mask_close(aur_mask *m);
/* Hash of the rules, for the proof of a report: 32 hexadecimal digits. */
const char *aur_mask_digest(const aur_mask *m);

typedef struct aur_mask_span {
	size_t start, end; /* bytes */
	const char *label; /* what stands in its place; lives as long as the mask */
} aur_mask_span;

/* The parts of `text` (valid UTF-8) to be masked: in order, apart from each other.  *out grows as needed, starts as NULL and is freed by
 * the caller with free().  Fails where a rule cannot be applied (a text made to defeat it): then the text must not be quoted. */
aur_code aur_mask_find(const aur_mask *m, aur_str text, aur_mask_span **out, size_t *count, aur_error *e);
#endif
