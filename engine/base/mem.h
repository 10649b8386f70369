/* SPDX-License-Identifier: Apache-2.0 */
/* Memory.  When there is none left, the program ends with a sentence: what was committed stays (a commit is durable), and no caller
 * could do any better.  An arena holds allocations that are freed together; a buffer grows. */
#ifndef AUR_BASE_MEM_H
#define AUR_BASE_MEM_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

extern void (*aur_mem_out)(void); /* called before the program ends for want of memory; may be NULL */
_Noreturn void aur_no_memory(void); /* ends the program with that sentence; for when a library could not allocate */
void *aur_xmalloc(size_t n);
void *aur_xcalloc(size_t n, size_t size);
void *aur_xaligned(size_t align, size_t n); /* align: a power of two; n must be a multiple of it */
void *aur_xrealloc(void *p, size_t n);
/* Asks the system for huge pages for a large array with random access; they save a page table look-up per access. */
void aur_mem_huge(void *p, size_t n);
/* For a program whose heap grows and shrinks again and again, or is read at random: reserves n bytes of address space for the heap, with huge
 * pages, and lets it keep what it had.  Blocks of a megabyte and more stay outside, and go back at once.  Called before there are other
 * threads.  Where there is no room for n bytes, it reserves nothing. */
void aur_mem_heap(size_t n);
/* Gives the whole pages of a large array back to the system; they are zero from then on. */
void aur_mem_zero(void *p, size_t n);
char *aur_xstrdup(const char *s);
char *aur_xstrndup(const char *s, size_t n);

/* A growing byte buffer.  Initialise it with zeros; free it with aur_buf_free. */
typedef struct aur_buf {
	uint8_t *p;
	size_t n, cap;
} aur_buf;
void aur_buf_grow(aur_buf *b, size_t more); /* makes room for at least `more` bytes after n */
void aur_buf_free(aur_buf *b);
static inline void aur_buf_room(aur_buf *b, size_t more)
{
	if (b->cap - b->n < more)
		aur_buf_grow(b, more);
}
static inline void aur_buf_put(aur_buf *b, const void *p, size_t n)
{
	aur_buf_room(b, n);
	if (n)
		memcpy(b->p + b->n, p, n);
	b->n += n;
}
static inline void aur_buf_byte(aur_buf *b, unsigned c)
{
	aur_buf_room(b, 1);
	b->p[b->n++] = (uint8_t)c;
}
static inline void aur_buf_str(aur_buf *b, const char *s)
{
	aur_buf_put(b, s, strlen(s));
}
void aur_buf_printf(aur_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The content as a NUL-terminated string, valid until b changes; the NUL is not counted in n. */
char *aur_buf_cstr(aur_buf *b);

/* Allocations that are freed together.  Pointers stay valid until aur_arena_free. */
typedef struct aur_arena_block aur_arena_block;
typedef struct aur_arena {
	aur_arena_block *head;
	uint8_t *cur, *end;
	size_t total; /* bytes taken from the system */
} aur_arena;
void *aur_arena_alloc(aur_arena *a, size_t n); /* aligned to 8, zeroed */
char *aur_arena_dup(aur_arena *a, const void *p, size_t n); /* a copy, with a NUL after it */
void aur_arena_free(aur_arena *a);

/* Doubles an array: AUR_GROW(ptr, count, cap) makes room for one more element. */
#define AUR_GROW(ptr, count, cap)                                                                                      \
	do {                                                                                                           \
		if ((count) == (cap)) {                                                                                \
			(cap) = (cap) ? (cap) * 2 : 16;                                                                \
			(ptr) = aur_xrealloc((ptr), (size_t)(cap) * sizeof *(ptr));                                     \
		}                                                                                                      \
	} while (0)
#endif
