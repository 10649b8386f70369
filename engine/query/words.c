/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the set of forms of a word, a pattern or a spelling.  A word costs one look-up; a pattern that begins with a wildcard is
 * tested on every value of a layer, which stay in memory after the first time. */
#include "config.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "query/node.h"

/* Steps of a pattern on one word, at most; ordinary patterns take a few dozen. */
#define MATCH_STEPS 10000u

static int by_id(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

aur_code q_budget(aur_query *q, uint64_t forms, uint64_t tests, aur_error *err)
{
	q->nforms += forms;
	q->ntests += tests;
	if (q->ntests >= MAX_TESTS)
		return aur_fail(err, AURE_USAGE, _("the patterns of this query take too long on a corpus with so many words or values: use fewer, or begin them with letters"));
	if (q->arena.total > MAX_MEMORY || q->nforms > MAX_FORMS)
		return aur_fail(err, AURE_USAGE, _("the patterns of this query match too many words for the memory: use fewer or narrower ones"));
	return AURE_OK;
}

formset *q_set_new(aur_query *q)
{
	formset *f = aur_arena_alloc(&q->arena, sizeof *f);
	*f = (formset){.docs = AUR_NONE, .seg = AUR_NONE, .arena = &q->arena};
	return f;
}

formset *q_set_of(aur_query *q, aur_buf *b)
{
	formset *f = q_set_new(q);
	uint32_t *id = (uint32_t *)(void *)b->p, n = (uint32_t)(b->n / 4), m = 0;
	int sorted = 1;
	for (uint32_t i = 1; i < n && sorted; i++)
		sorted = id[i - 1] < id[i];
	if (!sorted) {
		qsort(id, n, sizeof *id, by_id);
		for (uint32_t i = 0; i < n; i++)
			if (!i || id[i] != id[i - 1])
				id[m++] = id[i];
		n = m;
	}
	f->n = n;
	f->id = aur_arena_alloc(&q->arena, n * sizeof *id);
	if (n)
		memcpy(f->id, id, n * sizeof *id);
	return f;
}

/* Appends the value of a word on a layer: that of the same form in the corpus, else from the plugins. */
static aur_code layer_value(aur_search *s, int layer, aur_str word, aur_buf *out, aur_error *err)
{
	aur_form f;
	aur_str ls[AUR_MAX_LAYERS];
	uint32_t id = aur_snapshot_form_id(s->env.s, word);
	if (id != AUR_NONE && aur_snapshot_form(s->env.s, id, &f, ls) && f.form.len == word.len && !memcmp(f.form.ptr, word.ptr, word.len)) {
		aur_buf_put(out, ls[layer].ptr, ls[layer].len);
		return AURE_OK;
	}
	if (s->env.layer_value)
		return s->env.layer_value(s->env.ctx, aur_snapshot_layer_name(s->env.s, (uint32_t)layer), word, out, err);
	aur_buf_put(out, word.ptr, word.len);
	return AURE_OK;
}

/* The set of the forms with this value. */
static aur_code set_value(aur_query *q, int layer, aur_str value, formset **out, aur_error *err)
{
	aur_search *s = q->s;
	uint32_t docs;
	uint64_t tokens;
	s->tmp.n = 0;
	aur_code c = aur_snapshot_value_forms(s->env.s, (uint32_t)layer, value, &s->tmp, &docs, &tokens, err);
	if (c)
		return c;
	*out = q_set_of(q, &s->tmp);
	(*out)->docs = docs;
	(*out)->tokens = tokens;
	return AURE_OK;
}

aur_code q_set_word(aur_query *q, int layer, aur_str word, formset **out, aur_error *err)
{
	aur_buf v = {0};
	aur_code c = layer_value(q->s, layer, word, &v, err);
	if (!c)
		c = set_value(q, layer, (aur_str){(char *)v.p, v.n}, out, err);
	/* a value that was copied from a table, as in stem:sanct, has no value of its own */
	if (!c && !(*out)->n && (v.n != word.len || memcmp(v.p, word.ptr, v.n)))
		c = set_value(q, layer, word, out, err);
	aur_buf_free(&v);
	return c;
}

aur_code q_set_form(aur_query *q, aur_str form, formset **out)
{
	uint32_t id = aur_snapshot_form_id(q->s->env.s, form);
	formset *f = *out = q_set_new(q);
	if (id != AUR_NONE) {
		f->n = 1;
		f->id = aur_arena_alloc(&q->arena, sizeof *f->id);
		*f->id = id;
	}
	return AURE_OK;
}

/* ---- every value of a layer ------------------------------------------------------------------ */
struct load {
	aur_buf bytes, off, id, idoff;
	aur_search *s;
	int cancelled;
};

static void load_one(struct load *l, aur_str v, const uint32_t *ids, uint32_t n)
{
	uint32_t o = (uint32_t)l->bytes.n, k = (uint32_t)(l->id.n / 4);
	aur_buf_put(&l->off, &o, 4);
	aur_buf_put(&l->idoff, &k, 4);
	aur_buf_put(&l->bytes, v.ptr, v.len);
	aur_buf_put(&l->id, ids, 4 * (size_t)n);
}

static int load_value(void *ctx, aur_str v, const uint32_t *ids, uint32_t n)
{
	struct load *l = ctx;
	load_one(l, v, ids, n);
	return !(l->cancelled = q_cancelled(l->s));
}

static aur_code vocab_load(aur_search *s, int layer, vocab **out, aur_error *err)
{
	vocab *v = &s->vocab[layer < 0 ? AUR_MAX_LAYERS : (unsigned)layer];
	*out = v;
	if (v->loaded)
		return AURE_OK;
	struct load l = {.s = s};
	aur_code c = AURE_OK;
	if (layer >= 0) {
		c = aur_snapshot_values(s->env.s, (uint32_t)layer, (aur_str){"", 0}, load_value, &l, err);
	} else {
		for (uint32_t i = 0; i < s->totals.forms && !l.cancelled; i++) {
			aur_form f;
			aur_str ls[AUR_MAX_LAYERS];
			if (!aur_snapshot_form(s->env.s, i, &f, ls)) {
				c = aur_fail(err, AURE_CORRUPT, _("the dictionary of the corpus %s is damaged (form %u): run `auricule check`"),
					     aur_snapshot_dir(s->env.s), i);
				break;
			}
			load_one(&l, f.form, &i, 1);
			l.cancelled = q_cancelled(s);
		}
	}
	if (!c && l.cancelled)
		c = q_cancel_error(err);
	if (!c && l.bytes.n > UINT32_MAX - 1024)
		c = aur_fail(err, AURE_USAGE, _("the dictionary is too large for this kind of pattern"));
	uint32_t n = (uint32_t)(l.off.n / 4);
	if (!c)
		load_one(&l, (aur_str){"", 0}, NULL, 0);
	if (c) {
		aur_buf_free(&l.bytes);
		aur_buf_free(&l.off);
		aur_buf_free(&l.id);
		aur_buf_free(&l.idoff);
		return c;
	}
	*v = (vocab){.loaded = 1, .n = n, .bytes = (char *)l.bytes.p, .off = (uint32_t *)(void *)l.off.p,
		     .id = (uint32_t *)(void *)l.id.p, .idoff = (uint32_t *)(void *)l.idoff.p};
	return AURE_OK;
}

/* Collects the forms of the values that pass a test; values with a given prefix are read from the index. */
struct pick {
	aur_search *s;
	int (*test)(void *ctx, aur_str v); /* below 0: stop */
	void *ctx;
	aur_str prefix;
	uint64_t left; /* tests that the query may still make */
	int stopped, cancelled;
	aur_buf *out;
};

static int pick_value(void *ctx, aur_str v, const uint32_t *ids, uint32_t n)
{
	struct pick *k = ctx;
	if (k->prefix.len && (v.len < k->prefix.len || memcmp(v.ptr, k->prefix.ptr, k->prefix.len)))
		return 1; /* long values come by the beginning of their prefix only */
	int yes = k->test ? k->test(k->ctx, v) : 1;
	if (yes > 0)
		aur_buf_put(k->out, ids, 4 * (size_t)n);
	k->cancelled = q_cancelled(k->s);
	return !(k->stopped = yes < 0) && !k->cancelled && --k->left;
}

static aur_code pick(aur_query *q, int layer, aur_str prefix, int (*test)(void *, aur_str), void *ctx, formset **out,
		     int *stopped, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	s->tmp.n = 0;
	uint64_t before = MAX_TESTS - q->ntests;
	struct pick k = {.s = s, .test = test, .ctx = ctx, .prefix = prefix, .out = &s->tmp, .left = before};
	if (layer >= 0 && prefix.len && !s->vocab[layer].loaded) {
		c = aur_snapshot_values(s->env.s, (uint32_t)layer, prefix, pick_value, &k, err);
	} else {
		vocab *v;
		c = vocab_load(s, layer, &v, err);
		uint32_t i = 0;
		if (!c && layer >= 0 && prefix.len) { /* sorted in byte order */
			uint32_t hi = v->n;
			while (i < hi) {
				uint32_t mid = i + (hi - i) / 2;
				size_t len = v->off[mid + 1] - v->off[mid], m = len < prefix.len ? len : prefix.len;
				int d = memcmp(v->bytes + v->off[mid], prefix.ptr, m);
				if (d < 0 || (!d && len < prefix.len))
					i = mid + 1;
				else
					hi = mid;
			}
		}
		for (; !c && i < v->n; i++) {
			aur_str x = {v->bytes + v->off[i], v->off[i + 1] - v->off[i]};
			size_t m = prefix.len < 200 ? prefix.len : 200;
			if (layer >= 0 && m && (x.len < m || memcmp(x.ptr, prefix.ptr, m)))
				break;
			if (!pick_value(&k, x, v->id + v->idoff[i], v->idoff[i + 1] - v->idoff[i]))
				break;
		}
	}
	if (stopped)
		*stopped = k.stopped;
	if (!c && k.cancelled)
		c = q_cancel_error(err);
	if (!c)
		c = q_budget(q, s->tmp.n / 4, before - k.left, err);
	if (!c)
		*out = q_set_of(q, &s->tmp);
	return c;
}

/* ---- wildcards ------------------------------------------------------------------------------ */
int q_glob(aur_str p, aur_str t)
{
	size_t i = 0, j = 0, star = SIZE_MAX, from = 0;
	while (j < t.len) {
		if (i < p.len && p.ptr[i] == '*') {
			star = ++i;
			from = j;
			continue;
		}
		if (i < p.len && p.ptr[i] == '?') {
			i++;
			aur_utf8_next(t.ptr, t.len, &j);
			continue;
		}
		size_t k = i < p.len && p.ptr[i] == '\\' && i + 1 < p.len ? i + 1 : i;
		if (k < p.len && p.ptr[k] == t.ptr[j]) {
			i = k + 1;
			j++;
			continue;
		}
		if (star == SIZE_MAX)
			return 0;
		i = star;
		aur_utf8_next(t.ptr, t.len, &from);
		j = from;
	}
	while (i < p.len && p.ptr[i] == '*')
		i++;
	return i == p.len;
}

static int glob_test(void *pattern, aur_str v)
{
	return q_glob(*(aur_str *)pattern, v);
}

/* Maps the literal parts of a pattern as the layer would: lower case, folded. */
static aur_code glob_map(aur_query *q, int layer, aur_str p, aur_buf *out, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	aur_buf lit = {0}, v = {0};
	for (size_t i = 0; i <= p.len && !c; i++) {
		int wild = i < p.len && (p.ptr[i] == '*' || p.ptr[i] == '?');
		if (i < p.len && !wild) {
			if (p.ptr[i] == '\\' && i + 1 < p.len)
				i++;
			aur_buf_byte(&lit, (unsigned char)p.ptr[i]);
			continue;
		}
		if (lit.n) {
			aur_str w = {(char *)lit.p, lit.n};
			v.n = 0;
			if (layer == s->lower || layer == s->fold) {
				if (s->env.layer_value)
					c = s->env.layer_value(s->env.ctx, aur_snapshot_layer_name(s->env.s, (uint32_t)layer), w, &v, err);
				if (!c && !v.n) {
					if (layer == s->fold)
						q_fold(&v, w);
					else
						aur_text_lower(&v, w.ptr, w.len);
				}
			} else {
				aur_buf_put(&v, w.ptr, w.len);
			}
			for (size_t k = 0; k < v.n; k++) {
				if (strchr("*?\\", v.p[k]) && v.p[k])
					aur_buf_byte(out, '\\');
				aur_buf_byte(out, v.p[k]);
			}
			lit.n = 0;
		}
		if (wild)
			aur_buf_byte(out, (unsigned char)p.ptr[i]);
	}
	aur_buf_free(&lit);
	aur_buf_free(&v);
	return c;
}

aur_code q_set_glob(aur_query *q, int layer, aur_str pattern, formset **out, aur_error *err)
{
	aur_buf b = {0}, pre = {0};
	aur_code c = glob_map(q, layer, pattern, &b, err);
	size_t i = 0;
	for (; i < b.n && b.p[i] != '*' && b.p[i] != '?'; i++) {
		if (b.p[i] == '\\' && i + 1 < b.n)
			i++;
		aur_buf_byte(&pre, b.p[i]);
	}
	aur_str g = {(char *)b.p, b.n};
	int plain = i + 1 == b.n && b.p[i] == '*';
	if (!c)
		c = pick(q, layer, (aur_str){(char *)pre.p, pre.n}, plain ? NULL : glob_test, &g, out, NULL, err);
	aur_buf_free(&b);
	aur_buf_free(&pre);
	return c;
}

/* ---- close spellings ------------------------------------------------------------------------- */
struct fuzzy {
	uint32_t a[EDIT_MAX], n;
	size_t bytes;
	unsigned most;
};
static int fuzzy_test(void *ctx, aur_str v)
{
	struct fuzzy *f = ctx;
	uint32_t b[EDIT_MAX];
	if (v.len > f->bytes + 4 * f->most || f->bytes > v.len + 4 * f->most)
		return 0;
	uint32_t n = q_points(v, b);
	return n <= EDIT_MAX && q_edits(f->a, f->n, b, n, f->most) <= f->most;
}

aur_code q_set_fuzzy(aur_query *q, int layer, aur_str word, unsigned edits, formset **out, aur_error *err)
{
	struct fuzzy f = {.most = edits};
	aur_buf v = {0};
	aur_code c = layer_value(q->s, layer, word, &v, err);
	f.bytes = v.n;
	f.n = q_points((aur_str){(char *)v.p, v.n}, f.a);
	aur_buf_free(&v);
	if (c)
		return c;
	if (!f.n || f.n > EDIT_MAX) {
		*out = q_set_new(q);
		return AURE_OK;
	}
	c = pick(q, layer, (aur_str){"", 0}, fuzzy_test, &f, out, NULL, err);
	/* drop punctuation: a comma is two edits from « de » */
	uint32_t m = 0;
	for (uint32_t i = 0; !c && i < (*out)->n; i++) {
		aur_form x;
		aur_str ls[AUR_MAX_LAYERS];
		if (!aur_snapshot_form(q->s->env.s, (*out)->id[i], &x, ls) || !(x.flags & AUR_TOK_PUNCT))
			(*out)->id[m++] = (*out)->id[i];
	}
	if (!c)
		(*out)->n = m;
	return c;
}

/* ---- regular expressions --------------------------------------------------------------------- */
struct regex {
	pcre2_code *re;
	pcre2_match_data *md;
	pcre2_match_context *mc;
	int strip, rc;
	aur_buf b;
};

static int regex_test(void *ctx, aur_str v)
{
	struct regex *r = ctx;
	if (r->strip) {
		r->b.n = 0;
		q_strip(&r->b, v);
		v = (aur_str){(char *)r->b.p, r->b.n};
	}
	int rc = pcre2_match(r->re, (PCRE2_SPTR)v.ptr, v.len, 0, 0, r->md, r->mc);
	if (rc >= 0)
		return 1;
	if (rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_HEAPLIMIT || rc == PCRE2_ERROR_DEPTHLIMIT || rc == PCRE2_ERROR_JIT_STACKLIMIT) {
		r->rc = rc;
		return -1;
	}
	if (rc == PCRE2_ERROR_NOMEMORY) /* not a mismatch */
		aur_no_memory();
	return 0;
}

/* Length of the literal text with which every match of an expression begins. */
static size_t regex_prefix(aur_str p)
{
	size_t i = 0, last = 0;
	if (p.len && memchr(p.ptr, '|', p.len))
		return 0;
	while (i < p.len && !strchr("\\^$.[]()?*+{}#", p.ptr[i])) {
		last = i;
		aur_utf8_next(p.ptr, p.len, &i);
	}
	return i < p.len && strchr("?*{", p.ptr[i]) ? last : i;
}

static int has_upper(aur_str p)
{
	aur_buf b = {0};
	int up = 0;
	for (size_t i = 0; i < p.len && !up;) {
		if (p.ptr[i] == '\\' && i + 1 < p.len) { /* \W, \D are not letters */
			i += 2;
			continue;
		}
		size_t from = i;
		aur_utf8_next(p.ptr, p.len, &i);
		b.n = 0;
		aur_text_lower(&b, p.ptr + from, i - from);
		up = b.n != i - from || memcmp(b.p, p.ptr + from, b.n);
	}
	aur_buf_free(&b);
	return up;
}

aur_code q_set_regex(aur_query *q, int layer, aur_str pattern, unsigned flags, formset **out, size_t *bad, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	aur_buf b = {0}, strip = {0};
	struct regex r = {0};
	*bad = 0;
	q_clean(&b, pattern);
	aur_str p = {(char *)b.p, b.n};
	size_t pre = flags & PF_LITERAL ? p.len : regex_prefix(p);
	int any_case = layer >= 0 && layer == s->lower && has_upper(p);
	if (pre == p.len && !(flags & (PF_CASE | PF_DIA))) { /* plain text: one look-up */
		if (any_case) {
			aur_text_lower(&strip, p.ptr, p.len);
			p = (aur_str){(char *)strip.p, strip.n};
		}
		c = layer < 0 ? q_set_form(q, p, out) : set_value(q, layer, p, out, err);
		goto out;
	}
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
	if (flags & PF_LITERAL)
		options = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_LITERAL;
	if (flags & PF_CASE || any_case) {
		options |= PCRE2_CASELESS;
		pre = 0;
	}
	if (flags & PF_DIA) {
		q_strip(&strip, p);
		p = (aur_str){(char *)strip.p, strip.n};
		r.strip = 1;
		pre = 0;
	}
	int rc;
	PCRE2_SIZE at;
	r.re = pcre2_compile((PCRE2_SPTR)p.ptr, p.len, options, &rc, &at, NULL);
	if (!r.re) {
		/* what people do wrong most often; other reasons stay in the English of PCRE2 */
		static const char *const common[] = {N_("missing closing parenthesis"), N_("unmatched closing parenthesis"),
						     N_("missing terminating ] for character class"), N_("quantifier does not follow a repeatable item"),
						     N_("\\ at end of pattern"), N_("range out of order in character class")};
		const char *why;
		char msg[200];
		if (pcre2_get_error_message(rc, (PCRE2_UCHAR *)msg, sizeof msg) < 0)
			msg[0] = 0;
		*bad = at < pattern.len ? at : pattern.len;
		why = msg;
		for (size_t i = 0; i < sizeof common / sizeof *common; i++)
			if (!strcmp(msg, common[i]))
				why = _(common[i]);
		c = aur_fail(err, AURE_USAGE, _("this is not a regular expression: %s"), why);
		goto out;
	}
	pcre2_jit_compile(r.re, PCRE2_JIT_COMPLETE);
	r.md = pcre2_match_data_create(1, NULL);
	r.mc = pcre2_match_context_create(NULL);
	if (!r.md || !r.mc)
		aur_no_memory();
	pcre2_set_match_limit(r.mc, MATCH_STEPS);
	pcre2_set_depth_limit(r.mc, MATCH_STEPS);
	pcre2_set_heap_limit(r.mc, 20000);
	int stopped;
	c = pick(q, layer, (aur_str){p.ptr, pre}, regex_test, &r, out, &stopped, err);
	if (!c && stopped)
		c = aur_fail(err, AURE_USAGE, _("this regular expression takes too long on some words: use fewer nested * and +"));
out:
	pcre2_match_context_free(r.mc);
	pcre2_match_data_free(r.md);
	pcre2_code_free(r.re);
	aur_buf_free(&r.b);
	aur_buf_free(&b);
	aur_buf_free(&strip);
	return c;
}

/* ---- sets among themselves -------------------------------------------------------------------- */
enum { BOTH, EITHER, FIRST }; /* in a and b; in either; in a only */

static formset *merge(aur_query *q, const formset *a, const formset *b, int keep, int inverted)
{
	formset *f = q_set_new(q);
	f->inverted = inverted;
	f->id = aur_arena_alloc(&q->arena, ((size_t)a->n + (keep == EITHER ? b->n : 0)) * sizeof *f->id);
	for (uint32_t i = 0, j = 0; i < a->n || j < b->n;) {
		uint32_t x = i < a->n ? a->id[i] : AUR_NONE, y = j < b->n ? b->id[j] : AUR_NONE;
		if (keep == EITHER || (keep == BOTH ? x == y : x < y))
			f->id[f->n++] = x < y ? x : y;
		i += x <= y;
		j += y <= x;
	}
	return f;
}

formset *q_set_not(aur_query *q, const formset *a)
{
	formset *f = q_set_new(q);
	f->id = a->id;
	f->n = a->n;
	f->inverted = !a->inverted;
	return f;
}

formset *q_set_and(aur_query *q, const formset *a, const formset *b)
{
	if (a->inverted)
		return b->inverted ? merge(q, a, b, EITHER, 1) : merge(q, b, a, FIRST, 0);
	return merge(q, a, b, b->inverted ? FIRST : BOTH, 0);
}

formset *q_set_or(aur_query *q, const formset *a, const formset *b)
{
	if (a->inverted)
		return b->inverted ? merge(q, a, b, BOTH, 1) : merge(q, a, b, FIRST, 1);
	return b->inverted ? merge(q, b, a, FIRST, 1) : merge(q, a, b, EITHER, 0);
}

formset *q_set_plain(aur_query *q, const formset *a)
{
	formset *f = q_set_new(q);
	uint32_t all = q->s->totals.forms, k = 0;
	f->id = aur_arena_alloc(&q->arena, (all - a->n) * sizeof *f->id);
	for (uint32_t i = 0; i < all; i++)
		if (k < a->n && a->id[k] == i)
			k++;
		else
			f->id[f->n++] = i;
	return f;
}
