/* SPDX-License-Identifier: Apache-2.0 */
/* The analysis of contributions by one thread: tokens, layers once per new form, hits. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "index/forward.h"
#include "pipeline/analyst.h"
#include "pipeline/serves.h"

/* ---- tokens --------------------------------------------------------------------------------- */
/* Looks up the queued tokens.  A token that is not in `near` costs three more cache misses (slot, letters, use): so each
 * of them is prefetched for the whole queue before the next. */
static void resolve(aur_analyst *a)
{
	const aur_vocab *d = a->vocab;
	const struct aur_vocab_table *t = aur_vocab_table_of(d);
	const struct aur_vocab_near *all = a->words->near;
	uint32_t n = a->npend, far = 0;
	if (!n)
		return;
	/* They are the last tokens.  In variables of their own, as a byte that is written to flags could be any of *a. */
	uint32_t *lform = a->r.lform + (a->r.ntok - n);
	uint8_t which[PENDING], *flags = a->r.at.flags + (a->r.ntok - n);
	for (uint32_t i = 0; i < n; i++) {
		const struct pending *p = &a->pend[i];
		const struct aur_vocab_near *near = &all[p->word.hash % AUR_VOCAB_NEAR];
		/* a quarter of the tokens are not in `near`, and a branch on that would be mispredicted */
		uint32_t met = aur_vocab_is_near(near, &p->word);
		lform[i] = near->id;
		flags[i] |= near->shape & (uint8_t)-met;
		which[far] = (uint8_t)i;
		far += !met;
	}
	for (uint32_t i = 0; i < far; i++)
		__builtin_prefetch((const void *)&t->slot[aur_vocab_place(t, a->pend[which[i]].word.hash)]);
	for (uint32_t i = 0; i < far; i++) {
		uint32_t s = (uint32_t)atomic_load_explicit(&t->slot[aur_vocab_place(t, a->pend[which[i]].word.hash)], memory_order_acquire);
		uint32_t id = s - (s > 0); /* mostly right; a branch would be predicted before the slot is loaded */
		__builtin_prefetch(aur_vocab_at(d, id));
		__builtin_prefetch(aur_vocab_use_of(d, id));
	}
	for (uint32_t i = 0; i < far; i++) {
		const struct pending *p = &a->pend[which[i]];
		uint32_t id = aur_vocab_of(a->words, &p->word, p->flags);
		lform[which[i]] = id;
		flags[which[i]] |= aur_vocab_use_of(d, id)->shape;
	}
	a->npend = 0;
}

/* The form of a token that differs from its span, or may do so; sets a->broken where it is none.  Returns whether it differs. */
static __attribute__((noinline)) int form_of(aur_analyst *a, const aur_token *t, const char **p, uint32_t *n)
{
	if (t->form.len == *n && !memcmp(t->form.ptr, *p, *n))
		return 0;
	if (!t->form.len || t->form.len > UINT32_MAX / 2)
		a->broken = _("a token with an empty form");
	else if (aur_utf8_valid(t->form.ptr, t->form.len) != t->form.len)
		a->broken = _("a form that is not UTF-8");
	*p = t->form.ptr;
	*n = (uint32_t)t->form.len;
	return 1;
}

static __attribute__((noinline)) void more_tokens(struct aur_results *r)
{
	struct spans *at = &r->at;
	if (r->ntok == r->tokcap) {
		r->tokcap = r->tokcap ? r->tokcap * 2 : 4096;
		r->lform = aur_xrealloc(r->lform, r->tokcap * sizeof *r->lform);
	}
	if (r->ntok == at->cap) {
		at->cap = at->cap ? at->cap * 2 : 4096;
		at->start = aur_xrealloc(at->start, at->cap * sizeof *at->start);
		at->end = aur_xrealloc(at->end, at->cap * sizeof *at->end);
		at->flags = aur_xrealloc(at->flags, at->cap);
	}
}

