/* SPDX-License-Identifier: Apache-2.0 */
/* Not exposing a person: a count to which fewer than k people contributed is not shown, and enough others are hidden
 * that no sum or difference of what is shown gives it back.
 *
 * The published tables are cells tied by sums (a territory is the sum of its sessions, the total of its territories, a theme of
 * a sub-theme and the rest).  A hidden cell is safe when there is a witness: another table that fits everything that is
 * published, sums, "fewer than k" and bands included, and has another number there.  As long as one is missing, the smallest shown
 * cell that is tied to it is told by its band alone (5-9, 10-19, 20-49 ... for k = 5), then not at all.  And hidden cells of one
 * published sum hold k people or more together.  Zeros are told: that nobody said a thing exposes nobody.
 *
 * Beside sums, a witness keeps to what else a reader knows of a cell: that it is part of a larger one (cap), that so many of it
 * are quoted or left over (floor), and whatever holds() looks at: verdicts, ranges, anything else that is computed from cells. */
#ifndef AUR_IRRITANTS_SUPPRESS_H
#define AUR_IRRITANTS_SUPPRESS_H
#include <stdbool.h>
#include <stdint.h>

typedef enum aur_hide {
	AUR_SHOWN = 0,
	AUR_FEW,   /* fewer than k people, and not none: shown as "< k" */
	AUR_BAND,  /* k people or more, told by its band so that another one stays hidden */
	AUR_MASKED /* not none; no more is told, for the same reason */
} aur_hide;

#define AUR_RANK_MAX 3
typedef struct aur_irr_cell {
	uint32_t n;        /* contributions */
	uint32_t speakers; /* distinct people behind them */
	uint8_t hide;      /* aur_hide */
	uint8_t unpublished;  /* printed nowhere, but others' difference */
	uint8_t rank;      /* what the reader came for: the higher, the later it is hidden for another's sake; at most AUR_RANK_MAX */
	uint32_t floor_n, floor_speakers; /* it is known to be no less */
	uint32_t cap_n, cap_speakers;     /* nor more; 0 = not known */
} aur_irr_cell;

/* cells[total] is the sum of cells[parts[0..count-1]] in contributions.  In people it is at most that and at least each of them; who reads it may
 * think that nobody is in two of them, so a witness keeps what the sum of published people is.  How many people an unpublished cell has,
 * nobody can know: no difference of people is a number of people. */
typedef struct aur_sum {
	uint32_t total, count;
	const uint32_t *parts;
} aur_sum;

/* The band of x >= k: k to 2k-1, 2k to 4k-1, 4k to 10k-1, 10k to 20k-1 ... */
void aur_band(uint32_t x, uint32_t k, uint32_t *low, uint32_t *high);

/* Would what else is published still read the same if the contributions (n) or people (speakers) of each cell i were more by step[i]?
 * give_up: up to what worth (2 at most) it is not to be published where it would not, and true is then the answer; 0 = nothing of it. */
typedef bool aur_holds(void *ctx, const int8_t *step, bool n, bool speakers, int give_up);

/* Sets `hide` of every cell.  k <= 1 shows all.  holds may be NULL. */
void aur_suppress(aur_irr_cell **cells, uint32_t cell_count, const aur_sum *sums, uint32_t sum_count, uint32_t k, aur_holds *holds, void *ctx);
#endif
