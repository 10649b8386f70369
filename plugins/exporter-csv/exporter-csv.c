/* SPDX-License-Identifier: Apache-2.0 */
/* exporter-csv: a table for R, Python and spreadsheets.  A row per contribution: its id, all fields of the corpus, its text last.  RFC 4180,
 * so that reader-csv and others read back what was there, line ends and quotation marks included. */
#include <stddef.h>
#include <stdlib.h>
#include "../common/ex.h"
#include "auricule/ext.h"

typedef struct csv_model {
	bool themes, excel;
} csv_model;

static aur_status csv_open(const aur_host *h, const aur_config *c, void **model)
{
	csv_model m = {0};
	aur_status st = ex_yes(h, c, "themes", &m.themes);
	if (st >= 0)
		st = ex_yes(h, c, "excel", &m.excel);
	if (st < 0)
		return st;
	csv_model *kept = malloc(sizeof *kept);
	if (!kept)
		return rd_nomem(h);
	*kept = m;
	*model = kept;
	return AUR_OK;
}

static void csv_close(void *model)
{
	free(model);
}

/* ---- a row ---------------------------------------------------------------------------------------------- */

/* A separator first, unless the cell begins a row. */
static void cell(ex_out *x, const csv_model *m, bool first, aur_str s)
{
	char sep = m->excel ? ';' : ',';
	bool quoted = s.len && (strchr(" \t", s.ptr[0]) || strchr(" \t", s.ptr[s.len - 1]));
	for (size_t i = 0; i < s.len && !quoted; i++)
		quoted = s.ptr[i] == sep || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
	if (!first)
		ex_put(x, &sep, 1);
	if (!quoted) {
		ex_put(x, s.ptr, s.len);
		return;
	}
	ex_str(x, "\"");
	for (size_t i = 0; i < s.len;) {
		const char *mark = memchr(s.ptr + i, '"', s.len - i);
		size_t n = mark ? (size_t)(mark - s.ptr) + 1 - i : s.len - i;
		ex_put(x, s.ptr + i, n);
		if (mark)
			ex_str(x, "\"");
		i += n;
	}
	ex_str(x, "\"");
}

static void row_end(ex_out *x, const csv_model *m)
{
	ex_str(x, m->excel ? "\r\n" : "\n");
}

/* Would a field of this name have that of a column of ours?  It gets a « field_ » more, and so do those that have one already. */
static bool is_ours(aur_str name)
{
	static const char before[] = "field_", *const ours[] = {"id", "themes", "text"};
	const size_t n = sizeof before - 1;
	while (name.len > n && memcmp(name.ptr, before, n) == 0)
		name = rd_str(name.ptr + n, name.len - n);
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (name.len == strlen(ours[i]) && memcmp(name.ptr, ours[i], name.len) == 0)
			return true;
	return false;
}

/* ---- all ------------------------------------------------------------------------------------------------ */

static const aur_ext_corpus_v1 *corpus(const aur_host *h)
{
	const aur_ext_corpus_v1 *e = h->query(h, AUR_EXT_CORPUS);
	return e && e->size > offsetof(aur_ext_corpus_v1, field) && e->field ? e : NULL;
}

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	const csv_model *m = model;
	const aur_ext_corpus_v1 *c = corpus(h);
	ex_out x = {.h = h, .o = o};
	aur_str name;
	if (!c)
		return rd_fail(h, AUR_E_UNSUPPORTED, _("this exporter needs a newer auricule, which names the fields of a corpus"));
	if (m->excel)
		ex_str(&x, "\xEF\xBB\xBF"); /* without it Excel takes UTF-8 for Windows-1252 */
	cell(&x, m, true, rd_strz("id"));
	for (uint32_t f = 0; c->field(h, f, &name); f++) {
		rd_buf b = {0};
		if (!rd_buf_add(&b, "field_", is_ours(name) ? 6 : 0) || !rd_buf_add(&b, name.ptr, name.len))
			x.status = rd_nomem(h);
		else
			cell(&x, m, false, rd_str(b.ptr, b.len));
		rd_buf_free(&b);
	}
	if (m->themes)
		cell(&x, m, false, rd_strz("themes"));
	cell(&x, m, false, rd_strz("text"));
	row_end(&x, m);
	return x.status;
}

static void add_theme(ex_out *x, aur_str theme, void *to)
{
	rd_buf *all = to;
	if ((all->len && !rd_buf_add(all, "|", 1)) || !rd_buf_add(all, theme.ptr, theme.len))
		x->status = rd_nomem(x->h);
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	const csv_model *m = model;
	const aur_ext_corpus_v1 *c = corpus(h);
	ex_out x = {.h = h, .o = o};
	aur_str column, name, value;
	uint32_t next = 0; /* of the contribution's fields, which come in the order of the columns */
	int have = h->field_at(h, v, next, &name, &value);
	cell(&x, m, true, v->id);
	for (uint32_t f = 0; c && c->field(h, f, &column); f++) {
		bool is = have && name.len == column.len && memcmp(name.ptr, column.ptr, name.len) == 0;
		cell(&x, m, false, is ? value : rd_str("", 0));
		if (is)
			have = h->field_at(h, v, ++next, &name, &value);
	}
	if (m->themes) {
		rd_buf all = {0};
		ex_themes(&x, v, add_theme, &all);
		cell(&x, m, false, rd_str(all.ptr, all.len));
		rd_buf_free(&all);
	}
	cell(&x, m, false, v->text);
	row_end(&x, m);
	return x.status;
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	(void)h, (void)model, (void)o;
	return AUR_OK;
}

static const aur_exporter_ops ops = {.size = sizeof(aur_exporter_ops), .extension = "csv", .begin = begin, .item = item, .finish = finish};
static const aur_component component = {.size = sizeof(aur_component),
                                        .kind = AUR_EXPORTER,
                                        .id = "exporter-csv",
                                        .version = "1.0.0",
                                        .summary = N_("a table for R, Python and spreadsheets: id, fields, text"),
                                        .open = csv_open,
                                        .close = csv_close,
                                        .ops = &ops};

EXPORT_PLUGIN("exporter-csv", &component);
