/* SPDX-License-Identifier: Apache-2.0 */
/* A question is run: counted, listed in corpus order, or ranked. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "base/intl.h"
#include "query/node.h"

#define K1 1.2
#define B 0.75

/* ---- occurrences --------------------------------------------------------------------------------- */
formset *q_word_union(aur_query *q)
{
	if (q->words_known)
		return q->words;
	q->words_known = 1;
	for (uint32_t i = 0; i < q->nleaves; i++)
		if (q->leaf[i]->kind != N_TERM)
			return NULL;
	if (q->nleaves == 1)
		return q->words = q->leaf[0]->set;
	q->s->tmp.n = 0;
	for (uint32_t i = 0; i < q->nleaves; i++)
		aur_buf_put(&q->s->tmp, q->leaf[i]->set->id, 4 * (size_t)q->leaf[i]->set->n);
	return q->words = q_set_of(q, &q->s->tmp);
}

aur_code q_occurrences(aur_query *q, uint32_t seg, const dset *d, uint64_t *n, aur_error *err)
{
	aur_search *s = q->s;
	const aur_seg_info *g = aur_snapshot_seg(s->env.s, seg);
	uint64_t docs = q_dset_count(s, d), tf = 0;
	aur_code c = AURE_OK;
	formset *f = q_word_union(q);
	if (!docs || !q->nleaves)
		return AURE_OK;
	if (f) {
		c = q_lists(s, f, seg, err);
		if (c)
			return c;
		for (uint32_t i = 0; i < f->nlists; i++)
			tf += f->list[i].tf;
		if (q->root->kind == N_TERM && !g->deleted) {
			*n += tf;
			return AURE_OK;
		}
	}
	uint32_t since = 0;
	if (f && (tf + 20 * (uint64_t)f->nlists) * 3 / 2 < docs * 200) {
		for (uint32_t i = 0; i < f->nlists; i++) {
			*n += q_list_tf_sum(&f->list[i], d);
			if (q_cancelled(s))
				return q_cancel_error(err);
		}
		return AURE_OK;
	}
	if (f)
		q_set_bits(s, f);
	DSET_EACH_WORD(d, s->nsum, i)
		for (uint64_t m = d->w[i]; m && !c; m &= m - 1) {
			uint32_t no = g->base + i * 64 + (uint32_t)__builtin_ctzll(m);
			if (f) {
				c = aur_snapshot_doc_forms(s->env.s, no, &s->doc, err);
				for (uint32_t t = 0; t < s->doc.ntok && !c; t++)
					*n += (unsigned)q_set_has(f, s->doc.form[t]);
			} else {
				s->spans.n = 0;
				c = q_all_spans(q, no, &s->spans, err);
				*n += s->spans.n / sizeof(aur_span);
			}
			if (!c && !(++since & 1023) && q_cancelled(s))
				c = q_cancel_error(err);
		}
	return c;
}

/* ---- ranking --------------------------------------------------------------------------------------- */
struct top {
	struct best {
		double score;
		uint32_t doc;
	} *v;
	uint32_t n, cap, most;
};

static int worse(const struct best *a, const struct best *b)
{
	return a->score < b->score || (!(a->score > b->score) && a->doc > b->doc);
}

static void top_add(struct top *t, double score, uint32_t doc)
{
	struct best x = {score, doc};
	uint32_t i;
	if (t->n < t->most) {
		AUR_GROW(t->v, t->n, t->cap);
		i = t->n++;
		for (; i && worse(&x, &t->v[(i - 1) / 2]); i = (i - 1) / 2)
			t->v[i] = t->v[(i - 1) / 2];
		t->v[i] = x;
		return;
	}
	if (!worse(&t->v[0], &x))
		return;
	for (i = 0;;) {
		uint32_t k = 2 * i + 1;
		if (k >= t->n)
			break;
		if (k + 1 < t->n && worse(&t->v[k + 1], &t->v[k]))
			k++;
		if (!worse(&t->v[k], &x))
			break;
		t->v[i] = t->v[k];
		i = k;
	}
	t->v[i] = x;
}

