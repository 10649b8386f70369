/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluates a plan in one contribution, given its forms: its occurrences.
 *
 * A phrase occurs where its words do.  NEAR occurs from the first word of one side to the last word of the other; of matches that
 * begin at the same token, the shortest counts.  So does a token query, and of its matches that end at the same token, the longest
 * counts (CQP's standard strategy).  « within s » drops matches that cross the end of a sentence. */
#include "config.h"
#include <stdlib.h>
#include "query/node.h"

/* ---- spans ------------------------------------------------------------------------------------- */
static int by_span(const void *a, const void *b)
{
	const aur_span *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->last > y->last) - (x->last < y->last);
}

static int by_end(const void *a, const void *b)
{
	const aur_span *x = a, *y = b;
	if (x->last != y->last)
		return x->last < y->last ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

/* The spans of a buffer from byte `from` on; NULL: there are none. */
static aur_span *behind(const aur_buf *b, size_t from)
{
	return b->n > from ? (aur_span *)(void *)(b->p + from) : NULL;
}

static void span_sort(aur_buf *b, size_t from)
{
	aur_span *v = behind(b, from);
	size_t n = (b->n - from) / sizeof *v, m = 0;
	int sorted = 1;
	for (size_t i = 1; i < n && sorted; i++)
		sorted = by_span(&v[i - 1], &v[i]) < 0;
	if (sorted)
		return;
	qsort(v, n, sizeof *v, by_span);
	for (size_t i = 0; i < n; i++)
		if (!i || by_span(&v[i], &v[i - 1]))
			v[m++] = v[i];
	b->n = from + m * sizeof *v;
}

static inline void span_add(aur_buf *b, uint32_t first, uint32_t last)
{
	aur_span x = {first, last};
	aur_buf_put(b, &x, sizeof x);
}

/* Keeps the spans from byte `from` on that stay within a sentence. */
static aur_code same_sentence(aur_query *q, uint32_t doc, aur_buf *b, size_t from, aur_error *err)
{
	aur_doc *d;
	if (b->n == from)
		return AURE_OK;
	aur_code c = q_doc_text(q->s, doc, &d, err);
	if (c)
		return c;
	aur_span *v = behind(b, from);
	size_t n = (b->n - from) / sizeof *v, m = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t k = v[i].first;
		while (k < v[i].last && !(d->flags[k] & AUR_TOK_SENTENCE_END))
			k++;
		if (k == v[i].last)
			v[m++] = v[i];
	}
	b->n = from + m * sizeof *v;
	return AURE_OK;
}

/* ---- phrases ----------------------------------------------------------------------------------- */
static void phrase(aur_search *s, const node *n, const uint32_t *form, uint32_t ntok, aur_buf *out, int first_only)
{
	uint32_t lead = AUR_NONE; /* the rarest word */
	for (uint32_t k = 0; k < n->nsets; k++)
		if (n->sets[k]) {
			q_set_bits(s, n->sets[k]);
			if (lead == AUR_NONE || n->sets[k]->sum < n->sets[lead]->sum)
				lead = k;
		}
	for (uint32_t i = lead; ntok >= n->nsets && i + (n->nsets - lead) <= ntok; i++) {
		if (!q_set_has(n->sets[lead], form[i]))
			continue;
		uint32_t k = 0;
		while (k < n->nsets && (!n->sets[k] || q_set_has(n->sets[k], form[i - lead + k])))
			k++;
		if (k < n->nsets)
			continue;
		span_add(out, i - lead, i - lead + n->nsets - 1);
		if (first_only)
			return;
	}
}

