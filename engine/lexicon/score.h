/* SPDX-License-Identifier: Apache-2.0 */
/* What two parties said of the same contributions, theme by theme, and how far they agree: counts alone, no printing. */
#ifndef AUR_LEXICON_SCORE_H
#define AUR_LEXICON_SCORE_H
#include "base/error.h"
#include "base/mem.h"
#include "stats/interval.h"

/* Who said it, and what. */
enum { SCORE_GOLD = 0, SCORE_FOUND = 1, SCORE_SECOND = 2, SCORE_PARTIES = 3 };
enum { SCORE_ABSENT = 0, SCORE_ASSERTED = 1, SCORE_DENIED = 2 };

typedef struct aur_score_said {
	uint32_t item, theme;
	uint8_t party, state;
} aur_score_said;

/* Zero it to start.  Items and themes have numbers from 0; themes are sorted by name when the board is closed. */
typedef struct aur_board {
	uint32_t items, themes, cap_themes;
	char **theme;
	aur_score_said *said;
	size_t nsaid, cap_said;
	uint8_t *cell; /* after aur_board_close: party × item × theme */
	char *part;    /* the first code that names a part of a theme; NULL: none does */
} aur_board;

void aur_board_free(aur_board *b);
/* The number of the theme of a code: the part before its first dot, white space around it left out; AUR_NONE where nothing is left. */
uint32_t aur_board_theme(aur_board *b, const char *code, size_t n);
void aur_board_say(aur_board *b, unsigned party, uint32_t item, uint32_t theme, unsigned state);
/* The same for codes joined by '|'. */
void aur_board_codes(aur_board *b, unsigned party, uint32_t item, const char *codes, size_t n, unsigned state);
/* Lays everything out; what is both asserted and denied is asserted.  new_theme[old number] = number from now on (free it). */
uint32_t *aur_board_close(aur_board *b);
static inline unsigned aur_board_at(const aur_board *b, unsigned party, uint32_t item, uint32_t theme)
{
	return b->cell[((size_t)party * b->items + item) * b->themes + theme];
}

/* Of one theme, or of all of them (micro): what the program found against what a person coded. */
typedef struct aur_score {
	uint64_t tp, fp, fn;              /* asserted */
	uint64_t denied, denied_right, denied_asserted; /* coded as denied; found denied; found asserted */
	aur_interval precision, recall, f1, polarity; /* value NAN where there is nothing to divide by */
} aur_score;
void aur_score_theme(const aur_board *b, uint32_t theme, double level, aur_score *out);
/* total: micro; macro_*: means over the themes that were coded or found at all (NAN: none). */
void aur_score_all(const aur_board *b, double level, aur_score *total, double *macro_precision, double *macro_recall, double *macro_f1);

/* Two coders, by theme: absent, asserted, denied. */
typedef struct aur_accord {
	uint64_t n, first, second; /* contributions; those in which each coder saw the theme */
	double observed, kappa, alpha, ac1;
} aur_accord;
/* theme = AUR_NONE: every pair of a contribution and a theme that a coder used is one unit.  `coded`: bit per item that the second coder saw. */
aur_code aur_score_accord(const aur_board *b, uint32_t theme, const uint8_t *coded, aur_accord *out, aur_error *err);
#endif
