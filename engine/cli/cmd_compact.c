/* SPDX-License-Identifier: Apache-2.0 */
/* compact: the corpus written anew, smaller and faster, saying the same. */
#include "config.h"
#include <stdlib.h>
#include <unistd.h>
#include "cli/bar.h"
#include "cli/verbs.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       {"memory", 'm', N_("SIZE"), N_("memory to work in, such as 256M (the default) or 1G")},
			       {NULL, 0, NULL, NULL}};

static int on_progress(void *ctx, double part)
{
	int *last = ctx, now = (int)(part * 100);
	if (*last >= 0 && now != *last) {
		*last = now;
		fprintf(stderr, "\r%3d %%", now);
		fflush(stderr);
	}
	return !aur_host_cancel;
}

static aur_code totals(const char *dir, aur_totals *t, aur_error *e)
{
	aur_snapshot *s;
	aur_code c = aur_snapshot_open(dir, &s, e);
	if (!c) {
		aur_snapshot_totals(s, t);
		aur_snapshot_close(s);
	}
	return c;
}

static int run(aur_args *a)
{
	const char *dir = aur_arg_corpus(a);
	aur_error e = {0};
	aur_totals before, after;
	int bar = !aur_quiet() && aur_terminal(STDERR_FILENO) ? 0 : -1;
	size_t memory = aur_arg_memory(a);
	aur_bar_interruptible();
	aur_code c = totals(dir, &before, &e);
	if (!c)
		c = aur_index_compact(dir, memory, on_progress, &bar, &e);
	if (bar > 0)
		fputs("\r\033[K", stderr);
	if (!c)
		c = totals(dir, &after, &e);
	if (c)
		return aur_failed(&e);
	if (!aur_quiet())
		aur_say(_("%s: segments before: %s, after: %s; removed: replaced contributions: %s, unused words: %s"),
			dir, aur_written(_("%u (%.1f MB)"), before.segments, (double)before.bytes / 1e6),
			aur_written(_("%u (%.1f MB)"), after.segments, (double)after.bytes / 1e6), aur_written("%u", before.deleted),
			aur_written("%u", before.forms - after.forms));
	return EXIT_DONE;
}

const aur_verb verb_compact = {"compact", "[-d CORPUS]", N_("rewrite a corpus, smaller and faster, without what was replaced"), opts, 0, 0, run};
