/* SPDX-License-Identifier: Apache-2.0 */
/* The word "échantillon" as the theme "abi.echantillon"; negated where the token before it is "sans", which is its cue.
 * Most other words have a number, too, of their own, and must come back with it. */
#include <string.h>
#include "sample.h"

enum { OTHER = 0, WORD = 1, CUE = 2 };

static int is(aur_str s, const char *word)
{
	return s.len == strlen(word) && memcmp(s.ptr, word, s.len) == 0;
}

static uint32_t classify(const aur_host *h, void *model, void *worker, const aur_form *f)
{
	uint32_t sum = 0;
	(void)h;
	(void)model;
	(void)worker;
	for (size_t i = 0; i < f->form.len; i++)
		sum = sum * 31 + (unsigned char)f->form.ptr[i];
	return is(f->form, "échantillon") ? WORD : is(f->form, "sans") ? CUE : sum % 4 ? sum | 4 : OTHER;
}

static aur_status annotate(const aur_host *h, void *model, void *worker, const aur_view *v, aur_hit_sink *o)
{
	if (!AUR_HAS(aur_view, v, priv))
		return h->fail(h, AUR_E_BUG, "The view is shorter than minor 0 has it.");
	for (uint32_t i = 0; i < v->token_count; i++) {
		aur_hit hit = {.size = sizeof hit, .first_token = i, .last_token = i, .weight = 1};
		aur_form f = {.size = sizeof f};
		aur_status st;
		h->form_at(h, v, i, &f);
		if (v->number[i] != classify(h, model, worker, &f))
			return h->fail(h, AUR_E_BUG, "A word comes back with the number of another one.");
		if (v->number[i] != WORD)
			continue;
		hit.cue_first = hit.cue_last = hit.scope_first = hit.scope_last = AUR_NO_TOKEN;
		if (i && v->number[i - 1] == CUE) {
			hit.polarity = AUR_NEGATED;
			hit.cue_first = hit.cue_last = i - 1;
			hit.scope_first = hit.scope_last = i;
		}
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
	static const aur_label only = {sizeof(aur_label), SAMPLE_STR("abi.echantillon"), SAMPLE_STR("échantillon"),
				       SAMPLE_STR("abi"), SAMPLE_STR("1,2")};
	(void)model;
	if (i)
		return AUR_E_BUG;
	*out = only;
	return AUR_OK;
}

static const aur_annotator_ops ops = {sizeof(aur_annotator_ops), 0, classify, annotate, label_count, label};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_ANNOTATOR,
	.id = "abi-annotator",
	.version = "1.0",
	.summary = "sample: finds one word, and « sans » before it",
	.ops = &ops,
};
SAMPLE_PLUGIN("abi-annotator", component, AUR_ABI_MAJOR, 0);
