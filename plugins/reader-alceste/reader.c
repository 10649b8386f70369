/* SPDX-License-Identifier: Apache-2.0 */
/* reader-alceste: the corpora of IRaMuTeQ and Alceste.  A line that begins with **** starts a text and names its starred variables
 * (*variable_modality), which become its fields; `id`, `session` and `date` are known by name, as in a CSV.  A line -*theme starts
 * a section, which is a contribution of its own with the field `thematique`.  Files of the old Alceste, whose texts start with a
 * number of four digits and a star, are read as well. */
#include <stdio.h>
#include <stdlib.h>
#include "../common/rd.h"

#define MAX_VARIABLES 256u

typedef struct alc_conf {
	const char *encoding, *id, *session, *date;
	const char *id_prefix; /* of the speakers that are made of ids; the host puts it before the ids */
	bool texts_are_people;
} alc_conf;

typedef struct alc_variable {
	char name[RD_NAME_MAX];
	rd_buf value;
} alc_variable;

typedef struct alc_state {
	rd_lines lines;
	const alc_conf *conf;
	bool digits;       /* texts start with 0001 *v_m instead of **** */
	bool open;         /* a text has started */
	bool section;      /* a -*theme has started in it */
	uint32_t sections; /* of the current text, so far */
	uint32_t line;     /* where the current contribution starts */
	uint32_t texts;
	rd_buf text, id, full, theme, who;
	uint64_t mark; /* of the first line of ****: two files may have one name */
	bool too_long;
	bool nul, section_nul; /* there was a NUL among the variables; in the theme */
	bool given;            /* the text gathered so far has been given to the host */
	alc_variable *vars;
	uint32_t var_count, var_cap;
	uint32_t repaired;
	uint32_t joined, joined_line; /* words with a _ in them; the first one */
	char joined_first[64];
	rd_buf fields; /* their names */
	bool told[MAX_VARIABLES]; /* by the host's number of the field: it stands there */
	rd_dates dates;
	bool said_token, said_theme, said_space, said_bare, said_twice, said_many, said_who;
	bool starred; /* a text had variables */
	bool met_id, met_session, met_date;
} alc_state;

/* ---- lines --------------------------------------------------------------------------------------------- */

static bool line_stars(aur_str s)
{
	return s.len >= 4 && memcmp(s.ptr, "****", 4) == 0;
}

static bool line_digits(aur_str s)
{
	for (size_t i = 0; i < 4; i++)
		if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 5 && (s.ptr[4] == ' ' || s.ptr[4] == '\t') && memchr(s.ptr, '*', s.len);
}

static bool line_theme(aur_str s)
{
	return s.len > 2 && s.ptr[0] == '-' && s.ptr[1] == '*' && (unsigned char)s.ptr[2] > ' ';
}

static bool line_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Takes the next white-space separated token off *s. */
static aur_str line_token(aur_str *s)
{
	while (s->len && line_space(*s->ptr)) {
		s->ptr++;
		s->len--;
	}
	size_t n = 0;
	while (n < s->len && !line_space(s->ptr[n]))
		n++;
	aur_str t = rd_str(s->ptr, n);
	s->ptr += n;
	s->len -= n;
	return t;
}

/* ---- is it ours? ----------------------------------------------------------------------------------------- */

/* Is there a variable on the rest of a line with a mark, whatever comes between? */
static bool probe_variable(aur_str rest)
{
	for (aur_str v; (v = line_token(&rest)).len;)
		if (v.len > 1 && v.ptr[0] == '*' && v.ptr[1] != '*')
			return true;
	return false;
}

