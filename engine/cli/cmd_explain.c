/* SPDX-License-Identifier: Apache-2.0 */
/* Why a contribution has its hits: tokens, layers, entry, cue and scope, from the index alone. */
#include "config.h"
#include <stdlib.h>
#include <yajl/yajl_gen.h>
#include "cli/ask.h"
#include "cli/near.h"
#include "cli/verbs.h"
#include "text/fold.h"

static const aur_opt opts[] = {AUR_OPT_CORPUS,
			       {"format", 'f', N_("FORMAT"), N_("table (default), json or jsonl")},
			       {"tokens", 't', NULL, N_("list every token with its layers")},
			       {"near", 'n', NULL, N_("also show what almost matched, and what prevented it")},
			       {NULL, 0, NULL, NULL}};
static const char *const pol[] = {N_("asserted"), N_("negated"), N_("conditional"), "?"};

static void quote(const aur_doc *d, uint32_t first, uint32_t last)
{
	if (first == AUR_NONE || first > last || last >= d->ntok)
		return;
	fputs("« ", stdout);
	aur_show(d->text.ptr + d->start[first], d->end[last] - d->start[first]);
	fputs(" »", stdout);
}

static void span_json(aur_json j, const char *key, const aur_doc *d, aur_points *p, uint32_t first, uint32_t last)
{
	aur_json_key(j, key);
	if (first == AUR_NONE || first > last || last >= d->ntok) {
		yajl_gen_null(j);
		return;
	}
	yajl_gen_array_open(j);
	aur_json_int(j, (long long)aur_point_at(p, d->start[first]));
	aur_json_int(j, (long long)aur_point_at(p, d->end[last]));
	yajl_gen_array_close(j);
}

static void token(aur_snapshot *s, const aur_form *f, const aur_str *layer)
{
	aur_buf b = {0};
	aur_calm(&b, f->form.ptr, f->form.len, 0);
	size_t w = aur_text_width((char *)b.p, b.n);
	aur_buf_printf(&b, "%*s", w < 20 ? (int)(20 - w) : 0, "");
	for (uint32_t k = 0; k < f->layer_count; k++) {
		aur_buf_printf(&b, " %s=", aur_snapshot_layer_name(s, k));
		aur_buf_put(&b, layer[k].ptr, layer[k].len);
	}
	aur_show((char *)b.p, b.n);
	aur_buf_free(&b);
	putchar('\n');
}

static void fields(aur_snapshot *s, uint32_t doc)
{
	for (uint32_t f = 0; f < aur_snapshot_fields(s); f++) {
		aur_str n = aur_snapshot_field_name(s, f), t = aur_field_of(s, doc, f);
		if (t.len)
			aur_showf("  %.*s: %.*s\n", (int)n.len, n.ptr, (int)t.len, t.ptr);
	}
}

/* A contribution and what was found in it. */
struct told {
	aur_snapshot *s;
	aur_doc d;
	const aur_hit_rec *hit;
	size_t nh;
	const aur_nears *near; /* NULL where nobody asked */
	aur_analysis anew;     /* the contribution that they are of */
};

static void as_json(const struct told *x)
{
	const aur_doc *d = &x->d;
	aur_str ls[AUR_MAX_LAYERS];
	aur_form f;
	aur_label l;
	aur_json j = aur_json_new();
	aur_points p = {d->text.ptr, 0, 0};
	yajl_gen_map_open(j);
	aur_json_member(j, "id", d->id);
	aur_json_member(j, "text", d->text);
	aur_json_key(j, "fields");
	yajl_gen_map_open(j);
	aur_json_fields(j, x->s, d->no);
	yajl_gen_map_close(j);
	aur_json_key(j, "themes");
	yajl_gen_array_open(j);
	for (size_t i = 0; i < x->nh; i++) {
		const aur_hit_rec *h = &x->hit[i];
		if (!aur_snapshot_label(x->s, h->label, &l) || h->last >= d->ntok)
			continue;
		yajl_gen_map_open(j);
		aur_json_member(j, "theme", l.theme);
		aur_json_member(j, "polarity", aur_str_of(pol[h->polarity & 3]));
		aur_json_member(j, "entry", l.entry);
		aur_json_member(j, "lexicon", l.lexicon);
		aur_json_member(j, "version", l.version);
		aur_json_member(j, "text", (aur_str){d->text.ptr + d->start[h->first], d->end[h->last] - d->start[h->first]});
		aur_json_key(j, "start");
		aur_json_int(j, (long long)aur_point_at(&p, d->start[h->first]));
		aur_json_key(j, "end");
		aur_json_int(j, (long long)aur_point_at(&p, d->end[h->last]));
		aur_json_key(j, "weight");
		aur_json_real(j, (double)h->weight, 2);
		span_json(j, "cue", d, &p, h->cue_first, h->cue_last);
		span_json(j, "scope", d, &p, h->scope_first, h->scope_last);
		yajl_gen_map_close(j);
	}
	yajl_gen_array_close(j);
	aur_json_key(j, "tokens");
	yajl_gen_array_open(j);
	for (uint32_t i = 0; i < d->ntok && aur_snapshot_form(x->s, d->form[i], &f, ls); i++) {
		yajl_gen_map_open(j);
		aur_json_key(j, "start");
		aur_json_int(j, (long long)aur_point_at(&p, d->start[i]));
		aur_json_key(j, "end");
		aur_json_int(j, (long long)aur_point_at(&p, d->end[i]));
		aur_json_member(j, "form", f.form);
		aur_json_key(j, "layers");
		yajl_gen_map_open(j);
		for (uint32_t k = 0; k < f.layer_count; k++) {
			aur_json_key(j, aur_snapshot_layer_name(x->s, k));
			aur_json_str(j, ls[k].ptr, ls[k].len);
		}
		yajl_gen_map_close(j);
		yajl_gen_map_close(j);
	}
	yajl_gen_array_close(j);
	if (x->near)
		aur_nears_json(x->near, &x->anew, j);
	yajl_gen_map_close(j);
	aur_json_line(j);
	aur_json_free(j);
}

