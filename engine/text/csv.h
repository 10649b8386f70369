/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUR_TEXT_CSV_H
#define AUR_TEXT_CSV_H
#include "base/mem.h"

/* Appends a cell of a CSV file (RFC 4180): in quotation marks if it holds a comma, a quotation mark or a line end, or if `quote`. */
void aur_csv_cell(aur_buf *out, const char *s, size_t n, int quote);
#endif
