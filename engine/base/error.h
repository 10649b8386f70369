/* SPDX-License-Identifier: Apache-2.0 */
/* Errors.  An error is described once, at the lowest level that knows what was attempted, on what, and what the user can do.  The
 * levels above clean up and pass it on.  The caller provides the struct; nothing here allocates. */
#ifndef AUR_BASE_ERROR_H
#define AUR_BASE_ERROR_H
#include <stdarg.h>
#include <stdint.h>

typedef enum aur_code {
	AURE_OK = 0,
	AURE_NOMEM,
	AURE_CONFIG,   /* a setting, a lexicon, a pipeline */
	AURE_IO,       /* the operating system refused */
	AURE_DATA,     /* an input is broken */
	AURE_CORRUPT,  /* the index is damaged */
	AURE_LOCKED,   /* another process is writing to the corpus */
	AURE_VERSION,  /* a corpus or a plugin of another version */
	AURE_NOTFOUND,
	AURE_USAGE,    /* a wrong query or command line */
	AURE_CANCELLED,
	AURE_BUG
} aur_code;

typedef struct aur_error {
	aur_code code;
	uint32_t line, column; /* from 1, in characters; 0 = unknown */
	char file[256];        /* "" = none */
	char text[768];        /* one sentence, already translated */
} aur_error;

/* Fill *e (which may be NULL) and return `code`, so that callers can `return aur_fail(e, ...)`. */
aur_code aur_fail(aur_error *e, aur_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
aur_code aur_fail_at(aur_error *e, aur_code code, const char *file, uint32_t line, uint32_t column, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
aur_code aur_vfail(aur_error *e, aur_code code, const char *fmt, va_list ap) __attribute__((format(printf, 3, 0)));
/* A name as one types it in a command: in quotes where a shell would take it apart.  Four of them stand at a time, in each thread. */
const char *aur_typed(const char *name);
/* Writes "file:line:column: text", as far as they are known, into buf; returns buf. */
const char *aur_error_format(const aur_error *e, char *buf, unsigned long size);
#endif
