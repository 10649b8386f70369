/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves names of fields and layers, and says what to do about unknown ones. */
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include "base/intl.h"
#include "query/counts.h"
#include "query/resolving.h"

int q_shown_len(aur_str t)
{
	size_t n = t.len;
	if (n > 60)
		for (n = 60; n && ((unsigned char)t.ptr[n] & 0xC0) == 0x80;)
			n--;
	return (int)n;
}

void q_note(resolving *x, const char *fmt, ...)
{
	aur_query *q = x->q;
	if (q->nnotes >= MAX_NOTES)
		return;
	aur_error e;
	va_list ap;
	va_start(ap, fmt);
	aur_vfail(&e, AURE_OK, fmt, ap);
	va_end(ap);
	for (uint32_t i = 0; i < q->nnotes; i++) /* the same word may occur three times in the query */
		if (!strcmp(q->note[i], e.text))
			return;
	char **v = aur_arena_alloc(&q->arena, (q->nnotes + 1) * sizeof *v);
	if (q->nnotes)
		memcpy(v, q->note, q->nnotes * sizeof *v);
	v[q->nnotes++] = aur_arena_dup(&q->arena, e.text, strlen(e.text));
	q->note = v;
}

uint32_t q_field_named(aur_search *s, aur_str name)
{
	uint32_t f = aur_snapshot_field(s->env.s, name.ptr, name.len), n = aur_snapshot_fields(s->env.s);
	if (f != AUR_NONE)
		return f;
	aur_buf a = {0}, b = {0};
	q_fold(&a, name);
	for (uint32_t i = 0; i < n && f == AUR_NONE; i++) {
		b.n = 0;
		q_fold(&b, aur_snapshot_field_name(s->env.s, i));
		if (a.n == b.n && !memcmp(a.p, b.p, a.n))
			f = i;
	}
	aur_buf_free(&a);
	aur_buf_free(&b);
	return f;
}

size_t q_operator(aur_str t)
{
	size_t n = t.len > 1 && t.ptr[0] == '!' && t.ptr[1] == '=';
	while (n < t.len && memchr("=<>", t.ptr[n], 3))
		n++;
	return n;
}

void q_compared(const char *name, int nname, aur_str t, int minus, char *out, size_t size)
{
	size_t ops = q_operator(t);
	int below = memchr(t.ptr, '<', ops) != NULL, above = memchr(t.ptr, '>', ops) != NULL,
	    not = t.ptr[0] == '!' || (below && above); /* 0 or 1 */
	t.ptr += ops;
	t.len -= ops;
	if (!t.len) /* « age>= 30 » is two words */
		t = !not && (below || above) ? (aur_str){"N", 1} : (aur_str){"…", strlen("…")};
	snprintf(out, size, "%s%.*s:%s%.*s%s", (!minus) == not ? "-" : "", nname, name, !not && below ? ".." : "", q_shown_len(t), t.ptr, !not && above ? ".." : "");
}

int q_is_name(const resolving *x, aur_str t)
{
	return q_field_named(x->s, t) != AUR_NONE || aur_snapshot_layer(x->s->env.s, t.ptr, t.len) >= 0 || same(t, "theme") || same(t, "id") ||
	       same(t, "word") || same(t, "form");
}

void q_compared_note(resolving *x, size_t at, size_t end, aur_str name, aur_str value)
{
	char like[200];
	size_t minus = at && x->p->s[at - 1] == '-';
	aur_str all = {x->p->s + at - minus, end - at + minus};
	q_compared(name.ptr, q_shown_len(name), value, (int)minus, like, sizeof like);
	q_note(x,
	       strstr(like, "..") ? _("« %.*s » was searched for as a word: a field is asked with a colon, and ranges include both ends: %s") :
				    _("« %.*s » was searched for as a word: what a field or a layer holds is asked with a colon: %s"),
	       q_shown_len(all), all.ptr, like);
}

int q_comparison_note(resolving *x, const node *n)
{
	aur_str t = n->text;
	size_t op = 0;
	if (n->kind == N_QUOTED || n->regex || n->name.ptr || n->name_op)
		return 0;
	if (t.len > 1 && t.ptr[0] == '!' && !strchr("!?.=", t.ptr[1])) { /* « !bus » */
		q_note(x, _("« %.*s » was searched for as it stands: to leave out what holds a word write -%.*s"), q_shown_len(t), t.ptr,
		       q_shown_len((aur_str){t.ptr + 1, t.len - 1}), t.ptr + 1);
		return 1;
	}
	while (op < t.len && !q_operator((aur_str){t.ptr + op, t.len - op}))
		op++;
	aur_str name = {t.ptr, op};
	if (!op || op == t.len || !q_is_name(x, name))
		return 0;
	q_compared_note(x, n->at, n->at + t.len, name, (aur_str){t.ptr + op, t.len - op});
	return 1;
}

