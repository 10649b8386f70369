/* SPDX-License-Identifier: Apache-2.0 */
/* load.c - reads a lexicon's XML: its themes and the lines of its entries.  Every fault is reported with its line and column.  A
 * DOCTYPE is not allowed, so there are neither entities that multiply nor files fetched from elsewhere. */
#include "../common/xmlmismatch.h"
#include "load.h"
#include <libxml/SAX2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void start_lexicon(loader *l, const values *v)
{
	lex_model *m = l->m;
	static const attribute needed[] = { A_ID, A_VERSION, A_LANG };
	values whole = *v; /* for the lint, which goes on with it, unless the codes of the parts begin with what is missing */
	bool missing = false, has_id = v->v[A_ID] != NULL;
	for (size_t i = 0; i < 3; i++)
		if (v->v[needed[i]] == NULL) {
			load_fail(l, v->line, v->column, _("<lexicon> needs the setting '%s', as in <lexicon id=\"sanctions\" version=\"1.0\" lang=\"fr\">"),
			          load_attribute_name(needed[i]));
			whole.v[needed[i]] = needed[i] == A_ID ? v->v[A_THEME] : "1";
			missing = true;
		}
	if ((missing && !m->keep_faults) || whole.v[A_ID] == NULL)
		return;
	v = &whole;
	size_t n = strlen(v->v[A_VERSION]);
	bool named = !has_id || load_id(l, v, A_ID, false), good;
	named = (v->v[A_THEME] == NULL || load_id(l, v, A_THEME, true)) && named;
	good = named;
	if (n == 0 || n > 40 || strspn(v->v[A_VERSION], "0123456789.") != n) {
		load_fail(l, v->line, v->column, _("version=\"%.40s\" must be numbers with points: 1.0"), v->v[A_VERSION]);
		good = false;
	}
	if (!good && !m->keep_faults)
		return;
	for (size_t i = 0; i < m->file_count; i++)
		if (has_id && strcmp(m->files[i].id, v->v[A_ID]) == 0) {
			load_fail(l, v->line, v->column, _("the lexicon '%s' is already there, from %s: give this one another id"), v->v[A_ID],
			          m->files[i].path);
			return;
		}
	double threshold = 1;
	if (v->v[A_THRESHOLD] != NULL && !load_decimal(l, v, A_THRESHOLD, 100, &threshold))
		return;
	if (!lex_grow(&m->files, &m->file_cap, m->file_count + 1, sizeof(*m->files)) ||
	    !lex_grow(&m->themes, &m->theme_cap, m->theme_count + 1, sizeof(*m->themes))) {
		load_fail_memory(l);
		return;
	}
	l->file = (uint32_t)m->file_count;
	uint32_t root = (uint32_t)m->theme_count;
	const char *code = v->v[A_THEME] ? v->v[A_THEME] : v->v[A_ID];
	char meant[LOAD_CODE]; /* the code of a part must begin with it */
	if (!named) {
		load_code(code, true, meant);
		code = meant;
	}
	lex_theme t = { lex_dup(&m->arena, code, strlen(code)), UINT32_MAX, l->file, false, v->line, v->column };
	lex_file f = { lex_dup(&m->arena, v->v[A_ID], strlen(v->v[A_ID])), lex_dup(&m->arena, v->v[A_VERSION], n),
		       lex_dup(&m->arena, l->path, strlen(l->path)), threshold, root };
	scope s = { { l->layers[l->layer_count > 1 ? 1 : 0], LEX_CASE_ANY, 0 }, 1, -1, true, root, E_LEXICON, false };
	for (size_t i = 0; i < l->layer_count; i++)
		if (strcmp(l->layers[i], "fold") == 0)
			s.settings.layer = l->layers[i];
	if (m->arena.failed) {
		load_fail_memory(l);
		return;
	}
	if ((!load_scope(l, v, &s) || !load_overlap(l, v, &t)) && !m->keep_faults)
		return;
	m->themes[m->theme_count++] = t;
	m->files[m->file_count++] = f;
	l->stack[l->depth++] = s;
}

