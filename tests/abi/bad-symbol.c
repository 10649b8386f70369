/* SPDX-License-Identifier: Apache-2.0 */
/* A shared object that is no plugin: it exports no aur_plugin_v1. */
#include "sample.h"

AUR_EXPORT int aur_sample_of_nothing(void);
AUR_EXPORT int aur_sample_of_nothing(void)
{
	return AUR_ABI_MAJOR;
}
