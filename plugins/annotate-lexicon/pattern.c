/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.c - the text of a pattern -> its tree.  The language is described in doc/lexicon.md.
 *
 *   pattern := context* body context*          context := '[' '!'? gap? choice gap? ']'
 *   body    := seq ('+'N? seq)*                choice  := body ('|' body)*
 *   seq     := item+                           item    := ( word | gap | '@'set | '(' choice ')' ) '?'?
 *   gap     := '_' | '..'N?                    word    := [layer':'] (letters | '*' | '#' | '(' ends ')')+ ['~'N?] */
#include "pattern.h"
#include <stdio.h>
#include <string.h>

typedef struct parser {
	const lex_parse *c;
	lex_settings set;
	const char *s;
	size_t n, i;
	unsigned depth;
	bool newline_chooses; /* in <words>, a new line is a bar */
	bool bad;
} parser;

static lex_node *parse_choice(parser *p);

__attribute__((format(printf, 3, 4))) static void *mistake(parser *p, size_t at, const char *fmt, ...)
{
	if (!p->bad) {
		va_list ap;
		va_start(ap, fmt);
		lex_format(p->c->mistake->msg, sizeof(p->c->mistake->msg), fmt, ap);
		va_end(ap);
		p->c->mistake->at = at;
		p->bad = true;
	}
	return NULL;
}

static int peek(const parser *p, size_t ahead)
{
	return p->i + ahead < p->n ? (unsigned char)p->s[p->i + ahead] : -1;
}

static bool is_space(const parser *p, int c)
{
	return c == ' ' || c == '\t' || c == '\r' || (c == '\n' && !p->newline_chooses);
}

static bool is_bar(const parser *p, int c)
{
	return c == '|' || (c == '\n' && p->newline_chooses);
}

/* Could a word end here? */
static bool is_boundary(const parser *p, int c)
{
	return c < 0 || is_space(p, c) || is_bar(p, c) || c == ')' || c == ']' || c == '?';
}

static void skip_spaces(parser *p)
{
	for (;;) {
		if (is_space(p, peek(p, 0)))
			p->i++;
		else if (peek(p, 0) == 0xc2 && peek(p, 1) == 0xa0) /* a no-break space that an editor slipped in */
			p->i += 2;
		else
			return;
	}
}

/* ---- nodes ---- */

static lex_node *node_new(parser *p, lex_kind kind)
{
	lex_node *x = lex_alloc(p->c->arena, sizeof(*x));
	if (x != NULL)
		x->kind = kind;
	else
		p->bad = true;
	return x;
}

typedef struct list {
	lex_node **items;
	uint32_t count, cap;
} list;

static bool list_add(parser *p, list *l, lex_node *x)
{
	if (x == NULL)
		return false;
	if (l->count == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 4;
		lex_node **items = lex_array(p->c->arena, cap, sizeof(*items));
		if (items == NULL) {
			p->bad = true;
			return false;
		}
		if (l->count > 0)
			memcpy(items, l->items, l->count * sizeof(*items));
		l->items = items;
		l->cap = cap;
	}
	l->items[l->count++] = x;
	return true;
}

static lex_node *node_of(parser *p, lex_kind kind, const list *l)
{
	if (l->count == 1)
		return l->items[0];
	lex_node *x = node_new(p, kind);
	if (x != NULL) {
		x->children = l->items;
		x->child_count = l->count;
	}
	return x;
}

static lex_node *node_optional(parser *p, lex_node *child)
{
	if (child == NULL || child->kind == LEX_N_OPT)
		return child;
	if (child->kind == LEX_N_GAP) {
		child->min = 0;
		return child;
	}
	list l = { 0 };
	lex_node *x = node_new(p, LEX_N_OPT);
	if (x == NULL || !list_add(p, &l, child))
		return NULL;
	x->children = l.items;
	x->child_count = 1;
	return x;
}