static int by_score(const void *a, const void *b)
{
	const struct best *x = a, *y = b;
	return worse(x, y) ? 1 : -1;
}

static double idf(uint64_t n, uint64_t df)
{
	return log(1 + ((double)n - (double)df + 0.5) / ((double)df + 0.5));
}

static inline double bm25(double w, double tf, double len, double avg)
{
	return w * (tf * (K1 + 1)) / (tf + K1 * (1 - B + B * len / avg));
}

static inline double length_of(const uint8_t *len, uint32_t local)
{
	return len ? (double)(len[2 * (size_t)local] | len[2 * (size_t)local + 1] << 8) : 0;
}

static int ranked(const node *n)
{
	return n->kind != N_THEME;
}

/* Contributions that have one part. */
static aur_code frequency(aur_query *q, node *n, uint64_t known, uint64_t *df, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	if (n->kind == N_TERM && n->set->docs != AUR_NONE) {
		*df = n->set->docs;
		return AURE_OK;
	}
	if (n == q->root) {
		*df = known;
		return AURE_OK;
	}
	*df = 0;
	for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s) && !c; g++) {
		dset d = q_dset(s);
		c = q_eval_node(q, n, g, &d, err);
		*df += q_dset_count(s, &d);
		q_dset_free(s, d);
	}
	return c;
}

static aur_code rank_segment(aur_query *q, uint32_t seg, const dset *d, const double *w, double avg, struct top *top, aur_error *err)
{
	aur_search *s = q->s;
	const aur_seg_info *g = aur_snapshot_seg(s->env.s, seg);
	const uint8_t *len = aur_snapshot_lengths(s->env.s, seg);
	aur_code c = AURE_OK;
	uint32_t n = (uint32_t)q_dset_count(s, d), since = 0;
	uint64_t stream = 0;
	int words = 1;
	if (!n)
		return AURE_OK;
	for (uint32_t i = 0; i < q->nleaves; i++) {
		if (!ranked(q->leaf[i]))
			continue;
		words &= q->leaf[i]->kind == N_TERM;
		if (words) {
			c = q_lists(s, q->leaf[i]->set, seg, err);
			if (c)
				return c;
			for (uint32_t k = 0; k < q->leaf[i]->set->nlists; k++) {
				const aur_post *p = &q->leaf[i]->set->list[k];
				uint64_t all = p->tf * 3 / 2 + 20, some = (uint64_t)n * 60;
				stream += all < some ? all : some;
			}
		}
	}
	if (words && stream < (uint64_t)n * 200) {
		/* from the postings: one part after the other */
		uint32_t *no = aur_xmalloc(n * sizeof *no), *tf = aur_xcalloc(n, sizeof *tf);
		double *score = aur_xcalloc(n, sizeof *score);
		q_dset_list(s, d, no);
		for (uint32_t i = 0; i < q->nleaves && !c; i++) {
			if (!ranked(q->leaf[i]))
				continue;
			formset *f = q->leaf[i]->set;
			c = q_lists(s, f, seg, err);
			for (uint32_t k = 0; k < f->nlists && !c; k++) {
				q_list_tf(&f->list[k], no, n, tf);
				if (q_cancelled(s))
					c = q_cancel_error(err);
			}
			for (uint32_t k = 0; k < n; k++)
				if (tf[k]) {
					score[k] += bm25(w[i], tf[k], length_of(len, no[k]), avg);
					tf[k] = 0;
				}
		}
		for (uint32_t k = 0; k < n && !c; k++)
			top_add(top, score[k], g->base + no[k]);
		free(no);
		free(tf);
		free(score);
		return c;
	}
	DSET_EACH_WORD(d, s->nsum, i)
		for (uint64_t m = d->w[i]; m && !c; m &= m - 1) {
			uint32_t local = i * 64 + (uint32_t)__builtin_ctzll(m), no = g->base + local;
			double score = 0;
			c = q->nleaves ? aur_snapshot_doc_forms(s->env.s, no, &s->doc, err) : AURE_OK;
			for (uint32_t k = 0; k < q->nleaves && !c; k++) {
				node *l = q->leaf[k];
				uint32_t tf = 0;
				if (!ranked(l))
					continue;
				if (l->kind == N_TERM) {
					q_set_bits(s, l->set);
					for (uint32_t t = 0; t < s->doc.ntok; t++)
						tf += (uint32_t)q_set_has(l->set, s->doc.form[t]);
				} else {
					s->match.n = 0;
					c = q_spans(q, l, no, s->doc.form, s->doc.ntok, &s->match, err);
					tf = (uint32_t)(s->match.n / sizeof(aur_span));
				}
				if (tf)
					score += bm25(w[k], tf, length_of(len, local), avg);
			}
			if (!c)
				top_add(top, score, no);
			if (!c && !(++since & 1023) && q_cancelled(s))
				c = q_cancel_error(err);
		}
	return c;
}

