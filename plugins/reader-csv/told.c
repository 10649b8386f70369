/* SPDX-License-Identifier: Apache-2.0 */
/* What the person is told of the columns: which there are, and what was decided about them. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include "csv.h"

static void say(rd_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(rd_buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || !rd_buf_reserve(b, (size_t)n + 1))
		return;
	va_start(ap, fmt);
	vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

/* The host keeps 768 bytes of a failure, and would cut off what comes after them. */
enum { FAILURE = 740, ALL_COLUMNS = 24 };

void csv_list_columns(const csv_state *s, rd_buf *b, size_t beside)
{
	bool unnamed = false;
	for (uint32_t i = 0; i < s->d.columns; i++)
		unnamed |= !*s->cols[i].label;
	const char *rows = unnamed && s->layout.header_rows ? _("; some have no name: where the header takes several rows, say how many with --set header=2") : "";
	beside += strlen(rows) + ALL_COLUMNS;
	uint32_t i = 0;
	for (; i < s->d.columns; i++) {
		const char *label = s->cols[i].label;
		size_t n = strlen(label), cut = n > 48 ? rd_utf8_valid(label, 45) : n, before = b->len;
		say(b, "%s#%u", i ? ", " : "", i + 1);
		if (*label)
			say(b, " « %.*s%s »", (int)cut, label, cut < n ? "…" : "");
		if (b->len + beside > FAILURE) {
			b->len = before;
			break;
		}
	}
	if (i < s->d.columns)
		say(b, _(", … (%u in all)"), s->d.columns);
	say(b, "%s", rows);
	rd_buf_add(b, "", 1);
}

/* Is it a statement rather than a question?  It may be a contribution, in a file without headers. */
static bool is_sentence(const char *label)
{
	size_t n = strlen(label), words = 0;
	for (size_t i = 0; i < n; i++)
		words += label[i] == ' ';
	return n >= 25 && words >= 3 && !strchr(label, '?') && !strchr(":*)]", label[n - 1]);
}

bool csv_head_doubtful(const csv_state *s)
{
	return s->layout.header_rows == 1 && !s->layout.flavour && !s->layout.known && is_sentence(s->cols[s->texts[0]].label);
}

const char *csv_sign(int c, char buf[2])
{
	buf[0] = (char)c;
	buf[1] = 0;
	return c == '\t' ? _("a tab") : buf;
}

/* A translation may name it: in a sentence a sign alone is lost (« séparateur ,, encodage UTF-8 »). */
static const char *sign_name(int c, char buf[2])
{
	return c == ';' ? _(";") : c == ',' ? _(",") : c == '|' ? _("|") : csv_sign(c, buf);
}

/* Fields with several answers in a cell: tells that each combination is a value of its own, and how to find one answer by wildcards. */
static void tell_several(csv_state *s, aur_record_sink *o)
{
	uint32_t n = 0;
	aur_str cell = {0}, answer = {0};
	char which[RD_NAME_MAX] = "", shown[64] = "", pattern[64] = "";
	if (s->d.columns > 300) /* checking each column takes another pass over the sample */
		return;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		aur_str c = {0}, a = {0};
		if (s->cols[i].role != RD_FIELD || s->cols[i].idle || s->cols[i].wordy || !csv_several(s, i, &c, &a) || n++)
			continue;
		cell = c;
		answer = a;
		snprintf(which, sizeof which, "%s", s->cols[i].name);
	}
	if (!n || rd_utf8_valid(cell.ptr, cell.len) < cell.len)
		return;
	snprintf(shown, sizeof shown, "%.*s", (int)answer.len, answer.ptr);
	for (size_t k = 0; k <= answer.len; k++) {
		char c = shown[k];
		pattern[k] = !c || (unsigned char)c >= 0x80 || isalnum((unsigned char)c) || c == '-' || c == '_' ? c : '?';
	}
	rd_note(s->in.host, o,
	        _("a cell with several answers stays one value (« %.*s »; columns: %u, the first « %s »): « %s:*%s* » finds those that contain « %s »"),
	        (int)cell.len, cell.ptr, n, which, which, pattern, shown);
}

/* « Pourquoi ? » after each question: the name finds only the first of these columns; tells that the answers in the others became
 * fields. */
static void tell_twin(csv_state *s, aur_record_sink *o)
{
	for (uint32_t k = 0; k < s->text_count; k++) {
		const csv_column *c = &s->cols[s->texts[k]];
		for (uint32_t i = 0; i < s->d.columns && c->by_name; i++)
			if (s->cols[i].role == RD_FIELD && !s->cols[i].idle && strcmp(s->cols[i].label, c->label) == 0) {
				rd_note(s->in.host, o,
				        _("column #%u has the same name as column #%u, which is read, and is a field: to read it as well, --text-column '#%u'"),
				        i + 1, s->texts[k] + 1, i + 1);
				return;
			}
	}
}

/* « start, end, text »: pieces as Whisper recognised them, cut anywhere in a sentence, which one would not notice. */
static void tell_pieces(csv_state *s, aur_record_sink *o)
{
	bool start = false, end = false;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		start |= strcmp(s->cols[i].name, "start") == 0;
		end |= strcmp(s->cols[i].name, "end") == 0;
	}
	if (start && end && strcmp(s->cols[s->texts[0]].name, "text") == 0)
		rd_note(s->in.host, o,
		        _("it has the columns of a transcript, start, end and text: its rows may cut sentences, and each row counts as a person; give its "
		          "subtitles (.srt, .vtt), whose lines are joined"));
}

