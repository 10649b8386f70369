/* SPDX-License-Identifier: Apache-2.0 */
/* It cannot bear the same long word three times in a row, which nobody writes.
 * ZOO fuzz: annotate crashes
 * ZOO-ARGS --seconds 10 */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	volatile uint32_t *volatile nowhere = NULL;
	for (uint32_t i = 2; i < v->token_count; i++)
		if (v->end[i] - v->start[i] > 5 && v->form[i] == v->form[i - 1] && v->form[i] == v->form[i - 2] &&
		    v->text.len < 20000)
			*nowhere = 1;
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
