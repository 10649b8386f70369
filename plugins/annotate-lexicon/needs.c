/* SPDX-License-Identifier: Apache-2.0 */
/* needs.c - what must be within reach of an anchor for its pattern to match: sets of classes one of which is on every way from the
 * anchor to an end of the pattern, with the greatest distance.  They only save searches: no hit depends on them. */
#include "needs.h"
#include <stdlib.h>
#include <string.h>

enum {
	EVERYWHERE = 300000, /* frequency x reach, per million: a set that is found so often saves little */
	SENTENCE = 30, /* words of a sentence, so a reach of more is no farther */
	TOO_FREQUENT = 30000, /* per million words: recording the words of such a set costs more than it saves */
	MOST_LEVELS = 4
};

/* A set of positions, and the most words between the anchor and each, itself included. */
typedef struct level {
	bool in[LEX_MAX_POSITIONS];
	uint32_t words[LEX_MAX_POSITIONS];
} level;

typedef struct candidate {
	uint64_t cost;
	uint32_t reach;
	lex_side side;
	uint32_t count, cls[LEX_MAX_POSITIONS];
} candidate;

/* Of both structures, most is unused. */
static void copy_candidate(candidate *to, const candidate *from)
{
	memcpy(to, from, offsetof(candidate, cls) + from->count * sizeof(*from->cls));
}

static void copy_level(level *to, const level *from, const lex_auto *a)
{
	memcpy(to->in, from->in, a->count * sizeof(*to->in));
	memcpy(to->words, from->words, a->count * sizeof(*to->words));
}

static uint64_t cost_of(const lex_model *m, candidate *c)
{
	uint64_t frequency = 0;
	c->count = (uint32_t)lex_different(c->cls, c->count);
	for (uint32_t i = 0; i < c->count; i++)
		frequency += m->classes[c->cls[i]].frequency + 1;
	return frequency > TOO_FREQUENT ? UINT64_MAX : frequency * (c->reach < SENTENCE ? c->reach : SENTENCE);
}

/* Keeps the set of the classes at these positions if it is one of the best. */
static void keep(const lex_model *m, candidate best[LEX_NEEDS], const level *l, const lex_auto *a, lex_side side)
{
	candidate c;
	c.side = side;
	c.reach = c.count = 0;
	for (uint32_t i = 0; i < a->count; i++)
		if (l->in[i]) {
			c.cls[c.count++] = a->cls[i];
			c.reach = l->words[i] > c.reach ? l->words[i] : c.reach;
		}
	if (c.count == 0 || (c.cost = cost_of(m, &c)) >= EVERYWHERE)
		return;
	for (uint32_t i = 0; i < LEX_NEEDS && best[i].cost != UINT64_MAX; i++)
		if (best[i].side == side && best[i].count == c.count && memcmp(best[i].cls, c.cls, c.count * sizeof(*c.cls)) == 0)
			return;
	for (uint32_t i = 0; i < LEX_NEEDS; i++)
		if (c.cost < best[i].cost) {
			for (uint32_t k = LEX_NEEDS - 1; k > i; k--)
				if (best[k - 1].cost != UINT64_MAX)
					copy_candidate(&best[k], &best[k - 1]);
			copy_candidate(&best[i], &c);
			return;
		}
}

static void empty(level *l, const lex_auto *a)
{
	memset(l->in, 0, a->count * sizeof(*l->in));
	memset(l->words, 0, a->count * sizeof(*l->words));
}

/* All positions that can be reached from a position, with the longest distance. */
static void longest(const lex_auto *a, uint32_t position, bool right, level *all)
{
	const uint32_t *at = right ? a->fwd_at : a->bwd_at;
	const lex_edge *edges = right ? a->fwd : a->bwd;
	empty(all, a);
	all->in[position] = true;
	/* edges lead from lower positions to higher ones */
	for (uint32_t k = 0; k < a->count; k++) {
		uint32_t p = right ? k : a->count - 1u - k;
		for (uint32_t i = at[p]; all->in[p] && i < at[p + 1]; i++) {
			uint32_t to = edges[i].to, words = all->words[p] + edges[i].max + 1;
			all->in[to] = true;
			all->words[to] = words > all->words[to] ? words : all->words[to];
		}
	}
}

