/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <limits.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/mem.h"

void (*aur_mem_out)(void);

_Noreturn void aur_no_memory(void)
{
	if (aur_mem_out)
		aur_mem_out();
	fputs(_("auricule: no memory left; what was committed is safe. Close other programs, or give a smaller --memory.\n"),
	      stderr);
	_Exit(1);
}

void *aur_xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);
	if (!p)
		aur_no_memory();
	return p;
}

void *aur_xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);
	if (!p)
		aur_no_memory();
	return p;
}

void *aur_xaligned(size_t align, size_t n)
{
	void *p = aligned_alloc(align, n);
	if (!p)
		aur_no_memory();
	return p;
}

void *aur_xrealloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		aur_no_memory();
	return p;
}

void aur_mem_huge(void *p, size_t n)
{
	/* whole pages, with the one that the block begins in: where the advice held for a part of a mapping, realloc could not move it and copied */
	uintptr_t page = 4096, from = (uintptr_t)p & ~(page - 1), to = ((uintptr_t)p + n + page - 1) & ~(page - 1);
	if (n >= (size_t)4 << 20)
		madvise((void *)from, to - from, MADV_HUGEPAGE); /* only a hint: if it is not granted, only speed differs */
}

void aur_mem_heap(size_t n)
{
	const size_t pad = (size_t)128 << 10, most = (size_t)1 << 30;
	n = n < most ? n : most;
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	/* The block does not fit what the heap has, which therefore grows, by n more. */
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	mallopt(M_TOP_PAD, (int)n);
	void *p = malloc(2 * pad);
	mallopt(M_TOP_PAD, (int)pad);
	uintptr_t end = (uintptr_t)sbrk(0), from = (uintptr_t)p;
	if (p && from < end && end - from >= n && end - from <= n + 4 * pad) /* else it does not come from there, or memory is limited */
		aur_mem_huge(p, end - from);
	free(p);
}

void aur_mem_zero(void *p, size_t n)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = ((uintptr_t)p + page - 1) & ~(page - 1), to = ((uintptr_t)p + n) & ~(page - 1);
	if (to > from)
		madvise((void *)from, to - from, MADV_DONTNEED);
}

char *aur_xstrndup(const char *s, size_t n)
{
	char *d = aur_xmalloc(n + 1);
	if (n)
		memcpy(d, s, n);
	d[n] = 0;
	return d;
}

char *aur_xstrdup(const char *s)
{
	return aur_xstrndup(s, strlen(s));
}

void aur_buf_grow(aur_buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 64;
	if (more > SIZE_MAX / 2 - b->n)
		aur_no_memory();
	while (cap - b->n < more)
		cap += cap / 2 + 64;
	b->p = aur_xrealloc(b->p, cap);
	b->cap = cap;
	aur_mem_huge(b->p, cap);
}

void aur_buf_free(aur_buf *b)
{
	free(b->p);
	*b = (aur_buf){0};
}

void aur_buf_printf(aur_buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	aur_buf_room(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf((char *)b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

char *aur_buf_cstr(aur_buf *b)
{
	aur_buf_room(b, 1);
	b->p[b->n] = 0;
	return (char *)b->p;
}

struct aur_arena_block {
	aur_arena_block *next;
	_Alignas(16) uint8_t data[];
};

void *aur_arena_alloc(aur_arena *a, size_t n)
{
	n = (n + 7) & ~(size_t)7;
	if ((size_t)(a->end - a->cur) < n || !a->cur) {
		size_t size = n > 65536 ? n : 65536;
		aur_arena_block *b = aur_xcalloc(1, sizeof *b + size);
		b->next = a->head;
		a->head = b;
		a->cur = b->data;
		a->end = b->data + size;
		a->total += size;
	}
	void *p = a->cur;
	a->cur += n;
	return p;
}

char *aur_arena_dup(aur_arena *a, const void *p, size_t n)
{
	char *d = aur_arena_alloc(a, n + 1);
	if (n)
		memcpy(d, p, n);
	d[n] = 0;
	return d;
}

void aur_arena_free(aur_arena *a)
{
	while (a->head) {
		aur_arena_block *b = a->head;
		a->head = b->next;
		free(b);
	}
	*a = (aur_arena){0};
}
