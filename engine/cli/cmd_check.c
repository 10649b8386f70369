/* SPDX-License-Identifier: Apache-2.0 */
/* check: reads all of a corpus and says what does not hold together. */
#include "config.h"
#include <inttypes.h>
#include "cli/verbs.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS, {NULL, 0, NULL, NULL}};

static void on_line(void *ctx, int fault, const char *msg)
{
	(void)ctx;
	if (fault)
		aur_showf(_("fault: %s\n"), msg);
	else if (!aur_quiet())
		puts(msg);
	fflush(stdout);
}

static int run(aur_args *a)
{
	aur_error e = {0};
	const char *dir = aur_arg_corpus(a);
	uint64_t n = aur_index_check(dir, on_line, NULL, &e);
	if (e.code)
		return aur_failed(&e);
	if (n) {
		aur_say(_("%s: faults: %" PRIu64 "; restore the corpus from a copy, or ingest its files again into a new folder"), dir, n);
		return EXIT_FAILED;
	}
	if (!aur_quiet())
		printf(_("%s is sound\n"), dir);
	return EXIT_DONE;
}

const aur_verb verb_check = {"check", "[-d CORPUS]", N_("check that a corpus is whole: every record and every reference"), opts, 0, 0, run};
