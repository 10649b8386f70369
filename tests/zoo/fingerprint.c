/* SPDX-License-Identifier: Apache-2.0 */
/* Its fingerprint is another one each time that it is opened.
 * ZOO open: fingerprint says */
#include "zoo.h"
#include <stdio.h>

static int opened;

typedef struct model {
	char text[32];
} model;

static aur_status model_open(const aur_host *h, const aur_config *c, void **out)
{
	aur_status st = zoo_open(h, c, out);
	model *m = *out;
	if (st >= 0)
		snprintf(m->text, sizeof m->text, "%d", opened++);
	return st;
}

static const char *fingerprint(void *model_)
{
	return ((model *)model_)->text;
}

static const aur_layer_ops ops = {sizeof ops, zoo_map};
ZOO_PLUGIN(AUR_LAYER, .open = model_open, .close = free, .fingerprint = fingerprint);
