/* SPDX-License-Identifier: Apache-2.0 */
/* Finds hits in contributions that are in a corpus already: annotators are asked once per form of its dictionary, and see only
 * contributions with a form for which one of them gave a number. */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/postings.h"
#include "pipeline/again.h"
#include "pipeline/analyst.h"

aur_answers *aur_answers_new(const aur_chain *c, aur_snapshot *s)
{
	aur_answers *w = aur_xcalloc(1, sizeof *w);
	aur_totals t;
	aur_snapshot_totals(s, &t);
	w->forms = t.forms;
	w->annotators = c->nann;
	w->flags = aur_xcalloc((size_t)w->forms + 1, sizeof *w->flags);
	for (unsigned k = 0; k < c->nann; k++) {
		const aur_instance *in = c->ann[k].in;
		struct aur_sieved *v = &w->sieve[k];
		w->number[k] = aur_xcalloc((size_t)w->forms + 1, sizeof *w->number[k]);
		if (in->c->query && c->ann[k].ops->classify)
			v->by = in->c->query(in->model, AUR_EXT_SIEVE);
		if (v->by)
			aur_mem_huge(v->said = aur_xcalloc((size_t)w->forms + 1, sizeof *v->said), (size_t)w->forms * sizeof *v->said);
	}
	return w;
}

void aur_answers_free(aur_answers *w)
{
	if (!w)
		return;
	for (unsigned k = 0; k < w->annotators; k++) {
		free(w->number[k]);
		free(w->sieve[k].brief);
		free(w->sieve[k].said);
		free(w->sieve[k].block);
		free(w->sieve[k].row);
		free(w->sieve[k].told);
	}
	free(w->flags);
	free(w);
}

void aur_analyst_over(aur_analyst *a, aur_snapshot *s, aur_answers *w)
{
	a->snap = s;
	a->answers = w;
}

unsigned aur_chain_finders(const aur_chain *c)
{
	unsigned mask = 0;
	for (unsigned k = 0; k < c->nann; k++)
		mask |= c->ann[k].ops->flags & AUR_ANN_ON_HITS ? 0u : 1u << k;
	return mask;
}

aur_code aur_analyst_ask(aur_analyst *a, uint32_t from, uint32_t to, aur_error *err)
{
	const aur_chain *c = a->chain;
	aur_answers *w = a->answers;
	aur_arena text = {0};
	aur_str layers[AUR_MAX_LAYERS];
	aur_code rc = AURE_OK;
	for (uint32_t i = from; i < to && i < w->forms; i++) {
		aur_form f;
		unsigned mask = 0;
		if (w->flags[i])
			continue;
		if (!aur_snapshot_form_once(a->snap, i, &f, layers, &text)) {
			rc = aur_fail(err, AURE_CORRUPT, _("the dictionary of the corpus is damaged; run « auricule check »"));
			break;
		}
		for (unsigned k = 0; k < c->nann; k++) {
			const aur_annotator_ops *o = c->ann[k].ops;
			const aur_instance *in = c->ann[k].in;
			struct aur_sieved *v = &w->sieve[k];
			aur_sieve x = {0, 0, 0};
			uint32_t number = v->by         ? v->by->classify(&in->host, in->model, a->ann_worker[k], &f, &x)
					  : o->classify ? o->classify(&in->host, in->model, a->ann_worker[k], &f)
							: 1;
			if (c->ann[k].forms)
				c->ann[k].forms->numbered(in->model, a->ann_worker[k], i);
			w->number[k][i] = number;
			if (v->by)
				v->said[i] = number ? x : (aur_sieve){.is = x.is};
			mask |= (unsigned)!!number << k;
		}
		w->flags[i] = (uint16_t)(mask << AUR_ANSWER_MASK | AUR_ANSWERED | (f.flags & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE)));
	}
	aur_arena_free(&text);
	return rc;
}

struct gather {
	aur_snapshot *s;
	aur_buf forms;
	aur_code rc;
	aur_error *err;
};

static int met(void *ctx, aur_str value, const uint32_t *forms, uint32_t n)
{
	struct gather *g = ctx;
	(void)value;
	aur_buf_put(&g->forms, forms, n * sizeof *forms);
	return 1;
}

static aur_status some(void *to, const aur_named_forms *w)
{
	struct gather *g = to;
	if (w->layer < 0 && w->prefix)
		return AUR_E_UNSUPPORTED;
	if (w->layer < 0) {
		uint32_t form = aur_snapshot_form_id(g->s, w->value);
		return form == AUR_NONE ? AUR_OK : (met(g, w->value, &form, 1), AUR_OK);
	}
	g->rc = w->prefix ? aur_snapshot_values(g->s, (uint32_t)w->layer, w->value, met, g, g->err)
			  : aur_snapshot_value_forms(g->s, (uint32_t)w->layer, w->value, &g->forms, NULL, NULL, g->err);
	return g->rc ? AUR_E_IO : AUR_OK;
}

