/* SPDX-License-Identifier: Apache-2.0 */
/* Themes against sessions, against territories and other parts, against the fingers of the hand; and what no theme caught. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "irritants/quote.h"
#include "irritants/names.h"
#include "report/page.h"

/* One cell of the heat map, themes by session: its share, or why there is none. */
static aur_node *heat_cell(aur_page *p, uint32_t theme, uint32_t s, const uint32_t *cand, uint32_t n)
{
	const aur_ledger *l = p->l;
	const aur_irr_theme *t = &l->themes[theme];
	const aur_irr_cell *c = &t->session[s], *asked = &l->rooms[s].asked;
	aur_str code = l->in->themes[theme].code, session = l->in->sessions[s].id;
	aur_node *m = aur_node_map(p->a);
	bool empty = !asked->n, told = !empty && c->hide == AUR_SHOWN && asked->hide == AUR_SHOWN;
	aur_node_flag(p->a, m, "empty", empty);
	if (empty) {
		aur_node_set(p->a, m, "n", aur_node_map(p->a));
	} else {
		const char *id = aur_fig_format(p->a, "irritant/%.*s/session/%.*s", (int)code.len, code.ptr, (int)session.len, session.ptr);
		aur_page_cell(p, m, "n",
			      &(aur_page_count){.id = id, .query = aur_fig_irritant(p->a, code, aur_fig_field(p->a, "session", session)), .cell = c,
					     .asked = asked, .theme = theme, .cand = cand, .cand_count = n, .place = AUR_PLACE_SESSION});
	}
	aur_node_text(p->a, m, "share", told && c->n ? aur_lang_percent(p->say, p->a, (double)c->n / asked->n, 0) : "");
	return m;
}

void aur_page_heat(aur_page *p)
{
	const aur_ledger *l = p->l;
	const aur_input *in = l->in;
	uint32_t S = in->session_count, T = l->ranked_count;
	bool sessions_are_rows = S > AUR_HEAT_COLUMNS;
	aur_node **cell = aur_xmalloc(((size_t)S * T + 1) * sizeof *cell);
	for (uint32_t i = 0; i < T; i++) {
		const aur_irr_theme *t = &l->themes[l->ranked[i]];
		/* the list is sorted by session, so each session is a slice of it */
		uint32_t n = 0, at = 0;
		for (uint32_t k = 0; k < t->list_count; k++)
			if (t->how[k] & AUR_HOW_IRRITANT)
				p->cand[n++] = t->list[k];
		for (uint32_t k = 0; k < S; k++) {
			uint32_t s = l->by_date[k], from = at;
			while (at < n && in->contributions[p->cand[at]].session == s)
				at++;
			cell[(size_t)i * S + k] = heat_cell(p, l->ranked[i], s, p->cand + from, at - from);
		}
	}
	aur_node *columns = aur_node_list(p->a), *rows = aur_node_list(p->a);
	for (uint32_t i = 0; i < (sessions_are_rows ? S : T); i++) {
		aur_node *row = aur_node_map(p->a), *cells = aur_node_list(p->a);
		const aur_in_theme *x = sessions_are_rows ? NULL : &in->themes[l->ranked[i]];
		if (x)
			aur_node_put(p->a, row, "label", aur_page_label(p, x));
		else
			aur_node_text(p->a, row, "label", aur_page_session_name(p, l->by_date[i]));
		aur_node_text(p->a, row, "code", x ? aur_page_z(p, x->code) : "");
		for (uint32_t k = 0; k < (sessions_are_rows ? T : S); k++)
			aur_node_push(p->a, cells, cell[sessions_are_rows ? (size_t)k * S + i : (size_t)i * S + k]);
		aur_node_set(p->a, row, "cells", cells);
		aur_node_push(p->a, rows, row);
	}
	for (uint32_t k = 0; k < (sessions_are_rows ? T : S); k++) {
		aur_node *c = aur_node_map(p->a);
		if (sessions_are_rows) {
			const aur_in_theme *x = &in->themes[l->ranked[k]];
			aur_node_put(p->a, c, "label", aur_page_label(p, x));
			aur_node_text(p->a, c, "note", "");
		} else {
			const aur_in_session *s = &in->sessions[l->by_date[k]];
			aur_node_put(p->a, c, "label", s->place.len ? s->place : s->id);
			aur_node_text(p->a, c, "note", s->date.len ? aur_lang_date_short(p->say, p->a, s->date) : "");
		}
		aur_node_push(p->a, columns, c);
	}
	aur_node *heat = aur_node_map(p->a);
	aur_node_set(p->a, heat, "columns", columns);
	aur_node_set(p->a, heat, "rows", rows);
	aur_node_set(p->a, p->root, "heat", heat);
	free(cell);
}

