/* SPDX-License-Identifier: Apache-2.0 */
/* Case, accents and width of text outside the index: names of fields and values, columns on a terminal. */
#ifndef AUR_TEXT_FOLD_H
#define AUR_TEXT_FOLD_H
#include "base/mem.h"

/* Appends s to out, in lower case and without accents.  Invalid UTF-8 is passed through. */
void aur_text_fold(aur_buf *out, const char *s, size_t n);
/* Appends s to out, in lower case with its accents. */
void aur_text_lower(aur_buf *out, const char *s, size_t n);
/* Appends s to out as the name of a field: folded, each run of anything but letters, digits, '_' and '.' as one '-', and no '-' at
 * either end. */
void aur_text_name(aur_buf *out, const char *s, size_t n);
/* Appends a key by which values are sorted for a person, byte by byte: folded, with numbers ordered by size, so that « Écaillon »
 * is before « Zuydcoote » and « vague-2 » before « vague-10 ».  Different texts may have the same key. */
void aur_text_sort_key(aur_buf *out, const char *s, size_t n);
/* Columns that a text takes on a terminal: wide characters 2, combining ones 0, controls 1, as they are shown as a space. */
size_t aur_text_width(const char *s, size_t n);
#endif
