/* SPDX-License-Identifier: Apache-2.0 */
/* The annotators' answers about the forms of a corpus: the data structure.  again.c fills it in. */
#ifndef AUR_PIPELINE_ANSWERS_H
#define AUR_PIPELINE_ANSWERS_H
#include "pipeline/chain.h"

enum { AUR_ANSWERED = 0x80, AUR_ANSWER_MASK = 8 /* shift of the annotators' bits in flags */ };
/* What is asked of each word of a text; flags: AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE. */
struct aur_told {
	aur_sieve sieve;
	uint32_t number, flags;
};
enum { AUR_TOLD_BLOCK = 16 }; /* forms; those of a block of which nothing is said share their rows with other such blocks */
/* The answers of a chain's annotators, by form of the corpus; each annotator is asked once per form. */
typedef struct aur_answers {
	uint32_t forms;
	unsigned annotators;
	uint16_t *flags; /* by form: AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE; AUR_ANSWERED; above, a bit for each annotator that gave the form a number */
	uint32_t *number[AUR_MAX_ANNOTATORS];
	struct aur_sieved { /* by annotator */
		const aur_ext_sieve_v1 *by; /* NULL: the annotator has no sieve */
		aur_sieve *said;            /* by form, until all answers are there; then it and `number` are NULL, and the next are set */
		uint64_t *given;            /* a bit per form: it has a number of this annotator; small, to stay in cache */
		uint32_t *block, *row;      /* see aur_answers_told */
		struct aur_told *told;      /* distinct answers; the first, that of most forms, says nothing */
	} sieve[AUR_MAX_ANNOTATORS];
	int whole;
} aur_answers;
static inline uint32_t aur_answers_given(const aur_answers *w, unsigned annotator, uint32_t form)
{
	return (uint32_t)w->flags[form] >> (AUR_ANSWER_MASK + annotator) & 1u;
}
/* What an annotator told of a form, when all answers are there. */
static inline const struct aur_told *aur_answers_told(const struct aur_sieved *v, uint32_t form)
{
	return &v->told[v->row[v->block[form / AUR_TOLD_BLOCK] + form % AUR_TOLD_BLOCK]];
}
/* The number that an annotator gave to a form that it was asked about. */
static inline uint32_t aur_answers_number(const aur_answers *w, unsigned annotator, uint32_t form)
{
	if (w->whole)
		return aur_answers_told(&w->sieve[annotator], form)->number;
	uint32_t given = aur_answers_given(w, annotator, form);
	return w->number[annotator][form & -given] & -given; /* no branch, and numbers are not read: most forms have none */
}
#endif
