/* SPDX-License-Identifier: Apache-2.0 */
/* Its file never ends.
 * ZOO output: has put more contributions than the file has bytes */
#include "zoo.h"

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	(void)model, (void)state;
	h->put_text(h, o, (aur_str){"encore", 6});
	return AUR_OK;
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
