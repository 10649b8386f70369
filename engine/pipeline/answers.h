/* SPDX-License-Identifier: Apache-2.0 */
/* What the annotators said of the forms of a corpus, as it is stored and read; again.c asks them. */
#ifndef AUR_PIPELINE_ANSWERS_H
#define AUR_PIPELINE_ANSWERS_H
#include "pipeline/chain.h"

enum { AUR_ANSWERED = 0x80, AUR_ANSWER_MASK = 8 /* bits to the left */ };
/* What the annotators of a chain answer for the forms of a corpus, by number; each is asked once. */
typedef struct aur_answers {
	uint32_t forms;
	unsigned annotators;
	uint16_t *flags; /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE; AUR_ANSWERED; above, a bit for each annotator that gave the form a number */
	uint32_t *number[AUR_MAX_ANNOTATORS];
	struct aur_sieved { /* of each annotator */
		const aur_ext_sieve_v1 *by; /* NULL: it has no sieve */
		aur_sieve *said;            /* of each form, until all answers are there; from then on: */
		uint64_t *given;            /* a bit for each form that it gave a number: so few bytes stay near */
		uint16_t *row;              /* of each form, which of these: 0, as most, for nothing */
		aur_sieve *rows;            /* NULL: there are too many, and nothing is sifted */
	} sieve[AUR_MAX_ANNOTATORS];
	int whole;
} aur_answers;
static inline uint32_t aur_answers_given(const aur_answers *w, unsigned annotator, uint32_t form)
{
	return (uint32_t)w->flags[form] >> (AUR_ANSWER_MASK + annotator) & 1u;
}
/* What an annotator said of a form that it was asked for; 0 for most, and then without a look at the numbers. */
static inline uint32_t aur_answers_number(const aur_answers *w, unsigned annotator, uint32_t form)
{
	uint32_t given = aur_answers_given(w, annotator, form);
	return w->number[annotator][form & -given] & -given;
}
#endif
