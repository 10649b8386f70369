/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include "cli/ledger.h"
#include "cli/verbs.h"
#include "irritants/tables.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"k", 'k', N_("N"), N_("counts of fewer people are not shown (default 5)")},
			       {"table", 0, N_("NAME"), N_("another table of the ledger (csv): sessions, series, parts, words, verbatims…")},
			       {"sub", 's', NULL, N_("show sub-themes as well")},
			       {NULL, 0, NULL, NULL}};

static const char *verdict(const char *name)
{
	static const char *const of[][2] = {{"undecided", N_("cannot be concluded")}, {"new", N_("new")}, {"recurrent", N_("recurrent")},
					    {"falling", N_("falling")}, {"resolved", N_("resolved")}, {"back", N_("back")}};
	for (unsigned i = 0; i < 6; i++)
		if (!strcmp(of[i][0], name))
			return _(of[i][1]);
	return name;
}

/* For a person: the columns that fit a line. */
static void short_table(const aur_irr_table *t, int sub)
{
	static const char *const want[] = {"theme", "people", "contributions", "asked_contributions", "share", "share_low", "share_high", "rooms", "verdict"};
	static const char *const heads[] = {N_("theme"), N_("people"), N_("contributions"), N_("out of"), N_("share"), N_("from"), N_("to"), N_("sessions"), N_("course")};
	uint32_t col[9], part = UINT32_MAX;
	unsigned n = 0;
	const char *names[9], *hs[9];
	for (unsigned w = 0; w < 9; w++)
		for (uint32_t c = 0; c < t->column_count; c++)
			if (!strcmp(t->columns[c], want[w])) {
				names[n] = want[w];
				hs[n] = heads[w];
				col[n++] = c;
			}
	for (uint32_t c = 0; c < t->column_count; c++)
		if (!strcmp(t->columns[c], "part_of"))
			part = c;
	aur_table *o = aur_table_new(FMT_TABLE, names, hs, n);
	for (uint32_t r = 0; r < t->row_count; r++) {
		const char *const *row = t->cells + (size_t)r * t->column_count;
		if (!sub && part != UINT32_MAX && row[part][0])
			continue;
		for (unsigned i = 0; i < n; i++)
			aur_cell_str(o, !strcmp(names[i], "verdict") ? verdict(row[col[i]]) : row[col[i]]);
	}
	aur_table_free(o);
}

static int run(aur_args *a)
{
	aur_irr_options opt = AUR_IRR_OPTIONS;
	aur_book b;
	aur_error e = {0};
	aur_buf out = {0};
	aur_format f = aur_arg_format(a);
	const char *name = aur_arg(a, "table") ? aur_arg(a, "table") : "irritants";
	opt.k = (uint32_t)aur_arg_int(a, "k", 5, 0, 1000);
	if (aur_book_open(a, &opt, 0, &b, &e))
		return aur_failed(&e);
	int rc = EXIT_DONE;
	aur_arena arena = {0};
	aur_irr_table *t = NULL;
	uint32_t n = 0, i;
	if (f == FMT_JSON || f == FMT_JSONL) {
		if (aur_ledger_json(b.l, &out, &e))
			rc = aur_failed(&e);
	} else if (aur_irr_tables(b.l, &arena, &t, &n, &e)) {
		rc = aur_failed(&e);
	} else {
		for (i = 0; i < n && strcmp(t[i].name, name); i++)
			;
		if (i == n) {
			aur_buf names = {0};
			for (uint32_t k = 0; k < n; k++)
				aur_buf_printf(&names, "%s%s", k ? ", " : "", t[k].name);
			rc = aur_usage(a, _("there is no table « %s »; there are: %s"), name, aur_buf_cstr(&names));
			aur_buf_free(&names);
		} else if (f == FMT_TABLE && !aur_arg(a, "table")) {
			short_table(&t[i], aur_arg(a, "sub") != NULL);
			if (opt.k > 1)
				printf(_("counts of fewer than %u people are not shown (--k); « report » shows intervals, words and verbatims\n"), opt.k);
		} else {
			aur_irr_table_csv(&t[i], &out);
		}
	}
	fwrite(out.p ? (const char *)out.p : "", 1, out.n, stdout);
	if (out.n && out.p[out.n - 1] != '\n')
		putchar('\n');
	aur_irr_tables_free(t, n);
	aur_arena_free(&arena);
	aur_buf_free(&out);
	aur_book_close(&b);
	return rc;
}

const aur_verb verb_irritants = {"irritants", "[-d CORPUS]", N_("the ledger of recurring irritants"), opts, 0, 0, run};