static int inside_of_character(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static void take_token(const aur_host *h, aur_token_sink *o, const aur_token *t)
{
	aur_analyst *a = o->a;
	const char *text = a->cur->text.ptr, *p;
	uint32_t start = t->start, end = t->end, len = (uint32_t)a->cur->text.len, n = end - start, readable = len - start, at = a->r.ntok;
	int differs = 0;
	(void)h;
	if (start < a->prev_end || end <= start || end > len) {
		a->broken = _("tokens out of order or out of the text");
		return;
	}
	if (inside_of_character(text[start]) || (end < len && inside_of_character(text[end]))) {
		a->broken = _("a token that cuts through a character");
		return;
	}
	p = text + start;
	if (t->form.ptr) {
		differs = form_of(a, t, &p, &n);
		if (a->broken)
			return;
		if (differs)
			readable = n;
	}
	if (at == a->r.tokcap || at == a->r.at.cap)
		more_tokens(&a->r);
	a->r.at.start[at] = start;
	a->r.at.end[at] = a->prev_end = end;
	a->r.at.flags[at] = (uint8_t)((t->flags & AUR_TOK_SENTENCE_END) | (differs ? 0 : AUR_FWD_SAME));
	a->r.ntok = at + 1;
	struct pending *q = &a->pend[a->npend++];
	aur_vocab_look(&q->word, p, n, readable);
	q->flags = t->flags;
	__builtin_prefetch(aur_vocab_near_of(a->words, &q->word));
	if (a->npend == PENDING || differs) /* a form other than its span is valid only during this call */
		resolve(a);
}

void aur_serves_tokenizer(aur_host *h)
{
	h->token = take_token;
}

/* ---- analysis ------------------------------------------------------------------------------- */
static aur_code worker(const aur_instance *in, void **w, aur_error *err)
{
	if (!in->c->worker_new)
		return AURE_OK;
	aur_instance_clear();
	aur_status st = in->c->worker_new(&in->host, in->model, w);
	return st < 0 ? aur_instance_error(in, st, "worker_new", err) : AURE_OK;
}

static aur_code analyst_new(aur_chain *c, aur_vocabs *words, aur_analyst **out, aur_error *err)
{
	aur_analyst *a = aur_xcalloc(1, sizeof *a);
	a->chain = c;
	a->tsink.a = a->hsink.a = a;
	if (!words)
		words = a->own = aur_vocabs_new(c->nann);
	a->words = aur_vocab_join(words);
	a->vocab = a->words->d;
	aur_code rc = worker(c->tokenizer, &a->tok_worker, err);
	for (unsigned i = 0; i < c->nlayers && !rc; i++)
		rc = worker(c->layer[i].in, &a->layer_worker[i], err);
	for (unsigned i = 0; i < c->nann && !rc; i++)
		rc = worker(c->ann[i].in, &a->ann_worker[i], err);
	if (rc)
		aur_analyst_free(a);
	else
		*out = a;
	return rc;
}

aur_code aur_analyst_new(aur_chain *c, aur_analyst **out, aur_error *err)
{
	return analyst_new(c, NULL, out, err);
}

aur_code aur_analyst_join(aur_chain *c, aur_vocabs *words, aur_analyst **out, aur_error *err)
{
	return analyst_new(c, words, out, err);
}

static void results_free(struct aur_results *r)
{
	free(r->doc);
	free(r->lform);
	free(r->at.start);
	free(r->at.end);
	free(r->at.flags);
	free(r->hit);
	free(r->hit_ann);
}

aur_results *aur_results_new(void)
{
	return aur_xcalloc(1, sizeof(aur_results));
}

void aur_results_free(aur_results *r)
{
	if (r)
		results_free(r);
	free(r);
}

void aur_analyst_swap(aur_analyst *a, aur_results *r, int bare)
{
	struct aur_results x = a->r;
	a->r = *r;
	*r = x;
	if (bare) { /* the arrays stay with the analyst, for the next contributions */
		struct spans at = a->r.at;
		a->r.at = r->at;
		r->at = at;
		r->bare = 1;
	}
}

void aur_analyst_free(aur_analyst *a)
{
	if (!a)
		return;
	const aur_chain *c = a->chain;
	if (a->tok_worker)
		c->tokenizer->c->worker_free(a->tok_worker);
	for (unsigned i = 0; i < c->nlayers; i++)
		if (a->layer_worker[i])
			c->layer[i].in->c->worker_free(a->layer_worker[i]);
	for (unsigned i = 0; i < c->nann; i++)
		if (a->ann_worker[i])
			c->ann[i].in->c->worker_free(a->ann_worker[i]);
	aur_vocab_leave(a->words);
	aur_vocabs_free(a->own);
	results_free(&a->r);
	free(a->cur_flags);
	aur_doc_free(&a->of_snap);
	free(a);
}

int aur_analyst_full(const aur_analyst *a)
{
	return aur_vocab_full(a->vocab, a->chain->analyst_bytes);
}

void aur_analyst_drop(aur_analyst *a)
{
	a->r.ndoc = a->r.ntok = a->r.nhit = a->npend = 0;
	a->r.bare = 0;
}

aur_code aur_analyst_reset(aur_analyst *a, aur_error *err)
{
	const aur_chain *c = a->chain;
	aur_analyst_drop(a);
	if (!aur_analyst_full(a))
		return AURE_OK;
	/* Forms get new numbers, and workers of annotators may cache by number: so these are made anew. */
	for (unsigned i = 0; i < c->nann; i++)
		if (a->ann_worker[i]) {
			c->ann[i].in->c->worker_free(a->ann_worker[i]);
			a->ann_worker[i] = NULL;
			aur_code rc = worker(c->ann[i].in, &a->ann_worker[i], err);
			if (rc)
				return rc;
		}
	a->words = aur_vocab_renew(a->words, c->nshown);
	a->vocab = a->words->d;
	return AURE_OK;
}

aur_code aur_analyst_add(aur_analyst *a, aur_str id, aur_str text, aur_error *err)
{
	if (text.len > AUR_MAX_TEXT)
		return aur_fail(err, AURE_DATA, _("the text is larger than 1 GiB"));
	AUR_GROW(a->r.doc, a->r.ndoc, a->r.doccap);
	struct adoc *d = &a->r.doc[a->r.ndoc];
	*d = (struct adoc){.id = id, .text = text};
	a->cur = d;
	a->prev_end = 0;
	a->broken = NULL;
	const aur_instance *in = a->chain->tokenizer;
	aur_instance_clear();
	aur_status st = ((const aur_tokenizer_ops *)in->c->ops)->tokenize(&in->host, in->model, a->tok_worker, text, &a->tsink);
	if (st < 0 || a->broken) {
		a->npend = 0; /* else they would be looked up into results that were put aside before */
		return st < 0 ? aur_instance_error(in, st, "tokenize", err) : aur_broke_contract(in, a->broken, err);
	}
	d->tok_end = a->r.ntok;
	a->r.ndoc++;
	return AURE_OK;
}

/* Asks the annotators about a form that has its layers; it is ready then. */
static void classify(aur_analyst *a, uint32_t id)
{
	aur_chain *c = a->chain;
	const aur_lform *f = aur_vocab_at(a->vocab, id);
	const aur_form af = {.size = sizeof af, .layer_count = c->nshown, .form = aur_lform_str(f), .layers = aur_lform_layers(f), .flags = f->flags};
	uint32_t number[AUR_MAX_ANNOTATORS];
	for (unsigned k = 0; k < c->nann; k++) {
		const aur_annotator_ops *o = c->ann[k].ops;
		const aur_instance *in = c->ann[k].in;
		number[k] = o->classify ? o->classify(&in->host, in->model, a->ann_worker[k], &af) : 1;
		if (c->ann[k].forms)
			c->ann[k].forms->numbered(in->model, a->ann_worker[k], id);
	}
	aur_vocab_answer(a->vocab, id, number);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Leaves in `todo`, sorted, each form once that is not ready by now; returns their number. */
static uint32_t still_to_do(aur_vocab_part *p)
{
	uint32_t n = 0;
	qsort(p->todo, p->ntodo, sizeof *p->todo, by_number);
	for (uint32_t i = 0; i < p->ntodo; i++)
		if ((!n || p->todo[n - 1] != p->todo[i]) && !atomic_load_explicit(&aur_vocab_use_of(p->d, p->todo[i])->ready, memory_order_acquire))
			p->todo[n++] = p->todo[i];
	return p->ntodo = n;
}

/* Computes the layers of the forms in `todo`, then asks the annotators about them. */
static aur_code layers_run(aur_analyst *a, aur_error *err)
{
	aur_chain *c = a->chain;
	aur_vocab_part *p = a->words;
	uint32_t n = p->ntodo ? still_to_do(p) : 0;
	if (!n)
		return AURE_OK;
	aur_str *v = aur_xmalloc((size_t)n * (c->nlayers + 1) * sizeof *v), **layer = aur_xmalloc(n * sizeof *layer);
	aur_code rc = AURE_OK;
	for (uint32_t i = 0; i < n; i++) {
		v[i] = aur_lform_str(aur_vocab_at(a->vocab, p->todo[i]));
		layer[i] = aur_arena_alloc(&p->arena, c->nshown * sizeof(aur_str));
	}
	for (unsigned l = 0; l < c->nlayers && !rc; l++) {
		const aur_instance *in = c->layer[l].in;
		const aur_str *src = v + (size_t)(c->layer[l].from + 1) * n;
		aur_str *dst = v + (size_t)(l + 1) * n;
		aur_instance_clear();
		aur_status st = ((const aur_layer_ops *)in->c->ops)->map(&in->host, in->model, a->layer_worker[l], src, n, dst);
		if (st < 0) {
			rc = aur_instance_error(in, st, "map", err);
			break;
		}
		for (uint32_t i = 0; i < n && !rc; i++) {
			int as_it_was = dst[i].ptr == src[i].ptr && dst[i].len == src[i].len;
			if (dst[i].len && !as_it_was && aur_utf8_valid(dst[i].ptr, dst[i].len) != dst[i].len)
				rc = aur_broke_contract(in, _("a value that is not UTF-8"), err);
			/* copied, unless it is a part of the input */
			if (dst[i].len && !(dst[i].ptr >= src[i].ptr && dst[i].ptr + dst[i].len <= src[i].ptr + src[i].len)) {
				if (dst[i].len == src[i].len && !memcmp(dst[i].ptr, src[i].ptr, dst[i].len))
					dst[i] = src[i];
				else
					dst[i].ptr = aur_arena_dup(&p->arena, dst[i].ptr, dst[i].len);
			}
			if (c->layer[l].shown >= 0)
				layer[i][c->layer[l].shown] = dst[i];
		}
	}
	for (uint32_t i = 0; i < n && !rc; i++) {
		aur_str *none = NULL; /* another thread may have been faster: then its values stay, which are the same */
		atomic_compare_exchange_strong(&aur_vocab_at(a->vocab, p->todo[i])->layer, &none, layer[i]);
		classify(a, p->todo[i]);
	}
	free(layer);
	free(v);
	a->vocab->more += p->arena.total - p->told;
	p->told = p->arena.total;
	p->ntodo = 0;
	return rc;
}

aur_code aur_analyst_finish(aur_analyst *a, aur_error *err)
{
	resolve(a);
	aur_code rc = layers_run(a, err);
	uint32_t from = 0;
	for (uint32_t i = 0; i < a->r.ndoc && !rc; i++) {
		struct adoc *d = &a->r.doc[i];
		uint32_t n = d->tok_end - from;
		for (uint32_t k = from; k < d->tok_end; k++)
			d->nwords += !(a->r.at.flags[k] & AUR_ANALYSIS_PUNCT);
		aur_annotate_room(a, n);
		unsigned mask = aur_annotate_tell(a, a->r.lform + from, a->r.at.flags + from, n);
		if (mask) {
			const aur_annotated t = {a->r.lform + from, a->r.at.start + from, a->r.at.end + from, n, d->text, d->id};
			rc = aur_annotate(a, mask, &t, err);
		}
		d->hit_end = a->r.nhit;
		from = d->tok_end;
	}
	return rc;
}

uint32_t aur_analyst_count(const aur_analyst *a)
{
	return a->r.ndoc;
}

void aur_analyst_get(aur_analyst *a, uint32_t i, aur_analysis *out)
{
	resolve(a); /* callers that need only forms do not call aur_analyst_finish */
	const struct adoc *d = &a->r.doc[i];
	uint32_t from = i ? a->r.doc[i - 1].tok_end : 0, h = i ? a->r.doc[i - 1].hit_end : 0;
	*out = (aur_analysis){.text = d->text, .id = d->id, .ntok = d->tok_end - from, .nwords = d->nwords, .nhits = d->hit_end - h};
	if (out->nhits) {
		out->hit = a->r.hit + h;
		out->hit_annotator = a->r.hit_ann + h;
	}
	if (out->ntok)
		out->lform = a->r.lform + from;
	if (a->r.bare || !out->ntok)
		return;
	out->start = a->r.at.start + from;
	out->end = a->r.at.end + from;
	out->flags = a->r.at.flags + from;
}

const aur_lform *aur_analyst_form(const aur_analyst *a, uint32_t lform)
{
	return aur_vocab_at(a->vocab, lform);
}

uint32_t aur_analyst_kept(const aur_analyst *a, const uint32_t *lform, uint32_t n, uint32_t *out)
{
	uint32_t none = 0;
	for (uint32_t i = 0; i < n; i++) {
		out[i] = atomic_load_explicit(&aur_vocab_use_of(a->vocab, lform[i])->kept, memory_order_relaxed);
		none += out[i] == AUR_NONE;
	}
	return none;
}

void aur_analyst_keep(aur_analyst *a, uint32_t lform, uint32_t number)
{
	atomic_store_explicit(&aur_vocab_use_of(a->vocab, lform)->kept, number, memory_order_relaxed);
}

int aur_analyst_has_all(const aur_analyst *a)
{
	return aur_vocab_has_all(a->vocab);
}
