/* SPDX-License-Identifier: Apache-2.0 */
/* Themes with plain expressions, as other programs read them.  The same lexicons give the same bytes. */
#include "config.h"
#include <libxml/tree.h>
#include <stdlib.h>
#include "auricule/ext.h"
#include "base/intl.h"
#include "index/index.h"
#include "lexicon/dict.h"
#include "text/csv.h"
#include "text/fold.h"
#ifdef HAVE_YAML
#include <yaml.h>
#endif
#ifdef HAVE_UUID
#include <uuid.h>
#endif

uint32_t aur_dict_can(aur_dict_format f)
{
	if (f == DICT_LIWC)
		return AUR_BEYOND_ACCENTS;
	if (f == DICT_QUANTEDA)
		return AUR_BEYOND_STAR | AUR_BEYOND_ANY_WORD | AUR_BEYOND_ACCENTS;
	return f == DICT_CSV ? AUR_BEYOND_STAR | AUR_BEYOND_ANY_WORD : 0;
}

static uint32_t first_top(const aur_dict *d)
{
	return d->n ? 0 : AUR_NONE;
}

/* The whole code of a theme: sanctions.radiation. */
static void path_of(const aur_dict *d, uint32_t t, aur_buf *out)
{
	if (d->t[t].parent != AUR_NONE) {
		path_of(d, d->t[t].parent, out);
		aur_buf_byte(out, '.');
	}
	aur_buf_str(out, d->t[t].code);
}

/* ---- LIWC ---- */

struct liwc_word {
	char *text;
	uint32_t theme;
};

static int by_word(const void *x, const void *y)
{
	const struct liwc_word *a = x, *b = y;
	int c = strcmp(a->text, b->text);
	return c ? c : a->theme < b->theme ? -1 : a->theme > b->theme;
}

/* Categories in the order of a reader: each before its parts.  number[theme] from 1; 0: it has nothing. */
static void liwc_head(const aur_dict *d, uint32_t t, unsigned *number, unsigned *n, aur_buf *out)
{
	for (; t != AUR_NONE; t = d->t[t].next) {
		if (!aur_dict_has(d, t))
			continue;
		number[t] = ++*n;
		for (unsigned i = 0; i < d->t[t].depth; i++)
			aur_buf_byte(out, '\t');
		aur_buf_printf(out, "%u\t%s\n", *n, d->t[t].code);
		liwc_head(d, d->t[t].first, number, n, out);
	}
}

static uint64_t liwc(const aur_dict *d, aur_buf *out)
{
	uint64_t written = 0;
	unsigned *number = aur_xcalloc((size_t)d->n + 1, sizeof *number), n = 0;
	uint32_t *of = aur_xcalloc((size_t)d->n + 1, sizeof *of);
	uint8_t *in = aur_xcalloc((size_t)d->n + 1, 1);
	struct liwc_word *w = NULL;
	size_t words = 0, cap = 0;
	aur_buf_str(out, "%\n");
	liwc_head(d, first_top(d), number, &n, out);
	aur_buf_str(out, "%\n");
	for (uint32_t t = 0; t < d->n; t++)
		of[number[t]] = t;
	for (uint32_t t = 0; t < d->n; t++)
		for (uint32_t i = 0; i < d->t[t].n; i++) {
			aur_buf b = {0};
			aur_text_lower(&b, d->t[t].lines[i].text, strlen(d->t[t].lines[i].text));
			AUR_GROW(w, words, cap);
			w[words++] = (struct liwc_word){aur_buf_cstr(&b), t};
		}
	if (words)
		qsort(w, words, sizeof *w, by_word);
	for (size_t i = 0, k; i < words; i = k) {
		/* what is of a part is of the whole: LIWC wants both said */
		memset(in, 0, d->n);
		for (k = i; k < words && !strcmp(w[k].text, w[i].text); k++)
			for (uint32_t t = w[k].theme; t != AUR_NONE; t = d->t[t].parent)
				in[t] = 1;
		aur_buf_str(out, w[i].text);
		for (unsigned c = 1; c <= n; c++)
			if (in[of[c]])
				aur_buf_printf(out, "\t%u", c);
		aur_buf_byte(out, '\n');
		written++;
	}
	for (size_t i = 0; i < words; i++)
		free(w[i].text);
	free(w);
	free(in);
	free(of);
	free(number);
	return written;
}

