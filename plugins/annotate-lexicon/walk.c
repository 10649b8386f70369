/* SPDX-License-Identifier: Apache-2.0 */
/* walk.c - extends a match from its anchor to both ends.  What is before the anchor and what is after it are found independently;
 * no position is tried twice at the same token, so a walk is bounded by positions times tokens of the sentence. */
#include "atoms.h"
#include "walk.h"
#include <stdlib.h>
#include <string.h>

/* Most forms are in no pattern: they share these, with which lex_worker.forms begins. */
static const lex_form plain[] = { [LEX_P_WORD] = { .punct = LEX_P_WORD, .bits = LEX_ANYTHING },
	                          [LEX_P_LIGHT] = { .punct = LEX_P_LIGHT, .bits = LEX_ANYTHING },
	                          [LEX_P_STOP] = { .punct = LEX_P_STOP, .bits = LEX_ANYTHING } };
enum {
	PLAIN = sizeof(plain) / sizeof(*plain),
	MANY_CLASSES = 16, /* with so many, a form gets a column */
	MOST_CLASSES = 1 << 14, /* with more there are no columns: they would displace everything else from the cache */
	LINE = 64          /* bytes of a cache line */
};
_Static_assert(LINE % sizeof(lex_form) == 0 && sizeof(lex_seen) % LINE == 0, "no element straddles a cache line without need");

/* Like lex_grow, for an array that is aligned to cache lines. */
static bool grow_in_lines(void *array, size_t *cap, size_t need, size_t size)
{
	size_t had = *cap, n = had < LINE ? LINE : had;
	void *old, *p;
	if (need <= had)
		return true;
	while (n < need)
		n *= 2;
	if (n > SIZE_MAX / size || (p = aligned_alloc(LINE, n * size)) == NULL)
		return false;
	lex_huge(p, n * size);
	memcpy(&old, array, sizeof(old));
	if (had > 0)
		memcpy(p, old, had * size);
	free(old);
	memcpy(array, &p, sizeof(p));
	*cap = n;
	return true;
}

aur_status lex_worker_new(const aur_host *h, void *model, void **worker)
{
	const lex_model *m = model;
	lex_worker *w = calloc(1, sizeof(*w));
	if (w != NULL) {
		w->host = h;
		w->m = m;
		w->books = calloc(2, sizeof(*w->books));
		w->recalled = calloc(LEX_RECALLED, sizeof(*w->recalled));
		w->sums = calloc(m->file_count + 1, sizeof(*w->sums));
	}
	if (w == NULL || w->books == NULL || w->recalled == NULL || w->sums == NULL || !grow_in_lines(&w->forms, &w->form_cap, PLAIN, sizeof(*w->forms)) ||
	    !grow_in_lines(&w->in, &w->in_cap, PLAIN, sizeof(*w->in)) || !lex_grow(&w->sets, &w->set_cap, 1, sizeof(*w->sets)) || !lex_grow(&w->trials, &w->trial_cap, 1, sizeof(*w->trials))) {
		lex_worker_free(w);
		return lex_no_memory(h);
	}
	memcpy(w->forms, plain, sizeof(plain));
	memset(w->in, 0, PLAIN * sizeof(*w->in));
	w->form_count = PLAIN;
	w->sets[w->set_count++] = 0; /* the forms of `plain` satisfy none, and nothing is tried there */
	w->trials[w->trial_count++] = (lex_trial){ .entries = 0 };
	lex_leave(w);
	*worker = w;
	return AUR_OK;
}

