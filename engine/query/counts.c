/* SPDX-License-Identifier: Apache-2.0 */
/* Counts by fields: one pass over the contributions that match, with an array of a cell per value (or pair of values). */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "query/counts.h"
#include "query/node.h"
#include "text/fold.h"

#define MAX_CELLS (16u << 20)

/* What does not depend on the query is kept: the order of values of all fields asked about, and the denominators for those asked about
 * last. */
struct order { /* of the values of a field by their texts */
	uint32_t field, n, *value; /* n values; then 0 */
	struct groups {
		uint32_t n, *of, *first, *order; /* parts; as in aur_by; 1 to n, then 0; NULL: not known yet */
	} by[3];                   /* year, month and day */
	struct order *next;
};
struct parts {
	struct order *orders;
	uint32_t nfields;
	aur_by by[2];
	size_t ncells; /* 0: not known yet */
	uint64_t *docs, *words;
};

void q_parts_free(aur_search *s)
{
	if (!s->parts)
		return;
	for (struct order *o = s->parts->orders, *next; o; o = next) {
		next = o->next;
		free(o->value);
		for (int i = 0; i < 3; i++)
			free(o->by[i].of);
		free(o);
	}
	free(s->parts->docs);
	free(s->parts->words);
	free(s->parts);
	s->parts = NULL;
}

struct text {
	aur_str t, key; /* key.ptr is set once all keys are made */
	uint32_t value;
};
static int by_text(const void *a, const void *b)
{
	const struct text *x = a, *y = b;
	int c = aur_str_order(x->key, y->key);
	if (!c)
		c = aur_str_order(x->t, y->t);
	return c ? c : (x->value > y->value) - (x->value < y->value);
}

static struct parts *parts_of(aur_search *s)
{
	if (!s->parts) {
		s->parts = aur_xcalloc(1, sizeof *s->parts);
		s->parts->nfields = 3; /* matches no query: nothing is computed yet */
	}
	return s->parts;
}

void aur_value_order(aur_snapshot *s, uint32_t field, uint32_t *value)
{
	uint32_t n = aur_snapshot_value_count(s, field);
	struct text *t = aur_xmalloc(((size_t)n + 1) * sizeof *t);
	aur_buf keys = {0};
	size_t at = 0;
	for (uint32_t i = 0; i < n; i++, at = keys.n) {
		aur_str v = aur_snapshot_value_text(s, field, i + 1);
		aur_text_sort_key(&keys, v.ptr, v.len);
		t[i] = (struct text){.t = v, .key = {NULL, keys.n - at}, .value = i + 1};
	}
	at = 0;
	for (uint32_t i = 0; i < n; at += t[i++].key.len)
		t[i].key.ptr = (const char *)keys.p + at;
	if (n)
		qsort(t, n, sizeof *t, by_text);
	for (uint32_t i = 0; i < n; i++)
		value[i] = t[i].value;
	aur_buf_free(&keys);
	free(t);
}

static struct order *order_of(aur_search *s, uint32_t field)
{
	struct parts *p = parts_of(s);
	struct order *o = p->orders;
	while (o && o->field != field)
		o = o->next;
	if (!o) {
		o = aur_xcalloc(1, sizeof *o);
		o->field = field;
		o->n = aur_snapshot_value_count(s->env.s, field);
		o->value = aur_xmalloc(((size_t)o->n + 1) * sizeof *o->value);
		aur_value_order(s->env.s, field, o->value);
		o->value[o->n] = 0;
		o->next = p->orders;
		p->orders = o;
	}
	return o;
}

const uint32_t *q_value_order(aur_search *s, uint32_t field, uint32_t *n)
{
	const struct order *o = order_of(s, field);
	*n = o->n + 1;
	return o->value;
}

uint32_t aur_by_parts(aur_snapshot *s, const aur_by *by)
{
	return by->group ? by->parts : aur_snapshot_value_count(s, by->field);
}

