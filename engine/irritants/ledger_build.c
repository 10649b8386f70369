/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the ledger: who was asked, then each theme, then suppression over what ties them. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "irritants/build.h"
#include "irritants/quote.h"
#include "stats/adjust.h"
#include "stats/specificity.h"

/* ---- which contributions carry which themes ------------------------------------------------------------------ */

static const uint8_t polarity_bit[3] = {[AUR_ASSERTED] = AUR_B_ASSERTED, [AUR_NEGATED] = AUR_B_DENIED,
					[AUR_CONDITIONAL] = AUR_B_CONDITIONAL};

static void list_themes(aur_build *b)
{
	const aur_input *in = b->in;
	uint32_t T = in->theme_count, *touched = aur_xmalloc(T * sizeof *touched);
	uint8_t *bits = aur_xcalloc(T, 1);
	b->start = aur_xcalloc((size_t)T + 2, sizeof *b->start);
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < in->contribution_count; i++) {
			uint32_t c = b->l->order[i], n = 0;
			const aur_in_contribution *x = &in->contributions[c];
			for (uint32_t h = 0; h < x->hit_count; h++) {
				const aur_in_hit *hit = &in->hits[x->first_hit + h];
				for (uint32_t t = hit->theme; t != AUR_IN_ABSENT; t = in->themes[t].parent) {
					if (!bits[t])
						touched[n++] = t;
					bits[t] |= polarity_bit[hit->polarity];
				}
			}
			for (uint32_t j = 0; j < n; j++) {
				uint32_t t = touched[j];
				if (pass == 0) {
					b->start[t + 2]++;
				} else {
					uint8_t p = bits[t] & AUR_B_ASSERTED	  ? AUR_B_ASSERTED
						    : bits[t] & AUR_B_CONDITIONAL ? AUR_B_CONDITIONAL
										  : AUR_B_DENIED;
					bool irritant = x->stance == AUR_IN_IMPROVE || x->stance == AUR_IN_GETRID ||
							(x->stance == AUR_IN_UNSTRUCTURED && p == AUR_B_ASSERTED);
					size_t at = b->start[t + 1]++;
					b->list[at] = c;
					b->voice[at] = (aur_voice){b->l->person[c], x->session, x->role, x->stance, x->finger};
					b->how[at] = (uint8_t)(AUR_B_CARRIES | p | (irritant ? AUR_B_IRRITANT : 0));
				}
				bits[t] = 0;
			}
		}
		if (pass == 0) {
			for (uint32_t t = 0; t <= T; t++)
				b->start[t + 1] += b->start[t];
			b->list = aur_arena_alloc(&b->l->arena, b->start[T + 1] * sizeof *b->list);
			b->how = aur_arena_alloc(&b->l->arena, b->start[T + 1]);
			b->voice = aur_xmalloc((b->start[T + 1] + 1) * sizeof *b->voice);
		}
	}
	free(touched);
	free(bits);
}

static void rank_themes(aur_ledger *l)
{
	l->ranked = aur_arena_alloc(&l->arena, ((size_t)l->theme_count + 1) * sizeof *l->ranked);
	for (uint32_t t = 0; t < l->theme_count; t++) {
		if (l->in->themes[t].parent != AUR_IN_ABSENT || !l->themes[t].carried.n)
			continue;
		uint32_t i = l->ranked_count++;
		for (; i; i--) {
			if (aur_irr_cell_order(&l->themes[l->ranked[i - 1]].irritant, &l->themes[t].irritant, l->opt.k) <= 0)
				break;
			l->ranked[i] = l->ranked[i - 1];
		}
		l->ranked[i] = t;
	}
}

static bool shown(const aur_irr_cell *c)
{
	return c->hide == AUR_SHOWN;
}

/* Who says a thing ten times is one witness and not ten: so people are tested too, each counted once per part, and the weaker test counts.  voiced,
 * asked: people of all parts that are shown. */
static double least(const aur_irr_spec *s, const aur_irr_cell *part, uint64_t voiced, uint64_t asked)
{
	double people = aur_specificity(s->cell.speakers, voiced, part->speakers, asked);
	return (people > 0) == (s->S > 0) ? fmin(fabs(s->S), fabs(people)) : 0;
}

