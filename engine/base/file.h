/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a whole file. */
#ifndef AUR_BASE_FILE_H
#define AUR_BASE_FILE_H
#include "base/mem.h"

/* Appends the content of a file to b, up to its end or until b has more than `most` bytes.  Returns 0 or an errno; what was read
 * before an error stays in b. */
int aur_file_read(const char *path, size_t most, aur_buf *b);
#endif
