/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>
#include "base/hash.h"
#include "base/intl.h"
#include "report/verify.h"

#define PROOF_BEGIN "<script type=\"application/json\" id=\"auricule-proof\">"
#define PROOF_END "</script>"
#define SEAL_BEGIN "<!-- auricule-seal "

static const char *find(const char *hay, size_t len, const char *needle)
{
	return len ? memmem(hay, len, needle, strlen(needle)) : NULL;
}

/* The last occurrence: a verbatim cannot contain it, as its "<" is escaped, but somebody may have edited one in before ours. */
static const char *find_last(const char *hay, size_t len, const char *needle)
{
	const char *last = NULL, *p = hay;
	while ((p = find(p, (size_t)(hay + len - p), needle))) {
		last = p;
		p++;
	}
	return last;
}

/* yajl frees a tree by recursion, so that endless brackets would crash the program.  Our own JSON is five deep. */
static bool is_deep(const char *p)
{
	uint32_t depth = 0;
	for (bool text = false; *p && depth < 100; p++) {
		if (*p == '"')
			text = !text;
		else if (text)
			p += *p == '\\' && p[1];
		else
			depth += (*p == '[' || *p == '{') - (uint32_t)(depth && (*p == ']' || *p == '}'));
	}
	return *p;
}

static aur_code proof_tree(const char *page, size_t len, yajl_val *out, aur_error *e)
{
	char why[200] = "it is nested too deep"; /* not translated, like the parser's messages */
	if (len > AUR_PAGE_MAX)
		return aur_fail(e, AURE_DATA, _("this file is too large to be a report"));
	const char *from = find_last(page, len, PROOF_BEGIN);
	if (!from)
		return aur_fail(e, AURE_DATA, _("this file is not a report of auricule: it holds no proof"));
	from += strlen(PROOF_BEGIN);
	const char *to = find(from, (size_t)(page + len - from), PROOF_END);
	if (!to)
		return aur_fail(e, AURE_DATA, _("the proof in this report is cut off"));
	char *json = aur_xstrndup(from, (size_t)(to - from));
	yajl_val v = is_deep(json) ? NULL : yajl_tree_parse(json, why, sizeof why);
	free(json);
	if (!v && strstr(why, "client cancelled")) /* all that yajl_tree says where it gets no memory, and only there */
		return aur_fail(e, AURE_NOMEM, _("no memory left"));
	if (!v)
		return aur_fail(e, AURE_DATA, _("the proof in this report was damaged: %.150s"), why);
	if (!YAJL_IS_OBJECT(v) || !yajl_tree_get(v, (const char *[]){"auricule-proof", NULL}, yajl_t_number)) {
		yajl_tree_free(v);
		return aur_fail(e, AURE_DATA, _("the proof in this report was damaged: it is not one of ours"));
	}
	*out = v;
	return AURE_OK;
}

static bool whole(yajl_val v, const char *key, long long min, long long max, uint32_t *out)
{
	yajl_val n = yajl_tree_get(v, (const char *[]){"options", key, NULL}, yajl_t_number);
	if (!n || !YAJL_IS_INTEGER(n) || YAJL_GET_INTEGER(n) < min || YAJL_GET_INTEGER(n) > max)
		return false;
	*out = (uint32_t)YAJL_GET_INTEGER(n);
	return true;
}

/* Appends copies of the option "by", a list of short texts, to by[0..*fields).  False: it is something else. */
static bool fields_of(yajl_val v, char *by[AUR_PROOF_FIELDS], uint32_t *fields)
{
	yajl_val list = yajl_tree_get(v, (const char *[]){"options", "by", NULL}, yajl_t_any);
	if (list && (!YAJL_IS_ARRAY(list) || list->u.array.len > AUR_PROOF_FIELDS))
		return false;
	for (size_t i = 0; list && i < list->u.array.len; i++) {
		const char *s = YAJL_GET_STRING(list->u.array.values[i]);
		if (!s || strlen(s) > 1000)
			return false;
		by[(*fields)++] = aur_xstrdup(s);
	}
	return true;
}

