/* SPDX-License-Identifier: Apache-2.0 */
/* Tables, with one contribution per cell: where a table starts, and which of its cells come next. */
#include "text.h"

/* Looks at the line below the one given last, without reading it.  The window may move, so *line is updated. */
static aur_status text_below(rd_lines *l, aur_str *line, aur_str *below)
{
	rd_input *in = &l->in;
	aur_status st = AUR_OK;
	const char *p, *stop;
	size_t n;
	in->begin -= l->last; /* so that the current line stays in the window */
	for (;;) {
		p = in->buf + in->begin + l->last;
		n = in->end - in->begin - l->last;
		stop = memchr(p, l->newline, n);
		if (stop || in->eof || n > 65536 || st != AUR_OK)
			break;
		if ((st = rd_input_more(in)) < 0)
			return st;
	}
	*line = rd_str(in->buf + in->begin, line->len);
	*below = rd_trim(rd_str(p, stop ? (size_t)(stop - p) : in->eof ? n : 0));
	in->begin += l->last;
	return AUR_OK;
}

aur_status text_table(text_state *s, aur_str *line)
{
	aur_str below, heads, cell;
	aur_status st = text_below(&s->lines, line, &below);
	if (st < 0)
		return st;
	heads = rd_trim(*line);
	if (line->len > 65536 || !table_rule(below) || table_cells(below) != table_cells(heads))
		return AUR_END;
	if (s->gathered)
		return AUR_OK;
	s->heads.len = 0;
	if (!rd_buf_add(&s->heads, heads.ptr, heads.len))
		return rd_nomem(s->lines.in.host);
	if ((st = rd_lines_next(&s->lines, &below)) < 0)
		return st;
	heads = rd_str(s->heads.ptr, s->heads.len);
	s->text_column = UINT32_MAX;
	uint32_t i = 0;
	for (size_t at = 0; table_next(heads, &at, &cell); i++) {
		char name[RD_NAME_MAX];
		if (s->text_column == UINT32_MAX && rd_name_fold(cell.ptr, cell.len, name) &&
		    rd_name_role(name) == RD_TEXT)
			s->text_column = i;
	}
	s->row.len = 0;
	s->cell = 1;
	return AUR_OK;
}

aur_status text_cells(text_state *s, aur_record_sink *o)
{
	aur_str cell;
	while (table_next(rd_str(s->row.ptr, s->row.len), &s->cell, &cell)) {
		uint32_t column = s->column++;
		size_t at = s->head;
		aur_str skipped;
		table_next(rd_str(s->heads.ptr, s->heads.len), &s->head, &skipped);
		if (s->text_column != UINT32_MAX && column != s->text_column)
			continue;
		text_fresh(s);
		if (!md_plain(&s->text, cell))
			return rd_nomem(s->lines.in.host);
		if (!s->text.len || !table_word(rd_str(s->text.ptr, s->text.len))) {
			s->wordless += s->text.len > 0;
			text_fresh(s); /* it is not the beginning of the text below the table */
			continue;
		}
		s->line = s->lines.line;
		rd_buf head = {0};
		if (s->text_column == UINT32_MAX && !text_head(s, &at, &head)) {
			rd_buf_free(&head);
			return rd_nomem(s->lines.in.host);
		}
		aur_status st =
		    text_give(s, o, rd_str(head.ptr, head.ptr && memchr(head.ptr, 0, head.len) ? 0 : head.len));
		rd_buf_free(&head);
		return st;
	}
	return AUR_END;
}
