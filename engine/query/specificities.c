/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "query/node.h"
#include "query/specificities.h"
#include "query/values.h"
#include "stats/adjust.h"
#include "stats/dist.h"
#include "stats/keyness.h"
#include "stats/specificity.h"

static const struct {
	const char *name, *says;
	double (*fn)(aur_2x2 t); /* NULL: Lafon */
} measures[] = {
	[AUR_SPEC_LAFON] = {"lafon", N_("specificity of Lafon (signed -log10 of the hypergeometric tail, inclusive)"), NULL},
	[AUR_SPEC_CHI2] = {"chi2", N_("chi-squared (Pearson, 4 cells, without correction, signed)"), aur_chi2},
	[AUR_SPEC_CHI2_YATES] = {"chi2-yates", N_("chi-squared (Pearson, 4 cells, with the correction of Yates, signed)"), aur_chi2_yates},
	[AUR_SPEC_CHI2_QUANTEDA] = {"chi2-quanteda", N_("chi-squared (as quanteda: with the correction of Yates where a cell is small, signed)"),
				    aur_chi2_quanteda},
	[AUR_SPEC_G2] = {"g2", N_("G² (Dunning, 4 cells, signed)"), aur_g2},
	[AUR_SPEC_G2_RAYSON] = {"g2-rayson", N_("G² (Rayson and Garside, 2 cells, signed)"), aur_g2_rayson},
	[AUR_SPEC_G2_WILLIAMS] = {"g2-williams", N_("G² (Dunning, 4 cells, with the correction of Williams, signed)"), aur_g2_williams},
	[AUR_SPEC_G2_QUANTEDA] = {"g2-quanteda", N_("G² (as quanteda: with the correction of Yates where a cell is small, signed)"), aur_g2_quanteda}};
#define MEASURES (sizeof measures / sizeof *measures)

int aur_spec_measure_of(const char *name)
{
	for (unsigned i = 0; i < MEASURES; i++)
		if (!strcmp(measures[i].name, name))
			return (int)i;
	return -1;
}

const char *aur_spec_measure_says(aur_spec_measure m)
{
	return _(measures[m].says);
}

struct gather {
	uint32_t *doc, n, cap;
};

static int keep(void *ctx, uint32_t doc, const aur_span *spans, uint32_t n)
{
	struct gather *g = ctx;
	(void)spans, (void)n;
	AUR_GROW(g->doc, g->n, g->cap);
	g->doc[g->n++] = doc;
	return 1;
}

/* A word in a part. */
struct cell {
	uint32_t word; /* index in tables.word */
	uint64_t k;
	double measure, log10_p;
	double log10_q;
};

struct part {
	uint32_t value[2]; /* of the fields */
	uint32_t from, n; /* range of tables.sorted */
	uint64_t words;
};

static int by_measure(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	if (x->measure < y->measure || x->measure > y->measure)
		return x->measure > y->measure ? -1 : 1;
	return (x->word > y->word) - (x->word < y->word);
}

struct word {
	uint32_t value; /* of the layer */
	aur_str text;
};

static int by_word(const void *a, const void *b)
{
	return aur_str_order(((const struct word *)a)->text, ((const struct word *)b)->text);
}

/* Adds the words of contributions to the counts of their values, and to *sum. */
static aur_code add_words(aur_search *s, const qvals *v, const uint32_t *doc, uint32_t n, uint64_t *of_value, uint64_t *sum, aur_error *err)
{
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < n && !c; i++) {
		c = q_cancelled(s) ? q_cancel_error(err) : aur_snapshot_doc_forms(s->env.s, doc[i], &s->doc, err);
		for (uint32_t t = 0; t < s->doc.ntok && !c; t++) {
			uint32_t x = v->of[s->doc.form[t]];
			if (x != AUR_NONE) {
				of_value[x]++;
				++*sum;
			}
		}
	}
	return c;
}

static void every(aur_search *s, struct gather *g)
{
	for (uint32_t i = 0; i < aur_snapshot_segs(s->env.s); i++) {
		const aur_seg_info *info = aur_snapshot_seg(s->env.s, i);
		for (uint32_t d = 0; d < info->n; d++)
			if (!aur_seg_is_deleted(info, d))
				keep(g, info->base + d, NULL, 0);
	}
}

/* Tests a word with F of N occurrences, of which k of n are in a part. */
static void test(aur_spec_measure m, uint64_t k, uint64_t F, uint64_t n, uint64_t N, struct cell *y)
{
	y->k = k;
	if (m == AUR_SPEC_LAFON) {
		y->measure = aur_specificity(k, F, n, N);
		y->log10_p = -fabs(y->measure);
	} else {
		y->measure = measures[m].fn(aur_2x2_of(k, F - k, n, N - n));
		y->log10_p = aur_chi2_log10_p(y->measure);
	}
}

/* The results of tests, for q, which depends on all of them.  In a part the words with the same F and k have the same result: few results
 * stand for the tests of many words. */
struct results {
	double *log10; /* p, then q */
	uint64_t *times;
	size_t n, cap;
};

