/* SPDX-License-Identifier: Apache-2.0 */
/* Its values live in a static buffer.
 * ZOO model: writes to a static variable
 * ZOO batch: what map returned changed when another worker was called */
#include "zoo.h"

static aur_status map(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	static char buffer[1 << 22];
	char *p = buffer;
	(void)h, (void)model, (void)worker;
	for (uint32_t i = 0; i < n; i++) {
		size_t len = in[i].len < (size_t)(buffer + sizeof buffer - p) ? in[i].len : 0;
		if (len)
			memcpy(p, in[i].ptr, len);
		out[i] = (aur_str){p, len};
		p += len;
	}
	return AUR_OK;
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER);
