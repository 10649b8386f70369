/* SPDX-License-Identifier: Apache-2.0 */
/* exporter-vertical: the vertical text that cwb-encode and other tools of the Corpus Workbench read.  One token per line: its form and
 * its layers, separated by tabs.  <text> is a contribution with its fields as attributes, <s> a sentence. */
#include <stdio.h>
#include <stdlib.h>
#include "../common/ex.h"

#define MAX_LAYERS 8u

typedef struct vert_model {
	bool asked; /* by the setting « layers »: then each must be there */
	aur_str layer[MAX_LAYERS];
	unsigned n;
} vert_model;

/* From begin() to finish(). */
static int32_t column[MAX_LAYERS]; /* numbers of the layers that are written */
static unsigned columns;
static uint64_t replaced;
static rd_buf positional, fields; /* the options of cwb-encode: « -P lemma », « +id+session » */
/* The attributes.  Each is two places, of the next one with the same hash of its field, and of its name; its field, and its name, each
 * with a NUL. */
static rd_buf names;
enum { BUCKETS = 4096, BY_FIELD = 0, BY_NAME = 1 };
static uint32_t bucket[2][BUCKETS]; /* by such a hash: 1 + the place in names; a table may have as many columns */

/* ---- settings ------------------------------------------------------------------------------------------ */

static void vert_close(void *model)
{
	free(model);
}

static aur_status vert_open(const aur_host *h, const aur_config *c, void **model)
{
	const char *layers = h->conf_str(h, c, "layers", NULL);
	vert_model *m = calloc(1, sizeof *m);
	if (!m)
		return rd_nomem(h);
	m->asked = layers != NULL;
	if (!layers)
		layers = "lemma,stem,fold";
	for (size_t n; *layers; layers += n) {
		n = strcspn(layers, ", ");
		if (n && m->n == MAX_LAYERS) {
			vert_close(m);
			return rd_fail(h, AUR_E_CONFIG, _("the setting « layers » takes at most %u layers"), MAX_LAYERS);
		}
		if (n)
			m->layer[m->n++] = rd_str(layers, n);
		else
			n = 1;
	}
	*model = m;
	return AUR_OK;
}

/* ---- parts --------------------------------------------------------------------------------------------- */

static uint32_t *bucket_of(int by, const char *p, size_t n)
{
	return &bucket[by][rd_hash(p, n) % BUCKETS];
}

/* The name of the attribute with this field, or with this name; NULL: there is none. */
static const char *find(int by, const char *p, size_t n)
{
	for (uint32_t i = *bucket_of(by, p, n); i; memcpy(&i, names.ptr + i - 1 + 4 * by, 4)) {
		const char *field = names.ptr + i - 1 + 8, *name = field + strlen(field) + 1, *key = by == BY_FIELD ? field : name;
		if (strlen(key) == n && memcmp(key, p, n) == 0)
			return name;
	}
	return NULL;
}

/* The attribute that a field is written as, its own; `id` is that of the field without a name, which stands for the contribution's id.
 * CQP takes lower-case letters, digits and _, and no digit first.  NULL: out of memory. */
static const char *attribute_of(aur_str field)
{
	const char *known = find(BY_FIELD, field.ptr, field.len);
	if (known)
		return known;
	char as[RD_NAME_MAX + 16];
	aur_str from = field.len ? field : rd_strz("id");
	size_t n = 0;
	if (from.ptr[0] >= '0' && from.ptr[0] <= '9')
		as[n++] = '_';
	for (size_t k = 0; k < from.len && n < RD_NAME_MAX; k++) {
		char c = from.ptr[k];
		as[n++] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
	}
	as[n] = 0;
	for (unsigned k = 2; find(BY_NAME, as, strlen(as)); k++)
		snprintf(as + n, sizeof as - n, "_%u", k);
	size_t at = names.len, len = strlen(as);
	uint32_t *by_field = bucket_of(BY_FIELD, field.ptr, field.len), *by_name = bucket_of(BY_NAME, as, len);
	if (!rd_buf_add(&names, by_field, 4) || !rd_buf_add(&names, by_name, 4) || !rd_buf_add(&names, field.ptr, field.len) || !rd_buf_add(&names, "", 1) ||
	    !rd_buf_add(&names, as, len + 1) || !rd_buf_add(&fields, "+", 1) || !rd_buf_add(&fields, as, len))
		return NULL;
	*by_field = *by_name = (uint32_t)at + 1;
	return names.ptr + names.len - len - 1;
}

