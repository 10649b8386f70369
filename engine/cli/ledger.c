/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include "cli/ledger.h"
#include "pipeline/chain.h"
#include "irritants/told.h"
#include "plugin/registry.h"

aur_code aur_book_open(const aur_args *a, aur_irr_options *opt, int what, aur_book *b, aur_error *e)
{
	*b = (aur_book){0};
	aur_code c = aur_open_corpus(a, &b->s, e);
	if (!c) {
		aur_buf path = {0};
		aur_buf_printf(&path, "%s/report/fr.mask", aur_places_get()->data_dir);
		c = aur_mask_open(aur_buf_cstr(&path), &b->mask, e);
		aur_buf_free(&path);
		opt->mask = b->mask;
	}
	if (!c)
		c = aur_adapter_new(b->s, what & AUR_BOOK_PRINTS ? aur_mask_digest(b->mask) : NULL, what & AUR_BOOK_WORDS, (unsigned)aur_arg_int(a, "threads", 0, 0, 64), &b->in, e);
	if (!c)
		c = aur_ledger_build(aur_adapter_input(b->in), opt, &b->l, e);
	if (!c && (what & AUR_BOOK_FILES)) {
		aur_buf vega = {0}, dir = {0};
		aur_buf_printf(&dir, "%s/report", aur_places_get()->data_dir);
		if (aur_places_get()->build_dir) /* made by the build, out of the installed library */
			aur_buf_printf(&vega, "%s/report", aur_places_get()->build_dir);
		c = aur_assets_open(aur_buf_cstr(&dir), "fr", vega.n ? aur_buf_cstr(&vega) : NULL, &b->assets, e);
		aur_buf_free(&vega);
		aur_buf_free(&dir);
	}
	if (c)
		aur_book_close(b);
	return c;
}

void aur_book_close(aur_book *b)
{
	aur_book_by_free(b);
	aur_assets_free(b->assets);
	aur_ledger_free(b->l);
	aur_adapter_free(b->in);
	aur_mask_close(b->mask);
	aur_snapshot_close(b->s);
	*b = (aur_book){0};
}

const char *aur_book_told(const aur_irr_cell *c, bool people, uint32_t k, char buf[32])
{
	const char *s = aur_irr_cell_told(c, people, k, buf), *dash = strchr(s, '-');
	if (!strcmp(s, "masked"))
		return _("masked");
	if (dash) /* a band, which machine formats write 10-19 */
		snprintf(buf, 32, "%s", aur_written("%.*s–%s", (int)(dash - s), s, dash + 1));
	else
		snprintf(buf, 32, "%s", aur_written("%s", s));
	return buf;
}

void aur_book_table(const aur_irr_table *t, aur_format f)
{
	if (f == FMT_CSV) {
		aur_buf b = {0};
		aur_irr_table_csv(t, &b);
		fwrite(b.p, 1, b.n, stdout);
		aur_buf_free(&b);
		return;
	}
	aur_table *out = aur_table_new(f, t->columns, NULL, t->column_count);
	for (uint32_t r = 0; r < t->row_count; r++)
		for (uint32_t k = 0; k < t->column_count; k++) {
			const char *v = t->cells[(size_t)r * t->column_count + k];
			if (f != FMT_TABLE && aur_irr_is_number(t->columns[k], v))
				aur_cell_number(out, v);
			else if (*v || f == FMT_TABLE)
				aur_cell_str(out, v);
			else
				aur_cell_none(out);
		}
	aur_table_free(out);
}

void aur_book_stale(aur_book *b)
{
	aur_chain *c = NULL;
	aur_error e;
	const char *was = aur_snapshot_meta(b->s, "annotators");
	if (!was || aur_open_chain(b->s, AUR_CHAIN_ANNOTATORS, &c, &e))
		return;
	aur_totals t;
	aur_snapshot_totals(b->s, &t);
	if (t.stale || (c->annotators && strcmp(was, c->annotators)))
		aur_remark(_("note: the lexicons or the plugins have changed since the themes of this corpus were found; these are the figures from then "
			  "(« auricule retheme -d %s » finds the themes again)"),
			aur_typed(aur_snapshot_dir(b->s)));
	aur_chain_free(c);
}

