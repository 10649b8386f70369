/* SPDX-License-Identifier: Apache-2.0 */
/* What the host offers to the components of a chain.  For this room, and for the one that puts plugins to the test, which offers the same
 * with stricter sinks. */
#ifndef AUR_PIPELINE_SERVICES_H
#define AUR_PIPELINE_SERVICES_H
#include "auricule/plugin.h"

const aur_host *aur_services(void);
/* Those of annotators, in annotate.c. */
void aur_services_annotator(aur_host *h);
/* Those of readers, in flow.c, fill in the rest. */
void aur_services_reader(aur_host *h);
#endif
