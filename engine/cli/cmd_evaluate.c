/* SPDX-License-Identifier: Apache-2.0 */
/* evaluate: the lexicons against contributions that people coded by hand. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "cli/reader_opts.h"
#include "cli/verbs.h"
#include "lexicon/score.h"
#include "lexicon/walk.h"
#include "pipeline/flow.h"
#include "text/fold.h"

#define LEVEL 0.95
#define PROOF_SHOWN 100u /* bytes of what was found and its entry, where a person reads it */

static const aur_opt opts[] = {AUR_OPT_FORMAT,
			       {"pipeline", 'p', N_("FILE"), N_("another pipeline.xml")},
			       {"misses", 'm', NULL, N_("list what was missed and what was found by mistake, with the text")},
			       {"confusions", 'c', NULL, N_("list each missed theme with the one found by mistake in its place")},
			       {"agreement", 'a', NULL, N_("how far the two coders agree, by theme (the table format shows it after the scores)")},
			       {"second", '2', N_("FILE"), N_("the coding of a second person, joined by id (else: columns themes2 and nies2)")},
			       {"themes", 0, N_("COLUMN"), N_("the column of the themes that are asserted (default: themes)")},
			       {"denied", 0, N_("COLUMN"), N_("the column of the themes that are denied (default: nies)")},
			       AUR_OPTS_READER,
			       {NULL, 0, NULL, NULL}};

struct item {
	char *id, *text;
};
struct proof { /* what was found in a contribution, and by which entry */
	uint32_t item, theme;
	char *text;
};
struct job {
	aur_chain *chain;
	aur_board board;
	struct item *item;
	uint32_t nitem, cap_item;
	struct proof *proof;
	size_t nproof, cap_proof;
	const char *column[SCORE_PARTIES][2]; /* asserted, denied: canonical names */
	int has[SCORE_PARTIES]; /* bits: codes that are asserted, that are denied */
	uint8_t *coded; /* by item: the second coder saw it */
	uint32_t cap_coded, *sorted, unknown;
	int second; /* reading the second file */
	int failed;
};

static void on_failed(void *ctx, const char *file, const aur_error *e)
{
	(void)file;
	((struct job *)ctx)->failed = 1;
	aur_say_error(e);
}

/* Puts down the codes of a party that the fields of a contribution hold. */
static void codes(struct job *j, aur_flow *f, const aur_contribution *c, unsigned columns, unsigned party, uint32_t item)
{
	int there = 0;
	for (uint32_t i = 0; i < c->nfields; i++) {
		aur_str name = aur_flow_field_name(f, c->field[i]);
		for (int k = 0; k < 2; k++) {
			const char *want = j->column[columns][k];
			if (strlen(want) != name.len || memcmp(want, name.ptr, name.len))
				continue;
			there |= 1 << k;
			aur_board_codes(&j->board, party, item, c->value[i].ptr, c->value[i].len, k ? SCORE_DENIED : SCORE_ASSERTED);
		}
	}
	j->has[party] |= there;
}

static int by_id(const void *x, const void *y, void *ctx)
{
	const struct job *j = ctx;
	return strcmp(j->item[*(const uint32_t *)x].id, j->item[*(const uint32_t *)y].id);
}

static uint32_t item_of(const struct job *j, aur_str id)
{
	uint32_t lo = 0, hi = j->nitem;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		const char *s = j->item[j->sorted[mid]].id;
		size_t n = strlen(s), k = n < id.len ? n : id.len;
		int d = memcmp(s, id.ptr, k);
		if (!d && n == id.len)
			return j->sorted[mid];
		if (d < 0 || (!d && n < id.len))
			lo = mid + 1;
		else
			hi = mid;
	}
	return AUR_NONE;
}

