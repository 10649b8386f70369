/* SPDX-License-Identifier: Apache-2.0 */
/* Reads files that begin with "#abi": after that line each line is one contribution, "session TAB text".  A line
 * without a TAB is refused, and one that is not UTF-8; an empty one is skipped. */
#include <stdlib.h>
#include <string.h>
#include "sample.h"

enum { MOST = 1 << 20 }; /* bytes of a file */

typedef struct state {
	char *text;
	size_t size, at;
	uint32_t line, session;
} state;

static int32_t probe(aur_str head, const char *name)
{
	(void)name;
	return head.len >= 4 && memcmp(head.ptr, "#abi", 4) == 0 ? 100 : 0;
}

/* The next line, without its end; 0 where there is none. */
static int line_of(state *s, aur_str *line)
{
	const char *end;
	if (s->at >= s->size)
		return 0;
	line->ptr = s->text + s->at;
	end = memchr(line->ptr, '\n', s->size - s->at);
	line->len = end ? (size_t)(end - line->ptr) : s->size - s->at;
	s->at += line->len + 1;
	s->line++;
	return 1;
}

/* What is handed to the host is UTF-8: first bytes with the range that the second may have. */
static int is_utf8(aur_str s)
{
	size_t i = 0;
	while (i < s.len) {
		unsigned char c = (unsigned char)s.ptr[i++], low = 0x80, high = 0xBF;
		int more = c < 0x80 ? 0 : c < 0xC2 ? -1 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : c < 0xF5 ? 3 : -1;
		low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : low;
		high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : high;
		if (more < 0)
			return 0;
		for (; more; more--, low = 0x80, high = 0xBF, i++)
			if (i == s.len || (unsigned char)s.ptr[i] < low || (unsigned char)s.ptr[i] > high)
				return 0;
	}
	return 1;
}

static aur_status begin(const aur_host *h, void *model, aur_source *src, aur_record_sink *o, void **out)
{
	static const aur_str session = SAMPLE_STR("session");
	state *s = calloc(1, sizeof *s);
	aur_str first;
	int64_t got = 0;
	(void)model;
	if (s)
		s->text = malloc(MOST);
	if (!s || !s->text) {
		free(s);
		return h->fail(h, AUR_E_NOMEM, "No memory is left to read the file.");
	}
	while (s->size < MOST && (got = h->read(h, src, s->text + s->size, MOST - s->size)) > 0)
		s->size += (size_t)got;
	if (got < 0 || s->size == MOST) {
		free(s->text);
		free(s);
		return got < 0 ? AUR_E_IO
			       : h->fail(h, AUR_E_DATA, "The file is larger than 1 MiB; this sample reads no more.");
	}
	line_of(s, &first);
	s->session = h->field(h, o, session);
	h->note(h, o, "one contribution per line, session before the tab");
	*out = s;
	return AUR_OK;
}

static aur_status next(const aur_host *h, void *model, void *state_, aur_record_sink *o)
{
	static const aur_str nobody = {"", 0};
	state *s = state_;
	aur_str line, session, text;
	const char *tab;
	(void)model;
	do {
		if (!line_of(s, &line))
			return AUR_END;
	} while (line.len == 0);
	tab = memchr(line.ptr, '\t', line.len);
	if (!tab || !is_utf8(line)) {
		h->refuse(h, o, s->line, nobody, tab ? "the line is not UTF-8" : "the line has no tab between session and text");
		return AUR_REFUSED;
	}
	session.ptr = line.ptr;
	session.len = (size_t)(tab - line.ptr);
	text.ptr = tab + 1;
	text.len = line.len - session.len - 1;
	h->put_where(h, o, s->line);
	h->put_field(h, o, s->session, session);
	h->put_text(h, o, text);
	return AUR_OK;
}

static void end(void *model, void *state_)
{
	state *s = state_;
	(void)model;
	free(s->text);
	free(s);
}

static const aur_reader_ops ops = {sizeof(aur_reader_ops), "abi", probe, begin, next, end};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_READER,
	.id = "abi-reader",
	.version = "1.0",
	.summary = "sample: one contribution per line",
	.ops = &ops,
};
SAMPLE_PLUGIN("abi-reader", component, AUR_ABI_MAJOR, 0);
