/* SPDX-License-Identifier: Apache-2.0 */
/* hits.h - which matches of a contribution are hits. */
#ifndef AURICULE_LEXICON_HITS_H
#define AURICULE_LEXICON_HITS_H
#include "worker.h"

aur_status lex_annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o);
/* Its steps behind lex_find (search.h). */
/* Drops the hits that overlap a match of an exclusion for their theme: */
bool lex_exclude(lex_worker *w, const aur_view *v);
/* Where hits of a theme overlap, keeps the longest; then the one with the greatest weight; then the first: */
bool lex_keep_longest(lex_worker *w, const aur_view *v);
/* Drops the hits of a lexicon if its distinct entries together do not reach its threshold: */
void lex_weigh(lex_worker *w);
/* Is `theme` the same as `scope`, or below it? */
bool lex_is_within(const lex_model *m, uint32_t theme, uint32_t scope);

#endif
