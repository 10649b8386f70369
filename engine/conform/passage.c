/* SPDX-License-Identifier: Apache-2.0 */
/* Texts as annotators and exporters see them, in lent memory, and the services that they may call on them. */
#include "config.h"
#include <stddef.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "conform/desk.h"
#include "conform/random.h"

#define LABELS 3u
#define ANALYSED_BYTES ((size_t)4 << 20) /* bytes of text after which a new analyst is made: this one is never reset, so it keeps every form */

static const uint32_t *array(aur_hand *h, unsigned i, const uint32_t *p, uint32_t n)
{
	return p ? aur_lent_give(&h->lent[i], p, (size_t)n * sizeof *p) : NULL;
}

/* Hits that an earlier annotator could have made: here and there, of one word or of several, some with a polarity of their own; one
 * contribution in four has none, as most of a corpus has none. */
static void earlier_hits(aur_passage *p, const char *text, size_t n)
{
	uint64_t r = aur_hash64(text, n, 7) | 1;
	uint32_t cap = p->n / 5 + 1, at = 0;
	p->hit = aur_xcalloc(cap, sizeof *p->hit);
	if (aur_random(&r, 4) == 0)
		return;
	while (at < p->n && p->hits < cap) {
		uint32_t last = at + aur_random(&r, 3);
		p->hit[p->hits++] = (aur_hit){.size = sizeof(aur_hit),
		                              .label = aur_random(&r, LABELS),
		                              .first_token = at,
		                              .last_token = last < p->n ? last : p->n - 1,
		                              .polarity = (aur_polarity)(aur_random(&r, 9) == 0),
		                              .flags = aur_random(&r, 5) == 0 ? AUR_HIT_FIXED_POLARITY : 0,
		                              .weight = 0.5f,
		                              .cue_first = AUR_NO_TOKEN,
		                              .cue_last = AUR_NO_TOKEN,
		                              .scope_first = AUR_NO_TOKEN,
		                              .scope_last = AUR_NO_TOKEN};
		at += 4 + aur_random(&r, 12);
	}
}

void aur_desk_fresh(aur_desk *d)
{
	aur_error e = {0};
	aur_analyst_free(d->analyst);
	d->analyst = NULL;
	if (aur_analyst_new(d->chain, &d->analyst, &e))
		aur_box_no_setup(&e);
	d->analysed = 0;
	d->epoch++;
}

aur_passage *aur_passage_new(aur_desk *d, const char *text, size_t n)
{
	aur_passage *p = aur_xcalloc(1, sizeof *p);
	aur_analysis x;
	aur_error e = {0};
	/* not a call of the plugin under test */
	aur_box_call("(pipeline) tokenize, map", NULL, text, n);
	if (!d->analyst || (d->analysed && d->analysed + n > ANALYSED_BYTES))
		aur_desk_fresh(d);
	d->analysed += n;
	if (aur_analyst_add(d->analyst, (aur_str){"check", 5}, (aur_str){text, n}, &e) ||
	    aur_analyst_finish(d->analyst, &e))
		aur_box_no_setup(&e);
	aur_box_return();
	aur_analyst_get(d->analyst, aur_analyst_count(d->analyst) - 1, &x);
	p->n = x.ntok;
	p->start = aur_xmalloc((size_t)x.ntok * 4 * sizeof *p->start);
	p->end = p->start + x.ntok;
	p->flags = p->end + x.ntok;
	p->lform = p->flags + x.ntok;
	for (uint32_t i = 0; i < x.ntok; i++) {
		p->start[i] = x.start[i];
		p->end[i] = x.end[i];
		p->lform[i] = x.lform[i];
		p->flags[i] = (x.flags[i] & AUR_TOK_SENTENCE_END) | aur_analyst_form(d->analyst, x.lform[i])->flags;
	}
	earlier_hits(p, text, n);
	return p;
}

void aur_passage_free(aur_passage *p)
{
	if (!p)
		return;
	free(p->start);
	free(p->hit);
	free(p);
}

/* The label of a hit of the earlier annotator. */
static void passage_label(uint32_t label, aur_label *out)
{
	static const char *const theme[LABELS] = {"check", "check.one", "check.two"};
	aur_str s = {theme[label % LABELS], strlen(theme[label % LABELS])};
	*out = (aur_label){.size = sizeof *out, .theme = s, .entry = s, .lexicon = {"check", 5}, .version = {"1", 1}};
}

