/* SPDX-License-Identifier: Apache-2.0 */
/* The irritants that recur: a row for each theme, and a leaf with all that is known of it. */
#include "config.h"
#include <math.h>
#include <string.h>
#include "irritants/tables.h"
#include "report/page.h"

static void counts(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	const aur_ledger *l = p->l;
	aur_str c = l->in->themes[t->theme].code;
	uint32_t n = aur_page_select(p, t->theme, true, -1, -1, -1, AUR_IN_ABSENT, -1, 0);
	const char *query = aur_fig_irritant(p->a, c, "");
	aur_page_count of = {.query = query, .cell = &t->irritant, .asked = l->asked, .theme = t->theme, .cand = p->cand, .cand_count = n};
	of.id = aur_fig_format(p->a, "irritant/%s/people", code);
	of.people = true;
	aur_page_cell(p, m, "people", &of);
	of.id = aur_fig_format(p->a, "irritant/%s/contributions", code);
	of.people = false;
	aur_page_cell(p, m, "contributions", &of);
	bool told = t->irritant.hide == AUR_SHOWN && t->irritant.n;
	aur_node_flag(p->a, m, "told", told);
	aur_node_flag(p->a, m, "few_total", t->irritant.hide == AUR_FEW);
	aur_node_flag(p->a, m, "never", !t->irritant.n);
	if (told) {
		const char *value = aur_fig_format(p->a, "%s [%s\xe2\x80\x93%s]", aur_page_share(p, t->share.value, l->asked),
						   aur_lang_real(p->say, p->a, t->share.low * 100, l->asked >= 1000),
						   aur_lang_real(p->say, p->a, t->share.high * 100, l->asked >= 1000));
		aur_page_figure(p, m, "share", aur_fig_format(p->a, "irritant/%s/share", code), query,
				aur_fig_format(p->a, "{\"contributions\":%u,\"of\":%u,\"interval\":\"Wilson 0.95\"}", (unsigned)t->irritant.n,
					       (unsigned)l->asked),
				value, t->theme, p->cand, n);
		aur_node_text(p->a, m, "share_people", aur_page_share(p, t->share_people.value, l->asked_people));
		aur_node_text(p->a, m, "share_people_low", aur_lang_real(p->say, p->a, t->share_people.low * 100, 0));
		aur_node_text(p->a, m, "share_people_high", aur_lang_real(p->say, p->a, t->share_people.high * 100, 0));
	} else {
		aur_node_set(p->a, m, "share", aur_node_list(p->a));
		aur_node_text(p->a, m, "share_people", "");
	}
	aur_page_figure(p, m, "rooms", aur_fig_format(p->a, "irritant/%s/sessions", code), "",
			aur_fig_format(p->a, "{\"heard\":%u,\"possible\":%u}", (unsigned)t->rooms, (unsigned)t->rooms_possible),
			aur_fig_format(p->a, "%u/%u", (unsigned)t->rooms, (unsigned)t->rooms_possible), t->theme, NULL, 0);
	aur_page_figure(p, m, "territories", aur_fig_format(p->a, "irritant/%s/territories", code), "",
			aur_fig_format(p->a, "{\"heard\":%u,\"possible\":%u}", (unsigned)t->territories, (unsigned)t->territories_possible),
			aur_fig_format(p->a, "%u/%u", (unsigned)t->territories, (unsigned)t->territories_possible), t->theme, NULL, 0);
	bool dated = t->first != AUR_IN_ABSENT;
	aur_node_text(p->a, m, "first", dated ? aur_lang_date_short(p->say, p->a, l->in->sessions[t->first].date) : "");
	aur_node_text(p->a, m, "last", dated ? aur_lang_date_short(p->say, p->a, l->in->sessions[t->last].date) : "");
	aur_node_flag(p->a, m, "once", dated && t->first == t->last);
}

