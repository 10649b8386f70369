/* SPDX-License-Identifier: Apache-2.0
 *
 * auricule in the bench of lexicons, on one thread:
 *
 *   match_bench index PIPELINE CORPUS    a corpus re-themed, all but the commit: nothing of it is changed
 *   match_bench text PIPELINE TEXT       the same themes out of a text, a contribution per line: words, layers, themes
 *
 * Prints what hs_bench prints: entries, processor seconds to read and compile the lexicons, 0, then of each run the processor seconds
 * beside those and millions of tokens per second, and the hits; and behind them the contributions that were looked into.
 */
#include "config.h"
#include "peers/bench.h"
#include "pipeline/again.h"
#include "pipeline/retheme.h"
#include "pipeline/services.h"

static void check(aur_code code, const char *what, aur_error *error)
{
	char text[1200];
	if (code)
		bench_die(what, aur_error_format(error, text, sizeof text));
}

typedef struct {
	uint64_t tokens, hits, looked;
} sums;

static void of_index(const char *pipeline, const char *corpus, sums *s)
{
	aur_retheme_options o = {.corpus = corpus, .pipeline = pipeline, .threads = 1, .dry = 1};
	aur_retheme_stats st;
	aur_error e;
	check(aur_retheme(&o, &st, &e), corpus, &e);
	*s = (sums){st.tokens, st.of[1].hits, st.looked};
	aur_retheme_stats_free(&st);
}

static void finish(aur_analyst *a, sums *s)
{
	aur_error e;
	check(aur_analyst_finish(a, &e), "text", &e);
	for (uint32_t i = 0; i < aur_analyst_count(a); i++) {
		aur_analysis x;
		aur_analyst_get(a, i, &x);
		s->tokens += x.ntok;
		s->hits += x.nhits;
		s->looked++;
	}
	check(aur_analyst_reset(a, &e), "text", &e);
}

static void of_text(aur_chain *c, const char *text, size_t bytes, sums *s)
{
	aur_analyst *a;
	aur_error e;
	*s = (sums){0, 0, 0};
	check(aur_analyst_new(c, &a, &e), "text", &e);
	for (const char *line = text, *end = text + bytes; line < end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		size_t len = (size_t)((newline ? newline : end) - line);
		check(aur_analyst_add(a, (aur_str){"", 0}, (aur_str){line, len}, &e), "text", &e);
		if (aur_analyst_count(a) == 512)
			finish(a, s);
		line += len + 1;
	}
	finish(a, s);
	aur_analyst_free(a);
}

static char *read_all(const char *path, size_t *len)
{
	FILE *f = fopen(path, "r");
	if (!f || fseek(f, 0, SEEK_END))
		bench_die(path, "cannot be read");
	*len = (size_t)ftell(f);
	rewind(f);
	char *text = bench_realloc(NULL, *len + 1);
	if (fread(text, 1, *len, f) != *len)
		bench_die(path, "cannot be read");
	fclose(f);
	return text;
}

int main(int argc, char **argv)
{
	if (argc != 4 || (strcmp(argv[1], "index") != 0 && strcmp(argv[1], "text") != 0))
		bench_die("usage", "match_bench index PIPELINE CORPUS, or match_bench text PIPELINE TEXT");
	int text = !strcmp(argv[1], "text");
	aur_chain *chain;
	aur_error e;
	sums s = {0, 0, 0};
	size_t bytes = 0;
	char *all = text ? read_all(argv[3], &bytes) : NULL;
	uint32_t entries = 0;
	aur_mem_heap((size_t)(text ? 64 : 256) << 20); /* as « annotate » and « retheme » do */
	double begin = bench_cpu();
	check(aur_chain_open(argv[2], NULL, AUR_CHAIN_ALL, &chain, &e), argv[2], &e);
	double compile = bench_cpu() - begin;
	for (unsigned k = 0; k < chain->nann; k++)
		entries += chain->ann[k].ops->label_count ? chain->ann[k].ops->label_count(chain->ann[k].in->model) : 0;
	printf("auricule-%s\t%u\t%.3f\t0", argv[1], entries, compile);
	for (long run = 0, runs = bench_setting("BENCH_RUNS", 5); run < runs; run++) {
		begin = bench_cpu();
		if (text)
			of_text(chain, all, bytes, &s);
		else
			of_index(argv[2], argv[3], &s);
		double took = bench_cpu() - begin - (text ? 0 : compile);
		printf("\t%.4f\t%.2f", took, (double)s.tokens / 1e6 / took);
	}
	printf("\t%llu\t%llu\n", (unsigned long long)s.hits, (unsigned long long)s.looked);
	aur_chain_free(chain);
	free(all);
	return 0;
}
