/* SPDX-License-Identifier: Apache-2.0 */
/* What is among the words of a transcript but was not said: noises that the transcriber heard, and times. */
#include "transcript.h"

static bool mark_word(const char *w, size_t n)
{
	static const char *const known[] = {
	    "rire", "rires", "riant", "sourire", "sourires", "silence", "silences", "pause", "pauses", "soupir",
	    "soupirs", "soupire", "toux", "tousse", "pleurs", "pleure", "sanglots", "brouhaha", "bruit", "bruits",
	    "inaudible", "inaud", "rit", "musique", "sonnerie", "coupure", "applaudissements", "incomprehensible",
	    "hesitation", "hesitations", "inaudibles", "crosstalk", "laughter", "laughs", "music", "applause", "overlap",
	    "chevauchement", "interruption", "indistinct"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strlen(known[i]) == n && memcmp(known[i], w, n) == 0)
			return true;
	return false;
}

/* Is it what is put in brackets and was not said?  « rires », « long silence », « 15 seconds pause », « 00:01:12 », « .. » */
static bool mark_inner(aur_str s)
{
	uint32_t ms;
	size_t n = rd_time(s.ptr, s.len, &ms), dots = 0;
	if (n) {
		while (n < s.len && strchr(" ->", s.ptr[n]) && s.ptr[n])
			n++;
		return n == s.len || rd_time(s.ptr + n, s.len - n, &ms) == s.len - n;
	}
	while (dots < s.len && s.ptr[dots] == '.')
		dots++;
	if (dots == s.len || (s.len == 3 && memcmp(s.ptr, "…", 3) == 0))
		return true;
	char name[RD_NAME_MAX];
	size_t len = rd_name_fold(s.ptr, s.len, name), words = 1;
	if (!len)
		return false;
	for (size_t i = 0; i < len; i++)
		words += name[i] == '-';
	const char *last = strrchr(name, '-');
	size_t first = strcspn(name, "-");
	last = last ? last + 1 : name;
	/* « (silence) », « (rires dans la salle) »; but « (le silence des bureaux) » was said */
	return words <= 4 && (mark_word(name, first) ||
	                      (mark_word(last, strlen(last)) && (words == 2 || (name[0] >= '0' && name[0] <= '9'))));
}

/* Length of a mark at p, 0 if there is none. */
static size_t mark_at(const char *p, const char *end)
{
	static const char open[] = "([{<#", close[] = ")]}>#";
	size_t left = (size_t)(end - p);
	const char *kind = *p ? strchr(open, *p) : NULL;
	if (*p == '/' && left > 4 && p[1] == '/' && p[2] != '/') { /* //S01: hum//: somebody else speaking at the same time */
		aur_str label, rest;
		for (size_t n = 2; n + 1 < left && n < 200 && p[n] != '\n'; n++)
			if (p[n] == '/' && p[n + 1] == '/')
				return rd_label(rd_str(p + 2, n - 2), &label, &rest) ? n + 2 : 0;
		return 0;
	}
	if (!kind)
		return 0;
	const char *stop = left > 2 ? memchr(p + 1, close[kind - open], left - 1 < 64 ? left - 1 : 64) : NULL;
	return stop && mark_inner(rd_label_trim(rd_str(p + 1, (size_t)(stop - p) - 1))) ? (size_t)(stop - p) + 1 : 0;
}

void marks_take(rd_buf *text, uint32_t *count, char first[64])
{
	size_t to = 0;
	const char *end = text->ptr + text->len;
	for (const char *p = text->ptr; p < end;) {
		size_t n = mark_at(p, end);
		if (!n) {
			text->ptr[to++] = *p++;
			continue;
		}
		if (!(*count)++) {
			size_t k = rd_utf8_valid(p, n < 63 ? n : 63);
			memcpy(first, p, k);
			first[k] = 0;
		}
		p += n;
		/* leave one of the two spaces around it, and none before punctuation */
		if (p < end && to && (*p == '.' || *p == ',') && text->ptr[to - 1] == ' ')
			to--;
		else if (p < end && *p == ' ' && (!to || text->ptr[to - 1] == ' ' || text->ptr[to - 1] == '\n'))
			p++;
	}
	text->len = to;
}
