/* SPDX-License-Identifier: Apache-2.0 */
/* Which elements and settings pipeline.xml may have. */
#ifndef AUR_PIPELINE_SHAPE_H
#define AUR_PIPELINE_SHAPE_H
#include <libxml/tree.h>
#include "base/error.h"

/* Checks the settings of an element and of everything in it.  Otherwise a typing error would silently change what is found, how it
 * is counted, or who may be quoted.  Which elements may be at the top, the caller checks. */
aur_code aur_pipeline_shape(const xmlNode *n, const char *file, aur_error *err);
#endif
