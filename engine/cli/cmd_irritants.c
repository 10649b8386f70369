/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of recurring irritants, at the terminal and for machines. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "cli/irritants_by.h"
#include "cli/verbs.h"
#include "irritants/quote.h"
#include "irritants/tables.h"
#include "irritants/told.h"
#include "text/fold.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       AUR_OPT_FORMAT,
			       {"k", 'k', N_("N"), N_("hide counts of fewer than N people (default 5)")},
			       {"by", 'b', N_("FIELD"), N_("split by a field that describes people, such as an age or a gender")},
			       {"sub", 's', NULL, N_("show sub-themes as well")},
			       {"table", 'T', N_("NAME"), N_("another table of the ledger: participation, sessions, activities, stances, irritants_by_session, "
							     "irritants_by_part, words, without_theme_words, hand, consistency, verbatims, fingerprints")},
			       {"threads", 'j', N_("N"), N_("threads (default: one per processor)")},
			       {NULL, 0, NULL, NULL}};

static const char *verdict(aur_life_verdict v)
{
	static const char *const n[AUR_LIFE_VERDICTS] = {N_("undecided"), N_("new"), N_("recurrent"), N_("falling"), N_("resolved"), N_("back")};
	return _(n[v]);
}

static const char *why(aur_life_why w)
{
	static const char *const n[AUR_WHYS] = {
		N_("shown by the sessions and by the people"),
		N_("there are not two moments to compare"),
		N_("nobody voiced it"),
		N_("first heard in the last wave, but chance could do that"),
		N_("no longer heard in the last wave, but chance could do that"),
		N_("no longer heard, but too few people were asked since to say that it is resolved"),
		N_("too few people voiced it in the last wave, or before (fewer than two, or fewer than may be shown)"),
		N_("the trend falls, by the sessions and by the people"),
		N_("the waves met in different territories, or not as often in each, so the place may explain a difference, and not the time"),
		N_("the waves asked other roles, or in other proportions, and that may explain a difference"),
		N_("the figures that would show it are under the threshold"),
	};
	return _(n[w]);
}

static const char *trend(aur_life_trend t)
{
	static const char *const n[] = {N_("no significant trend"), N_("too few sessions for any trend"), N_("rising"), N_("falling")};
	return _(n[t]);
}

