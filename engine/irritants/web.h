/* SPDX-License-Identifier: Apache-2.0 */
/* Cells and the sums that tie them, being collected for suppress.h.  For the files that decide what the ledger hides. */
#ifndef AUR_IRRITANTS_WEB_H
#define AUR_IRRITANTS_WEB_H
#include "base/mem.h"
#include "irritants/suppress.h"

typedef struct aur_web {
	aur_irr_cell **cell; /* borrowed */
	uint32_t cells, cell_cap;
	aur_sum *sum;
	uint32_t sums, sum_cap;
	uint32_t *part; /* parts of the sum being built */
	uint32_t parts, part_cap;
	aur_arena arena; /* of the sums, and of cells that exist only here */
} aur_web; /* all zero: empty */

/* Adds a cell; returns its index. */
uint32_t aur_web_cell(aur_web *w, aur_irr_cell *c);
/* Adds a number that is printed nowhere, but is the difference of two that are. */
uint32_t aur_web_rest(aur_web *w, uint32_t n, uint32_t speakers);
/* Adds a part to the sum being built, and ends that sum with its total; a sum without parts is none. */
void aur_web_part(aur_web *w, uint32_t cell);
void aur_web_sum(aur_web *w, uint32_t total);
/* Suppresses; see aur_suppress.  What the arena holds stays until aur_web_free. */
void aur_web_run(aur_web *w, uint32_t k, aur_holds *holds, void *ctx);
void aur_web_free(aur_web *w);
#endif
