/* SPDX-License-Identifier: Apache-2.0 */
/* word.c - one word of a pattern: the spellings that its endings give, and where the tokenizer would split them. */
#include "parser.h"
#include <string.h>

/* Elided words, which the tokenizer cuts off with their apostrophe: l', d', qu', lorsqu'… */
static bool is_elision(const char *s, size_t n)
{
	if (n == 3 && memcmp(s, "ç'", 3) == 0)
		return true;
	char c = n >= 2 ? s[n - 2] : 0;
	if (n == 2)
		return strchr("ldjmtscnykzLDJMTSCNYKZ", c) != NULL;
	return n >= 3 && (c == 'u' || c == 'U') && (s[n - 3] == 'q' || s[n - 3] == 'Q');
}

/* Words that keep their elision; `s` is at their beginning. */
static bool keeps_elision(const parser *p, size_t at)
{
	static const char first[] = "lcqp", *const whole[] = { "l'on", "c'est-à-dire", "quelqu'un", "quelqu'une", "quelques-unes", "presqu'île" };
	if (at >= p->n || memchr(first, p->s[at], sizeof(first) - 1) == NULL)
		return false;
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++) {
		size_t k = 0, j = at;
		for (const char *w = whole[i]; w[k] != 0 && j < p->n; k++, j++) {
			if (w[k] == '\'' && p->n - j >= 3 && memcmp(p->s + j, "\xe2\x80\x99", 3) == 0)
				j += 2;
			else if (w[k] != p->s[j])
				break;
		}
		if (whole[i][k] == 0 && pat_is_boundary(p, j < p->n ? (unsigned char)p->s[j] : -1))
			return true;
	}
	return false;
}

/* The spellings read so far. */
typedef struct spelling {
	char *s;
	uint32_t n, room; /* room: of s, which is this spelling's own */
} spelling;
typedef struct spellings {
	spelling *v;
	uint32_t count;
} spellings;

static void copy(char *to, const char *s, size_t n)
{
	if (n > 0)
		memcpy(to, s, n);
}

static bool spell_add(parser *p, spellings *w, const char *s, size_t n)
{
	for (uint32_t i = 0; i < w->count; i++) {
		spelling *x = &w->v[i];
		if (x->n + n >= x->room) { /* letter by letter, a long word would take quadratic memory */
			char *t = lex_bytes(p->c->arena, x->room = 2 * (x->n + (uint32_t)n) + 8);
			if (t == NULL)
				return !(p->bad = true);
			copy(t, x->s, x->n);
			x->s = t;
		}
		memcpy(x->s + x->n, s, n);
		x->n += (uint32_t)n;
	}
	return true;
}

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* The length of the letters, digits and hyphens at p->i, which mean themselves wherever they stand in a word: most words are nothing else. */
static size_t letters(const parser *p)
{
	size_t i = p->i;
	for (; i < p->n; i++) {
		unsigned char c = (unsigned char)p->s[i];
		if ((c == 0xc3 || c == 0xc5) && i + 1 < p->n && ((unsigned char)p->s[i + 1] & 0xc0) == 0x80)
			i++; /* é, œ */
		else if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !is_digit(c) && c != '-')
			break;
	}
	return i - p->i;
}

/* Reads one character of a word at p->i into `out`; returns its length, 0 at the end of the word. */
static size_t word_sign(parser *p, char out[8])
{
	for (size_t k; (k = pat_invisible(p)) > 0;)
		p->i += k;
	int c = pat_peek(p, 0);
	if (c == '\\') {
		if (p->i + 1 >= p->n) {
			pat_mistake(p, p->i, _("\\ goes before the sign that it escapes: \\*"));
			return 0;
		}
		int c1 = pat_peek(p, 1) | 32;
		if ((c1 >= 'a' && c1 <= 'z') || (c1 >= '0' && c1 <= '9')) {
			pat_mistake(p, p->i, _("\\ goes before a sign, never before a letter or a digit: write # for any number, _ for any word, * for any letters"));
			return 0;
		}
		p->i++;
		size_t l = lex_char_len(p->s + p->i, p->n - p->i);
		memcpy(out, p->s + p->i, l);
		p->i += l;
		return l;
	}
	if (pat_is_boundary(p, c) || c == '(' || c == '[' || c == '~')
		return 0;
	if (pat_wide_space(p) > 0)
		return 0;
	if (c == '*' || c == '#') {
		p->i++;
		*out = c == '*' ? LEX_STAR : LEX_DIGITS;
		return 1;
	}
	if (c == '.' && pat_peek(p, 1) == '.' && p->i > 0 && !pat_is_boundary(p, (unsigned char)p->s[p->i - 1]) && pat_peek(p, 2) != '.' &&
	    p->s[p->i - 1] != '.') {
		pat_mistake(p, p->i, _("a gap needs a space on each side: couper ..3 rsa"));
		return 0;
	}
	bool decimal = c == ',' && p->i > 0 && is_digit(p->s[p->i - 1]) && is_digit(pat_peek(p, 1)); /* 1,50 */
	bool alone = pat_is_boundary(p, pat_peek(p, 1)) && (p->i == 0 || strchr(" (|[!", p->s[p->i - 1]) != NULL);
	if ((c == ',' || c == ';') && !alone && !decimal) {
		pat_mistake(p, p->i, p->depth > 0 ? _("'%c' is not part of a word: leave it out, or put a bar between words to choose from: (nuit|matin)")
		                                  : _("'%c' is not part of a word: leave it out, or put each expression on a line of its own"), c);
		return 0;
	}
	if (p->n - p->i >= 3 && (memcmp(p->s + p->i, "\xe2\x80\x99", 3) == 0)) {
		p->i += 3;
		*out = '\'';
		return 1;
	}
	size_t l = lex_char_len(p->s + p->i, p->n - p->i);
	memcpy(out, p->s + p->i, l);
	p->i += l;
	return l;
}