static void start_theme(loader *l, const values *v)
{
	lex_model *m = l->m;
	scope s = l->stack[l->depth - 1];
	const char *around = m->themes[s.theme].code;
	size_t n = strlen(around);
	if (v->v[A_ID] == NULL) {
		load_fail(l, v->line, v->column, _("<theme> needs its code: <theme id=\"%s.…\">"), around);
		l->skipping = 1;
		return;
	}
	bool good = load_id(l, v, A_ID, true);
	if (!good && !m->keep_faults)
		return;
	if (good && (strncmp(v->v[A_ID], around, n) != 0 || v->v[A_ID][n] != '.')) {
		load_fail(l, v->line, v->column, _("the code '%s' must begin with that of the theme around it: '%s.…'"), v->v[A_ID], around);
		if (!m->keep_faults)
			return;
	}
	if (l->depth >= LEX_MAX_DEPTH) {
		load_fail(l, v->line, v->column, _("themes are nested too deep"));
		l->skipping = 1;
		return;
	}
	if (!lex_grow(&m->themes, &m->theme_cap, m->theme_count + 1, sizeof(*m->themes))) {
		load_fail_memory(l);
		return;
	}
	lex_theme t = { lex_dup(&m->arena, v->v[A_ID], strlen(v->v[A_ID])), s.theme, l->file, m->themes[s.theme].all, v->line, v->column };
	if (t.code == NULL) {
		load_fail_memory(l);
		return;
	}
	if ((!load_scope(l, v, &s) || !load_overlap(l, v, &t)) && !m->keep_faults)
		return;
	s.theme = (uint32_t)m->theme_count;
	s.what = E_THEME;
	s.titled = false;
	m->themes[m->theme_count++] = t;
	l->stack[l->depth++] = s;
}

static lex_parse parse_with(loader *l, lex_arena *arena, const lex_settings *s, lex_mistake *mistake)
{
	return (lex_parse){ .arena = arena, .settings = *s, .sets = l->sets, .set_count = l->set_count, .layers = l->layers,
		            .layer_count = l->layer_count, .mistake = mistake };
}

static void start_leaf(loader *l, element e, const values *v)
{
	static const struct {
		attribute a;
		lex_where where;
		bool forbidden;
	} contexts[] = { { A_PRECEDED, LEX_BEFORE, false }, { A_NOT_PRECEDED, LEX_BEFORE, true }, { A_FOLLOWED, LEX_AFTER, false },
		         { A_NOT_FOLLOWED, LEX_AFTER, true }, { A_WITH, LEX_SENTENCE, false }, { A_WITHOUT, LEX_SENTENCE, true } };
	l->leaf = l->stack[l->depth - 1];
	l->leaf_id = v->v[A_ID];
	l->line = v->line;
	l->column = v->column;
	l->context_count = 0;
	if (e == E_WORDS && v->v[A_ID] == NULL) {
		load_fail(l, v->line, v->column, _("<words> needs a name: <words id=\"couper\">, which patterns then call @couper"));
		l->skipping = 1;
		return;
	}
	l->drop = v->v[A_ID] != NULL && !load_id(l, v, A_ID, false);
	l->drop |= !load_scope(l, v, &l->leaf);
	for (size_t i = 0; i < 6; i++) {
		const char *s = v->v[contexts[i].a];
		lex_mistake mistake;
		if (s == NULL)
			continue;
		lex_parse p = parse_with(l, l->tmp, &l->leaf.settings, &mistake);
		if (lex_parse_context(&p, s, strlen(s), contexts[i].where, contexts[i].forbidden, &l->contexts[l->context_count])) {
			const char *name = load_attribute_name(contexts[i].a);
			size_t size = strlen(name) + strlen(s) + sizeof("=\"\"");
			char *text = lex_array(l->tmp, size, 1);
			if (text == NULL) {
				load_fail_memory(l);
				return;
			}
			snprintf(text, size, "%s=\"%s\"", name, s);
			l->contexts[l->context_count++].text = text;
			continue;
		}
		if (l->tmp->failed)
			load_fail_memory(l);
		else if (mistake.msg[0] != 0)
			load_fail(l, v->line, v->column, _("%s=\"%.100s\": %s"), load_attribute_name(contexts[i].a), s, mistake.msg);
		l->drop = true;
	}
}

