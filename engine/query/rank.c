/* SPDX-License-Identifier: Apache-2.0 */
/* Ranks contributions: BM25, k1 = 1.2, b = 0.75, lengths in words, the idf of Lucene: log(1 + (N - n + 0.5) / (n + 0.5)).
 *
 * If each part that matches words is a single word, frequencies come from the postings, unless contributions are so few
 * that reading them costs less; otherwise contributions are read. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "query/node.h"

#define K1 1.2
#define B 0.75

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
	if (!t->most || !worse(&t->v[0], &x))
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

static inline uint32_t length_of(const uint8_t *len, uint32_t local)
{
	return len ? len[2 * (size_t)local] | (uint32_t)len[2 * (size_t)local + 1] << 8 : 0;
}

/* The scores of one part, in a table for few occurrences and words, as most contributions have. */
#define TF_KEPT 4u
#define LENGTH_KEPT 128u
struct scores {
	double w, avg;
	double kept[TF_KEPT][LENGTH_KEPT];
};

static void scores_for(struct scores *s, double w, double avg)
{
	s->w = w;
	s->avg = avg;
	for (uint32_t tf = 0; tf < TF_KEPT; tf++)
		for (uint32_t len = 0; len < LENGTH_KEPT; len++)
			s->kept[tf][len] = bm25(w, tf, len, avg);
}

static inline double score_of(const struct scores *s, uint32_t tf, uint32_t len)
{
	return tf < TF_KEPT && len < LENGTH_KEPT ? s->kept[tf][len] : bm25(s->w, tf, len, s->avg);
}

static int ranked(const node *n)
{
	return n->kind != N_THEME;
}

/* The number of contributions that have a part; known: that of the whole query. */
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

/* Ranks the contributions of one segment. */
struct ranking {
	aur_query *q;
	uint32_t seg, n;
	const aur_seg_info *g;
	const dset *d; /* the n that match */
	const uint8_t *len;
	const struct scores *kept; /* by part */
	struct top *top;
	aur_error *err;
};

/* Reads each contribution: for any kind of part. */
static aur_code from_records(struct ranking *r)
{
	aur_query *q = r->q;
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	uint32_t since = 0;
	DSET_EACH_WORD(r->d, s->nsum, i)
		for (uint64_t m = r->d->w[i]; m && !c; m &= m - 1) {
			uint32_t local = i * 64 + (uint32_t)__builtin_ctzll(m), no = r->g->base + local;
			double score = 0;
			c = q->nleaves ? aur_snapshot_doc_forms(s->env.s, no, &s->doc, r->err) : AURE_OK;
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
					c = q_spans(q, l, no, s->doc.form, s->doc.ntok, &s->match, r->err);
					tf = (uint32_t)(s->match.n / sizeof(aur_span));
				}
				if (tf)
					score += score_of(&r->kept[k], tf, length_of(r->len, local));
			}
			if (!c)
				top_add(r->top, score, no);
			if (!c && !(++since & 1023) && q_cancelled(s))
				c = q_cancel_error(r->err);
		}
	return c;
}

/* Looks each contribution up in the lists, part by part: if contributions are few. */
static aur_code from_lists(struct ranking *r)
{
	aur_query *q = r->q;
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	uint32_t n = r->n, *no = aur_xmalloc(n * sizeof *no), *tf = aur_xcalloc(n, sizeof *tf);
	double *score = aur_xcalloc(n, sizeof *score);
	q_dset_list(s, r->d, no);
	for (uint32_t i = 0; i < q->nleaves && !c; i++) {
		if (!ranked(q->leaf[i]))
			continue;
		formset *f = q->leaf[i]->set;
		for (uint32_t k = 0; k < f->nlists && !c; k++) {
			q_list_tf(&f->list[k], no, n, tf);
			if (q_cancelled(s))
				c = q_cancel_error(r->err);
		}
		for (uint32_t k = 0; k < n; k++)
			if (tf[k]) {
				score[k] += score_of(&r->kept[i], tf[k], length_of(r->len, no[k]));
				tf[k] = 0;
			}
	}
	for (uint32_t k = 0; k < n && !c; k++)
		top_add(r->top, score[k], r->g->base + no[k]);
	free(no);
	free(tf);
	free(score);
	return c;
}

