/* SPDX-License-Identifier: Apache-2.0 */
/* Well made, but its open() fails, with a sentence of its own: the program stops only where the pipeline names it. */
#include "sample.h"

static aur_status open_layer(const aur_host *h, const aur_config *c, void **model)
{
	(void)c;
	(void)model;
	return h->fail_at(h, AUR_E_CONFIG, "bad-open.conf", 3, 7,
			  "The sample bad-open never opens; leave it out of the pipeline.");
}

static const aur_layer_ops ops = {sizeof(aur_layer_ops), sample_same};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_LAYER,
	.id = "bad-open",
	.version = "1.0",
	.summary = "sample: fails when it is opened",
	.open = open_layer,
	.ops = &ops,
};
SAMPLE_PLUGIN("bad-open", component, AUR_ABI_MAJOR, 0);
