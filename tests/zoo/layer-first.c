/* SPDX-License-Identifier: Apache-2.0 */
/* It maps the first word and forgets the others.
 * ZOO batch: map does not set out[1] */
#include "zoo.h"

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	(void)h, (void)model, (void)worker;
	if (n)
		out[0] = in[0];
	return AUR_OK;
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER);
