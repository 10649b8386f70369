/* SPDX-License-Identifier: Apache-2.0 */
/* It gives a token without a letter.
 * ZOO output: which does not end after it starts */
#include "zoo.h"

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	(void)model, (void)worker, (void)text;
	zoo_token(h, o, 0, 0);
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof ops, tokenize};
ZOO_PLUGIN(AUR_TOKENIZER);