void aur_book_consent(aur_book *b)
{
	const aur_input *in = b->l->in;
	if (in->consent_odd.len)
		aur_remark(_("note: the field « %.*s » holds answers that are neither yes nor no, such as « %.*s »: the words of these contributions are not quoted (<read as=\"consent\"> in pipeline.xml says what such answers mean)"),
			   (int)in->consent_field.len, in->consent_field.ptr, (int)in->consent_odd.len, in->consent_odd.ptr);
	uint32_t silent = 0;
	for (uint32_t i = 0; in->consent_all && i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		silent += c->consent != AUR_IN_YES && c->consent != AUR_IN_NO && c->status == AUR_IN_SAID;
	}
	if (silent)
		aur_remark(ngettext("note: %u contribution does not say whether its words may be quoted: they are, because of the licence of its file, « %.*s »; if that licence does not cover what people said, remove it from the file and rebuild the corpus",
				    "note: %u contributions do not say whether their words may be quoted: they are, because of the licence of their file, « %.*s »; if that licence does not cover what people said, remove it from the file and rebuild the corpus",
				    silent),
			   silent, (int)in->licence.len, in->licence.ptr);
	if (in->licence.len && !in->consent_all && aur_snapshot_sources(b->s) < 2)
		aur_remark(_("note: the licence of this corpus, « %.*s », is not one that lets anybody quote (Apache, Creative Commons, Licence Ouverte, ODbL…): words are quoted where their contribution says that they may be"),
			   (int)in->licence.len, in->licence.ptr);
	if (in->licence.len && !in->consent_all && aur_snapshot_sources(b->s) > 1)
		aur_remark(_("note: the licence of this corpus comes from one of its files: words are quoted where their contribution says that they may be, and not because of this licence"));
}

const char *aur_speakers_recur(const aur_ledger *l)
{
	const uint32_t several = AUR_IN_ABSENT - 1;
	const aur_input *in = l->in;
	uint32_t *first = aur_xmalloc(((size_t)in->speaker_count + 1) * sizeof *first), again = 0, speakers = 0;
	memset(first, 0xFF, ((size_t)in->speaker_count + 1) * sizeof *first);
	for (uint32_t i = 0; i < in->contribution_count; i++) {
		const aur_in_contribution *c = &in->contributions[i];
		if (c->speaker == AUR_IN_ABSENT || c->session == AUR_IN_ABSENT)
			continue;
		uint32_t *f = &first[c->speaker];
		if (*f == AUR_IN_ABSENT) {
			*f = c->session;
			speakers++;
		} else if (*f != several && *f != c->session) {
			*f = several;
			again++;
		}
	}
	free(first);
	if (again < l->opt.k || again <= speakers / 2)
		return NULL;
	return _("Most speakers appear in several sessions. A pseudonym is one person in the whole corpus: if it stands for somebody else in another "
		 "room, make each one unique (a1, a2… in one, b1, b2… in the other), and rebuild the corpus.");
}

/* 1: said.  Values are few, and most are no names. */
static int named(const aur_book *b, aur_str v)
{
	aur_mask_span *span = NULL;
	size_t n = 0;
	aur_error e;
	int is = v.len && aur_mask_find(b->mask, v, &span, &n, &e);
	for (size_t i = 0; i < n && !is; i++)
		is = !span[i].street;
	free(span);
	if (is)
		aur_remark(_("note: « %.*s » looks like somebody's name, and the page shows sessions, places, territories and roles as they are: if it is one, replace it in the file, and ingest that into a new corpus"),
			   (int)v.len, v.ptr);
	return is;
}

