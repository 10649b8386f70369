/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "cli/lexicon_walk.h"

aur_code aur_walk_docs(aur_snapshot *s, aur_walk_fn fn, void *ctx, aur_error *err)
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
	aur_code c = AURE_OK;
	aur_snapshot_totals(s, &t);
	uint64_t *n = aur_xcalloc((size_t)t.forms + 1, sizeof *n);
	for (uint32_t g = 0; g < aur_snapshot_segs(s) && !c; g++) {
		uint32_t k = aur_snapshot_seg_forms(s, g);
		for (uint32_t i = 0; i < k && !c; i++) {
			uint32_t f = aur_snapshot_seg_form_at(s, g, i);
			uint64_t x = 0;
			c = f < t.forms ? aur_snapshot_form_tokens(s, g, f, &x, err) : AURE_OK;
			if (!c && f < t.forms)
				n[f] += x;
		}
	}
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
	return a->ops->label && label < a->ops->label_count(a->in->model) && a->ops->label(a->in->model, label, out) >= 0;
}

static int same(aur_str a, aur_str b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

int aur_same_label(const aur_label *a, const aur_label *b)
{
	return same(a->theme, b->theme) && same(a->entry, b->entry) && same(a->lexicon, b->lexicon);
}

struct tally {
	aur_snapshot *s;
	aur_chain *chain;
	aur_analyst *a;
	uint64_t **counts, *stored; /* stored: by label of the index */
	uint32_t nlabels[AUR_MAX_ANNOTATORS], nstored;
	aur_doc d;
	aur_buf hits, anns;
};

static aur_code stored(void *ctx, uint32_t doc, aur_error *err)
{
	struct tally *t = ctx;
	t->hits.n = 0;
	aur_code c = aur_snapshot_hits(t->s, doc, &t->hits, err);
	const aur_hit_rec *h = (const aur_hit_rec *)(void *)t->hits.p;
	for (size_t i = 0; !c && i < t->hits.n / sizeof *h; i++)
		if (h[i].label < t->nstored)
			t->stored[h[i].label]++;
	return c;
}

static aur_code anew(void *ctx, uint32_t doc, aur_error *err)
{
	struct tally *t = ctx;
	t->hits.n = t->anns.n = 0;
	aur_analyst_reset(t->a);
	aur_code c = aur_snapshot_doc(t->s, doc, &t->d, err);
	if (!c)
		c = aur_analyst_retheme(t->a, t->s, &t->d, &t->hits, &t->anns, err);
	const aur_hit_rec *h = (const aur_hit_rec *)(void *)t->hits.p;
	for (size_t i = 0; !c && i < t->anns.n; i++)
		if (h[i].label < t->nlabels[t->anns.p[i]])
			t->counts[t->anns.p[i]][h[i].label]++;
	return c;
}

static uint64_t hash_label(const aur_label *l)
{
	return aur_hash64(l->entry.ptr, l->entry.len, aur_hash64(l->theme.ptr, l->theme.len, aur_hash64(l->lexicon.ptr, l->lexicon.len, 7)));
}

/* Counts by label of the index, to the labels of the chain that are called the same. */
static void hand_over(struct tally *t)
{
	uint32_t total = 0, mask = 64;
	for (unsigned k = 0; k < t->chain->nann; k++)
		total += t->nlabels[k];
	while (mask < 2 * total)
		mask *= 2;
	struct place {
		uint8_t used, ann;
		uint32_t label;
	} *p = aur_xcalloc(mask--, sizeof *p);
	aur_label l, m;
	for (unsigned k = 0; k < t->chain->nann; k++)
		for (uint32_t i = 0; i < t->nlabels[k]; i++) {
			if (!aur_walk_label(t->chain, k, i, &l))
				continue;
			uint32_t at = (uint32_t)hash_label(&l) & mask;
			while (p[at].used)
				at = (at + 1) & mask;
			p[at] = (struct place){1, (uint8_t)k, i};
		}
	for (uint32_t i = 0; i < t->nstored; i++) {
		l.size = sizeof l;
		if (!t->stored[i] || !aur_snapshot_label(t->s, i, &l))
			continue;
		for (uint32_t at = (uint32_t)hash_label(&l) & mask; p[at].used; at = (at + 1) & mask)
			if (aur_walk_label(t->chain, p[at].ann, p[at].label, &m) && aur_same_label(&l, &m)) {
				t->counts[p[at].ann][p[at].label] += t->stored[i];
				break;
			}
	}
	free(p);
}

aur_code aur_walk_labels(aur_snapshot *s, aur_chain *c, uint64_t *counts[AUR_MAX_ANNOTATORS], aur_error *err)
{
	struct tally t = {.s = s, .chain = c, .counts = counts, .nstored = aur_snapshot_labels(s)};
	const char *made = aur_snapshot_meta(s, "annotators");
	aur_code rc;
	for (unsigned k = 0; k < c->nann; k++) {
		t.nlabels[k] = c->ann[k].ops->label_count ? c->ann[k].ops->label_count(c->ann[k].in->model) : 0;
		counts[k] = aur_xcalloc((size_t)t.nlabels[k] + 1, sizeof *counts[k]);
	}
	if (made && !strcmp(made, c->annotators)) {
		t.stored = aur_xcalloc((size_t)t.nstored + 1, sizeof *t.stored);
		rc = aur_walk_docs(s, stored, &t, err);
		if (!rc)
			hand_over(&t);
	} else {
		rc = aur_analyst_new(c, &t.a, err);
		if (!rc)
			rc = aur_walk_docs(s, anew, &t, err);
		aur_analyst_free(t.a);
	}
	free(t.stored);
	aur_doc_free(&t.d);
	aur_buf_free(&t.hits);
	aur_buf_free(&t.anns);
	for (unsigned k = 0; rc && k < c->nann; k++) {
		free(counts[k]);
		counts[k] = NULL;
	}
	return rc;
}
