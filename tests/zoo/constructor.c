/* SPDX-License-Identifier: Apache-2.0 */
/* It crashes before anybody has called it.
 * ZOO load: dlopen, aur_plugin_v1 crashes */
#include "zoo.h"

static const aur_layer_ops ops = {sizeof ops, zoo_map};

__attribute__((constructor)) static void early(void)
{
	volatile int *volatile nowhere = NULL;
	*nowhere = 1;
}

ZOO_PLUGIN(AUR_LAYER);