void lex_worker_free(void *worker)
{
	lex_worker *w = worker;
	if (w == NULL)
		return;
	free(w->of_form);
	free(w->far_form);
	free(w->forms);
	free(w->in);
	free(w->of_class);
	free(w->anchors);
	lex_table_free(&w->same);
	free(w->trials);
	free(w->searches);
	free(w->steps);
	free(w->arrivals);
	free(w->chosen);
	free(w->tokens);
	free(w->words);
	free(w->behind);
	free(w->goings);
	free(w->links);
	free(w->ended);
	free(w->at);
	free(w->pool);
	free(w->sets);
	free(w->found);
	free(w->hits.v);
	free(w->exclusions.v);
	free(w->stamps);
	free(w->sums);
	free(w->recalled);
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

bool lex_classes_of(lex_worker *w, const aur_form *f)
{
	w->found_count = 0;
	lex_atoms_of(w->m, f, w->blind, add_atom, w);
	if (w->no_memory)
		return false;
	w->found_count = lex_different(w->found, w->found_count);
	return true;
}

bool lex_is_light(const aur_form *f)
{
	return (f->flags & AUR_TOK_PUNCT) && lex_is_light_sign(f->form.ptr, f->form.len);
}

static lex_spot spot_of(uint16_t bit)
{
	uint8_t at = (uint8_t)(bit >> 3);
	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		at ^= 7;
	return (lex_spot){ at, (uint8_t)(1u << (bit & 7)) };
}

/* Adds what is tried at a form of the classes in w->found. */
static bool add_trials(lex_worker *w, lex_form *f)
{
	const lex_model *m = w->m;
	size_t most = 1, at = w->trial_count;
	for (size_t i = 0; i < w->found_count; i++)
		most += m->nodes[w->found[i]].count + 1;
	if (at + most > UINT32_MAX || !lex_grow(&w->trials, &w->trial_cap, at + most, sizeof(*w->trials)))
		return false;
	lex_trial n = { .entries = 0 };
	f->trials = (uint32_t)at++;
	for (unsigned pass = 0; pass < 3; pass++) /* entries, nodes, exclusions */
		for (size_t i = 0; i < w->found_count; i++) {
			const lex_tnode *t = &m->nodes[w->found[i]];
			for (uint32_t k = t->from; k < t->from + t->count && pass != 1; k++) {
				const lex_anchor *a = &m->anchors[k];
				bool exclusion = (a->flags & LEX_EXCLUSION) != 0;
				if (exclusion != (pass == 2))
					continue;
				w->trials[at++] = (lex_trial){ .beside = { lex_halve(a->beside[0]), lex_halve(a->beside[1]) },
					                       .need = { spot_of(a->need[0].bit), spot_of(a->need[1].bit) }, .what = k };
				*(exclusion ? &n.exclusions : &n.entries) += 1;
			}
			if (pass == 1 && (t->side[0] != 0 || t->side[1] != 0)) {
				w->trials[at++] = (lex_trial){ .beside = { lex_halve(t->side[0]), lex_halve(t->side[1]) }, .what = w->found[i] };
				n.nodes++;
			}
		}
	w->trials[f->trials] = n;
	w->trial_count = at;
	return true;
}

/* Adds the sets of needs of the classes in w->found: their bits to *in, and to w->sets those that share a bit. */
static bool add_sets(lex_worker *w, lex_form *f, lex_seen *in)
{
	size_t from = w->set_count + 1, n = 0, k = 0; /* the first one follows their number */
	*in = (lex_seen){ 0 };
	if (from > UINT32_MAX || !lex_grow(&w->sets, &w->set_cap, from, sizeof(*w->sets)))
		return false;
	w->set_count = from;
	for (size_t i = 0; i < w->found_count; i++) {
		const lex_class *c = &w->m->classes[w->found[i]];
		if (w->set_count + c->need_count > UINT32_MAX || !lex_grow(&w->sets, &w->set_cap, w->set_count + c->need_count, sizeof(*w->sets)))
			return false;
		if (c->need_count > 0)
			memcpy(w->sets + w->set_count, c->needs, c->need_count * sizeof(*w->sets));
		w->set_count += c->need_count;
	}
	n = w->set_count > from ? lex_different(w->sets + from, w->set_count - from) : 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t set = w->sets[from + i], bit = w->m->set_bits[set];
		in->bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
		if (bit >= LEX_OWN)
			w->sets[from + k++] = set;
	}
	w->set_count = from + k;
	f->sets = (uint32_t)from - 1;
	w->sets[f->sets] = (uint32_t)k;
	return true;
}

/* Gives a form with many classes a column, which tells at once whether it is of one. */
static bool add_column(lex_worker *w, lex_form *f)
{
	size_t n = w->m->class_count, cap = 0;
	if (f->count < MANY_CLASSES || n > MOST_CLASSES || w->column_count + 1 == LEX_COLUMNS)
		return true;
	if (w->of_class == NULL) {
		if (!grow_in_lines(&w->of_class, &cap, n, sizeof(*w->of_class)))
			return false;
		memset(w->of_class, 0, n * sizeof(*w->of_class));
	}
	f->column = ++w->column_count; /* 0 means none */
	for (uint32_t i = 0; i < f->count; i++)
		w->of_class[w->pool[f->classes + i]].bits[f->column / 64] |= UINT64_C(1) << (f->column & 63);
	return true;
}

/* The form with exactly the classes in w->found, or 0.  Many words have the same classes, such as "sanctions" and
 * "sanctionné" through `sanction*`: they share an element of w->forms. */
static uint32_t same_classes(const lex_worker *w, uint64_t key, unsigned punct)
{
	for (uint32_t i = lex_table_find(&w->same, key); i != 0; i = w->same.items[i - 1].next) {
		uint32_t form = w->same.items[i - 1].atom;
		const lex_form *f = &w->forms[form];
		if (f->count == w->found_count && f->punct == punct && memcmp(f->count == 1 ? &f->classes : w->pool + f->classes, w->found, f->count * sizeof(*w->found)) == 0)
			return form;
	}
	return 0;
}

