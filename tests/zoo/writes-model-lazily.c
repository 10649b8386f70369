/* SPDX-License-Identifier: Apache-2.0 */
/* It allocates a table for its model at the first word: the second thread is too late, or too early.
 * ZOO model: map writes to the model
 * ZOO-NOT sanitizer */
#include "zoo.h"

typedef struct model {
	char *table;
} model;

static void model_close(void *model_)
{
	model *m = model_;
	free(m->table);
	free(m);
}

static aur_status map(const aur_host *h, void *model_, void *worker, const aur_str *in, uint32_t n, aur_str *out)
{
	model *m = model_;
	if (!m->table)
		m->table = calloc(1, 4096);
	return zoo_map(h, model_, worker, in, n, out);
}

static const aur_layer_ops ops = {sizeof ops, map};
ZOO_PLUGIN(AUR_LAYER, .open = zoo_open, .close = model_close);
