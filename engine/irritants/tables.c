/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "irritants/names.h"
#include "irritants/quote.h"
#include "irritants/tables.h"
#include "irritants/told.h"
#include "text/csv.h"

/* ---- cells ------------------------------------------------------------------------------------------------------- */

typedef struct maker {
	const aur_ledger *l;
	aur_arena *arena;
	aur_irr_table *t;
	const char *name; /* of the table being made */
	uint32_t count, column;
} maker;

static void begin(maker *m, const char *const *columns, uint32_t n)
{
	m->t[m->count++] = (aur_irr_table){.name = m->name, .columns = columns, .column_count = n};
	m->column = 0;
}
#define BEGIN(m, cols) begin(m, cols, sizeof(cols) / sizeof *(cols))

static void text(maker *m, const char *s, size_t n)
{
	aur_irr_table *t = &m->t[m->count - 1];
	if (!m->column) {
		if (t->row_count == t->row_cap) {
			t->row_cap = t->row_cap ? 2 * t->row_cap : 16;
			t->cells = aur_xrealloc(t->cells, (size_t)t->row_cap * t->column_count * sizeof *t->cells);
		}
		t->row_count++;
	}
	t->cells[(size_t)(t->row_count - 1) * t->column_count + m->column] = aur_arena_dup(m->arena, s, n);
	m->column = (m->column + 1) % t->column_count;
}
static void word(maker *m, const char *s)
{
	text(m, s, strlen(s));
}
static void str(maker *m, aur_str s)
{
	text(m, s.ptr, s.len);
}
static void integer(maker *m, int64_t n)
{
	char b[32];
	snprintf(b, sizeof b, "%lld", (long long)n);
	word(m, b);
}
static void maybe(maker *m, int64_t n)
{
	if (n < 0)
		word(m, "");
	else
		integer(m, n);
}
static void real(maker *m, double x)
{
	char b[400];
	if (!isfinite(x)) {
		word(m, "");
		return;
	}
	snprintf(b, sizeof b, "%.6g", x);
	for (char *p = b; *p; p++)
		if (*p == ',')
			*p = '.';
	word(m, b);
}
static void count(maker *m, const aur_irr_cell *c, bool people)
{
	char buf[32];
	word(m, aur_irr_cell_told(c, people, m->l->opt.k, buf));
}
static void cell(maker *m, const aur_irr_cell *c)
{
	count(m, c, false);
	count(m, c, true);
}
static void real_of(maker *m, const aur_irr_cell *c, double x)
{
	if (c->hide == AUR_SHOWN)
		real(m, x);
	else
		word(m, "");
}
static void share(maker *m, const aur_irr_cell *k, const aur_irr_cell *n)
{
	bool told = k->hide == AUR_SHOWN && n->hide == AUR_SHOWN && n->n;
	aur_interval i = told ? aur_wilson(k->n, n->n, m->l->opt.level) : (aur_interval){0};
	real(m, told ? i.value : NAN);
	real(m, told ? i.low : NAN);
	real(m, told ? i.high : NAN);
}
static void session(maker *m, uint32_t s)
{
	if (s == AUR_IN_ABSENT)
		word(m, "");
	else
		str(m, m->l->in->sessions[s].id);
}

/* ---- tables ------------------------------------------------------------------------------------------------------- */

static void participation(maker *m)
{
	static const char *const c[] = {"session", "date", "wave", "place", "territory", "kind", "role", "invited", "present"};
	const aur_input *in = m->l->in;
	BEGIN(m, c);
	for (uint32_t i = 0; i < in->session_count; i++)
		for (uint32_t r = 0; r < in->role_count; r++) {
			const aur_in_session *s = &in->sessions[m->l->by_date[i]];
			str(m, s->id);
			str(m, s->date);
			str(m, s->wave);
			str(m, s->place);
			str(m, s->territory);
			str(m, s->kind);
			str(m, in->roles[r]);
			maybe(m, s->invited ? s->invited[r] : -1);
			maybe(m, s->present ? s->present[r] : -1);
		}
}

