/* SPDX-License-Identifier: Apache-2.0 */
/* negation.c - annotate-negation: says of the hits of the annotators before it which are denied and which hold under a condition.
 * Runs on contributions with hits alone; hits whose polarity is their entry's own are left as they are. */
#include "negation.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERSION "1.4.0"

enum {
	ASKED = 8,    /* words of a question that only names something, at most */
	LEANING = 200 /* hits of a contribution, beyond which none is held against the others */
};

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
	bool says = false; /* « je ne peux pas dire qu'on m'ait mal reçue » */
	if (neg_is(t, neg_after(t, c->token), L_COMME))
		return false; /* « ils ne me voient pas comme un assisté » */
	for (uint32_t i = to; i-- > c->verb;) {
		says |= neg_is(t, i, L_SAY);
		if (i != c->token && (((t->role[i] & R_OPINION) && !(says && neg_is(t, i, L_CAN))) ||
		                      (neg_is(t, i, L_MANAGE) && !neg_is(t, neg_before(t, i), L_IS) && !neg_is(t, neg_before(t, neg_before(t, i)), L_IS))))
			return true;
	}
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

/* « on ne m'a pas parlé de ma radiation », « il ne cache pas son mépris »: whose it is, it is there. */
static bool is_owned(const neg_text *t, const aur_hit *hit)
{
	uint32_t whose = neg_before(t, hit->first_token), p = neg_before(t, whose);
	return neg_is(t, whose, L_WHOSE) && !neg_plays(t, p, R_SUBJECT | R_SECOND | R_NE | R_QUI | R_QUE); /* « on ma jugé »: m'a */
}

/* « jamais je n'ai été autant humiliée », « rien de plus humiliant » */
static bool is_most(const neg_text *t, const neg_cue *c, uint32_t first)
{
	uint32_t p = neg_before(t, first);
	return p != c->token && (neg_is(t, p, L_AS) || (neg_plays(t, p, R_PLUS) && neg_plays(t, c->token, R_PAS | R_RIEN)));
}

