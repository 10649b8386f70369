/* SPDX-License-Identifier: Apache-2.0 */
/* One theme: its cells, its share, its voices, its life. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "irritants/build.h"
#include "stats/diversity.h"

/* Ranks cells: the breakdown of a sub-theme is hidden first, then that of a theme, then the totals. */
static void rank(const aur_input *in, const aur_ledger *l, aur_irr_theme *t)
{
	uint8_t r = in->themes[t->theme].parent == AUR_IN_ABSENT;
	t->irritant.rank = t->carried.rank = (uint8_t)(r + 2);
	for (int i = 0; i < AUR_IN_STANCES; i++)
		t->stance[i].rank = r;
	for (int i = 0; i < 6; i++)
		t->finger[i].rank = r;
	for (int i = 0; i < 3; i++)
		t->polarity[i].rank = r;
	for (uint32_t s = 0; s < in->session_count; s++)
		t->session[s].rank = r;
	for (int d = 0; d < AUR_DIMS; d++)
		for (uint32_t i = 0; i < l->dim[d].count; i++)
			t->part[d][i].cell.rank = r;
}

/* One bit per cell that a contribution can count in. */
enum { BIT_STANCE = 0, BIT_FINGER = 6, BIT_POLARITY = 12, BIT_CARRIES = 15, BIT_IRRITANT, BIT_ASSERTED_FREE, BIT_NO_IRRITANT, BIT_REST, BITS = BIT_REST + 6 };
_Static_assert(AUR_IN_STANCES == 6 && BITS <= 32, "bits of a contribution");

static uint32_t bits_of(const aur_voice *v, unsigned how)
{
	uint32_t m = (how / AUR_B_ASSERTED & 7) << BIT_POLARITY;
	bool free = v->stance == AUR_IN_UNSTRUCTURED && (how & AUR_B_IRRITANT);
	if (how & AUR_B_IRRITANT)
		m |= 1u << BIT_IRRITANT | (uint32_t)free << BIT_ASSERTED_FREE;
	if (how & AUR_B_CARRIES)
		m |= 1u << BIT_CARRIES | 1u << (BIT_STANCE + v->stance) | 1u << (BIT_FINGER + v->finger) |
		     (uint32_t) !(how & AUR_B_IRRITANT) << BIT_NO_IRRITANT | (uint32_t)(!v->finger && !free) << (BIT_REST + v->stance);
	return m;
}

static void count_bits(aur_build *b, const aur_voice *voice, const uint8_t *how, uint32_t n, aur_irr_cell *const *cell)
{
	uint32_t contributions[BITS] = {0}, speakers[BITS] = {0};
	for (uint32_t i = 0; i < n; i++) {
		uint32_t m = bits_of(&voice[i], how[i]), fresh = m & ~b->bits[voice[i].person];
		b->bits[voice[i].person] |= m;
		for (; m; m &= m - 1)
			contributions[__builtin_ctz(m)]++;
		for (; fresh; fresh &= fresh - 1)
			speakers[__builtin_ctz(fresh)]++;
	}
	for (uint32_t i = 0; i < n; i++)
		b->bits[voice[i].person] = 0;
	for (int k = 0; k < BITS; k++) {
		cell[k]->n = contributions[k];
		cell[k]->speakers = speakers[k];
	}
}

/* Adds the people of session s (S: of no session) who have not been counted in this epoch. */
static void add_session(aur_build *b, const uint32_t *people, uint32_t s, aur_irr_cell *c)
{
	for (uint32_t i = b->from[s]; i < b->to[s]; i++) {
		c->speakers += b->stamp[people[i]] != b->epoch;
		b->stamp[people[i]] = b->epoch;
	}
	c->n += b->to[s] - b->from[s];
}

