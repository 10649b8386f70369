/* SPDX-License-Identifier: Apache-2.0 */
/* What a line of Markdown is, and its text without markup.  Reports and minutes come in this form, often converted from PDF, with
 * all sorts of bullets and remains of HTML. */
#include <ctype.h>
#include "text.h"

static aur_str md_skip(aur_str s, size_t n)
{
	s.ptr += n;
	s.len -= n;
	return rd_trim(s);
}

/* Length of a character at the start of s that can only be a bullet (it needs no space after it), 0 if there is none. */
static size_t md_sign(aur_str s)
{
	static const char *const signs[] = {"❑", "❒", "□", "■", "▪", "▫", "•", "‣",           "◦",
	                                    "●", "○", "➢", "➤", "✓", "✔", "·", "\xEF\x82\xB7" /* from Word's symbol font */};
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t n = strlen(signs[i]);
		if (s.len >= n && memcmp(s.ptr, signs[i], n) == 0)
			return n;
	}
	return 0;
}

/* Length of a bullet at the start of s, 0 if there is none.  "+" is not one: people write « + de bus ». */
static size_t md_bullet(aur_str s)
{
	size_t n = md_sign(s);
	if (n || !s.len)
		return n;
	if (s.ptr[0] == '-' || s.ptr[0] == '*')
		return s.len > 1 && (s.ptr[1] == ' ' || s.ptr[1] == '\t') ? 1 : 0;
	if (s.len > 3 && (memcmp(s.ptr, "–", 3) == 0 || memcmp(s.ptr, "—", 3) == 0))
		return s.ptr[3] == ' ' ? 3 : 0;
	while (n < s.len && n < 3 && s.ptr[n] >= '0' && s.ptr[n] <= '9')
		n++;
	if (n && n + 1 < s.len && (s.ptr[n] == '.' || s.ptr[n] == ')') && (s.ptr[n + 1] == ' ' || s.ptr[n + 1] == '\t'))
		return n + 1;
	return 0;
}

static bool md_all(aur_str s, char c)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != c && s.ptr[i] != ' ')
			return false;
	return true;
}

md_line md_look(aur_str line)
{
	md_line l = {.kind = MD_TEXT, .text = rd_trim(line)};
	if (rd_blank(line.ptr, line.len)) {
		l.kind = MD_BLANK;
		return l;
	}
	while (l.text.len && l.text.ptr[0] == '>') { /* a quotation */
		l.text = md_skip(l.text, 1);
		l.quoted = true;
		if (!l.text.len) {
			l.kind = MD_BLANK;
			return l;
		}
	}
	char c = l.text.ptr[0];
	if (l.text.len >= 3 && (c == '=' || c == '-') && md_all(l.text, c)) {
		l.kind = MD_UNDERLINE;
		l.level = c == '=' ? 1 : 2;
		return l;
	}
	if ((l.text.len >= 3 && (c == '*' || c == '_') && md_all(l.text, c)) ||
	    (l.text.len >= 3 && (memcmp(l.text.ptr, "```", 3) == 0 || memcmp(l.text.ptr, "~~~", 3) == 0))) {
		l.kind = MD_RULE;
		return l;
	}
	size_t n = 0;
	while (n < l.text.len && l.text.ptr[n] == '#')
		n++;
	if (n >= 1 && n <= 6 && (n == l.text.len || l.text.ptr[n] == ' ' || l.text.ptr[n] == '\t')) {
		l.kind = MD_HEADING;
		l.level = (unsigned)n;
		l.text = md_skip(l.text, n);
		while (l.text.len && l.text.ptr[l.text.len - 1] == '#')
			l.text.len--;
		l.text = rd_trim(l.text);
	} else if ((n = md_bullet(l.text))) {
		l.kind = MD_BULLET;
		l.text = md_skip(l.text, n);
		if (l.text.len >= 4 && l.text.ptr[0] == '[' && strchr(" xX", l.text.ptr[1]) && l.text.ptr[1] &&
		    l.text.ptr[2] == ']' && l.text.ptr[3] == ' ')
			l.text = md_skip(l.text, 4); /* a task list */
	}
	/* "- ❑ text", "### ❑ text": marks from a PDF often come in pairs. */
	while ((n = md_sign(l.text)))
		l.text = md_skip(l.text, n);
	return l;
}

bool md_like(const char *p, size_t n)
{
	uint32_t headings = 0, bullets = 0;
	aur_str above = {NULL, 0};
	for (const char *end = p + n; p < end;) {
		aur_str line = rd_line_of(&p, end);
		md_line l = md_look(line);
		headings += l.kind == MD_HEADING && l.text.len;
		bullets += l.kind == MD_BULLET;
		line = rd_trim(line);
		if (above.len && table_rule(line) && table_cells(line) == table_cells(above))
			return true;
		above = line;
	}
	return headings || bullets >= 3;
}

/* ---- inside a line ------------------------------------------------------------------------------------------ */

/* Length of an HTML tag or comment at p, 0 if "<" is just a character. */
static size_t md_tag(const char *p, const char *end)
{
	if (end - p < 3 || !(isalpha((unsigned char)p[1]) || p[1] == '/' || p[1] == '!'))
		return 0;
	const char *close = memchr(p, '>', end - p < 1000 ? (size_t)(end - p) : 1000);
	return close ? (size_t)(close - p) + 1 : 0;
}

