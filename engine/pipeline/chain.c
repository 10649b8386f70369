/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the components that pipeline.xml names, and opens them. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/intl.h"
#include "base/utf8.h"
#include "pipeline/chain.h"
#include "pipeline/pipeline_file.h"
#include "pipeline/serves.h"
#include "pipeline/shape.h"

static int yes(xmlNode *n, const char *name)
{
	char *v = aur_pipeline_attr(n, name);
	int r = v && !strcmp(v, "yes");
	free(v);
	return r;
}

static unsigned words(char *s, char **out, unsigned most)
{
	unsigned n = 0;
	char *save = NULL;
	for (char *w = s ? strtok_r(s, " \t\n", &save) : NULL; w && n < most; w = strtok_r(NULL, " \t\n", &save))
		out[n++] = aur_xstrdup(w);
	return n;
}

static aur_code settings(xmlNode *n, aur_config *conf, const char *file, aur_error *err)
{
	for (xmlNode *k = n->children; k; k = k->next) {
		if (k->type != XML_ELEMENT_NODE)
			continue;
		char *key = aur_pipeline_attr(k, "key"), *value = aur_pipeline_attr(k, "value");
		if (strcmp((const char *)k->name, "set") || !key || !value) {
			free(key);
			free(value);
			return aur_fail_at(err, AURE_CONFIG, file, (uint32_t)xmlGetLineNo(k), 0,
					   _("only <set key=\"…\" value=\"…\"/> may stand inside a component, not <%s>"), (const char *)k->name);
		}
		aur_config_set(conf, key, value);
		free(key);
		free(value);
	}
	return AURE_OK;
}

/* Warns of settings that the component did not look up: they are most likely misspelt. */
static void settings_told(const aur_instance *in, xmlNode *n, const char *file)
{
	for (xmlNode *k = n->children; k; k = k->next) {
		char *key = k->type == XML_ELEMENT_NODE && !yes(k, "optional") ? aur_pipeline_attr(k, "key") : NULL, m[600];
		if (key && !aur_instance_asked(in, key)) {
			snprintf(m, sizeof m, _("%.300s:%u: %.64s has no setting « %.64s »: it is ignored; check its spelling"), file,
				 (unsigned)xmlGetLineNo(k), in->c->id, key);
			aur_host_warn(m);
		}
		free(key);
	}
}

/* Is there a file for this plugin?  An optional component that is not installed is left out silently; one that is
 * installed but cannot be loaded, or refuses its settings, with a warning. */
static int installed(const char *plugin)
{
	char *path = strchr(plugin, '/') ? aur_xstrdup(plugin) : aur_registry_path(plugin);
	int there = path && !access(path, F_OK);
	free(path);
	return there;
}

static void left_out(const char *plugin, xmlNode *n, const char *file, const aur_error *why)
{
	char text[1200], m[1600];
	snprintf(m, sizeof m, _("%.300s:%u: %.64s is optional and is left out: %s"), file, (unsigned)xmlGetLineNo(n), plugin,
		 aur_error_format(why, text, sizeof text));
	aur_utf8_mend(m);
	aur_host_warn(m);
}

/* The component of an element by its identifier; that of its plugin is most often its file's name. */
static void missed(aur_chain *c, const char *plugin, const char *id)
{
	const char *slash = strrchr(plugin, '/'), *base = id ? id : slash ? slash + 1 : plugin;
	size_t n = strlen(base);
	if (!id && n > 3 && !strcmp(base + n - 3, ".so"))
		n -= 3;
	aur_buf_printf(&c->missed, "%.*s\n", (int)n, base);
}

