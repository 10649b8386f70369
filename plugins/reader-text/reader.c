/* SPDX-License-Identifier: Apache-2.0 */
/* reader-text: one contribution per paragraph; paragraphs are separated by blank lines, and the text is kept exactly as given.  With
 * lines=yes it is one per line; that is never guessed, as a letter of five lines would count as five people.  A
 * Markdown file (by its extension, by its headings, bullets and tables, or by the setting markdown=yes) is read by its structure:
 * each bullet is a contribution, headings become the fields `section` and (the heading above) `partie`, markup is removed; the
 * person is told so.  Each cell of a table is a contribution, and its column header is its section; if a column is called texte,
 * text or verbatim, only its cells are contributions, and the other cells of the row are their fields. */
#include <ctype.h>
#include <stdlib.h>
#include "text.h"

typedef struct text_conf {
	const char *encoding;
	int markdown; /* -1: find out */
	bool per_line;
} text_conf;

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

/* This reader could take any text: so other readers, which are more certain of their own files, win. */
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
	v = h->conf_str(h, c, "lines", "no");
	m->per_line = strcmp(v, "yes") == 0 || strcmp(v, "oui") == 0;
	if (!m->per_line && strcmp(v, "no") != 0 && strcmp(v, "non") != 0) {
		free(m);
		return rd_fail(h, AUR_E_CONFIG, _("lines=%s: say yes or no"), v);
	}
	if (m->per_line && m->markdown == 1) {
		free(m);
		return rd_fail(h, AUR_E_CONFIG, "%s", _("lines=yes and markdown=yes: say one of them, as one takes each line as it is and the other by its marks"));
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

/* The keys and values of the front matter become fields; the person is told which do, and which are left out. */
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
		if (rd_name_role(name) == RD_DATE)
			v = rd_date(&s->dates, v, pair[i].line, iso);
		s->front[s->front_count].field = h->field(h, o, rd_strz(name));
		ok = rd_buf_add(&s->front[s->front_count++].value, v.ptr, v.len);
	}
	ok = ok && rd_buf_add(&kept, "", 1) && rd_buf_add(&left, "", 1);
	if (ok && kept.len > 1)
		rd_note(
		    h, o,
		    _("the header between the two « --- » at its start gives fields to all contributions: %s"),
		    kept.ptr);
	if (ok && left.len > 1)
		rd_note(
		    h, o,
		    _("left out of the header between the two « --- » at its start, because the value is not on one line: %s"),
		    left.ptr);
	rd_buf_free(&kept);
	rd_buf_free(&left);
	aur_str line;
	for (aur_status st = AUR_OK; ok && lines; lines--)
		if ((st = rd_lines_next(&s->lines, &line)) < 0)
			return st;
	return ok ? AUR_OK : rd_nomem(h);
}

/* Are labels speakers, or like « Points forts : »?  The person must say.  Asks if a third of the lines begin with a word and a
 * colon, and some of these words recur. */
