/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of a contribution as the corpus stores them: its own, those that the run gives to all, those inherited from its
 * session, and its stance. */
#ifndef AUR_PIPELINE_FIELDS_H
#define AUR_PIPELINE_FIELDS_H
#include "pipeline/ingest.h"
#include "pipeline/readings.h"
#include "pipeline/renamed.h"
#include "pipeline/sessions.h"
#include "pipeline/whole.h"

typedef struct aur_fields {
	aur_chain *chain;
	aur_writer *w;
	aur_whole *whole; /* is told what contributions say about their sessions */
	aur_renamed *renamed;
	const aur_given_field *given;
	unsigned ngiven;
	aur_sessions sess;
	/* of the current contribution: the writer's numbers of fields and values */
	uint32_t n, *field, *value, cap;
	aur_str *text; /* the texts of the values that the contribution or the run gives */

	uint32_t *of_flow; /* field of the flow -> field of the writer */
	uint32_t nflow;
	uint32_t *given_field, session_field, stance_field, inherit_field[AUR_SESSION_KEYS], stance_from[8];
	struct aur_lent **by_session; /* by value of `session`: what the session lends */
	uint32_t nby_session;
	uint32_t told;                /* how often files described sessions: what a session lent before the last time may no longer hold */
	aur_readings readings;
	const aur_reading *stance; /* NULL: the pipeline defines no stance */
	uint32_t *stance_of[8];    /* by value of the field: the writer's value of `stance` + 1, 1 = none; 0 = not looked up yet */
	uint32_t nstance_of[8];
} aur_fields;

/* chain, w, whole, renamed and given must be set. */
void aur_fields_open(aur_fields *t);
/* A file describes a session (empty key: the session exists).  What a file says takes precedence over what contributions say. */
void aur_fields_session(aur_fields *t, const char *file, aur_str id, aur_str key, aur_str value);
/* Fills in n, field and value for a contribution; they are valid until the next call. */
aur_code aur_fields_of(aur_fields *t, aur_flow *f, const aur_contribution *c, aur_error *err);
void aur_fields_free(aur_fields *t);
#endif