aur_code aur_proof_options(const char *page, size_t len, aur_irr_options *opt, char *by[AUR_PROOF_FIELDS], uint32_t *fields, aur_error *e)
{
	yajl_val v;
	*fields = 0;
	aur_code code = proof_tree(page, len, &v, e);
	if (code != AURE_OK)
		return code;
	if (!whole(v, "k", 0, 1000000, &opt->k) || !whole(v, "quotes", 0, 100, &opt->quote_count) || !whole(v, "words", 0, 1000, &opt->word_count) ||
	    !fields_of(v, by, fields)) {
		code = aur_fail(e, AURE_DATA, _("the proof in this report was damaged: its options make no sense"));
		while (*fields)
			free(by[--*fields]);
	}
	yajl_tree_free(v);
	return code;
}

static bool sealed(const char *page, size_t len)
{
	const char *seal = find_last(page, len, SEAL_BEGIN);
	if (!seal)
		return false;
	aur_fp fp;
	char hex[33], tail[80];
	aur_fp_init(&fp);
	aur_fp_add(&fp, page, (size_t)(seal - page));
	aur_fp_hex(&fp, hex);
	int n = snprintf(tail, sizeof tail, SEAL_BEGIN "%s -->\n", hex);
	return (size_t)(page + len - seal) == (size_t)n && !memcmp(seal, tail, (size_t)n);
}

static const char *text(yajl_val v, const char *key)
{
	yajl_val s = v && YAJL_IS_OBJECT(v) ? yajl_tree_get(v, (const char *[]){key, NULL}, yajl_t_string) : NULL;
	return s ? YAJL_GET_STRING(s) : NULL;
}

static bool differ(const char *a, const char *b)
{
	return (!a != !b) || (a && b && strcmp(a, b));
}

static bool same_value(yajl_val a, yajl_val b)
{
	if (!a || !b || a->type != b->type)
		return !a && !b;
	switch (a->type) {
	case yajl_t_string:
		return !strcmp(a->u.string, b->u.string);
	case yajl_t_number:
		return !strcmp(a->u.number.r, b->u.number.r);
	case yajl_t_array:
		if (a->u.array.len != b->u.array.len)
			return false;
		for (size_t i = 0; i < a->u.array.len; i++)
			if (!same_value(a->u.array.values[i], b->u.array.values[i]))
				return false;
		return true;
	case yajl_t_object:
		if (a->u.object.len != b->u.object.len)
			return false;
		for (size_t i = 0; i < a->u.object.len; i++)
			if (strcmp(a->u.object.keys[i], b->u.object.keys[i]) || !same_value(a->u.object.values[i], b->u.object.values[i]))
				return false;
		return true;
	default:
		return true;
	}
}

static yajl_val member(yajl_val v, const char *key)
{
	return v && YAJL_IS_OBJECT(v) ? yajl_tree_get(v, (const char *[]){key, NULL}, yajl_t_any) : NULL;
}

static const char *part_of(yajl_val print, size_t k)
{
	yajl_val v = YAJL_IS_ARRAY(print) && k < print->u.array.len ? print->u.array.values[k] : NULL;
	return v && YAJL_IS_STRING(v) ? YAJL_GET_STRING(v) : "";
}

aur_code aur_proof_contributions(const char *page, size_t len, char print[AUR_PROOF_PRINT], aur_error *e)
{
	yajl_val v;
	*print = 0;
	aur_code code = proof_tree(page, len, &v, e);
	if (code != AURE_OK)
		return code;
	yajl_val all = member(v, "fingerprints");
	for (size_t i = 0; all && YAJL_IS_ARRAY(all) && i < all->u.array.len && !*print; i++) {
		yajl_val x = all->u.array.values[i];
		if (!strcmp(part_of(x, 0), "corpus") && !strcmp(part_of(x, 1), "contributions"))
			snprintf(print, AUR_PROOF_PRINT, "%s", part_of(x, 3));
	}
	yajl_tree_free(v);
	return *print ? AURE_OK : aur_fail(e, AURE_DATA, _("the proof in this report was damaged: it is not one of ours"));
}

/* The kind of what made a figure, in the words of the person. */
static const char *kind_said(const char *kind)
{
	static const char *const kinds[] = {N_("corpus"), N_("engine"), N_("pipeline"), N_("mask"), N_("plugin"), N_("lexicon"), N_("page")};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kind, kinds[i]))
			return _(kinds[i]);
	return kind;
}

