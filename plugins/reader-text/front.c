/* SPDX-License-Identifier: Apache-2.0 */
/* The front matter of a Markdown file, between two lines « --- »: keys and values about the file.  Nobody said these words; the
 * simple values become fields of all contributions.  If a line in it looks like anything else, it is text. */
#include "text.h"

static aur_str front_line(const char **p, const char *end)
{
	const char *from = *p, *stop = memchr(from, '\n', (size_t)(end - from));
	*p = stop ? stop + 1 : end;
	aur_str s = rd_str(from, (size_t)((stop ? stop : end) - from));
	while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ')
		s.len--;
	return s;
}

static bool front_is(aur_str s, const char *mark)
{
	return s.len == strlen(mark) && memcmp(s.ptr, mark, s.len) == 0;
}

/* Length of the key in "key: value" or "key:"; 0 if there is none. */
static size_t front_key(aur_str s)
{
	size_t n = 0;
	while (n < s.len && n < 64 && s.ptr[n] != ':' && !strchr("-#\"'[]{}|>.!?,;<", s.ptr[n]))
		n++;
	bool key = n && n < s.len && s.ptr[n] == ':' && s.ptr[0] != ' ' && (n + 1 == s.len || s.ptr[n + 1] == ' ');
	uint32_t words = 1;
	for (size_t i = 0; i < n; i++)
		words += s.ptr[i] == ' ';
	return key && words <= 3 ? n : 0;
}

/* A value without quotation marks or brackets around it. */
static aur_str front_value(aur_str v)
{
	v = rd_trim(v);
	if (v.len >= 2 &&
	    ((v.ptr[0] == '"' && v.ptr[v.len - 1] == '"') || (v.ptr[0] == '\'' && v.ptr[v.len - 1] == '\'') ||
	     (v.ptr[0] == '[' && v.ptr[v.len - 1] == ']')))
		v = rd_trim(rd_str(v.ptr + 1, v.len - 2));
	return v;
}

bool front_take(const char *p, size_t n, uint32_t *lines, front_pair *pair, uint32_t *pairs)
{
	const char *end = p + n;
	uint32_t keys = 0;
	*lines = 1;
	*pairs = 0;
	if (!front_is(front_line(&p, end), "---"))
		return false;
	while (p < end && *lines < FRONT_LINES) {
		aur_str s = front_line(&p, end);
		++*lines;
		if (front_is(s, "---") || front_is(s, "..."))
			return keys > 0;
		size_t k = front_key(s);
		if (k) {
			keys++;
			pair[(*pairs)++] =
			    (front_pair){rd_str(s.ptr, k), front_value(rd_str(s.ptr + k + 1, s.len - k - 1)), *lines, false};
			aur_str v = pair[*pairs - 1].value;
			pair[*pairs - 1].whole = v.len && v.len <= 1000 && !strchr("|>&*!{", v.ptr[0]) &&
			                         rd_utf8_valid(v.ptr, v.len) == v.len && !memchr(v.ptr, 0, v.len);
		} else if (s.len && s.ptr[0] != '#') {
			/* continues the value before it: a list, a text of several lines */
			if (!keys || (s.ptr[0] != ' ' && s.ptr[0] != '\t' && s.ptr[0] != '-'))
				return false;
			pair[*pairs - 1].whole = false;
		}
	}
	return false;
}