/* The occurrences of a part's words in a contribution whose byte is saturated. */
static uint32_t count_again(uint32_t local, const formset *f)
{
	uint32_t tf = 0;
	for (uint32_t k = 0; k < f->nlists; k++)
		q_list_tf(&f->list[k], &local, 1, &tf);
	return tf;
}

/* Walks all lists, adding to a byte per contribution and part: if most of their contributions match. */
static aur_code from_all(struct ranking *r)
{
	aur_query *q = r->q;
	aur_search *s = q->s;
	aur_code c = AURE_OK;
	uint32_t part[TF_PARTS], parts = 0;
	for (uint32_t i = 0; i < q->nleaves && !c; i++) {
		if (!ranked(q->leaf[i]))
			continue;
		formset *f = q->leaf[i]->set;
		if (!s->tf[parts])
			s->tf[parts] = aur_xcalloc(s->segmax, 1);
		for (uint32_t k = 0; k < f->nlists && !c; k++) {
			q_list_tf_bytes(&f->list[k], r->d, s->tf[parts]);
			if (q_cancelled(s))
				c = q_cancel_error(r->err);
		}
		part[parts++] = i;
	}
	DSET_EACH_WORD(r->d, s->nsum, i)
		for (uint64_t m = r->d->w[i]; m; m &= m - 1) {
			uint32_t local = i * 64 + (uint32_t)__builtin_ctzll(m), len = length_of(r->len, local);
			double score = 0;
			for (uint32_t k = 0; k < parts; k++) {
				uint32_t tf = s->tf[k][local];
				s->tf[k][local] = 0;
				if (tf == UINT8_MAX)
					tf = count_again(local, q->leaf[part[k]]->set);
				if (tf)
					score += score_of(&r->kept[part[k]], tf, len);
			}
			top_add(r->top, score, r->g->base + local);
		}
	return c;
}

static aur_code rank_segment(struct ranking *r)
{
	aur_query *q = r->q;
	uint64_t lists = 0, all = 0; /* costs in ns */
	uint32_t parts = 0;
	r->n = (uint32_t)q_dset_count(q->s, r->d);
	if (!r->n)
		return AURE_OK;
	for (uint32_t i = 0; i < q->nleaves; i++) {
		if (!ranked(q->leaf[i]))
			continue;
		if (q->leaf[i]->kind != N_TERM || q->leaf[i]->set->inverted)
			return from_records(r);
		formset *f = q->leaf[i]->set;
		aur_code c = q_lists(q->s, f, r->seg, r->err);
		if (c)
			return c;
		parts++;
		for (uint32_t k = 0; k < f->nlists; k++) {
			uint64_t walk = (uint64_t)f->list[k].tf * 2 + r->n, some = (uint64_t)r->n * 60;
			lists += walk < some ? walk : some;
			all += (uint64_t)f->list[k].tf * 2 + 20;
		}
	}
	all += (uint64_t)r->n * 4 * parts;
	if (parts <= TF_PARTS && all < lists && all < (uint64_t)r->n * 200)
		return from_all(r);
	return lists < (uint64_t)r->n * 200 ? from_lists(r) : from_records(r);
}

aur_code q_rank(aur_query *q, const aur_want *want, aur_result *out, aur_error *err)
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
	struct scores *kept = aur_xmalloc(q->nleaves * sizeof *kept);
	for (uint32_t i = 0; i < q->nleaves && !c; i++)
		scores_for(&kept[i], w[i], avg > 0 ? avg : 1);
	for (uint32_t g = 0; g < segs; g++) {
		struct ranking r = {.q = q, .seg = g, .g = aur_snapshot_seg(s->env.s, g), .d = &d[g], .len = aur_snapshot_lengths(s->env.s, g),
				    .kept = kept, .top = &top, .err = err};
		if (!c && top.most)
			c = rank_segment(&r);
		q_dset_free(s, d[g]);
	}
	free(kept);
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