/* Opens the component of one element.  *out stays NULL if it is optional and cannot be had. */
static aur_code component(aur_chain *c, xmlNode *n, aur_kind kind, const char *file, aur_instance **out, aur_error *err)
{
	char *plugin = aur_pipeline_attr(n, "plugin"), *id = aur_pipeline_attr(n, "component");
	aur_config conf = {0};
	const aur_component *comp;
	aur_error why = {0};
	aur_code rc = settings(n, &conf, file, err);
	if (!rc) {
		rc = aur_registry_find(c->registry, kind, plugin, id, &comp, &why);
		if (rc && yes(n, "optional")) {
			if (installed(plugin))
				left_out(plugin, n, file, &why);
			rc = AURE_OK;
		} else if (rc) {
			if (err)
				*err = why;
		} else if (!(rc = aur_instance_open(comp, &conf, c->services, c, out, &why))) {
			settings_told(*out, n, file);
		} else if (yes(n, "optional") && rc != AURE_NOMEM && rc != AURE_CANCELLED) {
			left_out(plugin, n, file, &why);
			rc = AURE_OK;
		} else if (err) {
			*err = why;
		}
	}
	if (!rc && !*out && kind == AUR_ANNOTATOR)
		missed(c, plugin, id);
	aur_config_free(&conf);
	free(plugin);
	free(id);
	return rc;
}

/* Can a query name a layer as in « phon:farmaci »?  « theme: » and « id: » have a meaning of their own; a field with
 * the name of a layer can be asked for as « @name: ». */
static int can_be_asked(const char *id)
{
	for (const char *p = id; *p; p++)
		if (!((unsigned char)*p >= 0x80 || (*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'z') || *p == '-' || *p == '_' || *p == '.'))
			return 0;
	return strcmp(id, "theme") && strcmp(id, "id");
}

static aur_code layer(aur_chain *c, xmlNode *n, const char *file, aur_error *err)
{
	uint32_t line = (uint32_t)xmlGetLineNo(n);
	if (c->nlayers == 2 * AUR_MAX_LAYERS || (c->nshown == AUR_MAX_LAYERS && !yes(n, "hidden")))
		return aur_fail_at(err, AURE_CONFIG, file, line, 0, _("too many layers: at most %u"), AUR_MAX_LAYERS);
	struct aur_chain_layer *l = &c->layer[c->nlayers];
	char *from = aur_pipeline_attr(n, "from");
	*l = (struct aur_chain_layer){.name = aur_pipeline_attr(n, "id"), .from = -1, .shown = -1};
	aur_code rc = AURE_OK;
	if (!l->name || !*l->name || !strcmp(l->name, "form") || !strcmp(l->name, "word"))
		rc = aur_fail_at(err, AURE_CONFIG, file, line, 0, _("a layer needs an id of its own"));
	else if (!can_be_asked(l->name))
		rc = aur_fail_at(err, AURE_CONFIG, file, line, 0,
				 _("no query could name a layer « %s »: give it letters, digits and hyphens, and not « theme » or « id »"), l->name);
	for (unsigned i = 0; i < c->nlayers && !rc; i++) {
		if (from && !strcmp(c->layer[i].name, from))
			l->from = (int)i;
		if (!strcmp(c->layer[i].name, l->name))
			rc = aur_fail_at(err, AURE_CONFIG, file, line, 0, _("there are two layers named « %s »"), l->name);
	}
	if (!rc && from && l->from < 0)
		rc = aur_fail_at(err, AURE_CONFIG, file, line, 0, _("the layer « %s » builds on « %s », which does not come before it"), l->name, from);
	free(from);
	if (!rc)
		rc = component(c, n, AUR_LAYER, file, &l->in, err);
	if (rc || !l->in) {
		free(l->name);
		return rc;
	}
	if (!yes(n, "hidden")) {
		l->shown = (int)c->nshown;
		c->of_shown[c->nshown] = c->nlayers;
		if (yes(n, "default"))
			c->dflt = c->nshown;
		c->nshown++;
	}
	c->nlayers++;
	return AURE_OK;
}

static int same_settings(const aur_config *a, const aur_config *b)
{
	unsigned i = 0;
	if (a->n != b->n)
		return 0;
	while (i < a->n && !strcmp(a->keys[i], b->keys[i]) && !strcmp(a->values[i], b->values[i]))
		i++;
	return i == a->n;
}

