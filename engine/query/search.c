/* SPDX-License-Identifier: Apache-2.0 */
/* Makes and frees the two objects of this room, a search and a query; and prints queries. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "query/node.h"

aur_search *aur_search_new(const aur_query_env *env)
{
	aur_search *s = aur_xcalloc(1, sizeof *s);
	s->env = *env;
	aur_snapshot_totals(env->s, &s->totals);
	s->lower = aur_snapshot_layer(env->s, "lower", 5);
	s->fold = aur_snapshot_layer(env->s, "fold", 4);
	for (uint32_t i = 0; i < aur_snapshot_segs(env->s); i++) {
		uint32_t n = aur_snapshot_seg(env->s, i)->n;
		s->segmax = n > s->segmax ? n : s->segmax;
	}
	s->nword = s->segmax / 64 + 1;
	s->nsum = s->nword / 64 + 1;
	s->full_no = AUR_NONE;
	return s;
}

void aur_search_free(aur_search *s)
{
	if (!s)
		return;
	q_bits_drop(s);
	for (uint32_t i = 0; i < s->npool; i++)
		free(s->pool[i].w);
	for (uint32_t i = 0; i < s->nbits; i++)
		free(s->bits[i]);
	for (unsigned i = 0; i <= AUR_MAX_LAYERS; i++) {
		free(s->vocab[i].bytes);
		free(s->vocab[i].off);
		free(s->vocab[i].id);
		free(s->vocab[i].idoff);
	}
	free(s->pool);
	free(s->bits);
	free(s->bitset);
	aur_doc_free(&s->doc);
	aur_doc_free(&s->full);
	aur_buf *b[] = {&s->out_docs, &s->out_score, &s->spans, &s->tmp, &s->hits, &s->masks, &s->match, &s->cells, &s->out_cells,
			&s->places[0], &s->places[1], &s->places[2]};
	for (unsigned i = 0; i < sizeof b / sizeof *b; i++)
		aur_buf_free(b[i]);
	for (unsigned i = 0; i < TF_PARTS; i++)
		free(s->tf[i]);
	q_parts_free(s);
	q_folds_free(s);
	aur_arena_free(&s->rows);
	free(s);
}

aur_code aur_query_parse(aur_search *s, const char *text, size_t len, aur_query **out, aur_error *err)
{
	aur_query *q = aur_xcalloc(1, sizeof *q);
	q->s = s;
	/* nodes point into this copy of the text; q_syntax refuses one that is too long without reading it */
	parser p = {.s = aur_arena_dup(&q->arena, text, len < MAX_TEXT ? len : MAX_TEXT), .n = len, .arena = &q->arena, .fail_at = SIZE_MAX, .err = err};
	aur_code c = q_syntax(&p, &q->root);
	if (!c) {
		p.fail_at = SIZE_MAX; /* left by an alternative that was not taken */
		c = q_resolve(q, &p, q->root);
	}
	if (!c) {
		*out = q;
		return c;
	}
	q_fail_column(&p);
	aur_query_free(q);
	return c;
}

void aur_query_free(aur_query *q)
{
	if (!q)
		return;
	aur_arena_free(&q->arena);
	free(q);
}

const char *aur_query_note(const aur_query *q, uint32_t n)
{
	return n < q->nnotes ? q->note[n] : NULL;
}

int aur_query_has_words(const aur_query *q)
{
	return q->nleaves > 0;
}

/* ---- printing ---------------------------------------------------------------------------------- */
static void print_set(const aur_query *q, const formset *f, aur_buf *b)
{
	if (!f || (f->inverted && !f->n)) {
		aur_buf_str(b, "_");
		return;
	}
	aur_buf_str(b, f->inverted ? "!{" : "{");
	uint32_t left = 0;
	for (uint32_t i = 0; i < f->n; i++) {
		aur_form w;
		aur_str ls[AUR_MAX_LAYERS];
		if (q_form_left(q->s, f->id[i]) && left++ < 8 && aur_snapshot_form(q->s->env.s, f->id[i], &w, ls)) {
			if (left > 1)
				aur_buf_byte(b, ' ');
			aur_buf_put(b, w.form.ptr, w.form.len);
		}
	}
	if (left > 8)
		aur_buf_printf(b, " +%u", left - 8);
	aur_buf_byte(b, '}');
}

