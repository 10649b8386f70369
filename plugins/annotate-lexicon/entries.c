/* SPDX-License-Identifier: Apache-2.0 */
/* entries.c - lists the patterns of the lexicons as plain words, for programs that only know words and stars; the way back is
 * quote.c: auricule.entries/1.  The trees of the patterns are freed after compilation, so the lexicons are read again. */
#include "model.h"
#include <stdlib.h>
#include <string.h>

/* ---- how many plain expressions a pattern has ---- */

typedef struct plain {
	aur_beyond can, lost;
	const lex_word **pieces; /* words of the expression that is being written; NULL: any word */
	size_t piece_count, piece_cap;
	char *text; /* all expressions of an entry, concatenated */
	size_t text_len, text_cap;
	size_t *ends;
	size_t end_count, end_cap;
	aur_str *out;
	size_t out_cap;
	bool failed; /* memory is short */
} plain;

static uint64_t times(uint64_t a, uint64_t b)
{
	return a != 0 && b > UINT64_MAX / a ? UINT64_MAX : a * b;
}

static uint64_t plus(uint64_t a, uint64_t b)
{
	return b > UINT64_MAX - a ? UINT64_MAX : a + b;
}

static aur_beyond word_asks(const lex_word *w)
{
	aur_beyond b = 0;
	if (strcmp(w->layer, "form") == 0)
		b = AUR_BEYOND_ACCENTS | AUR_BEYOND_CASE;
	else if (strcmp(w->layer, "lower") == 0 || strcmp(w->layer, "base") == 0)
		b = AUR_BEYOND_ACCENTS;
	else if (strcmp(w->layer, "fold") != 0)
		b = AUR_BEYOND_LAYER;
	if (w->letter_case != LEX_CASE_ANY)
		b |= AUR_BEYOND_CASE;
	if (w->fuzzy > 0)
		b |= AUR_BEYOND_SPELLING;
	for (uint32_t i = 0; i < w->len; i++)
		if (w->text[i] == LEX_STAR)
			b |= i + 1 < w->len ? AUR_BEYOND_STAR : 0u;
		else if (w->text[i] == LEX_DIGITS)
			b |= AUR_BEYOND_NUMBER;
		else if (w->text[i] == '*' || w->text[i] == '?')
			b |= AUR_BEYOND_SIGN;
	return b;
}

/* Can the expressions have this word?  One with close spellings is written without them: it finds less, but nothing
 * else. */
static bool is_written(const plain *x, const lex_word *w)
{
	return (word_asks(w) & ~x->can & ~(aur_beyond)AUR_BEYOND_SPELLING) == 0;
}

/* The smallest and the largest number of words of a gap that can be written. */
static bool gap_ways(const plain *x, uint32_t min, uint32_t max, uint32_t *least, uint32_t *most)
{
	*least = min;
	*most = max > LEX_MAX_GAP || !(x->can & AUR_BEYOND_ANY_WORD) ? 0 : max;
	return *least <= *most;
}

static uint64_t gap_count(plain *x, uint32_t min, uint32_t max)
{
	uint32_t least, most;
	if (max > LEX_MAX_GAP)
		x->lost |= AUR_BEYOND_FAR;
	else if (max > 0 && !(x->can & AUR_BEYOND_ANY_WORD))
		x->lost |= AUR_BEYOND_ANY_WORD;
	return gap_ways(x, min, max, &least, &most) ? most - least + 1 : 0;
}

/* Counts the ways through a part that can be written; adds what the others need to x->lost. */
static uint64_t ways(plain *x, const lex_node *n)
{
	uint64_t all = 0;
	switch (n->kind) {
	case LEX_N_WORD:
		for (uint32_t i = 0; i < n->word_count; i++) {
			x->lost |= word_asks(&n->words[i]) & ~x->can;
			all += is_written(x, &n->words[i]);
		}
		return all;
	case LEX_N_GAP:
		return gap_count(x, n->min, n->max);
	case LEX_N_OPT:
		return plus(ways(x, n->children[0]), 1);
	case LEX_N_ALT:
		for (uint32_t i = 0; i < n->child_count; i++)
			all = plus(all, ways(x, n->children[i]));
		return all;
	case LEX_N_SEQ:
	case LEX_N_ANY_ORDER:
		all = 1;
		for (uint32_t i = 0; i < n->child_count; i++) {
			all = times(all, ways(x, n->children[i]));
			if (n->kind == LEX_N_ANY_ORDER) {
				all = times(all, i + 1);
				all = times(all, i > 0 ? gap_count(x, n->min, n->max) : 1);
			}
		}
		return all;
	}
	return 0;
}

/* ---- the i-th of them ---- */

static void add_piece(plain *x, const lex_word *w)
{
	if (!lex_grow(&x->pieces, &x->piece_cap, x->piece_count + 1, sizeof(*x->pieces)))
		x->failed = true;
	else
		x->pieces[x->piece_count++] = w;
}