static void end_words(loader *l)
{
	lex_mistake mistake;
	lex_parse p = parse_with(l, l->tmp, &l->leaf.settings, &mistake);
	lex_node *body = NULL;
	for (size_t i = 0; i < l->set_count; i++)
		if (strcmp(l->sets[i].name, l->leaf_id) == 0) {
			load_fail(l, l->line, l->column, _("<words id=\"%s\"> is already there: give this one another id"), l->leaf_id);
			return;
		}
	if (!lex_grow(&l->sets, &l->set_cap, l->set_count + 1, sizeof(*l->sets))) {
		load_fail_memory(l);
		return;
	}
	if (!lex_parse_set(&p, l->text, l->text_len, &body)) {
		size_t at = l->content, seen = 0;
		uint32_t line, column;
		load_place(l, load_raw_of(l, mistake.at, &at, &seen), &line, &column);
		if (l->tmp->failed)
			load_fail_memory(l);
		else if (mistake.msg[0] != 0)
			load_fail(l, line, column, "%s", mistake.msg);
		body = NULL; /* patterns that name the set are left out, without a fault of their own */
	}
	if (l->status == AUR_OK)
		l->sets[l->set_count++] = (lex_set){ l->leaf_id, body };
}

/* Appends the contexts of the entry's settings to those of the line. */
static bool add_contexts(loader *l, lex_tree *t)
{
	if (l->context_count == 0)
		return true;
	lex_context_tree *all = lex_array(l->lines, t->context_count + l->context_count, sizeof(*all));
	if (all == NULL)
		return false;
	if (t->context_count > 0)
		memcpy(all, t->contexts, t->context_count * sizeof(*all));
	memcpy(all + t->context_count, l->contexts, l->context_count * sizeof(*all));
	t->contexts = all;
	t->context_count += l->context_count;
	return true;
}

static void end_entry(loader *l, bool exclude)
{
	lex_model *m = l->m;
	size_t at = l->content, seen = 0, lines = 0;
	for (size_t from = 0; from < l->text_len && l->status == AUR_OK;) {
		const char *nl = memchr(l->text + from, '\n', l->text_len - from);
		size_t end = nl ? (size_t)(nl - l->text) : l->text_len, next = end + 1;
		while (from < end && strchr(" \t\r", l->text[from]) != NULL)
			from++;
		while (end > from && strchr(" \t\r", l->text[end - 1]) != NULL)
			end--;
		if (from == end) {
			from = next;
			continue;
		}
		const char *s = l->text + from;
		size_t n = end - from;
		lex_source src = { .len = (uint32_t)n, .theme = l->leaf.theme, .weight = l->leaf.weight, .polarity = l->leaf.polarity,
			           .exclude = exclude, .active = l->leaf.active, .pattern = UINT32_MAX };
		load_place(l, load_raw_of(l, from, &at, &seen), &src.line, &src.column);
		if (++lines > 1 && l->leaf_id != NULL) {
			load_fail(l, src.line, src.column, _("an <entry> with an id holds one pattern: put this line into an <entry> of its own"));
			from = next;
			continue;
		}
		if (n > LEX_MAX_LINE || m->source_count >= LEX_MAX_PATTERNS) {
			load_fail(l, src.line, src.column, n > LEX_MAX_LINE ? _("this line is too long for a pattern")
			                                                    : _("the lexicons have too many patterns in all"));
			from = next;
			continue;
		}
		lex_mistake mistake;
		lex_parse p = parse_with(l, l->lines, &l->leaf.settings, &mistake);
		lex_tree tree;
		if (!lex_parse_pattern(&p, s, n, &tree)) {
			size_t a = at, b = seen;
			load_place(l, load_raw_of(l, from + mistake.at, &a, &b), &src.line, &src.column);
			if (l->lines->failed)
				load_fail_memory(l);
			else if (mistake.msg[0] != 0)
				load_fail(l, src.line, src.column, "%s", mistake.msg);
			from = next;
			continue;
		}
		from = next;
		if (l->drop)
			continue;
		src.text = lex_dup(&m->arena, s, n);
		src.name = l->leaf_id && src.text ? lex_dup(&m->arena, l->leaf_id, strlen(l->leaf_id)) : src.text;
		if (src.text == NULL || src.name == NULL || !add_contexts(l, &tree) ||
		    !lex_grow(&m->sources, &m->source_cap, m->source_count + 1, sizeof(*m->sources))) {
			load_fail_memory(l);
			return;
		}
		if (l->compiler == NULL)
			src.tree = tree;
		m->sources[m->source_count++] = src;
		aur_status st = l->compiler != NULL ? lex_compile_source(l->compiler, &tree) : AUR_OK;
		if (st != AUR_OK)
			load_stop(l, st);
	}
	if (lines == 0 && l->status == AUR_OK)
		load_fail(l, l->line, l->column, _("this <%s> is empty: write one pattern per line, or leave it out"),
		          exclude ? "exclude" : "entry");
}

