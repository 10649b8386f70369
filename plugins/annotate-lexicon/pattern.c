/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.c - parses the text of a pattern into its tree.  The language is described in doc/lexicon.md.
 *
 *  pattern := context* body context*          context := '[' '!'? gap? choice gap? ']'
 *  body    := seq ('+'N? seq)*                choice  := body ('|' body)*
 *  seq     := item+                           item    := ( word | gap | '@'set | '(' choice ')' ) '?'?
 *  gap     := '_' | '..'N?                    word    := [layer':'] (letters | '*' | '#' | '(' ends ')')+ ['~'N?] */
#include "parser.h"
#include <string.h>

static lex_node *parse_choice(parser *p);

static bool is_name_char(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* Parses a gap at p->i; NULL (without a mistake) if there is none. */
static lex_node *parse_gap(parser *p)
{
	size_t from = p->i;
	uint32_t min = 1, max = 1;
	if (pat_peek(p, 0) == '_' && pat_is_boundary(p, pat_peek(p, 1))) {
		p->i++;
	} else if (pat_peek(p, 0) == '.' && pat_peek(p, 1) == '.') {
		p->i += 2;
		min = 0;
		if (!pat_number(p, &max))
			max = LEX_SENTENCE_GAP;
		else if (max == 0 || max > LEX_MAX_GAP)
			return pat_mistake(p, from, _("a gap is 1 to %d words (..3); for any distance in the sentence write .. without a number"),
			                   LEX_MAX_GAP);
		if (!pat_is_boundary(p, pat_peek(p, 0)))
			return pat_mistake(p, from, _("a gap needs a space on each side: couper ..3 rsa"));
	} else {
		return NULL;
	}
	lex_node *x = pat_node(p, LEX_N_GAP);
	if (x != NULL) {
		x->min = min;
		x->max = max;
	}
	return x;
}

/* ---- items, sequences, choices ---- */

static lex_node *parse_set_name(parser *p)
{
	size_t from = p->i++, start = p->i;
	while (is_name_char(pat_peek(p, 0)))
		p->i++;
	size_t n = p->i - start;
	if (n == 0 || n > 100 || !pat_is_boundary(p, pat_peek(p, 0)))
		return pat_mistake(p, from, _("@ goes before the name of a <words>: small letters, digits, -"));
	for (size_t k = 0; k < p->c->set_count; k++)
		if (strlen(p->c->sets[k].name) == n && memcmp(p->c->sets[k].name, p->s + start, n) == 0)
			/* if NULL, its mistake was reported where the set is */
			return p->c->sets[k].body != NULL ? p->c->sets[k].body : pat_mistake(p, from, "%s", "");
	char name[101];
	memcpy(name, p->s + start, n);
	name[n] = 0;
	const char *names[64];
	size_t count = 0;
	for (size_t k = 0; k < p->c->set_count && count < 64; k++)
		names[count++] = p->c->sets[k].name;
	const char *near = lex_nearest(name, names, count);
	if (near != NULL)
		return pat_mistake(p, from, _("there is no <words id=\"%s\"> above this line; did you mean @%s?"), name, near);
	return pat_mistake(p, from, _("there is no <words id=\"%s\"> above this line"), name);
}

/* Parses "stem:" at p->i: the interned name of the layer, or NULL (p->bad if it is unknown). */
static const char *parse_layer(parser *p)
{
	size_t k = 0;
	while (is_name_char(pat_peek(p, k)) && k < 40)
		k++;
	if (k == 0 || pat_peek(p, k) != ':' || pat_is_boundary(p, pat_peek(p, k + 1)))
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
	if (strcmp(name, "lemma") == 0 || strcmp(name, "stem") == 0)
		return pat_mistake(p, p->i, _("the pipeline has no layer '%s': add its plugin to pipeline.xml, or use another layer"), name);
	const char *near = lex_nearest(name, p->c->layers, p->c->layer_count);
	if (near != NULL)
		return pat_mistake(p, p->i, _("there is no layer '%s' here; did you mean %s:?"), name, near);
	return pat_mistake(p, p->i, _("there is no layer '%s' here; for a colon that is part of the word write \\:"), name);
}

/* Is the bracket at p->i part of a word, as in (re)commencer?  Then it has no space or bracket inside, and more of
 * the word follows it. */
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
	return i < p->n && plain && !pat_is_boundary(p, c) && c != '~';
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
		int c = pat_peek(p, 0);
		bool glued = c == '(' && is_glued(p);
		if (c == '@' && layer == NULL) {
			x = parse_set_name(p);
		} else if (c == '(' && !glued) {
			if (++p->depth > LEX_MAX_DEPTH)
				return pat_mistake(p, from, _("brackets are nested too deep"));
			p->i++;
			x = parse_choice(p);
			p->depth--;
			if (x != NULL && pat_peek(p, 0) != ')')
				return pat_mistake(p, from, _("this bracket is never closed"));
			p->i++;
			if (pat_peek(p, 0) == '~')
				return pat_mistake(p, p->i, _("~ goes at the end of a word, not of a bracket"));
		} else if (c == '[') {
			return pat_mistake(p, from, _("square brackets go at the beginning or at the end of a pattern"));
		} else if (c == '&') {
			return pat_mistake(p, from, _("for two words in any order write +"));
		} else {
			x = pat_word(p);
		}
	}
	p->set = kept;
	if (x != NULL && pat_peek(p, 0) == '?') {
		p->i++;
		int next = pat_peek(p, 0);
		if (next >= 0x80 || ((next | 32) >= 'a' && (next | 32) <= 'z'))
			return pat_mistake(p, p->i - 1, _("? goes at the end of a word, and makes all of it optional; for letters inside a word write log(e)?ment"));
		x = pat_optional(p, x);
	}
	return x;
}