/* ---- a table ---- */

static void row(aur_buf *out, const char *const cell[4])
{
	for (int i = 0; i < 4; i++) {
		aur_csv_cell(out, cell[i], strlen(cell[i]), *cell[i] == '=' || *cell[i] == '@');
		aur_buf_byte(out, i < 3 ? ',' : '\n');
	}
}

static void rows(const aur_dict *d, uint32_t t, aur_buf *out)
{
	for (; t != AUR_NONE; t = d->t[t].next) {
		aur_buf path = {0};
		path_of(d, t, &path);
		for (uint32_t i = 0; i < d->t[t].n; i++)
			row(out, (const char *const[4]){aur_buf_cstr(&path), d->t[t].lines[i].text, aur_dict_title(&d->t[t]), d->t[t].definition ? d->t[t].definition : ""});
		aur_buf_free(&path);
		rows(d, d->t[t].first, out);
	}
}

static void csv(const aur_dict *d, aur_buf *out)
{
	row(out, (const char *const[4]){"theme", "expression", "title", "definition"});
	rows(d, first_top(d), out);
}

/* ---- quanteda ---- */

#ifdef HAVE_YAML
struct yaml {
	yaml_emitter_t e;
	int good;
};

static int on_bytes(void *to, unsigned char *s, size_t n)
{
	aur_buf_put(to, s, n);
	return 1;
}

static void emit(struct yaml *y, yaml_event_t *event, int made)
{
	if (y->good && made)
		y->good = yaml_emitter_emit(&y->e, event);
	else if (made)
		yaml_event_delete(event);
	y->good = y->good && made;
}

/* Words that YAML 1.1 takes for something else than words, and anything but letters, stand between quotation marks. */
static int is_plain(const char *s)
{
	static const char *const taken[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"};
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (!strcmp(s, taken[i]))
			return 0;
	for (const char *p = s; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p == ' ' && p[1])))
			return !strcmp(s, "__");
	return 1;
}

static void scalar(struct yaml *y, const char *s)
{
	yaml_event_t e;
	int made = yaml_scalar_event_initialize(&e, NULL, NULL, (yaml_char_t *)(uintptr_t)s, (int)strlen(s), 1, 1,
						is_plain(s) ? YAML_PLAIN_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE);
	emit(y, &e, made);
}

static void yaml_words(struct yaml *y, const aur_dict_theme *t)
{
	yaml_event_t e;
	emit(y, &e, yaml_sequence_start_event_initialize(&e, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE));
	for (uint32_t i = 0; i < t->n; i++) {
		aur_buf b = {0};
		aur_text_lower(&b, t->lines[i].text, strlen(t->lines[i].text));
		scalar(y, aur_buf_cstr(&b));
		aur_buf_free(&b);
	}
	emit(y, &e, yaml_sequence_end_event_initialize(&e));
}

static void yaml_map(struct yaml *y, const aur_dict *d, uint32_t t, const aur_dict_theme *around)
{
	yaml_event_t e;
	emit(y, &e, yaml_mapping_start_event_initialize(&e, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE));
	if (around && around->n) {
		scalar(y, "__");
		yaml_words(y, around);
	}
	for (; t != AUR_NONE; t = d->t[t].next) {
		int parts = 0;
		if (!aur_dict_has(d, t))
			continue;
		for (uint32_t i = d->t[t].first; i != AUR_NONE; i = d->t[i].next)
			parts |= aur_dict_has(d, i);
		scalar(y, d->t[t].code);
		if (parts)
			yaml_map(y, d, d->t[t].first, &d->t[t]);
		else
			yaml_words(y, &d->t[t]);
	}
	emit(y, &e, yaml_mapping_end_event_initialize(&e));
}

