/* SPDX-License-Identifier: Apache-2.0 */
/* Concordances.  Without sorting or sampling, lines are produced in corpus order up to the limit; otherwise every occurrence is
 * gathered as three numbers, and the text is fetched only for the lines that are shown. */
#include "config.h"
#include <stdlib.h>
#include <utf8proc.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "query/counts.h"
#include "query/kwic.h"
#include "query/resolving.h"
#include "text/fold.h"

#define MAX_LINES (16u << 20)
#define MAX_KEYS 8u

/* ---- columns ---------------------------------------------------------------------------------- */
void aur_kwic_pad(aur_buf *out, aur_str t, size_t width, int right_aligned)
{
	size_t n = aur_text_width(t.ptr, t.len), fill = width > n ? width - n : 0;
	for (size_t i = 0; right_aligned && i < fill; i++)
		aur_buf_byte(out, ' ');
	for (size_t i = 0; i < t.len;) {
		size_t from = i;
		uint32_t c = aur_utf8_next(t.ptr, t.len, &i);
		if (c < 32 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029)
			aur_buf_byte(out, ' ');
		else
			aur_buf_put(out, t.ptr + from, i - from);
	}
	for (size_t i = 0; !right_aligned && i < fill; i++)
		aur_buf_byte(out, ' ');
}

static uint32_t point_at(const char *s, size_t n, size_t i)
{
	return aur_utf8_next(s, n, &i);
}

/* May a line be cut before the character at `i`? */
static int cut_at(aur_str t, size_t i)
{
	if (!i || i >= t.len || (unsigned char)t.ptr[i] < 128)
		return 1; /* an ASCII character never joins the one before it */
	size_t k = i - 1;
	while (k && ((unsigned char)t.ptr[k] & 0xC0) == 0x80)
		k--;
	return utf8proc_grapheme_break((utf8proc_int32_t)point_at(t.ptr, t.len, k), (utf8proc_int32_t)point_at(t.ptr, t.len, i));
}

static aur_str left_of(aur_str t, size_t at, uint32_t width)
{
	size_t i = at, best = at, w = 0;
	while (i) {
		size_t k = i - 1;
		while (k && ((unsigned char)t.ptr[k] & 0xC0) == 0x80)
			k--;
		w += i - k == 1 ? 1 : aur_text_width(t.ptr + k, i - k);
		if (w > width)
			break;
		i = k;
		if (cut_at(t, i))
			best = i;
	}
	return (aur_str){t.ptr + best, at - best};
}

static aur_str right_of(aur_str t, size_t at, uint32_t width)
{
	size_t i = at, best = at, w = 0;
	while (i < t.len) {
		size_t k = i + 1;
		while (k < t.len && ((unsigned char)t.ptr[k] & 0xC0) == 0x80)
			k++;
		w += k - i == 1 ? 1 : aur_text_width(t.ptr + i, k - i);
		if (w > width)
			break;
		i = k;
		if (cut_at(t, i))
			best = i;
	}
	return (aur_str){t.ptr + at, best - at};
}

/* ---- sort keys ----------------------------------------------------------------------------------- */
enum key_kind { BY_LEFT, BY_RIGHT, BY_FORM, BY_LABEL, BY_FIELD };
struct key {
	enum key_kind kind;
	uint32_t n, field, *rank; /* BY_FIELD: order of each value */
	int down;
	aur_str label;
};
struct line {
	uint32_t doc, first, last;
	const aur_str **word; /* by key: the text, or for a field a rank in `len` */
};
struct kwic {
	aur_search *s;
	aur_query *q;
	const aur_kwic_want *want;
	struct key key[MAX_KEYS];
	uint32_t nkeys;
	struct line *line;
	uint64_t seen;
	uint32_t n, cap;
	aur_arena arena;
	const aur_str **fold; /* by form: without case and accents; NULL: not computed yet */
	uint8_t *punct;
	uint64_t random;
	aur_kwic_fn fn;
	void *ctx;
	uint32_t emitted;
	aur_code c;
	aur_error *err;
};

static int is(aur_str a, const char *b)
{
	return a.len == strlen(b) && !memcmp(a.ptr, b, a.len);
}

