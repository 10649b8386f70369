/* SPDX-License-Identifier: Apache-2.0 */
/* Themes with plain expressions as a lexicon of ours. */
#include "config.h"
#include "index/index.h"
#include "lexicon/dict.h"

struct writing {
	const aur_dict *d;
	aur_dict_pattern pattern;
	void *ctx;
	aur_buf *out;
	aur_error *err;
};

static void xml(aur_buf *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '&')
			aur_buf_str(out, "&amp;");
		else if (c == '<')
			aur_buf_str(out, "&lt;");
		else if (c == '>')
			aur_buf_str(out, "&gt;");
		else if (i + 2 < n && c == 0xEF && (unsigned char)s[i + 1] == 0xBF && (unsigned char)s[i + 2] >= 0xBE)
			i += 2; /* no text of XML may hold them */
		else if (c >= ' ')
			aur_buf_byte(out, c);
		else if (c == '\n' || c == '\t' || c == '\r')
			aur_buf_byte(out, ' ');
	}
}

static void indent(aur_buf *out, unsigned depth)
{
	while (depth--)
		aur_buf_str(out, "  ");
}

static void element(aur_buf *out, unsigned depth, const char *name, const char *text)
{
	indent(out, depth);
	aur_buf_printf(out, "<%s>", name);
	xml(out, text, strlen(text));
	aur_buf_printf(out, "</%s>\n", name);
}

/* The entries of a theme, a line each. */
static aur_code lines(struct writing *w, const aur_dict_theme *t, unsigned depth)
{
	aur_buf entries = {0}, line = {0};
	aur_code c = AURE_OK;
	for (uint32_t i = 0; i < t->n && !c; i++) {
		line.n = 0;
		c = w->pattern(w->ctx, &t->lines[i], &line, w->err);
		if (c || !line.n)
			continue;
		indent(&entries, depth + 1);
		xml(&entries, (char *)line.p, line.n);
		aur_buf_byte(&entries, '\n');
	}
	if (entries.n) {
		indent(w->out, depth);
		aur_buf_str(w->out, "<entry>\n");
		aur_buf_put(w->out, entries.p, entries.n);
		indent(w->out, depth);
		aur_buf_str(w->out, "</entry>\n");
	}
	aur_buf_free(&entries);
	aur_buf_free(&line);
	return c;
}

static aur_code parts(struct writing *w, uint32_t first, const char *code, unsigned depth);

/* What stands in a theme: its title, its definition, its entries, its parts. */
static aur_code inside(struct writing *w, uint32_t t, const char *code, unsigned depth)
{
	const aur_dict_theme *x = &w->d->t[t];
	element(w->out, depth, "title", aur_dict_title(x));
	if (x->definition && *x->definition)
		element(w->out, depth, "definition", x->definition);
	aur_code c = lines(w, x, depth);
	return c ? c : parts(w, x->first, code, depth);
}

static aur_code parts(struct writing *w, uint32_t first, const char *code, unsigned depth)
{
	aur_code c = AURE_OK;
	for (uint32_t k = first; k != AUR_NONE && !c; k = w->d->t[k].next) {
		aur_buf path = {0};
		aur_buf_printf(&path, "%s.%s", code, w->d->t[k].code);
		indent(w->out, depth);
		aur_buf_printf(w->out, "<theme id=\"%s\">\n", aur_buf_cstr(&path));
		c = inside(w, k, (char *)path.p, depth + 1);
		indent(w->out, depth);
		aur_buf_str(w->out, "</theme>\n");
		aur_buf_free(&path);
	}
	return c;
}

aur_code aur_dict_lexicon(const aur_dict *d, uint32_t top, const char *layer, aur_dict_pattern pattern, void *ctx, aur_buf *out, aur_error *err)
{
	struct writing w = {d, pattern, ctx, out, err};
	aur_dict file = {.file = d->file}; /* where the name of the file becomes a code */
	aur_code c;
	aur_dict_outside(&file);
	const aur_dict_theme *t = top == AUR_NONE ? file.t : &d->t[top];
	aur_buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lexicon id=\"%s\" version=\"1.0\" lang=\"fr\" theme=\"%s\"", t->code, t->code);
	if (layer)
		aur_buf_printf(out, " layer=\"%s\"", layer);
	aur_buf_str(out, ">\n");
	if (top == AUR_NONE) {
		element(out, 1, "title", t->name);
		c = parts(&w, d->n ? 0 : AUR_NONE, t->code, 1);
	} else {
		c = inside(&w, top, t->code, 1);
	}
	aur_buf_str(out, "</lexicon>\n");
	aur_dict_free(&file);
	return c;
}
