/* SPDX-License-Identifier: Apache-2.0 */
/* Records with their checksum: put, got, and not there.  Private to this room. */
#ifndef AUR_INDEX_RECORDS_H
#define AUR_INDEX_RECORDS_H
#include "index/store.h"

/* Names of the databases, in LMDB and in messages. */
extern const char *const aur_db_names[DB_COUNT_];

/* get: MDB_NOTFOUND passes as AURE_NOTFOUND without a message. */
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
