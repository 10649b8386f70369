/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves words, phrases and token tests into sets of forms. */
#include "config.h"
#include "base/intl.h"
#include "query/resolving.h"

static aur_code seq_add(resolving *x, q_seq *l, size_t at, formset *f)
{
	if (l->n == MAX_PHRASE)
		return q_fail(x->p, at, _("the phrase is too long: it has more than %u words"), MAX_PHRASE);
	if (l->n == l->cap) {
		uint32_t cap = l->cap ? l->cap * 2 : 8;
		formset **v = aur_arena_alloc(&x->q->arena, cap * sizeof *v);
		if (l->n)
			memcpy(v, l->v, l->n * sizeof *v);
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = f;
	return AURE_OK;
}

struct tokens {
	aur_buf bytes, len;
};
static void token_add(void *to, aur_str form, int punct)
{
	struct tokens *t = to;
	uint32_t n = (uint32_t)form.len;
	(void)punct;
	aur_buf_put(&t->bytes, form.ptr, form.len);
	aur_buf_put(&t->len, &n, 4);
}

static aur_code tokenize(resolving *x, aur_str text, struct tokens *t, aur_error *err)
{
	t->bytes.n = t->len.n = 0;
	if (x->s->env.tokenize)
		return x->s->env.tokenize(x->s->env.ctx, text, token_add, t, err);
	aur_buf b = {0};
	q_clean(&b, text);
	for (size_t i = 0, from = 0; i <= b.n; i++) {
		int k = i < b.n ? q_space_len((char *)b.p + i, b.n - i) : 1;
		if (!k)
			continue;
		if (i > from)
			token_add(t, (aur_str){(char *)b.p + from, i - from}, 0);
		from = i + (size_t)k;
	}
	aur_buf_free(&b);
	return AURE_OK;
}

enum word_as { AS_WORD, AS_GLOB, AS_FUZZY };
static aur_code one_word(resolving *x, int layer, enum word_as as, unsigned edits, aur_str w, formset **out)
{
	aur_query *q = x->q;
	aur_error *err = x->p->err;
	if (as == AS_GLOB)
		return q_set_glob(q, layer, w, out, err);
	if (as == AS_FUZZY)
		return q_set_fuzzy(q, layer, w, edits, out, err);
	if (layer == LAYER_FORM)
		return q_set_form(q, w, out);
	return q_set_word(q, layer == LAYER_DEFAULT ? (int)aur_snapshot_default_layer(x->s->env.s) : layer, w, out, err);
}

/* Adds words without operators inside, as many as the tokenizer makes of the text. */
static aur_code plain_words(resolving *x, q_seq *l, size_t at, int layer, enum word_as as, unsigned edits, aur_str text,
			    int star_before, int star_after)
{
	struct tokens t = {0};
	aur_code c = tokenize(x, text, &t, x->p->err);
	uint32_t n = (uint32_t)(t.len.n / 4);
	const char *b = (const char *)t.bytes.p;
	aur_buf g = {0};
	for (uint32_t i = 0; i < n && !c; i++) {
		uint32_t len;
		formset *f;
		memcpy(&len, t.len.p + 4 * (size_t)i, 4);
		int pre = star_before && !i, post = star_after && i + 1 == n;
		if (pre || post) {
			g.n = 0;
			if (pre)
				aur_buf_byte(&g, '*');
			for (uint32_t k = 0; k < len; k++) {
				if (strchr("*?\\", b[k]))
					aur_buf_byte(&g, '\\');
				aur_buf_byte(&g, (unsigned char)b[k]);
			}
			if (post)
				aur_buf_byte(&g, '*');
			c = one_word(x, layer, AS_GLOB, 0, str_of(&g), &f);
		} else {
			/* only the word next to the star becomes a pattern */
			c = one_word(x, layer, as == AS_GLOB ? AS_WORD : as, edits, (aur_str){b, len}, &f);
		}
		b += len;
		if (!c)
			c = seq_add(x, l, at, f);
	}
	if (!c && !n)
		c = q_fail(x->p, at, _("there is no word in « %.*s »"), (int)text.len, text.ptr);
	aur_buf_free(&g);
	aur_buf_free(&t.bytes);
	aur_buf_free(&t.len);
	return c;
}

int q_has_wild(aur_str t)
{
	for (size_t i = 0; i < t.len; i++) {
		if (t.ptr[i] == '\\' && i + 1 < t.len)
			i++;
		else if (t.ptr[i] == '*' || t.ptr[i] == '?')
			return 1;
	}
	return 0;
}

/* Takes ~, ~1 or ~2 off the end of a word; returns the number of edits, 0 if there is no sign. */
static unsigned fuzzy_sign(resolving *x, size_t at, aur_str *t, aur_code *c)
{
	size_t n = t->len;
	if (n > 1 && t->ptr[n - 1] == '~') {
		t->len = n - 1;
		return 1;
	}
	if (n > 2 && t->ptr[n - 2] == '~' && t->ptr[n - 1] >= '0' && t->ptr[n - 1] <= '9') {
		unsigned k = (unsigned)(t->ptr[n - 1] - '0');
		if (k < 1 || k > 2)
			*c = q_fail(x->p, at, _("close spellings are 1 or 2 edits away: write %.*s~ or %.*s~2"), (int)n - 2, t->ptr, (int)n - 2, t->ptr);
		t->len = n - 2;
		return k;
	}
	return 0;
}

/* Adds one word with its operators. */
aur_code q_word_piece(resolving *x, q_seq *l, size_t at, int layer, int regex, aur_str t)
{
	aur_search *s = x->s;
	aur_code c = AURE_OK;
	if (regex) {
		if (layer == LAYER_DEFAULT) {
			layer = s->lower;
			c = q_need_layer(x, at, "lower", layer);
		}
		aur_buf b = {0}; /* \/ becomes / */
		for (size_t i = 0; i < t.len; i++) {
			if (t.ptr[i] == '\\' && i + 1 < t.len && t.ptr[i + 1] == '/')
				continue;
			if (t.ptr[i] == '\\' && i + 1 < t.len)
				aur_buf_byte(&b, (unsigned char)t.ptr[i++]);
			aur_buf_byte(&b, (unsigned char)t.ptr[i]);
		}
		size_t bad;
		formset *f;
		if (!c) {
			c = q_set_regex(x->q, layer, str_of(&b), 0, &f, &bad, x->p->err);
			if (c)
				x->p->fail_at = (size_t)(t.ptr - x->p->s) + (bad < t.len ? bad : t.len);
		}
		aur_buf_free(&b);
		return c ? c : seq_add(x, l, at, f);
	}
	unsigned edits = fuzzy_sign(x, at, &t, &c);
	if (c)
		return c;
	if (edits) {
		if (layer == LAYER_DEFAULT) {
			layer = s->fold;
			c = q_need_layer(x, at, "fold", layer);
		} else if (layer == LAYER_FORM) {
			return q_fail(x->p, at, _("« == » asks for this exact form: remove it, or the « ~ »"));
		}
		return c ? c : plain_words(x, l, at, layer, AS_FUZZY, edits, t, 0, 0);
	}
	if (q_has_wild(t)) {
		if (layer == LAYER_DEFAULT) {
			layer = s->lower;
			c = q_need_layer(x, at, "lower", layer);
			if (c)
				return c;
		}
		int before = t.ptr[0] == '*', after = t.len > 1 && t.ptr[t.len - 1] == '*' && t.ptr[t.len - 2] != '\\';
		aur_str in = {t.ptr + before, t.len - (size_t)(before + after)};
		if (in.len && !q_has_wild(in) && !memchr(in.ptr, '\\', in.len))
			return plain_words(x, l, at, layer, AS_GLOB, 0, in, before, after);
		aur_buf b = {0};
		formset *f;
		q_clean(&b, t);
		c = q_set_glob(x->q, layer, str_of(&b), &f, x->p->err);
		aur_buf_free(&b);
		return c ? c : seq_add(x, l, at, f);
	}
	if (memchr(t.ptr, '\\', t.len)) { /* \* is a plain star */
		aur_buf b = {0};
		for (size_t i = 0; i < t.len; i++) {
			if (t.ptr[i] == '\\' && i + 1 < t.len)
				i++;
			aur_buf_byte(&b, (unsigned char)t.ptr[i]);
		}
		c = plain_words(x, l, at, layer, AS_WORD, 0, str_of(&b), 0, 0);
		aur_buf_free(&b);
		return c;
	}
	return plain_words(x, l, at, layer, AS_WORD, 0, t, 0, 0);
}

/* A part of a quotation, between white space. */
struct part {
	aur_str text;
	size_t at, end; /* in the query; in the quotation */
	int layer, regex;
	int special;    /* more than words: it is not to be tokenized with its neighbours */
};

/* The end of the regular expression that begins at i, or i if none does: it may contain spaces. */
static size_t regex_end(const char *s, size_t len, size_t i)
{
	size_t j = i + 1;
	if (i >= len || s[i] != '/')
		return i;
	while (j < len && s[j] != '/')
		j += s[j] == '\\' && j + 1 < len ? 2 : 1;
	return j < len && j > i + 1 && (j + 1 == len || q_space_len(s + j + 1, len - j - 1)) ? j + 1 : i;
}

/* Takes the layer off a part: =word, ==word, lemma:word, lemma:/…/. */
static aur_code part_layer(resolving *x, struct part *p)
{
	aur_str t = p->text;
	if (t.len > 1 && t.ptr[0] == '=') {
		int exact = t.len > 2 && t.ptr[1] == '=';
		p->layer = exact ? LAYER_FORM : x->s->lower;
		p->text = (aur_str){t.ptr + 1 + exact, t.len - 1 - (size_t)exact};
		p->special = 1;
		return exact ? AURE_OK : q_need_layer(x, p->at, "lower", p->layer);
	}
	const char *colon = memchr(t.ptr, ':', t.len);
	if (!colon || colon == t.ptr || colon + 1 == t.ptr + t.len)
		return AURE_OK;
	aur_str name = {t.ptr, (size_t)(colon - t.ptr)};
	int known = aur_snapshot_layer(x->s->env.s, name.ptr, name.len);
	if (known < 0 && !same(name, "form") && !same(name, "word")) /* other names before a colon are text */
		return same(name, "lemma") ? q_unknown_name(x->p, x->s, p->at, name, 0, 1, 2) : AURE_OK;
	p->layer = known >= 0 ? known : LAYER_FORM;
	p->text = t = (aur_str){colon + 1, t.len - name.len - 1};
	p->special = 1;
	if (t.len > 2 && t.ptr[0] == '/' && t.ptr[t.len - 1] == '/') {
		p->regex = 1;
		p->text = (aur_str){t.ptr + 1, t.len - 2};
	}
	return AURE_OK;
}

/* The part that begins at byte i of a quotation. */
static aur_code part_at(resolving *x, const char *s, size_t len, size_t i, int layer, struct part *p)
{
	*p = (struct part){.at = (size_t)(s - x->p->s) + i, .end = regex_end(s, len, i), .layer = layer};
	if (p->end > i) {
		p->regex = p->special = 1;
		p->text = (aur_str){s + i + 1, p->end - i - 2};
		return AURE_OK;
	}
	while (p->end < len && !q_space_len(s + p->end, len - p->end))
		p->end++;
	p->text = (aur_str){s + i, p->end - i};
	if (!p->text.len)
		return AURE_OK;
	aur_code c = part_layer(x, p);
	aur_str t = p->text;
	p->special |= same(t, "_") || same(t, "*") || (q_has_wild(t) && !same(t, "?")) || (t.len > 1 && t.ptr[t.len - 1] == '~') ||
		      (t.len > 2 && t.ptr[t.len - 2] == '~' && t.ptr[t.len - 1] >= '0' && t.ptr[t.len - 1] <= '9') || memchr(t.ptr, '\\', t.len);
	return c;
}

/* Adds the words of a quotation. */
aur_code q_phrase(resolving *x, q_seq *l, const node *n, int layer)
{
	const char *s = n->text.ptr;
	size_t len = n->text.len, run = SIZE_MAX, run_end = 0;
	aur_code c = AURE_OK;
	for (size_t i = 0; !c;) {
		struct part p;
		int k;
		while (i < len && (k = q_space_len(s + i, len - i)))
			i += (size_t)k;
		c = part_at(x, s, len, i, layer, &p);
		if (!p.special && p.text.len) { /* to be tokenized with its neighbours */
			if (run == SIZE_MAX)
				run = i;
			run_end = i = p.end;
			continue;
		}
		if (!c && run != SIZE_MAX) {
			c = plain_words(x, l, (size_t)(s - x->p->s) + run, layer, AS_WORD, 0, (aur_str){s + run, run_end - run}, 0, 0);
			run = SIZE_MAX;
		}
		if (c || i >= len)
			break;
		if (same(p.text, "_") || same(p.text, "*"))
			c = seq_add(x, l, p.at, NULL);
		else
			c = q_word_piece(x, l, p.at, p.layer, p.regex, p.text);
		i = p.end;
	}
	uint32_t words = 0;
	for (uint32_t i = 0; i < l->n; i++)
		words += l->v[i] != NULL;
	return c || words ? c : q_fail(x->p, n->at, _("there is no word in this quotation"));
}

/* Adds a note on a word that nobody wrote: what to try. */
static void missing(resolving *x, const node *n)
{
	aur_str t = n->text;
	int len = q_shown_len(t), letters = 0;
	for (size_t i = 0; i < t.len; i++)
		letters |= (t.ptr[i] | 32) >= 'a' && (t.ptr[i] | 32) <= 'z';
	if (t.len && (t.ptr[0] == '\'' || t.ptr[t.len - 1] == '\'') && !n->regex)
		q_note(x, _("nobody wrote « %.*s »: an apostrophe belongs to its word; to put words together write \"le bus\""), len, t.ptr);
	else if (!n->regex && memchr(t.ptr, '?', t.len) && !memchr(t.ptr, ' ', t.len) && letters && (size_t)len == t.len)
		q_note(x, _("no word of this corpus is like « %.*s », in which ? stands for one character: to make a letter optional write /%.*s/"), len, t.ptr,
		       len, t.ptr);
	else if (n->kind == N_QUOTED)
		q_note(x, _("at least one word of « %.*s » was never written in this corpus"), len, t.ptr);
	else if (n->regex || q_has_wild(t))
		q_note(x, _("no word of this corpus is like « %.*s »"), len, t.ptr);
	else if (memchr(t.ptr, '~', t.len) || !letters || (size_t)len < t.len)
		q_note(x, _("nobody wrote « %.*s »"), len, t.ptr);
	else if (n->name_op == 'E')
		q_note(x, _("nobody wrote exactly « %.*s »: =%.*s ignores capitals, %.*s~ finds close spellings"), len, t.ptr, len, t.ptr, len, t.ptr);
	else
		q_note(x, _("nobody wrote « %.*s »: write %.*s~ for close spellings"), len, t.ptr, len, t.ptr);
}

int q_written(resolving *x, const formset *f)
{
	for (uint32_t i = 0; i < f->n; i++)
		if (q_form_left(x->s, f->id[i]))
			return 1;
	return f->inverted;
}

/* « M. » is one token before a name, « art. » before a number, but two by themselves, as in a query: both are meant.  Sets *out to the
 * forms of the one token, or to NULL where nobody wrote it. */
static aur_code abbreviation(resolving *x, const node *n, int layer, formset **out)
{
	aur_str t = n->text;
	*out = NULL;
	if ((n->kind != N_PIECE && n->kind != N_QUOTED) || n->regex || t.len < 2 || t.ptr[t.len - 1] != '.' || q_has_wild(t))
		return AURE_OK;
	aur_buf b = {0};
	formset *f = NULL;
	q_clean(&b, t);
	aur_code c = one_word(x, layer, AS_WORD, 0, str_of(&b), &f);
	aur_buf_free(&b);
	if (!c && q_written(x, f))
		*out = f;
	return c;
}

aur_code q_words_node(resolving *x, node *n, q_seq *l, int layer)
{
	formset *whole = NULL;
	aur_code c = l->n > 1 ? abbreviation(x, n, layer, &whole) : AURE_OK;
	if (c)
		return c;
	if (whole) {
		node *kid = q_alloc(x->p, 2 * sizeof *kid);
		kid[0] = kid[1] = *n;
		kid[0].kind = N_TERM;
		kid[0].set = whole;
		kid[1].kind = N_PHRASE;
		kid[1].sets = l->v;
		kid[1].nsets = l->n;
		n->kind = N_OR;
		n->nkids = 2;
		n->kid = q_alloc(x->p, 2 * sizeof *n->kid);
		n->kid[0] = &kid[0];
		n->kid[1] = &kid[1];
		return AURE_OK;
	}
	int told = q_comparison_note(x, n);
	for (uint32_t i = 0; i < l->n; i++)
		if (l->v[i] && !told && !q_written(x, l->v[i])) {
			missing(x, n);
			break;
		}
	if (l->n == 1) {
		n->kind = N_TERM;
		n->set = l->v[0];
	} else {
		n->kind = N_PHRASE;
		n->sets = l->v;
		n->nsets = l->n;
	}
	return AURE_OK;
}

/* ---- token queries ------------------------------------------------------------------------------- */
static aur_code test_set(resolving *x, const pred *t, formset **out)
{
	aur_code c;
	formset *a;
	if (t->kind == P_NOT) {
		c = test_set(x, t->a, &a);
		if (!c)
			*out = q_set_not(x->q, a);
		return c;
	}
	if (t->kind != P_CMP) {
		/* a & b & c leans left and may be long: no recursion, and joined in pairs, as each join copies */
		uint32_t n = 1;
		const pred *k = t;
		for (; k->kind == t->kind; k = k->a)
			n++;
		formset **f = aur_arena_alloc(&x->q->arena, n * sizeof *f);
		const pred **v = aur_arena_alloc(&x->q->arena, n * sizeof *v);
		uint32_t i = n;
		for (k = t; i > 1; k = k->a)
			v[--i] = k->b;
		v[0] = k;
		for (c = AURE_OK; i <= n && !c; i++)
			c = test_set(x, v[i - 1], &f[i - 1]);
		for (; n > 1 && !c; n = (n + 1) / 2) {
			for (i = 0; i < n / 2; i++)
				f[i] = t->kind == P_AND ? q_set_and(x->q, f[2 * i], f[2 * i + 1]) : q_set_or(x->q, f[2 * i], f[2 * i + 1]);
			if (n & 1)
				f[i] = f[n - 1];
			c = q_budget(x->q, 0, 0, x->p->err);
		}
		if (!c)
			*out = f[0];
		return c;
	}
	int layer = aur_snapshot_layer(x->s->env.s, t->name.ptr, t->name.len);
	if (layer < 0 && !same(t->name, "form") && !same(t->name, "word"))
		return q_unknown_name(x->p, x->s, t->name_at, t->name, 0, 2, 2);
	size_t bad;
	aur_str text = t->text;
	if (memchr(text.ptr, '\\', text.len)) { /* \" is a quotation mark; other backslashes stay for PCRE */
		aur_buf b2 = {0};
		for (size_t i = 0; i < text.len; i++) {
			if (text.ptr[i] == '\\' && i + 1 < text.len) {
				if (text.ptr[i + 1] != '"' && text.ptr[i + 1] != '\'')
					aur_buf_byte(&b2, '\\');
				i++;
			}
			aur_buf_byte(&b2, (unsigned char)text.ptr[i]);
		}
		text.len = b2.n;
		text.ptr = aur_arena_dup(&x->q->arena, b2.p, b2.n);
		aur_buf_free(&b2);
	}
	c = q_set_regex(x->q, layer, text, t->flags, &a, &bad, x->p->err);
	if (c) {
		x->p->fail_at = (size_t)t->at + 1 + (bad < t->text.len ? bad : t->text.len);
		return c;
	}
	if (!a->n && !t->negated) {
		int name = q_shown_len(t->name), len = q_shown_len(t->text);
		if (layer < 0 && !(t->flags & PF_CASE))
			q_note(x, _("no token of this corpus has [%.*s=\"%.*s\"]: %%c after it ignores capitals"), name, t->name.ptr, len, t->text.ptr);
		else
			q_note(x, _("no token of this corpus has [%.*s=\"%.*s\"]"), name, t->name.ptr, len, t->text.ptr);
	}
	*out = t->negated ? q_set_not(x->q, a) : a;
	return AURE_OK;
}

static aur_code test_sets(resolving *x, tnode *t)
{
	aur_code c = AURE_OK;
	if (t->kind == T_ONE) {
		if (t->p)
			return test_set(x, t->p, &t->set);
		if (!x->any) {
			x->any = q_set_new(x->q);
			x->any->inverted = 1;
		}
		t->set = x->any;
	}
	for (uint32_t i = 0; i < t->nkids && !c; i++)
		c = test_sets(x, t->kid[i]);
	return c;
}

/* Adds the sets of a sequence of fixed length without choices or labels, which is a phrase; 0: it is none. */
static int fixed(const tnode *t, q_seq *l, resolving *x)
{
	if (t->kind == T_ONE) {
		if (t->label.len || (t->set->inverted && t->set->n))
			return 0;
		return l->n < MAX_PHRASE && !seq_add(x, l, t->at, t->set->inverted ? NULL : t->set);
	}
	if (t->kind == T_REP) {
		if (t->min != t->max || t->max > MAX_PHRASE)
			return 0;
		for (uint32_t i = 0; i < t->max; i++)
			if (!fixed(t->kid[0], l, x))
				return 0;
		return 1;
	}
	if (t->kind == T_ALT)
		return 0;
	for (uint32_t i = 0; i < t->nkids; i++)
		if (!fixed(t->kid[i], l, x))
			return 0;
	return 1;
}

aur_code q_tokens_node(resolving *x, node *n)
{
	q_seq l = {0};
	aur_code c = test_sets(x, n->tok);
	if (c)
		return c;
	if (n->tok->kind == T_ONE && !n->tok->label.len) {
		n->kind = N_TERM;
		n->set = n->tok->set;
		if (!n->set->inverted)
			return AURE_OK;
		int any = n->set == x->any;
		if (any && x->every) {
			n->set = x->every;
			return AURE_OK;
		}
		n->set = q_set_plain(x->q, n->set);
		if (any)
			x->every = n->set;
		return q_budget(x->q, n->set->n, 0, x->p->err);
	}
	if (fixed(n->tok, &l, x)) {
		uint32_t words = 0;
		for (uint32_t i = 0; i < l.n; i++)
			words += l.v[i] != NULL;
		if (words && l.n > 1) {
			n->kind = N_PHRASE;
			n->sets = l.v;
			n->nsets = l.n;
			return AURE_OK;
		}
	}
	return q_automaton(x->p, n->tok, &n->fsa);
}
