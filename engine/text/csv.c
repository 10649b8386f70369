/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include "text/csv.h"

void aur_csv_cell(aur_buf *out, const char *s, size_t n, int quote)
{
	for (size_t i = 0; i < n && !quote; i++)
		quote = s[i] == ',' || s[i] == '"' || s[i] == '\n' || s[i] == '\r';
	if (!quote) {
		aur_buf_put(out, s, n);
		return;
	}
	aur_buf_byte(out, '"');
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			aur_buf_byte(out, '"');
		aur_buf_byte(out, (unsigned char)s[i]);
	}
	aur_buf_byte(out, '"');
}
