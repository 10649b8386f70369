/* SPDX-License-Identifier: Apache-2.0 */
/* The header: title and licence of the corpus, whether it is invented, the sessions with the people invited and present, and the
 * totals as printed. */
#include <stdio.h>
#include "tei.h"

/* ---- the current node -------------------------------------------------------------------------------- */

const char *tei_name(xmlTextReaderPtr r)
{
	const xmlChar *ns = xmlTextReaderConstNamespaceUri(r), *name = xmlTextReaderConstLocalName(r);
	if (!name || (ns && !xmlStrEqual(ns, BAD_CAST "http://www.tei-c.org/ns/1.0")))
		return "";
	return (const char *)name;
}

char *tei_attr(xmlTextReaderPtr r, const char *name)
{
	char *v = strcmp(name, TEI_ID) == 0 ? (char *)xmlTextReaderGetAttributeNs(r, BAD_CAST TEI_ID, XML_XML_NAMESPACE)
	                                    : (char *)xmlTextReaderGetAttribute(r, BAD_CAST name);
	if (v) { /* a schema, which is not read, would have removed the white space at its ends */
		aur_str t = rd_trim(rd_str(v, strlen(v)));
		memmove(v, t.ptr, t.len);
		v[strcmp(name, TEI_ID) == 0 ? rd_xml_name_decode(v, t.len) : t.len] = 0;
	}
	return v;
}

aur_str tei_pointer(char *v)
{
	v += strspn(v, " \t\r\n");
	v += *v == '#';
	return rd_str(v, rd_xml_name_decode(v, strcspn(v, " \t\r\n")));
}

uint32_t tei_line(xmlTextReaderPtr r)
{
	/* A node has its line only up to 65534; above, the parser's position is close (it reads some 500 bytes ahead). */
	xmlNodePtr node = xmlTextReaderCurrentNode(r);
	long line = node ? (long)node->line : 0;
	if (line <= 0 || line >= 65535)
		line = xmlTextReaderGetParserLineNumber(r);
	return line > 0 ? (uint32_t)line : 0;
}

/* ---- text --------------------------------------------------------------------------------------------- */

void tei_text_start(tei_text *t, bool preserve)
{
	t->buf.len = 0;
	t->preserve = preserve;
	t->gap = t->seam = t->ended = t->too_long = false;
}

/* Would `next` run into the word before it?  Not after an apostrophe, nor if it closes what comes before. */
static bool text_meets(const rd_buf *b, char next)
{
	static const char apostrophe[] = "\xE2\x80\x99";
	if (!b->len || strchr(",.;:!?)]", next))
		return false;
	return !strchr("'([-/", b->ptr[b->len - 1]) && (b->len < 3 || memcmp(b->ptr + b->len - 3, apostrophe, 3) != 0);
}

bool tei_text_add(tei_text *t, const char *p, size_t n)
{
	if (t->buf.len + n > RD_MAX_RECORD) {
		t->too_long = true;
		return true;
	}
	if (t->preserve)
		return rd_buf_add(&t->buf, p, n);
	while (n) {
		size_t ws = 0, run = 0;
		while (ws < n && (p[ws] == ' ' || p[ws] == '\t' || p[ws] == '\n' || p[ws] == '\r'))
			ws++;
		t->gap |= ws > 0;
		p += ws;
		n -= ws;
		while (run < n && !(p[run] == ' ' || p[run] == '\t' || p[run] == '\n' || p[run] == '\r'))
			run++;
		if (!run)
			break;
		t->gap |= t->seam && text_meets(&t->buf, *p);
		if (t->gap && t->buf.len && t->buf.ptr[t->buf.len - 1] != '\n' && !rd_buf_add(&t->buf, " ", 1))
			return false;
		t->gap = t->seam = t->ended = false;
		if (!rd_buf_add(&t->buf, p, run))
			return false;
		p += run;
		n -= run;
	}
	return true;
}

