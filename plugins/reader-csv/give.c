/* SPDX-License-Identifier: Apache-2.0 */
/* What is given of a row: its texts, its id and its fields; and who speaks. */
#include <ctype.h>
#include <stdio.h>
#include "csv.h"

/* What survey tools write where nobody answered.  « Sans réponse » would be counted as a complaint about having no answer. */
static bool text_is_filler(aur_str t)
{
	static const char *const said[] = {"sans-reponse", "non-reponse", "non-renseigne", "no-answer", NULL};
	char name[RD_NAME_MAX];
	t = rd_trim(t);
	if (t.len < 2 || t.len > 24 || !strchr("sSnN#", t.ptr[0]))
		return false;
	for (const char *const *w = (const char *const[]){"N/A", "n/a", "#N/A", "NA", "NULL", NULL}; *w; w++)
		if (t.len == strlen(*w) && memcmp(t.ptr, *w, t.len) == 0)
			return true;
	rd_name_fold(t.ptr, t.len, name);
	for (const char *const *w = said; *w; w++)
		if (strcmp(name, *w) == 0)
			return true;
	return false;
}

static bool text_is_html(aur_str t)
{
	static const char *const marks[] = {"</", "<br", "<p>", "<div", "<span", "&nbsp;"};
	if (!memchr(t.ptr, '<', t.len) && !memchr(t.ptr, '&', t.len))
		return false;
	for (size_t i = 0; i + 3 <= t.len; i++)
		for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
			if (t.ptr[i] == *marks[k] && t.len - i >= strlen(marks[k]) &&
			    memcmp(t.ptr + i, marks[k], strlen(marks[k])) == 0)
				return true;
	return false;
}

/* Is it just a number, or « Total » with or without one: a grade, or the last row of a spreadsheet? */
static bool text_is_total(aur_str t)
{
	static const char *const total[] = {"Total général", "TOTAL GÉNÉRAL", "Total general", "TOTAL GENERAL", "Sous-total", "SOUS-TOTAL", "Total", "TOTAL", "total"};
	bool digit = false;
	for (size_t k = 0; k < sizeof total / sizeof *total && !digit; k++) {
		size_t n = strlen(total[k]);
		if (t.len >= n && memcmp(t.ptr, total[k], n) == 0) {
			t = rd_str(t.ptr + n, t.len - n);
			digit = true;
		}
	}
	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.ptr[i];
		if (c >= 0x80 || isalpha(c))
			return false;
		digit |= c >= '0' && c <= '9';
	}
	return digit;
}

/* « idem », or a mark that stands for the cell above, as people write on paper.  Nobody's words, and no name of a session. */
static void note_ditto(csv_state *s, aur_str t)
{
	static const char *const said[] = {"idem", "Idem", "IDEM", "id.", "Id.", "ibid.", "Ibid.", "ibidem", "\"", "''", "//", "〃", "«", "»", NULL};
	if (t.len > 6 || !strchr("iI\"'/\xE3\xC2", t.ptr[0]))
		return;
	for (const char *const *w = said; *w; w++)
		if (t.len == strlen(*w) && memcmp(t.ptr, *w, t.len) == 0 && !s->dittos++)
			s->ditto_line = s->line;
}

/* The prefix of made-up speakers: the name of the file, and a hash of its first record, which is the current one, as two files may
 * have the same name.  Not the folder: the same file must give the same speakers wherever it is, and through a pipe. */
static bool speakers_begin(csv_state *s)
{
	const char *name = s->in.host->source_name(s->in.host, s->in.src), *slash = strrchr(name, '/');
	char mark[16];
	uint32_t x = 2166136261u;
	name = slash ? slash + 1 : name;
	for (uint32_t i = 0; i < s->d.columns; i++)
		for (uint32_t k = s->r.f[i].start; k <= s->r.f[i].end; k++) /* including the separator */
			x = (x ^ (k < s->r.f[i].end ? (unsigned char)s->in.buf[s->in.begin + k] : 0)) * 16777619u;
	int n = snprintf(mark, sizeof mark, "-%05x", (unsigned)(x & 0xfffffu));
	return rd_buf_add(&s->file, name, rd_utf8_valid(name, strlen(name))) && rd_buf_add(&s->file, mark, (size_t)n);
}

