/* SPDX-License-Identifier: Apache-2.0 */
/* reader-text: one contribution per paragraph, paragraphs being separated by blank lines; the text is exactly as given.
 * A Markdown file (by its extension, by its headings and bullets, or by the setting markdown=yes) is read by its
 * structure: each bullet is a contribution, headings become the fields `section` and (the heading above) `partie`,
 * marks are left out; the person is told so. */
#include <ctype.h>
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
	for (unsigned i = 0; i < 6; i++)
		rd_buf_free(&s->heading[i]);
	free(s);
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

static aur_status text_give(text_state *s, aur_record_sink *o)
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
	unsigned deep = 6;
	while (deep && !s->heading[deep - 1].len)
		deep--;
	if (deep) {
		h->put_field(h, o, s->section_field, rd_str(s->heading[deep - 1].ptr, s->heading[deep - 1].len));
		for (unsigned i = deep - 1; i; i--)
			if (s->heading[i - 1].len) {
				h->put_field(h, o, s->part_field, rd_str(s->heading[i - 1].ptr, s->heading[i - 1].len));
				break;
			}
	}
	h->put_text(h, o, rd_str(s->text.ptr, s->text.len));
	text_fresh(s);
	return AUR_OK;
}

/* A line of Markdown.  AUR_END: it belongs to what is at hand; AUR_OK: first hand that on, then come again with it. */
static aur_status text_markdown(text_state *s, aur_str line)
{
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
		aur_status st = rd_lines_next(&s->lines, &line);
		if (st < 0)
			return st;
		if (st == AUR_END) {
			if (s->markdown && s->gathered && !s->text.len && !s->too_long)
				text_fresh(s); /* pictures, tags: nothing that was said */
			if (s->gathered)
				return text_give(s, o);
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
				return text_give(s, o);
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
		return text_give(s, o);
	}
	if (s->repaired > 10)
		rd_note(h, o, _("contributions that held bytes which are not UTF-8, read as Windows-1252: %u"),
		        s->repaired);
	s->repaired = 0;
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
