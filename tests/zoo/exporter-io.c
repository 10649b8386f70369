/* SPDX-License-Identifier: Apache-2.0 */
/* It does not look whether its bytes were written.
 * ZOO io: none of begin, item and finish reported it */
#include "zoo.h"

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	(void)model;
	h->write(h, o, (aur_str){"zoo\n", 4});
	return AUR_OK;
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	(void)model;
	h->write(h, o, v->text);
	return AUR_OK;
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	return begin(h, model, o);
}

static const aur_exporter_ops ops = {sizeof ops, "zoo", begin, item, finish};
ZOO_PLUGIN(AUR_EXPORTER);
