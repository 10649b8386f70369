/* SPDX-License-Identifier: Apache-2.0 */
/* Finds nothing, and offers both extensions: a remark on its one entry, and each « presque » as a near miss of it. */
#include <string.h>
#include "sample.h"

static int almost(const aur_host *h, const aur_view *v, uint32_t i)
{
	aur_form f;
	h->form_at(h, v, i, &f);
	return f.form.len == strlen("presque") && memcmp(f.form.ptr, "presque", f.form.len) == 0;
}

/* twice almost is enough */
static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	(void)model;
	(void)worker;
	for (uint32_t i = 1; i < v->token_count; i++) {
		aur_hit hit = {.size = sizeof hit, .first_token = i - 1, .last_token = i, .weight = 1};
		hit.cue_first = hit.cue_last = hit.scope_first = hit.scope_last = AUR_NO_TOKEN;
		if (!almost(h, v, i - 1) || !almost(h, v, i))
			continue;
		aur_status st = h->hit(h, o, &hit);
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
	static const aur_label only = {sizeof(aur_label), SAMPLE_STR("abi.presque"), SAMPLE_STR("presque presque"),
	                               SAMPLE_STR("abi"), SAMPLE_STR("1")};
	(void)model;
	if (i)
		return AUR_E_BUG;
	*out = only;
	return AUR_OK;
}

static aur_status lint(const aur_host *h, void *model, const aur_lint_input *in,
                       void (*found)(void *to, const aur_lint_finding *f), void *to)
{
	static const aur_lint_finding one = {sizeof(aur_lint_finding),   AUR_LOG_WARN, "never", "abi-ext.c", 3, 5, 0,
	                                     "this entry is never found"};
	static const aur_str text = SAMPLE_STR("deux mots");
	aur_str forms[4];
	(void)model;
	if (!AUR_HAS(aur_lint_input, in, tokenize) || !in->tokenize || in->tokenize(in->priv, text, forms, 4) != 2)
		return h->fail(h, AUR_E_BUG, "The tokenizer of the lint does not find the two words of « deux mots ».");
	found(to, &one);
	return AUR_OK;
}

static aur_status explain(const aur_host *h, void *model, void *worker, const aur_view *v,
                          void (*found)(void *to, const aur_near_miss *m), void *to)
{
	(void)model;
	(void)worker;
	for (uint32_t i = 0; i < v->token_count; i++) {
		if (almost(h, v, i)) {
			aur_near_miss m = {
			    sizeof m, 0, AUR_MISS_CONTEXT, i, i, AUR_NO_TOKEN, AUR_NO_TOKEN, "presque is not enough"};
			found(to, &m);
		}
	}
	return AUR_OK;
}

static const void *query(void *model, const char *id)
{
	static const aur_ext_lint_v1 of_lint = {sizeof(aur_ext_lint_v1), lint};
	static const aur_ext_explain_v1 of_explain = {sizeof(aur_ext_explain_v1), explain};
	(void)model;
	return strcmp(id, AUR_EXT_LINT) == 0      ? (const void *)&of_lint
	       : strcmp(id, AUR_EXT_EXPLAIN) == 0 ? &of_explain
	                                          : NULL;
}

static const aur_annotator_ops ops = {
    .size = sizeof(aur_annotator_ops), .annotate = annotate, .label_count = label_count, .label = label};
static const aur_component component = {
    .size = sizeof(aur_component),
    .kind = AUR_ANNOTATOR,
    .id = "abi-ext",
    .version = "1.0",
    .summary = "sample: the extensions",
    .query = query,
    .ops = &ops,
};
SAMPLE_PLUGIN("abi-ext", component, AUR_ABI_MAJOR, 0);
