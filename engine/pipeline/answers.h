/* SPDX-License-Identifier: Apache-2.0 */
/* The annotators' answers about the forms of a corpus: the data structure.  again.c fills it in. */
#ifndef AUR_PIPELINE_ANSWERS_H
#define AUR_PIPELINE_ANSWERS_H
#include "pipeline/chain.h"

enum { AUR_ANSWERED = 0x80, AUR_ANSWER_MASK = 8 /* shift of the annotators' bits in flags */ };
/* What is asked of each word of a text, in a byte: AUR_TOK_PUNCT and AUR_TOK_INCLUSIVE, which are 2 and 4; whether the form has a number; and
 * which one of the few that most forms have, or that it is none of them. */
enum { AUR_BRIEF_GIVEN = 1, AUR_BRIEF_NUMBER = 3 /* shift */, AUR_BRIEF_FEW = 31 };
enum { AUR_TOLD_BLOCK = 16 }; /* forms; those of a block of which nothing is said share their rows with other such blocks */
/* The answers of a chain's annotators, by form of the corpus; each annotator is asked once per form. */
typedef struct aur_answers {
	uint32_t forms;
	unsigned annotators;
	uint16_t *flags; /* by form: AUR_TOK_PUNCT, AUR_TOK_INCLUSIVE; AUR_ANSWERED; above, a bit for each annotator that gave the form a number */
	uint32_t *number[AUR_MAX_ANNOTATORS];
	struct aur_sieved { /* by annotator */
		const aur_ext_sieve_v1 *by; /* NULL: the annotator has no sieve */
		aur_sieve *said;            /* by form, until all answers are there; then it is NULL, and the next are set */
		uint8_t *brief;             /* by form: AUR_BRIEF_* and AUR_TOK_* */
		struct aur_brief {          /* what a byte stands for; the number is not there if it is none of the few */
			uint32_t flags, number;
		} of[256];
		uint32_t *block, *row;      /* see aur_answers_told */
		aur_sieve *told;            /* distinct answers; the first, that of most forms, says nothing */
	} sieve[AUR_MAX_ANNOTATORS];
	int whole;
} aur_answers;
static inline uint32_t aur_answers_given(const aur_answers *w, unsigned annotator, uint32_t form)
{
	return (uint32_t)w->flags[form] >> (AUR_ANSWER_MASK + annotator) & 1u;
}
/* What an annotator told of the words beside a form, when all answers are there. */
static inline const aur_sieve *aur_answers_told(const struct aur_sieved *v, uint32_t form)
{
	return &v->told[v->row[v->block[form / AUR_TOLD_BLOCK] + form % AUR_TOLD_BLOCK]];
}
/* The number that an annotator gave to a form that it was asked about. */
static inline uint32_t aur_answers_number(const aur_answers *w, unsigned annotator, uint32_t form)
{
	if (w->whole) {
		const struct aur_sieved *v = &w->sieve[annotator];
		unsigned b = v->brief[form];
		return b >> AUR_BRIEF_NUMBER < AUR_BRIEF_FEW ? v->of[b].number : w->number[annotator][form];
	}
	uint32_t given = aur_answers_given(w, annotator, form);
	return w->number[annotator][form & -given] & -given; /* no branch, and numbers are not read: most forms have none */
}
#endif
