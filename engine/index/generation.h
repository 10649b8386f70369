/* SPDX-License-Identifier: Apache-2.0 */
/* The generations of a corpus, as files in its folder.  Private to this room. */
#ifndef AUR_INDEX_GENERATION_H
#define AUR_INDEX_GENERATION_H
#include "index/store.h"

/* Returns the folder of the current generation, to be freed.  NULL: « current » names none, and *why is 0; or it
 * could not be read, and *why is the errno.  Callers must tell these apart: a passing shortage does not mean that
 * the corpus was never made. */
char *aur_gen_current(const char *dir, int *why);
/* What does a folder without « current » hold?  0: nothing, 1: foreign files, 2: one generation, 3: several, -1: it
 * cannot be read (errno).  gen: for 2 and 3, the last generation, by name, that has a data file. */
int aur_gen_look(const char *dir, char gen[64]);
/* Was anything committed to a generation (its folder) after its creation? */
int aur_gen_used(const char *gen);

/* Of s only dir, gen and lock_fd are used. */
const char *aur_gen_name(const aur_store *s); /* points into s->gen */
/* Has another generation become the current one? */
int aur_gen_moved(const aur_store *s);
/* Is the folder of that name still the one that was locked?  If somebody moved it away and put another corpus in its
 * place, nothing there may be changed. */
int aur_store_locked(const aur_store *s);
/* Makes s->gen the current one: writes « current.new », syncs it, renames it to « current », and syncs the folder.
 * Returns 0 or an errno. */
int aur_gen_switch(const aur_store *s);
/* Removes a generation, by its name, through a descriptor of the folder, which is checked to be the one that was
 * locked: the name of the folder may lead to another corpus at any moment. */
void aur_gen_remove(const aur_store *s, const char *gen);
/* Removes the generations that a compaction left, if it was killed before its end or before it removed the old one.
 * Under the writer's lock. */
void aur_gen_sweep(const aur_store *s);
/* Fails, as this file of the current generation is not there. */
aur_code aur_gen_missing(const aur_store *s, const char *file, aur_error *err);

void aur_dir_sync(const char *dir); /* so that names made or removed in it are on disk */
/* Gives a file or folder the owner and the mode of the one that it replaces, whatever the umask and the user of this
 * process.  If not even the group can be kept, the mode is left alone, as it would open the file to another group. */
void aur_rights_keep(const char *old, const char *now);
#endif
