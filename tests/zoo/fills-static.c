/* SPDX-License-Identifier: Apache-2.0 */
/* It fills a static table at the first word, while another thread reads it half full.
 * ZOO model: map writes to a static variable */
#include "zoo.h"

static volatile unsigned char table[256], ready;

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	if (!ready) {
		for (unsigned i = 0; i < sizeof table; i++)
			table[i] = (unsigned char)i;
		ready = 1;
	}
	return zoo_map(h, model, worker, in, n, out);
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER);
