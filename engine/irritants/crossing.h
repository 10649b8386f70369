/* SPDX-License-Identifier: Apache-2.0 */
/* A cross while it is built.  Shared by the files that build it. */
#ifndef AUR_IRRITANTS_CROSSING_H
#define AUR_IRRITANTS_CROSSING_H
#include "irritants/build.h"
#include "irritants/cross.h"

/* Other ways in which the ledger groups contributions. */
enum { BY_SESSION, BY_TERRITORY, BY_KIND, BY_WAVE, BY_ROLE, BY_STANCE, GROUPINGS };

/* How the parts of a field nest with the groups of the ledger: towns within territories, or sessions within the values of a field that names rooms.
 * Parts and groups that share contributions form one piece. */
typedef struct nesting {
	uint32_t groups, pieces; /* with fewer than two pieces nothing can be added up */
	uint32_t *group, *part;  /* the piece of each group (the last group: contributions in none) and of each part */
} nesting;

typedef struct crossing {
	aur_cross *x;
	aur_ledger *l;
	const aur_str *names;
	uint32_t values;
	const uint32_t *value; /* by contribution */
	uint32_t *part;        /* by contribution */
	aur_build b;           /* only for aur_build_parts() */
	uint32_t *list, *of;   /* scratch: contributions, and their parts */
	nesting sums[GROUPINGS];   /* pieces share no contribution, so the groups of a piece and its parts have the same sum */
	nesting nearly[GROUPINGS]; /* pieces share at most one contribution in ten of each part, as typing errors do: the sums are nearly the same */
} crossing;

/* Lists in m->list who was asked, or the irritants of a theme; returns how many contributions that is. */
uint32_t aur_crossing_asked(crossing *m);
uint32_t aur_crossing_irritants(crossing *m, const aur_irr_theme *t);
/* Makes the parts, and assigns contributions to them. */
void aur_crossing_parts(crossing *m);
/* Counts contributions and people of m->list[0..n) by part. */
void aur_crossing_count(crossing *m, uint32_t n, aur_irr_cell *out, size_t stride);
/* Counts who was asked, and who voiced each theme as an irritant. */
void aur_crossing_count_all(crossing *m);
/* Hides what must be hidden in the last of these fields, which is new, and what is to be hidden in the others because of it. */
void aur_crossing_veil(crossing *const *m, uint32_t fields);
#endif
