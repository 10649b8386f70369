/* SPDX-License-Identifier: Apache-2.0 */
/* workers.h - makes what a thread needs to search, and frees it. */
#ifndef AURICULE_LEXICON_WORKERS_H
#define AURICULE_LEXICON_WORKERS_H
#include "lexicon.h"

aur_status lex_worker_new(const aur_host *h, void *model, void **worker);
void lex_worker_free(void *worker); /* may be NULL */

#endif
