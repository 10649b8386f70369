/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the pages of a data file without LMDB, which trusts them.  Private to this room. */
#ifndef AUR_INDEX_PAGES_H
#define AUR_INDEX_PAGES_H
#include "index/store.h"

typedef void (*aur_say)(void *ctx, int fault, const char *msg);
/* Checks every page that a transaction can reach; say() gets a sentence per fault.  Returns the number of faults;
 * *npages: how many pages there are. */
uint64_t aur_pages_check(aur_store *s, MDB_txn *txn, uint64_t *npages, aur_say say, void *ctx);
/* How many commits a file has seen, according to its meta pages: the first one creates it, the next ones record what made it.  0 if
 * these are not meta pages of LMDB, and an impossibly large number if they cannot be read. */
uint64_t aur_pages_commits(const char *file);
/* Is it an LMDB file of a machine with another word size or byte order?  It cannot be read here. */
int aur_pages_foreign(const char *file);
/* Are the two meta pages of the file those of the last two commits?  Also 1 if the file cannot be asked. */
int aur_pages_heads(aur_store *s);
/* What is wrong with the page that a record (its key, as LMDB returned it) is on; NULL: nothing. */
const char *aur_page_around(const void *record, uint32_t psize);
/* Where the file is mapped, by the page that a small record is on, which has its own number; NULL: unknown.  Trust it only as far as
 * what is read with it can be verified: that number may be damaged. */
const uint8_t *aur_page_map(const void *record, uint32_t psize);
#endif