/* Is `print` among the fingerprints of a page: the same in all, or (name) in kind and name? */
static bool printed(yajl_val all, yajl_val print, bool name)
{
	for (size_t i = 0; all && YAJL_IS_ARRAY(all) && i < all->u.array.len; i++) {
		yajl_val x = all->u.array.values[i];
		if (name ? !strcmp(part_of(x, 0), part_of(print, 0)) && !strcmp(part_of(x, 1), part_of(print, 1)) : same_value(x, print))
			return true;
	}
	return false;
}

/* Lists fingerprints of the page that changed or are gone, then new ones.  Compared by name, so that one that comes or goes does
 * not make the others differ. */
static void compare_prints(yajl_val was, yajl_val is, aur_verdict *out)
{
	yajl_val of[2] = {member(was, "fingerprints"), member(is, "fingerprints")};
	for (int k = 0; k < 2; k++)
		for (size_t i = 0; of[k] && YAJL_IS_ARRAY(of[k]) && i < of[k]->u.array.len; i++) {
			yajl_val x = of[k]->u.array.values[i];
			if (printed(of[!k], x, k))
				continue;
			size_t used = strlen(out->changed), room = sizeof out->changed - used, more = sizeof ", …";
			const char *kind = kind_said(part_of(x, 0)), *name = part_of(x, 1);
			if (strlen(kind) + strlen(name) + 3 + more > room) { /* whole names, and that there are others */
				snprintf(out->changed + used, room, ", …");
				return;
			}
			snprintf(out->changed + used, room, "%s%s%s%s", used ? ", " : "", kind, *name ? " " : "", name);
		}
}

static void keep(char *to, size_t size, const char *s)
{
	snprintf(to, size, "%s", s ? s : "");
}

typedef struct named {
	const char *id;
	size_t at;
} named;

static int by_id(const void *a, const void *b)
{
	const named *x = a, *y = b;
	int c = strcmp(x->id, y->id);
	return c ? c : x->at < y->at ? -1 : x->at > y->at;
}

/* Ignores which verbatims are behind a figure: their numbers in the page may shift. */
static bool same_figure(yajl_val x, yajl_val y)
{
	return x && y && !differ(text(x, "value"), text(y, "value")) && !differ(text(x, "query"), text(y, "query")) &&
	       same_value(member(x, "inputs"), member(y, "inputs"));
}

static void differs(yajl_val x, yajl_val y, aur_verdict *out)
{
	if (out->differing++)
		return;
	bool query = x && y && !differ(text(x, "value"), text(y, "value")) && differ(text(x, "query"), text(y, "query"));
	out->kind = AUR_VERIFY_FIGURE;
	keep(out->figure, sizeof out->figure, text(x ? x : y, "id"));
	keep(out->said, sizeof out->said, x ? text(x, query ? "query" : "value") : NULL);
	keep(out->is, sizeof out->is, y ? text(y, query ? "query" : "value") : NULL);
}

/* Compares figures by id, in the order of the page. */
static void compare_figures(yajl_val was, yajl_val is, aur_verdict *out)
{
	yajl_val a = member(was, "figures"), b = member(is, "figures");
	size_t n = a && YAJL_IS_ARRAY(a) ? a->u.array.len : 0, m = b && YAJL_IS_ARRAY(b) ? b->u.array.len : 0, k = 0;
	named *names = aur_xmalloc((m + 1) * sizeof *names);
	bool *met = aur_xcalloc(m + 1, sizeof *met);
	out->figures = (uint32_t)n;
	for (size_t i = 0; i < m; i++) {
		const char *id = text(b->u.array.values[i], "id");
		if (id)
			names[k++] = (named){id, i};
	}
	qsort(names, k, sizeof *names, by_id);
	for (size_t i = 0; i < n; i++) {
		yajl_val x = a->u.array.values[i], y = NULL;
		const char *id = text(x, "id");
		if (id) {
			size_t lo = 0, hi = k;
			while (lo < hi) {
				size_t mid = lo + (hi - lo) / 2;
				if (strcmp(names[mid].id, id) < 0)
					lo = mid + 1;
				else
					hi = mid;
			}
			if (lo < k && !strcmp(names[lo].id, id)) {
				y = b->u.array.values[names[lo].at];
				met[names[lo].at] = true;
			}
		}
		if (!same_figure(x, y))
			differs(x, y, out);
	}
	for (size_t i = 0; i < m; i++)
		if (!met[i]) {
			out->figures++;
			differs(NULL, b->u.array.values[i], out);
		}
	free(names);
	free(met);
}

