/* SPDX-License-Identifier: Apache-2.0 */
/* explain.c - finds what almost matched in a contribution, and why it did not.  Searches the text again, with each rule relaxed in
 * turn; slow, and only for a person who asks. */
#include "atoms.h"
#include "hits.h"
#include "search.h"
#include "walk.h"
#include "workers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLACK = 3, MAX_MISSES = 1000, MAX_TOKENS = 20000 };

typedef struct report {
	const aur_host *h;
	lex_worker *w;
	const aur_view *v;
	void (*found)(void *to, const aur_near_miss *m);
	void *to;
	unsigned count;
} report;

__attribute__((format(printf, 6, 7))) static void tell(report *r, const lex_candidate *c, aur_miss reason, uint32_t other_first,
                                                       uint32_t other_last, const char *fmt, ...)
{
	char msg[900];
	va_list ap;
	if (++r->count > MAX_MISSES)
		return;
	va_start(ap, fmt);
	lex_format(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	aur_near_miss m = { .size = sizeof(m), .label = r->w->m->patterns[c->pattern].label, .reason = reason, .first_token = c->first,
		            .last_token = c->last, .other_first = other_first, .other_last = other_last, .message = msg };
	r->found(r->to, &m);
}

static const lex_source *source(const report *r, const lex_candidate *c)
{
	return &r->w->m->sources[r->w->m->patterns[c->pattern].source];
}

/* The words of a span, for a message. */
static const char *words(const report *r, uint32_t first, uint32_t last, char *buf, size_t size)
{
	size_t from = r->v->start[first], n = r->v->end[last] - from;
	if (n >= size) {
		n = size - 1;
		while (n > 0 && ((unsigned char)r->v->text.ptr[from + n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(buf, r->v->text.ptr + from, n);
	buf[n] = 0;
	return buf;
}

static bool has(const lex_candidates *list, const lex_candidate *c)
{
	for (size_t i = 0; i < list->count; i++)
		if (memcmp(&list->v[i], c, sizeof(*c)) == 0)
			return true;
	return false;
}

static bool copy(lex_candidates *to, const lex_candidates *from)
{
	if (!lex_grow(&to->v, &to->cap, from->count + 1, sizeof(*to->v)))
		return false;
	if (from->count > 0)
		memcpy(to->v, from->v, from->count * sizeof(*to->v));
	to->count = from->count;
	return true;
}

static bool overlaps(const lex_candidate *a, const lex_candidate *b)
{
	return a->first <= b->last && b->first <= a->last;
}

/* Reports the matches that exclusions, longer hits and thresholds remove. */
static aur_status taken_away(report *r, lex_candidates *before)
{
	lex_worker *w = r->w;
	const lex_model *m = w->m;
	char buf[200];
	if (!copy(before, &w->hits) || !lex_exclude(w, r->v))
		return lex_no_memory(r->h);
	for (size_t i = 0; i < before->count; i++) {
		const lex_candidate *c = &before->v[i];
		if (has(&w->hits, c))
			continue;
		for (size_t k = 0; k < w->exclusions.count; k++) {
			const lex_candidate *x = &w->exclusions.v[k];
			if (!overlaps(c, x) || !lex_is_within(m, m->patterns[c->pattern].theme, m->patterns[x->pattern].theme))
				continue;
			tell(r, c, AUR_MISS_EXCLUDED, x->first, x->last, _("this entry is excluded by « %s »: %.200s"),
			     words(r, x->first, x->last, buf, sizeof(buf)), source(r, x)->text);
			break;
		}
	}
	if (!copy(before, &w->hits) || !lex_keep_longest(w, r->v))
		return lex_no_memory(r->h);
	for (size_t i = 0; i < before->count; i++) {
		const lex_candidate *c = &before->v[i];
		if (has(&w->hits, c))
			continue;
		for (size_t k = 0; k < w->hits.count; k++) {
			const lex_candidate *x = &w->hits.v[k];
			if (!overlaps(c, x) || m->patterns[c->pattern].theme != m->patterns[x->pattern].theme)
				continue;
			tell(r, c, AUR_MISS_COVERED, x->first, x->last, _("this entry gives way to « %s », which is found by: %.200s"),
			     words(r, x->first, x->last, buf, sizeof(buf)), source(r, x)->name);
			break;
		}
	}
	if (!copy(before, &w->hits))
		return lex_no_memory(r->h);
	lex_weigh(w);
	for (size_t i = 0; i < before->count; i++) {
		const lex_candidate *c = &before->v[i];
		const lex_file *f = &m->files[m->themes[m->patterns[c->pattern].theme].file];
		if (!has(&w->hits, c))
			tell(r, c, AUR_MISS_WEIGHT, AUR_NO_TOKEN, AUR_NO_TOKEN,
			     _("this entry weighs %g, and the entries of %s found here weigh %g together: they need %g"),
			     (double)source(r, c)->weight, f->id, (double)w->sums[m->themes[m->patterns[c->pattern].theme].file], f->threshold);
	}
	return AUR_OK;
}

static void tell_context(report *r, const lex_candidate *c, const lex_blame *why)
{
	char buf[200];
	const char *text = why->context->text;
	const uint32_t none = AUR_NO_TOKEN;
	lex_where where = why->context->where;
	if (why->context->forbidden) {
		const char *there = words(r, why->first, why->last, buf, sizeof(buf));
		tell(r, c, AUR_MISS_CONTEXT, why->first, why->last,
		     where == LEX_BEFORE  ? _("this entry would match, but « %s » before it forbids it: %.300s")
		     : where == LEX_AFTER ? _("this entry would match, but « %s » after it forbids it: %.300s")
		                          : _("this entry would match, but « %s » in its sentence forbids it: %.300s"),
		     there, text);
		return;
	}
	tell(r, c, AUR_MISS_CONTEXT, none, none,
	     where == LEX_BEFORE  ? _("this entry would match, but what must come before it is missing: %.300s")
	     : where == LEX_AFTER ? _("this entry would match, but what must follow is missing: %.300s")
	                          : _("this entry would match, but what its sentence must contain is missing: %.300s"),
	     text);
}

/* Tries a pattern at an anchor with its rules loosened one by one; reports the first that would let it match. */
static bool loosened(report *r, lex_worker *loose, const lex_anchor *a, uint32_t token, lex_candidate *c)
{
	const lex_model *m = r->w->m;
	const lex_pattern *p = &m->patterns[a->pattern];
	lex_blame why;
	lex_pattern bare = *p;
	*c = (lex_candidate){ .pattern = a->pattern, .theme = p->theme };
	bare.context_count = 0;
	if (lex_has_class(r->w, lex_form_at(r->w, token), p->aut.cls[a->position]) &&
	    lex_match(r->w, &bare, a->position, token, &c->first, &c->last, NULL)) {
		lex_candidate whole = *c;
		if (lex_match(r->w, p, a->position, token, &whole.first, &whole.last, &why))
			return false; /* it matches */
		if (why.context != NULL)
			tell_context(r, c, &why);
		return true;
	}
	loose->slack = 0;
	if (lex_match(loose, p, a->position, token, &c->first, &c->last, NULL)) {
		tell(r, c, AUR_MISS_CASE, AUR_NO_TOKEN, AUR_NO_TOKEN, _("this entry would match if these words were written in capitals"));
		return true;
	}
	loose->slack = SLACK;
	if (lex_match(loose, p, a->position, token, &c->first, &c->last, NULL)) {
		tell(r, c, AUR_MISS_GAP, AUR_NO_TOKEN, AUR_NO_TOKEN,
		     _("this entry would match if more words, or a comma, were allowed between its words"));
		return true;
	}
	return false;
}

static int by_pattern(const void *a, const void *b)
{
	const lex_candidate *x = a, *y = b;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Has the sorted list a match of this pattern (at this token, unless it is AUR_NO_TOKEN)? */
static bool is_in(const lex_candidates *list, uint32_t pattern, uint32_t token)
{
	lex_candidate x = { .pattern = pattern };
	const lex_candidate *c = list->count > 0 ? bsearch(&x, list->v, list->count, sizeof(x), by_pattern) : NULL;
	if (c == NULL || token == AUR_NO_TOKEN)
		return c != NULL;
	while (c > list->v && c[-1].pattern == pattern)
		c--;
	for (; c < list->v + list->count && c->pattern == pattern; c++)
		if (c->first <= token && token <= c->last)
			return true;
	return false;
}

/* Reports near misses.  `hits`: all matches, also those removed later: an entry has no near miss at a token where it
 * matched.  `told`: patterns reported already, each once. */
static aur_status almost(report *r, const lex_candidates *hits, lex_candidates *told)
{
	const lex_model *m = r->w->m;
	void *made;
	aur_status st = lex_worker_new(r->h, (void *)(uintptr_t)m, &made);
	if (st != AUR_OK)
		return st;
	lex_worker *loose = made;
	loose->blind = true;
	lex_leave(r->w);
	for (uint32_t i = 0; i < r->v->token_count && st == AUR_OK && r->count < MAX_MISSES; i++) {
		lex_enter(r->w, r->v, i);
		lex_enter(loose, r->v, i);
		if (r->w->no_memory || loose->no_memory) {
			st = lex_no_memory(r->h);
			break;
		}
		const lex_form f = *lex_form_at(loose, i);
		for (uint32_t k = 0; k < f.count && st == AUR_OK; k++) {
			const lex_class *c = &m->classes[lex_class_at(loose, &f, k)];
			for (uint32_t j = 0; j < c->anchor_count; j++) {
				const lex_anchor *a = &m->every_anchor[c->anchor_from + j];
				lex_candidate x = { .pattern = a->pattern };
				if (m->patterns[x.pattern].label == UINT32_MAX || is_in(hits, x.pattern, i) || is_in(told, x.pattern, AUR_NO_TOKEN))
					continue;
				if (!loosened(r, loose, a, i, &x))
					continue;
				if (!lex_grow(&told->v, &told->cap, told->count + 1, sizeof(*told->v))) {
					st = lex_no_memory(r->h);
					break;
				}
				told->v[told->count++] = x;
				qsort(told->v, told->count, sizeof(*told->v), by_pattern);
			}
		}
		if (loose->no_memory)
			st = lex_no_memory(r->h);
		else if (r->h->cancelled(r->h))
			st = AUR_E_CANCELLED;
	}
	lex_worker_free(loose);
	return st;
}

static aur_status explain(const aur_host *h, void *model, void *worker, const aur_view *v,
                          void (*found)(void *to, const aur_near_miss *m), void *to)
{
	aur_view part = *v;
	if (part.token_count > MAX_TOKENS)
		part.token_count = MAX_TOKENS; /* nobody reads further, and the time is quadratic */
	report r = { .h = h, .w = worker, .v = &part, .found = found, .to = to };
	lex_candidates before = { 0 }, matched = { 0 }, told = { 0 };
	aur_status st = lex_find(r.w, h, r.v, false, &r.w->hits);
	(void)model;
	if (st == AUR_OK)
		st = lex_find(r.w, h, r.v, true, &r.w->exclusions);
	if (st == AUR_OK && !copy(&matched, &r.w->hits))
		st = lex_no_memory(h);
	if (st == AUR_OK)
		st = taken_away(&r, &before);
	if (st == AUR_OK) {
		if (matched.count > 0)
			qsort(matched.v, matched.count, sizeof(*matched.v), by_pattern);
		st = almost(&r, &matched, &told);
	}
	free(before.v);
	free(matched.v);
	free(told.v);
	return st;
}

const aur_ext_explain_v1 lex_explain = { .size = sizeof(lex_explain), .explain = explain };