/* What is tested: words of a layer in the parts of a field. */
struct tables {
	qvals v;
	struct gather g;
	uint32_t *sorted; /* by part */
	struct part *part;
	uint32_t parts;
	uint64_t *F, N; /* F: by value of the layer; N: sum of all F */
	uint64_t *k;    /* by value, of one part */
	struct word *word;
	uint32_t words, *by_F; /* by_F: indices in word */
	struct results result;
};

enum { MAX_PAIRS = 4 << 20 }; /* of values of two fields */

/* The parts that have contributions, in the order of display, with those without a value last; sorts contributions
 * by part. */
static aur_code parted(aur_search *s, const aur_spec_want *want, struct tables *t, aur_error *err)
{
	const aur_by *by = want->by;
	const struct gather *g = &t->g;
	uint32_t nv[2] = {aur_by_parts(s->env.s, &by[0]) + 1, want->nby == 2 ? aur_by_parts(s->env.s, &by[1]) + 1 : 1};
	static const uint32_t zero = 0;
	const uint32_t *order[2] = {NULL, &zero};
	if (want->nby == 2 && nv[0] > MAX_PAIRS / nv[1])
		return aur_fail(err, AURE_USAGE, _("these fields have too many values for a table: choose fields with fewer"));
	uint32_t cells = nv[0] * nv[1], *count = aur_xcalloc((size_t)cells + 1, sizeof *count), *val = aur_xmalloc((size_t)g->n * sizeof *val + 4);
	t->part = aur_xcalloc(cells < g->n ? cells : (size_t)g->n + 1, sizeof *t->part);
	for (uint32_t i = 0; i < g->n; i++) {
		val[i] = 0;
		for (uint32_t f = 0; f < want->nby; f++)
			val[i] = val[i] * nv[f] + aur_by_part(&by[f], aur_snapshot_doc_value(s->env.s, g->doc[i], by[f].field));
		count[val[i] + 1]++;
	}
	for (uint32_t x = 0; x < cells; x++)
		count[x + 1] += count[x];
	for (uint32_t f = 0; f < want->nby; f++)
		order[f] = q_part_order(s, &by[f], &nv[f]);
	for (uint32_t i = 0; i < nv[0]; i++)
		for (uint32_t j = 0; j < nv[1]; j++) {
			uint32_t x = order[0][i] * nv[1] + order[1][j];
			if (count[x + 1] > count[x])
				t->part[t->parts++] = (struct part){.value = {order[0][i], order[1][j]}, .from = count[x], .n = count[x + 1] - count[x]};
		}
	for (uint32_t i = 0; i < g->n; i++)
		t->sorted[count[val[i]]++] = g->doc[i];
	free(count);
	free(val);
	return AURE_OK;
}

static int by_F(const void *a, const void *b, void *ctx)
{
	const struct tables *t = ctx;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	uint64_t f = t->F[t->word[x].value], g = t->F[t->word[y].value];
	return f != g ? (f > g) - (f < g) : (x > y) - (x < y);
}

/* Collects the words with F >= min, sorted by text: so that the order of equal results does not depend on ingestion. */
static void words_of(aur_search *s, const aur_spec_want *want, struct tables *t)
{
	t->word = aur_xmalloc(((size_t)t->v.n + 1) * sizeof *t->word);
	for (uint32_t x = 0; x < t->v.n; x++)
		if (t->F[x] >= (want->min ? want->min : 1))
			t->word[t->words++] = (struct word){x, q_vals_value(s, &t->v, want->layer, x)};
	t->by_F = aur_xmalloc(((size_t)t->words + 1) * sizeof *t->by_F);
	for (uint32_t i = 0; i < t->words; i++)
		t->by_F[i] = i;
	if (t->words) {
		qsort(t->word, t->words, sizeof *t->word, by_word);
		qsort_r(t->by_F, t->words, sizeof *t->by_F, by_F, t);
	}
}

/* Tests every word in a part whose k are counted.  Without cells, adds the results to t->result; with them, makes those that pass of the
 * results from *at on, where the same calls in the same order have put them.  Returns the number of cells. */
static uint32_t test_part(const aur_spec_want *want, struct tables *t, const struct part *part, struct cell *cell, size_t *at)
{
	enum { SMALL = 64 };
	struct results *r = &t->result;
	struct cell met[SMALL]; /* of the words with this F, by k */
	size_t met_at[SMALL];
	uint64_t F = 0, seen = 0; /* seen: a bit by k */
	uint32_t m = 0;
	for (uint32_t i = 0; i < t->words; i++) {
		uint32_t x = t->word[t->by_F[i]].value;
		uint64_t k = t->k[x];
		struct cell y;
		size_t no = *at;
		seen = t->F[x] == F ? seen : 0;
		F = t->F[x];
		if (k < SMALL && (seen >> k & 1)) {
			y = met[k];
			no = met_at[k];
		} else {
			test(want->measure, k, F, part->words, t->N, &y);
			++*at;
			if (k < SMALL) {
				seen |= UINT64_C(1) << k;
				met[k] = y;
				met_at[k] = no;
			}
		}
		if (!cell) {
			if (no == r->n) {
				if (r->n == r->cap) {
					r->cap = r->cap ? r->cap * 2 : 4096;
					r->log10 = aur_xrealloc(r->log10, r->cap * sizeof *r->log10);
					r->times = aur_xrealloc(r->times, r->cap * sizeof *r->times);
				}
				r->log10[r->n] = y.log10_p;
				r->times[r->n++] = 0;
			}
			r->times[no]++;
			continue;
		}
		y.word = t->by_F[i];
		y.log10_q = r->log10[no];
		if (pow(10, y.log10_q) <= want->max_q && fabs(y.measure) >= want->min_size)
			cell[m++] = y;
	}
	return m;
}

