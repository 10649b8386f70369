/* SPDX-License-Identifier: Apache-2.0 */
/* Calls an annotator on a contribution, and checks its numbers for forms, its hits, and its labels. */
#include "config.h"
#include <stdlib.h>
#include "auricule/ext.h"
#include "base/intl.h"
#include "conform/desk.h"

#define LENT_FORMS 4096u /* forms lent one by one; with more of them the check would take too long */

/* What a worker knows of forms: as in the engine, ids are given in the order in which this worker meets them. */
struct known {
	uint32_t *id, *number, cap, next;
	uint32_t *ids, *numbers, tokens; /* of the current contribution; tokens: their capacity */
	aur_sieve *sieve;                /* by form, if the annotator has a sieve */
	uint32_t labels;
	aur_hit *hit;
	size_t nhit, hitcap;
};

static void grow(struct known *k, uint32_t form, uint32_t tokens)
{
	if (form >= k->cap) {
		uint32_t cap = form + form / 2 + 1024;
		k->id = aur_xrealloc(k->id, cap * sizeof *k->id);
		k->number = aur_xrealloc(k->number, cap * sizeof *k->number);
		k->sieve = aur_xrealloc(k->sieve, cap * sizeof *k->sieve);
		memset(k->id + k->cap, 0xFF, (cap - k->cap) * sizeof *k->id);
		k->cap = cap;
	}
	if (tokens > k->tokens) {
		k->ids = aur_xrealloc(k->ids, tokens * sizeof *k->ids);
		k->numbers = aur_xrealloc(k->numbers, tokens * sizeof *k->numbers);
		k->tokens = tokens;
	}
}

/* A form, lent for one call. */
static const aur_form *lend(aur_hand *h, const aur_lform *f)
{
	const struct known *k = h->own;
	uint32_t layers = h->desk->chain->nshown;
	aur_form form = {
	    .size = sizeof form, .layer_count = layers, .form = aur_lform_str(f), .layers = f->layer, .flags = f->flags};
	aur_str value[AUR_MAX_LAYERS];
	for (uint32_t i = 0; i < layers; i++)
		value[i] = f->layer[i];
	/* put the form, or one of its layers, at the very end of lent memory */
	if (layers && k->next % 2)
		value[k->next / 2 % layers].ptr =
		    aur_lent_give(&h->text, value[k->next / 2 % layers].ptr, value[k->next / 2 % layers].len);
	else
		form.form.ptr = aur_lent_give(&h->text, aur_lform_text(f), f->len);
	form.layers = aur_lent_give(&h->lent[6], value, layers * sizeof *value);
	return aur_lent_give(&h->lent[7], &form, sizeof form);
}

static uint32_t classify(aur_hand *h, uint32_t lform)
{
	const aur_annotator_ops *o = h->in->c->ops;
	const struct known *k = h->own;
	const aur_lform *f = aur_analyst_form(h->desk->analyst, lform);
	const aur_input *in = h->input, word = {(char *)(uintptr_t) "", (char *)(uintptr_t)aur_lform_text(f), f->len, NULL};
	const aur_form own = {.size = sizeof own,
	                      .layer_count = h->desk->chain->nshown,
	                      .form = aur_lform_str(f),
	                      .layers = f->layer,
	                      .flags = f->flags};
	const aur_ext_sieve_v1 *sieve = h->in->c->query ? h->in->c->query(h->in->model, AUR_EXT_SIEVE) : NULL;
	const aur_ext_forms_v1 *forms = h->in->c->query ? h->in->c->query(h->in->model, AUR_EXT_FORMS) : NULL;
	if (!o->classify)
		return 1;
	h->input = &word;
	h->told = NULL;
	const aur_form *shown = k->next < LENT_FORMS ? lend(h, f) : &own;
	aur_hand_call(h, "classify");
	uint32_t number = o->classify(&h->in->host, h->in->model, h->worker, shown);
	aur_hand_return(h, AUR_OK, 0);
	if (sieve) {
		aur_sieve *x = &k->sieve[lform];
		*x = (aur_sieve){0, 0, 0};
		shown = k->next < LENT_FORMS ? lend(h, f) : &own;
		aur_hand_call(h, AUR_EXT_SIEVE);
		uint32_t again = sieve->classify(&h->in->host, h->in->model, h->worker, shown, x);
		aur_hand_return(h, AUR_OK, 0);
		if (again != number)
			aur_box_fail(_("its sieve gives a form the number %u, and classify gives it %u"), again, number);
	}
	if (forms && k->next % 2) { /* of some forms, as the host may leave it out */
		aur_hand_call(h, AUR_EXT_FORMS);
		forms->numbered(h->in->model, h->worker, k->next);
		aur_hand_return(h, AUR_OK, 0);
	}
	h->input = in;
	return number;
}