static void sessions(maker *m)
{
	static const char *const c[] = {"session",	"contributions",       "people",	  "asked_contributions",       "asked_people",
					"bare_contributions", "bare_people", "non_answers", "non_answer_people"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t i = 0; i <= l->in->session_count; i++) {
		bool real_one = i < l->in->session_count;
		const aur_irr_room *r = real_one ? &l->rooms[l->by_date[i]] : &l->outside;
		if (!real_one && !r->said.n)
			break;
		session(m, real_one ? l->by_date[i] : AUR_IN_ABSENT);
		cell(m, &r->said);
		cell(m, &r->asked);
		cell(m, &r->bare);
		cell(m, &r->non_answers);
	}
}

/* What was asked. */
static void activities(maker *m)
{
	static const char *const c[] = {"stance", "contributions", "people"};
	BEGIN(m, c);
	for (uint32_t i = 0; i < AUR_IN_STANCES; i++) {
		word(m, aur_stance_name(i));
		cell(m, &m->l->stance[i]);
	}
}

static void irritants(maker *m)
{
	static const char *const c[] = {"theme", "label", "part_of", "contributions", "people", "asked_contributions", "share", "share_low",
					"share_high", "asked_people", "share_people", "share_people_low", "share_people_high", "sessions",
					"sessions_possible", "territories", "territories_possible", "first_heard", "last_heard", "verdict", "why",
					"p_rooms", "p_people", "trend", "mann_kendall_s", "mann_kendall_p", "mann_kendall_p_best", "mann_kendall_p_least",
					"kendall_tau_b", "sen_slope", "cochran_armitage_z", "cochran_armitage_p", "effective_people", "loudest_share",
					"loo_contributions_low", "loo_contributions_high", "loo_share_low", "loo_share_high", "loo_sessions_low",
					"loo_territories_low", "stances_heard", "divergence"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t i = 0; i < l->theme_count; i++) {
		const aur_irr_theme *t = &l->themes[i];
		const aur_in_theme *x = &l->in->themes[i];
		const aur_irr_cell *h = &t->irritant;
		if (!t->carried.n)
			continue;
		bool told = aur_share_told(l, i);
		str(m, x->code);
		str(m, x->label);
		str(m, x->parent == AUR_IN_ABSENT ? (aur_str){"", 0} : l->in->themes[x->parent].code);
		cell(m, h);
		count(m, &l->all.asked, false);
		real(m, told ? t->share.value : NAN);
		real(m, told ? t->share.low : NAN);
		real(m, told ? t->share.high : NAN);
		count(m, &l->all.asked, true);
		real(m, told ? t->share_people.value : NAN);
		real(m, told ? t->share_people.low : NAN);
		real(m, told ? t->share_people.high : NAN);
		integer(m, t->rooms);
		integer(m, t->rooms_possible);
		integer(m, t->territories);
		integer(m, t->territories_possible);
		str(m, t->first == AUR_IN_ABSENT ? (aur_str){"", 0} : l->in->sessions[t->first].date);
		str(m, t->last == AUR_IN_ABSENT ? (aur_str){"", 0} : l->in->sessions[t->last].date);
		bool whole = aur_series_told(l, i);
		const aur_life life = aur_life_told(l, i);
		word(m, aur_verdict_name(life.verdict));
		word(m, aur_why_name(life.why));
		real(m, life.p_rooms);
		real(m, life.p_people);
		word(m, life.why == AUR_WHY_HIDDEN ? "" : aur_trend_name(life.trend));
		real(m, whole ? (double)life.mk.s : NAN);
		real(m, life.mk.p);
		real(m, life.least_untied);
		real(m, life.mk.p_least);
		real(m, life.mk.tau_b);
		real(m, life.mk.sen);
		real(m, life.ca.z);
		real(m, life.ca.p);
		real_of(m, h, t->effective_people);
		real_of(m, h, t->loudest);
		real_of(m, h, t->loo_n.low);
		real_of(m, h, t->loo_n.high);
		real(m, told ? t->loo_share.low : NAN);
		real(m, told ? t->loo_share.high : NAN);
		real(m, whole ? t->loo_rooms.low : NAN);
		real(m, aur_territories_told(l, i) ? t->loo_territories.low : NAN);
		integer(m, t->stances_heard);
		real(m, aur_divergence_told(t) ? round(t->divergence * 10) / 10 : NAN);
	}
}

