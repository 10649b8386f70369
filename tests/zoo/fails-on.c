/* SPDX-License-Identifier: Apache-2.0 */
/* It says why it fails, and forgets to.
 * ZOO output: next calls host->fail and goes on */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	aur_status st = zoo_next(h, model, state, o);
	if (st == AUR_OK)
		h->fail(h, AUR_E_DATA, "the file was cut off");
	return st;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
