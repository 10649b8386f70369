/* SPDX-License-Identifier: Apache-2.0 */
/* It ends the program.
 * ZOO output: annotate ends the program with exit( */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)h, (void)model, (void)worker, (void)v, (void)o;
	exit(3);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
