/* SPDX-License-Identifier: Apache-2.0 */
/* Running a suite of tests. */
#ifndef SUITE_H
#define SUITE_H
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* Runs it, and frees it; what main() returns. */
static inline int suite_run(Suite *s)
{
	SRunner *r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

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

/* How long a test may take, in seconds that the processors work for it: a loaded machine makes it wait, and that is not its fault.
 * The clock on the wall ends only what waits for ever. */
static inline void seconds_at_most(TCase *t, unsigned most)
{
	seconds_most = most;
	tcase_set_timeout(t, most * 30.0);
	tcase_add_checked_fixture(t, seconds_begin, NULL);
}
#endif
