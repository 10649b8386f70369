/* SPDX-License-Identifier: Apache-2.0 */
/* The page and its proof: same bytes twice, every change noticed and named, nothing that the threshold hides. */
#include "config.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>
#include "demo_input.h"
#include "irritants/tables.h"
#include "base/utf8.h"
#include "report/report.h"
#include "report/say.h"
#include "report/template.h"
#include "report/verify.h"
#include "suite.h"

#define DEMO SRCDIR "/corpora/ateliers-demo/ateliers-demo.xml"
#define TRUTH SRCDIR "/corpora/ateliers-demo/verite.csv"
#define RSA SRCDIR "/corpora/rsa-nord-2025/rsa-nord-2025.xml"

static aur_mask *mask;
static aur_assets *assets;
static aur_irr_options opt = AUR_IRR_OPTIONS;
static demo_input *demo;
static aur_ledger *ledger;
static aur_buf page;

static aur_ledger *build(demo_input *d)
{
	aur_error e;
	aur_ledger *l = NULL;
	ck_assert_msg(aur_ledger_build(demo_input_of(d), &opt, &l, &e) == AURE_OK, "%s", e.text);
	return l;
}

static void setup(void)
{
	aur_error e;
	demo = demo_input_read(DEMO, TRUTH);
	ck_assert_ptr_nonnull(demo);
	ck_assert_msg(aur_mask_open(SRCDIR "/report/fr.mask", &mask, &e) == AURE_OK, "%s", e.text);
	ck_assert_msg(aur_assets_open(SRCDIR "/report", "fr", BUILDDIR "/report", &assets, &e) == AURE_OK, "%s", e.text);
	opt.mask = mask;
	ledger = build(demo);
	ck_assert_msg(aur_report_page(ledger, NULL, 0, assets, &page, &e) == AURE_OK, "%s:%u: %s", e.file, (unsigned)e.line, e.text);
}
static void teardown(void)
{
	aur_buf_free(&page);
	aur_ledger_free(ledger);
	aur_assets_free(assets);
	aur_mask_close(mask);
	demo_input_free(demo);
}

static aur_verdict verify(const char *p, size_t n, const aur_ledger *l)
{
	aur_verdict v;
	aur_error e;
	ck_assert_msg(aur_verify(p, n, l, NULL, 0, assets, &v, &e) == AURE_OK, "%s", e.text);
	return v;
}

static char *by[AUR_PROOF_FIELDS]; /* the fields of a proof */
static uint32_t fields;

START_TEST(same_bytes)
{
	aur_buf again = {0};
	aur_error e;
	demo_input *d = demo_input_read(DEMO, TRUTH);
	aur_ledger *l = build(d);
	ck_assert_int_eq(aur_report_page(l, NULL, 0, assets, &again, &e), AURE_OK);
	ck_assert_uint_eq(page.n, again.n);
	ck_assert(!memcmp(page.p, again.p, page.n));
	aur_verdict v = verify((char *)page.p, page.n, l);
	ck_assert_int_eq(v.kind, AUR_VERIFIED);
	ck_assert(!v.altered);
	ck_assert_uint_gt(v.figures, 300);
	aur_irr_options o = {0};
	ck_assert_int_eq(aur_proof_options((char *)page.p, page.n, &o, by, &fields, &e), AURE_OK);
	ck_assert_uint_eq(o.k, 5);
	ck_assert(!memcmp(page.p, "<!DOCTYPE html>", 15));
	aur_buf_free(&again);
	aur_ledger_free(l);
	demo_input_free(d);
}
END_TEST

/* The number printed for a figure is changed, in the page only. */
START_TEST(one_number_in_the_page)
{
	char *copy = aur_xstrndup((char *)page.p, page.n), *at = strstr(copy, "href=\"#t-administratif\" data-f=\"");
	ck_assert_ptr_nonnull(at);
	at = strchr(at, '>') + 1;
	ck_assert(*at >= '0' && *at <= '9');
	*at = *at == '9' ? '8' : (char)(*at + 1);
	aur_verdict v = verify(copy, page.n, ledger);
	ck_assert_int_eq(v.kind, AUR_VERIFY_PROSE);
	ck_assert(v.altered);
	ck_assert_msg(strstr(v.figure, "irritant/administratif/"), "%s", v.figure);
	ck_assert_str_ne(v.said, v.is);
	free(copy);
}
END_TEST