bool tei_text_break(tei_text *t)
{
	t->gap = t->seam = t->ended = false;
	return (!t->buf.len && !t->preserve) || rd_buf_add(&t->buf, "\n", 1);
}

void tei_text_join(tei_text *t)
{
	t->gap = t->seam = t->ended = false;
}

aur_str tei_text_get(tei_text *t)
{
	while (!t->preserve && t->buf.len && t->buf.ptr[t->buf.len - 1] == '\n')
		t->buf.len--;
	return rd_str(t->buf.ptr ? t->buf.ptr : "", t->buf.len);
}

/* ---- the header ----------------------------------------------------------------------------------------- */

/* "invites.allocataire" from "invites" of "#allocataire"; without a role, "invites" is for all together. */
static aur_status header_measure(tei_header *t, const aur_host *h, aur_record_sink *o, xmlTextReaderPtr r)
{
	char key[160];
	aur_status s = AUR_OK;
	char *type = tei_attr(r, "type"), *ana = tei_attr(r, "ana"), *quantity = tei_attr(r, "quantity");
	aur_str role = ana ? tei_pointer(ana) : rd_str("", 0);
	bool people = type && (strcmp(type, "invites") == 0 || strcmp(type, "presents") == 0),
	     number = quantity && *quantity && !quantity[strspn(quantity, "0123456789")];
	if (t->in_setting && !(people && number) && !t->said_measure) {
		t->said_measure = true;
		rd_note(h, o,
		        _("line %u: this <measure> is not read, here and below: in a <setting> it needs type=\"invites\" or type=\"presents\", and a "
		          "number as its quantity"),
		        tei_line(r));
	}
	if (type && quantity && role.len < 64) {
		const char *dot = role.len ? "." : "", *what = type;
		if (t->in_setting && people) {
			snprintf(key, sizeof key, "%s%s%.*s", what, dot, (int)role.len, role.ptr);
			s = h->session_set(h, o, rd_strz(key), rd_strz(quantity));
		} else if (!t->in_setting && t->in_extent && strncmp(what, "total-", 6) == 0 && strlen(what) < 64) {
			snprintf(key, sizeof key, "total.%s%s%.*s", what + 6, dot, (int)role.len, role.ptr);
			s = h->corpus_set(h, o, rd_strz(key), rd_strz(quantity));
		}
	}
	xmlFree(type);
	xmlFree(ana);
	xmlFree(quantity);
	return s;
}

static void header_want(tei_header *t, tei_want what, xmlTextReaderPtr r)
{
	t->want = what;
	t->want_depth = xmlTextReaderDepth(r);
	/* its own attribute alone: who keeps the space of a whole file breaks the lines of its header as well */
	char *space = tei_attr(r, "xml:space");
	tei_text_start(&t->text, space && strcmp(space, "preserve") == 0);
	xmlFree(space);
}

static aur_status header_setting(tei_header *t, const aur_host *h, aur_record_sink *o, xmlTextReaderPtr r)
{
	char *id = tei_attr(r, TEI_ID), *wave = tei_attr(r, "n");
	aur_status s = AUR_OK;
	if (id && *id) {
		s = h->session(h, o, rd_strz(id));
		t->in_setting = true;
		t->sessions++;
		if (s >= 0 && wave && *wave)
			s = h->session_set(h, o, rd_strz("vague"), rd_strz(wave));
	} else if (!t->said_setting) {
		t->said_setting = true;
		rd_note(h, o, _("line %u: a <setting> without xml:id is not a session, and its content is not read, here and below: give it an xml:id"), tei_line(r));
	}
	xmlFree(id);
	xmlFree(wave);
	return s;
}