static void stances(maker *m)
{
	static const char *const c[] = {"theme", "group", "value", "contributions", "people"};
	static const char *const polarity[3] = {[AUR_ASSERTED] = "asserted", [AUR_NEGATED] = "denied", [AUR_CONDITIONAL] = "conditional"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t i = 0; i < l->theme_count; i++) {
		const aur_irr_theme *t = &l->themes[i];
		for (uint32_t k = 0; t->carried.n && k < AUR_IN_STANCES + 3; k++) {
			bool s = k < AUR_IN_STANCES;
			str(m, l->in->themes[i].code);
			word(m, s ? "stance" : "polarity");
			word(m, s ? aur_stance_name(k) : polarity[k - AUR_IN_STANCES]);
			cell(m, s ? &t->stance[k] : &t->polarity[k - AUR_IN_STANCES]);
		}
	}
}

static void by_session(maker *m)
{
	static const char *const c[] = {"theme", "session", "date", "contributions", "people", "asked_contributions", "asked_people", "share",
					"share_low", "share_high"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t i = 0; i < l->theme_count; i++)
		for (uint32_t k = 0; l->themes[i].carried.n && k < l->in->session_count; k++) {
			uint32_t s = l->by_date[k];
			str(m, l->in->themes[i].code);
			session(m, s);
			str(m, l->in->sessions[s].date);
			cell(m, &l->themes[i].session[s]);
			cell(m, &l->rooms[s].asked);
			share(m, &l->themes[i].session[s], &l->rooms[s].asked);
		}
}

/* The cells of a theme in a part: numbers, share, specificity. */
static void spec(maker *m, const aur_irr_spec *s, const aur_irr_cell *asked)
{
	cell(m, &s->cell);
	cell(m, asked);
	share(m, &s->cell, asked);
	real(m, s->S);
	real(m, pow(10, s->log10_q));
}
#define SPEC "contributions", "people", "asked_contributions", "asked_people", "share", "share_low", "share_high", "specificity", "q"

static void by_part(maker *m)
{
	static const char *const c[] = {"dimension", "part", "theme", SPEC};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (int d = 0; d < AUR_DIMS; d++)
		for (uint32_t i = 0; i < l->theme_count; i++)
			for (uint32_t p = 0; l->themes[i].carried.n && p < l->dim[d].count; p++) {
				word(m, aur_dim_name((aur_dim)d));
				str(m, l->dim[d].parts[p].name);
				str(m, l->in->themes[i].code);
				spec(m, &l->themes[i].part[d][p], &l->dim[d].parts[p].asked);
			}
}

void aur_cross_table(const aur_ledger *l, aur_cross *const *cross, uint32_t n, aur_arena *arena, aur_irr_table *out)
{
	static const char *const c[] = {"dimension", "part", "values", "theme", SPEC};
	maker m = {.l = l, .arena = arena, .t = out, .name = "irritants_by_field"};
	BEGIN(&m, c);
	for (uint32_t k = 0; k < n; k++)
		for (uint32_t i = 0; i < l->theme_count; i++)
			for (uint32_t p = 0; l->themes[i].carried.n && p < cross[k]->count; p++) {
				const aur_cross *x = cross[k];
				str(&m, x->field);
				str(&m, x->parts[p].name);
				integer(&m, p == x->pooled ? x->pooled_values : p != x->none);
				str(&m, l->in->themes[i].code);
				spec(&m, &x->theme[i][p], &x->parts[p].asked);
			}
}