static bool governs(const neg_text *t, const neg_cue *c, const aur_hit *hit)
{
	if ((hit->flags & AUR_HIT_LACK_COUNTS) && !c->no_matter)
		return false; /* « pas de bus » */
	if (c->wish && !(hit->flags & AUR_HIT_LACK_COUNTS))
		return false; /* « je ne veux pas de sanction »: there are some */
	if (c->whole && c->token == hit->first_token && hit->last_token <= c->scope_last)
		return true;
	if (c->token >= hit->first_token && c->token <= hit->last_token) /* within: the entry knows, or a gap of it let the word in */
		return (hit->flags & AUR_HIT_LOOSE) && !c->conditional && (t->role[c->token] & (R_PAS | R_PLUS | R_JAMAIS | R_RIEN | R_NI));
	if (c->ne < c->token && c->ne > hit->first_token && c->ne <= hit->last_token)
		return (hit->flags & AUR_HIT_LOOSE) && !c->conditional && !c->named; /* les gens du quartier ne me jugent … pas */
	if (c->named)
		return hit->first_token >= c->scope_first && hit->first_token <= c->scope_last;
	if (!c->conditional && is_owned(t, hit))
		return false;
	if (c->conditional)
		return hit->first_token >= c->scope_first && hit->first_token <= c->scope_last;
	if (hit->first_token > c->token)
		return hit->first_token <= c->scope_last && !has_opinion(t, c, hit->first_token) && !is_most(t, c, hit->first_token);
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

/* « à condition de ne pas nous juger », « si on ne me juge pas »: the denial stands under the condition. */
static bool under(const neg_text *t, const neg_cue *condition, const neg_cue *denial)
{
	return condition->conditional && !denial->conditional && neg_plays(t, condition->token, R_SI | R_COND) && condition->token < denial->ne &&
	       denial->token <= condition->scope_last;
}

/* A denial says more than a condition that it does not stand under; the nearest cue speaks. */
static const neg_cue *cue_of(const neg_text *t, const aur_hit *hit)
{
	const neg_cue *best = NULL;
	uint32_t best_far = UINT32_MAX;
	for (size_t i = 0; i < t->count; i++) {
		const neg_cue *c = &t->cues[i];
		if (!governs(t, c, hit))
			continue;
		uint32_t far = c->token < hit->first_token ? hit->first_token - c->token : c->token - hit->last_token;
		bool hangs = best != NULL && under(t, best, c);
		if (hangs || (best != NULL && under(t, c, best))) {
			if (!hangs) {
				best = c;
				best_far = far;
			}
			continue;
		}
		if (best == NULL || (best->conditional && !c->conditional) || (best->conditional == c->conditional && far < best_far)) {
			best = c;
			best_far = far;
		}
	}
	return best;
}

static aur_status set(const neg_text *t, uint32_t i, aur_polarity p, uint32_t cue_first, uint32_t cue_last, uint32_t first, uint32_t last)
{
	aur_status st = t->h->set_polarity(t->h, t->v, i, p, cue_first, cue_last, first, last);
	return st == AUR_E_NOMEM ? st : AUR_OK; /* refused: the entry has a polarity of its own */
}

static aur_status apply(neg_text *t, uint32_t i, const aur_hit *hit)
{
	const neg_cue *c = cue_of(t, hit);
	if (c == NULL)
		return AUR_OK;
	uint32_t first = c->scope_first < t->from ? t->from : c->scope_first, last = c->scope_last;
	if (last < hit->last_token && hit->first_token <= last && !(hit->flags & AUR_HIT_LOOSE))
		last = hit->last_token;
	if (last < first)
		last = first;
	return set(t, i, c->conditional ? AUR_CONDITIONAL : AUR_NEGATED, c->token, c->last, first, last);
}

static uint32_t roles(const uint32_t *role, uint32_t from, uint32_t to)
{
	uint32_t all = 0;
	for (uint32_t i = from; i <= to; i++)
		all |= role[i];
	return all;
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

/* ---- hits that lean on others ---- */

static aur_str root_theme(const aur_host *h, const aur_view *v, uint32_t i)
{
	aur_label l = { .size = sizeof(l) };
	if (h->hit_label(h, v, i, &l) < 0)
		return (aur_str){ NULL, 0 };
	const char *dot = memchr(l.theme.ptr, '.', l.theme.len);
	if (dot != NULL)
		l.theme.len = (size_t)(dot - l.theme.ptr);
	return l.theme;
}

/* « Aucun problème pour me déplacer, j'habite au centre »: « habite » spoke of mobility only because of the other one, which is denied.
 * hit[i] leans; the denied hit of its theme that it leans on alone, or NULL. */
static const neg_hit *leans_on(const aur_host *h, const aur_view *v, const neg_hit *hits, size_t count, size_t i)
{
	aur_str theme = root_theme(h, v, hits[i].number);
	const neg_hit *denied = NULL;
	for (size_t k = 0; k < count; k++) {
		const neg_hit *x = &hits[k];
		bool leans = (x->hit.flags & AUR_HIT_LEANS) != 0;
		if (k == i || (leans && x->hit.label == hits[i].hit.label))
			continue;
		aur_str other = root_theme(h, v, x->number);
		if (other.len != theme.len || memcmp(other.ptr, theme.ptr, theme.len) != 0)
			continue;
		if (x->hit.polarity != AUR_NEGATED) {
			if (leans)
				continue; /* says no more by itself than this one */
			return NULL;
		}
		if (!leans)
			denied = x;
	}
	return denied;
}

/* Is there another hit of its theme that leans, by another entry, and is not denied?  Then the two of them may be enough. */
static bool hits_lean_together(const aur_host *h, const aur_view *v, const neg_hit *hits, size_t count, size_t i)
{
	aur_str theme = root_theme(h, v, hits[i].number);
	for (size_t k = 0; k < count && k < LEANING; k++) {
		const aur_hit *x = &hits[k].hit;
		if (k == i || !(x->flags & AUR_HIT_LEANS) || x->polarity == AUR_NEGATED || x->label == hits[i].hit.label)
			continue;
		aur_str other = root_theme(h, v, hits[k].number);
		if (other.len == theme.len && memcmp(other.ptr, theme.ptr, theme.len) == 0)
			return true;
	}
	return false;
}

static aur_status deny_leaning(worker *w, const aur_host *h, const aur_view *v, size_t count)
{
	bool leaning = false, denied = false;
	for (size_t i = 0; i < count; i++) {
		aur_status st = h->hit_at(h, v, w->hits[i].number, &w->hits[i].hit);
		if (st < 0)
			return st;
		denied |= w->hits[i].hit.polarity == AUR_NEGATED;
		leaning |= (w->hits[i].hit.flags & AUR_HIT_LEANS) && w->hits[i].hit.polarity != AUR_NEGATED;
	}
	for (size_t i = 0; i < count && i < LEANING && leaning && denied; i++) {
		const aur_hit *x = &w->hits[i].hit;
		if (!(x->flags & AUR_HIT_LEANS) || x->polarity == AUR_NEGATED)
			continue;
		const neg_hit *on = leans_on(h, v, w->hits, count < LEANING ? count : LEANING, i);
		if (on == NULL || (hits_lean_together(h, v, w->hits, count, i) && (x->first_token < on->hit.scope_first || x->last_token > on->hit.scope_last)))
			continue;
		aur_status st = h->set_polarity(h, v, w->hits[i].number, AUR_NEGATED, on->hit.cue_first, on->hit.cue_last, on->hit.scope_first,
		                                on->hit.scope_last);
		if (st == AUR_E_NOMEM)
			return st;
	}
	return AUR_OK;
}

/* « Aucun souci avec internet, j'ai la fibre »: that they have what is no matter says why. */
static bool is_had(const neg_text *t, const aur_hit *hit)
{
	uint32_t p = neg_before(t, hit->first_token);
	if (neg_plays(t, p, R_DET) && !neg_plays(t, p, R_AUX))
		p = neg_before(t, p);
	return neg_is(t, p, L_HAVE) && (neg_plays(t, p, R_SUBJECT) || neg_plays(t, neg_before(t, p), R_SUBJECT)) &&
	       !neg_plays(t, neg_before(t, neg_before(t, p)), R_SECOND | R_NE);
}

static aur_status deny_had(neg_text *t, const neg_hit *hits, size_t count)
{
	aur_status st = AUR_OK;
	const neg_cue *matter = NULL;
	for (size_t k = 0; k < t->count; k++)
		if (t->cues[k].no_matter && !t->cues[k].wish)
			matter = &t->cues[k];
	for (size_t i = 0; i < count && count < LEANING && matter != NULL && st >= 0; i++) {
		const aur_hit *x = &hits[i].hit;
		if (!(x->flags & AUR_HIT_LACK_COUNTS) || !is_had(t, x) || cue_of(t, x) != NULL)
			continue;
		aur_str theme = root_theme(t->h, t->v, hits[i].number);
		for (size_t k = 0; k < count && st >= 0; k++) {
			const neg_cue *c = cue_of(t, &hits[k].hit);
			if (k == i || c == NULL || !c->no_matter || c->wish)
				continue;
			aur_str other = root_theme(t->h, t->v, hits[k].number);
			if (other.len == theme.len && memcmp(other.ptr, theme.ptr, theme.len) == 0) {
				st = set(t, hits[i].number, AUR_NEGATED, c->token, c->last, x->first_token, x->last_token);
				break;
			}
		}
	}
	return st;
}

/* « pas de loyer en retard »: where the whole is denied, so is what another entry of the same theme finds within. */
static aur_status deny_within(const aur_host *h, const aur_view *v, const neg_hit *hits, size_t count)
{
	for (uint32_t i = 0; i < v->hit_count && i < LEANING && count < LEANING; i++) {
		aur_hit x = { .size = sizeof(x) };
		aur_status st = h->hit_at(h, v, i, &x);
		if (st < 0)
			return st;
		if (x.polarity != AUR_NEGATED || x.first_token == x.last_token)
			continue;
		uint32_t reach = (x.flags & AUR_HIT_FIXED_POLARITY) ? x.last_token : x.scope_last; /* « pas laissé m'expliquer avant de me radier » */
		for (size_t k = 0; k < count && hits[k].hit.first_token <= x.last_token; k++) {
			aur_hit in = { .size = sizeof(in) };
			const aur_hit *y = &hits[k].hit;
			bool within = y->first_token >= x.first_token && y->last_token <= x.last_token && y->first_token <= reach;
			bool around = y->first_token <= x.first_token && y->last_token >= x.last_token && (y->flags & AUR_HIT_LOOSE);
			if (hits[k].number == i || !(within || around))
				continue;
			st = h->hit_at(h, v, hits[k].number, &in);
			if (st < 0)
				return st;
			if (in.polarity == AUR_NEGATED)
				continue;
			aur_str theme = root_theme(h, v, i), other = root_theme(h, v, hits[k].number);
			if (other.len != theme.len || memcmp(other.ptr, theme.ptr, theme.len) != 0)
				continue;
			st = h->set_polarity(h, v, hits[k].number, AUR_NEGATED, x.first_token, x.last_token, x.first_token, x.last_token);
			if (st == AUR_E_NOMEM)
				return st;
		}
	}
	return AUR_OK;
}

/* The hits hits[0..count) of one sentence.  A question of few words has its answer in the sentence behind it. */
static aur_status of_sentence(worker *w, neg_text *t, const neg_hit *hits, size_t count)
{
	uint32_t all = roles(t->role, t->from, t->to), from = t->to + 1, to;
	bool lack_only = true, asked = false;
	aur_status st = AUR_OK;
	for (size_t i = 0; i < count; i++)
		lack_only = lack_only && (hits[i].hit.flags & AUR_HIT_LACK_COUNTS);
	t->count = 0;
	if (all & (lack_only ? R_MATTER | R_SECOND | R_SANS | R_NON | R_NI | R_SPARED : R_CUE))
		neg_find_cues(t, lack_only);
	if (neg_is(t, t->to, L_ASK) && t->to - t->from <= ASKED && from < t->v->token_count) {
		sentence_of(t->v, from, &from, &to);
		asked = (roles(t->role, from, to) & (R_NON | R_SECOND | R_MATTER | R_SPARED)) != 0;
	}
	if (t->no_memory)
		return no_memory(t->h);
	for (size_t i = 0; i < count && st >= 0; i++) {
		uint32_t answer = asked ? neg_answer(t, from, to, hits[i].hit.flags & AUR_HIT_LACK_COUNTS) : NEG_NONE;
		if (answer != NEG_NONE)
			st = set(t, hits[i].number, AUR_NEGATED, answer, answer, t->from, t->to);
		else if (t->count > 0)
			st = apply(t, hits[i].number, &hits[i].hit);
	}
	if (st >= 0 && t->count > 0)
		st = deny_had(t, hits, count);
	return (++w->polls & 63) == 0 && t->h->cancelled(t->h) ? AUR_E_CANCELLED : st;
}

static aur_status annotate(const aur_host *h, void *m, void *worker_, const aur_view *v, aur_hit_sink *o)
{
	worker *w = worker_;
	size_t count = 0, at = 0, end;
	(void)m, (void)o;
	if (v->hit_count == 0 || v->token_count == 0 || !(roles(v->number, 0, v->token_count - 1) & R_CUE))
		return AUR_OK;
	aur_status st = take_hits(w, h, v, &count);
	neg_text t = { .h = h, .v = v, .role = v->number, .cache = &w->cache, .cues = w->cues, .cap = w->cue_cap };
	for (; at < count && st >= 0; at = end) {
		sentence_of(v, w->hits[at].hit.first_token, &t.from, &t.to);
		for (end = at; end < count && w->hits[end].hit.first_token <= t.to;)
			end++;
		st = of_sentence(w, &t, w->hits + at, end - at);
		t.from = t.to + 1;
	}
	w->cues = t.cues;
	w->cue_cap = t.cap;
	if (st >= 0)
		st = deny_within(h, v, w->hits, count);
	return st < 0 ? st : deny_leaning(w, h, v, count);
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

static const aur_annotator_ops ops = { .size = sizeof(ops), .flags = AUR_ANN_ON_HITS | AUR_ANN_TOKENS_ONLY | AUR_ANN_BY_THEME, .classify = classify, .annotate = annotate,
	                               .label_count = label_count, .label = label };
static const aur_component annotator = {
	.size = sizeof(annotator),
	.kind = AUR_ANNOTATOR,
	.id = "annotate-negation",
	.version = VERSION,
	.summary = N_("says which themes are denied, or hold under a condition"),
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
