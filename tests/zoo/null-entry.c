/* SPDX-License-Identifier: Apache-2.0 */
/* Its entry function has nothing to offer.
 * ZOO load: its aur_plugin_v1 returned nothing */
#include <auricule/plugin.h>
#include <stddef.h>

AUR_EXPORT const aur_plugin *aur_plugin_v1(void)
{
	return NULL;
}
