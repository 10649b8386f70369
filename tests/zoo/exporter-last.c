/* SPDX-License-Identifier: Apache-2.0 */
/* It does not look whether its last bytes were written.
 * ZOO io: none of begin, item and finish reported it */
#include "zoo.h"

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	(void)model;
	return h->write(h, o, (aur_str){"zoo\n", 4});
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	(void)model;
	return h->write(h, o, v->text);
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	begin(h, model, o);
	return AUR_OK;
}

static const aur_exporter_ops ops = {sizeof ops, "zoo", begin, item, finish};
ZOO_PLUGIN(AUR_EXPORTER);
