/* SPDX-License-Identifier: Apache-2.0 */
/* It never set the flags of its hit.
 * ZOO output: annotate gives a hit the flags 0xa5a5a5a5 */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit hit = zoo_hit(0, 0);
	(void)model, (void)worker, (void)v;
	memset(&hit.flags, 0xa5, sizeof hit.flags); /* as a stack is */
	return h->hit(h, o, &hit);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
