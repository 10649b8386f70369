/* SPDX-License-Identifier: Apache-2.0 */
/* Its token ends behind the text.
 * ZOO output: and the text has */
#include "zoo.h"

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	(void)model, (void)worker;
	if (text.len)
		zoo_token(h, o, 0, text.len + 1);
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof ops, tokenize};
ZOO_PLUGIN(AUR_TOKENIZER);