static void cell_text(aur_table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void cell_text(aur_table *t, const char *fmt, ...)
{
	char b[96];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(b, sizeof b, fmt, ap);
	va_end(ap);
	aur_cell_str(t, b);
}

static void row(aur_table *t, const aur_ledger *l, uint32_t theme, int depth, bool sub)
{
	const aur_irr_theme *x = &l->themes[theme];
	const aur_in_theme *in = &l->in->themes[theme];
	char buf[32];
	aur_str name = in->label.len ? in->label : in->code;
	bool told = aur_share_told(l, theme) && x->irritant.n;
	cell_text(t, "%*s%.*s", 2 * depth, "", (int)name.len, name.ptr);
	aur_cell_str(t, aur_book_told(&x->irritant, true, l->opt.k, buf));
	aur_cell_str(t, aur_book_told(&x->irritant, false, l->opt.k, buf));
	if (told)
		cell_text(t, "%.0f %% [%.0f–%.0f]", x->share.value * 100, x->share.low * 100, x->share.high * 100);
	else
		aur_cell_str(t, "–");
	cell_text(t, "%u/%u", (unsigned)x->rooms, (unsigned)x->rooms_possible);
	cell_text(t, "%u/%u", (unsigned)x->territories, (unsigned)x->territories_possible);
	for (int i = 0; i < 2; i++) {
		uint32_t s = i ? x->last : x->first;
		aur_str d = s == AUR_IN_ABSENT ? (aur_str){"–", 3} : l->in->sessions[s].date;
		aur_cell(t, d.ptr, d.len);
	}
	aur_cell_str(t, verdict(aur_life_told(l, theme).verdict));
	for (uint32_t k = theme + 1; sub && k < l->theme_count; k++)
		if (l->in->themes[k].parent == theme && l->themes[k].carried.n)
			row(t, l, k, depth + 1, sub);
}

static void finding(const aur_ledger *l, const aur_finding *f)
{
	const aur_input *in = l->in;
	aur_str s = f->session == AUR_IN_ABSENT ? (aur_str){"", 0} : in->sessions[f->session].id;
	aur_str r = f->role == AUR_IN_ABSENT ? (aur_str){"", 0} : in->roles[f->role];
	int ns = (int)s.len, nr = (int)r.len;
	const char *ps = s.ptr, *pr = r.ptr;
	long long a = f->a, b = f->b;
	char buf[32], whole[32];
	const char *told = aur_book_told(&f->of, f->kind == AUR_FIND_MORE_SPEAKERS, l->opt.k, buf);
	switch (f->kind) {
	case AUR_FIND_TOTAL:
		if (f->invited)
			aur_showf(_("  the stated total of people invited%s%.*s is %lld, the sum is %lld\n"), nr ? ", " : "", nr, pr, a, b);
		else
			aur_showf(_("  the stated total of people present%s%.*s is %lld, the sum is %lld\n"), nr ? ", " : "", nr, pr, a, b);
		break;
	case AUR_FIND_MORE_PRESENT:
		aur_showf(_("  %.*s: %lld present (%.*s), %lld invited\n"), ns, ps, a, nr, pr, b);
		break;
	case AUR_FIND_MORE_SPEAKERS:
		aur_showf(_("  %.*s (%.*s): more people spoke (%s) than were present (%lld)\n"), ns, ps, nr, pr, told, b);
		break;
	case AUR_FIND_EMPTY:
		aur_showf(_("  %.*s: no contribution\n"), ns, ps);
		break;
	case AUR_FIND_UNDATED:
		aur_showf(_("  %.*s: no date such as 2025-04-22; this session is left out of the life-cycle\n"), ns, ps);
		break;
	case AUR_FIND_TWICE:
		aur_showf(_("  the same text twice: %.*s and %.*s\n"), (int)f->id_a.len, f->id_a.ptr, (int)f->id_b.len, f->id_b.ptr);
		break;
	case AUR_FIND_TWICE_MORE:
		aur_showf(_("  more repeated texts: %lld\n"), a);
		break;
	case AUR_FIND_NO_SESSION:
		aur_showf(_("  %s of %s contributions belong to no session\n"), told, aur_book_told(&l->all.said, false, l->opt.k, whole));
		break;
	case AUR_FIND_WAVES:
		aur_showf(_("  %.*s: it belongs to the wave « %.*s », but comes after a later wave began (sessions like this: %lld); waves are ordered by their first session\n"),
			  ns, ps, (int)in->sessions[f->session].wave.len, in->sessions[f->session].wave.ptr, a);
		break;
	case AUR_FIND_SEVERAL:
		aur_showf(_("  %.*s: its contributions differ in « %.*s » (sessions like this: %lld), so it counts under no value; to compare, make a session for each value, such as « Lille, wave 2 »\n"),
			  ns, ps, (int)in->dim_field[f->dim].len, in->dim_field[f->dim].ptr, a);
		break;
	case AUR_FIND_KINDS:
		break;
	}
}

/* What the corpus does not say, and the ledger therefore cannot tell apart; with the column that would say it. */
static void lacking(const aur_ledger *l)
{
	const aur_input *in = l->in;
	if (l->anonymous && l->anonymous == l->contributions)
		puts(_("Speakers are not told apart: no contribution names its speaker, so each counts as a person; somebody who spoke ten times counts as ten people."));
	else if (l->anonymous)
		puts(_("Some contributions name no speaker, so each of them counts as a person; somebody who spoke ten times counts as ten people."));
	if (l->anonymous && in->speaker_field.len)
		aur_showf(_("  To tell people apart: a column « %.*s » with a pseudonym for each person, unique in the whole corpus (a1, a2…, and b1, b2… in another room); then ingest the files into a new corpus.\n"),
			  (int)in->speaker_field.len, in->speaker_field.ptr);
	const char *recur = aur_speakers_recur(l);
	if (recur)
		puts(recur);
	if (!l->no_stance)
		return;
	puts(_("No contribution says whether people want to keep a thing or change it (its stance): everything that is asserted counts as an irritant, even what they would keep."));
	if (in->stance_values.len)
		aur_showf(_("  To say it: a column « %.*s » with %.*s; then ingest the files into a new corpus. For other names: <stance> in pipeline.xml.\n"),
			  (int)in->stance_field.len, in->stance_field.ptr, (int)in->stance_values.len, in->stance_values.ptr);
}

static void overview(const aur_ledger *l, bool sub, const char *corpus)
{
	static const char *const names[] = {"theme", "people", "contributions", "share", "sessions", "territories", "first", "last", "verdict"};
	const char *heads[] = {_("theme"), _("people"), _("contributions"), _("share [95 %]"), _("sessions"), _("territories"), _("first"), _("last"), _("verdict")};
	aur_table *t = aur_table_new(FMT_TABLE, names, heads, 9);
	for (uint32_t i = 0; i < l->ranked_count; i++)
		row(t, l, l->ranked[i], 0, sub);
	aur_table_free(t);
	if (l->in->invented)
		puts(_("\nThis corpus is invented: nobody said these words."));
	char said[32], people[32], asked[32];
	if (!l->ranked_count)
		puts(_("No irritant was voiced in this corpus."));
	printf(ngettext("\n%s contributions of %s people; an irritant could be voiced in %s contributions, %u session.\n",
			"\n%s contributions of %s people; an irritant could be voiced in %s contributions, %u sessions.\n", l->rooms_possible),
	       aur_book_told(&l->all.said, false, l->opt.k, said), aur_book_told(&l->all.said, true, l->opt.k, people),
	       aur_book_told(&l->all.asked, false, l->opt.k, asked), (unsigned)l->rooms_possible);
	if (l->opt.k > 1)
		printf(_("<%u: fewer than %u people; a band or « masked »: hidden too, so that no difference gives the count away.\n"), (unsigned)l->opt.k, (unsigned)l->opt.k);
	lacking(l);
	if (l->halves && l->rooms_dated > 1)
		puts(_("Not every dated session has a wave, or all have the same: the earlier and the later half of the sessions are compared instead."));
	double best = 1;
	for (uint32_t i = 3; i <= l->rooms_dated && best > 0; i++)
		best /= i;
	if (best > AUR_LIFE_TREND && l->rooms_dated > 1)
		fputs(aur_written(_("With %u sessions the exact Mann-Kendall test cannot go under p = %.3f: no trend can be shown.\n"), (unsigned)l->rooms_dated, best), stdout);
	if (l->finding_count)
		puts(_("\nInconsistencies in the input:"));
	bool ids = false;
	for (uint32_t i = 0; i < l->finding_count; i++) {
		finding(l, &l->findings[i]);
		ids |= l->findings[i].kind == AUR_FIND_TWICE;
	}
	if (ids && l->opt.k > 1)
		puts(_("  (do not publish these ids: anybody who knows their own could see what another person said)"));
	if (l->ranked_count)
		aur_showf(_("\nNext: auricule irritants -d %s %.*s, or auricule report -d %s -o rapport.html\n"), aur_typed(corpus), (int)l->in->themes[l->ranked[0]].code.len,
		       l->in->themes[l->ranked[0]].code.ptr, aur_typed(corpus));
}

/* 24 columns, however many bytes an accent takes. */
static void label(const char *s, size_t n)
{
	aur_buf b = {0};
	aur_calm(&b, s, n, 0);
	size_t w = aur_text_width((char *)b.p, b.n);
	printf("  %.*s%*s ", (int)b.n, (char *)b.p, w < 24 ? (int)(24 - w) : 0, "");
	aur_buf_free(&b);
}

static void count_line(const char *name, const aur_irr_cell *c, uint32_t k)
{
	char n[32], p[32];
	label(name, strlen(name));
	printf("%s (%s)\n", aur_book_told(c, false, k, n), aur_book_told(c, true, k, p));
}

/* The verdict, and the tests behind it as far as they may be shown. */
static void leaf_life(const aur_ledger *l, uint32_t theme)
{
	const aur_life life = aur_life_told(l, theme);
	bool back = life.verdict == AUR_LIFE_RECURRENT;
	printf(_("\nVerdict: %s, %s.\n"), verdict(life.verdict),
	       !back ? why(life.why)
	       : life.why == AUR_WHY_HIDDEN
		       ? _("voiced in the last wave and before; whether it falls is not shown, as that would give away a count under the threshold")
		       : _("voiced in the last wave and before, each time by at least two people, and by enough to be shown"));
	bool moments = life.why != AUR_WHY_ONE_ROOM, tested = moments && life.why != AUR_WHY_HIDDEN;
	if (tested && life.rooms > AUR_MK_EXACT_MAX)
		printf(_("Trend: %s (%u sessions; Mann-Kendall by its normal approximation).\n"), trend(life.trend), (unsigned)life.rooms);
	else if (tested)
		fputs(aur_written(_("Trend: %s (%u sessions; exact Mann-Kendall cannot go under p = %.3g).\n"), trend(life.trend),
				  (unsigned)life.rooms, life.least_untied),
		      stdout);
	if (moments && life.rooms >= 2 && aur_series_told(l, theme))
		fputs(aur_written(_("  Mann-Kendall S = %lld, p = %.3g; Cochran-Armitage z = %.2f, p = %.3g\n"), (long long)life.mk.s, life.mk.p, life.ca.z, life.ca.p), stdout);
	else if (tested && life.rooms >= 2)
		puts(_("  Mann-Kendall on the sessions and Cochran-Armitage on the people decide it; their values are hidden, as a session is under the threshold"));
}

static void leaf_counts(const aur_irr_theme *x, uint32_t k)
{
	puts(_("\nContributions (people):"));
	count_line(_("irritant"), &x->irritant, k);
	count_line(_("keep"), &x->stance[AUR_IN_KEEP], k);
	count_line(_("improve"), &x->stance[AUR_IN_IMPROVE], k);
	count_line(_("get rid of"), &x->stance[AUR_IN_GETRID], k);
	count_line(_("dear"), &x->stance[AUR_IN_DEAR], k);
	count_line(_("create"), &x->stance[AUR_IN_CREATE], k);
	count_line(_("no stance"), &x->stance[AUR_IN_UNSTRUCTURED], k);
	count_line(_("under a condition"), &x->polarity[AUR_CONDITIONAL], k);
	count_line(_("denied"), &x->polarity[AUR_NEGATED], k);
	if (x->stances_heard == 3)
		puts(_("  It is kept, improved and thrown away at once."));
}

/* Its share, and how much depends on any one person. */
static void leaf_share(const aur_ledger *l, uint32_t theme)
{
	const aur_irr_theme *x = &l->themes[theme];
	if (!aur_share_told(l, theme) || !x->irritant.n)
		return;
	fputs(aur_written(_("\nShare %.1f %% [%.1f–%.1f] of %u contributions; %.1f %% [%.1f–%.1f] of %u people.\n"), x->share.value * 100, x->share.low * 100,
	       x->share.high * 100, (unsigned)l->asked, x->share_people.value * 100, x->share_people.low * 100, x->share_people.high * 100,
	       (unsigned)l->asked_people), stdout);
	fputs(aur_written(_("Effective number of people %.1f; without any one of them: %.0f–%.0f contributions, %.0f–%.0f %%.\n"), x->effective_people, x->loo_n.low,
	       x->loo_n.high, x->loo_share.low * 100, x->loo_share.high * 100), stdout);
	if (aur_series_told(l, theme) && aur_territories_told(l, theme) && x->rooms_possible)
		printf(_("Without any one of them it is still heard in at least %.0f sessions and %.0f territories.\n"), x->loo_rooms.low,
		       x->loo_territories.low);
	if (x->loudest > 0.25)
		printf(_("One person said %.0f %% of it.\n"), x->loudest * 100);
}

static void leaf_parts(const aur_ledger *l, const aur_irr_theme *x)
{
	bool any = false;
	for (int d = 0; d < AUR_DIMS; d++)
		for (uint32_t i = 0; i < l->dim[d].count; i++) {
			const aur_irr_spec *s = &x->part[d][i];
			double q = pow(10, s->log10_q);
			if (s->cell.hide != AUR_SHOWN || !(q <= 0.05))
				continue;
			puts(any ? "" : _("\nMore, or less, than elsewhere (Lafon on contributions; q at most 5 %, by people too):"));
			any = true;
			label(l->dim[d].parts[i].name.ptr, l->dim[d].parts[i].name.len);
			fputs(aur_written("S = %+.1f, q = %.3g", s->S, q), stdout);
		}
	if (any)
		putchar('\n');
}

static void leaf_words(const aur_ledger *l, const aur_irr_theme *x)
{
	if (x->word_count)
		puts(_("\nIts words, most specific first, then in alphabetical order those whose numbers are hidden:"));
	for (uint32_t i = 0; i < x->word_count; i++) {
		char buf[32];
		aur_str w = l->in->exprs[x->words[i].expr];
		aur_showf("%s%.*s (%s)", i ? ", " : "  ", (int)w.len, w.ptr, aur_book_told(&x->words[i].all, false, l->opt.k, buf));
	}
	if (x->word_count)
		putchar('\n');
}

static aur_code leaf_verbatims(const aur_ledger *l, uint32_t theme, aur_error *e)
{
	const aur_irr_theme *x = &l->themes[theme];
	if (x->quote_count)
		puts(_("\nVerbatims:"));
	aur_arena arena = {0};
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < x->quote_count && !c; i++) {
		aur_quote q = {0};
		c = aur_quote_show(l, x->quotes[i], theme, &arena, &q, e);
		if (c == AURE_DATA) {
			c = AURE_OK;
			continue;
		}
		fputs("  « ", stdout);
		for (uint32_t k = 0; k < q.count; k++)
			if (q.pieces[k].kind == AUR_PIECE_CUT)
				fputs("[…]", stdout);
			else
				aur_show(q.pieces[k].text.ptr, q.pieces[k].text.len);
		puts(" »");
	}
	aur_arena_free(&arena);
	putchar('\n');
	return c;
}

