/* SPDX-License-Identifier: Apache-2.0 */
/* arena.c - allocations that are freed together. */
#define _DEFAULT_SOURCE /* madvise */
#include "lexicon.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Of a block: the first, the next one, and those behind, which are huge pages.  A model that fills a few is read at random. */
static const size_t sizes[] = { 64 << 10, 256 << 10, 2 << 20 };
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

static lex_block *block_new(size_t bytes, bool zeroed)
{
	const size_t huge = sizes[2];
	if (zeroed)
		return calloc(1, bytes);
	lex_block *b = bytes == huge ? aligned_alloc(huge, bytes) : malloc(bytes);
	if (b != NULL && bytes == huge)
		advise(b, bytes);
	return b;
}

/* A block that begins with n bytes, and is open for more unless they are many.  Returns these, zeroed; NULL: no memory. */
static void *block_for(lex_arena *a, size_t n)
{
	lex_block *top = a->top;
	bool large = n > sizes[0] / 4;
	size_t bytes = top == NULL ? sizes[0] : sizeof(*top) + top->size < sizes[1] ? sizes[1] : sizes[2];
	if ((large && top != NULL) || n > bytes - sizeof(*top))
		bytes = n <= SIZE_MAX / 2 ? sizeof(*top) + n : 0;
	lex_block *b = a->failed || bytes == 0 ? NULL : block_new(bytes, large);
	if (b == NULL) {
		a->failed = true;
		return NULL;
	}
	lex_huge(b, bytes);
	*b = (lex_block){ .used = n, .size = bytes - sizeof(*b) };
	if (large && top != NULL) { /* goes below the open block, which stays open */
		b->below = top->below;
		top->below = b;
	} else {
		b->below = top;
		a->top = b;
	}
	return large ? b->data : memset(b->data, 0, n);
}

/* n bytes at a multiple of `align`, in the open block; NULL: they do not fit into it. */
static inline void *take(lex_arena *a, size_t n, size_t align)
{
	lex_block *b = a->top;
	if (b == NULL || a->failed)
		return NULL;
	size_t at = (b->used + align - 1) / align * align;
	if (at > b->size || b->size - at < n)
		return NULL;
	b->used = at + n;
	return (char *)b->data + at;
}

void *lex_alloc(lex_arena *a, size_t n)
{
	void *p = take(a, n, sizeof(max_align_t));
	return p != NULL ? memset(p, 0, n) : block_for(a, n);
}

void *lex_array(lex_arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / 4 / size) {
		a->failed = true;
		return NULL;
	}
	return lex_alloc(a, n * size);
}

char *lex_bytes(lex_arena *a, size_t n)
{
	void *p = take(a, n, 1);
	return p != NULL ? p : block_for(a, n);
}

char *lex_dup(lex_arena *a, const char *p, size_t n)
{
	char *s = lex_bytes(a, n + 1);
	if (s != NULL) {
		if (n > 0)
			memcpy(s, p, n);
		s[n] = 0;
	}
	return s;
}

void lex_arena_reset(lex_arena *a)
{
	lex_block *b = a->top;
	if (b == NULL)
		return;
	lex_arena rest = { .top = b->below };
	lex_arena_free(&rest);
	b->below = NULL;
	b->used = 0;
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
