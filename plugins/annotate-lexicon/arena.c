/* SPDX-License-Identifier: Apache-2.0 */
/* arena.c - allocations that are freed together. */
#define _DEFAULT_SOURCE /* madvise */
#include "lexicon.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { BLOCK = 64 << 10 };
struct lex_block {
	lex_block *below;
	size_t used, size;
	max_align_t data[];
};

/* Asks for large pages; only a hint. */
static void advise(void *p, size_t n)
{
#ifdef MADV_HUGEPAGE
	madvise(p, n, MADV_HUGEPAGE);
#else
	(void)p;
	(void)n;
#endif
}

void lex_huge(void *p, size_t n)
{
	uintptr_t page = 4096, from = (uintptr_t)p & ~(page - 1), to = ((uintptr_t)p + n + page - 1) & ~(page - 1);
	if (n >= (size_t)4 << 20)
		advise((void *)from, to - from);
}

void *lex_large(size_t n)
{
	const size_t large = (size_t)2 << 20;
	size_t align = n >= large / 2 ? large : 64, size = (n + align - 1) / align * align;
	void *p = n <= SIZE_MAX / 2 ? aligned_alloc(align, size) : NULL;
	if (p == NULL)
		return NULL;
	if (align == large)
		advise(p, size);
	memset(p, 0, size);
	return p;
}

void *lex_alloc(lex_arena *a, size_t n)
{
	const size_t align = sizeof(max_align_t);
	if (a->failed || n > SIZE_MAX / 2) {
		a->failed = true;
		return NULL;
	}
	n = (n + align - 1) / align * align;
	if (a->top == NULL || a->top->size - a->top->used < n) {
		size_t size = n > BLOCK ? n : BLOCK;
		lex_block *b = calloc(1, sizeof(*b) + size);
		if (b == NULL) {
			a->failed = true;
			return NULL;
		}
		lex_huge(b, sizeof(*b) + size);
		b->size = size;
		if (n > BLOCK / 4 && a->top != NULL) { /* goes below the open block, which stays open */
			b->used = n;
			b->below = a->top->below;
			a->top->below = b;
			return b->data;
		}
		b->below = a->top;
		a->top = b;
	}
	void *p = (char *)a->top->data + a->top->used;
	a->top->used += n;
	return p;
}

void *lex_array(lex_arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / 4 / size) {
		a->failed = true;
		return NULL;
	}
	return lex_alloc(a, n * size);
}

char *lex_dup(lex_arena *a, const char *p, size_t n)
{
	char *s = lex_alloc(a, n + 1);
	if (s != NULL) {
		if (n > 0)
			memcpy(s, p, n);
		s[n] = 0;
	}
	return s;
}

void lex_arena_free(lex_arena *a)
{
	while (a->top != NULL) {
		lex_block *b = a->top;
		a->top = b->below;
		free(b);
	}
	a->failed = false;
}

bool lex_grow(void *array, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return true;
	size_t n = *cap < 16 ? 16 : *cap;
	while (n < need) {
		if (n > SIZE_MAX / 2 / size)
			return false;
		n *= 2;
	}
	void *old;
	memcpy(&old, array, sizeof(old)); /* the caller's pointer has a type of its own */
	void *p = realloc(old, n * size);
	if (p == NULL)
		return false;
	lex_huge(p, n * size);
	memcpy(array, &p, sizeof(p));
	*cap = n;
	return true;
}
