/* SPDX-License-Identifier: Apache-2.0 */
/* It is of an interface that is still to come.
 * ZOO abi: it was built for interface version 2 */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};
ZOO_COMPONENT(AUR_LAYER);
static const aur_component *const components[] = {&component};
ZOO_ENTRY(AUR_ABI_MAJOR + 1, 0, components, 1);
