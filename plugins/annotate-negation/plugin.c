/* SPDX-License-Identifier: Apache-2.0 */
/* plugin.c - annotate-negation: decides which hits of earlier annotators are denied, and which hold under a condition.  It runs
 * only on contributions with hits; hits whose entry sets its own polarity are left as they are. */
#include "../common/component.h"
#include "negation.h"
#include "weights.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERSION "1.22.1"

enum { ASKED = 8 }; /* words of a question that only names something, at most */

typedef struct model {
	neg_words *words;
	neg_evidence *evidence; /* NULL: evidence is switched off */
	char fingerprint[64];
} model;

typedef struct worker {
	neg_cache cache;
	neg_cue *cues;
	size_t cue_cap;
	neg_hit *hits; /* all hits, then the open ones: neg_hits */
	aur_str *theme; /* the root themes of the current contribution */
	uint32_t *of_theme, *seen; /* by theme: open hits; hits numbered so far */
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
	w->cache.evidence = ((const model *)m)->evidence;
	w->cache.fold = h->layer_index(h, "fold");
	*out = w;
	return AUR_OK;
}

static void worker_free(void *worker_)
{
	worker *w = worker_;
	if (w == NULL)
		return;
	free(w->cache.of);
	free(w->cache.sets);
	free(w->cues);
	free(w->hits);
	free(w->theme);
	free(w->of_theme);
	free(w->seen);
	free(w);
}

static uint32_t classify(const aur_host *h, void *m, void *worker_, const aur_form *f)
{
	const worker *w = worker_;
	(void)h, (void)m;
	return neg_role(w->cache.words, neg_value(&w->cache, f), f->flags & AUR_TOK_PUNCT);
}

static uint32_t roles(const uint32_t *role, uint32_t from, uint32_t to)
{
	uint32_t all = 0;
	for (uint32_t i = from; i <= to; i++)
		all |= role[i];
	return all;
}

/* Is there a word in [from, to] that may say that all is well, whatever else stands there?  Asked where no word is a cue. */
static bool may_be_well(const neg_text *t, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i <= to; i++)
		if (is(t, i, L_MAY_BE_WELL))
			return true;
	return neg_may_be_had(t->role, from, to);
}

