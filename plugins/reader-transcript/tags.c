/* SPDX-License-Identifier: Apache-2.0 */
/* A line of subtitles: its words without tags and entities, and who says them, if a tag says so. */
#include <ctype.h>
#include "transcript.h"

/* Length of a tag at p: <v Marie>, </c>, <i>, <00:00:01.000>, {\an8}; 0 if it is just a character. */
static size_t cue_tag(const char *p, const char *end)
{
	char close = *p == '<' ? '>' : '}';
	if (end - p < 3 || !(*p == '<' ? isalnum((unsigned char)p[1]) || p[1] == '/' : p[1] == '\\'))
		return 0;
	const char *stop = memchr(p, close, (size_t)(end - p < 256 ? end - p : 256));
	return stop ? (size_t)(stop - p) + 1 : 0;
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
