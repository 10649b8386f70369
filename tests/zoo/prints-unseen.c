/* SPDX-License-Identifier: Apache-2.0 */
/* It prints an empty line: nothing that a person would see, and one row too many for a machine.
 * ZOO silent: it printed: */
#include <unistd.h>
#include "zoo.h"

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	if (write(1, "\n", 1) < 0)
		return h->fail(h, AUR_E_IO, "nothing can be printed");
	return zoo_map(h, model, worker, in, n, out);
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER);