/* All that is known of one theme. */
static aur_code leaf(const aur_ledger *l, uint32_t theme, aur_error *e)
{
	const aur_irr_theme *x = &l->themes[theme];
	const aur_in_theme *in = &l->in->themes[theme];
	aur_showf("%.*s (%.*s)\n", (int)in->label.len, in->label.ptr, (int)in->code.len, in->code.ptr);
	if (in->definition.len)
		aur_showf("%.*s\n", (int)in->definition.len, in->definition.ptr);
	leaf_life(l, theme);
	leaf_counts(x, l->opt.k);
	leaf_share(l, theme);
	leaf_parts(l, x);
	leaf_words(l, x);
	return leaf_verbatims(l, theme, e);
}

static aur_code machine(const aur_ledger *l, aur_format f, const char *name, bool *known, aur_error *e)
{
	aur_arena arena = {0};
	aur_irr_table *t = NULL;
	uint32_t n = 0;
	*known = true;
	if (f == FMT_JSON && !name) {
		aur_buf b = {0};
		aur_code c = aur_ledger_json(l, &b, e);
		if (!c)
			fwrite(b.p, 1, b.n, stdout);
		aur_buf_free(&b);
		return c;
	}
	aur_code c = aur_irr_tables(l, name ? name : "irritants", &arena, &t, &n, e);
	*known = c || n;
	for (uint32_t i = 0; i < n && !c; i++)
		aur_book_table(&t[i], f);
	aur_irr_tables_free(t, n);
	aur_arena_free(&arena);
	return c;
}