/* A value of a token, on one line and without tabs. */
static void cell(ex_out *x, aur_str s)
{
	size_t from = 0;
	if (!s.len)
		ex_str(x, "__UNDEF__"); /* as cwb-encode writes it */
	for (size_t i = 0; i <= s.len; i++) {
		if (i < s.len && (unsigned char)s.ptr[i] >= ' ')
			continue;
		ex_xml(x, rd_str(s.ptr + from, i - from));
		if (i < s.len)
			ex_str(x, " ");
		from = i + 1;
	}
}

static void attribute(ex_out *x, aur_str field, aur_str value)
{
	const char *as = attribute_of(field);
	if (!as && x->status >= 0)
		x->status = rd_nomem(x->h);
	ex_str(x, " ");
	ex_str(x, as ? as : "");
	ex_str(x, "=\"");
	cell(x, value);
	ex_str(x, "\"");
}

/* ---- the exporter -------------------------------------------------------------------------------------- */

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	const vert_model *m = model;
	ex_out x = {.h = h, .o = o};
	columns = 0;
	replaced = 0;
	positional.len = fields.len = names.len = 0;
	memset(bucket, 0, sizeof bucket);
	for (unsigned i = 0; i < m->n; i++) {
		char name[64];
		snprintf(name, sizeof name, "%.*s", (int)m->layer[i].len, m->layer[i].ptr);
		int32_t k = h->layer_index(h, name);
		if (k < 0 && m->asked)
			return rd_fail(h, AUR_E_CONFIG, _("this corpus has no layer « %s »; « auricule info » lists its layers"), name);
		if (k < 0)
			continue;
		column[columns++] = k;
		if (!rd_buf_add(&positional, " -P ", 4) || !rd_buf_add(&positional, name, strlen(name)))
			return rd_nomem(h);
	}
	ex_str(&x, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	return x.status;
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	(void)model;
	ex_out x = {.h = h, .o = o};
	aur_str name, value;
	bool open = false;
	ex_str(&x, "<text");
	attribute(&x, rd_strz(""), v->id);
	for (uint32_t i = 0; h->field_at(h, v, i, &name, &value); i++)
		if (value.len)
			attribute(&x, name, value);
	ex_str(&x, ">\n");
	for (uint32_t t = 0; t < v->token_count && x.status >= 0; t++) {
		aur_form f = {.size = sizeof f};
		h->form_at(h, v, t, &f);
		ex_str(&x, open ? "" : "<s>\n");
		cell(&x, f.form);
		for (unsigned k = 0; k < columns; k++) {
			ex_str(&x, "\t");
			cell(&x, (uint32_t)column[k] < f.layer_count ? f.layers[column[k]] : rd_str("", 0));
		}
		open = !(v->flags[t] & AUR_TOK_SENTENCE_END);
		ex_str(&x, open ? "\n" : "\n</s>\n");
	}
	ex_str(&x, open ? "</s>\n</text>\n" : "</text>\n");
	replaced += x.replaced;
	return x.status;
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	(void)model;
	ex_out x = {.h = h, .o = o, .replaced = replaced};
	rd_buf b = {0};
	const char *how = _("to encode it: cwb-encode -c utf8 -x -s -B -d DIR -R REGISTRY -f FILE");
	bool ok = rd_buf_add(&b, how, strlen(how)) && (!positional.len || rd_buf_add(&b, positional.ptr, positional.len)) &&
	          rd_buf_add(&b, " -S s:0 -S text:0", 17) && (!fields.len || rd_buf_add(&b, fields.ptr, fields.len)) && rd_buf_add(&b, "", 1);
	if (ok)
		h->log(h, AUR_LOG_INFO, b.ptr);
	ex_tell(&x);
	rd_buf_free(&b);
	rd_buf_free(&positional);
	rd_buf_free(&fields);
	rd_buf_free(&names);
	return ok ? x.status : rd_nomem(h);
}

static const aur_exporter_ops ops = {.size = sizeof(aur_exporter_ops), .extension = "vrt", .begin = begin, .item = item, .finish = finish};
static const aur_component component = {.size = sizeof(aur_component),
                                        .kind = AUR_EXPORTER,
                                        .id = "exporter-vertical",
                                        .version = "1.0.0",
                                        .summary = N_("vertical text for the Corpus Workbench (CQP): one token per line"),
                                        .open = vert_open,
                                        .close = vert_close,
                                        .ops = &ops};

EXPORT_PLUGIN("exporter-vertical", &component);
