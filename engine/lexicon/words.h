/* SPDX-License-Identifier: Apache-2.0 */
/* The vocabulary of a corpus by word families (equal values on its default layer), and which of them are specific to a part of it. */
#ifndef AUR_LEXICON_WORDS_H
#define AUR_LEXICON_WORDS_H
#include "index/index.h"

typedef struct aur_words {
	uint32_t nforms, n; /* forms; families */
	uint32_t *family;   /* by form; AUR_NONE: punctuation, or nobody uses it */
	uint32_t *shown;    /* by family: its most frequent form, of equals the first in byte order */
	aur_str *value;     /* by family: on the layer, in the snapshot */
} aur_words;
aur_code aur_words_new(aur_snapshot *s, aur_words *out, aur_error *err);
void aur_words_free(aur_words *w);

typedef struct aur_word {
	uint32_t family;
	aur_str value;
	uint64_t k, F;
	double S, q;
} aur_word;
/* Families with F >= 2 and k > 0 that are more in the part than chance would have it (Lafon; S >= least, q <= most), from the most
 * specific down, of equals the more frequent in the part, then by the bytes of their values; q is corrected over all families with F >= 2.  k, F by family.  *out malloc'ed. */
aur_code aur_words_specific(const aur_words *w, const uint64_t *k, const uint64_t *F, uint64_t n, uint64_t N, double least, double most,
			    aur_word **out, uint32_t *count, aur_error *err);
#endif
