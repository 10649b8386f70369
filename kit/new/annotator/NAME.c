/* SPDX-License-Identifier: Apache-2.0 */
/* @NAME@: an annotator for auricule.  It finds the theme "@NAME@" where an amount stands before a word of a list. */
#include <auricule/plugin.h>
#include <stdlib.h>
#include <string.h>

/* ---- classes of forms: put yours here ---------------------------------------------------------- */

enum { WORD = 1u, AMOUNT = 2u };

/* Written as on the layer "fold": lower case, no accents. */
static const char *const words[] = {"bus", "train", "trains", "trajet", "trajets"};

static int is_one_of(aur_str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(list[i]) == s.len && memcmp(list[i], s.ptr, s.len) == 0)
			return 1;
	return 0;
}

static uint32_t kind_of(aur_str fold)
{
	if (is_one_of(fold, words, sizeof(words) / sizeof(*words)))
		return WORD;
	if (fold.len > 0 && fold.ptr[0] >= '0' && fold.ptr[0] <= '9')
		return AMOUNT;
	return 0;
}

/* ---- the model: made by open(), then read-only and shared by all threads ------------------------- */

typedef struct model {
	int32_t fold; /* index of the layer "fold" in aur_form.layers */
} model;

static aur_status model_open(const aur_host *h, const aur_config *c, void **out)
{
	model *m;
	(void)c; /* to read a setting: h->conf_int(h, c, "window", 8) */
	if (h->layer_index(h, "fold") < 0)
		return h->fail(h, AUR_E_CONFIG, "@NAME@ needs the layer fold: add layer-fold to the pipeline");
	m = malloc(sizeof(*m));
	if (m == NULL)
		return h->fail(h, AUR_E_NOMEM, "@NAME@: no memory is left");
	m->fold = h->layer_index(h, "fold");
	*out = m;
	return AUR_OK;
}

/* ---- classify(): called once for each form; annotate(): for each contribution that has one of them - */

static uint32_t classify(const aur_host *h, void *model_, void *worker, const aur_form *f)
{
	const model *m = model_;
	(void)h, (void)worker;
	return (uint32_t)m->fold < f->layer_count ? kind_of(f->layers[m->fold]) : 0;
}

static aur_status annotate(const aur_host *h, void *model_, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)model_, (void)worker;
	for (uint32_t i = 0; i + 1 < v->token_count; i++) {
		aur_hit hit = {.size = sizeof(hit), .label = 0, .first_token = i, .last_token = i + 1, .weight = 1};
		aur_status st;
		if (v->number[i] != AMOUNT || v->number[i + 1] != WORD)
			continue;
		hit.cue_first = hit.cue_last = hit.scope_first = hit.scope_last = AUR_NO_TOKEN;
		st = h->hit(h, o, &hit);
		if (st < 0)
			return st;
	}
	return AUR_OK;
}

/* ---- labels: the names of what it finds ---------------------------------------------------------- */

#define STR(s) {s, sizeof(s) - 1}

static uint32_t label_count(void *model_)
{
	(void)model_;
	return 1;
}

static aur_status label(void *model_, uint32_t i, aur_label *out)
{
	static const aur_label only = {sizeof(aur_label), STR("@NAME@"), STR("an amount and a word"), STR("@NAME@"), STR("1.0")};
	(void)model_;
	if (i > 0)
		return AUR_E_BUG;
	*out = only;
	return AUR_OK;
}

/* ---- the description of the plugin: constant data, and the one exported function ------------------ */

static const aur_annotator_ops ops = {
	.size = sizeof(ops),
	.classify = classify,
	.annotate = annotate,
	.label_count = label_count,
	.label = label,
};
static const aur_component component = {
	.size = sizeof(component),
	.kind = AUR_ANNOTATOR,
	.id = "@NAME@",
	.version = "1.0", /* change it whenever the results change: the index stores it */
	.summary = "finds an amount and a word",
	.open = model_open,
	.close = free,
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
