/* SPDX-License-Identifier: Apache-2.0 */
/* tables.c - hash tables and tries of atoms: by a whole value, and by the letters that it begins or ends with. */
#include "tables.h"
#include <stdlib.h>
#include <string.h>

/* ---- by value ---- */

uint64_t lex_key(int16_t slot, const char *s, size_t n)
{
	uint64_t k = lex_hash(s, n, (uint64_t)slot + 1);
	return k ? k : 1;
}

static size_t table_slot(const lex_table *t, uint64_t key)
{
	size_t i = (size_t)key & (t->cap - 1);
	while (t->keys[i] != 0 && t->keys[i] != key)
		i = (i + 1) & (t->cap - 1);
	return i;
}

static uint64_t *sieve_word(const lex_table *t, uint64_t key)
{
	return &t->sieve[(size_t)(key >> 32) & (t->cap / 16 - 1)];
}

static uint64_t sieve_bits(uint64_t key)
{
	return UINT64_C(1) << (key >> 20 & 63) | UINT64_C(1) << (key >> 26 & 63);
}

uint32_t lex_table_find(const lex_table *t, uint64_t key)
{
	return t->cap == 0 || (~*sieve_word(t, key) & sieve_bits(key)) != 0 ? 0 : t->head[table_slot(t, key)];
}

bool lex_table_add(lex_table *t, uint64_t key, uint32_t atom)
{
	if ((t->count + 1) * 2 > t->cap) {
		lex_table bigger = *t;
		bigger.cap = t->cap ? t->cap * 2 : 64;
		bigger.keys = calloc(bigger.cap, sizeof(*bigger.keys));
		bigger.head = calloc(bigger.cap, sizeof(*bigger.head));
		bigger.sieve = calloc(bigger.cap / 16, sizeof(*bigger.sieve));
		if (bigger.keys == NULL || bigger.head == NULL || bigger.sieve == NULL) {
			free(bigger.keys);
			free(bigger.head);
			free(bigger.sieve);
			return false;
		}
		for (size_t i = 0; i < t->cap; i++)
			if (t->keys[i] != 0) {
				size_t j = table_slot(&bigger, t->keys[i]);
				bigger.keys[j] = t->keys[i];
				bigger.head[j] = t->head[i];
				*sieve_word(&bigger, t->keys[i]) |= sieve_bits(t->keys[i]);
			}
		free(t->keys);
		free(t->head);
		free(t->sieve);
		*t = bigger;
	}
	if (t->item_count >= UINT32_MAX - 1 || !lex_grow(&t->items, &t->item_cap, t->item_count + 1, sizeof(*t->items)))
		return false;
	size_t i = table_slot(t, key);
	if (t->keys[i] == 0) {
		t->keys[i] = key;
		*sieve_word(t, key) |= sieve_bits(key);
		t->count++;
	}
	for (uint32_t k = t->head[i]; k != 0; k = t->items[k - 1].next)
		if (t->items[k - 1].atom == atom)
			return true;
	t->items[t->item_count++] = (lex_item){ atom, t->head[i] };
	t->head[i] = (uint32_t)t->item_count;
	return true;
}

void lex_table_free(lex_table *t)
{
	free(t->keys);
	free(t->head);
	free(t->sieve);
	free(t->items);
	*t = (lex_table){ 0 };
}

/* ---- by hash ---- */

static void enter(lex_index *t, lex_cell s)
{
	size_t at = s.tag & (t->cap - 1);
	while (t->cells[at].number != 0)
		at = (at + 1) & (t->cap - 1);
	t->cells[at] = s;
}

bool lex_index_add(lex_index *t, uint64_t hash, uint32_t number)
{
	if ((t->count + 1) * 2 > t->cap) {
		lex_index bigger = { .cap = t->cap ? t->cap * 2 : 256, .count = t->count };
		if ((bigger.cells = calloc(bigger.cap, sizeof(*bigger.cells))) == NULL)
			return false;
		for (size_t i = 0; i < t->cap; i++)
			if (t->cells[i].number != 0)
				enter(&bigger, t->cells[i]);
		free(t->cells);
		*t = bigger;
	}
	enter(t, (lex_cell){ lex_tag(hash), number + 1 });
	t->count++;
	return true;
}

void lex_index_free(lex_index *t)
{
	free(t->cells);
	*t = (lex_index){ 0 };
}

/* ---- letter by letter ---- */

static bool trie_room(lex_trie *t)
{
	if (!lex_grow(&t->head, &t->node_cap, (size_t)t->node_count + 2, sizeof(*t->head)))
		return false;
	if (t->node_count == 0)
		t->head[t->node_count++] = 0; /* the root */
	if ((size_t)t->node_count * 2 <= t->cap)
		return true;
	lex_trie bigger = { .cap = t->cap ? t->cap * 2 : 256 };
	if ((bigger.edges = calloc(bigger.cap, sizeof(*bigger.edges))) == NULL)
		return false;
	for (size_t i = 0; i < t->cap; i++)
		if (t->edges[i] != 0) {
			uint64_t from = t->edges[i] >> LEX_TRIE_BITS;
			size_t k = lex_trie_slot(&bigger, from);
			bigger.edges[k] = t->edges[i];
		}
	free(t->edges);
	t->edges = bigger.edges;
	t->cap = bigger.cap;
	return true;
}

bool lex_trie_add(lex_trie *t, const char *s, size_t n, bool backward, uint32_t atom)
{
	uint32_t at = 0;
	if (!trie_room(t))
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[backward ? n - 1 - i : i];
		uint32_t to = lex_trie_step(t, at, c);
		if (to == 0) {
			if (t->node_count >> LEX_TRIE_BITS != 0 || !trie_room(t))
				return false;
			uint64_t from = (uint64_t)at << 8 | c;
			to = t->node_count++;
			t->head[to] = 0;
			t->edges[lex_trie_slot(t, from)] = from << LEX_TRIE_BITS | to;
		}
		at = to;
	}
	if (t->item_count >= UINT32_MAX - 1 || !lex_grow(&t->items, &t->item_cap, t->item_count + 1, sizeof(*t->items)))
		return false;
	t->items[t->item_count++] = (lex_item){ atom, t->head[at] };
	t->head[at] = (uint32_t)t->item_count;
	return true;
}

void lex_trie_free(lex_trie *t)
{
	free(t->edges);
	free(t->head);
	free(t->items);
	*t = (lex_trie){ 0 };
}

/* ---- sorted numbers ---- */

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void sort_numbers(uint32_t *v, size_t n)
{
	if (n > 32) {
		qsort(v, n, sizeof(*v), by_number);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint32_t x = v[i];
		size_t j = i;
		for (; j > 0 && v[j - 1] > x; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

size_t lex_different(uint32_t *v, size_t n)
{
	size_t k = 0;
	if (n > 0)
		sort_numbers(v, n);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || v[k - 1] != v[i])
			v[k++] = v[i];
	return k;
}
