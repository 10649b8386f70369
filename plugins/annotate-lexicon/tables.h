/* SPDX-License-Identifier: Apache-2.0 */
/* tables.h - where atoms are found again; numbers in order. */
#ifndef AURICULE_LEXICON_TABLES_H
#define AURICULE_LEXICON_TABLES_H
#include "lexicon.h"

/* A table from the hash of (layer, bytes) to atoms.  The bytes themselves are compared by who looks. */
typedef struct lex_item {
	uint32_t atom, next; /* next: item + 1; 0 = the last */
} lex_item;
typedef struct lex_table {
	uint64_t *keys; /* 0 = free */
	uint32_t *head; /* item + 1 */
	size_t cap, count;
	lex_item *items;
	size_t item_count, item_cap;
} lex_table;
uint64_t lex_key(int16_t slot, const char *s, size_t n);
/* The first item + 1 of a key, or 0. */
uint32_t lex_table_find(const lex_table *t, uint64_t key);
bool lex_table_add(lex_table *t, uint64_t key, uint32_t atom);
void lex_table_free(lex_table *t);
/* Sorts numbers, and drops the doubles; how many are left. */
size_t lex_different(uint32_t *v, size_t n);

/* Atoms by the letters that a value begins or ends with: a word that no atom begins like is left after a letter or two. */
enum { LEX_TRIE_BITS = 28, LEX_TRIE_DEPTH = 256 };
typedef struct lex_trie {
	uint64_t *edges; /* open addressing: (node, byte) above LEX_TRIE_BITS, the next node below; 0 = free */
	size_t cap;      /* a power of two, or 0 */
	uint32_t *head;  /* by node: item + 1 */
	uint32_t node_count;
	size_t node_cap;
	lex_item *items;
	size_t item_count, item_cap;
} lex_trie;
/* The slot of an edge, or the free one where it would stand. */
static inline size_t lex_trie_slot(const lex_trie *t, uint64_t from)
{
	uint64_t h = from * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(h ^ h >> 32) & (t->cap - 1);
	while (t->edges[i] != 0 && t->edges[i] >> LEX_TRIE_BITS != from)
		i = (i + 1) & (t->cap - 1);
	return i;
}
/* Where a byte leads from a node (0 = the root), or 0.  Only where cap > 0. */
static inline uint32_t lex_trie_step(const lex_trie *t, uint32_t node, unsigned char byte)
{
	return (uint32_t)(t->edges[lex_trie_slot(t, (uint64_t)node << 8 | byte)] & ((1u << LEX_TRIE_BITS) - 1));
}
bool lex_trie_add(lex_trie *t, const char *s, size_t n, bool backward, uint32_t atom);
void lex_trie_free(lex_trie *t);

#endif