static aur_code annotator(aur_chain *c, xmlNode *n, const char *file, aur_error *err)
{
	aur_instance *in = NULL;
	if (c->nann == AUR_MAX_ANNOTATORS)
		return aur_fail_at(err, AURE_CONFIG, file, (uint32_t)xmlGetLineNo(n), 0, _("too many annotators: at most %u"), AUR_MAX_ANNOTATORS);
	aur_code rc = component(c, n, AUR_ANNOTATOR, file, &in, err);
	if (!in)
		return rc;
	for (unsigned i = 0; i < c->nann && !rc; i++)
		if (c->ann[i].in->c == in->c && same_settings(&c->ann[i].in->conf, &in->conf))
			rc = aur_fail_at(err, AURE_CONFIG, file, (uint32_t)xmlGetLineNo(n), 0,
					 _("%s is listed twice with the same settings, and each of its hits would count twice: remove one"), in->c->id);
	struct aur_chain_annotator *a = &c->ann[c->nann++];
	a->in = in;
	a->ops = in->c->ops;
	a->forms = a->ops->classify && in->c->query ? in->c->query(in->model, AUR_EXT_FORMS) : NULL;
	return rc;
}

static aur_code parse(aur_chain *c, const char *path, const char *file, int what, aur_error *err)
{
	xmlDoc *d = aur_pipeline_parse(c->xml, file, err);
	aur_code rc = AURE_OK;
	if (!d)
		return AURE_CONFIG;
	if (d->intSubset) { /* refused, as entities would be neither fetched nor expanded */
		xmlFreeDoc(d);
		return aur_fail_at(err, AURE_CONFIG, file, 0, 0, _("a pipeline must not have a DOCTYPE: remove it"));
	}
	xmlNode *root = xmlDocGetRootElement(d);
	char *version = root ? aur_pipeline_attr(root, "version") : NULL;
	const char *base = path && strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	if (root && path && !strcmp((const char *)root->name, "lexicon"))
		rc = aur_fail_at(err, AURE_CONFIG, file, 0, 0, _("this is a lexicon, not a pipeline: name it in a pipeline.xml, by <set key=\"lexicon\" value=\"./%s\"/>, and give that with -p"),
				 base);
	else if (!root || strcmp((const char *)root->name, "pipeline") || !version || strcmp(version, "1"))
		rc = aur_fail_at(err, AURE_CONFIG, file, root ? (uint32_t)xmlGetLineNo(root) : 0, 0,
				 _("a pipeline starts with <pipeline version=\"1\">"));
	free(version);
	if (!rc)
		rc = aur_pipeline_shape(root, file, err);
	if (path)
		aur_pipeline_root_text(d, path, &c->xml);
	for (xmlNode *n = rc ? NULL : root->children; n && !rc; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		const char *name = (const char *)n->name;
		if (!strcmp(name, "tokenizer")) {
			rc = component(c, n, AUR_TOKENIZER, file, &c->tokenizer, err);
		} else if (!strcmp(name, "layer")) {
			rc = layer(c, n, file, err);
		} else if (!strcmp(name, "annotator")) {
			if (what & AUR_CHAIN_ANNOTATORS)
				rc = annotator(c, n, file, err);
		} else if (!strcmp(name, "inherit")) {
			char *f = aur_pipeline_attr(n, "fields");
			c->ninherit = words(f, c->inherit, 16);
			free(f);
		} else if (!strcmp(name, "read") || !strcmp(name, "stance")) {
			continue; /* readings.c */
		} else {
			rc = aur_fail_at(err, AURE_CONFIG, file, (uint32_t)xmlGetLineNo(n), 0,
					 _("<%s> is not known here; a pipeline holds tokenizer, layer, annotator, stance, inherit and read"), name);
		}
	}
	if (!rc && (!c->tokenizer || !c->nshown))
		rc = aur_fail_at(err, AURE_CONFIG, file, 0, 0, _("a pipeline needs one tokenizer and at least one layer"));
	xmlFreeDoc(d);
	return rc;
}

/* Does an element name this component of this plugin, by its path or by its file's name, without folder and .so? */
static int names(xmlNode *n, const char *plugin, const char *id)
{
	char *p = aur_pipeline_attr(n, "plugin"), *c = aur_pipeline_attr(n, "component");
	int same = p && (!c || !strcmp(c, id));
	if (same) {
		const char *slash = strrchr(p, '/');
		const char *base = slash ? slash + 1 : p;
		size_t len = strlen(base);
		if (len > 3 && !strcmp(base + len - 3, ".so"))
			len -= 3;
		same = !strncmp(base, plugin, len) && !plugin[len];
	}
	free(p);
	free(c);
	return same;
}