START_TEST(one_number_in_the_proof)
{
	char *copy = aur_xstrndup((char *)page.p, page.n), *at = strstr(copy, "\"irritant/mobilite/people\"");
	ck_assert_ptr_nonnull(at);
	at = strstr(at, "\"value\":\"") + 9;
	*at = *at == '9' ? '8' : (char)(*at + 1);
	aur_verdict v = verify(copy, page.n, ledger);
	ck_assert_int_eq(v.kind, AUR_VERIFY_FIGURE);
	ck_assert_str_eq(v.figure, "irritant/mobilite/people");
	ck_assert_uint_eq(v.differing, 1);
	ck_assert(v.altered);
	free(copy);
}
END_TEST

/* Where something stands in the proof, behind something else. */
static char *in_proof(char *p, const char *behind, const char *what)
{
	p = strstr(p, "id=\"auricule-proof\"");
	p = p ? strstr(p, behind) : NULL;
	p = p ? strstr(p, what) : NULL;
	ck_assert_msg(p != NULL, "%s, %s", behind, what);
	return p;
}

/* What a figure was computed from is changed in the proof, or the figure is not there: the figure is named. */
START_TEST(what_made_a_figure)
{
#define PEOPLE "\"irritant/mobilite/people\""
	static const struct {
		const char *from, *to;
	} change[] = {{"mobilite AND", "sanctions AND"}, {"\"query\":", "\"quest\":"}, {"\"of\":2", "\"of\":3"}, {"\"of\":", "\"OF\":"},
	              {"\"people\":", "\"more\":1,\"people\":"}, {"\"contributions\":", "\"contributions\":\"4\",\"of\":"},
	              {PEOPLE, "\"irritant/mobilite/nobody\""}, {"{\"id\":" PEOPLE, "1,{\"id\":" PEOPLE}};
	for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
		aur_buf b = {0};
		char *copy = aur_xstrndup((char *)page.p, page.n), *at = in_proof(copy, i < 7 ? PEOPLE : "{\"id\":" PEOPLE, change[i].from);
		aur_buf_put(&b, copy, (size_t)(at - copy));
		aur_buf_str(&b, change[i].to);
		aur_buf_str(&b, at + strlen(change[i].from));
		aur_verdict v = verify((char *)b.p, b.n, ledger);
		ck_assert_msg(v.kind == AUR_VERIFY_FIGURE && v.altered, "%s", change[i].to);
		ck_assert_msg(v.differing == (i == 6 ? 2 : 1), "%s: %u", change[i].to, v.differing);
		ck_assert_msg(i > 5 || !strcmp(v.figure, "irritant/mobilite/people"), "%s: %s", change[i].to, v.figure);
		if (!i)
			ck_assert(strstr(v.said, "theme:sanctions AND") && strstr(v.is, "theme:mobilite AND"));
		aur_buf_free(&b);
		free(copy);
	}
	/* a key, or a figure, less */
	for (int whole = 0; whole < 2; whole++) {
		char *copy = aur_xstrndup((char *)page.p, page.n);
		char *at = whole ? in_proof(copy, "{\"id\":" PEOPLE, "{") : in_proof(copy, PEOPLE, ",\"of\":"), *to = whole ? strstr(at + 1, "{\"id\"") : strchr(at, '}');
		memmove(at, to, strlen(to) + 1);
		aur_verdict v = verify(copy, strlen(copy), ledger), sound = verify((char *)page.p, page.n, ledger);
		ck_assert_int_eq(v.kind, AUR_VERIFY_FIGURE);
		ck_assert_str_eq(v.figure, "irritant/mobilite/people");
		ck_assert_uint_eq(v.differing, 1);
		ck_assert_uint_eq(v.figures, sound.figures);
		free(copy);
	}
}
END_TEST

