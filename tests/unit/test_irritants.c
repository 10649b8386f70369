/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger on the demonstration corpus, whose truths are known in advance (corpora/ateliers-demo/LISEZMOI.md), on the 2025
 * report, and on a corpus made to break it. */
#include "config.h"
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "base/str.h"
#include "demo_input.h"
#include "irritants/ledger.h"
#include "irritants/quote.h"
#include "irritants/told.h"
#include "suite.h"

#define DEMO SRCDIR "/corpora/ateliers-demo/ateliers-demo.xml"
#define TRUTH SRCDIR "/corpora/ateliers-demo/verite.csv"
#define RSA SRCDIR "/corpora/rsa-nord-2025/rsa-nord-2025.xml"

static aur_mask *mask;
static aur_irr_options opt = AUR_IRR_OPTIONS;
static demo_input *demo;
static aur_ledger *ledger;

static void setup(void)
{
	aur_error e;
	demo = demo_input_read(DEMO, TRUTH);
	ck_assert_ptr_nonnull(demo);
	ck_assert_int_eq(aur_mask_open(SRCDIR "/report/fr.mask", &mask, &e), AURE_OK);
	opt.mask = mask;
	ck_assert_msg(aur_ledger_build(demo_input_of(demo), &opt, &ledger, &e) == AURE_OK, "%s", e.text);
}
static void teardown(void)
{
	aur_ledger_free(ledger);
	demo_input_free(demo);
	aur_mask_close(mask);
}

static const aur_irr_theme *theme(const char *code)
{
	for (uint32_t t = 0; t < ledger->theme_count; t++)
		if (!strcmp(ledger->in->themes[t].code.ptr, code))
			return &ledger->themes[t];
	ck_abort_msg("no theme %s", code);
	return NULL;
}

START_TEST(demo_counts)
{
	ck_assert_uint_eq(ledger->contributions, 388);
	ck_assert_uint_eq(ledger->people, 115);
	static const struct {
		const char *code;
		uint32_t n[8], people[8];
	} truth[] = {
		{"administratif", {7, 8, 7, 10, 7, 7, 9, 10}, {5, 6, 7, 9, 6, 5, 7, 8}},
		{"stigmatisation", {3, 5, 5, 6, 3, 4, 2, 6}, {3, 4, 3, 4, 3, 4, 2, 4}},
		{"numerique", {0, 0, 0, 0, 9, 8, 6, 8}, {0, 0, 0, 0, 5, 6, 5, 6}},
		{"formation", {1, 1, 1, 1, 0, 1, 2, 1}, {1, 1, 1, 1, 0, 1, 2, 1}},
	};
	for (size_t i = 0; i < sizeof truth / sizeof *truth; i++)
		for (uint32_t s = 0; s < 8; s++) {
			const aur_irr_cell *c = &theme(truth[i].code)->session[ledger->by_date[s]];
			/* what was denied under "get rid of" counts as well in the ledger, hence "at least" */
			ck_assert_uint_ge(c->n, truth[i].n[s]);
			ck_assert_uint_le(c->n, truth[i].n[s] + 2);
			ck_assert_uint_ge(c->speakers, truth[i].people[s]);
		}
}
END_TEST

START_TEST(demo_verdicts)
{
	static const struct {
		const char *code;
		aur_life_verdict verdict;
	} truth[] = {{"administratif", AUR_LIFE_RECURRENT}, {"stigmatisation", AUR_LIFE_RECURRENT}, {"numerique", AUR_LIFE_NEW},
		     {"confidentialite", AUR_LIFE_RESOLVED}, {"isolement", AUR_LIFE_UNDECIDED}};
	for (size_t i = 0; i < sizeof truth / sizeof *truth; i++)
		ck_assert_msg(theme(truth[i].code)->life.verdict == truth[i].verdict, "%s: %d", truth[i].code,
			      (int)theme(truth[i].code)->life.verdict);
	ck_assert_int_eq(theme("mobilite")->life.verdict, AUR_LIFE_RECURRENT); /* it falls in one territory only */
	ck_assert_uint_eq(theme("sanctions")->stances_heard, 3);
	ck_assert_uint_ge(theme("sanctions")->polarity[AUR_NEGATED].n, 2);
}
END_TEST

