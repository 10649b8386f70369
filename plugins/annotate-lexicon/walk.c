/* SPDX-License-Identifier: Apache-2.0 */
/* walk.c - from an anchor to both ends of a match.  A match is what lies before its anchor and what lies after it, each found on its
 * own; no position is tried twice at the same token, so a walk is bounded by positions times tokens of the sentence. */
#include "lexicon.h"
#include <stdlib.h>
#include <string.h>

aur_status lex_worker_new(const aur_host *h, void *model, void **worker)
{
	const lex_model *m = model;
	lex_worker *w = calloc(1, sizeof(*w));
	if (w != NULL) {
		w->host = h;
		w->m = m;
		w->books = calloc(2, sizeof(*w->books));
		w->sums = calloc(m->file_count + 1, sizeof(*w->sums));
		w->searched = calloc(m->pattern_count + 1, sizeof(*w->searched));
	}
	if (w == NULL || w->books == NULL || w->sums == NULL || w->searched == NULL) {
		lex_worker_free(w);
		return lex_no_memory(h);
	}
	*worker = w;
	return AUR_OK;
}

void lex_worker_free(void *worker)
{
	lex_worker *w = worker;
	if (w == NULL)
		return;
	free(w->forms);
	free(w->pool);
	free(w->found);
	free(w->hits.v);
	free(w->exclusions.v);
	free(w->stamps);
	free(w->sums);
	free(w->searched);
	free(w->books);
	free(w);
}

/* ---- forms ---- */

