/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/intl.h"
#include "pipeline/renamed.h"

static int has(const aur_renamed *t, uint32_t field)
{
	return field < t->nhas && t->has[field];
}

static void add(aur_renamed *t, aur_str name, uint32_t field, int had)
{
	AUR_GROW(t->v, t->n, t->cap);
	t->v[t->n++] = (struct aur_renamed_field){aur_xstrndup(name.ptr, name.len), field, had, 0};
}

/* Meets a file; returns 1 if no other one of its kind was met before. */
static int kind(aur_renamed *t, aur_str name)
{
	size_t dot = name.len;
	while (dot && name.ptr[dot - 1] != '.' && name.ptr[dot - 1] != '/')
		dot--;
	aur_str end = {name.ptr + dot, dot && name.ptr[dot - 1] == '.' ? name.len - dot : 0};
	for (uint32_t i = 0; i < t->nkind; i++) {
		struct aur_renamed_kind *k = &t->kind[i];
		if (strlen(k->end) != end.len || strncasecmp(k->end, end.ptr, end.len) != 0)
			continue;
		k->more |= strlen(k->name) != name.len || memcmp(k->name, name.ptr, name.len) != 0;
		return !k->more;
	}
	AUR_GROW(t->kind, t->nkind, t->kindcap);
	t->kind[t->nkind++] = (struct aur_renamed_kind){aur_xstrndup(end.ptr, end.len), aur_xstrndup(name.ptr, name.len), 0};
	return 1;
}

void aur_renamed_before(aur_renamed *t, aur_snapshot *s)
{
	for (uint32_t i = 0; i < aur_snapshot_fields(s); i++)
		if (aur_snapshot_value_count(s, i))
			add(t, aur_snapshot_field_name(s, i), AUR_NONE, 1);
}

void aur_renamed_open(aur_renamed *t, aur_writer *w)
{
	for (uint32_t i = 0; i < t->n; i++)
		t->v[i].field = aur_writer_field(w, aur_str_of(t->v[i].name));
	size_t at = 0;
	for (aur_str name, about; aur_writer_source_at(w, &at, &name, &about);)
		kind(t, name);
}

void aur_renamed_meets(aur_renamed *t, uint32_t field, aur_str name)
{
	uint32_t i = 0;
	while (i < t->n && t->v[i].field != field)
		i++;
	if (i == t->n)
		add(t, name, field, 0);
}

void aur_renamed_has(aur_renamed *t, const uint32_t *field, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (field[i] >= t->nhas) {
			uint32_t cap = field[i] * 2 + 64;
			t->has = aur_xrealloc(t->has, cap);
			memset(t->has + t->nhas, 0, cap - t->nhas);
			t->nhas = cap;
		}
		t->has[field[i]] = 1;
	}
}

static const aur_reading *reads(const aur_renamed *t, const char *name)
{
	for (unsigned k = 0; k < t->readings->n; k++)
		for (unsigned j = 0; j < t->readings->r[k].nfields; j++)
			if (!strcmp(name, t->readings->r[k].field[j]))
				return &t->readings->r[k];
	return NULL;
}

/* Does the ledger or a comparison read this field? */
static int meant(const aur_renamed *t, const char *name)
{
	int is = !strcmp(name, "session") || !strcmp(name, "stance") || reads(t, name);
	for (unsigned i = 0; i < t->chain->ninherit && !is; i++)
		is = !strcmp(name, t->chain->inherit[i]);
	return is;
}

/* Does this file say the same in another field? */
static int otherwise(const aur_renamed *t, const char *name)
{
	const aur_reading *r = reads(t, name);
	for (unsigned j = 0; r && j < r->nfields; j++)
		for (uint32_t i = 0; i < t->n; i++)
			if (has(t, t->v[i].field) && !strcmp(t->v[i].name, r->field[j]))
				return 1;
	return 0;
}

static void list(const aur_renamed *t, int missing, aur_buf *b)
{
	enum { MOST = 12 };
	unsigned n = 0;
	for (uint32_t i = 0; i < t->n; i++) {
		const struct aur_renamed_field *f = &t->v[i];
		if (missing ? !f->missing : f->had || !has(t, f->field) || meant(t, f->name))
			continue;
		if (n++ < MOST)
			aur_buf_printf(b, "%s%s", n > 1 ? ", " : "", f->name);
	}
	if (n > MOST)
		aur_buf_str(b, ", …");
}

static void tell(aur_renamed *t)
{
	aur_buf gone = {0}, own = {0}, b = {0};
	for (uint32_t i = 0; i < t->n; i++)
		t->v[i].missing = t->v[i].had && !has(t, t->v[i].field) && strcmp(t->v[i].name, "stance") && meant(t, t->v[i].name) &&
				  !otherwise(t, t->v[i].name);
	list(t, 1, &gone);
	list(t, 0, &own);
	if (gone.n && own.n) {
		aur_buf_printf(&b,
			       _("fields that what came before has and this file does not: %s; fields that only this file has: %s; if some of them "
				 "are the same thing under another name, rename the columns, keep the name of the file, and ingest it again; --field gives one value to a whole file"),
			       aur_buf_cstr(&gone), aur_buf_cstr(&own));
		t->note(t->ctx, t->file, aur_buf_cstr(&b));
	}
	aur_buf_free(&gone);
	aur_buf_free(&own);
	aur_buf_free(&b);
}

void aur_renamed_file(aur_renamed *t, const char *file, aur_str name)
{
	if (t->file && !t->first)
		tell(t);
	for (uint32_t i = 0; i < t->n; i++)
		t->v[i].had |= has(t, t->v[i].field);
	if (t->nhas)
		memset(t->has, 0, t->nhas);
	t->file = file;
	t->first = file && kind(t, name);
}

void aur_renamed_free(aur_renamed *t)
{
	for (uint32_t i = 0; i < t->n; i++)
		free(t->v[i].name);
	for (uint32_t i = 0; i < t->nkind; i++) {
		free(t->kind[i].end);
		free(t->kind[i].name);
	}
	free(t->kind);
	free(t->v);
	free(t->has);
}
