/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of Markdown: « | a | b | », then « |---|---| », then rows. */
#include "text.h"

bool table_next(aur_str row, size_t *at, aur_str *cell)
{
	if (*at == 0 && row.len && row.ptr[0] == '|')
		*at = 1;
	if (*at > row.len || (*at == row.len && *at && row.ptr[*at - 1] == '|'))
		return false;
	size_t from = *at, to = from;
	while (to < row.len && (row.ptr[to] != '|' || (to && row.ptr[to - 1] == '\\')))
		to++;
	*cell = rd_trim(rd_str(row.ptr + from, to - from));
	*at = to + 1;
	return true;
}

uint32_t table_cells(aur_str row)
{
	uint32_t n = 0;
	aur_str cell;
	for (size_t at = 0; table_next(row, &at, &cell);)
		n++;
	return n;
}

bool table_rule(aur_str line)
{
	bool dash = false, bar = false;
	for (size_t i = 0; i < line.len; i++) {
		dash |= line.ptr[i] == '-';
		bar |= line.ptr[i] == '|';
		if (!strchr("|-: \t\r", line.ptr[i]) || !line.ptr[i])
			return false;
	}
	return dash && bar;
}

bool table_word(aur_str cell)
{
	const unsigned char *p = (const unsigned char *)cell.ptr, *end = p + cell.len;
	while (p < end) {
		unsigned step = rd_utf8_step(p, end);
		uint32_t c = step ? rd_utf8_decode(p, step) : rd_cp1252(*p);
		/* letters and emoji; not Western symbols, dashes, ticks, arrows */
		if ((c < 0x80 && (c | 0x20) - 'a' < 26) ||
		    (c >= 0xC0 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c >= 0x2C00)))
			return true;
		p += step ? step : 1;
	}
	return false;
}