/* ---- the automaton ------------------------------------------------------------------------------- */
/* For each token, the positions of the automaton that it satisfies. */
static uint64_t *token_masks(aur_search *s, const automaton *a, const uint32_t *form, uint32_t ntok)
{
	s->masks.n = 0;
	aur_buf_room(&s->masks, (size_t)(ntok + 2) * a->words * sizeof(uint64_t));
	uint64_t *m = (uint64_t *)(void *)s->masks.p;
	memset(m, 0, (size_t)ntok * a->words * sizeof *m);
	for (uint32_t k = 0; k < a->nsets; k++) {
		q_set_bits(s, a->set[k]);
		for (uint32_t i = 0; i < ntok; i++)
			if (q_set_has(a->set[k], form[i]))
				for (uint32_t w = 0; w < a->words; w++)
					m[(size_t)i * a->words + w] |= a->mask[(size_t)k * a->words + w];
	}
	return m;
}

static int meets(const uint64_t *a, const uint64_t *b, uint32_t words)
{
	for (uint32_t w = 0; w < words; w++)
		if (a[w] & b[w])
			return 1;
	return 0;
}

/* The last token of the shortest match that begins at `i`; AUR_NONE: none. */
static uint32_t shortest(const automaton *a, const uint64_t *mask, uint32_t ntok, uint32_t i, uint64_t *cur, uint64_t *next)
{
	uint32_t words = a->words, end = ntok - i > MAX_REACH ? i + MAX_REACH : ntok;
	for (uint32_t w = 0; w < words; w++)
		cur[w] = a->first[w] & mask[(size_t)i * words + w];
	for (;;) {
		if (meets(cur, a->last, words))
			return i;
		if (++i >= end)
			return AUR_NONE;
		uint64_t any = 0;
		memset(next, 0, words * sizeof *next);
		for (uint32_t w = 0; w < words; w++)
			for (uint64_t m = cur[w]; m; m &= m - 1) {
				const uint64_t *f = a->follow + (size_t)(w * 64 + (uint32_t)__builtin_ctzll(m)) * words;
				for (uint32_t x = 0; x < words; x++)
					next[x] |= f[x];
			}
		for (uint32_t w = 0; w < words; w++) {
			next[w] &= mask[(size_t)i * words + w];
			any |= next[w];
		}
		if (!any)
			return AUR_NONE;
		uint64_t *t = cur;
		cur = next;
		next = t;
	}
}

static aur_code sequence(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, aur_buf *out,
			 int first_only, aur_error *err)
{
	aur_search *s = q->s;
	const automaton *a = n->fsa;
	uint64_t *mask = token_masks(s, a, form, ntok), two[2][MAX_POSITIONS / 64];
	size_t from = out->n;
	for (uint32_t i = 0; i < ntok; i++) {
		if (!meets(mask + (size_t)i * a->words, a->first, a->words))
			continue;
		if (!(i & 15) && q_cancelled(s))
			return q_cancel_error(err);
		uint32_t last = shortest(a, mask, ntok, i, two[0], two[1]);
		if (last == AUR_NONE)
			continue;
		span_add(out, i, last);
		if (first_only && !n->sentence)
			return AURE_OK;
	}
	if (n->sentence) {
		aur_code c = same_sentence(q, doc, out, from, err);
		if (c)
			return c;
	}
	/* of matches that end together, keep the one that begins first */
	aur_span *v = behind(out, from);
	size_t k = (out->n - from) / sizeof *v, m = 0, i = 1;
	while (i < k && v[i - 1].last < v[i].last)
		i++;
	if (i >= k)
		return AURE_OK;
	qsort(v, k, sizeof *v, by_end);
	for (i = 0; i < k; i++)
		if (!i || v[i].last != v[i - 1].last)
			v[m++] = v[i];
	out->n = from + m * sizeof *v;
	span_sort(out, from);
	return AURE_OK;
}

