/* SPDX-License-Identifier: Apache-2.0 */
/* What is prepared before the first contribution is read: what the values of its fields stand for, and which sessions have
 * contributions in too many places to have one of their own. */
#include "config.h"
#include "base/str.h"
#include "base/strtab.h"
#include "irritants/stretch.h"
#include "text/fold.h"

static aur_str *dimension_of(aur_in_session *s, unsigned d)
{
	return d == 0 ? &s->territory : d == 1 ? &s->kind : &s->wave;
}

/* Numbers the speakers; the same pseudonym in two fields is one person. */
static uint32_t speakers_number(aur_snapshot *s, const struct field_of *f, uint32_t *speaker_of[8])
{
	uint32_t count = 0;
	for (unsigned k = 0; k < f->n; k++) {
		speaker_of[k] = aur_xcalloc(f->nis[k], sizeof **speaker_of);
		for (uint32_t v = 1; v < f->nis[k]; v++) {
			uint32_t there = 0;
			aur_str t = k ? aur_snapshot_value_text(s, f->field[k], v) : (aur_str){0};
			for (unsigned j = 0; j < k && !there; j++)
				if ((there = aur_snapshot_value(s, f->field[j], t)))
					speaker_of[k][v] = speaker_of[j][there];
			if (!there)
				speaker_of[k][v] = count++;
		}
	}
	return count;
}

/* For each value of a field, the first value that is the same but for capitals, accents and hyphens: « lille » is not another place
 * than « Lille ». */
static uint32_t *alike(aur_snapshot *s, uint32_t field)
{
	uint32_t n = aur_snapshot_value_count(s, field), *first = aur_xcalloc((size_t)n + 1, sizeof *first);
	aur_strtab names = {0};
	aur_arena arena = {0};
	aur_buf b = {0};
	for (uint32_t v = 1; v <= n; v++) {
		aur_str t = aur_snapshot_value_text(s, field, v);
		b.n = 0;
		aur_text_name(&b, t.ptr, t.len);
		uint32_t *known = aur_strtab_find(&names, (const char *)b.p, b.n);
		first[v] = known && b.n ? *known : v;
		if (!known && b.n)
			aur_strtab_put(&names, aur_arena_dup(&arena, b.p, b.n), b.n, v);
	}
	aur_strtab_free(&names);
	aur_arena_free(&arena);
	aur_buf_free(&b);
	return first;
}

/* In an online survey, which is one session, « territoire » is where each person lives; if the session took the value of its first
 * row, everybody would be placed there.  So a session loses its value where more than a quarter of its contributions give another
 * one; a slip in a row does not matter. */
static aur_code say_otherwise(struct aur_adapter *a, const struct aur_plan *p, aur_error *e)
{
	uint32_t S = a->in.session_count, *said = aur_xmalloc(((size_t)S + 1) * sizeof *said), *other = aur_xmalloc(((size_t)S + 1) * sizeof *other);
	uint32_t *own = aur_xmalloc(((size_t)S + 1) * sizeof *own);
	aur_code c = AURE_OK;
	for (unsigned d = 0; d < 3 && p->session_field != AUR_NONE && !c; d++) {
		if (a->dim_field[d] == AUR_NONE)
			continue;
		uint32_t *first = alike(a->s, a->dim_field[d]), values = aur_snapshot_value_count(a->s, a->dim_field[d]);
		memset(said, 0, S * sizeof *said);
		memset(other, 0, S * sizeof *other);
		for (uint32_t i = 0; i < S; i++)
			own[i] = first[aur_snapshot_value(a->s, a->dim_field[d], *dimension_of(&a->sessions[i], d))];
		for (uint32_t g = 0; g < aur_snapshot_segs(a->s) && !c; g++) {
			const aur_seg_info *info = aur_snapshot_seg(a->s, g);
			aur_column session = {0}, dim = {0};
			c = aur_snapshot_column(a->s, g, p->session_field, &session, e);
			if (!c)
				c = aur_snapshot_column(a->s, g, a->dim_field[d], &dim, e);
			for (uint32_t i = 0; i < info->n && !c; i++) {
				uint32_t v = aur_column_at(session, i), x = aur_column_at(dim, i);
				uint32_t s = v && v < p->session_values ? p->session_of[v] : AUR_IN_ABSENT;
				if (s == AUR_IN_ABSENT || aur_seg_is_deleted(info, i))
					continue;
				said[s]++;
				other[s] += x && x <= values && first[x] != own[s];
			}
		}
		free(first);
		for (uint32_t i = 0; i < S && !c; i++)
			if (dimension_of(&a->sessions[i], d)->len && other[i] > said[i] / 4) {
				*dimension_of(&a->sessions[i], d) = (aur_str){"", 0};
				a->sessions[i].several[d] = true;
			}
	}
	free(said);
	free(other);
	free(own);
	return c;
}

