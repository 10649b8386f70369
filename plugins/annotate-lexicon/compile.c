/* SPDX-License-Identifier: Apache-2.0 */
/* compile.c - compiles the sources of all lexicons into patterns: the classes of their words, their automata, their anchors, and
 * what their hits need. */
#include "anchors.h"
#include "atoms.h"
#include "automaton.h"
#include "phrases.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Hashes what a pattern requires of words. */
static uint64_t content_of(const lex_model *m, const lex_pattern *p)
{
	uint64_t h = lex_automaton_hash(m, &p->aut, 0);
	for (uint32_t i = 0; i < p->context_count; i++) {
		const lex_context *c = &p->contexts[i];
		h = lex_mix(h + ((uint64_t)c->where << 24 | (uint64_t)c->forbidden << 16 | (uint64_t)c->min << 8 | c->max));
		h = lex_automaton_hash(m, &c->aut, h);
	}
	return h;
}

/* ---- sources -> patterns ---- */

static bool intern_classes(lex_model *m, lex_interner *in, lex_node *x)
{
	if (x->kind == LEX_N_WORD) {
		uint32_t c;
		if (x->cls == 0) {
			if (!lex_class_of(m, in, x, &c))
				return false;
			x->cls = c + 1;
		}
		return true;
	}
	for (uint32_t i = 0; i < x->child_count; i++)
		if (!intern_classes(m, in, x->children[i]))
			return false;
	return true;
}

/* Does a pattern ask for a negating word?  Then its hits are not AUR_HIT_LOOSE: its author has accounted for the
 * negation. */
static bool names_denial(const lex_model *m, const lex_auto *a)
{
	for (size_t i = 0; i < a->count; i++)
		if (m->classes[a->cls[i]].denies)
			return true;
	return false;
}

static bool make_briefs(lex_model *m)
{
	bool *excludes = calloc(m->theme_count + 1, sizeof(*excludes)); /* by theme: some exclusion is said of it */
	m->briefs = lex_array(&m->arena, m->pattern_count, sizeof(*m->briefs));
	if (m->briefs == NULL || excludes == NULL) {
		free(excludes);
		return false;
	}
	for (size_t i = 0; i < m->pattern_count; i++)
		excludes[m->patterns[i].theme] |= m->sources[m->patterns[i].source].exclude;
	for (size_t i = 0; i < m->pattern_count; i++) {
		const lex_pattern *p = &m->patterns[i];
		const lex_source *s = &m->sources[p->source];
		bool may_go = false;
		for (uint32_t t = p->theme; t != UINT32_MAX && !may_go; t = m->themes[t].parent)
			may_go = excludes[t];
		bool open = s->polarity == LEX_POLARITY_CONTEXT, lack = s->polarity == LEX_POLARITY_LACK;
		bool loose = !names_denial(m, &p->aut), leans = (double)s->weight < m->files[m->themes[p->theme].file].threshold;
		m->briefs[i] = (lex_brief){ p->label, s->weight, open || lack ? AUR_ASSERTED : s->polarity,
			                    (uint8_t)((open ? 0 : lack ? AUR_HIT_LACK_COUNTS : AUR_HIT_FIXED_POLARITY) | (loose ? AUR_HIT_LOOSE : 0) |
			                              (leans ? AUR_HIT_LEANS : 0)), may_go, p->theme };
	}
	free(excludes);
	return true;
}

struct lex_compiler {
	lex_model *m;
	lex_interner in;
	lex_anchors anchors;
	lex_builder *builder;
	lex_arena lines; /* trees and half-made automata: few pages, used again for each line */
};

lex_compiler *lex_compiler_new(lex_model *m)
{
	lex_compiler *c = calloc(1, sizeof(*c));
	if (c == NULL || (c->builder = lex_builder_new(m, &c->lines)) == NULL) {
		free(c);
		return NULL;
	}
	c->m = m;
	return c;
}

void lex_compiler_free(lex_compiler *c)
{
	lex_anchors_free(&c->anchors);
	lex_builder_free(c->builder);
	lex_interner_free(&c->in);
	lex_arena_free(&c->lines);
	free(c);
}

lex_arena *lex_compiler_lines(lex_compiler *c)
{
	return &c->lines;
}

