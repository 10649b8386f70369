/* SPDX-License-Identifier: Apache-2.0 */
/* reader-chat: conversations that WhatsApp exports as text.  Each message is a contribution; who wrote it becomes a pseudonym in
 * `locuteur`, the time at which it was written `date`, the name of the file `session`.  What the program itself writes (who joined,
 * pictures, deleted messages) is left out and counted. */
#include <stdio.h>
#include <stdlib.h>
#include "chat.h"

typedef struct chat_conf {
	const char *encoding;
	bool session, date, speaker; /* set by the reader, unless the person sets that field */
	rd_interviewers asked;
} chat_conf;

typedef struct chat_state {
	rd_lines lines;
	const chat_conf *conf;
	rd_buf session, text; /* text: of the current message */
	chat_people people;
	uint32_t who, line; /* of the current message */
	bool open, too_long, started;
	char written[64]; /* its date and time */
	rd_date_order order;
	uint32_t session_field, speaker_field, date_field;
	uint32_t before, notices, repaired;
} chat_state;

/* ---- is it ours? ------------------------------------------------------------------------------------------------ */

static int32_t chat_probe(aur_str head, const char *file_name)
{
	(void)file_name;
	rd_buf text = {0};
	bool whole, first = false, any = false;
	uint32_t messages = 0;
	if (!head.len || !rd_head(head, &text, &whole))
		return 0;
	for (const char *p = text.ptr, *end = p + text.len; p < end;) {
		aur_str line = rd_line_of(&p, end);
		chat_head h;
		if (rd_blank(line.ptr, line.len))
			continue;
		bool is = chat_head_of(line, &h);
		first |= is && !any;
		any = true;
		messages += is && h.name.len;
	}
	rd_buf_free(&text);
	return first && messages ? 90 : 0;
}

/* ---- settings ---------------------------------------------------------------------------------------------------- */

static aur_status chat_open(const aur_host *h, const aur_config *c, void **model)
{
	chat_conf *m = calloc(1, sizeof *m);
	const char *v;
	if (!m)
		return rd_nomem(h);
	m->encoding = h->conf_str(h, c, "encoding", NULL);
	rd_interviewers_read(&m->asked, h, c);
	m->session = m->date = m->speaker = true;
	for (uint32_t i = 0; (v = h->conf_nth(h, c, "field", i)); i++) {
		m->session &= strcmp(v, "session") != 0;
		m->date &= strcmp(v, "date") != 0;
		m->speaker &= strcmp(v, "locuteur") != 0;
	}
	*model = m;
	return AUR_OK;
}

static void chat_close(void *model)
{
	free(model);
}

/* ---- one file ---------------------------------------------------------------------------------------------------- */

static void chat_end(void *model, void *state)
{
	(void)model;
	chat_state *s = state;
	rd_lines_close(&s->lines);
	chat_people_free(&s->people);
	rd_buf_free(&s->session);
	rd_buf_free(&s->text);
	free(s);
}

/* 4/22/25 is American if some number above 12 comes second, as a day; else the day comes first. */
static rd_date_order order_of(const char *p, const char *end)
{
	char iso[48];
	bool day_first = false, month_first = false;
	while (p < end) {
		chat_head h;
		if (!chat_head_of(rd_line_of(&p, end), &h))
			continue;
		bool dmy = rd_date_iso(h.date.ptr, h.date.len, RD_DATE_DMY, iso) > 0;
		bool mdy = rd_date_iso(h.date.ptr, h.date.len, RD_DATE_MDY, iso) > 0;
		day_first |= dmy && !mdy;
		month_first |= mdy && !dmy;
	}
	return month_first && !day_first ? RD_DATE_MDY : RD_DATE_DMY;
}

static aur_status chat_start(chat_state *s, aur_record_sink *o)
{
	rd_input *in = &s->lines.in;
	const aur_host *h = in->host;
	char said[RD_SAID];
	const char *path = h->source_name(h, in->src), *base = strrchr(path, '/');
	base = base ? base + 1 : path;
	const char *dot = strrchr(base, '.');
	if (s->conf->session && strcmp(path, "stdin") != 0 &&
	    !rd_file_name(&s->session, base, dot && dot > base ? (size_t)(dot - base) : strlen(base)))
		return rd_nomem(h);
	s->order = order_of(in->buf + in->begin, in->buf + in->end);
	rd_note(h, o, _("%s; a WhatsApp conversation: each message is one contribution, its sender is in the field « locuteur », its date in « date »"),
	        rd_said_encoding(&in->dec.enc, said));
	if (s->session.len)
		rd_note(h, o,
		        _("its session is « %.*s », from the file name, unless --field session=NAME gives another"),
		        (int)s->session.len, s->session.ptr);
	s->session_field = h->field(h, o, rd_strz("session"));
	s->speaker_field = h->field(h, o, rd_strz("locuteur"));
	s->date_field = h->field(h, o, rd_strz("date"));
	return AUR_OK;
}

