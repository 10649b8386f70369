/* SPDX-License-Identifier: Apache-2.0 */
/* The irritants that recur: a row for each theme, and a section (a leaf) with all that is known of it. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "irritants/names.h"
#include "irritants/told.h"
#include "report/page.h"

/* A figure of the irritant other than its count; it opens the same verbatims as the count. */
static void of_irritant(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *key, const char *id, const char *inputs, const char *value)
{
	bool told = aur_share_told(p->l, t->theme) && t->irritant.n;
	uint32_t n = told ? aur_page_select(p, t->theme, true, -1, -1, -1) : 0;
	aur_page_figure(p, m, key, id, told ? aur_fig_irritant(p->a, p->l->in->themes[t->theme].code, "") : "", inputs, value, t->theme, p->cand, n);
}

static void counts(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	const aur_ledger *l = p->l;
	aur_str c = l->in->themes[t->theme].code;
	uint32_t n = aur_page_select(p, t->theme, true, -1, -1, -1);
	const char *query = aur_fig_irritant(p->a, c, "");
	aur_page_count of = {.query = query, .cell = &t->irritant, .asked = &l->all.asked, .theme = t->theme, .cand = p->cand, .cand_count = n};
	of.id = aur_fig_format(p->a, "irritant/%s/people", code);
	of.people = true;
	aur_page_cell(p, m, "people", &of);
	of.id = aur_fig_format(p->a, "irritant/%s/contributions", code);
	of.people = false;
	aur_page_cell(p, m, "contributions", &of);
	bool told = aur_share_told(p->l, t->theme) && t->irritant.n;
	aur_node_flag(p->a, m, "told", told);
	if (told) {
		const aur_interval *share[2] = {&t->share, &t->share_people};
		uint32_t out_of[2] = {l->asked, l->asked_people};
		for (int people = 0; people < 2; people++) {
			const aur_interval *x = share[people];
			int digits = l->asked >= 1000;
			const char *value = aur_fig_format(p->a, "%s [%s\xe2\x80\x93%s]", aur_page_share(p, x->value, l->asked),
							   aur_lang_real(p->say, p->a, x->low * 100, digits), aur_lang_real(p->say, p->a, x->high * 100, digits));
			of_irritant(p, m, t, people ? "share_people" : "share", aur_fig_format(p->a, "irritant/%s/%s", code, people ? "share-people" : "share"),
				    aur_fig_format(p->a, "{\"%s\":%u,\"of\":%u,\"interval\":\"Wilson 0.95\"}", people ? "people" : "contributions",
						   (unsigned)(people ? t->irritant.speakers : t->irritant.n), (unsigned)out_of[people]),
				    value);
		}
	}
	of_irritant(p, m, t, "rooms", aur_fig_format(p->a, "irritant/%s/sessions", code),
		    aur_fig_format(p->a, "{\"heard\":%u,\"possible\":%u}", (unsigned)t->rooms, (unsigned)t->rooms_possible),
		    aur_fig_format(p->a, "%u/%u", (unsigned)t->rooms, (unsigned)t->rooms_possible));
	of_irritant(p, m, t, "territories", aur_fig_format(p->a, "irritant/%s/territories", code),
		    aur_fig_format(p->a, "{\"heard\":%u,\"possible\":%u}", (unsigned)t->territories, (unsigned)t->territories_possible),
		    aur_fig_format(p->a, "%u/%u", (unsigned)t->territories, (unsigned)t->territories_possible));
	aur_node_flag(p->a, m, "any_rooms", t->rooms_possible > 0);
	aur_node_flag(p->a, m, "any_territories", t->territories_possible > 0);
	bool dated = t->first != AUR_IN_ABSENT;
	aur_node_text(p->a, m, "first", dated ? aur_lang_date_short(p->say, p->a, l->in->sessions[t->first].date) : "");
	aur_node_text(p->a, m, "last", dated ? aur_lang_date_short(p->say, p->a, l->in->sessions[t->last].date) : "");
	aur_node_flag(p->a, m, "once", dated && t->first == t->last);
}