/* How many texts begin in the head: with stars and variables, with only stars, with digits.  *first: the file begins with one. */
static void probe_count(const char *p, size_t n, uint32_t *starred, uint32_t *bare, uint32_t *digits, bool *first)
{
	bool any = false;
	*starred = *bare = *digits = 0;
	*first = false;
	for (const char *end = p + n; p < end;) {
		aur_str line = rd_line_of(&p, end), rest = line;
		if (line_stars(line)) {
			aur_str mark = line_token(&rest), after = rest;
			bool variable = mark.len == 4 && probe_variable(rest), alone = !line_token(&after).len;
			*starred += variable;
			*bare += !variable && mark.len == 4 && alone;
			*first |= !any && (variable || (mark.len == 4 && alone));
		} else if (line_digits(line)) {
			aur_str mark = line_token(&rest), v = line_token(&rest);
			*digits += mark.len == 4 && v.len > 1 && v.ptr[0] == '*';
			*first |= !any;
		}
		any |= !rd_blank(line.ptr, line.len);
	}
}

static int32_t alc_probe(aur_str head, const char *file_name)
{
	(void)file_name;
	rd_buf text = {0};
	bool whole, first;
	uint32_t starred, bare, digits;
	if (!head.len || !rd_head(head, &text, &whole))
		return 0;
	probe_count(text.ptr, text.len, &starred, &bare, &digits, &first);
	rd_buf_free(&text);
	if (starred)
		return first || starred > 1 ? 98 : 80;
	if (digits && first)
		return 75;
	/* **** alone is a rule in Markdown as well, so it counts only at the very start of the file. */
	return bare && first ? 60 : 0;
}

/* ---- settings ------------------------------------------------------------------------------------------------ */

static aur_status alc_open(const aur_host *h, const aur_config *c, void **model)
{
	alc_conf *m = calloc(1, sizeof *m);
	if (!m)
		return rd_nomem(h);
	m->encoding = h->conf_str(h, c, "encoding", NULL);
	m->id = h->conf_str(h, c, "id", "id");
	m->session = h->conf_str(h, c, "session", "session");
	m->date = h->conf_str(h, c, "date", "date");
	m->id_prefix = h->conf_str(h, c, "id-prefix", "");
	const char *who = h->conf_str(h, c, "speaker", "text");
	m->texts_are_people = strcmp(who, "text") == 0;
	*model = m;
	if (m->texts_are_people || strcmp(who, "no") == 0 || strcmp(who, "non") == 0)
		return AUR_OK;
	free(m);
	return rd_fail(h, AUR_E_CONFIG, _("« %s » does not say who speaks in a text of several -*themes: give text (one person) or no"), who);
}

static void alc_close(void *model)
{
	free(model);
}

/* ---- one file -------------------------------------------------------------------------------------------------- */

static void alc_end(void *model, void *state)
{
	(void)model;
	alc_state *s = state;
	rd_lines_close(&s->lines);
	for (uint32_t i = 0; i < s->var_cap; i++)
		rd_buf_free(&s->vars[i].value);
	free(s->vars);
	rd_buf_free(&s->text);
	rd_buf_free(&s->id);
	rd_buf_free(&s->full);
	rd_buf_free(&s->theme);
	rd_buf_free(&s->who);
	rd_buf_free(&s->fields);
	free(s);
}

static aur_status alc_begin(const aur_host *h, void *model, aur_source *src, aur_record_sink *o, void **state)
{
	alc_state *s = calloc(1, sizeof *s);
	if (!s)
		return rd_nomem(h);
	s->conf = model;
	aur_status st = rd_lines_open(&s->lines, h, src, s->conf->encoding);
	if (st < 0) {
		free(s);
		return st;
	}
	bool first;
	uint32_t starred, bare, digits;
	probe_count(s->lines.in.buf + s->lines.in.begin, s->lines.in.end - s->lines.in.begin, &starred, &bare, &digits,
	            &first);
	s->digits = !starred && !bare && digits;
	char encoding[RD_SAID];
	rd_note(h, o, s->digits ? _("%s, texts start with four digits and a star") : _("%s, texts start with ****"),
	        rd_said_encoding(&s->lines.in.dec.enc, encoding));
	*state = s;
	return AUR_OK;
}

/* ---- texts ----------------------------------------------------------------------------------------------------------- */

static bool same_name(const char *folded, const char *asked)
{
	char want[RD_NAME_MAX];
	return rd_name_fold(asked, strlen(asked), want) && strcmp(folded, want) == 0;
}

