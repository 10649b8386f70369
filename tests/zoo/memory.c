/* SPDX-License-Identifier: Apache-2.0 */
/* It takes all the memory that there is.
 * ZOO output: annotate takes more than 256 MiB of memory
 * ZOO-ARGS --memory 256M
 * ZOO-NOT sanitizer */
#include "zoo.h"

static char *volatile more;

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	do {
		*(volatile char *)(more = malloc(1 << 20)) = 1; /* and does not look whether it got some */
	} while (more);
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
