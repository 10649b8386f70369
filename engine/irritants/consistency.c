/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "irritants/consistency.h"

typedef struct list {
	aur_finding *f;
	uint32_t n, cap;
} list;

static void add(list *l, aur_finding f)
{
	AUR_GROW(l->f, l->n, l->cap);
	l->f[l->n++] = f;
}

/* The sum of the parts of a printed total; -1 where a part prints nothing. */
static int64_t parts_sum(const aur_input *in, const aur_in_total *t)
{
	int64_t sum = 0;
	for (uint32_t s = 0; s < in->session_count; s++) {
		if (t->session != AUR_IN_ABSENT && t->session != s)
			continue;
		const int64_t *row = t->invited ? in->sessions[s].invited : in->sessions[s].present;
		for (uint32_t r = 0; r < in->role_count; r++) {
			if (t->role != AUR_IN_ABSENT && t->role != r)
				continue;
			/* a session may have had nobody of another role, but one that prints nothing for the role of the total
			 * leaves it unknown */
			if (!row || row[r] < 0) {
				if (t->role != AUR_IN_ABSENT)
					return -1;
				continue;
			}
			sum += row[r];
		}
	}
	return sum;
}

static void totals(const aur_input *in, list *l)
{
	for (uint32_t i = 0; i < in->total_count; i++) {
		const aur_in_total *t = &in->totals[i];
		int64_t sum = parts_sum(in, t);
		if (sum >= 0 && sum != t->value)
			add(l, (aur_finding){.kind = AUR_FIND_TOTAL, .invited = t->invited, .session = t->session, .role = t->role,
					     .a = t->value, .b = sum});
	}
}

static void sessions(const aur_input *in, const uint32_t *by_date, const uint32_t *speakers, const uint32_t *contributions, list *l)
{
	for (uint32_t i = 0; i < in->session_count; i++) {
		uint32_t s = by_date[i];
		const aur_in_session *x = &in->sessions[s];
		for (uint32_t r = 0; r < in->role_count; r++) {
			int64_t inv = x->invited ? x->invited[r] : -1, pre = x->present ? x->present[r] : -1;
			uint32_t heard = speakers[(size_t)s * in->role_count + r];
			if (inv >= 0 && pre > inv)
				add(l, (aur_finding){.kind = AUR_FIND_MORE_PRESENT, .session = s, .role = r, .a = pre, .b = inv});
			if (pre >= 0 && heard > pre)
				add(l, (aur_finding){.kind = AUR_FIND_MORE_SPEAKERS, .session = s, .role = r, .a = heard, .b = pre});
		}
		if (!contributions[s])
			add(l, (aur_finding){.kind = AUR_FIND_EMPTY, .session = s, .role = AUR_IN_ABSENT});
		if (!x->date.len)
			add(l, (aur_finding){.kind = AUR_FIND_UNDATED, .session = s, .role = AUR_IN_ABSENT});
	}
}

/* Waves are ordered by their first session, so one mistyped year reverses their order, and what is new would be
 * reported as gone. */
static void waves(const aur_input *in, const uint32_t *by_date, list *l)
{
	uint32_t *first = aur_xmalloc(((size_t)in->session_count + 1) * sizeof *first), n = 0;
	aur_finding f = {.kind = AUR_FIND_WAVES, .session = AUR_IN_ABSENT, .role = AUR_IN_ABSENT};
	for (uint32_t i = 0; i < in->session_count; i++) {
		const aur_in_session *x = &in->sessions[by_date[i]];
		uint32_t w = 0;
		if (!x->date.len || !x->wave.len)
			continue;
		while (w < n && aur_str_order(in->sessions[first[w]].wave, x->wave))
			w++;
		if (w == n)
			first[n++] = by_date[i];
		if (w + 1 < n && aur_str_order(x->date, in->sessions[first[w + 1]].date) > 0)
			f.session = f.a++ ? f.session : by_date[i];
	}
	if (f.a)
		add(l, f);
	free(first);
}

static void several(const aur_input *in, const uint32_t *by_date, list *l)
{
	for (uint8_t d = 0; d < 3; d++) {
		aur_finding f = {.kind = AUR_FIND_SEVERAL, .dim = d, .role = AUR_IN_ABSENT};
		for (uint32_t i = 0; i < in->session_count; i++)
			if (in->sessions[by_date[i]].several[d] && !f.a++)
				f.session = by_date[i];
		if (f.a)
			add(l, f);
	}
}

typedef struct keyed {
	uint64_t hash;
	uint32_t c;
} keyed;

static int by_hash(const void *a, const void *b)
{
	const keyed *x = a, *y = b;
	return x->hash < y->hash ? -1 : x->hash > y->hash ? 1 : x->c < y->c ? -1 : x->c > y->c;
}

