/* SPDX-License-Identifier: Apache-2.0 */
/* values.h - memory for the values that a layer returns: they stay valid until its next batch. */
#ifndef AURICULE_COMMON_VALUES_H
#define AURICULE_COMMON_VALUES_H
#include <stdlib.h>

enum { VALUES_BLOCK = 1 << 16 };

/* A chain of blocks, newest first; initialise with zeros. */
struct values_block {
	struct values_block *next;
	size_t cap;
	char bytes[];
};
typedef struct values {
	struct values_block *blocks;
	size_t used; /* bytes used of the newest block */
} values;

/* Returns room for n bytes, or NULL if there is no memory.  Give back what is not needed by lowering v->used. */
static inline char *values_room(values *v, size_t n)
{
	struct values_block *b = v->blocks;
	if (!b || b->cap - v->used < n) {
		size_t cap = n > VALUES_BLOCK ? n : VALUES_BLOCK;
		b = malloc(sizeof *b + cap);
		if (!b)
			return NULL;
		b->next = v->blocks;
		b->cap = cap;
		v->blocks = b;
		v->used = 0;
	}
	char *p = b->bytes + v->used;
	v->used += n;
	return p;
}

/* Drops all values, and all blocks but the oldest, which is reused for the next batch. */
static inline void values_reset(values *v)
{
	while (v->blocks && v->blocks->next) {
		struct values_block *next = v->blocks->next;
		free(v->blocks);
		v->blocks = next;
	}
	v->used = 0;
}

static inline void values_free(values *v)
{
	values_reset(v);
	free(v->blocks);
}
#endif