static void add_gap(plain *x, uint32_t min, uint32_t max, uint64_t i)
{
	uint32_t least, most;
	if (gap_ways(x, min, max, &least, &most))
		for (uint64_t k = 0; k < least + i; k++)
			add_piece(x, NULL);
}

static void take_way(plain *x, const lex_node *n, uint64_t i);

/* Counts the ways through the sides from the k-th on, with the gaps before them. */
static uint64_t ways_from(plain *x, const lex_node *n, const uint32_t *order, uint32_t k)
{
	uint64_t all = 1;
	for (; k < n->child_count; k++)
		all = times(all, times(ways(x, n->children[order[k]]), k > 0 ? gap_count(x, n->min, n->max) : 1));
	return all;
}

/* Writes the i-th way through an any-order: i gives the order, then each gap and each side. */
static void take_order(plain *x, const lex_node *n, uint64_t i)
{
	uint32_t order[LEX_MAX_SIDES] = { 0, 1, 2, 3 }, sides = n->child_count;
	uint64_t below = ways_from(x, n, order, 0), which = i / below;
	i %= below;
	for (uint32_t k = 0; k < sides; k++) { /* i as a Lehmer code gives the order */
		uint64_t rest = 1;
		for (uint32_t j = 2; j < sides - k; j++)
			rest *= j;
		uint32_t at = k + (uint32_t)(which / rest), side = order[at];
		which %= rest;
		memmove(order + k + 1, order + k, (at - k) * sizeof(*order));
		order[k] = side;
	}
	for (uint32_t k = 0; k < sides; k++) {
		below = ways_from(x, n, order, k + 1);
		uint64_t here = i / below, all = ways(x, n->children[order[k]]);
		i %= below;
		if (k > 0)
			add_gap(x, n->min, n->max, here / all);
		take_way(x, n->children[order[k]], here % all);
	}
}

static void take_way(plain *x, const lex_node *n, uint64_t i)
{
	switch (n->kind) {
	case LEX_N_WORD:
		for (uint32_t k = 0; k < n->word_count; k++)
			if (is_written(x, &n->words[k]) && i-- == 0) {
				add_piece(x, &n->words[k]);
				return;
			}
		return;
	case LEX_N_GAP:
		add_gap(x, n->min, n->max, i);
		return;
	case LEX_N_OPT:
		if (i < ways(x, n->children[0]))
			take_way(x, n->children[0], i);
		return;
	case LEX_N_ALT:
		for (uint32_t k = 0; k < n->child_count; k++) {
			uint64_t here = ways(x, n->children[k]);
			if (i < here) {
				take_way(x, n->children[k], i);
				return;
			}
			i -= here;
		}
		return;
	case LEX_N_SEQ:
		for (uint32_t k = 0; k < n->child_count; k++) {
			uint64_t below = 1;
			for (uint32_t j = k + 1; j < n->child_count; j++)
				below = times(below, ways(x, n->children[j]));
			take_way(x, n->children[k], i / below);
			i %= below;
		}
		return;
	case LEX_N_ANY_ORDER:
		take_order(x, n, i);
		return;
	}
}

/* ---- into a text ---- */

static void put(plain *x, char c)
{
	if (!lex_grow(&x->text, &x->text_cap, x->text_len + 1, 1))
		x->failed = true;
	else
		x->text[x->text_len++] = c;
}

static void put_word(plain *x, const lex_word *w)
{
	for (uint32_t i = 0; i < w->len; i++) {
		char c = w->text[i];
		if (c == '*' || c == '\\')
			put(x, '\\');
		if (c != LEX_STAR)
			put(x, c);
		else if (i == 0 || w->text[i - 1] != LEX_STAR)
			put(x, '*');
	}
}

/* Is there no space before this word?  « l'écoute », « avez-vous » and « 15h » are two words to the tokenizer. */
static bool touches(const plain *x, size_t from, const lex_word *w)
{
	return x->text_len == from || w->touches || w->text[0] == '-' || x->text[x->text_len - 1] == '\'';
}

static void write_pieces(plain *x)
{
	size_t from = x->text_len, first = 0, last = x->piece_count;
	/* an optional word that is left out leaves its gap at an end: drop it */
	while (first < last && x->pieces[first] == NULL)
		first++;
	while (last > first && x->pieces[last - 1] == NULL)
		last--;
	for (size_t i = first; i < last; i++) {
		const lex_word *w = x->pieces[i];
		if (w == NULL) {
			put(x, ' ');
			put(x, '*');
			continue;
		}
		if (!touches(x, from, w))
			put(x, ' ');
		put_word(x, w);
	}
	if (x->text_len == from)
		return;
	if (!lex_grow(&x->ends, &x->end_cap, x->end_count + 1, sizeof(*x->ends)))
		x->failed = true;
	else
		x->ends[x->end_count++] = x->text_len;
}

static aur_str str(const char *s)
{
	return (aur_str){ s, strlen(s) };
}

