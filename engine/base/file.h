/* SPDX-License-Identifier: Apache-2.0 */
/* A file, whole. */
#ifndef AUR_BASE_FILE_H
#define AUR_BASE_FILE_H
#include "base/mem.h"

/* Appends what a file holds, until its end or until b has more than `most` bytes.  0, or errno of what failed; what was read by then is there. */
int aur_file_read(const char *path, size_t most, aur_buf *b);
#endif
