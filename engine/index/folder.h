/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of a corpus: generations, the writer's lock, and the data file, which is opened once per process.  Private to this room. */
#ifndef AUR_INDEX_FOLDER_H
#define AUR_INDEX_FOLDER_H
#include "index/store.h"

/* BARE: opens only the file, for a check that must inspect its pages before LMDB may read them; then call aur_store_databases. */
enum { AUR_STORE_BARE, AUR_STORE_READ, AUR_STORE_WRITE, AUR_STORE_CREATE };
aur_code aur_store_open(const char *dir, int mode, aur_store **out, aur_error *err);
aur_code aur_store_databases(aur_store *s, aur_error *err);
/* Makes a new, empty generation beside the current one; aur_store_swap makes it the current one. */
aur_code aur_store_next(const aur_store *s, aur_store **out, aur_error *err);
aur_code aur_store_swap(aur_store *old, aur_store *next, aur_error *err);
void aur_store_discard(aur_store *next); /* closes and removes it */
/* Removes what aur_store_open created: the folder, or the files in it.  Does nothing to a corpus that existed
 * before. */
void aur_store_unmake(const aur_store *s);
void aur_store_close(aur_store *s);
/* A writer asks before a commit: fails if the folder or its lock was moved, removed or replaced since it was opened, or if somebody else has written, as
 * where a backup was copied over it.  What a writer knows of the corpus, such as how many contributions it has, is then not so. */
aur_code aur_store_ours(const aur_store *s, aur_error *err);
#endif
