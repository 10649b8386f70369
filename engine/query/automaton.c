/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the automaton of a token query: a state per [ ] (Glushkov's construction), after {n,m} have been expanded; sets of states
 * are bits. */
#include "config.h"
#include "base/intl.h"
#include "query/node.h"

struct part { /* of the automaton: may it match nothing? positions where it begins and ends */
	int empty;
	uint64_t *first, *last;
};
struct build {
	parser *p;
	automaton *a;
	formset **at; /* by position */
};

static uint32_t count(const tnode *t, uint32_t most)
{
	uint64_t n = 0;
	switch (t->kind) {
	case T_ONE:
		return 1;
	case T_REP: {
		uint32_t one = count(t->kid[0], most);
		n = (uint64_t)one * (t->max == UINT32_MAX ? t->min + (t->min == 0) : t->max);
		break;
	}
	default:
		for (uint32_t i = 0; i < t->nkids && n <= most; i++)
			n += count(t->kid[i], most);
	}
	return n > most ? most + 1 : (uint32_t)n;
}

static uint64_t *bits(struct build *b)
{
	return q_alloc(b->p, b->a->words * sizeof(uint64_t));
}
static void join(const struct build *b, uint64_t *to, const uint64_t *from)
{
	for (uint32_t w = 0; w < b->a->words; w++)
		to[w] |= from[w];
}
static void link_parts(const struct build *b, const uint64_t *last, const uint64_t *first)
{
	for (uint32_t w = 0; w < b->a->words; w++)
		for (uint64_t m = last[w]; m; m &= m - 1)
			join(b, b->a->follow + (size_t)(w * 64 + (uint32_t)__builtin_ctzll(m)) * b->a->words, first);
}

static struct part build(struct build *b, const tnode *t);

/* Appends part y to part x, in place. */
static void then(struct build *b, struct part *x, struct part y)
{
	link_parts(b, x->last, y.first);
	if (x->empty)
		join(b, x->first, y.first);
	if (y.empty)
		join(b, y.last, x->last);
	x->last = y.last;
	x->empty &= y.empty;
}

static struct part build(struct build *b, const tnode *t)
{
	struct part r = {.first = bits(b), .last = bits(b)};
	if (t->kind == T_ONE) {
		uint32_t pos = b->a->npos++;
		b->at[pos] = t->set;
		b->a->label[pos] = t->label;
		b->a->has_labels |= t->label.len > 0;
		r.first[pos >> 6] |= (uint64_t)1 << (pos & 63);
		r.last[pos >> 6] |= (uint64_t)1 << (pos & 63);
		return r;
	}
	if (t->kind == T_ALT) {
		for (uint32_t i = 0; i < t->nkids; i++) {
			struct part k = build(b, t->kid[i]);
			join(b, r.first, k.first);
			join(b, r.last, k.last);
			r.empty |= k.empty;
		}
		return r;
	}
	if (t->kind == T_SEQ) {
		r.empty = 1;
		for (uint32_t i = 0; i < t->nkids; i++)
			then(b, &r, build(b, t->kid[i]));
		return r;
	}
	/* x{n,m} = x … x x? … x?; x{n,} = x … x+ or x* */
	r.empty = 1;
	if (!count(t->kid[0], 1))
		return r;
	if (t->max == UINT32_MAX) {
		uint32_t n = t->min ? t->min : 1;
		for (uint32_t i = 0; i < n; i++) {
			struct part k = build(b, t->kid[0]);
			if (i + 1 == n) {
				link_parts(b, k.last, k.first);
				if (!t->min)
					k.empty = 1;
			}
			then(b, &r, k);
		}
		return r;
	}
	for (uint32_t i = 0; i < t->max; i++) {
		struct part k = build(b, t->kid[0]);
		if (i >= t->min)
			k.empty = 1;
		then(b, &r, k);
	}
	return r;
}

/* Collects sets of forms of which every match has a token: a contribution without them need not be read. */
static void needed(automaton *a, const tnode *t)
{
	if (t->kind == T_ONE) {
		if (!t->set->inverted)
			a->needed[a->nneeded++] = t->set;
	} else if (t->kind == T_SEQ) {
		for (uint32_t i = 0; i < t->nkids; i++)
			needed(a, t->kid[i]);
	} else if (t->kind == T_REP && t->min) {
		needed(a, t->kid[0]);
	}
}

aur_code q_automaton(parser *p, tnode *t, automaton **out)
{
	uint32_t n = count(t, MAX_POSITIONS);
	if (n > MAX_POSITIONS)
		return q_fail(p, t->at, _("this sequence of tokens is too large: written out, it has more than %u tokens"), MAX_POSITIONS);
	automaton *a = q_alloc(p, sizeof *a);
	uint32_t cap = n ? n : 1;
	a->words = (cap + 63) / 64;
	a->follow = q_alloc(p, (size_t)cap * a->words * sizeof(uint64_t));
	a->label = q_alloc(p, cap * sizeof *a->label);
	a->needed = q_alloc(p, cap * sizeof *a->needed);
	struct build b = {.p = p, .a = a, .at = q_alloc(p, cap * sizeof(formset *))};
	struct part r = build(&b, t);
	a->first = r.first;
	a->last = r.last;
	a->set = q_alloc(p, cap * sizeof *a->set);
	a->mask = q_alloc(p, (size_t)cap * a->words * sizeof(uint64_t));
	for (uint32_t i = 0; i < a->npos; i++) {
		uint32_t k = 0;
		while (k < a->nsets && a->set[k] != b.at[i])
			k++;
		if (k == a->nsets)
			a->set[a->nsets++] = b.at[i];
		a->mask[(size_t)k * a->words + (i >> 6)] |= (uint64_t)1 << (i & 63);
	}
	needed(a, t);
	*out = a;
	return AURE_OK;
}