static void as_text(const struct told *x, int all_tokens)
{
	const aur_doc *d = &x->d;
	aur_str ls[AUR_MAX_LAYERS];
	aur_form f;
	aur_label l;
	aur_show(d->id.ptr, d->id.len);
	fputs("\n  ", stdout);
	aur_show(d->text.ptr, d->text.len);
	putchar('\n');
	fields(x->s, d->no);
	if (!x->nh)
		puts(_("no theme found"));
	for (size_t i = 0; i < x->nh; i++) {
		const aur_hit_rec *h = &x->hit[i];
		if (!aur_snapshot_label(x->s, h->label, &l) || h->last >= d->ntok)
			continue;
		aur_showf("%.*s (%s) ", (int)l.theme.len, l.theme.ptr, _(pol[h->polarity & 3]));
		quote(d, h->first, h->last);
		aur_showf(_("\n    entry: %.*s\n    lexicon: %.*s, version %.*s, weight %s\n"), (int)l.entry.len, l.entry.ptr, (int)l.lexicon.len,
		       l.lexicon.ptr, (int)l.version.len, l.version.ptr, aur_written("%.2f", (double)h->weight));
		if (h->cue_first != AUR_NONE) {
			fputs(_("    because of "), stdout);
			quote(d, h->cue_first, h->cue_last);
			if (h->scope_first != AUR_NONE) {
				fputs(_(", which governs "), stdout);
				quote(d, h->scope_first, h->scope_last);
			}
			putchar('\n');
		}
		for (uint32_t t = h->first; t <= h->last; t++) {
			if (!aur_snapshot_form(x->s, d->form[t], &f, ls))
				break;
			fputs("    ", stdout);
			token(x->s, &f, ls);
		}
	}
	if (x->near)
		aur_nears_print(x->near, &x->anew);
	for (uint32_t t = 0; all_tokens && t < d->ntok && aur_snapshot_form(x->s, d->form[t], &f, ls); t++) {
		printf("%4u ", t);
		token(x->s, &f, ls);
	}
}

static aur_code find_near(aur_analyst *a, aur_nears *near, struct told *x, aur_error *e)
{
	aur_code c = aur_analyst_reset(a, e);
	if (!c)
		c = aur_analyst_add(a, x->d.id, x->d.text, e);
	if (!c)
		c = aur_analyst_finish(a, e);
	if (!c)
		c = aur_nears_of(near, a, 0, e);
	if (!c)
		aur_analyst_get(a, 0, &x->anew);
	return c;
}

/* near: NULL where nobody asked. */
static int one(aur_args *a, aur_snapshot *s, int which, aur_nears *near, aur_analyst *analyst)
{
	const char *id = a->arg[which], *fmt = aur_arg(a, "format");
	aur_error e;
	aur_buf hb = {0};
	struct told x = {.s = s, .near = near};
	uint32_t no = aur_snapshot_find(s, (aur_str){id, strlen(id)});
	aur_code c = no != AUR_NONE ? AURE_OK
				    : aur_fail(&e, AURE_NOTFOUND, _("the corpus %s has no contribution « %s »; « auricule search -d %s \"*\" » lists the ids"),
					       aur_snapshot_dir(s), id, aur_typed(aur_snapshot_dir(s)));
	if (!c)
		c = aur_snapshot_doc(s, no, &x.d, &e);
	if (!c)
		c = aur_snapshot_hits(s, no, &hb, &e);
	if (!c && near)
		c = find_near(analyst, near, &x, &e);
	x.hit = (const aur_hit_rec *)(void *)hb.p;
	x.nh = hb.n / sizeof *x.hit;
	if (!c && fmt && !strcmp(fmt, "json"))
		fputs(which ? "," : "[", stdout);
	if (!c && fmt && !strncmp(fmt, "json", 4))
		as_json(&x);
	else if (!c)
		as_text(&x, aur_arg(a, "tokens") != NULL);
	aur_buf_free(&hb);
	aur_doc_free(&x.d);
	return c ? aur_failed(&e) : EXIT_DONE;
}

static int run(aur_args *a)
{
	aur_snapshot *s;
	aur_error e;
	aur_nears near = {0};
	aur_analyst *analyst = NULL;
	int rc = EXIT_DONE, want = aur_arg(a, "near") != NULL;
	if (aur_arg(a, "format") && aur_arg_format(a) == FMT_CSV)
		return aur_usage(a, _("explain has the formats table, json and jsonl"));
	if (aur_open_corpus(a, &s, &e))
		return aur_failed(&e);
	if (want && (aur_open_chain(s, AUR_CHAIN_ALL, &near.chain, &e) || aur_analyst_new(near.chain, &analyst, &e)))
		rc = aur_failed(&e);
	const char *fmt = aur_arg(a, "format");
	int n = 0;
	while (n < a->narg && !rc && !(rc = one(a, s, n, want ? &near : NULL, analyst)))
		n++;
	if (fmt && !strcmp(fmt, "json")) /* an array that is whole, also where an id is not there */
		puts(n ? "]" : "[]");
	aur_nears_free(&near);
	aur_analyst_free(analyst);
	aur_chain_free(near.chain);
	aur_snapshot_close(s);
	return rc;
}

const aur_verb verb_explain = {"explain", N_("[-d CORPUS] ID…"), N_("why a contribution has its themes"), opts, 1, -1, run};