static void life_cycle(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	const aur_life life = aur_life_told(p->l, t->theme), *x = &life;
	const char *verdict = aur_verdict_name(x->verdict);
	bool told = aur_share_told(p->l, t->theme) && t->irritant.n, whole = aur_series_told(p->l, t->theme);
	of_irritant(p, m, t, "verdict", aur_fig_format(p->a, "irritant/%s/verdict", code),
		    aur_fig_format(p->a, "{\"rule\":\"%s\",\"sessions\":%u,\"heard\":%u}", aur_why_name(x->why), (unsigned)x->rooms,
				   (unsigned)x->heard_rooms),
		    aur_lang_word(p->say, aur_fig_format(p->a, "verdict.%s", verdict)));
	aur_node_text(p->a, m, "verdict_code", verdict);
	for (int v = 0; v < AUR_LIFE_VERDICTS; v++)
		aur_node_flag(p->a, m, aur_fig_format(p->a, "is_%s", aur_verdict_name((aur_life_verdict)v)), (int)x->verdict == v);
	for (int w = 0; w < AUR_WHYS; w++)
		aur_node_flag(p->a, m, aur_fig_format(p->a, "why_%s", aur_why_name((aur_life_why)w)), (int)x->why == w);
	bool ties = x->trend == AUR_TREND_CANNOT && x->least_untied <= AUR_LIFE_TREND;
	for (int v = 0; v < 4; v++)
		aur_node_flag(p->a, m, aur_fig_format(p->a, "trend_%s", aur_trend_name((aur_life_trend)v)), (int)x->trend == v && !ties);
	aur_node_flag(p->a, m, "trend_ties", ties);
	aur_node_text(p->a, m, "life_rooms", aur_lang_int(p->say, p->a, x->rooms));
	aur_node_flag(p->a, m, "life_many", x->rooms > 1);
	aur_node_text(p->a, m, "life_heard", aur_lang_int(p->say, p->a, x->heard_rooms));
	aur_node_flag(p->a, m, "has_p_rooms", told && whole && isfinite(x->p_rooms));
	aur_node_text(p->a, m, "p_rooms", aur_lang_p(p->say, p->a, x->p_rooms));
	aur_node_flag(p->a, m, "has_p_people", told && whole && isfinite(x->p_people));
	aur_node_text(p->a, m, "p_people", aur_lang_p(p->say, p->a, x->p_people));
	aur_node_flag(p->a, m, "series_told", whole && x->rooms > 1);
	aur_node_flag(p->a, m, "series_hidden", told && !whole && x->rooms > 1);
	aur_node_text(p->a, m, "mk_p", whole ? aur_lang_p(p->say, p->a, x->mk.p) : "");
	aur_node_text(p->a, m, "mk_s", whole ? aur_lang_int(p->say, p->a, x->mk.s) : "");
	aur_node_text(p->a, m, "ca_p", whole ? aur_lang_p(p->say, p->a, x->ca.p) : "");
	aur_node_text(p->a, m, "ca_z", whole ? aur_lang_real(p->say, p->a, x->ca.z, 2) : "");
	aur_node_text(p->a, m, "trend_best", aur_lang_p(p->say, p->a, x->least_untied));
}

static void voices(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	const aur_ledger *l = p->l;
	bool told = aur_share_told(p->l, t->theme) && t->irritant.n;
	aur_node_flag(p->a, m, "has_voices", told);
	if (!told)
		return;
	of_irritant(p, m, t, "effective", aur_fig_format(p->a, "irritant/%s/effective-people", code),
		    aur_fig_format(p->a, "{\"contributions\":%u,\"people\":%u,\"measure\":\"exp(Shannon)\"}", (unsigned)t->irritant.n,
				   (unsigned)t->irritant.speakers),
		    aur_lang_real(p->say, p->a, t->effective_people, 1));
	aur_node_text(p->a, m, "loudest", aur_lang_percent(p->say, p->a, t->loudest, 0));
	aur_node_flag(p->a, m, "loud", t->loudest > 0.25);
	int digits = l->asked >= 1000;
	const char *low = aur_lang_real(p->say, p->a, t->loo_share.low * 100, digits), *high = aur_lang_percent(p->say, p->a, t->loo_share.high, digits);
	of_irritant(p, m, t, "loo", aur_fig_format(p->a, "irritant/%s/without-one", code), "{}", aur_fig_format(p->a, "%s\xe2\x80\x93%s", low, high));
	aur_node_text(p->a, m, "loo_n", aur_fig_format(p->a, "%s\xe2\x80\x93%s", aur_lang_int(p->say, p->a, (int64_t)t->loo_n.low),
						      aur_lang_int(p->say, p->a, (int64_t)t->loo_n.high)));
	bool rooms = aur_series_told(l, t->theme), territories = aur_territories_told(l, t->theme);
	aur_node_text(p->a, m, "loo_rooms", rooms ? aur_lang_int(p->say, p->a, (int64_t)t->loo_rooms.low) : "");
	aur_node_text(p->a, m, "loo_territories", territories ? aur_lang_int(p->say, p->a, (int64_t)t->loo_territories.low) : "");
}

