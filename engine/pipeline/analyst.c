/* SPDX-License-Identifier: Apache-2.0 */
/* The analysis of contributions by one thread: tokens, layers once per new form, hits. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/forward.h"
#include "pipeline/vocab.h"
#include "pipeline/services.h"


struct aur_token_sink { /* what a tokenizer sees */
	struct aur_analyst *a;
};
struct aur_hit_sink {
	struct aur_analyst *a;
};

#define PENDING 32u
struct pending {
	const char *p;
	uint64_t hash;
	uint32_t n, flags, tok;
};

struct adoc {
	aur_str id, text;
	uint32_t tok_end, nwords, hit_end;
};

struct aur_analyst {
	aur_chain *chain;
	aur_token_sink tsink;
	aur_hit_sink hsink;
	void *tok_worker, *layer_worker[2 * AUR_MAX_LAYERS], *ann_worker[AUR_MAX_ANNOTATORS];

	aur_vocab vocab;
	uint32_t layered; /* forms that have their layers */

	struct adoc *doc;
	uint32_t ndoc, doccap;
	uint32_t *lform, *start, *end;
	uint8_t *flags; /* AUR_FWD_*, AUR_ANALYSIS_* */
	uint32_t ntok, tokcap, prev_end;
	struct pending pend[PENDING];
	uint32_t npend;
	const char *broken; /* a contract that the tokenizer broke */

	aur_hit_rec *hit;
	uint8_t *hit_ann;
	uint32_t nhit, hitcap;

	/* of the contribution under annotation */
	const struct adoc *cur;
	uint32_t first_tok, ntok_cur, first_hit, now;
	const uint32_t *cur_lform;
	uint32_t *cur_flags, *numbers; /* by token */
	uint32_t curcap;
	/* re-theming: forms of the index, by their number there */
	uint32_t *of_index;
	uint32_t of_cap;
};

/* ---- tokens --------------------------------------------------------------------------------- */
/* Looking a form up costs two cache misses, the slot and the letters: tokens wait in a short queue while both are fetched. */
static void resolve(aur_analyst *a)
{
	aur_vocab *d = &a->vocab;
	for (uint32_t i = 0; i < a->npend; i++) {
		const struct aur_vocab_slot *s = &d->slot[aur_vocab_place(d, a->pend[i].hash)];
		if (s->id)
			__builtin_prefetch(aur_vocab_at(d, s->id - 1));
	}
	for (uint32_t i = 0; i < a->npend; i++) {
		const struct pending *p = &a->pend[i];
		uint32_t id = aur_vocab_of(d, p->p, p->n, p->flags, p->hash);
		a->lform[p->tok] = id;
		a->flags[p->tok] |= d->use[id].shape;
	}
	a->npend = 0;
}

static void take_token(const aur_host *h, aur_token_sink *o, const aur_token *t)
{
	aur_analyst *a = o->a;
	const struct adoc *d = a->cur;
	(void)h;
	if (t->start < a->prev_end || t->end <= t->start || t->end > d->text.len) {
		a->broken = _("tokens out of order or out of the text");
		return;
	}
	const char *p = d->text.ptr + t->start;
	uint32_t n = t->end - t->start;
	uint8_t fl = (uint8_t)(t->flags & AUR_TOK_SENTENCE_END);
	if (t->form.ptr) {
		if (t->form.len != n || memcmp(t->form.ptr, p, n)) {
			if (!t->form.len || t->form.len > UINT32_MAX / 2) {
				a->broken = _("a token with an empty form");
				return;
			}
			p = t->form.ptr;
			n = (uint32_t)t->form.len;
		} else {
			fl |= AUR_FWD_SAME;
		}
	} else {
		fl |= AUR_FWD_SAME;
	}
	if (a->ntok == a->tokcap) {
		a->tokcap = a->tokcap ? a->tokcap * 2 : 16384;
		a->lform = aur_xrealloc(a->lform, a->tokcap * sizeof *a->lform);
		a->start = aur_xrealloc(a->start, a->tokcap * sizeof *a->start);
		a->end = aur_xrealloc(a->end, a->tokcap * sizeof *a->end);
		a->flags = aur_xrealloc(a->flags, a->tokcap);
	}
	a->start[a->ntok] = t->start;
	a->end[a->ntok] = t->end;
	a->flags[a->ntok] = fl;
	a->prev_end = t->end;
	uint64_t hash = aur_vocab_hash(p, n);
	const struct aur_vocab_near *near = aur_vocab_near_of(&a->vocab, p, n, hash);
	if (near) {
		a->lform[a->ntok] = near->id;
		a->flags[a->ntok++] |= near->shape;
		return;
	}
	__builtin_prefetch(&a->vocab.slot[aur_vocab_place(&a->vocab, hash)]);
	a->pend[a->npend++] = (struct pending){p, hash, n, t->flags, a->ntok++};
	if (a->npend == PENDING || !(fl & AUR_FWD_SAME)) /* a form that is not the span lives in the plugin, and only for now */
		resolve(a);
}

