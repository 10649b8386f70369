/* SPDX-License-Identifier: Apache-2.0 */
/* forms.c - from a form to what is tried where it stands: its atoms (lookup.c), the classes that these are in, and what the lexicon has for these
 * classes.  Forms of the same classes share it. */
#include "atoms.h"
#include "forms.h"
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

bool lex_forms_begin(lex_worker *w)
{
	if (!grow_in_lines(&w->forms, &w->form_cap, PLAIN, sizeof(*w->forms)) || !grow_in_lines(&w->in, &w->in_cap, PLAIN, sizeof(*w->in)) ||
	    !lex_grow(&w->sets, &w->set_cap, 1, sizeof(*w->sets)) || !lex_grow(&w->trials, &w->trial_cap, 1, sizeof(*w->trials)))
		return false;
	memcpy(w->forms, plain, sizeof(plain));
	memset(w->in, 0, PLAIN * sizeof(*w->in));
	w->form_count = PLAIN;
	w->sets[w->set_count++] = 0; /* the forms of `plain` satisfy none, and nothing is tried there */
	w->trials[w->trial_count++] = (lex_trial){ .entries = 0 };
	return true;
}

/* ---- classes ---- */

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

/* Puts the classes of a form, sorted, into w->found; a pure function of (model, form).  False: no memory. */
static bool classes_of(lex_worker *w, const aur_form *f)
{
	w->found_punct = !(f->flags & AUR_TOK_PUNCT) ? LEX_P_WORD : lex_is_light_sign(f->form.ptr, f->form.len) ? LEX_P_LIGHT : LEX_P_STOP;
	w->found_count = 0;
	lex_atoms_of(w->m, f, w->blind, add_atom, w);
	if (w->no_memory)
		return false;
	w->found_count = lex_different(w->found, w->found_count);
	return true;
}

/* ---- what is tried ---- */

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
static uint32_t place_of(lex_worker *w)
{
	unsigned punct = w->found_punct;
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

/* ---- by number ---- */

/* Puts down the index of a form in w->forms. */
static void number(lex_worker *w, uint32_t id, uint32_t place)
{
	size_t had = w->of_form_cap;
	if (!lex_room(&w->of_form, &w->of_form_cap, (size_t)id + 1, sizeof(*w->of_form))) {
		w->no_memory = true;
		return;
	}
	if (w->of_form_cap > had)
		memset(w->of_form + had, 0, (w->of_form_cap - had) * sizeof(*w->of_form));
	if (place + 1 >= LEX_FAR_OFF && !lex_room(&w->far_form, &w->far_form_cap, (size_t)id + 1, sizeof(*w->far_form))) {
		w->no_memory = true;
		return;
	}
	if (place + 1 >= LEX_FAR_OFF)
		w->far_form[id] = place;
	w->of_form[id] = (uint16_t)(place + 1 < LEX_FAR_OFF ? place + 1 : LEX_FAR_OFF);
}

static void numbered(void *model, void *worker, uint32_t id)
{
	lex_worker *w = worker;
	uint32_t place = w->no_memory ? 0 : place_of(w);
	(void)model;
	if (!w->no_memory)
		number(w, id, place);
}

const aur_ext_forms_v1 lex_numbered = { .size = sizeof(lex_numbered), .numbered = numbered };

uint32_t lex_form_new(lex_worker *w, const aur_view *v, uint32_t token)
{
	aur_form f = { .size = sizeof(f) };
	w->host->form_at(w->host, v, token, &f);
	uint32_t place = classes_of(w, &f) ? place_of(w) : 0;
	if (!w->no_memory)
		number(w, v->form[token], place);
	return w->no_memory ? LEX_P_STOP : place;
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

/* ---- what the engine gets ---- */

/* Which searches begin at a form: all that is asked of it for each word of a text. */
static uint32_t number_of(lex_worker *w, const aur_form *f)
{
	uint32_t bits = 0;
	if (!classes_of(w, f)) {
		w->no_memory = true;
		return LEX_ANCHORS_ENTRY;
	}
	for (size_t i = 0; i < w->found_count; i++) {
		const lex_class *c = &w->m->classes[w->found[i]];
		bits |= (c->anchors_entry ? LEX_ANCHORS_ENTRY : 0u) | (c->anchors_exclusion ? LEX_ANCHORS_EXCLUSION : 0u);
	}
	return bits;
}

uint32_t lex_classify(const aur_host *h, void *model, void *worker, const aur_form *f)
{
	(void)h;
	(void)model;
	return number_of(worker, f);
}

/* The same number, and the sieve: a search at a form needs certain words beside it, unless it is of one word. */
static uint32_t classify_and_sieve(const aur_host *h, void *model, void *worker, const aur_form *f, aur_sieve *out)
{
	const lex_model *m = model;
	lex_worker *w = worker;
	uint32_t number = number_of(w, f);
	(void)h;
	*out = (aur_sieve){ .is = LEX_ANYTHING };
	if (w->no_memory || w->found_punct == LEX_P_LIGHT) /* words touch across it */
		*out = (aur_sieve){ UINT64_MAX, UINT64_MAX, UINT64_MAX };
	for (size_t i = 0; i < w->found_count && !w->no_memory; i++) {
		const lex_tnode *t = &m->nodes[w->found[i]];
		out->is |= lex_bit(w->found[i]);
		out->left |= t->side[0];
		out->right |= t->side[1];
		for (uint32_t k = 0; k < t->count; k++) {
			const lex_anchor *a = &m->anchors[t->from + k];
			if (a->flags & LEX_EXCLUSION)
				continue;
			if (a->beside[0] & LEX_ANYTHING)
				out->right |= a->beside[1];
			else
				out->left |= a->beside[0];
		}
	}
	return number;
}

const aur_ext_sieve_v1 lex_sieve = { .size = sizeof(lex_sieve), .classify = classify_and_sieve };
