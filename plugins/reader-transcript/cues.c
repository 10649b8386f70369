/* SPDX-License-Identifier: Apache-2.0 */
/* Subtitles: WebVTT, SubRip, captions of YouTube.  What surrounds a cue (its number, its times, notes, styles) is skipped. */
#include <ctype.h>
#include "transcript.h"

/* Length of a dash, « - Oui. », which means that somebody else speaks, in subtitles without names; 0: none. */
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

/* Adds the words of a cue; a tag, a label or the line before says whose they are. */
static bool cue_words(tr_state *s, aur_str words, aur_str voice)
{
	aur_str label, rest;
	speakers *all = &s->speakers;
	if (voice.ptr) {
		uint32_t who = speakers_called(all, voice);
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
	/* rolling captions repeat the last line of the cue above */
	bool rolls = s->speakers.rolls >= 2 && s->speakers.rolls * 4 >= s->speakers.cues;
	rd_buf plain = {0};
	aur_str voice;
	for (size_t at = 0, part = 0; ok && (at < line.len || !part); part++) {
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

/* A line was held back as it might be the number of a cue: adds it if it turned out to be text. */
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
		s->held_any = false; /* it was the number of this cue */
		if (s->started && !cue_end(s))
			return false;
		/* two seconds of silence end a turn */
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
