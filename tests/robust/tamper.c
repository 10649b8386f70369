/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a corpus that the program cannot make: tamper DIR DATABASE KEY VALUE puts a record with the checksum that it should have; key and value
 * are written in hexadecimal. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "index/folder.h"
#include "index/records.h"

static aur_buf bytes(const char *hex)
{
	aur_buf b = {0};
	for (; hex[0] && hex[1]; hex += 2) {
		char two[] = {hex[0], hex[1], 0};
		aur_buf_byte(&b, (unsigned)strtoul(two, NULL, 16));
	}
	return b;
}

int main(int argc, char **argv)
{
	aur_store *s;
	aur_error e = {0};
	MDB_txn *t;
	unsigned db = 0;
	while (argc == 5 && db < DB_COUNT_ && strcmp(aur_db_names[db], argv[2]) != 0)
		db++;
	if (argc != 5 || db == DB_COUNT_) {
		fputs("usage: tamper DIR DATABASE KEY VALUE\n", stderr);
		return 2;
	}
	aur_buf key = bytes(argv[3]), v = bytes(argv[4]);
	if (aur_store_open(argv[1], AUR_STORE_WRITE, &s, &e) || mdb_txn_begin(s->env, NULL, 0, &t) ||
	    aur_rec_put(s, t, (enum aur_db)db, (MDB_val){key.n, key.p}, v.p, v.n, 0, &e) || mdb_txn_commit(t)) {
		fprintf(stderr, "tamper: %s\n", e.text);
		return 1;
	}
	aur_store_close(s);
	aur_buf_free(&key);
	aur_buf_free(&v);
	return 0;
}
