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

struct cell {
	uint32_t part, word; /* word: index in tables.word */
	uint64_t k;
	double measure, log10_p;
	double log10_q;
};

struct part {
	uint32_t value; /* of the field */
	uint32_t from, n; /* range of tables.sorted */
	uint64_t words;
};

static int by_measure(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
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

/* Computes q, and keeps and sorts the cells that pass; *n: how many are left. */
static aur_code sifted(const aur_spec_want *want, struct cell *cell, size_t *n, aur_error *err)
{
	double *lp = aur_xmalloc(*n * sizeof *lp + 8), *lq = aur_xmalloc(*n * sizeof *lq + 8);
	for (size_t i = 0; i < *n; i++)
		lp[i] = cell[i].log10_p;
	aur_code c = *n ? aur_adjust_bh_log10(lp, *n, lq, err) : AURE_OK;
	size_t m = 0;
	for (size_t i = 0; i < *n && !c; i++) {
		cell[i].log10_q = lq[i];
		if (pow(10, lq[i]) <= want->max_q && fabs(cell[i].measure) >= want->min_size)
			cell[m++] = cell[i];
	}
	free(lp);
	free(lq);
	if (m)
		qsort(cell, m, sizeof *cell, by_measure);
	*n = m;
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

/* The parts that have contributions, in the order of display, with those without a value last; sorts contributions
 * by part. */
static struct part *parted(aur_search *s, const aur_by *by, const struct gather *g, uint32_t *sorted, uint32_t *np)
{
	uint32_t nv = aur_by_parts(s->env.s, by) + 1;
	uint32_t *count = aur_xcalloc((size_t)nv + 1, sizeof *count), *val = aur_xmalloc((size_t)g->n * sizeof *val + 4);
	struct part *part = aur_xcalloc(nv, sizeof *part);
	for (uint32_t i = 0; i < g->n; i++) {
		val[i] = aur_by_part(by, aur_snapshot_doc_value(s->env.s, g->doc[i], by->field));
		count[val[i] + 1]++;
	}
	for (uint32_t x = 0; x < nv; x++)
		count[x + 1] += count[x];
	const uint32_t *order = q_part_order(s, by, &nv);
	*np = 0;
	for (uint32_t i = 0; i < nv; i++)
		if (count[order[i] + 1] > count[order[i]])
			part[(*np)++] = (struct part){.value = order[i], .from = count[order[i]], .n = count[order[i] + 1] - count[order[i]]};
	for (uint32_t i = 0; i < g->n; i++)
		sorted[count[val[i]]++] = g->doc[i];
	free(count);
	free(val);
	return part;
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

/* What is tested: words of a layer in the parts of a field. */
struct tables {
	qvals v;
	struct gather g;
	uint32_t *sorted; /* by part */
	struct part *part;
	uint32_t parts;
	uint64_t *F, N; /* F: by value of the layer; N: sum of all F */
	struct word *word;
	uint32_t words;
	struct cell *cell;
	size_t cells;
};

/* Collects the words with F >= min, sorted by text: so that the order of equal results does not depend on ingestion. */
static void words_of(aur_search *s, const aur_spec_want *want, struct tables *t)
{
	t->word = aur_xmalloc(((size_t)t->v.n + 1) * sizeof *t->word);
	for (uint32_t x = 0; x < t->v.n; x++)
		if (t->F[x] >= (want->min ? want->min : 1))
			t->word[t->words++] = (struct word){x, q_vals_value(s, &t->v, want->layer, x)};
	if (t->words)
		qsort(t->word, t->words, sizeof *t->word, by_word);
}

/* Tests every word in every part wanted. */
static aur_code test_all(aur_search *s, const aur_spec_want *want, struct tables *t, aur_error *err)
{
	uint32_t parts = 0;
	for (uint32_t p = 0; p < t->parts; p++)
		parts += !want->value || t->part[p].value == want->value;
	if ((uint64_t)parts * t->words > (uint64_t)100000000)
		return aur_fail(err, AURE_USAGE, _("%u words in %u parts are too many to test at once: ask for one --value, or raise --min"), t->words, parts);
	t->cell = aur_xmalloc((size_t)parts * t->words * sizeof *t->cell + 8);
	uint64_t *k = aur_xmalloc(((size_t)t->v.n + 1) * sizeof *k);
	aur_code c = AURE_OK;
	for (uint32_t p = 0; p < t->parts && !c; p++) {
		struct part *part = &t->part[p];
		if (want->value && part->value != want->value)
			continue;
		memset(k, 0, ((size_t)t->v.n + 1) * sizeof *k);
		c = add_words(s, &t->v, t->sorted + part->from, part->n, k, &part->words, err);
		for (uint32_t i = 0; i < t->words && !c; i++) {
			uint32_t x = t->word[i].value;
			struct cell *y = &t->cell[t->cells++];
			*y = (struct cell){.part = p, .word = i};
			test(want->measure, k[x], t->F[x], part->words, t->N, y);
		}
	}
	free(k);
	return c;
}

/* Makes rows of the first m cells: at most `limit` per part and sign. */
static void rows_of(aur_search *s, const aur_spec_want *want, const struct tables *t, size_t m, aur_specs *out)
{
	const struct cell *cell = t->cell;
	aur_spec_row *row = aur_arena_alloc(&s->rows, (m + 1) * sizeof *row);
	uint32_t rows = 0;
	for (size_t i = 0; i < m;) {
		size_t z = i, pos = 0;
		while (z < m && cell[z].part == cell[i].part) {
			pos += cell[z].measure >= 0;
			z++;
		}
		size_t neg = z - i - pos;
		for (size_t x = i; x < z; x++) {
			size_t rank = x - i;
			if (rank < pos ? rank >= want->limit : neg - (rank - pos) > want->limit)
				continue;
			const struct cell *y = &cell[x];
			const struct part *part = &t->part[y->part];
			const struct word *o = &t->word[y->word];
			row[rows++] = (aur_spec_row){.part = part->value, .shown = q_vals_shown(s, &t->v, o->value), .value = o->text,
						     .k = y->k, .F = t->F[o->value], .n = part->words, .N = t->N,
						     .measure = y->measure, .log10_p = y->log10_p, .log10_q = y->log10_q};
		}
		i = z;
	}
	*out = (aur_specs){.tested = t->cells, .n = rows, .row = row};
}

aur_code aur_query_specificities(aur_search *s, const aur_spec_want *want, aur_specs *out, aur_error *err)
{
	struct tables t = {0};
	aur_arena_free(&s->rows);
	*out = (aur_specs){0};
	aur_code c = q_vals(s, want->layer, &t.v, err);
	if (!c && want->among)
		c = aur_query_each(s, want->among, keep, &t.g, err);
	else if (!c)
		every(s, &t.g);
	t.sorted = aur_xmalloc((size_t)t.g.n * sizeof *t.sorted + 4);
	t.F = aur_xcalloc((size_t)t.v.n + 1, sizeof *t.F);
	if (!c) {
		t.part = parted(s, &want->by, &t.g, t.sorted, &t.parts);
		c = add_words(s, &t.v, t.g.doc, t.g.n, t.F, &t.N, err);
	}
	if (!c) {
		words_of(s, want, &t);
		c = test_all(s, want, &t, err);
	}
	size_t m = t.cells;
	c = c ? c : sifted(want, t.cell, &m, err);
	if (!c)
		rows_of(s, want, &t, m, out);
	q_vals_free(&t.v);
	free(t.g.doc);
	free(t.sorted);
	free(t.part);
	free(t.F);
	free(t.word);
	free(t.cell);
	return c;
}
