/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a table: the next one that is whole.  Rows that repeat the header or hold nothing are passed over, bad ones are
 * refused; behind a quotation mark that is not closed, reading goes on where a row begins again. */
#include "csv.h"

/* Skips a byte-order mark at the start of the window, where files were concatenated.  False: it may go on after the window. */
static bool row_unmark(rd_input *in)
{
	static const char mark[] = "\xEF\xBB\xBF";
	const size_t len = sizeof mark - 1, n = in->end - in->begin;
	const char *p = in->buf + in->begin;
	if (!n || *p != mark[0] || memcmp(p, mark, n < len ? n : len) != 0)
		return true;
	in->begin += n < len ? 0 : len;
	return n >= len || in->eof;
}

/* Scans the record at the start of the window, reading more as needed.  AUR_REFUSED: it is too long. */
static aur_status row_scan(csv_state *s, const csv_dialect *d, csv_found *out)
{
	for (;;) {
		*out = CSV_MORE;
		if (row_unmark(&s->in))
			*out = csv_scan(d, s->in.buf + s->in.begin, s->in.end - s->in.begin, s->in.eof, &s->r);
		if (*out != CSV_MORE)
			return AUR_OK;
		aur_status st = rd_input_more(&s->in);
		if (st < 0 || st == AUR_REFUSED)
			return st;
	}
}

/* Skips one physical line, however long. */
static aur_status row_step(csv_state *s)
{
	for (;;) {
		size_t n = s->in.end - s->in.begin, len = csv_line(&s->d, s->in.buf + s->in.begin, n, s->in.eof);
		if (len || (s->in.eof && !n)) {
			s->in.begin += len;
			s->line += len > 0;
			return AUR_OK;
		}
		s->in.begin = s->in.end;
		aur_status st = rd_input_more(&s->in);
		if (st < 0)
			return st;
	}
}

/* A quote opened in the record at `line` is never properly closed: refuses it, and goes on at the next line that begins a complete
 * record. */
static aur_status row_resume(csv_state *s, aur_record_sink *o, uint32_t line)
{
	const aur_host *h = s->in.host;
	aur_status st = row_step(s);
	while (st >= 0) {
		csv_found f;
		st = row_scan(s, &s->d, &f);
		if (st < 0)
			return st;
		if (st == AUR_OK && (f == CSV_END || (f == CSV_RECORD && csv_whole(s))))
			break;
		st = row_step(s);
	}
	if (st < 0)
		return st;
	if (s->line - line <= 1)
		rd_refuse(
		    h, o, line, rd_str(NULL, 0),
		    _("a quotation mark is not closed where its column ends; inside a quoted text, write it twice"));
	else
		rd_refuse(h, o, line, rd_str(NULL, 0),
		          _("a quotation mark is not closed where its column ends; inside a quoted text, write it "
		            "twice (lines %u "
		            "to %u are left out)"),
		          line, s->line - 1);
	return AUR_REFUSED;
}

/* The current record has several lines and a wrong number of fields.  Does the line after its first begin a complete record, at
 * least if quotes are ignored?  Then a stray quote joined the two. */
static bool row_glued(csv_state *s)
{
	const char *p = s->in.buf + s->in.begin;
	size_t n = s->in.end - s->in.begin, first = csv_line(&s->d, p, n, s->in.eof), keep = s->r.len;
	csv_dialect literal = s->d;
	literal.quotes = false;
	bool glued = first && first < keep &&
	             ((csv_scan(&s->d, p + first, n - first, s->in.eof, &s->r) == CSV_RECORD && csv_whole(s)) ||
	              (csv_scan(&literal, p + first, n - first, s->in.eof, &s->r) == CSV_RECORD && csv_whole(s)));
	csv_scan(&s->d, p, n, s->in.eof, &s->r);
	return glued;
}

void csv_row_over(csv_state *s)
{
	s->in.begin += s->r.len;
	s->line += s->r.lines;
	s->held = false;
}

static bool row_empty(const csv_record *r)
{
	for (uint32_t i = 0; i < r->n && i < CSV_MAX_COLUMNS; i++)
		if (r->f[i].start < r->f[i].end)
			return false;
	return true;
}

/* Are all fields after the last named column empty, if there are more fields than columns?  These are the trailing separators of a
 * spreadsheet.  If one is not empty, a separator within a text has shifted it there. */
static bool row_trailing(const csv_record *r, uint32_t columns, uint32_t named)
{
	if (r->n <= columns || r->n > CSV_MAX_COLUMNS)
		return false;
	for (uint32_t i = named; i < r->n; i++)
		if (r->f[i].start < r->f[i].end)
			return false;
	return true;
}

/* In a row with too many fields, does one begin with a typographic quote, which a word processor put there, or with «? */
static bool row_curly(const csv_state *s)
{
	for (uint32_t i = 0; s->r.n > s->d.columns && i < s->r.n && i < CSV_MAX_COLUMNS; i++) {
		const char *v = s->in.buf + s->in.begin + s->r.f[i].start;
		size_t n = s->r.f[i].end - s->r.f[i].start;
		if ((n >= 3 && (memcmp(v, "“", 3) == 0 || memcmp(v, "„", 3) == 0)) ||
		    (n >= 2 && memcmp(v, "«", 2) == 0))
			return true;
	}
	return false;
}

