/* SPDX-License-Identifier: Apache-2.0 */
/* It follows a pointer to nowhere.
 * ZOO output: annotate crashes: it follows a null pointer */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	volatile uint32_t *volatile nowhere = NULL;
	(void)worker, (void)o;
	*nowhere = v->token_count;
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
