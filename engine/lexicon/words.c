/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "base/hash.h"
#include "lexicon/walk.h"
#include "lexicon/words.h"
#include "stats/adjust.h"
#include "stats/specificity.h"

aur_code aur_words_new(aur_snapshot *s, aur_words *out, aur_error *err)
{
	aur_totals t;
	uint64_t *count = NULL;
	uint32_t layer = aur_snapshot_default_layer(s), mask = 1024;
	aur_snapshot_totals(s, &t);
	aur_words w = {.nforms = t.forms};
	aur_code c = aur_walk_forms(s, &count, err);
	if (c)
		return c;
	while (mask < 2 * t.forms)
		mask *= 2;
	struct {
		const char *p;
		size_t n;
		uint32_t family;
	} *slot = aur_xcalloc(mask--, sizeof *slot);
	w.family = aur_xcalloc((size_t)t.forms + 1, sizeof *w.family);
	w.shown = aur_xcalloc((size_t)t.forms + 1, sizeof *w.shown);
	w.value = aur_xcalloc((size_t)t.forms + 1, sizeof *w.value);
	aur_str *shown = aur_xcalloc((size_t)t.forms + 1, sizeof *shown);
	for (uint32_t f = 0; f < t.forms; f++) {
		aur_form form;
		aur_str ls[AUR_MAX_LAYERS];
		w.family[f] = AUR_NONE;
		if (!count[f] || !aur_snapshot_form(s, f, &form, ls) || (form.flags & AUR_TOK_PUNCT))
			continue;
		aur_str v = layer < form.layer_count && ls[layer].len ? ls[layer] : form.form;
		uint32_t at = (uint32_t)(aur_hash64(v.ptr, v.len, 0) >> 20) & mask;
		while (slot[at].p && (slot[at].n != v.len || memcmp(slot[at].p, v.ptr, v.len)))
			at = (at + 1) & mask;
		if (!slot[at].p) {
			slot[at].p = v.ptr;
			slot[at].n = v.len;
			slot[at].family = w.n;
			w.value[w.n] = v;
			shown[w.n] = form.form;
			w.shown[w.n++] = f;
		}
		uint32_t g = w.family[f] = slot[at].family;
		if (count[f] > count[w.shown[g]] || (count[f] == count[w.shown[g]] && aur_str_order(form.form, shown[g]) < 0)) {
			w.shown[g] = f;
			shown[g] = form.form;
		}
	}
	free(slot);
	free(shown);
	free(count);
	*out = w;
	return AURE_OK;
}

void aur_words_free(aur_words *w)
{
	free(w->family);
	free(w->shown);
	free(w->value);
	*w = (aur_words){0};
}

static int by_size(const void *a, const void *b)
{
	const aur_word *x = a, *y = b;
	if (x->S != y->S)
		return x->S > y->S ? -1 : 1;
	if (x->k != y->k)
		return x->k > y->k ? -1 : 1;
	return aur_str_order(x->value, y->value);
}

aur_code aur_words_specific(const aur_words *w, const uint64_t *k, const uint64_t *F, uint64_t n, uint64_t N, double least, double most,
			    aur_word **out, uint32_t *count, aur_error *err)
{
	aur_word *v = aur_xcalloc((size_t)w->n + 1, sizeof *v);
	double *p = aur_xcalloc((size_t)w->n + 1, sizeof *p);
	uint32_t m = 0, good = 0;
	for (uint32_t g = 0; g < w->n; g++) {
		if (F[g] < 2)
			continue;
		v[m] = (aur_word){g, w->value[g], k[g], F[g], aur_specificity(k[g], F[g], n, N), NAN};
		p[m] = -fabs(v[m].S);
		m++;
	}
	aur_code c = aur_adjust_bh_log10(p, NULL, m, p, err);
	for (uint32_t i = 0; i < m && !c; i++) {
		v[i].q = pow(10, p[i]);
		if (v[i].k && v[i].S >= least && v[i].q <= most)
			v[good++] = v[i];
	}
	free(p);
	if (c) {
		free(v);
		return c;
	}
	qsort(v, good, sizeof *v, by_size);
	*out = v;
	*count = good;
	return AURE_OK;
}
