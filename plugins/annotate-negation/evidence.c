/* SPDX-License-Identifier: Apache-2.0 */
/* evidence.c - finds that no rule speaks of are denied where the words around them are those that people deny with: « la honte ? ça m'a
 * passé », « les sanctions, ça ne me parle pas, personne ne m'en a collé ».  A logistic regression: the logit of « it is denied » is the sum of a weight for
 * each word and place, and for pairs of words (weights.c, learnt by tests/gold/learn.py, which sees the same). */
#include "negation.h"
#include "weights.h"
#include <stdlib.h>
#include <string.h>

enum {
	ENOUGH = 2 * NEG_LOGIT,  /* a find is denied above it: see tests/gold/README.md */
	NEAR = 4,                /* words beside a find whose distance counts */
	CLAUSES = 2,             /* that of the find and the next one */
	ANSWER = 3               /* words behind a question that are looked at */
};

/* Rows of neg_weights, as forms are remembered with: the number of the row, from 1. */
enum { UNSEEN = 0, UNKNOWN = UINT16_MAX };

enum { SLOTS = 1 << 14 };
struct neg_evidence {
	uint16_t pair[SLOTS]; /* by their words: places in neg_pairs, from 1; 0 = free */
};

typedef struct sentence {
	uint32_t from, to;
	const neg_weight *row[NEG_SENTENCE]; /* NULL: nothing is known of the word */
	const neg_pair *pair[NEG_SENTENCE];  /* of a word and the next one; NULL: nothing is known */
	uint16_t ends[NEG_SENTENCE + 1];     /* words that end a clause, before each */
	int32_t answer;                      /* what the words behind it weigh, where it asks */
} sentence;

/* A find, while it is weighed. */
typedef struct scales {
	int32_t sum, most; /* most: of the word outside of the find that speaks most for its denial */
	uint32_t cue;
} scales;

static uint32_t slot_of(uint32_t first, uint32_t second)
{
	return ((first << 16 | second) * UINT32_C(0x9e3779b1)) >> 18;
}
_Static_assert(SLOTS == 1 << (32 - 18), "slot_of gives that many slots");

neg_evidence *neg_evidence_new(void)
{
	neg_evidence *e = neg_pair_count <= SLOTS / 2 ? calloc(1, sizeof(*e)) : NULL;
	for (uint32_t i = 0; e != NULL && i < neg_pair_count; i++) {
		uint32_t slot = slot_of(neg_pairs[i].first, neg_pairs[i].second);
		while (e->pair[slot] != 0)
			slot = (slot + 1) % SLOTS;
		e->pair[slot] = (uint16_t)(i + 1);
	}
	return e;
}

static const neg_pair *pair_of(const neg_evidence *e, const neg_weight *a, const neg_weight *b)
{
	if (a == NULL || b == NULL)
		return NULL;
	uint32_t first = (uint32_t)(a - neg_weights), second = (uint32_t)(b - neg_weights);
	for (uint32_t slot = slot_of(first, second); e->pair[slot] != 0; slot = (slot + 1) % SLOTS) {
		const neg_pair *p = &neg_pairs[e->pair[slot] - 1];
		if (p->first == first && p->second == second)
			return p;
	}
	return NULL;
}

static uint16_t row_of(aur_str s)
{
	uint32_t low = 0, high = neg_weight_count;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		const char *word = neg_weights[mid].word;
		int order = strncmp(word, s.ptr, s.len);
		if (order == 0 && word[s.len] == 0)
			return (uint16_t)(mid + 1);
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return UNKNOWN;
}

static uint16_t look(const neg_text *t, uint32_t token)
{
	neg_cache *c = t->cache;
	uint32_t id = t->v->form[token];
	if (id < c->row_cap && c->rows[id] != UNSEEN)
		return c->rows[id];
	aur_form f = { .size = sizeof(f) };
	t->h->form_at(t->h, t->v, token, &f);
	uint16_t row = row_of(neg_value(c, &f));
	if (id >= c->row_cap) {
		size_t cap = 2 * ((size_t)id + 512);
		uint16_t *p = realloc(c->rows, cap * sizeof(*p));
		if (p == NULL)
			return row; /* asked again the next time: slower, and right */
		memset(p + c->row_cap, 0, (cap - c->row_cap) * sizeof(*p));
		c->rows = p;
		c->row_cap = cap;
	}
	return c->rows[id] = row;
}

static const neg_weight *weight_of(const neg_text *t, uint32_t token)
{
	uint16_t row = look(t, token);
	return row == UNKNOWN ? NULL : &neg_weights[row - 1];
}

