/* SPDX-License-Identifier: Apache-2.0 */
/* findings.c - keeps the findings of the lint until all are there, and reports them in the order of the files. */
#include "lint.h"
#include <stdlib.h>
#include <string.h>

struct lint_kept {
	aur_lint_finding f;
	size_t order;
};

/* Keeps a finding, with a copy of its message; its other strings must live as long as the lint. */
static void keep(lint_findings *k, const aur_lint_finding *f)
{
	if (!lex_grow(&k->v, &k->cap, k->count + 1, sizeof(*k->v))) {
		k->failed = true;
		return;
	}
	k->v[k->count] = (lint_kept){ *f, k->count };
	k->v[k->count].f.message = lex_dup(&k->arena, f->message, strlen(f->message));
	k->failed |= k->arena.failed;
	k->count++;
}

void lint_tell_at(lint *l, aur_level level, const char *rule, const char *file, uint32_t line, uint32_t column, const char *fmt, ...)
{
	char msg[1200];
	va_list ap;
	va_start(ap, fmt);
	lex_format(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	keep(&l->findings, &(aur_lint_finding){ .size = sizeof(aur_lint_finding), .level = level, .rule = rule, .file = file, .line = line,
	                                             .column = column, .label = UINT32_MAX, .message = msg });
}

void lint_tell(lint *l, aur_level level, const char *rule, const lex_source *s, const char *fmt, ...)
{
	char msg[1200];
	va_list ap;
	va_start(ap, fmt);
	lex_format(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	aur_lint_finding f = { .size = sizeof(f), .level = level, .rule = rule, .file = l->m->files[l->m->themes[s->theme].file].path,
		               .line = s->line, .column = s->column,
		               .label = s->pattern == UINT32_MAX ? UINT32_MAX : l->m->patterns[s->pattern].label, .message = msg };
	keep(&l->findings, &f);
}

static int by_line(const void *a, const void *b)
{
	const lint_kept *x = a, *y = b;
	int c = strcmp(x->f.file ? x->f.file : "", y->f.file ? y->f.file : "");
	if (c != 0)
		return c;
	if (x->f.line != y->f.line)
		return x->f.line < y->f.line ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

bool lint_hand_over(lint_findings *k, void (*found)(void *to, const aur_lint_finding *f), void *to)
{
	if (k->failed)
		return false;
	if (k->count > 1)
		qsort(k->v, k->count, sizeof(*k->v), by_line);
	for (size_t i = 0; i < k->count; i++)
		found(to, &k->v[i].f);
	return true;
}

void lint_findings_free(lint_findings *k)
{
	free(k->v);
	lex_arena_free(&k->arena);
}
