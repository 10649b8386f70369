/* SPDX-License-Identifier: Apache-2.0 */
/* The name of its theme is none.
 * ZOO labels: label 0 has the theme « Zoo! » */
#include "zoo.h"

static aur_status label(void *model, uint32_t i, aur_label *out)
{
	zoo_label(model, i, out);
	out->theme = (aur_str){"Zoo!", 4};
	return AUR_OK;
}

static const aur_annotator_ops ops = {.size = sizeof ops,
                                      .classify = zoo_classify,
                                      .annotate = zoo_annotate,
                                      .label_count = zoo_label_count,
                                      .label = label};
ZOO_PLUGIN(AUR_ANNOTATOR);
