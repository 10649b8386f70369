/* SPDX-License-Identifier: Apache-2.0 */
/* compact: the corpus written anew, smaller and faster, saying the same. */
#include "config.h"
#include <stdlib.h>
#include "cli/bar.h"
#include "cli/compacting.h"
#include "cli/verbs.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_COMPACTING,
			       {NULL, 0, NULL, NULL}};

static int run(aur_args *a)
{
	aur_compaction how = {0};
	aur_error e = {0};
	aur_totals before, after;
	aur_bar_interruptible();
	if (aur_compacting(a, &how, &before, &after, &e))
		return aur_failed(&e);
	if (!aur_quiet())
		aur_say(_("%s: segments before: %s, after: %s; removed: replaced contributions: %s, unused words: %s"),
			aur_arg_corpus(a), aur_written(_("%u (%.1f MB)"), before.segments, (double)before.bytes / 1e6),
			aur_written(_("%u (%.1f MB)"), after.segments, (double)after.bytes / 1e6), aur_written("%u", before.deleted),
			aur_written("%u", before.forms - after.forms));
	return EXIT_DONE;
}

const aur_verb verb_compact = {"compact", "[-d CORPUS]", N_("rewrite a corpus, smaller and faster, without what was replaced"), opts, 0, 0, run};