/* The theme that a person means, by its code, or by its title, which is what the ledger and the page show; AUR_IN_ABSENT: none. */
static uint32_t theme_asked(const aur_ledger *l, const char *word)
{
	uint32_t found = AUR_IN_ABSENT;
	aur_buf want = {0}, name = {0};
	aur_text_name(&want, word, strlen(word));
	for (uint32_t t = 0; t < l->theme_count; t++) {
		const aur_in_theme *x = &l->in->themes[t];
		if (x->code.len == strlen(word) && !memcmp(x->code.ptr, word, x->code.len)) {
			found = t;
			break;
		}
		name.n = 0;
		aur_text_name(&name, x->label.ptr, x->label.len);
		if (found == AUR_IN_ABSENT && want.n && name.n == want.n && !memcmp(name.p, want.p, want.n))
			found = t;
	}
	aur_buf_free(&want);
	aur_buf_free(&name);
	return found;
}

static int run(aur_args *a)
{
	aur_error e = {0};
	aur_book b;
	aur_irr_options opt = AUR_IRR_OPTIONS;
	bool known = true;
	const char *name = aur_arg(a, "table"), *by = aur_arg(a, "by");
	aur_format f = aur_arg_format(a);
	opt.k = (uint32_t)aur_arg_int(a, "k", 5, 0, 1000);
	bool all = !name && f == FMT_JSON && !a->narg;
	int what = all || (name && !strcmp(name, AUR_IRR_RESIDUE)) ? AUR_BOOK_WORDS : 0;
	what |= all || (name && !strcmp(name, AUR_IRR_PRINTS)) ? AUR_BOOK_PRINTS : 0;
	if (by && name)
		return aur_usage(a, _("--by is a table of its own: leave out --table"));
	if (aur_book_open(a, &opt, what, &b, &e))
		return aur_failed(&e);
	const aur_ledger *l = b.l;
	aur_code c = by ? aur_book_by(&b, by, &e) : AURE_OK;
	int rc = EXIT_DONE;
	for (int i = 0; i < a->narg && !c && !rc; i++) {
		uint32_t t = theme_asked(l, a->arg[i]);
		if (t == AUR_IN_ABSENT)
			rc = aur_usage(a, _("no contribution of this corpus carries a theme « %s »; « auricule themes -d %s » lists those that are there"), a->arg[i],
				       aur_typed(aur_arg_corpus(a)));
		else if (!by)
			c = leaf(l, t, &e);
		else if (f == FMT_TABLE)
			aur_irritants_by(a, &b, t);
	}
	if (by && !c && !rc && (!a->narg || f != FMT_TABLE)) /* machines get all themes, once */
		aur_irritants_by(a, &b, AUR_IN_ABSENT);
	if (!c && !a->narg && !by) {
		if (f == FMT_TABLE && !name)
			overview(l, aur_arg(a, "sub") != NULL, aur_arg_corpus(a));
		else
			c = machine(l, f, name, &known, &e);
		if (!known)
			rc = aur_usage(a, _("the ledger has no table « %s »"), name);
	}
	if (c)
		rc = aur_failed(&e);
	aur_book_close(&b);
	return rc;
}

const aur_verb verb_irritants = {"irritants", N_("[-d CORPUS] [THEME…]"), N_("the ledger of recurring irritants"), opts, 0, -1, run};