/* ---- services ------------------------------------------------------------------------------- */
static int32_t s_layer_index(const aur_host *h, const char *layer)
{
	const aur_chain *c = aur_host_instance(h)->owner;
	for (unsigned i = 0; i < c->nlayers; i++)
		if (c->layer[i].shown >= 0 && !strcmp(c->layer[i].name, layer))
			return c->layer[i].shown;
	return -1;
}

static aur_status s_layer_value(const aur_host *h, const char *layer, aur_str word, char *buf, size_t size, size_t *len)
{
	aur_chain *c = aur_host_instance(h)->owner;
	aur_buf b = {0};
	aur_error e;
	aur_code rc = aur_chain_value(c, layer, word, &b, &e);
	if (!rc) {
		*len = b.n;
		if (b.n && b.n <= size)
			memcpy(buf, b.p, b.n);
	}
	aur_buf_free(&b);
	return rc == AURE_OK ? AUR_OK : rc == AURE_USAGE ? AUR_E_UNSUPPORTED : AUR_E_CONFIG;
}

static void s_form_at(const aur_host *h, const aur_view *v, uint32_t token, aur_form *out)
{
	const aur_analyst *a = v->priv;
	(void)h;
	*out = (aur_form){.size = sizeof *out};
	if (token >= v->token_count)
		return;
	const aur_lform *f = aur_vocab_at(&a->vocab, a->cur_lform[token]);
	out->layer_count = a->chain->nshown;
	out->form = (aur_str){f->p, f->len};
	out->layers = f->layer;
	out->flags = f->flags;
}

