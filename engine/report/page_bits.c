/* SPDX-License-Identifier: Apache-2.0 */
/* Cells, figures and verbatims as nodes of the page. */
#include "config.h"
#include <string.h>
#include "irritants/quote.h"
#include "irritants/names.h"
#include "irritants/told.h"
#include "report/page.h"

aur_str aur_page_label(aur_page *p, const aur_in_theme *x)
{
	return x->label.len ? aur_lang_set(p->say, p->a, x->label) : x->code;
}

const char *aur_page_z(aur_page *p, aur_str s)
{
	return aur_arena_dup(p->a, s.ptr, s.len);
}

const char *aur_page_session_name(aur_page *p, uint32_t s)
{
	const aur_in_session *x = &p->l->in->sessions[s];
	aur_str place = x->place.len ? x->place : x->title.len ? x->title : x->id;
	if (!x->date.len)
		return aur_page_z(p, place);
	return aur_fig_format(p->a, "%.*s, %s", (int)place.len, place.ptr, aur_lang_date_short(p->say, p->a, x->date));
}

const char *aur_page_share(aur_page *p, double share, uint32_t n)
{
	return aur_lang_percent(p->say, p->a, share, n >= 1000 ? 1 : 0);
}

uint32_t aur_page_select(aur_page *p, uint32_t theme, bool irritant, int stance, int finger, int polarity)
{
	const aur_irr_theme *t = &p->l->themes[theme];
	uint32_t n = 0;
	for (uint32_t i = 0; i < t->list_count; i++) {
		const aur_in_contribution *c = &p->l->in->contributions[t->list[i]];
		if (irritant && !(t->how[i] & AUR_HOW_IRRITANT))
			continue;
		if ((stance >= 0 && c->stance != stance) || (finger >= 0 && c->finger != finger) || (polarity >= 0 && t->how[i] >> 4 != polarity))
			continue;
		p->cand[n++] = t->list[i];
	}
	return n;
}

static uint32_t pool(aur_page *p, uint32_t theme, const uint32_t *cand, uint32_t n, uint32_t want, uint8_t place, uint32_t *slots)
{
	uint32_t picked[AUR_BEHIND], few[AUR_BEHIND_OF], m = 0, k = 0, of = n < AUR_BEHIND_OF ? n : AUR_BEHIND_OF;
	for (uint32_t i = 0; i < of; i++) {
		uint32_t c = cand[(uint64_t)i * n / of];
		if (p->l->place[c] >= place)
			few[k++] = c;
	}
	uint32_t count = aur_quote_pick(p->l, theme, few, k, want < AUR_BEHIND ? want : AUR_BEHIND, picked, NULL);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t at = aur_fig_pool(&p->figs, p->l, picked[i], theme);
		if (at != AUR_IN_ABSENT)
			slots[m++] = at;
	}
	return m;
}

typedef struct figure {
	const char *id, *query, *inputs, *value;
	uint32_t theme;
	const uint32_t *cand; /* contributions that the figure may open, at most `want` of them */
	uint32_t count, want;
	aur_hide hide;
	uint8_t place; /* AUR_PLACE_*: how closely the figure says where they were said */
} figure;

static void put(aur_page *p, aur_node *map, const char *key, const figure *f)
{
	aur_node *n = aur_node_map(p->a);
	uint32_t slots[AUR_BEHIND], m = f->cand ? pool(p, f->theme, f->cand, f->count, f->want, f->place, slots) : 0;
	aur_node_text(p->a, n, "f", aur_fig_format(p->a, "%u", (unsigned)aur_fig_add(&p->figs, f->id, f->query, f->inputs, f->value, slots, m)));
	aur_node_text(p->a, n, "v", f->value);
	aur_node_flag(p->a, n, "shown", f->hide == AUR_SHOWN);
	aur_node_flag(p->a, n, "few", f->hide == AUR_FEW);
	aur_node_flag(p->a, n, "band", f->hide == AUR_BAND);
	aur_node_flag(p->a, n, "masked", f->hide == AUR_MASKED);
	/* French uses the singular for 0 too */
	aur_node_flag(p->a, n, "one", f->hide == AUR_SHOWN && (!strcmp(f->value, "0") || !strcmp(f->value, "1")));
	aur_node_flag(p->a, n, "opens", m || (f->hide == AUR_SHOWN && *f->query));
	aur_node_text(p->a, n, "href", f->theme == AUR_IN_ABSENT ? "p8" : aur_fig_format(p->a, "t-%s", aur_page_z(p, p->l->in->themes[f->theme].code)));
	aur_node_set(p->a, map, key, n);
}

void aur_page_figure(aur_page *p, aur_node *map, const char *key, const char *id, const char *query, const char *inputs, const char *value,
		     uint32_t theme, const uint32_t *cand, uint32_t cand_count)
{
	put(p, map, key, &(figure){id, query, inputs, value, theme, cand, cand_count, AUR_BEHIND, AUR_SHOWN, AUR_PLACE_NOWHERE});
}