/* Is there an any-order sign at p->i? */
static bool at_plus(const parser *p)
{
	size_t k = 1;
	if (pat_peek(p, 0) != '+')
		return false;
	while (pat_peek(p, k) >= '0' && pat_peek(p, k) <= '9')
		k++;
	return pat_is_boundary(p, pat_peek(p, k));
}

static lex_node *parse_seq(parser *p)
{
	pat_list l = { 0 };
	for (;;) {
		pat_skip_spaces(p);
		int c = pat_peek(p, 0);
		if (c < 0 || pat_is_bar(p, c) || c == ')' || c == ']' || (c == '[' && p->depth == 0 && l.count > 0) || at_plus(p))
			break;
		if (!pat_add(p, &l, parse_item(p)))
			return NULL;
	}
	if (l.count == 0)
		return pat_mistake(p, p->i, _("a word is missing here"));
	return pat_node_of(p, LEX_N_SEQ, &l);
}

static lex_node *parse_body(parser *p)
{
	pat_list sides = { 0 };
	uint32_t gap = 0;
	size_t from = p->i;
	for (;;) {
		if (!pat_add(p, &sides, parse_seq(p)))
			return NULL;
		if (!at_plus(p))
			break;
		size_t at = p->i++;
		uint32_t g;
		if (!pat_number(p, &g))
			g = LEX_ANY_ORDER_GAP;
		else if (g > LEX_MAX_GAP)
			return pat_mistake(p, at, _("at most %d words may stand between two sides of a +"), LEX_MAX_GAP);
		if (g > gap)
			gap = g;
	}
	if (sides.count == 1)
		return sides.items[0];
	if (sides.count > LEX_MAX_SIDES)
		return pat_mistake(p, from, _("at most %d sides may stand in any order"), LEX_MAX_SIDES);
	for (uint32_t i = 0; i < sides.count; i++)
		if (pat_can_be_empty(sides.items[i]))
			return pat_mistake(p, from, _("each side of a + needs a word that is not optional"));
	lex_node *x = pat_node(p, LEX_N_ANY_ORDER);
	if (x == NULL || !pat_take(p, x, &sides))
		return NULL;
	x->max = gap;
	return x;
}

static lex_node *parse_choice(parser *p)
{
	pat_list l = { 0 };
	bool empty = false;
	for (;;) {
		pat_skip_spaces(p);
		int c = pat_peek(p, 0);
		if (pat_is_bar(p, c) || c == ')' || (c < 0 && p->newline_chooses))
			empty |= !p->newline_chooses; /* (mon|) is (mon)?; empty lines of a <words> are ignored */
		else if (!pat_add(p, &l, parse_body(p)))
			return NULL;
		if (!pat_is_bar(p, pat_peek(p, 0)))
			break;
		p->i++;
	}
	if (l.count == 0)
		return pat_mistake(p, p->i, _("a word is missing here"));
	lex_node *x = pat_choice(p, &l);
	if (x == NULL)
		p->bad = true;
	return empty ? pat_optional(p, x) : x;
}

