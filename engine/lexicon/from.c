/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to text, what kind of word list it is, and the three that are made of lines: LIWC, Lexicoder, tables. */
#include "config.h"
#include <iconv.h>
#include <stdlib.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "index/index.h"
#include "lexicon/dict.h"
#include "text/fold.h"

/* ---- bytes to text ---- */

static int convert(const char *from, const char *s, size_t n, aur_buf *out)
{
	iconv_t cd = iconv_open("UTF-8", from);
	char *in = (char *)(uintptr_t)s; /* iconv's old signature: it only reads */
	size_t left = n;
	if (cd == (iconv_t)-1)
		return 0;
	aur_buf_room(out, n * 4 + 16);
	char *to = (char *)out->p + out->n;
	size_t room = out->cap - out->n;
	int good = iconv(cd, &in, &left, &to, &room) != (size_t)-1 && !left;
	out->n = (size_t)(to - (char *)out->p);
	iconv_close(cd);
	return good;
}

/* UTF-8 without its mark; UTF-16 by its mark; else Windows-1252, as old word lists are. */
static aur_code decode(aur_dict *d, const char *s, size_t n, aur_buf *out, aur_error *err)
{
	int good = 1;
	if (n >= 2 && (!memcmp(s, "\xFF\xFE", 2) || !memcmp(s, "\xFE\xFF", 2))) {
		good = convert(*s == '\xFF' ? "UTF-16LE" : "UTF-16BE", s + 2, n - 2, out);
	} else {
		size_t bom = n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3) ? 3 : 0;
		if (aur_utf8_valid(s + bom, n - bom) == n - bom) {
			aur_buf_put(out, s + bom, n - bom);
		} else if ((good = convert("WINDOWS-1252", s, n, out)) && d->note) {
			d->note(d->to, _("this is not UTF-8: it is read as Windows-1252"));
		}
	}
	if (!good || memchr(out->p ? (char *)out->p : "", 0, out->n))
		return aur_fail_at(err, AURE_DATA, d->file, 0, 0, _("this is not text: save it as UTF-8 first"));
	aur_buf_cstr(out);
	return AURE_OK;
}

/* ---- what is it? ---- */

/* The next line from *at on; 0 past the last. */
static int next_line(const char **at, const char **line, size_t *n)
{
	if (!**at)
		return 0;
	*line = *at;
	*n = strcspn(*at, "\n");
	*at += *n + ((*at)[*n] == '\n');
	return 1;
}

static const char *trim(const char *s, size_t *n)
{
	while (*n && (*s == ' ' || *s == '\t')) {
		s++;
		--*n;
	}
	while (*n && (s[*n - 1] == ' ' || s[*n - 1] == '\t' || s[*n - 1] == '\r'))
		--*n;
	return s;
}

static int is_word(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && !memcmp(s, word, n);
}

/* The first of these elements that the text opens. */
static aur_dict_format root_of(const char *text)
{
	static const struct {
		const char *name;
		aur_dict_format f;
	} roots[] = {{"CodeBook", DICT_QDC}, {"Project", DICT_QDC}, {"dictionary", DICT_YOSHIKODER}};
	for (const char *p = text; (p = strchr(p, '<')); p++) {
		const char *name = p + 1;
		if (!strncmp(p, "<!--", 4)) {
			if (!(p = strstr(p, "-->")))
				break;
			continue;
		}
		if (*name == '?' || *name == '!')
			continue;
		size_t n = strcspn(name, " \t\r\n/>");
		const char *colon = memchr(name, ':', n);
		if (colon) {
			n -= (size_t)(colon + 1 - name);
			name = colon + 1;
		}
		for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
			if (is_word(name, n, roots[i].name))
				return roots[i].f;
		break;
	}
	return DICT_UNKNOWN;
}

static aur_dict_format by_name(const char *file)
{
	static const struct {
		const char *ext;
		aur_dict_format f;
	} exts[] = {{"dic", DICT_LIWC}, {"yml", DICT_QUANTEDA}, {"yaml", DICT_QUANTEDA}, {"qdc", DICT_QDC}, {"csv", DICT_CSV},
		    {"tsv", DICT_CSV}, {"lc3", DICT_LEXICODER}, {"lcd", DICT_LEXICODER}, {"ykd", DICT_YOSHIKODER}};
	const char *dot = strrchr(file, '.');
	aur_dict_format f = DICT_UNKNOWN;
	aur_buf ext = {0};
	if (dot)
		aur_text_fold(&ext, dot + 1, strlen(dot + 1));
	for (size_t i = 0; ext.n && i < sizeof exts / sizeof *exts; i++)
		if (is_word((char *)ext.p, ext.n, exts[i].ext))
			f = exts[i].f;
	aur_buf_free(&ext);
	return f;
}

