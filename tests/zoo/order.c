/* SPDX-License-Identifier: Apache-2.0 */
/* The value of a word hangs on the word before it.
 * ZOO batch: map gives another value when
 * ZOO threads: while other threads work
 * ZOO order: gives something else */
#include "zoo.h"

typedef struct worker {
	size_t before;
} worker;

static aur_status map(const aur_host *h, void *model, void *worker_, const aur_str *in, uint32_t n, aur_str *out)
{
	worker *w = worker_;
	(void)h, (void)model;
	for (uint32_t i = 0; i < n; i++) {
		out[i] = w->before % 2 ? in[i] : (aur_str){NULL, 0};
		w->before = in[i].len;
	}
	return AUR_OK;
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER, .worker_new = zoo_worker_new, .worker_free = free);