/* What made the corpus is changed in the proof: it is named, and the page is compared byte by byte. */
START_TEST(what_made_the_page)
{
	aur_verdict v;
	char *copy = aur_xstrndup((char *)page.p, page.n), *at = in_proof(copy, "\"fingerprints\":[[\"", "[[\"") + 3, *end = strchr(at, ']');
	char kind[100], name[100];
	ck_assert_int_eq(sscanf(at, "%99[^\"]\",\"%99[^\"]", kind, name), 2);
	end[-2] = end[-2] == '0' ? '1' : '0'; /* its digest */
	v = verify(copy, page.n, ledger);
	ck_assert_int_eq(v.kind, AUR_VERIFY_PROSE);
	ck_assert_msg(strstr(v.changed, name) && !strchr(v.changed, ','), "%s", v.changed);
	while (*--end != ',') /* no digest */
		;
	memmove(end, strchr(end, ']'), strlen(strchr(end, ']')) + 1);
	v = verify(copy, strlen(copy), ledger);
	ck_assert_msg(strstr(v.changed, name) && !strchr(v.changed, ','), "%s", v.changed);
	*at = 'X'; /* of another kind: one went, and one came */
	v = verify(copy, strlen(copy), ledger);
	ck_assert_msg(strstr(v.changed, name) && strchr(v.changed, ','), "%s", v.changed);
	free(copy);
}
END_TEST

/* Something more, or less, than the page. */
START_TEST(cut_or_continued)
{
	aur_buf b = {0};
	aur_verdict v;
	for (size_t less = 1; less < 60; less += 11) {
		v = verify((char *)page.p, page.n - less, ledger);
		ck_assert_int_eq(v.kind, AUR_VERIFY_PROSE);
		ck_assert(v.altered);
	}
	aur_buf_put(&b, page.p, page.n);
	aur_buf_str(&b, " ");
	v = verify((char *)b.p, b.n, ledger);
	ck_assert_int_eq(v.kind, AUR_VERIFY_PROSE);
	ck_assert(v.altered);
	b.n = 0; /* another proof before ours */
	aur_buf_str(&b, "<script type=\"application/json\" id=\"auricule-proof\">{}</script>");
	aur_buf_put(&b, page.p, page.n);
	v = verify((char *)b.p, b.n, ledger);
	ck_assert_int_eq(v.kind, AUR_VERIFY_PROSE);
	ck_assert_uint_eq(v.line, 1);
	aur_buf_free(&b);
}
END_TEST

/* Every byte of the page, a few thousand of them tried. */
START_TEST(any_byte)
{
	char *copy = aur_xstrndup((char *)page.p, page.n);
	uint64_t state = 99;
	for (int i = 0; i < 120; i++) {
		state = state * 6364136223846793005ull + 1442695040888963407ull;
		size_t at = (size_t)(state >> 20) % page.n;
		char was = copy[at];
		copy[at] = was == 'x' ? 'y' : 'x';
		aur_verdict v;
		aur_error e;
		if (aur_verify(copy, page.n, ledger, NULL, 0, assets, &v, &e) == AURE_OK) {
			ck_assert(v.kind != AUR_VERIFIED);
			ck_assert(v.altered);
			uint32_t line = 1;
			for (size_t k = 0; k < at; k++)
				line += copy[k] == '\n';
			ck_assert(v.kind != AUR_VERIFY_PROSE || v.line == line);
			/* what stands there is shown, on one line and in whole characters */
			for (const char *p = v.said; *p; p++)
				ck_assert((unsigned char)*p >= ' ');
			if (v.kind == AUR_VERIFY_PROSE && !*v.figure && (unsigned char)was < 128 && at > 30) {
				ck_assert_uint_eq(aur_utf8_valid(v.said, strlen(v.said)), strlen(v.said));
				ck_assert_uint_gt(strlen(v.said), 54);
			}
		}
		copy[at] = was;
	}
	aur_verdict v = verify(copy, page.n, ledger);
	ck_assert_int_eq(v.kind, AUR_VERIFIED);
	free(copy);
}
END_TEST