static void words(maker *m)
{
	static const char *const c[] = {"theme", "words", "contributions", "people", "in_irritant", "anywhere", "specificity"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t i = 0; i < l->theme_count; i++) {
		bool few = false; /* F - k of some word is made by few people: also what the stances leave over of those of the others */
		for (uint32_t w = 0; w < l->themes[i].word_count; w++)
			few |= l->themes[i].words[w].outside && l->themes[i].words[w].outside < l->opt.k;
		for (uint32_t w = 0; w < l->themes[i].word_count; w++) {
			const aur_irr_word *x = &l->themes[i].words[w];
			str(m, l->in->themes[i].code);
			str(m, l->in->exprs[x->expr]);
			cell(m, &x->all);
			real_of(m, &x->all, few && x->outside ? NAN : (double)x->k);
			real_of(m, &x->all, (double)x->F);
			real_of(m, &x->all, few && x->outside ? NAN : x->S);
		}
	}
}

static void residue(maker *m)
{
	static const char *const c[] = {"word", "people", "without_theme", "anywhere", "specificity"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t w = 0; w < l->in->residue_count; w++) {
		const aur_in_word *x = &l->in->residue[w];
		if (!aur_residue_told(l, w))
			continue;
		str(m, x->form);
		integer(m, x->speakers);
		integer(m, (int64_t)x->k);
		integer(m, (int64_t)x->F);
		real(m, x->S);
	}
}

static void hand(maker *m)
{
	static const char *const c[] = {"finger", "theme", "contributions", "people"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t f = 1; f < 6; f++)
		for (uint32_t i = 0; i < l->theme_count; i++)
			if (l->themes[i].finger[f].n) {
				integer(m, f);
				str(m, l->in->themes[i].code);
				cell(m, &l->themes[i].finger[f]);
			}
}

static void findings(maker *m)
{
	static const char *const c[] = {"finding", "of", "session", "role", "a", "b"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t i = 0; i < l->finding_count; i++) {
		aur_finding told, *f = &told;
		if (!aur_finding_told(l, i, f))
			continue;
		word(m, aur_finding_name(f->kind));
		word(m, f->kind == AUR_FIND_SEVERAL ? aur_dim_name((aur_dim)f->dim) : f->kind != AUR_FIND_TOTAL ? "" : f->invited ? "invited" : "present");
		session(m, f->session);
		str(m, f->role == AUR_IN_ABSENT ? (aur_str){"", 0} : l->in->roles[f->role]);
		if (f->kind == AUR_FIND_TWICE) {
			str(m, f->id_a);
			str(m, f->id_b);
		} else {
			if (f->kind == AUR_FIND_MORE_SPEAKERS || f->kind == AUR_FIND_NO_SESSION)
				count(m, &f->of, f->kind == AUR_FIND_MORE_SPEAKERS);
			else
				integer(m, f->a);
			/* as a cell: the total less the sessions would reveal those outside of them */
			if (f->kind == AUR_FIND_NO_SESSION)
				count(m, &m->l->all.said, false);
			else
				integer(m, f->b);
		}
	}
}

static aur_code verbatims(maker *m, aur_error *e)
{
	static const char *const c[] = {"theme", "rank", "session", "territory", "role", "stance", "status", "text"};
	const aur_ledger *l = m->l;
	BEGIN(m, c);
	for (uint32_t i = 0; i <= l->theme_count; i++) {
		bool bare = i == l->theme_count;
		uint32_t theme = bare ? AUR_IN_ABSENT : i, n = bare ? l->bare_count : l->themes[i].quote_count;
		for (uint32_t k = 0; k < n; k++) {
			uint32_t q = bare ? l->bare[k] : l->themes[i].quotes[k], s, p;
			const aur_in_contribution *x = &l->in->contributions[q];
			aur_quote shown;
			aur_code code = aur_quote_show(l, q, theme, m->arena, &shown, e);
			if (code == AURE_DATA)
				continue;
			if (code != AURE_OK)
				return code;
			aur_buf b = {0};
			for (uint32_t j = 0; j < shown.count; j++)
				if (shown.pieces[j].kind == AUR_PIECE_CUT)
					aur_buf_str(&b, "[…]");
				else
					aur_buf_put(&b, shown.pieces[j].text.ptr, shown.pieces[j].text.len);
			aur_quote_where(l, q, theme, &s, &p);
			str(m, bare ? (aur_str){"", 0} : l->in->themes[i].code);
			integer(m, k + 1);
			session(m, s);
			str(m, p == AUR_IN_ABSENT ? (aur_str){"", 0} : l->dim[AUR_DIM_TERRITORY].parts[p].name);
			str(m, aur_quote_role_told(l, q, theme) ? l->in->roles[x->role] : (aur_str){"", 0});
			word(m, aur_quote_stance_told(l, q, theme) ? aur_stance_name(x->stance) : "");
			word(m, aur_status_name(x->status));
			text(m, (const char *)b.p, b.n);
			aur_buf_free(&b);
		}
	}
	return AURE_OK;
}

