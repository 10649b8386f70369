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
	struct aur_answer { /* what each token asks stands together */
		uint32_t number; /* of the first annotator */
		uint16_t flags;  /* AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE; AUR_ANSWERED; above, a bit for each annotator that gave it a number */
	} *of;
	uint32_t *number[AUR_MAX_ANNOTATORS]; /* of the second annotator and those after it */
	struct aur_sieved { /* of each annotator */
		const aur_ext_sieve_v1 *by; /* NULL: it has no sieve */
		uint64_t *given;            /* a bit for each form that it gave a number: so few bytes stay near */
		uint32_t *before;           /* how many have one before each 64 forms, */
		uint64_t (*beside)[2];      /* of the n-th of them, once all answers are there: left, right; until then, of each form */
		uint64_t *is;
	} sieve[AUR_MAX_ANNOTATORS];
	uint64_t *punct, *inclusive; /* a bit for each form, once all answers are there */
	int whole;
} aur_answers;
static inline uint32_t aur_answers_bit(const uint64_t *bits, uint32_t form)
{
	return (uint32_t)(bits[form / 64] >> form % 64 & 1);
}
/* What an annotator, all answers being there, said of a form; 0 for most, and then without a look at more than bits. */
static inline uint32_t aur_answers_number(const aur_answers *w, unsigned annotator, uint32_t form)
{
	uint32_t given = aur_answers_bit(w->sieve[annotator].given, form), at = form & -given;
	return (annotator ? w->number[annotator][at] : w->of[at].number) & -given;
}
#endif
