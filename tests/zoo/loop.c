/* SPDX-License-Identifier: Apache-2.0 */
/* It never comes back.
 * ZOO output: annotate did not return after 1 s of work
 * ZOO-ARGS --limit 1 */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	volatile int for_ever = 1;
	while (for_ever)
		;
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
