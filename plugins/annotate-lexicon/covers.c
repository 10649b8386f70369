/* SPDX-License-Identifier: Apache-2.0 */
/* covers.c - entries that only find what others find already, and entries whose matches are all removed by an exclusion. */
#include "lint.h"
#include <stdlib.h>
#include <string.h>

static bool covers_atom(const lex_atom *b, const lex_atom *a)
{
	if (a->slot != b->slot || (b->letter_case != LEX_CASE_ANY && b->letter_case != a->letter_case))
		return false;
	switch (b->kind) {
	case LEX_A_LITERAL:
		return a->kind == LEX_A_LITERAL && a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
	case LEX_A_PREFIX:
		return (a->kind == LEX_A_LITERAL || a->kind == LEX_A_PREFIX) && a->len >= b->len && memcmp(a->text, b->text, b->len) == 0;
	case LEX_A_SUFFIX:
		return (a->kind == LEX_A_LITERAL || a->kind == LEX_A_SUFFIX) && a->len >= b->len &&
		       memcmp(a->text + a->len - b->len, b->text, b->len) == 0;
	case LEX_A_GLOB:
		return (a->kind == LEX_A_LITERAL && lex_glob(b->text, b->len, a->text, a->len)) ||
		       (a->kind == LEX_A_GLOB && a->len == b->len && memcmp(a->text, b->text, a->len) == 0);
	case LEX_A_FUZZY:
		return (a->kind == LEX_A_LITERAL || (a->kind == LEX_A_FUZZY && a->fuzzy <= b->fuzzy && a->len == b->len)) &&
		       memcmp(a->text, b->text, lex_char_len(b->text, b->len)) == 0 &&
		       lex_distance(b->text, b->len, a->text, a->len, b->fuzzy) <= (a->kind == LEX_A_LITERAL ? b->fuzzy : 0u);
	}
	return false;
}

static bool covers_class(const lex_model *m, uint32_t b, uint32_t a)
{
	const lex_class *x = &m->classes[a], *y = &m->classes[b];
	if (a == b)
		return true;
	if ((uint64_t)x->atom_count * y->atom_count > 100000)
		return false;
	for (uint32_t i = 0; i < x->atom_count; i++) {
		bool good = false;
		for (uint32_t k = 0; k < y->atom_count && !good; k++)
			good = covers_atom(&m->atoms[y->atoms[k]], &m->atoms[x->atoms[i]]);
		if (!good)
			return false;
	}
	return true;
}

/* Does each word of pattern b cover the word of a at its place, counted from `at`? */
static bool covers_part(const lex_model *m, const lex_pattern *b, const lex_pattern *a, uint32_t at)
{
	if (at + b->aut.count > a->aut.count)
		return false;
	for (uint32_t i = 0; i < b->aut.count; i++)
		if (!covers_class(m, b->aut.cls[i], a->aut.cls[at + i]))
			return false;
	return true;
}

/* Lists of the chains, by the class of their first word. */
typedef struct chains {
	uint32_t *first; /* by class: first pattern + 1; 0: none */
	uint32_t *next;  /* by pattern: next pattern + 1; 0: none */
} chains;

typedef struct looking {
	lint *l;
	const chains *c;
	const lex_pattern *a;
	uint32_t at;
	bool exclusions;
	const lex_pattern *by; /* the pattern found */
	unsigned tried;
} looking;

static const lex_file *file_of(const lex_model *m, const lex_pattern *p)
{
	return &m->files[m->themes[p->theme].file];
}

/* Do two lexicons that have a theme in common count both patterns, wherever both match?  Not where an exclusion or a threshold of one of
 * them may say otherwise. */
static bool both_count(const lex_model *m, const lex_pattern *a, const lex_pattern *b)
{
	return strcmp(m->themes[a->theme].code, m->themes[b->theme].code) == 0 && !m->briefs[a - m->patterns].may_go && !m->briefs[b - m->patterns].may_go &&
	       (double)m->sources[a->source].weight >= file_of(m, a)->threshold && (double)m->sources[b->source].weight >= file_of(m, b)->threshold;
}

static bool same_worth(const lex_model *m, const lex_pattern *b, const lex_pattern *a)
{
	const lex_source *x = &m->sources[a->source], *y = &m->sources[b->source];
	return x->polarity == y->polarity && (a->theme == b->theme ? y->weight >= x->weight : file_of(m, a) != file_of(m, b) && both_count(m, a, b));
}

/* Reports that a finds the same as b, which is before it, of the same lexicon or of another. */
static void tell_duplicate(lint *l, const lex_pattern *a, const lex_pattern *b)
{
	const lex_source *s = &l->m->sources[a->source], *o = &l->m->sources[b->source];
	if (file_of(l->m, a) == file_of(l->m, b))
		lint_tell(l, AUR_LOG_WARN, "duplicate", s, _("« %.300s » finds the same as « %.300s » on line %u: remove one of them"), s->text, o->text, o->line);
	else
		lint_tell(l, AUR_LOG_WARN, "duplicate", s, _("« %.300s » finds the same as « %.300s » on line %u of %s, for the same theme, and both are counted: remove one of them"),
		          s->text, o->text, o->line, file_of(l->m, b)->path);
}

