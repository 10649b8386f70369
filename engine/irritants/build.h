/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that build the ledger share; for nobody else. */
#ifndef AUR_IRRITANTS_BUILD_H
#define AUR_IRRITANTS_BUILD_H
#include "irritants/ledger.h"

/* How a contribution stands to a theme. */
enum { AUR_B_CARRIES = 1, AUR_B_IRRITANT = 2, AUR_B_ASSERTED = 4, AUR_B_CONDITIONAL = 8, AUR_B_DENIED = 16 };

/* The cells of a room, in the order in which they are counted. */
enum { AUR_ROOM_SAID = 0, AUR_ROOM_ASKED, AUR_ROOM_BARE, AUR_ROOM_NON_ANSWERS, AUR_ROOM_NOT_ASKED, AUR_ROOM_THEMED, AUR_ROOM_CELLS };
static inline aur_irr_cell *aur_build_room_cell(aur_irr_room *r, int which)
{
	aur_irr_cell *const c[AUR_ROOM_CELLS] = {&r->said, &r->asked, &r->bare, &r->non_answers, &r->not_asked, &r->themed};
	return c[which];
}

/* What a theme's cells are counted from, beside its list, so that counting goes through memory in order. */
typedef struct aur_voice {
	uint32_t person, session, role;
	uint8_t stance, finger;
} aur_voice;

/* Those among whom a speaker is one: of the same role, or of none, and professionals apart whose demand was reported. */
#define AUR_BUILD_GROUPS(in) (2 * ((in)->role_count + 1))

typedef struct aur_build {
	const aur_input *in;
	aur_ledger *l;
	uint32_t *list;    /* contributions, by theme, in order of session */
	uint8_t *how;      /* AUR_B_* of each */
	aur_voice *voice;  /* of each */
	size_t *start;     /* of each theme in list; theme_count + 1 */
	uint32_t *by_part[AUR_DIM_ROLE]; /* sessions in order of their part, those of none at the end */
	/* scratch */
	uint32_t *stamp, epoch;      /* by person */
	uint32_t *bits;              /* by person: zero between uses */
	uint32_t *from, *to;         /* by session, and none */
	uint32_t *bucket, *sorted;   /* counting sort by part; by contribution */
	uint32_t *one;               /* by person: zero between uses */
	uint32_t *asked;             /* by person: contributions asked */
	uint32_t *earliest, *latest; /* by person */
	uint8_t *mark;               /* by contribution */
	uint32_t *expr;              /* by expression: zero between uses */
} aur_build;

/* Sessions, their parts and contributions, each in order; after that, with the scratch made: who was asked in which room. */
void aur_build_order(aur_build *b);
void aur_build_rooms(aur_build *b);
/* Contributions and distinct people of a list, by part: part[i] of list[i] (or AUR_IN_ABSENT, counted in *absent). */
void aur_build_parts(aur_build *b, const uint32_t *list, const uint32_t *part, uint32_t n, uint32_t parts, aur_irr_cell *out,
		     size_t stride, aur_irr_cell *absent);
/* Fills the cells of a theme out of (list, voice, how), which are in order of session: those that suppress.h ties together. */
void aur_build_cells(aur_build *b, const uint32_t *list, const aur_voice *voice, const uint8_t *how, uint32_t n, aur_irr_theme *t);
void aur_build_theme(aur_build *b, aur_irr_theme *t);
aur_code aur_build_life(aur_build *b, aur_irr_theme *t, aur_error *e);
void aur_build_words(aur_build *b, aur_irr_theme *t);
void aur_build_words_bound(aur_build *b, aur_irr_theme *t);
/* After suppression: what is told of each word, and which are not to be read at all. */
aur_code aur_build_words_told(aur_build *b, aur_irr_theme *t, aur_error *e);
/* Which words of what no theme caught are not to be read at all. */
aur_code aur_build_residue_told(aur_build *b, aur_error *e);
/* Suppression over a theme and all those below it. */
void aur_build_veil(aur_build *b, uint32_t root);
void aur_build_veil_rooms(aur_build *b);
#endif
