/* SPDX-License-Identifier: Apache-2.0 */
/* search.h - finds the matches of a contribution. */
#ifndef AURICULE_LEXICON_SEARCH_H
#define AURICULE_LEXICON_SEARCH_H
#include "worker.h"

/* Finds every match of the entries, or of the exclusions that may remove one of w->hits, once, sorted by position. */
aur_status lex_find(lex_worker *w, const aur_host *h, const aur_view *v, bool exclusions, lex_candidates *out);

#endif
