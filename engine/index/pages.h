/* SPDX-License-Identifier: Apache-2.0 */
/* Private to this room. */
#ifndef AUR_INDEX_PAGES_H
#define AUR_INDEX_PAGES_H
#include "index/store.h"

typedef void (*aur_say)(void *ctx, int fault, const char *msg);
/* Walks every page that a transaction can reach, without LMDB.  The number of faults; *npages: how many pages there are. */
uint64_t aur_pages_check(aur_store *s, MDB_txn *txn, uint64_t *npages, aur_say say, void *ctx);
#endif
