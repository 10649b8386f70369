/* SPDX-License-Identifier: Apache-2.0 */
/* A line of subtitles: its words without tags and entities, and who says them, if a tag says so. */
#include <ctype.h>
#include <strings.h>
#include "transcript.h"

/* Is it a tag of subtitles, or of the HTML that players take in them?  « moins de <3 ans » and « <rires> » are words. */
static bool cue_tag_name(const char *p, const char *stop)
{
	static const char *const known[] = {"c", "v", "i", "b", "u", "s", "lang", "ruby", "rt", "font", "em", "strong", "span", "br"};
	uint32_t ms;
	if (isdigit((unsigned char)*p))
		return rd_time(p, (size_t)(stop - p), &ms) == (size_t)(stop - p);
	p += *p == '/';
	size_t n = 0;
	while (p + n < stop && isalpha((unsigned char)p[n]))
		n++;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i]) == n && strncasecmp(known[i], p, n) == 0)
			return p + n == stop || strchr(" \t./", p[n]);
	return false;
}

/* Length of a tag at p: <v Marie>, </c>, <i>, <00:00:01.000>, {\an8}; 0 if it is just a character. */
static size_t cue_tag(const char *p, const char *end)
{
	char close = *p == '<' ? '>' : '}';
	const char *stop = end - p < 3 ? NULL : memchr(p, close, (size_t)(end - p < 256 ? end - p : 256));
	return stop && (*p == '<' ? cue_tag_name(p + 1, stop) : p[1] == '\\') ? (size_t)(stop - p) + 1 : 0;
}

/* Takes who speaks from <v.loud Marie>; false if it is another tag. */
static bool cue_voice(const char *p, size_t n, aur_str *who)
{
	if (n < 4 || p[1] != 'v' || (p[2] != ' ' && p[2] != '.' && p[2] != '\t'))
		return false;
	size_t at = 2;
	while (at < n && p[at] != ' ' && p[at] != '\t')
		at++;
	*who = at < n ? rd_label_trim(rd_str(p + at, n - at - 1)) : rd_str(p, 0);
	return true;
}

bool cue_plain(rd_buf *out, aur_str line, size_t *at, aur_str *voice)
{
	static const struct {
		const char *name, *is;
	} entity[] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"}, {"&nbsp;", "\xC2\xA0"},
	              {"&quot;", "\""}, {"&#39;", "'"}, {"&lrm;", ""}, {"&rlm;", ""}};
	const char *p = line.ptr + *at, *end = line.ptr + line.len;
	*voice = rd_str(NULL, 0);
	for (bool first = true; p < end; first = false) {
		size_t n = *p == '<' || *p == '{' ? cue_tag(p, end) : 0;
		aur_str who;
		bool ok = true;
		if (n && cue_voice(p, n, &who)) {
			if (!first)
				break;
			*voice = who;
		} else if (!n && *p == '&') {
			for (size_t i = 0; i < sizeof entity / sizeof *entity && !n; i++)
				if ((size_t)(end - p) >= strlen(entity[i].name) &&
				    memcmp(p, entity[i].name, strlen(entity[i].name)) == 0) {
					n = strlen(entity[i].name);
					ok = rd_buf_add(out, entity[i].is, strlen(entity[i].is));
				}
		}
		if (!n) {
			ok = rd_buf_add(out, p, 1);
			n = 1;
		}
		if (!ok)
			return false;
		p += n;
	}
	*at = (size_t)(p - line.ptr);
	return true;
}

bool cue_digits(aur_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}
