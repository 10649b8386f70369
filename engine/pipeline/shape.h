/* SPDX-License-Identifier: Apache-2.0 */
/* What may stand in pipeline.xml. */
#ifndef AUR_PIPELINE_SHAPE_H
#define AUR_PIPELINE_SHAPE_H
#include <libxml/tree.h>
#include "base/error.h"

/* The settings of an element and of those within it: a slip of the pen would else change in silence what is found, how
 * it is counted, or who may be quoted.  Which elements there are, the caller knows. */
aur_code aur_pipeline_shape(const xmlNode *n, const char *file, aur_error *err);
#endif
