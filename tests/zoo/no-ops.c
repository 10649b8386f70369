/* SPDX-License-Identifier: Apache-2.0 */
/* It says that it is an annotator, and cannot annotate.
 * ZOO descriptor: component zoo leaves out a function that its kind needs */
#include "zoo.h"

static const aur_annotator_ops ops = {.size = sizeof ops, .label_count = zoo_label_count, .label = zoo_label};
ZOO_PLUGIN(AUR_ANNOTATOR);
