/* SPDX-License-Identifier: Apache-2.0 */
/* It says why it cannot be opened, and opens.
 * ZOO open: open calls host->fail and goes on */
#include "zoo.h"

static aur_status open_(const aur_host *h, const aur_config *c, void **model)
{
	h->fail(h, AUR_E_CONFIG, "its word list is missing");
	return zoo_open(h, c, model);
}

ZOO_ANNOTATOR(zoo_classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .open = open_, .close = free);
