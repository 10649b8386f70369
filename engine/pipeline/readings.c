/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/intl.h"
#include "pipeline/pipeline_file.h"
#include "pipeline/readings.h"
#include "plugin/registry.h"
#include "text/fold.h"

static void one(xmlNode *n, aur_reading *r)
{
	char *f = aur_pipeline_attr(n, "fields"), *save = NULL;
	bool stance = !strcmp((const char *)n->name, "stance");
	*r = (aur_reading){.as = stance ? aur_xstrdup("stance") : aur_pipeline_attr(n, "as")};
	for (char *w = f ? strtok_r(f, " \t\n", &save) : NULL; w && r->nfields < 8; w = strtok_r(NULL, " \t\n", &save))
		r->field[r->nfields++] = aur_xstrdup(w);
	free(f);
	for (xmlNode *k = n->children; k; k = k->next) {
		char *v, *is;
		if (k->type != XML_ELEMENT_NODE || strcmp((const char *)k->name, "map"))
			continue;
		v = aur_pipeline_attr(k, "value");
		is = aur_pipeline_attr(k, stance ? "stance" : "is");
		if (v && is) {
			aur_buf b = {0};
			aur_text_fold(&b, v, strlen(v));
			r->map = aur_xrealloc(r->map, (r->nmap + 1) * sizeof *r->map);
			r->map[r->nmap].value = aur_buf_cstr(&b);
			r->map[r->nmap++].is = is;
			is = NULL;
		}
		free(v);
		free(is);
	}
}

