/* SPDX-License-Identifier: Apache-2.0 */
/* damage PROGRAM CORPUS FILE ROUNDS SEED: copies of a corpus are damaged, and each verb says so or answers as before.
 *
 * A record is damaged in its checksum or its payload: `check` has to notice.  Or bytes anywhere in the data file
 * change, or its end is cut off. Each time: no verb ends by a signal or takes for ever; status 0 comes with the very
 * answer that the sound corpus gives, where `check` finds nothing as well as where it does; status 1 comes with a
 * sentence.  FILE is what the corpus was made of: it is ingested again on top; or its themes are found again.
 *
 * Or somebody forges a record, and its checksum with it: what it says may be believed where it can be, and no number in
 * it leads out of what is there; so again no verb ends by a signal. */
#include "config.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "records.h"

#define COPY "damaged.corpus"
enum { SECONDS = 120, VERBS = 13, THEMES = 4 /* of verbs */, SANITIZER = 98 };

static const char *program, *corpus, *file;
static const char *const verbs[VERBS][6] = {
    {"info", NULL},
    {"search", "bus OR stance:getrid", "--format", "jsonl", NULL},
    {"cooccurrences", "bus", "--format", "csv", NULL},
    {"kwic", "on", "--format", "csv", NULL},
    {"themes", "--format", "csv", "--by", "session", NULL},
    {"explain", "d0101", "d0636", NULL},
    {"frequencies", "--format", "csv", NULL},
    {"irritants", "--format", "csv", NULL},
    {"search", "chom*", "--format", "csv", NULL},
    {"specificities", "--by", "stance", "--format", "csv", NULL},
    {"search", "role:* -date:2025-06", "--by", "territoire,role", NULL},
    {"kwic", "theme:mobilite NEAR/9 [fold=\"p.*\"]", "--sort", "right,-date", NULL},
    {"irritants", "--table", "words", "--sub", NULL},
};

typedef struct said {
	int status; /* as a shell has it: above 128 is a signal */
	aur_buf out, err;
} said;

static uint64_t state;
static size_t roll(size_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return below ? (size_t)(state >> 33) % below : 0;
}

static void slurp(const char *path, aur_buf *b)
{
	FILE *f = fopen(path, "rb");
	size_t n = 1;
	b->n = 0;
	while (f && n) {
		aur_buf_room(b, 65536);
		n = fread(b->p + b->n, 1, 65536, f);
		b->n += n;
	}
	if (!f) {
		perror(path);
		exit(99);
	}
	fclose(f);
}

static void spill(const char *path, const uint8_t *p, size_t n)
{
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(p, 1, n, f) != n || fclose(f)) {
		perror(path);
		exit(99);
	}
}

static void run(const char *dir, const char *const *verb, said *s)
{
	const char *argv[12] = {program, verb[0], "-d", dir};
	int n = 4, st = 0;
	for (int i = 1; verb[i]; i++)
		argv[n++] = verb[i];
	pid_t pid = fork();
	if (!pid) {
		int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0666),
		    err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0666);
		dup2(out, 1);
		dup2(err, 2);
		struct rlimit work = {SECONDS, SECONDS}; /* of a processor, which others may have meanwhile */
		setrlimit(RLIMIT_CPU, &work);
		alarm(SECONDS * 30); /* whoever waits for ever */
		execv(program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	while (waitpid(pid, &st, 0) < 0 && errno == EINTR)
		;
	s->status = WIFSIGNALED(st) ? 128 + WTERMSIG(st) : WEXITSTATUS(st);
	slurp("out", &s->out);
	slurp("err", &s->err);
	/* a sanitizer ends a program with status 1, too, as a failure that is told, or lets it go on */
	if (memmem(s->err.p, s->err.n, "Sanitizer", 9) || memmem(s->err.p, s->err.n, "runtime error:", 14))
		s->status = SANITIZER;
}

static int same(const aur_buf *a, const aur_buf *b)
{
	return a->n == b->n && (!a->n || !memcmp(a->p, b->p, a->n));
}

static record *records;
static size_t nrecords;

