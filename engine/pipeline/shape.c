/* SPDX-License-Identifier: Apache-2.0 */
/* The elements and settings that pipeline.xml may have, as a table; reports where a file deviates from it. */
#include "config.h"
#include <string.h>
#include "base/intl.h"
#include "base/mem.h"
#include "pipeline/shape.h"

static const char yes_no[] = "yes, no",
                  readings[] = "speaker, role, wave, place, territory, kind, status, consent, finger, non-answer";

/* The settings of each element, and their values. */
static const struct shape {
	const char *element, *parent;
	struct {
		const char *name;
		int needed;
		const char *values; /* NULL: any */
		unsigned words;     /* at most; 0: no list of words */
	} attr[8];
	int once;
} shapes[] = {
    {"pipeline", NULL, {{"version", 1, NULL, 0}}, 1},
    {"tokenizer", "pipeline", {{"plugin", 1, NULL, 0}, {"component", 0, NULL, 0}, {"optional", 0, yes_no, 0}}, 1},
    {"layer",
     "pipeline",
     {{"id", 0, NULL, 0},
      {"plugin", 1, NULL, 0},
      {"component", 0, NULL, 0},
      {"from", 0, NULL, 0},
      {"hidden", 0, yes_no, 0},
      {"default", 0, yes_no, 0},
      {"optional", 0, yes_no, 0}},
     0},
    {"annotator", "pipeline", {{"plugin", 1, NULL, 0}, {"component", 0, NULL, 0}, {"optional", 0, yes_no, 0}}, 0},
    {"set", NULL, {{"key", 0, NULL, 0}, {"value", 0, NULL, 0}, {"optional", 0, yes_no, 0}}, 0},
    {"stance", "pipeline", {{"fields", 1, NULL, 8}}, 1},
    {"map", "stance", {{"value", 0, NULL, 0}, {"stance", 0, NULL, 0}}, 0},
    {"inherit", "pipeline", {{"fields", 1, NULL, 16}}, 1},
    {"read", "pipeline", {{"as", 1, readings, 0}, {"fields", 0, NULL, 8}}, 0},
    {"map", "read", {{"value", 1, NULL, 0}, {"is", 1, NULL, 0}}, 0},
};

static int is_called(const xmlChar *a, const char *b)
{
	return !strcmp((const char *)a, b);
}

static const struct shape *shape_of(const xmlNode *n)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (is_called(n->name, shapes[i].element) &&
		    (!shapes[i].parent || (n->parent && n->parent->name && is_called(n->parent->name, shapes[i].parent))))
			return &shapes[i];
	return NULL;
}

/* The values that <map is="…"> may have, by the reading that it is in; NULL: any. */
static const char *answers_of(const xmlNode *map)
{
	static const struct {
		const char *as, *is;
	} known[] = {
	    {"status", "said, summed, pro"}, {"consent", yes_no}, {"finger", "1, 2, 3, 4, 5"}, {"non-answer", "yes"}};
	xmlChar *as =
	    map->parent && is_called(map->parent->name, "read") ? xmlGetProp(map->parent, (const xmlChar *)"as") : NULL;
	const char *is = NULL;
	for (size_t i = 0; as && i < sizeof known / sizeof *known; i++)
		if (is_called(as, known[i].as))
			is = known[i].is;
	xmlFree(as);
	return is;
}

/* Is it one of « a, b, c »? */
static int is_one_of(const char *v, const char *all)
{
	size_t n = strlen(v);
	for (const char *p = all; p; p = strchr(p, ' ') ? strchr(p, ' ') + 1 : NULL)
		if (strcspn(p, ",") == n && !strncmp(p, v, n))
			return 1;
	return 0;
}

static unsigned count_words(const char *v)
{
	static const char space[] = " \t\r\n";
	unsigned n = 0;
	for (v += strspn(v, space); *v; v += strspn(v, space)) {
		v += strcspn(v, space);
		n++;
	}
	return n;
}

