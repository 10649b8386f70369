/* SPDX-License-Identifier: Apache-2.0 */
/* It divides by zero.
 * ZOO output: annotate crashes: */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	volatile uint32_t zero = v->token_count - v->token_count;
	volatile uint32_t result = 7 / zero;
	return result ? zoo_annotate(h, model, worker, v, o) : AUR_OK;
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
