/* SPDX-License-Identifier: Apache-2.0 */
/* workers.c - what a thread needs to search, made and freed. */
#include "forms.h"
#include "sentence.h"
#include "workers.h"
#include <stdlib.h>

aur_status lex_worker_new(const aur_host *h, void *model, void **worker)
{
	const lex_model *m = model;
	lex_worker *w = calloc(1, sizeof(*w));
	if (w != NULL) {
		w->host = h;
		w->m = m;
		w->books = calloc(2, sizeof(*w->books));
		w->sums = calloc(m->file_count + 1, sizeof(*w->sums));
	}
	if (w == NULL || w->books == NULL || w->sums == NULL || !lex_forms_begin(w)) {
		lex_worker_free(w);
		return lex_no_memory(h);
	}
	lex_leave(w);
	*worker = w;
	return AUR_OK;
}

void lex_worker_free(void *worker)
{
	lex_worker *w = worker;
	if (w == NULL)
		return;
	free(w->of_form);
	free(w->far_form);
	free(w->forms);
	free(w->in);
	free(w->of_class);
	free(w->anchors);
	lex_table_free(&w->same);
	free(w->trials);
	free(w->searches);
	free(w->steps);
	free(w->arrivals);
	free(w->chosen);
	free(w->tokens);
	free(w->words);
	free(w->behind);
	free(w->goings);
	free(w->links);
	free(w->ended);
	free(w->at);
	free(w->pool);
	free(w->sets);
	free(w->found);
	free(w->hits.v);
	free(w->exclusions.v);
	free(w->stamps);
	free(w->sums);
	free(w->books);
	free(w);
}
