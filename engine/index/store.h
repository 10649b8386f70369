/* SPDX-License-Identifier: Apache-2.0 */
/* The corpus directory: generations, the writer's lock, the LMDB environment.  Private to this room. */
#ifndef AUR_INDEX_STORE_H
#define AUR_INDEX_STORE_H
#include "base/error.h"
#include "index/format.h"

typedef struct aur_store {
	char *dir, *gen; /* the corpus; the folder of the generation in use */
	MDB_env *env;
	MDB_dbi db[DB_COUNT_];
	int lock_fd; /* -1 for a reader */
	int full;    /* a put found the map full: abort, aur_store_reserve, and write again */
	struct aur_env *share;
	aur_error *met; /* NULL, or where the first thing that goes wrong is kept, also where the caller takes no error */
} aur_store;

/* BARE: the file alone, for a check that has not yet looked whether LMDB may walk its pages; then aur_store_databases. */
enum { AUR_STORE_BARE, AUR_STORE_READ, AUR_STORE_WRITE, AUR_STORE_CREATE };
aur_code aur_store_open(const char *dir, int mode, aur_store **out, aur_error *err);
aur_code aur_store_databases(aur_store *s, aur_error *err);
/* A new, empty generation beside the one in use; aur_store_swap makes it the one in use. */
aur_code aur_store_next(const aur_store *s, aur_store **out, aur_error *err);
aur_code aur_store_swap(aur_store *old, aur_store *next, aur_error *err);
void aur_store_discard(aur_store *next); /* closes and removes it */
void aur_store_close(aur_store *s);
/* A transaction for reading; the same, moved to the last commit.  Both follow a map that another process has grown. */
aur_code aur_store_txn(aur_store *s, MDB_txn **out, aur_error *err);
aur_code aur_store_txn_again(aur_store *s, MDB_txn *t, aur_error *err);
/* Whether another generation is in use by now. */
int aur_store_moved(const aur_store *s);
aur_code aur_store_reserve(aur_store *s, size_t more, aur_error *err); /* no transaction may be live */

/* Gives back the pages of the file that were looked at: they count as ours while they are mapped. */
void aur_store_trim(const aur_store *s);

extern const char *const aur_db_names[DB_COUNT_];
/* An LMDB return code as a sentence. */
aur_code aur_store_error(const aur_store *s, int rc, const char *doing, aur_error *err);

/* Records with their checksum.  get: MDB_NOTFOUND passes as AURE_NOTFOUND without a message. */
aur_code aur_rec_put(aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const void *p, size_t n, unsigned flags,
		     aur_error *err);
aur_code aur_rec_get(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		     aur_error *err);
/* The same through a cursor, which ends with its transaction: records that are asked for or written in the order of their keys are found
 * on the page of the one before. */
aur_code aur_rec_cursor(aur_store *s, MDB_txn *t, enum aur_db db, MDB_cursor **out, aur_error *err);
aur_code aur_rec_put_at(aur_store *s, MDB_cursor *at, MDB_val key, const void *p, size_t n, unsigned flags, aur_error *err);
aur_code aur_rec_get_at(const aur_store *s, MDB_cursor *at, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n, aur_error *err);
/* The same for whoever reads pages that nobody has walked: a record that is not there is really not there, and its page not damaged. */
aur_code aur_rec_may(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		     aur_error *err);
/* MDB_NEXT goes on from *key, which the call before it gave: keys that are out of order are damage. */
int aur_cursor_get(const aur_store *s, MDB_cursor *cur, MDB_val *key, MDB_val *v, MDB_cursor_op op);
/* The same for a record that has to be there: where it is missing, the corpus is damaged. */
aur_code aur_rec_must(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		      aur_error *err);
/* Payload of a value already at hand, checked. */
aur_code aur_rec_check(const aur_store *s, enum aur_db db, MDB_val key, MDB_val val, const uint8_t **p, size_t *n,
		       aur_error *err);
aur_code aur_rec_damaged(const aur_store *s, const char *what, aur_error *err);
/* Key of a form or a layer value: itself, or its hash where it is too long for LMDB. */
MDB_val aur_word_key(uint8_t buf[KEY_MAX_BYTES + 8], int prefix, const void *p, size_t n);
#endif
