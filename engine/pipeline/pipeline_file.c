/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "base/intl.h"
#include "base/utf8.h"
#include "pipeline/pipeline_file.h"
#include "plugin/registry.h"

/* How many bytes of a name are shown: whole characters. */
static int shown(const char *name)
{
	return (int)aur_utf8_valid(name, strnlen(name, 40));
}

/* What the parser complains of: the commonest mistakes in our words, the others in its English; in `buf`, or constant.
 * plugins/common/xmlmismatch.h has the same and more, for files that people write by hand more often. */
static const char *complaint(const xmlError *e, char *buf, size_t size)
{
	const char *says = e->message ? e->message : "?";
	snprintf(buf, size, "%.*s", (int)strcspn(says, "\n"), says);
	switch (e->code) {
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
		return _("the sign & must be written &amp;");
	case XML_ERR_NAME_REQUIRED:
		return strstr(says, "EntityRef") ? _("the sign & must be written &amp;")
		       : strstr(says, "StartTag") ? _("the sign < must be written &lt;; in a tag, the name follows it at once") : buf;
	case XML_ERR_GT_REQUIRED:
		return strstr(says, "Start Tag") ? _("a tag is not closed by >, or something in it is not of the form name=\"value\"")
		                                 : _("a closing tag is made of </, the name and >, and of nothing else");
	case XML_ERR_ATTRIBUTE_NOT_STARTED:
		return _("the value of an attribute goes between straight quotation marks");
	case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
		return _("an attribute has no value");
	case XML_ERR_ATTRIBUTE_REDEFINED:
		return _("an element has the same attribute twice");
	case XML_ERR_LT_IN_ATTRIBUTE:
	case XML_ERR_ATTRIBUTE_NOT_FINISHED:
		return _("a quotation mark is missing, or < should be &lt;");
	case XML_ERR_SPACE_REQUIRED:
		return _("a space is missing between two attributes");
	case XML_ERR_DOCUMENT_END:
		return _("something follows the end of the document");
	case XML_ERR_TAG_NOT_FINISHED:
		if (e->str1)
			snprintf(buf, size, _("the file ends here, before </%.*s>"), shown(e->str1), e->str1);
		return buf;
	case XML_ERR_TAG_NAME_MISMATCH:
		if (e->str1)
			snprintf(buf, size, _("<%.*s> of line %d is not closed by its own tag"), shown(e->str1), e->str1, e->int1);
		return buf;
	case XML_ERR_UNDECLARED_ENTITY:
		if (e->str1)
			snprintf(buf, size, _("&%.*s; is none of the five entities that XML knows by itself: write the character instead"), shown(e->str1), e->str1);
		return buf;
	default:
		return buf;
	}
}

static void keep_first(void *ctx, xmlErrorPtr e)
{
	aur_xml_fault *f = ((xmlParserCtxt *)ctx)->_private;
	char buf[sizeof f->what];
	if (f->what[0] || e->level != XML_ERR_FATAL)
		return;
	f->line = e->line > 0 ? (uint32_t)e->line : 0;
	f->column = e->int2 > 0 ? (uint32_t)e->int2 : 0;
	snprintf(f->what, sizeof f->what, "%s", complaint(e, buf, sizeof buf));
}

xmlDoc *aur_xml_parse(const char *bytes, size_t n, const char *file, int options, aur_xml_fault *first)
{
	*first = (aur_xml_fault){0};
	xmlParserCtxt *x = n <= INT_MAX ? xmlNewParserCtxt() : NULL;
	if (!x)
		return NULL;
	x->_private = first;
	x->sax->serror = keep_first;
	xmlDoc *d = xmlCtxtReadMemory(x, bytes, (int)n, file, NULL, options);
	xmlFreeParserCtxt(x);
	return d;
}

char *aur_pipeline_attr(xmlNode *n, const char *name)
{
	xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
	char *s = v ? aur_xstrdup((char *)v) : NULL;
	xmlFree(v);
	return s;
}

