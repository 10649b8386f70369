/* SPDX-License-Identifier: Apache-2.0 */
/* What it finds depends on which thread looks.
 * ZOO threads: while other threads work
 * ZOO model: after open() */
#include "zoo.h"
#include <pthread.h>

typedef struct model {
	pthread_t opener;
} model;

static aur_status model_open(const aur_host *h, const aur_config *c, void **out)
{
	aur_status st = zoo_open(h, c, out);
	model *m = *out;
	if (st >= 0)
		m->opener = pthread_self();
	return st;
}

static uint32_t classify(const aur_host *h, void *model_, void *worker, const aur_form *f)
{
	const model *m = model_;
	return pthread_equal(m->opener, pthread_self()) ? zoo_classify(h, model_, worker, f) : 0;
}

ZOO_ANNOTATOR(classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .open = model_open, .close = free);
