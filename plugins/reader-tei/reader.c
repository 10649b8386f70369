/* SPDX-License-Identifier: Apache-2.0 */
/* reader-tei: the TEI P5 subset of doc/corpus-format.md, streamed by libxml2's reader; no DTD, no entities but the five of XML, no
 * network, nothing fetched.  The text of a contribution is that of its <u> or <seg> without its <note>s: each run of white space
 * becomes one space, and there is none at either end, unless xml:space="preserve" says to keep it all. */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include "../common/xmlmismatch.h"
#include "tei.h"

/* ---- is it ours? ------------------------------------------------------------------------------------------ */

/* The name of the root element, or NULL if there is none. */
static const char *probe_root(const char *p, const char *end, size_t *len)
{
	for (;;) {
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (end - p < 4 || *p != '<')
			return NULL;
		if (p[1] == '?' || p[1] == '!') {
			const char *close = p[1] == '?' ? "?>" : strncmp(p, "<!--", 4) == 0 ? "-->" : ">";
			size_t n = strlen(close);
			while (end - p >= (ptrdiff_t)n && strncmp(p, close, n) != 0)
				p++;
			if (end - p < (ptrdiff_t)n)
				return NULL;
			p += n;
			continue;
		}
		const char *name = ++p;
		while (p < end && !isspace((unsigned char)*p) && *p != '>' && *p != '/') {
			if (*p++ == ':')
				name = p;
		}
		*len = (size_t)(p - name);
		return name;
	}
}

static int32_t tei_probe(aur_str head, const char *file_name)
{
	const char *dot = file_name ? strrchr(file_name, '.') : NULL;
	rd_buf text = {0};
	bool whole;
	int32_t sure = 0;
	if (!head.len)
		return 0;
	/* Where there is no memory to decode it, its bytes tell enough: another reader would take it for one long text. */
	aur_str seen = rd_head(head, &text, &whole) ? (aur_str){text.ptr, text.len} : head;
	size_t n = 0;
	const char *root = probe_root(seen.ptr, seen.ptr + seen.len, &n);
	if (root && ((n == 3 && memcmp(root, "TEI", 3) == 0) || (n == 9 && memcmp(root, "teiCorpus", 9) == 0)))
		sure = 100;
	else if ((root && dot && (strcasecmp(dot, ".xml") == 0 || strcasecmp(dot, ".tei") == 0)) ||
	         (seen.len >= 5 && memcmp(seen.ptr, "<?xml", 5) == 0))
		sure = 30; /* other XML, or broken XML: no reader can say better what is wrong */
	rd_buf_free(&text);
	return sure;
}

/* ---- settings ------------------------------------------------------------------------------------------------ */

static aur_status tei_open(const aur_host *h, const aur_config *c, void **model)
{
	tei_conf *m = calloc(1, sizeof *m);
	if (!m)
		return rd_nomem(h);
	m->encoding = h->conf_str(h, c, "encoding", NULL);
	m->unit = h->conf_str(h, c, "unit", NULL);
	*model = m;
	return AUR_OK;
}

static void tei_close(void *model)
{
	free(model);
}

/* ---- the parser ------------------------------------------------------------------------------------------------ */

static void tei_complain(void *data, xmlErrorPtr e)
{
	tei_state *s = data;
	if (!e || e->level != XML_ERR_FATAL || s->complaint[0] || !e->message)
		return;
	size_t n = strcspn(e->message, "\n");
	if (n >= sizeof s->complaint)
		n = sizeof s->complaint - 1;
	n = rd_utf8_valid(e->message, n);
	memcpy(s->complaint, e->message, n);
	s->complaint[n] = 0;
	s->complaint_code = e->code;
	xml_mismatch(e, s->complaint, sizeof s->complaint);
	s->complaint_line = e->line > 0 ? (uint32_t)e->line : 0;
	s->complaint_column = e->int2 > 0 ? (uint32_t)e->int2 : 0;
}

