/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "query/frequencies.h"
#include "query/values.h"

#define MAX_SEQUENCES (12u << 20)

struct seq {
	uint32_t v[5];
	uint32_t last_doc, contributions;
	uint64_t n;
};
struct job {
	aur_search *s;
	const aur_freq_want *w;
	qvals vals;
	struct seq *seq;
	uint32_t nseq, cap, *tab, mask;
	uint64_t words;
	uint32_t contributions;
	aur_error *err;
	aur_code code;
};

static void take(struct job *j, const uint32_t *v, uint32_t doc)
{
	uint32_t k = j->w->n;
	if (j->nseq * 2 >= j->mask) {
		uint32_t mask = j->mask ? j->mask * 2 + 1 : 65535, *t = aur_xcalloc((size_t)mask + 1, sizeof *t);
		for (uint32_t i = 0; i < j->nseq; i++) {
			uint32_t h = (uint32_t)(aur_hash64(j->seq[i].v, k * 4, 9) >> 20) & mask;
			while (t[h])
				h = (h + 1) & mask;
			t[h] = i + 1;
		}
		free(j->tab);
		j->tab = t;
		j->mask = mask;
	}
	uint32_t h = (uint32_t)(aur_hash64(v, k * 4, 9) >> 20) & j->mask;
	while (j->tab[h] && memcmp(j->seq[j->tab[h] - 1].v, v, k * 4))
		h = (h + 1) & j->mask;
	if (!j->tab[h]) {
		if (j->nseq == MAX_SEQUENCES) {
			j->code = aur_fail(j->err, AURE_USAGE, _("there are more than %u different sequences: ask for sequences of fewer words, or search fewer contributions"),
					   MAX_SEQUENCES);
			return;
		}
		AUR_GROW(j->seq, j->nseq, j->cap);
		struct seq *q = &j->seq[j->nseq];
		memset(q, 0, sizeof *q);
		memcpy(q->v, v, k * 4);
		q->last_doc = AUR_NONE;
		j->tab[h] = ++j->nseq;
	}
	struct seq *q = &j->seq[j->tab[h] - 1];
	q->n++;
	q->contributions += q->last_doc != doc;
	q->last_doc = doc;
}

static int one(void *ctx, uint32_t doc, const aur_span *spans, uint32_t nspans)
{
	struct job *j = ctx;
	aur_doc *d = &j->s->doc;
	uint32_t run[5], have = 0, k = j->w->n;
	(void)spans, (void)nspans;
	if (q_cancelled(j->s)) {
		j->code = q_cancel_error(j->err);
		return 0;
	}
	j->code = aur_snapshot_doc_forms(j->s->env.s, doc, d, j->err);
	j->contributions++;
	for (uint32_t i = 0; i < d->ntok && !j->code; i++) {
		uint32_t v = j->vals.of[d->form[i]];
		if (v == AUR_NONE) {
			have = 0;
			continue;
		}
		j->words++;
		if (have == k) {
			memmove(run, run + 1, (k - 1) * sizeof *run);
			have--;
		}
		run[have++] = v;
		if (have == k)
			take(j, run, doc);
	}
	return !j->code;
}

static int by_count(const void *a, const void *b, void *ctx)
{
	const struct seq *x = a, *y = b;
	const struct job *j = ctx;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	for (uint32_t i = 0; i < j->w->n; i++) {
		if (x->v[i] == y->v[i])
			continue;
		aur_form fx, fy;
		aur_str lx[AUR_MAX_LAYERS], ly[AUR_MAX_LAYERS];
		if (!aur_snapshot_form(j->s->env.s, j->vals.first[x->v[i]], &fx, lx) ||
		    !aur_snapshot_form(j->s->env.s, j->vals.first[y->v[i]], &fy, ly))
			return 0;
		aur_str p = j->w->layer < 0 ? fx.form : lx[j->w->layer], q = j->w->layer < 0 ? fy.form : ly[j->w->layer];
		return aur_str_order(p, q);
	}
	return 0;
}

static aur_str joined(struct job *j, const struct seq *q, int shown)
{
	aur_buf b = {0};
	for (uint32_t i = 0; i < j->w->n; i++) {
		aur_str t = shown ? q_vals_shown(j->s, &j->vals, q->v[i]) : q_vals_value(j->s, &j->vals, j->w->layer, q->v[i]);
		if (b.n && b.p[b.n - 1] != '\'')
			aur_buf_byte(&b, ' ');
		aur_buf_put(&b, t.ptr, t.len);
	}
	aur_str r = {aur_arena_dup(&j->s->rows, b.p, b.n), b.n};
	aur_buf_free(&b);
	return r;
}

aur_code aur_query_frequencies(aur_search *s, const aur_freq_want *want, aur_freqs *out, aur_error *err)
{
	struct job j = {.s = s, .w = want, .err = err};
	aur_freq_row *row = NULL;
	aur_arena_free(&s->rows);
	*out = (aur_freqs){0};
	if (want->n < 1 || want->n > 5)
		return aur_fail(err, AURE_USAGE, _("a sequence has 1 to 5 words"));
	j.code = q_vals(s, want->layer, &j.vals, err);
	if (!j.code && want->among) {
		aur_code c = aur_query_each(s, want->among, one, &j, err);
		j.code = j.code ? j.code : c;
	} else if (!j.code) {
		for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s) && !j.code; g++) {
			const aur_seg_info *info = aur_snapshot_seg(s->env.s, g);
			for (uint32_t i = 0; i < info->n && !j.code; i++)
				if (!aur_seg_is_deleted(info, i))
					one(&j, info->base + i, NULL, 0);
		}
	}
	if (!j.code) {
		uint32_t n = 0;
		for (uint32_t i = 0; i < j.nseq; i++)
			if (j.seq[i].n >= want->min)
				j.seq[n++] = j.seq[i];
		if (n)
			qsort_r(j.seq, n, sizeof *j.seq, by_count, &j);
		uint32_t from = want->offset < n ? want->offset : n, k = n - from < want->limit ? n - from : want->limit;
		row = aur_arena_alloc(&s->rows, ((size_t)k + 1) * sizeof *row);
		for (uint32_t i = 0; i < k; i++) {
			const struct seq *q = &j.seq[from + i];
			row[i] = (aur_freq_row){joined(&j, q, 1), joined(&j, q, 0), q->n, q->contributions};
		}
		*out = (aur_freqs){.rows = n, .words = j.words, .contributions = j.contributions, .n = k, .row = row};
	}
	q_vals_free(&j.vals);
	free(j.seq);
	free(j.tab);
	return j.code;
}