/* Puts a variable, whose value it takes over.  One that comes twice keeps its last modality. */
static bool alc_variable_put(alc_state *s, aur_record_sink *o, const char *name, rd_buf value)
{
	uint32_t at = 0;
	while (at < s->var_count && strcmp(s->vars[at].name, name) != 0)
		at++;
	if (at == MAX_VARIABLES) {
		if (!s->said_many)
			rd_note(s->lines.in.host, o, _("line %u: a text has more than %u variables: « %s » and those after it are left out, here and below"),
			        s->lines.line, MAX_VARIABLES, name);
		s->said_many = true;
		rd_buf_free(&value);
		return true;
	}
	if (at == s->var_cap) {
		uint32_t cap = at ? at * 2 : 8;
		alc_variable *vars = realloc(s->vars, cap * sizeof *vars);
		if (!vars) {
			rd_buf_free(&value);
			return false;
		}
		memset(vars + at, 0, (cap - at) * sizeof *vars);
		s->vars = vars;
		s->var_cap = cap;
	}
	alc_variable *v = &s->vars[at];
	if (at == s->var_count) {
		memcpy(v->name, name, strlen(name) + 1);
		s->var_count++;
	} else if (!s->said_twice && (v->value.len != value.len || memcmp(v->value.ptr, value.ptr, value.len) != 0)) {
		s->said_twice = true;
		rd_note(s->lines.in.host, o, _("line %u: the variable « %s » has several modalities: the last one is taken, here and below"),
		        s->lines.line, name);
	}
	rd_buf_free(&v->value);
	v->value = value;
	return true;
}

/* Adds *variable_modality as a field; the id is kept apart. */
static bool alc_variable_add(alc_state *s, aur_record_sink *o, aur_str token)
{
	const char *p = token.ptr + 1, *end = token.ptr + token.len, *bar = memchr(p, '_', (size_t)(end - p));
	char name[RD_NAME_MAX];
	if (!rd_name_fold(p, (size_t)((bar ? bar : end) - p), name))
		return true;
	aur_str v = bar ? rd_str(bar + 1, (size_t)(end - bar) - 1) : rd_strz("oui");
	rd_buf clean = {0};
	if (!rd_utf8_repair(&clean, v.ptr, v.len) || !clean.len) {
		rd_buf_free(&clean);
		return !v.len; /* an empty modality is ignored */
	}
	s->nul |= memchr(clean.ptr, 0, clean.len) != NULL;
	if (same_name(name, s->conf->id)) {
		s->met_id = true;
		rd_buf_free(&s->id);
		s->id = clean;
		return true;
	}
	if (same_name(name, s->conf->session)) {
		s->met_session = true;
		memcpy(name, "session", sizeof "session");
	}
	if (same_name(name, s->conf->date)) {
		char iso[48];
		s->met_date = true;
		memcpy(name, "date", sizeof "date");
		aur_str date = rd_date(&s->dates, rd_str(clean.ptr, clean.len), s->lines.line, iso);
		if (date.ptr == iso) {
			clean.len = 0;
			if (!rd_buf_add(&clean, date.ptr, date.len)) {
				rd_buf_free(&clean);
				return false;
			}
		}
	}
	return alc_variable_put(s, o, name, clean);
}

