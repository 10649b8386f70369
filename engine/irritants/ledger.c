/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger from above: who was asked, where and when; the themes one after the other; what ties them. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "irritants/build.h"
#include "irritants/quote.h"
#include "stats/adjust.h"
#include "stats/specificity.h"

static int str_cmp(aur_str a, aur_str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return c ? c : a.len < b.len ? -1 : a.len > b.len;
}

/* ---- sessions, parts, rooms --------------------------------------------------------------------------------- */

typedef struct dated {
	const aur_in_session *s;
	uint32_t i;
} dated;

static int by_date(const void *a, const void *b)
{
	const dated *x = a, *y = b;
	if (!x->s->date.len != !y->s->date.len)
		return x->s->date.len ? -1 : 1;
	int c = str_cmp(x->s->date, y->s->date);
	c = c ? c : str_cmp(x->s->id, y->s->id);
	return c ? c : x->i < y->i ? -1 : 1;
}

static void sort_sessions(aur_ledger *l)
{
	const aur_input *in = l->in;
	dated *d = aur_xmalloc(in->session_count * sizeof *d);
	l->by_date = aur_arena_alloc(&l->arena, in->session_count * sizeof *l->by_date);
	for (uint32_t i = 0; i < in->session_count; i++)
		d[i] = (dated){&in->sessions[i], i};
	if (in->session_count)
		qsort(d, in->session_count, sizeof *d, by_date);
	for (uint32_t i = 0; i < in->session_count; i++)
		l->by_date[i] = d[i].i;
	free(d);
}

static aur_str part_name(const aur_in_session *s, aur_dim d)
{
	return d == AUR_DIM_TERRITORY ? s->territory : d == AUR_DIM_KIND ? s->kind : s->wave;
}

static void find_parts(aur_ledger *l, aur_dim d)
{
	const aur_input *in = l->in;
	aur_irr_dim *dim = &l->dim[d];
	if (d == AUR_DIM_ROLE) {
		dim->count = in->role_count;
		dim->parts = aur_arena_alloc(&l->arena, ((size_t)dim->count + 1) * sizeof *dim->parts);
		for (uint32_t i = 0; i < dim->count; i++)
			dim->parts[i] = (aur_irr_part){.name = in->roles[i]};
		return;
	}
	dim->of_session = aur_arena_alloc(&l->arena, ((size_t)in->session_count + 1) * sizeof *dim->of_session);
	dim->parts = aur_arena_alloc(&l->arena, ((size_t)in->session_count + 1) * sizeof *dim->parts);
	for (uint32_t i = 0; i < in->session_count; i++) {
		const aur_in_session *s = &in->sessions[l->by_date[i]];
		aur_str name = part_name(s, d);
		uint32_t p = AUR_IN_ABSENT;
		if (name.len) {
			for (p = 0; p < dim->count && str_cmp(dim->parts[p].name, name); p++)
				;
			if (p == dim->count)
				dim->parts[dim->count++] = (aur_irr_part){.name = name, .first_date = s->date};
			dim->parts[p].sessions++;
		}
		dim->of_session[l->by_date[i]] = p;
	}
}

static uint32_t part_of(const aur_ledger *l, aur_dim d, uint32_t c)
{
	const aur_in_contribution *x = &l->in->contributions[c];
	if (d == AUR_DIM_ROLE)
		return x->role;
	return x->session == AUR_IN_ABSENT ? AUR_IN_ABSENT : l->dim[d].of_session[x->session];
}

