/* SPDX-License-Identifier: Apache-2.0 */
/* It takes it for granted that somebody before it found something.
 * ZOO output: annotate asks for hit 0 of the earlier annotators, and there are 0 */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit first;
	h->hit_at(h, v, 0, &first);
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
