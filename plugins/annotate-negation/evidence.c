/* SPDX-License-Identifier: Apache-2.0 */
/* evidence.c - decides hits by the words around them, where rules do not: « la honte ? ça m'a passé », « les sanctions, ça ne me
 * parle pas, personne ne m'en a collé ».  It also overrules a rule that denies a hit among words that nobody denies with: its « pas
 * » is probably far away.  A logistic regression: the logit of « it is denied » is the sum of a weight for each word and place, and
 * for pairs of words (weights.c, learnt by tests/gold/learn.py, which computes the same). */
#include "negation.h"
#include "weights.h"
#include <stdlib.h>
#include <string.h>

enum {
	ENOUGH = 3 * NEG_LOGIT / 4,  /* above this sum a hit is denied: see tests/gold/README.md */
	AGAINST = -4 * NEG_LOGIT, /* below this sum the rule that denied it is overruled */
	BESIDE = -NEG_LOGIT / 2, /* the same for a hit beside a denied one of its theme, in its sentence */
	FEW = 100,               /* hits of a sentence whose sums are kept for that */
	NEAR = 4,                /* words beside a hit whose distance counts */
	CLAUSES = 2,             /* that of the hit and the next one */
	ANSWER = 3,              /* words after a question that are looked at */
	HEAD = 4                 /* first letters by which a word without a row of its own is known */
};

/* neg_known.row: index into neg_weights + 1, or one of these. */
enum { UNSEEN = 0, UNKNOWN = UINT16_MAX };

enum { SLOTS = 1 << 14, SIEVE = 1 << 16 };
struct neg_evidence {
	uint64_t sieve[SIEVE / 64]; /* a bit per pair, by its hash: most pairs of words have no weights, and these bits stay in the cache */
	uint16_t pair[SLOTS]; /* hash table by the two words: index into neg_pairs + 1; 0 = free */
	uint16_t word[SLOTS]; /* hash table: index into neg_weights + 1; 0 = free */
};

typedef struct sentence {
	uint32_t from, to;
	const neg_weight *row[NEG_SENTENCE]; /* by token; NULL: the word has no weights */
	const neg_pair *pair[NEG_SENTENCE];  /* by token: of it and the next one; NULL: the pair has no weights */
	uint16_t ends[NEG_SENTENCE + 1];     /* how many words that end a clause come before each token */
	int32_t answer;                      /* sum of the weights of the words after a question… */
	uint32_t answer_last;                /* …up to this token */
	bool everybody;                      /* « Qui n'a jamais eu honte ? »: everybody had, so it is not denied */
} sentence;

/* The sum for one hit. */
typedef struct scales {
	int32_t sum;
	int32_t of[NEG_SENTENCE]; /* by token outside of the hit: its share of the sum, with that of the pair that it begins */
} scales;

static uint32_t hash_of(uint32_t first, uint32_t second)
{
	return (first << 16 | second) * UINT32_C(0x9e3779b1);
}
static uint32_t slot_of(uint32_t hash)
{
	return hash >> 18;
}
static uint32_t bit_of(uint32_t hash)
{
	return hash >> 16;
}
_Static_assert(SLOTS == 1 << (32 - 18) && SIEVE == 1 << (32 - 16), "slot_of and bit_of give that many");

/* The slot of a word, or the free one where it would be. */
static uint32_t slot_of_word(const neg_evidence *e, const char *p, size_t n)
{
	uint32_t hash = (uint32_t)n;
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)p[i]) * UINT32_C(16777619);
	uint32_t slot = slot_of(hash * UINT32_C(0x9e3779b1));
	while (e->word[slot] != 0) {
		const char *word = neg_weights[e->word[slot] - 1].word;
		if (strncmp(word, p, n) == 0 && word[n] == 0)
			break;
		slot = (slot + 1) % SLOTS;
	}
	return slot;
}

neg_evidence *neg_evidence_new(void)
{
	neg_evidence *e = neg_pair_count <= SLOTS / 2 && neg_weight_count <= SLOTS / 2 ? calloc(1, sizeof(*e)) : NULL;
	for (uint32_t i = 0; e != NULL && i < neg_weight_count; i++)
		e->word[slot_of_word(e, neg_weights[i].word, strlen(neg_weights[i].word))] = (uint16_t)(i + 1);
	for (uint32_t i = 0; e != NULL && i < neg_pair_count; i++) {
		uint32_t hash = hash_of(neg_pairs[i].first, neg_pairs[i].second), slot = slot_of(hash);
		while (e->pair[slot] != 0)
			slot = (slot + 1) % SLOTS;
		e->pair[slot] = (uint16_t)(i + 1);
		e->sieve[bit_of(hash) / 64] |= UINT64_C(1) << bit_of(hash) % 64;
	}
	return e;
}