/* A choice between single words is one word with many spellings: that is what makes big lists cheap. */
static lex_node *node_choice(parser *p, const list *l)
{
	if (l->count == 1)
		return l->items[0];
	list flat = { 0 }, rest = { 0 };
	for (uint32_t i = 0; i < l->count; i++) {
		const lex_node *x = l->items[i];
		if (x->kind != LEX_N_ALT) {
			if (!list_add(p, &flat, l->items[i]))
				return NULL;
			continue;
		}
		for (uint32_t j = 0; j < x->child_count; j++)
			if (!list_add(p, &flat, x->children[j]))
				return NULL;
	}
	size_t words = 0;
	for (uint32_t i = 0; i < flat.count; i++)
		if (flat.items[i]->kind == LEX_N_WORD)
			words += flat.items[i]->word_count;
	if (words > 0) {
		lex_node *w = node_new(p, LEX_N_WORD);
		lex_word *all = lex_array(p->c->arena, words, sizeof(*all));
		if (w == NULL || all == NULL || words > UINT32_MAX || !list_add(p, &rest, w))
			return NULL;
		w->words = all;
		for (uint32_t i = 0; i < flat.count; i++) {
			const lex_node *x = flat.items[i];
			if (x->kind != LEX_N_WORD)
				continue;
			memcpy(all + w->word_count, x->words, x->word_count * sizeof(*all));
			w->word_count += x->word_count;
		}
	}
	for (uint32_t i = 0; i < flat.count; i++)
		if (flat.items[i]->kind != LEX_N_WORD && !list_add(p, &rest, flat.items[i]))
			return NULL;
	return node_of(p, LEX_N_ALT, &rest);
}

static bool can_be_empty(const lex_node *x)
{
	if (x->kind == LEX_N_OPT || x->kind == LEX_N_GAP)
		return true;
	if (x->kind == LEX_N_WORD)
		return false;
	for (uint32_t i = 0; i < x->child_count; i++)
		if (can_be_empty(x->children[i]) == (x->kind == LEX_N_ALT))
			return x->kind == LEX_N_ALT;
	return x->kind != LEX_N_ALT;
}

/* Does x begin (or end) with a gap?  Where an optional word stands outside of the gap it does not: in `fêter ..3 succès?` the
 * gap goes away with the word. */
static bool edge_gap(const lex_node *x, bool at_end)
{
	if (x->kind == LEX_N_GAP)
		return true;
	if (x->kind == LEX_N_SEQ)
		return edge_gap(x->children[at_end ? x->child_count - 1 : 0], at_end);
	for (uint32_t i = 0; i < x->child_count; i++)
		if (edge_gap(x->children[i], at_end))
			return true;
	return false;
}

/* ---- numbers, names ---- */

/* Reads digits at p->i; false where there are none. */
static bool parse_number(parser *p, uint32_t *out)
{
	size_t from = p->i;
	uint32_t v = 0;
	for (; peek(p, 0) >= '0' && peek(p, 0) <= '9'; p->i++)
		v = v < 10000 ? v * 10 + (uint32_t)(peek(p, 0) - '0') : v;
	*out = v;
	return p->i > from;
}

static bool is_name_char(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* A gap at p->i, or NULL (not bad) where there is none. */
static lex_node *parse_gap(parser *p)
{
	size_t from = p->i;
	uint32_t min = 1, max = 1;
	if (peek(p, 0) == '_' && is_boundary(p, peek(p, 1))) {
		p->i++;
	} else if (peek(p, 0) == '.' && peek(p, 1) == '.') {
		p->i += 2;
		min = 0;
		if (!parse_number(p, &max))
			max = LEX_SENTENCE_GAP;
		else if (max == 0 || max > LEX_MAX_GAP)
			return mistake(p, from, _("a gap is 1 to %d words (..3); to go anywhere in the sentence write .. without a number"),
			               LEX_MAX_GAP);
		if (!is_boundary(p, peek(p, 0)))
			return mistake(p, from, _("a gap stands alone, between two spaces: couper ..3 rsa"));
	} else {
		return NULL;
	}
	lex_node *x = node_new(p, LEX_N_GAP);
	if (x != NULL) {
		x->min = min;
		x->max = max;
	}
	return x;
}

/* ---- words ---- */

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
	static const char *const whole[] = { "l'on", "c'est-à-dire", "quelqu'un", "quelqu'une", "quelques-unes", "presqu'île" };
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++) {
		size_t k = 0, j = at;
		for (const char *w = whole[i]; w[k] != 0 && j < p->n; k++, j++) {
			if (w[k] == '\'' && p->n - j >= 3 && memcmp(p->s + j, "\xe2\x80\x99", 3) == 0)
				j += 2;
			else if (w[k] != p->s[j])
				break;
		}
		if (whole[i][k] == 0 && is_boundary(p, j < p->n ? (unsigned char)p->s[j] : -1))
			return true;
	}
	return false;
}

