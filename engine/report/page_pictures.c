/* SPDX-License-Identifier: Apache-2.0 */
/* The data of the pictures, as JSON: it refers to the same figures as the tables, by number; and the verbatims behind figures. */
#include "config.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "base/hash.h"
#include "base/intl.h"
#include "irritants/quote.h"
#include "irritants/names.h"
#include "irritants/told.h"
#include "report/json.h"
#include "report/page.h"

/* Finds a figure by its id, in a hash table that is built once. */
typedef struct finder {
	uint32_t *slot, slots;
	const aur_figs *figs;
} finder;

static uint32_t find(const finder *f, const char *id)
{
	uint32_t i = (uint32_t)aur_hash64(id, strlen(id), 5) & (f->slots - 1);
	for (; f->slot[i]; i = (i + 1) & (f->slots - 1))
		if (!strcmp(f->figs->fig[f->slot[i] - 1].id, id))
			return f->slot[i] - 1;
	return AUR_IN_ABSENT;
}

static void finder_make(finder *f, const aur_figs *figs)
{
	f->figs = figs;
	f->slots = 256;
	while (f->slots < 2 * (figs->count + 1))
		f->slots *= 2;
	f->slot = aur_xcalloc(f->slots, sizeof *f->slot);
	for (uint32_t k = 0; k < figs->count; k++) {
		uint32_t i = (uint32_t)aur_hash64(figs->fig[k].id, strlen(figs->fig[k].id), 5) & (f->slots - 1);
		while (f->slot[i])
			i = (i + 1) & (f->slots - 1);
		f->slot[i] = k + 1;
	}
}

static void fig(yajl_gen g, const finder *f, const char *id)
{
	uint32_t k = find(f, id);
	aur_pjson_key(g, "f");
	if (k == AUR_IN_ABSENT)
		yajl_gen_null(g);
	else
		yajl_gen_integer(g, k);
}

static void label(aur_page *p, yajl_gen g, const aur_in_theme *x)
{
	aur_pjson_key(g, "label");
	aur_pjson_str(g, aur_page_label(p, x));
	aur_pjson_key(g, "code");
	aur_pjson_str(g, x->code);
}

/* What a count shows: 0 the number, 1 fewer than k, 2 masked, 3 nobody could have said it, 4 its band. */
enum { TOLD = 0, FEW, MASKED, NOBODY, BAND };
static int state_of(const aur_irr_cell *c)
{
	return c->hide == AUR_SHOWN ? TOLD : c->hide == AUR_FEW ? FEW : c->hide == AUR_BAND ? BAND : MASKED;
}
static void state(yajl_gen g, int s)
{
	aur_pjson_key(g, "s");
	yajl_gen_integer(g, s);
}
static void participation(aur_page *p, yajl_gen g)
{
	const aur_input *in = p->l->in;
	aur_pjson_key(g, "participation");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < in->session_count && in->session_count <= 60; i++) {
		uint32_t s = p->l->by_date[i];
		for (uint32_t r = 0; r < in->role_count; r++) {
			int64_t inv = in->sessions[s].invited ? in->sessions[s].invited[r] : -1, pre = in->sessions[s].present ? in->sessions[s].present[r] : -1;
			if (inv < 0 && pre < 0)
				continue;
			yajl_gen_map_open(g);
			aur_pjson_key(g, "session");
			aur_pjson_text(g, aur_page_session_name(p, s));
			aur_pjson_key(g, "role");
			aur_pjson_str(g, in->roles[r]);
			if (inv >= 0) {
				aur_pjson_key(g, "invited");
				yajl_gen_integer(g, inv);
			}
			if (pre >= 0) {
				aur_pjson_key(g, "present");
				yajl_gen_integer(g, pre);
			}
			yajl_gen_map_close(g);
		}
	}
	yajl_gen_array_close(g);
}

static void irritants(aur_page *p, yajl_gen g, const finder *f)
{
	const aur_ledger *l = p->l;
	aur_pjson_key(g, "irritants");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < l->ranked_count; i++) {
		const aur_irr_theme *t = &l->themes[l->ranked[i]];
		const aur_in_theme *x = &l->in->themes[l->ranked[i]];
		if (!aur_share_told(l, t->theme) || !t->irritant.n)
			continue;
		yajl_gen_map_open(g);
		label(p, g, x);
		aur_pjson_key(g, "share");
		aur_pjson_real(g, t->share.value, 4);
		aur_pjson_key(g, "low");
		aur_pjson_real(g, t->share.low, 4);
		aur_pjson_key(g, "high");
		aur_pjson_real(g, t->share.high, 4);
		aur_pjson_key(g, "n");
		yajl_gen_integer(g, t->irritant.n);
		aur_pjson_key(g, "people");
		yajl_gen_integer(g, t->irritant.speakers);
		aur_pjson_key(g, "verdict");
		aur_pjson_text(g, aur_lang_word(p->say, aur_fig_format(p->a, "verdict.%s", aur_verdict_name(aur_life_told(l, l->ranked[i]).verdict))));
		fig(g, f, aur_fig_format(p->a, "irritant/%.*s/share", (int)x->code.len, x->code.ptr));
		yajl_gen_map_close(g);
	}
	yajl_gen_array_close(g);
}

