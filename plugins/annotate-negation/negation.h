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

/* Words that the rules ask for by name, with what each list is for where its name does not say it. */
#define NEG_LISTS(X) \
	/* forms that are a cue only in some company */ \
	X(L_POINT, " point ") \
	X(L_PA, " pa ") \
	X(L_ZERO, " 0 zero ") \
	X(L_NUL, " nul nuls nulle nulles ") \
	X(L_SIL, " s'il s'ils sil sils ") \
	X(L_CONDITION, " condition conditions ") \
	X(L_MOINS, " moins ") \
	X(L_POURVU, " pourvu ") \
	X(L_CAS, " cas ") \
	X(L_MOMENT, " moment ") \
	X(L_RESERVE, " reserve ") \
	X(L_DISCERNEMENT, " discernement ") \
	/* what before or behind a cue takes its force away */ \
	X(L_BEFORE_PAS, " pourquoi pkoi ou -ce au un premier chaque ") \
	X(L_PAS_ONLY, " seulement uniquement simplement forcement toujours tous toutes tout assez mal etonnant surprenant moins ") \
	X(L_PAS_DE_DOUTE, " doute doutes surprise autre autres choix question moyen solution ") \
	X(L_PROBLEM, " probleme problemes soucis souci pb ") \
	X(L_QUE_SI, " que si ") \
	X(L_BEFORE_RIEN, " pour de que a moins des les ") \
	X(L_QUE, " que qu' ") \
	X(L_A_PERSON, " en par chaque autre meme premiere seule grande jeune vraie de d' ") \
	X(L_UNIT, " euro euros € heure heures h km jour jours an ans ") \
	X(L_SANS_DOUTE, " doute cesse arret fin compter parler oublier exception blague deconner ") \
	X(L_AFTER_NO, " a merci ") \
	X(L_BEFORE_NO, " dire dis dit ou ") \
	X(L_WHETHER, " meme comme demand* savoir sais sait vois voir verifier regarder dis dit voyez ") \
	/* more, or no more? */ \
	X(L_MORE, " en un peu beaucoup encore bien toujours non ") \
	X(L_AFTER_NO_MORE, " du depuis maintenant ici ") \
	X(L_BEFORE_A, " y n' on il elle ca m' t' nous vous l' qui ") \
	X(L_SEUL, " seul seule ") \
	/* « à aucun moment », « nulle part »: said of the whole clause */ \
	X(L_NEVER, " moment moments instant part fois facon maniere ") \
	X(L_VOIR, " voir ") \
	/* what may stand between a verb and the « pas » behind it */ \
	X(L_BETWEEN, " vraiment meme trop encore toujours du tout jamais donc non ") \
	X(L_AFTER_IF, " besoin possible quelqu'un ce cela ") \
	X(L_A, " a ") \
	X(L_A_SOUS, " a sous ") \
	X(L_AVEC, " avec ") \
	X(L_CERTAINS, " certains ") \
	X(L_COMME, " comme ") \
	X(L_DU, " du ") \
	X(L_EN, " en ") \
	X(L_MAIS, " mais ") \
	X(L_PAR, " par ") \
	X(L_SOUS, " sous ") \
	X(L_UN, " un une ") \
	X(L_Y, " y ")
#define NEG_NAME(name, words) name,
typedef enum neg_list { NEG_LISTS(NEG_NAME) NEG_LIST_COUNT } neg_list;
#define NEG_KNOWN (UINT64_C(1) << 63) /* beside the bits of the lists: this form was looked up */

/* Every word of every list in one table: a form is looked up once, whatever the lists hold. */
typedef struct neg_words neg_words;
neg_words *neg_words_new(void); /* to be freed; NULL when memory is short */
/* The parts of a form, from its value without accents and capitals. */
uint32_t neg_role(const neg_words *w, aur_str fold, bool punct);
/* The lists that hold it, as bits. */
uint64_t neg_lists(const neg_words *w, aur_str fold);
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

/* What a worker remembers: by aur_view.form, the lists that hold the form. */
typedef struct neg_cache {
	const neg_words *words;
	int32_t fold; /* index of the layer, -1: the form as it is */
	uint64_t *lists;
	size_t cap;
} neg_cache;

typedef struct neg_text {
	const aur_host *h;
	const aur_view *v;
	const uint32_t *role; /* by token */
	neg_cache *cache;
	uint32_t from, to;    /* the sentence that is looked at: [from, to] */
	neg_cue *cues;
	size_t count, cap;
	bool no_memory;
} neg_text;
/* Finds the cues of the sentence [from, to] and puts them behind those before. */
void neg_find_cues(neg_text *t);
/* The value of a form that the lists are about: without accents and capitals, where the pipeline has that layer. */
aur_str neg_value(const neg_cache *c, const aur_form *f);
/* Looks the form of a token up, for the first time. */
uint64_t neg_look(const neg_text *t, uint32_t token);
/* Is the token one of the words of a list? */
static inline bool neg_is(const neg_text *t, uint32_t token, neg_list list)
{
	if (token >= t->v->token_count)
		return false;
	uint32_t id = t->v->form[token];
	uint64_t in = id < t->cache->cap ? t->cache->lists[id] : 0;
	if (in == 0)
		in = neg_look(t, token);
	return in >> list & 1;
}
#endif
