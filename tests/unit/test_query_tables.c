/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of words against a naive count: frequencies and n-grams, the cells of specificities, the windows of co-occurrences, over
 * random corpora whose contributions were in part replaced.  The values of the measures are the matter of test_stats and of the golden
 * test query-statistics; here it is what they are computed from. */
#include "config.h"
#include "suite.h"
#include <check.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "query/cooccurrences.h"
#include "query/frequencies.h"
#include "query/specificities.h"
#include "query_corpus.h"
#include "stats/adjust.h"
#include "stats/cooccurrence.h"
#include "stats/specificity.h"

static uint64_t state = 7;
static uint32_t rnd(uint32_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % n);
}

static const char *const vocabulary[] = {"de", "de", "la", "De", "pas", ",", ".", "sanction", "sanctions", "Sanction", "radié", "RADIÉ",
					  "radie", "bon", "bons", "bonne", "non", "l'", "à", "a", "!", "emploi", "rsa", "RSA", "bus"};
#define DOCS 30
#define MOST 4000 /* different rows */
static qc_doc doc[2 * DOCS];
static uint32_t ndocs;
static aur_snapshot *snapshot;
static aur_search *search;

static void fill(qc_doc *d, uint32_t id)
{
	static const char *const roles[] = {"", "allocataire", "élue"};
	memset(d, 0, sizeof *d);
	sprintf(d->id, "d%u", id);
	d->ntok = rnd(QC_TOKENS);
	for (uint32_t i = 0; i < d->ntok; i++) {
		d->tok[i] = vocabulary[rnd(sizeof vocabulary / sizeof *vocabulary)];
		d->sentence_end[i] = !strcmp(d->tok[i], ".") || i + 1 == d->ntok;
	}
	sprintf(d->value[0], "s%u", rnd(3));
	strcpy(d->value[2], roles[rnd(3)]);
}

/* What a question that the tests use asks of a token: 1 = it is part of an occurrence; the contribution satisfies it. */
static const struct asked {
	const char *text, *stem, *session;
} asked[] = {{NULL, NULL, NULL}, {"sanction", "sanction", NULL}, {"bon", "bon", NULL}, {"session:s1", NULL, "s1"},
	     {"sanction session:s2", "sanction", "s2"}, {"rsa", "rsa", NULL}};
#define ASKED (sizeof asked / sizeof *asked)

static int is(const struct asked *q, const char *tok)
{
	char v[128];
	qc_map(QC_STEM, tok, v);
	return q->stem && !strcmp(v, q->stem);
}
static int among(const struct asked *q, const qc_doc *d)
{
	int word = !q->stem;
	for (uint32_t i = 0; i < d->ntok; i++)
		word |= is(q, d->tok[i]);
	return !d->gone && word && (!q->session || !strcmp(d->value[0], q->session));
}

static void value_of(int layer, const char *tok, char *out)
{
	if (layer < 0)
		strcpy(out, tok);
	else
		qc_map(layer, tok, out);
}

/* ---- naive rows ---------------------------------------------------------------------------------- */
static struct row {
	char value[200];
	uint64_t n, docs, in;
	uint32_t last;
} rows[MOST];
static uint32_t nrows;

static struct row *row(const char *value)
{
	uint32_t i = 0;
	while (i < nrows && strcmp(rows[i].value, value))
		i++;
	if (i == nrows) {
		ck_assert_uint_lt(nrows, MOST);
		memset(&rows[nrows], 0, sizeof *rows);
		strcpy(rows[nrows].value, value);
		rows[nrows++].last = AUR_NONE;
	}
	return &rows[i];
}

static int by_count(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	return x->n != y->n ? x->n > y->n ? -1 : 1 : strcmp(x->value, y->value);
}

/* The most frequent form of a value in the corpus, the first in byte order where several are. */
static void shown_of(int layer, const char *value, char *out)
{
	uint32_t best = 0;
	*out = 0;
	for (uint32_t w = 0; w < sizeof vocabulary / sizeof *vocabulary; w++) {
		char v[128];
		uint32_t n = 0;
		value_of(layer, vocabulary[w], v);
		if (strcmp(v, value))
			continue;
		for (uint32_t d = 0; d < ndocs; d++)
			for (uint32_t i = 0; i < doc[d].ntok && !doc[d].gone; i++)
				n += !strcmp(doc[d].tok[i], vocabulary[w]);
		if (n > best || (n == best && n && strcmp(vocabulary[w], out) < 0)) {
			best = n;
			strcpy(out, vocabulary[w]);
		}
	}
}

static int same(aur_str s, const char *t)
{
	return s.len == strlen(t) && !memcmp(s.ptr, t, s.len);
}