/* A pattern in sequence with its required contexts: before, gap, pattern, gap, after.  As they are written too, the
 * expression finds more words than the pattern. */
typedef struct with_context {
	lex_node all, gaps[2];
	lex_node *children[5];
} with_context;

/* False if the contexts cannot be written: one is forbidden, may be anywhere in the sentence, or is the second on
 * its side. */
static bool put_contexts(const lex_tree *t, with_context *w)
{
	const lex_context_tree *side[2] = { NULL, NULL };
	*w = (with_context){ .all = { .kind = LEX_N_SEQ, .children = w->children } };
	for (uint32_t i = 0; i < t->context_count; i++) {
		const lex_context_tree *c = &t->contexts[i];
		if (c->forbidden || c->where == LEX_SENTENCE || side[c->where == LEX_AFTER] != NULL)
			return false;
		side[c->where == LEX_AFTER] = c;
	}
	for (int k = 0; k < 2; k++)
		if (side[k] != NULL)
			w->gaps[k] = (lex_node){ .kind = LEX_N_GAP, .min = side[k]->min, .max = side[k]->max };
	if (side[0] != NULL) {
		w->children[w->all.child_count++] = side[0]->body;
		w->children[w->all.child_count++] = &w->gaps[0];
	}
	w->children[w->all.child_count++] = t->body;
	if (side[1] != NULL) {
		w->children[w->all.child_count++] = &w->gaps[1];
		w->children[w->all.child_count++] = side[1]->body;
	}
	return true;
}

/* Writes the expressions of an entry. */
static void write_out(plain *x, const lex_model *m, const lex_source *s, uint32_t most, aur_entry *out)
{
	const lex_theme *t = &m->themes[s->theme];
	const lex_file *f = &m->files[t->file];
	with_context w;
	x->lost = 0;
	x->text_len = x->end_count = 0;
	bool around = put_contexts(&s->tree, &w);
	const lex_node *body = around ? &w.all : s->tree.body;
	uint64_t all = ways(x, body);
	if (s->polarity == AUR_NEGATED || s->polarity == AUR_CONDITIONAL)
		x->lost |= AUR_BEYOND_POLARITY;
	/* Without these an expression would find more than its entry, so no expression is written. */
	aur_beyond never = (s->exclude ? AUR_BEYOND_EXCLUSION : 0u) | (around ? 0u : AUR_BEYOND_CONTEXT) |
	                   ((double)s->weight < f->threshold ? AUR_BEYOND_WEIGHT : 0u);
	x->lost |= never;
	if (never != 0)
		all = 0;
	for (uint64_t i = 0; i < all && i < most && !x->failed; i++) {
		x->piece_count = 0;
		take_way(x, body, i);
		write_pieces(x);
	}
	if (!lex_grow(&x->out, &x->out_cap, x->end_count, sizeof(*x->out)))
		x->failed = true;
	size_t at = 0;
	for (size_t i = 0; i < x->end_count && !x->failed; at = x->ends[i++])
		x->out[i] = (aur_str){ x->text + at, x->ends[i] - at };
	*out = (aur_entry){ .size = sizeof(*out), .theme = str(t->code), .lexicon = str(f->id), .version = str(f->version),
		            .text = { s->text, s->len }, .file = f->path, .line = s->line, .column = s->column,
		            .expression_count = (uint32_t)x->end_count, .expressions = x->out, .all = all, .lost = x->lost };
}

static aur_status entries(const aur_host *h, void *model, const aur_entries_ask *ask, void (*found)(void *to, const aur_entry *e), void *to)
{
	const lex_model *m = model;
	lex_model again = { .host = h, .drafts = m->drafts };
	lex_arena tmp = { 0 };
	plain x = { .can = ask->can & (AUR_BEYOND_STAR | AUR_BEYOND_ANY_WORD | AUR_BEYOND_ACCENTS | AUR_BEYOND_SIGN) };
	aur_status st = AUR_OK;
	for (size_t i = 0; i < m->file_count && st == AUR_OK; i++)
		st = lex_load(&again, &tmp, NULL, m->files[i].path);
	for (size_t i = 0; i < again.source_count && st == AUR_OK; i++) {
		aur_entry e;
		if (!again.sources[i].active)
			continue;
		write_out(&x, &again, &again.sources[i], ask->most, &e);
		if (x.failed)
			st = lex_no_memory(h);
		else
			found(to, &e);
		if (st == AUR_OK && h->cancelled(h))
			st = AUR_E_CANCELLED;
	}
	free(x.pieces);
	free(x.text);
	free(x.ends);
	free(x.out);
	free(again.files);
	free(again.themes);
	free(again.sources);
	lex_arena_free(&again.arena);
	lex_arena_free(&tmp);
	return st;
}

const aur_ext_entries_v1 lex_entries = { .size = sizeof(lex_entries), .entries = entries, .pattern = lex_pattern_of };
