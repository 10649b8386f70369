/* SPDX-License-Identifier: Apache-2.0 */
/* @NAME@: a reader for auricule.  Its files begin with a line "#@NAME@".  Each following line is a contribution: "session TAB text". */
#include <auricule/plugin.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] = "#@NAME@";

typedef struct state {
	aur_source *source;
	char *line; /* bytes that were read but not yet used */
	size_t have, size, at;
	int ended;
	uint32_t number, session; /* number of the line; number of the field "session" */
} state;

/* ---- is this a file for us? ----------------------------------------------------------------------- */

static int32_t probe(aur_str head, const char *name)
{
	(void)name;
	return head.len >= sizeof(mark) - 1 && memcmp(head.ptr, mark, sizeof(mark) - 1) == 0 ? 100 : 0;
}

/* ---- lines from bytes; read() may return only a few at a time -------------------------------------- */

/* Returns 1 and the next line; 0 at the end of the file; below 0 if reading fails. */
static aur_status next_line(const aur_host *h, state *t, aur_str *line)
{
	for (;;) {
		char *from = t->line + t->at, *end = t->have > t->at ? memchr(from, '\n', t->have - t->at) : NULL;
		int64_t got;
		if (end != NULL || (t->ended && t->have > t->at)) {
			line->ptr = from;
			line->len = end != NULL ? (size_t)(end - from) : t->have - t->at;
			t->at += line->len + (end != NULL);
			t->number++;
			return 1;
		}
		if (t->ended)
			return 0;
		if (t->at > 0) {
			memmove(t->line, t->line + t->at, t->have - t->at);
			t->have -= t->at;
			t->at = 0;
		}
		if (t->have == t->size) {
			char *more = realloc(t->line, t->size * 2);
			if (more == NULL)
				return h->fail(h, AUR_E_NOMEM, "@NAME@: no memory is left for a line");
			t->line = more;
			t->size *= 2;
		}
		got = h->read(h, t->source, t->line + t->have, t->size - t->have);
		if (got < 0)
			return AUR_E_IO; /* the host has reported why */
		t->ended = got == 0;
		t->have += (size_t)got;
	}
}

/* Returns whether the bytes are UTF-8, as everything that is passed to the host must be.  The first byte of a character
 * determines how many follow, and which values the second one may have. */
static int is_utf8(aur_str s)
{
	size_t i = 0;
	while (i < s.len) {
		unsigned char c = (unsigned char)s.ptr[i++], low = 0x80, high = 0xBF;
		int more = c < 0x80 ? 0 : c < 0xC2 ? -1 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : -1;
		if (c == 0xE0 || c == 0xF0)
			low = c == 0xE0 ? 0xA0 : 0x90;
		if (c == 0xED || c == 0xF4)
			high = c == 0xED ? 0x9F : 0x8F;
		if (more < 0)
			return 0;
		for (; more > 0; more--, i++) {
			unsigned char next = i < s.len ? (unsigned char)s.ptr[i] : 0;
			if (next < low || next > high)
				return 0;
			low = 0x80;
			high = 0xBF;
		}
	}
	return 1;
}

/* ---- a file ----------------------------------------------------------------------------------------- */

static void end(void *model, void *state_)
{
	state *t = state_;
	(void)model;
	free(t->line);
	free(t);
}

static aur_status begin(const aur_host *h, void *model, aur_source *s, aur_record_sink *o, void **out)
{
	static const aur_str session = {"session", 7};
	state *t = calloc(1, sizeof(*t));
	aur_str first;
	aur_status st;
	if (t != NULL)
		t->line = malloc(4096);
	if (t == NULL || t->line == NULL) {
		free(t);
		return h->fail(h, AUR_E_NOMEM, "@NAME@: no memory is left");
	}
	t->size = 4096;
	t->source = s;
	st = next_line(h, t, &first);
	if (st == 0 || (st > 0 && (first.len != sizeof(mark) - 1 || memcmp(first.ptr, mark, first.len) != 0)))
		st = h->fail(h, AUR_E_DATA, "this file does not begin with #@NAME@: is it one of those?");
	if (st < 0) {
		end(model, t);
		return st;
	}
	t->session = h->field(h, o, session);
	*out = t;
	return AUR_OK;
}

static aur_status next(const aur_host *h, void *model, void *state_, aur_record_sink *o)
{
	static const aur_str nobody = {"", 0};
	state *t = state_;
	aur_str line, text;
	const char *tab;
	aur_status st;
	(void)model;
	do {
		st = next_line(h, t, &line);
		if (st < 0)
			return st;
		if (st == 0)
			return AUR_END;
	} while (line.len == 0);
	tab = memchr(line.ptr, '\t', line.len);
	if (tab == NULL || !is_utf8(line)) {
		h->refuse(h, o, t->number, nobody, tab == NULL ? "the line has no tab" : "the line is not UTF-8");
		return AUR_REFUSED;
	}
	text.ptr = tab + 1;
	text.len = line.len - (size_t)(text.ptr - line.ptr);
	line.len = (size_t)(tab - line.ptr);
	h->put_where(h, o, t->number);
	h->put_field(h, o, t->session, line);
	h->put_text(h, o, text);
	return AUR_OK;
}

/* ---- the description of the plugin: constant data, and the one exported function ------------------ */

static const aur_reader_ops ops = {
	.size = sizeof(ops),
	.extensions = "@NAME@",
	.probe = probe,
	.begin = begin,
	.next = next,
	.end = end,
};
static const aur_component component = {
	.size = sizeof(component),
	.kind = AUR_READER,
	.id = "@NAME@",
	.version = "1.0",
	.summary = "one contribution per line, session before the tab",
	.ops = &ops,
};
static const aur_component *const components[] = {&component};
static const aur_plugin plugin = {
	.size = sizeof(plugin),
	.abi_major = AUR_ABI_MAJOR,
	.abi_minor = 0,
	.name = "@NAME@",
	.vendor = "",
	.license = "Apache-2.0",
	.component_count = 1,
	.components = components,
};

AUR_EXPORT const aur_plugin *aur_plugin_v1(void)
{
	return &plugin;
}