typedef struct ranked {
	uint32_t theme, k;
	const aur_irr_cell *cell;
} ranked;

static int by_people(const void *a, const void *b)
{
	const ranked *x = a, *y = b;
	int c = aur_irr_cell_order(x->cell, y->cell, x->k);
	return c ? c : x->theme < y->theme ? -1 : x->theme > y->theme;
}

#define HAND_THEMES 5
void aur_page_hand(aur_page *p)
{
	const aur_ledger *l = p->l;
	aur_node *fingers = aur_node_list(p->a);
	bool any = false;
	ranked *r = aur_xmalloc(((size_t)l->ranked_count + 1) * sizeof *r);
	for (uint32_t c = 0; c < l->in->contribution_count && !any; c++)
		any = l->in->contributions[c].finger > 0;
	for (int f = 1; f < 6; f++) {
		aur_node *m = aur_node_map(p->a), *themes = aur_node_list(p->a);
		uint32_t n = 0, quote, taken = 0;
		aur_str finger = l->in->finger_query[f];
		if (!any) {
			const char *stance = aur_fig_format(p->a, "stance:%s", aur_stance_name((uint32_t)f));
			finger = (aur_str){stance, strlen(stance)};
		}
		for (uint32_t i = 0; i < l->ranked_count; i++) {
			const aur_irr_theme *t = &l->themes[l->ranked[i]];
			/* in a corpus without the hand's activity, stances stand for fingers */
			const aur_irr_cell *c = any ? &t->finger[f] : &t->stance[f];
			if (c->n)
				r[n++] = (ranked){l->ranked[i], l->opt.k, c};
		}
		if (n)
			qsort(r, n, sizeof *r, by_people);
		for (uint32_t i = 0; i < n && i < HAND_THEMES; i++) {
			const aur_in_theme *x = &l->in->themes[r[i].theme];
			aur_node *y = aur_node_map(p->a);
			uint32_t k = aur_page_select(p, r[i].theme, false, f, any ? f : -1, -1);
			aur_node_put(p->a, y, "label", aur_page_label(p, x));
			aur_node_text(p->a, y, "code", aur_page_z(p, x->code));
			aur_page_cell(p, y, "people",
				      &(aur_page_count){.id = aur_fig_format(p->a, "hand/%d/%.*s", f, (int)x->code.len, x->code.ptr),
						     .query = aur_fig_format(p->a, "theme:%.*s AND %.*s", (int)x->code.len, x->code.ptr, (int)finger.len, finger.ptr),
						     .cell = r[i].cell, .people = true, .theme = r[i].theme, .cand = p->cand, .cand_count = k});
			aur_node_push(p->a, themes, y);
			/* a verbatim reveals that somebody said it, which the cell shows anyway */
			if (!taken && aur_quote_pick(l, r[i].theme, p->cand, k, 1, &quote, NULL)) {
				aur_node_set(p->a, m, "quotes", aur_page_quotes(p, r[i].theme, &quote, 1));
				taken = 1;
			}
		}
		if (!taken)
			aur_node_set(p->a, m, "quotes", aur_node_list(p->a));
		aur_node_text(p->a, m, "n", aur_fig_format(p->a, "%d", f));
		aur_node_text(p->a, m, "name", aur_lang_word(p->say, aur_fig_format(p->a, "finger.%d", f)));
		aur_node_text(p->a, m, "says", aur_lang_word(p->say, aur_fig_format(p->a, "finger_says.%d", f)));
		aur_node_set(p->a, m, "themes", themes);
		aur_node_push(p->a, fingers, m);
	}
	aur_node_set(p->a, p->root, "fingers", fingers);
	aur_node_flag(p->a, p->root, "hand_from_stances", !any);
	free(r);
}