static void life_cycle(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	const aur_life life = aur_life_told(p->l, t->theme), *x = &life;
	const char *verdict = aur_verdict_name(x->verdict);
	bool told = t->irritant.hide == AUR_SHOWN && t->irritant.n, whole = aur_series_told(p->l, t->theme);
	aur_page_figure(p, m, "verdict", aur_fig_format(p->a, "irritant/%s/verdict", code), "",
			aur_fig_format(p->a, "{\"rule\":\"%s\",\"sessions\":%u,\"heard\":%u}", aur_why_name(x->why), (unsigned)x->rooms,
				       (unsigned)x->heard_rooms),
			aur_lang_word(p->say, aur_fig_format(p->a, "verdict.%s", verdict)), t->theme, NULL, 0);
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
	aur_node_text(p->a, m, "life_heard", aur_lang_int(p->say, p->a, x->heard_rooms));
	aur_node_flag(p->a, m, "has_p_rooms", told && whole && isfinite(x->p_rooms));
	aur_node_text(p->a, m, "p_rooms", aur_lang_p(p->say, p->a, x->p_rooms));
	aur_node_flag(p->a, m, "has_p_people", told && whole && isfinite(x->p_people));
	aur_node_text(p->a, m, "p_people", aur_lang_p(p->say, p->a, x->p_people));
	aur_node_flag(p->a, m, "series_told", whole);
	aur_node_flag(p->a, m, "series_hidden", told && !whole);
	aur_node_text(p->a, m, "mk_p", whole ? aur_lang_p(p->say, p->a, x->mk.p) : "");
	aur_node_text(p->a, m, "mk_s", whole ? aur_lang_int(p->say, p->a, x->mk.s) : "");
	aur_node_text(p->a, m, "ca_p", whole ? aur_lang_p(p->say, p->a, x->ca.p) : "");
	aur_node_text(p->a, m, "ca_z", whole ? aur_lang_real(p->say, p->a, x->ca.z, 2) : "");
	aur_node_text(p->a, m, "trend_best", aur_lang_p(p->say, p->a, x->least_untied));
}

static void voices(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	const aur_ledger *l = p->l;
	bool told = t->irritant.hide == AUR_SHOWN && t->irritant.n;
	aur_node_flag(p->a, m, "has_voices", told);
	if (!told)
		return;
	aur_page_figure(p, m, "effective", aur_fig_format(p->a, "irritant/%s/effective-people", code), "",
			aur_fig_format(p->a, "{\"contributions\":%u,\"people\":%u,\"measure\":\"exp(Shannon)\"}", (unsigned)t->irritant.n,
				       (unsigned)t->irritant.speakers),
			aur_lang_real(p->say, p->a, t->effective_people, 1), t->theme, NULL, 0);
	aur_node_text(p->a, m, "loudest", aur_lang_percent(p->say, p->a, t->loudest, 0));
	aur_node_flag(p->a, m, "loud", t->loudest > 0.25);
	aur_page_figure(p, m, "loo", aur_fig_format(p->a, "irritant/%s/without-one", code), "", "{}",
			aur_fig_format(p->a, "%s\xe2\x80\x93%s", aur_page_share(p, t->loo_share.low, l->asked),
				       aur_page_share(p, t->loo_share.high, l->asked)),
			t->theme, NULL, 0);
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
			if (s->cell.hide != AUR_SHOWN || !(q <= 0.05))
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
	aur_str c = p->l->in->themes[t->theme].code;
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		const aur_irr_cell *cell = cells[i].stance >= 0 ? &t->stance[cells[i].stance] : &t->polarity[cells[i].polarity];
		uint32_t n = aur_page_select(p, t->theme, false, cells[i].stance, -1, cells[i].polarity, AUR_IN_ABSENT, -1, 0);
		const char *query = cells[i].stance >= 0 ? aur_fig_format(p->a, "theme:%.*s AND %s", (int)c.len, c.ptr, cells[i].query)
							 : aur_fig_format(p->a, "theme:%.*s@%s", (int)c.len, c.ptr,
									  cells[i].polarity == AUR_NEGATED ? "negated" : "conditional");
		aur_page_cell(p, m, cells[i].key,
			      &(aur_page_count){.id = aur_fig_format(p->a, "stance/%s/%s", code, cells[i].name), .query = query, .cell = cell,
					     .theme = t->theme, .cand = p->cand, .cand_count = n});
	}
	aur_node_flag(p->a, m, "divergent", t->stances_heard == 3);
	aur_node_text(p->a, m, "divergence", aur_divergence_told(t) && t->stances_heard ? aur_lang_real(p->say, p->a, t->divergence, 1) : "");
}

static void word_list(aur_page *p, aur_node *m, const aur_irr_theme *t, const char *code)
{
	aur_node *list = aur_node_list(p->a);
	double most = 1;
	for (uint32_t i = 0; i < t->word_count; i++)
		if (t->words[i].all.hide == AUR_SHOWN && t->words[i].all.n > most)
			most = t->words[i].all.n;
	for (uint32_t i = 0; i < t->word_count; i++) {
		const aur_irr_word *w = &t->words[i];
		aur_node *x = aur_node_map(p->a);
		aur_str form = p->l->in->exprs[w->expr];
		aur_node_put(p->a, x, "word", form);
		aur_page_cell(p, x, "n", &(aur_page_count){.id = aur_fig_format(p->a, "words/%s/%.*s", code, (int)form.len, form.ptr), .query = "",
							.cell = &w->all, .theme = t->theme});
		aur_node_text(p->a, x, "S", w->all.hide == AUR_SHOWN ? aur_lang_real(p->say, p->a, w->S, 1) : "");
		aur_node_text(p->a, x, "size",
			      aur_fig_format(p->a, "%d", w->all.hide == AUR_SHOWN ? 1 + (int)(4 * sqrt(w->all.n / most) + 0.5) : 1));
		aur_node_push(p->a, list, x);
	}
	aur_node_set(p->a, m, "words", list);
}

