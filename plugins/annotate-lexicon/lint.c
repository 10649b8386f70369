/* SPDX-License-Identifier: Apache-2.0 */
/* lint.c - what is wrong with entries that are well-formed: doubled, shadowed, excluded, impossible, cut by the tokenizer; and, with a
 * corpus at hand, dead ones, stems that meet and stems that miss (stems.c). */
#include "lint.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lint_tell(lint *l, aur_level level, const char *rule, const lex_source *s, const char *fmt, ...)
{
	char msg[1200];
	va_list ap;
	va_start(ap, fmt);
	lex_format(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	aur_lint_finding f = { .size = sizeof(f), .level = level, .rule = rule, .file = l->m->files[l->m->themes[s->theme].file].path,
		               .line = s->line, .column = s->column,
		               .label = s->pattern == UINT32_MAX ? UINT32_MAX : l->m->patterns[s->pattern].label, .message = msg };
	l->found(l->to, &f);
}

/* ---- which entry finds all that another finds ---- */

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

/* Does pattern b, word by word, cover the words of a from `at` on? */
static bool covers_part(const lex_model *m, const lex_pattern *b, const lex_pattern *a, uint32_t at)
{
	if (at + b->aut.count > a->aut.count)
		return false;
	for (uint32_t i = 0; i < b->aut.count; i++)
		if (!covers_class(m, b->aut.cls[i], a->aut.cls[at + i]))
			return false;
	return true;
}

/* Chains by the class of their first word. */
typedef struct chains {
	uint32_t *first; /* class -> index into next, + 1 */
	uint32_t *next;  /* pattern -> pattern + 1 */
} chains;

typedef struct looking {
	lint *l;
	const chains *c;
	const lex_pattern *a;
	uint32_t at;
	bool exclusions;
	const lex_pattern *by; /* what was found */
	unsigned tried;
} looking;

static bool same_worth(const lex_model *m, const lex_pattern *b, const lex_pattern *a)
{
	const lex_source *x = &m->sources[a->source], *y = &m->sources[b->source];
	return a->theme == b->theme && x->polarity == y->polarity && y->weight >= x->weight;
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
			/* of two that find the same, the later one is too much */
			if (!x->exclusions && covers_part(m, x->a, b, 0) && same_worth(m, x->a, b) && x->a->context_count == 0 && b > x->a)
				continue;
			x->by = b;
		}
}

/* Looks up the patterns whose first word covers word `at` of a. */
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

