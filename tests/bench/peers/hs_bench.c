/* SPDX-License-Identifier: Apache-2.0
 *
 * Hyperscan, as a peer of the matching of lexicons: all phrases at once over the lower-cased text, line by line.
 *
 *   hs_bench PATTERNS LOWERTEXT
 *
 * A match counts where it begins and ends at a word's edge, which its caller checks.  Prints: patterns, processor seconds to
 * compile, MB of its tables, then of each run the processor seconds and MB/s, and the matches.
 */
#include <hs/hs.h>
#include "bench.h"

typedef struct {
	const size_t *pattern_len;
	const char *line;
	size_t len;
	long matches;
} scan;

static char *read_all(const char *path, size_t *len)
{
	FILE *f = fopen(path, "r");
	if (!f || fseek(f, 0, SEEK_END))
		bench_die(path, "cannot be read");
	*len = (size_t)ftell(f);
	rewind(f);
	char *text = (char *)bench_realloc(NULL, *len + 1);
	if (fread(text, 1, *len, f) != *len)
		bench_die(path, "cannot be read");
	text[*len] = 0;
	fclose(f);
	return text;
}

static int in_word(char c)
{
	unsigned char u = (unsigned char)c;
	return u >= 0x80 || (u >= 'a' && u <= 'z') || (u >= '0' && u <= '9');
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
	scan *s = (scan *)context;
	size_t end = (size_t)to, start = end - s->pattern_len[id];
	(void)from;
	(void)flags;
	if ((start == 0 || !in_word(s->line[start - 1])) && (end == s->len || !in_word(s->line[end])))
		s->matches++;
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		bench_die("usage", "hs_bench PATTERNS LOWERTEXT");
	size_t bytes, pattern_bytes, n = 0, table;
	char *patterns = read_all(argv[1], &pattern_bytes), *text = read_all(argv[2], &bytes);
	for (size_t i = 0; i < pattern_bytes; i++)
		n += patterns[i] == '\n';
	const char **pattern = (const char **)bench_realloc(NULL, n * sizeof *pattern);
	size_t *len = (size_t *)bench_realloc(NULL, n * sizeof *len);
	unsigned *flags = (unsigned *)calloc(n + 1, sizeof *flags), *id = (unsigned *)calloc(n + 1, sizeof *id);
	if (!flags || !id)
		bench_die("hs_bench", "out of memory");
	char *p = patterns;
	for (size_t i = 0; i < n; i++) {
		pattern[i] = p;
		p = strchr(p, '\n');
		*p++ = 0;
		len[i] = strlen(pattern[i]);
		id[i] = (unsigned)i;
	}

	hs_database_t *db;
	hs_compile_error_t *error;
	hs_scratch_t *scratch = NULL;
	double begin = bench_cpu();
	if (hs_compile_lit_multi(pattern, flags, id, len, (unsigned)n, HS_MODE_BLOCK, NULL, &db, &error) != HS_SUCCESS)
		bench_die(argv[1], error->message);
	double compile = bench_cpu() - begin;
	hs_database_size(db, &table);
	hs_alloc_scratch(db, &scratch);
	printf("hyperscan\t%zu\t%.3f\t%.1f", n, compile, (double)table / 1e6);

	scan s = {len, NULL, 0, 0};
	for (long run = 0, runs = bench_setting("BENCH_RUNS", 5); run < runs; run++) {
		s.matches = 0;
		begin = bench_cpu();
		for (const char *line = text, *end = text + bytes; line < end; line += s.len + 1) {
			const char *newline = (const char *)memchr(line, '\n', (size_t)(end - line));
			s.line = line;
			s.len = (size_t)((newline ? newline : end) - line);
			hs_scan(db, line, (unsigned)s.len, 0, scratch, on_match, &s);
		}
		double took = bench_cpu() - begin;
		printf("\t%.4f\t%.1f", took, (double)bytes / 1e6 / took);
	}
	printf("\t%ld\n", s.matches);
	hs_free_scratch(scratch);
	hs_free_database(db);
	free(pattern);
	free(len);
	free(flags);
	free(id);
	free(patterns);
	free(text);
	return 0;
}
