/* SPDX-License-Identifier: Apache-2.0 */
/* Parses the query language by recursive descent; needs no corpus.
 *
 *  or      = and { (OR | OU) and }
 *  and     = not { [AND | ET] not }
 *  not     = (NOT | SAUF | "-") not | near
 *  near    = primary { (NEAR | BEFORE) ["/" number] primary } [ "within" part ]   (after NEAR, BEFORE, [ ] or a phrase)
 *  primary = "(" or ")" | name ":(" or ")" | tokens | [name ":" | "=" | "=="] (quoted | piece)
 *
 * Inside name:( … ) every word and quoted text is a value of that name. */
#include "config.h"
#include "base/intl.h"
#include "base/utf8.h"
#include "query/node.h"

/* Length of an opening quotation mark at s, or 0; *close: what closes it. */
static size_t quote_at(const char *s, size_t n, const char **close)
{
	static const char *const pairs[][2] = {{"\"", "\""}, {"\xC2\xAB", "\xC2\xBB"}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}};
	for (unsigned k = 0; k < 3; k++) {
		size_t len = strlen(pairs[k][0]);
		if (n >= len && !memcmp(s, pairs[k][0], len)) {
			*close = pairs[k][1];
			return len;
		}
	}
	return 0;
}

/* Does a word end here? */
static int stops(const char *s, size_t n)
{
	const char *close;
	return !n || q_space_len(s, n) || strchr("()[]", *s) || quote_at(s, n, &close) ||
	       (n >= 2 && !memcmp(s, "\xC2\xBB", 2)) || (n >= 3 && !memcmp(s, "\xE2\x80\x9D", 3));
}

static int word_is(const parser *p, size_t at, size_t len, const char *w)
{
	return len == strlen(w) && !memcmp(p->s + at, w, len);
}

static size_t word_len(const parser *p, size_t at)
{
	size_t i = at;
	while (!stops(p->s + i, p->n - i))
		i++;
	return i - at;
}

enum keyword { K_NO, K_AND, K_OR, K_NOT, K_NEAR, K_BEFORE };
static enum keyword keyword(const parser *p, size_t *len)
{
	size_t n = *len = word_len(p, p->i);
	if (word_is(p, p->i, n, "AND") || word_is(p, p->i, n, "ET"))
		return K_AND;
	if (word_is(p, p->i, n, "OR") || word_is(p, p->i, n, "OU"))
		return K_OR;
	if (word_is(p, p->i, n, "NOT") || word_is(p, p->i, n, "SAUF"))
		return K_NOT;
	if (word_is(p, p->i, n, "NEAR") || (n > 4 && !memcmp(p->s + p->i, "NEAR/", 5)))
		return K_NEAR;
	if (word_is(p, p->i, n, "BEFORE") || (n > 6 && !memcmp(p->s + p->i, "BEFORE/", 7)))
		return K_BEFORE;
	return K_NO;
}

static aur_code node_new(parser *p, unsigned kind, size_t at, node **out)
{
	if (++p->nodes > MAX_NODES)
		return q_fail(p, at, _("the query is too long: it has more than %u parts"), MAX_NODES);
	*out = q_alloc(p, sizeof **out);
	**out = (node){.kind = (uint8_t)kind, .at = (uint32_t)at};
	return AURE_OK;
}

