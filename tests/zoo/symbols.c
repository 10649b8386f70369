/* SPDX-License-Identifier: Apache-2.0 */
/* A function of its own is everybody's.
 * ZOO symbols: it exports more than aur_plugin_v1: zoo_helper */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};

AUR_EXPORT int zoo_helper(void);
int zoo_helper(void)
{
	return 1;
}

ZOO_PLUGIN(AUR_LAYER);