static aur_status s_hit(const aur_host *host, aur_hit_sink *sink, const aur_hit *t)
{
	aur_hand *h = aur_hand_at_work(sink, "hit");
	struct known *k = h->own;
	uint32_t n = h->input->passage->n;
	(void)host;
	if (t->size < sizeof *t)
		aur_box_fail(_("annotate gives a hit whose size is %u: set it to sizeof(aur_hit)"), t->size);
	if (t->first_token > t->last_token || t->last_token >= n)
		aur_box_fail(_("annotate gives a hit from token %u to %u, and the text has %u"), t->first_token,
		             t->last_token, n);
	if (t->label >= k->labels)
		aur_box_fail(_("annotate gives a hit the label %u, but label_count says that there are %u"), t->label,
		             k->labels);
	if (t->polarity < AUR_ASSERTED || t->polarity > AUR_CONDITIONAL)
		aur_box_fail(_("annotate gives a hit the polarity %d, which does not exist"), (int)t->polarity);
	if (!(t->weight >= 0 && t->weight <= 1))
		aur_box_fail(_("annotate gives a hit the weight %g: it goes from 0 to 1"), (double)t->weight);
	if (t->flags & ~(uint32_t)(AUR_HIT_FIXED_POLARITY | AUR_HIT_LACK_COUNTS | AUR_HIT_LOOSE | AUR_HIT_LEANS))
		aur_box_fail(_("annotate gives a hit the flags %#x, which do not exist: does it set them?"), t->flags);
	aur_hand_spans(h, t->cue_first, t->cue_last, t->scope_first, t->scope_last);
	AUR_GROW(k->hit, k->nhit, k->hitcap);
	k->hit[k->nhit] = *t;
	k->hit[k->nhit++].size = sizeof *t;
	h->found++;
	return AUR_OK;
}

/* Hits may come in any order, so sort them before comparing. */
static int by_all(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(aur_hit));
}

static void near_miss(void *to, const aur_near_miss *m)
{
	aur_hand *h = to;
	const struct known *k = h->own;
	uint32_t n = h->input->passage->n;
	if (m->first_token > m->last_token || m->last_token >= n)
		aur_box_fail(_("explain gives a near miss from token %u to %u, and the text has %u"), m->first_token,
		             m->last_token, n);
	if (m->label >= k->labels || !m->message)
		aur_box_fail(_("explain gives a near miss without a message, or with the label %u where there are %u"),
		             m->label, k->labels);
	aur_hand_str((aur_str){m->message, strlen(m->message)}, "aur_near_miss.message");
	aur_hand_mix_number(h, (uint64_t)m->first_token << 32 | m->last_token);
	aur_hand_mix_number(h, m->label);
}

/* Finds the number of each form.  Returns whether one is not 0; if none is, the contribution is never shown. */
static int numbers(aur_hand *h)
{
	struct known *k = h->own;
	const aur_passage *p = h->input->passage;
	int some = 0;
	for (uint32_t i = 0; i < p->n; i++) {
		uint32_t f = p->lform[i];
		grow(k, f, p->n);
		if (k->id[f] == UINT32_MAX) {
			k->number[f] = classify(h, f);
			k->id[f] = k->next++;
		}
		k->ids[i] = k->id[f];
		k->numbers[i] = k->number[f];
		some |= k->numbers[i] != 0;
	}
	return some;
}

