/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/utf8.h"
#include "cli/bar.h"
#include "cli/outfile.h"
#include "cli/reader_opts.h"
#include "cli/verbs.h"
#include "pipeline/ingest.h"
#include "pipeline/whole.h"
#include "text/fold.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPTS_READER,
			       {"pipeline", 'p', N_("FILE"), N_("another pipeline.xml, for a new corpus")},
			       {"memory", 'm', N_("SIZE"), N_("memory for a batch, such as 256M (the default) or 1G")},
			       {"field", 0, N_("NAME=VALUE"), N_("a field of every contribution that does not have it, such as vague=2 (may be given again)")},
			       {"refused", 0, N_("FILE"), N_("write every refused contribution to this file (CSV)")},
			       {NULL, 0, NULL, NULL}};

struct shown {
	uint64_t total, refused, unshown;
	unsigned alike;   /* so many before it for the same reason */
	char reason[200]; /* of the last one */
	aur_bar bar;
	FILE *list;
	int begun; /* that list is the one of this run: before, an older one stays */
};

static void on_note(void *ctx, const char *file, const char *msg)
{
	aur_bar_clear(&((struct shown *)ctx)->bar);
	aur_say("%s: %s", file, msg);
}

static void csv_cell(FILE *f, const char *s, size_t n)
{
	fputc('"', f);
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"')
			fputc('"', f);
		fputc(s[i], f);
	}
	fputc('"', f);
}

static void list_begin(struct shown *s)
{
	if (s->begun)
		return;
	s->begun = 1;
	if (ftruncate(fileno(s->list), 0)) {
		/* a pipe or a device holds nothing older */
	}
	fputs("file,line,id,reason\n", s->list);
}

static void on_refused(void *ctx, const char *file, uint32_t line, aur_str id, const char *reason)
{
	struct shown *s = ctx;
	if (s->list) {
		list_begin(s);
		csv_cell(s->list, file, strlen(file));
		fprintf(s->list, ",%u,", line);
		csv_cell(s->list, id.ptr, id.len);
		fputc(',', s->list);
		csv_cell(s->list, reason, strlen(reason));
		fputc('\n', s->list);
	}
	/* Empty cells of a survey are refused by the hundred, and a page of them hides what is wrong. */
	char cut[sizeof s->reason];
	snprintf(cut, sizeof cut, "%s", reason);
	s->alike = strcmp(cut, s->reason) == 0 ? s->alike + 1 : 0;
	memcpy(s->reason, cut, sizeof cut);
	if (++s->refused - s->unshown > (s->list ? 5 : 20) || s->alike >= 5) {
		s->unshown++;
		return;
	}
	aur_bar_clear(&s->bar);
	aur_say_refused(file, line, id, reason);
}

static void on_failed(void *ctx, const char *file, const aur_error *e)
{
	(void)file;
	aur_bar_clear(&((struct shown *)ctx)->bar);
	aur_say_error(e);
}

static void on_progress(void *ctx, uint64_t bytes, uint64_t n)
{
	struct shown *s = ctx;
	aur_bar_show(&s->bar, s->total ? (double)bytes / (double)s->total : 0, n);
}

/* --field NAME=VALUE, named as a reader names the fields of columns. */
static int given_fields(const aur_args *a, aur_given_field **out, unsigned *n)
{
	const char *v;
	unsigned most = 0;
	while (aur_arg_nth(a, "field", most))
		most++;
	*out = aur_xcalloc(most + 1, sizeof **out);
	for (*n = 0; (v = aur_arg_nth(a, "field", *n)); ++*n) {
		const char *eq = strchr(v, '=');
		aur_buf name = {0};
		if (eq)
			aur_text_name(&name, v, (size_t)(eq - v));
		if (!name.n || !eq[1] || aur_utf8_valid(v, strlen(v)) < strlen(v)) {
			aur_buf_free(&name);
			return aur_usage(a, _("--field takes NAME=VALUE in UTF-8, not « %s »"), v);
		}
		(*out)[*n] = (aur_given_field){aur_xstrdup(aur_buf_cstr(&name)), eq + 1};
		aur_buf_free(&name);
	}
	return 0;
}