static const record *some_record(void)
{
	/* each kind as often as any other, however many there are of it */
	for (;;) {
		const record *r = &records[roll(nrecords)];
		unsigned kind = r->kind;
		size_t of_kind = 0;
		for (size_t i = 0; i < nrecords; i++)
			of_kind += records[i].kind == kind;
		if (roll(of_kind) == 0)
			return r;
	}
}

/* What is done to the copy, told in `how`. */
static int hurt(aur_buf *b, char *how, size_t size, int *record_hurt)
{
	size_t what = roll(20), n = what < 14 ? 1 : what < 17 ? 4 : 64;
	*record_hurt = what < 8 || what == 14;
	if (what == 19) {
		size_t keep = roll(b->n);
		b->n = keep;
		snprintf(how, size, "cut off after %zu bytes", keep);
		return 1;
	}
	const record *r = *record_hurt ? some_record() : NULL;
	size_t at = r ? r->at + (roll(2) ? roll(r->n) : roll(r->n < 12 ? r->n : 12)) : roll(b->n), changed = 0;
	for (size_t i = at; i < at + n && i < (r ? r->at + r->n : b->n); i++) {
		uint8_t was = b->p[i];
		unsigned is = roll(3) == 0 ? 0u : roll(2) ? was ^ 1u << roll(8) : (unsigned)roll(256);
		b->p[i] = (uint8_t)is;
		changed += b->p[i] != was ? 1u : 0u;
	}
	snprintf(how, size, "%zu bytes from %zu%s, of database %s", changed, at, r ? " in a record" : "",
	         r ? aur_db_names[r->kind / 16] : "?");
	return changed > 0;
}

/* A record says something else, and its checksum agrees.  Sizes and counts are its first bytes; numbers that lead out
 * are large. */
static int forge(aur_buf *b, char *how, size_t size)
{
	static const uint8_t odd[] = {0, 1, 2, 127, 128, 254, 255};
	const record *r = some_record();
	if (r->n <= REC_HEAD)
		return 0;
	uint8_t *p = b->p + r->at + REC_HEAD;
	size_t n = r->n - REC_HEAD, at = roll(3) ? roll(n) : roll(n < 40 ? n : 40), many = roll(3) ? 1 : 4;
	for (size_t i = at; i < at + many && i < n; i++)
		p[i] = roll(2) ? odd[roll(sizeof odd)] : (uint8_t)roll(256);
	aur_set32(b->p + r->at, aur_crc32c(r->seed, p, n));
	snprintf(how, size, "forged from %zu in %zu bytes, of database %s, kind %u", at, n, aur_db_names[r->kind / 16],
	         r->kind % 16);
	return 1;
}

/* Whatever is read out of it. */
static unsigned long forgeries(unsigned long rounds, const aur_buf *whole, aur_buf *b)
{
	static const char *const check[] = {"check", NULL}, *const retheme[] = {"retheme", "-q", "-j1", NULL};
	unsigned long bad = 0;
	said now = {0};
	char how[200];
	for (unsigned long i = 0; i < rounds; i++) {
		b->n = 0;
		aur_buf_put(b, whole->p, whole->n);
		if (!forge(b, how, sizeof how))
			continue;
		spill(COPY "/gen-0001/data.mdb", b->p, b->n);
		for (int k = 0; k <= 7; k++) {
			const char *const *verb = k < 6 ? verbs[roll(VERBS)] : k == 6 ? check : retheme;
			run(COPY, verb, &now);
			/* 2: a name was forged, and the one that is asked for is not there */
			if (now.status <= 2 && (now.status == 0 || now.err.n))
				continue;
			printf("forgery %lu, %s: %s %s ends with status %d: %.*s\n", i, how, verb[0],
			       verb[1] ? verb[1] : "", now.status, (int)(now.err.n < 2000 ? now.err.n : 2000),
			       (char *)now.err.p);
			bad++;
		}
		fflush(stdout);
	}
	aur_buf_free(&now.out);
	aur_buf_free(&now.err);
	return bad;
}

