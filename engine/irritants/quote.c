/* SPDX-License-Identifier: Apache-2.0 */
/* Picks and shows verbatims, by the rules of quote.h. */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "irritants/quote.h"

bool aur_quotable(const aur_ledger *l, uint32_t contribution)
{
	const aur_in_contribution *c = &l->in->contributions[contribution];
	if (!l->opt.mask || c->consent == AUR_IN_NO || c->non_answer)
		return false;
	return c->consent == AUR_IN_YES || c->status != AUR_IN_SAID || l->in->consent_all;
}

/* A professional's demand says of itself that it is one.  If one of its themes (or, without any, what carries none) was heard in one session only (or one territory), as the page says, its place
 * is known: then it must be one that may be said. */
static bool gives_place(const aur_ledger *l, uint32_t contribution)
{
	const aur_in_contribution *c = &l->in->contributions[contribution];
	if (l->opt.k < 2 || c->status != AUR_IN_PRO || l->place[contribution] == AUR_PLACE_SESSION)
		return false;
	for (uint32_t h = 0; h < c->hit_count && aur_in_asked(c); h++)
		for (uint32_t t = l->in->hits[c->first_hit + h].theme; t != AUR_IN_ABSENT; t = l->in->themes[t].parent) {
			const aur_irr_theme *x = &l->themes[t];
			if ((x->rooms == 1 && !x->elsewhere.n) ||
			    (x->territories == 1 && !x->unplaced[AUR_DIM_TERRITORY].n && l->place[contribution] < AUR_PLACE_TERRITORY))
				return true;
		}
	uint32_t bare = 0;
	for (uint32_t s = 0; s < l->in->session_count && !c->hit_count; s++)
		bare += l->rooms[s].bare.n > 0;
	return bare == 1 && !l->outside.bare.n;
}

typedef struct scored {
	uint64_t key;
	uint32_t c;
} scored;

static int by_key(const void *a, const void *b)
{
	const scored *x = a, *y = b;
	return x->key < y->key ? -1 : x->key > y->key;
}

/* The most specific words of a theme, which a verbatim should hold. */
typedef struct best_words {
	uint32_t expr[AUR_IRR_BEST], n;
	uint64_t sieve; /* bit (expr & 63) is set for each of them: rejects most other expressions without a search */
} best_words;

static best_words best_of(const aur_ledger *l, uint32_t theme)
{
	best_words b = {.n = 0};
	for (; theme != AUR_IN_ABSENT && b.n < l->themes[theme].best_count; b.n++) {
		b.expr[b.n] = l->themes[theme].best[b.n];
		b.sieve |= (uint64_t)1 << (b.expr[b.n] & 63);
	}
	return b;
}

/* Sort key: the smallest is the best; i breaks ties. */
static uint64_t score(const aur_ledger *l, const best_words *best, uint32_t c, uint32_t i)
{
	const aur_in_contribution *x = &l->in->contributions[c];
	uint64_t far = x->tokens > AUR_QUOTE_WORDS ? x->tokens - AUR_QUOTE_WORDS : AUR_QUOTE_WORDS - x->tokens, top = 0;
	unsigned met = 0;
	for (uint32_t h = 0; h < x->hit_count && best->n && top < 3; h++) {
		uint32_t expr = l->in->hits[x->first_hit + h].expr;
		for (uint32_t w = 0; w < best->n && (best->sieve >> (expr & 63) & 1); w++)
			if (best->expr[w] == expr && !(met >> w & 1)) {
				met |= 1u << w;
				top++;
			}
	}
	return (uint64_t)(x->status != AUR_IN_SAID) << 62 | (3 - top) << 60 | (far < 0xfffffff ? far : 0xfffffff) << 32 | i;
}

typedef struct taken {
	const aur_ledger *l;
	uint32_t *out, n;
} taken;

static bool take(taken *t, uint32_t c)
{
	const aur_ledger *l = t->l;
	for (uint32_t i = 0; i < t->n; i++) {
		uint32_t o = t->out[i];
		if (l->person[o] == l->person[c] ||
		    (l->in->contributions[o].text_hash && l->in->contributions[o].text_hash == l->in->contributions[c].text_hash))
			return false;
	}
	t->out[t->n++] = c;
	return true;
}