const char *aur_page_told(aur_page *p, const aur_irr_cell *c, bool people)
{
	char buf[32];
	uint32_t low, high;
	if (c->hide == AUR_BAND) {
		aur_band(people ? c->speakers : c->n, p->l->opt.k, &low, &high);
		return aur_fig_format(p->a, "%u\xe2\x80\x93%u", (unsigned)low, (unsigned)high);
	}
	if (c->hide == AUR_SHOWN)
		return aur_lang_int(p->say, p->a, people ? c->speakers : c->n);
	return aur_fig_format(p->a, "%s", aur_irr_cell_told(c, people, p->l->opt.k, buf));
}

void aur_page_cell(aur_page *p, aur_node *map, const char *key, const aur_page_count *c)
{
	const aur_irr_cell *x = c->cell;
	figure f = {.id = c->id, .query = x->n ? c->query : "", .inputs = "{}", .value = aur_page_told(p, x, c->people), .theme = c->theme,
		    .hide = (aur_hide)x->hide, .place = c->place};
	uint32_t low = AUR_BEHIND, high;
	if (x->hide == AUR_SHOWN)
		f.inputs = c->asked && c->asked->n && c->asked->hide == AUR_SHOWN
				   ? aur_fig_format(p->a, "{\"contributions\":%u,\"people\":%u,\"of\":%u}", (unsigned)x->n, (unsigned)x->speakers,
						     (unsigned)c->asked->n)
				   : aur_fig_format(p->a, "{\"contributions\":%u,\"people\":%u}", (unsigned)x->n, (unsigned)x->speakers);
	if (x->hide == AUR_BAND) /* no more verbatims than the smallest number of people in the band */
		aur_band(x->speakers, p->l->opt.k, &low, &high);
	if (x->n && (x->hide == AUR_SHOWN || x->hide == AUR_BAND)) {
		f.cand = c->cand;
		f.count = c->cand_count;
		f.want = low;
	}
	put(p, map, key, &f);
}

void aur_page_tags(aur_page *p, uint32_t contribution, uint32_t theme, const char *tags[4])
{
	const aur_in_contribution *c = &p->l->in->contributions[contribution];
	uint32_t s, t;
	aur_quote_where(p->l, contribution, theme, &s, &t);
	tags[0] = s != AUR_IN_ABSENT   ? aur_page_session_name(p, s)
		  : t != AUR_IN_ABSENT ? aur_page_z(p, p->l->dim[AUR_DIM_TERRITORY].parts[t].name)
				       : "";
	bool told = aur_quote_stance_told(p->l, contribution, theme);
	tags[1] = told ? aur_lang_word(p->say, aur_fig_format(p->a, "stance.%s", aur_stance_name(c->stance))) : "";
	tags[2] = aur_quote_role_told(p->l, contribution, theme) ? aur_page_z(p, p->l->in->roles[c->role]) : "";
	tags[3] = c->status == AUR_IN_SAID ? "" : aur_lang_word(p->say, c->status == AUR_IN_SUMMED ? "status.summed" : "status.pro");
}

aur_node *aur_page_quotes(aur_page *p, uint32_t theme, const uint32_t *quotes, uint32_t n)
{
	const aur_ledger *l = p->l;
	aur_node *list = aur_node_list(p->a);
	for (uint32_t i = 0; i < n; i++) {
		aur_quote q;
		aur_error e;
		if (aur_quote_show(l, quotes[i], theme, p->a, &q, &e) != AURE_OK)
			continue;
		aur_node *m = aur_node_map(p->a), *pieces = aur_node_list(p->a);
		for (uint32_t k = 0; k < q.count; k++) {
			aur_node *piece = aur_node_map(p->a);
			aur_node_flag(p->a, piece, "is_text", q.pieces[k].kind == AUR_PIECE_TEXT);
			aur_node_flag(p->a, piece, "is_word", q.pieces[k].kind == AUR_PIECE_WORD);
			aur_node_flag(p->a, piece, "is_mask", q.pieces[k].kind == AUR_PIECE_MASK);
			aur_node_flag(p->a, piece, "is_cut", q.pieces[k].kind == AUR_PIECE_CUT);
			aur_node_put(p->a, piece, "t", q.pieces[k].text);
			aur_node_push(p->a, pieces, piece);
		}
		aur_node_set(p->a, m, "pieces", pieces);
		const char *tags[4] = {0};
		aur_page_tags(p, quotes[i], theme, tags);
		aur_node *told = aur_node_list(p->a);
		for (int k = 0; k < 4; k++)
			if (*tags[k])
				aur_node_push(p->a, told, aur_node_str(p->a, (aur_str){tags[k], strlen(tags[k])}));
		aur_node_set(p->a, m, "tags", told);
		aur_node_push(p->a, list, m);
	}
	return list;
}
