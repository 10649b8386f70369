/* SPDX-License-Identifier: Apache-2.0 */
/* Two components have one name.
 * ZOO descriptor: two components have the identifier zoo */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};
ZOO_COMPONENT(AUR_LAYER);
static const aur_component *const components[] = {&component, &component};
ZOO_ENTRY(AUR_ABI_MAJOR, 0, components, 2);
