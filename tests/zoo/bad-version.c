/* SPDX-License-Identifier: Apache-2.0 */
/* A blank in its version would cut the fingerprint in two.
 * ZOO descriptor: has the version « version 1 » */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};
static const aur_component component = {.size = sizeof component,
                                        .kind = AUR_LAYER,
                                        .id = "zoo",
                                        .version = "version 1",
                                        .summary = "an animal of the zoo",
                                        .ops = &ops};
static const aur_component *const components[] = {&component};
ZOO_ENTRY(AUR_ABI_MAJOR, 0, components, 1);
