/* SPDX-License-Identifier: Apache-2.0 */
/* The sub-verbs of « auricule lexicon »: each in its file, a line here and one in the table of cmd_lexicon.c. */
#ifndef AUR_CLI_CMD_LEXICON_H
#define AUR_CLI_CMD_LEXICON_H
#include "cli/cli.h"

int aur_lexicon_check(aur_args *a);
int aur_lexicon_coverage(aur_args *a);
int aur_lexicon_diff(aur_args *a);
int aur_lexicon_suggest(aur_args *a);
int aur_lexicon_import(aur_args *a);
int aur_lexicon_export(aur_args *a);
#endif
