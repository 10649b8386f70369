/* SPDX-License-Identifier: Apache-2.0 */
/* Of an ABI that is still to come: it must be listed with its reason, and stop nothing. */
#include "sample.h"

static const aur_layer_ops ops = {sizeof(aur_layer_ops), sample_same};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_LAYER,
	.id = "bad-major",
	.version = "1.0",
	.summary = "sample: of the next major ABI",
	.ops = &ops,
};
SAMPLE_PLUGIN("bad-major", component, AUR_ABI_MAJOR + 1, 0);