static aur_code rank(aur_query *q, const aur_want *want, aur_result *out, aur_error *err)
{
	aur_search *s = q->s;
	uint32_t segs = aur_snapshot_segs(s->env.s);
	dset *d = aur_xcalloc(segs, sizeof *d);
	double *w = aur_xcalloc(q->nleaves, sizeof *w);
	double avg = s->totals.contributions ? (double)s->totals.words / s->totals.contributions : 1;
	struct top top = {0};
	aur_code c = AURE_OK;
	int more;
	for (uint32_t g = 0; g < segs; g++) {
		d[g] = q_dset(s);
		if (!c)
			c = q_eval(q, g, &d[g], UINT32_MAX, &more, err);
		out->contributions += q_dset_count(s, &d[g]);
		if (!c && want->occurrences)
			c = q_occurrences(q, g, &d[g], &out->occurrences, err);
	}
	uint64_t most = (uint64_t)want->offset + want->limit;
	top.most = most < out->contributions ? (uint32_t)most : (uint32_t)out->contributions;
	for (uint32_t i = 0; i < q->nleaves && !c; i++)
		if (ranked(q->leaf[i])) {
			uint64_t df;
			c = frequency(q, q->leaf[i], out->contributions, &df, err);
			w[i] = c ? 0 : idf(s->totals.contributions, df);
		}
	for (uint32_t g = 0; g < segs; g++) {
		if (!c && top.most)
			c = rank_segment(q, g, &d[g], w, avg > 0 ? avg : 1, &top, err);
		q_dset_free(s, d[g]);
	}
	if (!c && top.n) {
		qsort(top.v, top.n, sizeof *top.v, by_score);
		for (uint32_t i = want->offset; i < top.n; i++) {
			float f = (float)top.v[i].score;
			aur_buf_put(&s->out_docs, &top.v[i].doc, 4);
			aur_buf_put(&s->out_score, &f, sizeof f);
		}
	}
	out->n = (uint32_t)(s->out_docs.n / 4);
	out->doc = (const uint32_t *)(void *)s->out_docs.p;
	out->score = (const float *)(void *)s->out_score.p;
	free(top.v);
	free(d);
	free(w);
	return c;
}