static const neg_pair *pair_of(const neg_evidence *e, const neg_weight *a, const neg_weight *b)
{
	if (a == NULL || b == NULL)
		return NULL;
	uint32_t first = (uint32_t)(a - neg_weights), second = (uint32_t)(b - neg_weights), hash = hash_of(first, second);
	if (!(e->sieve[bit_of(hash) / 64] >> bit_of(hash) % 64 & 1))
		return NULL;
	for (uint32_t slot = slot_of(hash); e->pair[slot] != 0; slot = (slot + 1) % SLOTS) {
		const neg_pair *p = &neg_pairs[e->pair[slot] - 1];
		if (p->first == first && p->second == second)
			return p;
	}
	return NULL;
}

/* The row of a word, or UNKNOWN. */
static uint16_t row_of(const neg_evidence *e, aur_str s)
{
	uint16_t row = e->word[slot_of_word(e, s.ptr, s.len)];
	return row != 0 ? row : UNKNOWN;
}

/* The row of a word that has none: that of its first letters, « emba* »; or UNKNOWN. */
static uint16_t row_of_head(const neg_evidence *e, aur_str s)
{
	char head[HEAD + 1];
	if (s.len <= HEAD)
		return UNKNOWN;
	for (unsigned i = 0; i < HEAD; i++)
		if ((unsigned char)(head[i] = s.ptr[i]) >= 0x80)
			return UNKNOWN;
	head[HEAD] = '*';
	return row_of(e, (aur_str){ head, sizeof(head) });
}

/* The weights of a token's word, or NULL. */
static const neg_weight *weight_of(const neg_text *t, uint32_t token)
{
	neg_cache *c = t->cache;
	uint32_t id = t->v->form[token];
	uint16_t row = id < c->of_cap ? c->of[id].row : UNSEEN;
	if (row == UNSEEN) {
		neg_known *k = neg_remembered(c, id);
		aur_str word = neg_value_at(t, token);
		row = row_of(c->evidence, word);
		if (row == UNKNOWN)
			row = row_of_head(c->evidence, word);
		if (k != NULL)
			k->row = row;
	}
	return row == UNKNOWN ? NULL : &neg_weights[row - 1];
}

static void read_sentence(sentence *s, const neg_text *t)
{
	uint32_t n = t->to - t->from + 1;
	s->from = t->from;
	s->to = t->to;
	for (uint32_t i = 0; i < n; i++) { /* prefetch all rows before the first is read */
		s->row[i] = weight_of(t, t->from + i);
		__builtin_prefetch(s->row[i]);
	}
	for (uint32_t i = 0; i + 1 < n; i++)
		s->pair[i] = pair_of(t->cache->evidence, s->row[i], s->row[i + 1]);
	s->pair[n - 1] = NULL;
	s->ends[0] = 0;
	for (uint32_t i = 0; i < n; i++)
		s->ends[i + 1] = (uint16_t)(s->ends[i] + (s->row[i] != NULL && (s->row[i]->is & NEG_ENDS_CLAUSE)));
	s->answer = 0;
	bool asks = s->row[n - 1] != NULL && (s->row[n - 1]->is & NEG_ASKS);
	s->everybody = false;
	for (uint32_t i = t->from; asks && i <= t->to && (t->role[t->from] & R_QUI); i++)
		s->everybody |= (t->role[i] & (R_NE | R_JAMAIS)) != 0;
	for (uint32_t i = t->to + 1; asks && i < t->v->token_count && i <= t->to + ANSWER; i++) {
		const neg_weight *w = weight_of(t, i);
		s->answer += w != NULL ? w->at[NEG_ANSWERS] : 0;
		s->answer_last = i;
	}
}

static inline const neg_weight *at(const sentence *s, uint32_t token)
{
	return s->row[token - s->from];
}

/* The weight of a token and the next one as a pair. */
static inline int32_t pair(const sentence *s, uint32_t token, neg_pair_place place)
{
	const neg_pair *p = s->pair[token - s->from];
	return p != NULL ? p->at[place] : 0;
}