/* Hashes are evenly spread, so bucket them by their upper bits before sorting. */
static void sort_hashes(keyed *k, uint32_t n)
{
	enum { BITS = 14 };
	if (n < 1u << BITS) {
		qsort(k, n, sizeof *k, by_hash);
		return;
	}
	uint32_t *at = aur_xcalloc(((size_t)1 << BITS) + 1, sizeof *at);
	keyed *from = aur_xmalloc((size_t)n * sizeof *from);
	memcpy(from, k, (size_t)n * sizeof *from);
	for (uint32_t i = 0; i < n; i++)
		at[(from[i].hash >> (64 - BITS)) + 1]++;
	for (uint32_t b = 0; b < 1u << BITS; b++)
		at[b + 1] += at[b];
	for (uint32_t i = 0; i < n; i++)
		k[at[from[i].hash >> (64 - BITS)]++] = from[i];
	for (uint32_t b = 0, start = 0; b < 1u << BITS; start = at[b++])
		if (at[b] - start > 1)
			qsort(k + start, at[b] - start, sizeof *k, by_hash);
	free(at);
	free(from);
}

static int by_first(const void *a, const void *b)
{
	const aur_finding *x = a, *y = b;
	return x->a < y->a ? -1 : x->a > y->a ? 1 : x->b < y->b ? -1 : x->b > y->b;
}

static aur_code id_of(const aur_input *in, int64_t contribution, aur_arena *arena, aur_str *out, aur_error *e)
{
	aur_str id;
	aur_code code = in->id(in->ctx, (uint32_t)contribution, &id, e);
	if (code == AURE_OK)
		*out = aur_str_keep(arena, id);
	return code;
}

static aur_code twice(const aur_input *in, list *l, aur_arena *arena, aur_error *e)
{
	aur_code code = AURE_OK;
	keyed *k = aur_xmalloc((size_t)in->contribution_count * sizeof *k);
	char *first = NULL;
	uint32_t n = 0;
	list found = {0};
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		if (c->text_hash && c->tokens >= AUR_TWICE_WORDS && !c->non_answer)
			k[n++] = (keyed){c->text_hash, i};
	}
	sort_hashes(k, n);
	for (uint32_t i = 1; i < n; i++)
		if (k[i].hash == k[i - 1].hash)
			add(&found, (aur_finding){.kind = AUR_FIND_TWICE, .session = AUR_IN_ABSENT, .role = AUR_IN_ABSENT,
						  .a = k[i - 1].c, .b = k[i].c});
	if (found.n)
		qsort(found.f, found.n, sizeof *found.f, by_first);
	/* For a count, equal 64-bit hashes are equal texts; the pairs that are listed are compared byte by byte. */
	uint32_t listed = 0, i = 0;
	for (; i < found.n && listed < AUR_TWICE_LISTED; i++) {
		aur_str t;
		code = in->text(in->ctx, (uint32_t)found.f[i].a, &t, e);
		if (code != AURE_OK)
			goto out;
		size_t len = t.len;
		free(first);
		first = aur_xstrndup(t.ptr, t.len);
		code = in->text(in->ctx, (uint32_t)found.f[i].b, &t, e);
		if (code != AURE_OK)
			goto out;
		if (t.len != len || (len && memcmp(first, t.ptr, len)))
			continue;
		code = id_of(in, found.f[i].a, arena, &found.f[i].id_a, e);
		if (code == AURE_OK)
			code = id_of(in, found.f[i].b, arena, &found.f[i].id_b, e);
		if (code != AURE_OK)
			goto out;
		add(l, found.f[i]);
		listed++;
	}
	if (i < found.n)
		add(l, (aur_finding){.kind = AUR_FIND_TWICE_MORE, .session = AUR_IN_ABSENT, .role = AUR_IN_ABSENT, .a = found.n - i});
out:
	free(first);
	free(found.f);
	free(k);
	return code;
}

aur_code aur_consistency(const aur_input *in, const uint32_t *by_date, const uint32_t *speakers, const uint32_t *contributions,
			 aur_arena *arena, aur_finding **out, uint32_t *count, aur_error *e)
{
	list l = {0};
	totals(in, &l);
	sessions(in, by_date, speakers, contributions, &l);
	waves(in, by_date, &l);
	several(in, by_date, &l);
	uint32_t homeless = 0;
	for (uint32_t i = 0; i < in->contribution_count; i++)
		homeless += in->contributions[i].session == AUR_IN_ABSENT;
	if (homeless)
		add(&l, (aur_finding){.kind = AUR_FIND_NO_SESSION, .session = AUR_IN_ABSENT, .role = AUR_IN_ABSENT, .a = homeless,
				      .b = in->contribution_count});
	aur_code code = twice(in, &l, arena, e);
	if (code == AURE_OK) {
		*out = aur_arena_alloc(arena, (l.n + 1) * sizeof **out);
		if (l.n)
			memcpy(*out, l.f, l.n * sizeof **out);
		*count = l.n;
	}
	free(l.f);
	return code;
}