static aur_code one(void *ctx, aur_flow *f, const aur_contribution *c, aur_error *err)
{
	struct job *j = ctx;
	aur_analysis x;
	if (j->second) {
		uint32_t item = item_of(j, c->id);
		if (item == AUR_NONE) {
			j->unknown++;
			return AURE_OK;
		}
		codes(j, f, c, SCORE_GOLD, SCORE_SECOND, item);
		j->coded[item] = 1;
		return AURE_OK;
	}
	AUR_GROW(j->item, j->nitem, j->cap_item);
	uint32_t item = j->nitem++;
	j->item[item] = (struct item){aur_xstrndup(c->id.ptr, c->id.len), aur_xstrndup(c->text.ptr, c->text.len)};
	if (item >= j->cap_coded) {
		j->cap_coded = item * 2 + 64;
		j->coded = aur_xrealloc(j->coded, j->cap_coded);
	}
	codes(j, f, c, SCORE_GOLD, SCORE_GOLD, item);
	codes(j, f, c, SCORE_SECOND, SCORE_SECOND, item);
	j->coded[item] = 1; /* a column with an empty cell: coded, and nothing seen */
	aur_analyst_get(c->analyst, c->index, &x);
	for (uint32_t i = 0; i < x.nhits; i++) {
		const aur_hit_rec *h = &x.hit[i];
		aur_label l;
		aur_code rc = aur_chain_label(j->chain, x.hit_annotator[i], h->label, &l, err);
		if (rc)
			return rc;
		uint32_t t = aur_board_theme(&j->board, l.theme.ptr, l.theme.len);
		if (t == AUR_NONE)
			continue;
		aur_board_say(&j->board, SCORE_FOUND, item, t, h->polarity == AUR_NEGATED ? SCORE_DENIED : SCORE_ASSERTED);
		aur_buf b = {0};
		aur_buf_printf(&b, "%.*s [%.*s]", (int)(x.end[h->last] - x.start[h->first]), x.text.ptr + x.start[h->first], (int)l.entry.len,
			       l.entry.ptr);
		AUR_GROW(j->proof, j->nproof, j->cap_proof);
		j->proof[j->nproof++] = (struct proof){item, t, aur_buf_cstr(&b)};
	}
	return AURE_OK;
}

static void interval(aur_table *t, aur_format f, aur_interval v)
{
	if (f != FMT_TABLE) {
		aur_cell_real(t, v.value, 4);
		aur_cell_real(t, v.low, 4);
		aur_cell_real(t, v.high, 4);
	} else if (isnan(v.value)) {
		aur_cell_none(t);
	} else {
		aur_cell_str(t, aur_written("%.3f [%.2f–%.2f]", v.value, v.low, v.high));
	}
}

static void score_row(aur_table *t, aur_format f, const char *name, const aur_score *s)
{
	aur_cell_str(t, name);
	aur_cell_int(t, (long long)(s->tp + s->fn));
	aur_cell_int(t, (long long)(s->tp + s->fp));
	aur_cell_int(t, (long long)s->tp);
	aur_cell_int(t, (long long)s->fp);
	aur_cell_int(t, (long long)s->fn);
	interval(t, f, s->precision);
	interval(t, f, s->recall);
	interval(t, f, s->f1);
	aur_cell_int(t, (long long)s->denied);
	aur_cell_int(t, (long long)s->denied_right);
	aur_cell_int(t, (long long)s->denied_asserted);
	interval(t, f, s->polarity);
}