void aur_readings_parse(const char *xml, aur_readings *out)
{
	*out = (aur_readings){0};
	xmlDoc *d = xml ? xmlReadMemory(xml, (int)strlen(xml), "pipeline.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
			: NULL;
	xmlNode *root = d ? xmlDocGetRootElement(d) : NULL;
	for (xmlNode *n = root ? root->children : NULL; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && (!strcmp((const char *)n->name, "read") || !strcmp((const char *)n->name, "stance"))) {
			out->r = aur_xrealloc(out->r, (out->n + 1) * sizeof *out->r);
			one(n, &out->r[out->n++]);
		}
	if (d)
		xmlFreeDoc(d);
}

void aur_readings_free(aur_readings *r)
{
	for (unsigned i = 0; i < r->n; i++) {
		aur_reading *x = &r->r[i];
		free(x->as);
		for (unsigned k = 0; k < x->nfields; k++)
			free(x->field[k]);
		for (unsigned k = 0; k < x->nmap; k++) {
			free(x->map[k].value);
			free(x->map[k].is);
		}
		free(x->map);
	}
	free(r->r);
	*r = (aur_readings){0};
}

const aur_reading *aur_readings_get(const aur_readings *r, const char *as)
{
	for (unsigned i = 0; i < r->n; i++)
		if (r->r[i].as && !strcmp(r->r[i].as, as))
			return &r->r[i];
	return NULL;
}

/* Does a folded value match a pattern such as « *garder* »?  A pattern without a star matches nothing. */
static int fits(const char *pattern, const char *v, size_t n)
{
	size_t len = strlen(pattern), first = len && *pattern == '*', last = len > first && pattern[len - 1] == '*';
	len -= first + last;
	if (!(first || last) || len > n)
		return 0;
	if (!first || !last)
		return !memcmp(first ? v + n - len : v, pattern + first, len);
	for (size_t i = 0; i + len <= n; i++)
		if (!memcmp(v + i, pattern + 1, len))
			return 1;
	return 0;
}

const char *aur_reading_one(const aur_reading *r, const char *value, size_t n, int *several)
{
	const char *is = NULL;
	aur_buf b = {0};
	*several = 0;
	if (!r)
		return NULL;
	aur_text_fold(&b, value, n);
	for (unsigned i = 0; i < r->nmap && !is; i++)
		if (strlen(r->map[i].value) == b.n && !memcmp(r->map[i].value, b.p, b.n))
			is = r->map[i].is;
	const char *like = NULL;
	for (unsigned i = 0; i < r->nmap && !is && b.n; i++)
		if (fits(r->map[i].value, (char *)b.p, b.n)) {
			*several |= like && strcmp(like, r->map[i].is);
			like = r->map[i].is;
		}
	aur_buf_free(&b);
	return is || *several ? is : like;
}

const char *aur_reading_is(const aur_reading *r, const char *value, size_t n)
{
	int several;
	return aur_reading_one(r, value, n, &several);
}

int aur_reading_says_nothing(const aur_reading *r, const char *text, size_t n)
{
	aur_buf b = {0};
	if (!r)
		return 0;
	for (size_t i = 0; i < n && b.n < 80; i++) {
		unsigned char c = (unsigned char)text[i];
		int letter = c >= 128 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
		if (i + 2 < n && c == 0xE2 && (unsigned char)text[i + 1] == 0x80) { /* ’ … – and the like */
			letter = 0;
			i += 2;
		} else if (i + 1 < n && c == 0xC2 && (unsigned char)text[i + 1] < 0xC0) { /* « » and no-break spaces */
			letter = 0;
			i++;
		}
		if (letter)
			aur_buf_byte(&b, c);
		else if (b.n && b.p[b.n - 1] != ' ')
			aur_buf_byte(&b, ' ');
	}
	while (b.n && b.p[b.n - 1] == ' ')
		b.n--;
	int yes = !b.n || (b.n < 80 && aur_reading_is(r, (char *)b.p, b.n) != NULL);
	aur_buf_free(&b);
	return yes;
}

static void text_of(xmlNode *n, const char *name, aur_buf *out)
{
	for (xmlNode *k = n->children; k; k = k->next)
		if (k->type == XML_ELEMENT_NODE && !strcmp((const char *)k->name, name)) {
			xmlChar *t = xmlNodeGetContent(k);
			int space = 0;
			for (const char *p = t ? (const char *)t : ""; *p; p++) { /* joins the lines of the file */
				if (*p == ' ' || *p == '\n' || *p == '\t') {
					space = out->n > 0;
				} else {
					if (space)
						aur_buf_byte(out, ' ');
					space = 0;
					aur_buf_byte(out, (unsigned char)*p);
				}
			}
			xmlFree(t);
			return;
		}
}

static xmlNode *find(xmlNode *n, const char *theme)
{
	for (xmlNode *k = n->children; k; k = k->next) {
		if (k->type != XML_ELEMENT_NODE || strcmp((const char *)k->name, "theme"))
			continue;
		char *id = aur_pipeline_attr(k, "id");
		int same = id && !strcmp(id, theme);
		free(id);
		xmlNode *in = same ? k : find(k, theme);
		if (in)
			return in;
	}
	return NULL;
}

int aur_lexicon_digest(const char *path, char hex[33])
{
	char chunk[16384];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		return 0;
	aur_fp fp;
	aur_fp_init(&fp);
	while ((n = fread(chunk, 1, sizeof chunk, f)))
		aur_fp_add(&fp, chunk, n);
	int whole = !ferror(f);
	fclose(f);
	aur_fp_hex(&fp, hex);
	return whole;
}

int aur_theme_title(const char *path, const char *theme, aur_buf *title, aur_buf *definition)
{
	int ok = 0;
	xmlDoc *d = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!d && !strchr(theme, '.')) { /* reported once, for the top theme */
		aur_buf m = {0};
		aur_buf_printf(&m, _("the lexicon %s cannot be read, or is not well-formed XML: its themes are called by their codes"), path);
		aur_host_warn(aur_buf_cstr(&m));
		aur_buf_free(&m);
	}
	xmlNode *root = d ? xmlDocGetRootElement(d) : NULL;
	if (root) {
		char *id = aur_pipeline_attr(root, "theme"), *name = aur_pipeline_attr(root, "id");
		xmlNode *n = !strcmp(id ? id : name ? name : "", theme) ? root : find(root, theme);
		if (n) {
			text_of(n, "title", title);
			text_of(n, "definition", definition);
			ok = title->n > 0;
		}
		free(id);
		free(name);
	}
	if (d)
		xmlFreeDoc(d);
	return ok;
}

static void tell_theme(xmlNode *n, const char *lexicon, const char *code, aur_theme_fn fn, void *ctx)
{
	aur_buf title = {0}, definition = {0};
	text_of(n, "title", &title);
	text_of(n, "definition", &definition);
	fn(ctx, lexicon, code, aur_buf_cstr(&title), aur_buf_cstr(&definition));
	aur_buf_free(&title);
	aur_buf_free(&definition);
	for (xmlNode *k = n->children; k; k = k->next) {
		char *id = k->type == XML_ELEMENT_NODE && !strcmp((const char *)k->name, "theme") ? aur_pipeline_attr(k, "id") : NULL;
		if (id)
			tell_theme(k, lexicon, id, fn, ctx);
		free(id);
	}
}

void aur_themes_of(const char *path, aur_theme_fn fn, void *ctx)
{
	xmlDoc *d = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	xmlNode *root = d ? xmlDocGetRootElement(d) : NULL;
	char *id = root ? aur_pipeline_attr(root, "id") : NULL, *theme = root ? aur_pipeline_attr(root, "theme") : NULL;
	if (id && !strcmp((const char *)root->name, "lexicon"))
		tell_theme(root, id, theme ? theme : id, fn, ctx);
	free(id);
	free(theme);
	if (d)
		xmlFreeDoc(d);
}
