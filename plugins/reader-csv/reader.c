/* SPDX-License-Identifier: Apache-2.0 */
/* reader-csv: the tables of spreadsheets and survey tools.  A bad row is refused with its line, and reading goes on with the next
 * one (rows.c); what the reader decided about the file is told once, in one line.
 *
 * Bytes in a UTF-8 file that are not UTF-8 are read as Windows-1252, and the person is told; a row with a NUL is refused. */
#include <ctype.h>
#include <stdlib.h>
#include "csv.h"

/* ---- settings ------------------------------------------------------------------------------------- */

static aur_status conf_separator(const aur_host *h, const char *v, int *out)
{
	static const struct {
		const char *name;
		int sep;
	} names[] = {{"auto", -1},   {"tab", '\t'},    {"\\t", '\t'},      {"tabulation", '\t'},
	             {"comma", ','}, {"virgule", ','}, {"semicolon", ';'}, {"point-virgule", ';'},
	             {"pipe", '|'},  {"space", ' '}};
	*out = -1;
	if (!v || !*v)
		return AUR_OK;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(v, names[i].name) == 0) {
			*out = names[i].sep;
			return AUR_OK;
		}
	unsigned char c = (unsigned char)v[0];
	if (v[1] || c >= 0x7F || isalnum(c) || c == '"' || c == '\n' || c == '\r')
		return rd_fail(h, AUR_E_CONFIG, _("« %s » cannot separate columns: say ; or , or | or tab"), v);
	*out = c;
	return AUR_OK;
}

static aur_status conf_header(const aur_host *h, const char *v, int *out)
{
	*out = -1;
	if (!v || !*v || strcmp(v, "auto") == 0)
		return AUR_OK;
	if (strcmp(v, "yes") == 0 || strcmp(v, "oui") == 0)
		*out = 1;
	else if (strcmp(v, "no") == 0 || strcmp(v, "non") == 0)
		*out = 0;
	else if (v[0] >= '0' && v[0] <= '9' && !v[1])
		*out = v[0] - '0';
	else
		return rd_fail(h, AUR_E_CONFIG,
		               _("« %s » is not a number of header rows: give yes, no, or a number up to 9"), v);
	return AUR_OK;
}

static aur_status conf_speaker(const aur_host *h, const char *v, bool *out)
{
	bool no = v && (strcmp(v, "no") == 0 || strcmp(v, "non") == 0);
	*out = !no;
	if (no || !v || !*v || strcmp(v, "row") == 0)
		return AUR_OK;
	return rd_fail(h, AUR_E_CONFIG,
	               _("« %s » does not say who speaks in a row of several answers: give row (one person) or no"), v);
}

static aur_status csv_open(const aur_host *h, const aur_config *c, void **model)
{
	csv_conf *m = calloc(1, sizeof *m);
	if (!m)
		return rd_nomem(h);
	uint32_t n = 0;
	for (const char *v; n <= CSV_MAX_TEXTS && (v = h->conf_nth(h, c, "text", n)); n++)
		m->text[n] = v;
	m->id = h->conf_str(h, c, "id", NULL);
	m->session = h->conf_str(h, c, "session", NULL);
	m->date = h->conf_str(h, c, "date", NULL);
	m->encoding = h->conf_str(h, c, "encoding", NULL);
	m->skip = h->conf_str(h, c, "skip", NULL);
	m->id_prefix = h->conf_str(h, c, "id-prefix", "");
	aur_status s = conf_separator(h, h->conf_str(h, c, "separator", NULL), &m->sep);
	if (s >= 0)
		s = conf_header(h, h->conf_str(h, c, "header", NULL), &m->header_rows);
	if (s >= 0)
		s = conf_speaker(h, h->conf_str(h, c, "speaker", NULL), &m->rows_are_people);
	if (s < 0) {
		free(m);
		return s;
	}
	*model = m;
	return AUR_OK;
}

static void csv_close(void *model)
{
	free(model);
}

/* ---- is it a table? --------------------------------------------------------------------------------- */