static aur_status chat_begin(const aur_host *h, void *model, aur_source *src, aur_record_sink *o, void **state)
{
	chat_state *s = calloc(1, sizeof *s);
	if (!s)
		return rd_nomem(h);
	s->conf = model;
	aur_status st = rd_lines_open(&s->lines, h, src, s->conf->encoding);
	if (st < 0) {
		free(s);
		return st;
	}
	if ((st = chat_start(s, o)) < 0) {
		chat_end(model, s);
		return st;
	}
	*state = s;
	return AUR_OK;
}

/* Adds words to the current message. */
static bool add(chat_state *s, aur_str words)
{
	if (s->text.len + words.len >= RD_MAX_RECORD) {
		s->too_long = true;
		s->text.len = 0;
	}
	return s->too_long || rd_buf_add(&s->text, words.ptr, words.len);
}

/* Begins a message.  `whole`: its first line with its line end. */
static aur_status begin(chat_state *s, const chat_head *h, aur_str whole)
{
	const aur_host *host = s->lines.in.host;
	char iso[48];
	s->open = s->started = true;
	s->too_long = false;
	s->line = s->lines.line;
	s->text.len = 0;
	size_t n = rd_date_iso(h->date.ptr, h->date.len, s->order, iso);
	if (!n && rd_date_plain(h->date.ptr, h->date.len) && h->date.len < sizeof iso)
		memcpy(iso, h->date.ptr, n = h->date.len);
	memcpy(s->written, iso, n);
	if (n)
		s->written[n++] = ' ';
	memcpy(s->written + n, h->time, strlen(h->time) + 1);
	chat_person *x = chat_person_of(&s->people, h->name);
	if (!x && s->people.n == CHAT_PEOPLE)
		return rd_fail_at(host, AUR_E_DATA, host->source_name(host, s->lines.in.src), s->line, 0,
		                  _("more than %u people write: this is not a WhatsApp conversation; --reader text reads it by its paragraphs"), CHAT_PEOPLE);
	if (!x)
		return rd_nomem(host);
	x->asks = x->messages + x->left_out ? x->asks : rd_interviewers_find(&s->conf->asked, x->key) != UINT32_MAX;
	s->who = (uint32_t)(x - s->people.v);
	return add(s, rd_str(h->text.ptr, (size_t)(whole.ptr + whole.len - h->text.ptr))) ? AUR_OK : rd_nomem(host);
}

/* Gives the current message to the host.  AUR_END: there was nothing to give. */
static aur_status give(chat_state *s, aur_record_sink *o)
{
	const aur_host *h = s->lines.in.host;
	chat_person *x = &s->people.v[s->who];
	const char *why = NULL;
	s->open = false;
	aur_str text = s->text.ptr ? chat_text(rd_str(s->text.ptr, s->text.len)) : rd_str("", 0);
	if (!s->too_long && chat_is_no_text(text)) {
		s->notices++;
		return AUR_END;
	}
	if (x->asks) {
		x->left_out++;
		return AUR_END;
	}
	if (s->too_long) {
		why = _("the text is longer than the 32 MiB that a contribution may have");
	} else {
		memmove(s->text.ptr, text.ptr, text.len);
		s->text.len = text.len;
		aur_status st = rd_text_check(&s->lines.in, o, &s->text, s->line, &s->repaired, &why);
		if (st < 0)
			return st;
	}
	if (why) {
		h->refuse(h, o, s->line, rd_str(NULL, 0), why);
		return AUR_REFUSED;
	}
	x->messages++;
	h->put_where(h, o, s->line);
	if (s->session.len)
		h->put_field(h, o, s->session_field, rd_str(s->session.ptr, s->session.len));
	if (s->conf->date)
		h->put_field(h, o, s->date_field, rd_strz(s->written));
	if (s->conf->speaker)
		h->put_field(h, o, s->speaker_field, rd_strz(x->pseudonym));
	h->put_text(h, o, rd_str(s->text.ptr, s->text.len));
	return AUR_OK;
}