/* ---- contexts ---- */

/* Takes the gap off the end of a choice ("pas|jamais ..2"): it counts for all alternatives. */
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

/* Parses a context up to `]`, or to the end of the text. */
static bool parse_context(parser *p, lex_where where, bool forbidden, lex_context_tree *out)
{
	size_t from = p->i;
	*out = (lex_context_tree){ .where = where, .forbidden = forbidden };
	pat_skip_spaces(p);
	for (;;) {
		lex_node *gap = parse_gap(p);
		if (p->bad)
			return false;
		if (gap == NULL)
			break;
		if (where != LEX_AFTER)
			return pat_mistake(p, from, _("a gap goes between the context and the pattern")) != NULL;
		out->min += gap->min;
		out->max += gap->max;
		pat_skip_spaces(p);
	}
	p->depth++;
	out->body = parse_choice(p);
	p->depth--;
	if (out->body == NULL)
		return false;
	if (where == LEX_BEFORE)
		take_last_gap(out->body, out);
	if (pat_can_be_empty(out->body))
		return pat_mistake(p, from, _("a context needs a word that is not optional")) != NULL;
	out->idle_gap = (where != LEX_BEFORE && pat_edge_gap(out->body, true)) || (where != LEX_AFTER && pat_edge_gap(out->body, false));
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
		pat_skip_spaces(p);
		if (pat_peek(p, 0) != '[')
			return true;
		size_t from = p->i++;
		bool forbidden = pat_peek(p, 0) == '!';
		if (forbidden)
			p->i++;
		lex_context_tree c;
		if (!parse_context(p, where, forbidden, &c))
			return false;
		if (pat_peek(p, 0) != ']')
			return pat_mistake(p, from, _("this square bracket is never closed")) != NULL;
		p->i++;
		c.text = lex_dup(p->c->arena, p->s + from, p->i - from);
		if (c.text == NULL || !add_context(p, out, &c))
			return !(p->bad = true);
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
	pat_skip_spaces(p);
	if (!p->bad && p->i < p->n) {
		const char *rest = p->s + p->i;
		if (*rest == ')')
			pat_mistake(p, p->i, _("this bracket was never opened"));
		else if (*rest == '|')
			pat_mistake(p, p->i, _("put a choice in brackets: (couper|retirer); or each expression on a line of its own"));
		else
			pat_mistake(p, p->i, _("'%.*s' is not expected here"), (int)lex_char_len(rest, p->n - p->i), rest);
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
	uint32_t before = out->context_count;
	if (out->body == NULL || !parse_brackets(&p, LEX_AFTER, out))
		return false;
	if (out->context_count > before && pat_peek(&p, 0) >= 0 && strchr("])|", pat_peek(&p, 0)) == NULL)
		pat_mistake(&p, p.i, _("nothing may follow a square bracket that ends a pattern; to choose between letters write log(e|é)ment"));
	if (pat_can_be_empty(out->body))
		pat_mistake(&p, from, _("a pattern needs a word that is not optional"));
	else if (pat_edge_gap(out->body, false) || pat_edge_gap(out->body, true))
		pat_mistake(&p, from, _("a gap goes between two words: it neither begins nor ends a pattern"));
	return end(&p);
}

bool lex_parse_context(const lex_parse *c, const char *s, size_t n, lex_where where, bool forbidden,
                       lex_context_tree *out)
{
	parser p = begin(c, s, n);
	pat_skip_spaces(&p);
	if (pat_peek(&p, 0) == '!')
		return pat_mistake(&p, p.i, _("! works only in square brackets: [!pas]; the settings that forbid are not-preceded-by, not-followed-by and without")) != NULL;
	return parse_context(&p, where, forbidden, out) && end(&p);
}

bool lex_parse_set(const lex_parse *c, const char *s, size_t n, lex_node **out)
{
	parser p = begin(c, s, n);
	p.newline_chooses = true;
	*out = parse_choice(&p);
	if (*out != NULL && pat_can_be_empty(*out))
		pat_mistake(&p, 0, _("one of the choices of a <words> has no word that is not optional"));
	else if (*out != NULL && (pat_edge_gap(*out, false) || pat_edge_gap(*out, true)))
		pat_mistake(&p, 0, _("a gap neither begins nor ends a choice of a <words>"));
	return end(&p) && *out != NULL;
}
