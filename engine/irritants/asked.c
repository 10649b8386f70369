/* SPDX-License-Identifier: Apache-2.0 */
/* Who was asked, where and when: sessions and contributions in order, the parts of each dimension, the rooms. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "irritants/build.h"

typedef struct dated {
	const aur_in_session *s;
	uint32_t i;
} dated;

static int by_date(const void *a, const void *b)
{
	const dated *x = a, *y = b;
	if (!x->s->date.len != !y->s->date.len)
		return x->s->date.len ? -1 : 1;
	int c = aur_str_order(x->s->date, y->s->date);
	c = c ? c : aur_str_order(x->s->id, y->s->id);
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
		dim->of_role = aur_arena_alloc(&l->arena, ((size_t)dim->count + 1) * sizeof *dim->of_role);
		return;
	}
	dim->of_session = aur_arena_alloc(&l->arena, ((size_t)in->session_count + 1) * sizeof *dim->of_session);
	dim->parts = aur_arena_alloc(&l->arena, ((size_t)in->session_count + 1) * sizeof *dim->parts);
	for (uint32_t i = 0; i < in->session_count; i++) {
		const aur_in_session *s = &in->sessions[l->by_date[i]];
		aur_str name = part_name(s, d);
		uint32_t p = AUR_IN_ABSENT;
		if (name.len) {
			for (p = 0; p < dim->count && aur_str_order(dim->parts[p].name, name); p++)
				;
			if (p == dim->count)
				dim->parts[dim->count++] = (aur_irr_part){.name = name};
			dim->parts[p].sessions++;
		}
		dim->of_session[l->by_date[i]] = p;
	}
}

typedef struct identified {
	aur_str id;
	uint32_t c;
} identified;

static int by_id(const void *a, const void *b)
{
	const identified *x = a, *y = b;
	return aur_str_natural(x->id, y->id);
}

/* Sorts the contributions of a session by id: examples are taken in this order, and the page shall not hang on the order in which
 * files were ingested. */
static aur_code sort_by_id(const aur_input *in, uint32_t *order, uint32_t n, aur_error *e)
{
	aur_arena ids = {0};
	identified *x = aur_xmalloc(((size_t)n + 1) * sizeof *x);
	bool sorted = true;
	aur_code code = AURE_OK;
	for (uint32_t i = 0; i < n && code == AURE_OK; i++) {
		aur_str id = {"", 0};
		code = in->id(in->ctx, order[i], &id, e);
		x[i] = (identified){aur_str_keep(&ids, id), order[i]};
		sorted &= i == 0 || by_id(&x[i - 1], &x[i]) <= 0;
	}
	if (code == AURE_OK && !sorted) {
		qsort(x, n, sizeof *x, by_id);
		for (uint32_t i = 0; i < n; i++)
			order[i] = x[i].c;
	}
	free(x);
	aur_arena_free(&ids);
	return code;
}

/* Sorts contributions by session, those without a session last, and assigns a person to each. */
static aur_code sort_contributions(aur_build *b, aur_error *e)
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
		l->no_stance = x->stance == AUR_IN_UNSTRUCTURED && (l->no_stance || !c);
		l->person[c] = x->speaker == AUR_IN_ABSENT ? l->person_count++ : x->speaker;
	}
	aur_code code = AURE_OK;
	for (uint32_t i = 0, from = 0; i <= in->session_count && code == AURE_OK; from = at[i++])
		code = sort_by_id(in, l->order + from, at[i] - from, e);
	free(at);
	free(rank);
	return code;
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

void aur_build_pool(aur_build *b, const uint32_t *list, const uint32_t *part, uint32_t n, uint32_t parts, const aur_irr_cell *asked, bool *pooled)
{
	uint32_t k = b->l->opt.k, least = parts;
	uint32_t *in = aur_xmalloc(((size_t)n + 1) * sizeof *in);
	for (;;) {
		aur_irr_cell together, others; /* a person of two parts is one person */
		for (uint32_t i = 0; i < n; i++)
			in[i] = pooled[part[i]] ? 0 : AUR_IN_ABSENT;
		aur_build_parts(b, list, in, n, 1, &together, sizeof together, &others);
		least = parts;
		for (uint32_t p = 0; p < parts && together.n && together.speakers < k; p++)
			if (!pooled[p] && asked[p].speakers && (least == parts || asked[p].speakers < asked[least].speakers))
				least = p;
		if (least == parts)
			break;
		pooled[least] = true;
	}
	free(in);
}

/* A role of fewer than k people is no part, nor are the next smallest ones until k people have none: beside a column of one person, zeros
 * and hidden numbers tell what she said.  Whoever gives no role is of no part anyway. */