/* The last token with this label in a match; returns 0 if there is none. */
static int label_find(const automaton *a, const uint64_t *mask, uint32_t first, uint32_t last, aur_str label, aur_buf *tmp,
		      uint32_t *out)
{
	uint32_t words = a->words, len = last - first + 1;
	tmp->n = 0;
	aur_buf_room(tmp, (size_t)len * words * sizeof(uint64_t));
	uint64_t *set = (uint64_t *)(void *)tmp->p; /* states after each token */
	for (uint32_t i = 0; i < len; i++) {
		uint64_t *cur = set + (size_t)i * words;
		if (!i) {
			memcpy(cur, a->first, words * sizeof *cur);
		} else {
			const uint64_t *old = cur - words;
			memset(cur, 0, words * sizeof *cur);
			for (uint32_t w = 0; w < words; w++)
				for (uint64_t m = old[w]; m; m &= m - 1)
					for (uint32_t x = 0; x < words; x++)
						cur[x] |= a->follow[(size_t)(w * 64 + (uint32_t)__builtin_ctzll(m)) * words + x];
		}
		for (uint32_t w = 0; w < words; w++)
			cur[w] &= mask[(size_t)(first + i) * words + w];
	}
	/* goes back along one path, each time over the lowest position from which the next one can be reached */
	uint32_t pos = AUR_NONE, found = 0;
	for (uint32_t i = len; i-- > 0;) {
		const uint64_t *cur = set + (size_t)i * words;
		uint32_t p = AUR_NONE;
		for (uint32_t w = 0; w < words && p == AUR_NONE; w++)
			for (uint64_t m = cur[w]; m; m &= m - 1) {
				uint32_t x = w * 64 + (uint32_t)__builtin_ctzll(m);
				const uint64_t *f = a->follow + (size_t)x * words;
				if (i + 1 == len ? a->last[x >> 6] >> (x & 63) & 1 : f[pos >> 6] >> (pos & 63) & 1) {
					p = x;
					break;
				}
			}
		if (p == AUR_NONE)
			return 0;
		pos = p;
		if (a->label[p].len == label.len && !memcmp(a->label[p].ptr, label.ptr, label.len)) {
			*out = first + i;
			found = 1;
		}
	}
	return (int)found;
}

int q_label(aur_query *q, const node *n, aur_span at, const uint32_t *form, uint32_t ntok, aur_str label, uint32_t *out)
{
	if (n->kind != N_TOKENS || !n->fsa->has_labels)
		return 0;
	const uint64_t *mask = token_masks(q->s, n->fsa, form, ntok);
	return label_find(n->fsa, mask, at.first, at.last, label, &q->s->tmp, out);
}

/* ---- NEAR ---------------------------------------------------------------------------------------- */
static aur_code spans(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, aur_buf *out, int first_only,
		      aur_error *err);

/* Appends a span for each x with a y after it, of at most k tokens from x's last to y's first: with the y that ends
 * first.  Both sorted. */
static void pairs(const aur_span *x, size_t nx, const aur_span *y, size_t ny, uint32_t k, aur_buf *out)
{
	size_t from = 0;
	for (size_t i = 0; i < nx; i++) {
		/* x is sorted by first token, but not by last one where phrases of several lengths mix */
		uint32_t best = AUR_NONE, last = x[i].last;
		while (from < ny && y[from].first <= x[i].first)
			from++;
		for (size_t j = from; j < ny && y[j].first < best && (y[j].first <= last || y[j].first - last <= k); j++)
			if (y[j].first > last && y[j].last < best)
				best = y[j].last;
		if (best != AUR_NONE)
			span_add(out, x[i].first, best);
	}
}