/* One loud person is not a crowd. */
START_TEST(loud_person)
{
	const aur_irr_theme *s = theme("sanctions");
	ck_assert_double_gt(s->loudest, 0.25);
	ck_assert_double_lt(s->effective_people, s->irritant.speakers);
	ck_assert_double_le(s->loo_n.low, s->irritant.n - 9);
	ck_assert_double_lt(s->loo_share.low, s->share.value);
	const aur_irr_theme *a = theme("administratif");
	ck_assert_double_eq(a->loo_rooms.low, 8);
	ck_assert_uint_eq(a->rooms, 8);
	ck_assert_uint_eq(a->rooms_possible, 8);
	ck_assert_uint_eq(a->territories, 4);
}
END_TEST

START_TEST(demo_findings)
{
	uint32_t twice = 0, other = 0;
	for (uint32_t i = 0; i < ledger->finding_count; i++) {
		twice += ledger->findings[i].kind == AUR_FIND_TWICE;
		other += ledger->findings[i].kind == AUR_FIND_TOTAL || ledger->findings[i].kind == AUR_FIND_EMPTY;
	}
	ck_assert_uint_eq(twice, 2);
	ck_assert_uint_eq(other, 0);
	/* published, they are a number: an id is somebody's */
	uint32_t told = 0;
	for (uint32_t i = 0; i < ledger->finding_count; i++) {
		aur_finding f;
		if (!aur_finding_told(ledger, i, &f))
			continue;
		ck_assert_uint_eq(f.id_a.len + f.id_b.len, 0);
		told++;
		ck_assert(f.kind != AUR_FIND_TWICE_MORE || f.a == 2);
	}
	ck_assert_uint_eq(told, ledger->finding_count - 1);
}
END_TEST

/* Words whose numbers are hidden stand behind the others, and in no order of these numbers. */
START_TEST(order_of_words)
{
	uint32_t hidden = 0;
	for (uint32_t t = 0; t < ledger->theme_count; t++)
		for (uint32_t i = 1; i < ledger->themes[t].word_count; i++) {
			const aur_irr_word *x = &ledger->themes[t].words[i - 1], *y = x + 1;
			if (x->all.hide == AUR_SHOWN)
				continue;
			ck_assert(y->all.hide != AUR_SHOWN);
			if (aur_irr_cell_order(&x->all, &y->all, ledger->opt.k))
				continue;
			ck_assert_msg(strcmp(ledger->in->exprs[x->expr].ptr, ledger->in->exprs[y->expr].ptr) < 0, "%s, %s", ledger->in->exprs[x->expr].ptr,
				      ledger->in->exprs[y->expr].ptr);
			hidden++;
		}
	ck_assert_uint_gt(hidden, 100);
}
END_TEST

/* Nobody twice, no refusal quoted, nothing unmasked. */
START_TEST(quotes)
{
	static const char *const never[] = {"Bidule", "Tartempion", "Untel", "@", "06 ", "07 "};
	aur_arena arena = {0};
	uint32_t shown = 0, masked = 0;
	for (uint32_t c = 0; c < ledger->in->contribution_count; c++) {
		if (ledger->in->contributions[c].consent == AUR_IN_NO)
			ck_assert(!aur_quotable(ledger, c));
		if (!aur_quotable(ledger, c))
			continue;
		aur_quote q;
		aur_error e;
		ck_assert_msg(aur_quote_show(ledger, c, AUR_IN_ABSENT, &arena, &q, &e) == AURE_OK, "%s", e.text);
		for (uint32_t p = 0; p < q.count; p++) {
			masked += q.pieces[p].kind == AUR_PIECE_MASK;
			for (size_t i = 0; i < sizeof never / sizeof *never; i++)
				ck_assert_msg(!strstr(q.pieces[p].text.ptr, never[i]), "%s", q.pieces[p].text.ptr);
		}
		shown++;
	}
	ck_assert_uint_gt(shown, 250);
	ck_assert_uint_ge(masked, 5);
	for (uint32_t t = 0; t < ledger->theme_count; t++)
		for (uint32_t i = 0; i < ledger->themes[t].quote_count; i++)
			for (uint32_t j = 0; j < i; j++)
				ck_assert_uint_ne(ledger->person[ledger->themes[t].quotes[i]], ledger->person[ledger->themes[t].quotes[j]]);
	aur_arena_free(&arena);
}
END_TEST

