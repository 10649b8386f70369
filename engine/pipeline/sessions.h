/* SPDX-License-Identifier: Apache-2.0 */
/* The sessions that a run meets: what their contributions say about them, and where they disagree. */
#ifndef AUR_PIPELINE_SESSIONS_H
#define AUR_PIPELINE_SESSIONS_H
#include "base/strtab.h"
#include "index/index.h"

enum { AUR_SESSION_KEYS = 16 }; /* limit for the fields that contributions inherit from their session */

typedef struct aur_met_session {
	aur_buf id;
	char *key[AUR_SESSION_KEYS];
	aur_buf value[AUR_SESSION_KEYS];
	uint32_t lent[AUR_SESSION_KEYS],
	    other[AUR_SESSION_KEYS]; /* lent: contributions that inherited the value; other: contributions that have another one */
	uint32_t without[AUR_SESSION_KEYS]; /* by inherited field: contributions that got none, as nobody had said it yet */
	uint32_t n, moved; /* n: number of keys.  moved: bits, by inherited field: the person has been told that the session now has another value
	                    * than before the run */
	int declared;       /* it exists in the corpus */
	uint32_t described; /* bits, by inherited field: set by its source, so contributions cannot change it */
} aur_met_session;

/* The first example of something to be told about a field. */
struct aur_session_case {
	const char *file;
	uint32_t session, of; /* of: how many sessions, if that cannot be counted at the end */
	aur_buf value;
};
typedef struct aur_sessions {
	char *const *inherit; /* names of the inherited fields */
	unsigned ninherit;
	aur_met_session *v;
	uint32_t n, cap;
	aur_strtab ids; /* index into v, by id */
	struct aur_session_case differs[AUR_SESSION_KEYS], moved[AUR_SESSION_KEYS], without[AUR_SESSION_KEYS]; /* each by inherited field */
	struct aur_session_before *before;                                          /* sessions before the run, sorted by id */
	uint32_t nbefore;
	aur_arena arena;
} aur_sessions;

/* Loads what the corpus says about its sessions before the run. */
void aur_sessions_before(aur_sessions *t, aur_snapshot *s);
/* The session with that id, added if the run had not met it; valid until the next one is added. */
aur_met_session *aur_sessions_met(aur_sessions *t, aur_str id);
/* Stores a value of the session under a key. */
void aur_session_keep(aur_met_session *s, const char *key, aur_str value);
/* Has the session a value for the key? */
int aur_session_says(aur_met_session *s, const char *key);
/* Called when a contribution is the first in the run to give field `which` of its session, or when a source gives it; the value is
 * not stored yet. */
void aur_sessions_said(aur_sessions *t, aur_met_session *s, unsigned which, aur_str value, const char *file);
/* A contribution gives another value for field `which`, key `k` of its session, than the first one did. */
void aur_sessions_differs(aur_sessions *t, uint32_t session, uint32_t k, unsigned which, aur_str value,
                          const char *file);
/* A contribution does not give field `which`, and no earlier contribution of its session in this run did. */
void aur_sessions_without(aur_sessions *t, uint32_t session, unsigned which, const char *file);
/* Tells the person, at the end of the run, where contributions and sessions disagree. */
void aur_sessions_tell(aur_sessions *t, void (*note)(void *ctx, const char *file, const char *msg), void *ctx);
void aur_sessions_free(aur_sessions *t);
#endif
