/* SPDX-License-Identifier: Apache-2.0 */
/* It takes a disk that fails for the end of the file.
 * ZOO io: next returns AUR_END as if that were its end */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	aur_status st = zoo_next(h, model, state, o);
	return st == AUR_E_IO ? AUR_END : st;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