static aur_status s_hit(const aur_host *h, aur_hit_sink *o, const aur_hit *t)
{
	aur_analyst *a = o->a;
	if (t->first_token > t->last_token || t->last_token >= a->ntok_cur)
		return h->fail(h, AUR_E_BUG, _("a hit outside the contribution"));
	if (a->nhit == a->hitcap) {
		a->hitcap = a->hitcap ? a->hitcap * 2 : 256;
		a->hit = aur_xrealloc(a->hit, a->hitcap * sizeof *a->hit);
		a->hit_ann = aur_xrealloc(a->hit_ann, a->hitcap);
	}
	a->hit_ann[a->nhit] = (uint8_t)a->now;
	a->hit[a->nhit++] = (aur_hit_rec){.label = t->label, .first = t->first_token, .last = t->last_token,
					  .polarity = (uint32_t)t->polarity & 3, .flags = t->flags & 15, .weight = t->weight,
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
	const aur_hit_rec *r = &a->hit[a->first_hit + i];
	*out = (aur_hit){.size = sizeof *out, .label = r->label, .first_token = r->first, .last_token = r->last,
			 .polarity = (aur_polarity)r->polarity, .flags = r->flags, .weight = r->weight, .cue_first = r->cue_first,
			 .cue_last = r->cue_last, .scope_first = r->scope_first, .scope_last = r->scope_last};
	return AUR_OK;
}

static aur_status s_hit_label(const aur_host *h, const aur_view *v, uint32_t i, aur_label *out)
{
	const aur_analyst *a = v->priv;
	(void)h;
	if (i >= v->hit_count)
		return AUR_E_UNSUPPORTED;
	const struct aur_chain_annotator *an = &a->chain->ann[a->hit_ann[a->first_hit + i]];
	return an->ops->label(an->in->model, a->hit[a->first_hit + i].label, out);
}

static aur_status s_set_polarity(const aur_host *h, const aur_view *v, uint32_t i, aur_polarity p, uint32_t cf, uint32_t cl,
				 uint32_t sf, uint32_t sl)
{
	const aur_analyst *a = v->priv;
	(void)h;
	if (i >= v->hit_count || p < 0 || p > 2)
		return AUR_E_BUG;
	aur_hit_rec *r = &a->hit[a->first_hit + i];
	if (r->flags & AUR_HIT_FIXED_POLARITY)
		return AUR_E_UNSUPPORTED;
	r->polarity = (uint32_t)p;
	if (cf != AUR_NO_TOKEN && cf <= cl && cl < a->ntok_cur) {
		r->cue_first = cf;
		r->cue_last = cl;
	}
	if (sf != AUR_NO_TOKEN && sf <= sl && sl < a->ntok_cur) {
		r->scope_first = sf;
		r->scope_last = sl;
	}
	return AUR_OK;
}

const aur_host *aur_services(void)
{
	static aur_host h;
	h.layer_index = s_layer_index;
	h.layer_value = s_layer_value;
	h.token = take_token;
	h.form_at = s_form_at;
	h.hit = s_hit;
	h.hit_at = s_hit_at;
	h.hit_label = s_hit_label;
	h.set_polarity = s_set_polarity;
	aur_services_reader(&h);
	return &h;
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

aur_code aur_analyst_new(aur_chain *c, aur_analyst **out, aur_error *err)
{
	aur_analyst *a = aur_xcalloc(1, sizeof *a);
	a->chain = c;
	a->tsink.a = a->hsink.a = a;
	aur_code rc = worker(c->tokenizer, &a->tok_worker, err);
	for (unsigned i = 0; i < c->nlayers && !rc; i++)
		rc = worker(c->layer[i].in, &a->layer_worker[i], err);
	for (unsigned i = 0; i < c->nann && !rc; i++)
		rc = worker(c->ann[i].in, &a->ann_worker[i], err);
	aur_vocab_init(&a->vocab, c->nann);
	if (rc)
		aur_analyst_free(a);
	else
		*out = a;
	return rc;
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
	aur_vocab_free(&a->vocab);
	free(a->doc);
	free(a->lform);
	free(a->start);
	free(a->end);
	free(a->flags);
	free(a->hit);
	free(a->hit_ann);
	free(a->cur_flags);
	free(a->of_index);
	free(a);
}

void aur_analyst_reset(aur_analyst *a)
{
	a->ndoc = a->ntok = a->nhit = 0;
	if (aur_vocab_bytes(&a->vocab) > a->chain->analyst_bytes) { /* memory is bounded whatever the corpus */
		/* Workers cache by form number, and numbers start anew: so do the annotators' workers. */
		const aur_chain *c = a->chain;
		for (unsigned i = 0; i < c->nann; i++)
			if (a->ann_worker[i]) {
				c->ann[i].in->c->worker_free(a->ann_worker[i]);
				a->ann_worker[i] = NULL;
				worker(c->ann[i].in, &a->ann_worker[i], NULL);
			}
		aur_vocab_clear(&a->vocab);
		a->layered = 0;
		if (a->of_index)
			memset(a->of_index, 0xFF, a->of_cap * sizeof *a->of_index);
	}
}

aur_code aur_analyst_add(aur_analyst *a, aur_str id, aur_str text, aur_error *err)
{
	if (text.len > UINT32_MAX / 4)
		return aur_fail(err, AURE_DATA, _("the text is larger than 1 GiB"));
	AUR_GROW(a->doc, a->ndoc, a->doccap);
	struct adoc *d = &a->doc[a->ndoc];
	uint32_t from = a->ntok;
	*d = (struct adoc){.id = id, .text = text};
	a->cur = d;
	a->prev_end = 0;
	a->broken = NULL;
	const aur_instance *in = a->chain->tokenizer;
	aur_instance_clear();
	aur_status st = ((const aur_tokenizer_ops *)in->c->ops)->tokenize(&in->host, in->model, a->tok_worker, text, &a->tsink);
	resolve(a);
	if (st < 0)
		return aur_instance_error(in, st, "tokenize", err);
	if (a->broken)
		return aur_fail(err, AURE_BUG, _("the tokenizer %s broke its contract: %s; tell its author"), in->c->id, a->broken);
	uint32_t words = 0;
	for (uint32_t i = from; i < a->ntok; i++)
		words += !(a->flags[i] & AUR_ANALYSIS_PUNCT);
	d->nwords = words;
	d->tok_end = a->ntok;
	a->ndoc++;
	return AURE_OK;
}

/* What the annotators answer for a form that has its layers. */
static void classify(aur_analyst *a, uint32_t id)
{
	aur_chain *c = a->chain;
	const aur_lform *f = aur_vocab_at(&a->vocab, id);
	const aur_form af = {.size = sizeof af, .layer_count = c->nshown, .form = {f->p, f->len}, .layers = f->layer, .flags = f->flags};
	for (unsigned k = 0; k < c->nann; k++) {
		const aur_annotator_ops *o = c->ann[k].ops;
		const aur_instance *in = c->ann[k].in;
		aur_vocab_answer(&a->vocab, id, k, o->classify ? o->classify(&in->host, in->model, a->ann_worker[k], &af) : 1);
	}
}

/* Layers, then the annotators' numbers, for the forms from a->layered on. */
static aur_code layers_run(aur_analyst *a, aur_error *err)
{
	aur_chain *c = a->chain;
	uint32_t from = a->layered, n = a->vocab.n - from;
	if (!n)
		return AURE_OK;
	aur_str *v = aur_xmalloc((size_t)n * (c->nlayers + 1) * sizeof *v);
	aur_code rc = AURE_OK;
	for (uint32_t i = 0; i < n; i++) {
		aur_lform *f = aur_vocab_at(&a->vocab, from + i);
		v[i] = (aur_str){f->p, f->len};
		f->layer = aur_arena_alloc(&a->vocab.arena, c->nshown * sizeof(aur_str));
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
		for (uint32_t i = 0; i < n; i++) {
			/* copied, unless it is (a piece of) what was put in */
			if (dst[i].len && !(dst[i].ptr >= src[i].ptr && dst[i].ptr + dst[i].len <= src[i].ptr + src[i].len)) {
				if (dst[i].len == src[i].len && !memcmp(dst[i].ptr, src[i].ptr, dst[i].len))
					dst[i] = src[i];
				else
					dst[i].ptr = aur_arena_dup(&a->vocab.arena, dst[i].ptr, dst[i].len);
			}
			if (c->layer[l].shown >= 0)
				aur_vocab_at(&a->vocab, from + i)->layer[c->layer[l].shown] = dst[i];
		}
	}
	free(v);
	if (rc)
		return rc;
	for (uint32_t i = 0; i < n; i++)
		classify(a, from + i);
	a->layered = a->vocab.n;
	return AURE_OK;
}

static int by_place(const aur_hit_rec *x, const aur_hit_rec *y)
{
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->last != y->last)
		return x->last > y->last ? -1 : 1;
	return (x->label > y->label) - (x->label < y->label);
}

/* Room for what the annotators are told of n tokens. */
static void current(aur_analyst *a, uint32_t n)
{
	if (a->curcap < n) {
		a->curcap = n + n / 2 + 256;
		free(a->cur_flags);
		a->cur_flags = aur_xmalloc((size_t)a->curcap * 2 * sizeof *a->cur_flags);
		a->numbers = a->cur_flags + a->curcap;
	}
}

/* A bit for each annotator that gave one of the forms a number. */
static unsigned concerned(const aur_analyst *a, const uint32_t *lform, uint32_t n)
{
	unsigned mask = 0;
	for (uint32_t i = 0; i < n; i++)
		mask |= a->vocab.use[lform[i]].annotators;
	return mask;
}

static const uint32_t *numbers_of(aur_analyst *a, unsigned annotator, const uint32_t *lform, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		a->numbers[i] = aur_vocab_number(&a->vocab, lform[i], annotator);
	return a->numbers;
}

/* Hits of the contribution whose tokens are lform[0..n), their flags in a->cur_flags: appended to a->hit. */
static aur_code annotate(aur_analyst *a, const uint32_t *lform, uint32_t n, const uint32_t *start, const uint32_t *end, aur_str text,
			 aur_str id, aur_error *err)
{
	aur_chain *c = a->chain;
	unsigned mask = concerned(a, lform, n);
	a->first_hit = a->nhit;
	if (!mask)
		return AURE_OK;
	a->cur_lform = lform;
	a->ntok_cur = n;
	for (unsigned k = 0; k < c->nann; k++) {
		const struct aur_chain_annotator *an = &c->ann[k];
		if (!(mask >> k & 1) || ((an->ops->flags & AUR_ANN_ON_HITS) && a->nhit == a->first_hit))
			continue;
		aur_view v = {.size = sizeof v, .token_count = n, .text = text, .start = start, .end = end, .flags = a->cur_flags, .form = lform,
			      .number = numbers_of(a, k, lform, n), .hit_count = a->nhit - a->first_hit, .id = id, .priv = a};
		a->now = k;
		aur_instance_clear();
		aur_status st = an->ops->annotate(&an->in->host, an->in->model, a->ann_worker[k], &v, &a->hsink);
		if (st < 0)
			return aur_instance_error(an->in, st, "annotate", err);
	}
	/* in order of place; few of them */
	for (uint32_t i = a->first_hit + 1; i < a->nhit; i++) {
		aur_hit_rec h = a->hit[i];
		uint8_t ha = a->hit_ann[i];
		uint32_t j = i;
		for (; j > a->first_hit && (by_place(&a->hit[j - 1], &h) > 0 || (by_place(&a->hit[j - 1], &h) == 0 && a->hit_ann[j - 1] > ha)); j--) {
			a->hit[j] = a->hit[j - 1];
			a->hit_ann[j] = a->hit_ann[j - 1];
		}
		a->hit[j] = h;
		a->hit_ann[j] = ha;
	}
	return AURE_OK;
}

/* The flags of the contract out of ours. */
static void flags_of(uint32_t *out, const uint8_t *flags, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = (flags[i] & AUR_TOK_SENTENCE_END) | (flags[i] >> 3 & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE));
}