static aur_code quanteda(const aur_dict *d, aur_buf *out, aur_error *err)
{
	struct yaml y = {.good = 1};
	yaml_event_t e;
	if (!yaml_emitter_initialize(&y.e))
		return aur_fail(err, AURE_NOMEM, _("not enough memory"));
	yaml_emitter_set_output(&y.e, on_bytes, out);
	yaml_emitter_set_unicode(&y.e, 1);
	yaml_emitter_set_width(&y.e, -1);
	emit(&y, &e, yaml_stream_start_event_initialize(&e, YAML_UTF8_ENCODING));
	emit(&y, &e, yaml_document_start_event_initialize(&e, NULL, NULL, NULL, 1));
	yaml_map(&y, d, first_top(d), NULL);
	emit(&y, &e, yaml_document_end_event_initialize(&e, 1));
	emit(&y, &e, yaml_stream_end_event_initialize(&e));
	yaml_emitter_delete(&y.e);
	return y.good ? AURE_OK : aur_fail(err, AURE_BUG, _("the YAML could not be written"));
}
#else
static aur_code quanteda(const aur_dict *d, aur_buf *out, aur_error *err)
{
	(void)d, (void)out;
	return aur_fail(err, AURE_CONFIG, _("this auricule was built without libyaml, and cannot write YAML: install libyaml-dev, then configure and build again"));
}
#endif

/* ---- REFI-QDA ---- */

#ifdef HAVE_UUID
/* A theme has the same GUID in every export: it is made of its code (UUID version 5, in a namespace of ours). */
static void guid_of(const char *code, char out[UUID_STR_LEN])
{
	static const char ours[] = "urn:auricule:theme";
	uuid_t space, id;
	uuid_generate_sha1(space, *uuid_get_template("url"), ours, sizeof ours - 1);
	uuid_generate_sha1(id, space, code, strlen(code));
	uuid_unparse_lower(id, out);
}

static void prop(xmlNode *n, const char *name, const char *value)
{
	xmlNewProp(n, (const xmlChar *)name, (const xmlChar *)value);
}

static void codes(const aur_dict *d, uint32_t t, xmlNode *in)
{
	for (; t != AUR_NONE; t = d->t[t].next) {
		aur_buf path = {0};
		char guid[UUID_STR_LEN];
		path_of(d, t, &path);
		guid_of(aur_buf_cstr(&path), guid);
		xmlNode *n = xmlNewChild(in, NULL, (const xmlChar *)"Code", NULL);
		prop(n, "guid", guid);
		prop(n, "name", aur_dict_title(&d->t[t]));
		prop(n, "isCodable", "true");
		if (d->t[t].definition && *d->t[t].definition)
			xmlNewTextChild(n, NULL, (const xmlChar *)"Description", (const xmlChar *)d->t[t].definition);
		codes(d, d->t[t].first, n);
		aur_buf_free(&path);
	}
}

static aur_code qdc(const aur_dict *d, aur_buf *out, aur_error *err)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewDocNode(doc, NULL, (const xmlChar *)"CodeBook", NULL);
	xmlChar *text = NULL;
	int n = 0;
	(void)err;
	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)"urn:QDA-XML:codebook:1.0", NULL));
	prop(root, "origin", "auricule " PACKAGE_VERSION);
	codes(d, first_top(d), xmlNewChild(root, NULL, (const xmlChar *)"Codes", NULL));
	xmlDocDumpFormatMemoryEnc(doc, &text, &n, "utf-8", 1);
	aur_buf_put(out, text, text ? (size_t)n : 0);
	xmlFree(text);
	xmlFreeDoc(doc);
	return AURE_OK;
}
#else
static aur_code qdc(const aur_dict *d, aur_buf *out, aur_error *err)
{
	(void)d, (void)out;
	return aur_fail(err, AURE_CONFIG, _("this auricule was built without libuuid, and cannot write codebooks: install uuid-dev, then configure and build again"));
}
#endif

aur_code aur_dict_write(const aur_dict *d, aur_dict_format f, aur_buf *out, uint64_t *written, aur_error *err)
{
	*written = 0;
	for (uint32_t t = 0; t < d->n; t++)
		*written += d->t[t].n;
	if (f == DICT_QUANTEDA)
		return quanteda(d, out, err);
	if (f == DICT_QDC)
		return qdc(d, out, err);
	if (f == DICT_CSV)
		csv(d, out);
	else
		*written = liwc(d, out);
	return AURE_OK;
}
