/* SPDX-License-Identifier: Apache-2.0 */
/* Its text is said to be longer than 4 GiB, by a few bytes; where nothing is, longer than 3.
 * ZOO output: bytes, and a contribution has 1 GiB at most */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	zoo_file *f = state;
	(void)model;
	if (f->done++)
		return AUR_END;
	h->put_text(h, o, (aur_str){"bus", ((size_t)(sizeof(size_t) > 4 ? 4 : 3) << 30) + 3});
	return AUR_OK;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