static aur_status header_start(tei_header *t, const aur_host *h, aur_record_sink *o, xmlTextReaderPtr r)
{
	const char *name = tei_name(r);
	bool empty = xmlTextReaderIsEmptyElement(r) == 1;
	aur_status s = AUR_OK;
	if (strcmp(name, "teiHeader") == 0) {
		t->in_header = !empty;
		t->sessions = 0;
		return s;
	}
	if (!t->in_header)
		return s;
	if (strcmp(name, "measure") == 0)
		return header_measure(t, h, o, r);
	char *ana = tei_attr(r, "ana");
	if (ana && strcmp(ana, "#invented") == 0)
		s = h->corpus_set(h, o, rd_strz("invented"), rd_strz("yes"));
	xmlFree(ana);
	if (s < 0)
		return s;
	if (strcmp(name, "setting") == 0)
		return empty ? s : header_setting(t, h, o, r);
	if (empty && strcmp(name, "date") != 0)
		return s;
	if (strcmp(name, "titleStmt") == 0) {
		t->in_title_stmt = true;
	} else if (strcmp(name, "extent") == 0) {
		t->in_extent = true;
	} else if (t->want != TEI_NOTHING) {
		;
	} else if (strcmp(name, "title") == 0 && t->in_title_stmt && !t->titled) {
		header_want(t, TEI_TITLE, r);
	} else if (strcmp(name, "licence") == 0) {
		header_want(t, TEI_LICENCE, r);
	} else if (t->in_setting) {
		if (strcmp(name, "date") == 0) {
			char *when = tei_attr(r, "when"), iso[48];
			if (when && *when)
				s = h->session_set(h, o, rd_strz("date"), rd_date(&t->dates, rd_strz(when), tei_line(r), iso));
			else if (!empty)
				header_want(t, TEI_DATE, r);
			xmlFree(when);
		} else if (strcmp(name, "placeName") == 0) {
			header_want(t, TEI_PLACE, r);
		} else if (strcmp(name, "region") == 0) {
			header_want(t, TEI_REGION, r);
		} else if (strcmp(name, "locale") == 0) {
			header_want(t, TEI_LOCALE, r);
		} else if (strcmp(name, "activity") == 0) {
			header_want(t, TEI_ACTIVITY, r);
		}
	}
	return s;
}

static aur_status header_end(tei_header *t, const aur_host *h, aur_record_sink *o, xmlTextReaderPtr r)
{
	static const char *const keys[] = {NULL,   "title",      "licence",         "date",
	                                   "lieu", "territoire", "type-territoire", "note"};
	const char *name = tei_name(r);
	if (t->want != TEI_NOTHING && xmlTextReaderDepth(r) == t->want_depth) {
		tei_want want = t->want;
		aur_str v = tei_text_get(&t->text);
		t->want = TEI_NOTHING;
		if (!v.len || t->text.too_long)
			return AUR_OK;
		t->titled |= want == TEI_TITLE;
		char iso[48];
		if (want == TEI_DATE)
			v = rd_date(&t->dates, v, tei_line(r), iso);
		return want <= TEI_LICENCE ? h->corpus_set(h, o, rd_strz(keys[want]), v)
		                           : h->session_set(h, o, rd_strz(keys[want]), v);
	}
	if (strcmp(name, "teiHeader") == 0)
		t->in_header = t->in_title_stmt = t->in_extent = t->in_setting = false;
	else if (strcmp(name, "titleStmt") == 0)
		t->in_title_stmt = false;
	else if (strcmp(name, "extent") == 0)
		t->in_extent = false;
	else if (strcmp(name, "setting") == 0)
		t->in_setting = false;
	return AUR_OK;
}

aur_status tei_header_node(tei_header *t, const aur_host *h, aur_record_sink *o, xmlTextReaderPtr r)
{
	const char *v;
	switch (xmlTextReaderNodeType(r)) {
	case XML_READER_TYPE_ELEMENT:
		return header_start(t, h, o, r);
	case XML_READER_TYPE_END_ELEMENT:
		return header_end(t, h, o, r);
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		v = (const char *)xmlTextReaderConstValue(r);
		if (t->want != TEI_NOTHING && v && !tei_text_add(&t->text, v, strlen(v)))
			return rd_nomem(h);
		return AUR_OK;
	default:
		return AUR_OK;
	}
}
