/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "lexicon/walk.h"

/* Contributions in use, in order; fn returns an error to stop. */
static aur_code walk_docs(aur_snapshot *s, aur_code (*fn)(void *ctx, uint32_t doc, aur_error *err), void *ctx, aur_error *err)
{
	aur_code c = AURE_OK;
	for (uint32_t g = 0; g < aur_snapshot_segs(s) && !c; g++) {
		const aur_seg_info *i = aur_snapshot_seg(s, g);
		for (uint32_t d = 0; d < i->n && !c; d++)
			if (!aur_seg_is_deleted(i, d))
				c = fn(ctx, i->base + d, err);
	}
	return c;
}

aur_code aur_walk_forms(aur_snapshot *s, uint64_t **out, aur_error *err)
{
	aur_totals t;
	aur_snapshot_totals(s, &t);
	uint64_t *n = aur_xcalloc((size_t)t.forms + 1, sizeof *n);
	aur_code c = aur_snapshot_all_tokens(s, n, err);
	if (c)
		free(n);
	else
		*out = n;
	return c;
}

int aur_walk_label(const aur_chain *c, unsigned annotator, uint32_t label, aur_label *out)
{
	const struct aur_chain_annotator *a = &c->ann[annotator];
	*out = (aur_label){.size = sizeof *out};
	return label < aur_chain_labels(c, annotator) && a->ops->label(a->in->model, label, out) >= 0;
}

static int same(aur_str a, aur_str b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

/* Theme, entry and lexicon; not the version. */
static int same_label(const aur_label *a, const aur_label *b)
{
	return same(a->theme, b->theme) && same(a->entry, b->entry) && same(a->lexicon, b->lexicon);
}

static uint64_t hash_label(const aur_label *l)
{
	return aur_hash64(l->entry.ptr, l->entry.len, aur_hash64(l->theme.ptr, l->theme.len, aur_hash64(l->lexicon.ptr, l->lexicon.len, 7)));
}

struct place { /* a label of the chain */
	uint32_t label;
	uint8_t used, ann;
};

struct walk {
	aur_snapshot *s;
	aur_chain *chain;
	aur_analyst *a;
	aur_answers *answers;
	aur_walk_hits_fn fn;
	void *ctx;
	struct place *of; /* by label of the index */
	uint32_t nof;
	aur_buf hits, anns;
};

/* Which label of the chain each label of the index is. */
static void translate(struct walk *w)
{
	const aur_chain *c = w->chain;
	uint32_t total = 0, mask = 64;
	aur_label l, m;
	w->nof = aur_snapshot_labels(w->s);
	w->of = aur_xcalloc((size_t)w->nof + 1, sizeof *w->of);
	for (unsigned k = 0; k < c->nann; k++)
		total += aur_chain_labels(c, k);
	while (mask < 2 * total)
		mask *= 2;
	struct place *p = aur_xcalloc(mask--, sizeof *p);
	for (unsigned k = 0; k < c->nann; k++)
		for (uint32_t i = 0, n = aur_chain_labels(c, k); i < n; i++) {
			if (!aur_walk_label(c, k, i, &l))
				continue;
			uint32_t at = (uint32_t)hash_label(&l) & mask;
			while (p[at].used)
				at = (at + 1) & mask;
			p[at] = (struct place){i, 1, (uint8_t)k};
		}
	for (uint32_t i = 0; i < w->nof; i++) {
		l = (aur_label){.size = sizeof l};
		if (!aur_snapshot_label(w->s, i, &l))
			continue;
		for (uint32_t at = (uint32_t)hash_label(&l) & mask; p[at].used; at = (at + 1) & mask)
			if (aur_walk_label(c, p[at].ann, p[at].label, &m) && same_label(&l, &m)) {
				w->of[i] = p[at];
				break;
			}
	}
	free(p);
}

static aur_code stored(void *ctx, uint32_t doc, aur_error *err)
{
	struct walk *w = ctx;
	w->hits.n = w->anns.n = 0;
	aur_code c = aur_snapshot_hits(w->s, doc, &w->hits, err);
	aur_hit_rec *h = (aur_hit_rec *)(void *)w->hits.p;
	uint32_t n = 0;
	for (size_t i = 0; !c && i < w->hits.n / sizeof *h; i++) {
		if (h[i].label >= w->nof || !w->of[h[i].label].used)
			continue;
		const struct place *p = &w->of[h[i].label];
		aur_buf_byte(&w->anns, p->ann);
		h[n] = h[i];
		h[n++].label = p->label;
	}
	return c ? c : w->fn(w->ctx, doc, h, w->anns.p, n, err);
}

static aur_code anew(void *ctx, uint32_t doc, aur_error *err)
{
	struct walk *w = ctx;
	w->hits.n = w->anns.n = 0;
	aur_code c = aur_analyst_retheme(w->a, doc, &w->hits, &w->anns, err);
	return c ? c : w->fn(w->ctx, doc, (const aur_hit_rec *)(void *)w->hits.p, w->anns.p, (uint32_t)w->anns.n, err);
}

aur_code aur_walk_hits(aur_snapshot *s, aur_chain *chain, aur_walk_hits_fn fn, void *ctx, aur_error *err)
{
	struct walk w = {.s = s, .chain = chain, .fn = fn, .ctx = ctx};
	const char *made = aur_snapshot_meta(s, "annotators");
	aur_code c = AURE_OK;
	aur_totals t;
	aur_snapshot_totals(s, &t);
	if (made && !strcmp(made, chain->annotators) && !t.stale) {
		translate(&w);
		c = walk_docs(s, stored, &w, err);
	} else {
		w.answers = aur_answers_new(chain, s);
		c = aur_analyst_new(chain, &w.a, err);
		if (!c) {
			aur_analyst_over(w.a, s, w.answers);
			c = walk_docs(s, anew, &w, err);
		}
		aur_analyst_free(w.a);
		aur_answers_free(w.answers);
	}
	free(w.of);
	aur_buf_free(&w.hits);
	aur_buf_free(&w.anns);
	return c;
}

static aur_code tally(void *ctx, uint32_t doc, const aur_hit_rec *h, const uint8_t *ann, uint32_t n, aur_error *err)
{
	uint64_t **counts = ctx;
	(void)doc, (void)err;
	for (uint32_t i = 0; i < n; i++)
		counts[ann[i]][h[i].label]++; /* labels of the chain: within its count */
	return AURE_OK;
}

aur_code aur_walk_labels(aur_snapshot *s, aur_chain *c, uint64_t *counts[AUR_MAX_ANNOTATORS], aur_error *err)
{
	for (unsigned k = 0; k < c->nann; k++)
		counts[k] = aur_xcalloc((size_t)aur_chain_labels(c, k) + 1, sizeof *counts[k]);
	aur_code rc = aur_walk_hits(s, c, tally, counts, err);
	for (unsigned k = 0; rc && k < c->nann; k++) {
		free(counts[k]);
		counts[k] = NULL;
	}
	return rc;
}
