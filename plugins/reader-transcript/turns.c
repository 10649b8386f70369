/* SPDX-License-Identifier: Apache-2.0 */
/* Turns: what somebody says until another one speaks. */
#include <stdio.h>
#include <stdlib.h>
#include "transcript.h"

/* ---- gathering -------------------------------------------------------------------------------------------------------- */

bool turn_end(tr_state *s)
{
	if (!s->opened)
		return true;
	s->opened = false;
	if (s->conf->marks && s->now.text.len)
		marks_take(&s->now.text, &s->marked, s->mark);
	aur_str t = s->now.text.ptr ? rd_label_trim(rd_str(s->now.text.ptr, s->now.text.len)) : rd_str("", 0);
	if (!t.len && !s->now.too_long) {
		s->now.text.len = 0;
		return true;
	}
	if (s->ready_count == s->ready_cap) {
		uint32_t cap = s->ready_cap ? s->ready_cap * 2 : 8;
		turn *v = realloc(s->ready, cap * sizeof *v);
		if (!v)
			return false;
		s->ready = v;
		s->ready_cap = cap;
	}
	if (t.len)
		memmove(s->now.text.ptr, t.ptr, t.len);
	s->now.text.len = t.len;
	s->ready[s->ready_count++] = s->now;
	s->now = (turn){0};
	return true;
}

bool turn_add(tr_state *s, uint32_t who, aur_str words, bool space, uint32_t line, bool timed, uint32_t from)
{
	if (s->opened && s->now.who != who && !turn_end(s))
		return false;
	if (!s->opened) {
		s->opened = true;
		s->now.who = who;
		s->now.line = line;
		s->now.timed = timed;
		s->now.from = from;
		s->now.too_long = false;
	}
	rd_buf *b = &s->now.text;
	if (b->len + words.len >= RD_MAX_RECORD) {
		s->now.too_long = true;
		b->len = 0;
		return rd_buf_reserve(b, 1);
	}
	return s->now.too_long ||
	       (!(space && b->len && words.len && !rd_buf_add(b, " ", 1)) && rd_buf_add(b, words.ptr, words.len));
}

bool turn_sentence(tr_state *s)
{
	const char *p = s->now.text.ptr;
	size_t n = s->opened ? s->now.text.len : 0;
	bool quote = true;
	while (quote && n) { /* closing quotation marks after the end of a sentence */
		aur_str t = rd_label_trim(rd_str(p, n));
		n = t.len;
		quote = n >= 2 && memcmp(p + n - 2, "»", 2) == 0;
		n -= quote ? 2 : 0;
	}
	bool ends = n && (strchr(".!?", p[n - 1]) || (n >= 3 && memcmp(p + n - 3, "…", 3) == 0));
	return n && (ends || s->now.text.len >= 1000) ? turn_end(s) : true;
}

/* Was this line written by the program that made the transcript? */
static bool turn_machine(aur_str line)
{
	static const char *const first[] = {"Transcribed by ", "Transcribed with ", "Transcrit par ",
	                                    "Transcrit avec "};
	static const char *const last[] = {" a démarré la transcription", " a arrêté la transcription",
	                                   " started transcription", " stopped transcription"};
	for (size_t i = 0; i < 4; i++)
		if ((line.len > strlen(first[i]) && memcmp(line.ptr, first[i], strlen(first[i])) == 0) ||
		    (line.len > strlen(last[i]) &&
		     memcmp(line.ptr + line.len - strlen(last[i]), last[i], strlen(last[i])) == 0))
			return true;
	return false;
}

