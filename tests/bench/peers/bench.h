/* SPDX-License-Identifier: Apache-2.0
 *
 * What every program of the bench shares: the clock, the query file, the latency table.  Used by the peers (C and C++)
 * and by query_bench.c, so that all are timed by the same code.
 *
 * A query file has one query per line: class TAB words [TAB session].  Every query is answered 1 + runs times: the
 * whole file once to warm up, then the whole file again and again, so that a query never finds its own traces in the
 * processor's caches.  The time of a query is its median over the runs; p50 and p99 are taken over queries.
 *
 *   BENCH_RUNS      timed runs of the file (5)
 *   BENCH_QUERIES   how many queries of each class are kept (all)
 *   BENCH_COUNTS    a folder that receives ENGINE.tsv, with for each query: class, words, session, count
 */
#ifndef AUR_BENCH_H
#define AUR_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>

enum { BENCH_WORDS_MAX = 8, BENCH_FIELDS = 6 };

/* What a class asks of an engine. */
typedef enum {
	BENCH_COUNT, /* the number of contributions that match */
	BENCH_GROUP, /* that number, split by session */
	BENCH_TOP,   /* the best 10 with their texts */
	BENCH_KWIC   /* 100 concordance lines or excerpts */
} bench_kind;

/* How the words of a query hang together. */
typedef enum { BENCH_ALL, BENCH_ANY, BENCH_PHRASE, BENCH_PREFIX, BENCH_FACET } bench_op;

typedef struct {
	char *line; /* owned: what the pointers below point into */
	const char *cls, *text, *session;
	const char *word[BENCH_WORDS_MAX];
	int nword;
	bench_kind kind;
	bench_op op;
	double *seconds; /* owned: one per run */
	long count;
} bench_query;

/* Answers one query; returns what it counted, or -1 where the engine cannot answer it. */
typedef long bench_answer(void *engine, const bench_query *query);

static inline double bench_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline double bench_cpu(void)
{
	struct rusage r;
	getrusage(RUSAGE_SELF, &r);
	return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
	       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
}

static inline long bench_setting(const char *name, long otherwise)
{
	const char *value = getenv(name);
	long n = value ? strtol(value, NULL, 10) : 0;
	return n > 0 ? n : otherwise;
}

static inline void bench_die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

static inline void *bench_realloc(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		bench_die("bench", "out of memory");
	return p;
}

/* Splits `s` in place at each `sep`; returns the number of parts, at most `max`. */
static inline int bench_split(char *s, char sep, char **part, int max)
{
	int n = 0;
	while (s && n < max) {
		part[n++] = s;
		s = strchr(s, sep);
		if (s)
			*s++ = 0;
	}
	return n;
}

/* The corpus, contribution by contribution: id, session, date, territory, activity, text.  The fields live until the
 * next call. */
typedef struct {
	FILE *file;
	char *line;
	size_t room;
	char *field[BENCH_FIELDS];
	size_t len[BENCH_FIELDS];
	long rows;
} bench_rows;

static inline void bench_rows_open(bench_rows *r, const char *path)
{
	memset(r, 0, sizeof *r);
	r->file = fopen(path, "r");
	if (!r->file)
		bench_die(path, "cannot be opened");
}

static inline int bench_rows_next(bench_rows *r)
{
	ssize_t n = getline(&r->line, &r->room, r->file);
	if (n <= 0)
		return 0;
	if (r->line[n - 1] == '\n')
		r->line[n - 1] = 0;
	if (bench_split(r->line, '\t', r->field, BENCH_FIELDS) != BENCH_FIELDS)
		bench_die("corpus", "a row has not six columns");
	for (int i = 0; i < BENCH_FIELDS; i++)
		r->len[i] = strlen(r->field[i]);
	r->rows++;
	return 1;
}

static inline void bench_rows_close(bench_rows *r)
{
	free(r->line);
	fclose(r->file);
}

static inline void bench_query_parse(bench_query *q)
{
	static const struct {
		const char *cls;
		bench_kind kind;
		bench_op op;
	} known[] = {
	    {"and2", BENCH_COUNT, BENCH_ALL},      {"or5", BENCH_COUNT, BENCH_ANY},
	    {"ph2", BENCH_COUNT, BENCH_PHRASE},    {"ph3", BENCH_COUNT, BENCH_PHRASE},
	    {"prefix", BENCH_COUNT, BENCH_PREFIX}, {"facet", BENCH_COUNT, BENCH_FACET},
	    {"group", BENCH_GROUP, BENCH_ALL},     {"groupf", BENCH_GROUP, BENCH_ALL},
	    {"top10", BENCH_TOP, BENCH_ANY},       {"top10f", BENCH_TOP, BENCH_ANY},
	    {"kwic", BENCH_KWIC, BENCH_ALL},
	};
	char *part[3] = {NULL, NULL, NULL}, *word[BENCH_WORDS_MAX];
	int n = bench_split(q->line, '\t', part, 3);
	if (n < 2)
		bench_die("query file", "a line has no words");
	q->cls = part[0];
	q->text = part[1];
	q->session = part[2];
	q->kind = BENCH_COUNT; /* t_rare, t_mid, t_freq */
	q->op = BENCH_ALL;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].cls, q->cls)) {
			q->kind = known[i].kind;
			q->op = known[i].op;
		}
	/* The words are split in a second copy that stays with the first, so that `text` keeps its spaces. */
	q->nword =
	    bench_split(q->line + (q->text - q->line) + strlen(q->text) + 1 + (q->session ? strlen(q->session) + 1 : 0),
	                ' ', word, BENCH_WORDS_MAX);
	for (int i = 0; i < q->nword; i++)
		q->word[i] = word[i];
}