static uint32_t *fields_by_name(aur_snapshot *s, uint32_t n)
{
	uint32_t *of = aur_xmalloc(((size_t)n + 1) * sizeof *of);
	for (uint32_t f = 0; f < n; f++) {
		uint32_t at = f;
		for (; at && aur_str_order(aur_snapshot_field_name(s, of[at - 1]), aur_snapshot_field_name(s, f)) > 0; at--)
			of[at] = of[at - 1];
		of[at] = f;
	}
	return of;
}

static void sessions_number(struct aur_plan *p)
{
	struct aur_adapter *a = p->a;
	p->session_values = aur_snapshot_value_count(a->s, p->session_field) + 1;
	p->session_of = aur_xmalloc(p->session_values * sizeof *p->session_of);
	memset(p->session_of, 0xFF, p->session_values * sizeof *p->session_of);
	for (uint32_t i = 0; i < a->in.session_count; i++) {
		uint32_t v = aur_snapshot_value(a->s, p->session_field, a->sessions[i].id);
		if (v && v < p->session_values)
			p->session_of[v] = i;
	}
}

static void stances_number(struct aur_plan *p)
{
	aur_snapshot *s = p->a->s;
	for (uint32_t v = 1; v <= aur_snapshot_value_count(s, p->stance_field) && v < 64; v++) {
		aur_str x = aur_snapshot_value_text(s, p->stance_field, v);
		for (uint32_t k = 1; k < AUR_IN_STANCES; k++)
			if (!aur_str_order(x, aur_str_of(aur_adapt_stances[k])))
				p->stance_of[v] = k;
	}
}

aur_code aur_plan_open(struct aur_plan *p, aur_error *e)
{
	struct aur_adapter *a = p->a;
	p->speaker = aur_adapt_reading(a, a->s, "speaker");
	p->nothing = aur_readings_get(&a->readings, "non-answer");
	p->session_field = aur_snapshot_field(a->s, "session", 7);
	p->stance_field = aur_snapshot_field(a->s, "stance", 6);
	p->fields = aur_snapshot_fields(a->s);
	p->by_name = fields_by_name(a->s, p->fields);
	if (p->session_field != AUR_NONE)
		sessions_number(p);
	if (p->stance_field != AUR_NONE)
		stances_number(p);
	aur_code c = say_otherwise(a, p, e);
	for (unsigned d = 0; d < 3 && p->digest; d++) {
		p->dim_of[d] = aur_xcalloc((size_t)a->in.session_count + 1, sizeof **p->dim_of);
		for (uint32_t i = 0; i < a->in.session_count && a->dim_field[d] != AUR_NONE; i++) {
			const aur_str *v = dimension_of(&a->sessions[i], d);
			uint32_t value = v->len ? aur_snapshot_value(a->s, a->dim_field[d], *v) : 0;
			p->dim_of[d][i] = v->len && !value ? AUR_NONE : value;
		}
	}
	for (unsigned k = 0; k < p->role->n; k++) {
		p->role_of[k] = aur_xcalloc(p->role->nis[k], sizeof **p->role_of);
		for (uint32_t v = 1; v < p->role->nis[k]; v++)
			p->role_of[k][v] = aur_adapt_role(a, aur_snapshot_value_text(a->s, p->role->field[k], v));
	}
	a->in.speaker_count = speakers_number(a->s, &p->speaker, p->speaker_of);
	return c;
}

void aur_plan_free(struct aur_plan *p)
{
	free(p->session_of);
	free(p->by_name);
	for (unsigned k = 0; k < p->role->n; k++)
		free(p->role_of[k]);
	for (unsigned d = 0; d < 3; d++)
		free(p->dim_of[d]);
	for (unsigned k = 0; k < p->speaker.n; k++)
		free(p->speaker_of[k]);
	aur_adapt_reading_free(&p->speaker);
}
