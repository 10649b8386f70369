/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <yajl/yajl_gen.h>
#include "cli/ask.h"
#include "cli/verbs.h"
#include "query/counts.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"count", 'c', NULL, N_("count instead of showing")},
			       {"by", 'b', N_("FIELD[,FIELD]"), N_("split the count by one or two fields; dates are split by day, date:month or date:year")},
			       {"order", 'o', N_("ORDER"), N_("score (BM25, the default where the query has words) or corpus")},
			       {"limit", 'n', N_("N"), N_("show at most N contributions, or rows of --by (default: 20 contributions in a table, all otherwise)")},
			       {"offset", 0, N_("N"), N_("leave out the first N")},
			       {"explain", 'e', NULL, N_("say how the query was understood")},
			       {NULL, 0, NULL, NULL}};

static int count_all(aur_ask *k, aur_format f, int words)
{
	aur_error e = {0};
	uint64_t n, occ = 0;
	if (aur_query_count(k->search, k->q, &n, words ? &occ : NULL, &e))
		return aur_ask_failed(k, &e);
	if (f == FMT_TABLE) {
		char part[2][64];
		aur_count_say(part[0], 1, occ);
		aur_count_say(part[1], 0, n);
		if (words)
			printf(_("%s in %s\n"), part[0], part[1]);
		else
			printf("%s\n", part[1]);
		return EXIT_DONE;
	}
	static const char *const names[] = {"count", "contributions"};
	aur_table *t = aur_table_new(f == FMT_JSON ? FMT_JSONL : f, names, NULL, 2);
	aur_cell_int(t, (long long)(words ? occ : n));
	aur_cell_int(t, (long long)n);
	aur_table_free(t);
	return EXIT_DONE;
}

static void count_row(aur_table *t, const aur_count_cell *c, aur_format f, int words)
{
	/* what names no word occurs nowhere: a machine is given its contributions, a person no number that looks like a frequency */
	if (words || f != FMT_TABLE)
		aur_cell_int(t, (long long)(words ? c->occurrences : c->contributions));
	else
		aur_cell_none(t);
	aur_cell_int(t, (long long)c->contributions);
	aur_cell_int(t, (long long)c->all_contributions);
	aur_cell_int(t, (long long)c->all_words);
	if (words && c->all_words)
		aur_cell_rate(t, 1e4 * (double)c->occurrences / (double)c->all_words, 4);
	else
		aur_cell_none(t);
	if (c->all_contributions)
		aur_cell_rate(t, 100.0 * (double)c->contributions / (double)c->all_contributions, 4);
	else
		aur_cell_none(t);
}

static int count(aur_args *a, aur_ask *k)
{
	aur_error e = {0};
	aur_counts r;
	aur_by split[2];
	uint32_t nf = 0;
	aur_format f = aur_arg_format(a);
	const char *by = aur_arg_joined(a, "by");
	uint32_t from = (uint32_t)aur_arg_int(a, "offset", 0, 0, INT32_MAX), most = (uint32_t)aur_arg_int(a, "limit", UINT32_MAX, 1, UINT32_MAX);
	int words = aur_query_has_words(k->q);
	if (by && aur_query_fields(k->search, by, split, &nf, &e))
		return aur_failed(&e);
	if (!nf)
		return count_all(k, f, words);
	if (aur_query_counts(k->search, k->q, split, nf, AUR_COUNT_ALL | (words ? AUR_COUNT_OCCURRENCES : 0), &r, &e))
		return aur_ask_failed(k, &e);
	char *name[2], *column[2];
	const char *names[8];
	static const char *const tail[] = {"count", "contributions", "of_contributions", "of_tokens", "per_10000_tokens", "percent"};
	static const char *const htail[] = {N_("occurrences"), N_("contributions"), N_("out of contributions"), N_("out of words"),
					    N_("per 10,000 words"), /* xgettext:no-c-format */ N_("% of contributions")};
	unsigned n = 0;
	for (; n < nf; n++) {
		aur_str s = aur_snapshot_field_name(k->s, split[n].field);
		name[n] = aur_xstrndup(s.ptr, s.len);
		names[n] = column[n] = aur_column_of(name[n], tail, f == FMT_TABLE ? 0 : 6);
	}
	for (unsigned i = 0; i < 6; i++, n++)
		names[n] = f == FMT_TABLE ? _(htail[i]) : tail[i];
	aur_table *t = aur_table_new(f, names, NULL, n);
	uint32_t rows = 0;
	for (uint32_t i = from; i < r.n && rows < most; i++, rows++) {
		for (uint32_t x = 0; x < nf; x++) {
			aur_str v = aur_by_text(k->s, &split[x], r.cell[i].part[x]);
			if (!v.len && f == FMT_TABLE)
				aur_cell_str(t, "–");
			else
				aur_cell(t, v.ptr, v.len);
		}
		count_row(t, &r.cell[i], f, words);
	}
	aur_table_free(t);
	if (f == FMT_TABLE && rows < r.n)
		printf(_("%u rows in all, %u shown\n"), r.n, rows);
	for (uint32_t x = 0; x < nf; x++) {
		if (f == FMT_TABLE)
			aur_stance_legend(name[x]);
		free(name[x]);
		free(column[x]);
	}
	return EXIT_DONE;
}