static void scores(const struct job *j, aur_format f)
{
	static const char *const names[] = {"theme", "coded", "found", "right", "false", "missed", "precision", "precision_low", "precision_high", "recall",
					    "recall_low", "recall_high", "f1", "f1_low", "f1_high", "denied", "denied_right", "denied_asserted", "polarity",
					    "polarity_low", "polarity_high"};
	static const char *const heads[] = {N_("theme"), N_("coded"), N_("found"), N_("right"), N_("false"), N_("missed"), N_("precision"), N_("recall"), "F1",
					    N_("denied"), N_("found denied"), N_("found asserted"), N_("polarity")};
	aur_table *t = aur_table_new(f, names, heads, f == FMT_TABLE ? 13 : 21);
	aur_score s;
	double mp, mr, mf;
	for (uint32_t k = 0; k < j->board.themes; k++) {
		aur_score_theme(&j->board, k, LEVEL, &s);
		if (s.tp + s.fp + s.fn + s.denied)
			score_row(t, f, j->board.theme[k], &s);
	}
	aur_score_all(&j->board, LEVEL, &s, &mp, &mr, &mf);
	score_row(t, f, f == FMT_TABLE ? _("all (micro)") : "(micro)", &s);
	aur_cell_str(t, f == FMT_TABLE ? _("mean of themes (macro)") : "(macro)");
	for (int k = 0; k < 5; k++)
		aur_cell_none(t);
	const double m[] = {mp, mr, mf};
	for (int k = 0; k < 3; k++) {
		aur_cell_real(t, m[k], f == FMT_TABLE ? 3 : 4);
		for (int e = 0; f != FMT_TABLE && e < 2; e++)
			aur_cell_none(t);
	}
	for (int k = 0; k < (f == FMT_TABLE ? 4 : 6); k++)
		aur_cell_none(t);
	aur_table_free(t);
	if (f == FMT_TABLE)
		printf(ngettext("%u contribution; intervals at %.0f %% (Wilson)\n", "%u contributions; intervals at %.0f %% (Wilson)\n", j->board.items),
		       j->board.items, 100 * LEVEL);
}

/* A code that no lexicon has is most likely misspelt; one of a part is not measured as such. */
static void strangers(const struct job *j)
{
	for (uint32_t t = 0; t < j->board.themes; t++) {
		const char *code = j->board.theme[t];
		size_t n = strlen(code);
		int known = 0;
		for (unsigned k = 0; k < j->chain->nann && !known; k++) {
			uint32_t labels = aur_chain_labels(j->chain, k);
			aur_label l;
			for (uint32_t i = 0; i < labels && !known; i++)
				known = aur_walk_label(j->chain, k, i, &l) && l.theme.len >= n && !memcmp(l.theme.ptr, code, n) &&
					(l.theme.len == n || l.theme.ptr[n] == '.');
		}
		if (!known && strpbrk(code, ",;"))
			aur_remark(_("no lexicon has a theme « %s »: several codes are joined by a bar, as in bus|train"), code);
		else if (!known)
			aur_remark(_("no lexicon has a theme « %s »; « auricule lexicon coverage » lists them"), code);
	}
	if (j->board.part)
		aur_remark(_("only whole themes are measured, not their parts: « %s » counts as its theme, which is found wherever one of its parts is"), j->board.part);
}

enum { MISSED, MISSED_DENIED, FALSE, FALSE_DENIED, DENIAL_MISSED, FAULTS };

/* What is wrong with a theme of a contribution; FAULTS: nothing. */
static unsigned fault_of(const struct job *j, uint32_t item, uint32_t theme)
{
	unsigned g = aur_board_at(&j->board, SCORE_GOLD, item, theme), s = aur_board_at(&j->board, SCORE_FOUND, item, theme);
	if (g == SCORE_ASSERTED && s != SCORE_ASSERTED)
		return s == SCORE_DENIED ? MISSED_DENIED : MISSED;
	if (g != SCORE_ASSERTED && s == SCORE_ASSERTED)
		return g == SCORE_DENIED ? FALSE_DENIED : FALSE;
	return g == SCORE_DENIED && s == SCORE_ABSENT ? DENIAL_MISSED : FAULTS;
}

/* The words that were found for a theme of a contribution, each with its entry. */
static void found_for(const struct job *j, uint32_t item, uint32_t theme, size_t most, aur_buf *out)
{
	size_t from = 0, to = j->nproof; /* they stand in the order of the contributions */
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (j->proof[mid].item < item)
			from = mid + 1;
		else
			to = mid;
	}
	out->n = 0;
	for (size_t p = from; p < j->nproof && j->proof[p].item == item; p++)
		if (j->proof[p].theme == theme) {
			aur_buf_str(out, out->n ? " ; " : "");
			aur_shortened(out, j->proof[p].text, strlen(j->proof[p].text), most);
		}
	aur_buf_cstr(out);
}

