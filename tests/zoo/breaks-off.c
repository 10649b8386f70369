/* SPDX-License-Identifier: Apache-2.0 */
/* Its hit ends at the token after the word, where people mostly write one; an answer that breaks off has none.
 * ZOO broken: annotate gives a hit from token */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)model, (void)worker;
	for (uint32_t i = 0; i < v->token_count; i++) {
		aur_hit hit = zoo_hit(i, i + 1);
		aur_status st = v->number[i] ? h->hit(h, o, &hit) : AUR_OK;
		if (st < 0)
			return st;
	}
	return AUR_OK;
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
