/* SPDX-License-Identifier: Apache-2.0 */
/* reader-transcript: recordings that were transcribed.  Subtitles (WebVTT, SubRip) of Whisper, Zoom or Teams, and texts whose lines
 * say who speaks, with a time or by a known label.  What somebody says until another one speaks is a contribution; the speaker
 * becomes a number in `locuteur`, the time of its start `temps`, the name of the file `session`.  The turns of whoever asks the
 * questions are left out, and the person is told. */
#include <stdlib.h>
#include "transcript.h"

enum { LOOK = 4 << 20 }; /* bytes of a file that the first look covers */

/* ---- is it ours? ------------------------------------------------------------------------------------------------ */

static int32_t tr_probe(aur_str head, const char *file_name)
{
	(void)file_name;
	rd_buf text = {0};
	bool whole;
	speakers s = {0};
	if (!head.len || !rd_head(head, &text, &whole))
		return 0;
	size_t at = 0;
	while (at < text.len && (unsigned char)text.ptr[at] <= ' ')
		at++;
	bool stars =
	    text.len - at >= 4 && memcmp(text.ptr + at, "****", 4) == 0; /* IRaMuTeQ's, whatever its texts contain */
	int32_t sure = at < text.len && text.ptr[at] != '<' && !stars && speakers_look(&s, text.ptr, text.len)
	                   ? speakers_sure(&s)
	                   : 0;
	speakers_free(&s);
	rd_buf_free(&text);
	return sure;
}

/* ---- settings ---------------------------------------------------------------------------------------------------- */

static aur_status tr_open(const aur_host *h, const aur_config *c, void **model)
{
	tr_conf *m = calloc(1, sizeof *m);
	if (!m)
		return rd_nomem(h);
	m->encoding = h->conf_str(h, c, "encoding", NULL);
	const char *who = h->conf_str(h, c, "speaker", "file"), *marks = h->conf_str(h, c, "marks", "drop"), *v;
	rd_interviewers_read(&m->asked, h, c);
	m->who = strcmp(who, "label") == 0                           ? WHO_LABEL
	         : strcmp(who, "no") == 0 || strcmp(who, "non") == 0 ? WHO_NO
	                                                             : WHO_FILE;
	m->session = m->date = true;
	for (uint32_t i = 0; (v = h->conf_nth(h, c, "field", i)); i++) {
		m->session &= strcmp(v, "session") != 0;
		m->date &= strcmp(v, "date") != 0;
		m->who = strcmp(v, "locuteur") == 0 ? WHO_NO : m->who;
	}
	m->marks = strcmp(marks, "keep") != 0;
	const char *wrong = m->who == WHO_FILE && strcmp(who, "file") != 0
	                        ? _("speaker: say file (numbers in each file), label (as they are written) or no")
	                    : m->marks && strcmp(marks, "drop") != 0 ? _("marks: say drop or keep")
	                                                             : NULL;
	if (wrong) {
		free(m);
		return rd_fail(h, AUR_E_CONFIG, "%s", wrong);
	}
	*model = m;
	return AUR_OK;
}

static void tr_close(void *model)
{
	free(model);
}

/* ---- one file -------------------------------------------------------------------------------------------------------- */

static void tr_end(void *model, void *state)
{
	(void)model;
	tr_state *s = state;
	rd_lines_close(&s->lines);
	speakers_free(&s->speakers);
	for (uint32_t i = 0; i < s->ready_count; i++)
		rd_buf_free(&s->ready[i].text);
	free(s->ready);
	rd_buf_free(&s->now.text);
	rd_buf_free(&s->file);
	rd_buf_free(&s->session);
	rd_buf_free(&s->held);
	rd_buf_free(&s->last);
	rd_buf_free(&s->above);
	free(s);
}

/* From « ateliers/atelier-1.vtt », « atelier-1 » for the session, and « ateliers/atelier-1 » as the prefix of the speakers'
 * numbers, as two folders may have a file of the same name. */
static bool tr_names(tr_state *s, const char *path)
{
	const char *base = strrchr(path, '/'), *up;
	base = base ? base + 1 : path;
	up = base;
	if (up > path + 1) {
		up--;
		while (up > path && up[-1] != '/')
			up--;
		if (*up == '.')
			up = base;
	}
	const char *dot = strrchr(base, '.');
	size_t n = dot && dot > base ? (size_t)(dot - base) : strlen(base);
	bool ok = rd_file_name(&s->session, base, n) && rd_file_name(&s->file, up, (size_t)(base - up) + n);
	if (!s->conf->session || strcmp(path, "stdin") == 0)
		s->session.len = 0;
	return ok;
}