static aur_query *parse(const struct asked *a)
{
	aur_query *q = NULL;
	aur_error e;
	if (a->text)
		ck_assert_msg(!aur_query_parse(search, a->text, strlen(a->text), &q, &e), "%s: %s", a->text, e.text);
	return q;
}

/* ---- frequencies --------------------------------------------------------------------------------- */
static void frequencies(const struct asked *a, int layer, uint32_t n)
{
	aur_query *q = parse(a);
	aur_freqs r;
	aur_error e;
	uint64_t words = 0;
	uint32_t docs = 0;
	nrows = 0;
	for (uint32_t d = 0; d < ndocs; d++) {
		if (!among(a, &doc[d]))
			continue;
		docs++;
		for (uint32_t i = 0; i < doc[d].ntok; i++) {
			char v[200] = "", w[128];
			uint32_t k = 0;
			words += !qc_punct(doc[d].tok[i]);
			for (; k < n && i + k < doc[d].ntok && !qc_punct(doc[d].tok[i + k]); k++) {
				if (k && v[strlen(v) - 1] != '\'')
					strcat(v, " ");
				value_of(layer, doc[d].tok[i + k], w);
				strcat(v, w);
			}
			if (k < n)
				continue;
			struct row *x = row(v);
			x->n++;
			x->docs += x->last != d;
			x->last = d;
		}
	}
	uint64_t min = 1 + rnd(3);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < nrows; i++)
		if (rows[i].n >= min)
			rows[kept++] = rows[i];
	nrows = kept;
	/* with one word the order is all by value; with several, by their values one after the other: compare as sets then */
	qsort(rows, nrows, sizeof *rows, by_count);
	aur_freq_want w = {.layer = layer, .n = n, .min = min, .limit = UINT32_MAX, .among = q};
	ck_assert_msg(!aur_query_frequencies(search, &w, &r, &e), "%s", e.text);
	ck_assert_uint_eq(r.rows, nrows);
	ck_assert_uint_eq(r.n, nrows);
	ck_assert_uint_eq(r.words, words);
	ck_assert_uint_eq(r.contributions, docs);
	for (uint32_t i = 0; i < r.n; i++) {
		char value[200], shown[128];
		snprintf(value, sizeof value, "%.*s", (int)r.row[i].value.len, r.row[i].value.ptr);
		struct row *x = n == 1 ? &rows[i] : row(value);
		ck_assert_msg(same(r.row[i].value, x->value) && r.row[i].occurrences == x->n && r.row[i].contributions == x->docs,
			      "%s, layer %d, %u words: row %u is %s %lu in %u, should be %s %lu in %lu", a->text, layer, n, i, value,
			      (unsigned long)r.row[i].occurrences, r.row[i].contributions, x->value, (unsigned long)x->n, (unsigned long)x->docs);
		ck_assert(!i || r.row[i].occurrences <= r.row[i - 1].occurrences);
		if (n == 1) {
			shown_of(layer, x->value, shown);
			ck_assert_msg(same(r.row[i].shown, shown), "%s is shown as %.*s, should be %s", x->value, (int)r.row[i].shown.len,
				      r.row[i].shown.ptr, shown);
		}
	}
	aur_query_free(q);
}

/* ---- specificities ------------------------------------------------------------------------------- */
struct specs {
	aur_spec_row *row;
	uint32_t n, cap;
	uint64_t tested;
};

static int on_spec(void *ctx, const aur_spec_row *row)
{
	struct specs *r = ctx;
	AUR_GROW(r->row, r->n, r->cap);
	r->row[r->n++] = *row;
	return 1;
}

