/* SPDX-License-Identifier: Apache-2.0 */
/* It needs more than this interface has.
 * ZOO abi: it needs interface 1. */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};
ZOO_COMPONENT(AUR_LAYER);
static const aur_component *const components[] = {&component};
ZOO_ENTRY(AUR_ABI_MAJOR, AUR_ABI_MINOR + 1, components, 1);