static void add_atom(void *to, uint32_t atom)
{
	lex_worker *w = to;
	const lex_atom *a = &w->m->atoms[atom];
	if (!lex_grow(&w->found, &w->found_cap, w->found_count + a->class_count, sizeof(*w->found))) {
		w->no_memory = true;
		return;
	}
	memcpy(w->found + w->found_count, a->classes, a->class_count * sizeof(*w->found));
	w->found_count += a->class_count;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void sort_numbers(uint32_t *v, size_t n)
{
	if (n > 32) {
		qsort(v, n, sizeof(*v), by_number);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint32_t x = v[i];
		size_t j = i;
		for (; j > 0 && v[j - 1] > x; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

bool lex_classes_of(lex_worker *w, const aur_form *f)
{
	size_t n = 0;
	w->found_count = 0;
	lex_atoms_of(w->m, f, w->blind, add_atom, w);
	if (w->no_memory)
		return false;
	if (w->found_count == 0)
		return true;
	sort_numbers(w->found, w->found_count);
	for (size_t i = 0; i < w->found_count; i++)
		if (n == 0 || w->found[n - 1] != w->found[i])
			w->found[n++] = w->found[i];
	w->found_count = n;
	return true;
}

/* Signs that words may touch across: quotation marks, dashes, stars of a bold word. */
static bool is_light(aur_str s)
{
	static const char *const list[] = { "\"", "'", "«", "»", "“", "”", "„", "‘", "’", "‹", "›", "-", "–", "—", "‑", "*", "**", "_",
		                            "__", "/", "`", "·", "•" };
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (strlen(list[i]) == s.len && memcmp(list[i], s.ptr, s.len) == 0)
			return true;
	return false;
}

lex_form lex_form_new(lex_worker *w, const aur_view *v, uint32_t token)
{
	static const lex_form unknown = { .known = 1, .punct = LEX_P_STOP };
	uint32_t id = v->form[token];
	size_t had = w->form_cap;
	if (!lex_grow(&w->forms, &w->form_cap, (size_t)id + 1, sizeof(*w->forms))) {
		w->no_memory = true;
		return unknown;
	}
	memset(w->forms + had, 0, (w->form_cap - had) * sizeof(*w->forms));
	aur_form f = { .size = sizeof(f) };
	w->host->form_at(w->host, v, token, &f);
	if (!lex_classes_of(w, &f) || w->found_count > 0xffffff || w->pool_count + w->found_count > UINT32_MAX ||
	    !lex_grow(&w->pool, &w->pool_cap, w->pool_count + w->found_count, sizeof(*w->pool))) {
		w->no_memory = true;
		return unknown;
	}
	lex_form e = { .classes = (uint32_t)w->pool_count, .count = (uint32_t)w->found_count & 0xffffff, .known = 1 };
	if (f.flags & AUR_TOK_PUNCT)
		e.punct = is_light(f.form) ? LEX_P_LIGHT : LEX_P_STOP;
	if (w->found_count == 1) {
		e.classes = w->found[0];
	} else if (w->found_count > 1) {
		memcpy(w->pool + w->pool_count, w->found, w->found_count * sizeof(*w->pool));
		w->pool_count += w->found_count;
	}
	return w->forms[id] = e;
}

bool lex_has_class(const lex_worker *w, lex_form f, uint32_t cls)
{
	if (f.count <= 1)
		return f.count == 1 && f.classes == cls;
	const uint32_t *c = w->pool + f.classes;
	uint32_t low = 0, high = f.count;
	while (high - low > 8) {
		uint32_t mid = low + (high - low) / 2;
		if (c[mid] <= cls)
			low = mid;
		else
			high = mid;
	}
	for (; low < high; low++)
		if (c[low] == cls)
			return true;
	return false;
}

/* ---- walking ---- */

/* True the first time that a walk comes to a position at a token. */
static bool first_time(lex_book *b, uint32_t position, uint32_t token)
{
	uint64_t key = (uint64_t)position << 32 | token;
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
	lex_book *b = &w->books[level];
	b->count = 0;
	if (++b->turn == 0) {
		memset(b->turns, 0, sizeof(b->turns));
		b->turn = 1;
	}
	return b;
}

typedef struct walk {
	lex_worker *w;
	const aur_view *v;
	const lex_auto *a;
	lex_book *book;
	bool forward;
	const lex_pattern *p; /* whose contexts an end must satisfy; NULL: none */
	const lex_context **why;
	uint32_t end; /* the token where it ended */
} walk;

static bool contexts_hold(const walk *x, uint32_t token);

/* The next token in the walk's direction; false at the end of the sentence. */
static bool next_token(const walk *x, uint32_t *token)
{
	const uint32_t *flags = x->v->flags;
	if (x->forward) {
		if ((flags[*token] & AUR_TOK_SENTENCE_END) || *token + 1 >= x->v->token_count)
			return false;
		++*token;
		return true;
	}
	if (*token == 0 || (flags[*token - 1] & AUR_TOK_SENTENCE_END))
		return false;
	--*token;
	return true;
}

static bool step(walk *x, lex_edge e, uint32_t token);

/* Stands at `position` at `token`: goes on as far as it can, then sees whether it may end here. */
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
	uint32_t words = 0, max = (uint32_t)e.max + x->w->slack;
	while (next_token(x, &token)) {
		lex_form f = lex_form_at(x->w, x->v, token);
		if (words >= e.min && lex_has_class(x->w, f, x->a->cls[e.to]) && first_time(x->book, e.to, token) && stand(x, e.to, token))
			return true;
		if (f.punct == LEX_P_WORD && ++words > max)
			return false;
		if (f.punct == LEX_P_STOP && max == 0)
			return false;
	}
	return false;
}

/* Does the context's automaton match, beginning beside `token`? */
static bool beside(const walk *from, const lex_context *c, uint32_t token)
{
	walk x = { .w = from->w, .v = from->v, .a = &c->aut, .book = new_book(from->w, 1), .forward = c->where == LEX_AFTER };
	const lex_edge *e = x.forward ? c->aut.starts : c->aut.ends;
	uint32_t n = x.forward ? c->aut.start_count : c->aut.end_count;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t min = (uint32_t)e[i].min + c->min, max = (uint32_t)e[i].max + c->max;
		lex_edge first = { e[i].to, (uint8_t)(min < 255 ? min : 255), (uint8_t)(max < 255 ? max : 255) };
		if (step(&x, first, token))
			return true;
	}
	return false;
}

/* Does it match anywhere in the sentence of `token`? */
static bool in_sentence(const walk *from, const lex_context *c, uint32_t token)
{
	walk x = { .w = from->w, .v = from->v, .a = &c->aut, .book = new_book(from->w, 1), .forward = false };
	while (next_token(&x, &token))
		;
	x.forward = true;
	do {
		for (uint32_t i = 0; i < c->aut.start_count; i++) {
			uint32_t to = c->aut.starts[i].to;
			if (lex_has_class(x.w, lex_form_at(x.w, x.v, token), c->aut.cls[to]) && first_time(x.book, to, token) && stand(&x, to, token))
				return true;
		}
	} while (next_token(&x, &token));
	return false;
}

static bool contexts_hold(const walk *x, uint32_t token)
{
	for (uint32_t i = 0; i < x->p->context_count; i++) {
		const lex_context *c = &x->p->contexts[i];
		if (c->where == (x->forward ? LEX_BEFORE : LEX_AFTER) || (c->where == LEX_SENTENCE && !x->forward))
			continue;
		bool found = c->where == LEX_SENTENCE ? in_sentence(x, c, token) : beside(x, c, token);
		if (found == c->forbidden) {
			if (x->why != NULL)
				*x->why = c;
			return false;
		}
	}
	return true;
}

uint32_t lex_beside(lex_worker *w, const aur_view *v, uint32_t token, bool right)
{
	walk x = { .v = v, .forward = right };
	while (next_token(&x, &token))
		if (!(v->flags[token] & AUR_TOK_PUNCT) || lex_form_at(w, v, token).punct != LEX_P_LIGHT)
			return token;
	return UINT32_MAX;
}

/* The other end of a pattern without choices or gaps: word after word. */
static bool follow_chain(walk *x, uint32_t position, uint32_t token)
{
	uint32_t end = x->forward ? x->a->count - 1u : 0;
	while (position != end) {
		position = x->forward ? position + 1 : position - 1;
		do {
			if (!next_token(x, &token))
				return false;
			lex_form f = lex_form_at(x->w, x->v, token);
			if (lex_has_class(x->w, f, x->a->cls[position]))
				break;
			if (f.punct != LEX_P_LIGHT)
				return false;
		} while (true);
	}
	x->end = token;
	return x->p == NULL || contexts_hold(x, token);
}

bool lex_match(lex_worker *w, const aur_view *v, const lex_pattern *p, uint32_t position, uint32_t token, uint32_t *first,
               uint32_t *last, const lex_context **why)
{
	const lex_auto *a = &p->aut;
	bool chain = a->chain && w->slack == 0;
	walk x = { .w = w, .v = v, .a = a, .forward = false, .p = p->context_count > 0 ? p : NULL, .why = why };
	if (why != NULL)
		*why = NULL;
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
