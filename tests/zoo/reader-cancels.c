/* SPDX-License-Identifier: Apache-2.0 */
/* It stops as if it had been asked to.
 * ZOO output: next says that it was asked to stop */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	zoo_file *f = state;
	(void)h, (void)model, (void)o;
	return f->done++ ? AUR_END : AUR_E_CANCELLED;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
