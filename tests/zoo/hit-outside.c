/* SPDX-License-Identifier: Apache-2.0 */
/* Its hit ends behind the last token.
 * ZOO output: annotate gives a hit from token */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit hit = zoo_hit(0, v->token_count);
	(void)model, (void)worker;
	return h->hit(h, o, &hit);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
