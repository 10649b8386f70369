/* SPDX-License-Identifier: Apache-2.0 */
/* negation.h - what the files of annotate-negation share.
 *
 *   words.c     which part a word can play: ne, pas, sans, si, a pronoun, a verb of opinion…  Asked once per form.
 *   cues.c      the cues of a contribution (« ne … pas », « sans », « si »…), each with its scope
 *   negation.c  the component: which cue governs which hit */
#ifndef AURICULE_NEGATION_H
#define AURICULE_NEGATION_H
#include "auricule/plugin.h"
#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define _(s) dgettext("auricule", s)

/* Parts that a word can play, as bits: « le » is a determiner and a pronoun. */
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
	R_OPINION = 1u << 12,  /* verbs that do not carry a negation on: ne pas comprendre la sanction */
	R_REPORT = 1u << 13,   /* verbs that do: ne pas dire qu'on est… */
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
	R_COND = 1u << 29,     /* à condition, à moins, en cas: with what stands around */
	R_MARK = 1u << 28      /* punctuation that does not: quotation marks, dashes inside */
};
#define R_SECOND (R_PAS | R_PLUS | R_JAMAIS | R_RIEN | R_PERSONNE | R_AUCUN)
#define R_CUE (R_NE | R_SECOND | R_SANS | R_NI | R_NON | R_ABSENCE | R_SI | R_QUAND | R_COND)

/* The parts of a form, from its value without accents and capitals. */
uint32_t neg_role(aur_str fold, bool punct);
/* A hash of the word lists: the fingerprint. */
uint64_t neg_words_hash(void);

enum { NEG_SENTENCE = 400 }; /* tokens; a longer sentence is looked at in pieces */

typedef struct neg_cue {
	uint32_t token;                   /* the word that negates or conditions */
	uint32_t ne;                      /* its « ne », or the token itself */
	uint32_t scope_first, scope_last; /* what it governs, itself perhaps within */
	uint32_t verb;                    /* where the verb that it denies begins: opinions are looked for from here on */
	bool conditional;
	bool backwards;                   /* also governs the verb before it: « on me juge pas » */
} neg_cue;

typedef struct neg_text {
	const aur_host *h;
	const aur_view *v;
	const uint32_t *role; /* by token */
	int32_t fold;         /* index of the layer, -1: the form as it is */
	uint32_t from, to;    /* the sentence that is looked at: [from, to] */
	neg_cue *cues;
	size_t count, cap;
	bool no_memory;
} neg_text;
/* Finds the cues of the sentence [from, to] and puts them behind those before. */
void neg_find_cues(neg_text *t);
/* Is the token's value one of the words of a list « a b c », between spaces? */
bool neg_is(const neg_text *t, uint32_t token, const char *list);
#endif
