/* SPDX-License-Identifier: Apache-2.0 */
/* Each function fills in the services of one kind of component; it is in the file that implements them.  And what these share.  Private to this
 * room. */
#ifndef AUR_PIPELINE_SERVES_H
#define AUR_PIPELINE_SERVES_H
#include "auricule/plugin.h"
#include "index/index.h"

void aur_serves_layers(aur_host *h);    /* chain.c: for all kinds, the values of words on layers */
void aur_serves_tokenizer(aur_host *h); /* analyst.c */
void aur_serves_annotator(aur_host *h); /* annotate.c */
void aur_serves_reader(aur_host *h);    /* sink.c */

/* A stored hit as plugins see it; its label is the number that it is stored with. */
static inline aur_hit aur_hit_of(const aur_hit_rec *r)
{
	return (aur_hit){.size = sizeof(aur_hit), .label = r->label, .first_token = r->first, .last_token = r->last, .polarity = (aur_polarity)r->polarity,
			 .flags = r->flags, .weight = r->weight, .cue_first = r->cue_first, .cue_last = r->cue_last, .scope_first = r->scope_first,
			 .scope_last = r->scope_last};
}
#endif