/* Is t « left » or « left3 », for name « left »?  *n: the number, or 1. */
static int side(aur_str t, const char *name, uint32_t *n)
{
	size_t k = strlen(name);
	*n = 1;
	if (t.len < k || t.len > k + 2 || memcmp(t.ptr, name, k))
		return 0;
	if (t.len == k)
		return 1;
	*n = 0;
	for (size_t i = k; i < t.len; i++) {
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return 0;
		*n = *n * 10 + (uint32_t)(t.ptr[i] - '0');
	}
	return *n > 0;
}

static aur_code keys_parse(struct kwic *k)
{
	const char *at = k->want->sort;
	if (!at || !*at)
		return AURE_OK;
	for (;; at++) {
		size_t len = strcspn(at, ",");
		aur_str t = {at, len};
		while (t.len && t.ptr[0] == ' ') { /* « session, right » */
			t.ptr++;
			t.len--;
		}
		while (t.len && t.ptr[t.len - 1] == ' ')
			t.len--;
		struct key *x = &k->key[k->nkeys];
		if (k->nkeys == MAX_KEYS)
			return aur_fail(k->err, AURE_USAGE, _("there are more than %u sort keys: %s"), MAX_KEYS, k->want->sort);
		*x = (struct key){0};
		if (t.len && t.ptr[0] == '-') {
			x->down = 1;
			t.ptr++;
			t.len--;
		}
		if (side(t, "left", &x->n)) {
			x->kind = BY_LEFT;
		} else if (side(t, "right", &x->n)) {
			x->kind = BY_RIGHT;
		} else if (is(t, "form")) {
			x->kind = BY_FORM;
		} else if (t.len > 6 && !memcmp(t.ptr, "label:", 6)) {
			x->kind = BY_LABEL;
			x->label = (aur_str){t.ptr + 6, t.len - 6};
			int known = 0;
			for (uint32_t i = 0; i < k->q->nleaves; i++) {
				const node *n = k->q->leaf[i];
				for (uint32_t p = 0; n->kind == N_TOKENS && p < n->fsa->npos; p++)
					known |= n->fsa->label[p].len == x->label.len && x->label.len &&
						 !memcmp(n->fsa->label[p].ptr, x->label.ptr, x->label.len);
			}
			if (!known)
				return aur_fail(k->err, AURE_USAGE, _("no token of the query has the label « %.*s »: write it as %.*s:[…]"),
						(int)x->label.len, x->label.ptr, (int)x->label.len, x->label.ptr);
		} else {
			aur_by by[2];
			uint32_t n;
			if (t.len && t.ptr[0] == '@') {
				t.ptr++;
				t.len--;
			}
			char *name = aur_arena_dup(&k->arena, t.ptr, t.len);
			aur_code c = aur_query_fields(k->s, name, by, &n, k->err);
			if (c) /* « date:week » has its own message */
				return strchr(name, ':') && q_field_named(k->s, (aur_str){t.ptr, strcspn(name, ":")}) != AUR_NONE ? c : q_unknown_key(k->s, t, k->err);
			x->kind = BY_FIELD;
			x->field = by[0].field;
			const uint32_t *group = strchr(name, ':') ? by[0].group : NULL; /* a plain date sorts by its time too */
			const uint32_t *order = q_value_order(k->s, x->field, &n);
			x->rank = aur_arena_alloc(&k->arena, n * sizeof *x->rank);
			for (uint32_t i = 0; i < n; i++)
				x->rank[order[i]] = !order[i] ? UINT32_MAX : group ? group[order[i]] : i; /* no value: last */
		}
		k->nkeys++;
		at += len;
		if (!*at)
			return AURE_OK;
	}
}

static const aur_str *fold_of(struct kwic *k, uint32_t form)
{
	static const aur_str none = {"", 0};
	if (form >= k->s->totals.forms)
		return &none;
	if (!k->fold[form]) {
		aur_form f;
		aur_str ls[AUR_MAX_LAYERS];
		aur_buf b = {0};
		if (!aur_snapshot_form(k->s->env.s, form, &f, ls))
			return &none;
		q_fold(&b, f.form);
		aur_str *s = aur_arena_alloc(&k->arena, sizeof *s);
		*s = (aur_str){aur_arena_dup(&k->arena, b.p, b.n), b.n};
		aur_buf_free(&b);
		k->punct[form] = (f.flags & AUR_TOK_PUNCT) != 0;
		k->fold[form] = s;
	}
	return k->fold[form];
}

