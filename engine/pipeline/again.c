/* SPDX-License-Identifier: Apache-2.0 */
/* Hits over contributions that are in a corpus already: what annotators say of a form is asked once per form of its dictionary, and only
 * contributions that hold a form of which one of them said something are shown to them. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/postings.h"
#include "pipeline/analyst.h"

aur_answers *aur_answers_new(const aur_chain *c, aur_snapshot *s)
{
	aur_answers *w = aur_xcalloc(1, sizeof *w);
	aur_totals t;
	aur_snapshot_totals(s, &t);
	w->forms = t.forms;
	w->annotators = c->nann;
	w->of = aur_xcalloc((size_t)w->forms + 1, sizeof *w->of);
	for (unsigned k = 0; k < c->nann; k++)
		w->number[k] = aur_xcalloc((size_t)w->forms + 1, sizeof *w->number[k]);
	return w;
}

void aur_answers_free(aur_answers *w)
{
	if (!w)
		return;
	for (unsigned k = 0; k < w->annotators; k++)
		free(w->number[k]);
	free(w->of);
	free(w);
}

void aur_analyst_over(aur_analyst *a, aur_snapshot *s, aur_answers *w)
{
	a->snap = s;
	a->answers = w;
}

unsigned aur_chain_finders(const aur_chain *c)
{
	unsigned mask = 0;
	for (unsigned k = 0; k < c->nann; k++)
		mask |= c->ann[k].ops->flags & AUR_ANN_ON_HITS ? 0u : 1u << k;
	return mask;
}

aur_code aur_analyst_ask(aur_analyst *a, uint32_t from, uint32_t to, aur_error *err)
{
	const aur_chain *c = a->chain;
	aur_answers *w = a->answers;
	for (uint32_t i = from; i < to && i < w->forms; i++) {
		aur_form f;
		unsigned mask = 0;
		if (w->of[i])
			continue;
		if (!aur_snapshot_form_view(a->snap, i, &f))
			return aur_fail(err, AURE_CORRUPT, _("the dictionary of the corpus is damaged; run « auricule check »"));
		for (unsigned k = 0; k < c->nann; k++) {
			const aur_annotator_ops *o = c->ann[k].ops;
			const aur_instance *in = c->ann[k].in;
			uint32_t number = o->classify ? o->classify(&in->host, in->model, a->ann_worker[k], &f) : 1;
			w->number[k][i] = number;
			mask |= number ? 1u << k : 0;
		}
		w->of[i] = (uint16_t)(mask << AUR_ANSWER_MASK | AUR_ANSWERED | (f.flags & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE)));
	}
	return AURE_OK;
}

aur_code aur_answers_docs(const aur_answers *w, aur_snapshot *s, uint32_t seg, unsigned annotators, uint8_t *bits, int *few, aur_error *err)
{
	const aur_seg_info *g = aur_snapshot_seg(s, seg);
	uint32_t n = aur_snapshot_seg_forms(s, seg), cap = 0, *v = NULL, m = 0, *form = aur_xmalloc((size_t)n * sizeof *form + 4);
	uint64_t sum = 0;
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t f = aur_snapshot_seg_form_at(s, seg, i);
		if (f < w->forms && (w->of[f] >> AUR_ANSWER_MASK & annotators))
			form[m++] = f;
	}
	*few = 1;
	for (uint32_t i = 0; i < m && !c && *few; i++) {
		const uint8_t *list;
		aur_post p;
		c = aur_snapshot_postings(s, seg, form[i], &list, err);
		if (c || !list)
			continue;
		aur_post_open(&p, list);
		sum += p.df;
		if (sum / 8 > g->n) { /* looking into each contribution is as quick */
			*few = 0;
			break;
		}
		if (p.df > cap) {
			cap = p.df * 2;
			v = aur_xrealloc(v, (size_t)cap * sizeof *v);
		}
		uint32_t k = aur_post_docs(&p, 0, v);
		for (uint32_t d = 0; d < k; d++)
			if (v[d] < g->n)
				bits[v[d] >> 3] |= (uint8_t)(1u << (v[d] & 7));
	}
	free(v);
	free(form);
	return c;
}

aur_code aur_analyst_retheme(aur_analyst *a, uint32_t doc, aur_buf *hits, aur_buf *anns, aur_error *err)
{
	aur_doc *d = &a->of_snap;
	const aur_answers *w = a->answers;
	unsigned seen = 0;
	aur_code rc = aur_snapshot_doc_tokens(a->snap, doc, d, err);
	if (rc)
		return rc;
	a->ndoc = a->ntok = a->nhit = 0;
	aur_annotate_room(a, d->ntok);
	for (uint32_t i = 0; i < d->ntok; i++) {
		uint32_t f = d->form[i];
		if (f >= w->forms)
			return aur_fail(err, AURE_CORRUPT, _("the dictionary of the corpus is damaged; run « auricule check »"));
		if (!w->of[f] && (rc = aur_analyst_ask(a, f, f + 1, err)))
			return rc;
		seen |= w->of[f];
		a->cur_flags[i] = (d->flags[i] & AUR_TOK_SENTENCE_END) | (w->of[f] & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE));
	}
	unsigned mask = seen >> AUR_ANSWER_MASK;
	if (!(mask & aur_chain_finders(a->chain)))
		return AURE_OK;
	rc = aur_snapshot_doc(a->snap, doc, d, err);
	if (rc)
		return rc;
	const aur_annotated t = {d->form, d->start, d->end, d->ntok, d->text, d->id};
	rc = aur_annotate(a, mask, &t, err);
	if (!rc) {
		aur_buf_put(hits, a->hit, a->nhit * sizeof *a->hit);
		aur_buf_put(anns, a->hit_ann, a->nhit);
	}
	return rc;
}
