/* SPDX-License-Identifier: Apache-2.0 */
/* Private to this room. */
#ifndef AUR_INDEX_PAGES_H
#define AUR_INDEX_PAGES_H
#include "index/store.h"

typedef void (*aur_say)(void *ctx, int fault, const char *msg);
/* Walks every page that a transaction can reach, without LMDB.  The number of faults; *npages: how many pages there are. */
uint64_t aur_pages_check(aur_store *s, MDB_txn *txn, uint64_t *npages, aur_say say, void *ctx);
/* How many commits a file has seen, as its heads say: the first makes it, the next say what it is made by; 0 where they are not those of LMDB,
 * and more than there can be where they cannot be read. */
uint64_t aur_pages_commits(const char *file);
/* Whether it is a file of LMDB's from a machine with other words, or another order of bytes, than this one: it cannot be read here. */
int aur_pages_foreign(const char *file);
/* Whether the two heads of the file are those of the last two commits. */
int aur_pages_heads(aur_store *s);
/* What is wrong with the page that a record (its key, as LMDB gave it) stands on; NULL: nothing. */
const char *aur_page_around(const void *record, uint32_t psize);
#endif