aur_str aur_by_text(aur_snapshot *s, const aur_by *by, uint32_t part)
{
	aur_str v = aur_snapshot_value_text(s, by->field, by->group ? by->first[part] : part);
	size_t n = by->cut ? aur_date_len(v, by->cut) : 0;
	return n ? (aur_str){v.ptr, n} : v;
}

static struct groups *groups_of(struct order *o, const aur_by *by)
{
	return &o->by[by->cut == 4 ? 0 : by->cut == 7 ? 1 : 2];
}

void q_by_group(aur_search *s, aur_by *by)
{
	struct order *o = order_of(s, by->field);
	struct groups *g = groups_of(o, by);
	if (!g->of) {
		size_t room = (size_t)o->n + 1;
		uint32_t at = 0;
		aur_str last = {0};
		g->of = aur_xcalloc(3 * room, sizeof *g->of);
		g->first = g->of + room;
		g->order = g->first + room;
		/* values with the same beginning are adjacent, apart from values that are no dates */
		for (uint32_t i = 0; i < o->n; i++) {
			aur_str v = aur_snapshot_value_text(s->env.s, by->field, o->value[i]);
			uint32_t *of = &g->of[o->value[i]];
			v.len = aur_date_len(v, by->cut);
			if (v.len && at && !aur_str_order(v, last)) {
				*of = at;
				continue;
			}
			*of = ++g->n;
			g->first[*of] = o->value[i];
			g->order[*of - 1] = *of;
			if (v.len) {
				at = *of;
				last = v;
			}
		}
	}
	by->parts = g->n;
	by->group = g->of;
	by->first = g->first;
}

const uint32_t *q_part_order(aur_search *s, const aur_by *by, uint32_t *n)
{
	struct order *o = order_of(s, by->field);
	*n = aur_by_parts(s->env.s, by) + 1;
	return by->group ? groups_of(o, by)->order : o->value;
}

struct by {
	uint32_t n, values[2], count[2]; /* fields; of each its values, and its parts with 0 */
	const aur_by *by;
	aur_column col[2];
	size_t cells;
};

static aur_code by_segment(aur_search *s, struct by *b, uint32_t seg, aur_error *err)
{
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < b->n && !c; i++)
		c = aur_snapshot_column(s->env.s, seg, b->by[i].field, &b->col[i], err);
	return c;
}

static inline size_t cell_of(const struct by *b, uint32_t local)
{
	size_t x = 0;
	for (uint32_t i = 0; i < b->n; i++) {
		uint32_t v = aur_column_at(b->col[i], local);
		x = x * b->count[i] + (v <= b->values[i] ? aur_by_part(&b->by[i], v) : 0);
	}
	return x;
}

/* Computes contributions and words of every part, unless those of the last call can be used. */
static aur_code denominators(aur_search *s, struct by *b, aur_error *err)
{
	struct parts *p = parts_of(s);
	int known = p->ncells == b->cells && p->nfields == b->n;
	for (uint32_t i = 0; known && i < b->n; i++)
		known = p->by[i].field == b->by[i].field && p->by[i].group == b->by[i].group;
	if (known)
		return AURE_OK;
	free(p->docs);
	free(p->words);
	p->docs = aur_xcalloc(b->cells, sizeof *p->docs);
	p->words = aur_xcalloc(b->cells, sizeof *p->words);
	p->ncells = 0;
	for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s); g++) {
		const aur_seg_info *x = aur_snapshot_seg(s->env.s, g);
		const uint8_t *len = aur_snapshot_lengths(s->env.s, g);
		aur_code c = by_segment(s, b, g, err);
		for (uint32_t i = 0; i < x->n && !c; i++) {
			if (aur_seg_is_deleted(x, i))
				continue;
			uint32_t words = len ? (uint32_t)(len[2 * (size_t)i] | len[2 * (size_t)i + 1] << 8) : 65535;
			if (words == 65535) {
				c = aur_snapshot_doc_forms(s->env.s, x->base + i, &s->doc, err);
				words = s->doc.nwords;
			}
			size_t k = cell_of(b, i);
			p->docs[k]++;
			p->words[k] += words;
			if (!(i & 0xFFFF) && q_cancelled(s))
				c = q_cancel_error(err);
		}
		if (c)
			return c;
	}
	p->ncells = b->cells;
	p->nfields = b->n;
	if (b->n)
		memcpy(p->by, b->by, b->n * sizeof *b->by);
	return AURE_OK;
}

