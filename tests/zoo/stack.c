/* SPDX-License-Identifier: Apache-2.0 */
/* It calls itself for each token.
 * ZOO large: annotate uses up the stack */
#include "zoo.h"

static uint32_t deeper(const aur_view *v, uint32_t i)
{
	volatile uint32_t room[16] = {0};
	room[i % 16] = i;
	return i < v->token_count ? deeper(v, i + 1) + room[i % 16] : 1;
}

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	return deeper(v, 0) ? zoo_annotate(h, model, worker, v, o) : AUR_OK;
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