/* Parses one ending of a bracket that began at `from`. */
static bool parse_ending(parser *p, size_t from, spelling *out)
{
	char buf[256], sign[8];
	size_t n = 0;
	for (;;) {
		const char *s = p->s + p->i;
		size_t k = letters(p);
		p->i += k;
		if (k == 0) {
			k = word_sign(p, sign);
			s = sign;
		}
		if (k == 0)
			break;
		if (n + k > sizeof(buf))
			return pat_mistake(p, from, _("this ending is too long")) != NULL;
		memcpy(buf + n, s, k);
		n += k;
	}
	if (p->bad)
		return false;
	*out = (spelling){ .s = lex_dup(p->c->arena, buf, n), .n = (uint32_t)n };
	return out->s != NULL || !(p->bad = true);
}

/* Adds each ending to each spelling; optional: the spellings without any stay too. */
static bool combine(parser *p, size_t from, spellings *w, const spellings *ends, bool optional)
{
	spellings out = { 0 };
	if (ends->count == 1 && !optional) /* many such brackets, each with a copy of the word before it, would take quadratic memory */
		return spell_add(p, w, ends->v->s, ends->v->n);
	uint64_t total = (uint64_t)w->count * (ends->count + optional);
	if (total > LEX_MAX_SPELLINGS)
		return pat_mistake(p, from, _("this word has more than %d spellings: split it into several lines"), LEX_MAX_SPELLINGS) != NULL;
	out.v = lex_array(p->c->arena, (size_t)total, sizeof(*out.v));
	if (out.v == NULL)
		return !(p->bad = true);
	for (uint32_t i = 0; i < w->count; i++) {
		if (optional)
			out.v[out.count++] = w->v[i];
		for (uint32_t j = 0; j < ends->count; j++) {
			spelling *o = &out.v[out.count++];
			o->n = w->v[i].n + ends->v[j].n;
			o->s = lex_bytes(p->c->arena, o->n + 1);
			if (o->s == NULL)
				return !(p->bad = true);
			copy(o->s, w->v[i].s, w->v[i].n);
			copy(o->s + w->v[i].n, ends->v[j].s, ends->v[j].n);
		}
	}
	*w = out;
	return true;
}

/* Parses a bracket inside a word, (|e|s|es) or (re)?, and adds its endings to each spelling. */
static bool parse_endings(parser *p, spellings *w)
{
	size_t from = p->i++;
	spellings ends = { 0 };
	uint32_t cap = 0;
	for (int c = '|'; c != ')';) {
		spelling e;
		if (!parse_ending(p, from, &e))
			return false;
		if (ends.count == cap) {
			cap = cap ? cap * 2 : 8;
			spelling *v = lex_array(p->c->arena, cap, sizeof(*v));
			if (v == NULL)
				return !(p->bad = true);
			if (ends.count > 0)
				memcpy(v, ends.v, ends.count * sizeof(*v));
			ends.v = v;
		}
		ends.v[ends.count++] = e;
		c = pat_peek(p, 0);
		if (c < 0 || c == '\n')
			return pat_mistake(p, from, _("this bracket is never closed")) != NULL;
		if (c != '|' && c != ')')
			return pat_mistake(p, p->i,
			                   _("a bracket that touches a word holds endings only, without spaces or brackets: radié(|e|s|es); "
			                     "to choose between words, put a space before the bracket")) != NULL;
		p->i++;
	}
	bool optional = pat_peek(p, 0) == '?'; /* sanction(s)? */
	p->i += optional;
	return combine(p, from, w, &ends, optional);
}