struct sum {
	uint32_t *docs;
	uint64_t *occ;
};

/* Adds the contributions d to the counts of their cells. */
static void count_docs(const aur_search *s, const struct by *b, const dset *d, uint32_t *docs)
{
	if (b->n == 1 && b->col[0].p && b->col[0].width == 1 && !b->by[0].group) {
		const uint8_t *col = b->col[0].p;
		DSET_EACH_WORD(d, s->nsum, i)
			for (uint64_t m = d->w[i]; m; m &= m - 1)
				docs[col[i * 64 + (uint32_t)__builtin_ctzll(m)]]++;
		return;
	}
	DSET_EACH_WORD(d, s->nsum, i)
		for (uint64_t m = d->w[i]; m; m &= m - 1)
			docs[cell_of(b, i * 64 + (uint32_t)__builtin_ctzll(m))]++;
}

static aur_code count_segment(aur_search *s, aur_query *q, struct by *b, uint32_t seg, struct sum *t, aur_count_cell *total, aur_error *err)
{
	const aur_seg_info *g = aur_snapshot_seg(s->env.s, seg);
	int more;
	dset d = q_dset(s);
	uint32_t since = 0;
	aur_code c = by_segment(s, b, seg, err);
	if (!c)
		c = q_eval(q, seg, &d, UINT32_MAX, &more, err);
	if (c)
		goto out;
	uint64_t docs = q_dset_count(s, &d);
	total->contributions += docs;
	if (!b->n) {
		if (t->occ)
			c = q_occurrences(q, seg, &d, t->occ, err);
		goto out;
	}
	count_docs(s, b, &d, t->docs);
	if (!t->occ || !q->nleaves)
		goto out;
	formset *f = q_word_union(q);
	if (f) {
		uint64_t tf = 0;
		c = q_lists(s, f, seg, err);
		for (uint32_t i = 0; i < f->nlists; i++)
			tf += f->list[i].tf;
		if (c)
			goto out;
		if ((tf + 20 * (uint64_t)f->nlists) * 3 / 2 < docs * 200) {
			uint32_t n = (uint32_t)docs, *no = aur_xmalloc(n * sizeof *no), *k = aur_xcalloc(n, sizeof *k);
			q_dset_list(s, &d, no);
			for (uint32_t i = 0; i < f->nlists && !c; i++) {
				q_list_tf(&f->list[i], no, n, k);
				if (q_cancelled(s))
					c = q_cancel_error(err);
			}
			for (uint32_t i = 0; i < n; i++)
				t->occ[cell_of(b, no[i])] += k[i];
			free(no);
			free(k);
			goto out;
		}
	}
	DSET_EACH_WORD(&d, s->nsum, i)
		for (uint64_t m = d.w[i]; m && !c; m &= m - 1) {
			uint32_t local = i * 64 + (uint32_t)__builtin_ctzll(m);
			s->spans.n = 0;
			c = q_all_spans(q, g->base + local, &s->spans, err);
			t->occ[cell_of(b, local)] += s->spans.n / sizeof(aur_span);
			if (!c && !(++since & 1023) && q_cancelled(s))
				c = q_cancel_error(err);
		}
out:
	q_dset_free(s, d);
	return c;
}

