/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUR_CLI_IRRITANTS_BY_H
#define AUR_CLI_IRRITANTS_BY_H
#include "cli/ledger.h"

/* irritants --by FIELD: prints the irritants by the values of a field, small counts hidden.  theme: only this one and, with --sub, those below it;
 * AUR_IN_ABSENT: all.  Machine formats always hold all themes.  Returns the exit status. */
int aur_irritants_by(const aur_args *a, aur_book *b, const char *by, uint32_t theme);
#endif