static aur_code near(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, aur_buf *out, aur_error *err)
{
	aur_buf a = {0}, b = {0};
	aur_code c = spans(q, n->kid[0], doc, form, ntok, &a, 0, err);
	if (!c && a.n)
		c = spans(q, n->kid[1], doc, form, ntok, &b, 0, err);
	if (!c && a.n && b.n) {
		size_t from = out->n, na = a.n / sizeof(aur_span), nb = b.n / sizeof(aur_span), m = 0;
		const aur_span *x = (const aur_span *)(void *)a.p, *y = (const aur_span *)(void *)b.p;
		pairs(x, na, y, nb, n->k, out);
		if (!n->ordered)
			pairs(y, nb, x, na, n->k, out);
		span_sort(out, from);
		aur_span *v = behind(out, from);
		size_t k = (out->n - from) / sizeof *v;
		for (size_t i = 0; i < k; i++)
			if (!m || v[m - 1].first != v[i].first)
				v[m++] = v[i];
		out->n = from + m * sizeof *v;
		if (n->sentence)
			c = same_sentence(q, doc, out, from, err);
	}
	aur_buf_free(&a);
	aur_buf_free(&b);
	return c;
}

static aur_code themes(aur_query *q, const node *n, uint32_t doc, uint32_t ntok, aur_buf *out, aur_error *err)
{
	aur_snapshot *s = q->s->env.s;
	size_t from = out->n;
	q->s->hits.n = 0;
	aur_code c = aur_snapshot_hits(s, doc, &q->s->hits, err);
	const aur_hit_rec *h = (const aur_hit_rec *)(void *)q->s->hits.p;
	for (size_t i = 0; i < q->s->hits.n / sizeof *h && !c; i++) {
		if (h[i].last >= ntok || (n->polarity < 3 && h[i].polarity != n->polarity))
			continue;
		uint32_t t = aur_snapshot_label_theme(s, h[i].label);
		for (uint32_t k = 0; k < n->nthemes; k++)
			if (n->themes[k] == t) {
				span_add(out, h[i].first, h[i].last);
				break;
			}
	}
	span_sort(out, from);
	return c;
}

/* Appends the occurrences of one node, sorted.  first_only: it is enough to append one. */
static aur_code spans(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, aur_buf *out, int first_only,
		      aur_error *err)
{
	aur_code c = AURE_OK;
	size_t from = out->n;
	switch (n->kind) {
	case N_TERM:
		q_set_bits(q->s, n->set);
		for (uint32_t i = 0; i < ntok; i++)
			if (q_set_has(n->set, form[i])) {
				span_add(out, i, i);
				if (first_only)
					break;
			}
		return AURE_OK;
	case N_PHRASE:
		phrase(q->s, n, form, ntok, out, first_only && !n->sentence);
		return n->sentence ? same_sentence(q, doc, out, from, err) : AURE_OK;
	case N_NEAR:
		return near(q, n, doc, form, ntok, out, err);
	case N_TOKENS:
		return sequence(q, n, doc, form, ntok, out, first_only, err);
	case N_THEME:
		return themes(q, n, doc, ntok, out, err);
	case N_OR:
		for (uint32_t i = 0; i < n->nkids && !c; i++) {
			c = spans(q, n->kid[i], doc, form, ntok, out, first_only, err);
			if (first_only && out->n > from)
				return c;
		}
		span_sort(out, from);
		return c;
	default:
		return AURE_OK;
	}
}

aur_code q_match(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, int *yes, aur_error *err)
{
	aur_buf *b = &q->s->match;
	b->n = 0;
	aur_code c = spans(q, n, doc, form, ntok, b, 1, err);
	*yes = b->n > 0;
	return c;
}

aur_code q_spans(aur_query *q, const node *n, uint32_t doc, const uint32_t *form, uint32_t ntok, aur_buf *out, aur_error *err)
{
	return spans(q, n, doc, form, ntok, out, 0, err);
}

aur_code q_all_spans(aur_query *q, uint32_t doc, aur_buf *out, aur_error *err)
{
	aur_doc *d = &q->s->doc;
	size_t from = out->n;
	aur_code c = aur_snapshot_doc_forms(q->s->env.s, doc, d, err);
	for (uint32_t i = 0; i < q->nleaves && !c; i++)
		c = spans(q, q->leaf[i], doc, d->form, d->ntok, out, 0, err);
	if (!c && q->nleaves > 1)
		span_sort(out, from);
	return c;
}