void aur_build_cells(aur_build *b, const uint32_t *list, const aur_voice *voice, const uint8_t *how, uint32_t n, aur_irr_theme *t)
{
	const aur_input *in = b->in;
	aur_ledger *l = b->l;
	uint32_t S = in->session_count, R = l->dim[AUR_DIM_ROLE].count, m = 0;
	aur_irr_cell *cell[BITS];
	for (int i = 0; i < 6; i++) {
		cell[BIT_STANCE + i] = &t->stance[i];
		cell[BIT_FINGER + i] = &t->finger[i];
		cell[BIT_REST + i] = &t->stance_rest[i];
		t->stance_rest[i].unpublished = true;
	}
	cell[BIT_POLARITY] = &t->polarity[AUR_ASSERTED];
	cell[BIT_POLARITY + 1] = &t->polarity[AUR_CONDITIONAL];
	cell[BIT_POLARITY + 2] = &t->polarity[AUR_NEGATED];
	cell[BIT_CARRIES] = &t->carried;
	cell[BIT_IRRITANT] = &t->irritant;
	cell[BIT_ASSERTED_FREE] = &t->asserted_free;
	cell[BIT_NO_IRRITANT] = &t->no_irritant;
	/* cells that no table prints, but that follow from a difference */
	t->carried.unpublished = t->finger[0].unpublished = t->no_irritant.unpublished = true;
	count_bits(b, voice, how, n, cell);

	/* The irritant, by session and by part. */
	uint32_t *people = aur_xmalloc(((size_t)n + 1) * sizeof *people), *some = aur_xmalloc(((size_t)n + 1) * sizeof *some),
		 *role = aur_xmalloc(((size_t)n + 1) * sizeof *role);
	memset(b->from, 0, ((size_t)S + 1) * sizeof *b->from);
	memset(b->to, 0, ((size_t)S + 1) * sizeof *b->to);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t s = voice[i].session < S ? voice[i].session : S;
		if (!(how[i] & AUR_B_IRRITANT))
			continue;
		if (!b->to[s])
			b->from[s] = m;
		some[m] = list[i];
		role[m] = voice[i].role == AUR_IN_ABSENT ? AUR_IN_ABSENT : l->dim[AUR_DIM_ROLE].of_role[voice[i].role];
		people[m++] = voice[i].person;
		b->to[s] = m;
	}
	t->session = aur_arena_alloc(&l->arena, ((size_t)S + 1) * sizeof *t->session);
	for (uint32_t s = 0; s <= S; s++) {
		b->epoch++;
		add_session(b, people, s, s < S ? &t->session[s] : &t->elsewhere);
	}
	t->elsewhere.unpublished = l->outside.asked.n > 0; /* if no contribution outside of sessions was asked, everybody knows that it is 0 */
	for (int d = 0; d < AUR_DIMS; d++) {
		const aur_irr_dim *dim = &l->dim[d];
		t->part[d] = aur_arena_alloc(&l->arena, ((size_t)dim->count + 1) * sizeof *t->part[d]);
		/* "unplaced" is printed nowhere, but specificities reveal it as the rest: so it is suppressed as if it were printed */
		if (d == AUR_DIM_ROLE) {
			aur_build_parts(b, some, role, m, R, &t->part[d]->cell, sizeof *t->part[d], &t->unplaced[d]);
			continue;
		}
		uint32_t last = AUR_IN_ABSENT - 1;
		for (uint32_t i = 0; i <= S; i++) {
			uint32_t s = i < S ? b->by_part[d][i] : S, p = i < S ? dim->of_session[s] : AUR_IN_ABSENT;
			b->epoch += p != last;
			last = p;
			add_session(b, people, s, p == AUR_IN_ABSENT ? &t->unplaced[d] : &t->part[d][p].cell);
		}
	}
	rank(in, l, t);
	free(people);
	free(some);
	free(role);
}

/* What remains of each figure when any one person is left out, and how many voices it takes to make it. */
static void voices(aur_build *b, aur_irr_theme *t)
{
	const aur_ledger *l = b->l;
	uint32_t *said = b->one;
	const uint32_t *asked = b->asked;
	uint32_t n = 0, people = 0, top = 0;
	uint64_t *counts = aur_xmalloc(((size_t)t->irritant.speakers + 1) * sizeof *counts);
	for (uint32_t i = 0; i < t->list_count; i++)
		said[l->person[t->list[i]]] += t->how[i] & AUR_HOW_IRRITANT;
	double share = t->irritant.n ? (double)t->irritant.n / l->asked : 0;
	t->loo_n = (aur_irr_range){t->irritant.n, t->irritant.n};
	t->loo_share = (aur_irr_range){share, share};
	for (uint32_t i = 0; i < t->list_count; i++) {
		uint32_t who = l->person[t->list[i]];
		if (!said[who])
			continue;
		counts[people++] = said[who];
		top = said[who] > top ? said[who] : top;
		if (t->irritant.n - said[who] < t->loo_n.low)
			t->loo_n.low = t->irritant.n - said[who];
		if (l->asked > asked[who]) {
			double x = (double)(t->irritant.n - said[who]) / (l->asked - asked[who]);
			t->loo_share.low = x < t->loo_share.low ? x : t->loo_share.low;
			t->loo_share.high = x > t->loo_share.high ? x : t->loo_share.high;
		}
		n += said[who];
		said[who] = 0;
	}
	/* of those who did not voice it, leaving out the one with the most contributions asked raises the share most */
	uint32_t silent = 0;
	b->epoch++;
	for (uint32_t i = 0; i < t->list_count; i++)
		if (t->how[i] & AUR_HOW_IRRITANT)
			b->stamp[l->person[t->list[i]]] = b->epoch;
	for (uint32_t p = 0; p < l->person_count; p++)
		if (b->stamp[p] != b->epoch && asked[p] > silent)
			silent = asked[p];
	if (l->asked > silent) {
		double x = (double)t->irritant.n / (l->asked - silent);
		t->loo_share.high = x > t->loo_share.high ? x : t->loo_share.high;
	}
	t->effective_people = aur_effective_shannon(counts, people);
	t->loudest = n ? (double)top / n : 0;
	free(counts);
}

