/* SPDX-License-Identifier: Apache-2.0 */
/* A compaction with its progress: for compact and erase. */
#ifndef AUR_CLI_COMPACTING_H
#define AUR_CLI_COMPACTING_H
#include "cli/cli.h"
#include "index/index.h"

#define AUR_OPT_COMPACTING {"memory", 'm', N_("SIZE"), N_("memory to work in, such as 256M (the default) or 1G")}

/* Sets how->memory and how->go_on; how->ctx is the caller's, for leave_out.  The totals are those of the corpus before (may be NULL) and
 * after. */
aur_code aur_compacting(const aur_args *a, aur_compaction *how, aur_totals *before, aur_totals *after, aur_error *e);
#endif
