/* SPDX-License-Identifier: Apache-2.0 */
/* It compares each token with each other one.
 * ZOO large: annotate did not return after 6 s of work
 * ZOO-ARGS --limit 6 */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	uint32_t same = 0;
	for (uint32_t i = 0; i < v->token_count; i++)
		for (uint32_t k = 0; k < v->token_count; k++)
			same += v->form[i] == v->form[k];
	return same ? zoo_annotate(h, model, worker, v, o) : AUR_OK;
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