aur_code aur_chain_settings(const char *path, const char *plugin, const char *id, aur_config *out, aur_error *err)
{
	aur_buf where = {0};
	aur_code rc = AURE_OK;
	if (!path)
		path = aur_pipeline_default(&where);
	char *xml = aur_pipeline_read(path, err);
	xmlDoc *d = xml ? aur_pipeline_parse(xml, path, err) : NULL;
	if (d)
		aur_pipeline_root(d, path);
	xmlNode *root = d ? xmlDocGetRootElement(d) : NULL;
	if (!d)
		rc = AURE_CONFIG;
	for (xmlNode *n = root ? root->children : NULL; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && names(n, plugin, id)) {
			rc = settings(n, out, path, err);
			break;
		}
	xmlFreeDoc(d);
	free(xml);
	aur_buf_free(&where);
	return rc;
}

aur_code aur_chain_read(const aur_host *services, const char *path, const char *xml, int what, aur_chain **out, aur_error *err)
{
	aur_chain *c = aur_xcalloc(1, sizeof *c);
	c->services = services;
	c->analyst_bytes = (size_t)64 << 20;
	aur_buf where = {0};
	aur_code rc;
	c->registry = aur_registry_new();
	if (!path && !xml)
		path = aur_pipeline_default(&where);
	c->xml = xml ? aur_xstrdup(xml) : aur_pipeline_read(path, err);
	rc = c->xml ? parse(c, xml ? NULL : path, path && !xml ? path : "pipeline.xml", what, err) : AURE_CONFIG;
	aur_buf_free(&where);
	if (!rc) {
		aur_buf all = {0}, ann = {0};
		char fp[256];
		aur_buf_printf(&all, "tokenizer %s\n", aur_instance_fingerprint(c->tokenizer, fp, sizeof fp));
		for (unsigned i = 0; i < c->nlayers; i++)
			aur_buf_printf(&all, "layer %s %s\n", c->layer[i].name, aur_instance_fingerprint(c->layer[i].in, fp, sizeof fp));
		for (unsigned i = 0; i < c->nann; i++)
			aur_buf_printf(&ann, "annotator %s\n", aur_instance_fingerprint(c->ann[i].in, fp, sizeof fp));
		aur_buf_put(&all, ann.p, ann.n);
		c->fingerprints = aur_buf_cstr(&all);
		c->annotators = aur_buf_cstr(&ann);
		*out = c;
	} else {
		aur_chain_free(c);
	}
	return rc;
}

void aur_chain_free(aur_chain *c)
{
	if (!c)
		return;
	for (unsigned i = 0; i < c->nlayers; i++) {
		if (c->layer_worker[i])
			c->layer[i].in->c->worker_free(c->layer_worker[i]);
		aur_instance_close(c->layer[i].in);
		free(c->layer[i].name);
	}
	for (unsigned i = 0; i < c->nann; i++)
		aur_instance_close(c->ann[i].in);
	aur_instance_close(c->tokenizer);
	for (unsigned i = 0; i < c->ninherit; i++)
		free(c->inherit[i]);
	aur_registry_free(c->registry);
	free(c->xml);
	free(c->fingerprints);
	free(c->annotators);
	aur_buf_free(&c->missed);
	free(c);
}

size_t aur_chain_words(const char *fingerprints)
{
	const char *p = fingerprints;
	while (*p && strncmp(p, "annotator ", 10)) {
		p += strcspn(p, "\n");
		p += *p != 0;
	}
	return (size_t)(p - fingerprints);
}

aur_code aur_chain_has_all(aur_chain *c, const char *corpus, const char *was, aur_error *err)
{
	for (const char *m = c->missed.n ? aur_buf_cstr(&c->missed) : ""; *m; m += strcspn(m, "\n") + 1) {
		size_t n = strcspn(m, "\n");
		for (const char *p = was; (p = strstr(p, "annotator ")); p++)
			if ((p == was || p[-1] == '\n') && !strncmp(p + 10, m, n) && p[10 + n] == ' ')
				return aur_fail(err, AURE_CONFIG,
						_("%s was made with the annotator « %.*s », which is not to be had here: install its plugin (« auricule plugin list » shows those that were found), or give with -p a pipeline that does not name it"),
						corpus, (int)n, m);
	}
	return AURE_OK;
}