int main(int argc, char **argv)
{
	static const char *const check[] = {"check", NULL}, *ingest[] = {"ingest", "-q", "-j1", NULL, NULL}, *retheme[] = {"retheme", "-q", "-j1", NULL};
	said good[VERBS] = {0}, now = {0}, checked = {0};
	aur_buf whole = {0}, b = {0};
	char data[4096], how[200];
	unsigned long told = 0, noticed = 0, bad = 0, rounds;
	if (argc != 6)
		return 2;
	program = argv[1];
	corpus = argv[2];
	file = ingest[3] = argv[3];
	rounds = strtoul(argv[4], NULL, 10);
	state = strtoull(argv[5], NULL, 10);
	records = records_find(corpus, &nrecords);
	snprintf(data, sizeof data, "%s/gen-0001/data.mdb", corpus);
	slurp(data, &whole);
	mkdir(COPY, 0777);
	mkdir(COPY "/gen-0001", 0777);
	spill(COPY "/current", (const uint8_t *)"gen-0001\n", 9);
	spill(COPY "/gen-0001/data.mdb", whole.p, whole.n);
	for (int v = 0; v < VERBS; v++)
		run(COPY, verbs[v], &good[v]);
	for (unsigned long i = 0; i < rounds; i++) {
		int in_record, silent;
		aur_buf_free(&b);
		aur_buf_put(&b, whole.p, whole.n);
		if (!hurt(&b, how, sizeof how, &in_record))
			continue;
		spill(COPY "/gen-0001/data.mdb", b.p, b.n);
		run(COPY, check, &checked);
		noticed += checked.status == 1;
		if (checked.status > 1 || (in_record && checked.status != 1) ||
		    (checked.status == 1 && !checked.err.n)) {
			printf("round %lu, %s: check ends with status %d: %.*s\n", i, how, checked.status,
			       (int)checked.err.n, (char *)checked.err.p);
			bad++;
		}
		for (int k = 0; k < 4; k++) {
			size_t v = roll(VERBS);
			run(COPY, verbs[v], &now);
			silent = now.status == good[v].status && !same(&now.out, &good[v].out);
			told += now.status == 1;
			if (now.status > 1 ? now.status != good[v].status : silent || (now.status == 1 && !now.err.n)) {
				printf("round %lu, %s: %s %s ends with status %d%s%.*s (check: %d)\n", i, how,
				       verbs[v][0], verbs[v][1] ? verbs[v][1] : "", now.status,
				       silent ? ", and another answer" : "", (int)now.err.n, (char *)now.err.p,
				       checked.status);
				bad++;
			}
		}
		if (i % 3 == 0) {
			run(COPY, ingest, &now);
			if (now.status > 1 || (now.status == 1 && !now.err.n)) {
				printf("round %lu, %s: ingest ends with status %d: %.*s\n", i, how, now.status,
				       (int)now.err.n, (char *)now.err.p);
				bad++;
			}
			/* what was sound is sound after it; what was damaged is not called sound by what came on top */
			run(COPY, check, &now);
			if (now.status > 1 || (checked.status == 0 && now.status != 0)) {
				printf("round %lu, %s: after an ingestion check ends with status %d\n", i, how,
				       now.status);
				bad++;
			}
		}
		if (i % 3 == 1) { /* themes that were found again are those that the sound corpus has, or the damage is told */
			run(COPY, retheme, &now);
			told += now.status == 1;
			int done = now.status == 0;
			if (now.status > 1 || (now.status == 1 && !now.err.n)) {
				printf("round %lu, %s: retheme ends with status %d: %.*s\n", i, how, now.status, (int)now.err.n, (char *)now.err.p);
				bad++;
			}
			run(COPY, verbs[THEMES], &now);
			if (now.status > 1 || (done && now.status == 0 && !same(&now.out, &good[THEMES].out))) {
				printf("round %lu, %s: after retheme, themes ends with status %d%s\n", i, how, now.status, now.status ? "" : ", and another answer");
				bad++;
			}
		}
		fflush(stdout);
	}
	bad += forgeries(rounds / 2, &whole, &b);
	for (int v = 0; v < VERBS; v++) {
		aur_buf_free(&good[v].out);
		aur_buf_free(&good[v].err);
	}
	aur_buf_free(&now.out);
	aur_buf_free(&now.err);
	aur_buf_free(&checked.out);
	aur_buf_free(&checked.err);
	aur_buf_free(&whole);
	aur_buf_free(&b);
	free(records);
	printf("%lu rounds: check noticed the damage in %lu, a verb told it %lu times; %lu faults\n", rounds, noticed,
	       told, bad);
	return bad || !noticed || !told;
}
