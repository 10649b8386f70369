/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 as bytes: validity, counting, stepping. */
#ifndef AUR_BASE_UTF8_H
#define AUR_BASE_UTF8_H
#include <stddef.h>
#include <stdint.h>

/* Length in bytes of the valid prefix; n if all of s is valid UTF-8 (no surrogates, no overlong forms). */
size_t aur_utf8_valid(const char *s, size_t n);
/* Removes in place every byte that is not part of a valid character, such as what a length limit cut off. */
void aur_utf8_mend(char *s);
/* Number of code points in a valid text. */
size_t aur_utf8_count(const char *s, size_t n);
/* The code point at *i of a valid text; moves *i past it. */
uint32_t aur_utf8_next(const char *s, size_t n, size_t *i);
#endif