static bool may_hold(const loader *l, element e)
{
	if (l->depth == 0)
		return e == E_LEXICON;
	if (l->open != E_NONE || e == E_LEXICON)
		return false;
	return e != E_WORDS || l->depth == 1;
}

/* Reports an element that is not known, or that cannot stand here, and skips it. */
static void misplaced(loader *l, element e, const char *name, const values *v)
{
	const char *near = lex_nearest(name, load_element_names + 1, ELEMENTS - 1);
	if (l->depth == 0)
		load_fail(l, v->line, v->column, _("this is not a lexicon: it begins with <%.60s>, not with <lexicon>"), name);
	else if (e == E_NONE && near != NULL)
		load_fail(l, v->line, v->column, _("<%.60s> is not known in a lexicon; did you mean <%s>?"), name, near);
	else if (e == E_NONE)
		load_fail(l, v->line, v->column, _("<%.60s> is not known in a lexicon; it is made of title, definition, note, words, entry, exclude and theme"),
		          name);
	else
		load_fail(l, v->line, v->column, _("<%s> cannot stand inside <%s>"), name,
		          load_element_names[l->open != E_NONE ? l->open : l->stack[l->depth - 1].what]);
	l->skipping = 1;
	if (l->depth == 0)
		load_stop(l, l->status);
}

static void on_start(void *to, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int nns, const xmlChar **ns, int na,
                     int ndefault, const xmlChar **a)
{
	loader *l = to;
	(void)prefix, (void)uri, (void)nns, (void)ns, (void)ndefault;
	if (l->status != AUR_OK || l->stopped)
		return;
	if (l->skipping > 0) {
		l->skipping++;
		return;
	}
	values v = { 0 };
	size_t at = load_here(l), tag = at;
	while (tag > 0 && l->raw[tag] != '<')
		tag--;
	load_place(l, tag, &v.line, &v.column);
	element e = E_NONE;
	for (int i = 1; i < ELEMENTS; i++)
		if (strcmp((const char *)name, load_element_names[i]) == 0)
			e = (element)i;
	if (e == E_NONE || !may_hold(l, e)) {
		misplaced(l, e, (const char *)name, &v);
		return;
	}
	if (!load_attributes(l, e, na, a, &v))
		return;
	l->text_len = 0;
	while (at < l->raw_len && l->raw[at] != '>')
		at++;
	l->content = at < l->raw_len ? at + 1 : at;
	scope *around = l->depth > 0 ? &l->stack[l->depth - 1] : NULL;
	if (e == E_LEXICON)
		start_lexicon(l, &v);
	else if (e == E_THEME)
		start_theme(l, &v);
	else if (e == E_ENTRY || e == E_EXCLUDE || e == E_WORDS)
		start_leaf(l, e, &v);
	else if (e == E_TITLE && around->titled)
		load_fail(l, v.line, v.column, _("<%s> already has a <title>"), load_element_names[around->what]);
	if (e == E_TITLE)
		around->titled = true;
	if (around != NULL && !around->titled && (e == E_ENTRY || e == E_EXCLUDE || e == E_WORDS || e == E_THEME)) {
		load_fail(l, v.line, v.column, _("<%s> needs a <title> before its entries"), load_element_names[around->what]);
		around->titled = true; /* reported once */
	}
	if (l->depth == 0)
		load_stop(l, l->status); /* nothing can be inside of a failed <lexicon> */
	else if (e != E_LEXICON && e != E_THEME && l->skipping == 0)
		l->open = e;
}

