/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <dirent.h>
#include <errno.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "lexicon/set.h"
#include "lexicon/xml_root.h"
#include "pipeline/pipeline_file.h"

void aur_paths_free(aur_paths *p)
{
	for (unsigned i = 0; i < p->n; i++)
		free(p->path[i]);
	free(p->path);
	*p = (aur_paths){0};
}

/* The pipeline in which the paths are put is XML, which has no room for a name of bytes. */
static aur_code named(const char *path, aur_error *err)
{
	size_t n = strlen(path);
	aur_buf shown = {0};
	if (aur_utf8_valid(path, n) == n)
		return AURE_OK;
	for (size_t i = 0; i < n;) {
		size_t k = aur_utf8_valid(path + i, n - i);
		aur_buf_put(&shown, path + i, k);
		if ((i += k) < n) {
			aur_buf_byte(&shown, '?');
			i++;
		}
	}
	aur_code c = aur_fail(err, AURE_CONFIG, _("the name of the file %s is not in UTF-8 (each ? is a byte that is not a character): rename the file"),
			      aur_buf_cstr(&shown));
	aur_buf_free(&shown);
	return c;
}

static void add(aur_paths *p, const char *path)
{
	aur_buf b = {0};
	/* with a folder in it: a path for whoever opens it, not a name to look for */
	aur_buf_printf(&b, "%s%s", strchr(path, '/') ? "" : "./", path);
	AUR_GROW(p->path, p->n, p->cap);
	p->path[p->n++] = aur_buf_cstr(&b);
}

enum { ROOT_NAME = 32 };

static void keep_name(void *ctx, xmlTextReader *r)
{
	snprintf(ctx, ROOT_NAME, "%s", (const char *)xmlTextReaderConstLocalName(r));
}

