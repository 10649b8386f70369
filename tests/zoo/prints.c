/* SPDX-License-Identifier: Apache-2.0 */
/* It talks on standard output.
 * ZOO silent: it printed: bonjour */
#include "zoo.h"
#include <stdio.h>

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	puts("bonjour");
	return zoo_annotate(h, model, worker, v, o);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