/* One contribution less says it, or one word of it changed: the page is unaltered, the corpus is not the same. */
START_TEST(another_corpus)
{
	demo_input *d = demo_input_read(DEMO, TRUTH);
	aur_input *in = demo_input_of(d);
	aur_in_hit *hits = (aur_in_hit *)(uintptr_t)in->hits;
	uint32_t last = 0;
	for (size_t i = 0; i < in->hit_count; i++)
		if (!strcmp(in->themes[hits[i].theme].code.ptr, "numerique"))
			last = (uint32_t)i;
	hits[last].theme = 0;
	aur_ledger *l = build(d);
	aur_verdict v = verify((char *)page.p, page.n, l);
	ck_assert_int_eq(v.kind, AUR_VERIFY_FIGURE);
	ck_assert(!v.altered);
	ck_assert_uint_gt(v.differing, 0);
	aur_ledger_free(l);
	demo_input_free(d);

	d = demo_input_read(DEMO, TRUTH);
	((char *)(uintptr_t)demo_input_of(d)->fingerprints[0].digest.ptr)[0] ^= 1;
	l = build(d);
	v = verify((char *)page.p, page.n, l);
	ck_assert_int_eq(v.kind, AUR_VERIFY_FINGERPRINT);
	ck_assert_ptr_nonnull(strstr(v.changed, "corpus"));
	aur_ledger_free(l);
	demo_input_free(d);
}
END_TEST

/* What changed is told by whole names, and that there is more. */
START_TEST(much_changed)
{
	demo_input *d = demo_input_read(DEMO, TRUTH);
	aur_input *in = demo_input_of(d);
	static char names[64][200];
	aur_in_fingerprint prints[64];
	for (uint32_t i = 0; i < 64; i++) {
		snprintf(names[i], sizeof names[i], "un-lexique-au-nom-plutôt-long-%u", i);
		prints[i] = in->fingerprints[0];
		prints[i].name = (aur_str){names[i], strlen(names[i])};
	}
	in->fingerprints = prints;
	in->fingerprint_count = 64;
	aur_ledger *l = build(d);
	aur_verdict v = verify((char *)page.p, page.n, l);
	ck_assert_int_eq(v.kind, AUR_VERIFY_FINGERPRINT);
	const char *more = strstr(v.changed, ", …");
	ck_assert_msg(more && !more[strlen(", …")], "%s", v.changed);
	const char *last = more;
	while (last > v.changed && last[-1] != '-')
		last--;
	ck_assert_msg(more - last >= 1 && more - last <= 2 && strspn(last, "0123456789") == (size_t)(more - last), "%s", v.changed);
	aur_ledger_free(l);
	demo_input_free(d);
}
END_TEST

/* Nobody of a room whose size is hidden: a zero in the picture, as in the table beside it, and not a hidden number. */
START_TEST(nobody_is_nobody)
{
	aur_error e;
	opt.k = 60;
	demo_input *d = demo_input_read(DEMO, TRUTH);
	aur_ledger *l = build(d);
	aur_buf hidden = {0};
	ck_assert_int_eq(aur_report_page(l, NULL, 0, assets, &hidden, &e), AURE_OK);
	const char *heat = strstr(aur_buf_cstr(&hidden), "\"heat\":[");
	ck_assert_ptr_nonnull(heat);
	const char *end = strstr(heat, "\"stances\":["), *zero = strstr(heat, "[0,0");
	ck_assert(end && zero && zero < end);
	opt.k = 5;
	aur_buf_free(&hidden);
	aur_ledger_free(l);
	demo_input_free(d);
}
END_TEST

