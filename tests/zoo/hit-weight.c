/* SPDX-License-Identifier: Apache-2.0 */
/* The weight of its hit is no number.
 * ZOO output: annotate gives a hit the weight */
#include "zoo.h"
#include <math.h>

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit hit = zoo_hit(0, 0);
	volatile float zero = 0;
	(void)model, (void)worker, (void)v;
	hit.weight = zero * (float)HUGE_VAL;
	return h->hit(h, o, &hit);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
