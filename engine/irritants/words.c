/* SPDX-License-Identifier: Apache-2.0 */
/* The words in which a theme was said, as written: « cas sociaux » is one, not two.
 *
 * A word may be shown if k people or more say it, or if a contribution that may be quoted has it; but never if it occurs in masked
 * text (of one that k people say: if it mostly does).  Its number is shown if no hidden number follows from it, else only its band. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include "irritants/build.h"
#include "irritants/quote.h"
#include "stats/specificity.h"
#include "text/fold.h"

/* One occurrence: `expr` at `start`, in the i-th contribution of the theme's list. */
typedef struct seen {
	uint32_t expr, i, start, end;
} seen;

static int by_place(const void *a, const void *b)
{
	const seen *x = a, *y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return x->expr < y->expr ? -1 : x->expr > y->expr;
}

static int by_specificity(const void *a, const void *b)
{
	const aur_irr_word *x = a, *y = b;
	if (x->S != y->S)
		return x->S > y->S ? -1 : 1;
	if (x->k != y->k)
		return x->k > y->k ? -1 : 1;
	if (x->F != y->F)
		return x->F > y->F ? -1 : 1;
	return x->expr < y->expr ? -1 : x->expr > y->expr;
}

/* All occurrences: each place counts once per contribution, however many lexicon entries matched there. */
static seen *occurrences(const aur_input *in, const aur_irr_theme *t, size_t *count)
{
	seen *all = NULL;
	size_t n = 0, cap = 0;
	for (uint32_t i = 0; i < t->list_count; i++) {
		const aur_in_contribution *c = &in->contributions[t->list[i]];
		size_t from = n;
		for (uint32_t h = 0; h < c->hit_count; h++) {
			const aur_in_hit *hit = &in->hits[c->first_hit + h];
			if (aur_in_below(in, hit->theme, t->theme)) {
				AUR_GROW(all, n, cap);
				all[n++] = (seen){hit->expr, i, hit->start, hit->end};
			}
		}
		if (n - from > 1) {
			qsort(all + from, n - from, sizeof *all, by_place);
			size_t w = from;
			for (size_t j = from + 1; j < n; j++)
				if (by_place(&all[j], &all[w]))
					all[++w] = all[j];
			n = w + 1;
		}
	}
	*count = n;
	return all;
}

/* Groups them by expression: a counting sort over those that occur.  Returns how many expressions do. */
static uint32_t group(seen *all, size_t n, uint32_t expr_count)
{
	uint32_t words = 0, sum = 0, *at = aur_xcalloc((size_t)expr_count + 1, sizeof *at);
	seen *order = aur_xmalloc((n + 1) * sizeof *order);
	for (size_t i = 0; i < n; i++)
		words += !at[all[i].expr]++;
	for (uint32_t x = 0; x < expr_count; x++) {
		uint32_t count = at[x];
		at[x] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		order[at[all[i].expr]++] = all[i];
	if (n)
		memcpy(all, order, n * sizeof *all);
	free(at);
	free(order);
	return words;
}

/* Counts a word: its occurrences s[0..n), which are sorted by contribution.  tokens: of the irritant contributions of the theme. */
static void count_word(aur_build *b, const aur_irr_theme *t, const seen *s, size_t n, uint64_t tokens, aur_irr_word *x)
{
	const aur_voice *voice = b->voice + b->start[t->theme];
	uint32_t last = UINT32_MAX;
	x->expr = s->expr;
	b->epoch++;
	for (size_t i = 0; i < n; i++) {
		x->F++;
		x->k += t->how[s[i].i] & AUR_HOW_IRRITANT;
		if (s[i].i != last) {
			uint32_t who = voice[s[i].i].person;
			x->all.n++;
			x->all.speakers += b->stamp[who] != b->epoch;
			b->stamp[who] = b->epoch;
		}
		last = s[i].i;
	}
	b->epoch++;
	for (size_t i = 0; i < n; i++) {
		uint32_t who = voice[s[i].i].person;
		if (t->how[s[i].i] & AUR_HOW_IRRITANT)
			continue;
		x->outside += b->stamp[who] != b->epoch;
		b->stamp[who] = b->epoch;
	}
	double S = aur_specificity(x->k, x->F, tokens, b->l->all.tokens);
	x->S = isfinite(S) ? S : 0;
}

void aur_build_words(aur_build *b, aur_irr_theme *t)
{
	aur_ledger *l = b->l;
	size_t n;
	seen *all = occurrences(b->in, t, &n);
	uint32_t words = group(all, n, b->in->expr_count), i = 0;
	uint64_t tokens = 0;
	for (uint32_t k = 0; k < t->list_count; k++)
		tokens += t->how[k] & AUR_HOW_IRRITANT ? b->in->contributions[t->list[k]].tokens : 0;
	aur_irr_word *w = aur_xcalloc((size_t)words + 1, sizeof *w);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from; to < n && all[to].expr == all[from].expr; to++)
			;
		count_word(b, t, all + from, to - from, tokens, &w[i++]);
	}
	qsort(w, words, sizeof *w, by_specificity);
	/* keep twice as many, since some will not be shown */
	t->word_count = words < 2 * l->opt.word_count ? words : 2 * l->opt.word_count;
	t->words = aur_arena_alloc(&l->arena, ((size_t)t->word_count + 1) * sizeof *t->words);
	memcpy(t->words, w, t->word_count * sizeof *w);
	for (t->best_count = 0; t->best_count < words && t->best_count < AUR_IRR_BEST; t->best_count++)
		t->best[t->best_count] = w[t->best_count].expr;
	free(all);
	free(w);
}