bool turn_line(tr_state *s, aur_str line, aur_str whole)
{
	speakers *all = &s->speakers;
	head_line h = head_look(line, s->after_time);
	/* beyond what the first look covered, a name with a time is enough */
	uint32_t who = h.kind == HEAD_STRONG && all->named ? speakers_called(all, h.label) : speakers_head(all, &h);
	bool timed = h.timed || s->after_time;
	uint32_t from = h.timed ? h.from : s->cue_from;
	const char *end = whole.ptr + whole.len;
	if (h.kind == HEAD_TIME && h.alone) {
		s->cue_from = h.from;
		s->after_time = true;
		return true;
	}
	s->after_time = s->after_time && rd_blank(line.ptr, line.len);
	if (who != UINT32_MAX) {
		s->started = true;
		s->who = who;
		return turn_add(s, who, rd_str(h.rest.ptr, h.rest.len ? (size_t)(end - h.rest.ptr) : 0), false,
		                s->lines.line, timed, from) &&
		       (!all->single || turn_sentence(s));
	}
	if (!s->opened && rd_blank(line.ptr, line.len))
		return true;
	if (all->named && !s->started) {
		s->before++;
		return true;
	}
	if (turn_machine(rd_label_trim(line))) {
		s->machine++;
		return true;
	}
	if (!s->started) {
		s->started = true;
		s->who = NOBODY;
	}
	aur_str words = h.words.len ? rd_str(h.words.ptr, (size_t)(end - h.words.ptr)) : whole;
	if (all->named)
		return turn_add(s, s->who, words, false, s->lines.line, timed, from) &&
		       (!all->single || turn_sentence(s));
	if (h.timed && from > s->last_end + 2000 && !turn_end(s))
		return false;
	if (h.timed)
		s->last_end = h.to ? h.to : h.from;
	return turn_add(s, s->who, rd_label_trim(words), true, s->lines.line, timed, from) && turn_sentence(s);
}

/* ---- giving to the host ----------------------------------------------------------------------------------------------- */

static bool turn_asks(tr_state *s, uint32_t who)
{
	uint32_t named = rd_interviewers_find(&s->conf->asked, s->speakers.v[who].name);
	if (named != UINT32_MAX)
		return s->asked_met[named] = true;
	return !s->conf->asked.none && speakers_asks(&s->speakers, who);
}

/* The pseudonym of a speaker.  A name is the same person in all files of a corpus, who is counted once; « SPEAKER_00 », «
 * Intervenant 1 », « Rép. » are other people in each file. */
static bool turn_pseudonym(tr_state *s, speaker *x, rd_buf *out)
{
	char number[32];
	out->len = 0;
	if (x->kind == LABEL_OTHER && x->name[0]) {
		rd_pseudonym(x->name, number);
		return rd_buf_add(out, number, strlen(number));
	}
	if (!x->number)
		x->number = ++s->numbers;
	int n = snprintf(number, sizeof number, ":%u", x->number);
	return rd_buf_add(out, s->file.ptr, s->file.len) && rd_buf_add(out, number, (size_t)n);
}

static bool turn_speaker(tr_state *s, aur_record_sink *o, speaker *x)
{
	const aur_host *h = s->lines.in.host;
	if (s->conf->who == WHO_LABEL && x->label[0])
		h->put_field(h, o, s->speaker_field, rd_strz(x->label));
	if (s->conf->who != WHO_FILE)
		return true;
	rd_buf b = {0};
	bool ok = turn_pseudonym(s, x, &b);
	if (ok)
		h->put_field(h, o, s->speaker_field, rd_str(b.ptr, b.len));
	rd_buf_free(&b);
	return ok;
}

aur_status turn_give(tr_state *s, aur_record_sink *o)
{
	const aur_host *h = s->lines.in.host;
	while (s->ready_next < s->ready_count) {
		turn *t = &s->ready[s->ready_next++];
		speaker *x = &s->speakers.v[t->who];
		const char *why = NULL;
		aur_status st = AUR_OK;
		if (turn_asks(s, t->who)) {
			x->left_out++;
			rd_buf_free(&t->text);
			continue;
		}
		if (t->too_long)
			why = _("the text is longer than the 32 MiB that a contribution may have");
		else
			st = rd_text_check(&s->lines.in, o, &t->text, t->line, &s->repaired, &why);
		if (st < 0)
			return st;
		if (why) {
			h->refuse(h, o, t->line, rd_str(NULL, 0), why);
			rd_buf_free(&t->text);
			return AUR_REFUSED;
		}
		char time[32];
		int n = snprintf(time, sizeof time, "%02u:%02u:%02u", t->from / 3600000, t->from / 60000 % 60,
		                 t->from / 1000 % 60);
		h->put_where(h, o, t->line);
		if (s->session.len)
			h->put_field(h, o, s->session_field, rd_str(s->session.ptr, s->session.len));
		if (s->date[0])
			h->put_field(h, o, s->date_field, rd_strz(s->date));
		if (!turn_speaker(s, o, x))
			return rd_nomem(h);
		if (t->timed)
			h->put_field(h, o, s->time_field, rd_str(time, (size_t)n));
		h->put_text(h, o, rd_str(t->text.ptr, t->text.len));
		x->turns++;
		rd_buf_free(&t->text);
		return AUR_OK;
	}
	s->ready_next = s->ready_count = 0;
	return AUR_END;
}