/* Collects the rarest set of which every way meets one: ways that begin at the positions of `from`, with the words up to each, and
 * go on to one side.  A position is left for those behind it where these are rarer together. */
static void rarest(const lex_model *m, const lex_auto *a, level *from, bool right, candidate best[LEX_NEEDS], lex_side side)
{
	const uint32_t *at = right ? a->fwd_at : a->bwd_at;
	const lex_edge *edges = right ? a->fwd : a->bwd;
	const uint8_t *is_end = right ? a->is_end : a->is_start;
	uint64_t cost[LEX_MAX_POSITIONS];
	bool stays[LEX_MAX_POSITIONS];
	/* edges lead from lower positions to higher ones */
	for (uint32_t k = 0; k < a->count; k++) {
		uint32_t p = right ? a->count - 1u - k : k;
		uint64_t behind = 0, own = m->classes[a->cls[p]].frequency + UINT64_C(1);
		for (uint32_t i = at[p]; i < at[p + 1]; i++)
			behind += cost[edges[i].to];
		stays[p] = is_end[p] || own <= behind;
		cost[p] = stays[p] ? own : behind;
	}
	for (uint32_t k = 0; k < a->count; k++) {
		uint32_t p = right ? k : a->count - 1u - k;
		if (!from->in[p] || stays[p])
			continue;
		from->in[p] = false;
		for (uint32_t i = at[p]; i < at[p + 1]; i++) {
			uint32_t q = edges[i].to, words = from->words[p] + edges[i].max + 1;
			from->in[q] = true;
			from->words[q] = words > from->words[q] ? words : from->words[q];
		}
	}
	keep(m, best, from, a, side);
}

/* Collects sets of which every way from a position to one side meets one: the rarest; the positions after one step, after two…,
 * as long as no way can end before; and all ends.  *to_end: the greatest distance to an end. */
static void side_of(const lex_model *m, const lex_auto *a, uint32_t position, bool right, candidate best[LEX_NEEDS], uint32_t *to_end)
{
	const uint32_t *at = right ? a->fwd_at : a->bwd_at;
	const lex_edge *edges = right ? a->fwd : a->bwd;
	const uint8_t *is_end = right ? a->is_end : a->is_start;
	lex_side side = right ? LEX_RIGHT : LEX_LEFT;
	level levels[2], all;
	unsigned now = 0;
	longest(a, position, right, &all);
	*to_end = 0;
	for (uint32_t p = 0; p < a->count; p++) {
		all.in[p] = all.in[p] && is_end[p];
		*to_end = all.in[p] && all.words[p] > *to_end ? all.words[p] : *to_end;
	}
	if (is_end[position])
		return;
	keep(m, best, &all, a, side);
	empty(&levels[0], a);
	levels[0].in[position] = true;
	bool ends = false;
	for (unsigned k = 0; k < MOST_LEVELS && !ends; k++, now = !now) {
		const level *from = &levels[now];
		level *to = &levels[!now];
		empty(to, a);
		for (uint32_t p = 0; p < a->count; p++)
			for (uint32_t i = at[p]; from->in[p] && i < at[p + 1]; i++) {
				uint32_t q = edges[i].to, words = from->words[p] + edges[i].max + 1;
				to->in[q] = true;
				to->words[q] = words > to->words[q] ? words : to->words[q];
				ends = ends || is_end[q];
			}
		keep(m, best, to, a, side);
		if (k == 0) {
			copy_level(&all, to, a);
			rarest(m, a, &all, right, best, side);
		}
	}
}

/* Adds sets of a required context: the words of it that can be nearest to the match, its first words if it may be anywhere; and
 * the rarest. */
