/* SPDX-License-Identifier: Apache-2.0 */
/* Which files contributions came from.  This makes generated ids unique to a file, and the same again when the file is ingested
 * again.
 *
 * A generated id is a name, a colon and a number.  The name is that of the file; if another file already has it, folders are put in
 * front until it is unique: « atelier.csv », then « vague2/atelier.csv ».  A file is recognised by its path; if there is no file
 * any more at the remembered path, by its first bytes; a file without a path (standard input, a pipe) only by its first bytes. */
#ifndef AUR_PIPELINE_SOURCES_H
#define AUR_PIPELINE_SOURCES_H
#include "auricule/plugin.h"
#include "base/mem.h"

typedef struct aur_sources aur_sources;

aur_sources *aur_sources_new(void);
void aur_sources_free(aur_sources *s);
/* Adds what was stored in the corpus; a later entry with the same name replaces an earlier one. */
void aur_sources_add(aur_sources *s, aur_str name, aur_str about);

typedef struct aur_from {
	aur_str name;  /* prefix of generated ids; lives as long as the sources */
	aur_buf about; /* to be stored under this name; empty: nothing new.  Owned by the caller, like: */
	aur_buf note;  /* what a person should know if ids are generated; empty: nothing */
	int known;     /* the corpus has met this file before */
} aur_from;
/* Looks up a file that is open, as the person named it, with its first bytes.  Fills in *out, to be freed with aur_from_free. */
void aur_sources_meet(aur_sources *s, const char *file, int fd, const void *head, size_t n, aur_from *out);
void aur_from_free(aur_from *f);
#endif
