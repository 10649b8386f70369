/* SPDX-License-Identifier: Apache-2.0 */
/* reader-text: one contribution per paragraph, paragraphs being separated by blank lines; the text is exactly as given.
 * A Markdown file (by its extension, by its headings and bullets, or by the setting markdown=yes) is read by its
 * structure: each bullet is a contribution, headings become the fields `section` and (the heading above) `partie`,
 * marks are left out; the person is told so.  Of a table each cell is a contribution, and the head of its column is its
 * section; where a column is called texte, text or verbatim, its cells alone are, and the others are their fields. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include "text.h"

typedef struct text_conf {
	const char *encoding;
	int markdown; /* -1: find out */
} text_conf;

typedef struct text_state {
	rd_lines lines;
	bool markdown;
	rd_buf text, heading[6];
	uint32_t line;     /* where the contribution at hand starts */
	uint32_t gathered; /* lines of it */
	bool bullet, too_long;
	uint32_t repaired;
	uint32_t section_field, part_field;
	rd_buf heads,
	    row; /* of the table at hand (no heads: of none): the row of its heads, and the row whose cells are given */
	size_t cell;                  /* where the next cell of the row is; past its end: none */
	uint32_t column, text_column; /* UINT32_MAX: every one is */
	uint32_t wordless;            /* cells without a letter */
	struct {
		uint32_t field;
		rd_buf value;
	} front[FRONT_LINES];
	uint32_t front_count;
} text_state;

/* ---- is it ours? -------------------------------------------------------------------------------------------- */

static bool named(const char *name, const char *ext)
{
	const char *dot = name ? strrchr(name, '.') : NULL;
	if (!dot)
		return false;
	dot++;
	while (*dot && tolower((unsigned char)*dot) == *ext) {
		dot++;
		ext++;
	}
	return !*dot && !*ext;
}

static bool named_markdown(const char *name)
{
	return named(name, "md") || named(name, "markdown");
}

/* Any text could be ours: other readers are asked first, and are surer where it is theirs. */
static int32_t text_probe(aur_str head, const char *file_name)
{
	rd_buf text = {0};
	bool whole;
	if (!head.len || !rd_head(head, &text, &whole))
		return 0;
	size_t at = 0;
	while (at < text.len && isspace((unsigned char)text.ptr[at]))
		at++;
	char c = at < text.len ? text.ptr[at] : ' ';
	int32_t sure = named_markdown(file_name) ? 65 : named(file_name, "txt") || named(file_name, "text") ? 50 : 20;
	if (c == '<' && at + 1 < text.len &&
	    (isalpha((unsigned char)text.ptr[at + 1]) || strchr("?!", text.ptr[at + 1])))
		sure = 5; /* XML, HTML */
	else if ((c == '{' || c == '[') && sure < 50)
		sure = 10; /* JSON */
	rd_buf_free(&text);
	return sure;
}

/* ---- settings ------------------------------------------------------------------------------------------------- */

static aur_status text_open(const aur_host *h, const aur_config *c, void **model)
{
	text_conf *m = calloc(1, sizeof *m);
	if (!m)
		return rd_nomem(h);
	m->encoding = h->conf_str(h, c, "encoding", NULL);
	const char *v = h->conf_str(h, c, "markdown", "auto");
	m->markdown = strcmp(v, "yes") == 0 || strcmp(v, "oui") == 0  ? 1
	              : strcmp(v, "no") == 0 || strcmp(v, "non") == 0 ? 0
	                                                              : -1;
	if (m->markdown < 0 && strcmp(v, "auto") != 0) {
		free(m);
		return rd_fail(h, AUR_E_CONFIG, _("markdown=%s: say yes, no or auto"), v);
	}
	*model = m;
	return AUR_OK;
}

static void text_close(void *model)
{
	free(model);
}

/* ---- one file ---------------------------------------------------------------------------------------------------- */

static void text_end(void *model, void *state)
{
	(void)model;
	text_state *s = state;
	rd_lines_close(&s->lines);
	rd_buf_free(&s->text);
	rd_buf_free(&s->heads);
	rd_buf_free(&s->row);
	for (unsigned i = 0; i < 6; i++)
		rd_buf_free(&s->heading[i]);
	for (uint32_t i = 0; i < s->front_count; i++)
		rd_buf_free(&s->front[i].value);
	free(s);
}