START_TEST(not_a_page)
{
	static const char *const bad[] = {"", "<html></html>", "<script type=\"application/json\" id=\"auricule-proof\">",
					  "<script type=\"application/json\" id=\"auricule-proof\">{</script>",
					  "<script type=\"application/json\" id=\"auricule-proof\">[]</script>",
					  "<script type=\"application/json\" id=\"auricule-proof\">{\"auricule-proof\":1}</script>",
					  "<script type=\"application/json\" id=\"auricule-proof\">{\"auricule-proof\":1,\"options\":{\"k\":-1,\"quotes\":1,\"words\":1}}</script>",
					  "<script type=\"application/json\" id=\"auricule-proof\">{\"auricule-proof\":1,\"options\":{\"k\":5,\"quotes\":1,\"words\":1,\"by\":7}}</script>",
					  "<script type=\"application/json\" id=\"auricule-proof\">{\"auricule-proof\":1,\"options\":{\"k\":5,\"quotes\":1,\"words\":1,\"by\":[\"age\",[]]}}</script>",
#define PROOF "<script type=\"application/json\" id=\"auricule-proof\">"
					  PROOF "{\"options\":{\"k\":5,\"quotes\":1,\"words\":1}}</script>",
					  PROOF "{\"auricule-proof\":1,\"options\":{\"k\":1000001,\"quotes\":1,\"words\":1}}</script>",
					  PROOF "{\"auricule-proof\":1,\"options\":{\"k\":5,\"quotes\":101,\"words\":1}}</script>",
					  PROOF "{\"auricule-proof\":1,\"options\":{\"k\":5.5,\"quotes\":1,\"words\":1}}</script>",
					  PROOF "{\"auricule-proof\":1,\"options\":{\"k\":5,\"quotes\":1,\"words\":1,\"by\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]}}</script>"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		aur_irr_options o;
		aur_error e;
		ck_assert_int_eq(aur_proof_options(bad[i], strlen(bad[i]), &o, by, &fields, &e), AURE_DATA);
		char print[AUR_PROOF_PRINT];
		ck_assert_int_eq(aur_proof_contributions(bad[i], strlen(bad[i]), print, &e), AURE_DATA);
	}
	aur_irr_options o;
	aur_error e;
	ck_assert_int_eq(aur_proof_options(bad[0], AUR_PAGE_MAX + 1, &o, by, &fields, &e), AURE_DATA);
	ck_assert_ptr_nonnull(strstr(e.text, "too large"));
	/* more brackets than a stack may have room for */
	enum { DEEP = 200000 };
	aur_buf deep = {0};
	aur_buf_printf(&deep, "%s{\"auricule-proof\":1,\"a\":\"\\\"[\",\"b\":", bad[2]);
	for (int i = 0; i < DEEP; i++)
		aur_buf_byte(&deep, '[');
	for (int i = 0; i < DEEP; i++)
		aur_buf_byte(&deep, ']');
	aur_buf_str(&deep, "}</script>");
	ck_assert_int_eq(aur_proof_options((char *)deep.p, deep.n, &o, by, &fields, &e), AURE_DATA);
	ck_assert_ptr_nonnull(strstr(e.text, "nested too deep"));
	aur_buf_free(&deep);
	/* a proof of other shapes is compared, never trusted */
	const char *odd = "<script type=\"application/json\" id=\"auricule-proof\">{\"auricule-proof\":1,\"figures\":[1,{\"id\":3}],\"fingerprints\":{}}</script>";
	aur_verdict v = verify(odd, strlen(odd), ledger);
	ck_assert_int_eq(v.kind, AUR_VERIFY_FIGURE);
}
END_TEST

/* No request may be made by the page, and nobody's number is in it. */
START_TEST(nothing_out_nothing_exposed)
{
	static const char *const never[] = {"src=\"http", "href=\"http", "url(", "@import", "Bidule", "Tartempion", "Untel", "loc033", "d0324", "\"d0312\""};
	char *s = aur_buf_cstr(&page), *library = strstr(s, "var auriculeVega");
	if (library) /* its own text; the browser test sees what it does */
		*library = 0;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		ck_assert_msg(!strstr(s, never[i]), "%s", never[i]);
	/* what is under the threshold is in no machine format either */
	aur_arena arena = {0};
	aur_irr_table *t;
	uint32_t n;
	aur_error e;
	ck_assert_int_eq(aur_irr_tables(ledger, NULL, &arena, &t, &n, &e), AURE_OK);
	uint32_t hidden = 0;
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t c = 0; c < t[i].column_count; c++) {
			if (strcmp(t[i].columns[c], "people") || !strcmp(t[i].name, "without_theme_words"))
				continue;
			for (uint32_t r = 0; r < t[i].row_count; r++) {
				const char *v = t[i].cells[(size_t)r * t[i].column_count + c];
				hidden += *v == '<';
				ck_assert_msg(*v < '0' || *v > '9' || !strcmp(v, "0") || atoi(v) >= 5, "%s: %s people", t[i].name, v);
			}
		}
	ck_assert_uint_gt(hidden, 50);
	aur_buf json = {0}, csv = {0};
	ck_assert_int_eq(aur_ledger_json(ledger, &json, &e), AURE_OK);
	ck_assert(strstr(aur_buf_cstr(&json), "\"<5\"") != NULL);
	for (uint32_t i = 0; i < n; i++)
		aur_irr_table_csv(&t[i], &csv);
	ck_assert(!strstr(aur_buf_cstr(&csv), "Tartempion"));
	aur_buf_free(&json);
	aur_buf_free(&csv);
	aur_irr_tables_free(t, n);
	aur_arena_free(&arena);
}
END_TEST