struct list {
	node **v;
	uint32_t n, cap;
};
static void list_add(parser *p, struct list *l, node *x)
{
	if (l->n == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 4;
		node **v = q_alloc(p, cap * sizeof *v);
		if (l->n)
			memcpy(v, l->v, l->n * sizeof *v);
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = x;
}

/* A node of the parts of a list; of one alone, that part. */
static aur_code joined(parser *p, unsigned kind, size_t at, const struct list *l, node **out)
{
	if (l->n == 1) {
		*out = l->v[0];
		return AURE_OK;
	}
	aur_code c = node_new(p, kind, at, out);
	if (!c) {
		(*out)->kid = l->v;
		(*out)->nkids = l->n;
	}
	return c;
}

static aur_code parse_or(parser *p, node **out);

/* Parses a quoted text.  A backslash before a quotation mark makes it part of the text. */
static aur_code quoted(parser *p, aur_str *out)
{
	const char *close;
	size_t at = p->i, open = quote_at(p->s + p->i, p->n - p->i, &close), len = strlen(close);
	size_t i = at + open;
	for (;; i++) {
		if (i + len > p->n)
			return q_fail(p, at, _("this quotation is not closed: write %s after its last word"), close);
		if (p->s[i] == '\\' && i + 1 < p->n)
			i++;
		else if (!memcmp(p->s + i, close, len))
			break;
	}
	*out = (aur_str){p->s + at + open, i - at - open};
	p->i = i + len;
	return AURE_OK;
}

/* Length of a name before a colon, or 0: letters, digits, "_", "-", ".", "@" and whatever is not ASCII. */
static size_t name_len(const parser *p)
{
	size_t i = p->i, limit = p->i + word_len(p, p->i);
	for (; i < limit; i++) {
		unsigned char c = (unsigned char)p->s[i];
		if (c == ':')
			return i > p->i ? i - p->i : 0;
		if (c < 128 && !(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z') && !strchr("_-.@", c))
			return 0;
	}
	return 0;
}

static aur_code group(parser *p, node **out)
{
	size_t at = p->i++;
	if (++p->depth > MAX_DEPTH)
		return q_fail(p, at, _("the parentheses are nested more than %u deep"), MAX_DEPTH);
	aur_code c = parse_or(p, out);
	if (c)
		return c;
	q_space(p);
	if (p->i >= p->n || p->s[p->i] != ')')
		return q_fail(p, p->i < p->n ? p->i : at,
			      p->i < p->n ? _("expected « ) »") : _("this parenthesis is not closed: write « ) » after what it holds"));
	p->i++;
	p->depth--;
	return AURE_OK;
}

/* Parses « within s » after a phrase, NEAR or BEFORE; tokens.c does so after tokens. */
static aur_code within(parser *p, node *x)
{
	q_space(p);
	size_t len = word_len(p, p->i), at = p->i;
	if (!word_is(p, at, len, "within"))
		return AURE_OK;
	if (x->kind != N_NEAR && x->kind != N_QUOTED)
		return q_fail(p, at, _("« within s » goes after a phrase, NEAR, BEFORE or [ ], not here (to search for the word itself, put it in quotation marks)"));
	p->i += len;
	q_space(p);
	len = word_len(p, p->i);
	if (word_is(p, p->i, len, "s") || word_is(p, p->i, len, "sentence"))
		x->sentence = 1;
	else if (!word_is(p, p->i, len, "contribution") && !word_is(p, p->i, len, "text"))
		return q_fail(p, p->i, _("expected « s » (a sentence) or « contribution » after « within »"));
	p->i += len;
	return AURE_OK;
}

static aur_code regex_piece(parser *p, node *x)
{
	size_t at = p->i++, from = p->i;
	while (p->i < p->n && p->s[p->i] != '/')
		p->i += p->s[p->i] == '\\' && p->i + 1 < p->n ? 2 : 1;
	if (p->i >= p->n)
		return q_fail(p, at, _("this regular expression is not closed: write « / » after it"));
	x->text = (aur_str){p->s + from, p->i - from};
	x->regex = 1;
	p->i++;
	if (!x->text.len)
		return q_fail(p, at, _("there is no regular expression between these slashes"));
	if (!stops(p->s + p->i, p->n - p->i))
		return q_fail(p, p->i, _("expected a space after the regular expression"));
	return AURE_OK;
}

/* Refuses signs that CQP has around tokens and this language has not: searched for as words, they would change the
 * answer silently. */
static aur_code cqp_sign(parser *p, size_t at, size_t len)
{
	const char *w = p->s + at;
	size_t i = at + len, from = len > 1 && w[1] == '/' ? 2u : 1u, k = from;
	while (i < p->n && q_space_len(p->s + i, p->n - i))
		i += (size_t)q_space_len(p->s + i, p->n - i);
	int beside = p->nodes || i < p->n;
	if (p->name.ptr) /* inside name:( … ) it is a value */
		return AURE_OK;
	if (word_is(p, at, len, "::"))
		return q_fail(p, at, _("« :: » does not exist here: a field goes next to the tokens, as in [word=\"bus\"] territoire:Douaisis (to search for the sign itself, put it in quotation marks)"));
	if (beside && word_is(p, at, len, ";"))
		return q_fail(p, at, _("« ; » does not end a query here: leave it out (to search for the sign itself, put it in quotation marks)"));
	if (word_is(p, at, len, "@") && at + 1 < p->n && p->s[at + 1] == '[')
		return q_fail(p, at, _("« @ » does not exist here: a label, as in x:[ ], gives a token a name"));
	while (k < len && k < 20 && (w[k] | 32) >= 'a' && (w[k] | 32) <= 'z')
		k++;
	if (w[0] == '<' && k > from && k + 1 == len && w[k] == '>' && beside)
		return q_fail(p, at, _("« %.*s » does not exist here: « within s » after the tokens keeps them in one sentence (to search for the sign itself, put it in quotation marks)"), (int)len, w);
	return AURE_OK;
}

/* A sequence of tokens.  A parenthesis with tokens may also be a boolean one: of the two errors, reports the one that is further on. */
static aur_code tokens_or_group(parser *p, node **out)
{
	size_t at = p->i;
	parser before = *p;
	aur_code c = q_tokens(p, out);
	if (!c || p->s[at] != '(')
		return c;
	aur_error e1 = p->err ? *p->err : (aur_error){0};
	size_t at1 = p->fail_at;
	*p = before;
	c = group(p, out);
	if (c && p->err && at1 > p->fail_at) {
		*p->err = e1;
		p->fail_at = at1;
	}
	return c;
}

/* Refuses what cannot begin a word, and says what may have been meant. */
static aur_code no_word(parser *p, size_t at)
{
	size_t len;
	if (p->s[at] == ')')
		return q_fail(p, at, _("expected a word before this « ) »"));
	if (p->s[at] == ']')
		return q_fail(p, at, _("this « ] » closes nothing"));
	enum keyword k = keyword(p, &len);
	if (k)
		return q_fail(p, at, _("%.*s goes between two things: expected a word here (to search for the word itself, put it in quotation marks)"),
			      (int)len, p->s + at);
	if (word_is(p, at, len, "&") || word_is(p, at, len, "&&"))
		return q_fail(p, at, _("« %.*s » works only inside [ ]: write AND here (to search for the sign itself, put it in quotation marks)"), (int)len, p->s + at);
	if (word_is(p, at, len, "|") || word_is(p, at, len, "||"))
		return q_fail(p, at, _("« %.*s » works only between tokens in [ ]: write OR here, or [word=\"a|b\"] for a token that is one of them (to search for the sign itself, put it in quotation marks)"), (int)len, p->s + at);
	aur_code c = cqp_sign(p, at, len);
	if (!c && p->s[at] == ':' && len > 2 && (p->s[at + 1] | 32) >= 'a' && (p->s[at + 1] | 32) <= 'z')
		c = q_fail(p, at, _("expected a name right before « : », without a space"));
	return c;
}

/* Reads what stands before a word: = or ==, or the name of a layer or a field. */
static aur_code piece_name(parser *p, node *x)
{
	size_t at = p->i, len;
	if (p->s[p->i] == '=') {
		p->i++;
		x->name_op = '=';
		if (p->i < p->n && p->s[p->i] == '=') {
			p->i++;
			x->name_op = 'E';
		}
	} else if ((len = name_len(p))) {
		x->name = (aur_str){p->s + p->i, len};
		p->i += len + 1;
	}
	if (!p->name.ptr)
		return AURE_OK;
	if (x->name_op || x->name.ptr)
		return q_fail(p, at, _("only values may be inside %.*s:( … )"), (int)p->name.len, p->name.ptr);
	x->name = p->name;
	return AURE_OK;
}

/* Refuses « = » that stands alone; « role = élu » may be a field, as in R. */
static aur_code lone_sign(parser *p, size_t at, const char *sign)
{
	size_t before = at, from, next = p->i, len;
	while (next < p->n && p->s[next] == ' ')
		next++;
	while (before && p->s[before - 1] == ' ')
		before--;
	for (from = before; from && !strchr(" ()[]\"", p->s[from - 1]);)
		from--;
	len = word_len(p, next);
	if (from < before && before - from < 60 && len && len < 60)
		return q_fail(p, p->i, _("expected a word right after « %s »; the value of a field goes after a colon, as in %.*s:%.*s"), sign, (int)(before - from), p->s + from,
			      (int)len, p->s + next);
	return q_fail(p, p->i, _("expected a word right after « %s »"), sign);
}

static aur_code primary(parser *p, node **out)
{
	const char *close;
	node *x;
	q_space(p);
	size_t at = p->i, len;
	if (at >= p->n)
		return q_fail(p, at, p->nodes || p->depth ? _("expected a word here, but the query ends") : _("the query is empty: write a word, or * for all contributions"));
	if (!p->name.ptr && q_tokens_ahead(p))
		return tokens_or_group(p, out);
	if (p->s[at] == '(')
		return group(p, out);
	aur_code c = no_word(p, at);
	if (!c)
		c = node_new(p, N_PIECE, at, &x);
	if (!c)
		c = piece_name(p, x);
	if (c)
		return c;
	if (x->name.ptr && !p->name.ptr && p->i < p->n && p->s[p->i] == '(') {
		p->name = x->name;
		p->name_at = (uint32_t)at;
		c = group(p, out);
		p->name = (aur_str){NULL, 0};
		return c;
	}
	*out = x;
	if (p->i < p->n && quote_at(p->s + p->i, p->n - p->i, &close)) {
		x->kind = N_QUOTED;
		c = quoted(p, &x->text);
		return c || p->name.ptr ? c : within(p, x);
	}
	if (p->i < p->n && p->s[p->i] == '/')
		return regex_piece(p, x);
	len = word_len(p, p->i);
	if (!len && x->name_op)
		return lone_sign(p, at, x->name_op == 'E' ? "==" : "=");
	if (!len)
		return q_fail(p, p->i, _("expected a value right after « %.*s: », without a space"), (int)x->name.len, x->name.ptr);
	x->text = (aur_str){p->s + p->i, len};
	p->i += len;
	return AURE_OK;
}

static aur_code distance(parser *p, size_t at, size_t len, uint32_t *k)
{
	const char *slash = memchr(p->s + at, '/', len);
	*k = NEAR_DEFAULT;
	if (!slash)
		return AURE_OK;
	uint64_t v = 0;
	const char *end = p->s + at + len, *d = slash + 1;
	for (; d < end && *d >= '0' && *d <= '9' && v <= NEAR_MAX; d++)
		v = v * 10 + (unsigned)(*d - '0');
	if (d != end || d == slash + 1 || !v || v > NEAR_MAX)
		return q_fail(p, (size_t)(slash + 1 - p->s), _("expected how many words apart, from 1 to %u, as in NEAR/5"), NEAR_MAX);
	*k = (uint32_t)v;
	return AURE_OK;
}

static aur_code parse_near(parser *p, node **out)
{
	aur_code c = primary(p, out);
	while (!c) {
		size_t len;
		q_space(p);
		enum keyword k = p->i < p->n ? keyword(p, &len) : K_NO;
		if (k != K_NEAR && k != K_BEFORE)
			break;
		node *x;
		c = node_new(p, N_NEAR, p->i, &x);
		if (!c)
			c = distance(p, p->i, len, &x->k);
		if (c)
			break;
		if (p->name.ptr)
			return q_fail(p, p->i, _("only values may be inside %.*s:( … )"), (int)p->name.len, p->name.ptr);
		p->i += len;
		x->ordered = k == K_BEFORE;
		x->kid = q_alloc(p, 2 * sizeof *x->kid);
		x->nkids = 2;
		x->kid[0] = *out;
		c = primary(p, &x->kid[1]);
		/* « a NEAR "b c" within s » means all of it, « a NEAR ("b c" within s) » does not */
		if (!c && x->kid[1]->sentence && p->s[p->i - 1] != ')')
			x->sentence = 1;
		*out = x;
	}
	return c ? c : within(p, *out);
}

static aur_code parse_not(parser *p, node **out)
{
	size_t len;
	q_space(p);
	int minus = p->i + 1 < p->n && p->s[p->i] == '-' && !q_space_len(p->s + p->i + 1, p->n - p->i - 1);
	enum keyword k = minus || p->i >= p->n ? K_NO : keyword(p, &len);
	if (!minus && k != K_NOT)
		return parse_near(p, out);
	node *x;
	size_t at = p->i;
	aur_code c = node_new(p, N_NOT, at, &x);
	if (c)
		return c;
	if (++p->depth > MAX_DEPTH)
		return q_fail(p, at, _("there are more than %u negations in a row"), MAX_DEPTH);
	p->i += minus ? 1 : len;
	x->kid = q_alloc(p, sizeof *x->kid);
	x->nkids = 1;
	c = parse_not(p, &x->kid[0]);
	p->depth--;
	*out = x;
	return c;
}

static aur_code parse_and(parser *p, node **out)
{
	struct list l = {0};
	size_t at = p->i, len;
	node *x;
	aur_code c = parse_not(p, &x);
	while (!c) {
		list_add(p, &l, x);
		q_space(p);
		if (p->i >= p->n || p->s[p->i] == ')')
			break;
		enum keyword k = keyword(p, &len);
		if (k == K_OR)
			break;
		if (k == K_AND)
			p->i += len;
		c = parse_not(p, &x);
	}
	return c ? c : joined(p, N_AND, at, &l, out);
}

static aur_code parse_or(parser *p, node **out)
{
	struct list l = {0};
	size_t at = p->i, len;
	node *x;
	aur_code c = parse_and(p, &x);
	while (!c) {
		list_add(p, &l, x);
		q_space(p);
		if (p->i >= p->n || keyword(p, &len) != K_OR)
			break;
		p->i += len;
		c = parse_and(p, &x);
	}
	return c ? c : joined(p, N_OR, at, &l, out);
}

aur_code q_syntax(parser *p, node **out)
{
	if (p->n > MAX_TEXT)
		return aur_fail(p->err, AURE_USAGE, _("the query is too long: %zu bytes, at most %u"), p->n, MAX_TEXT);
	size_t ok = aur_utf8_valid(p->s, p->n);
	if (ok < p->n)
		return q_fail(p, ok, _("the query is not UTF-8 text from here on"));
	const char *nul = memchr(p->s, 0, p->n);
	if (nul)
		return q_fail(p, (size_t)(nul - p->s), _("the query holds a byte 0 here"));
	aur_code c = parse_or(p, out);
	if (c)
		return c;
	q_space(p);
	if (p->i < p->n)
		return q_fail(p, p->i, p->s[p->i] == ')' ? _("this « ) » closes nothing") : _("expected the end of the query"));
	return AURE_OK;
}
