/* SPDX-License-Identifier: Apache-2.0 */
/* Its text is said to be longer than 4 GiB, by a few bytes.
 * ZOO output: next gives a string of 4294967299 bytes */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	zoo_file *f = state;
	(void)model;
	if (f->done++)
		return AUR_END;
	h->put_text(h, o, (aur_str){"bus", ((size_t)1 << 32) + 3});
	return AUR_OK;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