/* Does the annotator's sieve let the contribution pass? */
static int passes(const aur_hand *h)
{
	const struct known *k = h->own;
	const aur_passage *p = h->input->passage;
	for (uint32_t i = 0; i < p->n; i++) {
		const aur_sieve *x = &k->sieve[p->lform[i]];
		uint64_t left = i ? k->sieve[p->lform[i - 1]].is : UINT64_C(1) << 63;
		uint64_t right = i + 1 < p->n ? k->sieve[p->lform[i + 1]].is : UINT64_C(1) << 63;
		if (k->numbers[i] && ((x->left & left) || (x->right & right)))
			return 1;
	}
	return 0;
}

static uint64_t annotate(aur_hand *h, const aur_view *v)
{
	const aur_annotator_ops *o = h->in->c->ops;
	struct known *k = h->own;
	k->nhit = 0;
	aur_hand_call(h, "annotate");
	aur_hand_return(h, o->annotate(&h->in->host, h->in->model, h->worker, v, (aur_hit_sink *)(void *)h), 0);
	if (k->nhit)
		qsort(k->hit, k->nhit, sizeof *k->hit, by_all);
	for (size_t i = 0; i < k->nhit; i++)
		aur_hand_mix(h, &k->hit[i], sizeof k->hit[i]);
	return h->digest;
}

static uint64_t run(aur_hand *h, const aur_input *in)
{
	const aur_annotator_ops *o = h->in->c->ops;
	const aur_passage *p = in->passage;
	struct known *k = h->own;
	const void *sieve = o->classify && h->in->c->query ? h->in->c->query(h->in->model, AUR_EXT_SIEVE) : NULL;
	if (!k) {
		h->own = k = aur_xcalloc(1, sizeof *k);
		aur_hand_call(h, "label_count");
		k->labels = o->label_count(h->in->model);
		aur_hand_return(h, AUR_OK, 0);
	}
	int shown = numbers(h);
	if (p->n)
		aur_hand_mix(h, k->numbers, p->n * sizeof *k->numbers);
	for (uint32_t i = 0; sieve && i < p->n; i++)
		aur_hand_mix(h, &k->sieve[p->lform[i]], sizeof *k->sieve);
	if (!shown || ((o->flags & AUR_ANN_ON_HITS) && !p->hits))
		return h->digest;
	const aur_view *v = aur_hand_view(h, k->ids, k->numbers);
	uint64_t before = h->digest, with = annotate(h, v);
	if (k->nhit && sieve && !passes(h))
		aur_box_fail(_("annotate finds something in a contribution that its sieve holds back"));
	if (o->flags & AUR_ANN_TOKENS_ONLY) {
		aur_view bare = *aur_hand_view(h, k->ids, k->numbers); /* again, as what was lent for the call before is gone */
		bare.text = bare.id = (aur_str){NULL, 0};
		bare.start = bare.end = NULL;
		h->digest = before;
		if (annotate(h, aur_lent_give(&h->lent[5], &bare, sizeof bare)) != with)
			aur_box_fail(_("annotate finds something else without the text, although its flags say AUR_ANN_TOKENS_ONLY"));
	}
	return h->digest;
}

struct naming {
	const aur_hand *h;
	const struct known *k;
	uint8_t *named; /* by form */
};

static aur_status name_form(void *to, const aur_named_forms *w)
{
	struct naming *x = to;
	if (w->size < sizeof *w)
		aur_box_fail(_("words names forms in a struct whose size is %u: set it to sizeof(aur_named_forms)"), w->size);
	if (w->layer < -1 || w->layer >= (int32_t)x->h->desk->chain->nshown)
		aur_box_fail(_("words names forms by the layer %d, but the number of layers is %u"), w->layer, x->h->desk->chain->nshown);
	aur_hand_str(w->value, "aur_named_forms.value");
	for (uint32_t i = 0; i < x->k->cap; i++) {
		if (x->k->id[i] == AUR_NONE)
			continue;
		const aur_lform *f = aur_analyst_form(x->h->desk->analyst, i);
		aur_str is = w->layer < 0 ? aur_lform_str(f) : f->layer[w->layer];
		if (w->prefix ? is.len >= w->value.len : is.len == w->value.len)
			x->named[i] |= !memcmp(is.ptr, w->value.ptr, w->value.len);
	}
	return AUR_OK;
}

