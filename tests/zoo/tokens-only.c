/* SPDX-License-Identifier: Apache-2.0 */
/* Says that it looks at tokens only, and finds something else where there is no text.
 * ZOO output: finds something else without the text */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	return v->text.len ? zoo_annotate(h, model, worker, v, o) : AUR_OK;
}

static const aur_annotator_ops ops = {.size = sizeof ops,
                                      .flags = AUR_ANN_TOKENS_ONLY,
                                      .classify = zoo_classify,
                                      .annotate = annotate,
                                      .label_count = zoo_label_count,
                                      .label = zoo_label};
ZOO_PLUGIN(AUR_ANNOTATOR);