static void text_marked(const aur_doc *d, const aur_span *sp, uint32_t n, int colour)
{
	uint32_t at = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (sp[i].last >= d->ntok || d->start[sp[i].first] < at)
			continue;
		uint32_t from = d->start[sp[i].first];
		aur_show(d->text.ptr + at, from - at);
		fputs(colour ? "\033[1;33m" : "[", stdout);
		aur_show(d->text.ptr + from, d->end[sp[i].last] - from);
		fputs(colour ? "\033[0m" : "]", stdout);
		at = d->end[sp[i].last];
	}
	aur_show(d->text.ptr + at, d->text.len - at);
	putchar('\n');
}

static void as_json(aur_json j, aur_snapshot *s, uint32_t doc, const aur_doc *d, const float *score, const aur_span *sp, uint32_t n)
{
	aur_points p = {d->text.ptr, 0, 0};
	yajl_gen_map_open(j);
	aur_json_member(j, "id", d->id);
	aur_json_key(j, "score");
	if (score)
		aur_json_real(j, (double)*score, 6);
	else
		yajl_gen_null(j);
	aur_json_key(j, "fields");
	yajl_gen_map_open(j);
	aur_json_fields(j, s, doc);
	yajl_gen_map_close(j);
	aur_json_member(j, "text", d->text);
	aur_json_key(j, "spans");
	yajl_gen_array_open(j);
	for (uint32_t x = 0; x < n; x++) {
		if (sp[x].last >= d->ntok)
			continue;
		yajl_gen_array_open(j);
		aur_json_int(j, (long long)aur_point_at(&p, d->start[sp[x].first]));
		aur_json_int(j, (long long)aur_point_at(&p, d->end[sp[x].last]));
		yajl_gen_array_close(j);
	}
	yajl_gen_array_close(j);
	yajl_gen_map_close(j);
}

/* Where contributions are printed. */
struct printer {
	aur_ask *k;
	aur_format f;
	int colour;
	aur_json j;   /* FMT_JSON, FMT_JSONL */
	aur_table *t; /* FMT_CSV */
	uint32_t session; /* the field */
};

static void print_one(const struct printer *p, uint32_t doc, const aur_doc *d, const float *score, const aur_span *sp, uint32_t ns)
{
	aur_str session = aur_field_of(p->k->s, doc, p->session);
	if (p->j) {
		as_json(p->j, p->k->s, doc, d, score, sp, ns);
		aur_json_line(p->j);
	} else if (p->t) {
		aur_cell(p->t, d->id.ptr, d->id.len);
		if (score)
			aur_cell_real(p->t, (double)*score, 6);
		else
			aur_cell_none(p->t);
		aur_cell(p->t, session.ptr, session.len);
		aur_cell(p->t, d->text.ptr, d->text.len);
	} else {
		fputs(p->colour ? "\033[1m" : "", stdout);
		aur_show(d->id.ptr, d->id.len);
		fputs(p->colour ? "\033[0m" : "", stdout);
		fputs(session.len ? "  " : "", stdout);
		aur_show(session.ptr, session.len);
		fputs("\n  ", stdout);
		text_marked(d, sp, ns, p->colour);
	}
}