/* To be read: by theme and by fault, each with its words and its text. */
static void misses_read(const struct job *j)
{
	static const char *const faults[] = {N_("missed"), N_("missed: taken as denied"), N_("false"), N_("false: it is denied"), N_("denial missed")};
	aur_buf b = {0};
	for (uint32_t k = 0; k < j->board.themes; k++) {
		uint64_t n[FAULTS + 1] = {0};
		for (uint32_t i = 0; i < j->board.items; i++)
			n[fault_of(j, i, k)]++;
		for (unsigned x = 0; x < FAULTS; x++) {
			if (!n[x])
				continue;
			aur_showf(_("%s, %s (%llu)\n"), j->board.theme[k], _(faults[x]), (unsigned long long)n[x]);
			for (uint32_t i = 0; i < j->board.items; i++) {
				if (fault_of(j, i, k) != x)
					continue;
				b.n = 0;
				aur_calm(&b, j->item[i].text, strlen(j->item[i].text), 0);
				aur_showf("  %s  %s\n", j->item[i].id, aur_buf_cstr(&b));
				found_for(j, i, k, PROOF_SHOWN, &b);
				if (b.n)
					aur_showf("    → %s\n", (char *)b.p);
			}
		}
	}
	aur_buf_free(&b);
}

static void misses(const struct job *j, aur_format f)
{
	static const char *const names[] = {"id", "theme", "fault", "found", "text"};
	static const char *const codes_[] = {"missed", "missed-denied", "false", "false-denied", "denial-missed"};
	aur_buf b = {0};
	if (f == FMT_TABLE) {
		misses_read(j);
		return;
	}
	aur_table *t = aur_table_new(f, names, NULL, 5);
	for (uint32_t i = 0; i < j->board.items; i++)
		for (uint32_t k = 0; k < j->board.themes; k++) {
			unsigned fault = fault_of(j, i, k);
			if (fault == FAULTS)
				continue;
			found_for(j, i, k, SIZE_MAX, &b);
			aur_cell_str(t, j->item[i].id);
			aur_cell_str(t, j->board.theme[k]);
			aur_cell_str(t, codes_[fault]);
			aur_cell(t, (char *)b.p, b.n);
			aur_cell_str(t, j->item[i].text);
		}
	aur_buf_free(&b);
	aur_table_free(t);
}

struct pair {
	uint64_t n;
	uint32_t missed, found;
};

static int by_count(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return a->missed != b->missed ? (a->missed < b->missed ? -1 : 1) : a->found < b->found ? -1 : a->found > b->found;
}

static int is_confused(const struct job *j, uint32_t item, uint32_t missed, uint32_t found)
{
	unsigned x = fault_of(j, item, missed), y = fault_of(j, item, found);
	return (x == MISSED || x == MISSED_DENIED) && (y == FALSE || y == FALSE_DENIED);
}

/* Which theme is missed where which other one is found by mistake. */
static void confusions(const struct job *j, aur_format f)
{
	static const char *const names[] = {"missed", "found", "contributions", "ids"};
	static const char *const heads[] = {N_("missed"), N_("found instead"), N_("contributions"), N_("ids")};
	uint32_t n = j->board.themes;
	struct pair *p = aur_xcalloc((size_t)n * n + 1, sizeof *p);
	for (uint32_t a = 0; a < n; a++)
		for (uint32_t b = 0; b < n; b++) {
			struct pair *x = &p[(size_t)a * n + b];
			*x = (struct pair){0, a, b};
			for (uint32_t i = 0; i < j->board.items; i++)
				x->n += is_confused(j, i, a, b) != 0;
		}
	if (n)
		qsort(p, (size_t)n * n, sizeof *p, by_count);
	aur_table *t = aur_table_new(f, names, heads, 4);
	for (size_t k = 0; k < (size_t)n * n && p[k].n; k++) {
		aur_buf ids = {0};
		for (uint32_t i = 0; i < j->board.items; i++)
			if (is_confused(j, i, p[k].missed, p[k].found))
				aur_buf_printf(&ids, "%s%s", ids.n ? " " : "", j->item[i].id);
		aur_cell_str(t, j->board.theme[p[k].missed]);
		aur_cell_str(t, j->board.theme[p[k].found]);
		aur_cell_int(t, (long long)p[k].n);
		aur_cell(t, (char *)ids.p, ids.n);
		aur_buf_free(&ids);
	}
	aur_table_free(t);
	free(p);
}