/* What a file is, by what is in it, else by its name. */
static aur_dict_format detect(const char *file, const char *text)
{
	const char *at = text, *s = "";
	size_t k = 0;
	while (next_line(&at, &s, &k)) {
		s = trim(s, &k);
		if (k && *s != '#')
			break;
	}
	if (!k)
		return by_name(file);
	if (*s == '<')
		return root_of(s);
	if (is_word(s, k, "%"))
		return DICT_LIWC;
	if (*s == '{' /* JSON, which is YAML */ || is_word(s, k, "---") || (k > 5 && !memcmp(s, "%YAML", 5)))
		return DICT_QUANTEDA;
	if (*s == '+' && k > 1)
		return DICT_LEXICODER;
	/* « key: » or « key: [words] », and no separator of tables in the key */
	size_t key = 0;
	while (key < k && !(s[key] == ':' && (key + 1 == k || s[key + 1] == ' ')))
		key++;
	if (key && key < k && !memchr(s, ';', key) && !memchr(s, ',', key) && !memchr(s, '\t', key))
		return DICT_QUANTEDA;
	if (by_name(file) != DICT_UNKNOWN)
		return by_name(file);
	return memchr(s, ';', k) || memchr(s, ',', k) || memchr(s, '\t', k) ? DICT_CSV : DICT_UNKNOWN;
}

/* ---- what the readers of lines share ---- */

/* An expression as the file has it, with what stands for itself written so. */
static void expression(aur_dict *d, uint32_t theme, const char *s, size_t n, unsigned line)
{
	aur_buf b = {0};
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\\')
			aur_buf_byte(&b, '\\');
		aur_buf_byte(&b, (unsigned char)s[i]);
	}
	aur_dict_add(d, theme, b.p ? (char *)b.p : "", b.n, line);
	aur_buf_free(&b);
}

static void too_many(aur_dict *d, unsigned line, const char *what, size_t n)
{
	aur_dict_leave(d, line, what, n, _("there are too many themes, or they are nested too deep"));
}

/* ---- LIWC: number and name between two lines « % »; then expression and numbers ---- */

struct level {
	uint32_t theme;
	size_t tabs;
};

/* « \t2\tpronoun (Pronouns) »: LIWC 2015 puts categories into others by leading tabs. */
static void category(aur_dict *d, struct level *stack, unsigned *depth, const char *line, size_t n, unsigned at)
{
	size_t tabs = 0, k;
	while (tabs < n && line[tabs] == '\t')
		tabs++;
	const char *s = trim(line, &n);
	for (k = 0; k < n && s[k] != ' ' && s[k] != '\t';)
		k++;
	size_t left = n - k;
	const char *name = trim(s + k, &left);
	if (!left) {
		aur_dict_leave(d, at, s, n, _("a category without a name"));
		return;
	}
	while (*depth && stack[*depth - 1].tabs >= tabs)
		--*depth;
	uint32_t t = aur_dict_new(d, *depth ? stack[*depth - 1].theme : AUR_NONE, name, left);
	if (t == AUR_NONE) {
		too_many(d, at, s, n);
		return;
	}
	d->t[t].number = aur_xstrndup(s, k);
	if (*depth < 16)
		stack[(*depth)++] = (struct level){t, tabs};
}

static uint32_t numbered(const aur_dict *d, const char *s, size_t n)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (d->t[i].number && is_word(s, n, d->t[i].number))
			return i;
	return AUR_NONE;
}

static int is_above(const aur_dict *d, uint32_t above, uint32_t t)
{
	while (t != AUR_NONE && t != above)
		t = d->t[t].parent;
	return t != AUR_NONE;
}

/* Where the numbers of a line begin: behind its first tab, else its last words that are numbers. */
static size_t numbers_at(const char *s, size_t n)
{
	const char *tab = memchr(s, '\t', n);
	if (tab)
		return (size_t)(tab - s);
	size_t at = n;
	while (at && (s[at - 1] == ' ' || (s[at - 1] >= '0' && s[at - 1] <= '9')))
		at--;
	while (at < n && s[at] != ' ')
		at++;
	return at;
}