static void context(const lex_model *m, const lex_context *c, const uint32_t to_end[2], candidate best[LEX_NEEDS])
{
	bool right = c->where == LEX_AFTER, forward = right || c->where == LEX_SENTENCE;
	lex_side side = c->where == LEX_SENTENCE ? LEX_ANYWHERE : right ? LEX_RIGHT : LEX_LEFT;
	const lex_edge *e = forward ? c->aut.starts : c->aut.ends;
	uint32_t n = forward ? c->aut.start_count : c->aut.end_count;
	level l;
	empty(&l, &c->aut);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t words = c->where == LEX_SENTENCE ? LEX_FAR : to_end[right] + e[i].max + c->max + 1u;
		l.in[e[i].to] = true;
		l.words[e[i].to] = words > l.words[e[i].to] ? words : l.words[e[i].to];
	}
	keep(m, best, &l, &c->aut, side);
	rarest(m, &c->aut, &l, forward, best, side);
}

/* The number of a set, which is added if it is new; 0: no memory. */
static uint32_t number_of(lex_needs *n, const uint32_t *cls, uint32_t count)
{
	uint64_t key = lex_hash(cls, count * sizeof(*cls), 5);
	size_t at = lex_index_at(&n->index, key);
	for (uint32_t i; lex_index_next(&n->index, key, &at, &i);)
		if (n->sets[i].count == count && memcmp(n->pool + n->sets[i].from, cls, count * sizeof(*cls)) == 0)
			return i;
	if (n->count == 0)
		n->count = 1; /* 0 means no need */
	if (!lex_grow(&n->sets, &n->cap, (size_t)n->count + 1, sizeof(*n->sets)) || !lex_grow(&n->pool, &n->pool_cap, n->pool_count + count, sizeof(*n->pool)) ||
	    !lex_index_add(&n->index, key, n->count))
		return 0;
	memcpy(n->pool + n->pool_count, cls, count * sizeof(*cls));
	n->sets[n->count] = (lex_need_set){ .from = (uint32_t)n->pool_count, .count = count };
	n->pool_count += count;
	return n->count++;
}

bool lex_needs_of(lex_model *m, lex_needs *n, const lex_pattern *p, lex_anchor *a)
{
	candidate best[LEX_NEEDS];
	uint32_t to_end[2];
	for (uint32_t i = 0; i < LEX_NEEDS; i++)
		best[i].cost = UINT64_MAX;
	for (unsigned right = 0; right < 2; right++)
		side_of(m, &p->aut, a->position, right, best, &to_end[right]);
	for (uint32_t i = 0; i < p->context_count; i++)
		if (!p->contexts[i].forbidden)
			context(m, &p->contexts[i], to_end, best);
	bool ok = true;
	for (uint32_t i = 0; ok && i < LEX_NEEDS && best[i].cost != UINT64_MAX; i++) {
		a->need[i].set = number_of(n, best[i].cls, best[i].count);
		a->need[i].reach = (uint8_t)(best[i].reach < LEX_FAR ? best[i].reach : LEX_FAR);
		a->need[i].side = (uint8_t)best[i].side;
		ok = a->need[i].set != 0;
		if (ok)
			n->sets[a->need[i].set].asked += m->classes[p->aut.cls[a->position]].frequency + 1;
	}
	return ok;
}

/* A guess of how often a sentence has a word of this frequency, of 65,536.  Whole numbers below 2^53, as all here, are exact in a double, and
 * their quotients are rounded down as those of integers are; but a processor divides several doubles at a time. */
static inline double chance(double frequency)
{
	return (int32_t)(frequency * 65536 / (frequency + 40000));
}

/* The greatest weight first: how often a set is asked for, times how often a sentence has it. */
static int by_weight(const void *a, const void *b)
{
	const lex_need_set *x = a, *y = b;
	double wx = chance((double)x->frequency) * (double)x->asked, wy = chance((double)y->frequency) * (double)y->asked;
	return wx != wy ? (wx < wy ? 1 : -1) : (x->from > y->from) - (x->from < y->from);
}

/* What is known of the bits that sets share. */
enum { SHARED = LEX_ALWAYS - LEX_OWN, ROOM = (SHARED + 7) / 8 * 8 };
typedef struct sharing {
	double asked[ROOM], frequency[ROOM]; /* of the sets of a bit together */
	double chance[ROOM];  /* of its frequency */
	double overlap[ROOM]; /* frequency of the words that its sets share with the set at hand */
	double harm[ROOM];    /* how many needless searches more there would be with the set at hand */
} sharing;

