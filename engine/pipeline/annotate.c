/* SPDX-License-Identifier: Apache-2.0 */
/* Lets the annotators annotate a contribution whose tokens are known, and implements the services that they may call meanwhile. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "pipeline/analyst.h"
#include "pipeline/serves.h"

/* ---- services ------------------------------------------------------------------------------- */
static void s_form_at(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out)
{
	const aur_analyst *a = v->priv;
	(void)h;
	*out = (aur_form){.size = sizeof *out};
	if (token >= v->token_count)
		return;
	if (a->snap) {
		aur_snapshot_form_view(a->snap, a->cur_lform[token], out);
		return;
	}
	const aur_lform *f = aur_vocab_at(a->vocab, a->cur_lform[token]);
	out->layer_count = a->chain->nshown;
	out->form = aur_lform_str(f);
	out->layers = aur_lform_layers(f);
	out->flags = f->flags;
}

/* Is it a span of tokens of the contribution, or none? */
static int span_or_none(const aur_analyst *a, uint32_t first, uint32_t last)
{
	return (first == AUR_NO_TOKEN && last == AUR_NO_TOKEN) || (first <= last && last < a->ntok_cur);
}

/* What is wrong with a hit, or NULL.  Later code trusts hits, and they are stored in the corpus. */
static const char *hit_fault(const aur_analyst *a, const aur_hit *t)
{
	if (t->first_token > t->last_token || t->last_token >= a->ntok_cur)
		return _("a hit outside the contribution");
	if (!span_or_none(a, t->cue_first, t->cue_last) || !span_or_none(a, t->scope_first, t->scope_last))
		return _("a hit whose cue or scope is outside the contribution (AUR_NO_TOKEN says that there is none)");
	if (t->label >= aur_chain_labels(a->chain, a->now))
		return _("a hit whose label is not below what label_count says");
	if (t->polarity < AUR_ASSERTED || t->polarity > AUR_CONDITIONAL)
		return _("a hit with a polarity that does not exist");
	return t->weight >= 0 && t->weight <= 1 ? NULL : _("a hit whose weight is not from 0 to 1");
}

static aur_status s_hit(const aur_host *h, aur_hit_sink *o, const aur_hit *t)
{
	aur_analyst *a = o->a;
	const char *fault = hit_fault(a, t);
	if (fault) {
		a->broken = fault; /* fails even if the plugin ignores the status */
		return h->fail(h, AUR_E_BUG, fault);
	}
	if (a->r.nhit == a->r.hitcap) {
		a->r.hitcap = a->r.hitcap ? a->r.hitcap * 2 : 256;
		a->r.hit = aur_xrealloc(a->r.hit, a->r.hitcap * sizeof *a->r.hit);
		a->r.hit_ann = aur_xrealloc(a->r.hit_ann, a->r.hitcap);
	}
	a->r.hit_ann[a->r.nhit] = (uint8_t)a->now;
	a->r.hit[a->r.nhit++] = (aur_hit_rec){.label = t->label, .first = t->first_token, .last = t->last_token,
					  .polarity = (uint32_t)t->polarity, .flags = t->flags & 15, .weight = t->weight,
					  .cue_first = t->cue_first, .cue_last = t->cue_last, .scope_first = t->scope_first,
					  .scope_last = t->scope_last};
	return AUR_OK;
}

static aur_status s_hit_at(const aur_host *h, const aur_view *v, uint32_t i, aur_hit *out)
{
	const aur_analyst *a = v->priv;
	(void)h;
	if (i >= v->hit_count)
		return AUR_E_UNSUPPORTED;
	*out = aur_hit_of(&a->r.hit[a->first_hit + i]);
	return AUR_OK;
}

static aur_status s_hit_label(const aur_host *h, const aur_view *v, uint32_t i, aur_label *out)
{
	const aur_analyst *a = v->priv;
	(void)h;
	if (i >= v->hit_count)
		return AUR_E_UNSUPPORTED;
	const struct aur_chain_annotator *an = &a->chain->ann[a->r.hit_ann[a->first_hit + i]];
	return an->ops->label(an->in->model, a->r.hit[a->first_hit + i].label, out);
}

static aur_status s_set_polarity(const aur_host *h, const aur_view *v, uint32_t i, aur_polarity p, uint32_t cf, uint32_t cl,
				 uint32_t sf, uint32_t sl)
{
	const aur_analyst *a = v->priv;
	(void)h;
	if (i >= v->hit_count || p < 0 || p > 2)
		return AUR_E_BUG;
	aur_hit_rec *r = &a->r.hit[a->first_hit + i];
	if (r->flags & AUR_HIT_FIXED_POLARITY)
		return AUR_E_UNSUPPORTED;
	r->polarity = (uint32_t)p;
	int cue = cf <= cl && cl < a->ntok_cur, scope = sf <= sl && sl < a->ntok_cur; /* AUR_NO_TOKEN is out of range */
	r->cue_first = cue ? cf : AUR_NO_TOKEN;
	r->cue_last = cue ? cl : AUR_NO_TOKEN;
	r->scope_first = scope ? sf : AUR_NO_TOKEN;
	r->scope_last = scope ? sl : AUR_NO_TOKEN;
	return AUR_OK;
}