/* Bounds of a theme's contributions that a reader can derive from its words, before anything is suppressed: no fewer than those of
 * any one word, and no more than the sum of all words; with bands where numbers are. */
void aur_build_words_bound(aur_build *b, aur_irr_theme *t)
{
	uint32_t k = b->l->opt.k, low, high;
	uint64_t n = 0;
	bool whole = t->word_count && t->word_count < b->l->opt.word_count, few = false;
	aur_irr_cell *all = &t->carried;
	for (uint32_t i = 0; i < t->word_count && k > 1; i++) {
		const aur_irr_cell *c = &t->words[i].all;
		few |= c->speakers < k;
		if (c->speakers < k)
			continue;
		aur_band(c->n, k, &low, &high);
		n += high;
		all->floor_n = low > all->floor_n ? low : all->floor_n;
		aur_band(c->speakers, k, &low, &high);
		all->floor_speakers = low > all->floor_speakers ? low : all->floor_speakers;
	}
	/* not if fewer than k say some word: it may be in any number of contributions */
	if (whole && !few && (!all->cap_n || n < all->cap_n))
		all->cap_n = (uint32_t)n;
}

/* ---- how much of them is shown ----------------------------------------------------------------------------------------------- */

typedef struct trial {
	bool quotable, hidden;  /* some contribution with it may be quoted; it was found in a theme that is not shown */
	uint32_t texts, masked; /* occurrences looked at so far; how many of them are masked */
} trial;

#define TEXTS 4 /* occurrences looked at of a word that k people say; of a word that fewer say, all are */

/* Are all cells shown whose sum these contributions are? */
static bool told(const aur_irr_theme *t)
{
	uint8_t hide = t->irritant.hide;
	for (int i = 0; i < AUR_IN_STANCES; i++)
		hide |= t->stance[i].hide;
	for (int i = 0; i < 3; i++)
		hide |= t->polarity[i].hide;
	return hide == AUR_SHOWN;
}

/* The masked spans of one text, kept for its next hit. */
typedef struct masks {
	uint32_t of;
	aur_mask_span *span;
	size_t count;
	bool all; /* the text cannot be masked, so nothing of it may be shown */
} masks;

static aur_code masks_of(const aur_ledger *l, uint32_t contribution, masks *m, aur_str *text, aur_error *e)
{
	aur_error why;
	aur_code code = l->in->text(l->in->ctx, contribution, text, e);
	if (code != AURE_OK)
		return code;
	m->of = contribution;
	m->count = 0;
	code = aur_mask_find(l->opt.mask, *text, &m->span, &m->count, &why);
	m->all = code != AURE_OK;
	if (code == AURE_NOMEM)
		*e = why;
	return code == AURE_NOMEM ? code : AURE_OK;
}

/* Sets *masked if hit h overlaps masked text; else leaves it. */
static aur_code look(const aur_ledger *l, uint32_t contribution, const aur_in_hit *h, masks *m, bool *masked, aur_error *e)
{
	aur_str text;
	if (m->of != contribution) {
		aur_code code = masks_of(l, contribution, m, &text, e);
		if (code != AURE_OK)
			return code;
	}
	size_t lo = 0, hi = m->count; /* spans are sorted and apart: find the first that ends behind the hit's start */
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (m->span[mid].end <= h->start)
			lo = mid + 1;
		else
			hi = mid;
	}
	*masked |= m->all || (lo < m->count && m->span[lo].start < h->end);
	return AURE_OK;
}

/* If no two words share a contribution, the people of all words add up to those of the theme.  Where that leaves only one possible
 * number for the words of fewer than k, nothing more is shown of these. */