/* The contributions in order of session, those of none at the end; and who spoke. */
static void sort_contributions(aur_build *b)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	uint32_t *at = aur_xcalloc((size_t)in->session_count + 2, sizeof *at), *rank = aur_xmalloc(in->session_count * sizeof *rank);
	for (uint32_t i = 0; i < in->session_count; i++)
		rank[l->by_date[i]] = i;
	for (uint32_t c = 0; c < in->contribution_count; c++) {
		uint32_t s = in->contributions[c].session;
		at[(s == AUR_IN_ABSENT ? in->session_count : rank[s]) + 1]++;
	}
	for (uint32_t i = 0; i < in->session_count; i++)
		at[i + 1] += at[i];
	l->order = aur_arena_alloc(&l->arena, in->contribution_count * sizeof *l->order);
	l->person = aur_arena_alloc(&l->arena, in->contribution_count * sizeof *l->person);
	l->person_count = in->speaker_count;
	for (uint32_t c = 0; c < in->contribution_count; c++) {
		const aur_in_contribution *x = &in->contributions[c];
		l->order[at[x->session == AUR_IN_ABSENT ? in->session_count : rank[x->session]]++] = c;
		l->anonymous += x->speaker == AUR_IN_ABSENT;
		l->person[c] = x->speaker == AUR_IN_ABSENT ? l->person_count++ : x->speaker;
		l->quotable += aur_quotable(l, c);
	}
	free(at);
	free(rank);
}

void aur_build_parts(aur_build *b, const uint32_t *list, const uint32_t *part, uint32_t n, uint32_t parts, aur_irr_cell *out,
		     size_t stride, aur_irr_cell *absent)
{
	uint32_t *at = b->bucket;
	memset(at, 0, ((size_t)parts + 2) * sizeof *at);
	for (uint32_t i = 0; i < n; i++)
		at[(part[i] == AUR_IN_ABSENT ? parts : part[i]) + 1]++;
	for (uint32_t p = 0; p <= parts; p++)
		at[p + 1] += at[p];
	for (uint32_t i = 0; i < n; i++)
		b->sorted[at[part[i] == AUR_IN_ABSENT ? parts : part[i]]++] = list[i];
	for (uint32_t p = 0, i = 0; p <= parts; p++) {
		aur_irr_cell *c = p < parts ? (aur_irr_cell *)((char *)out + p * stride) : absent;
		c->n = at[p] - i;
		c->speakers = 0;
		for (b->epoch++; i < at[p]; i++) {
			uint32_t who = b->l->person[b->sorted[i]];
			c->speakers += b->stamp[who] != b->epoch;
			b->stamp[who] = b->epoch;
		}
	}
}

static void sessions_by_part(aur_build *b)
{
	const aur_ledger *l = b->l;
	uint32_t S = l->in->session_count;
	for (int d = 0; d < AUR_DIM_ROLE; d++) {
		const aur_irr_dim *dim = &l->dim[d];
		uint32_t *at = aur_xcalloc((size_t)dim->count + 2, sizeof *at);
		b->by_part[d] = aur_arena_alloc(&b->l->arena, ((size_t)S + 1) * sizeof *b->by_part[d]);
		for (uint32_t s = 0; s < S; s++)
			at[(dim->of_session[s] < dim->count ? dim->of_session[s] : dim->count) + 1]++;
		for (uint32_t p = 0; p < dim->count; p++)
			at[p + 1] += at[p];
		for (uint32_t s = 0; s < S; s++)
			b->by_part[d][at[dim->of_session[s] < dim->count ? dim->of_session[s] : dim->count]++] = s;
		free(at);
	}
}

