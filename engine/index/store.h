/* SPDX-License-Identifier: Apache-2.0 */
/* A corpus that is open: its LMDB environment, transactions on it, and what LMDB says as sentences.  Private to this room. */
#ifndef AUR_INDEX_STORE_H
#define AUR_INDEX_STORE_H
#include <sys/types.h>
#include "base/error.h"
#include "index/format.h"

/* A data file as this process has it open, for all the stores of it: see folder.c. */
struct aur_env {
	dev_t dev;
	ino_t ino;
	pid_t pid;
	MDB_env *env;
	MDB_dbi db[DB_COUNT_];
	int writable, named; /* named: db[] is filled in */
	int unseen;          /* opened without the table of readers: writers do not know of us */
	unsigned refs;
	struct aur_env *next;
};

typedef struct aur_store {
	char *dir, *gen; /* the corpus; the folder of the generation in use */
	MDB_env *env;
	MDB_dbi db[DB_COUNT_];
	int lock_fd; /* -1 for a reader */
	int made;    /* its folder was not there before */
	int begun;   /* nothing of a corpus was in it before */
	int full;    /* a put found the map full: abort, aur_store_reserve, and write again */
	size_t commit; /* what the last transaction for reading stands on */
	struct aur_env *share;
	aur_error *met; /* NULL, or where the first thing that goes wrong is kept, also where the caller takes no error */
} aur_store;

/* A transaction for reading; the same, moved to the last commit.  Both follow a map that another process has grown. */
aur_code aur_store_txn(aur_store *s, MDB_txn **out, aur_error *err);
aur_code aur_store_txn_again(aur_store *s, MDB_txn *t, aur_error *err);
aur_code aur_store_reserve(aur_store *s, size_t more, aur_error *err); /* no transaction may be live */
/* Gives back the pages of the file that were looked at: they count as ours while they are mapped. */
void aur_store_trim(const aur_store *s);

/* Whether what the last transaction read is still there.  A reader that may not write to the table of readers keeps nothing: LMDB uses the pages of
   a commit again from the third one behind it on, and makes that while the second is the last. */
aur_code aur_store_kept(const aur_store *s, aur_error *err);

/* An LMDB return code as a sentence. */
aur_code aur_store_error(const aur_store *s, int rc, const char *doing, aur_error *err);
/* Passes an error on, and keeps it for whoever watches: also a call that has no way to tell meets damage. */
aur_code aur_store_met(const aur_store *s, const aur_error *e, aur_error *err);
#endif