static lex_node *word_node(parser *p, const spellings *w, uint32_t fuzzy, size_t from)
{
	lex_node *x = pat_node(p, LEX_N_WORD);
	lex_word *words = lex_array(p->c->arena, w->count, sizeof(*words));
	if (x == NULL || words == NULL) {
		p->bad = true;
		return NULL;
	}
	x->words = words;
	for (uint32_t i = 0; i < w->count; i++) {
		const spelling *e = &w->v[i];
		uint32_t stars = 0, numbers = 0, chars = 0;
		for (uint32_t k = 0; k < e->n; k++) {
			stars += e->s[k] == LEX_STAR;
			numbers += e->s[k] == LEX_DIGITS;
			chars += ((unsigned char)e->s[k] & 0xc0) != 0x80;
		}
		if (e->n == 0)
			return pat_mistake(p, from, _("this choice of endings can leave no word at all"));
		if (stars == e->n)
			return pat_mistake(p, from, _("a star needs at least one letter beside it: sanction*; for any word write _"));
		lex_word *o = &words[x->word_count++];
		o->text = e->s;
		o->len = e->n;
		o->layer = p->set.letter_case == LEX_CASE_EXACT ? p->c->layers[0] : p->set.layer;
		o->letter_case = p->set.letter_case == LEX_CASE_UPPER;
		if (stars + numbers > 0 || chars < LEX_FUZZY_MIN || e->n > LEX_FUZZY_LONGEST)
			o->fuzzy = 0;
		else
			o->fuzzy = (uint8_t)(fuzzy > 1 && chars < LEX_FUZZY_MIN2 ? 1 : fuzzy);
	}
	return x;
}

/* ---- words that the tokenizer cuts ---- */

static bool in_words(const char *words, const char *s, size_t n)
{
	for (const char *p = words; (p = strchr(p, ' ')) != NULL && p[1] != 0; p++)
		if (strlen(++p) > n && memcmp(p, s, n) == 0 && p[n] == ' ')
			return true;
	return false;
}

/* The length of « 15 » if the tokenizer cuts « 15h » into « 15 » and « h », which an ordinal prevents; else 0. */
static size_t number_cut(const char *s, size_t n)
{
	static const char ordinals[] = " e er ers ere eres re res eme emes ème èmes ieme iemes ième ièmes nd nde nds ndes d ";
	static const char units[] = " h m s g l j km cm mm dm kg mg ml cl dl mn ms ko mo go to kw wh ha an ke ";
	static const char powers[] = " m2 m3 dm2 dm3 cm2 cm3 mm2 mm3 km2 m² m³ dm² dm³ cm² cm³ mm² mm³ km² ";
	size_t i = 0;
	while (i < n && ((s[i] >= '0' && s[i] <= '9') || s[i] == LEX_DIGITS))
		i++;
	if (i == 0 || i == n || in_words(ordinals, s + i, n - i))
		return 0;
	if (in_words(powers, s + i, n - i))
		return i;
	for (size_t k = i; k < n; k++)
		if ((unsigned char)s[k] < 0x80 && !((s[k] | 32) >= 'a' && (s[k] | 32) <= 'z'))
			return s[i] == '%' ? i : 0;
	char low[3] = { 0 };
	for (size_t k = i; k < n && k - i < 2; k++)
		low[k - i] = (char)(s[k] >= 'A' && s[k] <= 'Z' ? s[k] + 32 : s[k]);
	return n - i > 2 || in_words(units, low, n - i) ? i : 0;
}

/* The length of « avez » if the tokenizer cuts « avez-vous » into « avez » and « -vous » (« a-t-on »: « a » and «
 * -t-on »); else 0. */
static size_t clitic_cut(const char *s, size_t n)
{
	static const char clitics[] = " je tu il elle on nous vous ils elles ce moi toi lui leur le la les y en ci ";
	static const char none[] = " chez entre sur sous après apres avant contre avec pour sans il elle ils elles on iel celui celle ceux "
	                           "celles par jusque ici comme de là la ça ca voici voilà voila ";
	size_t i = n;
	while (i > 0 && s[i - 1] != '-')
		i--;
	if (i < 2 || !in_words(clitics, s + i, n - i))
		return 0;
	size_t cut = i - 1, part = cut;
	if (cut >= 3 && memcmp(s + cut - 2, "-t", 2) == 0)
		part = cut -= 2;
	while (part > 0 && s[part - 1] != '-')
		part--;
	if (in_words(none, s + part, cut - part) || (cut - part == 6 && memcmp(s + part, "rendez", 6) == 0))
		return 0;
	return cut;
}