/* Is the row the header again, as in files that were concatenated? */
static bool row_is_header(csv_state *s)
{
	if (s->layout.header_rows != 1 || s->r.n < 2 || s->r.n > s->d.columns)
		return false;
	for (uint32_t k = 0; k < s->r.n; k++) {
		/* Compare the text first: it differs in all other rows. */
		uint32_t i = k == 0 ? s->texts[0] : k == s->texts[0] ? 0 : k;
		const char *label = s->cols[i].label, *v = s->in.buf + s->in.begin + s->r.f[i].start;
		size_t n = s->r.f[i].end - s->r.f[i].start, want = strlen(label);
		if (n != want || memcmp(v, label, n) != 0)
			return false;
	}
	return true;
}

void csv_row_refuse(csv_state *s, aur_record_sink *o, const char *reason)
{
	aur_str id = {NULL, 0};
	if (s->id >= 0 && (uint32_t)s->id < s->r.n && !s->r.nul && !csv_value(s, &s->r.f[s->id], &id))
		id.len = 0;
	s->in.host->refuse(s->in.host, o, s->line, id, reason);
}

/* Finds the next record: *f says what was found.  AUR_REFUSED: a line that is too long. */
static aur_status row_find(csv_state *s, csv_found *f)
{
	aur_status st = row_scan(s, &s->d, f);
	if (st < 0)
		return st;
	if (st == AUR_REFUSED && !csv_line(&s->d, s->in.buf + s->in.begin, s->in.end - s->in.begin, false))
		return st;
	if (st == AUR_REFUSED)
		*f = CSV_QUOTE; /* a quoted text that never ends */
	if (*f == CSV_QUOTE && s->d.sep == '\t') {
		/* Many programs do not quote in tab-separated files: the quotation marks may be part of the text. */
		csv_dialect literal = s->d;
		literal.quotes = false;
		st = row_scan(s, &literal, f);
		if (st < 0)
			return st;
		if (st == AUR_REFUSED || *f != CSV_RECORD || !csv_whole(s))
			*f = CSV_QUOTE;
	}
	return AUR_OK;
}

/* Refuses a record whose columns are not those of the header, or goes on behind the line where its quotation went wrong. */
static aur_status row_misfit(csv_state *s, aur_record_sink *o, uint32_t line)
{
	s->text_next = s->text_count;
	if (s->r.lines > 1 && row_glued(s)) {
		s->held = false;
		return row_resume(s, o, line);
	}
	rd_refuse(s->in.host, o, line, rd_str(NULL, 0),
	          row_curly(s) ? _("the row has %u columns where the header has %u: a text that contains "
	                           "separators goes between straight quotation marks (\"), not curly ones or « »")
	                       : dngettext("auricule", "the row has %u column where the header has %u",
	                                   "the row has %u columns where the header has %u", s->r.n),
	          s->r.n, s->d.columns);
	return AUR_REFUSED;
}

/* Is the record to be given?  AUR_OK: yes; AUR_END: it is none (a header again, no value at all); AUR_REFUSED: it was refused. */
static aur_status row_check(csv_state *s, aur_record_sink *o, uint32_t line)
{
	const aur_host *h = s->in.host;
	while (s->r.n < s->d.columns)
		s->r.f[s->r.n++] = (csv_field){0, 0, 0};
	if (row_is_header(s)) {
		s->header_again++;
		return AUR_END;
	}
	if (s->r.nul) {
		s->text_next = s->text_count;
		csv_row_refuse(s, o, _("the row holds a NUL byte, which a text cannot have"));
		return AUR_REFUSED;
	}
	if (s->bad_utf8 && s->in.dec.enc.kind != RD_UTF8) {
		s->text_next = s->text_count;
		rd_refuse(h, o, line, rd_str(NULL, 0), _("the row holds bytes that are not valid in the encoding %s"), s->in.dec.enc.name);
		return AUR_REFUSED;
	}
	if (row_empty(&s->r)) {
		s->blank_rows++;
		return AUR_END;
	}
	if (s->bad_utf8 && s->repaired++ < 10)
		rd_note(h, o, _("line %u: bytes that are not UTF-8 were read as Windows-1252"), line);
	return AUR_OK;
}

aur_status csv_row_next(csv_state *s, aur_record_sink *o)
{
	for (;;) {
		csv_found f;
		uint32_t line = s->line;
		aur_status st = row_find(s, &f);
		if (st == AUR_REFUSED) {
			if ((st = row_step(s)) < 0)
				return st;
			rd_refuse(s->in.host, o, line, rd_str(NULL, 0), _("the line is longer than the 32 MiB that a contribution may have"));
			return AUR_REFUSED;
		}
		if (st < 0)
			return st;
		if (f == CSV_END)
			return AUR_END;
		if (s->in.decided || s->in.dec.met)
			rd_input_tell(&s->in, o);
		if (f == CSV_QUOTE)
			return row_resume(s, o, line);
		if (s->r.n == 1 && s->r.len <= 2 && s->r.f[0].start == s->r.f[0].end && !s->r.quoted) {
			s->in.begin += s->r.len; /* a blank line */
			s->line++;
			continue;
		}
		s->held = true;
		s->bad_utf8 = s->r.high && rd_utf8_valid(s->in.buf + s->in.begin, s->r.len) < s->r.len;
		if (!csv_whole(s) && !row_trailing(&s->r, s->d.columns, s->named))
			return row_misfit(s, o, line);
		st = row_check(s, o, line);
		if (st != AUR_END)
			return st;
		csv_row_over(s);
	}
}