/* Lists the names that a message can suggest: fields, layers, and the fixed names (always = 2: only those of
 * layers). */
static uint32_t names_of(aur_search *s, int fields, int layers, int always, aur_str **out)
{
	static const char *const fixed[] = {"theme", "id", "form", "word"};
	uint32_t nf = fields ? aur_snapshot_fields(s->env.s) : 0, nl = layers ? aur_snapshot_layers(s->env.s) : 0, n = 0;
	aur_str *v = aur_xmalloc((nf + nl + 4) * sizeof *v);
	for (uint32_t i = 0; i < nf; i++)
		if (aur_snapshot_value_count(s->env.s, i)) /* without values: only pipeline.xml names it */
			v[n++] = aur_snapshot_field_name(s->env.s, i);
	for (uint32_t i = 0; i < nl; i++) {
		const char *l = aur_snapshot_layer_name(s->env.s, i);
		v[n++] = (aur_str){l, strlen(l)};
	}
	for (unsigned i = always == 2 ? 2 : 0; always && i < 4; i++)
		v[n++] = (aur_str){fixed[i], strlen(fixed[i])};
	*out = v;
	return n;
}

static void list_names(aur_buf *b, const aur_str *v, uint32_t n)
{
	for (uint32_t i = 0; i < n && b->n < 300; i++)
		aur_buf_printf(b, "%s%.*s", i ? ", " : "", (int)v[i].len, v[i].ptr);
}

/* Fails as `name` is not among names_of.  layers = 2: it is the attribute of a token, where CQP allows fields too. */
aur_code q_unknown_name(parser *p, aur_search *s, size_t at, aur_str name, int fields, int layers, int always)
{
	aur_str *v;
	uint32_t n = names_of(s, fields, layers, always, &v), best = aur_query_nearest(name, v, n);
	aur_buf all = {0};
	list_names(&all, v, n);
	const char *kind = fields && layers ? _("field or layer") : fields ? _("field") : _("layer");
	aur_code c;
	if (!layers && (same(name, "theme") || same(name, "themes")) && best == AUR_NONE)
		c = q_fail(p, at, _("themes are no field: « auricule themes --by FIELD » counts them, and theme:… finds them in a query"));
	else if (layers && same(name, "lemma"))
		c = q_fail(p, at, _("this corpus was made without lemmas: add that layer to a copy of pipeline.xml, as `man auricule` shows, and ingest with it into a new corpus; the closest layer here is « %s »"),
			   aur_snapshot_layer_name(s->env.s, aur_snapshot_default_layer(s->env.s)));
	else if (layers == 2 && q_field_named(s, name) != AUR_NONE)
		c = q_fail(p, at, _("« %.*s » is a field, not a layer: write %.*s:value next to the tokens"), q_shown_len(name), name.ptr, q_shown_len(name), name.ptr);
	else if (best != AUR_NONE)
		c = q_fail(p, at, _("there is no %s « %.*s » in this corpus: did you mean « %.*s »?"), kind, q_shown_len(name), name.ptr,
			   (int)v[best].len, v[best].ptr);
	else if (all.n)
		c = q_fail(p, at, _("there is no %s « %.*s » in this corpus, which has: %s"), kind, q_shown_len(name), name.ptr,
			   aur_buf_cstr(&all));
	else
		c = q_fail(p, at, _("there is no %s « %.*s » in this corpus"), kind, q_shown_len(name), name.ptr);
	aur_buf_free(&all);
	free(v);
	return c;
}

aur_code q_unknown_key(aur_search *s, aur_str name, aur_error *err)
{
	static const aur_str own[] = {{"left", 4}, {"right", 5}, {"form", 4}};
	aur_str *v;
	uint32_t n = names_of(s, 1, 0, 0, &v), best = aur_query_nearest(name, own, 3);
	aur_str near = best != AUR_NONE ? own[best] : (best = aur_query_nearest(name, v, n)) != AUR_NONE ? v[best] : (aur_str){0};
	aur_buf all = {0};
	list_names(&all, v, n);
	aur_code c = near.len ? aur_fail(err, AURE_USAGE, _("there is no sort key « %.*s »: did you mean « %.*s »?"), q_shown_len(name), name.ptr, (int)near.len, near.ptr) :
				aur_fail(err, AURE_USAGE, _("there is no sort key « %.*s »: there are left, right, form, label:x, and the fields %s"), q_shown_len(name), name.ptr,
					 all.n ? aur_buf_cstr(&all) : "–");
	aur_buf_free(&all);
	free(v);
	return c;
}

