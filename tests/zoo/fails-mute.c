/* SPDX-License-Identifier: Apache-2.0 */
/* It fails and keeps the reason to itself.
 * ZOO output: fails with status -4 and does not say why */
#include "zoo.h"

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)h, (void)model, (void)worker, (void)v, (void)o;
	return AUR_E_DATA;
}

ZOO_ANNOTATOR(zoo_classify, annotate);
ZOO_PLUGIN(AUR_ANNOTATOR);
