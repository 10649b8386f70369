/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a question to a small corpus: planned, counted, listed, ranked, split by fields, as a concordance.  Whatever the way, the
 * same contributions and the same occurrences.
 *
 * With libFuzzer, from a build folder:
 *   ../configure CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined' && make libauricule.a
 *   clang -g -fsanitize=fuzzer,address,undefined -DHAVE_CONFIG_H -D_GNU_SOURCE -I. -I../engine -I../engine/include -I../tests/unit \
 *     ../tests/fuzz/fuzz_query.c ../tests/unit/query_corpus.c libauricule.a -lxml2 -llmdb -lpcre2-8 -lroaring -lutf8proc -lyajl -lm -o fuzz
 *   ./fuzz -max_len=300 -dict=../tests/fuzz/query.dict scratch ../tests/fuzz/corpus/query
 * (the fuzzer writes into the first folder). */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "query/cooccurrences.h"
#include "query/counts.h"
#include "query/kwic.h"
#include "text/fold.h"
#include "query_corpus.h"

#define DOCS 60u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(x) ((x) ? (void)0 : (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x), abort()))

static char *dir;
static aur_snapshot *snapshot;
static aur_search *s;
static uint32_t ntok[DOCS + 8];

static void end(void)
{
	aur_search_free(s);
	aur_snapshot_close(snapshot);
	qc_remove(dir);
}

static void begin(void)
{
	static const char *const words[] = {"de", "la", "De", "pas", ",", ".", "sanction", "Sanctions", "radié", "RADIE", "bon", "retirer", "l'", "écoute",
					     "à", "a", "emploi", "RSA", "rsa", "mobilité", "santion", "日本", "x*", "?"};
	static const char *const dates[] = {"2025-04-22", "2025-06", "2024", ""}, *const roles[] = {"", "Référent", "référent", "élue"};
	static const char *const ages[] = {"", "9", "10", "7,5"}, *const themes[] = {"sanctions", "sanctions.radiation", "mobilite"};
	static const struct aur_query_alias alias = {"stance", "garde", "keep"};
	static qc_doc d;
	aur_error e;
	uint32_t x = 1;
	dir = qc_folder();
	qc_writer *w = qc_open(dir);
	for (uint32_t i = 0; i < DOCS + 8; i++) { /* the last 8 replace others */
		memset(&d, 0, sizeof d);
		sprintf(d.id, "d%u", i < DOCS ? i : (i - DOCS) * 5);
		d.ntok = i % 13 ? (i * 7) % QC_TOKENS : i % 2;
		for (uint32_t t = 0; t < d.ntok; t++) {
			x = x * 1664525u + 1013904223u;
			d.tok[t] = words[(x >> 20) % (sizeof words / sizeof *words)];
			d.sentence_end[t] = t + 1 == d.ntok || !strcmp(d.tok[t], ".");
		}
		sprintf(d.value[0], i % 3 ? "douai" : "avesnes sur %u", i % 4);
		strcpy(d.value[1], dates[i % 4]);
		strcpy(d.value[2], roles[i % 4]);
		strcpy(d.value[4], ages[i / 2 % 4]);
		strcpy(d.value[5], i % 2 ? "keep" : "improve");
		for (; d.nhits < i % 4 && d.nhits < d.ntok; d.nhits++)
			d.hit[d.nhits] = (qc_hit){themes[(i + d.nhits) % 3], d.nhits, d.nhits + (i % 2 && d.nhits + 1 < d.ntok), i % 3};
		ntok[i] = d.ntok;
		if (i == DOCS) {
			qc_close(w);
			w = qc_open(dir);
		}
		qc_add(w, &d);
		if (i == 20)
			qc_commit(w);
	}
	qc_close(w);
	if (aur_snapshot_open(dir, &snapshot, &e)) {
		fprintf(stderr, "%s\n", e.text);
		abort();
	}
	aur_query_env env = {.s = snapshot, .layer_value = qc_layer_value, .tokenize = qc_tokenize,
			     .alias = &alias, .nalias = 1};
	s = aur_search_new(&env);
	atexit(end);
}

struct seen {
	uint64_t occurrences;
	uint32_t docs, last;
};
static int each(void *ctx, uint32_t doc, const aur_span *v, uint32_t n)
{
	struct seen *x = ctx;
	HOLDS(doc < DOCS + 8 && (!x->docs || doc > x->last));
	x->last = doc;
	x->docs++;
	x->occurrences += n;
	for (uint32_t i = 0; i < n; i++) {
		HOLDS(v[i].first <= v[i].last && v[i].last < ntok[doc]);
		HOLDS(!i || v[i].first > v[i - 1].first || (v[i].first == v[i - 1].first && v[i].last > v[i - 1].last));
	}
	return 1;
}

static int line(void *ctx, const aur_kwic_line *l)
{
	HOLDS(l->start <= l->end && l->end <= l->text.len);
	HOLDS(aur_text_width(l->left.ptr, l->left.len) <= 12 && aur_text_width(l->right.ptr, l->right.len) <= 12);
	++*(uint64_t *)ctx;
	return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	aur_query *q;
	aur_error e = {0};
	if (!s)
		begin();
	if (size > 4096) /* long ones are the matter of test_query_limits */
		return 0;
	aur_code c = aur_query_parse(s, (const char *)data, size, &q, &e);
	if (c) {
		HOLDS(c == AURE_USAGE && e.text[0]);
		return 0;
	}
	aur_result r;
	aur_counts by;
	struct seen x = {0};
	uint64_t n, occurrences, lines = 0, all = 0, sum = 0;
	aur_buf b = {0};
	uint32_t field = aur_snapshot_field(snapshot, "role", 4);
	int words = aur_query_has_words(q);
	aur_query_print(q, &b);
	HOLDS(b.n);
	aur_buf_free(&b);
	HOLDS(!aur_query_each(s, q, each, &x, &e));
	HOLDS(!aur_query_count(s, q, &n, &occurrences, &e) && n == x.docs && occurrences == x.occurrences);
	HOLDS(!aur_query_count(s, q, &n, NULL, &e) && n == x.docs);
	aur_want want = {.limit = UINT32_MAX, .total = 1, .occurrences = 1};
	HOLDS(!aur_query_run(s, q, &want, &r, &e) && r.n == n && r.contributions == n && r.occurrences == occurrences);
	want = (aur_want){.order = AUR_ORDER_SCORE, .offset = 1, .limit = 5};
	HOLDS(!aur_query_run(s, q, &want, &r, &e) && r.n == (n > 6 ? 5 : n ? n - 1 : 0) && r.contributions == n);
	HOLDS(!aur_query_counts(s, q, &(aur_by){.field = field}, 1, AUR_COUNT_OCCURRENCES | AUR_COUNT_ALL, &by, &e));
	for (uint32_t i = 0; i < by.n; i++) {
		HOLDS(by.cell[i].contributions <= by.cell[i].all_contributions);
		sum += by.cell[i].contributions;
		all += by.cell[i].occurrences;
	}
	HOLDS(sum == n && all == occurrences);
	if (words) {
		aur_kwic_want kwic = {.width = 12, .sort = "left,-right2,form,role", .limit = UINT32_MAX};
		aur_coocs coocs;
		HOLDS(!aur_query_kwic(s, q, &kwic, line, &lines, &all, &e) && lines == occurrences && all == occurrences);
		HOLDS(!aur_query_cooccurrences(s, q, &(aur_cooc_want){.layer = -1, .window = 3, .limit = 10}, &coocs, &e) &&
		      coocs.occurrences == occurrences && coocs.R <= coocs.N);
	}
	aur_query_free(q);
	return 0;
}
