/* SPDX-License-Identifier: Apache-2.0 */
/* It sets the locale of the whole program.
 * ZOO open: changes the locale of the whole program */
#include "zoo.h"
#include <locale.h>

static aur_status open_(const aur_host *h, const aur_config *c, void **model)
{
	setlocale(LC_ALL, "C");
	return zoo_open(h, c, model);
}

ZOO_ANNOTATOR(zoo_classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .open = open_, .close = free);
