/* SPDX-License-Identifier: Apache-2.0 */
/* Questions that ask for too much get an answer or a sentence, in a time and a memory that are bounded; and whoever waits can stop it. */
#include "config.h"
#include "suite.h"
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include "query/cooccurrences.h"
#include "query/counts.h"
#include "query/frequencies.h"
#include "query/kwic.h"
#include "query/specificities.h"
#include "query_corpus.h"

#define FORMS 20000u
#define DOCS 4000u
static char form[FORMS][16];
static char *dir;
static aur_snapshot *snapshot;
static aur_search *s;
static atomic_int cancel;

/* Of work: what a loaded machine makes it wait is not its fault. */
static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void setup(void)
{
	static qc_doc d;
	aur_error e;
	uint64_t state = 5;
	dir = qc_folder();
	for (uint32_t i = 0; i < FORMS; i++) { /* pronounceable, so that spellings are close to each other */
		static const char c[] = "bcdfglmnprstv", v[] = "aeiou";
		for (uint32_t k = 0, x = i; k < 6; k++, x /= 5)
			form[i][k] = k % 2 ? v[x % 5] : c[(x + i) % 13];
		snprintf(form[i] + 6, 10, "%u", i % 10);
	}
	qc_writer *w = qc_open(dir);
	for (uint32_t i = 0; i < DOCS; i++) {
		memset(&d, 0, sizeof d);
		sprintf(d.id, "d%u", i);
		sprintf(d.value[0], "s%u", i % 50);
		d.ntok = QC_TOKENS;
		for (uint32_t t = 0; t < QC_TOKENS; t++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			uint32_t r = (uint32_t)(state >> 40);
			d.tok[t] = form[t < 5 ? (i * 5 + t) % FORMS : (r % 100) * (r % 101) % FORMS]; /* some are frequent, all are there */
		}
		qc_add(w, &d);
	}
	qc_close(w);
	ck_assert_msg(!aur_snapshot_open(dir, &snapshot, &e), "%s", e.text);
	aur_query_env env = {.s = snapshot, .layer_value = qc_layer_value, .tokenize = qc_tokenize, .cancel = &cancel};
	s = aur_search_new(&env);
}

static void teardown(void)
{
	aur_search_free(s);
	aur_snapshot_close(snapshot);
	qc_remove(dir);
}

/* head, then n times `many` with the number of the repetition in it, then tail */
static char *made(const char *head, uint32_t n, const char *many, const char *tail)
{
	aur_buf b = {0};
	aur_buf_str(&b, head);
	for (uint32_t i = 0; i < n; i++) {
		const char *p = strchr(many, '#');
		if (p)
			aur_buf_printf(&b, "%.*s%s%s", (int)(p - many), many, form[i * 7 % FORMS], p + 1);
		else
			aur_buf_str(&b, many);
	}
	aur_buf_str(&b, tail);
	return aur_buf_cstr(&b);
}

static aur_code ask(char *text, uint64_t *n, aur_error *e)
{
	aur_query *q;
	uint64_t occurrences;
	aur_code c = aur_query_parse(s, text, strlen(text), &q, e);
	if (!c) {
		c = aur_query_count(s, q, n, &occurrences, e);
		aur_query_free(q);
	}
	free(text);
	return c;
}

