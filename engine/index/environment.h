/* SPDX-License-Identifier: Apache-2.0 */
/* The data file of a generation: an LMDB environment, shared by all stores of this process that have the file open.  Private to
 * this room.
 *
 * The lock is held around all other functions here but aur_env_unreadable. */
#ifndef AUR_INDEX_ENVIRONMENT_H
#define AUR_INDEX_ENVIRONMENT_H
#include "index/store.h"

void aur_envs_lock(void);
void aur_envs_unlock(void);
/* Opens the data file of s->gen, to be written if s holds the writer's lock, or shares it where this process has it open already.
 * create: makes it; nosync: it is not synced at commits.  After an error aur_env_close is to be called, as after success. */
aur_code aur_env_open(aur_store *s, int create, int nosync, aur_error *err);
/* Opens its databases (once per process), and checks the schema version. */
aur_code aur_env_databases(aur_store *s, int create, aur_error *err);
/* Checks all pages before anything is written: LMDB would trust a damaged page, and copy it.  Large values are not
 * read, so this takes some milliseconds per gigabyte. */
aur_code aur_env_sound(aur_store *s, aur_error *err);
void aur_env_close(aur_store *s);
/* Fails, as the user has no right to read the corpus. */
aur_code aur_env_unreadable(const aur_store *s, aur_error *err);
#endif
