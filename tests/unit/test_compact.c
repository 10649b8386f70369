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
	ck_assert_msg(!aur_index_compact(dir, &(aur_compaction){.memory = 64 << 20}, &e), "%s", e.text);
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
	ck_assert_msg(!aur_index_compact(dir, &(aur_compaction){.memory = 64 << 20}, &e), "%s", e.text);
	faults = aur_index_check(dir, on_sentence, NULL, &e);
	ck_assert_uint_eq(faults, 0);
	qc_remove(dir);
}
END_TEST

static aur_code every_third(void *ctx, aur_snapshot *s, uint8_t *bits, aur_error *err)
{
	(void)s;
	(void)err;
	for (uint32_t i = 0; i < *(const uint32_t *)ctx; i += 3)
		bits[i >> 3] |= (uint8_t)(1u << (i & 7));
	return AURE_OK;
}

static aur_code not_at_all(void *ctx, aur_snapshot *s, uint8_t *bits, aur_error *err)
{
	(void)ctx;
	(void)s;
	bits[0] = 0xFF;
	return aur_fail(err, AURE_LOCKED, "not at all");
}

/* Left out, of segments that end within a byte of bits, beside what was replaced: as if it had never been. */
START_TEST(what_is_left_out)
{
	static qc_doc d;
	char *dir = qc_folder();
	aur_error e = {0};
	aur_snapshot *s;
	aur_totals t;
	const uint32_t all = DOCS + 5;
	for (uint32_t run = 0; run < 4; run++) {
		uint32_t from = (const uint32_t[]){0, 133, 400, 5}[run], to = (const uint32_t[]){133, 400, DOCS, 10}[run];
		qc_writer *w = qc_open(dir);
		for (uint32_t i = from; i < to; i++) {
			doc_of(&d, i, run == 3);
			qc_add(w, &d);
		}
		qc_close(w);
	}
	ck_assert_int_eq(aur_index_compact(dir, &(aur_compaction){.memory = 64 << 20, .leave_out = not_at_all}, &e), AURE_LOCKED);
	ck_assert_msg(!aur_snapshot_open(dir, &s, &e), "%s", e.text);
	aur_snapshot_totals(s, &t);
	ck_assert(t.contributions == DOCS && t.docs == all && t.deleted == 5);
	aur_snapshot_close(s);
	ck_assert_msg(!aur_index_compact(dir, &(aur_compaction){.memory = 64 << 20, .leave_out = every_third, .ctx = (void *)(uintptr_t)&all}, &e), "%s", e.text);
	ck_assert_uint_eq(aur_index_check(dir, on_sentence, NULL, &e), 0);
	ck_assert_msg(!aur_snapshot_open(dir, &s, &e), "%s", e.text);
	uint32_t left = 0;
	for (uint32_t no = 0; no < all; no++) {
		/* the last five replace 5 to 9 */
		uint32_t i = no < DOCS ? no : 5 + no - DOCS;
		if (no >= 5 && no < 10)
			continue;
		doc_of(&d, i, no >= DOCS);
		uint32_t found = aur_snapshot_find(s, (aur_str){d.id, strlen(d.id)});
		uint32_t form = aur_snapshot_form_id(s, (aur_str){d.tok[0], strlen(d.tok[0])}), value = aur_snapshot_value(s, 4, (aur_str){d.value[4], strlen(d.value[4])});
		if (no % 3 == 0) {
			ck_assert_msg(found == AUR_NONE && form == AUR_NONE, "%s", d.id);
			ck_assert_msg(!value || i == 100 || i + 1 == DOCS, "%s: %s", d.id, d.value[4]); /* these two share a value */
		} else {
			ck_assert_msg(found == left++ && form != AUR_NONE && value, "%s", d.id);
		}
	}
	aur_snapshot_totals(s, &t);
	ck_assert(t.contributions == left && t.docs == left && t.segments == 1 && !t.deleted);
	ck_assert_uint_eq(t.tokens, (uint64_t)left * QC_TOKENS);
	aur_snapshot_close(s);
	qc_remove(dir);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("compact");
	TCase *t = tcase_create("what is left");
	seconds_at_most(t, 60);
	tcase_add_test(t, what_is_left);
	tcase_add_test(t, what_is_left_out);
	suite_add_tcase(s, t);
	return suite_run(s);
}
