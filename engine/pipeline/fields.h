/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of a contribution as the corpus keeps them: its own, those that the run gives to all, those that its session lends, its
 * stance. */
#ifndef AUR_PIPELINE_FIELDS_H
#define AUR_PIPELINE_FIELDS_H
#include "pipeline/ingest.h"
#include "pipeline/readings.h"
#include "pipeline/sessions.h"
#include "pipeline/whole.h"

typedef struct aur_fields {
	aur_chain *chain;
	aur_writer *w;
	aur_whole *whole; /* is told what contributions say of their sessions */
	const aur_given_field *given;
	unsigned ngiven;
	aur_sessions sess;
	/* of the contribution at hand, fields and values of the writer */
	uint32_t n, *field, *value, cap;
	aur_str *text; /* the same values, where the contribution or the run says them */

	uint32_t *of_flow; /* field of the flow -> field of the writer */
	uint32_t nflow;
	uint32_t *given_field, session_field, stance_field, inherit_field[AUR_SESSION_KEYS], stance_from[8];
	struct aur_lent **by_session; /* by value of `session` */
	uint32_t nby_session;
	aur_readings readings;
	const aur_reading *stance; /* NULL: nothing says one */
	uint32_t *stance_of[8];    /* by value of the field: value of `stance` + 1; 0 = not yet known */
	uint32_t nstance_of[8];
} aur_fields;

/* With chain, w, whole and given set. */
void aur_fields_open(aur_fields *t);
/* A file describes a session (no key: it is there); what it says goes before what contributions say. */
void aur_fields_session(aur_fields *t, const char *file, aur_str id, aur_str key, aur_str value);
aur_code aur_fields_of(aur_fields *t, aur_flow *f, const aur_contribution *c, aur_error *err);
void aur_fields_free(aur_fields *t);
#endif