/* How many ends of clauses lie between the hit, which ends or begins at [from, to), and the word at `i` of that side. */
static uint32_t clauses_to(const sentence *s, bool behind, uint32_t from, uint32_t to, uint32_t i)
{
	return behind ? (uint32_t)(s->ends[i + 1 - s->from] - s->ends[from - s->from]) : (uint32_t)(s->ends[to - s->from] - s->ends[i - s->from]);
}

/* Does a word of the hit's own clause negate, on this side of it? */
static bool side_negates(const sentence *s, bool behind, uint32_t from, uint32_t to)
{
	for (uint32_t i = from; i < to; i++) {
		const neg_weight *w = at(s, i);
		if (w != NULL && (w->is & NEG_NEGATES) && clauses_to(s, behind, from, to, i) == 0)
			return true;
	}
	return false;
}

/* Adds the words of one side of the hit, [from, to).  Returns whether a word of the hit's own clause negates. */
static bool weigh_side(scales *x, const sentence *s, bool behind, uint32_t from, uint32_t to, bool lack)
{
	bool negates = side_negates(s, behind, from, to);
	for (uint32_t i = from; i < to; i++) {
		const neg_weight *w = at(s, i);
		int32_t sum = 0;
		uint32_t far = behind ? i - from : to - 1 - i;
		uint32_t clause = clauses_to(s, behind, from, to, i);
		if (w != NULL) {
			if (clause < CLAUSES)
				sum += w->at[(behind ? NEG_BEHIND : NEG_BEFORE) + clause] + (lack ? w->at[(behind ? NEG_BEHIND_LACK : NEG_BEFORE_LACK) + clause] : 0);
			if (clause == 0 && negates)
				sum += w->at[behind ? NEG_BEHIND_NEGATED : NEG_BEFORE_NEGATED];
			if (far < NEAR)
				sum += w->at[(behind ? NEG_NEAR_BEHIND : NEG_NEAR_BEFORE) + (far < 2 ? far : 2)];
		}
		if (i + 1 < to)
			sum += pair(s, i, behind ? NEG_PAIR_BEHIND : NEG_PAIR_BEFORE);
		x->sum += sum;
		x->of[i - s->from] = sum;
	}
	return negates;
}

static void weigh(scales *x, const sentence *s, const aur_hit *hit, uint32_t last)
{
	uint32_t first = hit->first_token, words = last - first;
	bool lack = (hit->flags & AUR_HIT_LACK_COUNTS) != 0;
	x->sum = neg_weight_of_all + neg_weight_of_words[words < 3 ? words : 3] + (lack ? neg_weight_of_lack : 0) + s->answer;
	bool before = first > s->from && weigh_side(x, s, false, s->from, first, lack);
	bool behind = last < s->to && weigh_side(x, s, true, last + 1, s->to + 1, lack);
	for (uint32_t i = first; i <= last; i++) {
		const neg_weight *w = at(s, i);
		if (w != NULL)
			x->sum += w->at[NEG_WITHIN] + (before ? w->at[NEG_WITHIN_BEFORE] : 0) + (behind ? w->at[NEG_WITHIN_BEHIND] : 0);
	}
	if (first > s->from)
		x->sum += pair(s, first - 1, NEG_PAIR_EDGE);
	if (last < s->to)
		x->sum += pair(s, last, NEG_PAIR_EDGE);
}

/* Chooses a cue to show for the denial of the hit [first, last]: the consecutive words outside of it, without punctuation between
 * them, with the largest sum, either in its sentence or in the answer to it; AUR_NO_TOKEN if no sum is above 0. */
static void speaks_most(const scales *x, const sentence *s, const neg_text *t, uint32_t first, uint32_t last, uint32_t *cue_first, uint32_t *cue_last)
{
	int32_t most = 0, sum = 0;
	uint32_t from = t->from;
	*cue_first = *cue_last = AUR_NO_TOKEN;
	if (s->answer > 0) {
		most = s->answer;
		*cue_first = t->to + 1;
		*cue_last = s->answer_last;
	}
	for (uint32_t i = t->from; i <= t->to; i++) {
		if ((t->role[i] & R_PUNCT) || (i >= first && i <= last)) {
			sum = 0;
			continue;
		}
		if (sum <= 0) {
			sum = 0;
			from = i;
		}
		sum += x->of[i - t->from];
		if (sum > most) {
			most = sum;
			*cue_first = from;
			*cue_last = i;
		}
	}
}