static void liwc_entry(aur_dict *d, const char *s, size_t n, unsigned line)
{
	uint32_t in[64];
	unsigned known = 0, said = 0, strange = 0;
	size_t k = numbers_at(s, n), words = k;
	trim(s, &words);
	const char *rest = s + words; /* of the line, not of the text: to search that for each line takes minutes */
	size_t left = n - words;
	if (memchr(rest, '<', left) || memchr(rest, '(', left) || memchr(rest, '/', left) || ((*s == '<' || *s == '(') && memchr(s, '/', words))) {
		aur_dict_leave(d, line, s, n, _("a condition of LIWC 2007"));
		return;
	}
	for (size_t i = 0; i < words; i++)
		if (s[i] == '*' && (i == 0 || s[i - 1] == ' ' || (i + 1 < words && s[i + 1] != ' '))) {
			aur_dict_leave(d, line, s, n, _("LIWC allows a star only at the end of a word"));
			return;
		}
	while (k < n) {
		while (k < n && (s[k] == ' ' || s[k] == '\t'))
			k++;
		size_t from = k;
		while (k < n && s[k] != ' ' && s[k] != '\t')
			k++;
		if (k == from)
			break;
		uint32_t t = numbered(d, s + from, k - from);
		strange += t == AUR_NONE;
		if (t != AUR_NONE && known < sizeof in / sizeof *in)
			in[known++] = t;
		said++;
	}
	if (strange)
		aur_dict_leave(d, line, s, n,
			       known ? _("under a category that the header does not name; under its other categories "
					 "it is converted") : _("a category that the header does not name"));
	if (!said)
		aur_dict_leave(d, line, s, n, _("no category"));
	for (unsigned i = 0; i < known; i++) {
		int below = 0; /* a part of the theme is named as well: it counts there anyway */
		for (unsigned j = 0; j < known; j++)
			below |= j != i && (in[j] == in[i] ? j < i : is_above(d, in[i], in[j]));
		if (!below)
			expression(d, in[i], s, words, line);
	}
}

static aur_code from_liwc(aur_dict *d, const char *text, aur_error *err)
{
	const char *at = text, *s;
	struct level stack[16];
	unsigned line = 0, fences = 0, depth = 0;
	size_t n;
	while (next_line(&at, &s, &n)) {
		size_t k = n;
		const char *t = trim(s, &k);
		line++;
		if (!k)
			continue;
		if (is_word(t, k, "%"))
			fences++;
		else if (fences < 2)
			category(d, stack, &depth, s, n, line);
		else
			liwc_entry(d, t, k, line);
	}
	return fences < 2 ? aur_fail_at(err, AURE_DATA, d->file, 0, 0,
					_("this is not a LIWC dictionary, which begins with its categories, a number and a name each, between two lines with nothing but %%"))
			  : AURE_OK;
}

/* ---- Lexicoder: +theme, then an expression per line ---- */

static void from_lexicoder(aur_dict *d, const char *text)
{
	const char *at = text, *s;
	uint32_t theme = AUR_NONE;
	unsigned line = 0;
	size_t n;
	while (next_line(&at, &s, &n)) {
		s = trim(s, &n);
		line++;
		if (!n)
			continue;
		if (*s == '+' && n > 1) {
			theme = aur_dict_child(d, AUR_NONE, s + 1, n - 1);
			if (theme == AUR_NONE)
				too_many(d, line, s, n);
		} else {
			if (theme == AUR_NONE)
				theme = aur_dict_outside(d);
			if (theme != AUR_NONE)
				expression(d, theme, s, n, line);
		}
	}
}

/* ---- tables: theme, expression, with a head; perhaps title and definition ---- */

enum { C_THEME, C_EXPRESSION, C_TITLE, C_DEFINITION, COLUMNS };
#define MOST_CELLS 512u /* LIWC-22 has a column for each of its categories, more than a hundred */

/* The cells of the next record, in one buffer with a NUL behind each; moves *at and *line past it. */
static unsigned record(const char **at, char sep, aur_buf *cells, size_t *start, unsigned *line)
{
	const char *p = *at;
	unsigned n = 0;
	int quoted = 0, fresh = 1; /* fresh: at the beginning of a cell, where a quotation mark quotes */
	cells->n = 0;
	start[0] = 0;
	for (; *p && (quoted || *p != '\n'); p++) {
		*line += *p == '\n';
		if (quoted && *p == '"' && p[1] == '"') {
			aur_buf_byte(cells, '"');
			p++;
		} else if (*p == '"' && (quoted || fresh)) {
			quoted = !quoted;
			fresh = 0;
		} else if (*p == sep && !quoted) {
			aur_buf_byte(cells, 0);
			if (n + 1 < MOST_CELLS)
				start[++n] = cells->n;
			fresh = 1;
		} else if (*p != '\r' || p[1] != '\n') { /* a line's end is one space */
			aur_buf_byte(cells, *p == '\n' || *p == '\r' || *p == '\t' ? ' ' : (unsigned char)*p);
			fresh = fresh && *p == ' ';
		}
	}
	aur_buf_byte(cells, 0);
	*at = *p ? p + 1 : p;
	++*line;
	return n + 1;
}