static aur_node *leaf(aur_page *p, uint32_t theme, uint32_t rank)
{
	const aur_ledger *l = p->l;
	const aur_irr_theme *t = &l->themes[theme];
	const aur_in_theme *x = &l->in->themes[theme];
	const char *code = aur_page_z(p, x->code);
	aur_node *m = aur_node_map(p->a), *subs = aur_node_list(p->a);
	aur_node_text(p->a, m, "code", code);
	aur_node_put(p->a, m, "label", x->label.len ? x->label : x->code);
	aur_node_put(p->a, m, "definition", x->definition);
	aur_node_put(p->a, m, "lexicon", x->lexicon);
	aur_node_put(p->a, m, "version", x->version);
	aur_node_flag(p->a, m, "sub", x->parent != AUR_IN_ABSENT);
	aur_node_text(p->a, m, "rank", aur_fig_format(p->a, "%u", (unsigned)rank));
	counts(p, m, t, code);
	life_cycle(p, m, t, code);
	voices(p, m, t, code);
	specific(p, m, t);
	stance_cells(p, m, t, code);
	word_list(p, m, t, code);
	aur_node_set(p->a, m, "quotes", aur_page_quotes(p, theme, t->quotes, t->quote_count));
	for (uint32_t i = theme + 1; i < l->theme_count; i++)
		if (l->in->themes[i].parent == theme && l->themes[i].carried.n)
			aur_node_push(p->a, subs, leaf(p, i, 0));
	aur_node_set(p->a, m, "subs", subs);
	return m;
}

/* What to keep of it in a few lines. */
static void brief(aur_page *p)
{
	const aur_ledger *l = p->l;
	static const aur_life_verdict verdicts[] = {AUR_LIFE_NEW, AUR_LIFE_BACK, AUR_LIFE_FALLING, AUR_LIFE_RESOLVED};
	aur_node *m = aur_node_map(p->a), *top = aur_node_list(p->a), *divergent = aur_node_list(p->a);
	uint32_t undecided = 0, tops = 0, divergents = 0;
	for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++) {
		aur_node *list = aur_node_list(p->a);
		for (uint32_t i = 0; i < l->ranked_count; i++) {
			const aur_in_theme *x = &l->in->themes[l->ranked[i]];
			if (aur_life_told(l, l->ranked[i]).verdict != verdicts[v])
				continue;
			aur_node *n = aur_node_map(p->a);
			aur_node_put(p->a, n, "code", x->code);
			aur_node_put(p->a, n, "label", x->label.len ? x->label : x->code);
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
		aur_node_put(p->a, n, "label", x->label.len ? x->label : x->code);
		aur_node_text(p->a, n, "n_people", aur_lang_int(p->say, p->a, t->irritant.speakers));
		aur_node_text(p->a, n, "n_rooms", aur_lang_int(p->say, p->a, t->rooms));
		aur_node_text(p->a, n, "n_possible", aur_lang_int(p->say, p->a, t->rooms_possible));
		aur_node_flag(p->a, n, "has_rooms", t->rooms_possible > 0);
		aur_node_flag(p->a, n, "more", divergents > 0);
		if (tops < 3 && t->irritant.hide == AUR_SHOWN && t->irritant.n) {
			aur_node_push(p->a, top, n);
			tops++;
		}
		/* a word for those that divide most: two positions out of three, or more, in effect */
		if (t->stances_heard == 3 && t->divergence >= 2 && divergents < 6) {
			aur_node_push(p->a, divergent, n);
			divergents++;
		}
	}
	aur_node_set(p->a, m, "top", top);
	aur_node_set(p->a, m, "divergent_list", divergent);
	aur_node_flag(p->a, m, "has_divergent", divergents > 0);
	aur_node_text(p->a, m, "undecided_count", undecided ? aur_lang_int(p->say, p->a, undecided) : "");
	aur_node_flag(p->a, m, "undecided_many", undecided > 1);
	aur_node_set(p->a, p->root, "brief", m);
}

void aur_page_irritants(aur_page *p)
{
	aur_node *list = aur_node_list(p->a);
	for (uint32_t i = 0; i < p->l->ranked_count; i++)
		aur_node_push(p->a, list, leaf(p, p->l->ranked[i], i + 1));
	aur_node_set(p->a, p->root, "themes", list);
	aur_node_flag(p->a, p->root, "has_themes", p->l->ranked_count > 0);
	brief(p);
}
