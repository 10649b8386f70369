/* SPDX-License-Identifier: Apache-2.0 */
/* Gives a number to a word that is not among those that it names.
 * ZOO labels: words does not name the form */
#include "zoo.h"
#include <auricule/ext.h>

static aur_status words(void *model, aur_status (*some)(void *to, const aur_named_forms *w), void *to)
{
	const aur_named_forms w = {.size = sizeof w, .layer = -1, .value = {"aucun-mot-de-la-langue", 22}};
	(void)model;
	return some(to, &w);
}

static const void *query(void *model, const char *id)
{
	static const aur_ext_words_v1 named = {sizeof named, words};
	(void)model;
	return strcmp(id, AUR_EXT_WORDS) ? NULL : &named;
}

ZOO_ANNOTATOR(zoo_classify, zoo_annotate);
ZOO_PLUGIN(AUR_ANNOTATOR, .query = query);
