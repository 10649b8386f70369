/* SPDX-License-Identifier: Apache-2.0 */
/* @NAME@: an exporter for auricule.  It writes one line per contribution: id, fields, text and themes, separated by tabs. */
#include <auricule/plugin.h>

#define STR(s) ((aur_str){s, sizeof(s) - 1})

/* ---- a cell: tabs and line ends become spaces, because they would break the table ------------------ */

static aur_status put(const aur_host *h, aur_out *o, aur_str s)
{
	size_t from = 0;
	aur_status st = AUR_OK;
	for (size_t i = 0; i <= s.len && st >= 0; i++) {
		if (i < s.len && s.ptr[i] != '\t' && s.ptr[i] != '\n' && s.ptr[i] != '\r')
			continue;
		if (i > from)
			st = h->write(h, o, (aur_str){s.ptr + from, i - from});
		if (i < s.len && st >= 0)
			st = h->write(h, o, STR(" "));
		from = i + 1;
	}
	return st;
}

/* Always return what write() returns: a disk can be full. */
static aur_status cell(const aur_host *h, aur_out *o, aur_str s, aur_str after)
{
	aur_status st = put(h, o, s);
	return st < 0 ? st : h->write(h, o, after);
}

/* ---- before the first contribution, for each of them, after the last ------------------------------- */

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	(void)model;
	return h->write(h, o, STR("id\tfields\ttext\tthemes\n"));
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	aur_str name, value;
	aur_status st = cell(h, o, v->id, STR("\t"));
	(void)model;
	for (uint32_t i = 0; st >= 0 && h->field_at(h, v, i, &name, &value); i++) {
		st = cell(h, o, name, STR("="));
		if (st >= 0)
			st = cell(h, o, value, STR("; "));
	}
	if (st >= 0)
		st = h->write(h, o, STR("\t"));
	if (st >= 0)
		st = cell(h, o, v->text, STR("\t"));
	for (uint32_t i = 0; st >= 0 && i < v->hit_count; i++) {
		aur_label l = {.size = sizeof(l)};
		st = h->hit_label(h, v, i, &l);
		if (st >= 0)
			st = cell(h, o, l.theme, STR(" "));
	}
	return st < 0 ? st : h->write(h, o, STR("\n"));
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	(void)h, (void)model, (void)o;
	return AUR_OK;
}

/* ---- the description of the plugin: constant data, and the one exported function ------------------ */

static const aur_exporter_ops ops = {.size = sizeof(ops), .extension = "tsv", .begin = begin, .item = item, .finish = finish};
static const aur_component component = {
	.size = sizeof(component),
	.kind = AUR_EXPORTER,
	.id = "@NAME@",
	.version = "1.0",
	.summary = "one line per contribution, tabs between",
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
