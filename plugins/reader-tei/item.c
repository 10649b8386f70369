/* SPDX-License-Identifier: Apache-2.0 */
/* A contribution: the text of its <u> or <seg>, its fields, and handing it to the host. */
#include <stdlib.h>
#include "tei.h"

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

bool tei_is_one_of(const char *name, const char *const *of)
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
aur_str tei_speaker(tei_state *s, char *who)
{
	size_t n = strcspn(who, " \t\r\n");
	if (!s->said_who && !rd_blank(who + n, strlen(who + n))) {
		s->said_who = true;
		rd_note(s->h, s->sink, _("line %u: who=\"%.60s\" names several people: the first of them is taken as the speaker, here and below"),
		        tei_line(s->r), who);
	}
	return tei_pointer(who);
}

aur_status tei_item_start(tei_state *s)
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
		ok = ok && value_set(s, "locuteur", tei_speaker(s, who), false);
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
		return tei_is_one_of(name, unsaid);
	return tei_is_one_of(name, unsaid) || tei_is_one_of(name, editors) || s->chosen[depth - 1]++;
}

/* Sets a seam, which keeps words apart even without a space: at an element that contains whole sentences or was heard, and where
 * two elements that contain words meet. */
static void item_seam(tei_text *t, const char *name, bool end)
{
	static const char *const seams[] = {"s", "p", "ab", "l", "item", "pause", "vocal", "kinesic", "incident", "gap", "shift", NULL},
				 *const words[] = {"seg", "w", "pc", NULL};
	bool word = tei_is_one_of(name, words);
	t->seam |= tei_is_one_of(name, seams) || (word && !end && t->ended);
	t->ended |= word && end;
}

/* Handles a node within the current contribution. */
aur_status tei_item_node(tei_state *s)
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

aur_status tei_item_give(tei_state *s)
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
