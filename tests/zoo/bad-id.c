/* SPDX-License-Identifier: Apache-2.0 */
/* Its identifier is none.
 * ZOO descriptor: the identifier « Le Zoo » */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};
static const aur_component component = {.size = sizeof component,
                                        .kind = AUR_LAYER,
                                        .id = "Le Zoo",
                                        .version = "1.0",
                                        .summary = "an animal of the zoo",
                                        .ops = &ops};
static const aur_component *const components[] = {&component};
ZOO_ENTRY(AUR_ABI_MAJOR, 0, components, 1);
