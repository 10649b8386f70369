/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "query/frequencies.h"
#include "query/values.h"

#define MAX_SEQUENCES (12u << 20)

struct seq {
	uint32_t v[5];
	uint32_t last_doc, contributions;
	uint64_t n;
};
struct job {
	aur_search *s;
	const aur_freq_want *w;
	qvals vals;
	struct seq *seq;
	uint32_t nseq, cap, *tab, mask;
	uint64_t words;
	uint32_t contributions;
	/* by part of the corpus */
	size_t cells, cell;  /* all pairs of values; that of the contribution looked at */
	aur_freq_part *all;  /* by pair */
	uint32_t *no;        /* of a pair: its part + 1; 0: no contribution has it */
	uint32_t nparts;
	aur_freq_cell *table; /* rows * nparts; NULL while the sequences are counted */
	uint32_t *last;       /* of each row: the last contribution that had it */
	uint32_t first, rows; /* the sequences that are rows */
	aur_error *err;
	aur_code code;
};

#define MAX_PAIRS ((size_t)4 << 20)  /* of values of two fields */
#define MAX_CELLS ((size_t)16 << 20) /* rows by parts */

/* Makes a table with room for all sequences, and enters them. */
static void enter(struct job *j, uint32_t mask)
{
	uint32_t k = j->w->n;
	free(j->tab);
	j->tab = aur_xcalloc((size_t)mask + 1, sizeof *j->tab);
	j->mask = mask;
	for (uint32_t i = 0; i < j->nseq; i++) {
		uint32_t h = (uint32_t)(aur_hash64(j->seq[i].v, k * 4, 9) >> 20) & mask;
		while (j->tab[h])
			h = (h + 1) & mask;
		j->tab[h] = i + 1;
	}
}

/* Where a sequence is in the table, or would be. */
static uint32_t place_of(const struct job *j, const uint32_t *v)
{
	uint32_t k = j->w->n, h = (uint32_t)(aur_hash64(v, k * 4, 9) >> 20) & j->mask;
	while (j->tab[h] && memcmp(j->seq[j->tab[h] - 1].v, v, k * 4))
		h = (h + 1) & j->mask;
	return h;
}

static void take(struct job *j, const uint32_t *v, uint32_t doc)
{
	if (j->nseq * 2 >= j->mask)
		enter(j, j->mask ? j->mask * 2 + 1 : 65535);
	uint32_t h = place_of(j, v);
	if (!j->tab[h]) {
		if (j->nseq == MAX_SEQUENCES) {
			j->code = aur_fail(j->err, AURE_USAGE, _("there are more than %u different sequences: ask for sequences of fewer words, or search fewer contributions"),
					   MAX_SEQUENCES);
			return;
		}
		AUR_GROW(j->seq, j->nseq, j->cap);
		struct seq *q = &j->seq[j->nseq];
		memset(q, 0, sizeof *q);
		memcpy(q->v, v, j->w->n * 4);
		q->last_doc = AUR_NONE;
		j->tab[h] = ++j->nseq;
	}
	struct seq *q = &j->seq[j->tab[h] - 1];
	q->n++;
	q->contributions += q->last_doc != doc;
	q->last_doc = doc;
}

/* The same once the rows are known: counts them by part. */
static void take_row(struct job *j, const uint32_t *v, uint32_t doc)
{
	uint32_t i = j->tab[place_of(j, v)] - 1; /* 0 - 1 is no row */
	if (i < j->first || i - j->first >= j->rows)
		return;
	i -= j->first;
	aur_freq_cell *c = &j->table[(size_t)i * j->nparts + j->no[j->cell] - 1];
	c->occurrences++;
	c->contributions += j->last[i] != doc;
	j->last[i] = doc;
}