/* ---- run ---------------------------------------------------------------------------------------------- */
static aur_code in_order(aur_query *q, const aur_want *want, aur_result *out, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	uint64_t skip = want->offset, most = (uint64_t)want->offset + want->limit;
	/* without documents to list, everything is counted */
	int all = want->total || want->occurrences || !want->limit || want->limit == UINT32_MAX;
	for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s) && !c; g++) {
		if (!all && out->contributions >= most)
			break;
		uint32_t base = aur_snapshot_seg(s->env.s, g)->base;
		uint64_t enough = all ? UINT32_MAX : most - out->contributions;
		int more = 0;
		dset d = q_dset(s);
		c = q_eval(q, g, &d, enough < UINT32_MAX ? (uint32_t)enough : UINT32_MAX, &more, err);
		if (!c) {
			out->contributions += q_dset_count(s, &d);
			if (want->occurrences)
				c = q_occurrences(q, g, &d, &out->occurrences, err);
		}
		uint64_t have = s->out_docs.n / 4;
		if (!c && have < want->limit) {
			DSET_EACH_WORD(&d, s->nsum, i) {
				uint32_t k = (uint32_t)__builtin_popcountll(d.w[i]);
				if (have >= want->limit)
					break;
				if (k <= skip) {
					skip -= k;
					continue;
				}
				for (uint64_t m = d.w[i]; m && have < want->limit; m &= m - 1) {
					uint32_t no = base + i * 64 + (uint32_t)__builtin_ctzll(m);
					if (skip) {
						skip--;
						continue;
					}
					aur_buf_put(&s->out_docs, &no, 4);
					have++;
				}
			}
		}
		q_dset_free(s, d);
	}
	out->n = (uint32_t)(s->out_docs.n / 4);
	out->doc = (const uint32_t *)(void *)s->out_docs.p;
	return c;
}

aur_code aur_query_run(aur_search *s, aur_query *q, const aur_want *want, aur_result *out, aur_error *err)
{
	aur_code c;
	*out = (aur_result){0};
	s->out_docs.n = s->out_score.n = 0;
	if (want->limit == 0 && q->root->kind == N_TERM && q->root->set->docs != AUR_NONE) {
		out->contributions = q->root->set->docs;
		if (want->occurrences)
			out->occurrences = q->root->set->tokens;
		return AURE_OK;
	}
	c = want->order == AUR_ORDER_SCORE && want->limit ? rank(q, want, out, err) : in_order(q, want, out, err);
	q_bits_drop(s);
	return c;
}

aur_code aur_query_count(aur_search *s, aur_query *q, uint64_t *contributions, uint64_t *occ, aur_error *err)
{
	aur_result r;
	aur_want w = {.total = 1, .occurrences = occ != NULL};
	aur_code c = aur_query_run(s, q, &w, &r, err);
	*contributions = r.contributions;
	if (occ)
		*occ = r.occurrences;
	return c;
}

aur_code aur_query_spans(aur_search *s, aur_query *q, uint32_t doc, const aur_span **out, uint32_t *n, aur_error *err)
{
	s->spans.n = 0;
	aur_code c = q_all_spans(q, doc, &s->spans, err);
	q_bits_drop(s);
	*out = (const aur_span *)(void *)s->spans.p;
	*n = c ? 0 : (uint32_t)(s->spans.n / sizeof(aur_span));
	return c;
}

aur_code q_each(aur_query *q, uint32_t enough, aur_query_each_fn fn, void *ctx, aur_error *err)
{
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	int go = 1, more;
	uint32_t since = 0;
	for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s) && !c && go; g++) {
		uint32_t base = aur_snapshot_seg(s->env.s, g)->base;
		dset d = q_dset(s);
		c = q_eval(q, g, &d, enough, &more, err);
		DSET_EACH_WORD(&d, s->nsum, i)
			for (uint64_t m = d.w[i]; m && !c && go; m &= m - 1) {
				uint32_t no = base + i * 64 + (uint32_t)__builtin_ctzll(m);
				s->spans.n = 0;
				if (q->nleaves)
					c = q_all_spans(q, no, &s->spans, err);
				if (!c)
					go = fn(ctx, no, (const aur_span *)(void *)s->spans.p, (uint32_t)(s->spans.n / sizeof(aur_span)));
				if (!c && !(++since & 1023) && q_cancelled(s))
					c = q_cancel_error(err);
			}
		q_dset_free(s, d);
	}
	q_bits_drop(s);
	return c;
}

aur_code aur_query_each(aur_search *s, aur_query *q, aur_query_each_fn fn, void *ctx, aur_error *err)
{
	(void)s;
	return q_each(q, UINT32_MAX, fn, ctx, err);
}