static char separator(const char **text)
{
	const char *s = *text;
	size_t n = strcspn(s, "\n"), count[3] = {0};
	static const char seps[] = ";\t,";
	int quoted = 0;
	if (!strncmp(s, "sep=", 4) && n >= 5 && (unsigned char)s[4] < 0x80) {
		*text = s[n] ? s + n + 1 : s + n;
		return s[4];
	}
	for (size_t i = 0; i < n; i++) {
		quoted ^= s[i] == '"';
		for (int k = 0; k < 3 && !quoted; k++)
			count[k] += s[i] == seps[k];
	}
	int best = count[1] > count[0];
	best = count[2] > count[best] ? 2 : best;
	return seps[best];
}

/* A code with dots is a part of a theme: sanctions.radiation. */
static uint32_t by_code(aur_dict *d, const char *s, size_t n)
{
	int dotted = memchr(s, '.', n) && *s != '.' && s[n - 1] != '.';
	for (size_t i = 0; i < n && dotted; i++)
		dotted = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9') || s[i] == '-' || (s[i] == '.' && s[i + 1] != '.');
	return dotted ? aur_dict_at(d, s, n) : aur_dict_child(d, AUR_NONE, s, n);
}

static void keep(char **to, const char *s, size_t n)
{
	if (n) {
		free(*to);
		*to = aur_xstrndup(s, n);
	}
}

/* What marks a word under a category, or nothing. */
static int is_mark(const char *s)
{
	return !*s || (strchr("Xx01", *s) && !s[1]);
}

/* Is it a table of words by categories, as LIWC-22 writes them (.dicx): a word, then X or 1 in the columns of its categories? */
static int is_matrix(const char *text)
{
	size_t start[MOST_CELLS];
	unsigned line = 1, marks = 0, strange = 0;
	char sep = separator(&text);
	aur_buf b = {0};
	unsigned columns = record(&text, sep, &b, start, &line);
	strange = *b.p && !b.p[strspn((char *)b.p, "0123456789")]; /* no name: the categories of a .dic that lost its % */
	for (unsigned i = 1; i < columns; i++)
		strange += is_mark((char *)b.p + start[i]) && b.p[start[i]];
	while (*text && !strange) {
		unsigned n = record(&text, sep, &b, start, &line);
		for (unsigned i = 1; i < n; i++) {
			const char *s = (char *)b.p + start[i];
			strange += !is_mark(s);
			marks += *s && *s != '0';
		}
	}
	aur_buf_free(&b);
	return columns > 1 && marks && !strange;
}

static void from_matrix(aur_dict *d, const char *text)
{
	size_t start[MOST_CELLS];
	uint32_t theme[MOST_CELLS];
	unsigned line = 1;
	char sep = separator(&text);
	aur_buf b = {0};
	unsigned columns = record(&text, sep, &b, start, &line);
	for (unsigned i = 1; i < columns; i++) {
		size_t n = strlen((char *)b.p + start[i]);
		const char *name = trim((char *)b.p + start[i], &n);
		theme[i] = n ? aur_dict_child(d, AUR_NONE, name, n) : AUR_NONE;
		if (!n)
			aur_dict_leave(d, 1, "", 0, _("a category without a name"));
		else if (theme[i] == AUR_NONE)
			too_many(d, 1, name, n);
	}
	while (*text) {
		unsigned here = line, under = 0;
		unsigned n = record(&text, sep, &b, start, &line);
		size_t len = strlen((char *)b.p);
		const char *word = trim((char *)b.p, &len);
		for (unsigned i = 1; len && i < n && i < columns; i++) {
			const char *mark = (char *)b.p + start[i];
			if (!*mark || *mark == '0')
				continue;
			under++;
			if (theme[i] != AUR_NONE)
				expression(d, theme[i], word, len, here);
		}
		if (len && !under)
			aur_dict_leave(d, here, word, len, _("no category"));
	}
	aur_buf_free(&b);
}

