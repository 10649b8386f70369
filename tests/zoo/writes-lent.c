/* SPDX-License-Identifier: Apache-2.0 */
/* It changes the flags of the tokens that it was shown.
 * ZOO output: annotate writes to memory that the host lent it only to read */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	uint32_t *flags = (uint32_t *)(uintptr_t)v->flags;
	flags[0] |= AUR_TOK_PUNCT;
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