static void on_end(void *to, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	loader *l = to;
	(void)name, (void)prefix, (void)uri;
	if (l->status != AUR_OK || l->stopped)
		return;
	if (l->skipping > 0) {
		l->skipping--;
		return;
	}
	element e = l->open;
	l->open = E_NONE;
	if (e == E_WORDS)
		end_words(l);
	else if (e == E_ENTRY || e == E_EXCLUDE)
		end_entry(l, e == E_EXCLUDE);
	else if (e == E_NONE && l->depth > 0)
		l->depth--;
}

static void on_text(void *to, const xmlChar *s, int n)
{
	loader *l = to;
	if (l->status != AUR_OK || l->stopped || l->skipping > 0 || n <= 0)
		return;
	if (l->open == E_NONE) {
		size_t i = 0, at = load_here(l);
		while (i < (size_t)n && strchr(" \t\r\n", s[i]) != NULL)
			i++;
		if (i < (size_t)n) {
			uint32_t line, column;
			/* the parser is before these bytes, or after them */
			if (l->raw_len - at >= (size_t)n && memcmp(l->raw + at, s, (size_t)n) == 0)
				at += i;
			else if (at >= (size_t)n && memcmp(l->raw + at - n, s, (size_t)n) == 0)
				at = at - (size_t)n + i;
			load_place(l, at, &line, &column);
			load_fail(l, line, column, _("there are words here outside of any element: put them into <entry>, or into <!-- a remark -->"));
		}
		return;
	}
	if (l->open != E_ENTRY && l->open != E_EXCLUDE && l->open != E_WORDS)
		return;
	if (!lex_grow(&l->text, &l->text_cap, l->text_len + (size_t)n, 1)) {
		load_fail_memory(l);
		return;
	}
	memcpy(l->text + l->text_len, s, (size_t)n);
	l->text_len += (size_t)n;
}

static void on_doctype(void *to, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	loader *l = to;
	(void)name, (void)external, (void)system;
	uint32_t line, column;
	load_place(l, load_here(l), &line, &column);
	load_fail(l, line, 0, _("a lexicon must not have a DOCTYPE: remove that line"));
	load_stop(l, l->status);
}

static void on_error(void *to, xmlErrorPtr e)
{
	loader *l = to;
	if (l->status != AUR_OK || l->stopped || e->level < XML_ERR_ERROR)
		return;
	if (e->code == XML_ERR_NO_MEMORY) {
		load_fail_memory(l);
		return;
	}
	if (e->code == XML_ERR_DOCUMENT_END && l->depth > 0) {
		load_fail(l, (uint32_t)(e->line > 0 ? e->line : 0), 0, _("the file ends here, before </%s>"),
		          load_element_names[l->open != E_NONE ? l->open : l->stack[l->depth - 1].what]);
		return;
	}
	uint32_t line = e->line > 0 ? (uint32_t)e->line : 0, column = e->int2 > 0 ? (uint32_t)e->int2 : 0;
	if (line == l->broken_line && column == l->broken_column && line > 0)
		return; /* a consequence of the last error */
	l->broken_line = line;
	l->broken_column = column;
	char msg[300];
	snprintf(msg, sizeof(msg), "%.*s", e->message ? (int)strcspn(e->message, "\n") : 1, e->message ? e->message : "?");
	bool known = xml_mismatch(e, msg, sizeof(msg));
	if (!known && (e->code == XML_ERR_INVALID_CHAR || e->code == XML_ERR_INVALID_ENCODING)) {
		load_fail(l, line, column, _("this character is not UTF-8: save the file as UTF-8, or declare its encoding in its first line: <?xml version=\"1.0\" encoding=\"windows-1252\"?>"));
		return;
	}
	if (e->code == XML_ERR_ATTRIBUTE_NOT_STARTED) {
		load_fail(l, line, column, _("the value of a setting goes between straight quotation marks: id=\"loyer\""));
		return;
	}
	if (known && e->code != XML_ERR_TAG_NAME_MISMATCH)
		load_fail(l, line, column, _("the XML is broken here: %s"), msg);
	else
		load_fail(l, line, column, _("the XML is broken here: %s (each <entry> needs its </entry>; & is written &amp;, and < &lt;)"), msg);
}

