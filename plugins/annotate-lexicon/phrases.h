/* SPDX-License-Identifier: Apache-2.0 */
/* phrases.h - lists of plain phrases: a tree of their words from the first to the last, and its search. */
#ifndef AURICULE_LEXICON_PHRASES_H
#define AURICULE_LEXICON_PHRASES_H
#include "worker.h"

/* When all patterns and briefs are there: makes the tree, if all patterns are plain phrases.  False: no memory. */
bool lex_phrases_make(lex_model *m);
/* Finds what lex_find would find in a contribution, sorted by first token.  Or says AUR_E_UNSUPPORTED, and has found nothing: there is
 * no tree, or a word has many classes, or a sign that words touch across has one. */
aur_status lex_phrases_find(lex_worker *w, const aur_host *h, const aur_view *v, lex_candidates *out);

#endif
