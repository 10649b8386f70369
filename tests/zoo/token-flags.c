/* SPDX-License-Identifier: Apache-2.0 */
/* It never set the flags of its tokens.
 * ZOO output: the flags 0xa5a5a5a5 */
#include "zoo.h"

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	aur_token t = {.size = sizeof t, .end = (uint32_t)text.len};
	(void)model, (void)worker;
	memset(&t.flags, 0xa5, sizeof t.flags); /* as a stack is */
	if (text.len)
		h->token(h, o, &t);
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof ops, tokenize};
ZOO_PLUGIN(AUR_TOKENIZER);