/* Gives the rows of a part: at most `limit` per sign.  0: to stop. */
static int give(aur_search *s, const aur_spec_want *want, const struct tables *t, const struct part *part, const struct cell *cell, uint32_t m,
		aur_spec_fn fn, void *ctx)
{
	uint32_t pos = 0;
	while (pos < m && cell[pos].measure >= 0)
		pos++;
	for (uint32_t i = 0; i < m; i++) {
		if (i < pos ? i >= want->limit : m - i > want->limit)
			continue;
		const struct cell *y = &cell[i];
		const struct word *o = &t->word[y->word];
		aur_spec_row row = {.part = {part->value[0], part->value[1]}, .shown = q_vals_shown(s, &t->v, o->value), .value = o->text,
				    .k = y->k, .F = t->F[o->value], .n = part->words, .N = t->N,
				    .measure = y->measure, .log10_p = y->log10_p, .log10_q = y->log10_q};
		if (!fn(ctx, &row))
			return 0;
	}
	return 1;
}

/* Tests every word in every part wanted, twice: what is kept of all tests are their results, which q is computed of, and a cell only as long as
 * its part is given. */
static aur_code test_all(aur_search *s, const aur_spec_want *want, struct tables *t, aur_spec_fn fn, void *ctx, uint64_t *tested, aur_error *err)
{
	uint32_t parts = 0;
	for (uint32_t p = 0; p < t->parts; p++)
		parts += !want->value || t->part[p].value[0] == want->value;
	*tested = (uint64_t)parts * t->words;
	if (*tested > (uint64_t)100000000)
		return aur_fail(err, AURE_USAGE, _("%u words in %u parts are too many to test at once: ask for one --value, or raise --min"), t->words, parts);
	*tested = t->parts < 2 ? 0 : *tested; /* the whole against nothing */
	struct cell *cell = aur_xmalloc((size_t)t->words * sizeof *cell + 8);
	aur_code c = AURE_OK;
	int more = 1;
	for (int second = 0; second < 2 && !c; second++) {
		size_t at = 0;
		for (uint32_t p = 0; p < t->parts && !c && more; p++) {
			struct part *part = &t->part[p];
			if (want->value && part->value[0] != want->value)
				continue;
			memset(t->k, 0, ((size_t)t->v.n + 1) * sizeof *t->k);
			part->words = 0;
			c = add_words(s, &t->v, t->sorted + part->from, part->n, t->k, &part->words, err);
			if (c)
				break;
			uint32_t m = test_part(want, t, part, second ? cell : NULL, &at);
			if (m)
				qsort(cell, m, sizeof *cell, by_measure);
			more = give(s, want, t, part, cell, m, fn, ctx);
		}
		if (!c && !second)
			c = aur_adjust_bh_log10(t->result.log10, t->result.times, t->result.n, t->result.log10, err);
	}
	free(cell);
	return c;
}

aur_code aur_query_specificities(aur_search *s, const aur_spec_want *want, aur_spec_fn fn, void *ctx, uint64_t *tested, aur_error *err)
{
	struct tables t = {0};
	*tested = 0;
	aur_code c = q_vals(s, want->layer, &t.v, err);
	if (!c && want->among)
		c = aur_query_each(s, want->among, keep, &t.g, err);
	else if (!c)
		every(s, &t.g);
	t.sorted = aur_xmalloc((size_t)t.g.n * sizeof *t.sorted + 4);
	t.F = aur_xcalloc((size_t)t.v.n + 1, sizeof *t.F);
	t.k = aur_xmalloc(((size_t)t.v.n + 1) * sizeof *t.k);
	if (!c) {
		c = parted(s, want, &t, err);
	}
	if (!c) {
		c = add_words(s, &t.v, t.g.doc, t.g.n, t.F, &t.N, err);
	}
	if (!c) {
		words_of(s, want, &t);
		c = test_all(s, want, &t, fn, ctx, tested, err);
	}
	q_vals_free(&t.v);
	free(t.g.doc);
	free(t.sorted);
	free(t.part);
	free(t.F);
	free(t.k);
	free(t.word);
	free(t.by_F);
	free(t.result.log10);
	free(t.result.times);
	return c;
}
