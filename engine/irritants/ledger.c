/* SPDX-License-Identifier: Apache-2.0 */
/* What is common to all users of a finished ledger: the order of cells, and freeing it. */
#include "config.h"
#include <stdlib.h>
#include "irritants/ledger.h"

int aur_irr_cell_order(const aur_irr_cell *a, const aur_irr_cell *b, uint32_t k)
{
	const aur_irr_cell *c[2] = {a, b};
	uint32_t key[2][2], high;
	for (int i = 0; i < 2; i++) {
		bool band = c[i]->hide == AUR_BAND, told = c[i]->hide == AUR_SHOWN;
		key[i][0] = told ? c[i]->speakers : c[i]->n > 0;
		key[i][1] = told ? c[i]->n : 0;
		if (band)
			aur_band(c[i]->speakers, k, &key[i][0], &high);
	}
	if (key[0][0] != key[1][0])
		return key[0][0] > key[1][0] ? -1 : 1;
	return key[0][1] > key[1][1] ? -1 : key[0][1] < key[1][1];
}

void aur_ledger_free(aur_ledger *l)
{
	if (!l)
		return;
	aur_arena_free(&l->arena);
	free(l);
}