START_TEST(large_questions_are_answered)
{
	uint64_t n;
	aur_error e;
	ck_assert_msg(!ask(made("", 10000, "=# OR ", "xyz"), &n, &e), "%s", e.text);
	ck_assert_uint_eq(n, DOCS);
	ck_assert_msg(!ask(made("[", 10000, "lower=\"#\" | ", "lower=\"xyz\"]"), &n, &e), "%s", e.text);
	ck_assert_uint_eq(n, DOCS);
	ck_assert(!ask(made("", 10000, "NOT # ", ""), &n, &e));
	ck_assert(!ask(made("session:(", 10000, "# OR ", "s1)"), &n, &e));
	ck_assert_uint_eq(n, DOCS / 50);
	ck_assert(!ask(made("*", 0, "", ""), &n, &e));
	ck_assert(!ask(made("**", 0, "", ""), &n, &e));
	ck_assert_uint_eq(n, DOCS);
	ck_assert(!ask(made("[]*", 0, "", ""), &n, &e));
	ck_assert_uint_eq(n, DOCS);
	char *closed = made("xyz", 199, ")", "");
	ck_assert(!ask(made("", 199, "(", closed), &n, &e));
	free(closed);
	/* what could be tokens and is not, in a deep nest, many times: 700 kB */
	char *open = made("", 190, "(", "[] xyz"), *nest = made(open, 190, ")", " ");
	ck_assert_msg(!ask(made("", 1700, nest, "xyz"), &n, &e), "%s", e.text);
	free(open);
	free(nest);
	ck_assert_uint_eq(n, 0);
	ck_assert(!ask(made("/.*/ NEAR/10000 /.*/", 0, "", ""), &n, &e));
	ck_assert_uint_eq(n, DOCS);
	ck_assert(!ask(made("", 1000, "[]?", ""), &n, &e));
	/* the longest there may be, and nothing behind it that could be read */
	size_t most = 1u << 20;
	char *page = mmap(NULL, 2 * most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	aur_query *q;
	ck_assert(page != MAP_FAILED && !mprotect(page + most, most, PROT_NONE));
	memset(page, ' ', most);
	*page = '*';
	ck_assert(!aur_query_parse(s, page, most, &q, &e));
	aur_query_free(q);
	ck_assert(aur_query_parse(s, page, most + 1, &q, &e) == AURE_USAGE);
	munmap(page, 2 * most);
}
END_TEST

START_TEST(larger_ones_are_refused)
{
	static const struct {
		const char *head;
		uint32_t n;
		const char *many, *tail, *says;
	} bad[] = {
		{"", 10000, "(", "x", "nested more than"},
		{"", 10000, "NOT ", "x", "negations"},
		{"[", 10000, "!", "word=\"x\"]", "nested more than"},
		{"", 200000, "x ", "x", "too long"},
		{"[", 200001, "w=\"\"|", "word=\"\"]", "too long"},
		{"", 300000, "abcd ", "", "too long"},
		{"\"", 257, "x ", "\"", "phrase is too long"},
		{"", 1025, "[word=\"a\"]", "", "sequence of tokens is too large"},
		{"(((((a b){500}){500}){500}){500})", 0, "", "[]", NULL},
		{"((([]{500}){500}){500}){500}", 0, "", "", "too large"},
		{"[]{1,501}", 0, "", "", "may span"},
		{"", 5000, "?* OR ", "x", "for the memory"},
		{"[word!=\"x\"", 3000, "] OR [word!=\"#\"", "]", "for the memory"},
		{"/", 100000, "a|", "b/", "regular expression"},
		{"/(?R)*/", 0, "", "", "too long on some words"},
		{"/(((.*)*)*x((.*)*)*y)*/", 0, "", "", NULL},
	};
	for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
		uint64_t n;
		aur_error e = {0};
		double t = seconds();
		aur_code c = ask(made(bad[i].head, bad[i].n, bad[i].many, bad[i].tail), &n, &e);
		ck_assert_msg(!bad[i].says || c == AURE_USAGE, "%s %s: %s", bad[i].head, bad[i].many, e.text);
		ck_assert_msg(!bad[i].says || strstr(e.text, bad[i].says), "%s %s: %s", bad[i].head, bad[i].many, e.text);
		ck_assert_msg(seconds() - t < 300, "%s %s: %.1f s", bad[i].head, bad[i].many, seconds() - t);
	}
#if !SANITIZED
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	ck_assert_msg(u.ru_maxrss < 1000000, "%ld kB", u.ru_maxrss);
#endif
}
END_TEST