/* Makes rows out of the cells, in the order of the parts: with all parts that contributions have (p), or only where something was counted. */
static void rows_of(aur_search *s, const struct by *b, const struct sum *t, const struct parts *p, aur_counts *out)
{
	uint32_t n[2] = {0, 1}, second = b->n == 2 ? b->count[1] : 1;
	const uint32_t zero = 0, *value[2] = {NULL, &zero};
	uint8_t *used[2] = {NULL, NULL}; /* which parts of each field are in use */
	for (uint32_t i = 0; i < b->n; i++) {
		value[i] = q_part_order(s, &b->by[i], &n[i]);
		used[i] = aur_xcalloc(b->count[i], 1);
	}
	for (size_t k = 0; k < b->cells; k++)
		if (p ? p->docs[k] : t->docs[k]) {
			used[0][k / second] = 1;
			if (b->n == 2)
				used[1][k % second] = 1;
		}
	s->out_cells.n = 0;
	for (uint32_t i = 0; i < n[0]; i++) {
		uint32_t v = value[0][i];
		if (!used[0][v])
			continue;
		for (uint32_t j = 0; j < n[1]; j++) {
			uint32_t w = value[1][j];
			size_t k = (size_t)v * second + w;
			if ((b->n == 2 && !used[1][w]) || (!p && !t->docs[k]))
				continue;
			aur_count_cell x = {.part = {v, w}, .contributions = t->docs[k], .occurrences = t->occ ? t->occ[k] : 0};
			if (p) {
				x.all_contributions = p->docs[k];
				x.all_words = p->words[k];
			}
			aur_buf_put(&s->out_cells, &x, sizeof x);
		}
	}
	free(used[0]);
	free(used[1]);
	out->n = (uint32_t)(s->out_cells.n / sizeof *out->cell);
	out->cell = (const aur_count_cell *)(void *)s->out_cells.p;
}

aur_code aur_query_counts(aur_search *s, aur_query *q, const aur_by *by, uint32_t nfields, unsigned flags, aur_counts *out,
			  aur_error *err)
{
	struct by b = {.n = nfields, .by = by, .cells = 1};
	struct sum t = {0};
	aur_code c = AURE_OK;
	*out = (aur_counts){.nfields = nfields};
	for (uint32_t i = 0; i < nfields; i++) {
		b.count[i] = aur_by_parts(s->env.s, &by[i]) + 1;
		b.values[i] = aur_snapshot_value_count(s->env.s, by[i].field);
		out->by[i] = by[i];
		if (b.cells > MAX_CELLS / b.count[i])
			return aur_fail(err, AURE_USAGE, _("these fields have too many values for a table: choose fields with fewer"));
		b.cells *= b.count[i];
	}
	s->cells.n = 0;
	size_t words = ((nfields ? b.cells : 0) * sizeof *t.docs + 7) / 8 * 8, need = words + b.cells * sizeof *t.occ;
	aur_buf_room(&s->cells, need);
	memset(s->cells.p, 0, flags & AUR_COUNT_OCCURRENCES ? need : words);
	t.docs = (uint32_t *)(void *)s->cells.p;
	if (flags & AUR_COUNT_OCCURRENCES)
		t.occ = (uint64_t *)(void *)(s->cells.p + words);
	if (flags & AUR_COUNT_ALL && nfields)
		c = denominators(s, &b, err);
	for (uint32_t g = 0; g < aur_snapshot_segs(s->env.s) && !c; g++)
		c = count_segment(s, q, &b, g, &t, &out->total, err);
	q_bits_drop(s);
	if (c)
		return c;
	out->total.all_contributions = s->totals.contributions;
	out->total.all_words = s->totals.words;
	if (t.occ)
		for (size_t i = 0; i < b.cells; i++)
			out->total.occurrences += t.occ[i];
	if (nfields)
		rows_of(s, &b, &t, flags & AUR_COUNT_ALL ? s->parts : NULL, out);
	return AURE_OK;
}
