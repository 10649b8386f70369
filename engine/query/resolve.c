/* SPDX-License-Identifier: Apache-2.0 */
/* Syntax -> plan: what the names and words of a question mean in this corpus.  An unknown name is an error; a value, a theme or a
 * word that nothing has is a remark, and matches nothing. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "query/counts.h"
#include "query/node.h"

#define MAX_NOTES 20u

struct ctx {
	aur_query *q;
	aur_search *s;
	parser *p;
	/* [], the same for all of them: an automaton asks each token about each of its sets once; and as the list of all forms */
	formset *any, *every;
};

static int same(aur_str a, const char *b)
{
	return a.len == strlen(b) && !memcmp(a.ptr, b, a.len);
}

static aur_str str_of(const aur_buf *b)
{
	return (aur_str){(const char *)b->p, b->n};
}

/* For « %.*s » in messages: whole, or its first 60 bytes or so, whole characters. */
static int shown_len(aur_str t)
{
	size_t n = t.len;
	if (n > 60)
		for (n = 60; n && ((unsigned char)t.ptr[n] & 0xC0) == 0x80;)
			n--;
	return (int)n;
}

static void note(struct ctx *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void note(struct ctx *x, const char *fmt, ...)
{
	aur_query *q = x->q;
	if (q->nnotes >= MAX_NOTES)
		return;
	aur_error e;
	va_list ap;
	va_start(ap, fmt);
	aur_vfail(&e, AURE_OK, fmt, ap);
	va_end(ap);
	char **v = aur_arena_alloc(&q->arena, (q->nnotes + 1) * sizeof *v);
	if (q->nnotes)
		memcpy(v, q->note, q->nnotes * sizeof *v);
	v[q->nnotes++] = aur_arena_dup(&q->arena, e.text, strlen(e.text));
	q->note = v;
}

/* ---- names ---------------------------------------------------------------------------------- */
enum what { IS_LAYER, IS_FORM, IS_FIELD, IS_THEME, IS_ID };

static uint32_t field_of(aur_search *s, aur_str name)
{
	uint32_t f = aur_snapshot_field(s->env.s, name.ptr, name.len), n = aur_snapshot_fields(s->env.s);
	if (f != AUR_NONE)
		return f;
	aur_buf a = {0}, b = {0};
	q_fold(&a, name);
	for (uint32_t i = 0; i < n && f == AUR_NONE; i++) {
		b.n = 0;
		q_fold(&b, aur_snapshot_field_name(s->env.s, i));
		if (a.n == b.n && !memcmp(a.p, b.p, a.n))
			f = i;
	}
	aur_buf_free(&a);
	aur_buf_free(&b);
	return f;
}

/* The names of this corpus, for messages: fields, then layers, then what is always there. */
static uint32_t names_of(aur_search *s, int fields, int layers, int always, aur_str **out)
{
	static const char *const fixed[] = {"theme", "id", "form", "word"};
	uint32_t nf = fields ? aur_snapshot_fields(s->env.s) : 0, nl = layers ? aur_snapshot_layers(s->env.s) : 0, n = 0;
	aur_str *v = aur_xmalloc((nf + nl + 4) * sizeof *v);
	for (uint32_t i = 0; i < nf; i++)
		v[n++] = aur_snapshot_field_name(s->env.s, i);
	for (uint32_t i = 0; i < nl; i++) {
		const char *l = aur_snapshot_layer_name(s->env.s, i);
		v[n++] = (aur_str){l, strlen(l)};
	}
	for (unsigned i = always == 2 ? 2 : 0; always && i < 4; i++)
		v[n++] = (aur_str){fixed[i], strlen(fixed[i])};
	*out = v;
	return n;
}

static void list_names(aur_buf *b, const aur_str *v, uint32_t n)
{
	for (uint32_t i = 0; i < n && b->n < 300; i++)
		aur_buf_printf(b, "%s%.*s", i ? ", " : "", (int)v[i].len, v[i].ptr);
}

static aur_code unknown_name(parser *p, aur_search *s, size_t at, aur_str name, int fields, int layers, int always)
{
	aur_str *v;
	uint32_t n = names_of(s, fields, layers, always, &v), best = aur_query_nearest(name, v, n);
	aur_buf all = {0};
	list_names(&all, v, n);
	const char *kind = fields && layers ? _("field or layer") : fields ? _("field") : _("layer");
	aur_code c;
	if (layers && same(name, "lemma"))
		c = q_fail(p, at, _("this corpus was made without lemmas: add that layer to a copy of pipeline.xml, as `man auricule` shows, and ingest with it into a new corpus; the layer « %s » comes near"),
			   aur_snapshot_layer_name(s->env.s, aur_snapshot_default_layer(s->env.s)));
	else if (best != AUR_NONE)
		c = q_fail(p, at, _("there is no %s « %.*s » in this corpus: did you mean « %.*s »?"), kind, shown_len(name), name.ptr,
			   (int)v[best].len, v[best].ptr);
	else if (all.n)
		c = q_fail(p, at, _("there is no %s « %.*s » in this corpus, which has: %s"), kind, shown_len(name), name.ptr,
			   aur_buf_cstr(&all));
	else
		c = q_fail(p, at, _("there is no %s « %.*s » in this corpus"), kind, shown_len(name), name.ptr);
	aur_buf_free(&all);
	free(v);
	return c;
}

static aur_code name_is(struct ctx *x, const node *n, enum what *what, int *layer, uint32_t *field)
{
	aur_str name = n->name;
	if (name.len > 1 && name.ptr[0] == '@') { /* a field, whatever else has its name */
		*what = IS_FIELD;
		*field = field_of(x->s, (aur_str){name.ptr + 1, name.len - 1});
		return *field == AUR_NONE ? unknown_name(x->p, x->s, n->at, (aur_str){name.ptr + 1, name.len - 1}, 1, 0, 0) : AURE_OK;
	}
	*layer = aur_snapshot_layer(x->s->env.s, name.ptr, name.len);
	*what = *layer >= 0 ? IS_LAYER : same(name, "form") || same(name, "word") ? IS_FORM : same(name, "theme") ? IS_THEME :
		same(name, "id")							   ? IS_ID :
												     IS_FIELD;
	if (*what == IS_FIELD) {
		*field = field_of(x->s, name);
		if (*field == AUR_NONE)
			return unknown_name(x->p, x->s, n->at, name, 1, 1, 1);
	}
	return AURE_OK;
}

static aur_code need_layer(struct ctx *x, size_t at, const char *name, int layer)
{
	if (layer >= 0)
		return AURE_OK;
	aur_str *v;
	uint32_t n = names_of(x->s, 0, 1, 2, &v);
	aur_buf all = {0};
	list_names(&all, v, n);
	aur_code c = q_fail(x->p, at, _("this needs the layer « %s », which this corpus was made without; it has: %s"), name, aur_buf_cstr(&all));
	aur_buf_free(&all);
	free(v);
	return c;
}

/* ---- words ---------------------------------------------------------------------------------- */
struct seq {
	formset **v;
	uint32_t n, cap;
};
static aur_code seq_add(struct ctx *x, struct seq *l, size_t at, formset *f)
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

static aur_code tokenize(struct ctx *x, aur_str text, struct tokens *t, aur_error *err)
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

/* layer: a layer, LAYER_DEFAULT, or LAYER_FORM */
enum { LAYER_DEFAULT = -2, LAYER_FORM = -1 };

enum word_as { AS_WORD, AS_GLOB, AS_FUZZY };
static aur_code one_word(struct ctx *x, int layer, enum word_as as, unsigned edits, aur_str w, formset **out)
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

/* Words without operators inside: as many tokens as the tokenizer makes of them. */
static aur_code plain_words(struct ctx *x, struct seq *l, size_t at, int layer, enum word_as as, unsigned edits, aur_str text,
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
			/* beside a prefix, what stands before it is a word as written in any case */
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

static int has_wild(aur_str t)
{
	for (size_t i = 0; i < t.len; i++) {
		if (t.ptr[i] == '\\' && i + 1 < t.len)
			i++;
		else if (t.ptr[i] == '*' || t.ptr[i] == '?')
			return 1;
	}
	return 0;
}

/* w~ w~1 w~2: takes the sign off; 0: there is none */
static unsigned fuzzy_sign(struct ctx *x, size_t at, aur_str *t, aur_code *c)
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

/* One word with its operators. */
static aur_code word_piece(struct ctx *x, struct seq *l, size_t at, int layer, int regex, aur_str t)
{
	aur_search *s = x->s;
	aur_code c = AURE_OK;
	if (regex) {
		if (layer == LAYER_DEFAULT) {
			layer = s->lower;
			c = need_layer(x, at, "lower", layer);
		}
		aur_buf b = {0}; /* \/ -> / */
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
			c = need_layer(x, at, "fold", layer);
		} else if (layer == LAYER_FORM) {
			return q_fail(x->p, at, _("« == » asks for this very form: take it away, or the « ~ »"));
		}
		return c ? c : plain_words(x, l, at, layer, AS_FUZZY, edits, t, 0, 0);
	}
	if (has_wild(t)) {
		if (layer == LAYER_DEFAULT) {
			layer = s->lower;
			c = need_layer(x, at, "lower", layer);
			if (c)
				return c;
		}
		int before = t.ptr[0] == '*', after = t.len > 1 && t.ptr[t.len - 1] == '*' && t.ptr[t.len - 2] != '\\';
		aur_str in = {t.ptr + before, t.len - (size_t)(before + after)};
		if (in.len && !has_wild(in) && !memchr(in.ptr, '\\', in.len))
			return plain_words(x, l, at, layer, AS_GLOB, 0, in, before, after);
		aur_buf b = {0};
		formset *f;
		q_clean(&b, t);
		c = q_set_glob(x->q, layer, str_of(&b), &f, x->p->err);
		aur_buf_free(&b);
		return c ? c : seq_add(x, l, at, f);
	}
	if (memchr(t.ptr, '\\', t.len)) { /* \* is a star */
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

/* The words of a quotation. */
static aur_code phrase(struct ctx *x, struct seq *l, const node *n, int layer)
{
	const char *s = n->text.ptr;
	size_t len = n->text.len, run = SIZE_MAX, run_end = 0;
	aur_code c = AURE_OK;
	for (size_t i = 0; !c;) {
		int k;
		while (i < len && (k = q_space_len(s + i, len - i)))
			i += (size_t)k;
		size_t e = i, at = (size_t)(s - x->p->s) + i;
		int regex = 0, lay = layer, special = 0;
		if (i < len && s[i] == '/') { /* holds spaces, perhaps */
			size_t j = i + 1;
			while (j < len && s[j] != '/')
				j += s[j] == '\\' && j + 1 < len ? 2 : 1;
			if (j < len && j > i + 1 && (j + 1 == len || q_space_len(s + j + 1, len - j - 1))) {
				e = j + 1;
				regex = special = 1;
			}
		}
		if (!regex)
			while (e < len && !q_space_len(s + e, len - e))
				e++;
		aur_str t = {s + i, e - i};
		if (!regex && t.len) {
			if (t.len > 1 && t.ptr[0] == '=') {
				int exact = t.len > 2 && t.ptr[1] == '=';
				lay = exact ? LAYER_FORM : x->s->lower;
				t = (aur_str){t.ptr + 1 + exact, t.len - 1 - (size_t)exact};
				special = 1;
				if (!exact)
					c = need_layer(x, at, "lower", lay);
			} else {
				const char *colon = memchr(t.ptr, ':', t.len);
				if (colon && colon > t.ptr && colon + 1 < t.ptr + t.len) {
					aur_str name = {t.ptr, (size_t)(colon - t.ptr)};
					int known = aur_snapshot_layer(x->s->env.s, name.ptr, name.len);
					if (known >= 0 || same(name, "form") || same(name, "word")) {
						lay = known >= 0 ? known : LAYER_FORM;
						t = (aur_str){colon + 1, t.len - name.len - 1};
						special = 1;
						if (t.len > 2 && t.ptr[0] == '/' && t.ptr[t.len - 1] == '/') {
							regex = 1;
							t = (aur_str){t.ptr + 1, t.len - 2};
						}
					} else if (same(name, "lemma")) { /* any other name before a colon is text */
						c = unknown_name(x->p, x->s, at, name, 0, 1, 2);
					}
				}
			}
			special |= same(t, "_") || same(t, "*") || (has_wild(t) && !same(t, "?")) ||
				   (t.len > 1 && t.ptr[t.len - 1] == '~') ||
				   (t.len > 2 && t.ptr[t.len - 2] == '~' && t.ptr[t.len - 1] >= '0' && t.ptr[t.len - 1] <= '9') ||
				   memchr(t.ptr, '\\', t.len);
		} else if (regex) {
			t = (aur_str){t.ptr + 1, t.len - 2};
		}
		if (!special && t.len) { /* tokenized with its neighbours */
			if (run == SIZE_MAX)
				run = i;
			run_end = e;
			i = e;
			continue;
		}
		if (!c && run != SIZE_MAX) {
			c = plain_words(x, l, (size_t)(s - x->p->s) + run, layer, AS_WORD, 0, (aur_str){s + run, run_end - run}, 0, 0);
			run = SIZE_MAX;
		}
		if (c || i >= len)
			break;
		if (same(t, "_") || same(t, "*"))
			c = seq_add(x, l, at, NULL);
		else
			c = word_piece(x, l, at, lay, regex, t);
		i = e;
	}
	if (c)
		return c;
	uint32_t words = 0;
	for (uint32_t i = 0; i < l->n; i++)
		words += l->v[i] != NULL;
	if (!words)
		return q_fail(x->p, n->at, _("there is no word in this quotation"));
	return AURE_OK;
}

/* What to try where nobody wrote it. */
static void missing(struct ctx *x, const node *n)
{
	aur_str t = n->text;
	int len = shown_len(t), letters = 0;
	for (size_t i = 0; i < t.len; i++)
		letters |= (t.ptr[i] | 32) >= 'a' && (t.ptr[i] | 32) <= 'z';
	if (n->kind == N_QUOTED)
		note(x, _("a word of « %.*s » was written by nobody"), len, t.ptr);
	else if (n->regex || has_wild(t))
		note(x, _("no word of this corpus is like « %.*s »"), len, t.ptr);
	else if (memchr(t.ptr, '~', t.len) || !letters || (size_t)len < t.len)
		note(x, _("nobody wrote « %.*s »"), len, t.ptr);
	else if (n->name_op == 'E')
		note(x, _("nobody wrote « %.*s » exactly so: =%.*s allows for capitals, %.*s~ for close spellings"), len, t.ptr, len, t.ptr, len, t.ptr);
	else
		note(x, _("nobody wrote « %.*s »: write %.*s~ for close spellings"), len, t.ptr, len, t.ptr);
}

static void words_node(struct ctx *x, node *n, struct seq *l)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->v[i] && !l->v[i]->n && !l->v[i]->inverted) {
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
}

/* ---- values of fields -------------------------------------------------------------------------- */
static int number_of(aur_str t, double *out)
{
	double v = 0, scale = 0;
	size_t i = 0;
	int neg = t.len && t.ptr[0] == '-';
	if (neg)
		i++;
	if (i == t.len || t.len > 15)
		return 0;
	for (; i < t.len; i++) {
		if (t.ptr[i] >= '0' && t.ptr[i] <= '9') {
			v = v * 10 + (t.ptr[i] - '0');
			scale *= 10;
		} else if ((t.ptr[i] == '.' || t.ptr[i] == ',') && !(scale > 0) && i + 1 < t.len) {
			scale = 1;
		} else {
			return 0;
		}
	}
	*out = (neg ? -v : v) / (scale > 0 ? scale : 1);
	return 1;
}

static int cmp_str(aur_str a, aur_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int starts(aur_str a, aur_str with)
{
	return a.len >= with.len && !memcmp(a.ptr, with.ptr, with.len);
}

/* 2025 or 2025-04: all days of it are meant as well. */
static int is_period(aur_str t)
{
	static const char *const form = "dddd-dd";
	for (size_t i = 0; i < t.len; i++)
		if (t.len > 7 || (form[i] == 'd' ? t.ptr[i] < '0' || t.ptr[i] > '9' : t.ptr[i] != form[i]))
			return 0;
	return t.len == 4 || t.len == 7;
}

/* lo .. hi: as numbers where all are, else as text, where what begins with hi is still within. */
static int in_range(aur_str v, aur_str lo, aur_str hi)
{
	double x, a = 0, b = 0;
	if (number_of(v, &x) && (!lo.len || number_of(lo, &a)) && (!hi.len || number_of(hi, &b)))
		return (!lo.len || x >= a) && (!hi.len || x <= b);
	return (!lo.len || cmp_str(v, lo) >= 0) && (!hi.len || cmp_str(v, hi) <= 0 || starts(v, hi));
}

static aur_code value_nearest(struct ctx *x, node *n, uint32_t nv)
{
	if (x->q->nnotes >= MAX_NOTES)
		return AURE_OK;
	aur_str name = aur_snapshot_field_name(x->s->env.s, n->field);
	uint32_t best = AUR_NONE;
	aur_str *v = NULL;
	if (nv <= 100000) {
		v = aur_xmalloc(((size_t)nv + 1) * sizeof *v);
		for (uint32_t i = 0; i < nv; i++)
			v[i] = aur_snapshot_value_text(x->s->env.s, n->field, i + 1);
		best = aur_query_nearest(n->text, v, nv);
		/* or the first that holds it: Lestaing in « Bassin de Lestaing » */
		aur_buf want = {0}, have = {0};
		q_fold(&want, n->text);
		for (uint32_t i = 0; i < nv && best == AUR_NONE && want.n > 2; i++) {
			have.n = 0;
			q_fold(&have, v[i]);
			if (memmem(have.p, have.n, want.p, want.n))
				best = i;
		}
		aur_buf_free(&want);
		aur_buf_free(&have);
	}
	int len = shown_len(n->text);
	if (best != AUR_NONE) {
		const char *q = memchr(v[best].ptr, ' ', v[best].len) ? "\"" : "";
		note(x, _("no contribution has %.*s:%.*s; the nearest value is %.*s:%s%.*s%s"), (int)name.len, name.ptr, len, n->text.ptr,
		     (int)name.len, name.ptr, q, (int)v[best].len, v[best].ptr, q);
	} else {
		note(x, _("no contribution has %.*s:%.*s"), (int)name.len, name.ptr, len, n->text.ptr);
	}
	free(v);
	return AURE_OK;
}

struct folds { /* the values of a field without case and accents */
	uint32_t field;
	aur_str *v; /* by number; v[0] unused */
	aur_arena arena;
	struct folds *next;
};

const aur_str *q_value_folds(aur_search *s, uint32_t field)
{
	struct folds *f = s->folds;
	while (f && f->field != field)
		f = f->next;
	if (f)
		return f->v;
	uint32_t n = aur_snapshot_value_count(s->env.s, field);
	aur_buf b = {0};
	f = aur_xcalloc(1, sizeof *f);
	f->field = field;
	f->v = aur_arena_alloc(&f->arena, ((size_t)n + 1) * sizeof *f->v);
	for (uint32_t i = 1; i <= n; i++) {
		b.n = 0;
		q_fold(&b, aur_snapshot_value_text(s->env.s, field, i));
		f->v[i] = (aur_str){aur_arena_dup(&f->arena, b.p, b.n), b.n};
	}
	aur_buf_free(&b);
	f->next = s->folds;
	return (s->folds = f)->v;
}

void q_folds_free(aur_search *s)
{
	for (struct folds *f = s->folds, *next; f; f = next) {
		next = f->next;
		aur_arena_free(&f->arena);
		free(f);
	}
	s->folds = NULL;
}

static aur_code field_node(struct ctx *x, node *n, uint32_t field, int quoted)
{
	aur_snapshot *s = x->s->env.s;
	uint32_t nv = aur_snapshot_value_count(s, field);
	aur_buf want = {0}, have = {0};
	aur_str t = n->text, lo = {0}, hi = {0};
	if (n->sentence)
		return q_fail(x->p, n->at, _("« within s » stands behind words, and %.*s:… is a field"), (int)n->name.len, n->name.ptr);
	n->kind = N_FIELD;
	n->field = field;
	n->nvalues = nv;
	if (quoted && memchr(t.ptr, '\\', t.len)) {
		aur_buf b = {0};
		for (size_t i = 0; i < t.len; i++) {
			if (t.ptr[i] == '\\' && i + 1 < t.len && strchr("\"\\", t.ptr[i + 1]))
				i++;
			aur_buf_byte(&b, (unsigned char)t.ptr[i]);
		}
		t.len = b.n;
		t.ptr = n->text.ptr = aur_arena_dup(&x->q->arena, b.p, b.n);
		n->text.len = t.len;
		aur_buf_free(&b);
	}
	int period = !quoted && is_period(t);
	/* in quotation marks as it stands, where there is such a value; else case and accents aside */
	uint32_t exact = aur_snapshot_value(s, field, t), one = quoted ? exact : 0;
	aur_str name = aur_snapshot_field_name(s, field);
	for (uint32_t i = 0; i < x->s->env.nalias && !exact; i++) {
		const struct aur_query_alias *a = &x->s->env.alias[i];
		if (!same(name, a->field))
			continue;
		want.n = have.n = 0;
		q_fold(&want, t);
		q_fold(&have, (aur_str){a->from, strlen(a->from)});
		if (want.n == have.n && !memcmp(want.p, have.p, want.n)) {
			t = (aur_str){a->to, strlen(a->to)};
			one = aur_snapshot_value(s, field, t);
			break;
		}
	}
	if (one) {
		n->one = one;
		n->wanted = 1;
		aur_buf_free(&want);
		aur_buf_free(&have);
		return AURE_OK;
	}
	int any = !quoted && same(t, "*"), glob = !quoted && has_wild(t), range = 0;
	if (!quoted && !any)
		for (size_t i = 0; i + 1 < t.len && !range; i++)
			if (t.ptr[i] == '.' && t.ptr[i + 1] == '.') {
				lo = (aur_str){t.ptr, i};
				hi = (aur_str){t.ptr + i + 2, t.len - i - 2};
				range = 1;
			}
	aur_code c = AURE_OK;
	if (range && !lo.len && !hi.len)
		c = q_fail(x->p, n->at, _("this range has neither beginning nor end: write as in date:2025-04..2025-06, or date:2025-04.. or date:..2025-06"));
	double a, b;
	if (range && !c && lo.len && hi.len &&
	    (number_of(lo, &a) && number_of(hi, &b) ? a > b : cmp_str(lo, hi) > 0 && !starts(lo, hi)))
		c = q_fail(x->p, n->at, _("the range %.*s ends before it begins"), (int)t.len, t.ptr);
	if (!c)
		c = q_budget(x->q, 0, any ? 0 : nv, x->p->err);
	n->values = aur_arena_alloc(&x->q->arena, (size_t)nv + 1);
	memset(n->values, 0, (size_t)nv + 1);
	want.n = 0;
	q_fold(&want, t);
	const aur_str *folded = any || range || period ? NULL : q_value_folds(x->s, field);
	for (uint32_t v = 1; v <= nv && !c; v++) {
		int yes = any;
		if (folded) {
			yes = glob ? q_glob(str_of(&want), folded[v]) : want.n == folded[v].len && !memcmp(want.p, folded[v].ptr, want.n);
		} else if (!any) {
			aur_str vt = aur_snapshot_value_text(s, field, v);
			yes = range ? in_range(vt, lo, hi) : starts(vt, t) && (vt.len == t.len || vt.ptr[t.len] == '-');
		}
		if (yes) {
			n->values[v] = 1;
			n->wanted++;
			n->one = v;
		}
		if (!any && q_cancelled(x->s))
			c = q_cancel_error(x->p->err);
	}
	if (!c && !n->wanted)
		c = value_nearest(x, n, nv);
	aur_buf_free(&want);
	aur_buf_free(&have);
	return c;
}

/* ---- themes, ids --------------------------------------------------------------------------------- */
static aur_code theme_node(struct ctx *x, node *n)
{
	static const char *const names[] = {"asserted", "negated", "conditional"};
	aur_snapshot *s = x->s->env.s;
	aur_str t = n->text;
	const char *sign = memchr(t.ptr, '@', t.len);
	n->kind = N_THEME;
	n->polarity = 3;
	if (sign) {
		aur_str pol = {sign + 1, (size_t)(t.ptr + t.len - sign - 1)}, v[3];
		t.len = (size_t)(sign - t.ptr);
		for (uint32_t i = 0; i < 3; i++) {
			v[i] = (aur_str){names[i], strlen(names[i])};
			if (same(pol, names[i]))
				n->polarity = i;
		}
		if (n->polarity == 3) {
			uint32_t best = aur_query_nearest(pol, v, 3);
			size_t at = (size_t)(sign + 1 - x->p->s);
			if (best != AUR_NONE)
				return q_fail(x->p, at, _("there is no polarity « %.*s »: did you mean « %s »?"), (int)pol.len, pol.ptr, names[best]);
			return q_fail(x->p, at, _("expected a polarity after @: asserted, negated or conditional"));
		}
	}
	uint32_t nt = aur_snapshot_themes(s), exact = aur_snapshot_theme_of(s, t.ptr, t.len);
	n->themes = aur_arena_alloc(&x->q->arena, ((size_t)nt + 1) * sizeof *n->themes);
	aur_buf want = {0}, have = {0};
	q_fold(&want, t);
	for (uint32_t i = 0; i < nt; i++) {
		int yes;
		if (exact != AUR_NONE) {
			yes = aur_snapshot_theme_within(s, i, exact);
		} else {
			have.n = 0;
			q_fold(&have, aur_snapshot_theme(s, i));
			if (has_wild(t))
				yes = q_glob(str_of(&want), str_of(&have));
			else
				yes = starts(str_of(&have), str_of(&want)) && (have.n == want.n || have.p[want.n] == '.');
		}
		if (yes)
			n->themes[n->nthemes++] = i;
	}
	aur_buf_free(&want);
	aur_buf_free(&have);
	if (!n->nthemes) {
		aur_str *v = aur_xmalloc(((size_t)nt + 1) * sizeof *v);
		for (uint32_t i = 0; i < nt; i++)
			v[i] = aur_snapshot_theme(s, i);
		uint32_t best = aur_query_nearest(t, v, nt);
		if (best != AUR_NONE)
			note(x, _("the theme « %.*s » was found nowhere; the nearest that was is « %.*s »"), shown_len(t), t.ptr, (int)v[best].len, v[best].ptr);
		else
			note(x, _("the theme « %.*s » was found nowhere: `auricule themes` lists those that were"), shown_len(t), t.ptr);
		free(v);
	}
	return AURE_OK;
}

/* ---- token queries ------------------------------------------------------------------------------- */
static aur_code test_set(struct ctx *x, const pred *t, formset **out)
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
		/* a & b & c leans to the left and may be long: no recursion there, and joined by twos, as each join copies */
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
		return unknown_name(x->p, x->s, t->name_at, t->name, 0, 1, 2);
	size_t bad;
	aur_str text = t->text;
	if (memchr(text.ptr, '\\', text.len)) { /* \" is a quotation mark; the rest is for the expression */
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
	*out = t->negated ? q_set_not(x->q, a) : a;
	return AURE_OK;
}

static aur_code test_sets(struct ctx *x, tnode *t)
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

/* A sequence of fixed length without choices is a phrase. */
static int fixed(const tnode *t, struct seq *l, struct ctx *x)
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

static aur_code tokens_node(struct ctx *x, node *n)
{
	struct seq l = {0};
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

/* ---- the tree ------------------------------------------------------------------------------------ */
static int has_spans(const node *n)
{
	if (n->kind == N_OR) {
		for (uint32_t i = 0; i < n->nkids; i++)
			if (!has_spans(n->kid[i]))
				return 0;
		return 1;
	}
	return n->kind == N_TERM || n->kind == N_PHRASE || n->kind == N_NEAR || n->kind == N_TOKENS || n->kind == N_THEME;
}

static int wants(const node *n, uint32_t v)
{
	return n->wanted == 1 ? v == n->one : n->values[v];
}

/* What people write where they mean something else. */
static void and_notes(struct ctx *x, const node *n)
{
	static const char *const op[][2] = {{"and", "AND"}, {"or", "OR"}, {"not", "NOT"}, {"et", "ET"}, {"ou", "OU"}, {"sauf", "SAUF"}};
	for (uint32_t i = 1; i + 1 < n->nkids; i++) {
		const node *k = n->kid[i];
		for (unsigned o = 0; o < 6; o++)
			if (k->kind == N_TERM && !k->name.ptr && !k->name_op && same(k->text, op[o][0]))
				note(x, _("« %s » was searched for as a word: write %s for the operator, in capitals"), op[o][0], op[o][1]);
	}
	for (uint32_t i = 0; i + 1 < n->nkids && n->nkids < 100; i++)
		for (uint32_t j = i + 1; j < n->nkids; j++) {
			const node *a = n->kid[i], *b = n->kid[j];
			if (a->kind != N_FIELD || b->kind != N_FIELD || a->field != b->field || !a->wanted || !b->wanted)
				continue;
			uint32_t v = 1;
			while (v <= a->nvalues && !(wants(a, v) && wants(b, v)))
				v++;
			if (v > a->nvalues) {
				aur_str name = aur_snapshot_field_name(x->s->env.s, a->field);
				note(x, _("no contribution has two values of %.*s at once: write OR between them"), (int)name.len, name.ptr);
				return;
			}
		}
}

static aur_code resolve(struct ctx *x, node *n)
{
	aur_code c = AURE_OK;
	struct seq l = {0};
	enum what what;
	int layer = LAYER_DEFAULT;
	uint32_t field;
	switch (n->kind) {
	case N_PIECE:
	case N_QUOTED:
		if (n->name_op == '=') {
			layer = x->s->lower;
			c = need_layer(x, n->at, "lower", layer);
		} else if (n->name_op == 'E') {
			layer = LAYER_FORM;
		} else if (n->name.ptr) {
			c = name_is(x, n, &what, &layer, &field);
			if (c)
				return c;
			if (what == IS_FIELD || what == IS_THEME || what == IS_ID) {
				if (n->regex) { /* slashes are part of a value */
					n->text.ptr--;
					n->text.len += 2;
				}
				if (what == IS_FIELD)
					return field_node(x, n, field, n->kind == N_QUOTED);
				if (what == IS_THEME)
					return theme_node(x, n);
				n->kind = N_DOC;
				n->doc = aur_snapshot_find(x->s->env.s, n->text);
				if (n->doc == AUR_NONE)
					note(x, _("there is no contribution with the id « %.*s »"), shown_len(n->text), n->text.ptr);
				return AURE_OK;
			}
			if (what == IS_FORM)
				layer = LAYER_FORM;
		} else if (n->kind == N_PIECE && !n->regex && same(n->text, "*")) {
			n->kind = N_ALL;
			return AURE_OK;
		}
		if (c)
			return c;
		if (n->kind == N_QUOTED)
			c = phrase(x, &l, n, layer);
		else
			c = word_piece(x, &l, n->at, layer, n->regex, n->text);
		if (!c)
			words_node(x, n, &l);
		return c;
	case N_TOKENS:
		return tokens_node(x, n);
	default:
		for (uint32_t i = 0; i < n->nkids && !c; i++)
			c = resolve(x, n->kid[i]);
		if (!c && n->kind == N_AND)
			and_notes(x, n);
		if (!c && n->kind == N_NEAR)
			for (uint32_t i = 0; i < 2; i++)
				if (!has_spans(n->kid[i]))
					return q_fail(x->p, n->kid[i]->at,
						      _("NEAR and BEFORE stand between words, phrases, tokens or themes (or several with OR), not here"));
		return c;
	}
}

static void leaves(aur_query *q, node *n, int positive, uint32_t *cap)
{
	switch (n->kind) {
	case N_NOT:
		leaves(q, n->kid[0], !positive, cap);
		break;
	case N_AND:
	case N_OR:
		for (uint32_t i = 0; i < n->nkids; i++)
			leaves(q, n->kid[i], positive, cap);
		break;
	case N_TERM:
	case N_PHRASE:
	case N_NEAR:
	case N_TOKENS:
	case N_THEME:
		if (!positive)
			break;
		if (q->nleaves == *cap) {
			*cap = *cap ? *cap * 2 : 8;
			node **v = aur_arena_alloc(&q->arena, *cap * sizeof *v);
			if (q->nleaves)
				memcpy(v, q->leaf, q->nleaves * sizeof *v);
			q->leaf = v;
		}
		n->leaf = q->nleaves;
		q->leaf[q->nleaves++] = n;
		break;
	default:
		break;
	}
}

aur_code q_resolve(aur_query *q, parser *p, node **root, aur_error *err)
{
	struct ctx x = {.q = q, .s = q->s, .p = p};
	uint32_t cap = 0;
	(void)err;
	aur_code c = resolve(&x, *root);
	if (!c)
		leaves(q, *root, 1, &cap);
	return c;
}

aur_code aur_query_fields(aur_search *s, const char *text, uint32_t field[2], uint32_t *n, aur_error *err)
{
	parser p = {.s = text, .n = strlen(text), .err = err};
	*n = 0;
	for (const char *at = text;; at++) {
		size_t len = strcspn(at, ",");
		aur_str name = {at, len};
		while (name.len && name.ptr[0] == ' ') {
			name.ptr++;
			name.len--;
		}
		while (name.len && name.ptr[name.len - 1] == ' ')
			name.len--;
		if (*n == 2)
			return aur_fail(err, AURE_USAGE, _("one or two fields, not more: %s"), text);
		uint32_t f = name.len ? field_of(s, name) : AUR_NONE;
		if (f == AUR_NONE)
			return unknown_name(&p, s, (size_t)(name.ptr - text), name, 1, 0, 0);
		field[(*n)++] = f;
		at += len;
		if (!*at)
			return AURE_OK;
	}
}

void aur_query_no_layer(aur_search *s, const char *name, aur_error *err)
{
	parser p = {.s = name, .n = strlen(name), .err = err};
	unknown_name(&p, s, 0, (aur_str){name, strlen(name)}, 0, 1, 2);
}

aur_code aur_query_value(aur_search *s, uint32_t field, const char *text, uint32_t *value, aur_error *err)
{
	aur_query q = {.s = s};
	parser p = {.s = text, .n = strlen(text), .arena = &q.arena, .err = err};
	struct ctx x = {.q = &q, .s = s, .p = &p};
	node n = {.kind = N_QUOTED, .text = {text, strlen(text)}};
	aur_code c = field_node(&x, &n, field, 1);
	if (!c && !n.wanted)
		c = aur_fail(err, AURE_USAGE, "%s", q.note[0]);
	else if (!c)
		*value = n.one;
	aur_arena_free(&q.arena);
	return c;
}