aur_code aur_analyst_finish(aur_analyst *a, aur_error *err)
{
	aur_code rc = layers_run(a, err);
	uint32_t from = 0;
	for (uint32_t i = 0; i < a->ndoc && !rc; i++) {
		struct adoc *d = &a->doc[i];
		uint32_t n = d->tok_end - from;
		if (a->chain->nann) {
			current(a, n);
			flags_of(a->cur_flags, a->flags + from, n);
			rc = annotate(a, a->lform + from, n, a->start + from, a->end + from, d->text, d->id, err);
		}
		d->hit_end = a->nhit;
		from = d->tok_end;
	}
	return rc;
}

uint32_t aur_analyst_count(const aur_analyst *a)
{
	return a->ndoc;
}

void aur_analyst_get(const aur_analyst *a, uint32_t i, aur_analysis *out)
{
	const struct adoc *d = &a->doc[i];
	uint32_t from = i ? a->doc[i - 1].tok_end : 0, h = i ? a->doc[i - 1].hit_end : 0;
	*out = (aur_analysis){.text = d->text, .id = d->id, .ntok = d->tok_end - from, .nwords = d->nwords, .lform = a->lform + from,
			      .start = a->start + from, .end = a->end + from, .flags = a->flags + from, .nhits = d->hit_end - h,
			      .hit = a->hit + h, .hit_annotator = a->hit_ann + h};
}

