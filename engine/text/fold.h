/* SPDX-License-Identifier: Apache-2.0 */
/* Case, accents and width of text outside the index: names of fields and values, terminal columns. */
#ifndef AUR_TEXT_FOLD_H
#define AUR_TEXT_FOLD_H
#include "base/mem.h"

/* Lower case without accents, appended to out.  Invalid UTF-8 passes as it is. */
void aur_text_fold(aur_buf *out, const char *s, size_t n);
/* Lower case, with its accents. */
void aur_text_lower(aur_buf *out, const char *s, size_t n);
/* A field name: folded, runs of anything but letters, digits, '_' and '.' become one '-', none at either end. */
void aur_text_name(aur_buf *out, const char *s, size_t n);
/* What values are put in order by for a person, byte by byte, appended to out: folded, and numbers by their size, so that « Écaillon » stands
 * before « Zuydcoote » and « vague-2 » before « vague-10 ».  Different texts may have the same key. */
void aur_text_sort_key(aur_buf *out, const char *s, size_t n);
/* Columns that a text takes on a terminal: wide characters two, combining ones none, controls one, since they are shown as a space. */
size_t aur_text_width(const char *s, size_t n);
#endif