/* Where and from whom it is heard more, or less, than elsewhere (q <= 5 %). */
static void specific(aur_page *p, aur_node *m, const aur_irr_theme *t)
{
	const aur_ledger *l = p->l;
	aur_node *list = aur_node_list(p->a);
	for (int d = 0; d < AUR_DIMS; d++)
		for (uint32_t i = 0; i < l->dim[d].count; i++) {
			const aur_irr_spec *s = &t->part[d][i];
			double q = pow(10, s->log10_q);
			if (!(q <= 0.05))
				continue;
			aur_node *x = aur_node_map(p->a);
			aur_node_flag(p->a, x, "over", s->S > 0);
			aur_node_put(p->a, x, "part", l->dim[d].parts[i].name);
			aur_node_text(p->a, x, "S", aur_lang_real(p->say, p->a, s->S, 1));
			aur_node_text(p->a, x, "q", aur_lang_real(p->say, p->a, q, 3));
			aur_node_flag(p->a, x, "tiny_q", q < 0.001);
			aur_node_push(p->a, list, x);
		}
	aur_node_set(p->a, m, "specific", list);
}

/* Does what is shown say that at least k people, and at least two, are behind this cell? */
static bool many(const aur_page *p, const aur_irr_cell *c)
{
	return (c->hide == AUR_SHOWN || c->hide == AUR_BAND) && c->speakers >= (p->l->opt.k > 2 ? p->l->opt.k : 2);
}

/* Is it kept, improved and thrown away at once, and not just by one odd voice: do enough people keep it, and enough want it
 * changed?  Decided only on numbers that are shown. */
static bool divides(const aur_page *p, const aur_irr_theme *t)
{
	return t->stances_heard == 3 && many(p, &t->stance[AUR_IN_KEEP]) &&
	       (many(p, &t->stance[AUR_IN_IMPROVE]) || many(p, &t->stance[AUR_IN_GETRID]));
}

static void stance_cells(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	static const struct {
		const char *key, *name, *query;
		int stance, polarity;
	} cells[] = {{"keep", "keep", "stance:keep", AUR_IN_KEEP, -1},
		     {"improve", "improve", "stance:improve", AUR_IN_IMPROVE, -1},
		     {"getrid", "getrid", "stance:getrid", AUR_IN_GETRID, -1},
		     {"dear", "dear", "stance:dear", AUR_IN_DEAR, -1},
		     {"create", "create", "stance:create", AUR_IN_CREATE, -1},
		     {"none", "none", "-stance:*", AUR_IN_UNSTRUCTURED, -1},
		     {"conditional", "conditional", "", -1, AUR_CONDITIONAL},
		     {"denied", "denied", "", -1, AUR_NEGATED}};
	const char *z = aur_page_z(p, p->l->in->themes[t->theme].code);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		const aur_irr_cell *cell = cells[i].stance >= 0 ? &t->stance[cells[i].stance] : &t->polarity[cells[i].polarity];
		uint32_t n = aur_page_select(p, t->theme, false, cells[i].stance, -1, cells[i].polarity);
		/* as in the ledger: a contribution that asserts the theme in one place does not count as denying it in another */
		const char *query = cells[i].stance >= 0	       ? aur_fig_format(p->a, "theme:%s AND %s", z, cells[i].query)
				    : cells[i].polarity == AUR_NEGATED ? aur_fig_format(p->a, "theme:%s@negated AND -theme:%s@conditional AND -theme:%s@asserted", z, z, z)
								       : aur_fig_format(p->a, "theme:%s@conditional AND -theme:%s@asserted", z, z);
		aur_page_cell(p, m, cells[i].key,
			      &(aur_page_count){.id = aur_fig_format(p->a, "stance/%s/%s", code, cells[i].name), .query = query, .cell = cell,
					     .theme = t->theme, .cand = p->cand, .cand_count = n});
	}
	aur_node_flag(p->a, m, "thrice", t->stances_heard == 3);
	aur_node_flag(p->a, m, "divergent", divides(p, t));
	aur_node_text(p->a, m, "divergence", aur_divergence_told(t) && t->stances_heard ? aur_lang_real(p->say, p->a, t->divergence, 1) : "");
}

