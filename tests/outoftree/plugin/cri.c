/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin of somebody else's, in a folder of its own: words shouted in capitals, as the theme "cri". */
#include <auricule/plugin.h>

static int is_capital(const char *s, size_t left)
{
	unsigned char a = (unsigned char)s[0], b = left > 1 ? (unsigned char)s[1] : 0;
	return (a >= 'A' && a <= 'Z') || (a == 0xC3 && b >= 0x80 && b <= 0x9E && b != 0x97); /* À to Þ, without × */
}

/* 1 for five capital letters or more and nothing else. */
static uint32_t classify(const aur_host *h, void *model, void *worker, const aur_form *f)
{
	size_t i = 0;
	uint32_t letters = 0;
	(void)h;
	(void)model;
	(void)worker;
	while (i < f->form.len && is_capital(f->form.ptr + i, f->form.len - i)) {
		i += (unsigned char)f->form.ptr[i] == 0xC3 ? 2 : 1;
		letters++;
	}
	return i >= f->form.len && letters >= 5;
}

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	aur_hit hit = {0};
	(void)model;
	(void)worker;
	hit.size = sizeof hit;
	hit.weight = 1;
	hit.cue_first = hit.cue_last = hit.scope_first = hit.scope_last = AUR_NO_TOKEN;
	for (uint32_t i = 0; i < v->token_count; i++) {
		aur_status st;
		if (!v->number[i])
			continue;
		hit.first_token = hit.last_token = i;
		st = h->hit(h, o, &hit);
		if (st < 0)
			return st;
	}
	return AUR_OK;
}

static uint32_t label_count(void *model)
{
	(void)model;
	return 1;
}

static aur_status label(void *model, uint32_t i, aur_label *out)
{
	static const aur_label only = {sizeof(aur_label), {"cri", 3}, {"capitales", 9}, {"", 0}, {"", 0}};
	(void)model;
	if (i)
		return AUR_E_BUG;
	*out = only;
	return AUR_OK;
}

static const aur_annotator_ops ops = {sizeof(aur_annotator_ops), 0, classify, annotate, label_count, label};
static const aur_component cri = {
	.size = sizeof(aur_component),
	.kind = AUR_ANNOTATOR,
	.id = "cri",
	.version = "1.0",
	.summary = "words shouted in capitals",
	.ops = &ops,
};
static const aur_component *const components[] = {&cri};
static const aur_plugin plugin = {
	.size = sizeof(aur_plugin),
	.abi_major = AUR_ABI_MAJOR,
	.abi_minor = 0,
	.name = "cri",
	.vendor = "the tests of auricule",
	.license = "Apache-2.0",
	.component_count = 1,
	.components = components,
};

AUR_EXPORT const aur_plugin *aur_plugin_v1(void)
{
	return &plugin;
}
