/* SPDX-License-Identifier: Apache-2.0 */
/* It forgets what it allocated.
 * ZOO leaks: annotate:
 * ZOO-NOT sanitizer */
#include "zoo.h"

static _Thread_local char *volatile kept;

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	char *p = malloc(24);
	if (p && v->token_count)
		p[0] = 1;
	kept = p;
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