/* The index in w->forms of a form with the classes in w->found; added if new.  w->no_memory: none. */
static uint32_t place_of(lex_worker *w, const aur_form *f)
{
	unsigned punct = !(f->flags & AUR_TOK_PUNCT) ? LEX_P_WORD : lex_is_light(f) ? LEX_P_LIGHT : LEX_P_STOP;
	if (w->found_count == 0)
		return punct;
	uint64_t key = lex_hash(w->found, w->found_count * sizeof(*w->found), punct) | 1;
	uint32_t same = same_classes(w, key, punct);
	if (same != 0)
		return same;
	if (w->found_count > 0xffffff || w->pool_count + w->found_count > UINT32_MAX ||
	    !lex_grow(&w->pool, &w->pool_cap, w->pool_count + w->found_count, sizeof(*w->pool)) ||
	    !grow_in_lines(&w->forms, &w->form_cap, w->form_count + 1, sizeof(*w->forms)) ||
	    !grow_in_lines(&w->in, &w->in_cap, w->form_count + 1, sizeof(*w->in)))
		goto no_memory;
	lex_form e = plain[punct];
	e.classes = w->found_count == 1 ? w->found[0] : (uint32_t)w->pool_count;
	e.count = (uint32_t)w->found_count & 0xffffff;
	if (w->found_count > 1) {
		memcpy(w->pool + w->pool_count, w->found, w->found_count * sizeof(*w->pool));
		w->pool_count += w->found_count;
	}
	for (size_t i = 0; i < w->found_count; i++)
		e.bits |= lex_bit(w->found[i]);
	if (!add_trials(w, &e) || !add_sets(w, &e, &w->in[w->form_count]) || !add_column(w, &e))
		goto no_memory;
	if (w->form_count >= UINT32_MAX - 1 || !lex_table_add(&w->same, key, (uint32_t)w->form_count))
		goto no_memory;
	w->forms[w->form_count] = e;
	return (uint32_t)w->form_count++;
no_memory:
	w->no_memory = true;
	return LEX_P_STOP;
}

/* ---- forms that were classified ---- */

/* Writes all of a form that lex_classes_of and place_of depend on; returns the length, or 0 if it is too long. */
static uint32_t spell(const lex_model *m, const aur_form *f, char out[LEX_RECALLED_BYTES])
{
	aur_str v = f->form;
	size_t n = 0;
	for (size_t i = 0;; i++) {
		if (v.len > LEX_RECALLED_BYTES || n + 1 + v.len > LEX_RECALLED_BYTES)
			return 0;
		out[n++] = (char)v.len; /* a form without this layer has length 0 */
		if (v.len > 0)
			memcpy(out + n, v.ptr, v.len);
		n += v.len;
		if (i == m->slot_count)
			break;
		int32_t layer = m->slots[i].index;
		v = layer >= 0 && f->layers != NULL && (uint32_t)layer < f->layer_count ? f->layers[layer] : (aur_str){ 0 };
	}
	if (n == LEX_RECALLED_BYTES)
		return 0;
	out[n++] = (f->flags & AUR_TOK_PUNCT) != 0;
	return (uint32_t)n;
}

void lex_recall(lex_worker *w, const aur_form *f)
{
	char form[LEX_RECALLED_BYTES];
	uint32_t len = spell(w->m, f, form), place;
	if (len == 0 || (place = place_of(w, f), w->no_memory))
		return;
	uint64_t hash = lex_hash(form, len, 0);
	lex_recalled *r = &w->recalled[hash & (LEX_RECALLED - 1)];
	w->recalls = true;
	r->hash = hash;
	r->place = place;
	r->len = len;
	memcpy(r->form, form, len);
}

/* The index in w->forms + 1 of a form that was classified lately; 0: not kept. */
static uint32_t recalled(const lex_worker *w, const aur_form *f)
{
	char form[LEX_RECALLED_BYTES];
	uint32_t len = spell(w->m, f, form);
	uint64_t hash = lex_hash(form, len, 0);
	const lex_recalled *r = &w->recalled[hash & (LEX_RECALLED - 1)];
	return len > 0 && r->hash == hash && r->len == len && memcmp(r->form, form, len) == 0 ? r->place + 1 : 0;
}

