/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include "base/intl.h"
#include "report/template.h"

/* ---- values ---------------------------------------------------------------------------------------------------- */

typedef enum node_kind { NODE_STR, NODE_MAP, NODE_LIST } node_kind;
typedef struct entry entry;
struct entry {
	const char *key; /* NULL in lists */
	const aur_node *value;
	entry *next;
};
struct aur_node {
	node_kind kind;
	aur_str str;
	entry *first, *last;
};

static aur_node *node(aur_arena *a, node_kind kind)
{
	aur_node *n = aur_arena_alloc(a, sizeof *n);
	*n = (aur_node){.kind = kind};
	return n;
}

aur_node *aur_node_map(aur_arena *a)
{
	return node(a, NODE_MAP);
}

aur_node *aur_node_list(aur_arena *a)
{
	return node(a, NODE_LIST);
}

aur_node *aur_node_str(aur_arena *a, aur_str s)
{
	aur_node *n = node(a, NODE_STR);
	n->str = s;
	return n;
}

static void append(aur_arena *a, aur_node *n, const char *key, const aur_node *value)
{
	entry *e = aur_arena_alloc(a, sizeof *e);
	*e = (entry){key, value, NULL};
	*(n->last ? &n->last->next : &n->first) = e;
	n->last = e;
}

void aur_node_set(aur_arena *a, aur_node *map, const char *key, aur_node *value)
{
	append(a, map, key, value);
}

void aur_node_put(aur_arena *a, aur_node *map, const char *key, aur_str value)
{
	append(a, map, key, aur_node_str(a, value));
}

void aur_node_text(aur_arena *a, aur_node *map, const char *key, const char *value)
{
	size_t n = strlen(value);
	aur_node_put(a, map, key, (aur_str){aur_arena_dup(a, value, n), n});
}

void aur_node_flag(aur_arena *a, aur_node *map, const char *key, bool on)
{
	aur_node_put(a, map, key, on ? (aur_str){"1", 1} : (aur_str){"", 0});
}

void aur_node_push(aur_arena *a, aur_node *list, aur_node *element)
{
	append(a, list, NULL, element);
}

static void html_escape(aur_buf *out, aur_str s)
{
	for (size_t i = 0, from = 0; i <= s.len; i++) {
		const char *r = i == s.len	      ? ""
				: s.ptr[i] == '&'  ? "&amp;"
				: s.ptr[i] == '<'  ? "&lt;"
				: s.ptr[i] == '>'  ? "&gt;"
				: s.ptr[i] == '"'  ? "&quot;"
				: s.ptr[i] == '\'' ? "&#39;"
						   : NULL;
		if (!r)
			continue;
		aur_buf_put(out, s.ptr + from, i - from);
		aur_buf_str(out, r);
		from = i + 1;
	}
}

/* ---- the text with its places ------------------------------------------------------------------------------------ */

typedef enum op_kind { OP_TEXT, OP_ESCAPED, OP_RAW, OP_IF, OP_UNLESS, OP_KEEP, OP_USE } op_kind;
typedef struct op {
	op_kind kind;
	uint32_t line, end; /* end: for a section, the op after its last one */
	aur_str s;          /* text, or name */
} op;

struct aur_template {
	char *name, *text;
	op *ops;
	uint32_t count, cap;
};

#define DEPTH 32   /* depth of sections in the template */
#define NESTED 200 /* depth while rendering: a kept part may insert itself, for a tree of themes */

static op *op_add(aur_template *t, op_kind kind, uint32_t line, const char *s, size_t n)
{
	AUR_GROW(t->ops, t->count, t->cap);
	t->ops[t->count] = (op){kind, line, 0, {s, n}};
	return &t->ops[t->count++];
}

static bool same(aur_str a, aur_str b)
{
	return a.len == b.len && !memcmp(a.ptr, b.ptr, a.len);
}

