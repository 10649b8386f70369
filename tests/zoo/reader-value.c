/* SPDX-License-Identifier: Apache-2.0 */
/* The value of a field is half a character.
 * ZOO output: next gives a string that is not UTF-8: put_field */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	zoo_file *f = state;
	if (!f->done)
		h->put_field(h, o, f->field, (aur_str){"\xC3", 1});
	return zoo_next(h, model, state, o);
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
