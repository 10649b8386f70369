/* SPDX-License-Identifier: Apache-2.0 */
/* The last token of a text is punctuation for it, whatever it is.
 * ZOO output: as punctuation in one place and as a word in another */
#include "zoo.h"

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	(void)model, (void)worker;
	for (size_t i = 0, z; i < text.len; i = z + 1) {
		for (z = i; z < text.len && text.ptr[z] != ' '; z++)
			;
		aur_token t = {.size = sizeof t, .start = (uint32_t)i, .end = (uint32_t)z, .flags = z == text.len ? AUR_TOK_PUNCT : 0};
		if (z > i)
			h->token(h, o, &t);
	}
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof ops, tokenize};
ZOO_PLUGIN(AUR_TOKENIZER);
