/* SPDX-License-Identifier: Apache-2.0 */
/* The page as a whole: its files, its values, its proof. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/intl.h"
#include "report/page.h"
#include "report/report.h"

struct aur_assets {
	char *css, *js, *vega;
	aur_lang *say;
	aur_template *page;
	char digest[33];
};

static aur_code slurp(const char *dir, const char *name, char **out, aur_error *e)
{
	aur_buf path = {0}, b = {0};
	aur_buf_printf(&path, "%s/%s", dir, name);
	int why = aur_file_read(aur_buf_cstr(&path), SIZE_MAX, &b);
	if (why) {
		aur_fail(e, AURE_IO, _("cannot open %s, a part of the report: %s"), aur_buf_cstr(&path), strerror(why));
		aur_buf_free(&b);
	} else {
		*out = aur_buf_cstr(&b);
	}
	aur_buf_free(&path);
	return why ? AURE_IO : AURE_OK;
}

void aur_assets_free(aur_assets *a)
{
	if (!a)
		return;
	free(a->css);
	free(a->js);
	free(a->vega);
	aur_lang_free(a->say);
	aur_template_free(a->page);
	free(a);
}

bool aur_assets_have_pictures(const aur_assets *a)
{
	return *a->vega;
}

aur_code aur_assets_open(const char *dir, const char *lang, const char *vega_dir, aur_assets **out, aur_error *e)
{
	aur_assets *a = aur_xcalloc(1, sizeof *a);
	char name[64], *html = NULL, *json = NULL;
	aur_fp fp;
	aur_error no_pictures;
	snprintf(name, sizeof name, "%.40s.html", lang);
	aur_code code = slurp(dir, name, &html, e);
	if (code == AURE_OK)
		code = aur_template_parse(name, (aur_str){html, strlen(html)}, &a->page, e);
	snprintf(name, sizeof name, "%.40s.json", lang);
	if (code == AURE_OK)
		code = slurp(dir, name, &json, e);
	if (code == AURE_OK)
		code = aur_lang_parse(name, json, &a->say, e);
	if (code == AURE_OK)
		code = slurp(dir, "page.css", &a->css, e);
	if (code == AURE_OK)
		code = slurp(dir, "page.js", &a->js, e);
	if (code == AURE_OK && slurp(vega_dir ? vega_dir : dir, "vega.js", &a->vega, &no_pictures) != AURE_OK)
		a->vega = aur_xstrdup("");
	if (code == AURE_OK) {
		const char *parts[] = {html, json, a->css, a->js, a->vega};
		aur_fp_init(&fp);
		for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
			aur_fp_add(&fp, parts[i], strlen(parts[i]) + 1);
		aur_fp_hex(&fp, a->digest);
		*out = a;
	} else {
		aur_assets_free(a);
	}
	free(html);
	free(json);
	return code;
}

static void put(aur_page *p, const char *key, const aur_buf *b)
{
	aur_node_put(p->a, p->root, key, (aur_str){(const char *)b->p, b->n});
}

aur_code aur_report_page(const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const aur_assets *assets, aur_buf *out, aur_error *e)
{
	aur_arena arena = {0};
	aur_page p = {.l = l, .cross = cross, .crosses = crosses, .say = assets->say, .a = &arena};
	aur_buf proof = {0};
	size_t from = out->n;
	p.figs.arena = &arena;
	p.root = aur_node_map(&arena);
	p.cand = aur_xmalloc(((size_t)l->in->contribution_count + 1) * sizeof *p.cand);
	p.word_of = aur_xcalloc((size_t)l->in->expr_count + 1, sizeof *p.word_of);
	aur_node_put(&arena, p.root, "title", aur_lang_set(p.say, &arena, l->in->title));
	aur_node_put(&arena, p.root, "licence", l->in->licence);
	aur_node_put(&arena, p.root, "source", l->in->source);
	aur_node_flag(&arena, p.root, "invented", l->in->invented);
	aur_node_text(&arena, p.root, "version", PACKAGE_VERSION);
	aur_node_text(&arena, p.root, "lang", aur_lang_word(p.say, "lang"));
	aur_node_text(&arena, p.root, "css", assets->css);
	aur_node_text(&arena, p.root, "js", assets->js);
	aur_node_text(&arena, p.root, "vega", assets->vega);
	aur_page_method(&p);
	aur_page_asked(&p);
	aur_page_irritants(&p);
	aur_page_heat(&p);
	aur_page_hand(&p);
	aur_page_places(&p);
	aur_page_bare(&p);
	aur_code code = aur_page_pictures(&p, e);
	if (code == AURE_OK)
		code = aur_figs_proof(&p.figs, l, cross, crosses, assets->digest, &proof, e);
	if (code == AURE_OK) {
		put(&p, "data", &p.data);
		put(&p, "proof", &proof);
		aur_node_text(&arena, p.root, "figure_count", aur_lang_int(p.say, &arena, p.figs.count));
		code = aur_template_render(assets->page, p.root, out, e);
		/* the parts that the template keeps for later leave empty lines behind */
		size_t blank = from;
		while (blank < out->n && (out->p[blank] == '\n' || out->p[blank] == ' '))
			blank++;
		memmove(out->p + from, out->p + blank, out->n - blank);
		out->n -= blank - from;
	}
	if (code == AURE_OK) {
		/* the seal is the hash of everything before it */
		aur_fp fp;
		char hex[33];
		aur_fp_init(&fp);
		aur_fp_add(&fp, out->p + from, out->n - from);
		aur_fp_hex(&fp, hex);
		aur_buf_printf(out, "<!-- auricule-seal %s -->\n", hex);
	} else {
		out->n = from;
	}
	aur_figs_free(&p.figs);
	aur_buf_free(&p.data);
	aur_buf_free(&proof);
	free(p.cand);
	free(p.word_of);
	aur_arena_free(&arena);
	return code;
}