static void read_sentence(sentence *s, const neg_text *t)
{
	uint32_t n = t->to - t->from + 1;
	s->from = t->from;
	s->to = t->to;
	s->ends[0] = 0;
	for (uint32_t i = 0; i < n; i++) {
		s->row[i] = weight_of(t, t->from + i);
		s->ends[i + 1] = (uint16_t)(s->ends[i] + (s->row[i] != NULL && (s->row[i]->is & NEG_ENDS_CLAUSE)));
	}
	for (uint32_t i = 0; i + 1 < n; i++)
		s->pair[i] = pair_of(t->cache->evidence, s->row[i], s->row[i + 1]);
	s->pair[n - 1] = NULL;
	s->answer = 0;
	bool asks = s->row[n - 1] != NULL && (s->row[n - 1]->is & NEG_ASKS);
	for (uint32_t i = t->to + 1; asks && i < t->v->token_count && i <= t->to + ANSWER; i++) {
		const neg_weight *w = weight_of(t, i);
		s->answer += w != NULL ? w->at[NEG_ANSWERS] : 0;
	}
}

static inline const neg_weight *at(const sentence *s, uint32_t token)
{
	return s->row[token - s->from];
}

/* What the pair of a token and the one behind it weighs. */
static inline int32_t pair(const sentence *s, uint32_t token, neg_pair_place place)
{
	const neg_pair *p = s->pair[token - s->from];
	return p != NULL ? p->at[place] : 0;
}

static void put(scales *x, uint32_t token, int32_t weight)
{
	x->sum += weight;
	if (weight > x->most || x->cue == NEG_NONE) {
		x->most = weight;
		x->cue = token;
	}
}

/* The words of one side, [from, to), the nearest being at `nearest`.  Does one of the find's own clause negate? */
static bool weigh_side(scales *x, const sentence *s, uint32_t from, uint32_t to, uint32_t nearest)
{
	bool behind = nearest == from, negates = false;
	for (uint32_t i = from; i < to; i++) {
		const neg_weight *w = at(s, i);
		int32_t sum = 0;
		uint32_t far = behind ? i - from : nearest - i;
		uint32_t clause = behind ? (uint32_t)(s->ends[i + 1 - s->from] - s->ends[from - s->from])
		                         : (uint32_t)(s->ends[to - s->from] - s->ends[i - s->from]);
		if (w != NULL) {
			if (clause < CLAUSES)
				sum += w->at[(behind ? NEG_BEHIND : NEG_BEFORE) + clause];
			if (far < NEAR)
				sum += w->at[(behind ? NEG_NEAR_BEHIND : NEG_NEAR_BEFORE) + (far < 2 ? far : 2)];
			negates = negates || (clause == 0 && (w->is & NEG_NEGATES));
		}
		if (i + 1 < to)
			sum += pair(s, i, behind ? NEG_PAIR_BEHIND : NEG_PAIR_BEFORE);
		put(x, i, sum);
	}
	return negates;
}

static scales weigh(const sentence *s, const aur_hit *hit)
{
	uint32_t first = hit->first_token, last = hit->last_token < s->to ? hit->last_token : s->to, words = last - first;
	scales x = { .sum = neg_weight_of_all + neg_weight_of_words[words < 3 ? words : 3] + s->answer, .cue = NEG_NONE };
	if (hit->flags & AUR_HIT_LACK_COUNTS)
		x.sum += neg_weight_of_lack;
	bool before = first > s->from && weigh_side(&x, s, s->from, first, first - 1);
	bool behind = last < s->to && weigh_side(&x, s, last + 1, s->to + 1, last + 1);
	for (uint32_t i = first; i <= last; i++) {
		const neg_weight *w = at(s, i);
		if (w != NULL)
			x.sum += w->at[NEG_WITHIN] + (before ? w->at[NEG_WITHIN_BEFORE] : 0) + (behind ? w->at[NEG_WITHIN_BEHIND] : 0);
	}
	if (first > s->from)
		x.sum += pair(s, first - 1, NEG_PAIR_EDGE);
	if (last < s->to)
		x.sum += pair(s, last, NEG_PAIR_EDGE);
	return x;
}

aur_status neg_weigh(const neg_text *t, const neg_hit *hits, size_t count, bool *denied)
{
	sentence s;
	bool read = false;
	for (size_t i = 0; i < count; i++) {
		aur_hit now = { .size = sizeof(now) };
		aur_status st = t->h->hit_at(t->h, t->v, hits[i].number, &now);
		if (st < 0)
			return st;
		if (now.polarity != AUR_ASSERTED)
			continue;
		if (!read)
			read_sentence(&s, t);
		read = true;
		scales x = weigh(&s, &now);
		if (x.sum <= ENOUGH)
			continue;
		*denied = true;
		uint32_t cue = x.cue != NEG_NONE ? x.cue : now.first_token;
		st = neg_say(t, hits[i].number, AUR_NEGATED, cue, cue, now.first_token, now.last_token);
		if (st < 0)
			return st;
	}
	return AUR_OK;
}