/* Compiles the automata of an entry and of its contexts.  AUR_E_CONFIG: it has too many words. */
static aur_status compile_automata(lex_compiler *c, const lex_tree *tree, lex_pattern *p, lex_cut *anchors)
{
	lex_model *m = c->m;
	aur_status st = lex_automaton(c->builder, tree->body, &p->aut, anchors);
	lex_context *contexts = lex_array(&m->arena, tree->context_count, sizeof(*contexts));
	if (contexts == NULL)
		return AUR_E_NOMEM;
	p->contexts = contexts;
	p->context_count = tree->context_count;
	for (uint32_t k = 0; st == AUR_OK && k < p->context_count; k++) {
		const lex_context_tree *t = &tree->contexts[k];
		lex_cut unused; /* contexts have no anchors */
		contexts[k] = (lex_context){ .where = t->where, .forbidden = t->forbidden, .idle_gap = t->idle_gap, .min = lex_clip(t->min), .max = lex_clip(t->max),
			                      .text = lex_dup(&m->arena, t->text, strlen(t->text)) };
		if (contexts[k].text == NULL)
			return AUR_E_NOMEM;
		st = lex_automaton(c->builder, t->body, &contexts[k].aut, &unused);
	}
	return st;
}

static aur_status compile(lex_compiler *c, lex_source *s, const lex_tree *tree)
{
	lex_model *m = c->m;
	lex_pattern p = { .source = (uint32_t)(s - m->sources), .theme = s->theme, .label = UINT32_MAX };
	lex_cut cut;
	if (!intern_classes(m, &c->in, tree->body))
		return AUR_E_NOMEM;
	for (uint32_t k = 0; k < tree->context_count; k++)
		if (!intern_classes(m, &c->in, tree->contexts[k].body))
			return AUR_E_NOMEM;
	aur_status st = compile_automata(c, tree, &p, &cut);
	s->too_big = st == AUR_E_CONFIG;
	if (st != AUR_OK)
		return s->too_big ? AUR_OK : st;
	if (!lex_grow(&m->patterns, &m->pattern_cap, m->pattern_count + 1, sizeof(*m->patterns)))
		return AUR_E_NOMEM;
	p.content = content_of(m, &p);
	s->pattern = (uint32_t)m->pattern_count;
	if (s->exclude)
		m->exclusion_count++;
	else
		p.label = (uint32_t)m->label_count++;
	m->patterns[m->pattern_count++] = p;
	m->wide |= !p.aut.chain || p.context_count > 0;
	return lex_anchors_add(m, &c->anchors, &p, &cut) ? AUR_OK : AUR_E_NOMEM;
}

aur_status lex_compile_source(lex_compiler *c, const lex_tree *tree)
{
	lex_source *s = &c->m->sources[c->m->source_count - 1];
	aur_status st = s->active ? compile(c, s, tree) : AUR_OK;
	lex_arena_reset(&c->lines);
	return st == AUR_E_NOMEM ? lex_no_memory(c->m->host) : st;
}

/* Reports the sources that have too many words. */
static aur_status report_too_big(lex_model *m)
{
	aur_status st = AUR_OK;
	for (size_t i = 0; i < m->source_count && st == AUR_OK; i++) {
		lex_source *s = &m->sources[i];
		char msg[300];
		if (!s->too_big)
			continue;
		snprintf(msg, sizeof(msg), _("this pattern has more than %d words once its choices are written out: split it into several lines"),
		         LEX_MAX_POSITIONS);
		st = lex_fault_at(m, m->files[m->themes[s->theme].file].path, s->line, s->column, msg);
		s->active = false;
	}
	return st;
}

static aur_str str(const char *s)
{
	return (aur_str){ s, strlen(s) };
}

static bool make_labels(lex_model *m)
{
	m->labels = lex_array(&m->arena, m->label_count, sizeof(*m->labels));
	for (size_t i = 0; m->labels != NULL && i < m->pattern_count; i++) {
		const lex_pattern *p = &m->patterns[i];
		const lex_source *s = &m->sources[p->source];
		const lex_theme *t = &m->themes[s->theme];
		const lex_file *f = &m->files[t->file];
		if (p->label != UINT32_MAX)
			m->labels[p->label] = (aur_label){ .theme = str(t->code), .entry = str(s->name), .lexicon = str(f->id), .version = str(f->version) };
	}
	return m->labels != NULL;
}

aur_status lex_compile_end(lex_compiler *c)
{
	lex_model *m = c->m;
	aur_status st = report_too_big(m);
	if (st != AUR_OK)
		return st;
	if (!make_labels(m) || !lex_link_atoms(m) || !lex_anchors_place(m, &c->anchors) || !make_briefs(m) || !lex_phrases_make(m))
		return lex_no_memory(m->host);
	return AUR_OK;
}
