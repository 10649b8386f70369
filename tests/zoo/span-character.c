/* SPDX-License-Identifier: Apache-2.0 */
/* Its tokens are bytes.
 * ZOO output: which cuts through a character */
#include "zoo.h"

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	(void)model, (void)worker;
	for (size_t i = 0; i < text.len; i++)
		zoo_token(h, o, i, i + 1);
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof ops, tokenize};
ZOO_PLUGIN(AUR_TOKENIZER);
