/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <inttypes.h>
#include <stdlib.h>
#include "cli/ask.h"
#include "cli/verbs.h"
#include "query/frequencies.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"layer", 'l', N_("LAYER"), N_("form (default), lower, fold, stem, lemma")},
			       {"by", 'b', N_("FIELD[,FIELD]"), N_("split by one or two fields: session, stance, territoire, date:month…")},
			       {"ngrams", 'g', N_("N"), N_("sequences of N words, 1 (default) to 5")},
			       {"min", 'm', N_("N"), N_("leave out what occurs less often (default 1)")},
			       {"limit", 'n', N_("N"), N_("at most N words, or sequences (default: 50 in a table, all otherwise)")},
			       {"offset", 0, N_("N"), N_("leave out the first N")},
			       {NULL, 0, NULL, NULL}};

static void all(const aur_freqs *r, aur_format f)
{
	static const char *const names[] = {"shown", "value", "count", "contributions", "per_10000_tokens"};
	static const char *const heads[] = {N_("words"), N_("value"), N_("occurrences"), N_("contributions"), N_("per 10,000 words")};
	aur_table *t = aur_table_new(f, names, heads, 5);
	for (uint32_t i = 0; i < r->n; i++) {
		aur_cell(t, r->row[i].shown.ptr, r->row[i].shown.len);
		aur_cell(t, r->row[i].value.ptr, r->row[i].value.len);
		aur_cell_int(t, (long long)r->row[i].occurrences);
		aur_cell_int(t, r->row[i].contributions);
		aur_cell_rate(t, r->words ? 1e4 * (double)r->row[i].occurrences / (double)r->words : 0, 4);
	}
	aur_table_free(t);
}

/* A column for each part: occurrences. */
static void matrix(const aur_ask *k, const aur_freqs *r, const aur_by *by, int values)
{
	uint32_t n = 0, from = values ? 2 : 1;
	const char **names = aur_xcalloc(r->nparts + 3, sizeof *names);
	aur_buf cut = {0}, name = {0};
	names[n++] = _("words");
	if (values)
		names[n++] = _("value");
	for (uint32_t p = 0; p < r->nparts; p++) {
		aur_str v = aur_by_text(k->s, by, r->part[p].part[0]);
		cut.n = name.n = 0;
		aur_shortened(&cut, v.len ? v.ptr : "–", v.len ? v.len : strlen("–"), 60);
		aur_calm(&name, (const char *)cut.p, cut.n, 0);
		names[n++] = aur_xstrdup(aur_buf_cstr(&name));
	}
	names[n++] = _("all");
	aur_buf_free(&cut);
	aur_buf_free(&name);
	aur_table *t = aur_table_new(FMT_TABLE, names, NULL, n);
	for (uint32_t i = 0; i < r->n; i++) {
		aur_cell(t, r->row[i].shown.ptr, r->row[i].shown.len);
		if (values)
			aur_cell(t, r->row[i].value.ptr, r->row[i].value.len);
		for (uint32_t p = 0; p < r->nparts; p++)
			aur_cell_int(t, (long long)r->row[i].cell[p].occurrences);
		aur_cell_int(t, (long long)r->row[i].occurrences);
	}
	aur_cell_str(t, _("(all words)")); /* no word has parentheses */
	if (values)
		aur_cell_none(t);
	for (uint32_t p = 0; p < r->nparts; p++)
		aur_cell_int(t, (long long)r->part[p].words);
	aur_cell_int(t, (long long)r->words);
	aur_table_free(t);
	for (uint32_t p = 0; p < r->nparts; p++)
		free((void *)(uintptr_t)names[from + p]);
	free(names);
}

