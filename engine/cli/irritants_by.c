/* SPDX-License-Identifier: Apache-2.0 */
/* The irritants by a field of people, such as an age or a gender. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include "cli/irritants_by.h"

enum { COLUMNS = 8 }; /* with more parts than this, each has a row of its own */

static char *name_of(const aur_cross *x, uint32_t p)
{
	aur_buf b = {0};
	if (p == x->pooled)
		aur_buf_str(&b, _("others together"));
	else if (p == x->none)
		aur_buf_str(&b, _("not said"));
	else
		aur_calm(&b, x->parts[p].name.ptr, x->parts[p].name.len, 0);
	char *s = aur_xstrdup(aur_buf_cstr(&b));
	aur_buf_free(&b);
	return s;
}

/* Lists the themes to print in `theme`, those that most people voice first, each followed by its sub-themes. */
static uint32_t list_themes(const aur_ledger *l, uint32_t only, bool sub, uint32_t *theme)
{
	uint32_t n = 0, roots = only == AUR_IN_ABSENT ? l->ranked_count : 1;
	for (uint32_t i = 0; i < roots; i++) {
		uint32_t root = only == AUR_IN_ABSENT ? l->ranked[i] : only;
		for (uint32_t t = root; t < l->theme_count; t++)
			if (l->themes[t].carried.n && (t == root || (sub && aur_in_below(l->in, t, root))))
				theme[n++] = t;
	}
	return n;
}

static void label(aur_table *t, const aur_ledger *l, uint32_t theme)
{
	const aur_in_theme *in = &l->in->themes[theme];
	aur_buf b = {0};
	for (uint32_t up = in->parent; up != AUR_IN_ABSENT; up = l->in->themes[up].parent)
		aur_buf_str(&b, "  ");
	aur_buf_put(&b, in->label.len ? in->label.ptr : in->code.ptr, in->label.len ? in->label.len : in->code.len);
	aur_cell(t, (char *)b.p, b.n);
	aur_buf_free(&b);
}

/* A table of people: themes in rows, parts in columns. */
static void across(const aur_ledger *l, const aur_cross *x, const uint32_t *theme, uint32_t themes)
{
	const char *heads[COLUMNS + 2] = {_("theme")};
	char *name[COLUMNS], buf[32];
	for (uint32_t p = 0; p < x->count; p++)
		heads[p + 1] = name[p] = name_of(x, p);
	heads[x->count + 1] = _("all");
	aur_table *t = aur_table_new(FMT_TABLE, heads, heads, x->count + 2);
	aur_cell_str(t, _("(people asked)"));
	for (uint32_t p = 0; p < x->count; p++)
		aur_cell_str(t, aur_book_told(&x->parts[p].asked, true, l->opt.k, buf));
	aur_cell_str(t, aur_book_told(&l->all.asked, true, l->opt.k, buf));
	for (uint32_t i = 0; i < themes; i++) {
		label(t, l, theme[i]);
		for (uint32_t p = 0; p < x->count; p++)
			aur_cell_str(t, aur_book_told(&x->theme[theme[i]][p].cell, true, l->opt.k, buf));
		aur_cell_str(t, aur_book_told(&l->themes[theme[i]].irritant, true, l->opt.k, buf));
	}
	aur_table_free(t);
	for (uint32_t p = 0; p < x->count; p++)
		free(name[p]);
}

static void down(const aur_ledger *l, const aur_cross *x, const char *field, const uint32_t *theme, uint32_t themes)
{
	const char *heads[] = {_("theme"), field, _("people"), _("(people asked)")};
	aur_table *t = aur_table_new(FMT_TABLE, heads, heads, 4);
	char buf[32];
	for (uint32_t i = 0; i < themes; i++)
		for (uint32_t p = 0; p < x->count; p++) {
			char *name = name_of(x, p);
			label(t, l, theme[i]);
			aur_cell_str(t, name);
			aur_cell_str(t, aur_book_told(&x->theme[theme[i]][p].cell, true, l->opt.k, buf));
			aur_cell_str(t, aur_book_told(&x->parts[p].asked, true, l->opt.k, buf));
			free(name);
		}
	aur_table_free(t);
}

/* The parts that say something more, or less, than the others. */
static void peculiar(const aur_ledger *l, const aur_cross *x, const uint32_t *theme, uint32_t themes)
{
	bool any = false, tested = false;
	for (uint32_t i = 0; i < themes; i++)
		for (uint32_t p = 0; p < x->count; p++) {
			const aur_irr_spec *s = &x->theme[theme[i]][p];
			const aur_in_theme *in = &l->in->themes[theme[i]];
			double q = pow(10, s->log10_q);
			tested |= isfinite(s->S);
			if (!(q <= 0.05))
				continue;
			char *name = name_of(x, p);
			if (!any)
				puts(_("\nMore, or less, than by the others (Lafon on contributions; q at most 5 %, by people too):"));
			any = true;
			aur_showf("  %.*s, %s: ", (int)(in->label.len ? in->label.len : in->code.len), in->label.len ? in->label.ptr : in->code.ptr, name);
			puts(aur_written("S = %+.1f, q = %.3g", s->S, q));
			free(name);
		}
	if (!tested && x->count > 1)
		puts(_("\nWhether one group says something more than the others is not shown: the figures that would tell are hidden."));
	else if (!any && tested)
		puts(_("\nOf what is shown, no group says anything more, or less, than the others (no q of 5 % or less)."));
}

void aur_irritants_by(const aur_args *a, const aur_book *b, uint32_t theme)
{
	const aur_ledger *l = b->l;
	const aur_cross *x = b->cross[0];
	aur_format f = aur_arg_format(a);
	if (f != FMT_TABLE) {
		aur_arena arena = {0};
		aur_irr_table t = {0};
		aur_cross_table(l, b->cross, 1, &arena, &t);
		aur_book_table(&t, f);
		free(t.cells);
		aur_arena_free(&arena);
		return;
	}
	uint32_t *list = aur_xmalloc(((size_t)l->theme_count + 1) * sizeof *list), n = list_themes(l, theme, aur_arg(a, "sub") != NULL, list);
	if (x->count <= COLUMNS)
		across(l, x, list, n);
	else
		down(l, x, aur_arg(a, "by"), list, n);
	putchar('\n');
	if (x->pooled != AUR_IN_ABSENT)
		aur_showf(_("others together (%u): values that fewer than %u people gave, and the next smallest ones, so that together they reach that number.\n"),
			  x->pooled_values, l->opt.k);
	if (l->opt.k > 1)
		printf(_("<%u: fewer than %u people; a band or « masked »: hidden too, so that no difference gives the count away.\n"), (unsigned)l->opt.k, (unsigned)l->opt.k);
	peculiar(l, x, list, n);
	free(list);
}