static lex_node *one_word(parser *p, char *s, size_t n, uint32_t fuzzy, size_t from)
{
	spelling e = { .s = s, .n = (uint32_t)n };
	spellings w = { &e, 1 };
	return word_node(p, &w, fuzzy, from);
}

static size_t cut_of(const spelling *e)
{
	size_t cut = number_cut(e->s, e->n);
	return cut > 0 ? cut : clitic_cut(e->s, e->n);
}

/* The node of all spellings; those that the tokenizer cuts become sequences. */
static lex_node *cut_words(parser *p, const spellings *w, uint32_t fuzzy, size_t from)
{
	uint32_t first = 0;
	while (first < w->count && cut_of(&w->v[first]) == 0)
		first++;
	if (first == w->count)
		return word_node(p, w, fuzzy, from);
	spellings whole = { lex_array(p->c->arena, w->count, sizeof(spelling)), 0 };
	pat_list choices = { 0 };
	if (whole.v == NULL)
		return p->bad = true, NULL;
	for (uint32_t i = 0; i < w->count; i++) {
		char *s = w->v[i].s;
		size_t n = w->v[i].n, cut = cut_of(&w->v[i]);
		if (cut == 0) {
			whole.v[whole.count++] = w->v[i];
			continue;
		}
		pat_list two = { 0 };
		if (!pat_add(p, &two, one_word(p, s, cut, fuzzy, from)) || !pat_add(p, &two, one_word(p, s + cut, n - cut, fuzzy, from)) ||
		    !pat_add(p, &choices, pat_node_of(p, LEX_N_SEQ, &two)))
			return NULL;
		two.items[1]->words[0].touches = true;
	}
	if (whole.count > 0 && !pat_add(p, &choices, word_node(p, &whole, fuzzy, from)))
		return NULL;
	return pat_choice(p, &choices);
}

lex_node *pat_word(parser *p)
{
	pat_list pieces = { 0 };
	size_t from = p->i, start = p->i;
	spelling one = { 0 };
	spellings w = { &one, 1 };
	bool keep = keeps_elision(p, p->i), empty = true;
	for (;;) {
		char sign[8];
		size_t plain = letters(p);
		if (plain > 0) {
			if (!spell_add(p, &w, p->s + p->i, plain))
				return NULL;
			p->i += plain;
			empty = false;
		}
		if (pat_peek(p, 0) == '(') {
			if (!parse_endings(p, &w))
				return NULL;
			empty = false;
			continue;
		}
		size_t k = word_sign(p, sign);
		if (p->bad)
			return NULL;
		if (k == 0)
			break;
		if (!spell_add(p, &w, sign, k))
			return NULL;
		empty = false;
		if (*sign == '\'' && !keep && !pat_is_boundary(p, pat_peek(p, 0)) && is_elision(w.v[0].s, w.v[0].n)) {
			for (uint32_t i = 1; i < w.count; i++)
				if (!is_elision(w.v[i].s, w.v[i].n))
					return pat_mistake(p, from, _("write these words separately: some of them end at the apostrophe and some do not"));
			if (!pat_add(p, &pieces, word_node(p, &w, 0, from)))
				return NULL;
			one = (spelling){ 0 };
			w = (spellings){ &one, 1 };
			start = p->i;
			keep = keeps_elision(p, p->i);
			empty = true;
			if (pat_peek(p, 0) == '(')
				break; /* l'(écoute|aide sociale): a choice of words */
		}
	}
	if (!empty) {
		uint32_t fuzzy = p->set.fuzzy;
		if (pat_peek(p, 0) == '~') {
			size_t at = p->i++;
			if (!pat_number(p, &fuzzy))
				fuzzy = 1;
			if (fuzzy < 1 || fuzzy > 2)
				return pat_mistake(p, at, _("a word may differ by one letter (~) or two (~2), no more"));
			if (!pat_is_boundary(p, pat_peek(p, 0)))
				return pat_mistake(p, at, _("~ goes at the end of a word"));
		}
		if (!pat_add(p, &pieces, cut_words(p, &w, fuzzy, start)))
			return NULL;
	}
	if (pieces.count == 0)
		return pat_mistake(p, from, _("a word is expected here, not '%.*s'"), (int)lex_char_len(p->s + p->i, p->n - p->i),
		                   p->s + p->i);
	return pat_node_of(p, LEX_N_SEQ, &pieces);
}