/* Compares the page byte by byte: finds where it first differs, and the figure that is printed there. */
static void compare_bytes(const char *page, size_t len, const aur_buf *now, yajl_val is, aur_verdict *out)
{
	const char *b = (const char *)now->p;
	size_t i = 0, n = len < now->n ? len : now->n;
	while (i < n && page[i] == b[i])
		i++;
	if (i == len && i == now->n)
		return;
	out->kind = AUR_VERIFY_PROSE;
	out->line = 1;
	for (size_t k = 0; k < i; k++)
		out->line += page[k] == '\n';
	/* find the tag with data-f="N" that begins before the difference, on its line; the difference is in the tag or in the figure
	 * that stands in it, and not after that */
	size_t tag = i;
	while (tag > 0 && !(b[tag - 1] == '<' && (b[tag] == 'a' || b[tag] == 's')) && b[tag - 1] != '\n')
		tag--;
	const char *mark = find(b + tag, i - tag < now->n - tag ? i - tag : 0, "data-f=\""), *open = memchr(b + tag, '>', i - tag);
	if (mark && !(open && memchr(open, '<', i - (size_t)(open - b)))) {
		long f = strtol(mark + 8, NULL, 10);
		yajl_val figs = member(is, "figures");
		if (figs && YAJL_IS_ARRAY(figs) && f >= 0 && (size_t)f < figs->u.array.len) {
			keep(out->figure, sizeof out->figure, text(figs->u.array.values[f], "id"));
			keep(out->is, sizeof out->is, text(figs->u.array.values[f], "value"));
		}
		/* what the page has there instead */
		if (open) {
			size_t from = (size_t)(open + 1 - b), to = from;
			while (to < len && page[to] != '<' && to - from < sizeof out->said - 1)
				to++;
			memcpy(out->said, page + from, to - from);
			out->said[to - from] = 0;
		}
	}
	if (!out->said[0]) {
		size_t from = i > 30 ? i - 30 : 0, to = i + 30 < len ? i + 30 : len;
		while (from < i && ((unsigned char)page[from] & 0xC0) == 0x80)
			from++;
		while (to > i && to < len && ((unsigned char)page[to] & 0xC0) == 0x80)
			to--;
		if (to > from) {
			memcpy(out->said, page + from, to - from);
			out->said[to - from] = 0;
		}
	}
	for (char *p = out->said; *p; p++)
		if ((unsigned char)*p < ' ')
			*p = ' ';
}

aur_code aur_verify(const char *page, size_t len, const aur_ledger *l, aur_cross *const *cross, uint32_t crosses, const aur_assets *assets, aur_verdict *out,
		    aur_error *e)
{
	aur_verdict v = {.kind = AUR_VERIFIED};
	aur_buf now = {0};
	yajl_val was = NULL, is = NULL;
	aur_code code = proof_tree(page, len, &was, e);
	if (code == AURE_OK)
		code = aur_report_page(l, cross, crosses, assets, &now, e);
	if (code == AURE_OK)
		code = proof_tree((const char *)now.p, now.n, &is, e);
	if (code == AURE_OK) {
		v.altered = !sealed(page, len);
		compare_prints(was, is, &v);
		compare_figures(was, is, &v);
		if (v.kind == AUR_VERIFIED && *v.changed)
			v.kind = AUR_VERIFY_FINGERPRINT;
		/* an altered page is compared byte by byte even if its figures and fingerprints agree */
		if (v.kind == AUR_VERIFIED || (v.kind == AUR_VERIFY_FINGERPRINT && v.altered))
			compare_bytes(page, len, &now, is, &v);
		*out = v;
	}
	if (was)
		yajl_tree_free(was);
	if (is)
		yajl_tree_free(is);
	aur_buf_free(&now);
	return code;
}