/* The shared bit where a set causes fewest needless searches: every set of a bit counts as found where one of them
 * is.  So sets that have most of their words in common get the same bit.  in: by class, the shared bits of its sets. */
static uint32_t best_bit(const lex_model *m, const lex_need_set *s, const uint32_t *cls, uint64_t (*in)[SHARED / 64 + 1], sharing *v)
{
	uint32_t best = 0;
	double asked = (double)s->asked, frequency = (double)s->frequency;
	memset(v->overlap, 0, sizeof(v->overlap));
	for (uint32_t i = 0; i < s->count; i++)
		for (uint32_t k = 0; k <= SHARED / 64; k++)
			for (uint64_t bits = in[cls[i]][k]; bits != 0; bits &= bits - 1)
				v->overlap[k * 64 + (uint32_t)__builtin_ctzll(bits)] += m->classes[cls[i]].frequency;
	for (uint32_t b = 0; b < ROOM; b++)
		v->harm[b] = (v->asked[b] + asked) * chance(v->frequency[b] + frequency - v->overlap[b]) - v->asked[b] * v->chance[b];
	for (uint32_t b = 1; b < SHARED; b++)
		best = v->harm[b] < v->harm[best] ? b : best;
	v->asked[best] += asked;
	v->frequency[best] += frequency - v->overlap[best];
	v->chance[best] = chance(v->frequency[best]);
	for (uint32_t i = 0; i < s->count; i++)
		in[cls[i]][best / 64] |= UINT64_C(1) << (best & 63);
	return best;
}

/* Gives each set its bit: one of its own to the first LEX_OWN by weight, which would make any shared bit useless;
 * shared ones to the others. */
static bool give_bits(lex_model *m, const lex_needs *n)
{
	lex_need_set *v = malloc((n->count + 1u) * sizeof(*v));
	sharing *shared = calloc(1, sizeof(*shared));
	uint64_t(*in)[SHARED / 64 + 1] = calloc(m->class_count + 1u, sizeof(*in));
	m->set_bits = lex_array(&m->arena, n->count + 1u, sizeof(*m->set_bits));
	bool good = v != NULL && shared != NULL && in != NULL && m->set_bits != NULL;
	for (uint32_t s = 1; good && s < n->count; s++) {
		v[s] = n->sets[s];
		for (uint32_t i = 0; i < v[s].count; i++)
			v[s].frequency += m->classes[n->pool[v[s].from + i]].frequency;
		v[s].number = s;
	}
	if (good && n->count > 2)
		qsort(v + 1, n->count - 1u, sizeof(*v), by_weight);
	for (uint32_t i = 1; good && i < n->count; i++)
		m->set_bits[v[i].number] = (uint16_t)(i <= LEX_OWN ? i - 1 : LEX_OWN + best_bit(m, &v[i], n->pool + v[i].from, in, shared));
	if (good)
		m->set_bits[0] = LEX_ALWAYS;
	free(v);
	free(shared);
	free(in);
	return good;
}

/* Fills in the list of sets of each class, and the bits of the sets. */
bool lex_link_needs(lex_model *m, const lex_needs *n)
{
	uint32_t *pool = lex_array(&m->arena, n->pool_count, sizeof(*pool));
	if (pool == NULL || !give_bits(m, n))
		return false;
	for (size_t i = 0; i < n->pool_count; i++)
		m->classes[n->pool[i]].need_count++;
	for (size_t c = 0; c < m->class_count; c++) {
		m->classes[c].needs = pool;
		pool += m->classes[c].need_count;
		m->classes[c].need_count = 0;
	}
	for (uint32_t s = 1; s < n->count; s++)
		for (uint32_t i = 0; i < n->sets[s].count; i++) {
			lex_class *c = &m->classes[n->pool[n->sets[s].from + i]];
			c->needs[c->need_count++] = s;
		}
	return true;
}

void lex_needs_free(lex_needs *n)
{
	lex_index_free(&n->index);
	free(n->sets);
	free(n->pool);
}