uint32_t aur_quote_pick(const aur_ledger *l, uint32_t theme, const uint32_t *cand, uint32_t n, uint32_t want, uint32_t *out,
			uint32_t *quotable)
{
	const aur_input *in = l->in;
	uint32_t m = 0, rooms = 0;
	scored *all = aur_xmalloc(((size_t)n + 1) * sizeof *all);
	taken t = {l, out, 0};
	const best_words words = best_of(l, theme);
	for (uint32_t i = 0; i < n; i++)
		if (aur_quotable(l, cand[i]) && !gives_place(l, cand[i]))
			all[m++] = (scored){score(l, &words, cand[i], i), cand[i]};
	if (quotable)
		*quotable = m;
	/* The best of each session.  This assumes that cand is sorted by session; if it is not, a session may merely be taken more
	 * than once. */
	scored *best = aur_xmalloc(((size_t)m + 1) * sizeof *best);
	for (uint32_t i = 0; i < m; i++) {
		if (!i || in->contributions[all[i].c].session != in->contributions[all[i - 1].c].session)
			best[rooms++] = all[i];
		else if (all[i].key < best[rooms - 1].key)
			best[rooms - 1] = all[i];
	}
	if (rooms)
		qsort(best, rooms, sizeof *best, by_key);
	for (uint32_t i = 0; i < rooms && t.n < want; i++)
		take(&t, best[i].c);
	if (t.n < want && t.n < m) {
		qsort(all, m, sizeof *all, by_key);
		for (uint32_t i = 0; i < m && t.n < want; i++)
			take(&t, all[i].c);
	}
	free(best);
	free(all);
	return t.n;
}

/* ---- showing ------------------------------------------------------------------------------------------------- */

typedef struct mark {
	size_t start, end;
	aur_piece_kind kind;
	const char *label;
} mark;

static int by_start(const void *a, const void *b)
{
	const mark *x = a, *y = b;
	return x->start < y->start ? -1 : x->start > y->start ? 1 : x->end > y->end ? -1 : x->end < y->end;
}

static bool cut_below(aur_str t, size_t i) /* does a character begin at i? */
{
	return i >= t.len || ((unsigned char)t.ptr[i] & 0xC0) != 0x80;
}

static bool blank(aur_str t, size_t i)
{
	return (unsigned char)t.ptr[i] <= ' ' || t.ptr[i] == 0x7f;
}

/* Narrows [*from, *to) to about AUR_QUOTE_BYTES bytes around `centre`, and cuts at blanks where it can. */
static void window(aur_str t, size_t centre, size_t *from, size_t *to)
{
	const size_t room = AUR_QUOTE_BYTES, slack = 40;
	if (t.len <= room + slack)
		return;
	*from = centre > room / 3 ? centre - room / 3 : 0;
	*to = *from + room < t.len ? *from + room : t.len;
	if (*to == t.len)
		*from = t.len - room;
	for (size_t i = 0; *from && i < slack && !blank(t, *from - 1); i++)
		++*from;
	for (size_t i = 0; *to < t.len && i < slack && !blank(t, *to); i++)
		--*to;
	while (!cut_below(t, *from))
		--*from;
	while (!cut_below(t, *to))
		++*to;
}

typedef struct writer {
	aur_arena *arena;
	aur_quote *q;
	uint32_t cap;
} writer;

static void piece(writer *w, aur_piece_kind kind, const char *s, size_t n)
{
	/* make white space even, drop control characters */
	char *d = aur_arena_dup(w->arena, s, n);
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		bool gap = (unsigned char)d[i] <= ' ' || d[i] == 0x7f;
		if (!gap)
			d[m++] = d[i];
		else if (!m || d[m - 1] != ' ')
			d[m++] = ' ';
	}
	d[m] = 0;
	if (!m && kind != AUR_PIECE_CUT)
		return;
	if (w->q->count == w->cap) {
		aur_piece *old = w->q->pieces;
		w->cap = w->cap ? 2 * w->cap : 8;
		w->q->pieces = aur_arena_alloc(w->arena, w->cap * sizeof *w->q->pieces);
		if (w->q->count)
			memcpy(w->q->pieces, old, w->q->count * sizeof *old);
	}
	w->q->pieces[w->q->count++] = (aur_piece){kind, {d, m}};
}

/* The text of a contribution, copied to the arena: what in->text gives is valid until its next call only. */
static aur_code copy_text(const aur_input *in, uint32_t contribution, aur_arena *arena, aur_str *t, aur_error *e)
{
	aur_code code = in->text(in->ctx, contribution, t, e);
	if (code != AURE_OK)
		return code;
	if (aur_utf8_valid(t->ptr, t->len) != t->len) {
		aur_str id;
		code = in->id(in->ctx, contribution, &id, e);
		return code ? code : aur_fail(e, AURE_CORRUPT, _("the text of %.*s is not valid UTF-8; run `auricule check`"), (int)id.len, id.ptr);
	}
	t->ptr = aur_arena_dup(arena, t->ptr, t->len);
	return AURE_OK;
}

static bool of_theme(const aur_input *in, const aur_in_hit *hit, uint32_t theme)
{
	return theme != AUR_IN_ABSENT && aur_in_below(in, hit->theme, theme);
}

