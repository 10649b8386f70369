/* SPDX-License-Identifier: Apache-2.0 */
/* gold_eval - runs the plugins and the shipped lexicons over a hand-coded CSV and shows what is found and what is missed.
 *
 *   tests/unit/gold_eval [-q] [-p] GOLD.csv [LEXICON…]
 *       -q  only the figures      -p  every row, the right ones too
 *   LEXICON: names or paths; without any, all of lexicons/ that srcdir (or .) has.
 *
 * The CSV has semicolons and a header with the columns texte, themes, nies; as ../shared/gold/README.md describes it. */
#include "gold.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The host of the tests asserts through Check, which wants a test around it. */
static gold_options o;
START_TEST(evaluate)
{
	gold_figures f;
	ck_assert(gold_run(&o, &f));
}
END_TEST

int main(int argc, char **argv)
{
	int i = 1;
	o.out = stdout;
	for (; i < argc && argv[i][0] == '-'; i++) {
		o.quiet |= strcmp(argv[i], "-q") == 0;
		o.all |= strcmp(argv[i], "-p") == 0;
	}
	if (i >= argc) {
		fprintf(stderr, "usage: %s [-q] [-p] GOLD.csv [LEXICON...]\n", argv[0]);
		return 2;
	}
	o.path = argv[i++];
	o.lexicons = (const char *const *)(argv + i);
	o.lexicon_count = (size_t)(argc - i);
	Suite *s = suite_create("gold");
	TCase *t = tcase_create("gold");
	tcase_add_test(t, evaluate);
	tcase_set_timeout(t, 0);
	suite_add_tcase(s, t);
	SRunner *r = srunner_create(s);
	srunner_set_fork_status(r, CK_NOFORK);
	srunner_run_all(r, CK_SILENT);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
