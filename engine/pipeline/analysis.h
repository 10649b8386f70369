/* SPDX-License-Identifier: Apache-2.0 */
/* Analyses contributions: tokens, forms with their layers, hits.
 *
 * THREADS: each thread has its own aur_analyst; several may share a dictionary. */
#ifndef AUR_PIPELINE_ANALYSIS_H
#define AUR_PIPELINE_ANALYSIS_H
#include <stdatomic.h>
#include "pipeline/chain.h"

#define AUR_MAX_TEXT (UINT32_MAX / 4) /* bytes; limit for a contribution */

typedef struct aur_lform { /* a form of this analyst's dictionary; valid until aur_analyst_reset replaces that; 32 bytes, half a cache line */
	aur_str *_Atomic layer; /* see aur_lform_layers */
	uint32_t len, flags; /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE */
	union {
		char letters[16]; /* a short form, padded with zeros */
		const char *apart; /* a longer form */
	};
} aur_lform;
static inline const char *aur_lform_text(const aur_lform *f)
{
	return f->len <= sizeof f->letters ? f->letters : f->apart;
}
static inline aur_str aur_lform_str(const aur_lform *f)
{
	return (aur_str){aur_lform_text(f), f->len};
}
/* The values of the shown layers. */
static inline const aur_str *aur_lform_layers(const aur_lform *f)
{
	return atomic_load_explicit(&f->layer, memory_order_acquire);
}

typedef struct aur_analyst aur_analyst;

enum { AUR_ANALYSIS_PUNCT = 16, AUR_ANALYSIS_INCLUSIVE = 32 }; /* flags of a token beside AUR_FWD_*, where AUR_FWD_SENTENCE is AUR_TOK_SENTENCE_END */

typedef struct aur_analysis { /* results for one contribution; valid until the next aur_analyst_reset; an array of none may be NULL */
	aur_str text;
	aur_str id;
	uint32_t ntok, nwords;
	const uint32_t *lform, *start, *end;
	const uint8_t *flags; /* AUR_FWD_*, AUR_ANALYSIS_* */
	uint32_t nhits;
	const aur_hit_rec *hit;     /* sorted by first token; label: the annotator's own number, see hit_annotator */
	const uint8_t *hit_annotator;
} aur_analysis;

/* A dictionary for analysts to share, all of one chain; freed after them. */
typedef struct aur_vocabs aur_vocabs;
aur_vocabs *aur_vocabs_new(unsigned annotators);
void aur_vocabs_free(aur_vocabs *words);

aur_code aur_analyst_new(aur_chain *c, aur_analyst **out, aur_error *err);
aur_code aur_analyst_join(aur_chain *c, aur_vocabs *words, aur_analyst **out, aur_error *err); /* one that shares `words` */
void aur_analyst_free(aur_analyst *a);
/* Drops the contributions and keeps the dictionary, unless that has grown beyond its limit, or others who share it have replaced it.  After
 * an error the analyst can only be freed. */
aur_code aur_analyst_reset(aur_analyst *a, aur_error *err);
/* Would a reset replace the dictionary, which makes the forms of results that were put aside invalid? */
int aur_analyst_full(const aur_analyst *a);
void aur_analyst_drop(aur_analyst *a); /* drops the contributions, and keeps the dictionary in any case */
/* Puts results aside: after aur_analyst_finish, aur_analyst_swap exchanges the analyst's results with *r, which leaves room for the
 * next contributions; another swap brings them back, for aur_analyst_get and the like.  Texts stay the caller's.  bare: drops the
 * positions of tokens, more than half of the memory; aur_analyst_get then gives NULL for start, end and flags. */
typedef struct aur_results aur_results;
aur_results *aur_results_new(void);
void aur_results_free(aur_results *r);
void aur_analyst_swap(aur_analyst *a, aur_results *r, int bare);
/* Tokenizes a text, which must live until the next reset. */
aur_code aur_analyst_add(aur_analyst *a, aur_str id, aur_str text, aur_error *err);
/* Computes the layers of all new forms, then the hits of all contributions added. */
aur_code aur_analyst_finish(aur_analyst *a, aur_error *err);
uint32_t aur_analyst_count(const aur_analyst *a);
void aur_analyst_get(aur_analyst *a, uint32_t i, aur_analysis *out);
const aur_lform *aur_analyst_form(const aur_analyst *a, uint32_t lform);
/* A caller may keep a number with each form.  Gets those of n forms; returns how many have none (AUR_NONE). */
uint32_t aur_analyst_kept(const aur_analyst *a, const uint32_t *lform, uint32_t n, uint32_t *out);
void aur_analyst_keep(aur_analyst *a, uint32_t lform, uint32_t number);
/* Are its forms all that this run has met by now, by any thread?  Then one without a kept number was given to nobody. */
int aur_analyst_has_all(const aur_analyst *a);

/* What almost matched in the i-th contribution, after aur_analyst_finish; from each annotator that offers auricule.explain/1. */
typedef void (*aur_near_fn)(void *ctx, unsigned annotator, const aur_near_miss *m);
aur_code aur_analyst_explain(aur_analyst *a, uint32_t i, aur_near_fn fn, void *ctx, aur_error *err);
#endif