aur_code aur_build_specificities(const aur_ledger *l, aur_irr_spec *const *row, const aur_irr_part *part, uint32_t parts, const bool *whole, aur_error *e)
{
	size_t all = (size_t)l->theme_count * parts;
	double *p = aur_xmalloc((all + 1) * sizeof *p);
	uint64_t N = 0;
	for (uint32_t i = 0; i < parts; i++)
		N += part[i].asked.n;
	for (uint32_t t = 0; t < l->theme_count; t++) {
		uint64_t F = 0, voiced = 0, asked = 0;
		for (uint32_t i = 0; i < parts; i++) {
			const aur_irr_cell *c = &row[t][i].cell, *n = &part[i].asked;
			F += c->n;
			voiced += shown(c) && shown(n) ? c->speakers : 0;
			asked += shown(c) && shown(n) ? n->speakers : 0;
		}
		for (uint32_t i = 0; i < parts; i++) {
			aur_irr_spec *s = &row[t][i];
			const aur_irr_cell *n = &part[i].asked;
			bool told = whole[t] && F && shown(&s->cell) && shown(n) && n->n && n->n < N;
			s->S = told ? aur_specificity(s->cell.n, F, n->n, N) : NAN;
			s->least = told ? least(s, n, voiced, asked) : NAN;
			/* S looks at the side on which it lies, and either may raise an alarm: so its p counts twice */
			p[(size_t)t * parts + i] = told ? fmin(0, log10(2) - s->least) : NAN;
		}
	}
	aur_code code = aur_adjust_bh_log10(p, NULL, all, p, e);
	for (uint32_t t = 0; code == AURE_OK && t < l->theme_count; t++)
		for (uint32_t i = 0; i < parts; i++)
			row[t][i].log10_q = p[(size_t)t * parts + i];
	free(p);
	return code;
}

static aur_code specificities(aur_ledger *l, aur_dim d, aur_error *e)
{
	const aur_irr_dim *dim = &l->dim[d];
	aur_irr_spec **row = aur_xmalloc(((size_t)l->theme_count + 1) * sizeof *row);
	bool *whole = aur_xmalloc((size_t)l->theme_count + 1), total = dim->count > 1 && shown(&l->all.asked) && shown(&dim->unplaced);
	for (uint32_t t = 0; t < l->theme_count; t++) {
		row[t] = l->themes[t].part[d];
		whole[t] = total && shown(&l->themes[t].irritant) && shown(&l->themes[t].unplaced[d]);
	}
	aur_code code = aur_build_specificities(l, row, dim->parts, dim->count, whole, e);
	free(row);
	free(whole);
	return code;
}

/* ---- all together ---------------------------------------------------------------------------------------------- */

static aur_code find_faults(aur_build *b, aur_error *e)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	uint32_t S = in->session_count, R = in->role_count, n = 0;
	uint32_t *list = aur_xmalloc((size_t)in->contribution_count * sizeof *list), *part = aur_xmalloc((size_t)in->contribution_count * sizeof *part);
	aur_irr_cell *cells = aur_xcalloc((size_t)S * R + 1, sizeof *cells), none;
	uint32_t *speakers = aur_xcalloc((size_t)S * R + 1, sizeof *speakers), *per_session = aur_xcalloc((size_t)S + 1, sizeof *per_session);
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		if (c->session == AUR_IN_ABSENT)
			continue;
		per_session[c->session]++;
		if (c->role == AUR_IN_ABSENT || c->speaker == AUR_IN_ABSENT)
			continue;
		list[n] = i;
		part[n++] = c->session * R + c->role;
	}
	aur_build_parts(b, list, part, n, S * R, cells, sizeof *cells, &none);
	for (uint32_t i = 0; i < S * R; i++)
		speakers[i] = cells[i].speakers;
	aur_code code = aur_consistency(in, l->by_date, speakers, per_session, &l->arena, &l->findings, &l->finding_count, e);
	for (uint32_t i = 0; i < l->finding_count && code == AURE_OK; i++) {
		aur_finding *f = &l->findings[i];
		if (f->kind == AUR_FIND_NO_SESSION)
			f->of = l->outside.said;
		if (f->kind != AUR_FIND_MORE_SPEAKERS)
			continue;
		/* those of the room less those of a role are those of the others, perhaps one; and « fewer than 5, more than the 3 present » are 4 */
		const aur_irr_cell *room = &l->rooms[f->session].said;
		bool told = l->opt.k < 2 || (room->hide == AUR_SHOWN && room->speakers == f->a);
		f->of = (aur_irr_cell){.n = (uint32_t)f->a, .speakers = (uint32_t)f->a, .hide = told ? AUR_SHOWN : AUR_MASKED};
	}
	free(list);
	free(part);
	free(cells);
	free(speakers);
	free(per_session);
	return code;
}