void aur_book_names(aur_book *b)
{
	enum { MOST = 5 };
	const aur_input *in = b->l->in;
	int said = 0;
	for (uint32_t i = 0; i < in->session_count && said < MOST; i++) {
		const aur_in_session *s = &in->sessions[i], *t = in->sessions;
		while (t < s && aur_str_order(t->place, s->place)) /* a place that many sessions share is told once */
			t++;
		said += named(b, s->id) || named(b, s->title) || (t == s && named(b, s->place));
	}
	for (uint32_t i = 0; i < in->role_count && said < MOST; i++) /* the table of participation has those of few people as well */
		said += named(b, in->roles[i]);
	for (int d = 0; d < AUR_DIM_ROLE; d++)
		for (uint32_t i = 0; i < b->l->dim[d].count && said < MOST; i++)
			said += named(b, b->l->dim[d].parts[i].name);
	for (uint32_t k = 0; k < b->crosses; k++)
		for (uint32_t i = 0; i < b->cross[k]->count && said < MOST; i++)
			said += named(b, b->cross[k]->parts[i].name);
}

typedef struct everybody {
	aur_str where;
	uint32_t theme, cells;
} everybody;

static void look_at(everybody *x, const aur_irr_cell *c, const aur_irr_cell *asked, aur_str where, uint32_t theme)
{
	if (!c->n || c->hide != AUR_SHOWN || asked->hide != AUR_SHOWN || c->speakers != asked->speakers)
		return;
	if (!x->cells++) {
		x->where = where;
		x->theme = theme;
	}
}

void aur_book_everybody(const aur_book *b)
{
	const aur_ledger *l = b->l;
	everybody x = {0};
	for (uint32_t i = 0; i < l->ranked_count && l->opt.k > 1; i++) {
		const aur_irr_theme *t = &l->themes[l->ranked[i]];
		for (uint32_t s = 0; s < l->in->session_count; s++)
			look_at(&x, &t->session[s], &l->rooms[s].asked, l->in->sessions[s].id, l->ranked[i]);
		for (int d = 0; d < AUR_DIMS; d++)
			for (uint32_t p = 0; p < l->dim[d].count; p++)
				look_at(&x, &t->part[d][p].cell, &l->dim[d].parts[p].asked, l->dim[d].parts[p].name, l->ranked[i]);
		for (uint32_t k = 0; k < b->crosses; k++)
			for (uint32_t p = 0; p < b->cross[k]->count; p++)
				look_at(&x, &b->cross[k]->theme[l->ranked[i]][p].cell, &b->cross[k]->parts[p].asked, b->cross[k]->field, l->ranked[i]);
	}
	if (!x.cells)
		return;
	const aur_in_theme *t = &l->in->themes[x.theme];
	aur_str label = t->label.len ? t->label : t->code;
	aur_remark(_("note: everybody asked in « %.*s » voiced « %.*s », and the page shows it: who knows who was there knows it of each of them (cases like this: %u)"),
		   (int)x.where.len, x.where.ptr, (int)label.len, label.ptr, x.cells);
}

/* Was anybody asked here, but fewer than k people? */
static int is_few(const aur_ledger *l, const aur_irr_cell *asked)
{
	return asked->speakers && asked->speakers < l->opt.k;
}

void aur_book_few(const aur_book *b)
{
	const aur_ledger *l = b->l;
	aur_str where = {"", 0};
	uint32_t cases = 0;
	for (uint32_t s = 0; s < l->in->session_count; s++)
		if (is_few(l, &l->rooms[l->by_date[s]].asked) && !cases++)
			where = l->in->sessions[l->by_date[s]].id;
	for (int d = 0; d < AUR_DIM_ROLE; d++) /* roles of few people are no parts */
		for (uint32_t p = 0; p < l->dim[d].count; p++)
			if (is_few(l, &l->dim[d].parts[p].asked) && !cases++)
				where = l->dim[d].parts[p].name;
	if (cases)
		aur_remark(_("note: in « %.*s » fewer than %u people were asked, and the page shows zeros: who knows who was there sees what they spoke of, by what is no zero; "
			     "give it the name of another one in the file, or leave it out, and ingest that into a new corpus (cases like this: %u)"),
			   (int)where.len, where.ptr, (unsigned)l->opt.k, cases);
}
