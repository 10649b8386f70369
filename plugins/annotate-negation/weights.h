/* SPDX-License-Identifier: Apache-2.0 */
/* weights.h - how much a word at some place speaks for a hit being denied, in 1/NEG_LOGIT of a logit (weights.c, learnt). */
#ifndef AURICULE_NEGATION_WEIGHTS_H
#define AURICULE_NEGATION_WEIGHTS_H
#include <stdint.h>

enum { NEG_LOGIT = 256 };

/* The places of a word.  Words beyond the next clause are ignored, as they speak of something else. */
typedef enum neg_place {
	NEG_BEFORE,          /* before the hit: in its own clause (+0), in the next one (+1) */
	NEG_BEHIND = 2,      /* likewise behind it */
	NEG_NEAR_BEFORE = 4, /* before the hit: right beside it (+0), one word further (+1), two or three words further (+2) */
	NEG_NEAR_BEHIND = 7, /* likewise behind it */
	NEG_WITHIN = 10,     /* in the hit itself */
	NEG_WITHIN_BEFORE, NEG_WITHIN_BEHIND, /* the same, where a word of the hit's clause negates before it, or behind it */
	NEG_ANSWERS, /* among the first words after a question that has the hit in it */
	NEG_BEFORE_NEGATED, NEG_BEHIND_NEGATED, /* in the hit's own clause, where a word of it negates on the same side */
	NEG_BEFORE_LACK, /* as NEG_BEFORE, if a lack of the hit counts */
	NEG_BEHIND_LACK = NEG_BEFORE_LACK + 2,
	NEG_PLACES = NEG_BEHIND_LACK + 2
} neg_place;
enum { NEG_ENDS_CLAUSE = 1, NEG_NEGATES = 2, NEG_ASKS = 4 };

typedef struct neg_weight {
	const char *word; /* without accents and capitals; « emba* »: of words without a row that begin so; the table is sorted by it, bytewise */
	uint8_t is;       /* NEG_ENDS_CLAUSE… as bits */
	int16_t at[NEG_PLACES];
} neg_weight;

typedef enum neg_pair_place { NEG_PAIR_BEFORE, NEG_PAIR_BEHIND, NEG_PAIR_EDGE, NEG_PAIR_PLACES } neg_pair_place;
typedef struct neg_pair {
	uint16_t first, second; /* indices into neg_weights */
	int16_t at[NEG_PAIR_PLACES];
} neg_pair;

extern const char neg_weights_made[]; /* identifies this set of weights */
extern const int32_t neg_weight_of_all, neg_weight_of_lack; /* for every hit; for one whose lack counts */
extern const int32_t neg_weight_of_words[4];                /* for a hit of one word, two, three, more */
extern const uint32_t neg_weight_count, neg_pair_count;
extern const neg_weight neg_weights[];
extern const neg_pair neg_pairs[];
#endif