static void print_tokens(const aur_query *q, const tnode *t, aur_buf *b)
{
	switch (t->kind) {
	case T_ONE:
		if (t->label.len)
			aur_buf_printf(b, "%.*s:", (int)t->label.len, t->label.ptr);
		print_set(q, t->set, b);
		return;
	case T_REP:
		print_tokens(q, t->kid[0], b);
		if (t->max == UINT32_MAX)
			aur_buf_printf(b, "{%u,}", t->min);
		else
			aur_buf_printf(b, "{%u,%u}", t->min, t->max);
		return;
	default:
		aur_buf_byte(b, '(');
		for (uint32_t i = 0; i < t->nkids; i++) {
			if (i)
				aur_buf_str(b, t->kind == T_ALT ? " | " : " ");
			print_tokens(q, t->kid[i], b);
		}
		aur_buf_byte(b, ')');
	}
}

static void print(const aur_query *q, const node *n, aur_buf *b)
{
	aur_snapshot *s = q->s->env.s;
	switch (n->kind) {
	case N_ALL:
		aur_buf_str(b, "*");
		break;
	case N_AND:
	case N_OR:
		aur_buf_byte(b, '(');
		for (uint32_t i = 0; i < n->nkids; i++) {
			if (i)
				aur_buf_str(b, n->kind == N_AND ? " AND " : " OR ");
			print(q, n->kid[i], b);
		}
		aur_buf_byte(b, ')');
		break;
	case N_NOT:
		aur_buf_str(b, "NOT ");
		print(q, n->kid[0], b);
		break;
	case N_NEAR:
		aur_buf_byte(b, '(');
		print(q, n->kid[0], b);
		aur_buf_printf(b, n->ordered ? " BEFORE/%u " : " NEAR/%u ", n->k);
		print(q, n->kid[1], b);
		aur_buf_str(b, n->sentence ? ") within s" : ")");
		break;
	case N_TERM:
		print_set(q, n->set, b);
		break;
	case N_PHRASE:
		aur_buf_byte(b, '"');
		for (uint32_t i = 0; i < n->nsets; i++) {
			if (i)
				aur_buf_byte(b, ' ');
			print_set(q, n->sets[i], b);
		}
		aur_buf_str(b, n->sentence ? "\" within s" : "\"");
		break;
	case N_TOKENS:
		print_tokens(q, n->tok, b);
		if (n->sentence)
			aur_buf_str(b, " within s");
		break;
	case N_FIELD: {
		aur_str name = aur_snapshot_field_name(s, n->field);
		aur_buf_printf(b, "%.*s:{", (int)name.len, name.ptr);
		for (uint32_t v = 1, k = 0; v <= n->nvalues && k < 8; v++)
			if (n->wanted == 1 ? v == n->one : n->values && n->values[v]) {
				aur_str t = aur_snapshot_value_text(s, n->field, v);
				aur_buf_printf(b, "%s%.*s", k++ ? "|" : "", (int)t.len, t.ptr);
			}
		if (n->wanted > 8)
			aur_buf_printf(b, "|+%u", n->wanted - 8);
		aur_buf_byte(b, '}');
		break;
	}
	case N_THEME: {
		static const char *const pol[] = {"@asserted", "@negated", "@conditional", ""};
		aur_buf_str(b, "theme:{");
		for (uint32_t i = 0; i < n->nthemes; i++) {
			aur_str t = aur_snapshot_theme(s, n->themes[i]);
			aur_buf_printf(b, "%s%.*s", i ? "|" : "", (int)t.len, t.ptr);
		}
		aur_buf_printf(b, "}%s", pol[n->polarity & 3]);
		break;
	}
	case N_IDS:
		aur_buf_printf(b, "id:%.*s*", (int)n->text.len, n->text.ptr);
		break;
	case N_DOC:
		aur_buf_printf(b, "id:%s", n->doc == AUR_NONE ? "none" : "one");
		break;
	default:
		aur_buf_str(b, "?");
	}
}

void aur_query_print(const aur_query *q, aur_buf *out)
{
	print(q, q->root, out);
}