static int by_first(const void *a, const void *b)
{
	const neg_hit *x = a, *y = b;
	if (x->hit.first_token != y->hit.first_token)
		return x->hit.first_token < y->hit.first_token ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* They are nearly always sorted already. */
static void sort_by_first(neg_hit *x, size_t n)
{
	bool sorted = true;
	for (size_t i = 1; i < n && sorted; i++)
		sorted = by_first(&x[i - 1], &x[i]) < 0;
	if (!sorted)
		qsort(x, n, sizeof(*x), by_first);
}

/* Sets [*from, *to] to the sentence, from *from on, that has the token; a very long sentence is cut into pieces. */
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

static bool room_for(worker *w, size_t hits)
{
	if (hits <= w->hit_cap)
		return true;
	size_t cap = 2 * hits;
	neg_hit *p = realloc(w->hits, 2 * cap * sizeof(*p));
	w->hits = p != NULL ? p : w->hits;
	aur_str *theme = realloc(w->theme, cap * sizeof(*theme));
	w->theme = theme != NULL ? theme : w->theme;
	uint32_t *of = realloc(w->of_theme, cap * sizeof(*of)), *seen = realloc(w->seen, cap * sizeof(*seen));
	w->of_theme = of != NULL ? of : w->of_theme;
	w->seen = seen != NULL ? seen : w->seen;
	if (p == NULL || theme == NULL || of == NULL || seen == NULL)
		return false;
	w->hit_cap = cap;
	return true;
}

/* Number of the root theme of a hit; *themes counts them. */
static uint32_t theme_of(worker *w, const aur_host *h, const aur_view *v, uint32_t hit, uint32_t *themes)
{
	aur_label l = { .size = sizeof(l) };
	uint32_t i = 0;
	if (h->hit_label(h, v, hit, &l) < 0)
		l.theme = (aur_str){ "", 0 };
	const char *dot = memchr(l.theme.ptr, '.', l.theme.len);
	if (dot != NULL)
		l.theme.len = (size_t)(dot - l.theme.ptr);
	while (i < *themes && (w->theme[i].len != l.theme.len || memcmp(w->theme[i].ptr, l.theme.ptr, l.theme.len) != 0))
		i++;
	if (i == *themes) {
		w->theme[i] = l.theme;
		w->of_theme[i] = w->seen[i] = 0;
		++*themes;
	}
	return i;
}

/* Collects all hits, and those whose polarity may change, sorted by token.  *denied: some hit is denied by its entry. */
static aur_status take_hits(worker *w, const aur_host *h, const aur_view *v, neg_hits *out, bool *denied)
{
	*denied = false;
	if (!room_for(w, v->hit_count))
		return no_memory(h);
	*out = (neg_hits){ .all = w->hits, .all_count = v->hit_count, .open = w->hits + v->hit_count, .of_theme = w->of_theme };
	for (uint32_t i = 0; i < v->hit_count; i++) {
		neg_hit *x = &out->all[i];
		*x = (neg_hit){ .hit.size = sizeof(x->hit), .number = i };
		aur_status st = h->hit_at(h, v, i, &x->hit);
		if (st < 0)
			return st;
		*denied |= x->hit.polarity == AUR_NEGATED;
		if (!(x->hit.flags & AUR_HIT_FIXED_POLARITY) && x->hit.first_token < v->token_count && x->hit.last_token < v->token_count)
			out->open[out->count++] = *x;
	}
	sort_by_first(out->open, out->count);
	return AUR_OK;
}

/* Numbers the themes, and the hits of each. */
static void number_themes(worker *w, const aur_host *h, const aur_view *v, neg_hits *hits)
{
	uint32_t themes = 0;
	for (size_t i = 0; i < hits->all_count; i++) {
		neg_hit *x = &hits->all[i];
		x->theme = theme_of(w, h, v, x->number, &themes);
		x->nth = w->seen[x->theme]++;
	}
	for (size_t i = 0; i < hits->count; i++) {
		neg_hit *x = &hits->open[i];
		x->theme = hits->all[x->number].theme;
		x->nth = w->of_theme[x->theme]++;
	}
}

/* Decides hits[0..count), all of one sentence.  A short question may have its answer in the next sentence. */
static aur_status of_sentence(worker *w, neg_text *t, const neg_hit *hits, size_t count)
{
	uint32_t all = roles(t->role, t->from, t->to), from = t->to + 1, to;
	bool lack_only = true, asked = false;
	aur_status st = AUR_OK;
	for (size_t i = 0; i < count; i++)
		lack_only = lack_only && !neg_is_burden(t, &hits[i].hit);
	t->count = 0;
	if ((all & (lack_only ? R_MATTER | R_SECOND | R_SANS | R_NON | R_NI | R_SPARED : R_CUE)) || may_be_well(t, t->from, t->to))
		neg_find_cues(t, lack_only);
	if (is(t, t->to, L_ASK) && t->to - t->from <= ASKED && from < t->v->token_count) {
		sentence_of(t->v, from, &from, &to);
		if (to == from + 1 && is(t, from, L_PRONOUN) && is(t, to, L_ASK) && to + 1 < t->v->token_count) {
			from = to + 1; /* Endetté ? Moi ? */
			sentence_of(t->v, from, &from, &to);
		}
		asked = (roles(t->role, from, to) & (R_NON | R_SECOND | R_MATTER | R_SPARED)) != 0 || is(t, from, L_EASY) || may_be_well(t, from, to);
	}
	if (!asked && from < t->v->token_count && (is(t, from, L_TURNED) || (t->role[from] & (R_NON | R_RIEN | R_PAS | R_SPARED)) || is(t, from, L_BETWEEN) || is(t, from, L_INTERJECTION))) {
		sentence_of(t->v, from, &from, &to);
		neg_turned_out(t, from, to);
		neg_not_me_then(t, from, to);
	}
	if (t->no_memory)
		return no_memory(t->h);
	for (size_t i = 0; i < count && st >= 0; i++) {
		uint32_t answer = asked ? neg_answer(t, from, to, !neg_is_burden(t, &hits[i].hit)) : NEG_NONE;
		if (answer != NEG_NONE)
			st = neg_say(t, hits[i].number, AUR_NEGATED, answer, answer, t->from, t->to);
		else if (t->count > 0)
			st = neg_apply(t, hits[i].number, &hits[i].hit);
	}
	if (st >= 0 && t->count > 0)
		st = neg_deny_had(t, hits, count);
	return (++w->polls & 63) == 0 && t->h->cancelled(t->h) ? AUR_E_CANCELLED : st;
}

/* Are all of these hits denied by now? */
static bool all_denied(const aur_host *h, const aur_view *v, const neg_hit *hits, size_t count)
{
	aur_hit x = { .size = sizeof(x) };
	for (size_t i = 0; i < count; i++)
		if (h->hit_at(h, v, hits[i].number, &x) < 0 || x.polarity != AUR_NEGATED)
			return false;
	return count > 0;
}

/* Denies hits[at..end), all of one sentence, if it says « non plus » and those of the sentence before it, hits[before..at), are denied.  Where
 * they are no matter (« aucun souci »), it does not count either whether these are lacked; « Des dettes j'en ai pas. Des amis non plus. » */
static aur_status likewise(const neg_text *t, const neg_hit *hits, size_t before, size_t at, size_t end, uint32_t from)
{
	uint32_t non = neg_likewise(t);
	aur_status st = AUR_OK;
	if (non == NEG_NONE || !all_denied(t->h, t->v, hits + before, at - before))
		return AUR_OK;
	bool matter = (roles(t->role, from, t->from - 1) & R_MATTER) != 0;
	for (size_t i = at; i < end && st >= 0; i++)
		if (matter || neg_is_burden(t, &hits[i].hit))
			st = neg_say(t, hits[i].number, AUR_NEGATED, non, t->to, t->from, t->to);
	return st;
}

static aur_status annotate(const aur_host *h, void *m, void *worker_, const aur_view *v, aur_hit_sink *o)
{
	worker *w = worker_;
	bool weigh = w->cache.evidence != NULL;
	neg_hits hits;
	size_t at = 0, end, before = 0; /* before: the first hit of the sentence before, of tokens `from` to `last` */
	uint32_t from = 0, last = 0;
	(void)m, (void)o;
	if (v->hit_count == 0 || v->token_count == 0)
		return AUR_OK;
	neg_text t = { .h = h, .v = v, .role = v->number, .cache = &w->cache, .cues = w->cues, .cap = w->cue_cap };
	/* prefetches what is cached for each word; cache.of may still be NULL */
	for (uint32_t i = 0; i < v->token_count; i++)
		__builtin_prefetch((const void *)((uintptr_t)w->cache.of + v->form[i] * sizeof(*w->cache.of)));
	bool cues = (roles(v->number, 0, v->token_count - 1) & R_CUE) != 0 || may_be_well(&t, 0, v->token_count - 1);
	bool denied, weighed = false, looks = cues || weigh;
	if (!looks && v->hit_count == 1)
		return AUR_OK;
	aur_status st = take_hits(w, h, v, &hits, &denied);
	if (st < 0 || (!looks && !denied))
		return st;
	bool numbered = cues || (weigh && hits.count > 1);
	if (numbered) /* the rules need the numbers, and so does a match beside another; otherwise only a denial does, see below */
		number_themes(w, h, v, &hits);
	for (; looks && at < hits.count && st >= 0; at = end) {
		sentence_of(v, hits.open[at].hit.first_token, &t.from, &t.to);
		bool follows = at > 0 && t.from == last + 1;
		for (end = at; end < hits.count && hits.open[end].hit.first_token <= t.to;)
			end++;
		if (cues)
			st = of_sentence(w, &t, hits.open + at, end - at);
		if (weigh && st >= 0)
			st = neg_weigh(&t, hits.open + at, end - at, &weighed);
		if (cues && follows && st >= 0)
			st = likewise(&t, hits.open, before, at, end, from);
		before = at;
		from = t.from;
		last = t.to;
		t.from = t.to + 1;
	}
	w->cues = t.cues;
	w->cue_cap = t.cap;
	if (st < 0 || (!cues && !denied && !weighed))
		return st;
	if (!numbered)
		number_themes(w, h, v, &hits);
	st = neg_deny_within(h, v, &hits);
	if (st >= 0)
		st = neg_deny_named(&t, &hits);
	return st < 0 ? st : neg_deny_leaning(h, v, &hits);
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

/* Includes the word lists, as the results depend on them. */
static const char *fingerprint(void *m)
{
	return ((const model *)m)->fingerprint;
}

static void model_close(void *m_)
{
	model *m = m_;
	free(m->words);
	free(m->evidence);
	free(m);
}

static aur_status model_open(const aur_host *h, const aur_config *c, void **out)
{
	const char *evidence = h->conf_str(h, c, "evidence", "yes");
	if (strcmp(evidence, "yes") != 0 && strcmp(evidence, "no") != 0)
		return h->fail(h, AUR_E_CONFIG, _("annotate-negation: « evidence » must be yes or no"));
	model *m = calloc(1, sizeof(*m));
	bool weigh = strcmp(evidence, "yes") == 0;
	if (m == NULL || (m->words = neg_words_new()) == NULL || (weigh && (m->evidence = neg_evidence_new()) == NULL)) {
		if (m != NULL)
			free(m->words);
		free(m);
		return no_memory(h);
	}
	snprintf(m->fingerprint, sizeof(m->fingerprint), VERSION " %016llx %s", (unsigned long long)neg_words_hash(), weigh ? neg_weights_made : "no evidence");
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

EXPORT_PLUGIN("annotate-negation", &annotator);
