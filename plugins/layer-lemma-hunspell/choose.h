/* SPDX-License-Identifier: Apache-2.0 */
/* choose.h - the one lemma of a form out of what the dictionary says of it. */
#ifndef CHOOSE_H
#define CHOOSE_H
#include <stddef.h>

/* A lemma that the dictionary alone would not choose, or NULL. */
const char *lemma_known(const char *form);
/* Writes the lemma of `form` into out (cap bytes, at least strlen(form) + 128) out of the n analyses of
 * Hunspell; the form itself where there is none.  Depends on nothing else.  Returns its length. */
size_t lemma_choose(const char *form, char *const *analyses, int n, char *out, size_t cap);

#endif