static aur_status tei_entity(tei_state *s, uint32_t line, const char *name)
{
	return rd_fail_at(
	    s->h, AUR_E_DATA, s->feed.file, line, 0,
	    _("&%.*s; is none of the five entities that XML knows by itself: write the character instead"), xml_shown(name), name);
}

static const char *tei_why(const tei_state *s)
{
	const rd_input *in = &s->feed.in;
	bool cut = in->eof && in->begin == in->end && (s->feed.depth > 0 || s->feed.mark);
	if (!s->complaint[0] || (cut && s->complaint_code == XML_ERR_DOCUMENT_END))
		return _("it breaks off");
	return s->complaint;
}

static aur_status tei_broken(tei_state *s)
{
	const aur_host *h = s->h;
	if (s->feed.status < 0)
		return s->feed.status;
	int at = xmlTextReaderGetParserLineNumber(s->r);
	uint32_t line = s->complaint_line ? s->complaint_line
	                : at > 0          ? (uint32_t)at
	                                  : 0,
	         before = s->given + s->refused;
	const char *why = tei_why(s);
	if (s->complaint_code == XML_ERR_UNDECLARED_ENTITY)
		return rd_fail_at(h, AUR_E_DATA, s->feed.file, line, 0, "%s", why);
	if (!before)
		return rd_fail_at(h, AUR_E_DATA, s->feed.file, line, s->complaint_column,
		                  _("the XML is broken here, before the first contribution: %s"), why);
	return rd_fail_at(h, AUR_E_DATA, s->feed.file, line, s->complaint_column,
	                  _("the XML is broken here: %s; contributions before it, which were read: %u"), why, before);
}

static aur_status tei_root(tei_state *s)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(s->r);
	xmlNodePtr node = xmlTextReaderCurrentNode(s->r);
	s->rooted = true;
	/* Names of elements and attributes stay in memory; a normal corpus has few. */
	if (node && node->doc && node->doc->dict)
		xmlDictSetLimit(node->doc->dict, TEI_MAX_NAMES);
	if (name && (strcmp(name, "TEI") == 0 || strcmp(name, "teiCorpus") == 0)) {
		const char *ns = (const char *)xmlTextReaderConstNamespaceUri(s->r);
		if (!*tei_name(s->r))
			return rd_fail_at(
			    s->h, AUR_E_DATA, s->feed.file, tei_line(s->r), 0,
			    _("<%s> is in the namespace « %.120s », and that of TEI is %s: correct xmlns"), name,
			    ns ? ns : "", "http://www.tei-c.org/ns/1.0");
		return AUR_OK;
	}
	return rd_fail_at(
	    s->h, AUR_E_DATA, s->feed.file, tei_line(s->r), 0,
	    _("this XML begins with <%.80s>, not with <TEI>: doc/corpus-format.md describes the format that is read"),
	    name ? name : "");
}

/* Moves to the next node and handles it. */
static aur_status tei_step(tei_state *s)
{
	xmlTextReaderPtr r = s->r;
	int got = xmlTextReaderRead(r);
	s->feed.since = 0;
	if (got < 0 || s->feed.status < 0)
		return tei_broken(s);
	if (got == 0)
		return AUR_END;
	int type = xmlTextReaderNodeType(r);
	if (type == XML_READER_TYPE_ENTITY_REFERENCE) {
		const char *name = (const char *)xmlTextReaderConstName(r);
		return tei_entity(s, tei_line(r), name ? name : "");
	}
	if (type == XML_READER_TYPE_ELEMENT && xmlTextReaderDepth(r) > TEI_MAX_DEPTH)
		return rd_fail_at(s->h, AUR_E_DATA, s->feed.file, tei_line(r), 0,
		                  _("elements are nested more than %d deep"), TEI_MAX_DEPTH);
	if (s->depth >= 0)
		return tei_item_node(s);
	if (type == XML_READER_TYPE_ELEMENT && !s->rooted)
		return tei_root(s);
	if (type == XML_READER_TYPE_ELEMENT)
		tei_include_tell(s);
	if (s->texts || (type == XML_READER_TYPE_ELEMENT && !s->header.in_header && strcmp(tei_name(r), "text") == 0))
		return tei_body_node(s);
	return tei_header_node(&s->header, s->h, s->sink, r);
}