static void heat(aur_page *p, yajl_gen g, const finder *f)
{
	const aur_ledger *l = p->l;
	aur_pjson_key(g, "sessions");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < l->in->session_count; i++) {
		const aur_in_session *s = &l->in->sessions[l->by_date[i]];
		yajl_gen_array_open(g);
		aur_pjson_str(g, s->place.len ? s->place : s->id);
		aur_pjson_text(g, s->date.len ? aur_lang_date_short(p->say, p->a, s->date) : "");
		aur_pjson_str(g, s->wave);
		yajl_gen_array_close(g);
	}
	yajl_gen_array_close(g);
	/* by theme, then by session: [state, share or null, figure, band if there is one] */
	aur_pjson_key(g, "heat");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < l->ranked_count; i++) {
		const aur_irr_theme *t = &l->themes[l->ranked[i]];
		const aur_in_theme *x = &l->in->themes[l->ranked[i]];
		yajl_gen_map_open(g);
		label(p, g, x);
		aur_pjson_key(g, "cells");
		yajl_gen_array_open(g);
		for (uint32_t k = 0; k < l->in->session_count; k++) {
			uint32_t s = l->by_date[k];
			const aur_irr_cell *c = &t->session[s], *asked = &l->rooms[s].asked;
			aur_str id = l->in->sessions[s].id;
			/* no share of however many is needed to tell of nobody, as the table does */
			bool told = asked->n && c->hide == AUR_SHOWN && (asked->hide == AUR_SHOWN || !c->n);
			int how = !asked->n ? NOBODY : told ? TOLD : c->hide == AUR_SHOWN ? MASKED : state_of(c);
			uint32_t n = find(f, aur_fig_format(p->a, "irritant/%.*s/session/%.*s", (int)x->code.len, x->code.ptr, (int)id.len, id.ptr));
			yajl_gen_array_open(g);
			yajl_gen_integer(g, how);
			aur_pjson_real(g, told ? (double)c->n / asked->n : NAN, 3);
			if (n == AUR_IN_ABSENT)
				yajl_gen_null(g);
			else
				yajl_gen_integer(g, n);
			if (how == BAND)
				aur_pjson_text(g, aur_page_told(p, c, false));
			yajl_gen_array_close(g);
		}
		yajl_gen_array_close(g);
		yajl_gen_map_close(g);
	}
	yajl_gen_array_close(g);
}

static void stances(aur_page *p, yajl_gen g, const finder *f)
{
	const aur_ledger *l = p->l;
	static const uint32_t order[] = {AUR_IN_KEEP, AUR_IN_DEAR, AUR_IN_IMPROVE, AUR_IN_GETRID};
	aur_pjson_key(g, "stances");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < l->ranked_count; i++) {
		const aur_irr_theme *t = &l->themes[l->ranked[i]];
		const aur_in_theme *x = &l->in->themes[l->ranked[i]];
		yajl_gen_map_open(g);
		label(p, g, x);
		aur_pjson_key(g, "cells");
		yajl_gen_array_open(g);
		for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
			const aur_irr_cell *c = &t->stance[order[k]];
			const char *name = aur_stance_name(order[k]);
			if (!c->n)
				continue;
			yajl_gen_map_open(g);
			aur_pjson_key(g, "stance");
			aur_pjson_text(g, name);
			state(g, state_of(c));
			if (c->hide == AUR_SHOWN || c->hide == AUR_BAND) {
				uint32_t low = c->n, high;
				if (c->hide == AUR_BAND)
					aur_band(c->n, l->opt.k, &low, &high);
				aur_pjson_key(g, "n");
				yajl_gen_integer(g, low);
			}
			if (c->hide == AUR_BAND) {
				aur_pjson_key(g, "told");
				aur_pjson_text(g, aur_page_told(p, c, false));
			}
			fig(g, f, aur_fig_format(p->a, "stance/%.*s/%s", (int)x->code.len, x->code.ptr, name));
			yajl_gen_map_close(g);
		}
		yajl_gen_array_close(g);
		yajl_gen_map_close(g);
	}
	yajl_gen_array_close(g);
}

