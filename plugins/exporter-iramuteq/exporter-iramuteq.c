/* SPDX-License-Identifier: Apache-2.0 */
/* exporter-iramuteq: one file for IRaMuTeQ (or Alceste).  A contribution is a line **** with its fields as starred variables, and its
 * text below.  A variable is *field_value, where IRaMuTeQ takes lower-case letters, digits and hyphens. */
#include <stdio.h>
#include <stdlib.h>
#include "../common/ex.h"

#define LONGEST 60u /* bytes of a modality: a longer value is an answer and not a category */

typedef struct ira_model {
	bool themes;
} ira_model;

static uint64_t longer; /* values that are left out, from begin() to finish() */

static aur_status ira_open(const aur_host *h, const aur_config *c, void **model)
{
	bool yes;
	aur_status st = ex_yes(h, c, "themes", &yes);
	if (st < 0)
		return st;
	ira_model *m = calloc(1, sizeof *m);
	if (!m)
		return rd_nomem(h);
	m->themes = yes;
	*model = m;
	return AUR_OK;
}

static void ira_close(void *model)
{
	free(model);
}

/* A part of a variable.  IRaMuTeQ cuts it at its first _. */
static size_t part(aur_str s, char out[RD_NAME_MAX])
{
	size_t n = rd_name_fold(s.ptr, s.len, out);
	for (size_t i = 0; i < n; i++)
		if (out[i] == '_')
			out[i] = '-';
	return n;
}

static void variable(ex_out *x, aur_str name, aur_str value)
{
	char var[RD_NAME_MAX], mod[RD_NAME_MAX];
	if (!part(name, var) || !part(value, mod))
		return;
	ex_str(x, " *");
	ex_str(x, var);
	ex_str(x, "_");
	ex_str(x, mod);
}

/* A field with its values, which | separates. */
static void field(ex_out *x, aur_str name, aur_str value)
{
	if (value.len > LONGEST) {
		longer++;
		return;
	}
	for (size_t from = 0; from <= value.len;) {
		const char *bar = memchr(value.ptr + from, '|', value.len - from);
		size_t n = bar ? (size_t)(bar - value.ptr) - from : value.len - from;
		variable(x, name, rd_str(value.ptr + from, n));
		from += n + 1;
	}
}

/* The day of a date that has a time: « 2024-03-08-12-06-00 » would be a modality of its own for each answer, and no date to whoever reads it. */
static aur_str day(aur_str name, aur_str value)
{
	static const char digits[] = "dddd-dd-dd";
	bool timed = name.len == 4 && memcmp(name.ptr, "date", 4) == 0 && value.len > 10 && (value.ptr[10] == ' ' || value.ptr[10] == 'T');
	for (size_t i = 0; timed && i < 10; i++)
		timed = digits[i] == '-' ? value.ptr[i] == '-' : value.ptr[i] >= '0' && value.ptr[i] <= '9';
	return timed ? rd_str(value.ptr, 10) : value;
}

/* *theme_sanctions */
static void theme(ex_out *x, aur_str code, void *unused)
{
	(void)unused;
	variable(x, rd_strz("theme"), code);
}

/* The text.  A line that begins with **** or -* would start another text or section, so a space goes before it. */
static void text(ex_out *x, aur_str s)
{
	const char *p = s.ptr, *end = p + s.len;
	while (p < end) {
		aur_str line = rd_line_of(&p, end);
		p += p < end && p[-1] == '\r' && *p == '\n';
		if ((line.len >= 4 && memcmp(line.ptr, "****", 4) == 0) || (line.len >= 2 && memcmp(line.ptr, "-*", 2) == 0))
			ex_str(x, " ");
		ex_put(x, line.ptr, line.len);
		ex_str(x, "\n");
	}
}

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	(void)h, (void)model, (void)o;
	longer = 0;
	return AUR_OK;
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	const ira_model *m = model;
	ex_out x = {.h = h, .o = o};
	aur_str name, value;
	ex_str(&x, "****");
	variable(&x, rd_strz("id"), v->id);
	for (uint32_t i = 0; h->field_at(h, v, i, &name, &value); i++)
		field(&x, name, day(name, value));
	if (m->themes)
		ex_themes(&x, v, theme, NULL);
	ex_str(&x, "\n");
	text(&x, v->text);
	ex_str(&x, "\n");
	return x.status;
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	char b[200];
	(void)model, (void)o;
	if (longer) {
		snprintf(b, sizeof b, _("values of more than %u bytes, which are no categories, left out: %lu"), LONGEST, (unsigned long)longer);
		h->log(h, AUR_LOG_INFO, b);
	}
	return AUR_OK;
}

static const aur_exporter_ops ops = {.size = sizeof(aur_exporter_ops), .extension = "txt", .begin = begin, .item = item, .finish = finish};
static const aur_component component = {.size = sizeof(aur_component),
                                        .kind = AUR_EXPORTER,
                                        .id = "exporter-iramuteq",
                                        .version = "1.0.0",
                                        .summary = N_("a text for IRaMuTeQ and Alceste: ****, fields as starred variables"),
                                        .open = ira_open,
                                        .close = ira_close,
                                        .ops = &ops};

EXPORT_PLUGIN("exporter-iramuteq", &component);
