/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves syntax into a plan: what the names and words of a query mean in this corpus.  An unknown name is an error; a value,
 * theme or word that does not occur is a remark, and matches nothing. */
#include "config.h"
#include "base/intl.h"
#include "query/resolving.h"

static int has_spans(const node *n)
{
	if (n->kind == N_OR) {
		for (uint32_t i = 0; i < n->nkids; i++)
			if (!has_spans(n->kid[i]))
				return 0;
		return 1;
	}
	return n->kind == N_TERM || n->kind == N_PHRASE || n->kind == N_NEAR || n->kind == N_TOKENS || n->kind == N_THEME;
}

static aur_code resolve(resolving *x, node *n)
{
	aur_code c = AURE_OK;
	q_seq l = {0};
	q_what what;
	int layer = LAYER_DEFAULT;
	uint32_t field;
	switch (n->kind) {
	case N_PIECE:
	case N_QUOTED:
		if (n->name_op == '=') {
			layer = x->s->lower;
			c = q_need_layer(x, n->at, "lower", layer);
		} else if (n->name_op == 'E') {
			layer = LAYER_FORM;
		} else if (n->name.ptr) {
			c = q_name_is(x, n, &what, &layer, &field);
			if (c)
				return c;
			if (what == IS_FIELD || what == IS_THEME || what == IS_ID) {
				if (n->regex) { /* here slashes are part of a value */
					n->text.ptr--;
					n->text.len += 2;
				}
				if (what == IS_FIELD)
					return q_field_node(x, n, field, n->kind == N_QUOTED);
				if (what == IS_THEME)
					return q_theme_node(x, n);
				if (n->kind == N_QUOTED)
					q_unescape(x, n);
				int many = n->kind == N_PIECE && n->text.len && n->text.ptr[n->text.len - 1] == '*';
				n->kind = N_DOC;
				n->doc = aur_snapshot_find(x->s->env.s, n->text);
				if (n->doc == AUR_NONE && many) { /* id:reponses.csv:* */
					n->kind = N_IDS;
					n->text.len--;
				} else if (n->doc == AUR_NONE)
					q_note(x, _("there is no contribution with the id « %.*s »"), q_shown_len(n->text), n->text.ptr);
				return AURE_OK;
			}
			if (what == IS_FORM)
				layer = LAYER_FORM;
		} else if (n->kind == N_PIECE && !n->regex && same(n->text, "*")) {
			n->kind = N_ALL;
			return AURE_OK;
		}
		if (c)
			return c;
		if (n->kind == N_QUOTED)
			c = q_phrase(x, &l, n, layer);
		else
			c = q_word_piece(x, &l, n->at, layer, n->regex, n->text);
		if (!c && !n->regex)
			q_pattern_note(x, n);
		return c ? c : q_words_node(x, n, &l, layer);
	case N_TOKENS:
		return q_tokens_node(x, n);
	default:
		for (uint32_t i = 0; i < n->nkids && !c; i++)
			c = resolve(x, n->kid[i]);
		if (!c && n->kind == N_AND)
			q_and_notes(x, n);
		if (!c && n->kind == N_OR)
			q_or_notes(x, n);
		if (!c && n->kind == N_NEAR)
			q_near_note(x, n);
		if (!c && n->kind == N_NEAR)
			for (uint32_t i = 0; i < 2; i++)
				if (!has_spans(n->kid[i]))
					return q_fail(x->p, n->kid[i]->at,
						      _("NEAR and BEFORE go between words, phrases, tokens or themes (or several joined by OR), not here"));
		return c;
	}
}

static void leaves(aur_query *q, node *n, int positive, uint32_t *cap)
{
	switch (n->kind) {
	case N_NOT:
		leaves(q, n->kid[0], !positive, cap);
		break;
	case N_AND:
	case N_OR:
		for (uint32_t i = 0; i < n->nkids; i++)
			leaves(q, n->kid[i], positive, cap);
		break;
	case N_TERM:
	case N_PHRASE:
	case N_NEAR:
	case N_TOKENS:
	case N_THEME:
		if (!positive)
			break;
		if (q->nleaves == *cap) {
			*cap = *cap ? *cap * 2 : 8;
			node **v = aur_arena_alloc(&q->arena, *cap * sizeof *v);
			if (q->nleaves)
				memcpy(v, q->leaf, q->nleaves * sizeof *v);
			q->leaf = v;
		}
		q->leaf[q->nleaves++] = n;
		break;
	default:
		break;
	}
}

aur_code q_resolve(aur_query *q, parser *p, node *root)
{
	resolving x = {.q = q, .s = q->s, .p = p};
	uint32_t cap = 0;
	aur_code c = resolve(&x, root);
	if (!c)
		leaves(q, root, 1, &cap);
	return c;
}
