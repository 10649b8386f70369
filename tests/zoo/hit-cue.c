/* SPDX-License-Identifier: Apache-2.0 */
/* It says that a cue ends before it starts.
 * ZOO output: annotate gives a cue from token */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit hit = zoo_hit(0, 0);
	(void)model, (void)worker, (void)v;
	hit.cue_first = 1;
	hit.cue_last = 0;
	return h->hit(h, o, &hit);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