static int one(void *ctx, uint32_t doc, const aur_span *spans, uint32_t nspans)
{
	struct job *j = ctx;
	aur_doc *d = &j->s->doc;
	uint32_t run[5], have = 0, k = j->w->n;
	(void)spans, (void)nspans;
	if (q_cancelled(j->s)) {
		j->code = q_cancel_error(j->err);
		return 0;
	}
	j->code = aur_snapshot_doc_forms(j->s->env.s, doc, d, j->err);
	j->cell = 0;
	for (uint32_t i = 0; i < j->w->nby; i++) {
		const aur_by *by = &j->w->by[i];
		uint32_t x = aur_snapshot_doc_value(j->s->env.s, doc, by->field);
		x = x <= aur_snapshot_value_count(j->s->env.s, by->field) ? aur_by_part(by, x) : 0;
		j->cell = j->cell * ((size_t)aur_by_parts(j->s->env.s, by) + 1) + x;
	}
	uint64_t before = j->words;
	j->contributions += !j->table;
	for (uint32_t i = 0; i < d->ntok && !j->code; i++) {
		uint32_t v = j->vals.of[d->form[i]];
		if (v == AUR_NONE) {
			have = 0;
			continue;
		}
		j->words++;
		if (have == k) {
			memmove(run, run + 1, (k - 1) * sizeof *run);
			have--;
		}
		run[have++] = v;
		if (have == k && j->table)
			take_row(j, run, doc);
		else if (have == k)
			take(j, run, doc);
	}
	if (j->all && !j->table) {
		j->all[j->cell].contributions++;
		j->all[j->cell].words += j->words - before;
	}
	return !j->code;
}

static int by_count(const void *a, const void *b, void *ctx)
{
	const struct seq *x = a, *y = b;
	const struct job *j = ctx;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	for (uint32_t i = 0; i < j->w->n; i++) {
		if (x->v[i] == y->v[i])
			continue;
		aur_form fx, fy;
		aur_str lx[AUR_MAX_LAYERS], ly[AUR_MAX_LAYERS];
		if (!aur_snapshot_form(j->s->env.s, j->vals.first[x->v[i]], &fx, lx) ||
		    !aur_snapshot_form(j->s->env.s, j->vals.first[y->v[i]], &fy, ly))
			return 0;
		aur_str p = j->w->layer < 0 ? fx.form : lx[j->w->layer], q = j->w->layer < 0 ? fy.form : ly[j->w->layer];
		return aur_str_order(p, q);
	}
	return 0;
}

static aur_str joined(struct job *j, const struct seq *q, int shown)
{
	aur_buf b = {0};
	for (uint32_t i = 0; i < j->w->n; i++) {
		aur_str t = shown ? q_vals_shown(j->s, &j->vals, q->v[i]) : q_vals_value(j->s, &j->vals, j->w->layer, q->v[i]);
		if (b.n && b.p[b.n - 1] != '\'')
			aur_buf_byte(&b, ' ');
		aur_buf_put(&b, t.ptr, t.len);
	}
	aur_str r = {aur_arena_dup(&j->s->rows, b.p, b.n), b.n};
	aur_buf_free(&b);
	return r;
}

static void each(struct job *j)
{
	aur_snapshot *s = j->s->env.s;
	if (j->w->among) {
		aur_code c = aur_query_each(j->s, j->w->among, one, j, j->err);
		j->code = j->code ? j->code : c;
		return;
	}
	for (uint32_t g = 0; g < aur_snapshot_segs(s) && !j->code; g++) {
		const aur_seg_info *info = aur_snapshot_seg(s, g);
		for (uint32_t i = 0; i < info->n && !j->code; i++)
			if (!aur_seg_is_deleted(info, i))
				one(j, info->base + i, NULL, 0);
	}
}

static aur_code parts_begin(struct job *j)
{
	j->cells = 1;
	for (uint32_t i = 0; i < j->w->nby; i++) {
		size_t n = (size_t)aur_by_parts(j->s->env.s, &j->w->by[i]) + 1;
		if (j->cells > MAX_PAIRS / n)
			return aur_fail(j->err, AURE_USAGE, _("these fields have too many values for a table: choose fields with fewer"));
		j->cells *= n;
	}
	if (j->w->nby) {
		j->all = aur_xcalloc(j->cells, sizeof *j->all);
		j->no = aur_xcalloc(j->cells, sizeof *j->no);
	}
	return AURE_OK;
}

