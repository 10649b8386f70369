/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <string.h>
#include "base/bytes.h"
#include "base/utf8.h"

size_t aur_utf8_valid(const char *str, size_t n)
{
	const unsigned char *s = (const unsigned char *)str;
	size_t i = 0;
	while (i < n) {
		if (n - i >= 8) {
			uint64_t high = aur_get64(s + i) & 0x8080808080808080ull;
			if (!high) {
				i += 8;
				continue;
			}
			i += (unsigned)__builtin_ctzll(high) / 8; /* to the first byte that is not ASCII: accents are few */
		}
		unsigned c = s[i];
		if (c < 0x80) {
			i++;
		} else if (c >= 0xC2 && c <= 0xDF) {
			if (n - i < 2 || (s[i + 1] & 0xC0) != 0x80)
				return i;
			i += 2;
		} else if (c >= 0xE0 && c <= 0xEF) {
			if (n - i < 3 || (s[i + 1] & 0xC0) != 0x80 || (s[i + 2] & 0xC0) != 0x80)
				return i;
			if ((c == 0xE0 && s[i + 1] < 0xA0) || (c == 0xED && s[i + 1] > 0x9F))
				return i;
			i += 3;
		} else if (c >= 0xF0 && c <= 0xF4) {
			if (n - i < 4 || (s[i + 1] & 0xC0) != 0x80 || (s[i + 2] & 0xC0) != 0x80 || (s[i + 3] & 0xC0) != 0x80)
				return i;
			if ((c == 0xF0 && s[i + 1] < 0x90) || (c == 0xF4 && s[i + 1] > 0x8F))
				return i;
			i += 4;
		} else {
			return i;
		}
	}
	return n;
}

void aur_utf8_mend(char *s)
{
	size_t n = strlen(s), to = 0;
	for (size_t i = 0; i < n;) {
		size_t good = aur_utf8_valid(s + i, n - i);
		memmove(s + to, s + i, good);
		to += good;
		i += good < n - i ? good + 1 : good;
	}
	s[to] = 0;
}

size_t aur_utf8_count(const char *s, size_t n)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		k += ((unsigned char)s[i] & 0xC0) != 0x80;
	return k;
}

uint32_t aur_utf8_next(const char *str, size_t n, size_t *i)
{
	const unsigned char *s = (const unsigned char *)str + *i;
	size_t left = n - *i;
	if (s[0] < 0x80 || left < 2) {
		*i += 1;
		return s[0];
	}
	if (s[0] < 0xE0) {
		*i += 2;
		return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
	}
	if (s[0] < 0xF0 && left >= 3) {
		*i += 3;
		return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
	}
	if (left >= 4) {
		*i += 4;
		return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 |
		       (s[3] & 0x3F);
	}
	*i += 1;
	return 0xFFFD;
}
