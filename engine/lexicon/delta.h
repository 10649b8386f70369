/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two sets of lexicons, line by line, as lexicons of their own.
 *
 * A contribution can only get other hits where a line that changed (an entry or an exclusion, with all that it inherits and all the
 * words that it names) matches in it; so what the changed lines alone find, exclusions written as entries, is all that need be looked
 * at. */
#ifndef AUR_LEXICON_DELTA_H
#define AUR_LEXICON_DELTA_H
#include "lexicon/set.h"

typedef struct aur_delta {
	int all;           /* the lines that both have stand in another order: everything may differ */
	unsigned lines;    /* changed, on both sides */
	char dir[1024];    /* of the files made; "": none */
	aur_paths made;    /* lexicons with the changed lines alone */
} aur_delta;
/* AURE_CONFIG where a file is not well-formed XML. */
aur_code aur_delta_new(const aur_paths *old, const aur_paths *new_, aur_delta *out, aur_error *err);
/* Removes the files: as soon as they were read, for printing may end the program (« | head »). */
void aur_delta_sweep(aur_delta *d);
#endif
