/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <errno.h>
#include <stdio.h>
#include "base/file.h"

int aur_file_read(const char *path, size_t most, aur_buf *b)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return errno;
	for (size_t n = 1; n && b->n <= most; b->n += n) {
		aur_buf_room(b, 65536);
		n = fread(b->p + b->n, 1, 65536, f);
	}
	int why = ferror(f) ? errno : 0;
	fclose(f);
	return why;
}
