/* SPDX-License-Identifier: Apache-2.0 */
/* ids.c - names that occur twice in a file, so that the theme or entry of a hit could be either of two. */
#include "lint.h"
#include <stdlib.h>
#include <string.h>

typedef struct named {
	const char *name;
	uint32_t file, order; /* order: index in themes or sources, which is the order in the file */
} named;

static int by_name(const void *a, const void *b)
{
	const named *x = a, *y = b;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	int c = strcmp(x->name, y->name);
	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

/* The first element with the name of v[i]; NULL if that is v[i]. */
static const named *first_of(const named *v, size_t i)
{
	size_t k = i;
	while (k > 0 && v[k - 1].file == v[i].file && strcmp(v[k - 1].name, v[i].name) == 0)
		k--;
	return k < i ? &v[k] : NULL;
}

bool lint_ids(lint *l)
{
	const lex_model *m = l->m;
	size_t most = m->source_count > m->theme_count ? m->source_count : m->theme_count, n = 0;
	named *v = malloc((most + 1) * sizeof(*v));
	const named *first;
	if (v == NULL)
		return false;
	for (size_t i = 0; i < m->theme_count; i++)
		v[n++] = (named){ m->themes[i].code, m->themes[i].file, (uint32_t)i };
	qsort(v, n, sizeof(*v), by_name);
	for (size_t i = 1; i < n; i++)
		if ((first = first_of(v, i)) != NULL) {
			const lex_theme *t = &m->themes[v[i].order], *o = &m->themes[first->order];
			lint_tell_at(l, AUR_LOG_WARN, "duplicate", m->files[t->file].path, t->line, t->column,
			             _("<theme id=\"%.200s\"> is already there, on line %u: put the entries of both into one, or give this one another id"), t->code,
			             o->line);
		}
	n = 0;
	for (size_t i = 0; i < m->source_count; i++)
		if (m->sources[i].name != m->sources[i].text)
			v[n++] = (named){ m->sources[i].name, m->themes[m->sources[i].theme].file, (uint32_t)i };
	qsort(v, n, sizeof(*v), by_name);
	for (size_t i = 1; i < n; i++)
		if ((first = first_of(v, i)) != NULL)
			lint_tell(l, AUR_LOG_WARN, "duplicate", &m->sources[v[i].order],
			          _("the id \"%.200s\" is already there, on line %u: give one of the two another"), v[i].name,
			          m->sources[first->order].line);
	free(v);
	return true;
}
