/* SPDX-License-Identifier: Apache-2.0
 *
 * What this machine allows: the raw cost, on one thread, of the steps that no text index can do without.  Not a peer:
 * the yardstick that lets figures of two machines be compared.
 *
 *   floors TEXT
 *
 * Prints one line per step: name, seconds (best of BENCH_RUNS), amount per second, its unit.
 */
#include <libstemmer.h>
#include <stdint.h>
#include "bench.h"

enum { SLOTS = 1 << 21, POSTINGS = 150000, CONTRIBUTIONS = 1000000 };

typedef struct {
	const unsigned char *form;
	uint32_t len, id;
} slot;

typedef struct {
	unsigned char *text, *end;
	slot *table;
	uint32_t forms;
	struct sb_stemmer *stemmer;
	uint8_t *postings, *session;
	uint32_t *out;
	volatile uint64_t sink; /* keeps the compiler from leaving work out */
} floors;

static unsigned char in_word[256]; /* a floor needs no more than: ASCII letters and digits, and all that is not ASCII */

static uint64_t hash(const unsigned char *p, size_t n)
{
	uint64_t h = n * 0x9E3779B97F4A7C15u, x;
	for (; n >= 8; p += 8, n -= 8) {
		memcpy(&x, p, 8);
		h = (h ^ x) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	x = 0;
	memcpy(&x, p, n);
	h = (h ^ x) * 0xff51afd7ed558ccdu;
	return (h ^ h >> 32) * 0x9E3779B97F4A7C15u;
}

static uint32_t form_id(floors *f, const unsigned char *p, size_t n)
{
	for (uint64_t i = hash(p, n) >> 40;; i++) {
		slot *s = &f->table[i & (SLOTS - 1)];
		if (!s->form) {
			*s = (slot){p, (uint32_t)n, ++f->forms};
			return s->id;
		}
		if (s->len == n && !memcmp(s->form, p, n))
			return s->id;
	}
}

static const unsigned char *next_word(const unsigned char *p, const unsigned char *end, size_t *n)
{
	while (p < end && !in_word[*p])
		p++;
	const unsigned char *start = p;
	while (in_word[*p])
		p++;
	*n = (size_t)(p - start);
	return start;
}

static double find_lines(floors *f)
{
	uint64_t lines = 0;
	for (unsigned char *p = f->text; (p = memchr(p, '\n', (size_t)(f->end - p))) != NULL; p++)
		lines++;
	f->sink += lines;
	return (double)(f->end - f->text) / 1e6;
}

static double tokenize(floors *f)
{
	uint64_t words = 0;
	size_t n;
	for (const unsigned char *p = f->text; (p = next_word(p, f->end, &n)), n; p += n)
		words++;
	f->sink += words;
	return (double)words / 1e6;
}

static double tokenize_and_look_up(floors *f)
{
	uint64_t words = 0, sum = 0;
	size_t n;
	for (const unsigned char *p = f->text; (p = next_word(p, f->end, &n)), n; p += n, words++)
		sum += form_id(f, p, n);
	f->sink += sum;
	return (double)words / 1e6;
}

static double stem_forms(floors *f)
{
	for (size_t i = 0; i < SLOTS; i++)
		if (f->table[i].form)
			f->sink += *sb_stemmer_stem(f->stemmer, f->table[i].form, (int)f->table[i].len);
	return f->forms / 1e6;
}

static double stem_tokens(floors *f)
{
	uint64_t words = 0;
	size_t n;
	for (const unsigned char *p = f->text; (p = next_word(p, f->end, &n)), n; p += n, words++)
		f->sink += *sb_stemmer_stem(f->stemmer, p, (int)n);
	return (double)words / 1e6;
}

static double decode(floors *f)
{
	const uint8_t *p = f->postings;
	uint32_t last = 0;
	for (size_t i = 0; i < POSTINGS; i++) {
		uint32_t delta = *p++;
		if (delta >= 128) {
			uint32_t byte;
			delta &= 127;
			for (unsigned shift = 7;; shift += 7) {
				byte = *p++;
				delta |= (byte & 127) << shift;
				if (byte < 128)
					break;
			}
		}
		f->out[i] = last += delta;
	}
	f->sink += last;
	return POSTINGS / 1e6;
}

static double by_session(floors *f)
{
	uint32_t count[256] = {0};
	for (size_t i = 0; i < POSTINGS; i++)
		count[f->session[f->out[i]]]++;
	f->sink += count[7];
	return POSTINGS / 1e6;
}

static void make_postings(floors *f)
{
	uint64_t seed = 88172645463325252u;
	uint8_t *p = f->postings;
	for (size_t i = 0; i < CONTRIBUTIONS; i++) {
		seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
		f->session[i] = (uint8_t)(seed >> 33) % 200;
	}
	for (size_t i = 0; i < POSTINGS; i++) { /* gaps that add up to less than CONTRIBUTIONS */
		seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
		uint32_t gap = 1 + (uint32_t)(seed >> 40) % 11;
		if (i % 1000 == 0)
			gap += 150;
		if (gap >= 128)
			*p++ = (uint8_t)(gap & 127) | 128, gap >>= 7;
		*p++ = (uint8_t)gap;
	}
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name, *unit;
		double (*run)(floors *);
	} step[] = {
	    {"find each line (memchr)", "MB", find_lines},
	    {"tokenise", "M tokens", tokenize},
	    {"tokenise and look up each form", "M tokens", tokenize_and_look_up},
	    {"libstemmer, each form once", "M forms", stem_forms},
	    {"libstemmer, every token", "M tokens", stem_tokens},
	    {"decode 150,000 postings", "M postings", decode},
	    {"count 150,000 contributions by session", "M", by_session},
	};
	floors f = {0};
	FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;

	if (!in || fseek(in, 0, SEEK_END))
		bench_die("usage", "floors TEXT");
	size_t bytes = (size_t)ftell(in);
	rewind(in);
	f.text = (unsigned char *)bench_realloc(NULL, bytes + 16);
	if (fread(f.text, 1, bytes, in) != bytes)
		bench_die(argv[1], "cannot be read");
	fclose(in);
	memset(f.text + bytes, 0, 16);
	f.end = f.text + bytes;
	f.table = (slot *)calloc(SLOTS, sizeof *f.table);
	f.stemmer = sb_stemmer_new("french", "UTF_8");
	f.postings = (uint8_t *)malloc(2 * POSTINGS);
	f.session = (uint8_t *)malloc(2 * CONTRIBUTIONS);
	f.out = (uint32_t *)malloc(POSTINGS * sizeof *f.out);
	if (!f.table || !f.stemmer || !f.postings || !f.session || !f.out)
		bench_die("floors", "out of memory");
	for (int c = 0; c < 256; c++)
		in_word[c] = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	make_postings(&f);

	for (size_t i = 0; i < sizeof step / sizeof *step; i++) {
		double best = 1e9, amount = 0;
		for (long run = 0, runs = bench_setting("BENCH_RUNS", 5); run < runs; run++) {
			double begin = bench_now(), took;
			amount = step[i].run(&f);
			took = bench_now() - begin;
			best = took < best ? took : best;
		}
		printf("%s\t%.6f\t%.1f\t%s\n", step[i].name, best, amount / best, step[i].unit);
	}
	sb_stemmer_delete(f.stemmer);
	free(f.text);
	free(f.table);
	free(f.postings);
	free(f.session);
	free(f.out);
	return 0;
}
