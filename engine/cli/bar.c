/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/intl.h"
#include "cli/bar.h"
#include "cli/cli.h"
#include "plugin/registry.h"

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

aur_bar aur_bar_begin(int quiet)
{
	return (aur_bar){.t0 = now(), .on = !quiet && aur_terminal(STDERR_FILENO)};
}

double aur_bar_seconds(const aur_bar *b)
{
	return now() - b->t0;
}

void aur_bar_clear(const aur_bar *b)
{
	if (b->on && b->last > 0)
		fputs("\r\033[K", stderr);
}

void aur_bar_show(aur_bar *b, double part, uint64_t n)
{
	double t = now();
	if (!b->on || t - b->last < 0.1)
		return;
	b->last = t;
	double dt = t - b->t0;
	char left[32] = "";
	if (part > 0.01 && part <= 1)
		snprintf(left, sizeof left, _(", %.0f s left"), dt / part - dt + 0.5);
	int full = (int)(part * 24 + 0.5);
	full = full > 24 ? 24 : full;
	fprintf(stderr, "\r[%.*s%*s] %3.0f %%  ", full, "########################", 24 - full, "", part * 100);
	fprintf(stderr, _("%" PRIu64 " contributions, %.0f per second%s"), n, dt > 0 ? (double)n / dt : 0, left);
	fputs("\033[K", stderr);
	fflush(stderr);
}

static void on_signal(int sig)
{
	(void)sig;
	aur_host_cancel = 1;
}

void aur_stop_at(int sig, int restart)
{
	struct sigaction was;
	if (sig == SIGHUP && !sigaction(sig, NULL, &was) && was.sa_handler == SIG_IGN)
		return; /* nohup: the work goes on when its terminal is closed */
	struct sigaction sa = {.sa_handler = on_signal, .sa_flags = (int)(SA_RESETHAND | (restart ? SA_RESTART : 0))};
	sigaction(sig, &sa, NULL);
}

void aur_bar_interruptible(void)
{
	aur_stop_at(SIGINT, 0);
	aur_stop_at(SIGTERM, 0);
	aur_stop_at(SIGHUP, 0);
}