/* The keys and values in front become fields, and it is said which, and which are left out. */
static aur_status text_front(text_state *s, aur_record_sink *o)
{
	rd_input *in = &s->lines.in;
	const aur_host *h = in->host;
	front_pair pair[FRONT_LINES];
	uint32_t lines, pairs;
	rd_buf kept = {0}, left = {0};
	bool ok = true;
	if (!front_take(in->buf + in->begin, in->end - in->begin, &lines, pair, &pairs))
		return AUR_OK;
	for (uint32_t i = 0; i < pairs && ok; i++) {
		char name[RD_NAME_MAX], iso[48];
		rd_buf *list = pair[i].whole && rd_name_fold(pair[i].key.ptr, pair[i].key.len, name) ? &kept : &left;
		ok = (!list->len || rd_buf_add(list, ", ", 2)) && rd_buf_add(list, pair[i].key.ptr, pair[i].key.len);
		if (list == &left || !ok)
			continue;
		aur_str v = pair[i].value;
		size_t n = rd_name_role(name) == RD_DATE ? rd_date_iso(v.ptr, v.len, RD_DATE_DMY, iso) : 0;
		s->front[s->front_count].field = h->field(h, o, rd_strz(name));
		ok = rd_buf_add(&s->front[s->front_count++].value, n ? iso : v.ptr, n ? n : v.len);
	}
	ok = ok && rd_buf_add(&kept, "", 1) && rd_buf_add(&left, "", 1);
	if (ok && kept.len > 1)
		rd_note(
		    h, o,
		    _("what stands between the two « --- » at its start is taken as fields of all contributions: %s"),
		    kept.ptr);
	if (ok && left.len > 1)
		rd_note(
		    h, o,
		    _("left out of what stands between the two « --- » at its start, being no value of one line: %s"),
		    left.ptr);
	rd_buf_free(&kept);
	rd_buf_free(&left);
	aur_str line;
	for (aur_status st = AUR_OK; ok && lines; lines--)
		if ((st = rd_lines_next(&s->lines, &line)) < 0)
			return st;
	return ok ? AUR_OK : rd_nomem(h);
}

static aur_status text_begin(const aur_host *h, void *model, aur_source *src, aur_record_sink *o, void **state)
{
	const text_conf *c = model;
	text_state *s = calloc(1, sizeof *s);
	if (!s)
		return rd_nomem(h);
	aur_status st = rd_lines_open(&s->lines, h, src, c->encoding);
	if (st < 0) {
		free(s);
		return st;
	}
	const rd_input *in = &s->lines.in;
	s->markdown = c->markdown >= 0
	                  ? c->markdown == 1
	                  : named_markdown(h->source_name(h, src)) || md_like(in->buf + in->begin, in->end - in->begin);
	rd_buf said = {0};
	rd_said_encoding(&said, &in->dec.enc);
	if (!rd_buf_add(&said, "", 1)) {
		rd_buf_free(&said);
		text_end(model, s);
		return rd_nomem(h);
	}
	if (s->markdown) {
		s->section_field = h->field(h, o, rd_strz("section"));
		s->part_field = h->field(h, o, rd_strz("partie"));
	}
	rd_note(h, o,
	        s->markdown ? _("%s; Markdown: each bullet and each paragraph is one contribution, headings become the "
	                        "fields « section » "
	                        "and « partie », marks (#, **, bullets, tags) are left out of the texts")
	                    : _("%s; each paragraph (up to a blank line) is one contribution"),
	        said.ptr);
	rd_buf_free(&said);
	if (s->markdown && (st = text_front(s, o)) < 0) {
		text_end(model, s);
		return st;
	}
	*state = s;
	return AUR_OK;
}

/* ---- contributions
 * --------------------------------------------------------------------------------------------------- */

static void text_fresh(text_state *s)
{
	s->text.len = 0;
	s->gathered = 0;
	s->bullet = s->too_long = false;
}

static bool text_gather(text_state *s, aur_str part)
{
	if (!s->gathered++)
		s->line = s->lines.line;
	if (s->text.len + part.len > RD_MAX_RECORD)
		s->too_long = true;
	return s->too_long || rd_buf_add(&s->text, part.ptr, part.len);
}

static bool text_gather_markdown(text_state *s, aur_str part)
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
	/* A line of marks alone leaves nothing, not even its end. */
	while (s->text.len > from && s->text.ptr[s->text.len - 1] == ' ')
		s->text.len--;
	if (s->text.len == from)
		s->text.len = before;
	return true;
}

