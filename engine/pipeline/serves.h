/* SPDX-License-Identifier: Apache-2.0 */
/* Each function fills in the services of one kind of component; it is in the file that implements them.  Private to this room. */
#ifndef AUR_PIPELINE_SERVES_H
#define AUR_PIPELINE_SERVES_H
#include "auricule/plugin.h"

void aur_serves_layers(aur_host *h);    /* chain.c: for all kinds, the values of words on layers */
void aur_serves_tokenizer(aur_host *h); /* analyst.c */
void aur_serves_annotator(aur_host *h); /* annotate.c */
void aur_serves_reader(aur_host *h);    /* sink.c */
#endif