aur_code aur_analyst_ask_few(aur_analyst *a, int *few, aur_error *err)
{
	const aur_chain *c = a->chain;
	unsigned finders = aur_chain_finders(c);
	struct gather g = {.s = a->snap, .err = err};
	*few = 1;
	for (unsigned k = 0; k < c->nann && *few; k++) {
		const aur_instance *in = c->ann[k].in;
		if (!(finders >> k & 1))
			continue;
		const aur_ext_words_v1 *x = in->c->query && c->ann[k].ops->classify ? in->c->query(in->model, AUR_EXT_WORDS) : NULL;
		*few = x && x->words(in->model, some, &g) >= 0;
	}
	const uint32_t *form = (const uint32_t *)(void *)g.forms.p;
	for (size_t i = 0; i < g.forms.n / sizeof *form && *few && !g.rc; i++)
		g.rc = aur_analyst_ask(a, form[i], form[i] + 1, err);
	aur_buf_free(&g.forms);
	return g.rc;
}

/* What is told of most forms, and of the places before the first and after the last word. */
static const aur_sieve nothing = {.is = UINT64_C(1) << 63};

static aur_sieve told_of(const aur_answers *w, unsigned annotator, uint32_t form)
{
	const struct aur_sieved *v = &w->sieve[annotator];
	return v->by ? v->said[form] : aur_answers_given(w, annotator, form) ? (aur_sieve){UINT64_MAX, UINT64_MAX, UINT64_MAX} : nothing;
}

static int same(const aur_sieve *x, const aur_sieve *y)
{
	return x->is == y->is && x->left == y->left && x->right == y->right;
}

static size_t slot_of(const aur_sieve *t)
{
	uint64_t h = (t->left * UINT64_C(0x9e3779b97f4a7c15) ^ t->right) * UINT64_C(0x9fb21c651e98df25) ^ t->is;
	return (size_t)((h * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}

/* The index of t in v->told, which has n elements; added if new.  at: a hash table of indexes, 0: free. */
static uint32_t put_told(struct aur_sieved *v, uint32_t *at, size_t slots, const aur_sieve *t, uint32_t *n, uint32_t *cap)
{
	size_t slot = slot_of(t) & (slots - 1);
	while (at[slot] && !same(&v->told[at[slot]], t))
		slot = (slot + 1) & (slots - 1);
	if (!at[slot]) {
		AUR_GROW(v->told, *n, *cap);
		at[slot] = *n;
		v->told[(*n)++] = *t;
	}
	return at[slot];
}

/* Puts down what is told of the words beside each form so that it stays in cache: few forms are spoken of, and many of those alike. */
static void shelve(aur_answers *w, unsigned annotator)
{
	struct aur_sieved *v = &w->sieve[annotator];
	size_t slots = 64;
	uint32_t n = 1, cap = 1024, rows = AUR_TOLD_BLOCK, rowcap = 64 * AUR_TOLD_BLOCK, blocks = w->forms / AUR_TOLD_BLOCK + 1;
	while (slots / 2 <= w->forms)
		slots *= 2;
	uint32_t *at = aur_xcalloc(slots, sizeof *at);
	v->told = aur_xmalloc(cap * sizeof *v->told);
	v->told[0] = nothing;
	v->block = aur_xcalloc(blocks, sizeof *v->block);
	v->row = aur_xcalloc(rowcap, sizeof *v->row);
	for (uint32_t b = 0; b < blocks; b++) {
		uint32_t any = 0;
		if (rows + AUR_TOLD_BLOCK > rowcap)
			v->row = aur_xrealloc(v->row, (rowcap *= 2) * sizeof *v->row);
		memset(v->row + rows, 0, AUR_TOLD_BLOCK * sizeof *v->row);
		for (uint32_t i = 0, form = b * AUR_TOLD_BLOCK; i < AUR_TOLD_BLOCK && form < w->forms; i++, form++) {
			aur_sieve t = told_of(w, annotator, form);
			any |= v->row[rows + i] = same(&t, &nothing) ? 0 : put_told(v, at, slots, &t, &n, &cap);
		}
		v->block[b] = any ? rows : 0;
		rows += any ? AUR_TOLD_BLOCK : 0;
	}
	free(at);
	free(v->said);
	v->said = NULL;
}

/* Puts the rest down, as a byte for each form. */
static void brief(aur_answers *w, unsigned annotator)
{
	struct aur_sieved *v = &w->sieve[annotator];
	uint32_t few[AUR_BRIEF_FEW] = {0}, nfew = 1;
	int others = 0;
	v->brief = aur_xmalloc((size_t)w->forms + 1);
	for (uint32_t i = 0; i < w->forms; i++) {
		uint32_t given = aur_answers_given(w, annotator, i), number = given ? w->number[annotator][i] : 0, n = 0;
		while (n < nfew && few[n] != number)
			n++;
		if (n == nfew && n < AUR_BRIEF_FEW)
			few[nfew++] = number;
		others |= n == AUR_BRIEF_FEW;
		v->brief[i] = (uint8_t)(n << AUR_BRIEF_NUMBER | (w->flags[i] & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE)) | given);
	}
	for (unsigned b = 0; b < 256; b++)
		v->of[b] = (struct aur_brief){b & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE), b >> AUR_BRIEF_NUMBER < nfew ? few[b >> AUR_BRIEF_NUMBER] : 0};
	if (!others) {
		free(w->number[annotator]);
		w->number[annotator] = NULL;
	}
}

