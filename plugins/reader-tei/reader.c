/* SPDX-License-Identifier: Apache-2.0 */
/* reader-tei: the TEI P5 subset of doc/corpus-format.md, streamed by libxml2's reader; no DTD, no entities but the five of XML, no
 * network, nothing fetched.  The text of a contribution is that of its <u> or <seg> without its <note>s: each run of white space
 * becomes one space, and there is none at either end, unless xml:space="preserve" says to keep it all. */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include "tei.h"

#define MAX_VARIABLES 256u /* that <text>s say */
#define MAX_DIVS (MAX_VARIABLES + 3u * (TEI_MAX_DEPTH + 1)) /* each element may say three things */
#define MAX_NAMES 64u
#define MAX_VALUES 1024u /* fields per contribution */

typedef struct tei_value {
	char name[RD_NAME_MAX];
	rd_buf value;
	bool from_note;
} tei_value;

typedef struct tei_div {
	int depth;
	char name[RD_NAME_MAX];
	rd_buf value;
} tei_div;

typedef struct tei_state {
	tei_feed feed;
	xmlTextReaderPtr r;
	const aur_host *h;
	aur_record_sink *sink;
	tei_header header;
	/* the parser's first complaint */
	char complaint[512];
	int complaint_code;
	uint32_t complaint_line, complaint_column;
	int texts;    /* open <text> elements: a <group> contains others */
	bool rooted;
	uint32_t given, refused;
	/* things that would go unnoticed unless the person is told */
	uint32_t unread, unread_line, nameless, nameless_line, homeless, homeless_line;
	char unread_first[64];
	bool said_include, said_who, said_many;
	/* what the elements around contributions set */
	tei_div divs[MAX_DIVS];
	uint32_t div_count;
	/* the current contribution */
	int depth;   /* depth of its element; -1: none */
	int aside;   /* depth of a <note> or <desc> in it; -1: none */
	bool noting; /* that note is read as a field */
	uint32_t chosen[TEI_MAX_DEPTH + 1]; /* by depth of a <choice>: how many alternatives it had so far */
	uint32_t line;
	rd_buf id;
	tei_text text, note;
	char note_name[RD_NAME_MAX];
	tei_value *values;
	uint32_t value_count, value_cap;
	bool ready;
	/* the host's numbers of the fields seen so far */
	char names[MAX_NAMES][RD_NAME_MAX];
	uint32_t numbers[MAX_NAMES], name_count;
} tei_state;

/* ---- is it ours? ------------------------------------------------------------------------------------------ */

