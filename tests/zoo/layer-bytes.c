/* SPDX-License-Identifier: Apache-2.0 */
/* It cuts words after three bytes.
 * ZOO output: a string that is not UTF-8: out[] */
#include "zoo.h"

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	(void)h, (void)model, (void)worker;
	for (uint32_t i = 0; i < n; i++)
		out[i] = (aur_str){in[i].ptr, in[i].len < 3 ? in[i].len : 3};
	return AUR_OK;
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER);
