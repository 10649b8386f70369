/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that say who speaks, and when. */
#include <ctype.h>
#include "transcript.h"

static aur_str head_skip(aur_str s, size_t n)
{
	return rd_label_trim(rd_str(s.ptr + n, s.len - n));
}

static bool head_begins(aur_str s, const char *what)
{
	size_t n = strlen(what);
	return s.len >= n && memcmp(s.ptr, what, n) == 0;
}

/* Length of a sign that joins two times, or a time and a name; 0: none. */
static size_t head_dash(aur_str s)
{
	return head_begins(s, "-->")                                               ? 3
	       : head_begins(s, "–") || head_begins(s, "—") || head_begins(s, "→") ? 3
	       : head_begins(s, "-")                                               ? 1
	                                                                           : 0;
}

/* Takes a time, or two, off the start of *s; with or without brackets of any kind. */
static bool head_time(aur_str *s, head_line *h)
{
	static const char open[] = "[(<{#", close[] = "])>}#";
	const char *kind = s->len ? strchr(open, s->ptr[0]) : NULL;
	aur_str t = *s;
	if (kind && *kind)
		t = head_skip(t, 1);
	else
		kind = NULL;
	const char *from = t.ptr;
	size_t n = rd_time(t.ptr, t.len, &h->from), first = n;
	if (!n)
		return false;
	t = head_skip(t, n);
	size_t dash = head_dash(t);
	if (dash) {
		aur_str second = head_skip(t, dash);
		if ((n = rd_time(second.ptr, second.len, &h->to))) {
			h->bracket = true; /* nobody writes two times in a sentence */
			t = head_skip(second, n);
		}
	}
	if (kind) {
		if (!t.len || t.ptr[0] != close[kind - open])
			return false;
		t = head_skip(t, 1);
		h->bracket = true;
	}
	for (size_t i = 0, colons = 0; i < first; i++)
		h->full |= (colons += from[i] == ':') == 2;
	*s = t;
	return h->timed = true;
}

/* « From Marie : oui », « De Marie à Tout le monde : oui », as in a chat. */
static bool head_chat(aur_str s, aur_str *label, aur_str *rest)
{
	static const char *const from[] = {"From ", "De "}, *const to[] = {" to ", " à ", " To "};
	size_t i = head_begins(s, from[0]) ? 0 : 1, at = 0;
	const char *colon = memchr(s.ptr, ':', s.len < 120 ? s.len : 120);
	if (!head_begins(s, from[i]) || !colon)
		return false;
	aur_str who = rd_str(s.ptr + strlen(from[i]),
	                     (size_t)(colon - s.ptr) > strlen(from[i]) ? (size_t)(colon - s.ptr) - strlen(from[i]) : 0);
	for (bool met = false; at < who.len && !met; at += !met)
		for (size_t k = 0; k < 3; k++)
			met |= head_begins(rd_str(who.ptr + at, who.len - at), to[k]);
	*label = rd_label_trim(rd_str(who.ptr, at));
	*rest = rd_label_trim(rd_str(colon + 1, s.len - (size_t)(colon - s.ptr) - 1));
	return rd_label_shape(*label);
}

/* Handles what comes after a time at the start of a line. */
static void head_behind(aur_str s, head_line *h)
{
	size_t dash = head_dash(s);
	if (s.len && s.ptr[0] == ':')
		s = head_skip(s, 1);
	if (h->bracket || h->full)
		h->words = s;
	h->rest = s;
	h->kind = HEAD_TIME;
	h->alone = !s.len;
	if (!s.len)
		return;
	if (dash && s.len > dash && (s.ptr[dash] == ' ' || s.ptr[dash] == '\t'))
		s = head_skip(s, dash);
	else
		dash = 0;
	aur_str label, rest;
	const char *close = s.ptr[0] == '[' ? memchr(s.ptr, ']', s.len < 64 ? s.len : 64) : NULL;
	h->chat = head_chat(s, &label, &rest);
	if (h->chat || rd_label(s, &label, &rest)) {
		h->kind = HEAD_STRONG;
		h->label = label;
		h->rest = rest;
	} else if (close && rd_label_shape(rd_label_trim(rd_str(s.ptr + 1, (size_t)(close - s.ptr) - 1)))) {
		h->kind = HEAD_WEAK;
		h->label = rd_label_trim(rd_str(s.ptr + 1, (size_t)(close - s.ptr) - 1));
		h->rest = head_skip(s, (size_t)(close - s.ptr) + 1);
		h->alone = !h->rest.len;
	} else if (rd_label_shape(s) && s.ptr[s.len - 1] != '.') {
		h->kind = dash ? HEAD_STRONG : HEAD_WEAK;
		h->label = s;
		h->rest = rd_str(s.ptr + s.len, 0);
		h->alone = true;
	}
}