static bool check_covers(lint *l)
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
				lint_tell(l, AUR_LOG_WARN, "duplicate", s, _("« %.300s » finds the same as « %.300s » on line %u: take one of them out"), s->text,
				          o->text, o->line);
			else
				lint_tell(l, AUR_LOG_WARN, "shadowed", s, _("all that « %.300s » finds, « %.300s » on line %u finds as well: take it out"), s->text,
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

/* Patterns that are not chains: the same only where they are built the same. */
static int by_hash(const void *a, const void *b)
{
	const lint_key *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static bool check_doubles(lint *l)
{
	const lex_model *m = l->m;
	lint_key *keys = malloc((m->pattern_count + 1) * sizeof(*keys));
	size_t n = 0;
	if (keys == NULL)
		return false;
	for (size_t i = 0; i < m->pattern_count; i++) {
		const lex_pattern *p = &m->patterns[i];
		const lex_source *s = &m->sources[p->source];
		if (!p->aut.chain || p->context_count > 0)
			keys[n++] = (lint_key){ lex_mix(p->content + p->theme * 4u + (p->label == UINT32_MAX)) + (uint64_t)(s->polarity + 1), (uint32_t)i };
	}
	qsort(keys, n, sizeof(*keys), by_hash);
	for (size_t i = 1; i < n; i++)
		if (keys[i].hash == keys[i - 1].hash) {
			const lex_source *s = &m->sources[m->patterns[keys[i].pattern].source], *o = &m->sources[m->patterns[keys[i - 1].pattern].source];
			lint_tell(l, AUR_LOG_WARN, "duplicate", s, _("« %.300s » finds the same as « %.300s » on line %u: take one of them out"), s->text, o->text,
			          o->line);
		}
	free(keys);
	return true;
}

/* ---- words that cannot be ---- */

static bool is_letter_layer(const char *name)
{
	return strcmp(name, "form") == 0 || strcmp(name, "lower") == 0 || strcmp(name, "base") == 0 || strcmp(name, "fold") == 0;
}

static void check_word(lint *l, const lex_atom *a, const lex_source *s)
{
	const lex_slot *slot = &l->m->slots[a->slot];
	aur_str forms[4];
	if (a->kind != LEX_A_LITERAL && a->kind != LEX_A_FUZZY)
		return;
	if (slot->index < 0 && a->letter_case == LEX_CASE_UPPER && !lex_is_upper(a->text, a->len)) {
		lint_tell(l, AUR_LOG_WARN, "impossible", s, _("« %s » is compared as it is written, so case=\"upper\" can never hold: write it in capitals"),
		          a->text);
		return;
	}
	/* a clitic and an elided word are made in company alone */
	if (l->in->tokenize == NULL || !is_letter_layer(slot->name) || a->text[0] == '-' || a->text[a->len - 1] == '\'')
		return;
	uint32_t n = l->in->tokenize(l->in->priv, (aur_str){ a->text, a->len }, forms, 4);
	if (n < 2)
		return;
	char parts[300] = "";
	for (uint32_t i = 0, k = 0; i < n && i < 4 && k < sizeof(parts); i++)
		k += (uint32_t)snprintf(parts + k, sizeof(parts) - k, "%s%.*s", i ? " " : "", (int)(forms[i].len < 60 ? forms[i].len : 60), forms[i].ptr);
	lint_tell(l, AUR_LOG_WARN, "tokenizer", s, _("« %s » is never one word to the tokenizer, which cuts it so: write « %s%s »"), a->text, parts,
	          n > 4 ? " …" : "");
}

static void check_class_words(lint *l, uint32_t cls, const lex_source *s)
{
	const lex_class *c = &l->m->classes[cls];
	for (uint32_t i = 0; i < c->atom_count; i++)
		if (!l->seen[c->atoms[i]]) {
			l->seen[c->atoms[i]] = 1;
			check_word(l, &l->m->atoms[c->atoms[i]], s);
		}
}

static void check_words(lint *l)
{
	for (size_t i = 0; i < l->m->pattern_count; i++) {
		const lex_pattern *p = &l->m->patterns[i];
		const lex_source *s = &l->m->sources[p->source];
		for (uint32_t k = 0; k < p->aut.count; k++)
			check_class_words(l, p->aut.cls[k], s);
		for (uint32_t c = 0; c < p->context_count; c++)
			for (uint32_t k = 0; k < p->contexts[c].aut.count; k++)
				check_class_words(l, p->contexts[c].aut.cls[k], s);
	}
}

/* ---- dead entries ---- */

/* Can a match run through words that the corpus has? */
static bool is_alive(const lint *l, const lex_auto *a)
{
	uint8_t reached[LEX_MAX_POSITIONS] = { 0 };
	for (uint32_t i = 0; i < a->start_count; i++)
		reached[a->starts[i].to] = l->class_seen[a->cls[a->starts[i].to]];
	/* edges of an any-order lead back: go on until nothing changes */
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t p = 0; p < a->count; p++)
			for (uint32_t e = a->fwd_at[p]; reached[p] && e < a->fwd_at[p + 1]; e++) {
				uint32_t to = a->fwd[e].to;
				if (!reached[to] && l->class_seen[a->cls[to]])
					reached[to] = changed = true;
			}
	}
	for (uint32_t p = 0; p < a->count; p++)
		if (reached[p] && a->is_end[p])
			return true;
	return false;
}

