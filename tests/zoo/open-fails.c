/* SPDX-License-Identifier: Apache-2.0 */
/* It does not open, and says why; the end of its sentence is half a character.
 * ZOO open: open fails: The zoo is closed today. */
#include "zoo.h"

static aur_status model_open(const aur_host *h, const aur_config *c, void **out)
{
	(void)c, (void)out;
	return h->fail(h, AUR_E_CONFIG, "The zoo is closed today.\xC3");
}

static const aur_layer_ops ops = {sizeof ops, zoo_map};
ZOO_PLUGIN(AUR_LAYER, .open = model_open);