/* Length of an entity at p, with its character in *c; 0 if "&" is just a character. */
static size_t md_entity(const char *p, const char *end, uint32_t *c)
{
	static const struct {
		const char *name;
		uint32_t c;
	} known[] = {{"&amp;", '&'},      {"&lt;", '<'},      {"&gt;", '>'},      {"&quot;", '"'},
	             {"&apos;", '\''},    {"&nbsp;", 0xA0},   {"&laquo;", 0xAB},  {"&raquo;", 0xBB},
	             {"&rsquo;", 0x2019}, {"&eacute;", 0xE9}, {"&egrave;", 0xE8}, {"&agrave;", 0xE0},
	             {"&ecirc;", 0xEA},   {"&ccedil;", 0xE7}, {"&euro;", 0x20AC}, {"&hellip;", 0x2026}};
	size_t n = (size_t)(end - p);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t len = strlen(known[i].name);
		if (n >= len && memcmp(p, known[i].name, len) == 0) {
			*c = known[i].c;
			return len;
		}
	}
	if (n < 4 || p[1] != '#')
		return 0;
	bool hex = p[2] == 'x' || p[2] == 'X';
	size_t at = hex ? 3 : 2, first = at;
	uint32_t v = 0;
	while (at < n && at < first + 6 && (hex ? isxdigit((unsigned char)p[at]) : isdigit((unsigned char)p[at]))) {
		int digit = isdigit((unsigned char)p[at]) ? p[at] - '0' : tolower((unsigned char)p[at]) - 'a' + 10;
		v = v * (hex ? 16 : 10) + (uint32_t)digit;
		at++;
	}
	if (at == first || at >= n || p[at] != ';' || v < 0x20 || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
		return 0;
	*c = v;
	return at + 1;
}

/* Positions of closing marks in the line, as far as they were searched for, so that a line with many marks is not searched to its
 * end from each of them. */
typedef struct md_ahead {
	const char *bracket, *parenthesis, *star, *underline; /* NULL: not searched yet; end of the line: there are no more */
} md_ahead;

static const char *md_next(const char **known, const char *p, const char *end, char c)
{
	if (!*known || *known < p)
		*known = memchr(p, c, (size_t)(end - p));
	if (!*known)
		*known = end;
	return *known;
}

/* Length of "[words](address)" at p, with the words in *words; 0 if it is not a link. */
static size_t md_link(const char *p, const char *end, md_ahead *ahead, aur_str *words)
{
	const char *close = md_next(&ahead->bracket, p, end, ']');
	if (end - close < 3 || close[1] != '(')
		return 0;
	const char *stop = md_next(&ahead->parenthesis, close, end, ')');
	if (stop == end)
		return 0;
	*words = rd_str(p + 1, (size_t)(close - p) - 1);
	return (size_t)(stop - p) + 1;
}

static bool md_letter(const char *p, const char *start, const char *end)
{
	return p >= start && p < end && (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80);
}

/* Does the * or _ at p open an emphasis that the same line closes?  *so*, but not allocataire*s nor e_mail. */
static bool md_opens(const char *p, const char *start, const char *end, md_ahead *ahead)
{
	const char **closes = *p == '*' ? &ahead->star : &ahead->underline;
	if (md_letter(p - 1, start, end) || !md_letter(p + 1, start, end))
		return false;
	if (!*closes || *closes <= p) {
		const char *q = p + 1;
		while ((q = memchr(q, *p, (size_t)(end - q))) && (q[-1] == ' ' || md_letter(q + 1, start, end)))
			q++;
		*closes = q ? q : end;
	}
	return *closes < end;
}

bool md_plain(rd_buf *out, aur_str text)
{
	const char *p = text.ptr, *start = p, *end = p + text.len;
	md_ahead ahead = {0};
	char stress = 0;
	while (p < end) {
		const char *run = p;
		while (p < end && *p != '*' && *p != '_' && *p != '<' && *p != '&' && *p != '[' && *p != '!' &&
		       *p != '\\')
			p++;
		if (!rd_buf_add(out, run, (size_t)(p - run)))
			return false;
		if (p == end)
			break;
		size_t n = 0;
		uint32_t c;
		char letter[4];
		aur_str words;
		switch (*p) {
		case '*':
		case '_':
			if (end - p >= 2 && p[1] == *p) {
				n = 2; /* bold */
			} else if (stress == *p && p[-1] != ' ' && !md_letter(p + 1, start, end)) {
				stress = 0;
				n = 1;
			} else if (!stress && md_opens(p, start, end, &ahead)) {
				stress = *p;
				n = 1;
			}
			break;
		case '<':
			n = md_tag(p, end);
			if (n && n <= 6 && memcmp(p + 1, "br", 2) == 0 && !rd_buf_add(out, " ", 1))
				return false;
			break;
		case '&':
			if ((n = md_entity(p, end, &c)) && !rd_buf_add(out, letter, rd_utf8_encode(c, letter)))
				return false;
			break;
		case '!':
			if (end - p > 1 && p[1] == '[' && (n = md_link(p + 1, end, &ahead, &words)))
				n++; /* skip a picture: it has no words */
			break;
		case '[':
			if ((n = md_link(p, end, &ahead, &words)) && !md_plain(out, words))
				return false;
			break;
		default:
			/* A backslash before a mark only escapes it. */
			if (end - p > 1 && strchr("\\`*_{}[]()#+-.!<>|", p[1]) && p[1]) {
				if (!rd_buf_add(out, p + 1, 1))
					return false;
				n = 2;
			}
		}
		if (!n) {
			if (!rd_buf_add(out, p, 1))
				return false;
			n = 1;
		}
		p += n;
	}
	return true;
}
