/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "query/values.h"

aur_code q_vals(aur_search *s, int layer, qvals *v, aur_error *err)
{
	uint32_t nf = s->totals.forms, mask = 1023, cap = 0;
	*v = (qvals){0};
	v->of = aur_xmalloc(((size_t)nf + 1) * sizeof *v->of);
	v->freq = aur_xcalloc((size_t)nf + 1, sizeof *v->freq);
	aur_code c = aur_snapshot_all_tokens(s->env.s, v->freq, err);
	while (mask < 2 * (uint64_t)nf)
		mask = mask * 2 + 1;
	uint32_t *tab = aur_xcalloc((size_t)mask + 1, sizeof *tab);
	aur_str *text = NULL;
	for (uint32_t f = 0; f < nf && !c; f++) {
		aur_form x;
		aur_str ls[AUR_MAX_LAYERS];
		v->of[f] = AUR_NONE;
		if (!v->freq[f])
			continue;
		if (!aur_snapshot_form(s->env.s, f, &x, ls)) {
			c = aur_fail(err, AURE_CORRUPT, _("the dictionary of the corpus is damaged; run « auricule check »"));
			break;
		}
		aur_str val = layer < 0 ? x.form : ls[layer];
		if ((x.flags & AUR_TOK_PUNCT) || !val.len)
			continue;
		v->words += v->freq[f];
		uint32_t h = (uint32_t)(aur_hash64(val.ptr, val.len, 3) >> 20) & mask;
		while (tab[h] && (text[tab[h] - 1].len != val.len || memcmp(text[tab[h] - 1].ptr, val.ptr, val.len)))
			h = (h + 1) & mask;
		if (!tab[h]) {
			if (v->n == cap) {
				cap = cap ? cap * 2 : 1024;
				text = aur_xrealloc(text, cap * sizeof *text);
				v->first = aur_xrealloc(v->first, cap * sizeof *v->first);
				v->sum = aur_xrealloc(v->sum, cap * sizeof *v->sum);
			}
			text[v->n] = val; /* valid as long as the snapshot */
			v->first[v->n] = f;
			v->sum[v->n] = 0;
			tab[h] = ++v->n;
		}
		uint32_t id = tab[h] - 1;
		v->of[f] = id;
		v->sum[id] += v->freq[f];
		if (v->freq[f] >= v->freq[v->first[id]] && v->first[id] != f) {
			aur_form y;
			aur_str l2[AUR_MAX_LAYERS];
			int before = v->freq[f] > v->freq[v->first[id]];
			if (!before && aur_snapshot_form(s->env.s, v->first[id], &y, l2))
				before = aur_str_order(x.form, y.form) < 0;
			if (before)
				v->first[id] = f;
		}
	}
	free(tab);
	free(text);
	if (c)
		q_vals_free(v);
	return c;
}

void q_vals_free(qvals *v)
{
	free(v->of);
	free(v->freq);
	free(v->sum);
	free(v->first);
	*v = (qvals){0};
}

static aur_str of_form(aur_search *s, uint32_t f, int layer)
{
	aur_form x;
	aur_str ls[AUR_MAX_LAYERS];
	if (!aur_snapshot_form(s->env.s, f, &x, ls))
		return (aur_str){"", 0};
	return layer < 0 ? x.form : ls[layer];
}

aur_str q_vals_shown(aur_search *s, const qvals *v, uint32_t value)
{
	return of_form(s, v->first[value], -1);
}

aur_str q_vals_value(aur_search *s, const qvals *v, int layer, uint32_t value)
{
	return of_form(s, v->first[value], layer);
}