xmlDoc *aur_pipeline_parse(const char *xml, const char *file, aur_error *err)
{
	aur_xml_fault f;
	xmlDoc *d = aur_xml_parse(xml, strlen(xml), file, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING, &f);
	size_t gap = strspn(xml, " \t\r\n");
	if (!d && (!xml[gap] || (xml[gap] != '<' && xml[gap] > ' ')))
		aur_fail(err, AURE_CONFIG, xml[gap] ? _("%s is not a pipeline: a pipeline is XML, and begins with <pipeline …>") : _("the pipeline %s is empty"), file);
	else if (!d && !f.what[0])
		aur_fail(err, AURE_NOMEM, _("no memory left"));
	else if (!d)
		aur_fail_at(err, AURE_CONFIG, file, f.line, f.column, _("this pipeline is not well-formed XML: %s"), f.what);
	return d;
}

/* Makes a path that is relative to the folder of the pipeline's file absolute: the corpus keeps the pipeline, and is
 * used from any folder.  surely: the value is a path; otherwise it must look like one, or the file must exist.
 * Returns whether it changed. */
static int root_one(xmlNode *n, const char *name, const char *folder, int surely)
{
	char *v = aur_pipeline_attr(n, name);
	int is = v && *v != '/' && strchr(v, '/');
	if (is) {
		aur_buf b = {0};
		size_t len = strlen(v);
		aur_buf_printf(&b, "%s/%s", strcmp(folder, "/") ? folder : "", strncmp(v, "./", 2) ? v : v + 2);
		is = surely || !strncmp(v, "./", 2) || !strncmp(v, "../", 3) || (len > 4 && !strcmp(v + len - 4, ".xml")) ||
		     !access(aur_buf_cstr(&b), F_OK); /* else it need not be a path */
		if (is)
			xmlSetProp(n, (const xmlChar *)name, (const xmlChar *)aur_buf_cstr(&b));
		aur_buf_free(&b);
	}
	free(v);
	return is;
}

int aur_pipeline_root(xmlDoc *d, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? aur_xstrndup(path, (size_t)(slash - path) + 1) : aur_xstrdup("."), *folder = realpath(dir, NULL);
	xmlNode *root = xmlDocGetRootElement(d);
	int changed = 0;
	free(dir);
	if (!folder || aur_utf8_valid(folder, strlen(folder)) < strlen(folder)) /* XML cannot hold such a path */
		root = NULL;
	for (xmlNode *n = root ? root->children : NULL; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE || !xmlHasProp(n, (const xmlChar *)"plugin"))
			continue;
		changed |= root_one(n, "plugin", folder, 1);
		for (xmlNode *k = n->children; k; k = k->next)
			if (k->type == XML_ELEMENT_NODE)
				changed |= root_one(k, "value", folder, 0);
	}
	free(folder);
	return changed;
}

void aur_pipeline_root_text(xmlDoc *d, const char *path, char **xml)
{
	xmlChar *s = NULL;
	int len = 0;
	if (aur_pipeline_root(d, path))
		xmlDocDumpMemoryEnc(d, &s, &len, "UTF-8");
	if (s) {
		free(*xml);
		*xml = aur_xstrndup((char *)s, (size_t)len);
	}
	xmlFree(s);
}

const char *aur_pipeline_default(aur_buf *where)
{
	aur_buf_printf(where, "%s/lexicons/pipeline.xml", aur_places_get()->data_dir);
	return aur_buf_cstr(where);
}

char *aur_pipeline_read(const char *path, aur_error *err)
{
	aur_buf b = {0};
	int why = aur_file_read(path, 1u << 20, &b);
	if (!why)
		return aur_buf_cstr(&b);
	aur_buf_free(&b);
	const char *own = aur_pipeline_default(&b);
	if (!strcmp(path, own))
		aur_fail(err, AURE_CONFIG, _("%s, the pipeline that comes with auricule, cannot be read: %s; install auricule again, or set AURICULE_DATA_DIR"), path,
			 strerror(why));
	else
		aur_fail(err, AURE_CONFIG, _("the pipeline %s cannot be read: check the path given with -p, or leave -p out"), path);
	aur_buf_free(&b);
	return NULL;
}

char *aur_pipeline_text(const char *path, aur_error *err)
{
	char *xml = aur_pipeline_read(path, err);
	xmlDoc *d = xml ? aur_pipeline_parse(xml, path, err) : NULL;
	if (!d) {
		free(xml);
		return NULL;
	}
	aur_pipeline_root_text(d, path, &xml);
	xmlFreeDoc(d);
	return xml;
}
