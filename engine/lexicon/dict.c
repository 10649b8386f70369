/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "base/intl.h"
#include "index/index.h"
#include "lexicon/dict.h"
#include "text/fold.h"

#define MOST_THEMES 20000u
#define DEEPEST 12u
#define MOST_ALIKE 20u /* names that are compared with all others because their codes met */
#define LONGEST 150u /* of a theme's code with those of the themes around it; with that of the file, a lexicon's loader takes 200 */

const char *const aur_dict_format_names[DICT_FORMATS] = {"", "liwc", "quanteda", "qdc", "csv", "lexicoder", "yoshikoder"};

void aur_dict_free(aur_dict *d)
{
	for (uint32_t i = 0; i < d->n; i++) {
		aur_dict_theme *t = &d->t[i];
		for (uint32_t k = 0; k < t->n; k++)
			free(t->lines[k].text);
		free(t->lines);
		free(t->code);
		free(t->name);
		free(t->title);
		free(t->definition);
		free(t->number);
	}
	free(d->t);
	*d = (aur_dict){0};
}

static uint32_t first_of(const aur_dict *d, uint32_t parent)
{
	return parent != AUR_NONE ? d->t[parent].first : d->n ? 0 : AUR_NONE;
}

static int has_code(const aur_dict *d, uint32_t parent, const char *code)
{
	for (uint32_t i = first_of(d, parent); i != AUR_NONE; i = d->t[i].next)
		if (!strcmp(d->t[i].code, code))
			return 1;
	return 0;
}

/* « Mobilité douce » is mobilite-douce, and where that is there already mobilite-douce-2. */
static char *code_of(const aur_dict *d, uint32_t parent, const char *name, size_t n, int *met)
{
	aur_buf b = {0};
	aur_text_name(&b, name, n);
	size_t k = 0;
	for (size_t i = 0; i < b.n && k < 40; i++)
		if ((b.p[i] >= 'a' && b.p[i] <= 'z') || (b.p[i] >= '0' && b.p[i] <= '9'))
			b.p[k++] = b.p[i];
		else if (k && b.p[k - 1] != '-')
			b.p[k++] = '-';
	while (k && b.p[k - 1] == '-')
		k--;
	b.n = k;
	if (!k)
		aur_buf_str(&b, "theme");
	k = b.n;
	*met = 0;
	for (unsigned i = 2; has_code(d, parent, aur_buf_cstr(&b)); *met = 1, i = i < 9 ? i + 1 : i < d->n ? d->n : i + 1) {
		b.n = k;
		aur_buf_printf(&b, "-%u", i);
	}
	return aur_buf_cstr(&b);
}

/* Tells that two names which only capitals, accents or signs tell apart are two themes. */
static void tell_alike(aur_dict *d, uint32_t parent, const char *code, const char *name, size_t n)
{
	aur_buf a = {0}, b = {0};
	uint32_t i = first_of(d, parent);
	aur_text_name(&a, name, n);
	for (; i != AUR_NONE; i = d->t[i].next) {
		b.n = 0;
		aur_text_name(&b, d->t[i].name, strlen(d->t[i].name));
		if (a.n == b.n && a.n && !memcmp(a.p, b.p, a.n))
			break;
	}
	if (i != AUR_NONE && (strlen(d->t[i].name) != n || memcmp(d->t[i].name, name, n))) { /* a codebook may have two codes of one name */
		b.n = 0;
		aur_buf_printf(&b, _("« %s » and « %.*s » are two themes, %s and %s: if they are one, give it one name"), d->t[i].name, (int)n, name, d->t[i].code, code);
		d->note(d->to, aur_buf_cstr(&b));
	}
	aur_buf_free(&a);
	aur_buf_free(&b);
}

