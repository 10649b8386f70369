/* SPDX-License-Identifier: Apache-2.0 */
/* weights.h - how much a word, by where it stands, speaks for a find's being denied, in 1/NEG_LOGIT of a logit (weights.c, learnt). */
#ifndef AURICULE_NEGATION_WEIGHTS_H
#define AURICULE_NEGATION_WEIGHTS_H
#include <stdint.h>

enum { NEG_LOGIT = 256 };

/* Where a word may stand.  Words beyond the next clause speak of something else. */
typedef enum neg_place {
	NEG_BEFORE,          /* in the clause of the find, in the next one: +0, +1 */
	NEG_BEHIND = 2,      /* the same */
	NEG_NEAR_BEFORE = 4, /* the word beside the find, the one beyond, the two beyond that: +0, +1, +2 */
	NEG_NEAR_BEHIND = 7, /* the same */
	NEG_WITHIN = 10,     /* in the find */
	NEG_WITHIN_BEFORE, NEG_WITHIN_BEHIND, /* the same, where a word of its clause before it, behind it negates */
	NEG_ANSWERS, /* among the first words behind the question that the find stands in */
	NEG_PLACES
} neg_place;
enum { NEG_ENDS_CLAUSE = 1, NEG_NEGATES = 2, NEG_ASKS = 4 };

typedef struct neg_weight {
	const char *word; /* without accents and capitals; they are sorted by bytes */
	uint8_t is;       /* NEG_ENDS_CLAUSE… */
	int16_t at[NEG_PLACES];
} neg_weight;

typedef enum neg_pair_place { NEG_PAIR_BEFORE, NEG_PAIR_BEHIND, NEG_PAIR_EDGE, NEG_PAIR_PLACES } neg_pair_place;
typedef struct neg_pair {
	uint16_t first, second; /* in neg_weights */
	int16_t at[NEG_PAIR_PLACES];
} neg_pair;

extern const char neg_weights_made[]; /* tells these weights from others */
extern const int32_t neg_weight_of_all, neg_weight_of_lack; /* of any find; of one whose lack counts */
extern const int32_t neg_weight_of_words[4];                /* of one with one word, two, three, more */
extern const uint32_t neg_weight_count, neg_pair_count;
extern const neg_weight neg_weights[];
extern const neg_pair neg_pairs[];
#endif
