/* SPDX-License-Identifier: Apache-2.0 */
/* A compacted corpus holds what is left, all of it, and nothing of what was replaced: no form, no value, no segment. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include "query_corpus.h"
#include "suite.h"

enum { DOCS = 700, GONE = 40 }; /* more values than a byte holds; the first GONE are replaced */

static void on_sentence(void *ctx, int fault, const char *msg)
{
	(void)ctx;
	ck_assert_msg(!fault, "%s", msg);
}

/* Contribution i: a form and a value of its own in each run, and words enough for several blocks of records and chunks of postings. */
static void doc_of(qc_doc *d, uint32_t i, uint32_t run)
{
	static char own[16], word[QC_TOKENS][24];
	memset(d, 0, sizeof *d);
	sprintf(d->id, "d%u", i);
	sprintf(own, "w%urun%u", i, run);
	d->tok[d->ntok++] = own;
	while (d->ntok < QC_TOKENS) {
		sprintf(word[d->ntok], "mot%u", (i * 31 + d->ntok * d->ntok * 7) % 9000);
		d->tok[d->ntok] = word[d->ntok];
		d->ntok++;
	}
	sprintf(d->value[4], "s%u", i + 1 == DOCS ? 100 : i); /* the last one has not the greatest number */
	sprintf(d->value[2], "r%u", 1 + i % 256);
	sprintf(d->value[3], "%s", run ? "" : i < GONE ? "gone" : "");
	if (i % 5 == 0)
		d->hit[d->nhits++] = (qc_hit){i % 2 ? "a" : "b", 0, 1, i % 3};
}

START_TEST(what_is_left)
{
	static qc_doc d;
	char *dir = qc_folder(), key[40];
	aur_error e = {0};
	aur_snapshot *s;
	aur_totals t;
	uint64_t faults;
	for (uint32_t run = 0; run < 3; run++) { /* the second run is replaced as a whole by the third */
		qc_writer *w = qc_open(dir);
		for (uint32_t i = 0; i < (run ? (uint32_t)GONE : (uint32_t)DOCS); i++) {
			doc_of(&d, i, run);
			qc_add(w, &d);
		}
		qc_close(w);
	}
	ck_assert_msg(!aur_index_compact(dir, 64 << 20, NULL, NULL, &e), "%s", e.text);
	faults = aur_index_check(dir, on_sentence, NULL, &e);
	ck_assert_uint_eq(faults, 0);
	ck_assert_msg(!aur_snapshot_open(dir, &s, &e), "%s", e.text);
	aur_snapshot_totals(s, &t);
	ck_assert(t.contributions == DOCS && t.docs == DOCS && t.segments == 1 && !t.deleted && !t.stale);
	ck_assert_uint_eq(t.tokens, DOCS * QC_TOKENS);
	ck_assert_uint_eq(aur_snapshot_value_count(s, 4), DOCS - 1);
	ck_assert_uint_eq(aur_snapshot_value_count(s, 2), 256);
	ck_assert_uint_eq(aur_snapshot_value_count(s, 3), 0);
	ck_assert_uint_eq(aur_snapshot_form_id(s, (aur_str){"w3run0", 6}), AUR_NONE);
	ck_assert_uint_eq(aur_snapshot_form_id(s, (aur_str){"w3run1", 6}), AUR_NONE);
	ck_assert_uint_ne(aur_snapshot_form_id(s, (aur_str){"w3run2", 6}), AUR_NONE);
	for (uint32_t i = 0; i < DOCS; i++) {
		doc_of(&d, i, i < GONE ? 2 : 0);
		uint32_t no = aur_snapshot_find(s, (aur_str){d.id, strlen(d.id)});
		ck_assert_uint_ne(no, AUR_NONE);
		aur_doc read = {0};
		ck_assert_msg(!aur_snapshot_doc(s, no, &read, &e), "%s", e.text);
		sprintf(key, "%s %s ", d.tok[0], d.tok[1]);
		ck_assert(read.ntok == QC_TOKENS && !strncmp(read.text.ptr, key, strlen(key)));
		for (uint32_t f = 2; f < 5; f++) {
			aur_str v = aur_snapshot_value_text(s, f, aur_snapshot_doc_value(s, no, f));
			ck_assert_msg(v.len == strlen(d.value[f]) && !memcmp(v.ptr, d.value[f], v.len), "%s, field %u", d.id, f);
		}
		aur_doc_free(&read);
	}
	aur_snapshot_close(s);
	/* and once more, as it is */
	ck_assert_msg(!aur_index_compact(dir, 64 << 20, NULL, NULL, &e), "%s", e.text);
	faults = aur_index_check(dir, on_sentence, NULL, &e);
	ck_assert_uint_eq(faults, 0);
	qc_remove(dir);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("compact");
	TCase *t = tcase_create("what is left");
	seconds_at_most(t, 60);
	tcase_add_test(t, what_is_left);
	suite_add_tcase(s, t);
	return suite_run(s);
}
