/* SPDX-License-Identifier: Apache-2.0 */
/* retheme: the lexicons as they are now, applied to all that a corpus holds. */
#include "config.h"
#include <inttypes.h>
#include "cli/bar.h"
#include "cli/verbs.h"
#include "pipeline/retheme.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       {"pipeline", 'p', N_("FILE"), N_("another pipeline.xml, with the same tokenizer and layers")},
			       {"threads", 'j', N_("N"), N_("threads (default: one per processor)")},
			       AUR_OPT_FORMAT,
			       {NULL, 0, NULL, NULL}};

static void on_progress(void *ctx, uint64_t done, uint64_t all)
{
	aur_bar_show(ctx, all ? (double)done / (double)all : 1, done);
}

static void print(const aur_retheme_stats *st, aur_format f)
{
	static const char *const names[] = {"lexicon", "version_before", "version_after", "contributions_before", "contributions_after",
					    "hits_before", "hits_after"};
	static const char *const heads[] = {N_("lexicon"), N_("version"), N_("now"), N_("contributions"), N_("now"), N_("hits"), N_("now")};
	aur_table *t = aur_table_new(f, names, heads, 7);
	for (uint32_t i = 0; i < st->lexicons; i++) {
		const aur_retheme_lexicon *x = &st->lexicon[i];
		aur_cell_str(t, x->name);
		aur_cell_str(t, x->version[0]);
		aur_cell_str(t, x->version[1]);
		for (int k = 0; k < 2; k++)
			aur_cell_int(t, (long long)x->of[k].contributions);
		for (int k = 0; k < 2; k++)
			aur_cell_int(t, (long long)x->of[k].hits);
	}
	aur_table_free(t);
}

static int run(aur_args *a)
{
	int quiet = aur_quiet();
	aur_bar bar = aur_bar_begin(quiet);
	aur_format f = aur_arg_format(a);
	aur_retheme_stats st;
	aur_error e = {0};
	aur_bar_interruptible();
	aur_retheme_options o = {.corpus = aur_arg_corpus(a), .pipeline = aur_arg(a, "pipeline"),
				 .threads = (unsigned)aur_arg_int(a, "threads", 0, 0, 64), .ctx = &bar, .progress = on_progress};
	aur_mem_heap((size_t)256 << 20); /* lexicons, which are read at random, and the pages of the commit */
	aur_code c = aur_retheme(&o, &st, &e);
	aur_bar_clear(&bar);
	if (c == AURE_CANCELLED)
		aur_say(_("stopped on request; the themes of %s are unchanged"), o.corpus);
	if (!c) {
		print(&st, f);
		double dt = aur_bar_seconds(&bar);
		if (!quiet)
			aur_say(_("%s: %s"), o.corpus, aur_written(_("themes found again; contributions: %" PRIu64 ", with themes before: %" PRIu64 ", now: %" PRIu64 "; "
				  "theme hits before: %" PRIu64 ", now: %" PRIu64 "; %.1f s (%.0f contributions per second)"),
				st.contributions, st.of[0].contributions, st.of[1].contributions, st.of[0].hits, st.of[1].hits, dt,
				dt > 0 ? (double)st.contributions / dt : 0));
	}
	aur_retheme_stats_free(&st);
	return c == AURE_CANCELLED ? EXIT_FAILED : c ? aur_failed(&e) : EXIT_DONE;
}

const aur_verb verb_retheme = {"retheme", "[-d CORPUS]", N_("find the themes of a corpus again, with the current lexicons"), opts, 0, 0, run};
