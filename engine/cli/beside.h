/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUR_CLI_BESIDE_H
#define AUR_CLI_BESIDE_H
#include "base/mem.h"

/* Tells, once, that the folder of a page that was written at `path` holds another page of the same contributions, by other fields or with
 * another threshold: each hides its small counts from its own readers, and not from those of both. */
void aur_page_beside(const char *path, const aur_buf *page);
#endif
