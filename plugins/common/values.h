/* SPDX-License-Identifier: Apache-2.0 */
/* values.h - memory for what a layer answers: values stay where they are until its next batch. */
#ifndef AURICULE_COMMON_VALUES_H
#define AURICULE_COMMON_VALUES_H
#include <stdlib.h>

enum { VALUES_BLOCK = 1 << 16 };

/* A chain of blocks, newest first; all zero to begin with. */
struct values_block {
	struct values_block *next;
	size_t cap;
	char bytes[];
};
typedef struct values {
	struct values_block *blocks;
	size_t used; /* of the newest */
} values;

/* At least n bytes, or NULL; give back what is not needed by lowering v->used. */
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

/* Forgets them, and frees all but the oldest block, which is kept for the next batch. */
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
