/* SPDX-License-Identifier: Apache-2.0 */
/* The services of each kind of component, filled in by the file that serves it.  Private to this room. */
#ifndef AUR_PIPELINE_SERVES_H
#define AUR_PIPELINE_SERVES_H
#include "auricule/plugin.h"

void aur_serves_layers(aur_host *h);    /* chain.c: to all of them, the values of words */
void aur_serves_tokenizer(aur_host *h); /* analyst.c */
void aur_serves_annotator(aur_host *h); /* annotate.c */
void aur_serves_reader(aur_host *h);    /* sink.c */
#endif