static void now(int sig)
{
	(void)sig;
	cancel = 1;
}

static int no_row(void *ctx, const aur_spec_row *row)
{
	(void)ctx, (void)row;
	return 1;
}

static int nothing(void *ctx, const aur_kwic_line *l)
{
	(void)ctx, (void)l;
	return 1;
}

/* Each way to ask, stopped after 30 ms, gives up soon and says so; and the same search answers the next question. */
START_TEST(whoever_waits_can_stop)
{
	char *fuzzy = made("", 4000, "#~2 OR ", "x"), *near = made("/.*/", 300, " NEAR/50 /.*/", "");
	char *heavy = made("\"", 250, "/.*/ ", "\""), *opt = made("", 1000, "[]?", "");
	const char *const text[] = {fuzzy, heavy, opt, near, "[]+ []+ [stem!=\"x\"]+"};
	signal(SIGALRM, now);
	for (unsigned i = 0; i < 5; i++)
		for (unsigned way = 0; way < 7; way++) {
			aur_query *q = NULL;
			aur_error e = {0};
			uint64_t n, occ;
			aur_result r;
			aur_counts counts;
			aur_freqs freqs;
			aur_coocs coocs;
			uint32_t field = aur_snapshot_field(snapshot, "session", 7);
			aur_want want = {.order = AUR_ORDER_SCORE, .limit = 10};
			aur_kwic_want kwic = {.width = 10, .limit = UINT32_MAX, .sort = "left,right,form"};
			aur_freq_want fw = {.layer = -1, .n = 5, .min = 1, .limit = 10};
			aur_spec_want sw = {.layer = -1, .by = {{.field = field}}, .nby = 1, .max_q = 1, .limit = 10};
			aur_cooc_want cw = {.layer = -1, .limit = 10};
			struct itimerval in = {.it_value = {0, 30000}};
			cancel = 0;
			setitimer(ITIMER_REAL, &in, NULL);
			double t = seconds();
			aur_code c = AURE_OK;
			for (int again = 0; !c && again < 100000; again++) { /* quick machines ask again and again */
				aur_query_free(q);
				q = NULL;
				c = aur_query_parse(s, text[i], strlen(text[i]), &q, &e);
				if (c)
					break;
				fw.among = sw.among = q;
				c = way == 0 ? aur_query_count(s, q, &n, &occ, &e) :
				    way == 1 ? aur_query_run(s, q, &want, &r, &e) :
				    way == 2 ? aur_query_kwic(s, q, &kwic, nothing, NULL, &n, &e) :
				    way == 3 ? aur_query_counts(s, q, &(aur_by){.field = field}, 1, AUR_COUNT_ALL | AUR_COUNT_OCCURRENCES, &counts, &e) :
				    way == 4 ? aur_query_frequencies(s, &fw, &freqs, &e) :
				    way == 5 ? aur_query_specificities(s, &sw, no_row, NULL, &n, &e) :
					       aur_query_cooccurrences(s, q, &cw, &coocs, &e);
			}
			ck_assert_msg(c == AURE_CANCELLED, "question %u, way %u: %d %s", i, way, c, e.text);
			ck_assert_msg(seconds() - t < 30, "question %u, way %u: %.1f s", i, way, seconds() - t);
			aur_query_free(q);
		}
	cancel = 0;
	uint64_t n;
	aur_error e;
	ck_assert(!ask(made("session:s1 [lower=\".*\"]", 0, "", ""), &n, &e));
	ck_assert_uint_eq(n, DOCS / 50);
	free(fuzzy);
	free(near);
	free(heavy);
	free(opt);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("too much");
	TCase *t = tcase_create("limits");
	tcase_set_timeout(t, 0);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, large_questions_are_answered);
	tcase_add_test(t, larger_ones_are_refused);
	tcase_add_test(t, whoever_waits_can_stop);
	suite_add_tcase(suite, t);
	return suite_run(suite);
}
