/* SPDX-License-Identifier: Apache-2.0 */
/* The current contribution: gathers its lines, the headings above it and its fields, and gives it to the host. */
#include <stdio.h>
#include "text.h"

void text_fresh(text_state *s)
{
	s->text.len = 0;
	s->gathered = 0;
	s->bullet = s->quoted = s->too_long = false;
}

bool text_gather(text_state *s, aur_str part)
{
	if (!s->gathered++)
		s->line = s->lines.line;
	if (s->text.len + part.len > RD_MAX_RECORD)
		s->too_long = true;
	return s->too_long || rd_buf_add(&s->text, part.ptr, part.len);
}

bool text_gather_markdown(text_state *s, aur_str part)
{
	size_t before = s->text.len;
	if (s->gathered && before && !rd_buf_add(&s->text, "\n", 1))
		return false;
	size_t from = s->text.len;
	if (!s->gathered++)
		s->line = s->lines.line;
	if (from + part.len > RD_MAX_RECORD) {
		s->too_long = true;
		return true;
	}
	if (!md_plain(&s->text, part))
		return false;
	/* A line that is only markup leaves nothing, not even a line end. */
	while (s->text.len > from && s->text.ptr[s->text.len - 1] == ' ')
		s->text.len--;
	if (s->text.len == from)
		s->text.len = before;
	return true;
}

bool text_heading(text_state *s, unsigned level, aur_str words)
{
	for (unsigned i = level - 1; i < 6; i++)
		s->heading[i].len = 0;
	rd_buf *b = &s->heading[level - 1], plain = {0};
	bool ok =
	    words.len <= 4096 && md_plain(&plain, words) && rd_utf8_repair(b, plain.ptr ? plain.ptr : "", plain.len);
	if (!ok || (b->len && memchr(b->ptr, 0, b->len)))
		b->len = 0;
	while (b->len && (unsigned char)b->ptr[b->len - 1] <= ' ')
		b->len--;
	rd_buf_free(&plain);
	return ok || words.len > 4096;
}

/* The fields of a contribution: the front matter, the headings above it, and the header of its column if it is a cell. */
static void text_fields(text_state *s, aur_record_sink *o, aur_str head)
{
	const aur_host *h = s->lines.in.host;
	for (uint32_t i = 0; i < s->front_count; i++)
		h->put_field(h, o, s->front[i].field, rd_str(s->front[i].value.ptr, s->front[i].value.len));
	uint32_t field = s->section_field;
	if (head.len) {
		h->put_field(h, o, field, head);
		field = s->part_field;
	}
	for (unsigned i = 6; i && field != UINT32_MAX; i--)
		if (s->heading[i - 1].len) {
			h->put_field(h, o, field, rd_str(s->heading[i - 1].ptr, s->heading[i - 1].len));
			field = field == s->section_field ? s->part_field : UINT32_MAX;
			if (i == 1)
				break;
		}
}

static bool text_plain_cell(rd_buf *out, aur_str cell)
{
	rd_buf plain = {0};
	out->len = 0;
	bool ok = md_plain(&plain, cell) && rd_utf8_repair(out, plain.ptr ? plain.ptr : "", plain.len);
	rd_buf_free(&plain);
	return ok;
}

bool text_head(const text_state *s, size_t *at, rd_buf *out)
{
	aur_str cell;
	out->len = 0;
	return !table_next(rd_str(s->heads.ptr, s->heads.len), at, &cell) || text_plain_cell(out, cell);
}

/* The other cells of a row are fields of its text. */
static bool text_row_fields(text_state *s, aur_record_sink *o)
{
	const aur_host *h = s->lines.in.host;
	aur_str cell;
	uint32_t i = 0;
	size_t at_head = 0;
	bool ok = true;
	rd_buf head = {0}, value = {0};
	for (size_t at = 0; ok && table_next(rd_str(s->row.ptr, s->row.len), &at, &cell); i++) {
		char name[RD_NAME_MAX], iso[48];
		ok = text_head(s, &at_head, &head) && text_plain_cell(&value, cell);
		if (i == s->text_column)
			continue;
		if (!ok || !value.len || memchr(value.ptr, 0, value.len))
			continue;
		if (!head.len || !rd_name_fold(head.ptr, head.len, name))
			snprintf(name, sizeof name, "column-%u", i + 1);
		rd_role role = rd_name_role(name);
		aur_str v = rd_str(value.ptr, value.len);
		if (role == RD_DATE)
			v = rd_date(&s->dates, v, s->lines.line, iso);
		if (role == RD_ID)
			h->put_id(h, o, v);
		else
			h->put_field(h, o, h->field(h, o, rd_strz(name)), v);
	}
	rd_buf_free(&head);
	rd_buf_free(&value);
	return ok;
}

aur_status text_give(text_state *s, aur_record_sink *o, aur_str head)
{
	const aur_host *h = s->lines.in.host;
	const char *why = NULL;
	aur_status st = AUR_OK;
	/* The last line end belongs to the blank line after it. */
	while (s->text.len && (s->text.ptr[s->text.len - 1] == '\n' || s->text.ptr[s->text.len - 1] == '\r'))
		s->text.len--;
	if (s->too_long)
		why = _("the text is longer than the 32 MiB that a contribution may have");
	else
		st = rd_text_check(&s->lines.in, o, &s->text, s->line, &s->repaired, &why);
	if (st < 0)
		return st;
	if (why) {
		h->refuse(h, o, s->line, rd_str(NULL, 0), why);
		text_fresh(s);
		return AUR_REFUSED;
	}
	h->put_where(h, o, s->line);
	text_fields(s, o, head);
	if (s->heads.len && s->text_column != UINT32_MAX && !text_row_fields(s, o))
		return rd_nomem(h);
	h->put_text(h, o, rd_str(s->text.ptr, s->text.len));
	s->given++;
	s->most = s->gathered > s->most ? s->gathered : s->most;
	text_fresh(s);
	return AUR_OK;
}
