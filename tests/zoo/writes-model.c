/* SPDX-License-Identifier: Apache-2.0 */
/* It counts in its model, which all threads share.
 * ZOO model: annotate writes to the model
 * ZOO-NOT sanitizer */
#include "zoo.h"

typedef struct model {
	uint64_t contributions;
} model;

static aur_status annotate(const aur_host *h, void *model_, void *worker, const aur_view *v, aur_hit_sink *o)
{
	model *m = model_;
	m->contributions++;
	return zoo_annotate(h, model_, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .open = zoo_open, .close = free);