static uint32_t part_of(const aur_ledger *l, aur_dim d, uint32_t contribution)
{
	uint32_t part = aur_part_of(l, d, contribution);
	return part < l->dim[d].count ? part : l->dim[d].count;
}

/* Sorts the contributions of an irritant by part into p->cand: those of part i are [end[i - 1], end[i]), and [0, end[0]) for the first. */
static void by_part(aur_page *p, uint32_t theme, aur_dim d, uint32_t *end)
{
	const aur_irr_theme *t = &p->l->themes[theme];
	uint32_t parts = p->l->dim[d].count, sum = 0;
	memset(end, 0, ((size_t)parts + 1) * sizeof *end);
	for (uint32_t i = 0; i < t->list_count; i++)
		if (t->how[i] & AUR_HOW_IRRITANT)
			end[part_of(p->l, d, t->list[i])]++;
	for (uint32_t i = 0; i <= parts; i++) {
		uint32_t n = end[i];
		end[i] = sum;
		sum += n;
	}
	for (uint32_t i = 0; i < t->list_count; i++)
		if (t->how[i] & AUR_HOW_IRRITANT)
			p->cand[end[part_of(p->l, d, t->list[i])]++] = t->list[i];
}

/* A query for the contributions of a part, "" if there is none: its value, or its sessions where contributions give other values. */
static const char *part_query(aur_page *p, aur_dim d, uint32_t part)
{
	const aur_input *in = p->l->in;
	const aur_irr_dim *dim = &p->l->dim[d];
	if (!in->dim_field[d].len)
		return "";
	if (!in->dim_apart[d])
		return aur_fig_field(p->a, aur_page_z(p, in->dim_field[d]), dim->parts[part].name);
	aur_buf b = {0};
	for (uint32_t i = 0; i < in->session_count; i++) {
		uint32_t s = p->l->by_date[i];
		if (dim->of_session[s] == part)
			aur_buf_printf(&b, "%s%s", b.n ? " OR " : "(", aur_fig_field(p->a, "session", in->sessions[s].id));
	}
	aur_buf_byte(&b, ')');
	const char *q = aur_arena_dup(p->a, b.p, b.n);
	aur_buf_free(&b);
	return q;
}

/* The head of a part's column: its name, and how many were asked. */
static aur_node *part_node(aur_page *p, aur_str name, const char *id, const aur_irr_cell *asked)
{
	aur_node *x = aur_node_map(p->a);
	aur_node_put(p->a, x, "name", name);
	aur_page_cell(p, x, "asked", &(aur_page_count){.id = id, .query = "", .cell = asked, .theme = AUR_IN_ABSENT});
	return x;
}

/* Adds the theme to `list` if it is said in this part more than elsewhere. */
static void over(aur_page *p, aur_node *list, uint32_t theme, const aur_irr_spec *s)
{
	if (!(s->S > 0 && s->least >= AUR_PAGE_APART))
		return;
	aur_node *y = aur_node_map(p->a);
	const aur_in_theme *th = &p->l->in->themes[theme];
	aur_node_put(p->a, y, "label", aur_page_label(p, th));
	aur_node_text(p->a, y, "code", aur_page_z(p, th->code));
	aur_node_flag(p->a, y, "sure", pow(10, s->log10_q) <= 0.05);
	aur_node_text(p->a, y, "S", aur_lang_real(p->say, p->a, s->S, 1));
	aur_node_push(p->a, list, y);
}

