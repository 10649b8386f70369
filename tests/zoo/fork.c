/* SPDX-License-Identifier: Apache-2.0 */
/* Its work is done twice: the child comes back as well.
 * ZOO output: next calls fork() */
#include "zoo.h"
#include <unistd.h>

static aur_status next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	if (fork() < 0)
		return h->fail(h, AUR_E_IO, "no second process can be started");
	return zoo_next(h, model, state, o);
}

ZOO_READER(zoo_begin, next);
ZOO_PLUGIN(AUR_READER);