static void place(aur_build *b)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	uint32_t S = in->session_count, P = l->dim[AUR_DIM_TERRITORY].count, G = AUR_BUILD_GROUPS(in);
	uint32_t *list = aur_xmalloc((size_t)in->contribution_count * sizeof *list), *part = aur_xmalloc((size_t)in->contribution_count * sizeof *part);
	aur_irr_cell *cells = aur_xcalloc((size_t)S * G + 1, sizeof *cells), none;
	l->place = aur_arena_alloc(&l->arena, (size_t)in->contribution_count + 1);
	memset(l->place, l->opt.k < 2 ? AUR_PLACE_SESSION : AUR_PLACE_NOWHERE, in->contribution_count);
	/* territories first, as there are no more of them than sessions */
	for (int place = AUR_PLACE_TERRITORY; place <= AUR_PLACE_SESSION && l->opt.k > 1; place++) {
		uint32_t n = 0;
		for (uint32_t i = 0; i < in->contribution_count; i++) {
			const aur_in_contribution *c = &in->contributions[i];
			uint32_t where = c->session == AUR_IN_ABSENT || place == AUR_PLACE_SESSION ? c->session : l->dim[AUR_DIM_TERRITORY].of_session[c->session];
			if (where == AUR_IN_ABSENT)
				continue;
			list[n] = i;
			part[n++] = where * G + 2 * (c->role == AUR_IN_ABSENT ? in->role_count : c->role) + (c->status == AUR_IN_PRO);
		}
		aur_build_parts(b, list, part, n, (place == AUR_PLACE_SESSION ? S : P) * G, cells, sizeof *cells, &none);
		for (uint32_t i = 0; i < n; i++)
			if (cells[part[i]].speakers >= l->opt.k)
				l->place[list[i]] = (uint8_t)place;
	}
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		list[i] = i;
		part[i] = aur_quotable(l, i);
	}
	aur_build_parts(b, list, part, in->contribution_count, 2, l->quoted, sizeof *l->quoted, &none);
	free(list);
	free(part);
	free(cells);
}

/* How many verbatims a theme may have.  Each is by another person, so as many verbatims as people would reveal the
 * count: if fewer than k people voiced it, there are at most k-2, or 1 if that is less. */
static uint32_t quotes_told(const aur_ledger *l, const aur_irr_cell *of, uint32_t want)
{
	if (of->speakers >= l->opt.k)
		return want;
	uint32_t most = l->opt.k > 3 ? l->opt.k - 2 : 1;
	return want < most ? want : most;
}

static void pick_quotes(aur_build *b)
{
	aur_ledger *l = b->l;
	uint32_t *cand = aur_xmalloc((size_t)b->in->contribution_count * sizeof *cand), n;
	for (uint32_t t = 0; t < l->theme_count; t++) {
		aur_irr_theme *x = &l->themes[t];
		n = 0;
		for (uint32_t i = 0; i < x->list_count; i++)
			if (x->how[i] & AUR_HOW_IRRITANT)
				cand[n++] = x->list[i];
		x->quotes = aur_arena_alloc(&l->arena, ((size_t)l->opt.quote_count + 1) * sizeof *x->quotes);
		x->quote_count = aur_quote_pick(l, t, cand, n, quotes_told(l, &x->irritant, l->opt.quote_count), x->quotes, &x->quotable);
		/* each verbatim is by another person, so a reader knows that there are at least that many people */
		x->irritant.floor_n = x->irritant.floor_speakers = x->quote_count;
	}
	n = 0;
	for (uint32_t i = 0; i < b->in->contribution_count; i++) {
		const aur_in_contribution *c = &b->in->contributions[l->order[i]];
		if (!c->hit_count && !c->non_answer)
			cand[n++] = l->order[i];
	}
	uint32_t want = quotes_told(l, &l->all.bare, 2 * l->opt.quote_count);
	l->bare = aur_arena_alloc(&l->arena, ((size_t)want + 1) * sizeof *l->bare);
	l->bare_count = aur_quote_pick(l, AUR_IN_ABSENT, cand, n, want, l->bare, NULL);
	l->all.bare.floor_n = l->all.bare.floor_speakers = l->bare_count;
	free(cand);
}

/* Suppression searches over all sessions at once, and over all roles, in more than quadratic time: 500 take seconds. */
#define SESSIONS_MAX 500u
#define ROLES_MAX 500u

static aur_code fits(const aur_input *in, aur_error *e)
{
	if (in->session_count > SESSIONS_MAX)
		return aur_fail(e, AURE_DATA,
				_("this corpus has %u sessions, and a ledger counts %u at most: a session is one meeting; if the column read as « session » "
				  "holds something else (a number for each answer, a place), ingest it again under another name"),
				in->session_count, SESSIONS_MAX);
	if (in->role_count > ROLES_MAX)
		return aur_fail(e, AURE_DATA,
				_("this corpus has %u roles, and a ledger counts %u at most: a role is one of the few capacities in which people come to a session; if the "
				  "column read as « role » holds something else (a name, an answer), ingest it again under another name"),
				in->role_count, ROLES_MAX);
	return AURE_OK;
}

