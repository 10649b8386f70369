/* SPDX-License-Identifier: Apache-2.0 */
/* Strings with a length, as plugins use them. */
#ifndef AUR_BASE_STR_H
#define AUR_BASE_STR_H
#include <string.h>
#include "auricule/plugin.h"
#include "base/mem.h"

static inline aur_str aur_str_of(const char *s)
{
	return (aur_str){s, strlen(s)};
}

/* A copy in an arena, with a NUL after it. */
static inline aur_str aur_str_keep(aur_arena *a, aur_str s)
{
	return (aur_str){aur_arena_dup(a, s.ptr, s.len), s.len};
}

/* Order by bytes: below, equal to or above 0, like memcmp. */
static inline int aur_str_order(aur_str a, aur_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : (a.len > b.len) - (a.len < b.len);
}

/* The same, but numbers in them by their value: « v2-9 » before « v2-10 ». */
static inline int aur_str_natural(aur_str a, aur_str b)
{
	size_t i = 0, j = 0;
	while (i < a.len && j < b.len) {
		size_t from[2] = {i, j};
		while (i < a.len && a.ptr[i] >= '0' && a.ptr[i] <= '9')
			i++;
		while (j < b.len && b.ptr[j] >= '0' && b.ptr[j] <= '9')
			j++;
		if (i == from[0] || j == from[1]) { /* at most one of them is at a number */
			i = from[0];
			j = from[1];
			if (a.ptr[i] != b.ptr[j])
				return (unsigned char)a.ptr[i] < (unsigned char)b.ptr[j] ? -1 : 1;
			i++;
			j++;
			continue;
		}
		while (from[0] < i && a.ptr[from[0]] == '0')
			from[0]++;
		while (from[1] < j && b.ptr[from[1]] == '0')
			from[1]++;
		size_t n = i - from[0], m = j - from[1];
		int c = n != m ? (n < m ? -1 : 1) : memcmp(a.ptr + from[0], b.ptr + from[1], n);
		if (c)
			return c;
	}
	return i < a.len ? 1 : j < b.len ? -1 : aur_str_order(a, b);
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