static aur_status alc_start(alc_state *s, aur_record_sink *o, aur_str line)
{
	const aur_host *h = s->lines.in.host;
	aur_str mark = line_token(&line);
	bool tokens = false;
	s->open = true;
	s->section = s->nul = false;
	s->sections = 0;
	s->var_count = 0;
	s->id.len = 0;
	s->line = s->lines.line;
	if (s->texts++ == 0)
		s->mark = rd_hash(line.ptr, line.len);
	for (;;) {
		aur_str t = line_token(&line);
		if (!t.len)
			break;
		tokens = true;
		if (t.ptr[0] == '*' && t.len > 1) {
			if (!alc_variable_add(s, o, t))
				return rd_nomem(h);
		} else if (!s->said_token) {
			s->said_token = true;
			rd_note(h, o,
			        _("line %u: « %.*s » is not a starred variable (*variable_modality): left out, here and below"),
			        s->line, (int)rd_utf8_valid(t.ptr, t.len < 60 ? t.len : 60), t.ptr);
		}
	}
	/* A row of stars drawn through a text splits it, and the person would wonder why the second half has no variables. */
	if (!tokens && s->starred && !s->said_bare) {
		s->said_bare = true;
		rd_note(h, o,
		        _("line %u: « %.*s » starts a text without variables, as in IRaMuTeQ, here and below: if it should not, take "
		          "the line out"),
		        s->line, (int)rd_utf8_valid(mark.ptr, mark.len < 60 ? mark.len : 60), mark.ptr);
	}
	s->starred |= tokens;
	return AUR_OK;
}

static aur_status alc_section(alc_state *s, aur_record_sink *o, aur_str line)
{
	line.ptr += 2;
	line.len -= 2;
	aur_str t = line_token(&line);
	if (!s->said_theme && !rd_blank(line.ptr, line.len)) {
		s->said_theme = true;
		rd_note(s->lines.in.host, o,
		        _("line %u: a theme (-*theme) is one word, as in IRaMuTeQ: what follows « %.*s » is left out, "
		          "here and below"),
		        s->lines.line, (int)rd_utf8_valid(t.ptr, t.len < 60 ? t.len : 60), t.ptr);
	}
	s->theme.len = 0;
	s->section = true;
	s->section_nul = memchr(t.ptr, 0, t.len) != NULL;
	s->sections++;
	s->line = s->lines.line;
	return rd_utf8_repair(&s->theme, t.ptr, t.len) ? AUR_OK : rd_nomem(s->lines.in.host);
}

/* Whoever answers to several themes in one text is one person, whom no variable names: its id, or its number in this file. */
static aur_status alc_speaker(alc_state *s, aur_record_sink *o)
{
	const aur_host *h = s->lines.in.host;
	const char *name = h->source_name(h, s->lines.in.src), *slash = strrchr(name, '/');
	char tail[32] = "";
	bool ok;
	for (uint32_t i = 0; i < s->var_count; i++)
		for (const char *const *w = rd_speakers; *w; w++)
			if (strcmp(s->vars[i].name, *w) == 0)
				return AUR_OK;
	name = slash ? slash + 1 : name;
	s->who.len = 0;
	if (s->id.len) {
		ok = rd_buf_add(&s->who, s->conf->id_prefix, strlen(s->conf->id_prefix)) && rd_buf_add(&s->who, s->id.ptr, s->id.len);
	} else {
		int n = snprintf(tail, sizeof tail, "-%05x:%u", (unsigned)(s->mark & 0xfffffu), s->texts);
		ok = rd_buf_add(&s->who, name, rd_utf8_valid(name, strlen(name))) && rd_buf_add(&s->who, tail, (size_t)n);
	}
	if (!ok)
		return rd_nomem(h);
	h->put_field(h, o, h->field(h, o, rd_strz("locuteur")), rd_str(s->who.ptr, s->who.len));
	if (!s->said_who)
		rd_note(h, o, _("line %u: the -*themes of a text count as one person, in the field « locuteur », here and below; if a text is not one person: --set speaker=no"),
		        s->line);
	s->said_who = true;
	return AUR_OK;
}

