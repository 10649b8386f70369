/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include "rd.h"

static bool digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* May it stand in a name as it is?  Beyond ASCII only the letters of Western Europe, on which all versions of XML agree. */
static bool plain(uint32_t c, bool first)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0xC0 && c <= 0x131 && c != 0xD7 && c != 0xF7))
		return true;
	return !first && (digit(c) || c == '-' || c == '.');
}

/* The length of an escape at p, 7 or 11 bytes, or 0. */
static size_t escape(const char *p, size_t n)
{
	for (size_t digits = 4; digits <= 8; digits += 4)
		if (n >= digits + 3 && p[0] == '_' && p[1] == 'x' && p[digits + 2] == '_' && strspn(p + 2, "0123456789ABCDEFabcdef") == digits)
			return digits + 3;
	return 0;
}

bool rd_xml_name_encode(rd_buf *out, aur_str s)
{
	bool ok = true;
	for (size_t i = 0; i < s.len && ok;) {
		const unsigned char *p = (const unsigned char *)s.ptr + i;
		unsigned step = rd_utf8_step(p, (const unsigned char *)s.ptr + s.len);
		uint32_t c = step ? rd_utf8_decode(p, step) : *p;
		char b[16];
		/* « _x » could be taken for an escape when it is read again */
		if (plain(c, i == 0) && !(c == '_' && i + 1 < s.len && s.ptr[i + 1] == 'x'))
			ok = rd_buf_add(out, p, step);
		else
			ok = rd_buf_add(out, b, (size_t)snprintf(b, sizeof b, c > 0xFFFF ? "_x%08X_" : "_x%04X_", (unsigned)c));
		i += step ? step : 1;
	}
	return ok;
}

size_t rd_xml_name_decode(char *s, size_t n)
{
	size_t to = 0;
	for (size_t i = 0; i < n;) {
		size_t k = escape(s + i, n - i);
		char b[4];
		unsigned long c = k ? strtoul(s + i + 2, NULL, 16) : 0;
		if (!c || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
			s[to++] = s[i++];
			continue;
		}
		unsigned w = rd_utf8_encode((uint32_t)c, b);
		memcpy(s + to, b, w);
		to += w;
		i += k;
	}
	return to;
}
