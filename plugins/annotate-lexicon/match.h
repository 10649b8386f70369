/* SPDX-License-Identifier: Apache-2.0 */
/* match.h - finds the hits of a contribution, in four steps: find, exclude, resolve overlaps, weigh. */
#ifndef AURICULE_LEXICON_MATCH_H
#define AURICULE_LEXICON_MATCH_H
#include "walk.h"

enum { LEX_ANCHORS_ENTRY = 1, LEX_ANCHORS_EXCLUSION = 2 }; /* bits of aur_view.number */
uint32_t lex_classify(const aur_host *h, void *model, void *worker, const aur_form *f);
aur_status lex_annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o);
/* The steps.  Finds every match of the entries, or of the exclusions that may remove one of w->hits, once, sorted by position: */
aur_status lex_find(lex_worker *w, const aur_host *h, const aur_view *v, bool exclusions, lex_candidates *out);
/* Drops the hits that overlap a match of an exclusion for their theme: */
bool lex_exclude(lex_worker *w, const aur_view *v);
/* Where hits of a theme overlap, keeps the longest; then the one with the greatest weight; then the first: */
bool lex_keep_longest(lex_worker *w, const aur_view *v);
/* Drops the hits of a lexicon if its distinct entries together do not reach its threshold: */
void lex_weigh(lex_worker *w);
/* Is `theme` the same as `scope`, or below it? */
bool lex_is_within(const lex_model *m, uint32_t theme, uint32_t scope);

#endif