static bool probe_extension(const char *name, const char *list)
{
	const char *dot = name ? strrchr(name, '.') : NULL;
	char ext[8];
	size_t n = 0;
	if (!dot)
		return false;
	for (dot++; *dot && n + 1 < sizeof ext; dot++)
		ext[n++] = (char)tolower((unsigned char)*dot);
	ext[n] = 0;
	if (*dot || !n)
		return false;
	for (const char *p = list; (p = strstr(p, ext)); p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

/* Has it a line « |---|---| »?  It comes below the header of a Markdown table, and only there; « -|- » may be two cells. */
static bool probe_rule(const char *p, size_t n)
{
	for (const char *end = p + n; p < end;) {
		size_t len = 0, bars = 0, run = 0, shortest = SIZE_MAX;
		for (; p + len < end && p[len] != '\n' && p[len] != '\r'; len++) {
			run = p[len] == '-' ? run + 1 : 0;
			if (run && (p + len + 1 == end || p[len + 1] != '-') && run < shortest)
				shortest = run;
			bars += p[len] == '|';
			if (!strchr("|-: \t", p[len]))
				shortest = 0;
		}
		if (bars && shortest >= 3 && shortest < SIZE_MAX)
			return true;
		p += len + 1;
	}
	return false;
}

static int32_t csv_probe(aur_str head, const char *file_name)
{
	bool named = probe_extension(file_name, "csv tsv tab"), whole;
	if (!head.len)
		return named ? 20 : 0; /* empty: begin() will say so */
	rd_buf text = {0};
	if (!rd_head(head, &text, &whole))
		return 0;
	int32_t sure = 0;
	csv_record *r = malloc(sizeof *r);
	csv_layout l;
	size_t first = 0;
	while (first < text.len && isspace((unsigned char)text.ptr[first]))
		first++;
	bool markup = first < text.len && text.ptr[first] == '<';
	bool stars = text.len - first >= 4 && memcmp(text.ptr + first, "****", 4) == 0;
	if (r && !markup && !stars && !probe_rule(text.ptr, text.len) && csv_guess(text.ptr, text.len, whole, -1, -1, &l, r)) {
		bool table = l.d.sep != l.d.newline;
		if (table && l.skip)
			sure = 100;
		else if (l.known >= 2 || (table && l.flavour) || (table && l.known))
			sure = 95;
		else if (l.known)
			sure = named ? 90 : 60; /* a list under « texte » */
		else if (table && l.consistent * 10 >= l.records * 9 && l.records >= 3)
			sure = l.d.sep == ',' && !named ? 40 : 70;
		else if (table && l.consistent == l.records && l.records == 2 && l.d.sep != ',')
			sure = 40;
		if (named && sure < 60)
			sure = 60;
	}
	free(r);
	rd_buf_free(&text);
	return sure;
}

/* ---- one file ----------------------------------------------------------------------------------------- */

static void csv_end(void *model, void *state)
{
	(void)model;
	csv_state *s = state;
	csv_columns_free(s);
	rd_input_close(&s->in);
	rd_buf_free(&s->scratch);
	rd_buf_free(&s->file);
	rd_buf_free(&s->speaker);
	free(s);
}

/* The separator that the person set is not in the header row.  If another one is, with no space after it as a
 * sentence would have, returns it, else NULL: with the wrong separator, ids and fields would be read as part of the
 * text. */
static const char *other_separator(const csv_state *s, int asked)
{
	static const char signs[] = ";,|\t";
	const char *p = s->in.buf + s->in.begin, *end = memchr(p, s->d.newline, s->in.end - s->in.begin);
	if (asked < 0 || !s->layout.header_rows || !end || memchr(p, asked, (size_t)(end - p)))
		return NULL;
	for (const char *c = signs; *c; c++)
		for (const char *q = p; *c != asked && (q = memchr(q, *c, (size_t)(end - q))); q++)
			if (q + 1 < end && q[1] != ' ')
				return c;
	return NULL;
}

static aur_status csv_begin(const aur_host *h, void *model, aur_source *src, aur_record_sink *o, void **state)
{
	const csv_conf *c = model;
	const char *file = h->source_name(h, src);
	csv_state *s = calloc(1, sizeof *s);
	if (!s)
		return rd_nomem(h);
	aur_status st = rd_input_open(&s->in, h, src, c->encoding, rd_encoding_detect);
	if (st < 0) {
		free(s);
		return st;
	}
	s->line = 1;
	const char *p = s->in.buf + s->in.begin;
	size_t n = s->in.end - s->in.begin;
	if (rd_blank(p, n) && s->in.eof) {
		st = h->fail_at(h, AUR_E_DATA, file, 0, 0, _("the file is empty"));
		goto out;
	}
	if (!csv_guess(p, n, s->in.eof, c->sep, c->header_rows, &s->layout, &s->r)) {
		st = h->fail_at(h, AUR_E_DATA, file, 1, 0,
		                _("no row could be recognised: this does not look like a table of contributions"));
		goto out;
	}
	s->d = s->layout.d;
	s->in.begin += s->layout.skip;
	s->line += s->layout.skip_lines;
	const char *other = other_separator(s, c->sep);
	if (other) {
		char asked[2], there[2];
		st = rd_fail_at(h, AUR_E_CONFIG, file, s->line, 0,
		                _("with the separator « %s » this row is a single column, which holds « %s »: name the right separator, or "
		                  "leave out --separator to have it found"),
		                csv_sign(c->sep, asked), csv_sign(*other, there));
		goto out;
	}
	if ((st = csv_columns(s, c, o)) < 0)
		goto out;
	if (rd_blank(s->in.buf + s->in.begin, s->in.end - s->in.begin) && s->in.eof) {
		st = h->fail_at(h, AUR_E_DATA, file, s->line, 0, _("the file holds a header and not one row below it"));
		goto out;
	}
	*state = s;
	return AUR_OK;
out:
	csv_end(model, s);
	return st;
}

/* ---- rows ------------------------------------------------------------------------------------------------ */

static aur_status csv_finish(csv_state *s, aur_record_sink *o)
{
	if (s->repaired)
		rd_note(s->in.host, o, _("contributions that held bytes which are not UTF-8, read as Windows-1252: %u"),
		        s->repaired);
	if (s->header_again)
		rd_note(s->in.host, o, _("rows that only repeat the header, left out: %u"), s->header_again);
	if (s->fillers)
		rd_note(s->in.host, o, _("cells that the survey tool filled where nobody answered (« Sans réponse », « N/A »), left out like empty ones: %u"),
		        s->fillers);
	if (s->dittos)
		rd_note(s->in.host, o,
		        _("cells that only say « idem », or a mark for it, kept as they are: %u, the first on line %u; nothing is taken from the row above: "
		          "write out in the file what they repeat"),
		        s->dittos, s->ditto_line);
	if (s->homeless)
		rd_note(s->in.host, o,
		        _("contributions without a session, below others that have one: %u, the first on line %u; where cells were merged, only the first "
		          "keeps their value: fill in the others"),
		        s->homeless, s->homeless_line);
	if (s->wordless)
		rd_note(s->in.host, o,
		        _("contributions that are only a number or a total, kept: %u, the first in line %u; if it is not somebody's answer, remove its row"),
		        s->wordless, s->wordless_line);
	if (s->marked_up)
		rd_note(s->in.host, o,
		        _("contributions that contain HTML (<p>, &nbsp;…), kept as they are, so that its tags count as words: %u; "
		          "export the answers without their formatting"),
		        s->marked_up);
	if (s->blank_rows)
		rd_note(s->in.host, o, _("rows without any value, left out: %u"), s->blank_rows);
	rd_dates_tell(&s->dates, s->in.host, o);
	return AUR_END;
}

static aur_status csv_next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	csv_state *s = state;
	aur_status st;
	if (s->held) {
		/* Skipped by the many files that have only one text column. */
		if (s->text_next < s->text_count && (st = csv_row_give(s, o)) != AUR_END)
			return st;
		csv_row_over(s);
	}
	st = csv_row_next(s, o);
	if (st == AUR_END)
		return csv_finish(s, o);
	if (st != AUR_OK)
		return st;
	s->text_next = 0;
	if (s->speaks && !csv_row_speaker(s, ((const csv_conf *)model)->id_prefix))
		return rd_nomem(h);
	st = csv_row_give(s, o);
	if (st != AUR_END)
		return st;
	csv_row_refuse(s, o, _("empty text"));
	return AUR_REFUSED;
}

/* ---- the component ------------------------------------------------------------------------------------------ */

static const aur_reader_ops csv_ops = {
    .size = sizeof(aur_reader_ops),
    /* The workbooks are listed so that a person who gives one is told what to do with it. */
    .extensions = "csv tsv tab xlsx xls ods",
    .probe = csv_probe,
    .begin = csv_begin,
    .next = csv_next,
    .end = csv_end,
};

static const aur_component csv_component = {
    .size = sizeof(aur_component),
    .kind = AUR_READER,
    .id = "reader-csv",
    .version = "1.0.0",
    .summary = N_("CSV and TSV tables: spreadsheets, LimeSurvey, Framaforms, Sphinx, Decidim, Grand débat"),
    .open = csv_open,
    .close = csv_close,
    .ops = &csv_ops,
};

EXPORT_PLUGIN("reader-csv", &csv_component);