static void count_rooms(aur_build *b)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	uint32_t n = in->contribution_count, S = in->session_count, m = 0;
	uint32_t *list = aur_xmalloc((size_t)n * sizeof *list), *part = aur_xmalloc((size_t)n * sizeof *part);
	aur_irr_cell *cells = aur_xcalloc((size_t)S + 1, sizeof *cells), none = {0};
	l->rooms = aur_arena_alloc(&l->arena, ((size_t)S + 1) * sizeof *l->rooms);
	for (uint32_t i = 0; i < n; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		aur_irr_room *r = c->session == AUR_IN_ABSENT ? &l->outside : &l->rooms[c->session];
		r->tokens += c->tokens;
		l->all.tokens += c->tokens;
	}
	for (int pass = 0; pass < AUR_ROOM_CELLS; pass++) {
		m = 0;
		for (uint32_t i = 0; i < n; i++) {
			const aur_in_contribution *c = &in->contributions[i];
			bool bare = !c->hit_count || c->non_answer;
			bool take = pass == AUR_ROOM_SAID	   ? true
				    : pass == AUR_ROOM_ASKED	   ? aur_in_asked(c)
				    : pass == AUR_ROOM_BARE	   ? bare && !c->non_answer
				    : pass == AUR_ROOM_NON_ANSWERS ? c->non_answer
				    : pass == AUR_ROOM_NOT_ASKED   ? !aur_in_asked(c)
								   : !bare;
			if (take) {
				list[m] = i;
				part[m++] = c->session;
			}
		}
		aur_build_parts(b, list, part, m, S, cells, sizeof *cells, &none);
		for (uint32_t s = 0; s <= S; s++) {
			aur_irr_room *r = s < S ? &l->rooms[s] : &l->outside;
			const aur_irr_cell *c = s < S ? &cells[s] : &none;
			*aur_build_room_cell(r, pass) = *c;
			l->rooms_possible += pass == AUR_ROOM_ASKED && s < S && c->n;
		}
		if (pass == AUR_ROOM_SAID) {
			for (uint32_t i = 0; i < m; i++)
				part[i] = in->contributions[list[i]].stance;
			aur_build_parts(b, list, part, m, AUR_IN_STANCES, l->stance, sizeof *l->stance, &none);
		}
		for (uint32_t i = 0; i < m; i++)
			part[i] = 0;
		aur_irr_cell all = {0};
		aur_build_parts(b, list, part, m, 1, &all, sizeof all, &none);
		*aur_build_room_cell(&l->all, pass) = all;
		if (pass == AUR_ROOM_ASKED) {
			for (int d = 0; d < AUR_DIMS; d++) {
				aur_irr_dim *dim = &l->dim[d];
				aur_irr_cell *pc = aur_xcalloc((size_t)dim->count + 1, sizeof *pc);
				for (uint32_t i = 0; i < m; i++)
					part[i] = part_of(l, (aur_dim)d, list[i]);
				aur_build_parts(b, list, part, m, dim->count, pc, sizeof *pc, &dim->unplaced);
				for (uint32_t p = 0; p < dim->count; p++) {
					dim->parts[p].asked = pc[p];
					dim->asked += pc[p].n;
				}
				free(pc);
			}
		}
	}
	l->contributions = l->all.said.n;
	l->people = l->all.said.speakers;
	l->asked = l->all.asked.n;
	l->asked_people = l->all.asked.speakers;
	for (uint32_t s = 0; s < S; s++)
		for (int d = 0; d < AUR_DIM_ROLE; d++)
			if (l->rooms[s].asked.n && l->dim[d].of_session[s] != AUR_IN_ABSENT)
				l->dim[d].parts[l->dim[d].of_session[s]].rooms++;
	free(list);
	free(part);
	free(cells);
}

/* The waves of the life-cycle: those typed where every dated room has one and there are two; else two halves. */
static void set_life_waves(aur_ledger *l)
{
	const aur_input *in = l->in;
	uint32_t rooms = 0, waves = 0, seen = AUR_IN_ABSENT, i = 0;
	bool typed = true;
	l->life_wave = aur_arena_alloc(&l->arena, ((size_t)in->session_count + 1) * sizeof *l->life_wave);
	for (uint32_t s = 0; s < in->session_count; s++) {
		if (!l->rooms[s].asked.n || !in->sessions[s].date.len)
			continue;
		uint32_t w = l->dim[AUR_DIM_WAVE].of_session[s];
		rooms++;
		typed &= w != AUR_IN_ABSENT;
		waves += w != seen;
		seen = w;
	}
	l->halves = !(typed && waves > 1 && l->dim[AUR_DIM_WAVE].count > 1);
	for (uint32_t k = 0; k < in->session_count; k++) {
		uint32_t s = l->by_date[k];
		if (!l->rooms[s].asked.n || !in->sessions[s].date.len) {
			l->life_wave[s] = AUR_IN_ABSENT;
			continue;
		}
		l->life_wave[s] = l->halves ? 2 * i + 1 >= rooms : l->dim[AUR_DIM_WAVE].of_session[s];
		i++;
	}
}

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