void aur_answers_whole(aur_answers *w)
{
	if (w->whole)
		return;
	for (unsigned k = 0; k < w->annotators; k++) {
		brief(w, k);
		shelve(w, k);
	}
	w->whole = 1;
}

aur_code aur_answers_docs(const aur_answers *w, aur_snapshot *s, uint32_t seg, unsigned annotators, uint8_t *bits, int *few, aur_error *err)
{
	const aur_seg_info *g = aur_snapshot_seg(s, seg);
	uint32_t n, cap = 0, *v = NULL, m = 0;
	uint64_t sum = 0;
	aur_code c = aur_snapshot_seg_forms(s, seg, &n, err);
	if (c)
		return c;
	uint32_t *at = aur_xmalloc((size_t)n * sizeof *at + 4);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t f = aur_snapshot_seg_form_at(s, seg, i);
		if (f < w->forms && (w->flags[f] >> AUR_ANSWER_MASK & annotators))
			at[m++] = i;
	}
	*few = 1;
	for (uint32_t i = 0; i < m && !c && *few; i++) {
		const uint8_t *list;
		aur_post p;
		c = aur_snapshot_seg_postings(s, seg, at[i], &list, err);
		if (c)
			break;
		aur_post_open(&p, list);
		sum += p.df;
		if (sum / 8 > g->n) { /* as quick without the postings */
			*few = 0;
			break;
		}
		if (p.df > cap) {
			cap = p.df * 2;
			v = aur_xrealloc(v, (size_t)cap * sizeof *v);
		}
		uint32_t k = aur_post_docs(&p, v);
		for (uint32_t d = 0; d < k; d++)
			bits[v[d] >> 3] |= (uint8_t)(1u << (v[d] & 7));
	}
	free(v);
	free(at);
	return c;
}

/* The bits of word i of n, or of a place before the first or after the last. */
static uint64_t is_of(const struct aur_sieved *v, const uint32_t *form, uint32_t n, uint32_t i)
{
	return i < n ? aur_answers_told(v, form[i])->is : nothing.is;
}

/* Which of n forms, 64 at most, have a number; collected first, as a branch for each word would be mispredicted. */
static uint64_t given_of(const uint8_t *brief, const uint32_t *form, uint32_t n)
{
	uint64_t given = 0; /* AUR_BRIEF_GIVEN of each form is pushed in from above */
	uint32_t i = 0;
	for (; i + 4 <= n; i += 4) {
		given = given >> 1 | (uint64_t)brief[form[i]] << 63;
		given = given >> 1 | (uint64_t)brief[form[i + 1]] << 63;
		given = given >> 1 | (uint64_t)brief[form[i + 2]] << 63;
		given = given >> 1 | (uint64_t)brief[form[i + 3]] << 63;
	}
	for (; i < n; i++)
		given = given >> 1 | (uint64_t)brief[form[i]] << 63;
	return given >> (64 - n);
}

/* May an annotator find anything, judging by each form and its two neighbours? */
static int may(const struct aur_sieved *v, const uint32_t *form, uint32_t n)
{
	for (uint32_t from = 0; from < n; from += 64)
		for (uint64_t given = given_of(v->brief, form + from, n - from < 64 ? n - from : 64); given; given &= given - 1) {
			uint32_t i = from + (uint32_t)__builtin_ctzll(given);
			const aur_sieve *x = aur_answers_told(v, form[i]);
			if ((x->left & is_of(v, form, n, i - 1)) | (x->right & is_of(v, form, n, i + 1)))
				return 1;
		}
	return 0;
}

static int sifted(const aur_answers *w, unsigned finders, const uint32_t *form, uint32_t n)
{
	if (!w->whole)
		return 1;
	for (unsigned k = 0; finders; k++, finders >>= 1)
		if ((finders & 1) && may(&w->sieve[k], form, n))
			return 1;
	return 0;
}

