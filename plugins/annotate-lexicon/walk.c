/* SPDX-License-Identifier: Apache-2.0 */
/* walk.c - extends a match from its anchor to both ends.  What is before the anchor and what is after it are found independently;
 * no position is tried twice at the same token, so a walk is bounded by positions times tokens of the sentence. */
#include "walk.h"
#include <string.h>

/* True the first time that a walk comes to a position at a token; also false if the walk has tried too many. */
static bool first_time(lex_book *b, uint32_t position, uint32_t token)
{
	uint64_t key = (uint64_t)position << 32 | token;
	for (uint32_t i = 0; i < b->count && i < LEX_FEW; i++)
		if (b->few[i] == key)
			return false;
	if (b->count < LEX_FEW) {
		b->few[b->count++] = key;
		return true;
	}
	if (b->count == LEX_FEW && ++b->turn == 0) {
		memset(b->turns, 0, sizeof(b->turns));
		b->turn = 1;
	}
	size_t i = lex_mix(key) & (LEX_BOOK - 1);
	for (; b->turns[i] == b->turn; i = (i + 1) & (LEX_BOOK - 1))
		if (b->keys[i] == key)
			return false;
	if (b->count >= LEX_BOOK * 3 / 4)
		return false;
	b->count++;
	b->keys[i] = key;
	b->turns[i] = b->turn;
	return true;
}

static lex_book *new_book(lex_worker *w, unsigned level)
{
	w->books[level].count = 0;
	return &w->books[level];
}

typedef struct walk {
	lex_worker *w;
	const lex_auto *a;
	lex_book *book;
	bool forward;
	const lex_pattern *p; /* its contexts are checked at an end; NULL: none */
	lex_blame *why;
	uint32_t end; /* token where the match ended */
} walk;

static bool contexts_hold(const walk *x, uint32_t token);

/* The next token in the walk's direction; false at the end of the sentence. */
static inline bool next_token(const walk *x, uint32_t *token)
{
	if (*token == (x->forward ? x->w->to : x->w->from))
		return false;
	*token = x->forward ? *token + 1 : *token - 1;
	return true;
}

static bool step(walk *x, lex_edge e, uint32_t token);

/* `position` matches `token`: goes on as far as possible, then checks whether the match may end here. */
static bool stand(walk *x, uint32_t position, uint32_t token)
{
	const uint32_t *at = x->forward ? x->a->fwd_at : x->a->bwd_at;
	const lex_edge *edges = x->forward ? x->a->fwd : x->a->bwd;
	for (uint32_t i = at[position]; i < at[position + 1]; i++)
		if (step(x, edges[i], token))
			return true;
	if (!(x->forward ? x->a->is_end : x->a->is_start)[position] || (x->p != NULL && !contexts_hold(x, token)))
		return false;
	x->end = token;
	return true;
}

static bool step(walk *x, lex_edge e, uint32_t token)
{
	uint32_t words = 0, signs = 0, max = (uint32_t)e.max + x->w->slack;
	while (signs <= LEX_MOST_SIGNS && next_token(x, &token)) {
		const lex_form *f = lex_form_at(x->w, token);
		unsigned punct = f->punct;
		if (words >= e.min && lex_has_class(x->w, f, x->a->cls[e.to]) && first_time(x->book, e.to, token) && stand(x, e.to, token))
			return true;
		if (punct == LEX_P_WORD && ++words > max)
			return false;
		signs = punct == LEX_P_WORD ? 0 : signs + 1;
		if (punct == LEX_P_STOP && max == 0)
			return false;
	}
	return false;
}

/* Does a context match beside `token`?  *end: the token where it ends. */
static bool beside(const walk *from, const lex_context *c, uint32_t token, uint32_t *end)
{
	walk x = { .w = from->w, .a = &c->aut, .book = new_book(from->w, 1), .forward = c->where == LEX_AFTER };
	const lex_edge *e = x.forward ? c->aut.starts : c->aut.ends;
	uint32_t n = x.forward ? c->aut.start_count : c->aut.end_count;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t min = (uint32_t)e[i].min + c->min, max = (uint32_t)e[i].max + c->max;
		lex_edge first = { e[i].to, (uint8_t)(min < 255 ? min : 255), (uint8_t)(max < 255 ? max : 255) };
		if (step(&x, first, token)) {
			*end = x.end;
			return true;
		}
	}
	return false;
}

/* Is a word of the sentence of one of the classes with which a context begins?  Mostly none is: class by class is quicker than word by
 * word. */