/* The spellings of the word that is being read. */
typedef struct spelling {
	char *s;
	uint32_t n;
} spelling;
typedef struct spellings {
	spelling *v;
	uint32_t count;
} spellings;

static bool spell_add(parser *p, spellings *w, const char *s, size_t n)
{
	for (uint32_t i = 0; i < w->count; i++) {
		char *t = lex_alloc(p->c->arena, w->v[i].n + n + 1);
		if (t == NULL) {
			p->bad = true;
			return false;
		}
		memcpy(t, w->v[i].s, w->v[i].n);
		memcpy(t + w->v[i].n, s, n);
		w->v[i].s = t;
		w->v[i].n += (uint32_t)n;
	}
	return true;
}

/* Is the bracket at p->i part of a word, as in (re)commencer?  Then more of the word touches it, and no space is in it. */
static bool is_glued(const parser *p)
{
	unsigned depth = 0;
	bool plain = true;
	size_t i = p->i;
	for (; i < p->n; i++) {
		if (p->s[i] == '\\' && i + 1 < p->n)
			i++;
		else if (p->s[i] == '(')
			depth++;
		else if (p->s[i] == ')' && --depth == 0)
			break;
		plain = plain && p->s[i] != ' ' && depth < 2;
	}
	size_t j = i + 1;
	if (j < p->n && p->s[j] == '?')
		j++;
	int c = j < p->n ? (unsigned char)p->s[j] : -1;
	return i < p->n && plain && !is_boundary(p, c) && c != '~';
}