static void given_free(aur_given_field *v, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		free((char *)(uintptr_t)v[i].name);
	free(v);
}

enum { MANY = 4 }; /* segments: from there on a question waits for them */
static void holds(const char *corpus)
{
	aur_snapshot *s;
	aur_totals t;
	if (aur_snapshot_open(corpus, &s, NULL))
		return;
	aur_snapshot_totals(s, &t);
	unsigned long nw = (unsigned long)t.words;
	uint32_t ns = aur_snapshot_session_count(s);
	aur_say(_("%s now holds %s, %s, %s"), corpus, aur_written(ngettext("%u contribution", "%u contributions", t.contributions), t.contributions),
		aur_written(ngettext("%lu word", "%lu words", nw), nw), aur_written(ngettext("%u session", "%u sessions", ns), ns));
	if (t.segments >= MANY)
		aur_say(_("it is in %u pieces: « auricule compact -d %s » merges them into one, smaller and faster to query"), t.segments, aur_typed(corpus));
	aur_say_alike(s);
	aur_snapshot_close(s);
}

/* Adds up the sizes of the files for the progress bar.  None of them may be the list of refused contributions, which is written. */
static int measure(aur_args *a, struct shown *s, const char *list)
{
	struct stat sb;
	int rc = EXIT_DONE;
	for (int i = 0; i < a->narg && !rc; i++) {
		if (stat(a->arg[i], &sb) || !S_ISREG(sb.st_mode))
			continue;
		s->total += (uint64_t)sb.st_size;
		if (list)
			rc = aur_not_input(a, "refused", a->arg[i]);
	}
	return rc;
}

static int list_open(struct shown *s, const char *list)
{
	aur_error e;
	if (!list || (s->list = fopen(list, "a")))
		return EXIT_DONE;
	aur_fail(&e, AURE_IO, _("the list of refused contributions %s cannot be written: %s; choose another place with --refused"), list, strerror(errno));
	return aur_failed(&e);
}

/* Closes the list of refused contributions, and removes it if it is `fresh` (made by this run) and empty.  Returns 0, with a message, if it is
 * incomplete.  whole: the ingestion ended in order. */
static int list_close(struct shown *s, const char *list, int whole, int fresh)
{
	if (s->list && whole)
		list_begin(s);
	int why = s->list ? aur_flush(s->list) : 0;
	if (s->list && fresh && !s->begun)
		remove(list);
	if (s->list && fclose(s->list) && !why)
		why = errno;
	if (why)
		aur_say(_("the list of refused contributions %s is not complete: %s; choose another place with --refused"), list, strerror(why));
	if (!s->list && s->unshown)
		aur_say(ngettext("… and %" PRIu64 " other refused; --refused FILE lists them all", "… and %" PRIu64 " others refused; --refused FILE lists them all",
				 (unsigned long)s->unshown),
			s->unshown);
	return !why;
}

/* Reports what was read, and what in the corpus no longer matches its files or its pipeline. */
static void tell(const char *corpus, const aur_ingest_stats *st, double seconds)
{
	aur_say("%s", aur_written(_("read %" PRIu64 ", added %" PRIu64 ", replaced %" PRIu64 ", unchanged %" PRIu64 ", refused %" PRIu64 "; theme hits: %" PRIu64
		  ", %.1f s (%.0f contributions per second)"),
		st->flow.read, st->added, st->replaced, st->unchanged, st->flow.refused, st->hits, seconds, seconds > 0 ? (double)st->flow.read / seconds : 0));
	holds(corpus);
	if (st->gone) {
		aur_buf how = {0};
		aur_gone_how(&how, corpus, st->gone_query);
		aur_say(ngettext("%" PRIu64 " contribution in the corpus is no longer in any of its files, and stays: a row was removed, or its id changed. To remove it (somebody withdrew): %s",
				 "%" PRIu64 " contributions in the corpus are no longer in any of its files, and stay: rows were removed, or their ids changed. To remove them (somebody withdrew): %s",
				 (unsigned long)st->gone),
			st->gone, aur_buf_cstr(&how));
		aur_buf_free(&how);
	}
	if (st->unsaid)
		aur_say(ngettext("%" PRIu64 " property of %s or of its sessions is no longer in any of its files, and stays: %s. To remove it, rebuild the corpus: remove the folder and ingest its files again",
				 "%" PRIu64 " properties of %s or of its sessions are no longer in any of its files, and stay, the first: %s. To remove them, rebuild the corpus: remove the folder and ingest its files again",
				 (unsigned long)st->unsaid),
			st->unsaid, corpus, st->unsaid_first);
	if (st->words_changed)
		aur_say(_("the tokenizer or the layers differ from those that made %s: its words are now of two kinds, and a query finds only one of them; ingest all of its files into a new folder"),
			corpus);
	if (st->annotators_changed)
		aur_say(_("the lexicons differ from those that made %s: « auricule retheme -d %s » applies the new ones to the contributions that were there before"),
			corpus, aur_typed(corpus));
}