/* Hands on what was gathered, at a mark: of a section or not. */
static aur_status alc_give(alc_state *s, aur_record_sink *o, bool before_section)
{
	const aur_host *h = s->lines.in.host;
	const char *why = NULL;
	/* Line ends before the next mark are not part of the text. */
	while (s->text.len && (s->text.ptr[s->text.len - 1] == '\n' || s->text.ptr[s->text.len - 1] == '\r'))
		s->text.len--;
	s->given = true;
	s->full.len = 0;
	if (s->open && s->id.len) {
		char tail[16];
		size_t n = s->section ? (size_t)snprintf(tail, sizeof tail, "-%u", s->sections) : 0;
		if (!rd_buf_add(&s->full, s->id.ptr, s->id.len) || !rd_buf_add(&s->full, tail, n))
			return rd_nomem(h);
	}
	aur_str id = s->nul ? rd_str(NULL, 0) : rd_str(s->full.ptr, s->full.len);
	if (!s->open)
		why = s->digits
		          ? _("text before the first line of four digits and a star: it belongs to no contribution")
		          : _("text before the first line of ****: it belongs to no contribution");
	else if (s->nul || (s->section && s->section_nul))
		why = _("the contribution holds a NUL byte, which a text cannot have");
	else if (s->too_long)
		why = _("the text is longer than the 32 MiB that a contribution may have");
	else {
		aur_status st = rd_text_check(&s->lines.in, o, &s->text, s->line, &s->repaired, &why);
		if (st < 0)
			return st;
	}
	if (why) {
		h->refuse(h, o, s->line, id, why);
		return AUR_REFUSED;
	}
	h->put_where(h, o, s->line);
	if (id.len)
		h->put_id(h, o, id);
	for (uint32_t i = 0; i < s->var_count; i++) {
		uint32_t field = h->field(h, o, rd_strz(s->vars[i].name));
		h->put_field(h, o, field, rd_str(s->vars[i].value.ptr, s->vars[i].value.len));
		if (field >= MAX_VARIABLES || s->told[field])
			continue;
		s->told[field] = true;
		if (!rd_buf_add(&s->fields, ", ", s->fields.len ? 2 : 0) || !rd_buf_add(&s->fields, s->vars[i].name, strlen(s->vars[i].name)))
			return rd_nomem(h);
	}
	if (s->section && s->theme.len)
		h->put_field(h, o, h->field(h, o, rd_strz("thematique")), rd_str(s->theme.ptr, s->theme.len));
	if (s->conf->texts_are_people && (s->section || before_section)) {
		aur_status st = alc_speaker(s, o);
		if (st < 0)
			return st;
	}
	h->put_text(h, o, rd_str(s->text.ptr, s->text.len));
	return AUR_OK;
}

/* Is there something to give at a mark, or at the end of the file? */
static bool alc_waits(const alc_state *s, bool before_section)
{
	if (s->given)
		return false;
	if (s->text.len || s->too_long)
		return true;
	/* It is normal to have nothing between **** and the first -*theme; elsewhere it is an empty text. */
	return s->open && (s->section || !before_section);
}

static bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Whoever prepared a text for IRaMuTeQ wrote « pôle_emploi »: one word, which neither a theme nor "pôle emploi" finds. */
static void alc_joined(alc_state *s, aur_str line)
{
	if (!line.len || !memchr(line.ptr, '_', line.len))
		return;
	for (aur_str w; (w = line_token(&line)).len;) {
		const char *bar = memchr(w.ptr, '_', w.len), *end = w.ptr + w.len;
		if (!bar || bar == w.ptr || bar + 1 == end || !is_letter(bar[-1]) || !is_letter(bar[1]) || memchr(w.ptr, '@', w.len) || memchr(w.ptr, '/', w.len))
			continue;
		if (s->joined++)
			continue;
		size_t n = rd_utf8_valid(w.ptr, w.len < sizeof s->joined_first - 1 ? w.len : sizeof s->joined_first - 1);
		memcpy(s->joined_first, w.ptr, n);
		s->joined_line = s->lines.line;
	}
}

static void alc_behind_space(alc_state *s, aur_record_sink *o, aur_str line)
{
	aur_str mark = line_token(&line);
	if (mark.len != 4 || !line_stars(mark) || !probe_variable(line))
		return;
	s->said_space = true;
	rd_note(s->lines.in.host, o,
	        _("line %u: **** after a space does not start a text, as in IRaMuTeQ, here and below: if it should, "
	          "remove the space"),
	        s->lines.line);
}