const aur_lform *aur_analyst_form(const aur_analyst *a, uint32_t lform)
{
	return aur_vocab_at(&a->vocab, lform);
}

uint32_t aur_analyst_kept(const aur_analyst *a, const uint32_t *lform, uint32_t n, uint32_t *out)
{
	uint32_t none = 0;
	for (uint32_t i = 0; i < n; i++) {
		out[i] = a->vocab.use[lform[i]].kept;
		none += out[i] == AUR_NONE;
	}
	return none;
}

void aur_analyst_keep(aur_analyst *a, uint32_t lform, uint32_t number)
{
	a->vocab.use[lform].kept = number;
}

/* The number here of a form of the index; AUR_NONE when it is damaged. */
static uint32_t form_of_index(aur_analyst *a, aur_snapshot *s, uint32_t g)
{
	aur_form f;
	aur_str ls[AUR_MAX_LAYERS];
	if (g >= a->of_cap) {
		uint32_t cap = g * 2 + 4096;
		a->of_index = aur_xrealloc(a->of_index, cap * sizeof *a->of_index);
		memset(a->of_index + a->of_cap, 0xFF, (cap - a->of_cap) * sizeof *a->of_index);
		a->of_cap = cap;
	}
	if (a->of_index[g] != AUR_NONE || !aur_snapshot_form(s, g, &f, ls))
		return a->of_index[g];
	uint32_t had = a->vocab.n, len = (uint32_t)f.form.len, id = aur_vocab_of(&a->vocab, f.form.ptr, len, f.flags, aur_vocab_hash(f.form.ptr, len));
	if (id == had) { /* new to this analyst: its layers are known already */
		aur_lform *l = aur_vocab_at(&a->vocab, id);
		l->layer = aur_arena_alloc(&a->vocab.arena, a->chain->nshown * sizeof(aur_str));
		for (unsigned k = 0; k < a->chain->nshown && k < f.layer_count; k++)
			l->layer[k] = (aur_str){aur_arena_dup(&a->vocab.arena, ls[k].ptr, ls[k].len), ls[k].len};
		classify(a, id);
		a->layered = a->vocab.n;
	}
	return a->of_index[g] = id;
}