static inline bench_query *bench_queries_load(const char *path, long *count)
{
	FILE *f = fopen(path, "r");
	char *line = NULL, last[64] = "";
	size_t room = 0;
	ssize_t len;
	bench_query *all = NULL;
	long n = 0, of_class = 0, keep = bench_setting("BENCH_QUERIES", 1000000), runs = bench_setting("BENCH_RUNS", 5);

	if (!f)
		bench_die(path, "cannot be opened");
	while ((len = getline(&line, &room, f)) > 0) {
		if (line[len - 1] == '\n')
			line[--len] = 0;
		const char *words = strchr(line, '\t');
		if (!words)
			continue;
		size_t cls = (size_t)(words - line), wlen = strcspn(++words, "\t");
		of_class = !strncmp(last, line, cls) && !last[cls] ? of_class + 1 : 1;
		snprintf(last, sizeof last, "%.*s", (int)cls, line);
		if (of_class > keep)
			continue;
		all = (bench_query *)bench_realloc(all, (size_t)(n + 1) * sizeof *all);
		bench_query *q = &all[n++];
		memset(q, 0, sizeof *q);
		q->line = (char *)bench_realloc(NULL, (size_t)len + wlen + 2);
		memcpy(q->line, line, (size_t)len + 1);
		memcpy(q->line + len + 1, words, wlen);
		q->line[(size_t)len + 1 + wlen] = 0;
		q->seconds = (double *)bench_realloc(NULL, (size_t)runs * sizeof *q->seconds);
		bench_query_parse(q);
	}
	free(line);
	fclose(f);
	*count = n;
	return all;
}

static inline int bench_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Runs the query file and prints: engine, class, queries, p50, p99 and mean in microseconds, mean count. */
static inline void bench_queries_run(const char *name, const char *path, bench_answer *answer, void *engine)
{
	long n, runs = bench_setting("BENCH_RUNS", 5);
	bench_query *all = bench_queries_load(path, &n);
	double *time = (double *)bench_realloc(NULL, (size_t)n * sizeof *time);

	for (long pass = -1; pass < runs; pass++)
		for (long i = 0; i < n; i++) {
			double begin = bench_now();
			long count = answer(engine, &all[i]);
			double took = bench_now() - begin;
			if (pass >= 0)
				all[i].seconds[pass] = took;
			else
				all[i].count = count;
			if (pass >= 0 && count != all[i].count)
				bench_die(all[i].text, "the same query gave two different counts");
		}
	for (long i = 0, j; i < n; i = j) {
		double sum = 0, hits = 0;
		long k = 0;
		for (j = i; j < n && !strcmp(all[j].cls, all[i].cls); j++) {
			if (all[j].count < 0)
				continue;
			qsort(all[j].seconds, (size_t)runs, sizeof(double), bench_order);
			time[k] = all[j].seconds[runs / 2];
			sum += time[k++];
			hits += (double)all[j].count;
		}
		if (!k)
			continue;
		qsort(time, (size_t)k, sizeof *time, bench_order);
		printf("%s\t%s\t%ld\t%.2f\t%.2f\t%.2f\t%.1f\n", name, all[i].cls, k, time[k / 2] * 1e6,
		       time[k * 99 / 100] * 1e6, sum / (double)k * 1e6, hits / (double)k);
	}
	const char *folder = getenv("BENCH_COUNTS");
	FILE *out = NULL;
	char path_out[4096] = "";
	if (folder && *folder) {
		snprintf(path_out, sizeof path_out, "%s/%s.tsv", folder, name);
		out = fopen(path_out, "w");
		if (!out)
			bench_die(path_out, "cannot be written");
	}
	for (long i = 0; i < n; i++) {
		if (out)
			fprintf(out, "%s\t%s\t%s\t%ld\n", all[i].cls, all[i].text, all[i].session ? all[i].session : "",
			        all[i].count);
		free(all[i].line);
		free(all[i].seconds);
	}
	if (out && fclose(out))
		bench_die(path_out, "cannot be written");
	free(all);
	free(time);
}

#endif
