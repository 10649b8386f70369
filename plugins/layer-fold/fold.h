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

/* inclusive.c: the base of a lower-case form, as a part of it or as a static string; the form itself if it is not inclusive writing. */
aur_str fold_base(aur_str form);

#endif
