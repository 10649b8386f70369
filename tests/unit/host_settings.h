/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of a component under test: aur_config is an array of "key=value" strings itself, up to a NULL. */
#ifndef HOST_SETTINGS_H
#define HOST_SETTINGS_H
#include <auricule/plugin.h>
#include <stdlib.h>
#include <string.h>

static const char *host_conf_nth(const aur_host *h, const aur_config *c, const char *key, uint32_t n)
{
	const char *const *s = (const char *const *)(const void *)c;
	size_t len = strlen(key);
	(void)h;
	for (; s && *s; s++)
		if (!strncmp(*s, key, len) && (*s)[len] == '=' && n-- == 0)
			return *s + len + 1;
	return NULL;
}

static const char *host_conf_str(const aur_host *h, const aur_config *c, const char *key, const char *dflt)
{
	const char *v = host_conf_nth(h, c, key, 0);
	return v ? v : dflt;
}

static int64_t host_conf_int(const aur_host *h, const aur_config *c, const char *key, int64_t dflt)
{
	const char *v = host_conf_nth(h, c, key, 0);
	return v ? strtoll(v, NULL, 10) : dflt;
}
#endif