/* The lower bound that is shown for a count; 0 if nothing is shown. */
static uint32_t at_least(const aur_page *p, const aur_irr_cell *c)
{
	uint32_t low = c->hide == AUR_SHOWN ? c->n : 0, high;
	if (c->hide == AUR_BAND)
		aur_band(c->n, p->l->opt.k, &low, &high);
	return low;
}

/* The contributions that say a word; at most AUR_BEHIND_OF of them are kept. */
typedef struct sayings {
	uint32_t n, last, of[AUR_BEHIND_OF];
} sayings;

static sayings *who_says(aur_page *p, const aur_irr_theme *t)
{
	const aur_input *in = p->l->in;
	sayings *s = aur_xmalloc(((size_t)t->word_count + 1) * sizeof *s);
	for (uint32_t i = 0; i < t->word_count; i++) {
		s[i].n = 0;
		s[i].last = UINT32_MAX;
		p->word_of[t->words[i].expr] = i + 1;
	}
	for (uint32_t k = 0; k < t->list_count && t->word_count; k++) {
		const aur_in_contribution *c = &in->contributions[t->list[k]];
		for (uint32_t h = 0; h < c->hit_count; h++) {
			uint32_t w = p->word_of[in->hits[c->first_hit + h].expr];
			if (!w || s[w - 1].last == k || s[w - 1].n == AUR_BEHIND_OF)
				continue;
			s[w - 1].last = k;
			s[w - 1].of[s[w - 1].n++] = t->list[k];
		}
	}
	for (uint32_t i = 0; i < t->word_count; i++)
		p->word_of[t->words[i].expr] = 0;
	return s;
}

static void word_list(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	const aur_input *in = p->l->in;
	aur_node *list = aur_node_list(p->a);
	sayings *s = who_says(p, t);
	double most = 1;
	for (uint32_t i = 0; i < t->word_count; i++)
		most = fmax(most, at_least(p, &t->words[i].all));
	for (uint32_t i = 0; i < t->word_count; i++) {
		const aur_irr_word *w = &t->words[i];
		aur_node *x = aur_node_map(p->a);
		aur_str form = in->exprs[w->expr];
		uint32_t least = at_least(p, &w->all);
		aur_node_put(p->a, x, "word", form);
		aur_page_cell(p, x, "n", &(aur_page_count){.id = aur_fig_format(p->a, "words/%s/%.*s", code, (int)form.len, form.ptr), .query = "",
							.cell = &w->all, .theme = t->theme, .cand = s[i].of, .cand_count = least ? s[i].n : 0});
		aur_node_text(p->a, x, "size", aur_fig_format(p->a, "%d", 1 + (int)(4 * sqrt(least / most) + 0.5)));
		aur_node_push(p->a, list, x);
	}
	aur_node_set(p->a, m, "words", list);
	free(s);
}

static aur_node *leaf(aur_page *p, uint32_t theme)
{
	const aur_ledger *l = p->l;
	const aur_irr_theme *t = &l->themes[theme];
	const aur_in_theme *x = &l->in->themes[theme];
	const char *code = aur_page_z(p, x->code);
	aur_node *m = aur_node_map(p->a), *subs = aur_node_list(p->a);
	uint32_t below = 0;
	aur_node_text(p->a, m, "code", code);
	aur_node_put(p->a, m, "label", aur_page_label(p, x));
	aur_node_put(p->a, m, "definition", aur_lang_set(p->say, p->a, x->definition));
	aur_node_put(p->a, m, "lexicon", x->lexicon);
	aur_node_put(p->a, m, "version", x->version);
	counts(p, m, t, code);
	life_cycle(p, m, t, code);
	voices(p, m, t, code);
	specific(p, m, t);
	stance_cells(p, m, t, code);
	word_list(p, m, t, code);
	aur_node_set(p->a, m, "quotes", aur_page_quotes(p, theme, t->quotes, t->quote_count));
	for (uint32_t i = theme + 1; i < l->theme_count; i++)
		if (l->in->themes[i].parent == theme && l->themes[i].carried.n) {
			aur_node_push(p->a, subs, leaf(p, i));
			below++;
		}
	aur_node_set(p->a, m, "subs", subs);
	aur_node_flag(p->a, m, "has_subs", below > 0);
	aur_node_text(p->a, m, "sub_count", aur_fig_format(p->a, "%u", (unsigned)below));
	aur_node_flag(p->a, m, "many_subs", below > 1);
	return m;
}

