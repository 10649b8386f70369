/* SPDX-License-Identifier: Apache-2.0 */
/* nodes.c - making and joining the nodes of a pattern's tree, and checks on them. */
#include "parser.h"
#include <string.h>

lex_node *pat_node(parser *p, lex_kind kind)
{
	lex_node *x = lex_alloc(p->c->arena, sizeof(*x));
	if (x != NULL)
		x->kind = kind;
	else
		p->bad = true;
	return x;
}

bool pat_add(parser *p, pat_list *l, lex_node *x)
{
	if (x == NULL)
		return false;
	if (l->cap == 0) {
		l->items = l->few;
		l->cap = sizeof(l->few) / sizeof(*l->few);
	} else if (l->count == l->cap) {
		uint32_t cap = l->cap * 4;
		lex_node **items = lex_array(p->c->arena, cap, sizeof(*items));
		if (items == NULL) {
			p->bad = true;
			return false;
		}
		memcpy(items, l->items, l->count * sizeof(*items));
		l->items = items;
		l->cap = cap;
	}
	l->items[l->count++] = x;
	return true;
}

bool pat_take(parser *p, lex_node *x, const pat_list *l)
{
	x->child_count = l->count;
	x->children = l->items;
	if (l->items != l->few)
		return true;
	x->children = lex_array(p->c->arena, l->count, sizeof(*x->children));
	if (x->children == NULL)
		return !(p->bad = true);
	memcpy(x->children, l->few, l->count * sizeof(*l->few));
	return true;
}

lex_node *pat_node_of(parser *p, lex_kind kind, const pat_list *l)
{
	if (l->count == 1)
		return l->items[0];
	lex_node *x = pat_node(p, kind);
	return x != NULL && pat_take(p, x, l) ? x : NULL;
}

lex_node *pat_optional(parser *p, lex_node *child)
{
	if (child == NULL || child->kind == LEX_N_OPT)
		return child;
	if (child->kind == LEX_N_GAP) {
		child->min = 0;
		return child;
	}
	pat_list l = { 0 };
	lex_node *x = pat_node(p, LEX_N_OPT);
	return x != NULL && pat_add(p, &l, child) && pat_take(p, x, &l) ? x : NULL;
}

/* A choice; single words in it become one word node with many spellings, which keeps big lists cheap. */
lex_node *pat_choice(parser *p, const pat_list *l)
{
	if (l->count == 1)
		return l->items[0];
	pat_list flat = { 0 }, rest = { 0 };
	for (uint32_t i = 0; i < l->count; i++) {
		const lex_node *x = l->items[i];
		if (x->kind != LEX_N_ALT) {
			if (!pat_add(p, &flat, l->items[i]))
				return NULL;
			continue;
		}
		for (uint32_t j = 0; j < x->child_count; j++)
			if (!pat_add(p, &flat, x->children[j]))
				return NULL;
	}
	size_t words = 0;
	for (uint32_t i = 0; i < flat.count; i++)
		if (flat.items[i]->kind == LEX_N_WORD)
			words += flat.items[i]->word_count;
	if (words > 0) {
		lex_node *w = pat_node(p, LEX_N_WORD);
		lex_word *all = lex_array(p->c->arena, words, sizeof(*all));
		if (w == NULL || all == NULL || words > UINT32_MAX || !pat_add(p, &rest, w))
			return NULL;
		w->words = all;
		for (uint32_t i = 0; i < flat.count; i++) {
			const lex_node *x = flat.items[i];
			if (x->kind != LEX_N_WORD)
				continue;
			memcpy(all + w->word_count, x->words, x->word_count * sizeof(*all));
			w->word_count += x->word_count;
		}
	}
	for (uint32_t i = 0; i < flat.count; i++)
		if (flat.items[i]->kind != LEX_N_WORD && !pat_add(p, &rest, flat.items[i]))
			return NULL;
	return pat_node_of(p, LEX_N_ALT, &rest);
}

bool pat_can_be_empty(const lex_node *x)
{
	if (x->kind == LEX_N_OPT || x->kind == LEX_N_GAP)
		return true;
	if (x->kind == LEX_N_WORD)
		return false;
	for (uint32_t i = 0; i < x->child_count; i++)
		if (pat_can_be_empty(x->children[i]) == (x->kind == LEX_N_ALT))
			return x->kind == LEX_N_ALT;
	return x->kind != LEX_N_ALT;
}

/* A gap with an optional word outside of it is not at the edge: in `fêter ..3 succès?` the gap is left out with the word. */
bool pat_edge_gap(const lex_node *x, bool at_end)
{
	if (x->kind == LEX_N_GAP)
		return true;
	if (x->kind == LEX_N_SEQ)
		return pat_edge_gap(x->children[at_end ? x->child_count - 1 : 0], at_end);
	for (uint32_t i = 0; i < x->child_count; i++)
		if (pat_edge_gap(x->children[i], at_end))
			return true;
	return false;
}