static aur_node *row_node(aur_page *p, uint32_t theme, aur_node *cells)
{
	const aur_in_theme *x = &p->l->in->themes[theme];
	aur_node *row = aur_node_map(p->a);
	aur_node_put(p->a, row, "label", aur_page_label(p, x));
	aur_node_text(p->a, row, "code", aur_page_z(p, x->code));
	aur_node_set(p->a, row, "cells", cells);
	return row;
}

/* A theme in a part: count, share and specificity.  `n` says how to print the count; `asked` is the denominator of the share. */
static aur_node *spec_node(aur_page *p, const aur_irr_spec *s, const aur_irr_cell *asked, aur_page_count n)
{
	bool told = s->cell.hide == AUR_SHOWN && asked->hide == AUR_SHOWN && asked->n, spec = told && isfinite(s->S);
	aur_node *c = aur_node_map(p->a);
	n.cell = &s->cell;
	n.asked = asked;
	n.cand_count = told ? n.cand_count : 0;
	aur_page_cell(p, c, "n", &n);
	aur_node_text(p->a, c, "share", told && s->cell.n ? aur_lang_percent(p->say, p->a, (double)s->cell.n / asked->n, 0) : "");
	aur_node_text(p->a, c, "S", spec ? aur_lang_real(p->say, p->a, s->S, 1) : "");
	aur_node_flag(p->a, c, "sure", spec && pow(10, s->log10_q) <= 0.05);
	return c;
}

/* What the table is by: a dimension, or (dim is -1) a field of people. */
static void what(aur_page *p, aur_node *table, int dim, aur_str field)
{
	for (int k = 0; k < AUR_DIMS; k++)
		aur_node_flag(p->a, table, aur_fig_format(p->a, "is_%s", aur_dim_name((aur_dim)k)), k == dim);
	aur_node_put(p->a, table, "field", field);
}

static aur_node *dimension(aur_page *p, aur_dim d)
{
	const aur_ledger *l = p->l;
	const aur_irr_dim *dim = &l->dim[d];
	aur_node *m = aur_node_map(p->a), *parts = aur_node_list(p->a), *rows = aur_node_list(p->a);
	uint32_t *end = aur_xmalloc(((size_t)dim->count + 1) * sizeof *end);
	const char **where = aur_xmalloc(((size_t)dim->count + 1) * sizeof *where);
	what(p, m, (int)d, (aur_str){"", 0});
	for (uint32_t i = 0; i < dim->count; i++) {
		aur_str name = dim->parts[i].name;
		aur_node *x = part_node(p, name, aur_fig_format(p->a, "%s/%.*s/asked", aur_dim_name(d), (int)name.len, name.ptr), &dim->parts[i].asked);
		aur_node *first = aur_node_list(p->a);
		where[i] = part_query(p, d, i);
		for (uint32_t t = 0; t < l->ranked_count; t++)
			over(p, first, l->ranked[t], &l->themes[l->ranked[t]].part[d][i]);
		aur_node_set(p->a, x, "over", first);
		aur_node_push(p->a, parts, x);
	}
	for (uint32_t t = 0; t < l->ranked_count; t++) {
		uint32_t theme = l->ranked[t];
		aur_str code = l->in->themes[theme].code;
		aur_node *cells = aur_node_list(p->a);
		by_part(p, theme, d, end);
		for (uint32_t i = 0; i < dim->count; i++) {
			uint32_t from = i ? end[i - 1] : 0;
			aur_str name = dim->parts[i].name;
			aur_page_count n = {.id = aur_fig_format(p->a, "irritant/%.*s/%s/%.*s", (int)code.len, code.ptr, aur_dim_name(d), (int)name.len, name.ptr),
					    .query = *where[i] ? aur_fig_irritant(p->a, code, where[i]) : "",
					    .theme = theme,
					    .cand = p->cand + from,
					    .cand_count = end[i] - from,
					    .place = d == AUR_DIM_ROLE	      ? AUR_PLACE_NOWHERE
						     : d == AUR_DIM_TERRITORY ? AUR_PLACE_TERRITORY
									      : AUR_PLACE_SESSION};
			aur_node_push(p->a, cells, spec_node(p, &l->themes[theme].part[d][i], &dim->parts[i].asked, n));
		}
		aur_node_push(p->a, rows, row_node(p, theme, cells));
	}
	aur_node_set(p->a, m, "parts", parts);
	aur_node_set(p->a, m, "rows", rows);
	free(end);
	free(where);
	return m;
}