static int run(aur_args *a)
{
	aur_config conf = {0};
	aur_ingest_stats st;
	aur_error e = {0};
	int quiet = aur_quiet();
	struct shown s = {.bar = aur_bar_begin(quiet)};
	aur_given_field *given;
	unsigned ngiven, threads = (unsigned)aur_arg_int(a, "threads", 0, 0, 64);
	size_t memory = aur_arg_memory(a);
	int rc = given_fields(a, &given, &ngiven);
	/* What a reader would make up itself, such as a session after the file's name, it leaves to who says it. */
	for (unsigned i = 0; i < ngiven && !rc; i++)
		aur_config_set(&conf, "field", given[i].name);
	if (!rc)
		rc = aur_reader_config(a, &conf);
	const char *list = aur_arg(a, "refused");
	if (!rc)
		rc = measure(a, &s, list);
	int fresh = list && access(list, F_OK);
	if (!rc)
		rc = list_open(&s, list);
	if (rc) {
		given_free(given, ngiven);
		aur_config_free(&conf);
		return rc;
	}
	aur_bar_interruptible();
	mallopt(M_ARENA_MAX, 1); /* what one thread gave back, another takes: --memory counts them all */
	aur_mem_heap(memory / 4); /* a commit takes its pages from the heap, 60 kB at a time, and gives them all back */
	aur_ingest_options o = {.corpus = aur_arg_corpus(a), .pipeline = aur_arg(a, "pipeline"), .memory = memory, .given = given,
				.ngiven = ngiven, .flow = {.reader = aur_arg(a, "reader"), .conf = &conf, .threads = threads},
				.ctx = &s, .note = quiet ? NULL : on_note, .refused = on_refused, .file_failed = on_failed, .progress = on_progress};
	aur_code c = aur_ingest((const char *const *)a->arg, (unsigned)a->narg, &o, &st, &e);
	aur_bar_clear(&s.bar);
	aur_reader_left_aside(&conf, &st.flow);
	aur_config_free(&conf);
	given_free(given, ngiven);
	int listed = list_close(&s, list, !c || c == AURE_CANCELLED, fresh);
	if (c && c != AURE_CANCELLED) { /* what was read is one thing, what was kept another */
		if (!quiet && st.commits)
			holds(o.corpus);
		return aur_failed(&e);
	}
	if (!st.flow.read && st.flow.failed)
		aur_say(_("nothing was read; the corpus is as it was"));
	else if (!quiet)
		tell(o.corpus, &st, aur_bar_seconds(&s.bar));
	if (c == AURE_CANCELLED) {
		aur_say(_("stopped on request; what was read so far is safe. Run the same command again to go on: nothing is added twice"));
		return EXIT_FAILED;
	}
	return st.flow.failed || !listed ? EXIT_FAILED : EXIT_DONE;
}

const aur_verb verb_ingest = {"ingest", N_("[-d CORPUS] FILE…"), N_("read files, analyse them, and keep them in a corpus"), opts, 1, -1, run};
