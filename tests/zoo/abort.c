/* SPDX-License-Identifier: Apache-2.0 */
/* It asserts what does not hold.
 * ZOO output: annotate calls abort() */
#include "zoo.h"
#undef NDEBUG
#include <assert.h>

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	assert(v->token_count == 0);
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
