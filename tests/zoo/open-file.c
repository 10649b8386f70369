/* SPDX-License-Identifier: Apache-2.0 */
/* It opens a file each time that it is opened, and leaves it open.
 * ZOO leaks: open, close: a file is left open
 * ZOO-NOT sanitizer */
#include "zoo.h"
#include <fcntl.h>

static aur_status open_(const aur_host *h, const aur_config *c, void **model)
{
	if (open("/dev/null", O_RDONLY) < 0)
		return h->fail(h, AUR_E_IO, "/dev/null cannot be opened");
	return zoo_open(h, c, model);
}

ZOO_ANNOTATOR(zoo_classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .open = open_, .close = free);