static void text_labels(text_state *s, aur_record_sink *o)
{
	enum { NAMES = 64 };
	const rd_input *in = &s->lines.in;
	const char *p = in->buf + in->begin, *end = in->buf + in->end;
	struct {
		char name[RD_NAME_MAX];
		aur_str label;
		uint32_t n;
	} *seen = calloc(NAMES, sizeof *seen);
	uint32_t names = 0, lines = 0, heads = 0, twice = 0, dashes = 0, asked = 0, first = NAMES, second = NAMES;
	while (seen && p < end) {
		md_line l = md_look(rd_line_of(&p, end));
		aur_str label, rest;
		char name[RD_NAME_MAX];
		lines += l.text.len > 0;
		dashes += l.kind == MD_BULLET;
		asked += l.kind == MD_BULLET && l.text.len && l.text.ptr[l.text.len - 1] == '?';
		if (l.text.len && rd_label(l.text, &label, &rest) && rd_name_fold(label.ptr, label.len, name)) {
			uint32_t i = 0;
			while (i < names && strcmp(seen[i].name, name) != 0)
				i++;
			if (i < NAMES) {
				memcpy(seen[i].name, name, sizeof name);
				seen[i].label = label;
				seen[i].n++;
				names += i == names;
				heads++;
			}
		}
	}
	for (uint32_t i = 0; i < names; i++)
		if (seen[i].n >= 2) {
			second = twice == 1 ? i : second;
			first = twice ? first : i;
			twice++;
		}
	s->labelled = twice >= 2 && heads * 3 >= lines;
	if (s->labelled)
		rd_note(in->host, o,
		        _("many lines begin with a word and a colon (« %.*s », « %.*s »): if these are the speakers, --reader transcript keeps them out "
		          "of the texts and counts people by them"),
		        (int)seen[first].label.len, seen[first].label.ptr, (int)seen[second].label.len, seen[second].label.ptr);
	else if (dashes >= 4 && dashes * 10 >= lines * 8 && asked * 5 >= dashes)
		rd_note(in->host, o,
		        _("nearly every line begins with a dash, and many are questions: if this is a dialogue, each line counts as a person, questions "
		          "included; write the speaker before each line (« Enq. : », « Rép. : »)"));
	free(seen);
}

/* A word in each line and then what is said of it, as in CoNLL-U and in the vertical files of CWB and TreeTagger. */
static bool text_vertical(const rd_input *in)
{
	const char *p = in->buf + in->begin, *end = in->buf + in->end;
	uint32_t words = 0, others = 0;
	size_t columns = 0;
	while (p < end) {
		aur_str line = rd_line_of(&p, end);
		size_t tabs = 0;
		if (!line.len || line.ptr[0] == '#' || (line.ptr[0] == '<' && line.ptr[line.len - 1] == '>'))
			continue;
		for (size_t i = 0; i < line.len; i++)
			tabs += line.ptr[i] == '\t';
		if (tabs && (!words || tabs == columns) && !memchr(line.ptr, ' ', line.len)) {
			columns = tabs;
			words++;
		} else {
			others++;
		}
	}
	return words >= 8 && words > others * 4;
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
	s->per_line = c->per_line;
	s->markdown = c->markdown >= 0 || c->per_line
	                  ? c->markdown == 1
	                  : named_markdown(h->source_name(h, src)) || md_like(in->buf + in->begin, in->end - in->begin);
	char encoding[RD_SAID];
	if (s->markdown) {
		s->section_field = h->field(h, o, rd_strz("section"));
		s->part_field = h->field(h, o, rd_strz("partie"));
	}
	rd_note(h, o,
	        s->markdown ? _("%s; Markdown: each bullet and each paragraph is one contribution, headings become the "
	                        "fields « section » "
	                        "and « partie », marks (#, **, bullets, tags) are left out of the texts")
	    : s->per_line ? _("%s; each line is one contribution")
	                    : _("%s; each paragraph (up to a blank line) is one contribution"),
	        rd_said_encoding(&in->dec.enc, encoding));
	text_labels(s, o);
	if (text_vertical(in))
		rd_note(h, o,
		        _("each of its lines is a word with its annotations, as in CoNLL-U or a vertical file (CWB, TreeTagger): numbers, tags and parts of "
		          "speech count as words here; give the texts that it was made from"));
	if (s->markdown && (st = text_front(s, o)) < 0) {
		text_end(model, s);
		return st;
	}
	*state = s;
	return AUR_OK;
}

/* Handles a line of Markdown.  AUR_END: it was added to the current contribution; AUR_OK: give that first, then call again with
 * this line. */
