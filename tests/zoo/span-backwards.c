/* SPDX-License-Identifier: Apache-2.0 */
/* Its tokens go back to front.
 * ZOO output: which starts before the end of the one before it */
#include "zoo.h"

static aur_status tokenize(const aur_host *h, void *model, void *worker, aur_str text, aur_token_sink *o)
{
	(void)model, (void)worker;
	for (size_t i = text.len; i-- > 0;)
		if (text.ptr[i] == 'a')
			zoo_token(h, o, i, i + 1);
	return AUR_OK;
}

static const aur_tokenizer_ops ops = {sizeof ops, tokenize};
ZOO_PLUGIN(AUR_TOKENIZER);
