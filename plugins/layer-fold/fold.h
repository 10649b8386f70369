/* SPDX-License-Identifier: Apache-2.0 */
/* fold.h - what the files of this plugin share. */
#ifndef FOLD_H
#define FOLD_H
#include "../common/values.h"
#include <auricule/plugin.h>
#include <stdbool.h>

struct worker {
	values values;
	int32_t *points;
	size_t points_cap;
};

/* inclusive.c: the base of a lower-cased form, inside it or static; the form itself where it is no inclusive
 * writing. */
aur_str fold_base(aur_str form);

#endif