/* In how many rooms and territories it was heard, and in how many at least when any one person is left out.  sole[person] counts
 * the places where nobody else voiced it. */
static void places(aur_build *b, aur_irr_theme *t)
{
	const aur_ledger *l = b->l;
	const aur_input *in = b->in;
	const aur_irr_dim *terr = &l->dim[AUR_DIM_TERRITORY];
	t->first = t->last = AUR_IN_ABSENT;
	for (uint32_t i = 0; i < in->session_count; i++) {
		uint32_t s = l->by_date[i];
		if (!t->session[s].n)
			continue;
		t->rooms++;
		if (!in->sessions[s].date.len)
			continue;
		t->first = t->first == AUR_IN_ABSENT ? s : t->first;
		t->last = s;
	}
	t->rooms_possible = l->rooms_possible;
	for (uint32_t p = 0; p < terr->count; p++) {
		t->territories += t->part[AUR_DIM_TERRITORY][p].cell.n > 0;
		t->territories_possible += terr->parts[p].asked.n > 0;
	}
	uint32_t worst[2] = {0, 0}, *sole = b->one, *seen = b->bucket;
	for (int pass = 0; pass < 2; pass++) {
		memset(seen, 0, (pass ? terr->count : in->session_count) * sizeof *seen);
		for (uint32_t i = 0; i < t->list_count; i++) {
			uint32_t s = in->contributions[t->list[i]].session, who = l->person[t->list[i]];
			uint32_t p = s == AUR_IN_ABSENT ? AUR_IN_ABSENT : pass ? terr->of_session[s] : s;
			if (!(t->how[i] & AUR_HOW_IRRITANT) || p == AUR_IN_ABSENT || seen[p]++)
				continue;
			if ((pass ? t->part[AUR_DIM_TERRITORY][p].cell : t->session[p]).speakers == 1 && ++sole[who] > worst[pass])
				worst[pass] = sole[who];
		}
		for (uint32_t i = 0; i < t->list_count; i++)
			sole[l->person[t->list[i]]] = 0;
	}
	t->loo_rooms = (aur_irr_range){t->rooms - worst[0], t->rooms};
	t->loo_territories = (aur_irr_range){t->territories - worst[1], t->territories};
}

/* Is it kept, improved and thrown away at once?  A contribution that denies the theme takes no side. */
static void divergence(const aur_input *in, aur_irr_theme *t)
{
	uint64_t c[3] = {0};
	for (uint32_t i = 0; i < t->list_count; i++) {
		uint8_t stance = in->contributions[t->list[i]].stance;
		if (t->how[i] >> 4 != AUR_NEGATED && stance >= AUR_IN_KEEP && stance <= AUR_IN_GETRID)
			c[stance - AUR_IN_KEEP]++;
	}
	for (int i = 0; i < 3; i++)
		t->stances_heard += c[i] > 0;
	t->divergence = aur_effective_shannon(c, 3);
}

