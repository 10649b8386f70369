/* SPDX-License-Identifier: Apache-2.0 */
/* quanteda's dictionaries: YAML, maps inside maps, whose leaves are lists of glob patterns.  Event by event, so that the depth and the
 * size of what is read are ours to bound; aliases are refused, for they multiply. */
#include "config.h"
#include "base/intl.h"
#include "index/index.h"
#include "lexicon/dict.h"
#ifdef HAVE_YAML
#include <yaml.h>

#define DEEPEST 40u

struct reading {
	aur_dict *d;
	const char *text;
	size_t n;
	yaml_parser_t parser;
	yaml_event_t event;
	aur_error *err;
	int failed;
};

/* Is a quotation mark the last sign before the place, on its line, where the parser gave up? */
static int after_quote(const struct reading *r)
{
	size_t line = r->parser.problem_mark.line, column = r->parser.problem_mark.column; /* of characters */
	char last = 0;
	for (const char *p = r->text, *end = p + r->n; p < end; p++) {
		if (!line && ((unsigned char)*p & 0xC0) != 0x80 && !column--)
			break;
		if (!line && *p != ' ')
			last = *p;
		line -= line && *p == '\n';
	}
	return last == '"' || last == '\'';
}

/* The next event; 0 where the YAML is broken. */
static int advance(struct reading *r)
{
	yaml_event_delete(&r->event);
	if (r->failed || !yaml_parser_parse(&r->parser, &r->event)) {
		const char *why = r->parser.problem ? r->parser.problem : "?"; /* in English, but for the commonest */
		why = strstr(why, "cannot start any token") ? _("a line begins with a tab, or a word with a sign")
		      : strstr(why, "did not find") && after_quote(r)
			      ? _("words follow a closing quotation mark: write \"l'école\", not 'l'école', and a comma between the words of a list")
		      : strstr(why, "',' or ']'")          ? _("a [ is never closed by ]")
		      : strstr(why, "expected key")         ? _("this line is not indented like those before it")
							    : why;
		if (!r->failed && r->parser.error == YAML_MEMORY_ERROR)
			aur_fail(r->err, AURE_NOMEM, _("no memory left"));
		else if (!r->failed)
			aur_fail_at(r->err, AURE_DATA, r->d->file, (uint32_t)r->parser.problem_mark.line + 1, (uint32_t)r->parser.problem_mark.column + 1,
				    _("the YAML is broken here: %s (put a word that begins with * or contains « : » between quotation marks)"), why);
		r->failed = 1;
		r->event = (yaml_event_t){.type = YAML_STREAM_END_EVENT};
		return 0;
	}
	return 1;
}

static unsigned line_of(const struct reading *r)
{
	return (unsigned)r->event.start_mark.line + 1;
}

static void leave(struct reading *r, const char *what, size_t n, const char *why)
{
	aur_dict_leave(r->d, line_of(r), what, n, why);
}

/* Goes past the node that the event begins. */
static void skip(struct reading *r)
{
	unsigned open = 0;
	do {
		yaml_event_type_t t = r->event.type;
		open += t == YAML_SEQUENCE_START_EVENT || t == YAML_MAPPING_START_EVENT;
		open -= t == YAML_SEQUENCE_END_EVENT || t == YAML_MAPPING_END_EVENT;
	} while (open && advance(r));
}

static void word(struct reading *r, uint32_t theme)
{
	const char *s = (const char *)r->event.data.scalar.value;
	size_t n = r->event.data.scalar.length;
	int quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	if (!quoted && (!n || (n == 1 && *s == '~')))
		return; /* nothing: a key without words */
	if (memchr(s, '?', n)) {
		leave(r, s, n, _("« ? » means any one letter: a lexicon has no sign for that"));
		return;
	}
	aur_buf b = {0};
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\\')
			aur_buf_byte(&b, '\\');
		aur_buf_byte(&b, s[i] == '\n' ? ' ' : (unsigned char)s[i]);
	}
	if (theme == AUR_NONE)
		theme = aur_dict_outside(r->d);
	if (theme != AUR_NONE)
		aur_dict_add(r->d, theme, (char *)b.p, b.n, line_of(r));
	aur_buf_free(&b);
}

static void node(struct reading *r, uint32_t theme, unsigned depth, int in_list);

static void map(struct reading *r, uint32_t theme, unsigned depth)
{
	while (advance(r) && r->event.type != YAML_MAPPING_END_EVENT) {
		if (r->event.type != YAML_SCALAR_EVENT) {
			leave(r, "?", 1, _("a key that is not a word"));
			skip(r);
			if (advance(r))
				skip(r);
			continue;
		}
		const char *name = (const char *)r->event.data.scalar.value;
		size_t n = r->event.data.scalar.length;
		/* as.yaml() writes the words of a node that has keys as well below « __ » */
		uint32_t t = n == 2 && !memcmp(name, "__", 2) ? theme : aur_dict_child(r->d, theme, name, n);
		if (t == AUR_NONE && !(n == 2 && !memcmp(name, "__", 2))) {
			leave(r, name, n, _("there are too many themes, or they are nested too deep"));
			if (advance(r))
				skip(r);
		} else if (advance(r)) {
			node(r, t, depth + 1, 0);
		}
	}
}

static void node(struct reading *r, uint32_t theme, unsigned depth, int in_list)
{
	switch (r->event.type) {
	case YAML_SCALAR_EVENT:
		word(r, theme);
		return;
	case YAML_ALIAS_EVENT:
		leave(r, (const char *)r->event.data.alias.anchor, strlen((const char *)r->event.data.alias.anchor),
		      _("an alias of YAML (put a word that begins with * between quotation marks)"));
		return;
	case YAML_SEQUENCE_START_EVENT:
		if (depth >= DEEPEST)
			break;
		while (advance(r) && r->event.type != YAML_SEQUENCE_END_EVENT)
			node(r, theme, depth + 1, 1);
		return;
	case YAML_MAPPING_START_EVENT:
		if (in_list || depth >= DEEPEST)
			break;
		map(r, theme, depth);
		return;
	default:
		return;
	}
	leave(r, "…", 3, in_list && depth < DEEPEST ? _("a key inside a list") : _("there are too many themes, or they are nested too deep"));
	skip(r);
}

aur_code aur_dict_from_yaml(aur_dict *d, const char *text, size_t n, aur_error *err)
{
	struct reading r = {.d = d, .text = text, .n = n, .err = err};
	if (!yaml_parser_initialize(&r.parser))
		return aur_fail(err, AURE_NOMEM, _("not enough memory"));
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, n);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	while (advance(&r) && r.event.type != YAML_STREAM_END_EVENT)
		if (r.event.type != YAML_STREAM_START_EVENT && r.event.type != YAML_DOCUMENT_START_EVENT && r.event.type != YAML_DOCUMENT_END_EVENT)
			node(&r, AUR_NONE, 0, 0);
	yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	return r.failed ? AURE_DATA : AURE_OK;
}
#else
aur_code aur_dict_from_yaml(aur_dict *d, const char *text, size_t n, aur_error *err)
{
	(void)text, (void)n;
	return aur_fail_at(err, AURE_CONFIG, d->file, 0, 0, _("this auricule was built without libyaml, and cannot read YAML: install libyaml-dev, then configure and build again"));
}
#endif
