/* SPDX-License-Identifier: Apache-2.0 */
/* A system that refuses memory: loaded before the program by LD_PRELOAD (not where a sanitizer has its own malloc), it refuses the request whose
 * number stands in MEMORY_REFUSED, and at the end writes how many there were into the file MEMORY_COUNT.  MEMORY_SIZE: those of so many bytes alone.
 * A request of libroaring, which ends the program or crashes without memory, is not refused: the next one is. */
#define _GNU_SOURCE /* dladdr */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t n); /* NOLINT: the C library's names */
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);

static atomic_long requests;
static long refused, size_of;

__attribute__((constructor)) static void begin(void)
{
	const char *no = getenv("MEMORY_REFUSED");
	refused = no ? strtol(no, NULL, 10) : 0;
	no = getenv("MEMORY_SIZE");
	size_of = no ? strtol(no, NULL, 10) : 0;
	requests = 0;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("MEMORY_COUNT");
	long n = requests;
	FILE *f = path ? fopen(path, "w") : NULL;
	if (f) {
		fprintf(f, "%ld\n", n);
		fclose(f);
	}
}

static int refuse(size_t n, const void *caller)
{
	Dl_info of;
	if (size_of && (size_t)size_of != n)
		return 0;
	if (atomic_fetch_add(&requests, 1) + 1 != refused)
		return 0;
	if (dladdr(caller, &of) && of.dli_fname && strstr(of.dli_fname, "libroaring")) {
		refused++;
		return 0;
	}
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t n)
{
	return refuse(n, __builtin_return_address(0)) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return refuse(n * size, __builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return n && refuse(n, __builtin_return_address(0)) ? NULL : __libc_realloc(p, n);
}