/* The n-th word from `at` in a direction; punctuation does not count; empty: there is none. */
static const aur_str *word_beside(struct kwic *k, const aur_doc *d, uint32_t at, int step, uint32_t n)
{
	static const aur_str none = {"", 0};
	for (int64_t i = (int64_t)at + step; i >= 0 && i < d->ntok; i += step) {
		const aur_str *w = fold_of(k, d->form[i]);
		if (!k->punct[d->form[i] < k->s->totals.forms ? d->form[i] : 0] && !--n)
			return w;
	}
	return &none;
}

static uint32_t label_at(struct kwic *k, const aur_doc *d, uint32_t first, uint32_t last, aur_str label)
{
	for (uint32_t i = 0; i < k->q->nleaves; i++) {
		uint32_t at;
		const node *n = k->q->leaf[i];
		if (n->kind == N_TOKENS && n->fsa->has_labels &&
		    q_label(k->q, n, (aur_span){first, last}, d->form, d->ntok, label, &at))
			return at;
	}
	return AUR_NONE;
}

static void keys_make(struct kwic *k, struct line *l, const aur_doc *d)
{
	l->word = aur_arena_alloc(&k->arena, k->nkeys * sizeof *l->word);
	for (uint32_t i = 0; i < k->nkeys; i++) {
		const struct key *x = &k->key[i];
		switch (x->kind) {
		case BY_LEFT:
			l->word[i] = word_beside(k, d, l->first, -1, x->n);
			break;
		case BY_RIGHT:
			l->word[i] = word_beside(k, d, l->last, 1, x->n);
			break;
		case BY_LABEL: {
			uint32_t at = label_at(k, d, l->first, l->last, x->label);
			l->word[i] = at == AUR_NONE ? NULL : fold_of(k, d->form[at]);
			break;
		}
		case BY_FORM:
			if (l->first == l->last) {
				l->word[i] = fold_of(k, d->form[l->first]);
			} else {
				aur_buf b = {0};
				for (uint32_t t = l->first; t <= l->last; t++) {
					const aur_str *w = fold_of(k, d->form[t]);
					aur_buf_put(&b, w->ptr, w->len);
					aur_buf_byte(&b, ' ');
				}
				aur_str *s = aur_arena_alloc(&k->arena, sizeof *s);
				*s = (aur_str){aur_arena_dup(&k->arena, b.p, b.n), b.n};
				aur_buf_free(&b);
				l->word[i] = s;
			}
			break;
		case BY_FIELD: {
			aur_str *s = aur_arena_alloc(&k->arena, sizeof *s);
			*s = (aur_str){NULL, x->rank[aur_snapshot_doc_value(k->s->env.s, l->doc, x->field)]};
			l->word[i] = s;
			break;
		}
		}
	}
}

static int by_place(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	if (x->doc != y->doc)
		return x->doc < y->doc ? -1 : 1;
	return x->first != y->first ? x->first < y->first ? -1 : 1 : (x->last > y->last) - (x->last < y->last);
}

static int by_keys(const void *a, const void *b, void *ctx)
{
	const struct line *x = a, *y = b;
	const struct kwic *k = ctx;
	for (uint32_t i = 0; i < k->nkeys; i++) {
		const aur_str *s = x->word[i], *t = y->word[i];
		int c = (s == NULL) - (t == NULL); /* lines without the label come last */
		if (s && t) {
			size_t n = s->len < t->len ? s->len : t->len;
			c = s->ptr && t->ptr && n ? memcmp(s->ptr, t->ptr, n) : 0;
			if (!c)
				c = (s->len > t->len) - (s->len < t->len);
			if (k->key[i].down)
				c = -c;
		}
		if (c)
			return c;
	}
	return by_place(a, b);
}

/* ---- lines ------------------------------------------------------------------------------------------ */
static int emit(struct kwic *k, const struct line *l)
{
	aur_doc *d;
	k->c = q_cancelled(k->s) ? q_cancel_error(k->err) : q_doc_text(k->s, l->doc, &d, k->err);
	if (k->c)
		return 0;
	if (l->last >= d->ntok)
		return 1;
	aur_kwic_line x = {.doc = l->doc, .first = l->first, .last = l->last, .id = d->id, .text = d->text, .start = d->start[l->first],
			   .end = d->end[l->last]};
	x.node = (aur_str){d->text.ptr + x.start, x.end - x.start};
	x.left = left_of(d->text, x.start, k->want->width);
	x.right = right_of(d->text, x.end, k->want->width);
	k->emitted++;
	return k->fn(k->ctx, &x) && k->emitted < k->want->limit;
}

