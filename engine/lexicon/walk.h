/* SPDX-License-Identifier: Apache-2.0 */
/* Walking a corpus for those who write lexicons: hits by label, occurrences by form. */
#ifndef AUR_LEXICON_WALK_H
#define AUR_LEXICON_WALK_H
#include "pipeline/again.h"

/* Occurrences of every form of the corpus, by number; malloc'ed. */
aur_code aur_walk_forms(aur_snapshot *s, uint64_t **out, aur_error *err);
/* The hits that the chain finds in every contribution in use, in order, labels by annotator as in the chain.  Read from the index where
 * that was made with the same annotators, found anew otherwise. */
typedef aur_code (*aur_walk_hits_fn)(void *ctx, uint32_t doc, const aur_hit_rec *hit, const uint8_t *annotator, uint32_t n, aur_error *err);
aur_code aur_walk_hits(aur_snapshot *s, aur_chain *c, aur_walk_hits_fn fn, void *ctx, aur_error *err);
/* How many of them, by annotator and label: counts[annotator][label], each malloc'ed. */
aur_code aur_walk_labels(aur_snapshot *s, aur_chain *c, uint64_t *counts[AUR_MAX_ANNOTATORS], aur_error *err);
/* The label of an annotator by number; 0: it has none of that number. */
int aur_walk_label(const aur_chain *c, unsigned annotator, uint32_t label, aur_label *out);
#endif