static void check_dead(lint *l)
{
	for (size_t i = 0; i < l->m->pattern_count; i++) {
		const lex_pattern *p = &l->m->patterns[i];
		const lex_source *s = &l->m->sources[p->source];
		if (p->label == UINT32_MAX)
			continue;
		if (l->class_seen != NULL && !is_alive(l, &p->aut))
			lint_tell(l, AUR_LOG_INFO, "dead", s, _("« %.300s » cannot be found in this corpus, which lacks its words"), s->text);
		else if (l->in->label_hits != NULL && l->in->label_hits(l->in->priv, p->label) == 0)
			lint_tell(l, AUR_LOG_INFO, "dead", s, _("« %.300s » is never found in this corpus"), s->text);
	}
}

/* ---- in the order of the files ---- */

typedef struct kept {
	aur_lint_finding f;
	size_t order;
} kept;
typedef struct keeper {
	kept *v;
	size_t count, cap;
	lex_arena arena;
	bool failed;
} keeper;

static void keep(void *to, const aur_lint_finding *f)
{
	keeper *k = to;
	if (!lex_grow(&k->v, &k->cap, k->count + 1, sizeof(*k->v))) {
		k->failed = true;
		return;
	}
	k->v[k->count] = (kept){ *f, k->count };
	k->v[k->count].f.message = lex_dup(&k->arena, f->message, strlen(f->message));
	k->failed |= k->arena.failed;
	k->count++;
}

static int by_line(const void *a, const void *b)
{
	const kept *x = a, *y = b;
	int c = strcmp(x->f.file ? x->f.file : "", y->f.file ? y->f.file : "");
	if (c != 0)
		return c;
	if (x->f.line != y->f.line)
		return x->f.line < y->f.line ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static aur_status run(const aur_host *h, void *model, const aur_lint_input *in, void (*found)(void *to, const aur_lint_finding *f),
                      void *to)
{
	const lex_model *m = model;
	keeper k = { 0 };
	lint l = { .h = h, .m = m, .in = in, .found = keep, .to = &k };
	aur_status st = AUR_OK;
	for (size_t i = 0; i < m->slot_count; i++)
		if (m->slots[i].index >= 0 && (uint32_t)m->slots[i].index >= l.layer_count)
			l.layer_count = (uint32_t)m->slots[i].index + 1;
	l.layers = calloc(l.layer_count + 1u, sizeof(*l.layers));
	l.seen = calloc(m->atom_count + 1, 1);
	if (l.layers == NULL || l.seen == NULL || !check_covers(&l) || !check_doubles(&l)) {
		st = lex_no_memory(h);
		goto out;
	}
	for (size_t i = 0; i < m->fault_count; i++)
		keep(&k, &(aur_lint_finding){ .size = sizeof(aur_lint_finding), .level = AUR_LOG_ERROR, .rule = "broken", .file = m->faults[i].path,
		                              .line = m->faults[i].line, .column = m->faults[i].column, .label = UINT32_MAX,
		                              .message = m->faults[i].message });
	check_words(&l);
	if (in->next_form != NULL && in->rewind != NULL) {
		l.class_seen = calloc(m->class_count + 1, 1);
		if (l.class_seen == NULL) {
			st = lex_no_memory(h);
			goto out;
		}
		if ((st = lint_forms(&l)) != AUR_OK)
			goto out;
	}
	check_dead(&l);
	if (k.failed)
		st = lex_no_memory(h);
	if (k.count > 1)
		qsort(k.v, k.count, sizeof(*k.v), by_line);
	for (size_t i = 0; st == AUR_OK && i < k.count; i++)
		found(to, &k.v[i].f);
out:
	free(l.layers);
	free(l.seen);
	free(l.class_seen);
	free(k.v);
	lex_arena_free(&k.arena);
	return st;
}

const aur_ext_lint_v1 lex_lint = { .size = sizeof(lex_lint), .lint = run };
