/* SPDX-License-Identifier: Apache-2.0 */
/* Which of two sets of lexicons must be there to tell what one gains over the other.
 *
 * Most of the time that a small change costs is reading the lexicons that did not change.  Where annotators speak of each theme by itself
 * (AUR_ANN_BY_THEME), a lexicon that stands on both sides, byte for byte, and shares its theme with none that differs, changes nothing. */
#ifndef AUR_LEXICON_FEW_H
#define AUR_LEXICON_FEW_H
#include "lexicon/set.h"

/* Of all[0] and all[1] those that are needed, in their order, into few[0] and few[1]; what cannot be read is among them, so that whoever opens
 * it says why. */
void aur_lexicon_few(const aur_paths all[2], aur_paths few[2]);
/* Do all annotators of a chain speak of each theme by itself? */
int aur_lexicon_by_theme(const aur_chain *c);
#endif
