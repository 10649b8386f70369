/* SPDX-License-Identifier: Apache-2.0 */
/* Checks what was typed against itself.  A finding is a fact with its numbers; whoever shows it writes the sentence. */
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
	AUR_FIND_TWICE_MORE,    /* a more pairs of equal texts, not listed */
	AUR_FIND_NO_SESSION,    /* a of b contributions belong to no session */
	AUR_FIND_WAVES,         /* a sessions, this one first, come after a later wave began */
	AUR_FIND_SEVERAL,       /* in a sessions, this one first, contributions give several values of `dim` */
	AUR_FIND_KINDS
} aur_finding_kind;

typedef struct aur_finding {
	aur_finding_kind kind;
	bool invited;           /* TOTAL: of the invited, else of the present */
	uint32_t session, role; /* AUR_IN_ABSENT = all of them */
	uint8_t dim;            /* SEVERAL: an aur_dim */
	int64_t a, b;
	aur_str id_a, id_b;     /* TWICE: ids of the two contributions */
	aur_irr_cell of;        /* MORE_SPEAKERS, NO_SESSION: the cell behind a, which says how much of a may be shown */
} aur_finding;

#define AUR_TWICE_LISTED 20 /* pairs of equal texts that are listed */
#define AUR_TWICE_WORDS 5   /* shorter texts (in words) may be equal by chance */

/* speakers_by_role[session * role_count + role]: distinct speakers.  *out lives in the arena. */
aur_code aur_consistency(const aur_input *in, const uint32_t *by_date, const uint32_t *speakers_by_role,
			 const uint32_t *contributions_by_session, aur_arena *arena, aur_finding **out, uint32_t *count, aur_error *e);
#endif