void aur_serves_annotator(aur_host *h)
{
	h->form_at = s_form_at;
	h->hit = s_hit;
	h->hit_at = s_hit_at;
	h->hit_label = s_hit_label;
	h->set_polarity = s_set_polarity;
}

/* ---- hits ----------------------------------------------------------------------------------- */
unsigned aur_annotate_tell(aur_analyst *a, const uint32_t *form, const uint8_t *flags, uint32_t n)
{
	unsigned mask = 0;
	for (uint32_t i = 0; i < n; i++) {
		const aur_vocab_use *u = aur_vocab_use_of(a->vocab, form[i]);
		mask |= atomic_load_explicit(&u->annotators, memory_order_relaxed);
		a->numbers[i] = atomic_load_explicit(&u->number, memory_order_relaxed);
		a->cur_flags[i] = (flags[i] & AUR_TOK_SENTENCE_END) | (flags[i] >> 3 & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE));
	}
	return mask;
}

/* A hit, the annotator that found it, and its number before the sorting. */
struct placed {
	aur_hit_rec h;
	uint8_t ann;
	uint32_t no;
};

static int by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->h.first != y->h.first)
		return x->h.first < y->h.first ? -1 : 1;
	if (x->h.last != y->h.last)
		return x->h.last > y->h.last ? -1 : 1;
	if (x->h.label != y->h.label)
		return x->h.label < y->h.label ? -1 : 1;
	return x->ann != y->ann ? x->ann - y->ann : (x->no > y->no) - (x->no < y->no);
}

/* Sorts the hits from `from` on by their place.  Mostly they are few, or come from one annotator, which found them in order. */
static void sort_hits(struct aur_results *r, uint32_t from)
{
	uint32_t n = r->nhit - from;
	struct placed few[32], *v = n <= 32 ? few : aur_xmalloc(n * sizeof *v);
	int sorted = 1;
	for (uint32_t i = 0; i < n; i++) {
		v[i] = (struct placed){r->hit[from + i], r->hit_ann[from + i], i};
		sorted = sorted && (!i || by_place(&v[i - 1], &v[i]) < 0);
	}
	if (!sorted) {
		qsort(v, n, sizeof *v, by_place);
		for (uint32_t i = 0; i < n; i++) {
			r->hit[from + i] = v[i].h;
			r->hit_ann[from + i] = v[i].ann;
		}
	}
	if (v != few)
		free(v);
}

void aur_annotate_room(aur_analyst *a, uint32_t n)
{
	if (a->curcap < n) {
		a->curcap = n + n / 2 + 256;
		free(a->cur_flags);
		a->cur_flags = aur_xmalloc((size_t)a->curcap * 2 * sizeof *a->cur_flags);
		a->numbers = a->cur_flags + a->curcap;
	}
}

const uint32_t *aur_annotate_numbers(aur_analyst *a, unsigned annotator, const uint32_t *form, uint32_t n)
{
	if (!annotator) /* filled in with the flags; the first annotator is asked first */
		return a->numbers;
	const aur_answers *w = a->answers;
	for (uint32_t i = 0; i < n; i++)
		a->numbers[i] = w ? aur_answers_number(w, annotator, form[i]) : atomic_load_explicit(aur_vocab_number(a->vocab, form[i], annotator), memory_order_relaxed);
	return a->numbers;
}

/* Adds to an error which contribution it is about, if that has an id. */
static aur_code in_contribution(const aur_annotated *t, aur_code rc, aur_error *err)
{
	char where[300];
	if (!err || rc == AURE_CANCELLED || !t->id.len || t->id.len > 200)
		return rc;
	size_t n = strlen(err->text), more = (size_t)snprintf(where, sizeof where, _(" (in the contribution %.*s)"), (int)t->id.len, t->id.ptr);
	if (n + more < sizeof err->text)
		memcpy(err->text + n, where, more + 1);
	return rc;
}

aur_code aur_annotate(aur_analyst *a, unsigned mask, const aur_annotated *t, aur_error *err)
{
	const aur_chain *c = a->chain;
	a->first_hit = a->r.nhit;
	a->cur_lform = t->form;
	a->ntok_cur = t->n;
	for (unsigned k = 0; k < c->nann; k++) {
		const struct aur_chain_annotator *an = &c->ann[k];
		if (!(mask >> k & 1) || ((an->ops->flags & AUR_ANN_ON_HITS) && a->r.nhit == a->first_hit))
			continue;
		aur_view v = {.size = sizeof v, .token_count = t->n, .text = t->text, .start = t->start, .end = t->end, .flags = a->cur_flags,
			      .form = t->form, .number = aur_annotate_numbers(a, k, t->form, t->n), .hit_count = a->r.nhit - a->first_hit, .id = t->id, .priv = a};
		a->now = k;
		a->broken = NULL;
		aur_instance_clear();
		aur_status st = an->ops->annotate(&an->in->host, an->in->model, a->ann_worker[k], &v, &a->hsink);
		if (a->broken)
			return in_contribution(t, aur_broke_contract(an->in, a->broken, err), err);
		if (st < 0)
			return in_contribution(t, aur_instance_error(an->in, st, "annotate", err), err);
	}
	sort_hits(&a->r, a->first_hit);
	return AURE_OK;
}
