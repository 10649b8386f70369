/* SPDX-License-Identifier: Apache-2.0 */
/* Strings with their length, as plugins hand them over. */
#ifndef AUR_BASE_STR_H
#define AUR_BASE_STR_H
#include <string.h>
#include "auricule/plugin.h"

/* Order by bytes. */
static inline int aur_str_order(aur_str a, aur_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : (a.len > b.len) - (a.len < b.len);
}
#endif