static void places(aur_page *p, yajl_gen g, const finder *f)
{
	const aur_ledger *l = p->l;
	const aur_irr_dim *dim = &l->dim[AUR_DIM_TERRITORY];
	aur_pjson_key(g, "places");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < l->ranked_count && dim->count > 1 && dim->count <= 40; i++) { /* a single part has nothing to differ from */
		const aur_irr_theme *t = &l->themes[l->ranked[i]];
		const aur_in_theme *x = &l->in->themes[l->ranked[i]];
		for (uint32_t k = 0; k < dim->count; k++) {
			const aur_irr_spec *s = &t->part[AUR_DIM_TERRITORY][k];
			bool told = isfinite(s->S);
			if (t->irritant.hide != AUR_SHOWN || !t->irritant.n)
				continue;
			yajl_gen_map_open(g);
			label(p, g, x);
			aur_pjson_key(g, "part");
			aur_pjson_str(g, dim->parts[k].name);
			state(g, told ? TOLD : s->cell.hide == AUR_SHOWN ? NOBODY : s->cell.hide == AUR_FEW ? FEW : MASKED);
			if (told) {
				aur_pjson_key(g, "S");
				aur_pjson_real(g, s->S, 3);
				aur_pjson_key(g, "apart");
				yajl_gen_bool(g, s->least >= AUR_PAGE_APART);
				aur_pjson_key(g, "sure");
				yajl_gen_bool(g, pow(10, s->log10_q) <= 0.05);
			}
			fig(g, f, aur_fig_format(p->a, "irritant/%.*s/territory/%.*s", (int)x->code.len, x->code.ptr, (int)dim->parts[k].name.len,
						 dim->parts[k].name.ptr));
			yajl_gen_map_close(g);
		}
	}
	yajl_gen_array_close(g);
}

static aur_code verbatims(aur_page *p, yajl_gen g, aur_error *e)
{
	const aur_ledger *l = p->l;
	aur_pjson_key(g, "verbatims");
	yajl_gen_array_open(g);
	for (uint32_t i = 0; i < p->figs.pooled; i++) {
		const aur_pooled *x = &p->figs.pool[i];
		aur_quote q = {0};
		aur_code code = aur_quote_show(l, x->contribution, x->theme, p->a, &q, e);
		if (code != AURE_OK && code != AURE_DATA)
			return code;
		const char *tags[4];
		aur_page_tags(p, x->contribution, x->theme, tags);
		yajl_gen_array_open(g);
		for (int k = 0; k < 4; k++)
			aur_pjson_text(g, tags[k]);
		for (uint32_t k = 0; k < q.count; k++) {
			yajl_gen_integer(g, q.pieces[k].kind);
			aur_pjson_str(g, q.pieces[k].text);
		}
		yajl_gen_array_close(g);
	}
	yajl_gen_array_close(g);
	return AURE_OK;
}

static void words_for(aur_page *p, yajl_gen g)
{
	static const char *const keys[] = {"invited", "present", "share", "theme", "session", "empty", "few", "masked", "keep", "improve", "getrid",
					   "contribution", "contributions", "person", "people", "over", "under", "open", "interval", "query", "behind", "none_behind", "all_hidden", "dear", "figure", "close"};
	aur_pjson_key(g, "say");
	yajl_gen_map_open(g);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		aur_pjson_key(g, keys[i]);
		aur_pjson_text(g, aur_lang_word(p->say, aur_fig_format(p->a, "chart.%s", keys[i])));
	}
	aur_pjson_key(g, "decimal");
	aur_pjson_text(g, aur_lang_word(p->say, "number.decimal"));
	aur_pjson_key(g, "percent");
	aur_pjson_text(g, aur_lang_word(p->say, "number.percent"));
	aur_pjson_key(g, "k");
	yajl_gen_integer(g, p->l->opt.k);
	yajl_gen_map_close(g);
}

aur_code aur_page_pictures(aur_page *p, aur_error *e)
{
	yajl_gen g = yajl_gen_alloc(NULL);
	finder f;
	if (!g)
		return aur_fail(e, AURE_NOMEM, _("no memory left"));
	finder_make(&f, &p->figs);
	yajl_gen_map_open(g);
	words_for(p, g);
	participation(p, g);
	irritants(p, g, &f);
	heat(p, g, &f);
	stances(p, g, &f);
	places(p, g, &f);
	aur_code code = verbatims(p, g, e);
	yajl_gen_map_close(g);
	free(f.slot);
	if (code != AURE_OK) {
		yajl_gen_free(g);
		return code;
	}
	return aur_pjson_end(g, &p->data, e);
}
