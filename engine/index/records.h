/* SPDX-License-Identifier: Apache-2.0 */
/* Records with a checksum: reading and writing them.  Private to this room. */
#ifndef AUR_INDEX_RECORDS_H
#define AUR_INDEX_RECORDS_H
#include "index/store.h"

/* Names of the databases, in LMDB and in messages. */
extern const char *const aur_db_names[DB_COUNT_];

/* _get: AURE_NOTFOUND, without a message, if there is no such record.  The payload is valid until the transaction
 * ends, or until the next put in it. */
aur_code aur_rec_put(aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const void *p, size_t n, unsigned flags,
		     aur_error *err);
/* A payload in two pieces. */
aur_code aur_rec_put_two(aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, MDB_val p, MDB_val more, aur_error *err);
aur_code aur_rec_get(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		     aur_error *err);
/* As aur_rec_must, for a record of some kilobytes that is needed once: it is read into `to` (zeros at first, used for nothing else),
 * where it is valid until the next one.  Reading what the system has cached into memory that is at hand takes less time than
 * touching it page by page in the map.  map: see aur_page_map; NULL: the record is read where it is mapped. */
aur_code aur_rec_copy(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t *map, aur_buf *to, const uint8_t **p, size_t *n,
		      aur_error *err);
/* _get through a cursor, which must be closed before its transaction ends: if records are accessed in the order
 * of their keys, each is found on the page of the one before. */
aur_code aur_rec_cursor(aur_store *s, MDB_txn *t, enum aur_db db, MDB_cursor **out, aur_error *err);
aur_code aur_rec_put_at(aur_store *s, MDB_cursor *at, MDB_val key, const void *p, size_t n, unsigned flags, aur_error *err);
aur_code aur_rec_get_at(const aur_store *s, MDB_cursor *at, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n, aur_error *err);
/* As aur_rec_get, for pages that have not been checked: AURE_NOTFOUND then means that the record does not exist, and
 * not that its page is damaged. */
aur_code aur_rec_may(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		     aur_error *err);
/* Moves a cursor.  MDB_NEXT goes on from *key, which the previous call returned: keys out of order are damage. */
int aur_cursor_get(const aur_store *s, MDB_cursor *cur, MDB_val *key, MDB_val *v, MDB_cursor_op op);
/* As aur_rec_get, for a record that must exist: if it is missing, the corpus is damaged. */
aur_code aur_rec_must(const aur_store *s, MDB_txn *t, enum aur_db db, MDB_val key, const uint8_t **p, size_t *n,
		      aur_error *err);
/* Checks a value that has been read already; returns its payload. */
aur_code aur_rec_check(const aur_store *s, enum aur_db db, MDB_val key, MDB_val val, const uint8_t **p, size_t *n,
		       aur_error *err);
aur_code aur_rec_damaged(const aur_store *s, const char *what, aur_error *err);
/* What the corpus says that it holds; all zero if it holds nothing yet.  Memory is allocated by these numbers, and numbers are given
 * behind them: they are not more than there are records. */
struct aur_held {
	uint32_t forms, segments, docs, fields, labels, has_deleted;
};
aur_code aur_held_get(const aur_store *s, MDB_txn *t, struct aur_held *out, aur_error *err);
/* The key of a form or a layer value, in buf: `prefix` as a byte, unless it is -1; then the word, or, if it is
 * longer than KEY_MAX_BYTES - 24, its beginning and two hashes. */
MDB_val aur_word_key(uint8_t buf[KEY_MAX_BYTES + 8], int prefix, const void *p, size_t n);
#endif
