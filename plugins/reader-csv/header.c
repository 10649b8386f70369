/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the header rows into the labels of the columns. */
#include <stdlib.h>
#include "csv.h"

/* Without headers the first row only gives the number of columns; it is read again as data, so its quotes must stay. */
static char *header_label(csv_state *s, csv_record *r, uint32_t i)
{
	aur_str v = {"", 0};
	if (s->layout.header_rows && i < r->n && !csv_value(s, &r->f[i], &v))
		return NULL;
	v = rd_trim(v);
	char *label = malloc(v.len + 1);
	if (!label)
		return NULL;
	/* Line ends and NULs in a header would break every message that names it. */
	for (size_t k = 0; k < v.len; k++)
		label[k] = (unsigned char)v.ptr[k] < ' ' ? ' ' : v.ptr[k];
	label[v.len] = 0;
	return label;
}

/* Reads one header row; if an upper row came before it, that row's label stays where this one is empty. */
static aur_status header_row(csv_state *s, csv_record *r)
{
	if (r->n > s->d.columns) {
		csv_column *p = realloc(s->cols, r->n * sizeof *p);
		if (!p)
			return rd_nomem(s->in.host);
		memset(p + s->d.columns, 0, (r->n - s->d.columns) * sizeof *p);
		s->cols = p;
		s->d.columns = r->n;
	}
	for (uint32_t i = 0; i < s->d.columns; i++) {
		char *label = header_label(s, r, i);
		if (!label)
			return rd_nomem(s->in.host);
		if (*label || !s->cols[i].label) {
			free(s->cols[i].label);
			s->cols[i].label = label;
		} else {
			free(label);
		}
	}
	return AUR_OK;
}

aur_status csv_header(csv_state *s)
{
	const aur_host *h = s->in.host;
	const char *file = h->source_name(h, s->in.src);
	uint32_t rows = s->layout.header_rows ? s->layout.header_rows : 1;
	size_t at = s->in.begin;
	uint32_t line = s->line;
	for (uint32_t row = 0; row < rows;) {
		const char *p = s->in.buf + at;
		csv_found f = csv_scan(&s->d, p, s->in.end - at, s->in.eof, &s->r);
		if (f == CSV_RECORD && s->r.n == 1 && s->r.f[0].start == s->r.f[0].end && s->d.sep != s->d.newline) {
			at += s->r.len; /* a blank line */
			line += s->r.lines;
			continue;
		}
		if (f == CSV_END)
			return rd_fail_at(h, AUR_E_DATA, file, line, 0,
			                  _("the file ends before its %u rows of headers are complete"), rows);
		if (f == CSV_MORE)
			return rd_fail_at(
			    h, AUR_E_DATA, file, line, 0,
			    _("the header is longer than 256 KiB: this does not look like a table of contributions"));
		if (f == CSV_QUOTE)
			return rd_fail_at(
			    h, AUR_E_DATA, file, line, 0,
			    _("a quotation mark in the header is not closed where a column ends: correct the header"));
		if (s->r.n > CSV_MAX_COLUMNS)
			return rd_fail_at(
			    h, AUR_E_DATA, file, line, 0,
			    _("the header has %u columns, more than the %u that are read: is the separator right? "
			      "--separator names it"),
			    s->r.n, CSV_MAX_COLUMNS);
		/* csv_value works in place on the window, at in.begin. */
		size_t keep = s->in.begin;
		s->in.begin = at;
		s->bad_utf8 = rd_utf8_valid(p, s->r.len) < s->r.len;
		aur_status st = header_row(s, &s->r);
		s->in.begin = keep;
		if (st < 0)
			return st;
		row++;
		if (s->layout.header_rows) {
			at += s->r.len;
			line += s->r.lines;
		}
	}
	if (s->layout.header_rows) {
		s->in.begin = at;
		s->line = line;
	}
	return AUR_OK;
}