/* The name of the root element; "" where there is none. */
static void root_name(const char *path, char buf[ROOT_NAME])
{
	buf[0] = 0;
	aur_xml_root(path, NULL, keep_name, buf);
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

static aur_code folder(aur_paths *p, const char *dir, aur_error *err)
{
	DIR *d = opendir(dir);
	unsigned from = p->n;
	char root[ROOT_NAME];
	if (!d)
		return aur_fail(err, AURE_IO, _("the folder %s cannot be read: %s"), dir, strerror(errno));
	for (struct dirent *e; (e = readdir(d));) {
		size_t n = strlen(e->d_name);
		aur_buf b = {0};
		if (n < 5 || e->d_name[0] == '.' || strcmp(e->d_name + n - 4, ".xml"))
			continue;
		aur_buf_printf(&b, "%s/%s", dir, e->d_name);
		root_name(aur_buf_cstr(&b), root);
		if (strcmp(root, "pipeline") && strcmp(root, "TEI")) /* what is broken is kept: whoever opens it says why */
			add(p, (char *)b.p);
		aur_buf_free(&b);
	}
	closedir(d);
	if (p->n == from)
		return aur_fail(err, AURE_CONFIG, _("the folder %s holds no lexicon (a file *.xml that starts with <lexicon>)"), dir);
	qsort(p->path + from, p->n - from, sizeof *p->path, by_name);
	aur_code c = AURE_OK;
	for (unsigned i = from; i < p->n && !c; i++)
		c = named(p->path[i], err);
	return c;
}

aur_code aur_paths_add(aur_paths *p, const char *what, char **pipeline, aur_error *err)
{
	struct stat st;
	char root[ROOT_NAME];
	if (stat(what, &st) && errno == ENOENT)
		return aur_fail(err, AURE_IO, _("there is no file %s: name the file of a lexicon, a folder of them, or a pipeline.xml"), what);
	if (stat(what, &st))
		return aur_fail(err, AURE_IO, _("%s cannot be read: %s"), what, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return folder(p, what, err);
	if (!S_ISREG(st.st_mode)) /* a pipe would be empty when it is opened again */
		return aur_fail(err, AURE_IO, _("%s is not a file, and a lexicon is read more than once: save it into a file first"), what);
	root_name(what, root);
	if (pipeline && !strcmp(root, "pipeline"))
		*pipeline = aur_xstrdup(what);
	else if (named(what, err))
		return AURE_CONFIG;
	else
		add(p, what);
	return AURE_OK;
}

static int is(xmlNode *n, const char *name)
{
	return n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name);
}

static int sets_lexicon(xmlNode *n)
{
	xmlChar *k = is(n, "set") ? xmlGetNoNsProp(n, (const xmlChar *)"key") : NULL;
	int r = k && !strcmp((char *)k, "lexicon");
	xmlFree(k);
	return r;
}

static void unlink_node(xmlNode *k)
{
	xmlUnlinkNode(k);
	xmlFreeNode(k);
}

static char *dump(xmlDoc *d)
{
	xmlChar *text = NULL;
	int n = 0;
	xmlDocDumpMemory(d, &text, &n);
	char *s = aur_xstrndup(text ? (char *)text : "", text ? (size_t)n : 0);
	xmlFree(text);
	return s;
}

/* The first annotator that is given lexicons; NULL with an error where there is none. */
static xmlNode *reader_of_lexicons(xmlDoc *d, const char *name, aur_error *err)
{
	xmlNode *root = d ? xmlDocGetRootElement(d) : NULL;
	for (xmlNode *n = root ? root->children : NULL; n; n = n->next)
		for (xmlNode *k = is(n, "annotator") ? n->children : NULL; k; k = k->next)
			if (sets_lexicon(k))
				return n;
	if (!d)
		aur_fail(err, AURE_CONFIG, _("the pipeline %s cannot be read, or is not well-formed XML"), name);
	else
		aur_fail(err, AURE_CONFIG, _("the pipeline %s has no annotator with lexicons: nothing says which plugin reads them"), name);
	return NULL;
}

static xmlNode *set(xmlNode *annotator, const char *key, const char *value)
{
	xmlNode *k = xmlNewChild(annotator, NULL, (const xmlChar *)"set", NULL);
	xmlNewProp(k, (const xmlChar *)"key", (const xmlChar *)key);
	xmlNewProp(k, (const xmlChar *)"value", (const xmlChar *)value);
	return k;
}

enum { AS_IT_IS, ALONE, FAULTY };

static aur_code rewrite(const char *path, const char *xml, const aur_paths *p, int how, char **out, aur_error *err)
{
	aur_buf where = {0};
	if (!path && !xml) {
		aur_buf_printf(&where, "%s/lexicons/pipeline.xml", aur_places_get()->data_dir);
		path = aur_buf_cstr(&where);
	}
	char *text = xml ? aur_xstrdup(xml) : aur_pipeline_text(path, err);
	xmlDoc *d = text ? xmlReadMemory(text, (int)strlen(text), "pipeline.xml", NULL, AUR_XML_ALONE) : NULL;
	xmlNode *at = text ? reader_of_lexicons(d, xml ? "pipeline.xml" : path, err) : NULL;
	if (at) {
		for (xmlNode *k = p ? at->children : NULL, *next; k; k = next) {
			next = k->next;
			if (sets_lexicon(k))
				unlink_node(k);
		}
		for (xmlNode *k = how == ALONE ? at->parent->children : NULL, *next; k; k = next) {
			next = k->next;
			if (k != at && is(k, "annotator"))
				unlink_node(k);
		}
		for (unsigned i = 0; p && i < p->n; i++)
			set(at, "lexicon", p->path[i]);
		if (how == FAULTY) /* optional: not every annotator has it */
			xmlNewProp(set(at, "faults", "keep"), (const xmlChar *)"optional", (const xmlChar *)"yes");
		*out = dump(d);
	}
	if (d)
		xmlFreeDoc(d);
	free(text);
	aur_buf_free(&where);
	return at ? AURE_OK : AURE_CONFIG;
}

aur_code aur_lexicon_pipeline(const char *path, const char *xml, const aur_paths *p, char **out, aur_error *err)
{
	return rewrite(path, xml, p, AS_IT_IS, out, err);
}

aur_code aur_lexicon_pipeline_alone(const char *path, const char *xml, const aur_paths *p, char **out, aur_error *err)
{
	return rewrite(path, xml, p, ALONE, out, err);
}

aur_code aur_lexicon_pipeline_faulty(const char *path, const char *xml, const aur_paths *p, char **out, aur_error *err)
{
	return rewrite(path, xml, p, FAULTY, out, err);
}

/* A name as the annotators find it: a path, or a file of the search path. */
static void resolve(aur_paths *p, const char *name)
{
	size_t n = strlen(name);
	const char *ext = n > 4 && !strcmp(name + n - 4, ".xml") ? "" : ".xml";
	const char *extra = getenv("AURICULE_LEXICON_PATH");
	struct stat st;
	aur_buf b = {0};
	if (strchr(name, '/')) {
		add(p, name);
		return;
	}
	char *dirs = aur_xstrdup(extra ? extra : ""), *save = NULL;
	int ok = 0;
	for (char *d = strtok_r(dirs, ":", &save); d && !ok; d = strtok_r(NULL, ":", &save)) {
		b.n = 0;
		aur_buf_printf(&b, "%s/%s%s", d, name, ext);
		ok = !stat(aur_buf_cstr(&b), &st);
	}
	for (int i = 0; i < 2 && !ok; i++) {
		b.n = 0;
		aur_buf_printf(&b, "%s/%s%s%s", aur_places_get()->data_dir, i ? "lexicons/" : "", name, ext);
		ok = !stat(aur_buf_cstr(&b), &st);
	}
	add(p, aur_buf_cstr(&b));
	free(dirs);
	aur_buf_free(&b);
}

aur_code aur_lexicon_files(const char *xml, aur_paths *p, char **rest, aur_error *err)
{
	xmlDoc *d = xmlReadMemory(xml, (int)strlen(xml), "pipeline.xml", NULL, AUR_XML_ALONE);
	xmlNode *at = reader_of_lexicons(d, "pipeline.xml", err);
	if (at) {
		for (xmlNode *k = at->children, *next; k; k = next) {
			next = k->next;
			xmlChar *v = sets_lexicon(k) ? xmlGetNoNsProp(k, (const xmlChar *)"value") : NULL;
			if (v)
				resolve(p, (char *)v);
			if (v || k->type != XML_ELEMENT_NODE)
				unlink_node(k);
			xmlFree(v);
		}
		*rest = dump(d);
	}
	if (d)
		xmlFreeDoc(d);
	return at ? AURE_OK : AURE_CONFIG;
}

static void keep_id(void *ctx, xmlTextReader *r)
{
	xmlChar *v = xmlTextReaderGetAttribute(r, (const xmlChar *)"id");
	*(char **)ctx = v ? aur_xstrdup((char *)v) : NULL;
	xmlFree(v);
}

void aur_lexicon_ids_of(const char *pipeline, aur_lexicon_ids *out)
{
	*out = (aur_lexicon_ids){0};
	xmlDoc *d = pipeline ? xmlReadMemory(pipeline, (int)strlen(pipeline), "pipeline.xml", NULL, AUR_XML_ALONE) : NULL;
	xmlNode *root = d ? xmlDocGetRootElement(d) : NULL;
	for (xmlNode *n = root ? root->children : NULL; n; n = n->next) /* of all annotators: each may have some */
		for (xmlNode *k = is(n, "annotator") ? n->children : NULL; k; k = k->next) {
			xmlChar *v = sets_lexicon(k) ? xmlGetNoNsProp(k, (const xmlChar *)"value") : NULL;
			if (v)
				resolve(&out->files, (char *)v);
			xmlFree(v);
		}
	if (d)
		xmlFreeDoc(d);
	out->id = aur_xcalloc((size_t)out->files.n + 1, sizeof *out->id);
	for (unsigned i = 0; i < out->files.n; i++) {
		const char *name = strrchr(out->files.path[i], '/') + 1; /* add() saw to the slash */
		size_t n = strlen(name);
		aur_xml_root(out->files.path[i], NULL, keep_id, &out->id[i]);
		if (!out->id[i]) /* mostly it is that of the file: whoever opens it says what is wrong */
			out->id[i] = aur_xstrndup(name, n > 4 && !strcmp(name + n - 4, ".xml") ? n - 4 : n);
	}
}

const char *aur_lexicon_ids_file(const aur_lexicon_ids *l, const char *id)
{
	for (unsigned i = 0; i < l->files.n; i++)
		if (!strcmp(l->id[i], id))
			return l->files.path[i];
	return NULL;
}

void aur_lexicon_ids_free(aur_lexicon_ids *l)
{
	for (unsigned i = 0; i < l->files.n; i++)
		free(l->id[i]);
	free(l->id);
	aur_paths_free(&l->files);
}

aur_code aur_lexicon_all(const char *what, const char *path, const char *xml, aur_paths *p, char **text, char **rest, aur_error *err)
{
	char *pipeline = NULL;
	aur_paths own = {0};
	aur_code c = aur_paths_add(&own, what, &pipeline, err);
	if (!c)
		c = pipeline ? rewrite(pipeline, NULL, NULL, AS_IT_IS, text, err) : aur_lexicon_pipeline(path, xml, &own, text, err);
	if (!c)
		c = aur_lexicon_files(*text, p, rest, err);
	free(pipeline);
	aur_paths_free(&own);
	return c;
}

aur_code aur_lexicon_chain(const char *what, const char *path, const char *xml, aur_chain **out, aur_error *err)
{
	aur_paths p = {0};
	char *pipeline = NULL, *text = NULL;
	aur_code c = aur_paths_add(&p, what, &pipeline, err);
	if (!c && pipeline)
		c = aur_chain_open(pipeline, NULL, AUR_CHAIN_ALL, out, err);
	else if (!c && !(c = aur_lexicon_pipeline(path, xml, &p, &text, err)))
		c = aur_chain_open(NULL, text, AUR_CHAIN_ALL, out, err);
	free(text);
	free(pipeline);
	aur_paths_free(&p);
	return c;
}