/* The summary at the head of the page. */
static void brief(aur_page *p, aur_node *const *leaves)
{
	const aur_ledger *l = p->l;
	static const aur_life_verdict verdicts[] = {AUR_LIFE_NEW, AUR_LIFE_BACK, AUR_LIFE_FALLING, AUR_LIFE_RESOLVED};
	aur_node *m = aur_node_map(p->a), *top = aur_node_list(p->a), *lists[2] = {aur_node_list(p->a), aur_node_list(p->a)}; /* themes that are kept, improved and thrown away at once */
	uint32_t undecided = 0, tops = 0, thrice[2] = {0, 0};
	for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++) {
		aur_node *list = aur_node_list(p->a);
		for (uint32_t i = 0; i < l->ranked_count; i++) {
			const aur_in_theme *x = &l->in->themes[l->ranked[i]];
			if (aur_life_told(l, l->ranked[i]).verdict != verdicts[v])
				continue;
			aur_node *n = aur_node_map(p->a);
			aur_node_put(p->a, n, "code", x->code);
			aur_node_put(p->a, n, "label", aur_page_label(p, x));
			aur_node_set(p->a, n, "leaf", leaves[i]);
			aur_node_push(p->a, list, n);
		}
		aur_node_set(p->a, m, aur_verdict_name(verdicts[v]), list);
	}
	for (uint32_t i = 0; i < l->ranked_count; i++) {
		const aur_irr_theme *t = &l->themes[l->ranked[i]];
		const aur_in_theme *x = &l->in->themes[l->ranked[i]];
		undecided += t->irritant.n && aur_life_told(l, l->ranked[i]).verdict == AUR_LIFE_UNDECIDED;
		aur_node *n = aur_node_map(p->a);
		aur_node_put(p->a, n, "code", x->code);
		aur_node_put(p->a, n, "label", aur_page_label(p, x));
		aur_node_set(p->a, n, "leaf", leaves[i]); /* so that the summary uses the same figures */
		bool rarely = !divides(p, t);
		aur_node_flag(p->a, n, "more", thrice[rarely] > 0);
		if (tops < 3 && aur_share_told(l, t->theme) && t->irritant.n) {
			aur_node_push(p->a, top, n);
			tops++;
		}
		if (t->stances_heard == 3 && thrice[rarely] < (rarely ? 4 : 6)) {
			aur_node_push(p->a, lists[rarely], n);
			thrice[rarely]++;
		}
	}
	aur_node_set(p->a, m, "top", top);
	aur_node_set(p->a, m, "divergent_list", lists[0]);
	aur_node_set(p->a, m, "rarely_list", lists[1]);
	aur_node_flag(p->a, m, "has_divergent", thrice[0] > 0);
	aur_node_flag(p->a, m, "has_rarely", thrice[1] > 0);
	aur_node_flag(p->a, m, "has_thrice", thrice[0] + thrice[1] > 0);
	aur_node_text(p->a, m, "undecided_count", undecided ? aur_lang_int(p->say, p->a, undecided) : "");
	aur_node_flag(p->a, m, "undecided_many", undecided > 1);
	aur_node_set(p->a, p->root, "brief", m);
}

void aur_page_irritants(aur_page *p)
{
	aur_node *list = aur_node_list(p->a), **leaves = aur_arena_alloc(p->a, ((size_t)p->l->ranked_count + 1) * sizeof *leaves);
	for (uint32_t i = 0; i < p->l->ranked_count; i++) {
		leaves[i] = leaf(p, p->l->ranked[i]);
		aur_node_push(p->a, list, leaves[i]);
	}
	bool subs = false;
	for (uint32_t i = 0; i < p->l->theme_count; i++)
		subs |= p->l->in->themes[i].parent != AUR_IN_ABSENT && p->l->themes[i].carried.n;
	aur_node_flag(p->a, p->root, "any_subs", subs);
	aur_node_set(p->a, p->root, "themes", list);
	aur_node_flag(p->a, p->root, "has_themes", p->l->ranked_count > 0);
	brief(p, leaves);
}