int aur_irr_cell_order(const aur_irr_cell *a, const aur_irr_cell *b, uint32_t k)
{
	const aur_irr_cell *c[2] = {a, b};
	uint32_t key[2][2], high;
	for (int i = 0; i < 2; i++) {
		bool band = c[i]->hide == AUR_BAND, told = c[i]->hide == AUR_SHOWN;
		key[i][0] = told ? c[i]->speakers : c[i]->n > 0;
		key[i][1] = told ? c[i]->n : 0;
		if (band)
			aur_band(c[i]->speakers, k, &key[i][0], &high);
	}
	if (key[0][0] != key[1][0])
		return key[0][0] > key[1][0] ? -1 : 1;
	return key[0][1] > key[1][1] ? -1 : key[0][1] < key[1][1];
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

/* Specificities of every theme in every part of a dimension, and their q-values together.  Only of what is shown, out of what is shown: S gives
 * its four numbers back, and a q may be another cell's p. */
static aur_code specificities(aur_ledger *l, aur_dim d, aur_error *e)
{
	const aur_irr_dim *dim = &l->dim[d];
	size_t all = (size_t)l->theme_count * dim->count;
	double *p = aur_xmalloc((all + 1) * sizeof *p);
	bool total = dim->count > 1 && shown(&l->all.asked) && shown(&dim->unplaced);
	for (uint32_t t = 0; t < l->theme_count; t++) {
		const aur_irr_theme *x = &l->themes[t];
		uint64_t F = 0;
		for (uint32_t i = 0; i < dim->count; i++)
			F += x->part[d][i].cell.n;
		bool whole = total && F && shown(&x->irritant) && shown(&x->unplaced[d]);
		for (uint32_t i = 0; i < dim->count; i++) {
			aur_irr_spec *s = &l->themes[t].part[d][i];
			bool told = whole && shown(&s->cell) && shown(&dim->parts[i].asked) && dim->parts[i].asked.n && dim->parts[i].asked.n < dim->asked;
			s->S = told ? aur_specificity(s->cell.n, F, dim->parts[i].asked.n, dim->asked) : NAN;
			p[(size_t)t * dim->count + i] = -fabs(s->S);
		}
	}
	aur_code code = aur_adjust_bh_log10(p, all, p, e);
	for (uint32_t t = 0; code == AURE_OK && t < l->theme_count; t++)
		for (uint32_t i = 0; i < dim->count; i++)
			l->themes[t].part[d][i].log10_q = p[(size_t)t * dim->count + i];
	free(p);
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
		if (f->kind == AUR_FIND_MORE_SPEAKERS)
			f->of = (aur_irr_cell){.n = (uint32_t)f->a, .speakers = (uint32_t)f->a, .hide = f->a < l->opt.k ? AUR_FEW : AUR_SHOWN};
	}
	free(list);
	free(part);
	free(cells);
	free(speakers);
	free(per_session);
	return code;
}

/* Verbatims are of different people: of a count under the threshold there are too few to give it back. */
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
		/* so many people at least: no two are one person's */
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

