/* SPDX-License-Identifier: Apache-2.0 */
/* Turns damage that LMDB cannot report into a sentence: see guard.c.  Private to this room. */
#ifndef AUR_INDEX_GUARD_H
#define AUR_INDEX_GUARD_H
#include <lmdb.h>

/* Set to the folder of the corpus while LMDB reads pages that have not been checked: a fault of this thread in the meantime is due
 * to them. */
extern _Thread_local const char *volatile aur_guard_reading;

/* From now on, damage that LMDB meets in the files of this environment ends the program with a sentence and status 1. */
void aur_guard(MDB_env *env);
/* The message then also allows for a change during reading: writers do not know of this reader, so they may reuse
 * its pages. */
void aur_guard_unseen(void);
#endif
