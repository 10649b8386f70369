/* SPDX-License-Identifier: Apache-2.0 */
/* Which words are quoted, and how they are shown.
 *
 * MAY be quoted: never against the contribution's own "no"; with its "yes"; where it says nothing, a summary or a
 * professional's demand as reported may be (they are a facilitator's words), and somebody's own words only where the corpus
 * as a whole says so.
 *
 * REPRESENT a figure, in this order: own words before summaries; those that hold more of the theme's ten most specific words
 * (three and more are equal); length nearest to 20 words; then the order of the sessions and of the corpus.  Taken in that order:
 * one per session before a second one of any; never a speaker twice; never the same text twice.
 *
 * SHOWN: masked, white space made even, cut around the theme's words where it is longer than 400 bytes or so. */
#ifndef AUR_IRRITANTS_QUOTE_H
#define AUR_IRRITANTS_QUOTE_H
#include "irritants/ledger.h"

#define AUR_QUOTE_WORDS 20
#define AUR_QUOTE_BYTES 400

bool aur_quotable(const aur_ledger *l, uint32_t contribution);
/* Up to `want` of cand[0..n-1] into out; theme AUR_IN_ABSENT: no theme's words.  *quotable, where not NULL: how many might have
 * been.  Returns how many were taken. */
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

/* The words of a contribution as they may be shown; pieces live in the arena.  Fails where they cannot be (no masking rules, a
 * text that defeats them): then it is left out. */
aur_code aur_quote_show(const aur_ledger *l, uint32_t contribution, uint32_t theme, aur_arena *arena, aur_quote *out, aur_error *e);
#endif
