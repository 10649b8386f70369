/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <inttypes.h>
#include "cli/ask.h"
#include "cli/verbs.h"
#include "query/frequencies.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"layer", 'l', N_("LAYER"), N_("form (default), lower, fold, stem, lemma")},
			       {"ngrams", 'g', N_("N"), N_("sequences of N words, 1 (default) to 5")},
			       {"min", 'm', N_("N"), N_("leave out what occurs less often (default 1)")},
			       {"limit", 'n', N_("N"), N_("at most N rows (default: 50 in a table, all otherwise)")},
			       {"offset", 0, N_("N"), N_("leave out the first N rows")},
			       {NULL, 0, NULL, NULL}};

static int run(aur_args *a)
{
	aur_ask k;
	aur_error e = {0};
	aur_freqs r;
	aur_format f = aur_arg_format(a);
	int rc = aur_ask_open(a, a->narg ? a->arg[0] : NULL, &k);
	if (rc)
		return rc;
	aur_freq_want w = {.layer = aur_ask_layer(a, &k, -1), .n = (uint32_t)aur_arg_int(a, "ngrams", 1, 1, 5),
			   .min = (uint64_t)aur_arg_int(a, "min", 1, 1, INT32_MAX), .offset = (uint32_t)aur_arg_int(a, "offset", 0, 0, INT32_MAX),
			   .limit = (uint32_t)aur_arg_int(a, "limit", f == FMT_TABLE ? 50 : UINT32_MAX, 1, UINT32_MAX), .among = k.q};
	if (w.layer == -2) {
		aur_ask_close(&k);
		return EXIT_USAGE;
	}
	if (aur_query_frequencies(k.search, &w, &r, &e)) {
		rc = aur_ask_failed(&k, &e);
	} else {
		static const char *const names[] = {"shown", "value", "count", "contributions", "per_10000_tokens"};
		static const char *const heads[] = {N_("words"), N_("value"), N_("occurrences"), N_("contributions"), N_("per 10,000 words")};
		aur_table *t = aur_table_new(f, names, heads, 5);
		for (uint32_t i = 0; i < r.n; i++) {
			aur_cell(t, r.row[i].shown.ptr, r.row[i].shown.len);
			aur_cell(t, r.row[i].value.ptr, r.row[i].value.len);
			aur_cell_int(t, (long long)r.row[i].occurrences);
			aur_cell_int(t, r.row[i].contributions);
			aur_cell_rate(t, r.words ? 1e4 * (double)r.row[i].occurrences / (double)r.words : 0, 4);
		}
		aur_table_free(t);
		if (f == FMT_TABLE)
			printf(_("%" PRIu64 " rows in all; %" PRIu64 " words in %u contributions\n"), r.rows, r.words, r.contributions);
	}
	aur_ask_close(&k);
	return rc;
}

const aur_verb verb_frequencies = {"frequencies", N_("[-d CORPUS] [QUERY]"), N_("how often words, and sequences of words, occur"), opts, 0, 1, run};
