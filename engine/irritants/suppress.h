/* SPDX-License-Identifier: Apache-2.0 */
/* Not exposing a person: a count to which fewer than k people contributed is not shown, and enough others are hidden
 * that no sum or difference of what is shown gives it back.
 *
 * The published tables are cells tied by sums (a territory is the sum of its sessions, the total of its territories, a theme of
 * a sub-theme and the rest).  A hidden cell is safe when there is a witness: another table that fits everything that is
 * published, sums and "fewer than k" included, and has another number there.  As long as one is missing, the smallest shown
 * cell that is tied to it is hidden as well.  And hidden cells of one published sum hold k people or more together. */
#ifndef AUR_IRRITANTS_SUPPRESS_H
#define AUR_IRRITANTS_SUPPRESS_H
#include <stdbool.h>
#include <stdint.h>

typedef enum aur_hide {
	AUR_SHOWN = 0,
	AUR_FEW,   /* fewer than k people, and not none: shown as "< k" */
	AUR_MASKED /* k people or more, hidden so that another one stays hidden */
} aur_hide;

typedef struct aur_cell {
	uint32_t n;        /* contributions */
	uint32_t speakers; /* distinct people behind them */
	uint8_t hide;      /* aur_hide */
	bool unpublished;  /* printed nowhere, but others' difference */
} aur_cell;

/* cells[total] is the sum of cells[parts[0..count-1]] in contributions (in people: at most). */
typedef struct aur_sum {
	uint32_t total, count;
	const uint32_t *parts;
} aur_sum;

/* Sets `hide` of every cell.  k <= 1 shows all. */
void aur_suppress(aur_cell **cells, uint32_t cell_count, const aur_sum *sums, uint32_t sum_count, uint32_t k);
#endif
