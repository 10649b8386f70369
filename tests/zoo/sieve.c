/* SPDX-License-Identifier: Apache-2.0 */
/* Its sieve wants a word beside the one that it finds that no word is.
 * ZOO output: in a contribution that its sieve holds back */
#include "zoo.h"
#include <auricule/ext.h>

static uint32_t sieve_classify(const aur_host *h, void *model, void *worker, const aur_form *f, aur_sieve *out)
{
	out->is = 1;
	out->right = 2;
	return zoo_classify(h, model, worker, f);
}

static const void *query(void *model, const char *id)
{
	static const aur_ext_sieve_v1 sieve = {sizeof sieve, sieve_classify};
	(void)model;
	return strcmp(id, AUR_EXT_SIEVE) ? NULL : &sieve;
}

ZOO_ANNOTATOR(zoo_classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .query = query);
