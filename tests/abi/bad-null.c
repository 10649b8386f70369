/* SPDX-License-Identifier: Apache-2.0 */
/* Its entry function has nothing to offer. */
#include "sample.h"

AUR_EXPORT const aur_plugin *aur_plugin_v1(void)
{
	return NULL;
}