/* Checks that the plugin's list of words has every form to which classify gives a number. */
static void names_forms(aur_hand *h)
{
	const struct known *k = h->own;
	const aur_ext_words_v1 *e = h->in->c->query ? h->in->c->query(h->in->model, AUR_EXT_WORDS) : NULL;
	if (!e || !k)
		return;
	struct naming x = {h, k, aur_xcalloc((size_t)k->cap + 1, 1)};
	aur_hand_call(h, AUR_EXT_WORDS);
	aur_status st = e->words(h->in->model, name_form, &x);
	aur_hand_return(h, st == AUR_E_UNSUPPORTED ? AUR_OK : st, 0);
	for (uint32_t i = 0; st >= 0 && i < k->cap; i++) {
		if (k->id[i] == AUR_NONE || !k->number[i] || x.named[i])
			continue;
		const aur_lform *f = aur_analyst_form(h->desk->analyst, i);
		aur_box_fail(_("words does not name the form « %.*s », to which classify gives the number %u"), (int)(f->len > 60 ? 60 : f->len), aur_lform_text(f),
		             k->number[i]);
	}
	free(x.named);
}

/* Its labels, its list of words, and its explanations of near misses. */
static void more(aur_desk *d, aur_inputs *in)
{
	aur_hand *h = aur_hand_new(d, aur_desk_open(d), 0);
	const aur_annotator_ops *o = d->c->ops;
	for (unsigned i = 0; i < in->n; i++)
		aur_hand_run(h, &in->v[i]);
	const struct known *k = h->own;
	for (uint32_t i = 0; k && i < k->labels; i++) {
		aur_label l = {.size = sizeof l};
		aur_hand_call(h, "label");
		aur_status st = o->label(h->in->model, i, &l);
		if (st >= 0) {
			aur_hand_str(l.theme, "aur_label.theme");
			aur_hand_str(l.entry, "aur_label.entry");
			aur_hand_str(l.lexicon, "aur_label.lexicon");
			aur_hand_str(l.version, "aur_label.version");
			if (!aur_is_theme(l.theme))
				aur_box_fail(_("label %u has the theme « %.*s »: [a-z0-9-], parts joined by a dot"), i,
				             (int)(l.theme.len > 60 ? 60 : l.theme.len),
				             l.theme.ptr ? l.theme.ptr : "");
		}
		aur_hand_return(h, st, 0);
	}
	aur_hand_call(h, "label_count");
	uint32_t again = o->label_count(h->in->model);
	aur_hand_return(h, AUR_OK, 0);
	if (k && again != k->labels)
		aur_box_fail(_("label_count says %u, and said %u before"), again, k->labels);
	names_forms(h);
	const aur_ext_explain_v1 *e = d->c->query ? d->c->query(h->in->model, AUR_EXT_EXPLAIN) : NULL;
	for (unsigned i = 0; e && i < in->n; i++) {
		h->input = &in->v[i];
		numbers(h);
		const aur_view *v = aur_hand_view(h, k->ids, k->numbers);
		aur_hand_call(h, "explain");
		aur_hand_return(h, e->explain(&h->in->host, h->in->model, h->worker, v, near_miss, h), 0);
		h->input = NULL;
	}
}

static void services(aur_host *h)
{
	aur_passage_services(h);
	h->hit = s_hit;
}

static void release(aur_hand *h)
{
	struct known *k = h->own;
	if (!k)
		return;
	free(k->id);
	free(k->number);
	free(k->sieve);
	free(k->ids);
	free(k->numbers);
	free(k->hit);
	free(k);
}

const aur_kind_test aur_test_annotator = {
    .kind = AUR_ANNOTATOR,
    .diet = AUR_EATS_PASSAGES,
    .threads = 1,
    .nothing = N_("it found nothing in any sample: give contributions in which it finds something with --sample"),
    .services = services,
    .run = run,
    .main = "annotate",
    .more_name = "labels",
    .more = more,
    .free = release,
};
