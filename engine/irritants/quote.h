/* SPDX-License-Identifier: Apache-2.0 */
/* Which words are quoted, and how they are shown.
 *
 * MAY be quoted: a contribution with its own "yes", and never one with its own "no".  Where it says nothing: a summary or a
 * professional's demand as reported may be (they are a facilitator's words), somebody's own words only where the corpus as a whole
 * says so.
 *
 * REPRESENT a figure, in this order: own words before summaries; then those that hold more of the theme's ten most specific words
 * (three or more count alike); then length nearest to 20 words; then the order of the sessions and of the ids.  They are taken
 * in that order, but: one per session before a second one of any; never a speaker twice; never the same text twice.
 *
 * SHOWN: masked, with white space made even, and cut around the theme's words if it is longer than about 400 bytes. */
#ifndef AUR_IRRITANTS_QUOTE_H
#define AUR_IRRITANTS_QUOTE_H
#include "irritants/ledger.h"

#define AUR_QUOTE_WORDS 20
#define AUR_QUOTE_BYTES 400

/* May it be quoted?  Only if consent allows it, there are masking rules, and it is more than a non-answer. */
bool aur_quotable(const aur_ledger *l, uint32_t contribution);
/* Puts the best `want` or fewer of cand[0..n-1], which are sorted by session, into out, and returns how many.  theme: whose
 * specific words count; AUR_IN_ABSENT: no words do.  *quotable, if not NULL, is set to how many of cand may be quoted.  A professional's demand is left
 * out where its themes, of which the page says in how many sessions they were heard, would tell a place that may not be said. */
uint32_t aur_quote_pick(const aur_ledger *l, uint32_t theme, const uint32_t *cand, uint32_t n, uint32_t want, uint32_t *out,
			uint32_t *quotable);

typedef enum aur_piece_kind { AUR_PIECE_TEXT = 0, AUR_PIECE_WORD, AUR_PIECE_MASK, AUR_PIECE_CUT } aur_piece_kind;
typedef struct aur_piece {
	aur_piece_kind kind; /* WORD: the theme was found here; MASK: text is the label; CUT: something was left out */
	aur_str text;
} aur_piece;
typedef struct aur_quote {
	aur_piece *pieces;
	uint32_t count;
} aur_quote;

/* The words of a contribution as they may be shown, with those of a theme (AUR_IN_ABSENT: of none) marked; pieces live in the arena.
 * Fails where nothing may be shown (no masking rules, or a text that defeats them): the caller then leaves the contribution
 * out. */
aur_code aur_quote_show(const aur_ledger *l, uint32_t contribution, uint32_t theme, aur_arena *arena, aur_quote *out, aur_error *e);
#endif
