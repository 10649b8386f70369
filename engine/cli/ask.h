/* SPDX-License-Identifier: Apache-2.0 */
/* A corpus opened for questions: snapshot, chain for words, search, the parsed question.  For the verbs that take a QUERY. */
#ifndef AUR_CLI_ASK_H
#define AUR_CLI_ASK_H
#include "cli/cli.h"
#include "pipeline/analysis.h"
#include "pipeline/readings.h"
#include "query/query.h"

typedef struct aur_ask {
	aur_snapshot *s;
	aur_chain *chain;
	aur_analyst *analyst;
	aur_search *search;
	aur_query *q;
	aur_readings readings;
	struct aur_query_alias *alias;
	const char *text, *corpus;
	int asked; /* the layers of today for a word */
} aur_ask;

/* query: NULL = none.  Prints what is wrong, with the question and a mark under the place; returns the exit status. */
int aur_ask_open(const aur_args *a, const char *query, aur_ask *k);
int aur_ask_failed(const aur_ask *k, const aur_error *e);
void aur_ask_close(aur_ask *k);
aur_code aur_ask_cancelled(aur_error *e); /* AURE_CANCELLED once somebody pressed Ctrl-C */
/* « 1 occurrence », « 12 contributions ». */
void aur_count_say(char out[64], int occurrences, uint64_t n);
/* The layer that --layer names, or dflt: -1 for forms; -2 and a message where there is none. */
int aur_ask_layer(const aur_args *a, const aur_ask *k, int dflt);
/* The fields of a contribution, as members of an open JSON object. */
void aur_json_fields(aur_json j, aur_snapshot *s, uint32_t doc);
aur_str aur_field_of(aur_snapshot *s, uint32_t doc, uint32_t field);
#endif