/* The table by a field of people.  Its numbers open no verbatims: an age, with where the words were said, may reveal who said them. */
static aur_node *field(aur_page *p, const aur_cross *x)
{
	const aur_ledger *l = p->l;
	int n = (int)x->field.len;
	aur_node *m = aur_node_map(p->a), *parts = aur_node_list(p->a), *rows = aur_node_list(p->a);
	const char **id = aur_xmalloc(((size_t)x->count + 1) * sizeof *id), **where = aur_xmalloc(((size_t)x->count + 1) * sizeof *where);
	what(p, m, -1, x->field);
	aur_node_flag(p->a, m, "pooled", x->pooled != AUR_IN_ABSENT);
	for (uint32_t i = 0; i < x->count; i++) {
		aur_str name = x->parts[i].name;
		bool value = i != x->none && i != x->pooled;
		const char *word = value ? "" : aur_lang_word(p->say, i == x->none ? "field.none" : "field.pooled");
		id[i] = value ? aur_fig_format(p->a, "%.*s=%.*s", n, x->field.ptr, (int)name.len, name.ptr)
			      : aur_fig_format(p->a, "%.*s/%s", n, x->field.ptr, i == x->none ? "none" : "pooled");
		where[i] = value && x->by_value ? aur_fig_field(p->a, aur_page_z(p, x->field), name) : "";
		aur_node_push(p->a, parts, part_node(p, value ? name : (aur_str){word, strlen(word)}, aur_fig_format(p->a, "%s/asked", id[i]), &x->parts[i].asked));
	}
	for (uint32_t t = 0; t < l->ranked_count; t++) {
		uint32_t theme = l->ranked[t];
		aur_str code = l->in->themes[theme].code;
		aur_node *cells = aur_node_list(p->a);
		for (uint32_t i = 0; i < x->count; i++) {
			const aur_irr_spec *s = &x->theme[theme][i];
			/* a hidden number has no query: 0 has none, so a query would tell that the number is not 0 */
			bool asks = *where[i] && s->cell.hide == AUR_SHOWN;
			aur_page_count c = {.id = aur_fig_format(p->a, "irritant/%.*s/%s", (int)code.len, code.ptr, id[i]),
					    .query = asks ? aur_fig_irritant(p->a, code, where[i]) : "", .theme = theme};
			aur_node_push(p->a, cells, spec_node(p, s, &x->parts[i].asked, c));
		}
		aur_node_push(p->a, rows, row_node(p, theme, cells));
	}
	aur_node_set(p->a, m, "parts", parts);
	aur_node_set(p->a, m, "rows", rows);
	free(id);
	free(where);
	return m;
}

void aur_page_places(aur_page *p)
{
	aur_node *others = aur_node_list(p->a);
	const aur_irr_dim *places = &p->l->dim[AUR_DIM_TERRITORY];
	aur_node_set(p->a, p->root, "places", places->asked ? dimension(p, AUR_DIM_TERRITORY) : aur_node_list(p->a));
	for (int d = AUR_DIM_KIND; d < AUR_DIMS; d++)
		if (p->l->dim[d].count > 1 && p->l->dim[d].asked)
			aur_node_push(p->a, others, dimension(p, (aur_dim)d));
	aur_node_set(p->a, p->root, "others", others);
	aur_node *fields = aur_node_list(p->a);
	for (uint32_t i = 0; i < p->crosses; i++)
		aur_node_push(p->a, fields, field(p, p->cross[i]));
	aur_node_set(p->a, p->root, "fields", fields);
}

