/* SPDX-License-Identifier: Apache-2.0 */
/* How contributions.c reads the contributions of the index on several threads: what is prepared beforehand, and what each thread
 * finds.  Private to contributions.c, plan.c and stretch.c. */
#ifndef AUR_IRRITANTS_STRETCH_H
#define AUR_IRRITANTS_STRETCH_H
#include "base/hash.h"
#include "irritants/adapt.h"

enum { AUR_STRETCHES = 8 }; /* threads at most */

/* Shared by all threads that read contributions, and not changed while they do. */
struct aur_plan {
	struct aur_adapter *a;
	bool digest, words;
	uint32_t *by_name; /* all fields, sorted by name */
	const aur_reading *nothing; /* the reading that says which texts are non-answers */
	struct field_of *role, speaker;
	uint32_t session_field, stance_field, fields;
	uint32_t *session_of, session_values, *role_of[8], *speaker_of[8], stance_of[64]; /* role_of, speaker_of: by field of the reading, then by value; the others by value */
	uint32_t *dim_of[3]; /* by session: its value of dim_field; 0: it has none; AUR_NONE: it has one that no contribution gives */
};

/* The contributions [from, to) of one thread, and what it finds in them.  Numbers of expressions are its own until the results are
 * put together. */
struct aur_stretch {
	const struct aur_plan *plan;
	aur_snapshot *s;
	uint32_t from, to;
	struct exprs exprs;
	aur_in_hit *hits;
	size_t nhits, hitcap;
	uint32_t *bare, nbare, barecap, *kform;
	uint64_t tokens, bare_tokens;
	uint64_t sum[2]; /* sum of its contributions' fingerprints; the order does not matter to it */
	bool apart[3];   /* as aur_input.dim_apart */
	uint32_t odd_field, odd_value; /* the first unreadable answer to whether one may be quoted; odd_value 0: there was none */
	aur_error met, e;
	aur_code c;
};

/* plan.c: fills all but a, digest, words and role, which the caller sets.  Also sets the adapter's number of speakers, and marks
 * sessions whose contributions disagree on a dimension. */
aur_code aur_plan_open(struct aur_plan *p, aur_error *e);
void aur_plan_free(struct aur_plan *p);
/* Reads n contributions on up to `wanted` threads (0: one per processor), fewer where there are too few contributions.  A thread is
 * left out if its snapshot is not of the same commit.  Returns how many of t[AUR_STRETCHES] were used, from the first on; each has
 * its own error. */
uint32_t aur_stretches_read(const struct aur_plan *p, uint32_t n, uint32_t forms, unsigned wanted, struct aur_stretch *t);
void aur_stretches_free(struct aur_stretch *t);
/* Adds a key and its value to the fingerprint of what was said. */
void aur_digest_pair(aur_fp *fp, aur_str key, aur_str value);
#endif