static yajl_val data_of(const char *id)
{
	char begin[80], why[200];
	snprintf(begin, sizeof begin, "<script type=\"application/json\" id=\"%s\">", id);
	char *s = strstr(aur_buf_cstr(&page), begin);
	ck_assert_ptr_nonnull(s);
	s += strlen(begin);
	char *json = aur_xstrndup(s, (size_t)(strstr(s, "</script>") - s));
	yajl_val v = yajl_tree_parse(json, why, sizeof why);
	ck_assert_msg(v != NULL, "%s", why);
	free(json);
	return v;
}

static const char *string_of(yajl_val v)
{
	ck_assert(v && YAJL_IS_STRING(v));
	return v->u.string;
}

/* The words of a verbatim, without what says where they were found. */
static const char *words_of(yajl_val verbatim, aur_buf *b)
{
	b->n = 0;
	for (size_t i = 4; i < verbatim->u.array.len; i++)
		if (YAJL_IS_STRING(verbatim->u.array.values[i]))
			aur_buf_str(b, verbatim->u.array.values[i]->u.string);
	return aur_buf_cstr(b);
}

/* Two professionals at most came to each room, as the page prints: words that it calls a professional's anywhere are told of no room, neither by
 * their tag nor by the figure that opens them. */
START_TEST(the_one_professional)
{
	yajl_val data = data_of("auricule-data"), proof = data_of("auricule-proof");
	yajl_val all = yajl_tree_get(data, (const char *[]){"verbatims", NULL}, yajl_t_array);
	yajl_val figures = yajl_tree_get(proof, (const char *[]){"figures", NULL}, yajl_t_array);
	aur_buf a = {0}, b = {0};
	uint32_t professionals = 0, placed = 0;
	for (size_t i = 0; i < all->u.array.len; i++) {
		yajl_val x = all->u.array.values[i];
		const char *where = string_of(x->u.array.values[0]);
		if (strcmp(string_of(x->u.array.values[2]), "professionnel")) {
			placed += *where != 0;
			continue;
		}
		professionals++;
		words_of(x, &a);
		ck_assert_msg(!*where, "%s: %s", where, aur_buf_cstr(&a));
		for (size_t k = 0; k < figures->u.array.len; k++) {
			yajl_val f = figures->u.array.values[k], quotes = yajl_tree_get(f, (const char *[]){"quotes", NULL}, yajl_t_array);
			const char *id = string_of(yajl_tree_get(f, (const char *[]){"id", NULL}, yajl_t_string));
			bool all_rooms = !strncmp(id, "session/all/", 12);
			if (all_rooms || !(!strncmp(id, "session/", 8) || strstr(id, "/session/") || strstr(id, "/territory/") || strstr(id, "/kind/") || strstr(id, "/wave/")))
				continue;
			for (size_t q = 0; quotes && q < quotes->u.array.len; q++) {
				yajl_val y = all->u.array.values[YAJL_GET_INTEGER(quotes->u.array.values[q])];
				ck_assert_msg(strcmp(words_of(y, &b), aur_buf_cstr(&a)), "%s: %s", id, aur_buf_cstr(&a));
			}
		}
	}
	ck_assert_uint_gt(professionals, 3);
	ck_assert_uint_gt(placed, 50);
	aur_buf_free(&a);
	aur_buf_free(&b);
	yajl_tree_free(data);
	yajl_tree_free(proof);
}
END_TEST

