/* SPDX-License-Identifier: Apache-2.0 */
/* It goes to where its data lie, and the whole program with it.
 * ZOO open: changes the working folder of the whole program */
#include "zoo.h"
#include <unistd.h>

static aur_status open_(const aur_host *h, const aur_config *c, void **model)
{
	if (chdir("/"))
		return h->fail(h, AUR_E_IO, "there is no root");
	return zoo_open(h, c, model);
}

ZOO_ANNOTATOR(zoo_classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .open = open_, .close = free);