/* The name of the root element, or NULL if there is none. */
static const char *probe_root(const char *p, const char *end, size_t *len)
{
	for (;;) {
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (end - p < 3 || *p != '<')
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
	if (!head.len || !rd_head(head, &text, &whole))
		return 0;
	size_t n = 0;
	const char *root = probe_root(text.ptr, text.ptr + text.len, &n);
	if (root && ((n == 3 && memcmp(root, "TEI", 3) == 0) || (n == 9 && memcmp(root, "teiCorpus", 9) == 0)))
		sure = 100;
	else if ((root && dot && (strcasecmp(dot, ".xml") == 0 || strcasecmp(dot, ".tei") == 0)) ||
	         (text.len >= 5 && memcmp(text.ptr, "<?xml", 5) == 0))
		sure = 30; /* other XML, or broken XML: no reader can say better what is wrong */
	rd_buf_free(&text);
	return sure;
}

/* ---- settings ------------------------------------------------------------------------------------------------ */

static aur_status tei_open(const aur_host *h, const aur_config *c, void **model)
{
	const char **encoding = calloc(1, sizeof *encoding);
	if (!encoding)
		return rd_nomem(h);
	*encoding = h->conf_str(h, c, "encoding", NULL);
	*model = encoding;
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
	if (e->code == XML_ERR_UNDECLARED_ENTITY && e->str1) {
		n = strlen(e->str1);
		n = rd_utf8_valid(e->str1, n < 40 ? n : 40);
		memcpy(s->complaint, e->str1, n);
		s->complaint[n] = 0;
	}
	s->complaint_line = e->line > 0 ? (uint32_t)e->line : 0;
	s->complaint_column = e->int2 > 0 ? (uint32_t)e->int2 : 0;
}

static aur_status tei_entity(tei_state *s, uint32_t line, const char *name)
{
	return rd_fail_at(
	    s->h, AUR_E_DATA, s->feed.file, line, 0,
	    _("&%.40s; is none of the five entities that XML knows by itself: write the character instead"), name);
}

/* The parser's complaint, or the cause of it if that is a common mistake. */
static const char *tei_why(const tei_state *s)
{
	const rd_input *in = &s->feed.in;
	bool cut = in->eof && in->begin == in->end && (s->feed.depth > 0 || s->feed.mark);
	if (!s->complaint[0] || (cut && s->complaint_code == XML_ERR_DOCUMENT_END))
		return _("it breaks off");
	bool name = s->complaint_code == XML_ERR_NAME_REQUIRED;
	if (s->complaint_code == XML_ERR_ENTITYREF_SEMICOL_MISSING || (name && strstr(s->complaint, "EntityRef")))
		return _("the sign & must be written &amp;");
	if (name && strstr(s->complaint, "StartTag"))
		return _("the sign < must be written &lt;");
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
		return tei_entity(s, line, s->complaint);
	if (!before)
		return rd_fail_at(h, AUR_E_DATA, s->feed.file, line, s->complaint_column,
		                  _("the XML is broken here, before the first contribution: %s"), why);
	return rd_fail_at(h, AUR_E_DATA, s->feed.file, line, s->complaint_column,
	                  _("the XML is broken here: %s; contributions before it, which were read: %u"), why, before);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* Sets a field of the current contribution.  A later value replaces an earlier one, but two notes of the same name are joined. */
static bool value_set(tei_state *s, const char *name, aur_str v, bool from_note)
{
	tei_value *t = NULL;
	if (!*name || !v.len)
		return true;
	for (uint32_t i = 0; i < s->value_count && !t; i++)
		if (strcmp(s->values[i].name, name) == 0)
			t = &s->values[i];
	if (!t && s->value_count == MAX_VALUES) {
		if (!s->said_many)
			rd_note(s->h, s->sink, _("line %u: a contribution has more than %u fields: « %s » and those after it are left out, here and below"),
			        s->line, MAX_VALUES, name);
		s->said_many = true;
		return true;
	}
	if (!t) {
		if (s->value_count == s->value_cap) {
			uint32_t cap = s->value_cap ? s->value_cap * 2 : 8;
			tei_value *p = realloc(s->values, cap * sizeof *p);
			if (!p)
				return false;
			memset(p + s->value_cap, 0, (cap - s->value_cap) * sizeof *p);
			s->values = p;
			s->value_cap = cap;
		}
		t = &s->values[s->value_count++];
		t->value.len = 0;
		t->from_note = false;
		memcpy(t->name, name, strlen(name) + 1);
	}
	if (t->from_note && from_note) {
		if (t->value.len + v.len > RD_MAX_RECORD)
			return true;
		return rd_buf_add(&t->value, "|", 1) && rd_buf_add(&t->value, v.ptr, v.len);
	}
	t->from_note = from_note;
	t->value.len = 0;
	return rd_buf_add(&t->value, v.ptr, v.len);
}

static uint32_t value_field(tei_state *s, const char *name)
{
	for (uint32_t i = 0; i < s->name_count; i++)
		if (strcmp(s->names[i], name) == 0)
			return s->numbers[i];
	uint32_t number = s->h->field(s->h, s->sink, rd_strz(name));
	if (s->name_count < MAX_NAMES) {
		memcpy(s->names[s->name_count], name, strlen(name) + 1);
		s->numbers[s->name_count++] = number;
	}
	return number;
}

static bool value_holds(aur_str v, const char *mark)
{
	for (const char *p = v.ptr, *end = v.ptr + v.len; (p = memchr(p, mark[0], (size_t)(end - p))); p++)
		if (end - p >= 3 && memcmp(p, mark, 3) == 0)
			return true;
	return false;
}

static bool is_one_of(const char *name, const char *const *of)
{
	while (*of && strcmp(name, *of) != 0)
		of++;
	return *of != NULL;
}

/* ---- contributions ----------------------------------------------------------------------------------------------------- */

/* Is the current node in a <choice>, one of its alternatives or text between them? */
static bool in_choice(xmlTextReaderPtr r)
{
	xmlNodePtr node = xmlTextReaderCurrentNode(r);
	return node && node->parent && node->parent->name && xmlStrEqual(node->parent->name, BAD_CAST "choice");
}

/* The speaker; if several are named, the first, and the person is told. */
static aur_str speaker(tei_state *s, char *who)
{
	size_t n = strcspn(who, " \t\r\n");
	if (!s->said_who && !rd_blank(who + n, strlen(who + n))) {
		s->said_who = true;
		rd_note(s->h, s->sink, _("line %u: who=\"%.60s\" names several people: the first of them is taken as the speaker, here and below"),
		        tei_line(s->r), who);
	}
	return tei_pointer(who);
}

static aur_status item_start(tei_state *s)
{
	xmlTextReaderPtr r = s->r;
	xmlNodePtr node = xmlTextReaderCurrentNode(r);
	s->depth = xmlTextReaderDepth(r);
	s->aside = -1;
	s->line = tei_line(r);
	s->value_count = 0;
	s->id.len = 0;
	tei_text_start(&s->text, node && xmlNodeGetSpacePreserve(node) == 1);
	bool ok = true;
	for (uint32_t i = 0; i < s->div_count && ok; i++)
		ok = value_set(s, s->divs[i].name, rd_str(s->divs[i].value.ptr, s->divs[i].value.len), false);
	char *id = tei_attr(r, TEI_ID), *decls = tei_attr(r, "decls"), *who = tei_attr(r, "who"),
	     *type = tei_attr(r, "type");
	if (id)
		ok = ok && rd_buf_add(&s->id, id, strlen(id));
	if (type)
		ok = ok && value_set(s, "statut", rd_strz(type), false);
	if (decls)
		ok = ok && value_set(s, "session", tei_pointer(decls), false);
	if (who)
		ok = ok && value_set(s, "locuteur", speaker(s, who), false);
	xmlFree(id);
	xmlFree(decls);
	xmlFree(who);
	xmlFree(type);
	if (xmlTextReaderIsEmptyElement(r) == 1)
		s->ready = true;
	return ok ? AUR_OK : rd_nomem(s->h);
}

/* Is it something that nobody said: remarks and noises; in a <choice>, what an editor would have preferred, and everything after
 * the first of the other alternatives?  Outside of a <choice> the editor's version is the only one there is, so it is read. */
static bool item_aside(tei_state *s, const char *name, int depth)
{
	static const char *const unsaid[] = {"note", "desc", "vocal", "kinesic", "incident", NULL},
				 *const editors[] = {"corr", "reg", "expan", NULL};
	const char *local = (const char *)xmlTextReaderConstLocalName(s->r);
	if (local && strcmp(local, "ana") == 0) /* TXM's, in a <w> behind its form: a lemma, a part of speech */
		return true;
	if (!in_choice(s->r))
		return is_one_of(name, unsaid);
	return is_one_of(name, unsaid) || is_one_of(name, editors) || s->chosen[depth - 1]++;
}

/* Sets a seam, which keeps words apart even without a space: at an element that contains whole sentences or was heard, and where
 * two elements that contain words meet. */
static void item_seam(tei_text *t, const char *name, bool end)
{
	static const char *const seams[] = {"s", "p", "ab", "l", "item", "pause", "vocal", "kinesic", "incident", "gap", "shift", NULL},
				 *const words[] = {"seg", "w", "pc", NULL};
	bool word = is_one_of(name, words);
	t->seam |= is_one_of(name, seams) || (word && !end && t->ended);
	t->ended |= word && end;
}

/* Handles a node within the current contribution. */
static aur_status item_node(tei_state *s)
{
	xmlTextReaderPtr r = s->r;
	int depth = xmlTextReaderDepth(r);
	const char *name, *v;
	bool ok = true;
	switch (xmlTextReaderNodeType(r)) {
	case XML_READER_TYPE_END_ELEMENT:
		if (depth == s->depth) {
			s->ready = true;
		} else if (depth == s->aside) {
			if (s->noting)
				ok = value_set(s, s->note_name, tei_text_get(&s->note), true);
			s->aside = -1;
		} else if (s->aside < 0) {
			item_seam(&s->text, tei_name(r), true);
		}
		break;
	case XML_READER_TYPE_ELEMENT:
		name = tei_name(r);
		if (s->aside >= 0)
			break;
		item_seam(&s->text, name, false);
		s->chosen[depth] = 0;
		if (strcmp(name, "lb") == 0) {
			char *breaks = tei_attr(r, "break");
			if (breaks && strcmp(breaks, "no") == 0)
				tei_text_join(&s->text);
			else
				ok = tei_text_break(&s->text);
			xmlFree(breaks);
		} else if (item_aside(s, name, depth) && xmlTextReaderIsEmptyElement(r) != 1) {
			char *type = tei_attr(r, "type");
			s->aside = depth;
			s->noting = name[0] == 'n' && type && rd_name_fold(type, strlen(type), s->note_name);
			tei_text_start(&s->note, xmlNodeGetSpacePreserve(xmlTextReaderCurrentNode(r)) == 1);
			xmlFree(type);
		}
		break;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		v = (const char *)xmlTextReaderConstValue(r);
		if (v && (s->aside >= 0 || !in_choice(r) || !rd_blank(v, strlen(v))))
			ok = tei_text_add(s->aside >= 0 ? &s->note : &s->text, v, strlen(v));
		break;
	default:
		break;
	}
	return ok ? AUR_OK : rd_nomem(s->h);
}

static aur_status item_give(tei_state *s)
{
	const aur_host *h = s->h;
	aur_str text = tei_text_get(&s->text), id = rd_str(s->id.ptr, s->id.len);
	const char *why = NULL;
	s->ready = false;
	s->depth = -1;
	if (s->text.too_long)
		why = _("the text is longer than the 32 MiB that a contribution may have");
	else if (rd_blank(text.ptr, text.len))
		why = _("empty text");
	if (s->feed.nuls || s->feed.lost) {
		bool nul = value_holds(text, TEI_NUL), lost = value_holds(text, TEI_LOST);
		for (uint32_t i = 0; i < s->value_count; i++) {
			aur_str v = rd_str(s->values[i].value.ptr, s->values[i].value.len);
			nul |= value_holds(v, TEI_NUL);
			lost |= value_holds(v, TEI_LOST);
		}
		if (nul)
			why = _("the contribution holds a NUL byte, which a text cannot have");
		else if (lost)
			why = _("the contribution holds bytes that are not valid in the declared encoding");
	}
	if (why) {
		h->refuse(h, s->sink, s->line, id, why);
		s->refused++;
		return AUR_REFUSED;
	}
	h->put_where(h, s->sink, s->line);
	if (id.len)
		h->put_id(h, s->sink, id);
	else if (!s->nameless++)
		s->nameless_line = s->line;
	bool session = false;
	for (uint32_t i = 0; i < s->value_count; i++) {
		aur_str v = rd_str(s->values[i].value.ptr, s->values[i].value.len);
		char iso[48];
		session |= strcmp(s->values[i].name, "session") == 0;
		if (strcmp(s->values[i].name, "date") == 0)
			v = rd_date(&s->header.dates, v, s->line, iso);
		h->put_field(h, s->sink, value_field(s, s->values[i].name), v);
	}
	if (!session && s->header.sessions == 1 && !s->homeless++)
		s->homeless_line = s->line;
	h->put_text(h, s->sink, text);
	s->given++;
	return AUR_OK;
}

/* ---- between contributions -------------------------------------------------------------------------------------------- */

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
		if (!as || !v || xmlTextReaderConstNamespaceUri(r) || is_one_of(as, of_tei))
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
		st = body_holds(s, "locuteur", speaker(s, who));
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
		if (is_one_of((const char *)p->name, people))
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

static void unread_tell(tei_state *s)
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

static void include_tell(tei_state *s)
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

static aur_status body_node(tei_state *s)
{
	const char *name = tei_name(s->r);
	int type = xmlTextReaderNodeType(s->r);
	if (type == XML_READER_TYPE_ELEMENT) {
		if ((strcmp(name, "u") == 0 || strcmp(name, "seg") == 0) && !for_people(s->r))
			return item_start(s);
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
		return item_node(s);
	if (type == XML_READER_TYPE_ELEMENT && !s->rooted)
		return tei_root(s);
	if (type == XML_READER_TYPE_ELEMENT)
		include_tell(s);
	if (s->texts || (type == XML_READER_TYPE_ELEMENT && !s->header.in_header && strcmp(tei_name(r), "text") == 0))
		return body_node(s);
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
	const char *const *encoding = model;
	tei_state *s = calloc(1, sizeof *s);
	if (!s)
		return rd_nomem(h);
	s->h = h;
	s->sink = o;
	s->depth = s->aside = -1;
	aur_status st = tei_feed_open(&s->feed, h, src, o, *encoding);
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
			if (!(s->given + s->refused))
				rd_note(h, o, _("there is no <u> and no <seg> in this file, so no contribution: put each into a <u>, as doc/corpus-format.md shows"));
			unread_tell(s);
			rd_dates_tell(&s->header.dates, h, o);
			return AUR_END;
		}
		if (st < 0)
			return st;
	}
	return item_give(s);
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

static const aur_component *const tei_components[] = {&tei_component};
static const aur_plugin tei_plugin = {
    .size = sizeof(aur_plugin),
    .abi_major = AUR_ABI_MAJOR,
    .abi_minor = 0,
    .name = "reader-tei",
    .vendor = "auricule",
    .license = "Apache-2.0",
    .component_count = 1,
    .components = tei_components,
};

const aur_plugin *aur_plugin_v1(void)
{
	return &tei_plugin;
}
