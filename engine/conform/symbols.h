/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUR_CONFORM_SYMBOLS_H
#define AUR_CONFORM_SYMBOLS_H
#include "base/mem.h"

/* The number of symbols that a shared object exports besides `expected`; appends the names of the first three to `names`. */
unsigned aur_symbols_beside(const char *path, const char *expected, aur_buf *names);
#endif
