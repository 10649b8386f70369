/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUR_CLI_IRRITANTS_BY_H
#define AUR_CLI_IRRITANTS_BY_H
#include "cli/ledger.h"

/* irritants --by FIELD, by the first cross of the book: prints its table, small counts hidden.  theme: on a terminal only this one and, with --sub, those below
 * it; AUR_IN_ABSENT: all.  Machine formats always hold all themes. */
void aur_irritants_by(const aur_args *a, const aur_book *b, uint32_t theme);
#endif
