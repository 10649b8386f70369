/* SPDX-License-Identifier: Apache-2.0 */
/* What was typed, held against itself.  Findings are facts with their numbers; who shows them writes the sentence. */
#ifndef AUR_IRRITANTS_CONSISTENCY_H
#define AUR_IRRITANTS_CONSISTENCY_H
#include "base/mem.h"
#include "irritants/input.h"
#include "irritants/suppress.h"

typedef enum aur_finding_kind {
	AUR_FIND_TOTAL = 0,     /* a printed total (a) that its parts (b) do not add up to */
	AUR_FIND_MORE_PRESENT,  /* more present (a) than invited (b) */
	AUR_FIND_MORE_SPEAKERS, /* more speakers (a) than present (b) */
	AUR_FIND_EMPTY,         /* a session without contributions */
	AUR_FIND_UNDATED,       /* a session without a date */
	AUR_FIND_TWICE,         /* the same text in contributions a and b */
	AUR_FIND_TWICE_MORE,    /* a more such texts, not listed */
	AUR_FIND_NO_SESSION,    /* a contributions of b belong to no session */
	AUR_FIND_WAVES,         /* a sessions, of which this is the first, come after a later wave began */
	AUR_FIND_SEVERAL,       /* in a sessions, of which this is the first, contributions say several values of `dim` */
	AUR_FIND_KINDS
} aur_finding_kind;

typedef struct aur_finding {
	aur_finding_kind kind;
	bool invited;           /* TOTAL: of the invited, else of the present */
	uint32_t session, role; /* or AUR_IN_ABSENT: all */
	uint8_t dim;            /* SEVERAL: an aur_dim */
	int64_t a, b;
	aur_str id_a, id_b;     /* TWICE: of these contributions */
	aur_irr_cell of;        /* MORE_SPEAKERS, NO_SESSION: a, as far as the threshold lets it be told */
} aur_finding;

#define AUR_TWICE_LISTED 20 /* pairs of equal texts listed */
#define AUR_TWICE_WORDS 5   /* shorter texts are equal by chance */

/* speakers_by_role: distinct speakers, at [session * role_count + role].  The array lives in the arena. */
aur_code aur_consistency(const aur_input *in, const uint32_t *by_date, const uint32_t *speakers_by_role,
			 const uint32_t *contributions_by_session, aur_arena *arena, aur_finding **out, uint32_t *count, aur_error *e);
#endif