/* « Marie 0:03 », « Marie (00:00:03) : oui », « [SPEAKER_00] [00:01 --> 00:03]: oui »: a name, then a time. */
static bool head_before(aur_str s, head_line *h)
{
	size_t bold = 0;
	while (bold < 2 && bold < s.len && s.ptr[bold] == '*')
		bold++;
	s = rd_str(s.ptr + bold, s.len - bold);
	bool closed = s.len && s.ptr[0] == '[';
	size_t at = closed ? 1 : 0;
	while (at < s.len && at < 72 && s.ptr[at] != ':' && s.ptr[at] != '\t' && s.ptr[at] != (closed ? ']' : '[')) {
		aur_str tail = rd_str(s.ptr + at, s.len - at), t = tail;
		head_line in = {0};
		if (!closed && at && (isdigit((unsigned char)s.ptr[at]) || s.ptr[at] == '(') &&
		    (s.ptr[at - 1] == ' ' || s.ptr[at] == '(') && head_time(&t, &in))
			break;
		at++;
	}
	aur_str label = rd_label_trim(rd_str(s.ptr + closed, at < s.len ? at - closed : 0));
	while (bold && label.len && label.ptr[label.len - 1] == '*')
		label = rd_label_trim(rd_str(label.ptr, label.len - 1));
	aur_str t = at < s.len ? head_skip(s, at + (closed ? 1 : 0)) : rd_str(s.ptr, 0);
	bool tab = at < s.len && s.ptr[at] == '\t';
	if (closed && !tab && !head_begins(rd_str(s.ptr + at, s.len - at), "]"))
		return false;
	size_t dash = head_dash(t);
	if (dash || head_begins(t, ",") || head_begins(t, "|"))
		t = head_skip(t, dash ? dash : 1);
	/* « Dupont, Marie  0:03 » */
	const char *comma = memchr(label.ptr, ',', label.len);
	aur_str first = comma ? rd_str(label.ptr, (size_t)(comma - label.ptr)) : label,
	        second = comma ? rd_label_trim(rd_str(comma + 1, label.len - first.len - 1)) : label;
	if (!rd_label_shape(first) || !rd_label_shape(second) || !head_time(&t, h))
		return false;
	h->label = label;
	h->alone = !t.len;
	if (comma && !h->alone)
		return false;
	bool colon = t.len && t.ptr[0] == ':';
	h->rest = colon ? head_skip(t, 1) : t;
	h->kind = h->alone || colon ? HEAD_STRONG : HEAD_WEAK;
	return true;
}

/* « Marie<tab>oui »: what Word makes of a table of two columns when it saves it as text. */
static bool head_cell(aur_str s, uint32_t tabs, aur_str *label, aur_str *rest)
{
	const char *tab = tabs == 1 ? memchr(s.ptr, '\t', s.len < 64 ? s.len : 64) : NULL;
	if (!tab)
		return false;
	*label = rd_label_trim(rd_str(s.ptr, (size_t)(tab - s.ptr)));
	*rest = rd_label_trim(rd_str(tab, s.len - (size_t)(tab - s.ptr)));
	return rest->len && rd_label_shape(*label);
}

head_line head_look(aur_str line, bool after_time)
{
	head_line h = {.kind = HEAD_NONE};
	aur_str s = rd_label_trim(line);
	uint32_t tabs = 0;
	h.words = h.rest = s;
	for (size_t i = 0; i < s.len && tabs < 3; i++)
		tabs += s.ptr[i] == '\t';
	if (!s.len || tabs >= 3) /* a row of a table */
		return h;
	if (head_time(&s, &h)) {
		head_behind(s, &h);
		return h;
	}
	h = (head_line){.kind = HEAD_NONE, .words = s, .rest = s};
	if (head_before(s, &h))
		return h;
	h = (head_line){.kind = HEAD_NONE, .words = s, .rest = s};
	aur_str label, rest;
	if (rd_label(s, &label, &rest)) {
		h.kind = HEAD_COLON;
		h.label = label;
		h.rest = rest;
		/* « Marie : [00:00:03] oui » */
		if (rest.len && rest.ptr[0] == '[' && head_time(&rest, &h)) {
			h.rest = rest;
			h.kind = HEAD_STRONG;
		}
	} else if (head_cell(s, tabs, &label, &rest)) {
		h.kind = HEAD_COLON;
		h.cell = true;
		h.label = label;
		h.rest = rest;
	} else if (after_time && rd_label_shape(s)) {
		h.kind = HEAD_WEAK;
		h.label = s;
		h.rest = rd_str(s.ptr + s.len, 0);
		h.alone = true;
	}
	return h;
}

bool head_cue(aur_str line, uint32_t *from, uint32_t *to)
{
	aur_str s = rd_label_trim(line);
	size_t n = rd_time(s.ptr, s.len, from);
	if (!n)
		return false;
	/* 0:00:00.160,0:00:02.710: captions of YouTube; but « 10:00,11:00 » is a row of a table */
	if (n < s.len && s.ptr[n] == ',' && memchr(s.ptr, '.', n)) {
		s = head_skip(s, n + 1);
		n = rd_time(s.ptr, s.len, to);
		return n && n == s.len;
	}
	s = head_skip(s, n);
	if (!head_begins(s, "-->"))
		return false;
	s = head_skip(s, 3);
	return rd_time(s.ptr, s.len, to) > 0;
}