/* A corpus without sessions, speakers or consent; and one without anything. */
START_TEST(other_corpora)
{
	aur_buf b = {0};
	aur_error e;
	demo_input *d = demo_input_read(RSA, NULL);
	aur_ledger *l = build(d);
	ck_assert_msg(aur_report_page(l, NULL, 0, assets, &b, &e) == AURE_OK, "%s:%u: %s", e.file, (unsigned)e.line, e.text);
	const char *s = aur_buf_cstr(&b);
	ck_assert_ptr_nonnull(strstr(s, "est <strong>80</strong>, mais la somme est <strong>93</strong>"));
	ck_assert_ptr_null(strstr(s, "Corpus inventé"));
	aur_ledger_free(l);
	demo_input_free(d);
	b.n = 0;
	aur_input none = {.title = {"vide", 4}};
	ck_assert_int_eq(aur_ledger_build(&none, &opt, &l, &e), AURE_OK);
	ck_assert_msg(aur_report_page(l, NULL, 0, assets, &b, &e) == AURE_OK, "%s:%u: %s", e.file, (unsigned)e.line, e.text);
	aur_ledger_free(l);
	aur_buf_free(&b);
}
END_TEST

/* ---- the template and the words ---- */

static const char *fill(const char *text, const aur_node *root, aur_buf *b)
{
	aur_template *t;
	aur_error e;
	b->n = 0;
	if (aur_template_parse("t", (aur_str){text, strlen(text)}, &t, &e) != AURE_OK)
		return "PARSE";
	aur_code code = aur_template_render(t, root, b, &e);
	aur_template_free(t);
	return code == AURE_OK ? aur_buf_cstr(b) : "RENDER";
}

START_TEST(template)
{
	aur_arena a = {0};
	aur_buf b = {0};
	aur_node *root = aur_node_map(&a), *list = aur_node_list(&a), *item = aur_node_map(&a), *empty = aur_node_list(&a);
	aur_node_text(&a, root, "x", "<a & \"b\">");
	aur_node_text(&a, root, "none", "");
	aur_node_text(&a, item, "y", "1");
	aur_node_push(&a, list, item);
	aur_node_push(&a, list, aur_node_str(&a, (aur_str){"two", 3}));
	aur_node_set(&a, root, "list", list);
	aur_node_set(&a, root, "empty", empty);
	ck_assert_str_eq(fill("{{x}} {{{x}}}{{! a note }}", root, &b), "&lt;a &amp; &quot;b&quot;&gt; <a & \"b\">");
	ck_assert_str_eq(fill("{{#none}}no{{/none}}{{^none}}yes{{/none}}{{^empty}}!{{/empty}}", root, &b), "yes!");
	ck_assert_str_eq(fill("{{<p}}[{{x}}]{{/p}}{{>p}}{{#x}}{{>p}}{{/x}}", root, &b), "[&lt;a &amp; &quot;b&quot;&gt;][&lt;a &amp; &quot;b&quot;&gt;]");
	ck_assert_str_eq(fill("{{#list}}.{{/list}}", root, &b), "..");
	ck_assert_str_eq(fill("{{nobody}}", root, &b), "RENDER");
	ck_assert_str_eq(fill("{{list}}", root, &b), "RENDER");
	ck_assert_str_eq(fill("{{>nobody}}", root, &b), "RENDER");
	ck_assert_str_eq(fill("{{<p}}{{>p}}{{/p}}{{>p}}", root, &b), "RENDER");
	ck_assert_str_eq(fill("{{x", root, &b), "PARSE");
	ck_assert_str_eq(fill("{{#x}}", root, &b), "PARSE");
	ck_assert_str_eq(fill("{{/x}}", root, &b), "PARSE");
	ck_assert_str_eq(fill("{{#x}}{{/y}}", root, &b), "PARSE");
	aur_buf_free(&b);
	aur_arena_free(&a);
}
END_TEST