static void cover(const aur_ledger *l, aur_irr_theme *t)
{
	uint64_t people = 0;
	for (uint32_t i = 0; i < t->word_count; i++) {
		const aur_irr_cell *c = &t->words[i].all;
		uint32_t low, high = c->hide == AUR_SHOWN ? c->speakers : l->opt.k - 1;
		if (c->hide == AUR_BAND)
			aur_band(c->speakers, l->opt.k, &low, &high);
		people += high;
	}
	for (uint32_t i = 0; i < t->word_count && people <= t->carried.speakers; i++)
		if (t->words[i].all.hide == AUR_FEW)
			t->words[i].all.hide = AUR_MASKED;
}

/* Where the theme above counts a word too, subtracting gives those who say it outside of this theme, or outside of all sub-themes.  If these may be fewer
 * than k, only the band is shown here. */
static void apart_from_above(aur_build *b, aur_irr_theme *t, const aur_irr_theme *up)
{
	const aur_ledger *l = b->l;
	const aur_input *in = b->in;
	struct {
		const aur_irr_word *above;
		uint32_t below, counted, outside; /* the last contribution that has it in a sub-theme, or that was counted; contributions that do not */
	} *x = aur_xcalloc((size_t)t->word_count + 1, sizeof *x);
	for (uint32_t i = 0; i < t->word_count; i++)
		b->expr[t->words[i].expr] = i + 1;
	for (uint32_t i = 0; i < up->word_count; i++)
		if (b->expr[up->words[i].expr] && up->words[i].all.hide == AUR_SHOWN)
			x[b->expr[up->words[i].expr] - 1].above = &up->words[i];
	for (uint32_t i = 0; i < up->list_count && t->word_count; i++) {
		const aur_in_contribution *c = &in->contributions[up->list[i]];
		for (int pass = 0; pass < 2; pass++)
			for (uint32_t h = 0; h < c->hit_count; h++) {
				const aur_in_hit *hit = &in->hits[c->first_hit + h];
				uint32_t at = b->expr[hit->expr];
				if (!at || !aur_in_below(in, hit->theme, up->theme))
					continue;
				if (!pass && hit->theme != up->theme)
					x[at - 1].below = i + 1;
				if (pass && x[at - 1].below != i + 1 && x[at - 1].counted != i + 1) {
					x[at - 1].counted = i + 1;
					x[at - 1].outside++;
				}
			}
	}
	for (uint32_t i = 0; i < t->word_count; i++) {
		aur_irr_cell *c = &t->words[i].all;
		const aur_irr_word *w = x[i].above;
		b->expr[t->words[i].expr] = 0;
		if (w && c->hide == AUR_SHOWN && ((w->all.n > c->n && w->all.speakers - c->speakers < l->opt.k) || (x[i].outside && x[i].outside < l->opt.k)))
			c->hide = AUR_BAND;
	}
	free(x);
}

static bool before(const aur_input *in, const aur_irr_word *x, const aur_irr_word *y, uint32_t k)
{
	int order = aur_irr_cell_order(&x->all, &y->all, k);
	return (order ? order : aur_str_order(in->exprs[x->expr], in->exprs[y->expr])) < 0;
}

/* Puts words whose numbers are hidden last, in alphabetical order, so that their place reveals nothing; the shown ones keep their order. */
static void hidden_last(aur_build *b, aur_irr_theme *t)
{
	aur_irr_word *w = aur_xmalloc(((size_t)t->word_count + 1) * sizeof *w);
	uint32_t n = 0, shown;
	for (uint32_t i = 0; i < t->word_count; i++)
		if (t->words[i].all.hide == AUR_SHOWN)
			w[n++] = t->words[i];
	shown = n;
	for (uint32_t i = 0; i < t->word_count; i++) {
		uint32_t at = n;
		if (t->words[i].all.hide == AUR_SHOWN)
			continue;
		for (; at > shown && before(b->in, &t->words[i], &w[at - 1], b->l->opt.k); at--)
			w[at] = w[at - 1];
		w[at] = t->words[i];
		n++;
	}
	memcpy(t->words, w, n * sizeof *w);
	free(w);
}