static aur_code agreement(const struct job *j, aur_format f, aur_error *err)
{
	static const char *const names[] = {"theme", "units", "first", "second", "observed", "kappa", "alpha", "ac1"};
	static const char *const heads[] = {N_("theme"), N_("units"), N_("first coder"), N_("second coder"), N_("observed"), "κ (Cohen)",
					    "α (Krippendorff)", "AC1 (Gwet)"};
	aur_table *t = aur_table_new(f, names, heads, 8);
	aur_code c = AURE_OK;
	for (uint32_t k = 0; k <= j->board.themes && !c; k++) {
		aur_accord a;
		int all = k == j->board.themes;
		c = aur_score_accord(&j->board, all ? AUR_NONE : k, j->coded, &a, err);
		if (c || (!all && !a.first && !a.second))
			continue;
		aur_cell_str(t, !all ? j->board.theme[k] : f == FMT_TABLE ? _("all (contribution × theme)") : "(all)");
		aur_cell_int(t, (long long)a.n);
		aur_cell_int(t, (long long)a.first);
		aur_cell_int(t, (long long)a.second);
		aur_cell_real(t, a.observed, 4);
		aur_cell_real(t, a.kappa, 4);
		aur_cell_real(t, a.alpha, 4);
		aur_cell_real(t, a.ac1, 4);
	}
	aur_table_free(t);
	return c;
}

static aur_code read_all(struct job *j, const aur_args *a, aur_config *conf, aur_error *e)
{
	aur_flow_options o = {.reader = aur_arg(a, "reader"), .conf = conf, .threads = (unsigned)aur_arg_int(a, "threads", 0, 0, 64)};
	aur_flow_calls calls = {j, one, aur_pass_session, aur_pass_property, aur_pass_note, aur_pass_refused, NULL};
	aur_flow_stats st;
	const char *second = aur_arg(a, "second"), *named = aur_arg(a, "themes");
	named = named ? named : j->column[SCORE_GOLD][0];
	aur_code c = aur_flow_run(j->chain, (const char *const *)a->arg, (unsigned)a->narg, &o, &calls, on_failed, &st, e);
	aur_reader_left_aside(conf, &st);
	if (c || j->failed)
		return c;
	if (!j->has[SCORE_GOLD] || (j->has[SCORE_GOLD] == 2 && !aur_arg(a, "denied")))
		return aur_fail(e, AURE_DATA, _("%s has no column « %s », or no code in it: a coded file has columns id, texte, themes and nies, with codes separated by « | »; --themes names another column, and --denied nies says that all codes are denied ones"),
				a->arg[0], named);
	if (j->has[SCORE_GOLD] == 2)
		aur_remark(_("note: no contribution has a code in « %s », only denied ones: whatever is found and not denied counts as false"), named);
	j->sorted = aur_xcalloc((size_t)j->nitem + 1, sizeof *j->sorted);
	for (uint32_t i = 0; i < j->nitem; i++)
		j->sorted[i] = i;
	qsort_r(j->sorted, j->nitem, sizeof *j->sorted, by_id, j);
	uint32_t again = 0, which = 0;
	for (uint32_t i = 1; i < j->nitem; i++)
		if (!by_id(&j->sorted[i - 1], &j->sorted[i], j) && !again++)
			which = j->sorted[i];
	if (again)
		aur_remark(ngettext("%u contribution has the same id as another (%s): both are counted, so if they are one, it counts twice",
				    "%u contributions have the same id as another (%s): all are counted, so if two are one, it counts twice", again),
			   again, j->item[which].id);
	if (!second)
		return AURE_OK;
	if (j->nitem)
		memset(j->coded, 0, j->nitem);
	j->second = 1;
	c = aur_flow_run(j->chain, &second, 1, &o, &calls, on_failed, &st, e);
	if (!c && !j->failed && !j->has[SCORE_SECOND])
		return aur_fail(e, AURE_DATA, _("%s has no column « %s »: the second coder's file has columns id, texte, themes and nies as the first"), second,
				named);
	if (!c && j->unknown)
		aur_say(ngettext("%s: %u contribution has an id that the first file does not have; it is left out",
				 "%s: %u contributions have an id that the first file does not have; they are left out", j->unknown),
			second, j->unknown);
	return c;
}