static void leave_out_roles(aur_build *b)
{
	const aur_input *in = b->in;
	aur_irr_dim *dim = &b->l->dim[AUR_DIM_ROLE];
	uint32_t R = in->role_count, n = 0, few = 0;
	uint32_t *list = aur_xmalloc(((size_t)in->contribution_count + 1) * sizeof *list), *role = aur_xmalloc(((size_t)in->contribution_count + 1) * sizeof *role);
	aur_irr_cell *asked = aur_xcalloc((size_t)R + 1, sizeof *asked), none;
	bool *out = aur_xcalloc((size_t)R + 1, sizeof *out);
	for (uint32_t i = 0; i < in->contribution_count; i++)
		if (aur_in_asked(&in->contributions[i])) {
			list[n] = i;
			role[n++] = in->contributions[i].role == AUR_IN_ABSENT ? R : in->contributions[i].role;
		}
	aur_build_parts(b, list, role, n, R + 1, asked, sizeof *asked, &none);
	for (uint32_t r = 0; r < R; r++)
		few += out[r] = asked[r].speakers && asked[r].speakers < b->l->opt.k;
	out[R] = asked[R].n > 0;
	if (few)
		aur_build_pool(b, list, role, n, R + 1, asked, out);
	dim->count = 0;
	for (uint32_t r = 0; r < R; r++) {
		dim->of_role[r] = out[r] ? AUR_IN_ABSENT : dim->count;
		dim->roles_out += out[r];
		if (!out[r])
			dim->parts[dim->count++].name = in->roles[r];
	}
	free(list);
	free(role);
	free(asked);
	free(out);
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

/* Does a contribution count in this cell (AUR_ROOM_*) of its room? */
static bool counts_in(const aur_in_contribution *c, int cell)
{
	bool bare = !c->hit_count || c->non_answer;
	switch (cell) {
	case AUR_ROOM_SAID:
		return true;
	case AUR_ROOM_ASKED:
		return aur_in_asked(c);
	case AUR_ROOM_NOT_ASKED:
		return !aur_in_asked(c);
	case AUR_ROOM_BARE:
		return bare && !c->non_answer;
	case AUR_ROOM_NON_ANSWERS:
		return c->non_answer;
	default:
		return !bare;
	}
}

static void count_tokens(aur_ledger *l)
{
	const aur_input *in = l->in;
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		aur_irr_room *r = c->session == AUR_IN_ABSENT ? &l->outside : &l->rooms[c->session];
		r->tokens += c->tokens;
		l->all.tokens += c->tokens;
	}
}

/* How many of list[0..m) were asked in each part of each dimension.  part: scratch. */
static void count_asked(aur_build *b, const uint32_t *list, uint32_t *part, uint32_t m)
{
	aur_ledger *l = b->l;
	for (int d = 0; d < AUR_DIMS; d++) {
		aur_irr_dim *dim = &l->dim[d];
		aur_irr_cell *cells = aur_xcalloc((size_t)dim->count + 1, sizeof *cells);
		for (uint32_t i = 0; i < m; i++)
			part[i] = aur_part_of(l, (aur_dim)d, list[i]);
		aur_build_parts(b, list, part, m, dim->count, cells, sizeof *cells, &dim->unplaced);
		for (uint32_t p = 0; p < dim->count; p++) {
			dim->parts[p].asked = cells[p];
			dim->asked += cells[p].n;
		}
		free(cells);
	}
}

static void count_rooms(aur_build *b)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	uint32_t n = in->contribution_count, S = in->session_count;
	uint32_t *list = aur_xmalloc((size_t)n * sizeof *list), *part = aur_xmalloc((size_t)n * sizeof *part);
	aur_irr_cell *cells = aur_xcalloc((size_t)S + 1, sizeof *cells), none = {0};
	l->rooms = aur_arena_alloc(&l->arena, ((size_t)S + 1) * sizeof *l->rooms);
	count_tokens(l);
	for (int cell = 0; cell < AUR_ROOM_CELLS; cell++) {
		uint32_t m = 0;
		for (uint32_t i = 0; i < n; i++)
			if (counts_in(&in->contributions[i], cell)) {
				list[m] = i;
				part[m++] = in->contributions[i].session;
			}
		aur_build_parts(b, list, part, m, S, cells, sizeof *cells, &none);
		for (uint32_t s = 0; s <= S; s++) {
			aur_irr_room *r = s < S ? &l->rooms[s] : &l->outside;
			const aur_irr_cell *c = s < S ? &cells[s] : &none;
			*aur_build_room_cell(r, cell) = *c;
			l->rooms_possible += cell == AUR_ROOM_ASKED && s < S && c->n;
		}
		if (cell == AUR_ROOM_SAID) {
			for (uint32_t i = 0; i < m; i++)
				part[i] = in->contributions[list[i]].stance;
			aur_build_parts(b, list, part, m, AUR_IN_STANCES, l->stance, sizeof *l->stance, &none);
		}
		for (uint32_t i = 0; i < m; i++)
			part[i] = 0;
		aur_irr_cell all = {0};
		aur_build_parts(b, list, part, m, 1, &all, sizeof all, &none);
		*aur_build_room_cell(&l->all, cell) = all;
		if (cell == AUR_ROOM_ASKED)
			count_asked(b, list, part, m);
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

/* The waves of the life-cycle: those that were typed, if every dated room has one and there are at least two; else two halves. */
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
	l->rooms_dated = rooms;
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

aur_code aur_build_order(aur_build *b, aur_error *e)
{
	sort_sessions(b->l);
	for (int d = 0; d < AUR_DIMS; d++)
		find_parts(b->l, (aur_dim)d);
	aur_code code = sort_contributions(b, e);
	if (code == AURE_OK)
		sessions_by_part(b);
	return code;
}

void aur_build_rooms(aur_build *b)
{
	leave_out_roles(b);
	count_rooms(b);
	set_life_waves(b->l);
}
