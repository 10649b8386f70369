/* SPDX-License-Identifier: Apache-2.0 */
/* What it finds depends on the number of its process.
 * ZOO process: in another process */
#include "zoo.h"
#include <unistd.h>

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit hit = zoo_hit(0, 0);
	hit.weight = (float)(getpid() % 1000) / 1000;
	h->hit(h, o, &hit);
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