static aur_code setting(const struct shape *s, const xmlNode *n, const xmlAttr *a, const char *file, aur_error *err)
{
	uint32_t line = (uint32_t)xmlGetLineNo(n);
	aur_buf all = {0};
	aur_code c = AURE_OK;
	unsigned i = 0;
	while (i < 8 && s->attr[i].name && !is_called(a->name, s->attr[i].name))
		i++;
	if (i < 8 && s->attr[i].name) {
		xmlChar *x = xmlNodeListGetString(n->doc, a->children, 1);
		const char *v = x ? (const char *)x : "", *name = s->attr[i].name,
		           *values = strcmp(name, "is") ? s->attr[i].values : answers_of(n);
		if (values && !is_one_of(v, values))
			c = aur_fail_at(err, AURE_CONFIG, file, line, 0, _("%s=\"%.100s\" is not known; possible: %s"),
			                name, v, values);
		else if (s->attr[i].words && count_words(v) > s->attr[i].words)
			c = aur_fail_at(err, AURE_CONFIG, file, line, 0, _("<%s %s=\"…\"> holds more than %u words"),
			                s->element, name, s->attr[i].words);
		xmlFree(x);
		return c;
	}
	for (i = 0; i < 8 && s->attr[i].name; i++)
		aur_buf_printf(&all, "%s%s", i ? ", " : "", s->attr[i].name);
	c = aur_fail_at(err, AURE_CONFIG, file, line, 0, _("<%s> has no setting « %.60s »; possible: %s"), s->element,
	                (const char *)a->name, aur_buf_cstr(&all));
	aur_buf_free(&all);
	return c;
}

/* Does a reading take what a session has only one of from several fields? */
static int asks_for_several(const xmlNode *read)
{
	xmlChar *as = xmlGetProp(read, (const xmlChar *)"as"), *fields = xmlGetProp(read, (const xmlChar *)"fields");
	int several = as && fields && is_one_of((const char *)as, "territory, kind, wave, place") && count_words((const char *)fields) > 1;
	xmlFree(as);
	xmlFree(fields);
	return several;
}

aur_code aur_pipeline_shape(const xmlNode *n, const char *file, aur_error *err)
{
	const struct shape *s = shape_of(n);
	uint32_t line = (uint32_t)xmlGetLineNo(n);
	aur_code c = AURE_OK;
	for (const xmlAttr *a = s ? n->properties : NULL; a && !c; a = a->next)
		if (!a->ns) /* xml:lang and the like are not misspelt */
			c = setting(s, n, a, file, err);
	for (unsigned i = 0; s && !c && i < 8 && s->attr[i].name; i++)
		if (s->attr[i].needed && !xmlHasProp(n, (const xmlChar *)s->attr[i].name))
			c = aur_fail_at(err, AURE_CONFIG, file, line, 0, _("<%s> needs %s=\"…\""), s->element,
			                s->attr[i].name);
	if (s && !c && !strcmp(s->element, "read") && asks_for_several(n))
		c = aur_fail_at(err, AURE_CONFIG, file, line, 0,
		                _("territory, kind, wave and place are each read from one field, but fields=\"…\" names several"));
	for (const xmlNode *k = n->prev; s && s->once && k && !c; k = k->prev)
		if (k->type == XML_ELEMENT_NODE && is_called(k->name, s->element))
			c = aur_fail_at(err, AURE_CONFIG, file, line, 0,
			                _("a pipeline has one <%s>, and this is a second one"), s->element);
	for (const xmlNode *k = n->children; k && !c; k = k->next)
		if (k->type == XML_ELEMENT_NODE && is_called(n->name, "read") && !is_called(k->name, "map"))
			c = aur_fail_at(err, AURE_CONFIG, file, (uint32_t)xmlGetLineNo(k), 0,
			                _("only <map value=\"…\" is=\"…\"/> may stand inside <read>"));
		else if (k->type == XML_ELEMENT_NODE && is_called(n->name, "stance") &&
		         (!is_called(k->name, "map") || !xmlHasProp(k, (const xmlChar *)"value") || !xmlHasProp(k, (const xmlChar *)"stance")))
			c = aur_fail_at(err, AURE_CONFIG, file, (uint32_t)xmlGetLineNo(k), 0,
			                _("only <map value=\"…\" stance=\"…\"/> may stand inside <stance>"));
		else if (k->type == XML_ELEMENT_NODE)
			c = aur_pipeline_shape(k, file, err);
	return c;
}
