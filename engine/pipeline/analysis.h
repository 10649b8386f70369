/* SPDX-License-Identifier: Apache-2.0 */
/* The analysis of one contribution after the other.
 *
 * THREADS: each thread has its own aur_analyst. */
#ifndef AUR_PIPELINE_ANALYSIS_H
#define AUR_PIPELINE_ANALYSIS_H
#include "pipeline/chain.h"

#define AUR_MAX_TEXT (UINT32_MAX / 4) /* bytes of a contribution */

typedef struct aur_lform { /* a form as this analyst knows it; lives until the dictionary starts anew */
	const char *p;
	aur_str *layer; /* shown layers */
	uint32_t len, flags; /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE */
	char letters[16];    /* of most forms: then p points here */
} aur_lform;

typedef struct aur_analyst aur_analyst;

enum { AUR_ANALYSIS_PUNCT = 16, AUR_ANALYSIS_INCLUSIVE = 32 }; /* beside AUR_FWD_*, of which AUR_FWD_SENTENCE is AUR_TOK_SENTENCE_END */

typedef struct aur_analysis { /* one contribution: valid until the next aur_analyst_reset */
	aur_str text;
	aur_str id;
	uint32_t ntok, nwords;
	const uint32_t *lform, *start, *end;
	const uint8_t *flags; /* AUR_FWD_*, AUR_ANALYSIS_* */
	uint32_t nhits;
	const aur_hit_rec *hit;     /* by first token; label: number of the annotator's, see annotator */
	const uint8_t *hit_annotator;
} aur_analysis;

aur_code aur_analyst_new(aur_chain *c, aur_analyst **out, aur_error *err);
void aur_analyst_free(aur_analyst *a);
/* Forgets the contributions, keeps the dictionary (unless that has grown beyond its bound).  After an error it can only be freed. */
aur_code aur_analyst_reset(aur_analyst *a, aur_error *err);
/* Is the dictionary so large that the next reset forgets it, and with it the forms of all results put aside? */
int aur_analyst_full(const aur_analyst *a);
/* Results put aside: after aur_analyst_finish, a swap takes what was found out and leaves room for the next contributions; a second one brings
 * it back, for aur_analyst_get and what follows it.  Their texts stay the caller's.  bare: without the place of each token, which is more than
 * half of it: aur_analyst_get gives NULL for start, end and flags then. */
typedef struct aur_results aur_results;
aur_results *aur_results_new(void);
void aur_results_free(aur_results *r);
void aur_analyst_swap(aur_analyst *a, aur_results *r, int bare);
/* Tokenizes; texts must live until reset. */
aur_code aur_analyst_add(aur_analyst *a, aur_str id, aur_str text, aur_error *err);
/* Layers for all new forms, then hits for all contributions added. */
aur_code aur_analyst_finish(aur_analyst *a, aur_error *err);
uint32_t aur_analyst_count(const aur_analyst *a);
void aur_analyst_get(aur_analyst *a, uint32_t i, aur_analysis *out);
const aur_lform *aur_analyst_form(const aur_analyst *a, uint32_t lform);
/* The room above may keep a number with each form.  Gets those of n forms; returns how many have none (AUR_NONE). */
uint32_t aur_analyst_kept(const aur_analyst *a, const uint32_t *lform, uint32_t n, uint32_t *out);
void aur_analyst_keep(aur_analyst *a, uint32_t lform, uint32_t number);

/* What almost matched in the i-th contribution, after aur_analyst_finish: of each annotator that can say so (auricule.explain/1). */
typedef void (*aur_near_fn)(void *ctx, unsigned annotator, const aur_near_miss *m);
aur_code aur_analyst_explain(aur_analyst *a, uint32_t i, aur_near_fn fn, void *ctx, aur_error *err);
#endif
