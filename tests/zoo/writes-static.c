/* SPDX-License-Identifier: Apache-2.0 */
/* It counts in a static variable.
 * ZOO model: map writes to a static variable */
#include "zoo.h"

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	static volatile uint64_t words;
	words += n;
	if (words == UINT64_MAX)
		return AUR_E_BUG;
	return zoo_map(h, model, worker, in, n, out);
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER);
