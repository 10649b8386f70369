/* SPDX-License-Identifier: Apache-2.0 */
/* One line per contribution: its id, its fields, its text, separated by tabs; and a last line. */
#include "sample.h"

static aur_status put(const aur_host *h, aur_out *o, aur_str s, const char *after)
{
	aur_str tail = {after, 1};
	aur_status st = h->write(h, o, s);
	return st < 0 ? st : h->write(h, o, tail);
}

static aur_status begin(const aur_host *h, void *model, aur_out *o)
{
	static const aur_str head = SAMPLE_STR("#abi");
	(void)model;
	return put(h, o, head, "\n");
}

static aur_status item(const aur_host *h, void *model, const aur_view *v, aur_out *o)
{
	aur_str name, value;
	aur_status st = put(h, o, v->id, "\t");
	(void)model;
	for (uint32_t i = 0; st >= 0 && h->field_at(h, v, i, &name, &value); i++) {
		st = put(h, o, name, "=");
		if (st >= 0)
			st = put(h, o, value, "\t");
	}
	return st < 0 ? st : put(h, o, v->text, "\n");
}

static aur_status finish(const aur_host *h, void *model, aur_out *o)
{
	static const aur_str tail = SAMPLE_STR("#end");
	(void)model;
	return put(h, o, tail, "\n");
}

static const aur_exporter_ops ops = {sizeof(aur_exporter_ops), "abi", begin, item, finish};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_EXPORTER,
	.id = "abi-exporter",
	.version = "1.0",
	.summary = "sample: one line per contribution",
	.ops = &ops,
};
SAMPLE_PLUGIN("abi-exporter", component, AUR_ABI_MAJOR, 0);
