/* SPDX-License-Identifier: Apache-2.0 */
/* It believes that read() fills its buffer.
 * ZOO fuzz: when its bytes come in other portions
 * ZOO order: when its bytes come in other portions
 * ZOO-ARGS --seconds 5 */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	zoo_file *f = state;
	char buf[4096];
	int64_t n;
	(void)model;
	if (f->done++)
		return AUR_END;
	n = h->read(h, f->source, buf, sizeof buf);
	if (n < 0)
		return AUR_E_IO;
	for (int64_t i = 0; i < n; i++)
		buf[i] &= 0x7F;
	h->put_text(h, o, (aur_str){buf, (size_t)n});
	return AUR_OK;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
