/* SPDX-License-Identifier: Apache-2.0 */
/* Counts occurrences: from the postings if each part that matches words is a single word and that costs less, else by reading
 * contributions. */
#include "config.h"
#include "query/node.h"

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