/* The date in the name of a file, as recorders put it there: « atelier 22-04-2025 », « GMT20250422-120312_Recording ». */
static void tr_date(tr_state *s, aur_str name)
{
	for (size_t i = 0; i < name.len && s->conf->date; i++)
		for (size_t n = 10; n >= 8 && !(i && name.ptr[i - 1] >= '0' && name.ptr[i - 1] <= '9'); n -= 2) {
			if (i + n > name.len || (i + n < name.len && name.ptr[i + n] >= '0' && name.ptr[i + n] <= '9'))
				continue;
			char iso[48];
			size_t len = rd_date_iso(name.ptr + i, n, RD_DATE_DMY, iso);
			if (n == 10 && rd_date_plain(name.ptr + i, n)) {
				memcpy(iso, name.ptr + i, n);
				len = n;
			}
			if (len == 10 && memcmp(iso, "20", 2) == 0) {
				memcpy(s->date, iso, len);
				s->date[len] = 0;
				return;
			}
		}
}

static aur_status tr_start(tr_state *s, aur_record_sink *o)
{
	rd_input *in = &s->lines.in;
	const aur_host *h = in->host;
	aur_status st = AUR_OK;
	while (!in->eof && in->end - in->begin < LOOK && st == AUR_OK)
		if ((st = rd_input_more(in)) < 0)
			return st;
	if (!tr_names(s, h->source_name(h, in->src)) ||
	    !speakers_look(&s->speakers, in->buf + in->begin, in->end - in->begin))
		return rd_nomem(h);
	if (!s->speakers.captions && !s->speakers.named && !s->speakers.times)
		return h->fail_at(h, AUR_E_DATA, h->source_name(h, in->src), 0, 0,
		                  _("no line says who speaks (« Marie : … ») or when ([00:01:12]): this is "
		                    "not a transcript; --reader text reads it by its paragraphs"));
	char said[RD_SAID];
	rd_note(h, o,
	        s->speakers.named && !s->speakers.single
	            ? _("%s; a transcript: each turn of a speaker is one contribution; times and speakers "
	                "are moved out of the texts, into the fields « temps » and « locuteur »")
	        : s->conf->who == WHO_NO
	            ? _("%s; a transcript without speakers: each contribution runs to the end of a sentence, and "
	                "the questions that were asked are among them; times are moved out of the texts, into the "
	                "field « temps »")
	            : _("%s; a transcript without speakers: each contribution runs to the end of a sentence, the "
	                "questions that were asked are among them, and all count as one person; times are moved "
	                "out of the texts, into the field « temps »"),
	        rd_said_encoding(&in->dec.enc, said));
	if (s->session.len)
		rd_note(h, o,
		        _("its session is « %.*s », from the file name, unless --field session=NAME gives another"),
		        (int)s->session.len, s->session.ptr);
	tr_date(s, rd_str(s->file.ptr, s->file.len));
	if (s->date[0]) {
		rd_note(h, o, _("its date is %s, from the file name, unless --field date=DATE gives another"), s->date);
		s->date_field = h->field(h, o, rd_strz("date"));
	}
	s->session_field = h->field(h, o, rd_strz("session"));
	s->speaker_field = h->field(h, o, rd_strz("locuteur"));
	s->time_field = h->field(h, o, rd_strz("temps"));
	return AUR_OK;
}

static aur_status tr_begin(const aur_host *h, void *model, aur_source *src, aur_record_sink *o, void **state)
{
	tr_state *s = calloc(1, sizeof *s);
	if (!s)
		return rd_nomem(h);
	s->conf = model;
	aur_status st = rd_lines_open(&s->lines, h, src, s->conf->encoding);
	if (st < 0) {
		free(s);
		return st;
	}
	if ((st = tr_start(s, o)) < 0) {
		tr_end(model, s);
		return st;
	}
	*state = s;
	return AUR_OK;
}

static aur_status tr_next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	(void)model;
	tr_state *s = state;
	for (;;) {
		aur_status st = turn_give(s, o);
		if (st != AUR_END)
			return st;
		if (s->ended) {
			turn_tell(s, o);
			return AUR_END;
		}
		aur_str line = {NULL, 0};
		bool ok;
		if ((st = rd_lines_next(&s->lines, &line)) < 0)
			return st;
		if (st == AUR_END) {
			s->ended = true;
			ok = (!s->speakers.captions || cue_end(s)) && turn_end(s);
		} else if (st == AUR_REFUSED) { /* the end of a line that is too long */
			ok = turn_add(s, s->who, rd_str(line.ptr, 0), false, s->lines.line, false, 0);
			s->now.too_long = true;
		} else {
			ok = s->speakers.captions ? cue_line(s, line)
			                          : turn_line(s, line, rd_str(line.ptr, s->lines.last));
		}
		if (!ok)
			return rd_nomem(h);
	}
}

/* ---- the component --------------------------------------------------------------------------------------------------- */

static const aur_reader_ops tr_ops = {
    .size = sizeof(aur_reader_ops),
    .extensions = "vtt srt sbv txt",
    .probe = tr_probe,
    .begin = tr_begin,
    .next = tr_next,
    .end = tr_end,
};

static const aur_component tr_component = {
    .size = sizeof(aur_component),
    .kind = AUR_READER,
    .id = "reader-transcript",
    .version = "1.0.0",
    .summary = N_("transcripts of recordings: subtitles (WebVTT, SubRip), and texts whose lines say who speaks"),
    .open = tr_open,
    .close = tr_close,
    .ops = &tr_ops,
};

EXPORT_PLUGIN("reader-transcript", &tr_component);
