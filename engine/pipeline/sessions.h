/* SPDX-License-Identifier: Apache-2.0 */
/* The sessions that a run meets: what their contributions say of them, and where that does not agree. */
#ifndef AUR_PIPELINE_SESSIONS_H
#define AUR_PIPELINE_SESSIONS_H
#include "base/strtab.h"
#include "index/index.h"

enum { AUR_SESSION_KEYS = 16 }; /* fields that contributions inherit from their session */

typedef struct aur_met_session {
	aur_buf id;
	char *key[AUR_SESSION_KEYS];
	aur_buf value[AUR_SESSION_KEYS];
	uint32_t lent[AUR_SESSION_KEYS],
	    other[AUR_SESSION_KEYS]; /* contributions that were given the value; that have another one */
	uint32_t without[AUR_SESSION_KEYS]; /* by inherited field: contributions that have none, as nobody had said it yet */
	uint32_t n, moved; /* bits, by inherited field: it is told already that what is said of it is not what was said before */
	int declared;       /* it is in the corpus */
	uint32_t described; /* bits, by inherited field: its source says it, so that its contributions do not */
} aur_met_session;

/* The first case of something that is told of a field. */
struct aur_session_case {
	const char *file;
	uint32_t session, of; /* how many sessions: where that cannot be counted at the end */
	aur_buf value;
};
typedef struct aur_sessions {
	char *const *inherit; /* the names of the fields */
	unsigned ninherit;
	aur_met_session *v;
	uint32_t n, cap;
	aur_strtab ids; /* of v */
	struct aur_session_case differs[AUR_SESSION_KEYS], moved[AUR_SESSION_KEYS], without[AUR_SESSION_KEYS]; /* by inherited field */
	struct aur_session_before *before;                                          /* by id */
	uint32_t nbefore;
	aur_arena arena;
} aur_sessions;

/* What the corpus says of its sessions before the run. */
void aur_sessions_before(aur_sessions *t, aur_snapshot *s);
aur_met_session *aur_sessions_met(aur_sessions *t, aur_str id);
void aur_session_keep(aur_met_session *s, const char *key, aur_str value);
int aur_session_says(aur_met_session *s, const char *key);
/* A contribution is the first of the run that says field `which` of its session, or a source describes it; not yet kept. */
void aur_sessions_said(aur_sessions *t, aur_met_session *s, unsigned which, aur_str value, const char *file);
/* A contribution says field `which`, the key `k` of its session, otherwise than the first one did. */
void aur_sessions_differs(aur_sessions *t, uint32_t session, uint32_t k, unsigned which, aur_str value,
                          const char *file);
/* A contribution says nothing of field `which`, nor did one of its session before it in this run. */
void aur_sessions_without(aur_sessions *t, uint32_t session, unsigned which, const char *file);
void aur_sessions_tell(aur_sessions *t, void (*note)(void *ctx, const char *file, const char *msg), void *ctx);
void aur_sessions_free(aur_sessions *t);
#endif