/* ---- telling the person ----------------------------------------------------------------------------------------------- */

static bool tell_one(rd_buf *b, const char *label, uint32_t turns, const rd_buf *as)
{
	char m[512];
	int n = snprintf(m, sizeof m, "%s%s%s%.*s (%u)", b->len ? ", " : "", label, as->len ? " = " : "", (int)as->len,
	                 as->len ? as->ptr : "", turns);
	return b->len > 1200 || rd_buf_add(b, m, n < 0 ? 0 : (size_t)n < sizeof m ? (size_t)n : sizeof m - 1);
}

void turn_tell(tr_state *s, aur_record_sink *o)
{
	const aur_host *h = s->lines.in.host;
	rd_buf left = {0}, kept = {0}, as = {0};
	bool ok = true, asks = false, file = s->conf->who == WHO_FILE;
	for (uint32_t i = 0; i < s->speakers.n && ok; i++) {
		speaker *x = &s->speakers.v[i];
		asks |= x->left_out > 0;
		as.len = 0;
		if (x->left_out)
			ok = tell_one(&left, x->label, x->left_out, &as);
		if (x->turns)
			ok = ok && (!file || turn_pseudonym(s, x, &as)) &&
			     tell_one(&kept, x->label[0] ? x->label : _("(nobody is named)"), x->turns, &as);
	}
	ok = ok && rd_buf_add(&left, "", 1) && rd_buf_add(&kept, "", 1);
	if (ok && left.len > 1)
		rd_note(h, o,
		        _("interviewer turns left out: %s; --set interviewer=NAME adds an interviewer, "
		          "interviewer=none keeps all turns"),
		        left.ptr);
	if (ok && kept.len > 1 && s->speakers.named && file)
		rd_note(h, o,
		        _("speakers, in the field « locuteur », with their number of turns: %s; a name is the same "
		          "person in all files, any other label is another person in each: somebody under such a "
		          "label in two files counts twice"),
		        kept.ptr);
	else if (ok && kept.len > 1 && s->speakers.named)
		rd_note(h, o, _("speakers, with their number of turns: %s"), kept.ptr);
	if (ok && kept.len > 1 && s->speakers.named && !asks && !s->conf->asked.none)
		rd_note(h, o,
		        _("no interviewer was recognised: if one of the speakers asks the questions, --set "
		          "interviewer=NAME leaves those turns out; ingest into a new corpus"));
	rd_interviewers_tell(&s->conf->asked, s->asked_met, h, o);
	if (s->before)
		rd_note(h, o, _("lines before the first speaker, left out: %u"), s->before);
	if (s->machine)
		rd_note(h, o, _("lines of the program that transcribed, left out: %u"), s->machine);
	if (s->marked)
		rd_note(h, o,
		        _("the transcriber's marks, and times, left out of the texts: %u, the first « %s »; --set "
		          "marks=keep leaves them in"),
		        s->marked, s->mark);
	if (s->rolled)
		rd_note(h, o, _("lines repeated from one cue to the next, read once: %u"), s->rolled);
	if (s->repaired > 10)
		rd_note(h, o, _("contributions that held bytes which are not UTF-8, read as Windows-1252: %u"),
		        s->repaired);
	rd_buf_free(&left);
	rd_buf_free(&kept);
	rd_buf_free(&as);
}