bool csv_row_speaker(csv_state *s, const char *prefix)
{
	aur_str id = {NULL, 0};
	s->speaker.len = 0;
	if (s->rows++ == 0 && !speakers_begin(s))
		return false;
	if (s->id >= 0 && !csv_value(s, &s->r.f[s->id], &id))
		return false;
	id = rd_trim(id);
	if (id.len)
		return rd_buf_add(&s->speaker, prefix, strlen(prefix)) && rd_buf_add(&s->speaker, id.ptr, id.len);
	char number[16];
	int n = snprintf(number, sizeof number, ":%u", s->rows);
	return rd_buf_add(&s->speaker, s->file.ptr, s->file.len) && rd_buf_add(&s->speaker, number, (size_t)n);
}

/* The value of a field of the current record.  False: no memory. */
static bool row_value(csv_state *s, csv_field *f, aur_str *out)
{
	if (f->flags || s->bad_utf8)
		return csv_value(s, f, out);
	*out = rd_str(s->in.buf + s->in.begin + f->start, f->end - f->start);
	return true;
}

/* Puts the id of the record; with several texts in it, each gets one of its own, by its column. */
static aur_status row_id(csv_state *s, aur_record_sink *o, uint32_t column)
{
	const aur_host *h = s->in.host;
	aur_str v;
	if (s->id < 0)
		return AUR_OK;
	if (!csv_value(s, &s->r.f[s->id], &v))
		return rd_nomem(h);
	bool repaired = v.ptr == s->scratch.ptr;
	v = rd_trim(v);
	if (v.len && s->text_count > 1) {
		char tail[16];
		size_t n = (size_t)snprintf(tail, sizeof tail, "-c%u", column + 1);
		if (repaired)
			memmove(s->scratch.ptr, v.ptr, v.len);
		s->scratch.len = repaired ? v.len : 0;
		if ((!repaired && !rd_buf_add(&s->scratch, v.ptr, v.len)) || !rd_buf_add(&s->scratch, tail, n))
			return rd_nomem(h);
		v = rd_str(s->scratch.ptr, s->scratch.len);
	}
	if (v.len)
		h->put_id(h, o, v);
	return AUR_OK;
}

static aur_status row_fields(csv_state *s, aur_record_sink *o)
{
	const aur_host *h = s->in.host;
	bool housed = false;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		const csv_column *c = &s->cols[i];
		csv_field *f = &s->r.f[i];
		uint32_t field;
		aur_str v;
		if (f->start == f->end)
			continue;
		switch (c->role) {
		case RD_FIELD:
			field = c->field;
			break;
		case RD_SESSION:
			field = s->session_field;
			break;
		case RD_DATE:
			field = s->date_field;
			break;
		default:
			continue;
		}
		if (!row_value(s, f, &v))
			return rd_nomem(h);
		v = rd_trim(v); /* spaces at its ends would make two values of one */
		if (!v.len)
			continue;
		if (s->line != s->ditto_row) /* a row with several texts gives its other cells several times */
			note_ditto(s, v);
		housed |= c->role == RD_SESSION;
		char iso[48];
		if (c->role == RD_DATE)
			v = rd_date(&s->dates, v, s->line, iso);
		h->put_field(h, o, field, v);
	}
	s->ditto_row = s->line;
	s->housed |= housed;
	if (s->housed && !housed && !s->homeless++)
		s->homeless_line = s->line;
	return AUR_OK;
}

aur_status csv_row_give(csv_state *s, aur_record_sink *o)
{
	const aur_host *h = s->in.host;
	while (s->text_next < s->text_count) {
		uint32_t column = s->texts[s->text_next++];
		aur_str text;
		if (!row_value(s, &s->r.f[column], &text))
			return rd_nomem(h);
		if (rd_blank(text.ptr, text.len))
			continue;
		if (text_is_filler(text)) {
			s->fillers++;
			continue;
		}
		note_ditto(s, rd_trim(text));
		s->marked_up += text_is_html(text);
		if (text_is_total(rd_trim(text)) && !s->wordless++)
			s->wordless_line = s->line;
		h->put_text(h, o, text);
		h->put_where(h, o, s->line);
		aur_status st = row_id(s, o, column);
		if (st >= 0)
			st = row_fields(s, o);
		if (st >= 0 && s->asks) {
			const csv_column *c = &s->cols[column];
			h->put_field(h, o, s->question_field, rd_strz(c->question ? c->question : *c->title ? c->title : c->name));
		}
		if (st >= 0 && s->speaks)
			h->put_field(h, o, s->speaker_field, rd_str(s->speaker.ptr, s->speaker.len));
		return st;
	}
	return AUR_END;
}
