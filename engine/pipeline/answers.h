/* SPDX-License-Identifier: Apache-2.0 */
/* The annotators' answers about the forms of a corpus: the data structure.  again.c fills it in. */
#ifndef AUR_PIPELINE_ANSWERS_H
#define AUR_PIPELINE_ANSWERS_H
#include "pipeline/chain.h"

enum { AUR_ANSWERED = 0x80, AUR_ANSWER_MASK = 8 /* shift of the annotators' bits in flags */ };
/* The answers of a chain's annotators, by form of the corpus; each annotator is asked once per form. */
typedef struct aur_answers {
	uint32_t forms;
	unsigned annotators;
	uint16_t *flags; /* by form: AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE; AUR_ANSWERED; above, a bit for each annotator that gave the form a number */
	uint32_t *number[AUR_MAX_ANNOTATORS];
	struct aur_sieved { /* by annotator */
		const aur_ext_sieve_v1 *by; /* NULL: the annotator has no sieve */
		aur_sieve *said;            /* by form, until all answers are there; then NULL, and the next are set */
		uint64_t *given;            /* a bit per form: it has a number of this annotator; small, to stay in cache */
		uint16_t *row;              /* by form: index into rows; 0, for most forms: no number, no bits */
		aur_sieve *rows;            /* distinct sieves; NULL: they are too many, and the sieve is not used */
	} sieve[AUR_MAX_ANNOTATORS];
	struct aur_marks {
		uint64_t punct, inclusive; /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE of 64 forms */
	} *marks;                          /* by form / 64, when all answers are there */
	int whole;
} aur_answers;
static inline uint32_t aur_answers_given(const aur_answers *w, unsigned annotator, uint32_t form)
{
	return (uint32_t)w->flags[form] >> (AUR_ANSWER_MASK + annotator) & 1u;
}
/* The number that an annotator gave to a form that it was asked about, if `given` is 1; else 0, without reading the numbers (no
 * branch), as for most forms. */
static inline uint32_t aur_answers_number_if(const aur_answers *w, unsigned annotator, uint32_t form, uint32_t given)
{
	return w->number[annotator][form & -given] & -given;
}
static inline uint32_t aur_answers_number(const aur_answers *w, unsigned annotator, uint32_t form)
{
	return aur_answers_number_if(w, annotator, form, aur_answers_given(w, annotator, form));
}
#endif
