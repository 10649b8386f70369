/* SPDX-License-Identifier: Apache-2.0 */
/* The host services for the components of a chain, and opening a chain with them.  The room that tests plugins (conform) starts
 * from the same services, with stricter sinks. */
#ifndef AUR_PIPELINE_SERVICES_H
#define AUR_PIPELINE_SERVICES_H
#include "pipeline/chain.h"

const aur_host *aur_services(void);
/* See aur_chain_read. */
aur_code aur_chain_open(const char *path, const char *xml, int what, aur_chain **out, aur_error *err);
/* The same for a pipeline file or, with path NULL, the pipeline that a corpus keeps (NULL: the default one).  If the latter's files
 * are no longer where they were, the error says what to do. */
aur_code aur_chain_kept(const char *path, const char *kept, int what, aur_chain **out, aur_error *err);
#endif