aur_code aur_broke_contract(const aur_instance *in, const char *how, aur_error *err)
{
	return aur_fail(err, AURE_BUG, _("the component %s broke its contract: %s; tell its author"), in->c->id, how);
}

int aur_is_theme(aur_str s)
{
	int part = 0; /* this part has a character */
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '.' ? !part : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return 0;
		part = c != '.';
	}
	return part;
}

static int is_text(aur_str s)
{
	return !s.len || aur_utf8_valid(s.ptr, s.len) == s.len;
}

aur_code aur_chain_label(const aur_chain *c, unsigned annotator, uint32_t label, aur_label *out, aur_error *err)
{
	const struct aur_chain_annotator *a = &c->ann[annotator];
	*out = (aur_label){.size = sizeof *out};
	if (label >= aur_chain_labels(c, annotator) || a->ops->label(a->in->model, label, out) < 0)
		return aur_broke_contract(a->in, _("a hit without a label"), err);
	if (!aur_is_theme(out->theme))
		return aur_broke_contract(a->in, _("a theme that is not of [a-z0-9-], parts joined by a dot"), err);
	if (!is_text(out->entry) || !is_text(out->lexicon) || !is_text(out->version))
		return aur_broke_contract(a->in, _("a label that is not UTF-8"), err);
	return AURE_OK;
}

aur_code aur_chain_value(aur_chain *c, const char *name, aur_str word, aur_buf *out, aur_error *err)
{
	int path[2 * AUR_MAX_LAYERS], n = 0, l = -1;
	if (!strcmp(name, "form") || !strcmp(name, "word")) {
		aur_buf_put(out, word.ptr, word.len);
		return AURE_OK;
	}
	for (unsigned i = 0; i < c->nlayers; i++)
		if (!strcmp(c->layer[i].name, name))
			l = (int)i;
	if (l < 0)
		return aur_fail(err, AURE_USAGE, _("there is no layer « %s »"), name);
	for (; l >= 0; l = c->layer[l].from)
		path[n++] = l;
	while (n-- > 0) {
		aur_instance *in = c->layer[path[n]].in;
		void **w = &c->layer_worker[path[n]];
		aur_str v = {0};
		aur_instance_clear();
		if (!*w && in->c->worker_new) {
			aur_status st = in->c->worker_new(&in->host, in->model, w);
			if (st < 0)
				return aur_instance_error(in, st, "worker_new", err);
		}
		aur_status st = ((const aur_layer_ops *)in->c->ops)->map(&in->host, in->model, *w, &word, 1, &v);
		if (st < 0)
			return aur_instance_error(in, st, "map", err);
		word = v;
		if (!word.len)
			return AURE_OK;
	}
	aur_buf_put(out, word.ptr, word.len);
	return AURE_OK;
}

/* ---- services ------------------------------------------------------------------------------- */
static int32_t s_layer_index(const aur_host *h, const char *layer)
{
	const aur_chain *c = aur_host_instance(h)->owner;
	for (unsigned i = 0; i < c->nlayers; i++)
		if (c->layer[i].shown >= 0 && !strcmp(c->layer[i].name, layer))
			return c->layer[i].shown;
	return -1;
}

static aur_status s_layer_value(const aur_host *h, const char *layer, aur_str word, char *buf, size_t size, size_t *len)
{
	aur_chain *c = aur_host_instance(h)->owner;
	aur_buf b = {0};
	aur_error e;
	aur_code rc = aur_chain_value(c, layer, word, &b, &e);
	if (!rc) {
		*len = b.n;
		if (b.n && b.n <= size)
			memcpy(buf, b.p, b.n);
	}
	aur_buf_free(&b);
	return rc == AURE_OK ? AUR_OK : rc == AURE_USAGE ? AUR_E_UNSUPPORTED : AUR_E_CONFIG;
}

void aur_serves_layers(aur_host *h)
{
	h->layer_index = s_layer_index;
	h->layer_value = s_layer_value;
}