aur_code aur_template_parse(const char *name, aur_str text, aur_template **out, aur_error *e)
{
	aur_template *t = aur_xcalloc(1, sizeof *t);
	aur_code code = AURE_OK;
	uint32_t open[DEPTH], depth = 0, line = 1;
	t->name = aur_xstrdup(name);
	t->text = aur_xstrndup(text.ptr, text.len);
	for (char *p = t->text; *p;) {
		char *tag = strstr(p, "{{");
		size_t n = tag ? (size_t)(tag - p) : strlen(p);
		if (n)
			op_add(t, OP_TEXT, line, p, n);
		for (size_t i = 0; i < n; i++)
			line += p[i] == '\n';
		p += n;
		if (!tag)
			break;
		bool raw = tag[2] == '{';
		char *end = strstr(tag, raw ? "}}}" : "}}");
		if (!end) {
			code = aur_fail_at(e, AURE_CONFIG, name, line, 1, _("a placeholder begins with {{ and never ends"));
			goto out;
		}
		char sign = raw ? '{' : tag[2], *from = tag + 2;
		if (strchr("{#^/!<>", sign))
			from++;
		size_t len = (size_t)(end - from);
		p = end + (raw ? 3 : 2);
		if (sign == '!') {
			for (char *q = tag; q < p; q++)
				line += *q == '\n';
			continue;
		}
		if (sign == '/') {
			if (!depth || !same(t->ops[open[depth - 1]].s, (aur_str){from, len})) {
				code = aur_fail_at(e, AURE_CONFIG, name, line, 1, _("{{/%.*s}} closes what was never opened"), (int)len, from);
				goto out;
			}
			t->ops[open[--depth]].end = t->count;
			continue;
		}
		op_kind kind = sign == '{'   ? OP_RAW
			       : sign == '#' ? OP_IF
			       : sign == '^' ? OP_UNLESS
			       : sign == '<' ? OP_KEEP
			       : sign == '>' ? OP_USE
					     : OP_ESCAPED;
		op_add(t, kind, line, from, len);
		if (kind == OP_IF || kind == OP_UNLESS || kind == OP_KEEP) {
			if (depth == DEPTH) {
				code = aur_fail_at(e, AURE_CONFIG, name, line, 1, _("sections are nested too deep"));
				goto out;
			}
			open[depth++] = t->count - 1;
		}
	}
	if (depth)
		code = aur_fail_at(e, AURE_CONFIG, name, t->ops[open[depth - 1]].line, 1, _("{{#%.*s}} is never closed"),
				   (int)t->ops[open[depth - 1]].s.len, t->ops[open[depth - 1]].s.ptr);
out:
	if (code == AURE_OK)
		*out = t;
	else
		aur_template_free(t);
	return code;
}

void aur_template_free(aur_template *t)
{
	if (!t)
		return;
	free(t->name);
	free(t->text);
	free(t->ops);
	free(t);
}

typedef struct frame {
	const aur_node *node;
	const struct frame *up;
} frame;

static const aur_node *look_up(const frame *f, aur_str name)
{
	if (name.len == 1 && *name.ptr == '.')
		return f->node;
	for (; f; f = f->up)
		if (f->node->kind == NODE_MAP)
			for (const entry *x = f->node->first; x; x = x->next)
				if (strlen(x->key) == name.len && !memcmp(x->key, name.ptr, name.len))
					return x->value;
	return NULL;
}

static aur_code render(const aur_template *t, uint32_t from, uint32_t to, const frame *f, unsigned depth, aur_buf *out, aur_error *e)
{
	if (depth > NESTED)
		return aur_fail(e, AURE_CONFIG, _("%s: a kept part uses itself"), t->name);
	for (uint32_t i = from; i < to; i++) {
		const op *o = &t->ops[i];
		aur_code code = AURE_OK;
		if (o->kind == OP_TEXT) {
			aur_buf_put(out, o->s.ptr, o->s.len);
			continue;
		}
		if (o->kind == OP_KEEP) {
			i = o->end - 1;
			continue;
		}
		if (o->kind == OP_USE) {
			uint32_t k = 0;
			while (k < t->count && !(t->ops[k].kind == OP_KEEP && same(t->ops[k].s, o->s)))
				k++;
			if (k == t->count)
				return aur_fail_at(e, AURE_CONFIG, t->name, o->line, 1, _("nothing was kept as \"%.*s\""), (int)o->s.len, o->s.ptr);
			code = render(t, k + 1, t->ops[k].end, f, depth + 1, out, e);
			if (code != AURE_OK)
				return code;
			continue;
		}
		const aur_node *v = look_up(f, o->s);
		if (!v)
			return aur_fail_at(e, AURE_CONFIG, t->name, o->line, 1, _("no value is given for \"%.*s\""), (int)o->s.len, o->s.ptr);
		if (o->kind == OP_ESCAPED || o->kind == OP_RAW) {
			if (v->kind != NODE_STR)
				return aur_fail_at(e, AURE_CONFIG, t->name, o->line, 1, _("\"%.*s\" is not a text"), (int)o->s.len, o->s.ptr);
			if (o->kind == OP_RAW)
				aur_buf_put(out, v->str.ptr, v->str.len);
			else
				html_escape(out, v->str);
			continue;
		}
		bool full = v->kind == NODE_STR ? v->str.len > 0 : v->kind == NODE_MAP || v->first;
		if (o->kind == OP_IF && v->kind == NODE_LIST) {
			for (const entry *x = v->first; x && code == AURE_OK; x = x->next)
				code = render(t, i + 1, o->end, &(frame){x->value, f}, depth + 1, out, e);
		} else if (full == (o->kind == OP_IF)) {
			bool inside = v->kind == NODE_MAP && full;
			code = render(t, i + 1, o->end, inside ? &(frame){v, f} : f, depth + 1, out, e);
		}
		if (code != AURE_OK)
			return code;
		i = o->end - 1;
	}
	return AURE_OK;
}

aur_code aur_template_render(const aur_template *t, const aur_node *root, aur_buf *out, aur_error *e)
{
	return render(t, 0, t->count, &(frame){root, NULL}, 0, out, e);
}
