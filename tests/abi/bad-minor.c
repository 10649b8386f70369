/* SPDX-License-Identifier: Apache-2.0 */
/* Needs a newer minor than there is: it must be listed with its reason, and stop nothing. */
#include "sample.h"

static const aur_layer_ops ops = {sizeof(aur_layer_ops), sample_same};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_LAYER,
	.id = "bad-minor",
	.version = "1.0",
	.summary = "sample: needs a minor that is still to come",
	.ops = &ops,
};
SAMPLE_PLUGIN("bad-minor", component, AUR_ABI_MAJOR, AUR_ABI_MINOR + 1);
