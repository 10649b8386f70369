/* SPDX-License-Identifier: Apache-2.0 */
/* Checks an aur_input once, so that the ledger can rely on it. */
#include "config.h"
#include "irritants/input.h"

static bool index_ok(uint32_t i, uint32_t count)
{
	return i < count || i == AUR_IN_ABSENT;
}

aur_code aur_input_check(const aur_input *in, aur_error *e)
{
	for (uint32_t i = 0; i < in->theme_count; i++)
		if (in->themes[i].parent != AUR_IN_ABSENT && in->themes[i].parent >= i)
			return aur_fail(e, AURE_BUG, "theme %u stands before the one that it is part of", i);
	for (uint32_t i = 0; i < in->total_count; i++)
		if (!index_ok(in->totals[i].session, in->session_count) || !index_ok(in->totals[i].role, in->role_count))
			return aur_fail(e, AURE_BUG, "printed total %u is about nothing", i);
	for (size_t i = 0; i < in->hit_count; i++) {
		const aur_in_hit *h = &in->hits[i];
		if (h->theme >= in->theme_count || h->expr >= in->expr_count || h->start > h->end || h->polarity < AUR_ASSERTED ||
		    h->polarity > AUR_CONDITIONAL)
			return aur_fail(e, AURE_BUG, "hit %zu is out of range", i);
	}
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		if (!index_ok(c->session, in->session_count) || !index_ok(c->speaker, in->speaker_count) ||
		    !index_ok(c->role, in->role_count) || c->stance >= AUR_IN_STANCES || c->status >= AUR_IN_STATUSES ||
		    c->consent > AUR_IN_NO || c->finger > 5 || (c->finger && c->finger != c->stance) ||
		    c->hit_count > in->hit_count || c->first_hit > in->hit_count - c->hit_count)
			return aur_fail(e, AURE_BUG, "contribution %u is out of range", i);
	}
	return AURE_OK;
}
