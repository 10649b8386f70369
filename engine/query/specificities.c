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
	uint32_t part, word; /* number of the word in the order of their texts */
	uint64_t k;
	double measure, log10_p;
	double log10_q;
};

struct part {
	uint32_t value; /* of the field */
	uint32_t from, n; /* in the list of contributions, sorted by part */
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

/* Adds the words of contributions to those of each value, and to their sum. */
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

/* Keeps the cells that pass, in order; how many are left in *n. */
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

aur_code aur_query_specificities(aur_search *s, const aur_spec_want *want, aur_specs *out, aur_error *err)
{
	struct gather g = {0};
	qvals v = {0};
	aur_arena_free(&s->rows);
	*out = (aur_specs){0};
	aur_code c = q_vals(s, want->layer, &v, err);
	if (!c && want->among) {
		c = aur_query_each(s, want->among, keep, &g, err);
	} else if (!c) {
		for (uint32_t i = 0; i < aur_snapshot_segs(s->env.s); i++) {
			const aur_seg_info *info = aur_snapshot_seg(s->env.s, i);
			for (uint32_t d = 0; d < info->n; d++)
				if (!aur_seg_is_deleted(info, d))
					keep(&g, info->base + d, NULL, 0);
		}
	}
	/* contributions by part: a counting sort */
	uint32_t nv = aur_by_parts(s->env.s, &want->by) + 1, np = 0;
	uint32_t *count = aur_xcalloc((size_t)nv + 1, sizeof *count), *val = aur_xmalloc((size_t)g.n * sizeof *val + 4),
		 *sorted = aur_xmalloc((size_t)g.n * sizeof *sorted + 4);
	for (uint32_t i = 0; i < g.n && !c; i++) {
		val[i] = aur_by_part(&want->by, aur_snapshot_doc_value(s->env.s, g.doc[i], want->by.field));
		count[val[i] + 1]++;
	}
	struct part *part = aur_xcalloc(nv, sizeof *part);
	for (uint32_t x = 0; x < nv; x++)
		count[x + 1] += count[x];
	const uint32_t *order = q_part_order(s, &want->by, &nv); /* « none », the value 0, last */
	for (uint32_t i = 0; i < nv && !c; i++)
		if (count[order[i] + 1] > count[order[i]])
			part[np++] = (struct part){.value = order[i], .from = count[order[i]], .n = count[order[i] + 1] - count[order[i]]};
	for (uint32_t i = 0; i < g.n && !c; i++)
		sorted[count[val[i]]++] = g.doc[i];
	/* F and N of the contributions at hand; then k of each part */
	uint64_t *F = aur_xcalloc((size_t)v.n + 1, sizeof *F), N = 0, *k = aur_xcalloc((size_t)v.n + 1, sizeof *k);
	uint32_t nwords = 0;
	c = c ? c : add_words(s, &v, g.doc, g.n, F, &N, err);
	struct word *word = aur_xmalloc(((size_t)v.n + 1) * sizeof *word);
	for (uint32_t x = 0; x < v.n && !c; x++)
		if (F[x] >= (want->min ? want->min : 1))
			word[nwords++] = (struct word){x, q_vals_value(s, &v, want->layer, x)};
	/* equals stand in the order of their texts, whatever the order in which they came into the corpus */
	if (nwords)
		qsort(word, nwords, sizeof *word, by_word);
	uint32_t parts = 0;
	for (uint32_t p = 0; p < np; p++)
		parts += !want->value || part[p].value == want->value;
	if (!c && (uint64_t)parts * nwords > (uint64_t)100000000)
		c = aur_fail(err, AURE_USAGE, _("%u words in %u parts are too many to test at once: ask for one --value, or raise --min"), nwords, parts);
	size_t tests = (size_t)parts * nwords, n = 0;
	struct cell *cell = c ? NULL : aur_xmalloc(tests * sizeof *cell + 8);
	for (uint32_t p = 0; p < np && !c; p++) {
		if (want->value && part[p].value != want->value)
			continue;
		memset(k, 0, ((size_t)v.n + 1) * sizeof *k);
		c = add_words(s, &v, sorted + part[p].from, part[p].n, k, &part[p].words, err);
		for (uint32_t i = 0; i < nwords && !c; i++) {
			uint32_t x = word[i].value;
			uint64_t nn = part[p].words;
			struct cell *y = &cell[n++];
			*y = (struct cell){.part = p, .word = i, .k = k[x]};
			if (want->measure == AUR_SPEC_LAFON) {
				y->measure = aur_specificity(k[x], F[x], nn, N);
				y->log10_p = -fabs(y->measure);
			} else {
				y->measure = measures[want->measure].fn(aur_2x2_of(k[x], F[x] - k[x], nn, N - nn));
				y->log10_p = aur_chi2_log10_p(y->measure);
			}
		}
	}
	size_t m = n;
	c = c ? c : sifted(want, cell, &m, err);
	if (!c) {
		/* at most `limit` of each sign in each part */
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
				const struct word *o = &word[y->word];
				row[rows++] = (aur_spec_row){.part = part[y->part].value, .shown = q_vals_shown(s, &v, o->value),
							     .value = o->text, .k = y->k, .F = F[o->value],
							     .n = part[y->part].words, .N = N, .measure = y->measure, .log10_p = y->log10_p,
							     .log10_q = y->log10_q};
			}
			i = z;
		}
		*out = (aur_specs){.tested = n, .n = rows, .row = row};
	}
	q_vals_free(&v);
	free(g.doc);
	free(count);
	free(val);
	free(sorted);
	free(part);
	free(F);
	free(k);
	free(word);
	free(cell);
	return c;
}