void aur_build_theme(aur_build *b, aur_irr_theme *t)
{
	aur_ledger *l = b->l;
	size_t from = b->start[t->theme], to = b->start[t->theme + 1];
	t->list = b->list + from;
	t->list_count = (uint32_t)(to - from);
	const aur_voice *v = b->voice + from;
	aur_build_cells(b, t->list, v, b->how + from, t->list_count, t);
	/* t->how has the bits of ledger.h, AUR_HOW_*, b->how those of build.h, AUR_B_* */
	uint8_t *how = aur_arena_alloc(&l->arena, (size_t)t->list_count + 1);
	for (uint32_t i = 0; i < t->list_count; i++) {
		uint8_t h = b->how[from + i];
		uint8_t p = h & AUR_B_ASSERTED ? AUR_ASSERTED : h & AUR_B_DENIED ? AUR_NEGATED : AUR_CONDITIONAL;
		how[i] = (uint8_t)((h & AUR_B_IRRITANT ? AUR_HOW_IRRITANT : 0) | p << 4);
	}
	t->how = how;
	t->share = aur_wilson(t->irritant.n, l->asked, l->opt.level);
	t->share_people = aur_wilson(t->irritant.speakers, l->asked_people, l->opt.level);
	places(b, t);
	voices(b, t);
	divergence(b->in, t);
}

typedef struct life_room {
	uint32_t session, wave, order;
} life_room;

static int by_wave(const void *a, const void *b)
{
	const life_room *x = a, *y = b;
	return x->wave != y->wave ? (x->wave < y->wave ? -1 : 1) : x->order < y->order ? -1 : x->order > y->order;
}

/* The people of each room, weighted by what they said: if everybody in a room said twice the mean, its people count double. */
static void weigh(const aur_ledger *l, const life_room *o, uint32_t m, aur_life_room *r)
{
	uint64_t said = 0, people = 0;
	for (uint32_t i = 0; i < m; i++) {
		said += l->rooms[o[i].session].asked.n;
		people += r[i].asked;
	}
	for (uint32_t i = 0; i < m; i++) {
		uint64_t n = (l->rooms[o[i].session].asked.n * people + said / 2) / said; /* a room has at least one contribution asked, so `said` is not 0 */
		r[i].weighed = n ? (uint32_t)n : 1;
	}
}

/* Of each room of the series, which is the same for all themes: how many of those asked were asked in no later one. */
static void count_leaving(aur_build *b, const uint32_t *room_of, uint32_t m)
{
	const aur_input *in = b->in;
	uint32_t *last = b->latest;
	b->leaving = aur_xcalloc((size_t)m + 1, sizeof *b->leaving);
	for (uint32_t p = 0; p < b->l->person_count; p++)
		last[p] = AUR_IN_ABSENT;
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		uint32_t room = c->session == AUR_IN_ABSENT || !aur_in_asked(c) ? AUR_IN_ABSENT : room_of[c->session], *at = &last[b->l->person[i]];
		if (room != AUR_IN_ABSENT && (*at == AUR_IN_ABSENT || room > *at))
			*at = room;
	}
	for (uint32_t p = 0; p < b->l->person_count; p++)
		if (last[p] != AUR_IN_ABSENT)
			b->leaving[last[p]]++;
}

/* Who was asked in each wave of the series, which is the same for all themes: how many people, and how far apart their roles are. */
static void count_mix(aur_build *b, const uint32_t *room_of, const aur_life_room *r, uint32_t waves)
{
	const aur_input *in = b->in;
	aur_ledger *l = b->l;
	uint32_t roles = in->role_count + 1, n = 0; /* the last one: no role */
	uint32_t *list = aur_xmalloc(((size_t)in->contribution_count + 1) * sizeof *list), *part = aur_xmalloc(((size_t)in->contribution_count + 1) * sizeof *part);
	aur_irr_cell *of = aur_xcalloc((size_t)waves * roles + 1, sizeof *of), none;
	uint32_t *asked = aur_arena_alloc(&l->arena, ((size_t)waves + 1) * sizeof *asked);
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		if (c->session == AUR_IN_ABSENT || !aur_in_asked(c) || room_of[c->session] == AUR_IN_ABSENT)
			continue;
		list[n] = i;
		part[n++] = r[room_of[c->session]].wave * roles + (c->role == AUR_IN_ABSENT ? in->role_count : c->role);
	}
	aur_build_parts(b, list, part, n, waves * roles, of, sizeof *of, &none);
	for (uint32_t i = 0; i < waves * roles; i++)
		asked[i / roles] += of[i].speakers; /* a person has one role */
	l->life_mix = (aur_life_mix){.asked = asked};
	for (uint32_t w = 1; w < waves; w++)
		for (uint32_t v = 0; v < w; v++) {
			double d = 0;
			for (uint32_t k = 0; k < roles && asked[v] && asked[w]; k++)
				d += fabs((double)of[w * roles + k].speakers / asked[w] - (double)of[v * roles + k].speakers / asked[v]) / 2;
			l->life_mix.apart = fmax(l->life_mix.apart, d);
		}
	free(list);
	free(part);
	free(of);
}

