/* SPDX-License-Identifier: Apache-2.0 */
/* Where each record of a corpus lies in its data file, for tests that damage or forge them. */
#ifndef ROBUST_RECORDS_H
#define ROBUST_RECORDS_H
#include <stdio.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/mem.h"
#include "index/folder.h"
#include "index/records.h"

typedef struct record {
	size_t at, n;
	unsigned kind; /* database * 16 + kind of segment record */
	uint32_t seed; /* checksum of its key */
	char key[16];  /* its beginning */
} record;

static inline record *records_find(const char *corpus, size_t *nrecords)
{
	record *records = NULL;
	aur_store *s;
	aur_error e;
	MDB_txn *t;
	MDB_stat st;
	size_t cap = 0;
	if (aur_store_open(corpus, AUR_STORE_READ, &s, &e) || aur_store_txn(s, &t, &e)) {
		fprintf(stderr, "%s\n", e.text);
		exit(99);
	}
	mdb_env_stat(s->env, &st);
	*nrecords = 0;
	for (unsigned db = 0; db < DB_COUNT_; db++) {
		MDB_cursor *c;
		MDB_val k, v;
		mdb_cursor_open(t, s->db[db], &c);
		for (int rc = mdb_cursor_get(c, &k, &v, MDB_FIRST); !rc; rc = mdb_cursor_get(c, &k, &v, MDB_NEXT)) {
			const uint8_t *p = v.mv_data, *page = p - (uintptr_t)p % st.ms_psize;
			uint64_t no; /* a page begins with its number */
			memcpy(&no, page, sizeof no);
			AUR_GROW(records, *nrecords, cap);
			record *r = &records[(*nrecords)++];
			*r = (record){.at = (size_t)no * st.ms_psize + (size_t)(p - page), .n = v.mv_size,
			              .kind = db * 16 + (db == DB_SEG || db == DB_HITS ? ((uint8_t *)k.mv_data)[4] : 0), .seed = aur_crc32c(0, k.mv_data, k.mv_size)};
			memcpy(r->key, k.mv_data, k.mv_size < sizeof r->key ? k.mv_size : sizeof r->key - 1);
		}
		mdb_cursor_close(c);
	}
	mdb_txn_abort(t);
	aur_store_close(s);
	return records;
}
#endif
