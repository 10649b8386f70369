/* SPDX-License-Identifier: Apache-2.0 */
/* What LMDB cannot say: see guard.c.  Private to this room. */
#ifndef AUR_INDEX_GUARD_H
#define AUR_INDEX_GUARD_H
#include <lmdb.h>

/* Set to the folder of the corpus while LMDB walks pages that nobody has looked at: a fault of this thread meanwhile is
 * theirs. */
extern _Thread_local const char *volatile aur_guard_reading;

/* Damage that LMDB meets in the files of this environment ends the program with a sentence and status 1. */
void aur_guard(MDB_env *env);
/* The same where writers do not know of this reader: what it meets need not be damage. */
void aur_guard_unseen(void);
#endif
