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
	if (t->label >= a->labels)
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

static inline int by_place(const aur_hit_rec *x, const aur_hit_rec *y)
{
	uint64_t a = (uint64_t)x->first << 32 | ~x->last, b = (uint64_t)y->first << 32 | ~y->last;
	return a != b ? (a < b ? -1 : 1) : (x->label > y->label) - (x->label < y->label);
}

static int by_place_and_number(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int c = by_place(&x->h, &y->h);
	c = c ? c : x->ann - y->ann;
	return c ? c : (x->no > y->no) - (x->no < y->no);
}

static void sort_any(aur_hit_rec *h, uint8_t *ann, uint32_t n)
{
	struct placed *v = aur_xmalloc(n * sizeof *v);
	for (uint32_t i = 0; i < n; i++)
		v[i] = (struct placed){h[i], ann[i], i};
	qsort(v, n, sizeof *v, by_place_and_number);
	for (uint32_t i = 0; i < n; i++) {
		h[i] = v[i].h;
		ann[i] = v[i].ann;
	}
	free(v);
}

/* Sorts the hits from `from` on by their place.  Mostly they are few, or come from one annotator, which found them nearly in order:
 * they are inserted one by one, unless that moves many. */
static void sort_hits(struct aur_results *r, uint32_t from)
{
	uint32_t n = r->nhit - from;
	if (n < 2) /* before the first hit there is no array either */
		return;
	aur_hit_rec *h = r->hit + from;
	uint8_t *ann = r->hit_ann + from;
	uint64_t room = 256 + 4 * (uint64_t)n; /* moves */
	for (uint32_t i = 1; i < n; i++) {
		uint32_t j = i;
		for (; j > 0 && room; j--, room--) {
			int c = by_place(&h[i], &h[j - 1]);
			if (c > 0 || (c == 0 && ann[i] >= ann[j - 1]))
				break;
		}
		if (!room) {
			sort_any(h, ann, n);
			return;
		}
		if (j == i)
			continue;
		aur_hit_rec x = h[i];
		uint8_t by = ann[i];
		memmove(&h[j + 1], &h[j], (i - j) * sizeof *h);
		memmove(&ann[j + 1], &ann[j], i - j);
		h[j] = x;
		ann[j] = by;
	}
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
		a->labels = aur_chain_labels(c, k);
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
