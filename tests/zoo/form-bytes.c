/* SPDX-License-Identifier: Apache-2.0 */
/* The form of its token is half a character.
 * ZOO output: a string that is not UTF-8: aur_token.form */
#include "zoo.h"

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	aur_token t = {.size = sizeof t, .end = (uint32_t)text.len, .form = {"\xC3", 1}};
	(void)model, (void)worker;
	if (text.len)
		h->token(h, o, &t);
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof ops, tokenize};
ZOO_PLUGIN(AUR_TOKENIZER);
