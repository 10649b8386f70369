/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <unistd.h>
#include "cli/compacting.h"

static int on_progress(void *ctx, double part)
{
	static int last = -1;
	int now = (int)(part * 100);
	(void)ctx;
	if (now != last && !aur_quiet() && aur_terminal(STDERR_FILENO)) {
		last = now;
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

aur_code aur_compacting(const aur_args *a, aur_compaction *how, aur_totals *before, aur_totals *after, aur_error *e)
{
	const char *dir = aur_arg_corpus(a);
	how->memory = aur_arg_memory(a);
	how->go_on = on_progress;
	aur_code c = before ? totals(dir, before, e) : AURE_OK;
	if (!c)
		c = aur_index_compact(dir, how, e);
	if (!aur_quiet() && aur_terminal(STDERR_FILENO))
		fputs("\r\033[K", stderr);
	return c ? c : totals(dir, after, e);
}
