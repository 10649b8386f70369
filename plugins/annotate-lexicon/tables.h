/* SPDX-License-Identifier: Apache-2.0 */
/* tables.h - hash tables and tries from text to atoms; sorting numbers. */
#ifndef AURICULE_LEXICON_TABLES_H
#define AURICULE_LEXICON_TABLES_H
#include "lexicon.h"

/* A hash table from (layer, bytes) to atoms.  It stores hashes only, so the caller compares the bytes. */
typedef struct lex_item {
	uint32_t atom, next; /* next: index of the next item of the key + 1; 0 = last */
} lex_item;
typedef struct lex_table {
	uint64_t *keys; /* 0 = free */
	uint64_t *sieve; /* four bits per slot, two of them set per key: most keys that are looked up are absent, and this stays in the cache */
	uint32_t *head; /* index of the first item + 1 */
	size_t cap, count;
	lex_item *items;
	size_t item_count, item_cap;
} lex_table;
uint64_t lex_key(int16_t slot, const char *s, size_t n);
/* Index of the first item of a key + 1; 0 if there is none. */
uint32_t lex_table_find(const lex_table *t, uint64_t key);
bool lex_table_add(lex_table *t, uint64_t key, uint32_t atom);
void lex_table_free(lex_table *t);

/* A hash table from hashes to numbers of things, each of which is entered once; the caller compares the things.  Eight bytes a slot, as each
 * look-up is a cache miss. */
typedef struct lex_cell {
	uint32_t tag, number; /* tag: half of the hash; number: + 1; 0 = free */
} lex_cell;
typedef struct lex_index {
	lex_cell *cells;
	size_t cap, count; /* cap: a power of two, or 0 */
} lex_index;
static inline uint32_t lex_tag(uint64_t hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}
/* Where to begin to look; asks for it from memory.  Then, as long as lex_index_next gives true, *number may be the one. */
static inline size_t lex_index_at(const lex_index *t, uint64_t hash)
{
	if (t->cap == 0)
		return 0;
	size_t at = lex_tag(hash) & (t->cap - 1);
	__builtin_prefetch(&t->cells[at]);
	return at;
}
static inline bool lex_index_next(const lex_index *t, uint64_t hash, size_t *at, uint32_t *number)
{
	while (t->cap > 0 && t->cells[*at].number != 0) {
		lex_cell s = t->cells[*at];
		*at = (*at + 1) & (t->cap - 1);
		if (s.tag == lex_tag(hash)) {
			*number = s.number - 1;
			return true;
		}
	}
	return false;
}
bool lex_index_add(lex_index *t, uint64_t hash, uint32_t number);
void lex_index_free(lex_index *t);
/* Sorts numbers and removes duplicates; returns how many are left. */
size_t lex_different(uint32_t *v, size_t n);

/* A trie of atoms by the letters that a value begins (or ends) with: it rejects a word with which no atom begins
 * after a letter or two. */
enum { LEX_TRIE_BITS = 28, LEX_TRIE_DEPTH = 256 };
typedef struct lex_trie {
	uint64_t *edges; /* hash table, open addressing: (node, byte) above LEX_TRIE_BITS, the next node below; 0 = free */
	size_t cap;      /* a power of two, or 0 */
	uint32_t *head;  /* by node: index of its first item + 1 */
	uint32_t node_count;
	size_t node_cap;
	lex_item *items;
	size_t item_count, item_cap;
} lex_trie;
/* The slot of an edge, or the free slot where it belongs. */
static inline size_t lex_trie_slot(const lex_trie *t, uint64_t from)
{
	uint64_t h = from * UINT64_C(0x9e3779b97f4a7c15);
	size_t i = (size_t)(h ^ h >> 32) & (t->cap - 1);
	while (t->edges[i] != 0 && t->edges[i] >> LEX_TRIE_BITS != from)
		i = (i + 1) & (t->cap - 1);
	return i;
}
/* The node to which a byte leads from a node (0 = the root); 0 if there is none.  Requires cap > 0. */
static inline uint32_t lex_trie_step(const lex_trie *t, uint32_t node, unsigned char byte)
{
	return (uint32_t)(t->edges[lex_trie_slot(t, (uint64_t)node << 8 | byte)] & ((1u << LEX_TRIE_BITS) - 1));
}
bool lex_trie_add(lex_trie *t, const char *s, size_t n, bool backward, uint32_t atom);
void lex_trie_free(lex_trie *t);

#endif