static int print_all(const struct printer *p, const aur_result *r, int words)
{
	aur_error e = {0};
	aur_doc d = {0};
	int rc = EXIT_DONE;
	/* the result is valid until the search is used again, as it is for the spans */
	uint32_t *doc = aur_xmalloc(r->n * sizeof *doc + 1);
	float *score = r->score ? aur_xmalloc(r->n * sizeof *score + 1) : NULL;
	if (r->n)
		memcpy(doc, r->doc, r->n * sizeof *doc);
	if (r->n && score)
		memcpy(score, r->score, r->n * sizeof *score);
	for (uint32_t i = 0, n = r->n; i < n && !rc; i++) {
		const aur_span *sp = NULL;
		uint32_t ns = 0;
		if (aur_ask_cancelled(&e) || aur_snapshot_doc(p->k->s, doc[i], &d, &e) ||
		    (words && aur_query_spans(p->k->search, p->k->q, doc[i], &sp, &ns, &e))) {
			rc = aur_ask_failed(p->k, &e);
			break;
		}
		if (p->f == FMT_JSON && i)
			putchar(',');
		print_one(p, doc[i], &d, score ? score + i : NULL, sp, ns);
	}
	free(doc);
	free(score);
	aur_doc_free(&d);
	return rc;
}

static int show(aur_args *a, aur_ask *k)
{
	aur_error e = {0};
	aur_result r;
	const char *order = aur_arg(a, "order");
	int words = aur_query_has_words(k->q);
	aur_format f = aur_arg_format(a);
	if (order && strcmp(order, "score") && strcmp(order, "corpus"))
		return aur_usage(a, _("--order takes score or corpus, not « %s »"), order);
	aur_want w = {.order = words && !(order && !strcmp(order, "corpus")) ? AUR_ORDER_SCORE : AUR_ORDER_CORPUS,
		      .offset = (uint32_t)aur_arg_int(a, "offset", 0, 0, INT32_MAX),
		      .limit = (uint32_t)aur_arg_int(a, "limit", f == FMT_TABLE ? 20 : UINT32_MAX, 1, UINT32_MAX), .total = 1};
	if (aur_query_run(k->search, k->q, &w, &r, &e))
		return aur_ask_failed(k, &e);
	static const char *const names[] = {"id", "score", "session", "text"};
	struct printer p = {.k = k, .f = f, .colour = f == FMT_TABLE && aur_colours(), .session = aur_snapshot_field(k->s, "session", 7)};
	p.j = f == FMT_JSON || f == FMT_JSONL ? aur_json_new() : NULL;
	p.t = f == FMT_CSV ? aur_table_new(f, names, NULL, 4) : NULL;
	if (f == FMT_JSON)
		putchar('[');
	uint64_t all = r.contributions;
	uint32_t shown = r.n;
	int rc = print_all(&p, &r, words);
	if (f == FMT_JSON)
		puts("]");
	if (f == FMT_TABLE && !rc) {
		char said[64];
		aur_count_say(said, 0, all);
		if (all && !shown)
			printf(ngettext("%s, %u shown\n", "%s, %u shown\n", shown), said, shown);
		else if (all > w.offset + (uint64_t)shown)
			printf(ngettext("%s; %u shown, --limit shows more\n", "%s; %u shown, --limit shows more\n", shown), said, shown);
		else
			printf("%s\n", said);
	}
	if (p.t)
		aur_table_free(p.t);
	if (p.j)
		aur_json_free(p.j);
	return rc;
}

static int run(aur_args *a)
{
	aur_ask k;
	int rc = aur_ask_open(a, a->arg[0], &k);
	if (rc)
		return rc;
	if (aur_arg(a, "explain")) {
		aur_buf b = {0};
		aur_query_print(k.q, &b);
		aur_say("%s", aur_buf_cstr(&b));
		aur_buf_free(&b);
	}
	rc = aur_arg(a, "count") || aur_arg(a, "by") ? count(a, &k) : show(a, &k);
	aur_ask_close(&k);
	return rc;
}

const aur_verb verb_search = {"search", N_("[-d CORPUS] QUERY"), N_("contributions that answer a query, shown or counted"), opts, 1, 1, run};
