/* SPDX-License-Identifier: Apache-2.0 */
/* The state of one thread's analysis.  Private to the files that implement it: analyst.c (texts), again.c (a corpus), annotate.c
 * (hits), near.c (what almost matched). */
#ifndef AUR_PIPELINE_ANALYST_H
#define AUR_PIPELINE_ANALYST_H
#include "pipeline/analysis.h"
#include "pipeline/answers.h"
#include "pipeline/vocab.h"

struct aur_token_sink { /* what a tokenizer sees */
	struct aur_analyst *a;
};
struct aur_hit_sink {
	struct aur_analyst *a;
};

#define PENDING 128u
struct pending {
	aur_vocab_word word;
	uint32_t flags;
};

struct adoc {
	aur_str id, text;
	uint32_t tok_end, nwords, hit_end;
};

/* Positions of tokens in their text. */
struct spans {
	uint32_t *start, *end;
	uint8_t *flags; /* AUR_FWD_*, AUR_ANALYSIS_* */
	uint32_t cap;
};

/* The results of some contributions; can be put aside, see aur_analyst_swap. */
struct aur_results {
	struct adoc *doc;
	uint32_t ndoc, doccap;
	uint32_t *lform, ntok, tokcap;
	struct spans at;
	int bare; /* positions of tokens were dropped */
	aur_hit_rec *hit;
	uint8_t *hit_ann;
	uint32_t nhit, hitcap;
};

struct aur_analyst {
	aur_chain *chain;
	aur_token_sink tsink;
	aur_hit_sink hsink;
	void *tok_worker, *layer_worker[2 * AUR_MAX_LAYERS], *ann_worker[AUR_MAX_ANNOTATORS];

	aur_vocabs *own; /* NULL: it shares those of others */
	aur_vocab_part *words;
	aur_vocab *vocab; /* words->d */

	struct aur_results r;
	uint32_t prev_end;
	struct pending pend[PENDING];
	uint32_t npend;
	const char *broken; /* how the tokenizer or annotator that was called broke its contract; NULL: it did not */

	/* the contribution that is being annotated */
	const struct adoc *cur;
	uint32_t ntok_cur, first_hit, now, labels; /* now: the annotator that is being called; labels: how many it has */
	const uint32_t *cur_lform;
	uint32_t *cur_flags, *numbers; /* by token */
	uint32_t curcap;
	/* over a corpus: forms are those of the index, with the index's numbers */
	aur_snapshot *snap;
	aur_answers *answers;
	aur_doc of_snap;
};

/* Makes room in cur_flags and numbers for n tokens. */
void aur_annotate_room(aur_analyst *a, uint32_t n);
/* Fills in what annotators see of n tokens (aur_annotate_room comes first): flags as in the contract, and the first annotator's
 * numbers.  Returns a bit for each annotator that gave one of the forms a number. */
unsigned aur_annotate_tell(aur_analyst *a, const uint32_t *form, const uint8_t *flags, uint32_t n);
/* The numbers that an annotator gave to n forms. */
const uint32_t *aur_annotate_numbers(aur_analyst *a, unsigned annotator, const uint32_t *form, uint32_t n);
/* Annotates a contribution: t has its tokens, their flags are in a->cur_flags; mask: the annotators (bits) that gave one of its
 * forms a number.  Appends its hits, sorted by position, to a->r.hit. */
typedef struct aur_annotated {
	const uint32_t *form, *start, *end;
	uint32_t n;
	aur_str text, id;
} aur_annotated;
aur_code aur_annotate(aur_analyst *a, unsigned mask, const aur_annotated *t, aur_error *err);
#endif