/* A heading stands until one of its level or above comes. */
static bool text_heading(text_state *s, unsigned level, aur_str words)
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

/* The fields of a contribution: what stands in front of the file, the headings above, and of a cell the head of its
 * column. */
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

/* ---- tables ----------------------------------------------------------------------------------------------------- */

static bool text_plain_cell(rd_buf *out, aur_str cell)
{
	rd_buf plain = {0};
	out->len = 0;
	bool ok = md_plain(&plain, cell) && rd_utf8_repair(out, plain.ptr ? plain.ptr : "", plain.len);
	rd_buf_free(&plain);
	return ok;
}

/* The head of a column, as it is shown. */
static bool text_head(const text_state *s, uint32_t column, rd_buf *out)
{
	aur_str cell = {NULL, 0};
	size_t at = 0;
	out->len = 0;
	for (uint32_t i = 0; i <= column; i++)
		if (!table_next(rd_str(s->heads.ptr, s->heads.len), &at, &cell))
			return true;
	return text_plain_cell(out, cell);
}

/* The other cells of a row are fields of its text. */
static bool text_row_fields(text_state *s, aur_record_sink *o)
{
	const aur_host *h = s->lines.in.host;
	aur_str cell;
	uint32_t i = 0;
	bool ok = true;
	rd_buf head = {0}, value = {0};
	for (size_t at = 0; ok && table_next(rd_str(s->row.ptr, s->row.len), &at, &cell); i++) {
		char name[RD_NAME_MAX], iso[48];
		if (i == s->text_column)
			continue;
		ok = text_head(s, i, &head) && text_plain_cell(&value, cell);
		if (!ok || !value.len || memchr(value.ptr, 0, value.len))
			continue;
		if (!head.len || !rd_name_fold(head.ptr, head.len, name))
			snprintf(name, sizeof name, "column-%u", i + 1);
		rd_role role = rd_name_role(name);
		size_t n = role == RD_DATE ? rd_date_iso(value.ptr, value.len, RD_DATE_DMY, iso) : 0;
		if (role == RD_ID)
			h->put_id(h, o, rd_str(value.ptr, value.len));
		else
			h->put_field(h, o, h->field(h, o, rd_strz(name)),
			             n ? rd_str(iso, n) : rd_str(value.ptr, value.len));
	}
	rd_buf_free(&head);
	rd_buf_free(&value);
	return ok;
}

static aur_status text_give(text_state *s, aur_record_sink *o, aur_str head)
{
	const aur_host *h = s->lines.in.host;
	const char *why = NULL;
	aur_status st = AUR_OK;
	/* The last line end belongs to the blank line behind it. */
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
	text_fresh(s);
	return AUR_OK;
}

