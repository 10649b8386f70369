/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 as bytes: validity, counting, stepping. */
#ifndef AUR_BASE_UTF8_H
#define AUR_BASE_UTF8_H
#include <stddef.h>
#include <stdint.h>

/* Bytes of the valid prefix: == n when the whole is valid UTF-8 (no surrogate, no overlong form). */
size_t aur_utf8_valid(const char *s, size_t n);
/* Takes out of a string what is no part of a valid character: what a limit cut, what somebody else wrote. */
void aur_utf8_mend(char *s);
/* Code points in a valid text. */
size_t aur_utf8_count(const char *s, size_t n);
/* The code point at *i of a valid text; moves *i past it. */
uint32_t aur_utf8_next(const char *s, size_t n, size_t *i);
#endif