/* A row for each word and part; zeros for machines only, as of themes. */
static void rows(const aur_ask *k, const aur_freqs *r, const aur_by *by, uint32_t nby, aur_format f)
{
	static const char *const own[] = {"shown", "value", "count", "contributions", "of_tokens", "per_10000_tokens"};
	static const char *const heads[] = {N_("words"), N_("value"), N_("occurrences"), N_("contributions"), N_("out of words"), N_("per 10,000 words")};
	const char *names[8];
	char *column[2] = {NULL, NULL};
	unsigned n = 0;
	for (unsigned i = 0; i < 6; i++) {
		names[n++] = f == FMT_TABLE ? _(heads[i]) : own[i];
		for (uint32_t b = 0; i == 1 && b < nby; b++) {
			aur_str field = aur_snapshot_field_name(k->s, by[b].field);
			char *name = aur_xstrndup(field.ptr, field.len);
			names[n++] = column[b] = aur_column_of(name, own, f == FMT_TABLE ? 0 : 6);
			free(name);
		}
	}
	aur_table *t = aur_table_new(f, names, NULL, n);
	for (uint32_t i = 0; i < r->n; i++)
		for (uint32_t p = 0; p < r->nparts; p++) {
			const aur_freq_cell *c = &r->row[i].cell[p];
			if (!c->occurrences && f == FMT_TABLE)
				continue;
			aur_cell(t, r->row[i].shown.ptr, r->row[i].shown.len);
			aur_cell(t, r->row[i].value.ptr, r->row[i].value.len);
			for (uint32_t b = 0; b < nby; b++) {
				aur_str v = aur_by_text(k->s, &by[b], r->part[p].part[b]);
				if (!v.len && f == FMT_TABLE)
					aur_cell_str(t, "–");
				else
					aur_cell(t, v.ptr, v.len);
			}
			aur_cell_int(t, (long long)c->occurrences);
			aur_cell_int(t, c->contributions);
			aur_cell_int(t, (long long)r->part[p].words);
			aur_cell_rate(t, r->part[p].words ? 1e4 * (double)c->occurrences / (double)r->part[p].words : 0, 4);
		}
	aur_table_free(t);
	free(column[0]);
	free(column[1]);
}

static void print(const aur_ask *k, const aur_freqs *r, const aur_freq_want *w, aur_format f)
{
	if (!w->nby)
		all(r, f);
	else if (f == FMT_TABLE && w->nby == 1 && r->nparts <= 12)
		matrix(k, r, &w->by[0], w->layer >= 0);
	else
		rows(k, r, w->by, w->nby, f);
	if (f != FMT_TABLE)
		return;
	printf(_("%" PRIu64 " rows in all; %" PRIu64 " words in %u contributions\n"), r->rows, r->words, r->contributions);
	if (w->nby && r->n)
		aur_remark(_("small counts are shown here, and may identify somebody: this table is not for publication"));
	for (uint32_t b = 0; b < w->nby; b++) {
		aur_str field = aur_snapshot_field_name(k->s, w->by[b].field);
		char *name = aur_xstrndup(field.ptr, field.len);
		aur_stance_legend(name);
		free(name);
	}
}

static int run(aur_args *a)
{
	aur_ask k;
	aur_error e = {0};
	aur_freqs r;
	aur_by by[2];
	uint32_t nby = 0;
	aur_format f = aur_arg_format(a);
	int rc = aur_ask_open(a, a->narg ? a->arg[0] : NULL, &k);
	if (rc)
		return rc;
	if (aur_arg(a, "by") && aur_query_fields(k.search, aur_arg_joined(a, "by"), by, &nby, &e)) {
		aur_ask_close(&k);
		return aur_failed(&e);
	}
	aur_freq_want w = {.layer = aur_ask_layer(a, &k, -1), .n = (uint32_t)aur_arg_int(a, "ngrams", 1, 1, 5),
			   .min = (uint64_t)aur_arg_int(a, "min", 1, 1, INT32_MAX), .offset = (uint32_t)aur_arg_int(a, "offset", 0, 0, INT32_MAX),
			   .limit = (uint32_t)aur_arg_int(a, "limit", f == FMT_TABLE ? 50 : UINT32_MAX, 1, UINT32_MAX), .among = k.q, .by = by, .nby = nby};
	if (w.layer == -2)
		rc = EXIT_USAGE;
	else if (aur_query_frequencies(k.search, &w, &r, &e))
		rc = aur_ask_failed(&k, &e);
	else
		print(&k, &r, &w, f);
	aur_ask_close(&k);
	return rc;
}

const aur_verb verb_frequencies = {"frequencies", N_("[-d CORPUS] [--by FIELD[,FIELD]] [QUERY]"), N_("how often words, and sequences of words, occur"), opts, 0, 1, run};
