/* SPDX-License-Identifier: Apache-2.0 */
/* How the contributions of the index are read for the ledger: what is known beforehand, and what each thread finds.  For contributions.c and its files alone. */
#ifndef AUR_IRRITANTS_STRETCH_H
#define AUR_IRRITANTS_STRETCH_H
#include "base/hash.h"
#include "irritants/adapt.h"

enum { AUR_STRETCHES = 8 }; /* at most: threads */

/* What all threads that read contributions share, and do not change. */
struct aur_plan {
	struct aur_adapter *a;
	bool digest, words;
	uint32_t *by_name; /* the fields */
	const aur_reading *nothing;
	struct field_of *role, speaker;
	uint32_t session_field, stance_field, fields;
	uint32_t *session_of, session_values, *role_of[8], *speaker_of[8], stance_of[64]; /* by field that may name the role, or the speaker */
	uint32_t *dim_of[3]; /* by session: the value of dim_field that it has; AUR_NONE: no contribution says that */
};

/* The contributions [from, to) of one thread, and what it finds in them: in its own numbers, until all are put together. */
struct aur_stretch {
	const struct aur_plan *plan;
	aur_snapshot *s;
	uint32_t from, to;
	struct exprs exprs;
	aur_in_hit *hits;
	size_t nhits, hitcap;
	uint32_t *bare, nbare, barecap, *kform;
	uint64_t tokens, bare_tokens;
	uint64_t sum[2]; /* of the fingerprints of its contributions */
	bool apart[3];   /* as aur_input.dim_apart */
	uint32_t odd_field, odd_value; /* the first answer to whether one may be quoted that nobody can read; value 0: none */
	aur_error met, e;
	aur_code c;
};

/* plan.c: fills what is there beside a, digest, words and role; the adapter is told how many speakers there are, and which sessions say several things of themselves. */
aur_code aur_plan_open(struct aur_plan *p, aur_error *e);
void aur_plan_free(struct aur_plan *p);
/* Reads the n contributions on as many threads as are wanted (0: as there are processors), and there are contributions for: each sees the same commit,
 * or does nothing.  How many there were: the first of t[AUR_STRETCHES]. */
uint32_t aur_stretches_read(const struct aur_plan *p, uint32_t n, uint32_t forms, unsigned wanted, struct aur_stretch *t);
void aur_stretches_free(struct aur_stretch *t);
/* A name and a value that belong to what was said. */
void aur_digest_pair(aur_fp *fp, aur_str key, aur_str value);
#endif
