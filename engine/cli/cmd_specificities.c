/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <inttypes.h>
#include <stdlib.h>
#include "cli/ask.h"
#include "cli/verbs.h"
#include "query/counts.h"
#include "query/specificities.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"by", 'b', N_("FIELD[,FIELD]"), N_("the field whose values are compared, or two fields, whose pairs of values are (default: session)")},
			       {"value", 0, N_("VALUE"), N_("one value of the first field only")},
			       {"layer", 'l', N_("LAYER"), N_("form, lower, fold, stem (default: the default layer), lemma")},
			       {"measure", 0, N_("NAME"), N_("lafon (default), chi2, chi2-yates, chi2-quanteda, g2, g2-rayson, g2-williams, g2-quanteda")},
			       {"min", 'm', N_("N"), N_("leave out words that occur less often in all (default 2)")},
			       {"max-q", 0, N_("Q"), N_("leave out rows above this q-value (Benjamini-Hochberg; default 1: none)")},
			       {"min-size", 0, N_("S"), N_("leave out rows whose measure is smaller, signs aside (default: 2 in a table, 0 otherwise)")},
			       {"limit", 'n', N_("N"), N_("rows per part and sign (default: 10 in a table, all otherwise)")},
			       {NULL, 0, NULL, NULL}};

static int real(const aur_args *a, const char *name, double dflt, double *out)
{
	const char *s = aur_arg(a, name);
	char *end;
	*out = dflt;
	if (!s)
		return 0;
	*out = strtod(s, &end);
	return !*s || *end ? aur_usage(a, _("--%s takes a number, not « %s »"), name, s) : 0;
}

struct printing {
	aur_snapshot *s;
	const aur_by *by;
	uint32_t nby;
	const char *names[12]; /* of the columns */
	aur_table *table;
	aur_format format;
	const char *variant;
	uint64_t rows;
};

/* Not before there is an answer, so that a failure prints nothing else. */
static void begin(struct printing *t)
{
	static const char *const own[] = {"part", "part2", "shown", "value", "k", "F", "n", "N", "measure", "p", "q", "variant"};
	static const char *const heads[] = {N_("part"), N_("part"), N_("word"), N_("value"), "k", "F", "n", "N", N_("measure"), "p", "q"};
	unsigned n = 0;
	if (t->table)
		return;
	for (unsigned i = 0; i < (t->format == FMT_TABLE ? 11 : 12); i++)
		if (i != 1 || t->nby == 2)
			t->names[n++] = t->format == FMT_TABLE ? _(heads[i]) : own[i];
	t->table = aur_table_new(t->format, t->names, NULL, n);
}

static int on_row(void *ctx, const aur_spec_row *x)
{
	struct printing *t = ctx;
	begin(t);
	for (uint32_t i = 0; i < t->nby; i++) {
		aur_str part = aur_by_text(t->s, &t->by[i], x->part[i]);
		if (!part.len && t->format == FMT_TABLE)
			aur_cell_str(t->table, "–");
		else
			aur_cell(t->table, part.ptr, part.len);
	}
	aur_cell(t->table, x->shown.ptr, x->shown.len);
	aur_cell(t->table, x->value.ptr, x->value.len);
	aur_cell_int(t->table, (long long)x->k);
	aur_cell_int(t->table, (long long)x->F);
	aur_cell_int(t->table, (long long)x->n);
	aur_cell_int(t->table, (long long)x->N);
	aur_cell_rate(t->table, x->measure, 10);
	aur_cell_log10(t->table, x->log10_p);
	aur_cell_log10(t->table, x->log10_q);
	if (t->format != FMT_TABLE)
		aur_cell_str(t->table, t->variant);
	t->rows++;
	return 1;
}

static int run(aur_args *a)
{
	aur_ask k;
	aur_error e = {0};
	uint64_t tested = 0, rows = 0;
	aur_format f = aur_arg_format(a);
	const char *by = aur_arg(a, "by") ? aur_arg_joined(a, "by") : "session", *v = aur_arg(a, "value");
	const char *name = aur_arg(a, "measure") ? aur_arg(a, "measure") : "lafon";
	int rc = aur_ask_open(a, a->narg ? a->arg[0] : NULL, &k), measure = aur_spec_measure_of(name);
	if (rc)
		return rc;
	aur_spec_want w = {.layer = aur_ask_layer(a, &k, (int)aur_snapshot_default_layer(k.s)), .among = k.q,
			   .min = (uint64_t)aur_arg_int(a, "min", 2, 1, INT32_MAX),
			   .limit = (uint32_t)aur_arg_int(a, "limit", f == FMT_TABLE ? 10 : UINT32_MAX, 1, UINT32_MAX)};
	if (w.layer == -2)
		rc = EXIT_USAGE;
	else if (measure < 0)
		rc = aur_usage(a, _("--measure takes lafon, chi2, chi2-yates, chi2-quanteda, g2, g2-rayson, g2-williams or g2-quanteda, not « %s »"), name);
	else if (aur_query_fields(k.search, by, w.by, &w.nby, &e) || (v && aur_query_value(k.search, &w.by[0], v, &w.value, &e)))
		rc = aur_usage(a, "%s", e.text);
	w.measure = measure < 0 ? AUR_SPEC_LAFON : (aur_spec_measure)measure;
	if (!rc)
		rc = real(a, "max-q", 1, &w.max_q);
	if (!rc)
		rc = real(a, "min-size", f == FMT_TABLE ? 2 : 0, &w.min_size);
	if (!rc) {
		struct printing t = {.s = k.s, .by = w.by, .nby = w.nby, .format = f, .variant = name};
		aur_code c = aur_query_specificities(k.search, &w, on_row, &t, &tested, &e);
		if (!c)
			begin(&t);
		if (t.table)
			aur_table_free(t.table);
		rc = c ? aur_ask_failed(&k, &e) : 0;
		rows = t.rows;
	}
	if (!rc) {
		if (f == FMT_TABLE)
			printf(_("measure: %s; %" PRIu64 " words × parts tested; q: Benjamini-Hochberg over all of them\n"),
			       aur_spec_measure_says(w.measure), tested);
		if (f == FMT_TABLE && !tested)
			aur_remark(_("nothing was tested: a test needs two parts at least (--by names another field), and words that occur as often as --min asks"));
		else if (f == FMT_TABLE && !rows)
			aur_remark(_("no word is as specific to a part as --max-q and --min-size ask: « --min-size 0 » shows all that were tested"));
	}
	aur_ask_close(&k);
	return rc;
}

const aur_verb verb_specificities = {"specificities", N_("[-d CORPUS] [--by FIELD[,FIELD]] [QUERY]"), N_("the words of each part of a corpus"), opts, 0, 1, run};
