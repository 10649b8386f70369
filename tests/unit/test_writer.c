/* SPDX-License-Identifier: Apache-2.0 */
/* What a writer reads of its corpus does not stay in its memory. */
#include "config.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "index/forward.h"
#include "query_corpus.h"
#include "suite.h"

enum { DOCS = 6000, BYTES = 10000 }; /* 60 MB, of which 20 may stay mapped, and what is met until one looks again */

/* Megabytes of mapped files that this process has met; 0: nobody knows. */
static size_t mapped(void)
{
	size_t pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f && fscanf(f, "%*s %*s %zu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE) >> 20;
}

START_TEST(the_same_ids_in_one_run)
{
	aur_error e = {0};
	aur_writer *w;
	aur_setup s = {.layer_count = QC_LAYERS, .layer = {qc_layer[0], qc_layer[1], qc_layer[2]}, .default_layer = QC_STEM,
		       .pipeline = "p", .fingerprints = "f", .annotators = "a", .memory = 48 << 20};
	char *dir = qc_folder(), *text = aur_xmalloc(BYTES), id[16];
	aur_buf side = {0};
	size_t most = 0;
	int met;
	memset(text, 'x', BYTES);
	aur_fwd_side(&side, text, BYTES, 0, NULL, NULL, NULL);
	ck_assert_msg(!aur_writer_open(dir, &w, &e) && !aur_writer_begin(w, &s, &e), "%s", e.text);
	for (uint32_t i = 0; i < 2 * DOCS; i++) {
		sprintf(id, "d%u", i % DOCS);
		aur_doc_in d = {.id = {id, strlen(id)}, .text_len = BYTES, .side = {(char *)side.p, side.n}};
		aur_added how;
		ck_assert_msg(!aur_writer_met(w, d.id, &met, &e), "%s", e.text);
		ck_assert_int_eq(met, i >= DOCS);
		if (!met)
			ck_assert_msg(!aur_writer_add(w, &d, &how, &e) && how == AUR_ADDED, "%s", e.text);
		if (i + 1 == DOCS)
			ck_assert_msg(!aur_writer_commit(w, &e), "%s", e.text);
		if (i >= DOCS && i % 100 == 0 && mapped() > most)
			most = mapped();
	}
#if !SANITIZED
	ck_assert_msg(most < 45, "%zu MB", most);
#endif
	aur_writer_close(w);
	aur_buf_free(&side);
	free(text);
	qc_remove(dir);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("writer");
	TCase *t = tcase_create("memory");
	seconds_at_most(t, 60);
	tcase_add_test(t, the_same_ids_in_one_run);
	suite_add_tcase(s, t);
	return suite_run(s);
}