static void specificities(const struct asked *a, int layer, int field)
{
	aur_query *q = parse(a);
	struct specs r = {0};
	aur_error e;
	uint64_t N = 0;
	aur_spec_want w = {.layer = layer, .by = {{.field = aur_snapshot_field(snapshot, qc_field[field], strlen(qc_field[field]))}}, .nby = 1, .among = q,
			   .min = 1 + rnd(3), .max_q = 1, .limit = UINT32_MAX};
	ck_assert_msg(!aur_query_specificities(search, &w, on_spec, &r, &r.tested, &e), "%s", e.text);
	nrows = 0;
	for (uint32_t d = 0; d < ndocs; d++)
		for (uint32_t i = 0; among(a, &doc[d]) && i < doc[d].ntok; i++)
			if (!qc_punct(doc[d].tok[i])) {
				char v[128];
				value_of(layer, doc[d].tok[i], v);
				row(v)->n++;
				N++;
			}
	uint32_t tested = 0, parts = 0;
	for (uint32_t i = 0; i < nrows; i++)
		tested += rows[i].n >= w.min;
	for (uint32_t p = 0; p <= aur_snapshot_value_count(snapshot, w.by[0].field); p++) {
		aur_str t = aur_snapshot_value_text(snapshot, w.by[0].field, p);
		int any = 0;
		for (uint32_t d = 0; d < ndocs; d++)
			any |= among(a, &doc[d]) && same(t, doc[d].value[field]);
		parts += (uint32_t)any;
	}
	ck_assert_uint_eq(r.tested, parts < 2 ? 0 : (uint64_t)tested * parts);
	ck_assert_uint_eq(r.n, (uint64_t)tested * parts);
	double *p = aur_xmalloc(((size_t)r.n + 1) * sizeof *p);
	for (uint32_t x = 0; x < r.n; x++) {
		const aur_spec_row *y = &r.row[x];
		aur_str t = aur_snapshot_value_text(snapshot, w.by[0].field, y->part[0]);
		uint64_t k = 0, n = 0;
		for (uint32_t d = 0; d < ndocs; d++)
			for (uint32_t i = 0; among(a, &doc[d]) && same(t, doc[d].value[field]) && i < doc[d].ntok; i++) {
				char v[128];
				value_of(layer, doc[d].tok[i], v);
				n += !qc_punct(doc[d].tok[i]);
				k += !qc_punct(doc[d].tok[i]) && same(y->value, v);
			}
		char value[200];
		snprintf(value, sizeof value, "%.*s", (int)y->value.len, y->value.ptr);
		ck_assert_msg(y->k == k && y->F == row(value)->n && y->n == n && y->N == N, "%s by %s: %s", a->text, qc_field[field], value);
		ck_assert(fabs(y->measure - aur_specificity(k, y->F, n, N)) < 1e-12);
		ck_assert(fabs(y->log10_p + fabs(y->measure)) < 1e-12 && y->log10_q >= y->log10_p && y->log10_q <= 0);
		/* from the highest measure of a part to the lowest */
		ck_assert(!x || r.row[x - 1].part[0] != y->part[0] || r.row[x - 1].measure >= y->measure);
		p[x] = y->log10_p;
	}
	/* q is that of all tests, one by one */
	ck_assert(!aur_adjust_bh_log10(p, NULL, r.n, p, &e));
	for (uint32_t x = 0; x < r.n; x++)
		ck_assert(fabs(p[x] - r.row[x].log10_q) < 1e-12);
	free(p);
	free(r.row);
	aur_query_free(q);
}

/* ---- co-occurrences ------------------------------------------------------------------------------ */
static void cooccurrences(const struct asked *a, int layer)
{
	aur_query *q = parse(a);
	aur_coocs r;
	aur_error e;
	aur_cooc_want w = {.layer = layer, .window = rnd(4), .within = (aur_cooc_within)rnd(2), .measure = (aur_cooc_measure)rnd(8), .min = 1, .limit = UINT32_MAX};
	ck_assert_msg(!aur_query_cooccurrences(search, q, &w, &r, &e), "%s", e.text);
	uint64_t N = 0, R = 0, occurrences = 0;
	nrows = 0;
	for (uint32_t d = 0; d < ndocs; d++) {
		const qc_doc *x = &doc[d];
		int in = among(a, x);
		for (uint32_t i = 0; i < x->ntok && !x->gone; i++) {
			int self = in && is(a, x->tok[i]), near = 0;
			occurrences += (uint64_t)self;
			if (qc_punct(x->tok[i]) || self)
				continue;
			/* words only are counted on the way to the next occurrence */
			for (int step = -1; step <= 1 && in; step += 2) {
				uint32_t words = 0;
				for (int64_t j = i; j >= 0 && j < x->ntok; j += step) {
					if (is(a, x->tok[j])) {
						near |= !w.window || words <= w.window;
						if (!w.window || words <= w.window)
							break;
					}
					words += !qc_punct(x->tok[j]);
					if (w.within == AUR_COOC_SENTENCE && (step > 0 ? x->sentence_end[j] : j && x->sentence_end[j - 1]))
						break;
				}
			}
			char v[128];
			value_of(layer, x->tok[i], v);
			N++;
			R += (uint64_t)near;
			row(v)->n++;
			row(v)->in += (uint64_t)near;
		}
	}
	ck_assert_uint_eq(r.occurrences, occurrences);
	ck_assert_uint_eq(r.N, N);
	ck_assert_msg(r.R == R, "%s, window %u, %s: R = %lu, should be %lu", a->text, w.window, w.within ? "sentence" : "contribution",
		      (unsigned long)r.R, (unsigned long)R);
	uint32_t some = 0;
	for (uint32_t i = 0; i < nrows; i++)
		some += rows[i].in > 0;
	ck_assert_uint_eq(r.n, some);
	for (uint32_t i = 0; i < r.n; i++) {
		char value[200];
		snprintf(value, sizeof value, "%.*s", (int)r.row[i].value.len, r.row[i].value.ptr);
		const struct row *x = row(value);
		ck_assert_msg(r.row[i].O == x->in && r.row[i].C == x->n, "%s around %s: O %lu C %lu, should be %lu and %lu", value, a->text,
			      (unsigned long)r.row[i].O, (unsigned long)r.row[i].C, (unsigned long)x->in, (unsigned long)x->n);
		ck_assert(fabs(r.row[i].expected - aur_cooc_expected((aur_cooc){x->in, R, x->n, N})) < 1e-12);
		ck_assert(!i || r.row[i].measure <= r.row[i - 1].measure);
	}
	aur_query_free(q);
}