static void fingerprints(maker *m)
{
	static const char *const c[] = {"kind", "name", "version", "digest"};
	BEGIN(m, c);
	for (uint32_t i = 0; i < m->l->in->fingerprint_count; i++) {
		const aur_in_fingerprint *f = &m->l->in->fingerprints[i];
		str(m, f->kind);
		str(m, f->name);
		str(m, f->version);
		str(m, f->digest);
	}
}

aur_code aur_irr_tables(const aur_ledger *l, const char *only, aur_arena *arena, aur_irr_table **out, uint32_t *count, aur_error *e)
{
	static const struct {
		const char *name;
		void (*make)(maker *m);
	} all[] = {{"participation", participation},
		   {"sessions", sessions},
		   {"activities", activities},
		   {"irritants", irritants},
		   {"stances", stances},
		   {"irritants_by_session", by_session},
		   {"irritants_by_part", by_part},
		   {"words", words},
		   {AUR_IRR_RESIDUE, residue},
		   {"hand", hand},
		   {"consistency", findings},
		   {"fingerprints", fingerprints},
		   {"verbatims", NULL}}; /* last, as it may fail */
	const size_t n = sizeof all / sizeof *all;
	maker m = {.l = l, .arena = arena, .t = aur_xcalloc(n, sizeof(aur_irr_table))};
	aur_code code = AURE_OK;
	for (size_t i = 0; i < n && code == AURE_OK; i++) {
		if (only && strcmp(only, all[i].name))
			continue;
		m.name = all[i].name;
		if (all[i].make)
			all[i].make(&m);
		else
			code = verbatims(&m, e);
	}
	if (code != AURE_OK) {
		aur_irr_tables_free(m.t, m.count);
		return code;
	}
	*out = m.t;
	*count = m.count;
	return AURE_OK;
}

void aur_irr_tables_free(aur_irr_table *t, uint32_t count)
{
	for (uint32_t i = 0; t && i < count; i++)
		free(t[i].cells);
	free(t);
}

/* A cell that a spreadsheet would run as a formula begins with an apostrophe. */
static void csv_field(aur_buf *out, const char *s)
{
	/* a minus before a digit is a number */
	bool formula = strchr("=+@\t\r", *s) && *s;
	formula |= *s == '-' && s[strspn(s, "-+.0123456789eE")];
	if (!formula) {
		aur_csv_cell(out, s, strlen(s), strchr(s, ';') != NULL);
		return;
	}
	aur_buf b = {0};
	aur_buf_printf(&b, "'%s", s);
	aur_csv_cell(out, (const char *)b.p, b.n, 1);
	aur_buf_free(&b);
}

void aur_irr_table_csv(const aur_irr_table *t, aur_buf *out)
{
	for (uint32_t r = 0; r <= t->row_count; r++)
		for (uint32_t c = 0; c < t->column_count; c++) {
			csv_field(out, r ? t->cells[(size_t)(r - 1) * t->column_count + c] : t->columns[c]);
			aur_buf_byte(out, c + 1 < t->column_count ? ',' : '\n');
		}
}
