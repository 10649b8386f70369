/* SPDX-License-Identifier: Apache-2.0 */
/* exporter-tei: a corpus as the TEI P5 subset of doc/corpus-format.md, with its sessions.  reader-tei reads it back as it was: texts
 * to the byte, ids, fields, sessions, totals.  Themes are not written: whoever reads the file computes them. */
#include <stdlib.h>
#include "../common/ex.h"
#include "auricule/ext.h"

static uint64_t replaced; /* from begin() to finish() */

/* ---- small parts --------------------------------------------------------------------------------------- */

static bool is(aur_str s, const char *z)
{
	return s.len == strlen(z) && memcmp(s.ptr, z, s.len) == 0;
}

/* Would reader-tei change its white space? */
static bool loose(aur_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '\t' || c == '\n' || c == '\r' || (c == ' ' && (i == 0 || i + 1 == s.len || s.ptr[i + 1] == ' ')))
			return true;
	}
	return false;
}

/* An attribute with a name or a pointer ("#…") to one. */
static void name_attribute(ex_out *x, const char *before, aur_str value)
{
	rd_buf b = {0};
	if (!rd_xml_name_encode(&b, value) && x->status >= 0)
		x->status = rd_nomem(x->h);
	ex_str(x, before);
	ex_put(x, b.ptr, b.len);
	ex_str(x, "\"");
	rd_buf_free(&b);
}

static void element(ex_out *x, const char *name, aur_str content)
{
	if (!content.len)
		return;
	ex_str(x, "<");
	ex_str(x, name);
	ex_str(x, loose(content) ? " xml:space=\"preserve\">" : ">");
	ex_xml(x, content);
	ex_str(x, "</");
	ex_str(x, name);
	ex_str(x, ">");
}

/* « presents.allocataire » or « presents », 17: a <measure>.  type: "total-" or "". */
static void measure(ex_out *x, const char *type, aur_str key, aur_str quantity)
{
	const char *dot = memchr(key.ptr, '.', key.len);
	size_t n = dot ? (size_t)(dot - key.ptr) : key.len;
	ex_str(x, "<measure type=\"");
	ex_str(x, type);
	ex_xml(x, rd_str(key.ptr, n));
	ex_str(x, "\"");
	if (dot)
		name_attribute(x, " ana=\"#", rd_str(dot + 1, key.len - n - 1));
	ex_str(x, " quantity=\"");
	ex_xml(x, quantity);
	ex_str(x, "\"/>");
}

static bool begins(aur_str s, const char *z)
{
	size_t n = strlen(z);
	return s.len >= n && memcmp(s.ptr, z, n) == 0;
}

/* ---- the header ---------------------------------------------------------------------------------------- */

typedef struct tei_corpus {
	const aur_ext_corpus_v1 *ext; /* NULL: the host has none */
	const aur_host *h;
	uint32_t session;             /* UINT32_MAX: the corpus itself */
} tei_corpus;

static bool property_at(const tei_corpus *c, uint32_t n, aur_str *key, aur_str *value)
{
	if (!c->ext)
		return false;
	return c->session == UINT32_MAX ? c->ext->property(c->h, n, key, value) : c->ext->session_property(c->h, c->session, n, key, value);
}

static aur_str property(const tei_corpus *c, const char *key)
{
	aur_str k, v;
	for (uint32_t i = 0; property_at(c, i, &k, &v); i++)
		if (is(k, key))
			return v;
	return rd_str("", 0);
}

static void setting(ex_out *x, const tei_corpus *c, aur_str id)
{
	aur_str wave = property(c, "vague"), date = property(c, "date"), k, v;
	name_attribute(x, "\n        <setting xml:id=\"", id);
	if (wave.len) {
		ex_str(x, " n=\"");
		ex_xml(x, wave);
		ex_str(x, "\"");
	}
	ex_str(x, ">\n          ");
	if (date.len && rd_date_plain(date.ptr, date.len) && date.len <= 10) {
		ex_str(x, "<date when=\"");
		ex_xml(x, date);
		ex_str(x, "\"/>");
	} else {
		element(x, "date", date);
	}
	element(x, "placeName", property(c, "lieu"));
	element(x, "region", property(c, "territoire"));
	element(x, "locale", property(c, "type-territoire"));
	element(x, "activity", property(c, "note"));
	for (uint32_t i = 0; property_at(c, i, &k, &v); i++)
		if (is(k, "invites") || is(k, "presents") || begins(k, "invites.") || begins(k, "presents."))
			measure(x, "", k, v);
	ex_str(x, "\n        </setting>");
}