/* libxml2 would print errors of a conversion to the terminal; load_utf8 reports them. */
static void on_loose_error(void *to, xmlErrorPtr e)
{
	(void)to, (void)e;
}

/* A message for a file that is not XML at all, where that of libxml2 is unclear; NULL: it looks like XML. */
static const char *no_xml(const char *s, size_t n)
{
	size_t i = n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n'))
		i++;
	if (i == n)
		return _("this file is empty: a lexicon begins with <lexicon …>");
	return s[i] != '<' && s[i] > ' ' ? _("this file is not XML: a lexicon begins with <lexicon …>") : NULL;
}

aur_status lex_load(lex_model *m, lex_arena *tmp, lex_compiler *c, const char *path)
{
	/* A lexicon may name those of these layers that the pipeline has. */
	static const char *const known[] = { "form", "fold", "lower", "base", "stem", "lemma" };
	char *raw = NULL;
	size_t n = 0;
	bool recoded = false;
	aur_status st = load_file(m, path, &raw, &n);
	if (st != AUR_OK)
		return st;
	m->fingerprint_hash = lex_hash(raw, n, m->fingerprint_hash);
	xmlSetStructuredErrorFunc(NULL, on_loose_error);
	loader *l = lex_alloc(tmp, sizeof(*l));
	st = l == NULL ? lex_no_memory(m->host) : load_utf8(m, path, &raw, &n, &recoded);
	if (st != AUR_OK || raw == NULL) {
		xmlSetStructuredErrorFunc(NULL, NULL);
		free(raw);
		return st;
	}
	*l = (loader){ .m = m, .tmp = tmp, .compiler = c, .lines = c != NULL ? lex_compiler_lines(c) : tmp, .path = path, .raw = raw, .raw_len = n };
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (i == 0 || m->host->layer_index(m->host, known[i]) >= 0)
			l->layers[l->layer_count++] = known[i];
	size_t files = m->file_count, faults = m->fault_count;
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = on_start, .endElementNs = on_end, .characters = on_text,
		              .ignorableWhitespace = on_text, .cdataBlock = on_text, .internalSubset = on_doctype, .serror = on_error };
	l->ctxt = xmlCreatePushParserCtxt(&sax, l, NULL, 0, path);
	if (l->ctxt == NULL) {
		st = lex_no_memory(m->host);
		goto out;
	}
	xmlCtxtUseOptions(l->ctxt, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOCDATA | (recoded ? XML_PARSE_IGNORE_ENC : 0));
	const char *none = no_xml(raw, n);
	if (none != NULL)
		st = lex_fault_at(m, path, 0, 0, none);
	else if (xmlParseChunk(l->ctxt, raw, (int)n, 1) != 0 && l->status == AUR_OK && m->fault_count == faults)
		st = lex_fault_at(m, path, 0, 0, _("the XML of this lexicon cannot be read"));
	if (l->status != AUR_OK)
		st = l->status;
	else if (st == AUR_OK && m->file_count == files && m->fault_count == faults)
		st = lex_fault_at(m, path, 0, 0, _("this file is not a lexicon"));
out:
	if (l->ctxt != NULL) {
		xmlFreeDoc(l->ctxt->myDoc);
		xmlFreeParserCtxt(l->ctxt);
	}
	xmlSetStructuredErrorFunc(NULL, NULL);
	free(l->text);
	free(l->sets);
	free(raw);
	return st;
}
