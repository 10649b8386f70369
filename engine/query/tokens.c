/* SPDX-License-Identifier: Apache-2.0 */
/* Token queries, as in CQP; their grammar:
 *
 *  tokens = alt [ "within" ("s" | "sentence" | "contribution" | "text") ]
 *  alt    = seq { "|" seq }          seq = rep { rep }
 *  rep    = atom { "?" | "*" | "+" | "{" n [ "," [ m ] ] "}" }
 *  atom   = [ label ":" ] ( "[" [ test ] "]" | string flags ) | "(" alt ")"
 *  test   = and { "|" and }          and = unary { "&" unary }
 *  unary  = "!" unary | "(" test ")" | attribute ( "=" | "!=" ) string flags
 *  flags  = [ "%" { "c" | "d" | "l" } ] */
#include "config.h"
#include "base/intl.h"
#include "query/node.h"

static int ident_len(const parser *p, size_t at)
{
	size_t i = at;
	while (i < p->n) {
		unsigned char c = (unsigned char)p->s[i];
		if (!(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z') && c != '_' && c < 128)
			break;
		i++;
	}
	return (int)(i - at);
}

/* Where the string that begins at `at` ends; 0: it does not end. */
static size_t string_end(const parser *p, size_t at)
{
	char q = p->s[at];
	for (size_t i = at + 1; i < p->n; i++) {
		if (p->s[i] == '\\')
			i++;
		else if (p->s[i] == q)
			return i + 1;
	}
	return 0;
}

static size_t past_space(const parser *p, size_t i)
{
	int k;
	while (i < p->n && (k = q_space_len(p->s + i, p->n - i)))
		i += (size_t)k;
	return i;
}

/* Where the flags after a string begin, behind their %, as in "pas"%c and "pas" %cd; 0: there are none. */
static size_t flags_at(const parser *p, size_t end)
{
	size_t i = past_space(p, end), k = i + 1;
	if (k >= p->n || p->s[i] != '%' || !p->s[k] || !strchr("cdl", p->s[k]))
		return 0;
	while (k < p->n && p->s[k] && strchr("cdl", p->s[k]))
		k++;
	/* after a space, they must be a word of their own */
	return i == end || k == p->n || strchr(" \t])&|", p->s[k]) ? i + 1 : 0;
}

static int atom_at(const parser *p, size_t i)
{
	if (i >= p->n)
		return 0;
	if (p->s[i] == '[')
		return 1;
	int k = ident_len(p, i);
	if (k && i + (size_t)k + 1 < p->n && p->s[i + (size_t)k] == ':' && p->s[i + (size_t)k + 1] == '[')
		return 1;
	if (p->s[i] == '"') { /* a phrase, unless flags follow, or a [ ] */
		size_t e = string_end(p, i);
		if (!e)
			return 0;
		if (flags_at(p, e))
			return 1;
		e = past_space(p, e);
		return e < p->n && p->s[e] == '[';
	}
	return 0;
}

/* Skips the parentheses that open at `i`.  Keeps the last run of them, as each level of a deep nest asks again. */
static size_t past_open(parser *p, size_t i)
{
	if (i >= p->open_from && i < p->open_to)
		return p->open_to;
	size_t from = i;
	while (i < p->n && p->s[i] == '(')
		i = past_space(p, i + 1);
	p->open_from = from;
	p->open_to = i;
	return i;
}

int q_tokens_ahead(parser *p)
{
	return atom_at(p, past_open(p, p->i));
}

static tnode *t_new(parser *p, unsigned kind, size_t at)
{
	tnode *t = q_alloc(p, sizeof *t);
	t->kind = (uint8_t)kind;
	t->at = (uint32_t)at;
	return t;
}

static void t_add(parser *p, tnode *t, tnode *kid)
{
	if (!(t->nkids & (t->nkids - 1)) || !t->nkids) { /* room doubles when nkids is 0 or a power of two */
		tnode **v = q_alloc(p, (t->nkids ? 2 * (size_t)t->nkids : 1) * sizeof *v);
		if (t->nkids)
			memcpy(v, t->kid, t->nkids * sizeof *v);
		t->kid = v;
	}
	t->kid[t->nkids++] = kid;
}

static aur_code string_flags(parser *p, pred *x)
{
	size_t at = p->i, end = string_end(p, at);
	if (!end)
		return q_fail(p, at, _("this quotation is not closed"));
	x->at = (uint32_t)at;
	x->text = (aur_str){p->s + at + 1, end - at - 2};
	p->i = end;
	size_t flags = flags_at(p, end);
	if (flags || (p->i < p->n && p->s[p->i] == '%')) {
		size_t from = p->i = flags ? flags : p->i + 1;
		for (; p->i < p->n && strchr("cdl", p->s[p->i]) && p->s[p->i]; p->i++)
			x->flags |= p->s[p->i] == 'c' ? PF_CASE : p->s[p->i] == 'd' ? PF_DIA : PF_LITERAL;
		if (p->i == from)
			return q_fail(p, p->i, _("expected c (any case), d (with or without accents) or l (literally) after %%"));
	}
	return AURE_OK;
}

static aur_code test_or(parser *p, pred **out);

static aur_code deeper(parser *p)
{
	if (++p->depth > MAX_DEPTH)
		return q_fail(p, p->i, _("the parentheses are nested more than %u deep"), MAX_DEPTH);
	return AURE_OK;
}

static aur_code test_unary(parser *p, pred **out)
{
	aur_code c;
	q_space(p);
	if (p->i >= p->n)
		return q_fail(p, p->i, _("expected an attribute such as lemma, as in [lemma=\"sanction\"], but the query ends"));
	if (p->s[p->i] == '!' || p->s[p->i] == '(') {
		int not = p->s[p->i] == '!';
		size_t at = p->i++;
		pred *in;
		c = deeper(p);
		if (!c)
			c = not ? test_unary(p, &in) : test_or(p, &in);
		if (c)
			return c;
		p->depth--;
		if (not) {
			*out = q_alloc(p, sizeof **out);
			**out = (pred){.kind = P_NOT, .at = (uint32_t)at, .a = in};
			return AURE_OK;
		}
		q_space(p);
		if (p->i >= p->n || p->s[p->i] != ')')
			return q_fail(p, p->i < p->n ? p->i : at, _("expected « ) »"));
		p->i++;
		*out = in;
		return AURE_OK;
	}
	size_t at = p->i;
	int len = ident_len(p, at);
	if (!len)
		return q_fail(p, at, _("expected an attribute such as word or lemma, as in [lemma=\"sanction\"]"));
	pred *x = q_alloc(p, sizeof *x);
	x->kind = P_CMP;
	x->name_at = (uint32_t)at;
	x->name = (aur_str){p->s + at, (size_t)len};
	p->i += (size_t)len;
	q_space(p);
	if (p->i + 1 < p->n && p->s[p->i] == '!' && p->s[p->i + 1] == '=') {
		x->negated = 1;
		p->i += 2;
	} else if (p->i < p->n && p->s[p->i] == '=') {
		p->i++;
	} else if (at >= 2 && p->s[at - 1] == '[' && !q_space_len(p->s + at - 2, 1) && p->i + 1 < p->n && p->s[p->i] == ']' && p->s[p->i + 1] == ':') {
		return q_fail(p, at - 1, _("a field has no [ ] in its name: « auricule info » lists the fields, q12[sq001] is q12-sq001"));
	} else {
		return q_fail(p, p->i, _("expected = or != after the attribute %.*s"), len, p->s + at);
	}
	q_space(p);
	if (p->i >= p->n || (p->s[p->i] != '"' && p->s[p->i] != '\''))
		return q_fail(p, p->i, _("expected a quotation mark, as in [%.*s=\"…\"]"), len, p->s + at);
	*out = x;
	return string_flags(p, x);
}

static aur_code test_chain(parser *p, pred **out, int or)
{
	aur_code c = or ? test_chain(p, out, 0) : test_unary(p, out);
	while (!c) {
		q_space(p);
		if (p->i >= p->n || p->s[p->i] != (or ? '|' : '&'))
			break;
		pred *x = q_alloc(p, sizeof *x);
		*x = (pred){.kind = or ? P_OR : P_AND, .at = (uint32_t)p->i, .a = *out};
		if (++p->nodes > MAX_NODES)
			return q_fail(p, p->i, _("the query is too long: it has more than %u parts"), MAX_NODES);
		p->i++;
		c = or ? test_chain(p, &x->b, 0) : test_unary(p, &x->b);
		*out = x;
	}
	return c;
}
static aur_code test_or(parser *p, pred **out)
{
	return test_chain(p, out, 1);
}

static aur_code alt(parser *p, tnode **out);

static aur_code atom(parser *p, tnode **out)
{
	size_t at = p->i;
	if (p->s[at] == '(') {
		p->i++;
		aur_code c = deeper(p);
		if (!c)
			c = alt(p, out);
		if (c)
			return c;
		p->depth--;
		q_space(p);
		if (p->i >= p->n || p->s[p->i] != ')')
			return q_fail(p, p->i < p->n ? p->i : at, _("expected « ) » or another [ ]"));
		p->i++;
		return AURE_OK;
	}
	if (++p->nodes > MAX_NODES)
		return q_fail(p, at, _("the query is too long: it has more than %u parts"), MAX_NODES);
	tnode *t = *out = t_new(p, T_ONE, at);
	int len = ident_len(p, at);
	if (len) {
		t->label = (aur_str){p->s + at, (size_t)len};
		p->i += (size_t)len + 1;
	}
	if (p->s[p->i] == '"' || p->s[p->i] == '\'') {
		t->p = q_alloc(p, sizeof *t->p);
		*t->p = (pred){.kind = P_CMP, .name = {"word", 4}};
		aur_code c = string_flags(p, t->p);
		if (!c && !(t->p->flags & PF_LITERAL) && memchr(t->p->text.ptr, ' ', t->p->text.len))
			return q_fail(p, t->p->at, _("next to [ ] a quoted text is a pattern for one token, and this one contains a space: put AND before it to search for the phrase"));
		return c;
	}
	at = p->i++;
	q_space(p);
	if (p->i < p->n && p->s[p->i] == ']') {
		p->i++;
		return AURE_OK;
	}
	aur_code c = test_or(p, &t->p);
	if (c)
		return c;
	q_space(p);
	if (p->i >= p->n)
		return q_fail(p, at, _("this « [ » is not closed"));
	if (p->s[p->i] != ']')
		return q_fail(p, p->i, _("expected « ] », & or | here"));
	p->i++;
	return AURE_OK;
}

static int number(parser *p, uint32_t *out)
{
	uint32_t v = 0, any = 0;
	q_space(p);
	for (; p->i < p->n && p->s[p->i] >= '0' && p->s[p->i] <= '9'; p->i++, any = 1)
		if (v < 100000)
			v = v * 10 + (uint32_t)(p->s[p->i] - '0');
	*out = v;
	q_space(p);
	return (int)any;
}

static aur_code rep(parser *p, tnode **out)
{
	aur_code c = atom(p, out);
	unsigned depth = 0;
	while (!c) {
		size_t i = past_space(p, p->i);
		char q = i < p->n ? p->s[i] : 0;
		if (!q || !strchr("?*+{", q))
			break;
		if (++depth > 8)
			return q_fail(p, i, _("there are too many repetitions in a row"));
		tnode *t = t_new(p, T_REP, i);
		p->i = i + 1;
		t->min = q == '+';
		t->max = q == '?' ? 1 : UINT32_MAX;
		if (q == '{') {
			int lo = number(p, &t->min);
			t->max = t->min;
			if (p->i < p->n && p->s[p->i] == ',') {
				p->i++;
				if (!number(p, &t->max)) {
					t->max = UINT32_MAX;
					if (!lo)
						return q_fail(p, p->i, _("expected how many times, as in {0,3}"));
				}
			} else if (!lo) {
				return q_fail(p, p->i, _("expected how many times, as in {0,3}"));
			}
			if (p->i >= p->n || p->s[p->i] != '}')
				return q_fail(p, p->i, _("expected « } », as in {0,3}"));
			p->i++;
			if (t->max < t->min)
				return q_fail(p, i, _("{%u,%u}: the second number is the smaller one"), t->min, t->max);
			if (t->min > MAX_REACH || (t->max != UINT32_MAX && t->max > MAX_REACH))
				return q_fail(p, i, _("a sequence of tokens may span %u tokens at most"), MAX_REACH);
		}
		t_add(p, t, *out);
		*out = t;
	}
	return c;
}

static int atom_follows(parser *p)
{
	size_t i = past_space(p, p->i);
	if (i >= p->n)
		return 0;
	if (p->s[i] == '[' || p->s[i] == '"')
		return 1;
	if (p->s[i] == '(') { /* a group of tokens, not a boolean one */
		i = past_open(p, i);
		return i < p->n && (p->s[i] == '"' || atom_at(p, i));
	}
	return atom_at(p, i);
}

static aur_code alt(parser *p, tnode **out)
{
	tnode *any = NULL;
	aur_code c;
	for (;;) {
		tnode *seq = NULL, *one;
		q_space(p);
		if (!atom_follows(p))
			return q_fail(p, p->i, _("expected a token here, as in [lemma=\"sanction\"]"));
		do {
			q_space(p);
			c = rep(p, &one);
			if (c)
				return c;
			if (!seq)
				seq = t_new(p, T_SEQ, one->at);
			t_add(p, seq, one);
		} while (atom_follows(p));
		if (seq->nkids == 1)
			seq = seq->kid[0];
		size_t i = past_space(p, p->i);
		int more = i < p->n && p->s[i] == '|';
		if (!any && !more) {
			*out = seq;
			return AURE_OK;
		}
		if (!any)
			any = t_new(p, T_ALT, seq->at);
		t_add(p, any, seq);
		*out = any;
		if (!more)
			return AURE_OK;
		p->i = i + 1;
	}
}

aur_code q_tokens(parser *p, node **out)
{
	node *x = q_alloc(p, sizeof *x);
	*x = (node){.kind = N_TOKENS, .at = (uint32_t)p->i};
	aur_code c = alt(p, &x->tok);
	if (c)
		return c;
	size_t i = past_space(p, p->i);
	if (i + 6 <= p->n && !memcmp(p->s + i, "within", 6) && (i + 6 == p->n || q_space_len(p->s + i + 6, p->n - i - 6))) {
		static const struct {
			const char *w;
			int s;
		} parts[] = {{"sentence", 1}, {"s", 1}, {"contribution", 0}, {"text", 0}};
		size_t k;
		p->i = past_space(p, i + 6);
		size_t len = (size_t)ident_len(p, p->i);
		for (k = 0; k < 4; k++)
			if (strlen(parts[k].w) == len && !memcmp(parts[k].w, p->s + p->i, len))
				break;
		if (k == 4)
			return q_fail(p, p->i, _("expected « s » (a sentence) or « contribution » after « within »"));
		x->sentence = (uint8_t)parts[k].s;
		p->i += len;
	}
	*out = x;
	return AURE_OK;
}
