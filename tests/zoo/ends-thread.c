/* SPDX-License-Identifier: Apache-2.0 */
/* It ends the thread that called it.
 * ZOO output: annotate ends the program, or the thread that called it
 * ZOO-NOT sanitizer */
#include "zoo.h"
#include <pthread.h>

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)h, (void)model, (void)worker, (void)v, (void)o;
	pthread_exit(NULL);
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