static aur_str only_text;
static aur_code only(void *ctx, uint32_t i, aur_str *out, aur_error *e)
{
	(void)ctx, (void)i, (void)e;
	*out = only_text;
	return AURE_OK;
}

/* Of a long text what stands around the theme's words: a number is masked wherever it stands, also at the edge, and in these words. */
START_TEST(long_quotes)
{
	static const char number[] = " 06 12 34 56 78 ";
	enum { LEN = 1000, NUMBER = sizeof number - 1 };
	char text[LEN + 1];
	aur_in_hit hit = {.polarity = AUR_ASSERTED};
	aur_in_theme bus = {.code = {"bus", 3}, .parent = AUR_IN_ABSENT};
	aur_str expr = {"bus", 3};
	aur_in_contribution c = {.session = AUR_IN_ABSENT, .speaker = AUR_IN_ABSENT, .role = AUR_IN_ABSENT, .tokens = 250, .hit_count = 1, .consent = AUR_IN_YES};
	aur_input in = {.contributions = &c, .contribution_count = 1, .hits = &hit, .hit_count = 1, .themes = &bus, .theme_count = 1, .exprs = &expr,
			.expr_count = 1, .id = only, .text = only};
	aur_ledger *l = NULL;
	aur_error e;
	only_text = (aur_str){text, LEN};
	hit.end = 3;
	memset(text, 'x', sizeof text);
	ck_assert_msg(aur_ledger_build(&in, &opt, &l, &e) == AURE_OK, "%s", e.text);
	for (uint32_t at = 0, in_words = 0; in_words < 2; at += in_words ? 13 : 1) {
		aur_arena arena = {0};
		aur_quote q;
		if (at + NUMBER > LEN) {
			in_words++;
			at = 0;
		}
		for (uint32_t i = 0; i < LEN; i++)
			text[i] = "mot "[i % 4];
		hit.start = in_words ? at : 600;
		hit.end = hit.start + (in_words ? NUMBER : 3);
		memcpy(text + at, number, NUMBER);
		ck_assert_msg(aur_quote_show(l, 0, 0, &arena, &q, &e) == AURE_OK, "%s", e.text);
		size_t shown = 0;
		for (uint32_t p = 0; p < q.count; p++) {
			shown += q.pieces[p].text.len;
			ck_assert_msg(!strpbrk(q.pieces[p].text.ptr, "0123456789"), "at %u: %s", at, q.pieces[p].text.ptr);
		}
		ck_assert_msg(shown > AUR_QUOTE_BYTES - 80 && shown < AUR_QUOTE_BYTES + 40, "at %u: %zu bytes", at, shown);
		aur_arena_free(&arena);
	}
	aur_ledger_free(l);
}
END_TEST

START_TEST(threshold)
{
	uint32_t few = 0, masked = 0;
	for (uint32_t t = 0; t < ledger->theme_count; t++)
		for (uint32_t s = 0; s < 8; s++) {
			const aur_irr_cell *c = &ledger->themes[t].session[s];
			bool small = c->speakers > 0 && c->speakers < 5;
			ck_assert(small ? c->hide == AUR_FEW || c->hide == AUR_MASKED : c->hide != AUR_FEW);
			few += small;
			masked += !small && c->hide != AUR_SHOWN;
		}
	ck_assert_uint_gt(few, 0);
	printf("demo, k = 5: %u cells of themes by session under the threshold, %u told by band or masked with them, of %u\n", few, masked,
	       8 * ledger->theme_count);
}
END_TEST

