/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - what is known of a word: the parts that it can play (ne, pas, sans, si, a pronoun, a verb of opinion…), and which word
 * lists have it.  Each form is looked up once. */
#ifndef AURICULE_NEGATION_WORDS_H
#define AURICULE_NEGATION_WORDS_H
#include "auricule/plugin.h"
#include "lists.h"
#include <stdbool.h>
#include <stdint.h>

/* Parts that a word can play, as bits; a word may have several: « le » is a determiner and a pronoun. */
enum {
	R_NE = 1u << 0,
	R_PAS = 1u << 1,       /* pas, point, guère */
	R_PLUS = 1u << 2,      /* no more, or more */
	R_JAMAIS = 1u << 3,
	R_RIEN = 1u << 4,
	R_PERSONNE = 1u << 5,  /* nobody, or a person */
	R_AUCUN = 1u << 6,     /* aucun, nul, zéro */
	R_SANS = 1u << 7,
	R_NI = 1u << 8,
	R_NON = 1u << 9,
	R_ABSENCE = 1u << 10,  /* absence (de), manque (de), loin (de) */
	R_QUE = 1u << 11,
	R_OPINION = 1u << 12,  /* verbs that end a negation's scope: ne pas comprendre la sanction */
	R_REPORT = 1u << 13,   /* verbs that carry it on: ne pas dire qu'on est… */
	R_SUBJECT = 1u << 14,  /* je, on, ils: a new clause begins */
	R_DET = 1u << 15,
	R_OBJECT = 1u << 16,   /* me, nous, se: a verb follows */
	R_BREAK = 1u << 17,    /* mais, car, donc, pourquoi: the clause ends */
	R_SI = 1u << 18,
	R_QUAND = 1u << 19,
	R_AND = 1u << 20,      /* et, ou */
	R_QUI = 1u << 21,      /* qui, dont, où */
	R_DE = 1u << 22,
	R_AUX = 1u << 23,      /* être and avoir in all their forms */
	R_POUR = 1u << 24,
	R_JUST = 1u << 25,     /* justifié, mérité, normal: what makes a sanction acceptable */
	R_COMMA = 1u << 26,
	R_STOP = 1u << 27,     /* any other punctuation that ends a clause */
	R_MARK = 1u << 28,     /* punctuation that does not: quotation marks, dashes inside */
	R_COND = 1u << 29,     /* à condition, à moins, en cas: only together with other words */
	R_SPARED = 1u << 30    /* au lieu (de), échapper (à), fini (les …): only together with other words */
};
#define R_MATTER (1u << 31)    /* problème, besoin, concerné…: where one of these is denied, the thing that it is about is no matter */
#define R_SECOND (R_PAS | R_PLUS | R_JAMAIS | R_RIEN | R_PERSONNE | R_AUCUN)
#define R_CUE (R_NE | R_SECOND | R_SANS | R_NI | R_NON | R_ABSENCE | R_SI | R_QUAND | R_COND | R_SPARED | R_MATTER)
#define R_PUNCT (R_COMMA | R_STOP | R_MARK)

/* The word lists of lists.h, as bits. */
#define NEG_NAME(name, words) name,
typedef enum neg_list {
	NEG_LISTS(NEG_NAME) NEG_LIST_COUNT,
	L_INFINITIVE = NEG_LIST_COUNT, /* recognised by its ending: juger, subir, prendre */
	L_ORDER,                       /* jugez, jugeons */
	L_WOULD_DO                     /* ferait, vivraient */
} neg_list;
typedef struct neg_set {
	uint64_t word[7]; /* a bit for each neg_list */
} neg_set;
static inline bool neg_in(const neg_set *s, neg_list list)
{
	return s->word[(unsigned)list / 64] >> (unsigned)list % 64 & 1;
}

/* All words of all lists in one hash table, so that a form takes one look-up, however many lists there are. */
typedef struct neg_words neg_words;
neg_words *neg_words_new(void); /* to be freed with free(); NULL when memory is short */
/* The parts of a form; `fold` is its text without accents and capitals. */
uint32_t neg_role(const neg_words *w, aur_str fold, bool punct);
/* The lists that have it. */
neg_set neg_lists(const neg_words *w, aur_str fold);
/* A hash of all word lists, for the plugin's fingerprint. */
uint64_t neg_words_hash(void);
#endif
