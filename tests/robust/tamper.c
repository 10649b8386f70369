/* SPDX-License-Identifier: Apache-2.0 */
/* Makes a corpus that the program cannot make: tamper schema DIR N, one that says it was written in schema N. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "index/folder.h"
#include "index/records.h"

int main(int argc, char **argv)
{
	aur_store *s;
	aur_error e = {0};
	MDB_txn *t;
	uint8_t v[4];
	char key[] = "schema";
	if (argc != 4 || strcmp(argv[1], "schema") != 0) {
		fputs("usage: tamper schema DIR N\n", stderr);
		return 2;
	}
	aur_set32(v, (uint32_t)strtoul(argv[3], NULL, 10));
	if (aur_store_open(argv[2], AUR_STORE_WRITE, &s, &e) || mdb_txn_begin(s->env, NULL, 0, &t) ||
	    aur_rec_put(s, t, DB_META, (MDB_val){strlen(key), key}, v, sizeof v, 0, &e) || mdb_txn_commit(t)) {
		fprintf(stderr, "tamper: %s\n", e.text);
		return 1;
	}
	aur_store_close(s);
	return 0;
}
