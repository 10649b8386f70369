/* SPDX-License-Identifier: Apache-2.0 */
/* REFI-QDA codebooks (.qdc) and Yoshikoder dictionaries (.ykd).  Namespaces are not looked at: programs write wrong ones. */
#include "config.h"
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include "base/intl.h"
#include "index/index.h"
#include "lexicon/dict.h"
#include "lexicon/xml_root.h"
#include "pipeline/pipeline_file.h"

static int is(const xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name);
}

static unsigned line_of(xmlNode *n)
{
	long l = xmlGetLineNo(n);
	return l > 0 ? (unsigned)l : 0;
}

static xmlNode *find(xmlNode *n, const char *name)
{
	for (; n; n = n->next) {
		xmlNode *in = is(n, name) ? n : find(n->children, name);
		if (in)
			return in;
	}
	return NULL;
}

/* White space at both ends cut off, and no more than one space inside. */
static char *squeezed(xmlChar *s)
{
	aur_buf b = {0};
	for (const char *p = s ? (const char *)s : ""; *p; p++)
		if (*p != ' ' && *p != '\n' && *p != '\t' && *p != '\r')
			aur_buf_byte(&b, (unsigned char)*p);
		else if (b.n && b.p[b.n - 1] != ' ')
			aur_buf_byte(&b, ' ');
	while (b.n && b.p[b.n - 1] == ' ')
		b.n--;
	xmlFree(s);
	return aur_buf_cstr(&b);
}

/* A theme out of an element with a name; AUR_NONE, and told, where that cannot be. */
static uint32_t named(aur_dict *d, xmlNode *n, uint32_t parent)
{
	char *name = squeezed(xmlGetNoNsProp(n, (const xmlChar *)"name"));
	uint32_t t = *name ? aur_dict_new(d, parent, name, strlen(name)) : AUR_NONE;
	if (t == AUR_NONE)
		aur_dict_leave(d, line_of(n), *name ? name : (const char *)n->name, strlen(*name ? name : (const char *)n->name),
			       *name ? _("there are too many themes, or they are nested too deep") : _("it has no name"));
	free(name);
	return t;
}

/* What most codes have is told once: how many, and where the first is. */
struct times {
	const char *name, *why;
	unsigned n, first;
};

static void once_more(struct times *t, xmlNode *k)
{
	if (xmlHasProp(k, (const xmlChar *)t->name) && !t->n++)
		t->first = line_of(k);
}

static void times_told(aur_dict *d, const struct times *t)
{
	aur_buf b = {0};
	aur_buf_printf(&b, "%s × %u", t->name, t->n);
	if (t->n)
		aur_dict_leave(d, t->first, (char *)b.p, b.n, t->why);
	aur_buf_free(&b);
}

static int is_value(xmlNode *n, const char *name, const char *value, size_t len)
{
	xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
	int same = v && !strncmp((char *)v, value, len);
	xmlFree(v);
	return same;
}

/* The codes below an element. */
static void codes(aur_dict *d, xmlNode *n, uint32_t parent, struct times *colours, struct times *guids)
{
	for (xmlNode *k = n->children; k; k = k->next) {
		if (!is(k, "Code"))
			continue;
		uint32_t t = named(d, k, parent);
		if (t == AUR_NONE)
			continue;
		once_more(colours, k);
		once_more(guids, k);
		if (is_value(k, "isCodable", "false", 6))
			aur_dict_leave(d, line_of(k), d->t[t].name, strlen(d->t[t].name),
				       _("isCodable=\"false\", so nothing is coded with it: a theme is found where its parts are, and by its own entries if it gets any"));
		for (xmlNode *c = k->children; c; c = c->next)
			if (is(c, "Description")) {
				free(d->t[t].definition);
				d->t[t].definition = squeezed(xmlNodeGetContent(c));
			}
		codes(d, k, t, colours, guids);
	}
}

static aur_code codebook(aur_dict *d, xmlNode *root, aur_error *err)
{
	xmlNode *all = find(root, "Codes");
	struct times colours = {.name = "color", .why = _("themes have no colours")};
	struct times guids = {.name = "guid", .why = _("themes are identified by their codes, from which an export makes other GUIDs")};
	if (!all)
		return aur_fail_at(err, AURE_DATA, d->file, 0, 0, _("this codebook has no <Codes>"));
	codes(d, all, AUR_NONE, &colours, &guids);
	times_told(d, &colours);
	if (!is_value(all->parent, "origin", "auricule", 8)) /* those of our own exports come back */
		times_told(d, &guids);
	for (xmlNode *k = all->parent ? all->parent->children : NULL; k; k = k->next)
		for (xmlNode *s = is(k, "Sets") ? k->children : NULL; s; s = s->next)
			if (is(s, "Set")) {
				char *name = squeezed(xmlGetNoNsProp(s, (const xmlChar *)"name"));
				aur_dict_leave(d, line_of(s), name, strlen(name), _("a set of codes"));
				free(name);
			}
	return AURE_OK;
}

static void categories(aur_dict *d, xmlNode *n, uint32_t parent)
{
	for (xmlNode *k = n->children; k; k = k->next) {
		if (is(k, "cnode")) {
			uint32_t t = named(d, k, parent);
			if (t != AUR_NONE)
				categories(d, k, t);
		} else if (is(k, "pnode")) {
			char *name = squeezed(xmlGetNoNsProp(k, (const xmlChar *)"name"));
			uint32_t t = parent == AUR_NONE ? aur_dict_outside(d) : parent;
			aur_buf b = {0};
			for (const char *p = name; *p; p++) {
				if (*p == '\\')
					aur_buf_byte(&b, '\\');
				aur_buf_byte(&b, (unsigned char)*p);
			}
			if (b.n && t != AUR_NONE)
				aur_dict_add(d, t, (char *)b.p, b.n, line_of(k));
			else
				aur_dict_leave(d, line_of(k), "pnode", 5, _("it has no name"));
			aur_buf_free(&b);
			free(name);
		}
	}
}

aur_code aur_dict_from_xml(aur_dict *d, aur_dict_format f, const char *bytes, size_t n, aur_error *err)
{
	aur_xml_fault fault = {0};
	/* no network, no entities, and a depth that libxml2 bounds */
	xmlDoc *doc = n < (size_t)64 << 20 ? aur_xml_parse(bytes, n, d->file, AUR_XML_ALONE | XML_PARSE_BIG_LINES, &fault) : NULL;
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	aur_code c = AURE_OK;
	if (!root) {
		c = aur_fail_at(err, AURE_DATA, d->file, fault.line, fault.column, _("the XML is broken here: %s"), fault.what[0] ? fault.what : "?");
	} else if (doc->intSubset) { /* whose entities may multiply */
		c = aur_fail_at(err, AURE_DATA, d->file, 0, 0, _("this file has a DOCTYPE: remove that line"));
	} else if (f == DICT_QDC) {
		c = codebook(d, root, err);
	} else {
		categories(d, root, AUR_NONE);
	}
	if (doc)
		xmlFreeDoc(doc);
	return c;
}