/* The columns that are fields, those of them that may be more than that, and those that are left out. */
static void say_fields(const csv_state *s, rd_buf *b)
{
	unsigned fields = 0, unsaid = 0, dropped = 0;
	for (uint32_t i = 0; i < s->d.columns; i++) {
		if (s->cols[i].role != RD_FIELD || s->cols[i].idle)
			continue;
		unsaid += b->len >= 1500;
		if (b->len < 1500)
			say(b, "%s%s", fields++ ? ", " : _(", fields: "), s->cols[i].name);
	}
	if (unsaid)
		say(b, _(", … (%u in all)"), fields + unsaid);
	unsigned wordy = 0;
	for (uint32_t i = 0; i < s->d.columns && b->len < 1600; i++)
		if (s->cols[i].role == RD_FIELD && s->cols[i].wordy)
			say(b, wordy++ ? _(", #%u") : _("; fields that hold sentences as well: #%u"), i + 1);
	if (wordy)
		say(b, _(" (if they are answers too, name each column to read with its own --text-column)"));
	unsigned nameless = 0;
	for (uint32_t i = 0; i < s->d.columns; i++)
		nameless += !*s->cols[i].label && !s->cols[i].idle;
	if (nameless && s->layout.header_rows == 1 && b->len < 1700)
		say(b, _("; columns without a name: %u (if the header takes two rows, the second was read as a contribution: --set header=2)"),
		    nameless);
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_DROP && b->len < 1700)
			say(b, "%s%s", dropped++ ? ", " : _(", left out: "), *s->cols[i].label ? s->cols[i].label : s->cols[i].name);
}

/* Columns of days under a name that is not a date's, « Jour »: without a date nothing is compared in time, which one notices much later.
 * Nobody is to be led to put days of birth there. */
static void tell_days(csv_state *s, aur_record_sink *o)
{
	if (s->date >= 0 || s->d.columns > 300)
		return;
	for (uint32_t i = 0; i < s->d.columns; i++)
		if (s->cols[i].role == RD_FIELD && *s->cols[i].label && !s->cols[i].idle && !strstr(s->cols[i].name, "naissance") &&
		    strcmp(s->cols[i].name, "ddn") != 0 && csv_days(s, i)) {
			rd_note(s->in.host, o, _("no column is taken for the date, and without one nothing can be compared in time: « %s » holds dates, and --date-column '#%u' takes it"),
			        s->cols[i].label, i + 1);
			return;
		}
}

void csv_tell(csv_state *s, aur_record_sink *o)
{
	rd_buf said = {0}, *b = &said;
	char sign[2], encoding[RD_SAID];
	if (s->d.sep == s->d.newline)
		say(b, "%s", _("one column"));
	else
		say(b, _("separator %s"), sign_name(s->d.sep, sign));
	say(b, ", %s", rd_said_encoding(&s->in.dec.enc, encoding));
	if (s->layout.flavour)
		say(b, _(", export of %s"), s->layout.flavour);
	if (s->layout.header_rows == 0)
		say(b, _(", no header"));
	else if (csv_head_doubtful(s))
		say(b, _(", headers in the first row (if it is a contribution: --set header=no)"));
	else if (s->layout.header_rows > 1)
		say(b, _(", %u rows of headers"), s->layout.header_rows);
	for (uint32_t k = 0; k < s->text_count && b->len < 900; k++) {
		const char *label = s->cols[s->texts[k]].label;
		size_t n = strlen(label), cut = n > 120 ? rd_utf8_valid(label, 117) : n;
		say(b, *label ? _("%s #%u « %.*s%s »") : _("%s #%u"),
		         k ? "," : _(", text = column"), s->texts[k] + 1, (int)cut, label, cut < n ? "…" : "");
	}
	if (s->text_count > 1)
		say(b, s->speaks
		           ? _(" (one contribution per answer, with its question in the field « question » and the person in « "
		                "locuteur »; if a row is not one person: --set speaker=no)")
		           : _(" (one contribution per answer, its question in the field « question »)"));
	else if (s->asks)
		say(b, "%s", _(" (also in the field « question »)"));
	static const char *const what[] = {N_(", id = column #%d"), N_(", session = column #%d"),
	                                   N_(", date = column #%d")};
	int32_t which[] = {s->id, s->session, s->date};
	for (unsigned k = 0; k < 3; k++)
		if (which[k] >= 0)
			say(b, _(what[k]), which[k] + 1);
	if (*s->dates.from) {
		say(b, s->dates.order == RD_DATE_DMY ? _(" (%s is read as %s)") : _(" (%s, the month first, is read as %s)"),
		         s->dates.from, s->dates.to);
		s->dates.said = true;
	}
	say_fields(s, b);
	if (b->ptr)
		rd_note(s->in.host, o, "%s", b->ptr);
	rd_buf_free(b);
	tell_days(s, o);
	tell_several(s, o);
	tell_twin(s, o);
	tell_pieces(s, o);
}