#define RESIDUE_WORDS 40
#define RESIDUE_LETTERS 4 /* shorter words are grammar in most languages */
void aur_page_bare(aur_page *p)
{
	const aur_ledger *l = p->l;
	aur_node *m = aur_node_map(p->a), *words = aur_node_list(p->a), *rooms = aur_node_list(p->a);
	uint32_t n = 0, to = 0;
	for (uint32_t i = 0; i < l->in->contribution_count; i++) {
		const aur_in_contribution *c = &l->in->contributions[l->order[i]];
		if (!c->hit_count && !c->non_answer)
			p->cand[n++] = l->order[i];
	}
	/* no query can leave non-answers out */
	aur_page_cell(p, m, "all", &(aur_page_count){.id = "bare/contributions", .query = l->all.non_answers.n ? "" : "-theme:*", .cell = &l->all.bare, .asked = &l->all.said,
						 .theme = AUR_IN_ABSENT, .cand = p->cand, .cand_count = n});
	aur_page_cell(p, m, "non", &(aur_page_count){.id = "bare/non-answers", .query = "", .cell = &l->all.non_answers, .asked = &l->all.said,
						 .theme = AUR_IN_ABSENT});
	bool told = l->all.bare.hide == AUR_SHOWN && l->all.said.hide == AUR_SHOWN && l->contributions; /* from a share its denominator can be computed */
	aur_node_text(p->a, m, "share", told ? aur_lang_percent(p->say, p->a, (double)l->all.bare.n / l->contributions, 0) : "");
	for (uint32_t i = 0; i < l->in->session_count; i++) {
		uint32_t s = l->by_date[i];
		aur_node *x = aur_node_map(p->a);
		aur_str id = l->in->sessions[s].id;
		if (!l->rooms[s].said.n)
			continue;
		aur_node_text(p->a, x, "name", aur_page_session_name(p, s));
		uint32_t from = to; /* p->cand is sorted by session */
		while (to < n && l->in->contributions[p->cand[to]].session == s)
			to++;
		aur_page_cell(p, x, "n",
			      &(aur_page_count){.id = aur_fig_format(p->a, "bare/session/%.*s", (int)id.len, id.ptr),
					     .query = l->rooms[s].non_answers.n ? "" : aur_fig_format(p->a, "-theme:* AND %s", aur_fig_field(p->a, "session", id)), .cell = &l->rooms[s].bare,
					     .asked = &l->rooms[s].said, .theme = AUR_IN_ABSENT, .cand = p->cand + from, .cand_count = to - from,
					     .place = AUR_PLACE_SESSION});
		aur_node_push(p->a, rooms, x);
	}
	uint32_t shown = 0;
	for (uint32_t i = 0; i < l->in->residue_count && shown < RESIDUE_WORDS; i++) {
		const aur_in_word *w = &l->in->residue[i];
		if (!aur_residue_told(l, i) || w->S < AUR_PAGE_APART || aur_utf8_count(w->form.ptr, w->form.len) < RESIDUE_LETTERS)
			continue;
		aur_node_push(p->a, words, aur_node_str(p->a, w->form));
		shown++;
	}
	aur_node_set(p->a, m, "words", words);
	aur_node_flag(p->a, m, "has_words", shown > 0);
	aur_node_set(p->a, m, "rooms", rooms);
	aur_node_set(p->a, m, "quotes", aur_page_quotes(p, AUR_IN_ABSENT, l->bare, l->bare_count));
	aur_node_set(p->a, p->root, "bare", m);
}
