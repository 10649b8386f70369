/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "irritants/web.h"

uint32_t aur_web_cell(aur_web *w, aur_irr_cell *c)
{
	AUR_GROW(w->cell, w->cells, w->cell_cap);
	w->cell[w->cells] = c;
	return w->cells++;
}

uint32_t aur_web_rest(aur_web *w, uint32_t n, uint32_t speakers)
{
	aur_irr_cell *c = aur_arena_alloc(&w->arena, sizeof *c);
	*c = (aur_irr_cell){.n = n, .speakers = speakers, .unpublished = true};
	return aur_web_cell(w, c);
}

void aur_web_part(aur_web *w, uint32_t cell)
{
	AUR_GROW(w->part, w->parts, w->part_cap);
	w->part[w->parts++] = cell;
}

void aur_web_sum(aur_web *w, uint32_t total)
{
	if (w->parts) {
		uint32_t *p = aur_arena_alloc(&w->arena, w->parts * sizeof *p);
		memcpy(p, w->part, w->parts * sizeof *p);
		AUR_GROW(w->sum, w->sums, w->sum_cap);
		w->sum[w->sums++] = (aur_sum){total, w->parts, p};
	}
	w->parts = 0;
}

void aur_web_run(aur_web *w, uint32_t k, aur_holds *holds, void *ctx)
{
	aur_suppress(w->cell, w->cells, w->sum, w->sums, k, holds, ctx);
}

void aur_web_free(aur_web *w)
{
	free(w->cell);
	free(w->sum);
	free(w->part);
	aur_arena_free(&w->arena);
}