static void header(ex_out *x, tei_corpus *c)
{
	aur_str title = property(c, "title"), licence = property(c, "licence"), k, v;
	ex_str(x, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"fr\">\n  <teiHeader>\n    <fileDesc>\n"
		  "      <titleStmt><title>");
	ex_xml(x, title);
	ex_str(x, "</title></titleStmt>\n");
	bool extent = false;
	for (uint32_t i = 0; property_at(c, i, &k, &v); i++) {
		if (!begins(k, "total."))
			continue;
		ex_str(x, extent ? "" : "      <extent>");
		extent = true;
		measure(x, "total-", rd_str(k.ptr + 6, k.len - 6), v);
	}
	ex_str(x, extent ? "</extent>\n" : "");
	ex_str(x, "      <publicationStmt>");
	if (licence.len) {
		ex_str(x, "<publisher>inconnu</publisher><availability>");
		element(x, "licence", licence);
		ex_str(x, "</availability>");
	} else {
		ex_str(x, "<p>Non publi\xC3\xA9.</p>");
	}
	ex_str(x, "</publicationStmt>\n      <sourceDesc><p>Export\xC3\xA9 d'un corpus d'auricule.</p></sourceDesc>\n    </fileDesc>\n");
	if (is(property(c, "invented"), "yes"))
		ex_str(x, "    <encodingDesc><projectDesc ana=\"#invented\"><p>Corpus invent\xC3\xA9 : personne n'a dit ces phrases.</p></projectDesc></encodingDesc>\n");
	aur_str id;
	uint32_t sessions = 0;
	for (; c->ext && c->ext->session(c->h, sessions, &id); sessions++) {
		ex_str(x, sessions ? "" : "    <profileDesc>\n      <settingDesc>");
		c->session = sessions;
		setting(x, c, id);
	}
	ex_str(x, sessions ? "\n      </settingDesc>\n    </profileDesc>\n" : "");
	ex_str(x, "  </teiHeader>\n  <text>\n    <body>");
}

/* ---- the exporter -------------------------------------------------------------------------------------- */

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	(void)model;
	ex_out x = {.h = h, .o = o};
	tei_corpus c = {.ext = h->query(h, AUR_EXT_CORPUS), .h = h, .session = UINT32_MAX};
	header(&x, &c);
	replaced = x.replaced;
	return x.status;
}

static bool status(aur_str v)
{
	return is(v, "verbatim") || is(v, "reformule") || is(v, "professionnel");
}

/* Where a field goes: an attribute of <u>, or NULL for a <note> in it. */
static const char *attribute(aur_str name, aur_str value)
{
	return is(name, "session") ? " decls=\"#" : is(name, "locuteur") ? " who=\"#" : is(name, "statut") && status(value) ? " type=\"" : NULL;
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	(void)model;
	ex_out x = {.h = h, .o = o};
	aur_str name, value;
	bool space = loose(v->text);
	for (uint32_t i = 0; h->field_at(h, v, i, &name, &value); i++)
		space |= !attribute(name, value) && loose(value);
	name_attribute(&x, "\n      <u xml:id=\"", v->id);
	for (uint32_t i = 0; h->field_at(h, v, i, &name, &value); i++) {
		const char *as = attribute(name, value);
		if (as && value.len)
			name_attribute(&x, as, value);
	}
	ex_str(&x, space ? " xml:space=\"preserve\">" : ">");
	for (uint32_t i = 0; h->field_at(h, v, i, &name, &value); i++) {
		if (attribute(name, value) || !value.len)
			continue;
		ex_str(&x, "<note type=\"");
		ex_xml(&x, name);
		ex_str(&x, "\">");
		ex_xml(&x, value);
		ex_str(&x, "</note>");
	}
	ex_xml(&x, v->text);
	ex_str(&x, "</u>");
	replaced += x.replaced;
	return x.status;
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	(void)model;
	ex_out x = {.h = h, .o = o, .replaced = replaced};
	ex_str(&x, "\n    </body>\n  </text>\n</TEI>\n");
	ex_tell(&x);
	return x.status;
}

static const aur_exporter_ops ops = {.size = sizeof(aur_exporter_ops), .extension = "xml", .begin = begin, .item = item, .finish = finish};
static const aur_component component = {.size = sizeof(aur_component),
                                        .kind = AUR_EXPORTER,
                                        .id = "exporter-tei",
                                        .version = "1.0.0",
                                        .summary = N_("TEI P5 with the sessions, as reader-tei reads it"),
                                        .ops = &ops};

EXPORT_PLUGIN("exporter-tei", &component);
