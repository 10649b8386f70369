/* SPDX-License-Identifier: Apache-2.0 */
/* Who speaks, and when, as transcripts write it in front of the words: « Marie : oui », « [SPEAKER_00]: oui », « 00:01:12 ». */
#include <ctype.h>
#include "rd.h"

/* Length of the space at p, which may be a no-break one; 0 if there is none. */
static size_t label_space(const char *p, size_t n)
{
	if (n && (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n'))
		return 1;
	if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
		return 2;
	return n >= 3 && memcmp(p, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

aur_str rd_label_trim(aur_str s)
{
	for (size_t n; (n = label_space(s.ptr, s.len));) {
		s.ptr += n;
		s.len -= n;
	}
	for (bool more = true; more;) {
		more = false;
		for (size_t n = 1; n <= 3 && n <= s.len && !more; n++)
			if (label_space(s.ptr + s.len - n, n) == n) {
				s.len -= n;
				more = true;
			}
	}
	return s;
}

static bool label_digits(const char *p, size_t n, size_t *at, size_t least, size_t most, uint32_t *value)
{
	size_t from = *at;
	*value = 0;
	while (*at < n && *at - from < most && p[*at] >= '0' && p[*at] <= '9')
		*value = *value * 10 + (uint32_t)(p[(*at)++] - '0');
	return *at - from >= least;
}

size_t rd_time(const char *p, size_t n, uint32_t *ms)
{
	uint32_t part[4] = {0}, parts = 1, rest = 0;
	size_t at = 0;
	if (!label_digits(p, n, &at, 1, 3, &part[0]))
		return 0;
	while (parts < 4 && at + 2 < n && p[at] == ':') {
		size_t next = at + 1;
		if (!label_digits(p, n, &next, 2, 2, &part[parts]))
			break;
		at = next;
		parts++;
	}
	if (parts < 2 || part[1] > 59 || (parts > 2 && part[2] > 59))
		return 0;
	if (at + 1 < n && p[at] && strchr(".,-", p[at]) && isdigit((unsigned char)p[at + 1])) {
		size_t from = ++at;
		label_digits(p, n, &at, 1, 3, &rest);
		for (size_t k = at - from; k < 3; k++)
			rest *= 10;
	}
	if (at < n && (isalnum((unsigned char)p[at]) || p[at] == ':' || p[at] == '_' || (unsigned char)p[at] >= 0xC3))
		return 0;
	*ms = (parts == 2 ? part[0] * 60 + part[1] : part[0] * 3600 + part[1] * 60 + part[2]) * 1000 + rest;
	return at;
}

/* « +33600000000 »: somebody who joined by telephone. */
static bool label_telephone(aur_str s)
{
	unsigned digits = 0;
	for (size_t i = 0; i < s.len; i++) {
		digits += isdigit((unsigned char)s.ptr[i]) != 0;
		if (!isdigit((unsigned char)s.ptr[i]) && (!s.ptr[i] || !strchr("+*. ", s.ptr[i])))
			return false;
	}
	return digits >= 6;
}

bool rd_label_shape(aur_str s)
{
	unsigned words = 1, word = 0, letters = 0;
	if (label_telephone(s))
		return s.len <= 60;
	if (!s.len || s.len > 60 || rd_utf8_valid(s.ptr, s.len) < s.len)
		return false;
	for (size_t i = 0; i < s.len;) {
		unsigned char c = (unsigned char)s.ptr[i];
		unsigned step = rd_utf8_step((const unsigned char *)s.ptr + i, (const unsigned char *)s.ptr + s.len);
		uint32_t u = rd_utf8_decode((const unsigned char *)s.ptr + i, step);
		size_t space = label_space(s.ptr + i, s.len - i);
		bool letter = isalpha(c) || (u >= 0xC0 && u < 0x2000);
		if (space) {
			if (c == '\t' || c == '\n' || (word && ++words > 5))
				return false;
			word = 0;
			i += space;
			continue;
		}
		if (i == 0 && !letter)
			return false;
		/* « Enq. », « M. Dupont »: a dot after a short word abbreviates it, and does not end a sentence */
		if ((c == '.' && word > 4) || (c < 0x80 && !isalnum(c) && (!c || !strchr(".'-_()&+", c))) ||
		    u == 0xAB || u == 0xBB || (u >= 0x2010 && u < 0x2C00 && u != 0x2019 && u != 0x2011))
			return false;
		letters += letter;
		word++;
		i += step;
	}
	return letters > 0;
}

bool rd_label(aur_str line, aur_str *label, aur_str *rest)
{
	aur_str s = rd_label_trim(line);
	size_t n = 0;
	size_t dash = s.len > 2 && s.ptr[0] == '-'                                              ? 1
	              : s.len > 4 && (memcmp(s.ptr, "–", 3) == 0 || memcmp(s.ptr, "—", 3) == 0) ? 3
	                                                                                        : 0;
	if (dash && label_space(s.ptr + dash, s.len - dash)) /* Word makes a bulleted list of a dialogue */
		s = rd_label_trim(rd_str(s.ptr + dash, s.len - dash));
	if (!s.len)
		return false;
	while (n < 2 && n < s.len && s.ptr[n] == '*') /* in bold */
		n++;
	s = rd_str(s.ptr + n, s.len - n);
	if (s.len && s.ptr[0] == '[') {
		const char *close = memchr(s.ptr, ']', s.len < 64 ? s.len : 64);
		if (!close)
			return false;
		*label = rd_label_trim(rd_str(s.ptr + 1, (size_t)(close - s.ptr) - 1));
		s = rd_label_trim(rd_str(close + 1, s.len - (size_t)(close - s.ptr) - 1));
		if (!s.len || s.ptr[0] != ':')
			return false;
	} else {
		const char *colon = memchr(s.ptr, ':', s.len < 72 ? s.len : 72);
		if (!colon)
			return false;
		*label = rd_label_trim(rd_str(s.ptr, (size_t)(colon - s.ptr)));
		s = rd_str(colon, s.len - (size_t)(colon - s.ptr));
	}
	while (n && label->len && label->ptr[label->len - 1] == '*')
		label->len--;
	*label = rd_label_trim(*label);
	s = rd_str(s.ptr + 1, s.len - 1);
	while (n && s.len && s.ptr[0] == '*')
		s = rd_str(s.ptr + 1, s.len - 1);
	if (s.len && !label_space(s.ptr, s.len))
		return false; /* « https://… », « 12:30 » */
	*rest = rd_label_trim(s);
	return rd_label_shape(*label);
}