/* « J'étais sanctionné ; je ne suis plus jugé. » */
static bool are_apart(const neg_text *t, const aur_hit *a, const aur_hit *b)
{
	const aur_hit *first = a->first_token < b->first_token ? a : b, *second = first == a ? b : a;
	for (uint32_t i = first->last_token + 1; i < second->first_token; i++)
		if (t->role[i] & R_STOP)
			return true;
	return false;
}

/* « On m'a jamais rendu mon dossier, perdu entre deux bureaux » */
static bool is_bad(const neg_text *t, const aur_hit *hit)
{
	for (uint32_t i = hit->first_token; i <= hit->last_token; i++)
		if (is(t, i, L_BURDEN) || is(t, i, L_ILL))
			return true;
	return false;
}

/* A hit that was weighed. */
typedef struct weighed {
	int32_t sum;
	aur_polarity said;
} weighed;

/* « Nous laisser choisir le métier, j'ai pas envie de … »: a demand, in a clause of its own */
static bool is_demanded(const neg_text *t, const aur_hit *hit)
{
	if (!is(t, t->from, L_TO_ME) || !is(t, t->from + 1, L_INFINITIVE) || is(t, t->to, L_ASK))
		return false;
	for (uint32_t i = t->from; i < hit->first_token; i++)
		if (t->role[i] & (R_COMMA | R_STOP | R_NE | R_SECOND))
			return false;
	return true;
}

/* Is the asserted hit denied because that other one is? */
static bool goes_with(const neg_text *t, const neg_hit *hit, const neg_hit *denied)
{
	return denied->theme == hit->theme && !is_demanded(t, &hit->hit) && !are_apart(t, &hit->hit, &denied->hit) && !is_bad(t, &hit->hit) && !neg_is_upheld(t, &hit->hit, hit->hit.last_token);
}

/* Denies the asserted hits of a sentence that go with a denied one. */
static aur_status deny_beside(const neg_text *t, const neg_hit *hits, const weighed *w, size_t count, bool *denied)
{
	for (size_t i = 0; i < count; i++) {
		size_t k = w[i].said == AUR_ASSERTED && w[i].sum > BESIDE ? 0 : count;
		while (k < count && !(w[k].said == AUR_NEGATED && goes_with(t, &hits[i], &hits[k])))
			k++;
		if (k == count)
			continue;
		aur_status st = neg_say(t, hits[i].number, AUR_NEGATED, hits[k].hit.first_token, hits[k].hit.last_token, AUR_NO_TOKEN, AUR_NO_TOKEN);
		if (st < 0)
			return st;
		*denied = true;
	}
	return AUR_OK;
}

aur_status neg_weigh(const neg_text *t, const neg_hit *hits, size_t count, bool *denied)
{
	sentence s;
	scales x;
	weighed few[FEW], beyond;
	bool read = false, some = false;
	for (size_t i = 0; i < count; i++) {
		weighed *w = i < FEW ? &few[i] : &beyond;
		aur_hit now = { .size = sizeof(now) };
		aur_status st = t->h->hit_at(t->h, t->v, hits[i].number, &now);
		if (st < 0)
			return st;
		w->said = now.polarity;
		if (now.polarity == AUR_CONDITIONAL)
			continue;
		if (!read)
			read_sentence(&s, t);
		read = true;
		uint32_t last = now.last_token < t->to ? now.last_token : t->to, cue_first = AUR_NO_TOKEN, cue_last = AUR_NO_TOKEN;
		weigh(&x, &s, &now, last);
		bool was = now.polarity == AUR_NEGATED, denies = was ? x.sum >= AGAINST : x.sum > ENOUGH && !s.everybody && !neg_is_upheld(t, &now, last);
		some |= denies;
		*w = (weighed){ .sum = x.sum, .said = denies ? AUR_NEGATED : AUR_ASSERTED };
		if (denies == was)
			continue;
		if (denies)
			speaks_most(&x, &s, t, now.first_token, last, &cue_first, &cue_last);
		*denied |= denies;
		st = neg_say(t, hits[i].number, w->said, cue_first, cue_last, AUR_NO_TOKEN, AUR_NO_TOKEN);
		if (st < 0)
			return st;
	}
	return some && !s.everybody ? deny_beside(t, hits, few, count < FEW ? count : FEW, denied) : AUR_OK;
}
