/* SPDX-License-Identifier: Apache-2.0 */
/* choose.h - chooses one lemma for a form from the dictionary's analyses. */
#ifndef CHOOSE_H
#define CHOOSE_H
#include <stddef.h>

/* The lemma of a form on a short list of exceptions, or NULL. */
const char *lemma_known(const char *form);
/* Writes the lemma of `form` into out (cap is at least strlen(form) + 128), chosen from the n analyses of Hunspell; the form itself
 * if there are none.  A pure function.  Returns its length. */
size_t lemma_choose(const char *form, char *const *analyses, int n, char *out, size_t cap);

#endif