uint32_t lex_form_new(lex_worker *w, const aur_view *v, uint32_t token)
{
	uint32_t id = v->form[token];
	size_t had = w->of_form_cap;
	if (!lex_grow(&w->of_form, &w->of_form_cap, (size_t)id + 1, sizeof(*w->of_form))) {
		w->no_memory = true;
		return LEX_P_STOP;
	}
	memset(w->of_form + had, 0, (w->of_form_cap - had) * sizeof(*w->of_form));
	aur_form f = { .size = sizeof(f) };
	w->host->form_at(w->host, v, token, &f);
	uint32_t place = w->recalls ? recalled(w, &f) : 0;
	if (place == 0) {
		if (!lex_classes_of(w, &f) || (place = place_of(w, &f) + 1, w->no_memory))
			return LEX_P_STOP;
	}
	if (place >= LEX_FAR_OFF) {
		if (!lex_grow(&w->far_form, &w->far_form_cap, (size_t)id + 1, sizeof(*w->far_form))) {
			w->no_memory = true;
			return LEX_P_STOP;
		}
		w->far_form[id] = place - 1;
	}
	w->of_form[id] = (uint16_t)(place < LEX_FAR_OFF ? place : LEX_FAR_OFF);
	return place - 1;
}

/* The sets of needs that the words of the current sentence are in. */
static lex_seen seen_in(const lex_worker *w)
{
	lex_lane a = { 0 }, b = a, c = a, d = a;
	for (uint32_t t = w->from; t <= w->to; t++) {
		const lex_lane *in = w->in[w->at[t]].lanes; /* no branch for words without sets: it would be mispredicted */
		a |= in[0];
		b |= in[1];
		c |= in[2];
		d |= in[3];
	}
	return (lex_seen){ .lanes = { a, b, c, d } };
}

void lex_enter_new(lex_worker *w, const aur_view *v, uint32_t token)
{
	uint32_t from = token, to, n = v->token_count, words = 0;
	bool wide = w->m->wide;
	while (from > 0 && !(v->flags[from - 1] & AUR_TOK_SENTENCE_END))
		from--;
	if (!lex_room(&w->at, &w->at_cap, n, sizeof(*w->at)) || !lex_room(&w->words, &w->word_cap, n, sizeof(*w->words)) ||
	    !lex_room(&w->behind, &w->behind_cap, n, sizeof(*w->behind))) {
		w->no_memory = true;
		return;
	}
	for (to = from;; to++) {
		uint32_t flags = v->flags[to], form = lex_form_of(w, v, to);
		w->at[to] = form;
		w->words[words] = to;
		words += !(flags & AUR_TOK_PUNCT);
		w->behind[to] = words;
		if (wide)
			__builtin_prefetch(&w->in[form]);
		__builtin_prefetch(&w->forms[form]);
		if ((flags & AUR_TOK_SENTENCE_END) || to + 1 == n)
			break;
	}
	w->word_count = words;
	w->from = from;
	w->to = to;
	w->sentence++;
	w->seen = wide ? seen_in(w) : (lex_seen){ .bits = { 0 } }; /* plain phrases have no needs */
	w->seen.bits[LEX_ALWAYS / 64] |= UINT64_C(1) << LEX_ALWAYS % 64;
}

bool lex_reach(lex_worker *w, uint32_t token, bool right)
{
	const aur_view *v = w->around;
	uint32_t *edge = right ? &w->to : &w->from;
	for (unsigned signs = 0; signs <= LEX_MOST_SIGNS && *edge == token; signs++) {
		if (!(right ? token + 1 < v->token_count : token > 0) || v->flags[right ? token : token - 1] & AUR_TOK_SENTENCE_END)
			break;
		*edge = token = right ? token + 1 : token - 1;
		w->at[token] = lex_form_of(w, v, token);
		if (w->forms[w->at[token]].punct != LEX_P_LIGHT)
			break;
	}
	return !w->no_memory;
}

void lex_enter_around(lex_worker *w, const aur_view *v, uint32_t token)
{
	if (!lex_grow(&w->at, &w->at_cap, v->token_count, sizeof(*w->at))) {
		w->no_memory = true;
		return;
	}
	w->around = v;
	w->from = w->to = token;
	w->at[token] = lex_form_of(w, v, token);
	lex_reach(w, token, false);
	lex_reach(w, token, true);
	w->sentence++;
	w->seen = (lex_seen){ .bits[LEX_ALWAYS / 64] = UINT64_C(1) << LEX_ALWAYS % 64 };
}

/* Is x in the sorted array? */
static inline bool holds(const uint32_t *v, uint32_t n, uint32_t x)
{
	uint32_t low = 0, high = n;
	while (high - low > 8) {
		uint32_t mid = low + (high - low) / 2;
		if (v[mid] <= x)
			low = mid;
		else
			high = mid;
	}
	for (; low < high; low++)
		if (v[low] == x)
			return true;
	return false;
}

bool lex_is_of_class(const lex_worker *w, const lex_form *f, uint32_t cls)
{
	return f->count == 1 ? f->classes == cls : holds(w->pool + f->classes, f->count, cls);
}

bool lex_is_of_set(const lex_worker *w, const lex_form *f, uint32_t set)
{
	return holds(w->sets + f->sets + 1, w->sets[f->sets], set);
}

/* ---- walking ---- */

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