aur_code aur_build_life(aur_build *b, aur_irr_theme *t, aur_error *e)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	life_room *o = aur_xmalloc(in->session_count * sizeof *o);
	uint32_t m = 0, waves = 0, n = 0;
	for (uint32_t i = 0; i < in->session_count; i++) {
		uint32_t s = l->by_date[i];
		if (l->life_wave[s] != AUR_IN_ABSENT)
			o[m++] = (life_room){s, l->life_wave[s], i};
	}
	if (m)
		qsort(o, m, sizeof *o, by_wave);
	aur_life_room *r = aur_arena_alloc(&l->arena, ((size_t)m + 1) * sizeof *r);
	uint32_t *room_of = aur_xmalloc(((size_t)in->session_count + 1) * sizeof *room_of);
	t->series = r;
	t->series_session = aur_arena_alloc(&l->arena, ((size_t)m + 1) * sizeof *t->series_session);
	for (uint32_t s = 0; s < in->session_count; s++)
		room_of[s] = AUR_IN_ABSENT;
	for (uint32_t i = 0; i < m; i++) {
		waves += i && o[i].wave != o[i - 1].wave;
		room_of[o[i].session] = i;
		t->series_session[i] = o[i].session;
		uint32_t place = l->dim[AUR_DIM_TERRITORY].of_session[o[i].session];
		r[i] = (aur_life_room){.heard = t->session[o[i].session].speakers,
				       .asked = l->rooms[o[i].session].asked.speakers,
				       .wave = waves,
				       .place = place == AUR_IN_ABSENT ? l->dim[AUR_DIM_TERRITORY].count : place};
	}
	waves += m > 0;
	weigh(l, o, m, r);
	if (!b->leaving) {
		count_leaving(b, room_of, m);
		count_mix(b, room_of, r, waves);
	}
	for (uint32_t i = 0; i < m; i++)
		r[i].asked_again = r[i].asked - b->leaving[i];
	aur_irr_cell *heard = aur_xcalloc((size_t)waves + 1, sizeof *heard), none;
	uint32_t *people = t->series_heard = aur_arena_alloc(&l->arena, ((size_t)waves + 1) * sizeof *people);
	uint32_t *list = aur_xmalloc((size_t)t->list_count * sizeof *list), *part = aur_xmalloc((size_t)t->list_count * sizeof *part);
	b->epoch++;
	for (uint32_t i = 0; i < t->list_count; i++) {
		uint32_t s = in->contributions[t->list[i]].session;
		if (!(t->how[i] & AUR_HOW_IRRITANT) || s == AUR_IN_ABSENT || room_of[s] == AUR_IN_ABSENT)
			continue;
		uint32_t who = l->person[t->list[i]], room = room_of[s];
		if (b->stamp[who] != b->epoch)
			b->earliest[who] = b->latest[who] = room;
		b->stamp[who] = b->epoch;
		b->earliest[who] = room < b->earliest[who] ? room : b->earliest[who];
		b->latest[who] = room > b->latest[who] ? room : b->latest[who];
		list[n] = t->list[i];
		part[n++] = r[room].wave;
	}
	b->epoch++;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t who = l->person[list[i]];
		if (b->stamp[who] == b->epoch)
			continue;
		b->stamp[who] = b->epoch;
		r[b->earliest[who]].first++;
		r[b->latest[who]].last++;
	}
	aur_build_parts(b, list, part, n, waves, heard, sizeof *heard, &none);
	for (uint32_t w = 0; w < waves; w++)
		people[w] = heard[w].speakers;
	aur_code code = aur_life_judge(r, m, people, &l->life_mix, l->opt.k, &t->life, e);
	if (code == AURE_OK && m) { /* from rooms of the series back to sessions */
		t->life.first = o[t->life.first].session;
		t->life.last = o[t->life.last].session;
	}
	free(o);
	free(room_of);
	free(heard);
	free(list);
	free(part);
	return code;
}