const aur_view *aur_hand_view(aur_hand *h, const uint32_t *form, const uint32_t *number)
{
	const aur_passage *p = h->input->passage;
	static const char id[] = "check:1";
	aur_view v = {.size = sizeof v, .token_count = p->n, .hit_count = p->hits};
	v.text = (aur_str){aur_lent_give(&h->text, h->input->bytes, h->input->n), h->input->n};
	v.start = array(h, 0, p->start, p->n);
	v.end = array(h, 1, p->end, p->n);
	v.flags = array(h, 2, p->flags, p->n);
	v.form = array(h, 3, form, p->n);
	v.number = array(h, 4, number, p->n);
	v.id = (aur_str){aur_lent_give(&h->lent[6], id, sizeof id - 1), sizeof id - 1};
	v.priv = h;
	return aur_lent_give(&h->lent[5], &v, sizeof v);
}

/* The hand that a service was called for, by the view that the plugin passed. */
static aur_hand *of_view(const aur_view *v, const char *service)
{
	aur_hand *h = aur_hand_at_work(v ? v->priv : NULL, service);
	if (!h->input || !h->input->passage)
		aur_box_fail(_("%s calls host->%s, which it is not offered"), h->function, service);
	return h;
}

static void s_form_at(const aur_host *host, const aur_view *v, uint32_t token, aur_form *out)
{
	aur_hand *h = of_view(v, "form_at");
	const aur_passage *p = h->input->passage;
	(void)host;
	*out = (aur_form){.size = sizeof *out};
	if (token >= p->n)
		aur_box_fail(_("%s asks for the form of token %u, and there are %u"), h->function, token, p->n);
	const aur_lform *f = aur_analyst_form(h->desk->analyst, p->lform[token]);
	*out = (aur_form){.size = sizeof *out,
	                  .layer_count = h->desk->chain->nshown,
	                  .form = aur_lform_str(f),
	                  .layers = f->layer,
	                  .flags = f->flags};
}

static const aur_hit *earlier(aur_hand *h, uint32_t i)
{
	const aur_passage *p = h->input->passage;
	if (i >= p->hits)
		aur_box_fail(_("%s asks for hit %u of the earlier annotators, and there are %u"), h->function, i,
		             p->hits);
	return &p->hit[i];
}

static aur_status s_hit_at(const aur_host *host, const aur_view *v, uint32_t i, aur_hit *out)
{
	(void)host;
	*out = *earlier(of_view(v, "hit_at"), i);
	return AUR_OK;
}

static aur_status s_hit_label(const aur_host *host, const aur_view *v, uint32_t i, aur_label *out)
{
	(void)host;
	passage_label(earlier(of_view(v, "hit_label"), i)->label, out);
	return AUR_OK;
}

/* Checks that a pair is AUR_NO_TOKEN twice, or a span of this text. */
static void span_or_none(const aur_hand *h, uint32_t first, uint32_t last, const char *what)
{
	if (first == AUR_NO_TOKEN && last == AUR_NO_TOKEN)
		return;
	if (first > last || last >= h->input->passage->n)
		aur_box_fail(
		    _("%s gives a %s from token %u to %u, and the text has %u: AUR_NO_TOKEN says that there is none"),
		    h->function, what, first, last, h->input->passage->n);
}

void aur_hand_spans(const aur_hand *h, uint32_t cue_first, uint32_t cue_last, uint32_t scope_first, uint32_t scope_last)
{
	span_or_none(h, cue_first, cue_last, "cue");
	span_or_none(h, scope_first, scope_last, "scope");
}

static aur_status s_set_polarity(const aur_host *host, const aur_view *v, uint32_t i, aur_polarity p, uint32_t cf,
                                 uint32_t cl, uint32_t sf, uint32_t sl)
{
	aur_hand *h = of_view(v, "set_polarity");
	const aur_hit *hit = earlier(h, i);
	(void)host;
	if (p < AUR_ASSERTED || p > AUR_CONDITIONAL)
		aur_box_fail(_("%s sets the polarity %d, which does not exist"), h->function, (int)p);
	aur_hand_spans(h, cf, cl, sf, sl);
	if (hit->flags & AUR_HIT_FIXED_POLARITY)
		return AUR_E_UNSUPPORTED;
	const uint32_t what[] = {i, (uint32_t)p, cf, cl, sf, sl};
	aur_hand_mix(h, what, sizeof what);
	h->found++;
	return AUR_OK;
}

void aur_passage_services(aur_host *h)
{
	h->form_at = s_form_at;
	h->hit_at = s_hit_at;
	h->hit_label = s_hit_label;
	h->set_polarity = s_set_polarity;
}