aur_code aur_ledger_build(const aur_input *in, const aur_irr_options *opt, aur_ledger **out, aur_error *e)
{
	static const aur_irr_options defaults = AUR_IRR_OPTIONS;
	aur_code code = aur_input_check(in, e);
	if (code != AURE_OK)
		return code;
	aur_ledger *l = aur_xcalloc(1, sizeof *l);
	aur_build b = {.in = in, .l = l};
	l->in = in;
	l->opt = opt ? *opt : defaults;
	sort_sessions(l);
	for (int d = 0; d < AUR_DIMS; d++)
		find_parts(l, (aur_dim)d);
	sort_contributions(&b);
	size_t widest = in->session_count;
	widest = in->expr_count > widest ? in->expr_count : widest;
	widest = (size_t)in->session_count * in->role_count > widest ? (size_t)in->session_count * in->role_count : widest;
	widest = in->role_count > widest ? in->role_count : widest;
	if (widest > UINT32_MAX - 8) {
		code = aur_fail(e, AURE_DATA, _("this corpus has too many sessions and roles for a ledger"));
		goto out;
	}
	b.stamp = aur_xcalloc((size_t)l->person_count + 1, sizeof *b.stamp);
	b.bits = aur_xcalloc((size_t)l->person_count + 1, sizeof *b.bits);
	b.from = aur_xcalloc((size_t)in->session_count + 1, sizeof *b.from);
	b.to = aur_xcalloc((size_t)in->session_count + 1, sizeof *b.to);
	sessions_by_part(&b);
	b.one = aur_xcalloc((size_t)l->person_count + 1, sizeof *b.one);
	b.asked = aur_xcalloc((size_t)l->person_count + 1, sizeof *b.asked);
	for (uint32_t c = 0; c < in->contribution_count; c++)
		b.asked[l->person[c]] += aur_in_asked(&in->contributions[c]);
	b.bucket = aur_xmalloc((widest + 8) * sizeof *b.bucket);
	b.sorted = aur_xmalloc(((size_t)in->contribution_count + in->hit_count + 1) * sizeof *b.sorted);
	b.mark = aur_xcalloc((size_t)in->contribution_count + 1, 1);
	b.earliest = aur_xmalloc(((size_t)l->person_count + 1) * sizeof *b.earliest);
	b.latest = aur_xmalloc(((size_t)l->person_count + 1) * sizeof *b.latest);
	b.expr = aur_xcalloc((size_t)in->expr_count + 1, sizeof *b.expr);
	count_rooms(&b);
	set_life_waves(l);
	list_themes(&b);
	l->theme_count = in->theme_count;
	l->themes = aur_arena_alloc(&l->arena, ((size_t)l->theme_count + 1) * sizeof *l->themes);
	memset(l->themes, 0, ((size_t)l->theme_count + 1) * sizeof *l->themes);
	for (uint32_t t = 0; t < l->theme_count; t++) {
		l->themes[t].theme = t;
		aur_build_theme(&b, &l->themes[t]);
		code = aur_build_life(&b, &l->themes[t], e);
		if (code != AURE_OK)
			goto out;
		aur_build_words(&b, &l->themes[t]);
	}
	pick_quotes(&b);
	aur_build_veil_rooms(&b);
	for (uint32_t t = 0; t < l->theme_count; t++)
		if (in->themes[t].parent == AUR_IN_ABSENT)
			aur_build_veil(&b, t);
	for (int d = 0; d < AUR_DIMS; d++) {
		code = specificities(l, (aur_dim)d, e);
		if (code != AURE_OK)
			goto out;
	}
	for (uint32_t t = 0; t < l->theme_count; t++) {
		code = aur_build_words_told(&b, &l->themes[t], e);
		if (code != AURE_OK)
			goto out;
	}
	rank_themes(l);
	code = find_faults(&b, e);
out:
	free(b.start);
	free(b.voice);
	free(b.bits);
	free(b.from);
	free(b.to);
	free(b.stamp);
	free(b.one);
	free(b.asked);
	free(b.bucket);
	free(b.sorted);
	free(b.mark);
	free(b.earliest);
	free(b.latest);
	free(b.expr);
	if (code == AURE_OK)
		*out = l;
	else
		aur_ledger_free(l);
	return code;
}

void aur_ledger_free(aur_ledger *l)
{
	if (!l)
		return;
	aur_arena_free(&l->arena);
	free(l);
}
