/* SPDX-License-Identifier: Apache-2.0 */
/* It keeps the text of the contribution before.
 * ZOO output: reads memory that the host lent for an earlier call */
#include "zoo.h"

typedef struct worker {
	aur_str before;
} worker;

static uint32_t classify(const aur_host *h, void *model, void *worker_, const aur_form *f)
{
	worker *w = worker_;
	(void)h, (void)model;
	if (w->before.len && w->before.ptr[0] == f->form.ptr[0])
		return 2;
	w->before = f->form;
	return 1;
}

ZOO_ANNOTATOR(classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .worker_new = zoo_worker_new, .worker_free = free);
