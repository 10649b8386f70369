/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <inttypes.h>
#include "cli/ask.h"
#include "cli/verbs.h"
#include "query/cooccurrences.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"layer", 'l', N_("LAYER"), N_("form, lower, fold, stem (default: the default layer), lemma")},
			       {"window", 'w', N_("N"), N_("words on each side (default 5; 0: all)")},
			       {"within", 0, N_("UNIT"), N_("contribution (default) or sentence: the window stops there")},
			       {"measure", 0, N_("NAME"), N_("log-likelihood (default), mi, mi3, t, z, dice, logdice, jaccard")},
			       {"min", 'm', N_("N"), N_("leave out words seen less often in the window (default 2)")},
			       {"limit", 'n', N_("N"), N_("at most N rows (default: 30 in a table, all otherwise)")},
			       {NULL, 0, NULL, NULL}};

static int run(aur_args *a)
{
	aur_ask k;
	aur_error e = {0};
	aur_coocs r;
	aur_format f = aur_arg_format(a);
	const char *m = aur_arg(a, "measure") ? aur_arg(a, "measure") : "log-likelihood", *in = aur_arg(a, "within");
	int rc = aur_ask_open(a, a->arg[0], &k), measure = aur_cooc_measure_of(m);
	if (rc)
		return rc;
	aur_cooc_want w = {.layer = aur_ask_layer(a, &k, (int)aur_snapshot_default_layer(k.s)),
			   .window = (uint32_t)aur_arg_int(a, "window", 5, 0, 100000), .min = (uint64_t)aur_arg_int(a, "min", 2, 1, INT32_MAX),
			   .limit = (uint32_t)aur_arg_int(a, "limit", f == FMT_TABLE ? 30 : UINT32_MAX, 1, UINT32_MAX),
			   .within = in && !strcmp(in, "sentence") ? AUR_COOC_SENTENCE : AUR_COOC_CONTRIBUTION};
	if (w.layer == -2)
		rc = EXIT_USAGE;
	else if (measure < 0)
		rc = aur_usage(a, _("--measure takes log-likelihood, mi, mi3, t, z, dice, logdice or jaccard, not « %s »"), m);
	else if (in && strcmp(in, "sentence") && strcmp(in, "contribution"))
		rc = aur_usage(a, _("--within takes contribution or sentence, not « %s »"), in);
	w.measure = measure < 0 ? 0 : (aur_cooc_measure)measure;
	if (!rc && aur_query_cooccurrences(k.search, k.q, &w, &r, &e))
		rc = aur_ask_failed(&k, &e);
	else if (!rc) {
		/* a machine is told with each row what a person reads under the table */
		static const char *const names[] = {"shown", "value", "O", "C", "R", "N", "expected", "measure", "variant", "window", "within"};
		static const char *const heads[] = {N_("word"), N_("value"), "O", "C", "R", "N", N_("expected"), N_("measure")};
		const char *unit = w.within == AUR_COOC_SENTENCE ? N_("sentence") : N_("contribution");
		aur_table *t = aur_table_new(f, names, heads, f == FMT_TABLE ? 8 : 11);
		for (uint32_t i = 0; i < r.n; i++) {
			const aur_cooc_row *x = &r.row[i];
			aur_cell(t, x->shown.ptr, x->shown.len);
			aur_cell(t, x->value.ptr, x->value.len);
			aur_cell_int(t, (long long)x->O);
			aur_cell_int(t, (long long)x->C);
			aur_cell_int(t, (long long)r.R);
			aur_cell_int(t, (long long)r.N);
			aur_cell_rate(t, x->expected, 6);
			aur_cell_rate(t, x->measure, 6);
			if (f == FMT_TABLE)
				continue;
			aur_cell_str(t, aur_cooc_measure_name(w.measure));
			aur_cell_int(t, w.window);
			aur_cell_str(t, unit);
		}
		aur_table_free(t);
		if (f == FMT_TABLE)
			printf(_("measure: %s = %s; E = R·C/N\nwindow: %u words on each side, within the %s; occurrences of the query: %" PRIu64 "; O: times in a window, C: in all, R: words in a window, N: words in all, the occurrences left out\n"),
			       aur_cooc_measure_name(w.measure), aur_cooc_measure_says(w.measure), w.window, _(unit), r.occurrences);
		if (f == FMT_TABLE && !r.n && r.occurrences)
			aur_remark(_("no word occurs around the query as often as --min asks: « --min 1 » shows all"));
	}
	aur_ask_close(&k);
	return rc;
}

const aur_verb verb_cooccurrences = {"cooccurrences", N_("[-d CORPUS] QUERY"), N_("the words around the occurrences of a query"), opts, 1, 1, run};
