/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <errno.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/hash.h"
#include "base/intl.h"
#include "lexicon/delta.h"
#include "lexicon/xml_root.h"

struct line {
	uint64_t key[2];
	int other; /* the other side has it */
};
struct side {
	xmlDoc **doc;
	unsigned n;
	struct line *line;
	size_t nlines, cap;
};

static int is(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The attributes that decide what is found, in order of their names. */
static void settings(const xmlNode *n, aur_buf *out)
{
	static const char *const no[] = {"version", "lang", "source", "note"};
	char *v[64];
	unsigned k = 0;
	for (const xmlAttr *a = n->properties; a && k < 64; a = a->next) {
		int skip = is(n, "entry") && !strcmp((const char *)a->name, "id");
		for (size_t i = 0; i < sizeof no / sizeof *no; i++)
			skip |= !strcmp((const char *)a->name, no[i]);
		if (skip)
			continue;
		xmlChar *s = xmlNodeGetContent((const xmlNode *)(const void *)a);
		aur_buf b = {0};
		aur_buf_printf(&b, "%s=%s", (const char *)a->name, s ? (char *)s : "");
		v[k++] = aur_buf_cstr(&b);
		xmlFree(s);
	}
	qsort(v, k, sizeof *v, by_text);
	aur_buf_str(out, (const char *)n->name);
	for (unsigned i = 0; i < k; i++) {
		aur_buf_byte(out, 1);
		aur_buf_str(out, v[i]);
		free(v[i]);
	}
	aur_buf_byte(out, 2);
}

/* What is said with @names in a text: the words behind them, and behind those. */
static void named(xmlNode *root, const char *text, unsigned depth, aur_buf *out)
{
	if (!strchr(text, '@') || depth > 8)
		return;
	for (xmlNode *w = root->children; w; w = w->next) {
		xmlChar *id = is(w, "words") ? xmlGetNoNsProp(w, (const xmlChar *)"id") : NULL;
		for (const char *p = id ? strchr(text, '@') : NULL; p; p = strchr(p + 1, '@'))
			if (!strncmp(p + 1, (char *)id, strlen((char *)id))) {
				xmlChar *s = xmlNodeGetContent(w);
				settings(w, out);
				aur_buf_str(out, s ? (char *)s : "");
				aur_buf_byte(out, 3);
				if (s)
					named(root, (char *)s, depth + 1, out);
				xmlFree(s);
				break;
			}
		xmlFree(id);
	}
}

static void context(xmlNode *n, aur_buf *out)
{
	if (n->parent && n->parent->type == XML_ELEMENT_NODE)
		context(n->parent, out);
	settings(n, out);
}

typedef int (*line_fn)(void *ctx, const char *context, size_t n, xmlNode *root, const char *line); /* 0: take it out */

/* Calls fn for each line of each entry and exclusion under n; with `prune` set, entries keep what fn kept. */
static void lines(xmlNode *n, xmlNode *root, line_fn fn, void *ctx, int prune)
{
	for (xmlNode *k = n->children, *next; k; k = next) {
		next = k->next;
		if (is(k, "theme"))
			lines(k, root, fn, ctx, prune);
		if (!is(k, "entry") && !is(k, "exclude"))
			continue;
		aur_buf c = {0}, keep = {0};
		xmlChar *text = xmlNodeGetContent(k);
		char *save = NULL;
		context(k, &c);
		for (char *l = text ? strtok_r((char *)text, "\r\n", &save) : NULL; l; l = strtok_r(NULL, "\r\n", &save)) {
			l += strspn(l, " \t");
			size_t len = strlen(l);
			while (len && (l[len - 1] == ' ' || l[len - 1] == '\t'))
				l[--len] = 0;
			if (len && fn(ctx, (char *)c.p, c.n, root, l)) {
				aur_buf_str(&keep, l);
				aur_buf_byte(&keep, '\n');
			}
		}
		if (prune && keep.n) {
			xmlNode *t = xmlNewText((const xmlChar *)aur_buf_cstr(&keep));
			while (k->children) {
				xmlNode *x = k->children;
				xmlUnlinkNode(x);
				xmlFreeNode(x);
			}
			xmlAddChild(k, t);
			xmlNodeSetName(k, (const xmlChar *)"entry");
			xmlUnsetProp(k, (const xmlChar *)"weight");
			xmlUnsetProp(k, (const xmlChar *)"id");
		} else if (prune) {
			xmlUnlinkNode(k);
			xmlFreeNode(k);
		}
		xmlFree(text);
		aur_buf_free(&c);
		aur_buf_free(&keep);
	}
}

static void key_of(const char *context_, size_t n, xmlNode *root, const char *line, uint64_t key[2])
{
	aur_buf b = {0};
	aur_buf_put(&b, context_, n);
	aur_buf_str(&b, line);
	aur_buf_byte(&b, 3);
	char *own = aur_xstrdup(aur_buf_cstr(&b)); /* b grows */
	named(root, own, 0, &b);
	free(own);
	key[0] = aur_hash64(b.p, b.n, 1);
	key[1] = aur_hash64(b.p, b.n, 2);
	aur_buf_free(&b);
}

static int collect(void *ctx, const char *c, size_t n, xmlNode *root, const char *line)
{
	struct side *s = ctx;
	AUR_GROW(s->line, s->nlines, s->cap);
	s->line[s->nlines].other = 0;
	key_of(c, n, root, line, s->line[s->nlines++].key);
	return 1;
}

static aur_code load(const aur_paths *p, struct side *s, aur_error *err)
{
	s->doc = aur_xcalloc((size_t)p->n + 1, sizeof *s->doc);
	for (unsigned i = 0; i < p->n; i++) {
		s->doc[i] = xmlReadFile(p->path[i], NULL, AUR_XML_ALONE);
		xmlNode *root = s->doc[i] ? xmlDocGetRootElement(s->doc[i]) : NULL;
		s->n++;
		if (!root)
			return aur_fail(err, AURE_CONFIG, _("the lexicon %s cannot be read, or is not well-formed XML"), p->path[i]);
		lines(root, root, collect, s, 0);
	}
	return AURE_OK;
}

static void unload(struct side *s)
{
	for (unsigned i = 0; i < s->n; i++)
		if (s->doc[i])
			xmlFreeDoc(s->doc[i]);
	free(s->doc);
	free(s->line);
}

static int by_key(const void *a, const void *b, void *ctx)
{
	const struct side *s = ctx;
	size_t i = *(const size_t *)a, k = *(const size_t *)b;
	int c = memcmp(s->line[i].key, s->line[k].key, sizeof s->line[i].key);
	return c ? c : i < k ? -1 : i > k;
}

static size_t *sorted(struct side *s)
{
	size_t *v = aur_xcalloc(s->nlines + 1, sizeof *v);
	for (size_t i = 0; i < s->nlines; i++)
		v[i] = i;
	qsort_r(v, s->nlines, sizeof *v, by_key, s);
	return v;
}

/* Marks the lines that both have, as often as both have them; returns 1 where those stand in the same order. */
static int match(struct side *a, struct side *b)
{
	size_t *x = sorted(a), *y = sorted(b), i = 0, k = 0;
	while (i < a->nlines && k < b->nlines) {
		int c = memcmp(a->line[x[i]].key, b->line[y[k]].key, sizeof a->line[0].key);
		if (!c)
			a->line[x[i]].other = b->line[y[k]].other = 1;
		i += c <= 0;
		k += c >= 0;
	}
	free(x);
	free(y);
	for (i = k = 0;; i++, k++) {
		while (i < a->nlines && !a->line[i].other)
			i++;
		while (k < b->nlines && !b->line[k].other)
			k++;
		if (i == a->nlines || k == b->nlines)
			return i == a->nlines && k == b->nlines;
		if (memcmp(a->line[i].key, b->line[k].key, sizeof a->line[0].key))
			return 0;
	}
}

struct pruning {
	struct side *s;
	size_t at;
	unsigned kept;
};

static int changed(void *ctx, const char *c, size_t n, xmlNode *root, const char *line)
{
	struct pruning *p = ctx;
	(void)c, (void)n, (void)root, (void)line;
	int keep = !p->s->line[p->at++].other;
	p->kept += (unsigned)keep;
	return keep;
}

static int has_entry(const xmlNode *n)
{
	for (const xmlNode *k = n->children; k; k = k->next)
		if (is(k, "entry") || (is(k, "theme") && has_entry(k)))
			return 1;
	return 0;
}

static void tidy(xmlNode *n)
{
	xmlUnsetProp(n, (const xmlChar *)"threshold");
	xmlUnsetProp(n, (const xmlChar *)"weight");
	for (xmlNode *k = n->children, *next; k; k = next) {
		next = k->next;
		if (!is(k, "theme"))
			continue;
		if (has_entry(k)) {
			tidy(k);
		} else {
			xmlUnlinkNode(k);
			xmlFreeNode(k);
		}
	}
}

static aur_code prune(struct side *s, aur_delta *d, const char *what, aur_error *err)
{
	struct pruning p = {.s = s};
	for (unsigned i = 0; i < s->n; i++) {
		xmlNode *root = xmlDocGetRootElement(s->doc[i]);
		char path[1100], id[64];
		p.kept = 0;
		lines(root, root, changed, &p, 1);
		if (!p.kept)
			continue;
		d->lines += p.kept;
		tidy(root);
		/* the same lexicon may stand on both sides: names that cannot meet */
		snprintf(id, sizeof id, "delta-%s-%u", what, i);
		xmlChar *theme = xmlGetNoNsProp(root, (const xmlChar *)"theme"), *old = xmlGetNoNsProp(root, (const xmlChar *)"id");
		if (!theme && old)
			xmlSetProp(root, (const xmlChar *)"theme", old);
		xmlSetProp(root, (const xmlChar *)"id", (const xmlChar *)id);
		xmlFree(theme);
		xmlFree(old);
		snprintf(path, sizeof path, "%s/%s.xml", d->dir, id);
		AUR_GROW(d->made.path, d->made.n, d->made.cap);
		d->made.path[d->made.n++] = aur_xstrdup(path);
		if (xmlSaveFile(path, s->doc[i]) < 0)
			return aur_fail(err, AURE_IO, _("%s cannot be written: %s"), path, strerror(errno));
	}
	return AURE_OK;
}

aur_code aur_delta_new(const aur_paths *old, const aur_paths *new_, aur_delta *out, aur_error *err)
{
	struct side a = {0}, b = {0};
	aur_delta d = {0};
	const char *tmp = getenv("TMPDIR");
	aur_code c = load(old, &a, err);
	if (!c)
		c = load(new_, &b, err);
	if (!c) {
		d.all = !match(&a, &b);
		snprintf(d.dir, sizeof d.dir, "%s/auricule-XXXXXX", tmp && *tmp && strlen(tmp) < sizeof d.dir - 32 ? tmp : "/tmp");
		if (!mkdtemp(d.dir)) {
			c = aur_fail(err, AURE_IO, _("no temporary folder can be made in %s: %s; set TMPDIR"), d.dir, strerror(errno));
			d.dir[0] = 0;
		}
	}
	if (!c && !d.all)
		c = prune(&a, &d, "old", err);
	if (!c && !d.all)
		c = prune(&b, &d, "new", err);
	unload(&a);
	unload(&b);
	if (c)
		aur_delta_sweep(&d);
	else
		*out = d;
	return c;
}

void aur_delta_sweep(aur_delta *d)
{
	for (unsigned i = 0; i < d->made.n; i++)
		unlink(d->made.path[i]);
	if (d->dir[0])
		rmdir(d->dir);
	aur_paths_free(&d->made);
	d->made = (aur_paths){0};
	d->dir[0] = 0;
}
