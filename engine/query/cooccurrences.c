/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "query/cooccurrences.h"
#include "query/values.h"
#include "stats/cooccurrence.h"

static const struct {
	const char *name, *says;
	double (*fn)(aur_cooc c);
} measures[] = {[AUR_COOC_LOG_LIKELIHOOD] = {"log-likelihood", N_("G² = 2 Σ o ln(o/e), 4 cells (Dunning), – where O < E"), aur_cooc_log_likelihood},
		[AUR_COOC_MI] = {"mi", "log2(O/E)", aur_cooc_mi},
		[AUR_COOC_MI3] = {"mi3", "log2(O³/E)", aur_cooc_mi3},
		[AUR_COOC_T] = {"t", "(O−E)/√O", aur_cooc_t},
		[AUR_COOC_Z] = {"z", "(O−E)/√E", aur_cooc_z},
		[AUR_COOC_DICE] = {"dice", "2O/(R+C)", aur_cooc_dice},
		[AUR_COOC_LOGDICE] = {"logdice", "14 + log2(2O/(R+C))", aur_cooc_logdice},
		[AUR_COOC_JACCARD] = {"jaccard", "O/(R+C−O)", aur_cooc_jaccard}};

int aur_cooc_measure_of(const char *name)
{
	for (int i = 0; i < 8; i++)
		if (!strcmp(measures[i].name, name))
			return i;
	return -1;
}

const char *aur_cooc_measure_name(aur_cooc_measure m)
{
	return measures[m].name;
}

const char *aur_cooc_measure_says(aur_cooc_measure m)
{
	return _(measures[m].says);
}

struct job {
	aur_search *s;
	const aur_cooc_want *w;
	qvals vals;
	uint64_t *in, *O; /* by value: occurrences inside spans; in a window */
	uint64_t occurrences, R, inside;
	aur_doc doc;
	uint8_t *mark; /* by token: SPAN, WINDOW */
	uint32_t cap;
	aur_error *err;
	aur_code code;
};

enum { SPAN = 1, WINDOW = 2 }; /* in an occurrence; in a window */

/* Does the sentence end with this token, and a window with it? */
static int ends(const struct job *j, uint32_t t)
{
	return j->w->within == AUR_COOC_SENTENCE && (j->doc.flags[t] & AUR_TOK_SENTENCE_END);
}

/* Marks the windows of an occurrence.  Where they have no other bound than the sentence or the contribution, what an earlier one has marked
 * is marked up to there: a long text is not walked through again for each occurrence. */
static void windows(struct job *j, aur_span at)
{
	uint32_t left = j->w->window ? j->w->window : UINT32_MAX, right = left, done = j->w->window ? 0 : WINDOW;
	for (uint32_t t = at.first; t-- > 0 && left && !ends(j, t) && !(j->mark[t] & done);) {
		j->mark[t] |= WINDOW;
		left -= j->vals.of[j->doc.form[t]] != AUR_NONE;
	}
	for (uint32_t t = at.last; t + 1 < j->doc.ntok && right && !ends(j, t) && !(j->mark[t + 1] & done);) {
		j->mark[++t] |= WINDOW;
		right -= j->vals.of[j->doc.form[t]] != AUR_NONE;
	}
}

static int one(void *ctx, uint32_t doc, const aur_span *sp, uint32_t n)
{
	struct job *j = ctx;
	aur_doc *d = &j->doc;
	j->code = q_cancelled(j->s) ? q_cancel_error(j->err) : aur_snapshot_doc(j->s->env.s, doc, d, j->err);
	if (j->code)
		return 0;
	if (d->ntok > j->cap) {
		j->cap = d->ntok * 2;
		j->mark = aur_xrealloc(j->mark, j->cap);
	}
	memset(j->mark, 0, d->ntok);
	j->occurrences += n;
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t t = sp[i].first; t <= sp[i].last && t < d->ntok; t++)
			j->mark[t] |= SPAN;
	for (uint32_t i = 0; i < n && !j->code; i++) {
		windows(j, sp[i]);
		if (q_cancelled(j->s))
			j->code = q_cancel_error(j->err);
	}
	for (uint32_t t = 0; t < d->ntok; t++) {
		uint32_t v = j->vals.of[d->form[t]];
		if (v == AUR_NONE)
			continue;
		if (j->mark[t] & SPAN) {
			j->in[v]++;
			j->inside++;
		} else if (j->mark[t] & WINDOW) {
			j->O[v]++;
			j->R++;
		}
	}
	return !j->code;
}

static int by_measure(const void *a, const void *b)
{
	const aur_cooc_row *x = a, *y = b;
	if (x->measure < y->measure || x->measure > y->measure)
		return x->measure > y->measure ? -1 : 1;
	return aur_str_order(x->value, y->value);
}

aur_code aur_query_cooccurrences(aur_search *s, aur_query *q, const aur_cooc_want *want, aur_coocs *out, aur_error *err)
{
	struct job j = {.s = s, .w = want, .err = err};
	aur_arena_free(&s->rows);
	*out = (aur_coocs){0};
	if (!aur_query_has_words(q))
		return aur_fail(err, AURE_USAGE, _("this query names no word, so there are no words around it: add a word or a theme"));
	j.code = q_vals(s, want->layer, &j.vals, err);
	if (j.code)
		return j.code;
	j.in = aur_xcalloc((size_t)j.vals.n + 1, sizeof *j.in);
	j.O = aur_xcalloc((size_t)j.vals.n + 1, sizeof *j.O);
	aur_code c = aur_query_each(s, q, one, &j, err);
	c = j.code ? j.code : c;
	if (!c) {
		uint64_t N = j.vals.words - j.inside;
		uint32_t n = 0;
		for (uint32_t v = 0; v < j.vals.n; v++)
			n += j.O[v] > 0 && j.O[v] >= want->min;
		aur_cooc_row *row = aur_arena_alloc(&s->rows, ((size_t)n + 1) * sizeof *row);
		n = 0;
		for (uint32_t v = 0; v < j.vals.n; v++) {
			if (!j.O[v] || j.O[v] < want->min)
				continue;
			aur_cooc x = {.O = j.O[v], .R = j.R, .C = j.vals.sum[v] - j.in[v], .N = N};
			row[n++] = (aur_cooc_row){q_vals_shown(s, &j.vals, v), q_vals_value(s, &j.vals, want->layer, v), x.O, x.C,
						  aur_cooc_expected(x), measures[want->measure].fn(x)};
		}
		if (n)
			qsort(row, n, sizeof *row, by_measure);
		*out = (aur_coocs){.occurrences = j.occurrences, .R = j.R, .N = N, .rows = n, .n = n < want->limit ? n : want->limit, .row = row};
	}
	q_vals_free(&j.vals);
	aur_doc_free(&j.doc);
	free(j.in);
	free(j.O);
	free(j.mark);
	return c;
}
