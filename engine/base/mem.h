/* SPDX-License-Identifier: Apache-2.0 */
/* Memory.  Running out of it ends the program with a sentence: what was committed stays (a commit is durable), and no
 * caller could do better than that.  Arenas hold what lives and dies together; buffers grow. */
#ifndef AUR_BASE_MEM_H
#define AUR_BASE_MEM_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

extern void (*aur_mem_out)(void); /* told before the program ends for want of memory; NULL: nobody */
_Noreturn void aur_no_memory(void); /* the end, with that sentence: for what a library was refused */
void *aur_xmalloc(size_t n);
void *aur_xcalloc(size_t n, size_t size);
void *aur_xaligned(size_t align, size_t n); /* align: a power of two that n is a multiple of */
void *aur_xrealloc(void *p, size_t n);
/* A large array that is read here and there: asks the system for large pages, which save a look into tables of pages at each step. */
void aur_mem_huge(void *p, size_t n);
char *aur_xstrdup(const char *s);
char *aur_xstrndup(const char *s, size_t n);

/* Bytes that grow.  Zero it to start; aur_buf_free to end. */
typedef struct aur_buf {
	uint8_t *p;
	size_t n, cap;
} aur_buf;
void aur_buf_grow(aur_buf *b, size_t more); /* room for `more` bytes after n */
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
/* NUL-terminated view; the NUL is not counted. */
char *aur_buf_cstr(aur_buf *b);

/* What lives and dies together.  Pointers stay valid until reset or free. */
typedef struct aur_arena_block aur_arena_block;
typedef struct aur_arena {
	aur_arena_block *head;
	uint8_t *cur, *end;
	size_t total; /* bytes taken from the system */
} aur_arena;
void *aur_arena_alloc(aur_arena *a, size_t n); /* aligned to 8, zeroed */
char *aur_arena_dup(aur_arena *a, const void *p, size_t n); /* with a NUL after it */
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