/* Does one of the annotators need more than tokens? */
static int texts(const aur_chain *c)
{
	unsigned k = 0;
	while (k < c->nann && (c->ann[k].ops->flags & AUR_ANN_TOKENS_ONLY))
		k++;
	return k < c->nann;
}

/* Fills in a->cur_flags and the first annotator's numbers for n tokens, asking about forms that have no answer yet; *seen: a bit
 * for each annotator that gave one of the forms a number. */
static aur_code tell(aur_analyst *a, const uint32_t *form, const uint8_t *ends, uint32_t n, unsigned *seen, aur_error *err)
{
	const aur_answers *w = a->answers;
	for (uint32_t i = 0; i < n; i++) {
		aur_code rc = w->flags[form[i]] ? AURE_OK : aur_analyst_ask(a, form[i], form[i] + 1, err);
		if (rc)
			return rc;
		*seen |= w->flags[form[i]] >> AUR_ANSWER_MASK;
		a->cur_flags[i] = (ends[i] & AUR_TOK_SENTENCE_END) | (w->flags[form[i]] & (AUR_TOK_PUNCT | AUR_TOK_INCLUSIVE));
		a->numbers[i] = aur_answers_number(w, 0, form[i]);
	}
	return AURE_OK;
}

/* tell() when all answers are there; returns *seen. */
static unsigned tell_whole(aur_analyst *a, const uint32_t *form, const uint8_t *ends, uint32_t n)
{
	const aur_answers *w = a->answers;
	const uint8_t *brief = w->sieve[0].brief;
	const struct aur_brief *of = w->sieve[0].of;
	uint32_t *flags = a->cur_flags, *numbers = a->numbers;
	unsigned seen = 0, most = 0;
	for (uint32_t i = 0; i < n; i++) {
		unsigned b = brief[form[i]];
		seen |= b;
		most = b > most ? b : most;
		flags[i] = (ends[i] & AUR_TOK_SENTENCE_END) | of[b].flags;
		numbers[i] = of[b].number;
	}
	seen &= AUR_BRIEF_GIVEN;
	for (uint32_t i = 0; i < n && most >> AUR_BRIEF_NUMBER == AUR_BRIEF_FEW; i++)
		numbers[i] = aur_answers_number(w, 0, form[i]);
	for (unsigned k = 1; k < w->annotators; k++)
		for (uint32_t i = 0; i < n; i++)
			seen |= (unsigned)(w->sieve[k].brief[form[i]] & AUR_BRIEF_GIVEN) << k;
	return seen;
}

/* Exchanges the analyst's hits with those of a caller. */
static void exchange(struct aur_results *r, aur_buf *hits, aur_buf *anns)
{
	aur_hit_rec *hit = r->hit;
	uint8_t *ann = r->hit_ann;
	uint32_t n = r->nhit, cap = r->hitcap;
	size_t room = hits->cap / sizeof *hit < anns->cap ? hits->cap / sizeof *hit : anns->cap;
	r->hit = (aur_hit_rec *)(void *)hits->p;
	r->hit_ann = anns->p;
	r->nhit = (uint32_t)anns->n;
	r->hitcap = room < UINT32_MAX / 2 ? (uint32_t)room : UINT32_MAX / 2;
	*hits = (aur_buf){(uint8_t *)hit, n * sizeof *hit, cap * sizeof *hit};
	*anns = (aur_buf){ann, n, cap};
}

aur_code aur_analyst_retheme(aur_analyst *a, uint32_t doc, aur_buf *hits, aur_buf *anns, aur_error *err)
{
	aur_doc *d = &a->of_snap;
	const aur_answers *w = a->answers;
	unsigned mask = 0, finders = aur_chain_finders(a->chain);
	aur_code rc = aur_snapshot_doc_forms(a->snap, doc, d, err);
	if (rc || !sifted(w, finders, d->form, d->ntok))
		return rc;
	rc = aur_snapshot_doc_sentences(a->snap, d, err);
	if (rc)
		return rc;
	a->r.ndoc = a->r.ntok = 0;
	aur_annotate_room(a, d->ntok);
	if (w->whole)
		mask = tell_whole(a, d->form, d->flags, d->ntok);
	else
		rc = tell(a, d->form, d->flags, d->ntok, &mask, err);
	if (rc || !(mask & finders))
		return rc;
	aur_annotated t = {.form = d->form, .n = d->ntok};
	if (texts(a->chain)) {
		rc = aur_snapshot_doc(a->snap, doc, d, err);
		if (rc)
			return rc;
		t = (aur_annotated){d->form, d->start, d->end, d->ntok, d->text, d->id};
	}
	exchange(&a->r, hits, anns); /* what is found is written to its place at once */
	rc = aur_annotate(a, mask, &t, err);
	exchange(&a->r, hits, anns);
	return rc;
}
