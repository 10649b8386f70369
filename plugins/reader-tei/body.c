/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around contributions: elements that give a field, a session or a speaker to all that they hold, and what is not read. */
#include <ctype.h>
#include "tei.h"

/* Sets a field for everything in the current element. */
static aur_status body_holds(tei_state *s, const char *name, aur_str value)
{
	tei_div *d = &s->divs[s->div_count++];
	d->depth = xmlTextReaderDepth(s->r);
	memcpy(d->name, name, strlen(name) + 1);
	d->value.len = 0;
	return rd_buf_add(&d->value, value.ptr, value.len) ? AUR_OK : rd_nomem(s->h);
}

static bool is_div(const char *name)
{
	return strncmp(name, "div", 3) == 0 && (!name[3] || (isdigit((unsigned char)name[3]) && !name[4]));
}

/* Sets fields from the attributes of <text> that TEI does not define: TXM writes the variables of a text there. */
static aur_status text_variables(tei_state *s)
{
	static const char *const of_tei[] = {"n", "rend", "rendition", "style", "base", "source", "cert", "resp", "ana", "corresp", "synch",
	                                     "sameAs", "copyOf", "next", "prev", "exclude", "select", "facs", "change", "type", "subtype",
	                                     "org", "sample", "decls", "who", "lang", NULL};
	xmlTextReaderPtr r = s->r;
	aur_status st = AUR_OK;
	uint32_t first = s->div_count, line = tei_line(r); /* an attribute has none */
	while (st >= 0 && xmlTextReaderMoveToNextAttribute(r) == 1) {
		const char *as = (const char *)xmlTextReaderConstLocalName(r), *v = (const char *)xmlTextReaderConstValue(r);
		char name[RD_NAME_MAX];
		if (!as || !v || xmlTextReaderConstNamespaceUri(r) || tei_is_one_of(as, of_tei))
			continue;
		if (strcmp(as, "id") == 0)
			as = "text_id"; /* as TXM calls it */
		if (s->div_count >= MAX_VARIABLES) {
			if (!s->said_many)
				rd_note(s->h, s->sink, _("line %u: <text> has more than %u variables: « %.60s » and those after it are left out, here and below"), line, MAX_VARIABLES, as);
			s->said_many = true;
		} else if (rd_name_fold(as, strlen(as), name)) {
			st = body_holds(s, name, rd_trim(rd_strz(v)));
		}
	}
	xmlTextReaderMoveToElement(r);
	for (uint32_t i = first; i < s->div_count; i++)
		s->divs[i].depth = xmlTextReaderDepth(r);
	return st;
}

/* A <div> with @type and @n sets a field.  Any element around contributions (<text>, <div>, <annotationBlock>) may
 * set their session (@decls) and their speaker (@who). */
static aur_status body_around(tei_state *s, const char *element)
{
	xmlTextReaderPtr r = s->r;
	if (xmlTextReaderIsEmptyElement(r) == 1 || xmlTextReaderHasAttributes(r) != 1)
		return AUR_OK;
	bool div = is_div(element);
	char *type = div ? tei_attr(r, "type") : NULL, *n = div ? tei_attr(r, "n") : NULL, *decls = tei_attr(r, "decls"),
	     *who = tei_attr(r, "who"), name[RD_NAME_MAX];
	aur_status st = strcmp(element, "text") == 0 ? text_variables(s) : AUR_OK;
	if (st >= 0 && decls)
		st = body_holds(s, "session", tei_pointer(decls));
	if (st >= 0 && who)
		st = body_holds(s, "locuteur", tei_speaker(s, who));
	if (st >= 0 && type && n && *n && rd_name_fold(type, strlen(type), name))
		st = body_holds(s, name, rd_strz(n));
	xmlFree(type);
	xmlFree(n);
	xmlFree(decls);
	xmlFree(who);
	return st;
}

/* Is the current node in a heading or a remark, which are meant for human readers? */
static bool for_people(xmlTextReaderPtr r)
{
	static const char *const people[] = {"head", "note", "speaker", "stage", "desc", "label", NULL};
	xmlNodePtr p = xmlTextReaderCurrentNode(r);
	while (p && (p = p->parent) && p->name)
		if (tei_is_one_of((const char *)p->name, people))
			return true;
	return false;
}

/* Counts text that is in no contribution, although one might think that it was read. */
static void body_unread(tei_state *s)
{
	const char *v = (const char *)xmlTextReaderConstValue(s->r);
	size_t n = v ? strlen(v) : 0, ws = v ? strspn(v, " \t\r\n") : 0;
	if (rd_blank(v, n) || for_people(s->r))
		return;
	if (s->unread++)
		return;
	s->unread_line = tei_line(s->r); /* the line of its end */
	for (const char *p = v + ws; (p = strchr(p, '\n')) && s->unread_line > 1; p++)
		s->unread_line--;
	n = rd_utf8_valid(v + ws, n - ws < sizeof s->unread_first - 1 ? n - ws : sizeof s->unread_first - 1);
	memcpy(s->unread_first, v + ws, n);
	n = strcspn(s->unread_first, "\r\n");
	s->unread_first[n] = 0;
}

void tei_unread_tell(tei_state *s)
{
	if (s->unread && s->given + s->refused)
		rd_note(s->h, s->sink,
		        _("passages outside any <u> and <seg>, not read: %u, the first on line %u: « %s »"),
		        s->unread, s->unread_line, s->unread_first);
	if (s->nameless)
		rd_note(s->h, s->sink,
		        _("contributions without xml:id: %u, the first on line %u: they are numbered in order, so anything "
		          "inserted before them changes their ids: if the file will change, give each an xml:id"),
		        s->nameless, s->nameless_line);
	if (s->homeless)
		rd_note(s->h, s->sink,
		        _("contributions outside any session, although the header describes one: %u, the first on line %u: name their session with "
		          "decls=\"#…\" on each of them, on a <div> or on the <text>"),
		        s->homeless, s->homeless_line);
}

void tei_include_tell(tei_state *s)
{
	const char *ns = (const char *)xmlTextReaderConstNamespaceUri(s->r), *name = (const char *)xmlTextReaderConstLocalName(s->r);
	if (s->said_include || !ns || strcmp(ns, "http://www.w3.org/2001/XInclude") != 0 || strcmp(name, "include") != 0)
		return;
	char *href = tei_attr(s->r, "href");
	s->said_include = true;
	rd_note(s->h, s->sink, _("line %u: an <xi:include> is not followed, here and below: ingest « %s » as well"), tei_line(s->r),
	        href ? href : "");
	xmlFree(href);
}

aur_status tei_body_node(tei_state *s)
{
	const char *name = tei_name(s->r);
	int type = xmlTextReaderNodeType(s->r);
	if (type == XML_READER_TYPE_ELEMENT) {
		const char *unit = s->conf->unit;
		if ((unit ? strcmp(name, unit) == 0 : strcmp(name, "u") == 0 || strcmp(name, "seg") == 0) && !for_people(s->r))
			return tei_item_start(s);
		s->texts += strcmp(name, "text") == 0 && xmlTextReaderIsEmptyElement(s->r) != 1;
		return body_around(s, name);
	}
	if (type == XML_READER_TYPE_END_ELEMENT) {
		while (s->div_count && s->divs[s->div_count - 1].depth == xmlTextReaderDepth(s->r))
			s->div_count--;
		s->texts -= strcmp(name, "text") == 0;
	} else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA) {
		body_unread(s);
	}
	return AUR_OK;
}