static void look_at_atom(void *to, uint32_t atom)
{
	looking *x = to;
	const lex_model *m = x->l->m;
	const lex_atom *t = &m->atoms[atom];
	for (uint32_t i = 0; i < t->class_count && x->by == NULL; i++)
		for (uint32_t k = x->c->first[t->classes[i]]; k != 0 && x->by == NULL; k = x->c->next[k - 1]) {
			const lex_pattern *b = &m->patterns[k - 1];
			if (b == x->a || b->context_count > 0 || (b->label == UINT32_MAX) != x->exclusions || ++x->tried > 20000)
				continue;
			if (x->exclusions ? !lex_is_within(m, x->a->theme, b->theme)
			                  : b->aut.count != x->a->aut.count || !same_worth(m, b, x->a))
				continue;
			if (!covers_part(m, b, x->a, x->at))
				continue;
			bool same = covers_part(m, x->a, b, 0) && same_worth(m, x->a, b) && x->a->context_count == 0;
			/* of two that find the same, the later one is reported; of two lexicons, one may find more than the other */
			if (!x->exclusions && (same ? b > x->a : file_of(m, b) != file_of(m, x->a)))
				continue;
			x->by = b;
		}
}

/* Finds a pattern whose first word covers word `at` of a, and that covers a from there. */
static const lex_pattern *find_cover(lint *l, const chains *c, const lex_pattern *a, uint32_t at, bool exclusions)
{
	looking x = { .l = l, .c = c, .a = a, .at = at, .exclusions = exclusions };
	const lex_class *k = &l->m->classes[a->aut.cls[at]];
	const lex_atom *t = &l->m->atoms[k->atoms[0]];
	int32_t index = l->m->slots[t->slot].index;
	aur_str *layers = l->layers;
	for (uint32_t i = 0; i < l->layer_count; i++)
		layers[i] = (aur_str){ NULL, 0 };
	aur_form f = { .size = sizeof(f), .layer_count = l->layer_count, .layers = layers };
	aur_str text = { t->text, t->len };
	if (index < 0)
		f.form = text;
	else if ((uint32_t)index < l->layer_count)
		layers[index] = text;
	lex_atoms_of(l->m, &f, true, look_at_atom, &x);
	return x.by;
}

bool lint_covers(lint *l)
{
	const lex_model *m = l->m;
	chains c = { calloc(m->class_count + 1, sizeof(uint32_t)), calloc(m->pattern_count + 1, sizeof(uint32_t)) };
	bool good = c.first != NULL && c.next != NULL;
	for (size_t i = m->pattern_count; good && i-- > 0;)
		if (m->patterns[i].aut.chain) {
			uint32_t cls = m->patterns[i].aut.cls[0];
			c.next[i] = c.first[cls];
			c.first[cls] = (uint32_t)i + 1;
		}
	for (size_t i = 0; good && i < m->pattern_count; i++) {
		const lex_pattern *a = &m->patterns[i], *b = NULL;
		const lex_source *s = &m->sources[a->source], *o;
		if (!a->aut.chain || a->label == UINT32_MAX)
			continue;
		if ((b = find_cover(l, &c, a, 0, false)) != NULL) {
			o = &m->sources[b->source];
			if (covers_part(m, a, b, 0) && a->context_count == 0)
				tell_duplicate(l, a, b);
			else
				lint_tell(l, AUR_LOG_WARN, "shadowed", s, _("everything that « %.300s » finds is also found by « %.300s » on line %u: remove the first one"), s->text,
				          o->text, o->line);
		}
		for (uint32_t at = 0; m->exclusion_count > 0 && at < a->aut.count; at++)
			if ((b = find_cover(l, &c, a, at, true)) != NULL) {
				o = &m->sources[b->source];
				lint_tell(l, AUR_LOG_WARN, "excluded", s,
				          _("« %.300s » is never found: the exclusion « %.300s » on line %u always takes it away"), s->text, o->text, o->line);
				break;
			}
	}
	free(c.first);
	free(c.next);
	return good;
}

typedef struct key {
	uint64_t hash;
	uint32_t pattern;
} key;

static int by_hash(const void *a, const void *b)
{
	const key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Reports duplicates among patterns that are not chains, or have contexts: those with the same automata. */
bool lint_doubles(lint *l)
{
	const lex_model *m = l->m;
	key *keys = malloc((m->pattern_count + 1) * sizeof(*keys));
	size_t n = 0;
	if (keys == NULL)
		return false;
	for (size_t i = 0; i < m->pattern_count; i++) {
		const lex_pattern *p = &m->patterns[i];
		const lex_source *s = &m->sources[p->source];
		const char *code = m->themes[p->theme].code;
		if (!p->aut.chain || p->context_count > 0)
			keys[n++] = (key){ lex_mix(p->content + lex_hash(code, strlen(code), 3) + (p->label == UINT32_MAX)) + (uint64_t)(s->polarity + 1), (uint32_t)i };
	}
	qsort(keys, n, sizeof(*keys), by_hash);
	for (size_t i = 1; i < n; i++)
		if (keys[i].hash == keys[i - 1].hash) {
			const lex_pattern *a = &m->patterns[keys[i].pattern], *b = &m->patterns[keys[i - 1].pattern];
			if (file_of(m, a) == file_of(m, b) || (a->label != UINT32_MAX && both_count(m, a, b)))
				tell_duplicate(l, a, b);
		}
	free(keys);
	return true;
}