uint32_t aur_dict_new(aur_dict *d, uint32_t parent, const char *name, size_t n)
{
	if (d->n >= MOST_THEMES || (parent != AUR_NONE && d->t[parent].depth + 1 >= DEEPEST))
		return AUR_NONE;
	int met;
	char *code = code_of(d, parent, name, n, &met);
	unsigned length = (parent != AUR_NONE ? d->t[parent].length + 1 : 0) + (unsigned)strlen(code);
	if (length > LONGEST) {
		free(code);
		return AUR_NONE;
	}
	if (met && d->note && d->alike++ < MOST_ALIKE)
		tell_alike(d, parent, code, name, n);
	AUR_GROW(d->t, d->n, d->cap);
	uint32_t i = d->n++;
	d->t[i] = (aur_dict_theme){.code = code, .length = length, .name = aur_xstrndup(name, n), .parent = parent, .first = AUR_NONE, .last = AUR_NONE, .next = AUR_NONE};
	if (parent == AUR_NONE) {
		uint32_t k = i; /* the top theme before it */
		while (k && d->t[k - 1].parent != AUR_NONE)
			k--;
		if (k)
			d->t[k - 1].next = i;
	} else {
		d->t[i].depth = d->t[parent].depth + 1;
		if (d->t[parent].last == AUR_NONE)
			d->t[parent].first = i;
		else
			d->t[d->t[parent].last].next = i;
		d->t[parent].last = i;
	}
	return i;
}

static int is_called(const aur_dict_theme *t, uint32_t parent, const char *name, size_t n)
{
	return t->parent == parent && strlen(t->name) == n && !memcmp(t->name, name, n);
}

uint32_t aur_dict_child(aur_dict *d, uint32_t parent, const char *name, size_t n)
{
	if (d->n && is_called(&d->t[d->n - 1], parent, name, n)) /* the rows of a theme stand together */
		return d->n - 1;
	for (uint32_t i = first_of(d, parent); i != AUR_NONE; i = d->t[i].next)
		if (is_called(&d->t[i], parent, name, n))
			return i;
	return aur_dict_new(d, parent, name, n);
}

uint32_t aur_dict_at(aur_dict *d, const char *code, size_t n)
{
	uint32_t t = AUR_NONE;
	for (size_t from = 0, to; from < n; from = to + 1) {
		const char *dot = memchr(code + from, '.', n - from);
		to = dot ? (size_t)(dot - code) : n;
		if ((t = aur_dict_child(d, t, code + from, to - from)) == AUR_NONE)
			break;
	}
	return t;
}

uint32_t aur_dict_outside(aur_dict *d)
{
	const char *slash = strrchr(d->file, '/'), *base = slash ? slash + 1 : d->file, *dot = strrchr(base, '.');
	return aur_dict_child(d, AUR_NONE, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

void aur_dict_add(aur_dict *d, uint32_t theme, const char *text, size_t n, unsigned line)
{
	aur_dict_theme *t = &d->t[theme];
	AUR_GROW(t->lines, t->n, t->cap);
	t->lines[t->n++] = (aur_dict_line){aur_xstrndup(text, n), line};
}

void aur_dict_leave(aur_dict *d, unsigned line, const char *what, size_t n, const char *why)
{
	if (d->leave)
		d->leave(d->to, line, what, n, why);
}

int aur_dict_has(const aur_dict *d, uint32_t theme)
{
	if (d->t[theme].n)
		return 1;
	for (uint32_t i = d->t[theme].first; i != AUR_NONE; i = d->t[i].next)
		if (aur_dict_has(d, i))
			return 1;
	return 0;
}

static int by_text(const void *x, const void *y, void *ctx)
{
	const aur_dict_theme *t = ctx;
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	int c = strcmp(t->lines[a].text, t->lines[b].text);
	return c ? c : a < b ? -1 : 1;
}

void aur_dict_unique(aur_dict *d)
{
	for (uint32_t i = 0; i < d->n; i++) {
		aur_dict_theme *t = &d->t[i];
		uint32_t *order = aur_xcalloc((size_t)t->n + 1, sizeof *order), kept = 0;
		for (uint32_t k = 0; k < t->n; k++)
			order[k] = k;
		if (t->n)
			qsort_r(order, t->n, sizeof *order, by_text, t);
		for (uint32_t k = t->n; k-- > 1;)
			if (!strcmp(t->lines[order[k]].text, t->lines[order[k - 1]].text)) {
				free(t->lines[order[k]].text);
				t->lines[order[k]].text = NULL;
			}
		for (uint32_t k = 0; k < t->n; k++)
			if (t->lines[k].text)
				t->lines[kept++] = t->lines[k];
		t->n = kept;
		free(order);
	}
}