aur_code aur_analyst_retheme(aur_analyst *a, aur_snapshot *s, const aur_doc *d, aur_buf *hits, aur_buf *anns, aur_error *err)
{
	aur_code rc = AURE_OK;
	uint32_t *l = aur_xmalloc((size_t)d->ntok * sizeof *l + 4);
	a->ndoc = a->ntok = a->nhit = 0;
	current(a, d->ntok);
	for (uint32_t i = 0; i < d->ntok && !rc; i++) {
		l[i] = form_of_index(a, s, d->form[i]);
		if (l[i] == AUR_NONE)
			rc = aur_fail(err, AURE_CORRUPT, _("the dictionary of the corpus is damaged; run « auricule check »"));
		a->cur_flags[i] = d->flags ? d->flags[i] : 0;
	}
	if (!rc)
		rc = annotate(a, l, d->ntok, d->start, d->end, d->text, d->id, err);
	if (!rc) {
		aur_buf_put(hits, a->hit, a->nhit * sizeof *a->hit);
		aur_buf_put(anns, a->hit_ann, a->nhit);
	}
	free(l);
	return rc;
}

struct near_to {
	aur_near_fn fn;
	void *ctx;
	unsigned annotator;
	uint32_t ntok;
};

static void near_miss(void *to, const aur_near_miss *m)
{
	const struct near_to *n = to;
	if (m->first_token <= m->last_token && m->last_token < n->ntok)
		n->fn(n->ctx, n->annotator, m);
}

aur_code aur_analyst_explain(aur_analyst *a, uint32_t i, aur_near_fn fn, void *ctx, aur_error *err)
{
	const aur_chain *c = a->chain;
	aur_analysis x;
	aur_code rc = AURE_OK;
	aur_analyst_get(a, i, &x);
	current(a, x.ntok);
	flags_of(a->cur_flags, x.flags, x.ntok);
	a->cur_lform = x.lform;
	a->ntok_cur = x.ntok;
	for (unsigned k = 0; k < c->nann && !rc; k++) {
		const aur_instance *in = c->ann[k].in;
		const aur_ext_explain_v1 *e = in->c->query ? in->c->query(in->model, AUR_EXT_EXPLAIN) : NULL;
		if (!e)
			continue;
		aur_view v = {.size = sizeof v, .token_count = x.ntok, .text = x.text, .start = x.start, .end = x.end, .flags = a->cur_flags,
			      .form = x.lform, .number = numbers_of(a, k, x.lform, x.ntok), .id = x.id, .priv = a};
		struct near_to to = {fn, ctx, k, x.ntok};
		aur_instance_clear();
		aur_status st = e->explain(&in->host, in->model, a->ann_worker[k], &v, near_miss, &to);
		if (st < 0)
			rc = aur_instance_error(in, st, "explain", err);
	}
	return rc;
}