/* ---- on two threads ------------------------------------------------------------------------------- */
/* Each asks another layer, over and over: from the most frequent to the least, and then by value. */
struct asker {
	const char *dir;
	int layer;
	const char *fault;
};

static void *ask(void *ctx)
{
	struct asker *k = ctx;
	aur_snapshot *s;
	aur_error e;
	if (aur_snapshot_open(k->dir, &s, &e)) {
		k->fault = "the corpus cannot be opened";
		return NULL;
	}
	aur_query_env env = {.s = s, .layer_value = qc_layer_value, .tokenize = qc_tokenize};
	aur_search *own = aur_search_new(&env);
	for (int round = 0; round < 300 && !k->fault; round++) {
		aur_freqs r;
		aur_freq_want w = {.layer = k->layer, .n = 2, .min = 1, .limit = UINT32_MAX};
		if (aur_query_frequencies(own, &w, &r, &e))
			k->fault = "no table";
		for (uint32_t i = 1; i < r.n && !k->fault; i++) {
			const aur_freq_row *a = &r.row[i - 1], *b = &r.row[i];
			if (a->occurrences < b->occurrences || (a->occurrences == b->occurrences && (unsigned char)a->value.ptr[0] > (unsigned char)b->value.ptr[0]))
				k->fault = "the rows of a table are out of order";
		}
	}
	aur_search_free(own);
	aur_snapshot_close(s);
	return NULL;
}

START_TEST(two_threads)
{
	char *dir = qc_folder();
	qc_writer *w = qc_open(dir);
	for (uint32_t i = 0; i < DOCS; i++) {
		fill(&doc[i], i);
		qc_add(w, &doc[i]);
	}
	qc_close(w);
	struct asker k[2] = {{dir, -1, NULL}, {dir, QC_STEM, NULL}};
	pthread_t other;
	ck_assert_int_eq(pthread_create(&other, NULL, ask, &k[1]), 0);
	ask(&k[0]);
	pthread_join(other, NULL);
	for (int i = 0; i < 2; i++)
		ck_assert_msg(!k[i].fault, "%s", k[i].fault);
	qc_remove(dir);
}
END_TEST

static void corpus(uint32_t replaced)
{
	char *dir = qc_folder();
	aur_error e;
	ndocs = 0;
	for (uint32_t pass = 0; pass < 2; pass++) {
		qc_writer *w = qc_open(dir);
		for (uint32_t i = 0; i < (pass ? replaced : DOCS); i++) {
			uint32_t id = pass ? i * 7 % DOCS : i;
			if (pass)
				doc[id].gone = 1;
			fill(&doc[ndocs], id);
			qc_add(w, &doc[ndocs]);
			doc[ndocs].no = ndocs;
			ndocs++;
			if (rnd(60) == 0)
				qc_commit(w);
		}
		qc_close(w);
	}
	ck_assert_msg(!aur_snapshot_open(dir, &snapshot, &e), "%s", e.text);
	aur_query_env env = {.s = snapshot, .layer_value = qc_layer_value, .tokenize = qc_tokenize};
	search = aur_search_new(&env);
	for (uint32_t i = 0; i < ASKED; i++)
		for (int layer = -1; layer < QC_LAYERS; layer++) {
			for (uint32_t n = 1; n <= 5; n += 1 + rnd(2))
				frequencies(&asked[i], layer, n);
			specificities(&asked[i], layer, i % 2 ? 2 : 0);
			for (int k = 0; k < 4 && asked[i].stem; k++)
				cooccurrences(&asked[i], layer);
		}
	aur_search_free(search);
	aur_snapshot_close(snapshot);
	qc_remove(dir);
}

START_TEST(whole)
{
	corpus(0);
}
END_TEST
START_TEST(in_part_replaced)
{
	corpus(10);
}
END_TEST

int main(void)
{
	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		puts("skipped: there is no locale C.UTF-8");
		return 77;
	}
	Suite *s = suite_create("tables of words against a naive count");
	TCase *t = tcase_create("random");
	tcase_set_timeout(t, 0);
	tcase_add_test(t, whole);
	tcase_add_test(t, in_part_replaced);
	tcase_add_test(t, two_threads);
	suite_add_tcase(s, t);
	return suite_run(s);
}
