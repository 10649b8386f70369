/* SPDX-License-Identifier: Apache-2.0 */
/* How long a test may take, in seconds that the processors work for it: a loaded machine makes it wait, and that is not its fault.
 * The clock on the wall ends only what waits for ever. */
#ifndef SECONDS_H
#define SECONDS_H
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static unsigned seconds_most;

/* In the process of one test. */
static void seconds_begin(void)
{
	const char *fork = getenv("CK_FORK");
	struct rlimit r;
	if ((fork && !strcmp(fork, "no")) || getrlimit(RLIMIT_CPU, &r))
		return;
	r.rlim_cur = seconds_most;
	setrlimit(RLIMIT_CPU, &r);
}

static inline void seconds_at_most(TCase *t, unsigned most)
{
	seconds_most = most;
	tcase_set_timeout(t, most * 30.0);
	tcase_add_checked_fixture(t, seconds_begin, NULL);
}
#endif
