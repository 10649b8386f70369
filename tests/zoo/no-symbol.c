/* SPDX-License-Identifier: Apache-2.0 */
/* It is a shared object and no plugin.
 * ZOO load: it exports no aur_plugin_v1 */
#include <auricule/plugin.h>

AUR_EXPORT int zoo_nothing(void);
int zoo_nothing(void)
{
	return 0;
}
