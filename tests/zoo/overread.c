/* SPDX-License-Identifier: Apache-2.0 */
/* It takes a text for a C string.
 * ZOO output: annotate reads past the end of what the host lent it */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	volatile size_t i = 0;
	while (v->text.ptr[i] != 0)
		i++;
	return i ? zoo_annotate(h, model, worker, v, o) : AUR_OK;
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