/* Where the first words of a theme stand in the text; 0 if there are none. */
static size_t first_word(const aur_input *in, const aur_in_contribution *c, uint32_t theme, size_t len)
{
	size_t at = 0;
	bool found = false;
	for (uint32_t h = 0; h < c->hit_count; h++) {
		const aur_in_hit *hit = &in->hits[c->first_hit + h];
		if (of_theme(in, hit, theme) && (!found || hit->start < at) && hit->end <= len) {
			at = hit->start;
			found = true;
		}
	}
	return at;
}

/* Finds what is masked in [from, to) of the text, and a margin around it. */
static aur_code mask_around(const aur_mask *mask, aur_str t, size_t from, size_t to, aur_mask_span **masks, size_t *n, aur_error *e)
{
	size_t lo = from > 200 ? from - 200 : 0, hi = to + 200 < t.len ? to + 200 : t.len;
	while (!cut_below(t, lo))
		lo--;
	while (!cut_below(t, hi))
		hi++;
	aur_code code = aur_mask_find(mask, (aur_str){t.ptr + lo, hi - lo}, masks, n, e);
	for (size_t i = 0; code == AURE_OK && i < *n; i++) {
		(*masks)[i].start += lo;
		(*masks)[i].end += lo;
	}
	return code;
}

/* The masks, and the words of the theme that no mask touches, in order. */
static mark *all_marks(const aur_input *in, const aur_in_contribution *c, uint32_t theme, aur_str t, const aur_mask_span *masks, size_t mask_count, size_t *count)
{
	mark *m = aur_xmalloc((mask_count + c->hit_count + 1) * sizeof *m);
	size_t n = 0;
	for (size_t i = 0; i < mask_count; i++)
		m[n++] = (mark){masks[i].start, masks[i].end, AUR_PIECE_MASK, masks[i].label};
	for (uint32_t h = 0; h < c->hit_count; h++) {
		const aur_in_hit *hit = &in->hits[c->first_hit + h];
		if (!of_theme(in, hit, theme) || hit->end > t.len || hit->start >= hit->end || !cut_below(t, hit->start) || !cut_below(t, hit->end))
			continue;
		bool masked = false;
		for (size_t i = 0; i < mask_count; i++)
			masked |= hit->start < masks[i].end && masks[i].start < hit->end;
		if (!masked)
			m[n++] = (mark){hit->start, hit->end, AUR_PIECE_WORD, NULL};
	}
	qsort(m, n, sizeof *m, by_start);
	*count = n;
	return m;
}

/* Writes [from, to) of the text, marked. */
static void pieces(writer *w, aur_str t, size_t from, size_t to, const mark *m, size_t n)
{
	if (from)
		piece(w, AUR_PIECE_CUT, "", 0);
	size_t at = from;
	for (size_t i = 0; i < n && at < to; i++) {
		if (m[i].end <= at || m[i].start >= to)
			continue;
		size_t start = m[i].start < at ? at : m[i].start, end = m[i].end < to ? m[i].end : to;
		if (start > at)
			piece(w, AUR_PIECE_TEXT, t.ptr + at, start - at);
		if (m[i].kind == AUR_PIECE_MASK)
			piece(w, AUR_PIECE_MASK, m[i].label, strlen(m[i].label));
		else
			piece(w, AUR_PIECE_WORD, t.ptr + start, end - start);
		at = end;
	}
	if (at < to)
		piece(w, AUR_PIECE_TEXT, t.ptr + at, to - at);
	if (to < t.len)
		piece(w, AUR_PIECE_CUT, "", 0);
}

aur_code aur_quote_show(const aur_ledger *l, uint32_t contribution, uint32_t theme, aur_arena *arena, aur_quote *out, aur_error *e)
{
	const aur_input *in = l->in;
	const aur_in_contribution *c = &in->contributions[contribution];
	aur_mask_span *masks = NULL;
	size_t n = 0, mask_count = 0;
	aur_str t;
	if (!l->opt.mask)
		return aur_fail(e, AURE_CONFIG, _("nothing is quoted without masking rules"));
	aur_code code = copy_text(in, contribution, arena, &t, e);
	if (code != AURE_OK)
		return code;
	/* Of a long text mask only what will be shown, and a margin: so look for the theme's words first. */
	size_t from = 0, to = t.len;
	window(t, first_word(in, c, theme, t.len), &from, &to);
	code = mask_around(l->opt.mask, t, from, to, &masks, &mask_count, e);
	if (code != AURE_OK)
		return code;
	mark *m = all_marks(in, c, theme, t, masks, mask_count, &n);
	/* a masked number or name that crosses the edge is left out, or kept, as a whole */
	for (size_t i = 0; i < n; i++)
		if (m[i].kind == AUR_PIECE_MASK) {
			from = m[i].start < from && from < m[i].end ? m[i].start : from;
			to = m[i].start < to && to < m[i].end ? m[i].end : to;
		}
	*out = (aur_quote){0};
	pieces(&(writer){arena, out, 0}, t, from, to, m, n);
	free(m);
	free(masks);
	return AURE_OK;
}
