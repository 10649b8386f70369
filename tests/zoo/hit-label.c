/* SPDX-License-Identifier: Apache-2.0 */
/* The label of its hit is one too high.
 * ZOO output: annotate gives a hit the label 1, but label_count says that there are 1 */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit hit = zoo_hit(0, 0);
	(void)model, (void)worker, (void)v;
	hit.label = 1;
	return h->hit(h, o, &hit);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
