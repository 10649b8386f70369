/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens are what stands between white space. */
#include "sample.h"

static int is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	aur_token t = {.size = sizeof t};
	size_t i = 0;
	(void)model;
	(void)worker;
	while (i < text.len) {
		if (is_space(text.ptr[i])) {
			i++;
			continue;
		}
		t.start = (uint32_t)i;
		while (i < text.len && !is_space(text.ptr[i]))
			i++;
		t.end = (uint32_t)i;
		t.flags = text.ptr[i - 1] == '.' ? AUR_TOK_SENTENCE_END : 0;
		h->token(h, o, &t);
	}
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof(aur_tokenizer_ops), tokenize};
static const aur_component component = {
	.size = sizeof(aur_component),
	.kind = AUR_TOKENIZER,
	.id = "abi-tokenizer",
	.version = "1.0",
	.summary = "sample: tokens between white space",
	.ops = &ops,
};
SAMPLE_PLUGIN("abi-tokenizer", component, AUR_ABI_MAJOR, 0);
