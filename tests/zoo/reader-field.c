/* SPDX-License-Identifier: Apache-2.0 */
/* It puts a value into a field that it never named.
 * ZOO output: puts a value into field 1, and host->field gave 1 */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	h->put_field(h, o, 1, (aur_str){"zoo", 3});
	return zoo_next(h, model, state, o);
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