aur_code q_name_is(resolving *x, const node *n, q_what *what, int *layer, uint32_t *field)
{
	aur_str name = n->name;
	if (name.len > 1 && name.ptr[0] == '@') { /* @name: always a field */
		*what = IS_FIELD;
		*field = q_field_named(x->s, (aur_str){name.ptr + 1, name.len - 1});
		return *field == AUR_NONE ? q_unknown_name(x->p, x->s, n->at, (aur_str){name.ptr + 1, name.len - 1}, 1, 0, 0) : AURE_OK;
	}
	*layer = aur_snapshot_layer(x->s->env.s, name.ptr, name.len);
	*what = *layer >= 0 ? IS_LAYER : same(name, "form") || same(name, "word") ? IS_FORM : same(name, "theme") ? IS_THEME :
		same(name, "id")							   ? IS_ID :
												     IS_FIELD;
	if (*what == IS_FIELD) {
		*field = q_field_named(x->s, name);
		if (*field == AUR_NONE)
			return q_unknown_name(x->p, x->s, n->at, name, 1, 1, 1);
	}
	return AURE_OK;
}

aur_code q_need_layer(resolving *x, size_t at, const char *name, int layer)
{
	if (layer >= 0)
		return AURE_OK;
	aur_str *v;
	uint32_t n = names_of(x->s, 0, 1, 2, &v);
	aur_buf all = {0};
	list_names(&all, v, n);
	aur_code c = q_fail(x->p, at, _("this needs the layer « %s », which this corpus was made without; it has: %s"), name, aur_buf_cstr(&all));
	aur_buf_free(&all);
	free(v);
	return c;
}

/* Parses « date:month »: the field, and the length to which its dates are cut. */
static aur_code period_of(aur_search *s, parser *p, aur_str name, aur_by *by)
{
	static const struct {
		const char *name;
		size_t cut;
	} units[] = {{"day", 10}, {"month", 7}, {"year", 4}};
	const char *colon = memchr(name.ptr, ':', name.len);
	aur_str field = {name.ptr, colon ? (size_t)(colon - name.ptr) : name.len};
	by->field = colon && field.len ? q_field_named(s, field) : AUR_NONE;
	if (by->field == AUR_NONE)
		return q_unknown_name(p, s, (size_t)(name.ptr - p->s), field, 1, 0, 0);
	aur_str unit = {colon + 1, name.len - field.len - 1};
	for (unsigned i = 0; i < 3; i++)
		if (unit.len == strlen(units[i].name) && !memcmp(unit.ptr, units[i].name, unit.len))
			by->cut = units[i].cut;
	uint32_t v = aur_snapshot_value_count(s->env.s, by->field);
	while (v && !aur_date_len(aur_snapshot_value_text(s->env.s, by->field, v), 10))
		v--;
	if (v && by->cut)
		return AURE_OK;
	if (v)
		return aur_fail(p->err, AURE_USAGE, _("dates are split by day, month or year, as in %.*s:month, not by « %.*s »"), q_shown_len(field),
				field.ptr, q_shown_len(unit), unit.ptr);
	return aur_fail(p->err, AURE_USAGE, _("no value of « %.*s » is a date such as 2025-04-22"), q_shown_len(field), field.ptr);
}

aur_code aur_query_fields(aur_search *s, const char *text, aur_by by[2], uint32_t *n, aur_error *err)
{
	parser p = {.s = text, .n = strlen(text), .err = err};
	*n = 0;
	for (const char *at = text;; at++) {
		size_t len = strcspn(at, ",");
		aur_str name = {at, len};
		while (name.len && name.ptr[0] == ' ') {
			name.ptr++;
			name.len--;
		}
		while (name.len && name.ptr[name.len - 1] == ' ')
			name.len--;
		if (*n == 2)
			return aur_fail(err, AURE_USAGE, _("one or two fields, not more: %s"), text);
		aur_by *b = &by[*n];
		*b = (aur_by){.field = name.len ? q_field_named(s, name) : AUR_NONE};
		aur_code c = b->field == AUR_NONE ? period_of(s, &p, name, b) : AURE_OK;
		if (c)
			return c;
		aur_str own = aur_snapshot_field_name(s->env.s, b->field);
		if (!b->cut && own.len == 4 && !memcmp(own.ptr, "date", 4))
			b->cut = 10;
		if (b->cut)
			q_by_group(s, b);
		if (*n && b->field == by[0].field) /* a row would have two columns of the same name */
			return aur_fail(err, AURE_USAGE, _("the same field twice: %s"), text);
		++*n;
		at += len;
		if (!*at)
			return AURE_OK;
	}
}

void aur_query_no_layer(aur_search *s, const char *name, aur_error *err)
{
	parser p = {.s = name, .n = strlen(name), .err = err};
	q_unknown_name(&p, s, 0, (aur_str){name, strlen(name)}, 0, 1, 2);
}