START_TEST(report_of_2025)
{
	demo_input *d = demo_input_read(RSA, NULL);
	ck_assert_ptr_nonnull(d);
	aur_ledger *l = NULL;
	aur_error e;
	ck_assert_int_eq(aur_ledger_build(demo_input_of(d), &opt, &l, &e), AURE_OK);
	bool eighty = false;
	uint32_t empty = 0;
	for (uint32_t i = 0; i < l->finding_count; i++) {
		eighty |= l->findings[i].kind == AUR_FIND_TOTAL && l->findings[i].a == 80 && l->findings[i].b == 93;
		empty += l->findings[i].kind == AUR_FIND_EMPTY;
	}
	ck_assert(eighty);
	ck_assert_uint_eq(empty, 4);
	for (uint32_t t = 0; t < l->theme_count; t++)
		ck_assert_int_eq(l->themes[t].life.verdict, AUR_LIFE_UNDECIDED);
	aur_ledger_free(l);
	demo_input_free(d);
}
END_TEST

START_TEST(nothing_at_all)
{
	aur_input in = {.title = {"", 0}};
	aur_ledger *l = NULL;
	aur_error e;
	ck_assert_int_eq(aur_ledger_build(&in, NULL, &l, &e), AURE_OK);
	ck_assert_uint_eq(l->ranked_count, 0);
	aur_ledger_free(l);
	aur_in_contribution c = {.session = 3, .speaker = AUR_IN_ABSENT, .role = AUR_IN_ABSENT};
	in.contributions = &c;
	in.contribution_count = 1;
	ck_assert_int_eq(aur_ledger_build(&in, NULL, &l, &e), AURE_BUG);
}
END_TEST

START_TEST(order_of_ids)
{
	static const char *const due[] = {"", "-", "0", "00", "001", "01", "1", "1a", "01a1", "2", "9", "010", "10", "99999999999999999999", "100000000000000000000", "a",
					  "a-", "a09", "a9", "a9b", "a010", "a10", "a10b2", "a10b10", "ab", "v2-9", "v2-10", "v10-1", "\xC3\xA9" "2", "\xC3\xA9" "10"};
	enum { N = sizeof due / sizeof *due };
	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++) {
			int c = aur_str_natural(aur_str_of(due[i]), aur_str_of(due[j]));
			ck_assert_msg((c > 0) - (c < 0) == (i > j) - (i < j), "« %s », « %s »", due[i], due[j]);
		}
}
END_TEST

START_TEST(timing)
{
	struct timespec a, b;
	demo_input *d = demo_input_scaled(DEMO, TRUTH, 100000, 200);
	aur_ledger *l = NULL;
	aur_error e;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	ck_assert_int_eq(aur_ledger_build(demo_input_of(d), &opt, &l, &e), AURE_OK);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	printf("ledger of 100,000 contributions over 200 sessions: %.0f ms\n",
	       (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6);
	aur_ledger_free(l);
	demo_input_free(d);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("irritants");
	TCase *c = tcase_create("ledger");
	seconds_at_most(c, 120);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, demo_counts);
	tcase_add_test(c, demo_verdicts);
	tcase_add_test(c, loud_person);
	tcase_add_test(c, demo_findings);
	tcase_add_test(c, order_of_words);
	tcase_add_test(c, quotes);
	tcase_add_test(c, long_quotes);
	tcase_add_test(c, threshold);
	tcase_add_test(c, report_of_2025);
	tcase_add_test(c, nothing_at_all);
	tcase_add_test(c, order_of_ids);
	tcase_add_test(c, timing);
	suite_add_tcase(s, c);
	return suite_run(s);
}
