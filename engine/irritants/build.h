/* SPDX-License-Identifier: Apache-2.0 */
/* Private to the files that build the ledger. */
#ifndef AUR_IRRITANTS_BUILD_H
#define AUR_IRRITANTS_BUILD_H
#include "irritants/ledger.h"

/* What a contribution is to a theme, as bits. */
enum { AUR_B_CARRIES = 1, AUR_B_IRRITANT = 2, AUR_B_ASSERTED = 4, AUR_B_CONDITIONAL = 8, AUR_B_DENIED = 16 };

/* The cells of a room, in the order in which they are counted. */
enum { AUR_ROOM_SAID = 0, AUR_ROOM_ASKED, AUR_ROOM_BARE, AUR_ROOM_NON_ANSWERS, AUR_ROOM_NOT_ASKED, AUR_ROOM_THEMED, AUR_ROOM_CELLS };
static inline aur_irr_cell *aur_build_room_cell(aur_irr_room *r, int which)
{
	aur_irr_cell *const c[AUR_ROOM_CELLS] = {&r->said, &r->asked, &r->bare, &r->non_answers, &r->not_asked, &r->themed};
	return c[which];
}

/* What counting needs of each contribution in a theme's list, copied beside the list so that counting reads memory sequentially. */
typedef struct aur_voice {
	uint32_t person, session, role;
	uint8_t stance, finger;
} aur_voice;

/* A speaker is unique within one of these groups: those of one role, or of none; and apart from them, the professionals whose
 * demand was reported. */
#define AUR_BUILD_GROUPS(in) (2 * ((in)->role_count + 1))

typedef struct aur_build {
	const aur_input *in;
	aur_ledger *l;
	uint32_t *list;    /* contributions that carry each theme, theme after theme, sorted by session */
	uint8_t *how;      /* AUR_B_* of each entry of list */
	aur_voice *voice;  /* of each entry of list */
	size_t *start;     /* where each theme begins in list; theme_count + 1 entries */
	uint32_t *by_part[AUR_DIM_ROLE]; /* sessions sorted by part; those without one come last */
	/* scratch */
	uint32_t *stamp, epoch;      /* by person */
	uint32_t *bits;              /* by person: zero between uses */
	uint32_t *from, *to;         /* by session, with one more for no session */
	uint32_t *bucket, *sorted;   /* for counting sorts: one per part; one per contribution and hit */
	uint32_t *one;               /* by person: zero between uses */
	uint32_t *asked;             /* by person: how many of their contributions were asked */
	uint32_t *earliest, *latest; /* by person: first and last room */
	uint32_t *leaving;           /* by room of the series: people asked there and in no later one; made once */
	uint8_t *mark;               /* by contribution */
	uint32_t *expr;              /* by expression: zero between uses */
} aur_build;

/* aur_build_order() sorts sessions, parts and contributions, these by session and id.  aur_build_rooms() comes after it, needs the scratch arrays, and
 * counts who was asked in which room. */
aur_code aur_build_order(aur_build *b, aur_error *e);
void aur_build_rooms(aur_build *b);
/* Counts contributions and distinct people of a list by part.  part[i] is the part of list[i], or AUR_IN_ABSENT: then it is counted
 * in *absent. */
void aur_build_parts(aur_build *b, const uint32_t *list, const uint32_t *part, uint32_t n, uint32_t parts, aur_irr_cell *out,
		     size_t stride, aur_irr_cell *absent);
/* Adds to the parts pooled[0..parts) the smallest other ones until k people are in them, if anybody is.  asked: the people of each part;
 * part: as above, but every contribution has one. */
void aur_build_pool(aur_build *b, const uint32_t *list, const uint32_t *part, uint32_t n, uint32_t parts, const aur_irr_cell *asked, bool *pooled);
/* Fills those cells of a theme that suppress.h ties together, from the parallel arrays list, voice and how, which are sorted by session. */
void aur_build_cells(aur_build *b, const uint32_t *list, const aur_voice *voice, const uint8_t *how, uint32_t n, aur_irr_theme *t);
/* Fills in a theme: its cells, shares, rooms and voices; then its life-cycle; then its words, before anything is suppressed. */
void aur_build_theme(aur_build *b, aur_irr_theme *t);
aur_code aur_build_life(aur_build *b, aur_irr_theme *t, aur_error *e);
void aur_build_words(aur_build *b, aur_irr_theme *t);
/* Bounds the theme's cells by what a reader can derive from its words; for suppression. */
void aur_build_words_bound(aur_build *b, aur_irr_theme *t);
/* Runs after suppression: decides how much is shown of each word, and drops the words that must not be read at all. */
aur_code aur_build_words_told(aur_build *b, aur_irr_theme *t, aur_error *e);
/* Decides which words of what no theme caught must not be read at all. */
aur_code aur_build_residue_told(aur_build *b, aur_error *e);
/* Fills S and log10_q of row[theme][part]: Lafon of the irritant in each part against all of them, and q-values over all that is computed (see least()).  Only for cells,
 * and out of counts, that are shown: from S its four numbers can be found again, and a q may be the p of another cell.  whole: by theme, is its total shown
 * and all that lies outside of the parts? */
aur_code aur_build_specificities(const aur_ledger *l, aur_irr_spec *const *row, const aur_irr_part *part, uint32_t parts, const bool *whole, aur_error *e);
/* Suppresses over a theme and all themes below it. */
void aur_build_veil(aur_build *b, uint32_t root);
void aur_build_veil_rooms(aur_build *b);
#endif