/* ---- one file --------------------------------------------------------------------------------------------------------- */

static void tei_end(void *model, void *state)
{
	(void)model;
	tei_state *s = state;
	if (s->r)
		xmlFreeTextReader(s->r);
	tei_feed_close(&s->feed);
	for (uint32_t i = 0; i < MAX_DIVS; i++)
		rd_buf_free(&s->divs[i].value);
	for (uint32_t i = 0; i < s->value_cap; i++)
		rd_buf_free(&s->values[i].value);
	free(s->values);
	rd_buf_free(&s->id);
	rd_buf_free(&s->text.buf);
	rd_buf_free(&s->note.buf);
	rd_buf_free(&s->header.text.buf);
	free(s);
}

static aur_status tei_begin(const aur_host *h, void *model, aur_source *src, aur_record_sink *o, void **state)
{
	const tei_conf *conf = model;
	tei_state *s = calloc(1, sizeof *s);
	if (!s)
		return rd_nomem(h);
	s->h = h;
	s->conf = conf;
	s->sink = o;
	s->depth = s->aside = -1;
	aur_status st = tei_feed_open(&s->feed, h, src, o, conf->encoding);
	if (st < 0) {
		free(s);
		return st;
	}
	/* The parser gets UTF-8 in any case, whatever the file declares.  HUGE removes the parser's own limit on a text (10 MB);
	 * the feed has another one, and stops the declarations that this option would make dangerous. */
	s->r = xmlReaderForIO(tei_feed_read, NULL, &s->feed, NULL, "UTF-8",
	                      XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC | XML_PARSE_NOCDATA);
	if (!s->r) {
		st = s->feed.status < 0 ? s->feed.status : rd_nomem(h);
		goto out;
	}
	xmlTextReaderSetStructuredErrorHandler(s->r, tei_complain, s);
	while (!s->texts && st >= 0 && st != AUR_END)
		st = tei_step(s);
	if (st == AUR_END)
		st = h->fail_at(h, AUR_E_DATA, s->feed.file, 0, 0,
		                _("this TEI file has no <text>: there is nothing to read in it"));
	if (st < 0)
		goto out;
	*state = s;
	return AUR_OK;
out:
	tei_end(model, s);
	return st;
}

static aur_status tei_next(const aur_host *h, void *model, void *state, aur_record_sink *o)
{
	(void)model;
	tei_state *s = state;
	while (!s->ready) {
		aur_status st = tei_step(s);
		if (st == AUR_END) {
			if (s->feed.repaired > 10)
				rd_note(h, o, _("lines that held bytes which are not UTF-8, read as Windows-1252: %u"),
				        s->feed.repaired);
			if (!(s->given + s->refused) && s->conf->unit)
				rd_note(h, o, _("there is no <%s> in the text of this file, so no contribution"), s->conf->unit);
			else if (!(s->given + s->refused))
				rd_note(h, o, _("there is no <u> and no <seg> in this file, so no contribution: put each into a <u>, as doc/corpus-format.md shows, or "
				                "name the element that holds one, as in --set unit=p"));
			tei_unread_tell(s);
			rd_dates_tell(&s->header.dates, h, o);
			return AUR_END;
		}
		if (st < 0)
			return st;
	}
	return tei_item_give(s);
}

/* ---- the component ---------------------------------------------------------------------------------------------------- */

static const aur_reader_ops tei_ops = {
    .size = sizeof(aur_reader_ops),
    .extensions = "xml tei",
    .probe = tei_probe,
    .begin = tei_begin,
    .next = tei_next,
    .end = tei_end,
};

static const aur_component tei_component = {
    .size = sizeof(aur_component),
    .kind = AUR_READER,
    .id = "reader-tei",
    .version = "1.0.0",
    .summary = N_("corpora in a subset of TEI P5, streamed"),
    .open = tei_open,
    .close = tei_close,
    .ops = &tei_ops,
};

EXPORT_PLUGIN("reader-tei", &tei_component);