/* The parts that have contributions, in their order. */
static aur_freq_part *parts_of(struct job *j)
{
	uint32_t n[2] = {0, 1};
	static const uint32_t zero = 0;
	const uint32_t *order[2] = {NULL, &zero};
	for (uint32_t i = 0; i < j->w->nby; i++)
		order[i] = q_part_order(j->s, &j->w->by[i], &n[i]);
	for (uint32_t x = 0; x < n[0]; x++)
		for (uint32_t y = 0; y < n[1]; y++) {
			size_t cell = (size_t)order[0][x] * n[1] + order[1][y];
			j->all[cell].part[0] = order[0][x];
			j->all[cell].part[1] = order[1][y];
			if (j->all[cell].contributions)
				j->no[cell] = ++j->nparts;
		}
	aur_freq_part *v = aur_arena_alloc(&j->s->rows, ((size_t)j->nparts + 1) * sizeof *v);
	for (size_t c = 0; c < j->cells; c++)
		if (j->no[c])
			v[j->no[c] - 1] = j->all[c];
	return v;
}

/* Reads the contributions again, and counts the rows by part. */
static aur_code split(struct job *j)
{
	if (j->nparts && j->rows > MAX_CELLS / j->nparts)
		return aur_fail(j->err, AURE_USAGE, _("%u words in %u parts are too many for a table: raise --min, or give a --limit"), j->rows, j->nparts);
	j->table = aur_arena_alloc(&j->s->rows, ((size_t)j->rows * j->nparts + 1) * sizeof *j->table);
	memset(j->table, 0, ((size_t)j->rows * j->nparts + 1) * sizeof *j->table);
	j->last = aur_xmalloc(((size_t)j->rows + 1) * sizeof *j->last);
	memset(j->last, 0xFF, ((size_t)j->rows + 1) * sizeof *j->last);
	if (j->rows)
		enter(j, j->mask);
	uint64_t words = j->words;
	if (j->rows)
		each(j);
	j->words = words;
	return j->code;
}

aur_code aur_query_frequencies(aur_search *s, const aur_freq_want *want, aur_freqs *out, aur_error *err)
{
	struct job j = {.s = s, .w = want, .err = err};
	aur_arena_free(&s->rows);
	*out = (aur_freqs){0};
	if (want->n < 1 || want->n > 5)
		return aur_fail(err, AURE_USAGE, _("a sequence has 1 to 5 words"));
	j.code = q_vals(s, want->layer, &j.vals, err);
	if (!j.code)
		j.code = parts_begin(&j);
	if (!j.code)
		each(&j);
	if (!j.code) {
		uint32_t n = 0;
		for (uint32_t i = 0; i < j.nseq; i++)
			if (j.seq[i].n >= want->min)
				j.seq[n++] = j.seq[i];
		j.nseq = n;
		if (n)
			qsort_r(j.seq, n, sizeof *j.seq, by_count, &j);
		j.first = want->offset < n ? want->offset : n;
		j.rows = n - j.first < want->limit ? n - j.first : want->limit;
		aur_freq_part *part = want->nby ? parts_of(&j) : NULL;
		aur_freq_row *row = aur_arena_alloc(&s->rows, ((size_t)j.rows + 1) * sizeof *row);
		if (part)
			j.code = split(&j);
		for (uint32_t i = 0; i < j.rows && !j.code; i++) {
			const struct seq *q = &j.seq[j.first + i];
			row[i] = (aur_freq_row){joined(&j, q, 1), joined(&j, q, 0), q->n, q->contributions, part ? j.table + (size_t)i * j.nparts : NULL};
		}
		if (!j.code)
			*out = (aur_freqs){.rows = n, .words = j.words, .contributions = j.contributions, .n = j.rows, .row = row, .nparts = j.nparts, .part = part};
	}
	q_vals_free(&j.vals);
	free(j.seq);
	free(j.tab);
	free(j.all);
	free(j.no);
	free(j.last);
	return j.code;
}
