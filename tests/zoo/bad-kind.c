/* SPDX-License-Identifier: Apache-2.0 */
/* Nobody knows what kind it is of.
 * ZOO descriptor: is of the unknown kind 9 */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};
ZOO_PLUGIN(9);
