/* SPDX-License-Identifier: Apache-2.0 */
/* Subtitles: WebVTT, SubRip, captions of YouTube.  What is around a cue (its number, its times, notes, styles) says
 * nothing. */
#include <ctype.h>
#include "transcript.h"

/* Length of a tag at p: <v Marie>, </c>, <i>, <00:00:01.000>, {\an8}; 0 where it is but a sign. */
static size_t cue_tag(const char *p, const char *end)
{
	char close = *p == '<' ? '>' : '}';
	if (end - p < 3 || !(*p == '<' ? isalnum((unsigned char)p[1]) || p[1] == '/' : p[1] == '\\'))
		return 0;
	const char *stop = memchr(p, close, (size_t)(end - p < 256 ? end - p : 256));
	return stop ? (size_t)(stop - p) + 1 : 0;
}

/* <v.loud Marie>: who; false where it is another tag. */
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

static bool cue_digits(aur_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!isdigit((unsigned char)s.ptr[i]))
			return false;
	return s.len > 0;
}

/* « - Oui. »: somebody else, in subtitles that name nobody. */
static size_t cue_dash(aur_str s)
{
	size_t n = s.len > 3 && (memcmp(s.ptr, "–", 3) == 0 || memcmp(s.ptr, "—", 3) == 0) ? 3
	           : s.len > 1 && s.ptr[0] == '-'                                          ? 1
	                                                                                   : 0;
	if (!n && s.len > 2 && memcmp(s.ptr, ">>", 2) == 0)
		n = 2;
	return n && n < s.len &&
	               (s.ptr[n] == ' ' || isalpha((unsigned char)s.ptr[n]) || (unsigned char)s.ptr[n] >= 0xC2)
	           ? n
	           : 0;
}

/* Words of a cue, of whom their tag, their label or the line before says. */
static bool cue_words(tr_state *s, aur_str words, aur_str voice)
{
	aur_str label, rest;
	speakers *all = &s->speakers;
	if (voice.ptr) {
		uint32_t who = speakers_find(all, voice, true);
		s->who = who != UINT32_MAX ? who : NOBODY;
	} else if (all->named && !all->tags && rd_label(words, &label, &rest)) {
		head_line h = {.kind = HEAD_COLON, .label = label};
		uint32_t who = speakers_head(all, &h);
		if (who != UINT32_MAX) {
			s->who = who;
			words = rest;
		}
	}
	words = rd_label_trim(words);
	size_t dash = all->named ? 0 : cue_dash(words);
	if (dash) {
		if (!turn_end(s))
			return false;
		words = rd_label_trim(rd_str(words.ptr + dash, words.len - dash));
	}
	return !words.len || turn_add(s, s->who, words, true, s->lines.line, true, s->cue_from);
}

static bool cue_text(tr_state *s, aur_str line)
{
	bool ok = true;
	/* captions that roll on show the last line of the cue above once more */
	bool rolls = s->speakers.rolls >= 2 && s->speakers.rolls * 4 >= s->speakers.cues;
	rd_buf plain = {0};
	aur_str voice;
	for (size_t at = 0, part = 0; ok && (at < line.len || !part) && part < 64; part++) {
		plain.len = 0;
		ok = cue_plain(&plain, line, &at, &voice);
		aur_str words = rd_label_trim(rd_str(plain.ptr, plain.len));
		if (!ok || (!words.len && !voice.ptr))
			continue;
		if (!part) {
			bool again = rolls && !s->cue_lines && words.len && words.len == s->above.len &&
			             memcmp(words.ptr, s->above.ptr, words.len) == 0;
			s->last.len = 0;
			s->cue_lines++;
			ok = rd_buf_add(&s->last, words.ptr, words.len);
			if (again) {
				s->rolled++;
				break;
			}
		}
		ok = ok && cue_words(s, words, voice);
	}
	rd_buf_free(&plain);
	return ok;
}

/* Was the line that was held a word and no number of a cue? */
static bool cue_held(tr_state *s)
{
	bool text = s->held_any && s->started && (s->in_cue || !cue_digits(rd_str(s->held.ptr, s->held.len)));
	s->held_any = false;
	return !text || cue_text(s, rd_str(s->held.ptr, s->held.len));
}

bool cue_end(tr_state *s)
{
	if (!cue_held(s))
		return false;
	rd_buf t = s->above;
	s->above = s->last;
	s->last = t;
	s->last.len = 0;
	return (s->speakers.named && !s->speakers.single) || !s->started || turn_sentence(s);
}

bool cue_line(tr_state *s, aur_str line)
{
	uint32_t from, to;
	aur_str words = rd_label_trim(line);
	if (head_cue(line, &from, &to)) {
		s->held_any = false; /* it was the number of this one */
		if (s->started && !cue_end(s))
			return false;
		/* a silence of two seconds */
		if (!s->speakers.named && s->started && from > s->last_end + 2000 && !turn_end(s))
			return false;
		if (s->speakers.tags || !s->started)
			s->who = NOBODY;
		s->started = s->in_cue = true;
		s->in_note = false;
		s->cue_from = from;
		s->last_end = to;
		s->cue_lines = 0;
		return true;
	}
	if (s->held_any && !cue_held(s))
		return false;
	if (!line.len) {
		s->in_cue = s->in_note = false;
	} else if (s->in_cue && !cue_digits(words)) {
		return !words.len || cue_text(s, line);
	} else if (!s->in_note) {
		s->in_note =
		    !s->in_cue &&
		    ((words.len >= 4 && memcmp(words.ptr, "NOTE", 4) == 0 && (words.len == 4 || words.ptr[4] == ' ')) ||
		     (words.len == 5 && memcmp(words.ptr, "STYLE", 5) == 0) ||
		     (words.len == 6 && memcmp(words.ptr, "REGION", 6) == 0));
		if (s->in_note || !words.len)
			return true;
		s->held.len = 0;
		s->held_any = true;
		return rd_buf_add(&s->held, words.ptr, words.len);
	}
	return true;
}
