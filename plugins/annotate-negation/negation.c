/* SPDX-License-Identifier: Apache-2.0 */
/* negation.c - annotate-negation: says of the hits of the annotators before it which are denied and which hold under a condition.
 * Runs on contributions with hits alone; hits whose polarity is their entry's own are left as they are. */
#include "negation.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERSION "1.0.0"

typedef struct model {
	neg_words *words;
	char fingerprint[40];
} model;

/* A hit of an earlier annotator, and its number there. */
typedef struct neg_hit {
	aur_hit hit;
	uint32_t number;
} neg_hit;

typedef struct worker {
	neg_cache cache;
	neg_cue *cues;
	size_t cue_cap;
	neg_hit *hits;
	size_t hit_cap;
	uint32_t polls;
} worker;

static aur_status no_memory(const aur_host *h)
{
	return h->fail(h, AUR_E_NOMEM, _("not enough memory to look for negations"));
}

static aur_status worker_new(const aur_host *h, void *m, void **out)
{
	worker *w = calloc(1, sizeof(*w));
	if (w == NULL)
		return no_memory(h);
	w->cache.words = ((const model *)m)->words;
	w->cache.fold = h->layer_index(h, "fold");
	*out = w;
	return AUR_OK;
}

static void worker_free(void *worker_)
{
	worker *w = worker_;
	if (w == NULL)
		return;
	free(w->cache.lists);
	free(w->cues);
	free(w->hits);
	free(w);
}

static uint32_t classify(const aur_host *h, void *m, void *worker_, const aur_form *f)
{
	const worker *w = worker_;
	(void)h, (void)m;
	return neg_role(w->cache.words, neg_value(&w->cache, f), f->flags & AUR_TOK_PUNCT);
}

/* ---- which cue governs a hit ---- */

static bool has_opinion(const neg_text *t, const neg_cue *c, uint32_t to)
{
	for (uint32_t i = c->verb; i < to; i++)
		if (i != c->token && (t->role[i] & R_OPINION))
			return true;
	return false;
}

/* Is the hit a verb?  Then a pronoun stands in it or before it, and no article. */
static bool is_verbal(const neg_text *t, const aur_hit *hit)
{
	uint32_t first = t->role[hit->first_token];
	if (first & (R_OBJECT | R_SUBJECT | R_AUX))
		return true;
	if (hit->first_token == 0 || hit->first_token == t->from)
		return false;
	uint32_t before = t->role[hit->first_token - 1];
	if (before & (R_SUBJECT | R_AUX))
		return true;
	if ((before & R_OBJECT) && (before & R_DET)) /* les: « les juge » or « les sanctions »? */
		return hit->first_token - 1 > t->from && (t->role[hit->first_token - 2] & (R_SUBJECT | R_QUI | R_NE));
	return (before & R_OBJECT) || !(before & (R_DET | R_DE | R_COMMA | R_STOP | R_MARK | R_AND | R_POUR));
}

static bool governs(const neg_text *t, const neg_cue *c, const aur_hit *hit)
{
	if (c->token >= hit->first_token && c->token <= hit->last_token)
		return false; /* the entry has the word within it: it knows */
	if (c->conditional)
		return hit->first_token >= c->scope_first && hit->first_token <= c->scope_last;
	if (hit->first_token > c->token)
		return hit->first_token <= c->scope_last && !has_opinion(t, c, hit->first_token);
	/* the hit stands before the word */
	if (c->ne < c->token)
		return hit->first_token > c->ne && !has_opinion(t, c, hit->first_token);
	if (!c->backwards || hit->first_token < c->scope_first)
		return false;
	for (uint32_t i = hit->last_token + 1; i < c->token; i++)
		if (!neg_is(t, i, L_BETWEEN))
			return false;
	return c->token - hit->last_token <= 3 && is_verbal(t, hit);
}

/* A denial says more than a condition; the nearest cue speaks. */
static const neg_cue *cue_of(const neg_text *t, const aur_hit *hit)
{
	const neg_cue *best = NULL;
	uint32_t best_far = UINT32_MAX;
	for (size_t i = 0; i < t->count; i++) {
		const neg_cue *c = &t->cues[i];
		if (!governs(t, c, hit))
			continue;
		uint32_t far = c->token < hit->first_token ? hit->first_token - c->token : c->token - hit->last_token;
		if (best == NULL || (best->conditional && !c->conditional) || (best->conditional == c->conditional && far < best_far)) {
			best = c;
			best_far = far;
		}
	}
	return best;
}

static aur_status apply(neg_text *t, uint32_t i, const aur_hit *hit)
{
	const neg_cue *c = cue_of(t, hit);
	if (c == NULL)
		return AUR_OK;
	uint32_t first = c->scope_first < t->from ? t->from : c->scope_first, last = c->scope_last;
	if (last < hit->last_token && hit->first_token <= last)
		last = hit->last_token;
	if (last < first)
		last = first;
	aur_status st = t->h->set_polarity(t->h, t->v, i, c->conditional ? AUR_CONDITIONAL : AUR_NEGATED, c->token, c->token, first, last);
	return st == AUR_E_NOMEM ? st : AUR_OK; /* refused: the entry has a polarity of its own */
}

static bool has_cue(const uint32_t *role, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i <= to; i++)
		if (role[i] & R_CUE)
			return true;
	return false;
}

