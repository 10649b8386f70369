/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target without a fuzzer: every file of the folders and files named, or of its own corpus in
 * tests/fuzz/corpus/, so that `make check` replays what was once found, with any compiler.  AUR_FUZZ_RUNS=N then tries
 * N mutations of them, the same ones each time; AUR_FUZZ_SEED=N, other ones. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct seed {
	uint8_t *data;
	size_t size;
	char *name;
} seed;
static seed *seeds;
static size_t count;

static void *must(void *p)
{
	if (!p)
		abort();
	return p;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const seed *)a)->name, ((const seed *)b)->name);
}

static int load(const char *path)
{
	DIR *d = opendir(path);
	if (d) {
		for (struct dirent *e; (e = readdir(d));) {
			char inner[2048];
			if (e->d_name[0] == '.')
				continue;
			snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);
			if (load(inner))
				break;
		}
		closedir(d);
		return 0;
	}
	FILE *f = fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "%s cannot be read\n", path);
		return 1;
	}
	seed s = {NULL, 0, NULL};
	size_t got;
	do {
		s.data = must(realloc(s.data, s.size + 65536));
		got = fread(s.data + s.size, 1, 65536, f);
		s.size += got;
	} while (got);
	fclose(f);
	s.name = must(malloc(strlen(path) + 1));
	memcpy(s.name, path, strlen(path) + 1);
	seeds = must(realloc(seeds, (count + 1) * sizeof *seeds));
	seeds[count++] = s;
	return 0;
}

/* A block of its own, so that a sanitizer sees each byte that is read beyond it. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = must(malloc(size ? size : 1));
	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static uint64_t state = UINT64_C(0x9E3779B97F4A7C15);
static size_t roll(size_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return below ? (size_t)(state >> 11) % below : 0;
}

static void mutate(void)
{
	static const char marks[] = "\"\";,\t|\r\n\0<>&*-#_[]=/'\xC3\xA9\xEF\xBB\xBF\xFF\xFE";
	const seed *a = &seeds[roll(count)], *b = &seeds[roll(count)];
	size_t cap = a->size + b->size + 64, n = a->size;
	uint8_t *m = must(malloc(cap));
	memcpy(m, a->data, n);
	for (size_t k = 1 + roll(6); k; k--) {
		size_t at = roll(n + 1), len;
		switch (roll(6)) {
		case 0: /* another byte */
			if (at < n)
				m[at] = (uint8_t)roll(256);
			break;
		case 1: /* a mark of the formats in */
			if (n + 1 < cap) {
				memmove(m + at + 1, m + at, n - at);
				m[at] = (uint8_t)marks[roll(sizeof marks - 1)];
				n++;
			}
			break;
		case 2: /* some bytes out */
			len = roll(n - at + 1);
			if (len > 20)
				len = roll(20);
			memmove(m + at, m + at + len, n - at - len);
			n -= len;
			break;
		case 3: /* cut */
			if (roll(4) == 0)
				n = at;
			break;
		case 4: /* a mark over another */
			if (at < n)
				m[at] = (uint8_t)marks[roll(sizeof marks - 1)];
			break;
		default: /* a piece of another seed in */
			len = roll(b->size + 1);
			if (len > cap - n)
				len = cap - n;
			memmove(m + at + len, m + at, n - at);
			memcpy(m + at, b->data + roll(b->size - len + 1), len);
			n += len;
		}
	}
	run(m, n);
	free(m);
}

int main(int argc, char **argv)
{
	char path[2048];
	int bad = 0;
	for (int i = 1; i < argc; i++)
		bad |= load(argv[i]);
	if (argc < 2) {
		const char *src = getenv("srcdir");
		snprintf(path, sizeof path, "%s/tests/fuzz/corpus/%s", src ? src : ".", FUZZ_CORPUS);
		bad |= load(path);
	}
	if (bad || !count) {
		fprintf(stderr, "no seed was found\n");
		return 1;
	}
	qsort(seeds, count, sizeof *seeds, by_name);
	for (size_t i = 0; i < count; i++) {
		run(seeds[i].data, seeds[i].size);
		for (size_t cut = 0; cut < seeds[i].size && seeds[i].size < 4096; cut += 1 + seeds[i].size / 64)
			run(seeds[i].data, cut);
	}
	const char *runs = getenv("AUR_FUZZ_RUNS"), *other = getenv("AUR_FUZZ_SEED");
	state += (uint64_t)(other ? atol(other) : 0) * UINT64_C(0xD1342543DE82EF95);
	for (long k = runs ? atol(runs) : 2000; k > 0; k--)
		mutate();
	printf("%s: %zu seeds\n", FUZZ_CORPUS, count);
	for (size_t i = 0; i < count; i++) {
		free(seeds[i].data);
		free(seeds[i].name);
	}
	free(seeds);
	return 0;
}