/* If the person named a variable that no text has, it is a typing error. */
static void alc_tell_asked(const alc_state *s, aur_record_sink *o)
{
	const struct {
		const char *asked, *usual;
		bool met;
	} of[] = {{s->conf->id, "id", s->met_id}, {s->conf->session, "session", s->met_session}, {s->conf->date, "date", s->met_date}};
	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (!of[i].met && strcmp(of[i].asked, of[i].usual) != 0)
			rd_note(s->lines.in.host, o, _("no text has a variable « %.60s » (asked for as %s)"), of[i].asked, of[i].usual);
}

static aur_status alc_next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	(void)model;
	alc_state *s = state;
	for (;;) {
		aur_str line = {NULL, 0};
		aur_status st = rd_lines_next(&s->lines, &line);
		if (st < 0)
			return st;
		size_t whole = s->lines.last;
		if (st == AUR_OK && line.len >= 3 && memcmp(line.ptr, "\xEF\xBB\xBF", 3) == 0) {
			/* Concatenated files keep their byte-order marks. */
			line = rd_str(line.ptr + 3, line.len - 3);
			whole -= 3;
		}
		if (st == AUR_OK && !s->said_space && line.len && line_space(line.ptr[0]))
			alc_behind_space(s, o, line);
		bool start = st == AUR_OK && (s->digits ? line_digits(line) : line_stars(line));
		bool theme = st == AUR_OK && !start && s->open && line_theme(line);
		if (start || theme || st == AUR_END) {
			if (alc_waits(s, theme)) {
				if (st != AUR_END)
					rd_lines_back(&s->lines);
				return alc_give(s, o, theme);
			}
			if (st == AUR_END)
				break;
			s->text.len = 0;
			s->given = s->too_long = false;
			if ((st = theme ? alc_section(s, o, line) : alc_start(s, o, line)) < 0)
				return st;
		} else if (st == AUR_REFUSED || s->text.len + whole > RD_MAX_RECORD) {
			s->too_long = true;
		} else if (s->text.len || !rd_blank(line.ptr, line.len)) {
			if (!s->open && !s->text.len)
				s->line = s->lines.line;
			alc_joined(s, line);
			if (!rd_buf_add(&s->text, line.ptr, whole))
				return rd_nomem(h);
		}
	}
	if (s->repaired > 10)
		rd_note(h, o, _("contributions that held bytes which are not UTF-8, read as Windows-1252: %u"),
		        s->repaired);
	if (!s->texts)
		return h->fail_at(
		    h, AUR_E_DATA, h->source_name(h, s->lines.in.src), 0, 0,
		    _("no line starts with ****: this is not an IRaMuTeQ corpus; --reader text reads it as plain text"));
	if (s->fields.len)
		rd_note(h, o, _("fields: %.*s"), (int)rd_utf8_valid(s->fields.ptr, s->fields.len < 900 ? s->fields.len : 900), s->fields.ptr);
	if (s->joined)
		rd_note(h, o, _("words joined by « _ », as in IRaMuTeQ: %u, the first on line %u: « %s »; each stays one word, which themes and phrases of several words do not find: write spaces instead to make them several words"),
		        s->joined, s->joined_line, s->joined_first);
	alc_tell_asked(s, o);
	rd_dates_tell(&s->dates, h, o);
	return AUR_END;
}

/* ---- the component --------------------------------------------------------------------------------------------------- */

static const aur_reader_ops alc_ops = {
    .size = sizeof(aur_reader_ops),
    .extensions = "txt",
    .probe = alc_probe,
    .begin = alc_begin,
    .next = alc_next,
    .end = alc_end,
};

static const aur_component alc_component = {
    .size = sizeof(aur_component),
    .kind = AUR_READER,
    .id = "reader-alceste",
    .version = "1.0.0",
    .summary = N_("corpora of IRaMuTeQ and Alceste: ****, starred variables, -*themes"),
    .open = alc_open,
    .close = alc_close,
    .ops = &alc_ops,
};

EXPORT_PLUGIN("reader-alceste", &alc_component);
