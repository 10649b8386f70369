/* SPDX-License-Identifier: Apache-2.0 */
/* fold.h - what the files of this plugin share: memory for the values of one batch. */
#ifndef FOLD_H
#define FOLD_H
#include <auricule/plugin.h>
#include <stdbool.h>

/* A chain of blocks, newest first; values stay where they are until the next batch. */
struct block {
	struct block *next;
	size_t cap;
	char bytes[];
};
struct worker {
	struct block *blocks;
	size_t used; /* of the newest */
	int32_t *points;
	size_t points_cap;
};
/* At least n bytes, or NULL; give back what is not needed by lowering w->used. */
char *fold_room(struct worker *w, size_t n);

/* inclusive.c: the base of a lower-cased form, inside it or static; the form itself where it is no inclusive
 * writing. */
aur_str fold_base(aur_str form);

#endif
