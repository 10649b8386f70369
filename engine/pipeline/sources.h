/* SPDX-License-Identifier: Apache-2.0 */
/* Which files contributions came from, so that ids that are made up are those of one file alone, and the same again when the file
 * comes again.
 *
 * An id that is made up is a name, a colon and a number.  The name is that of the file; where another file has it already, folders are
 * put before it until it is nobody else's: « atelier.csv », then « vague2/atelier.csv ».  A file is known again by its path; where
 * nothing is left at the path that is remembered, by its first bytes; what has no path (standard input, a pipe) by its first bytes alone. */
#ifndef AUR_PIPELINE_SOURCES_H
#define AUR_PIPELINE_SOURCES_H
#include "auricule/plugin.h"
#include "base/mem.h"

typedef struct aur_sources aur_sources;

aur_sources *aur_sources_new(void);
void aur_sources_free(aur_sources *s);
/* What was remembered: a later one of the same name holds. */
void aur_sources_add(aur_sources *s, aur_str name, aur_str about);

typedef struct aur_from {
	aur_str name;  /* that made-up ids begin with; lives as long as the sources */
	aur_buf about; /* to be remembered under this name; empty: as it was.  The caller's, as is: */
	aur_buf note;  /* what a person had better know where ids are made up; empty: nothing */
	int known;     /* not for the first time */
} aur_from;
/* A file as the person gave it, open, with its first bytes.  Fills in *out, which aur_from_free empties. */
void aur_sources_meet(aur_sources *s, const char *file, int fd, const void *head, size_t n, aur_from *out);
void aur_from_free(aur_from *f);
#endif