static int by_first(const void *a, const void *b)
{
	const neg_hit *x = a, *y = b;
	if (x->hit.first_token != y->hit.first_token)
		return x->hit.first_token < y->hit.first_token ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* They come in order, nearly always. */
static void sort_by_first(neg_hit *x, size_t n)
{
	bool sorted = true;
	for (size_t i = 1; i < n && sorted; i++)
		sorted = by_first(&x[i - 1], &x[i]) < 0;
	if (!sorted)
		qsort(x, n, sizeof(*x), by_first);
}

/* The sentence, from *from on, that the token is in; a very long one is cut into pieces. */
static void sentence_of(const aur_view *v, uint32_t token, uint32_t *from, uint32_t *to)
{
	for (uint32_t i = *from;; i++)
		if ((v->flags[i] & AUR_TOK_SENTENCE_END) || i + 1 >= v->token_count || i - *from + 1 >= NEG_SENTENCE) {
			*to = i;
			if (i >= token)
				return;
			*from = i + 1;
		}
}

/* The hits whose polarity may change, by place, into w->hits. */
static aur_status take_hits(worker *w, const aur_host *h, const aur_view *v, size_t *count)
{
	*count = 0;
	if (v->hit_count > w->hit_cap) {
		neg_hit *p = realloc(w->hits, 2 * (size_t)v->hit_count * sizeof(*p));
		if (p == NULL)
			return no_memory(h);
		w->hits = p;
		w->hit_cap = 2 * (size_t)v->hit_count;
	}
	for (uint32_t i = 0; i < v->hit_count; i++) {
		neg_hit *x = &w->hits[*count];
		x->hit = (aur_hit){ .size = sizeof(x->hit) };
		x->number = i;
		aur_status st = h->hit_at(h, v, i, &x->hit);
		if (st < 0)
			return st;
		if (!(x->hit.flags & AUR_HIT_FIXED_POLARITY) && x->hit.first_token < v->token_count && x->hit.last_token < v->token_count)
			++*count;
	}
	sort_by_first(w->hits, *count);
	return AUR_OK;
}

static aur_status annotate(const aur_host *h, void *m, void *worker_, const aur_view *v, aur_hit_sink *o)
{
	worker *w = worker_;
	size_t count = 0, at = 0;
	(void)m, (void)o;
	if (v->hit_count == 0 || v->token_count == 0 || !has_cue(v->number, 0, v->token_count - 1))
		return AUR_OK;
	aur_status st = take_hits(w, h, v, &count);
	neg_text t = { .h = h, .v = v, .role = v->number, .cache = &w->cache, .cues = w->cues, .cap = w->cue_cap };
	while (at < count && st >= 0) {
		sentence_of(v, w->hits[at].hit.first_token, &t.from, &t.to);
		t.count = 0;
		if (has_cue(t.role, t.from, t.to))
			neg_find_cues(&t);
		if (t.no_memory)
			st = no_memory(h);
		for (; at < count && w->hits[at].hit.first_token <= t.to && st >= 0; at++)
			st = t.count > 0 ? apply(&t, w->hits[at].number, &w->hits[at].hit) : AUR_OK;
		if ((++w->polls & 63) == 0 && h->cancelled(h))
			st = AUR_E_CANCELLED;
		t.from = t.to + 1;
	}
	w->cues = t.cues;
	w->cue_cap = t.cap;
	return st < 0 ? st : AUR_OK;
}

static uint32_t label_count(void *m)
{
	(void)m;
	return 0;
}

static aur_status label(void *m, uint32_t i, aur_label *out)
{
	(void)m, (void)i, (void)out;
	return AUR_E_BUG;
}

/* The word lists are part of what is found. */
static const char *fingerprint(void *m)
{
	return ((const model *)m)->fingerprint;
}

static void model_close(void *m_)
{
	model *m = m_;
	free(m->words);
	free(m);
}

static aur_status model_open(const aur_host *h, const aur_config *c, void **out)
{
	model *m = calloc(1, sizeof(*m));
	(void)c;
	if (m == NULL || (m->words = neg_words_new()) == NULL) {
		free(m);
		return no_memory(h);
	}
	snprintf(m->fingerprint, sizeof(m->fingerprint), VERSION " %016llx", (unsigned long long)neg_words_hash());
	*out = m;
	return AUR_OK;
}

static const aur_annotator_ops ops = { .size = sizeof(ops), .flags = AUR_ANN_ON_HITS, .classify = classify, .annotate = annotate,
	                               .label_count = label_count, .label = label };
static const aur_component annotator = {
	.size = sizeof(annotator),
	.kind = AUR_ANNOTATOR,
	.id = "annotate-negation",
	.version = VERSION,
	.summary = "says which themes are denied, or hold under a condition",
	.open = model_open,
	.fingerprint = fingerprint,
	.worker_new = worker_new,
	.worker_free = worker_free,
	.close = model_close,
	.ops = &ops,
};
static const aur_component *const components[] = { &annotator };
static const aur_plugin plugin = { .size = sizeof(plugin), .abi_major = AUR_ABI_MAJOR, .abi_minor = 0, .name = "annotate-negation",
	                           .vendor = "auricule", .license = "Apache-2.0", .component_count = 1, .components = components };

const aur_plugin *aur_plugin_v1(void)
{
	return &plugin;
}
