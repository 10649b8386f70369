/* SPDX-License-Identifier: Apache-2.0 */
/* Strings with a length, as plugins use them. */
#ifndef AUR_BASE_STR_H
#define AUR_BASE_STR_H
#include <string.h>
#include "auricule/plugin.h"

static inline aur_str aur_str_of(const char *s)
{
	return (aur_str){s, strlen(s)};
}

/* Order by bytes: below, equal to or above 0, like memcmp. */
static inline int aur_str_order(aur_str a, aur_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : (a.len > b.len) - (a.len < b.len);
}

/* How many bytes of v, and at most `most`, are a date: 10 for a day, 7 for a month, 4 for a year; 0: v is not a date.  A time may
 * follow a day. */
static inline size_t aur_date_len(aur_str v, size_t most)
{
	static const char shape[] = "0000-00-00";
	size_t i = 0;
	while (i < v.len && i < 10 && (shape[i] == '-' ? v.ptr[i] == '-' : v.ptr[i] >= '0' && v.ptr[i] <= '9'))
		i++;
	if (i == v.len ? i != 4 && i != 7 && i != 10 : i != 10 || (v.ptr[10] != ' ' && v.ptr[10] != 'T'))
		return 0;
	return i < most ? i : most;
}
#endif