aur_code aur_build_words_told(aur_build *b, aur_irr_theme *t, aur_error *e)
{
	const aur_ledger *l = b->l;
	const aur_input *in = b->in;
	aur_code code = AURE_OK;
	uint32_t n = 0;
	trial *x = aur_xcalloc((size_t)t->word_count + 1, sizeof *x);
	bool *whole = aur_xcalloc((size_t)in->theme_count + 1, sizeof *whole); /* by theme: are all cells shown from it up to this theme? */
	for (uint32_t o = t->theme; o < in->theme_count; o++) {
		uint32_t up = in->themes[o].parent;
		whole[o] = (o == t->theme || (up != AUR_IN_ABSENT && whole[up])) && told(&l->themes[o]);
	}
	masks m = {.of = AUR_IN_ABSENT};
	for (uint32_t i = 0; i < t->word_count; i++)
		b->expr[t->words[i].expr] = i + 1;
	for (uint32_t i = 0; i < t->list_count && code == AURE_OK && t->word_count; i++) {
		const aur_in_contribution *c = &in->contributions[t->list[i]];
		for (uint32_t k = 0; k < c->hit_count && code == AURE_OK; k++) {
			const aur_in_hit *hit = &in->hits[c->first_hit + k];
			uint32_t at = b->expr[hit->expr];
			if (!at || !aur_in_below(in, hit->theme, t->theme))
				continue;
			trial *y = &x[at - 1];
			bool few = t->words[at - 1].all.speakers < l->opt.k;
			y->quotable |= few && aur_quotable(l, t->list[i]);
			y->hidden |= !whole[hit->theme];
			if (l->opt.mask && (few || y->texts < TEXTS)) {
				bool masked = false;
				code = look(l, t->list[i], hit, &m, &masked, e);
				y->texts++;
				y->masked += masked;
			}
		}
	}
	for (uint32_t i = 0; i < t->word_count; i++) {
		aur_irr_word w = t->words[i];
		bool few = w.all.speakers < l->opt.k;
		b->expr[w.expr] = 0;
		/* a word that many say is a name only if it is mostly masked: somebody's stray capitals do not hide it */
		if (n == l->opt.word_count || (few ? x[i].masked : 2 * x[i].masked > x[i].texts) || (few && !x[i].quotable))
			continue;
		w.all.hide = few ? AUR_FEW : x[i].hidden && l->opt.k > 1 ? AUR_BAND : AUR_SHOWN;
		t->words[n++] = w;
	}
	t->word_count = n;
	free(whole);
	free(x);
	free(m.span);
	if (l->opt.k > 1) {
		if (in->themes[t->theme].parent != AUR_IN_ABSENT)
			apart_from_above(b, t, &l->themes[in->themes[t->theme].parent]);
		cover(l, t);
		hidden_last(b, t);
	}
	return code;
}

/* ---- the words of what no theme caught ------------------------------------------------------------------------------------------ */

static bool letter(const char *p, size_t n)
{
	utf8proc_int32_t c;
	if (utf8proc_iterate((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)n, &c) <= 0)
		return false;
	utf8proc_category_t k = utf8proc_category(c);
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) || (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO);
}

/* Does the text hold the word, with no letter or digit on either side?  Both are folded. */
static bool holds(const aur_buf *text, const aur_buf *word)
{
	const char *t = (const char *)text->p;
	for (size_t i = 0; word->n && i + word->n <= text->n; i++) {
		size_t end = i + word->n, before = i;
		while (before && (t[--before] & 0xC0) == 0x80)
			;
		if (!memcmp(t + i, word->p, word->n) && (!i || !letter(t + before, i - before)) && (end == text->n || !letter(t + end, text->n - end)))
			return true;
	}
	return false;
}

aur_code aur_build_residue_told(aur_build *b, aur_error *e)
{
	aur_ledger *l = b->l;
	const aur_input *in = b->in;
	aur_code code = AURE_OK;
	masks m = {.of = AUR_IN_ABSENT};
	aur_buf word = {0}, span = {0};
	l->unread = aur_arena_alloc(&l->arena, in->residue_count + 1);
	for (uint32_t w = 0; l->opt.mask && w < in->residue_count; w++) {
		const aur_in_word *x = &in->residue[w];
		word.n = 0;
		aur_text_fold(&word, x->form.ptr, x->form.len);
		for (uint32_t i = 0; i < x->speakers && i < AUR_IN_SEEN && x->speakers >= l->opt.k && !l->unread[w]; i++) {
			aur_str text;
			code = masks_of(l, x->seen[i], &m, &text, e);
			if (code != AURE_OK)
				goto out;
			l->unread[w] = m.all;
			for (size_t s = 0; s < m.count && !l->unread[w]; s++) {
				span.n = 0;
				aur_text_fold(&span, text.ptr + m.span[s].start, m.span[s].end - m.span[s].start);
				l->unread[w] = holds(&span, &word);
			}
		}
	}
out:
	free(m.span);
	aur_buf_free(&word);
	aur_buf_free(&span);
	return code;
}
