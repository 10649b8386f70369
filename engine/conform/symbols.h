/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUR_CONFORM_SYMBOLS_H
#define AUR_CONFORM_SYMBOLS_H
#include "base/mem.h"

/* How many symbols a shared object exports beside the one that is expected; the first three go into names. */
unsigned aur_symbols_beside(const char *path, const char *expected, aur_buf *names);
#endif
