/* SPDX-License-Identifier: Apache-2.0 */
/* What it finds depends on which worker looks.
 * ZOO model: worker_new writes to a static variable
 * ZOO threads: while other threads work
 * ZOO order: on another worker */
#include "zoo.h"
#include <stdatomic.h>

static aur_status worker_new(const aur_host *h, void *model, void **out)
{
	static atomic_uint workers;
	unsigned *number = malloc(sizeof *number);
	(void)model;
	if (!number)
		return h->fail(h, AUR_E_NOMEM, "no memory is left");
	*number = atomic_fetch_add(&workers, 1);
	*out = number;
	return AUR_OK;
}

static uint32_t classify(const aur_host *h, void *model, void *worker, const aur_form *f)
{
	const unsigned *number = worker;
	return *number % 2 == 0 ? zoo_classify(h, model, worker, f) : 0;
}

ZOO_ANNOTATOR(classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .worker_new = worker_new, .worker_free = free);