/* One sign of a word at p->i, as it goes into the spelling: 0 where the word ends. */
static size_t word_sign(parser *p, char out[8])
{
	int c = peek(p, 0);
	if (c == '\\') {
		if (p->i + 1 >= p->n) {
			mistake(p, p->i, _("\\ stands before the sign that it protects: \\*"));
			return 0;
		}
		p->i++;
		size_t l = lex_char_len(p->s + p->i, p->n - p->i);
		memcpy(out, p->s + p->i, l);
		p->i += l;
		return l;
	}
	if (is_boundary(p, c) || c == '(' || c == '[' || c == '~')
		return 0;
	if (c == 0xc2 && peek(p, 1) == 0xa0)
		return 0;
	if (c == '*' || c == '#') {
		p->i++;
		*out = c == '*' ? LEX_STAR : LEX_DIGITS;
		return 1;
	}
	if (c == '.' && peek(p, 1) == '.' && p->i > 0 && !is_boundary(p, (unsigned char)p->s[p->i - 1]) && peek(p, 2) != '.' &&
	    p->s[p->i - 1] != '.') {
		mistake(p, p->i, _("a gap stands alone, between two spaces: couper ..3 rsa"));
		return 0;
	}
	bool alone = is_boundary(p, peek(p, 1)) && (p->i == 0 || strchr(" (|[!", p->s[p->i - 1]) != NULL);
	if ((c == ',' || c == ';') && !alone) {
		mistake(p, p->i, _("'%c' is not part of a word: leave it out, or put each expression on a line of its own"), c);
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

/* A bracket inside a word: (|e|s|es), or (re)? */
static bool parse_endings(parser *p, spellings *w)
{
	size_t from = p->i++;
	spellings ends = { 0 }, out = { 0 };
	uint32_t cap = 0;
	char buf[256];
	for (;;) {
		size_t n = 0;
		for (;;) {
			char sign[8];
			size_t k = word_sign(p, sign);
			if (k == 0)
				break;
			if (n + k > sizeof(buf))
				return mistake(p, from, _("this ending is too long")) != NULL;
			memcpy(buf + n, sign, k);
			n += k;
		}
		if (p->bad)
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
		spelling e = { lex_dup(p->c->arena, buf, n), (uint32_t)n };
		if (e.s == NULL)
			return !(p->bad = true);
		ends.v[ends.count++] = e;
		int c = peek(p, 0);
		if (c == '|') {
			p->i++;
		} else if (c == ')') {
			p->i++;
			break;
		} else if (c < 0 || c == '\n') {
			return mistake(p, from, _("this bracket is never closed")) != NULL;
		} else {
			return mistake(p, p->i,
			               _("a bracket that touches a word holds endings only, without spaces or brackets: radié(|e|s|es); "
			                 "to choose between words, put a space before the bracket")) != NULL;
		}
	}
	bool optional = peek(p, 0) == '?' && !is_boundary(p, peek(p, 1));
	if (peek(p, 0) == '?') /* sanction(s)? : what is optional is the ending */
		optional = true;
	if (optional)
		p->i++;
	uint64_t total = (uint64_t)w->count * (ends.count + optional);
	if (total > LEX_MAX_SPELLINGS)
		return mistake(p, from, _("this word has more than %d spellings: split it into several lines"), LEX_MAX_SPELLINGS) != NULL;
	out.v = lex_array(p->c->arena, (size_t)total, sizeof(*out.v));
	if (out.v == NULL)
		return !(p->bad = true);
	for (uint32_t i = 0; i < w->count; i++) {
		if (optional)
			out.v[out.count++] = w->v[i];
		for (uint32_t j = 0; j < ends.count; j++) {
			spelling *o = &out.v[out.count++];
			o->n = w->v[i].n + ends.v[j].n;
			o->s = lex_alloc(p->c->arena, o->n + 1);
			if (o->s == NULL)
				return !(p->bad = true);
			memcpy(o->s, w->v[i].s, w->v[i].n);
			memcpy(o->s + w->v[i].n, ends.v[j].s, ends.v[j].n);
		}
	}
	*w = out;
	return true;
}

static lex_node *word_node(parser *p, const spellings *w, uint32_t fuzzy, size_t from)
{
	lex_node *x = node_new(p, LEX_N_WORD);
	lex_word *words = lex_array(p->c->arena, w->count, sizeof(*words));
	if (x == NULL || words == NULL) {
		p->bad = true;
		return NULL;
	}
	x->words = words;
	for (uint32_t i = 0; i < w->count; i++) {
		const spelling *e = &w->v[i];
		bool letters = false, wild = false;
		for (uint32_t k = 0; k < e->n; k++) {
			letters |= e->s[k] != LEX_STAR;
			wild |= e->s[k] == LEX_STAR || e->s[k] == LEX_DIGITS;
		}
		if (e->n == 0)
			return mistake(p, from, _("this choice of endings can leave no word at all"));
		if (!letters)
			return mistake(p, from, _("a star needs at least one letter beside it: sanction*; for any word write _"));
		lex_word *o = &words[x->word_count++];
		o->text = e->s;
		o->len = e->n;
		o->layer = p->set.letter_case == LEX_CASE_EXACT ? p->c->layers[0] : p->set.layer;
		o->letter_case = p->set.letter_case == LEX_CASE_UPPER;
		size_t chars = lex_chars(e->s, e->n);
		if (wild || chars < LEX_FUZZY_MIN || e->n > LEX_FUZZY_LONGEST)
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

/* Where « 15h » is cut into « 15 » and « h »: behind its digits, unless an ordinal follows. */
static size_t number_cut(const char *s, size_t n)
{
	static const char ordinals[] = " e er ers ere eres re res eme emes ème èmes ieme iemes ième ièmes nd nde nds ndes d ";
	static const char units[] = " h m s g l j km cm mm dm kg mg ml cl dl mn ms ko mo go to kw wh ha an ke ";
	size_t i = 0;
	while (i < n && ((s[i] >= '0' && s[i] <= '9') || s[i] == LEX_DIGITS))
		i++;
	if (i == 0 || i == n || in_words(ordinals, s + i, n - i))
		return 0;
	for (size_t k = i; k < n; k++)
		if ((unsigned char)s[k] < 0x80 && !((s[k] | 32) >= 'a' && (s[k] | 32) <= 'z'))
			return s[i] == '%' ? i : 0;
	char low[3] = { 0 };
	for (size_t k = i; k < n && k - i < 2; k++)
		low[k - i] = (char)(s[k] >= 'A' && s[k] <= 'Z' ? s[k] + 32 : s[k]);
	return n - i > 2 || in_words(units, low, n - i) ? i : 0;
}

/* Where « avez-vous » is cut into « avez » and « -vous », and « a-t-on » into « a » and « -t-on ». */
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
	spelling e = { s, (uint32_t)n };
	spellings w = { &e, 1 };
	return word_node(p, &w, fuzzy, from);
}

/* The word of all the spellings; those that the tokenizer cuts become sequences. */
static lex_node *cut_words(parser *p, const spellings *w, uint32_t fuzzy, size_t from)
{
	spellings whole = { lex_array(p->c->arena, w->count, sizeof(spelling)), 0 };
	list choices = { 0 };
	if (whole.v == NULL)
		return p->bad = true, NULL;
	for (uint32_t i = 0; i < w->count; i++) {
		char *s = w->v[i].s;
		size_t n = w->v[i].n, cut = number_cut(s, n);
		if (cut == 0)
			cut = clitic_cut(s, n);
		if (cut == 0) {
			whole.v[whole.count++] = w->v[i];
			continue;
		}
		list two = { 0 };
		if (!list_add(p, &two, one_word(p, s, cut, fuzzy, from)) || !list_add(p, &two, one_word(p, s + cut, n - cut, fuzzy, from)) ||
		    !list_add(p, &choices, node_of(p, LEX_N_SEQ, &two)))
			return NULL;
		two.items[1]->words[0].touches = true;
	}
	if (whole.count > 0 && !list_add(p, &choices, word_node(p, &whole, fuzzy, from)))
		return NULL;
	return node_choice(p, &choices);
}

/* A word; l'écoute gives two. */
static lex_node *parse_word(parser *p)
{
	list pieces = { 0 };
	size_t from = p->i, start = p->i;
	spellings w = { lex_alloc(p->c->arena, sizeof(spelling)), 1 };
	bool keep = keeps_elision(p, p->i), empty = true;
	if (w.v == NULL)
		return p->bad = true, NULL;
	w.v[0].s = lex_dup(p->c->arena, "", 0);
	for (;;) {
		char sign[8];
		if (peek(p, 0) == '(') {
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
		if (*sign == '\'' && !keep && !is_boundary(p, peek(p, 0)) && is_elision(w.v[0].s, w.v[0].n)) {
			for (uint32_t i = 1; i < w.count; i++)
				if (!is_elision(w.v[i].s, w.v[i].n))
					return mistake(p, from, _("write these words apart: some of them end at the apostrophe and some do not"));
			if (!list_add(p, &pieces, word_node(p, &w, 0, from)))
				return NULL;
			w = (spellings){ lex_alloc(p->c->arena, sizeof(spelling)), 1 };
			if (w.v == NULL)
				return p->bad = true, NULL;
			w.v[0].s = lex_dup(p->c->arena, "", 0);
			start = p->i;
			keep = keeps_elision(p, p->i);
			empty = true;
			if (peek(p, 0) == '(')
				break; /* l'(écoute|aide sociale): a choice of words */
		}
	}
	if (!empty) {
		uint32_t fuzzy = p->set.fuzzy;
		if (peek(p, 0) == '~') {
			size_t at = p->i++;
			if (!parse_number(p, &fuzzy))
				fuzzy = 1;
			if (fuzzy < 1 || fuzzy > 2)
				return mistake(p, at, _("a word may differ by one letter (~) or two (~2), no more"));
			if (!is_boundary(p, peek(p, 0)))
				return mistake(p, at, _("~ stands at the end of a word"));
		}
		if (!list_add(p, &pieces, cut_words(p, &w, fuzzy, start)))
			return NULL;
	}
	if (pieces.count == 0)
		return mistake(p, from, _("a word is expected here, not '%.*s'"), (int)lex_char_len(p->s + p->i, p->n - p->i),
		               p->s + p->i);
	return node_of(p, LEX_N_SEQ, &pieces);
}

/* ---- items, sequences, choices ---- */

static lex_node *parse_set_name(parser *p)
{
	size_t from = p->i++, start = p->i;
	while (is_name_char(peek(p, 0)))
		p->i++;
	size_t n = p->i - start;
	if (n == 0 || n > 100 || !is_boundary(p, peek(p, 0)))
		return mistake(p, from, _("@ stands before the name of a <words>: small letters, digits, -"));
	for (size_t k = 0; k < p->c->set_count; k++)
		if (strlen(p->c->sets[k].name) == n && memcmp(p->c->sets[k].name, p->s + start, n) == 0)
			return p->c->sets[k].body != NULL ? p->c->sets[k].body : mistake(p, from, "%s", ""); /* its own mistake was told */
	char name[101];
	memcpy(name, p->s + start, n);
	name[n] = 0;
	const char *names[64];
	size_t count = 0;
	for (size_t k = 0; k < p->c->set_count && count < 64; k++)
		names[count++] = p->c->sets[k].name;
	const char *near = lex_nearest(name, names, count);
	if (near != NULL)
		return mistake(p, from, _("there is no <words id=\"%s\"> above this line; did you mean @%s?"), name, near);
	return mistake(p, from, _("there is no <words id=\"%s\"> above this line"), name);
}

/* "stem:" at p->i?  Returns the interned name of the layer, or NULL (bad where it is not known). */
static const char *parse_layer(parser *p)
{
	size_t k = 0;
	while (is_name_char(peek(p, k)) && k < 40)
		k++;
	if (k == 0 || peek(p, k) != ':' || is_boundary(p, peek(p, k + 1)))
		return NULL;
	for (size_t j = 0; j < p->c->layer_count; j++) {
		const char *name = p->c->layers[j];
		if (strlen(name) == k && memcmp(name, p->s + p->i, k) == 0) {
			p->i += k + 1;
			return name;
		}
	}
	char name[41];
	memcpy(name, p->s + p->i, k);
	name[k] = 0;
	const char *near = lex_nearest(name, p->c->layers, p->c->layer_count);
	if (near != NULL)
		return mistake(p, p->i, _("there is no layer '%s' here; did you mean %s:?"), name, near);
	return mistake(p, p->i, _("there is no layer '%s' here; for a colon that is part of the word write \\:"), name);
}

static lex_node *parse_item(parser *p)
{
	lex_settings kept = p->set;
	size_t from = p->i;
	lex_node *x = parse_gap(p);
	if (p->bad)
		return NULL;
	if (x == NULL) {
		const char *layer = parse_layer(p);
		if (p->bad)
			return NULL;
		if (layer != NULL) {
			p->set.layer = layer;
			if (p->set.letter_case == LEX_CASE_EXACT)
				p->set.letter_case = LEX_CASE_ANY;
		}
		int c = peek(p, 0);
		bool glued = c == '(' && is_glued(p);
		if (c == '@' && layer == NULL) {
			x = parse_set_name(p);
		} else if (c == '(' && !glued) {
			if (++p->depth > LEX_MAX_DEPTH)
				return mistake(p, from, _("too many brackets inside brackets"));
			p->i++;
			x = parse_choice(p);
			p->depth--;
			if (x != NULL && peek(p, 0) != ')')
				return mistake(p, from, _("this bracket is never closed"));
			p->i++;
			if (peek(p, 0) == '~')
				return mistake(p, p->i, _("~ stands at the end of a word, not of a bracket"));
		} else if (c == '[') {
			return mistake(p, from, _("square brackets stand at the beginning or at the end of a pattern"));
		} else if (c == '&') {
			return mistake(p, from, _("for two words in any order write +"));
		} else {
			x = parse_word(p);
		}
	}
	p->set = kept;
	if (x != NULL && peek(p, 0) == '?') {
		p->i++;
		x = node_optional(p, x);
	}
	return x;
}

/* Is there an any-order sign at p->i? */
static bool at_plus(const parser *p)
{
	size_t k = 1;
	if (peek(p, 0) != '+')
		return false;
	while (peek(p, k) >= '0' && peek(p, k) <= '9')
		k++;
	return is_boundary(p, peek(p, k));
}

static lex_node *parse_seq(parser *p)
{
	list l = { 0 };
	for (;;) {
		skip_spaces(p);
		int c = peek(p, 0);
		if (c < 0 || is_bar(p, c) || c == ')' || c == ']' || (c == '[' && p->depth == 0 && l.count > 0) || at_plus(p))
			break;
		if (!list_add(p, &l, parse_item(p)))
			return NULL;
	}
	if (l.count == 0)
		return mistake(p, p->i, _("a word is missing here"));
	return node_of(p, LEX_N_SEQ, &l);
}

static lex_node *parse_body(parser *p)
{
	list sides = { 0 };
	uint32_t gap = 0;
	size_t from = p->i;
	for (;;) {
		if (!list_add(p, &sides, parse_seq(p)))
			return NULL;
		if (!at_plus(p))
			break;
		size_t at = p->i++;
		uint32_t g;
		if (!parse_number(p, &g))
			g = LEX_ANY_ORDER_GAP;
		else if (g > LEX_MAX_GAP)
			return mistake(p, at, _("at most %d words may stand between two sides of a +"), LEX_MAX_GAP);
		if (g > gap)
			gap = g;
	}
	if (sides.count == 1)
		return sides.items[0];
	if (sides.count > LEX_MAX_SIDES)
		return mistake(p, from, _("at most %d sides may stand in any order"), LEX_MAX_SIDES);
	for (uint32_t i = 0; i < sides.count; i++)
		if (can_be_empty(sides.items[i]))
			return mistake(p, from, _("each side of a + needs a word that is not optional"));
	lex_node *x = node_new(p, LEX_N_ANY_ORDER);
	if (x != NULL) {
		x->children = sides.items;
		x->child_count = sides.count;
		x->max = gap;
	}
	return x;
}

static lex_node *parse_choice(parser *p)
{
	list l = { 0 };
	bool empty = false;
	for (;;) {
		skip_spaces(p);
		int c = peek(p, 0);
		if (is_bar(p, c) || c == ')' || (c < 0 && p->newline_chooses))
			empty |= !p->newline_chooses; /* (mon|): the same as (mon)?; blank lines of a <words> say nothing */
		else if (!list_add(p, &l, parse_body(p)))
			return NULL;
		if (!is_bar(p, peek(p, 0)))
			break;
		p->i++;
	}
	if (l.count == 0)
		return mistake(p, p->i, _("a word is missing here"));
	lex_node *x = node_choice(p, &l);
	if (x == NULL)
		p->bad = true;
	return empty ? node_optional(p, x) : x;
}

/* ---- contexts ---- */

/* Takes the gap off the end of a choice ("pas|jamais ..2"): it speaks for all of them. */
static void take_last_gap(lex_node *x, lex_context_tree *out)
{
	while (x->kind == LEX_N_ALT)
		x = x->children[x->child_count - 1];
	while (x->kind == LEX_N_SEQ && x->child_count > 1 && x->children[x->child_count - 1]->kind == LEX_N_GAP) {
		const lex_node *gap = x->children[--x->child_count];
		out->min += gap->min;
		out->max += gap->max;
	}
}

/* Up to `]` or the end. */
static bool parse_context(parser *p, lex_where where, bool forbidden, lex_context_tree *out)
{
	size_t from = p->i;
	*out = (lex_context_tree){ .where = where, .forbidden = forbidden };
	skip_spaces(p);
	for (;;) {
		lex_node *gap = parse_gap(p);
		if (p->bad)
			return false;
		if (gap == NULL)
			break;
		if (where != LEX_AFTER)
			return mistake(p, from, _("a gap stands between the context and the pattern")) != NULL;
		out->min += gap->min;
		out->max += gap->max;
		skip_spaces(p);
	}
	p->depth++;
	out->body = parse_choice(p);
	p->depth--;
	if (out->body == NULL)
		return false;
	if (where == LEX_BEFORE)
		take_last_gap(out->body, out);
	if (can_be_empty(out->body))
		return mistake(p, from, _("a context needs a word that is not optional")) != NULL;
	if (out->max > LEX_SENTENCE_GAP)
		out->max = LEX_SENTENCE_GAP;
	return true;
}

static bool add_context(parser *p, lex_tree *out, const lex_context_tree *c)
{
	lex_context_tree *all = lex_array(p->c->arena, out->context_count + 1, sizeof(*all));
	if (all == NULL)
		return !(p->bad = true);
	if (out->context_count > 0)
		memcpy(all, out->contexts, out->context_count * sizeof(*all));
	all[out->context_count++] = *c;
	out->contexts = all;
	return true;
}

static bool parse_brackets(parser *p, lex_where where, lex_tree *out)
{
	for (;;) {
		skip_spaces(p);
		if (peek(p, 0) != '[')
			return true;
		size_t from = p->i++;
		bool forbidden = peek(p, 0) == '!';
		if (forbidden)
			p->i++;
		lex_context_tree c;
		if (!parse_context(p, where, forbidden, &c))
			return false;
		if (peek(p, 0) != ']')
			return mistake(p, from, _("this square bracket is never closed")) != NULL;
		p->i++;
		if (!add_context(p, out, &c))
			return false;
	}
}

/* ---- entry points ---- */

static parser begin(const lex_parse *c, const char *s, size_t n)
{
	*c->mistake = (lex_mistake){ 0 };
	return (parser){ .c = c, .set = c->settings, .s = s, .n = n };
}

static bool end(parser *p)
{
	skip_spaces(p);
	if (!p->bad && p->i < p->n) {
		const char *rest = p->s + p->i;
		if (*rest == ')')
			mistake(p, p->i, _("this bracket was never opened"));
		else if (*rest == '|')
			mistake(p, p->i, _("a choice stands in brackets: (couper|retirer); or put each expression on a line of its own"));
		else
			mistake(p, p->i, _("'%.*s' is not expected here"), (int)lex_char_len(rest, p->n - p->i), rest);
	}
	return !p->bad && !p->c->arena->failed;
}

bool lex_parse_pattern(const lex_parse *c, const char *s, size_t n, lex_tree *out)
{
	parser p = begin(c, s, n);
	*out = (lex_tree){ 0 };
	if (!parse_brackets(&p, LEX_BEFORE, out))
		return false;
	size_t from = p.i;
	out->body = parse_body(&p);
	if (out->body == NULL || !parse_brackets(&p, LEX_AFTER, out))
		return false;
	if (can_be_empty(out->body))
		mistake(&p, from, _("a pattern needs a word that is not optional"));
	else if (edge_gap(out->body, false) || edge_gap(out->body, true))
		mistake(&p, from, _("a gap stands between two words: it neither begins nor ends a pattern"));
	return end(&p);
}

bool lex_parse_context(const lex_parse *c, const char *s, size_t n, lex_where where, bool forbidden,
                       lex_context_tree *out)
{
	parser p = begin(c, s, n);
	return parse_context(&p, where, forbidden, out) && end(&p);
}

bool lex_parse_set(const lex_parse *c, const char *s, size_t n, lex_node **out)
{
	parser p = begin(c, s, n);
	p.newline_chooses = true;
	*out = parse_choice(&p);
	if (*out != NULL && can_be_empty(*out))
		mistake(&p, 0, _("one of the choices of a <words> has no word that is not optional"));
	else if (*out != NULL && (edge_gap(*out, false) || edge_gap(*out, true)))
		mistake(&p, 0, _("a gap neither begins nor ends a choice of a <words>"));
	return end(&p) && *out != NULL;
}