/* The line below the one that was given last, which moves with the window. */
static aur_status text_below(rd_lines *l, aur_str *line, aur_str *below)
{
	rd_input *in = &l->in;
	aur_status st = AUR_OK;
	const char *p, *stop;
	size_t n;
	in->begin -= l->last; /* so that it stays */
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

/* Does a table start with this line?  AUR_OK: it does, and where nothing is at hand that comes first, its heads are
 * kept and the line below them is read.  AUR_END: it does not. */
static aur_status text_table(text_state *s, aur_str *line)
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

/* The next cell of the row that is a contribution.  AUR_END: there is none. */
static aur_status text_cells(text_state *s, aur_record_sink *o)
{
	aur_str cell;
	while (table_next(rd_str(s->row.ptr, s->row.len), &s->cell, &cell)) {
		uint32_t column = s->column++;
		if (s->text_column != UINT32_MAX && column != s->text_column)
			continue;
		text_fresh(s);
		if (!md_plain(&s->text, cell))
			return rd_nomem(s->lines.in.host);
		if (!table_word(rd_str(s->text.ptr, s->text.len))) {
			s->wordless += s->text.len > 0;
			continue;
		}
		s->line = s->lines.line;
		rd_buf head = {0};
		if (s->text_column == UINT32_MAX && !text_head(s, column, &head)) {
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

/* A line of Markdown.  AUR_END: it belongs to what is at hand; AUR_OK: first hand that on, then come again with it. */
static aur_status text_markdown(text_state *s, aur_str line)
{
	if (s->heads.len) {
		if (memchr(line.ptr, '|', line.len) && line.len <= 65536) {
			aur_str row = rd_trim(line);
			s->row.len = 0;
			s->cell = s->column = 0;
			return rd_buf_add(&s->row, row.ptr, row.len) ? AUR_END : rd_nomem(s->lines.in.host);
		}
		s->heads.len = 0;
	} else if (line.len && memchr(line.ptr, '|', line.len)) {
		aur_status st = text_table(s, &line);
		if (st != AUR_END)
			return st < 0 ? st : s->gathered ? AUR_OK : AUR_END;
	}
	md_line l = md_look(line);
	bool ok = true;
	switch (l.kind) {
	case MD_BLANK:
	case MD_RULE:
		return s->gathered ? AUR_OK : AUR_END;
	case MD_UNDERLINE:
		if (s->gathered == 1 && !s->bullet && !s->too_long) {
			ok = text_heading(s, l.level, rd_str(s->text.ptr, s->text.len));
			text_fresh(s);
			break;
		}
		return s->gathered ? AUR_OK : AUR_END;
	case MD_HEADING:
		if (s->gathered)
			return AUR_OK;
		ok = text_heading(s, l.level, l.text);
		break;
	case MD_BULLET:
		if (s->gathered)
			return AUR_OK;
		s->bullet = true;
		ok = !l.text.len || text_gather_markdown(s, l.text);
		break;
	default:
		ok = text_gather_markdown(s, l.text);
	}
	return ok ? AUR_END : rd_nomem(s->lines.in.host);
}

static aur_status text_next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	(void)model;
	text_state *s = state;
	for (;;) {
		aur_str line = {NULL, 0};
		aur_status st = s->heads.len ? text_cells(s, o) : AUR_END;
		if (st != AUR_END)
			return st;
		st = rd_lines_next(&s->lines, &line);
		if (st < 0)
			return st;
		if (st == AUR_END) {
			if (s->markdown && s->gathered && !s->text.len && !s->too_long)
				text_fresh(s); /* pictures, tags: nothing that was said */
			if (s->gathered)
				return text_give(s, o, rd_str(NULL, 0));
			break;
		}
		if (st == AUR_REFUSED) {
			if (!s->gathered++)
				s->line = s->lines.line;
			s->too_long = true;
			continue;
		}
		if (!s->markdown) {
			if (!rd_blank(line.ptr, line.len)) {
				if (!text_gather(s, rd_str(line.ptr, s->lines.last)))
					return rd_nomem(h);
			} else if (s->gathered) {
				return text_give(s, o, rd_str(NULL, 0));
			}
			continue;
		}
		st = text_markdown(s, line);
		if (st < 0)
			return st;
		if (st == AUR_END)
			continue;
		if (!s->text.len && !s->too_long) {
			text_fresh(s);
			rd_lines_back(&s->lines);
			continue;
		}
		rd_lines_back(&s->lines);
		return text_give(s, o, rd_str(NULL, 0));
	}
	if (s->repaired > 10)
		rd_note(h, o, _("contributions that held bytes which are not UTF-8, read as Windows-1252: %u"),
		        s->repaired);
	s->repaired = 0;
	if (s->wordless)
		rd_note(h, o, _("cells of tables without any word (figures, dashes), left out: %u"), s->wordless);
	s->wordless = 0;
	return AUR_END;
}

/* ---- the component
 * ------------------------------------------------------------------------------------------------------ */

static const aur_reader_ops text_ops = {
    .size = sizeof(aur_reader_ops),
    .extensions = "txt text md markdown",
    .probe = text_probe,
    .begin = text_begin,
    .next = text_next,
    .end = text_end,
};

static const aur_component text_component = {
    .size = sizeof(aur_component),
    .kind = AUR_READER,
    .id = "reader-text",
    .version = "1.0.0",
    .summary = N_("plain text, one contribution per paragraph; Markdown by its headings and bullets"),
    .open = text_open,
    .close = text_close,
    .ops = &text_ops,
};

static const aur_component *const text_components[] = {&text_component};
static const aur_plugin text_plugin = {
    .size = sizeof(aur_plugin),
    .abi_major = AUR_ABI_MAJOR,
    .abi_minor = 0,
    .name = "reader-text",
    .vendor = "auricule",
    .license = "Apache-2.0",
    .component_count = 1,
    .components = text_components,
};

const aur_plugin *aur_plugin_v1(void)
{
	return &text_plugin;
}
