/* SPDX-License-Identifier: Apache-2.0 */
/* It looks at the id of the contribution before.
 * ZOO output: reads memory that the host lent for an earlier call */
#include "zoo.h"

typedef struct worker {
	aur_str before;
} worker;

static aur_status annotate(const aur_host *h, void *model, void *worker_, const aur_view *v, aur_hit_sink *o)
{
	worker *w = worker_;
	if (w->before.len && w->before.ptr[0] != v->id.ptr[0])
		return AUR_OK;
	w->before = v->id;
	return zoo_annotate(h, model, worker_, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .worker_new = zoo_worker_new, .worker_free = free);