static bool may_begin(const lex_worker *w, const lex_context *c)
{
	for (uint32_t i = 0; i < c->aut.start_count; i++) {
		uint32_t cls = c->aut.cls[c->aut.starts[i].to];
		for (uint32_t t = w->from; t <= w->to; t++)
			if (lex_has_class(w, lex_form_at(w, t), cls))
				return true;
	}
	return false;
}

static bool look_in_sentence(const walk *from, const lex_context *c, uint32_t *first, uint32_t *last)
{
	walk x = { .w = from->w, .a = &c->aut, .book = new_book(from->w, 1), .forward = true };
	if (!may_begin(x.w, c))
		return false;
	for (uint32_t token = x.w->from; token <= x.w->to; token++)
		for (uint32_t i = 0; i < c->aut.start_count; i++) {
			uint32_t to = c->aut.starts[i].to;
			if (lex_has_class(x.w, lex_form_at(x.w, token), c->aut.cls[to]) && first_time(x.book, to, token) && stand(&x, to, token)) {
				*first = token;
				*last = x.end;
				return true;
			}
		}
	return false;
}

/* Does a context match anywhere in the sentence?  *first, *last: where. */
static bool in_sentence(const walk *from, const lex_context *c, uint32_t *first, uint32_t *last)
{
	lex_worker *w = from->w;
	if (w->slack > 0 || w->blind)
		return look_in_sentence(from, c, first, last);
	/* Probes the next elements: which contexts collide depends on addresses, and two must not replace each other
	 * for each candidate. */
	size_t i = lex_mix((uintptr_t)c) & (LEX_ASKED - 1);
	for (unsigned n = 1; n < LEX_ASKED; n++, i++) {
		const struct lex_asked *o = &w->asked[i & (LEX_ASKED - 1)];
		if (o->c == c || o->c == NULL || o->sentence != w->sentence)
			break;
	}
	struct lex_asked *k = &w->asked[i & (LEX_ASKED - 1)];
	if (k->c != c || k->sentence != w->sentence) {
		*k = (struct lex_asked){ c, w->sentence, 1, 0 };
		uint32_t one, other;
		if (look_in_sentence(from, c, &one, &other)) {
			k->first = one;
			k->last = other;
		}
	}
	if (k->first > k->last)
		return false;
	*first = k->first;
	*last = k->last;
	return true;
}

static bool contexts_hold(const walk *x, uint32_t token)
{
	for (uint32_t i = 0; i < x->p->context_count; i++) {
		const lex_context *c = &x->p->contexts[i];
		if (c->where == (x->forward ? LEX_BEFORE : LEX_AFTER) || (c->where == LEX_SENTENCE && !x->forward))
			continue;
		uint32_t first = token + 1, last = token - 1; /* the words beside it, as bounds */
		bool found = c->where == LEX_SENTENCE ? in_sentence(x, c, &first, &last) : beside(x, c, token, x->forward ? &last : &first);
		if (found == c->forbidden) {
			if (x->why != NULL)
				*x->why = (lex_blame){ c, first, last };
			return false;
		}
	}
	return true;
}

/* Matches the rest of a chain on one side: word after word. */
static bool follow_chain(walk *x, uint32_t position, uint32_t token)
{
	uint32_t end = x->forward ? x->a->count - 1u : 0;
	while (position != end) {
		position = x->forward ? position + 1 : position - 1;
		unsigned signs = 0;
		do {
			if (signs++ > LEX_MOST_SIGNS || !next_token(x, &token))
				return false;
			const lex_form *f = lex_form_at(x->w, token);
			if (lex_has_class(x->w, f, x->a->cls[position]))
				break;
			if (f->punct != LEX_P_LIGHT)
				return false;
		} while (true);
	}
	x->end = token;
	return x->p == NULL || contexts_hold(x, token);
}

bool lex_match(lex_worker *w, const lex_pattern *p, uint32_t position, uint32_t token, uint32_t *first, uint32_t *last,
               lex_blame *why)
{
	const lex_auto *a = &p->aut;
	bool chain = a->chain && w->slack == 0;
	walk x = { .w = w, .a = a, .forward = false, .p = p->context_count > 0 ? p : NULL, .why = why };
	if (why != NULL)
		*why = (lex_blame){ 0 };
	if (!chain)
		x.book = new_book(w, 0);
	if (!(chain ? follow_chain(&x, position, token) : stand(&x, position, token)))
		return false;
	*first = x.end;
	x.forward = true;
	if (!chain)
		x.book = new_book(w, 0);
	if (!(chain ? follow_chain(&x, position, token) : stand(&x, position, token)))
		return false;
	*last = x.end;
	return true;
}