static int run(aur_args *a)
{
	struct job j = {0};
	aur_format f = aur_arg_format(a);
	aur_config conf = {0};
	aur_error e = {0};
	const char *th = aur_arg(a, "themes"), *no = aur_arg(a, "denied");
	aur_buf named[2] = {{0}, {0}};
	int rc = aur_reader_config(a, &conf);
	if (rc)
		return rc;
	/* as a reader names the field of a column: « Thèmes codés » is themes-codes */
	if (th)
		aur_text_name(&named[0], th, strlen(th));
	if (no)
		aur_text_name(&named[1], no, strlen(no));
	j.column[SCORE_GOLD][0] = th ? aur_buf_cstr(&named[0]) : "themes";
	j.column[SCORE_GOLD][1] = no ? aur_buf_cstr(&named[1]) : "nies";
	j.column[SCORE_SECOND][0] = "themes2";
	j.column[SCORE_SECOND][1] = "nies2";
	aur_code c = aur_chain_open(aur_arg(a, "pipeline"), NULL, AUR_CHAIN_ALL, &j.chain, &e);
	if (!c)
		c = read_all(&j, a, &conf, &e);
	if (!c && !j.failed) {
		j.board.items = j.nitem;
		uint32_t *of = aur_board_close(&j.board);
		for (size_t i = 0; i < j.nproof; i++)
			j.proof[i].theme = of[j.proof[i].theme];
		free(of);
		strangers(&j);
		int two = j.has[SCORE_SECOND];
		if (aur_arg(a, "agreement") && !two) {
			c = aur_fail(&e, AURE_DATA, _("there is no second coder: give columns themes2 and nies2, or --second FILE"));
		} else if (aur_arg(a, "agreement")) {
			c = agreement(&j, f, &e);
		} else if (aur_arg(a, "misses")) {
			misses(&j, f);
		} else if (aur_arg(a, "confusions")) {
			confusions(&j, f);
		} else {
			scores(&j, f);
			if (two && f == FMT_TABLE) {
				putchar('\n');
				c = agreement(&j, f, &e);
			}
		}
	}
	for (uint32_t i = 0; i < j.nitem; i++) {
		free(j.item[i].id);
		free(j.item[i].text);
	}
	for (size_t i = 0; i < j.nproof; i++)
		free(j.proof[i].text);
	free(j.item);
	free(j.proof);
	free(j.coded);
	free(j.sorted);
	aur_buf_free(&named[0]);
	aur_buf_free(&named[1]);
	aur_board_free(&j.board);
	aur_chain_free(j.chain);
	aur_config_free(&conf);
	if (c)
		return aur_failed(&e);
	return j.failed ? EXIT_FAILED : EXIT_DONE;
}

const aur_verb verb_evaluate = {"evaluate", N_("GOLD.csv…"), N_("score the lexicons against contributions coded by hand: precision, recall, F1"), opts, 1, -1, run};
