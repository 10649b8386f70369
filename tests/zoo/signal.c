/* SPDX-License-Identifier: Apache-2.0 */
/* It will not be stopped.
 * ZOO open: changes how the whole program handles signals */
#include "zoo.h"
#include <signal.h>

static aur_status open_(const aur_host *h, const aur_config *c, void **model)
{
	signal(SIGINT, SIG_IGN);
	return zoo_open(h, c, model);
}

ZOO_ANNOTATOR(zoo_classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .open = open_, .close = free);
