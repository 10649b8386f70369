/* SPDX-License-Identifier: Apache-2.0 */
/* An open corpus: its LMDB environment, transactions on it, and LMDB's errors as sentences.  Private to this room. */
#ifndef AUR_INDEX_STORE_H
#define AUR_INDEX_STORE_H
#include <sys/types.h>
#include "base/error.h"
#include "index/format.h"

/* A data file opened by this process, shared by all its stores: see environment.c. */
struct aur_env {
	dev_t dev;
	ino_t ino;
	pid_t pid;
	MDB_env *env;
	MDB_dbi db[DB_COUNT_];
	int writable, named; /* named: db[] has been filled in */
	int unseen;          /* opened without the table of readers, so writers do not know of us */
	int unmapped;        /* there was no room for a larger map, and LMDB has let go of the smaller one: nothing can be asked any more */
	dev_t lock_dev;      /* that table, lock.mdb, as it was opened */
	ino_t lock_ino;
	unsigned refs;
	struct aur_env *next;
};

typedef struct aur_store {
	char *dir, *gen; /* folder of the corpus; folder of the current generation */
	MDB_env *env;
	MDB_dbi db[DB_COUNT_];
	int lock_fd; /* -1 for a reader */
	int statm;   /* of a writer: /proc/self/statm, what this process has met of its memory; -1: not known */
	int made;    /* opening it created its folder */
	int begun;   /* opening it created its generation */
	int full;    /* a put found the map full: abort, aur_store_reserve, and write again */
	size_t commit; /* the commit that the last read transaction sees */
	size_t wrote;  /* of a writer: the last commit, which is its own or was there when it began */
	struct aur_env *share;
	aur_error *met; /* NULL, or where the first error is kept even if a caller passes no aur_error */
} aur_store;

/* Begins a read transaction; or moves one to the latest commit.  Both remap the file if another process has extended
 * it. */
aur_code aur_store_txn(aur_store *s, MDB_txn **out, aur_error *err);
aur_code aur_store_txn_again(aur_store *s, MDB_txn *t, aur_error *err);
/* Makes room in the map for so many bytes.  No transaction may be open; does nothing if stores share the environment. */
aur_code aur_store_reserve(aur_store *s, size_t more, aur_error *err);
/* Is data.mdb still the file that was opened?  And lock.mdb?  Whoever opens the corpus after that was removed makes
 * another one, and knows nothing of us, nor we of them. */
int aur_store_same_data(const aur_store *s);
int aur_store_same_table(const aur_store *s);
void aur_store_wrote(aur_store *s); /* a writer's store was opened, or a commit is done */
/* Releases the pages of the file that were read: as long as they are mapped they count as our memory. */
void aur_store_trim(const aur_store *s);
/* The same, if this process has met more than so many bytes of mapped files.  One fault may map 64 KiB, or 2 MiB on recent kernels
 * if the file was just written: only the kernel knows how many. */
void aur_store_trim_over(const aur_store *s, size_t most);
#define AUR_MAPPED ((size_t)20 << 20) /* what may be left: the program and its libraries are 8 */

/* Is what the last transaction read still valid?  A reader that may not write to the table of readers reserves nothing: LMDB reuses
 * the pages of a commit from the third commit after it on, and begins to write that one while the second is the latest. */
aur_code aur_store_kept(const aur_store *s, aur_error *err);

/* Turns an LMDB return code into an error. */
aur_code aur_store_error(const aur_store *s, int rc, const char *doing, aur_error *err);
/* Passes an error on, and also keeps it in `met`, as some calls that meet damage have no way to return it. */
aur_code aur_store_met(const aur_store *s, const aur_error *e, aur_error *err);
#endif
