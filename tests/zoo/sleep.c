/* SPDX-License-Identifier: Apache-2.0 */
/* It waits for what never comes.
 * ZOO output: annotate did not return after 12 s, as it was waiting
 * ZOO-ARGS --limit 2 */
#include "zoo.h"
#include <unistd.h>

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)h, (void)model, (void)worker, (void)v, (void)o;
	volatile int for_ever = 1;
	while (for_ever)
		pause();
	return AUR_OK;
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