static aur_status text_markdown(text_state *s, aur_str line)
{
	if (s->heads.len) {
		if (memchr(line.ptr, '|', line.len) && line.len <= 65536) {
			aur_str row = rd_trim(line);
			s->row.len = 0;
			s->cell = s->head = s->column = 0;
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
		s->announces = s->gathered == 1 && !s->bullet;
		if (s->gathered)
			return AUR_OK;
		s->bullet = true;
		s->quoted = l.quoted;
		ok = !l.text.len || text_gather_markdown(s, l.text);
		break;
	default:
		if (l.quoted && !s->quoted && s->gathered)
			return AUR_OK;
		s->quoted |= l.quoted;
		ok = text_gather_markdown(s, l.text);
	}
	return ok ? AUR_END : rd_nomem(s->lines.in.host);
}

/* Counts the lines that go on with the one before, as those of a wrapped text do: it is long, and they begin with a small letter. */
static void text_wrapped(text_state *s, aur_str line)
{
	aur_str t = rd_trim(line);
	bool small = t.len && (islower((unsigned char)t.ptr[0]) || (t.len > 1 && (unsigned char)t.ptr[0] == 0xC3 && (unsigned char)t.ptr[1] >= 0xA0));
	s->wrapped += small && s->gathered && s->width >= WRAPPED_WIDTH;
	s->width = line.len;
}

/* Is the current contribution a line that most likely is a title: « Ce qui va : », or one with a list right below it?  People who type notes
 * write no #. */
static void text_title(text_state *s)
{
	size_t n = s->text.len;
	bool announces = s->announces || (n && s->text.ptr[n - 1] == ':');
	s->announces = false;
	if (s->bullet || s->gathered != 1 || !announces || s->too_long || n >= sizeof s->title || memchr(s->text.ptr, 0, n))
		return;
	if (!s->titles++) {
		memcpy(s->title, s->text.ptr, n);
		s->title[n] = 0;
		s->title_line = s->line;
	}
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
				text_fresh(s); /* pictures, tags: no words */
			if (s->gathered)
				return text_give(s, o, rd_str(NULL, 0));
			break;
		}
		if (st == AUR_REFUSED) {
			if (!s->gathered++)
				s->line = s->lines.line;
			s->too_long = true;
			if (s->per_line)
				return text_give(s, o, rd_str(NULL, 0));
			continue;
		}
		if (!s->markdown) {
			if (!rd_blank(line.ptr, line.len)) {
				text_wrapped(s, line);
				if (!text_gather(s, rd_str(line.ptr, s->lines.last)))
					return rd_nomem(h);
				if (s->per_line)
					return text_give(s, o, rd_str(NULL, 0));
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
		text_title(s);
		return text_give(s, o, rd_str(NULL, 0));
	}
	if (s->titles)
		rd_note(h, o,
		        _("lines that announce a list and are contributions: %u, the first « %s » on line %u: if they are titles, put # and a space before each, and "
		          "they become the field « section »"),
		        s->titles, s->title, s->title_line);
	if (s->repaired > 10)
		rd_note(h, o, _("contributions that held bytes which are not UTF-8, read as Windows-1252: %u"),
		        s->repaired);
	if (s->wordless)
		rd_note(h, o, _("table cells without a word (figures, dashes), left out: %u"), s->wordless);
	if (!s->markdown && s->given == 1 && s->most >= MANY_LINES)
		rd_note(h, o,
		        _("it has no blank line, so its %u lines are one contribution: if each line is one, --set lines=yes; for a transcribed recording, "
		          "give the subtitles (.srt, .vtt)"),
		        s->most);
	else if (!s->markdown && s->given == 1 && s->most >= SOME_LINES && !s->labelled && s->wrapped * 2 < s->most - 1)
		rd_note(h, o, _("it has no blank line, so its %u lines are one contribution: if each line is one, --set lines=yes"), s->most);
	rd_dates_tell(&s->dates, h, o);
	return AUR_END;
}

/* ---- the component --------------------------------------------------------------------------------------------- */

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

EXPORT_PLUGIN("reader-text", &text_component);
