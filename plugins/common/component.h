/* SPDX-License-Identifier: Apache-2.0 */
/* component.h - what every first-party plugin needs: its messages in the language of the user, and the one function that it exports. */
#ifndef AURICULE_COMMON_COMPONENT_H
#define AURICULE_COMMON_COMPONENT_H
#include <libintl.h>
#include "auricule/plugin.h"

#define _(s) dgettext("auricule", s)
#define N_(s) s

/* Exports these components as the plugin of that name. */
#define EXPORT_PLUGIN(called, ...)                                          \
	const aur_plugin *aur_plugin_v1(void)                               \
	{                                                                   \
		static const aur_component *const them[] = {__VA_ARGS__};   \
		static const aur_plugin plugin = {                          \
		    .size = sizeof plugin,                                  \
		    .abi_major = AUR_ABI_MAJOR,                             \
		    .abi_minor = 0,                                         \
		    .name = (called),                                       \
		    .vendor = "auricule",                                   \
		    .license = "Apache-2.0",                                \
		    .component_count = sizeof them / sizeof *them,          \
		    .components = them,                                     \
		};                                                          \
		return &plugin;                                             \
	}                                                                   \
	const aur_plugin *aur_plugin_v1(void) /* takes the semicolon */
#endif