START_TEST(french)
{
	aur_arena a = {0};
	aur_lang *s;
	aur_error e;
	FILE *f = fopen(SRCDIR "/report/fr.json", "rb");
	char json[16384];
	ck_assert_ptr_nonnull(f);
	json[fread(json, 1, sizeof json - 1, f)] = 0;
	fclose(f);
	ck_assert_msg(aur_lang_parse("fr.json", json, &s, &e) == AURE_OK, "%s", e.text);
	ck_assert_str_eq(aur_lang_date(s, &a, (aur_str){"2025-04-01", 10}), "1er avril 2025");
	ck_assert_str_eq(aur_lang_date(s, &a, (aur_str){"2025-04", 7}), "avril 2025");
	ck_assert_str_eq(aur_lang_date(s, &a, (aur_str){"2025", 4}), "2025");
	ck_assert_str_eq(aur_lang_date(s, &a, (aur_str){"2025-04-22 10:12", 16}), "22 avril 2025");
	ck_assert_str_eq(aur_lang_date(s, &a, (aur_str){"hier", 4}), "hier");
	ck_assert_str_eq(aur_lang_date(s, &a, (aur_str){"2025-13-01", 10}), "2025-13-01");
	ck_assert_str_eq(aur_lang_date_short(s, &a, (aur_str){"2026-01-15", 10}), "15 janv. 2026");
	aur_str set = aur_lang_set(s, &a, aur_str_of("Lieux d'accueil : « 8 m² » ; l'été 'ici' ?"));
	ck_assert_str_eq(set.ptr, "Lieux d’accueil\u00a0: «\u00a08 m²\u00a0»\u00a0; l’été 'ici'\u00a0?");
	ck_assert_uint_eq(set.len, strlen(set.ptr));
	ck_assert_uint_eq(aur_lang_set(s, &a, (aur_str){"", 0}).len, 0);
	ck_assert_str_eq(aur_lang_int(s, &a, 1234), "1234");
	ck_assert_str_eq(aur_lang_int(s, &a, 1234567), "1\u202f234\u202f567");
	ck_assert_str_eq(aur_lang_real(s, &a, -0.04, 1), "0,0");
	ck_assert_str_eq(aur_lang_real(s, &a, -2.25, 1), "\u22122,2");
	ck_assert_str_eq(aur_lang_percent(s, &a, 0.4167, 0), "42\u202f%");
	ck_assert_str_eq(aur_lang_p(s, &a, 0.0833), "p\u00a0=\u00a00,083");
	ck_assert_str_eq(aur_lang_p(s, &a, 1e-9), "p\u00a0<\u00a00,001");
	ck_assert_str_eq(aur_lang_word(s, "no.such.key"), "");
	aur_lang_free(s);
	ck_assert_int_eq(aur_lang_parse("x", "{", &s, &e), AURE_CONFIG);
	ck_assert_int_eq(aur_lang_parse("x", "{}", &s, &e), AURE_CONFIG);
	aur_arena_free(&a);
}
END_TEST

START_TEST(csv)
{
	static const char *const columns[] = {"a", "b"};
	const char *cells[] = {"=1+1", "-2.5", "x,\"y\"\nz", "-nom"};
	aur_irr_table t = {.name = "t", .columns = columns, .column_count = 2, .row_count = 2, .cells = cells};
	aur_buf b = {0};
	aur_irr_table_csv(&t, &b);
	ck_assert_str_eq(aur_buf_cstr(&b), "a,b\n\"'=1+1\",-2.5\n\"x,\"\"y\"\"\nz\",\"'-nom\"\n");
	aur_buf_free(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("report");
	TCase *c = tcase_create("page");
	seconds_at_most(c, 120);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, same_bytes);
	tcase_add_test(c, one_number_in_the_page);
	tcase_add_test(c, one_number_in_the_proof);
	tcase_add_test(c, what_made_a_figure);
	tcase_add_test(c, what_made_the_page);
	tcase_add_test(c, cut_or_continued);
	tcase_add_test(c, any_byte);
	tcase_add_test(c, another_corpus);
	tcase_add_test(c, much_changed);
	tcase_add_test(c, nobody_is_nobody);
	tcase_add_test(c, not_a_page);
	tcase_add_test(c, nothing_out_nothing_exposed);
	tcase_add_test(c, the_one_professional);
	tcase_add_test(c, other_corpora);
	suite_add_tcase(s, c);
	c = tcase_create("parts");
	tcase_add_test(c, template);
	tcase_add_test(c, french);
	tcase_add_test(c, csv);
	suite_add_tcase(s, c);
	return suite_run(s);
}
