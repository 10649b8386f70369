/* SPDX-License-Identifier: Apache-2.0 */
/* Sample plugins for the tests of the loader: one component each, against the installed header alone.  They are built
 * again against each header that was released (plugin-1.0.h and so on, frozen), and against one that is still to come
 * (grow.sh), and have to run on today's engine all the same. */
#ifndef SAMPLE_H
#define SAMPLE_H
#ifdef SAMPLE_OF_TOMORROW /* what today's source does not know of is left out, as any old plugin leaves it out */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif
#ifdef SAMPLE_PLUGIN_H
#include SAMPLE_PLUGIN_H
#include SAMPLE_EXT_H
#else
#include <auricule/ext.h>
#include <auricule/plugin.h>
#endif

#define SAMPLE_STR(literal)                                                                                            \
	{                                                                                                              \
		literal, sizeof(literal) - 1                                                                           \
	}

/* The plugin around `component`, said to be of ABI major.minor. */
#define SAMPLE_PLUGIN(id, component, major, minor)                                                                     \
	static const aur_component *const components[] = {&component};                                                 \
	static const aur_plugin plugin = {                                                                             \
		.size = sizeof(aur_plugin),                                                                            \
		.abi_major = major,                                                                                    \
		.abi_minor = minor,                                                                                    \
		.name = id,                                                                                            \
		.vendor = "the tests of auricule",                                                                     \
		.license = "Apache-2.0",                                                                               \
		.component_count = 1,                                                                                  \
		.components = components,                                                                              \
	};                                                                                                             \
	AUR_EXPORT const aur_plugin *aur_plugin_v1(void)                                                               \
	{                                                                                                              \
		return &plugin;                                                                                        \
	}                                                                                                              \
	_Static_assert(sizeof(id) > 1, "a plugin has a name")

/* A layer that hands back the form: the component of those samples whose fault lies elsewhere. */
static inline aur_status sample_same(const aur_host *h, void *model, void *worker, const aur_str *in, uint32_t n,
				     aur_str *out)
{
	(void)h;
	(void)model;
	(void)worker;
	for (uint32_t i = 0; i < n; i++)
		out[i] = in[i];
	return AUR_OK;
}
#endif
