/* SPDX-License-Identifier: Apache-2.0 */
/* The growing buffer that everything here writes to. */
#include <stdlib.h>
#include "rd.h"

bool rd_buf_reserve(rd_buf *b, size_t more)
{
	if (more <= b->cap - b->len)
		return true;
	if (more > SIZE_MAX / 4 - b->len)
		return false;
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->len < more)
		cap *= 2;
	char *p = realloc(b->ptr, cap);
	if (!p)
		return false;
	b->ptr = p;
	b->cap = cap;
	return true;
}

bool rd_buf_add(rd_buf *b, const void *p, size_t n)
{
	if (!n)
		return true;
	if (!rd_buf_reserve(b, n))
		return false;
	memcpy(b->ptr + b->len, p, n);
	b->len += n;
	return true;
}

void rd_buf_free(rd_buf *b)
{
	free(b->ptr);
	memset(b, 0, sizeof *b);
}