static aur_code scratch_make(aur_build *b, aur_error *e)
{
	const aur_input *in = b->in;
	size_t people = (size_t)b->l->person_count + 1, groups = (size_t)in->session_count * AUR_BUILD_GROUPS(in), widest = in->session_count;
	widest = in->expr_count > widest ? in->expr_count : widest;
	widest = groups > widest ? groups : widest;
	widest = in->role_count > widest ? in->role_count : widest;
	if (widest > UINT32_MAX - 8)
		return aur_fail(e, AURE_DATA, _("this corpus has too many sessions and roles for a ledger"));
	b->stamp = aur_xcalloc(people, sizeof *b->stamp);
	b->bits = aur_xcalloc(people, sizeof *b->bits);
	b->from = aur_xcalloc((size_t)in->session_count + 1, sizeof *b->from);
	b->to = aur_xcalloc((size_t)in->session_count + 1, sizeof *b->to);
	b->one = aur_xcalloc(people, sizeof *b->one);
	b->asked = aur_xcalloc(people, sizeof *b->asked);
	for (uint32_t c = 0; c < in->contribution_count; c++)
		b->asked[b->l->person[c]] += aur_in_asked(&in->contributions[c]);
	b->bucket = aur_xmalloc((widest + 8) * sizeof *b->bucket);
	b->sorted = aur_xmalloc(((size_t)in->contribution_count + in->hit_count + 1) * sizeof *b->sorted);
	b->mark = aur_xcalloc((size_t)in->contribution_count + 1, 1);
	b->earliest = aur_xmalloc(people * sizeof *b->earliest);
	b->latest = aur_xmalloc(people * sizeof *b->latest);
	b->expr = aur_xcalloc((size_t)in->expr_count + 1, sizeof *b->expr);
	return AURE_OK;
}

static void scratch_free(aur_build *b)
{
	free(b->start);
	free(b->voice);
	free(b->bits);
	free(b->from);
	free(b->to);
	free(b->stamp);
	free(b->one);
	free(b->asked);
	free(b->bucket);
	free(b->sorted);
	free(b->mark);
	free(b->earliest);
	free(b->latest);
	free(b->leaving);
	free(b->expr);
}

/* Counts who was asked, then theme by theme: numbers, life, words, verbatims.  Nothing is hidden yet. */
static aur_code count_themes(aur_build *b, aur_error *e)
{
	aur_ledger *l = b->l;
	aur_code code = AURE_OK;
	aur_build_rooms(b);
	list_themes(b);
	l->theme_count = b->in->theme_count;
	l->themes = aur_arena_alloc(&l->arena, ((size_t)l->theme_count + 1) * sizeof *l->themes);
	for (uint32_t t = 0; t < l->theme_count && code == AURE_OK; t++) {
		l->themes[t].theme = t;
		aur_build_theme(b, &l->themes[t]);
		code = aur_build_life(b, &l->themes[t], e);
		if (code == AURE_OK)
			aur_build_words(b, &l->themes[t]);
	}
	if (code == AURE_OK) {
		place(b);
		pick_quotes(b);
	}
	return code;
}

/* Hides numbers that the threshold does not allow, then computes what may use only numbers that are still shown. */
static aur_code hide(aur_build *b, aur_error *e)
{
	aur_ledger *l = b->l;
	aur_code code = AURE_OK;
	aur_build_veil_rooms(b);
	for (uint32_t t = 0; t < l->theme_count; t++)
		if (b->in->themes[t].parent == AUR_IN_ABSENT)
			aur_build_veil(b, t);
	for (int d = 0; d < AUR_DIMS && code == AURE_OK; d++)
		code = specificities(l, (aur_dim)d, e);
	for (uint32_t t = 0; t < l->theme_count && code == AURE_OK; t++)
		code = aur_build_words_told(b, &l->themes[t], e);
	return code == AURE_OK ? aur_build_residue_told(b, e) : code;
}

aur_code aur_ledger_build(const aur_input *in, const aur_irr_options *opt, aur_ledger **out, aur_error *e)
{
	static const aur_irr_options defaults = AUR_IRR_OPTIONS;
	aur_code code = aur_input_check(in, e);
	if (code == AURE_OK)
		code = fits(in, e);
	if (code != AURE_OK)
		return code;
	aur_ledger *l = aur_xcalloc(1, sizeof *l);
	aur_build b = {.in = in, .l = l};
	l->in = in;
	l->opt = opt ? *opt : defaults;
	code = aur_build_order(&b, e);
	if (code == AURE_OK)
		code = scratch_make(&b, e);
	if (code == AURE_OK)
		code = count_themes(&b, e);
	if (code == AURE_OK)
		code = hide(&b, e);
	if (code == AURE_OK) {
		rank_themes(l);
		code = find_faults(&b, e);
	}
	scratch_free(&b);
	if (code == AURE_OK)
		*out = l;
	else
		aur_ledger_free(l);
	return code;
}