static int stream(void *ctx, uint32_t doc, const aur_span *v, uint32_t n)
{
	struct kwic *k = ctx;
	for (uint32_t i = 0; i < n; i++) {
		if (k->seen++ < k->want->offset)
			continue;
		struct line l = {.doc = doc, .first = v[i].first, .last = v[i].last};
		if (!emit(k, &l))
			return 0;
	}
	return 1;
}

/* splitmix64: gives the same sample for the same seed on every machine. */
static uint64_t draw(struct kwic *k, uint64_t below)
{
	k->random += 0x9E3779B97F4A7C15ull;
	uint64_t z = k->random;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
	return (z ^ (z >> 31)) % below;
}

static int gather(void *ctx, uint32_t doc, const aur_span *v, uint32_t n)
{
	struct kwic *k = ctx;
	for (uint32_t i = 0; i < n; i++) {
		struct line l = {.doc = doc, .first = v[i].first, .last = v[i].last};
		k->seen++;
		if (k->want->sample && k->n == k->want->sample) {
			uint64_t at = draw(k, k->seen);
			if (at < k->n)
				k->line[at] = l;
			continue;
		}
		if (k->n == MAX_LINES) {
			k->c = aur_fail(k->err, AURE_USAGE, _("there are more than %u lines to sort: narrow the query, or draw a sample of them"), MAX_LINES);
			return 0;
		}
		AUR_GROW(k->line, k->n, k->cap);
		k->line[k->n++] = l;
	}
	return 1;
}

static void sort_lines(struct kwic *k)
{
	uint32_t doc = AUR_NONE;
	k->fold = aur_xcalloc((size_t)k->s->totals.forms + 1, sizeof *k->fold);
	k->punct = aur_xcalloc((size_t)k->s->totals.forms + 1, 1);
	for (uint32_t i = 0; i < k->n && !k->c; i++) {
		struct line *l = &k->line[i];
		if (l->doc != doc)
			k->c = aur_snapshot_doc_forms(k->s->env.s, doc = l->doc, &k->s->doc, k->err);
		if (!k->c)
			keys_make(k, l, &k->s->doc);
		if (!(i & 1023) && q_cancelled(k->s))
			k->c = q_cancel_error(k->err);
	}
	if (!k->c && k->n)
		qsort_r(k->line, k->n, sizeof *k->line, by_keys, k);
	free(k->fold);
	free(k->punct);
}

aur_code aur_query_kwic(aur_search *s, aur_query *q, const aur_kwic_want *want, aur_kwic_fn fn, void *ctx, uint64_t *lines,
			aur_error *err)
{
	struct kwic k = {.s = s, .q = q, .want = want, .fn = fn, .ctx = ctx, .random = want->seed, .err = err};
	if (lines)
		*lines = 0;
	if (!q->nleaves)
		return aur_fail(err, AURE_USAGE, _("this query names no word, so a concordance has nothing to show: add a word, or a theme"));
	k.c = keys_parse(&k);
	if (k.c)
		goto out;
	if (!k.nkeys && !want->sample) {
		uint64_t most = (uint64_t)want->offset + want->limit;
		if (want->limit) {
			aur_code c = q_each(q, most < UINT32_MAX ? (uint32_t)most : UINT32_MAX, stream, &k, err);
			k.c = k.c ? k.c : c;
		}
		if (!k.c && want->total && lines) {
			uint64_t docs;
			k.c = aur_query_count(s, q, &docs, &k.seen, err);
		}
	} else {
		aur_code c = aur_query_each(s, q, gather, &k, err);
		k.c = k.c ? k.c : c;
		if (!k.c && want->sample && k.n)
			qsort(k.line, k.n, sizeof *k.line, by_place);
		if (!k.c && k.nkeys)
			sort_lines(&k);
		for (uint32_t i = want->offset; i < k.n && want->limit && !k.c; i++)
			if (!emit(&k, &k.line[i]))
				break;
	}
	if (lines)
		*lines = k.seen;
out:
	q_bits_drop(s);
	free(k.line);
	aur_arena_free(&k.arena);
	return k.c;
}
