/* SPDX-License-Identifier: Apache-2.0 */
/* Not exposing a person: a count to which fewer than k people contributed is not shown, and enough other counts are hidden that no
 * sum or difference of what is shown gives it back.
 *
 * The published tables are cells tied by sums (a territory is the sum of its sessions, the total is the sum of the territories, a
 * theme is a sub-theme plus the rest).  A hidden cell is safe if there is a witness: another table that agrees with everything that
 * is published (sums, "fewer than k" and bands included), but has another number in that cell.  As long as there is no witness, the
 * smallest shown cell that is tied to it is reduced to its band (5-9, 10-19, 20-49 ... for k = 5), and then to nothing.  Also, the
 * hidden cells of one published sum must hold at least k people together.  Zeros are shown: that nobody said a thing exposes
 * nobody.
 *
 * A witness must also agree with what else a reader knows of a cell: that it is part of a larger one (cap), that so many of it are
 * quoted or left over (floor), and whatever holds() looks at: verdicts, ranges, anything else that is computed from cells. */
#ifndef AUR_IRRITANTS_SUPPRESS_H
#define AUR_IRRITANTS_SUPPRESS_H
#include <stdbool.h>
#include <stdint.h>

typedef enum aur_hide {
	AUR_SHOWN = 0,
	AUR_FEW,   /* from 1 to k - 1 people: shown as "< k" */
	AUR_BAND,  /* k people or more, but only its band is shown, so that another cell stays hidden */
	AUR_MASKED /* not 0; nothing else is shown, for the same reason */
} aur_hide;

#define AUR_RANK_MAX 3
typedef struct aur_irr_cell {
	uint32_t n;        /* contributions */
	uint32_t speakers; /* distinct people behind them */
	uint8_t hide;      /* aur_hide */
	uint8_t unpublished;  /* printed nowhere, but the difference of cells that are */
	uint8_t rank;      /* what the reader came for: the higher, the later it is hidden to protect another cell; at most AUR_RANK_MAX */
	uint32_t floor_n, floor_speakers; /* a reader knows that it is no less than this */
	uint32_t cap_n, cap_speakers;     /* nor more than this; 0 = no bound is known */
} aur_irr_cell;

/* cells[total] is the sum of cells[parts[0..count-1]], in contributions.  In people the total is at most that sum, and at least
 * each part.  But a reader may assume that nobody is in two parts, so a witness keeps to sums of published people as well.  How many
 * people are in an unpublished cell, nobody can work out: subtracting numbers of people does not give a number of people. */
typedef struct aur_sum {
	uint32_t total, count;
	const uint32_t *parts;
} aur_sum;

/* The band that x >= k falls into: k to 2k-1, 2k to 4k-1, 4k to 10k-1, 10k to 20k-1 ... */
void aur_band(uint32_t x, uint32_t k, uint32_t *low, uint32_t *high);

/* Would everything else that is published read the same if each cell i had step[i] more contributions (where n is set) or people
 * (where speakers is set)?  give_up: how valuable a statement (0: none, at most 2) holds() may withdraw from publication instead of
 * answering false. */
typedef bool aur_holds(void *ctx, const int8_t *step, bool n, bool speakers, int give_up);

/* Sets `hide` of every cell.  k <= 1 shows everything.  holds may be NULL. */
void aur_suppress(aur_irr_cell **cells, uint32_t cell_count, const aur_sum *sums, uint32_t sum_count, uint32_t k, aur_holds *holds, void *ctx);
#endif