/* « Karim = nom-… (3), Lila = nom-… (2) » */
static bool list(const chat_state *s, rd_buf *out, bool left)
{
	for (uint32_t i = 0; i < s->people.n && out->len < 1200; i++) {
		const chat_person *x = &s->people.v[i];
		uint32_t n = left ? x->left_out : x->messages;
		char number[32];
		int k = snprintf(number, sizeof number, " (%u)", n);
		bool as = !left && s->conf->speaker;
		if (n && !((!out->len || rd_buf_add(out, ", ", 2)) && rd_buf_add(out, x->label, strlen(x->label)) &&
		           (!as || (rd_buf_add(out, " = ", 3) && rd_buf_add(out, x->pseudonym, strlen(x->pseudonym)))) &&
		           rd_buf_add(out, number, (size_t)k)))
			return false;
	}
	return rd_buf_add(out, "", 1);
}

static void tell(chat_state *s, aur_record_sink *o)
{
	const aur_host *h = s->lines.in.host;
	rd_buf kept = {0}, left = {0};
	bool ok = list(s, &kept, false) && list(s, &left, true);
	if (ok && kept.len > 1)
		rd_note(h, o, _("senders, with their number of messages: %s; a name is the same person in all files"), kept.ptr);
	if (ok && left.len > 1)
		rd_note(h, o, _("interviewer messages left out: %s"), left.ptr);
	else if (ok && !s->conf->asked.none)
		rd_note(h, o,
		        _("no interviewer was recognised: if one of the senders asks the questions, --set "
		          "interviewer=NAME leaves those messages out; ingest into a new corpus"));
	bool met[RD_INTERVIEWERS] = {false};
	for (uint32_t k = 0; k < s->people.n; k++) {
		uint32_t i = rd_interviewers_find(&s->conf->asked, s->people.v[k].key);
		if (i != UINT32_MAX)
			met[i] = true;
	}
	rd_interviewers_tell(&s->conf->asked, met, h, o);
	if (s->notices)
		rd_note(h, o, _("WhatsApp notices, pictures and deleted messages, left out: %u"), s->notices);
	if (s->before)
		rd_note(h, o, _("lines before the first message, left out: %u"), s->before);
	if (s->repaired > 10)
		rd_note(h, o, _("contributions that held bytes which are not UTF-8, read as Windows-1252: %u"), s->repaired);
	rd_buf_free(&kept);
	rd_buf_free(&left);
}

static aur_status chat_next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	(void)model;
	chat_state *s = state;
	for (;;) {
		aur_str line = {NULL, 0};
		chat_head head;
		aur_status st = rd_lines_next(&s->lines, &line);
		if (st < 0)
			return st;
		bool ended = st == AUR_END, starts = st == AUR_OK && chat_head_of(line, &head);
		if (s->open && (ended || starts)) {
			if (starts)
				rd_lines_back(&s->lines);
			if ((st = give(s, o)) != AUR_END)
				return st;
			continue;
		}
		aur_str whole = rd_str(line.ptr, s->lines.last);
		if (ended) {
			tell(s, o);
			return AUR_END;
		}
		if (st == AUR_REFUSED) { /* the end of a line that is too long */
			s->too_long = true;
			s->before += !s->started;
		} else if (starts && !head.name.len) {
			s->started = true;
			s->notices++;
		} else if (starts) {
			if ((st = begin(s, &head, whole)) < 0)
				return st;
		} else if (!s->open) {
			s->before += !s->started && !rd_blank(line.ptr, line.len); /* otherwise it is a notice of several lines */
		} else if (!add(s, whole)) {
			return rd_nomem(h);
		}
	}
}

/* ---- the component ----------------------------------------------------------------------------------------------- */

static const aur_reader_ops chat_ops = {
    .size = sizeof(aur_reader_ops),
    .extensions = "txt",
    .probe = chat_probe,
    .begin = chat_begin,
    .next = chat_next,
    .end = chat_end,
};

static const aur_component chat_component = {
    .size = sizeof(aur_component),
    .kind = AUR_READER,
    .id = "reader-chat",
    .version = "1.0.0",
    .summary = N_("conversations exported from WhatsApp: one contribution per message"),
    .open = chat_open,
    .close = chat_close,
    .ops = &chat_ops,
};

EXPORT_PLUGIN("reader-chat", &chat_component);
