/* SPDX-License-Identifier: Apache-2.0 */
/* The sub-verbs of « auricule plugin » for those who write plugins: each in its file, and a line in the table of
 * cmd_plugin.c. */
#ifndef AUR_CLI_CMD_PLUGIN_H
#define AUR_CLI_CMD_PLUGIN_H
#include "cli/cli.h"

int aur_plugin_check(aur_args *a);
int aur_plugin_new(aur_args *a);
#endif
