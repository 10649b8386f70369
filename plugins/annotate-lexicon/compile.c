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

/* Hashes all that the hits of a pattern depend on, except the version of its lexicon: so an unchanged pattern has
 * the same hash in the next version (see lex_classify). */
static uint64_t pattern_hash(const lex_model *m, lex_pattern *p, const lex_source *s)
{
	const lex_theme *t = &m->themes[s->theme];
	const lex_file *f = &m->files[t->file];
	uint64_t h = lex_hash(f->id, strlen(f->id), 11);
	uint64_t numbers[4] = { (uint64_t)(f->threshold * 1e6), (uint64_t)((double)s->weight * 1e6), (uint64_t)(s->polarity + 1),
		                (uint64_t)(s->exclude | t->all << 1) };
	h = lex_hash(t->code, strlen(t->code), h);
	h = lex_hash(s->name, strlen(s->name), h);
	for (size_t i = 0; i < 4; i++)
		h = lex_mix(h + numbers[i]);
	p->content = lex_automaton_hash(m, &p->aut, 0);
	for (uint32_t i = 0; i < p->context_count; i++) {
		const lex_context *c = &p->contexts[i];
		p->content = lex_mix(p->content + ((uint64_t)c->where << 24 | (uint64_t)c->forbidden << 16 | (uint64_t)c->min << 8 | c->max));
		p->content = lex_automaton_hash(m, &c->aut, p->content);
	}
	return lex_mix(h + p->content);
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

static aur_status compile_tree(lex_model *m, lex_builder *b, const lex_source *s, const lex_node *body, lex_auto *out, lex_cut *anchors)
{
	char msg[300];
	aur_status st = lex_automaton(b, body, out, anchors);
	if (st == AUR_E_NOMEM)
		return lex_no_memory(m->host);
	if (st == AUR_OK)
		return AUR_OK;
	snprintf(msg, sizeof(msg), _("this pattern has more than %d words once its choices are written out: split it into several lines"),
	         LEX_MAX_POSITIONS);
	st = lex_fault_at(m, m->files[m->themes[s->theme].file].path, s->line, s->column, msg);
	return st == AUR_OK ? AUR_E_CONFIG : st;
}

/* Does a pattern ask for a negating word?  Then its hits are not AUR_HIT_LOOSE: its author has accounted for the
 * negation. */
static bool names_denial(const lex_model *m, const lex_auto *a)
{
	static const char *const words[] = { "pas", "pa", "plus", "jamais", "rien", "aucun", "aucune", "sans", "ni" };
	for (size_t i = 0; i < a->count; i++) {
		const lex_class *c = &m->classes[a->cls[i]];
		for (uint32_t k = 0; k < c->atom_count; k++) {
			const lex_atom *x = &m->atoms[c->atoms[k]];
			for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++)
				if (x->kind == LEX_A_LITERAL && x->len == strlen(words[w]) && memcmp(x->text, words[w], x->len) == 0)
					return true;
		}
	}
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

/* Compiles the automata of an entry and of its contexts. */
static aur_status compile_source(lex_model *m, lex_builder *b, uint32_t source, lex_pattern *p, lex_cut *anchors)
{
	const lex_source *s = &m->sources[source];
	*p = (lex_pattern){ .source = source, .theme = s->theme, .label = UINT32_MAX };
	aur_status st = compile_tree(m, b, s, s->tree.body, &p->aut, anchors);
	lex_context *contexts = lex_array(&m->arena, s->tree.context_count, sizeof(*contexts));
	if (st == AUR_OK && contexts == NULL)
		st = lex_no_memory(m->host);
	p->contexts = contexts;
	p->context_count = s->tree.context_count;
	for (uint32_t k = 0; st == AUR_OK && k < p->context_count; k++) {
		const lex_context_tree *t = &s->tree.contexts[k];
		lex_cut unused; /* contexts have no anchors */
		contexts[k] = (lex_context){ .where = t->where, .forbidden = t->forbidden, .idle_gap = t->idle_gap, .min = lex_clip(t->min), .max = lex_clip(t->max),
			                      .text = lex_dup(&m->arena, t->text, strlen(t->text)) };
		if (contexts[k].text == NULL)
			return lex_no_memory(m->host);
		st = compile_tree(m, b, s, t->body, &contexts[k].aut, &unused);
	}
	return st;
}

static aur_str str(const char *s)
{
	return (aur_str){ s, strlen(s) };
}

static aur_label label_of(const lex_model *m, const lex_source *s)
{
	const lex_theme *t = &m->themes[s->theme];
	const lex_file *f = &m->files[t->file];
	return (aur_label){ .theme = str(t->code), .entry = str(s->name), .lexicon = str(f->id), .version = str(f->version) };
}

aur_status lex_compile(lex_model *m, lex_arena *tmp)
{
	lex_interner in = { 0 };
	lex_anchors anchors = { 0 };
	size_t n = 0, labels = 0;
	lex_builder *b = lex_builder_new(m, tmp);
	aur_status st = AUR_E_NOMEM;
	if (b == NULL)
		return lex_no_memory(m->host);
	for (size_t i = 0; i < m->source_count; i++) {
		lex_source *s = &m->sources[i];
		if (!s->active)
			continue;
		n++;
		labels += !s->exclude;
		if (!intern_classes(m, &in, s->tree.body))
			goto out;
		for (uint32_t k = 0; k < s->tree.context_count; k++)
			if (!intern_classes(m, &in, s->tree.contexts[k].body))
				goto out;
	}
	m->patterns = lex_array(&m->arena, n, sizeof(*m->patterns));
	m->labels = lex_array(&m->arena, labels, sizeof(*m->labels));
	if (m->patterns == NULL || m->labels == NULL)
		goto out;
	for (size_t i = 0; i < m->source_count; i++) {
		lex_source *s = &m->sources[i];
		if (!s->active)
			continue;
		lex_pattern *p = &m->patterns[m->pattern_count];
		lex_cut cut;
		st = compile_source(m, b, (uint32_t)i, p, &cut);
		if (st == AUR_E_CONFIG && m->keep_faults) {
			s->active = false;
			continue;
		}
		if (st != AUR_OK)
			goto out;
		st = AUR_E_NOMEM;
		s->pattern = (uint32_t)m->pattern_count++;
		if (s->exclude) {
			m->exclusion_count++;
		} else {
			p->label = (uint32_t)m->label_count;
			m->labels[m->label_count++] = label_of(m, s);
		}
		p->hash = pattern_hash(m, p, s);
		m->wide |= !p->aut.chain || p->context_count > 0;
		if (!lex_anchors_add(m, &anchors, p, &cut))
			goto out;
	}
	if (!lex_link_atoms(m) || !lex_anchors_place(m, &anchors) || !make_briefs(m) || !lex_phrases_make(m))
		goto out;
	st = AUR_OK;
out:
	lex_anchors_free(&anchors);
	lex_builder_free(b);
	lex_interner_free(&in);
	return st == AUR_E_NOMEM ? lex_no_memory(m->host) : st;
}
