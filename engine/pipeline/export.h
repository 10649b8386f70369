/* SPDX-License-Identifier: Apache-2.0 */
/* Writes contributions of a corpus through an exporter plugin:
 *
 *    aur_exporting_open(component, settings, snapshot, file, &x, &err)   calls begin()
 *    aur_exporting_doc(x, doc, &err)                                     once for each contribution, in any order
 *    aur_exporting_finish(x, &err)                                       calls finish()
 *    aur_exporting_close(x)
 *
 * All of it belongs to one thread.  After an error only aur_exporting_close may follow; what was written is then incomplete. */
#ifndef AUR_PIPELINE_EXPORT_H
#define AUR_PIPELINE_EXPORT_H
#include <stdio.h>
#include "index/index.h"
#include "plugin/registry.h"

typedef struct aur_exporting aur_exporting;

/* conf may be NULL; AURE_USAGE for a setting that the component does not have.  The snapshot, the file and its path, which is for messages, must outlive the result. */
aur_code aur_exporting_open(const aur_component *c, const aur_config *conf, aur_snapshot *s, FILE *to, const char *path, aur_exporting **out,
			    aur_error *err);
aur_code aur_exporting_doc(aur_exporting *x, uint32_t doc, aur_error *err);
aur_code aur_exporting_finish(aur_exporting *x, aur_error *err);
void aur_exporting_close(aur_exporting *x);
#endif
