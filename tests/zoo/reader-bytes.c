/* SPDX-License-Identifier: Apache-2.0 */
/* It hands on the bytes of the file, whatever they are.
 * ZOO output: next gives a string that is not UTF-8: put_text */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	zoo_file *f = state;
	char buf[4096];
	int64_t n = f->done ? 0 : zoo_fill(h, f->source, buf, sizeof buf);
	(void)model;
	if (n < 0)
		return AUR_E_IO;
	if (f->done)
		return AUR_END;
	f->done = 1;
	h->put_text(h, o, (aur_str){buf, (size_t)n});
	return AUR_OK;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