static void from_csv(aur_dict *d, const char *text)
{
	static const char *const names[COLUMNS] = {"theme", "expression", "title", "definition"};
	const char *at = text;
	unsigned line = 1, of[COLUMNS] = {0, 1, MOST_CELLS, MOST_CELLS};
	size_t start[MOST_CELLS], length[COLUMNS];
	const char *cell[COLUMNS];
	char sep = separator(&at);
	aur_buf b = {0}, name = {0};
	line += at != text;
	unsigned n = record(&at, sep, &b, start, &line);
	unsigned named = 0; /* bits: columns with a name of their own */
	for (unsigned i = 0; i < n; i++) {
		name.n = 0;
		aur_text_name(&name, (char *)b.p + start[i], strlen((char *)b.p + start[i]));
		for (unsigned c = 0; c < COLUMNS; c++) /* the others are French as they are */
			if (is_word(name.p ? (char *)name.p : "", name.n, names[c]) || (c == C_TITLE && is_word(name.p ? (char *)name.p : "", name.n, "titre"))) {
				of[c] = i;
				named |= 1u << c;
			}
	}
	unsigned moves = named & 1u << C_THEME ? C_EXPRESSION : C_THEME;
	if (of[C_EXPRESSION] == of[C_THEME])
		of[moves] = of[moves] == 0;
	if (d->note && n > 1 && ~named & (1u << C_THEME | 1u << C_EXPRESSION)) {
		name.n = 0;
		aur_buf_printf(&name, _("no column is called %s: the theme is column « %s », the expression is column « %s », and this first line is the header"),
			       names[moves], (char *)b.p + start[of[C_THEME] < n ? of[C_THEME] : 0],
			       (char *)b.p + start[of[C_EXPRESSION] < n ? of[C_EXPRESSION] : 0]);
		d->note(d->to, aur_buf_cstr(&name));
	}
	while (*at) {
		unsigned here = line;
		n = record(&at, sep, &b, start, &line);
		for (unsigned c = 0; c < COLUMNS; c++) {
			cell[c] = of[c] < n ? (char *)b.p + start[of[c]] : "";
			length[c] = strlen(cell[c]);
			cell[c] = trim(cell[c], &length[c]);
		}
		if (!length[C_THEME] && !length[C_EXPRESSION])
			continue;
		if (!length[C_THEME] || !length[C_EXPRESSION]) {
			unsigned c = length[C_THEME] ? C_THEME : C_EXPRESSION;
			aur_dict_leave(d, here, cell[c], length[c], _("a theme and an expression are needed"));
			continue;
		}
		uint32_t t = by_code(d, cell[C_THEME], length[C_THEME]);
		if (t == AUR_NONE) {
			too_many(d, here, cell[C_THEME], length[C_THEME]);
			continue;
		}
		keep(&d->t[t].title, cell[C_TITLE], length[C_TITLE]);
		keep(&d->t[t].definition, cell[C_DEFINITION], length[C_DEFINITION]);
		expression(d, t, cell[C_EXPRESSION], length[C_EXPRESSION], here);
	}
	aur_buf_free(&b);
	aur_buf_free(&name);
}

/* ---- all of them ---- */

aur_code aur_dict_read(aur_dict *d, aur_dict_format f, const char *bytes, size_t n, aur_error *err)
{
	aur_buf text = {0};
	aur_code c = decode(d, bytes, n, &text, err);
	if (!c && f == DICT_UNKNOWN && (f = detect(d->file, (char *)text.p)) == DICT_UNKNOWN)
		c = aur_fail_at(err, AURE_DATA, d->file, 0, 0,
				_("this is not a known kind of word list (a LIWC dictionary, quanteda YAML, a REFI-QDA codebook, a table of themes and "
				  "expressions, Lexicoder, Yoshikoder); if it is one of these, name it with --from"));
	if (c) {
		aur_buf_free(&text);
		return c;
	}
	switch (f) {
	case DICT_LIWC:
	case DICT_CSV:
		if (is_matrix((char *)text.p))
			from_matrix(d, (char *)text.p);
		else if (f == DICT_CSV)
			from_csv(d, (char *)text.p);
		else
			c = from_liwc(d, (char *)text.p, err);
		break;
	case DICT_LEXICODER:
		from_lexicoder(d, (char *)text.p);
		break;
	case DICT_QUANTEDA:
		c = aur_dict_from_yaml(d, (char *)text.p, text.n, err);
		break;
	default:
		c = aur_dict_from_xml(d, f, bytes, n, err);
	}
	aur_buf_free(&text);
	return c;
}
