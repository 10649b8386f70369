/* SPDX-License-Identifier: Apache-2.0 */
/* answers.c - a question that only names something, with its answer in the next sentence: « Radié, moi ? Jamais. », « Les délais ?
 * Rien à dire. » */
#include "negation.h"

/* « Qui m'a jugée ? Personne. », « Quand m'a-t-on menacé ? Jamais. »: is this the answer that begins at `i`? */
static bool is_nobody(const neg_text *t, uint32_t i, uint32_t to)
{
	return is(t, t->from, L_WHO) && plays(t, i, R_PERSONNE | R_JAMAIS | R_AUCUN) && (i == to || (t->role[i + 1] & R_PUNCT));
}

/* « pas que je sache », « pas une seconde », « zéro »; further on « ça risque pas » */
static uint32_t laughed_off(const neg_text *t, uint32_t i, uint32_t to)
{
	uint32_t n = neg_after(t, i), then = neg_after(t, n);
	if (plays(t, i, R_PAS) && (is(t, then, L_TIME_OR_WAY) || is(t, then, L_ALONE) || (plays(t, n, R_QUE) && plays(t, then, R_SUBJECT))))
		return i;
	if (plays(t, n, R_PAS) && ((then == NEG_NONE && t->role[i] == 0) || (is(t, i, L_BETWEEN) && is(t, then, L_UN))))
		return n; /* absolument pas, même pas une */
	if (is(t, i, L_SPARED))
		return i; /* « Les quinze heures ? Exemptée. » */
	if ((is(t, i, L_ZERO) && n == NEG_NONE) || is(t, i, L_NADA) || is(t, n, L_NADA))
		return i;
	if (is(t, i, L_GONE) || (is(t, i, L_OVER) && (n == NEG_NONE || is(t, n, L_DEPUIS) || plays(t, n, R_BREAK))))
		return i; /* « La honte ? Envolée. » */
	for (uint32_t k = i; k <= to && k < i + 12; k++) {
		uint32_t pas = neg_after(t, k), be = neg_before(t, k);
		if (is(t, k, L_RISK) && plays(t, pas, R_PAS))
			return pas;
		if (plays(t, k, R_RIEN) && (is(t, pas, L_ASKED) || is(t, pas, L_IMPOSED)) && neg_to_me(t, k))
			return k; /* « 15 heures ? Moi on m'a rien demandé. » */
		if (is(t, k, L_KNOWS) && plays(t, pas, R_PAS) && neg_after(t, pas) == NEG_NONE)
			return pas; /* « La solitude ? Avec trois ados, je connais pas. » */
		if (is(t, k, L_OVER) && is(t, be, L_IS) && (neg_after(t, k) == NEG_NONE || is(t, neg_after(t, k), L_DEPUIS)))
			return k; /* c'est fini */
		if (is(t, k, L_PAST) && is(t, be, L_DU) && is(t, neg_before(t, be), L_IS))
			return k;
		if (plays(t, k, R_PAS | R_JAMAIS) && !neg_pseudo(t, k) && is(t, neg_before(t, be), L_EN) && plays(t, be, R_AUX) && is(t, pas, L_SHOWN))
			return k; /* j'en ai pas croisé */
		if (plays(t, k, R_JAMAIS) && neg_after(t, k) == NEG_NONE && k > t->from && (t->role[k - 1] & R_COMMA))
			return k; /* « Seule ? Avec mes petits-enfants, jamais. » */
	}
	return NEG_NONE;
}

/* « Un stage ? Non, j'ai rien réclamé. », « Un coach ? Non, ça va. »: says that it is not missed */
static uint32_t not_missed(const neg_text *t, uint32_t i, uint32_t to)
{
	for (uint32_t k = i + 1; k < to && k < i + 8; k++) {
		uint32_t n = neg_after(t, k);
		if (plays(t, k, R_RIEN) && (is(t, n, L_ASKED) || is(t, n, L_SEEK) || is(t, n, L_IMPOSED)) && !neg_of_others(t, k))
			return k;
		if (plays(t, i, R_NON) && is(t, k, L_CA) && is(t, n, L_PLEASES) && neg_after(t, n) == NEG_NONE)
			return i;
	}
	return NEG_NONE;
}

static uint32_t all_the_better(const neg_text *t, uint32_t i, uint32_t to)
{
	uint32_t denial = NEG_NONE;
	for (uint32_t k = i; k < to; k++) {
		if ((t->role[k] & (R_PAS | R_JAMAIS | R_RIEN)) && denial == NEG_NONE)
			denial = k;
		if (is(t, k, L_TANT) && is(t, k + 1, L_BETTER))
			return denial;
	}
	return NEG_NONE;
}

/* « Le loyer ? Payé le 2. », « Les dettes ? Remboursées. »; but « Le loyer ? Payé en retard. » */
static bool is_paid(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (!is(t, i, L_PAID_BACK) && !is(t, i, L_SETTLED_UP))
		return false;
	return n == NEG_NONE || plays(t, n, R_DET) || is(t, n, L_DEPUIS) || (is(t, n, L_A) && is(t, neg_after(t, n), L_TIMES)) || is(t, n, L_DAY);
}

/* « Venir jusqu'ici ? Facile. », « Le loyer ? Ça va. », « Le loyer ? Tout réglé. » */
static bool is_in_order(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if (is(t, i, L_EASY) || is(t, i, L_SPLENDID))
		return n == NEG_NONE;
	if (is_paid(t, i))
		return true;
	return ((is(t, i, L_CA) && is(t, n, L_FINE)) || ((is(t, i, L_TOUT) || is(t, i, L_ALL)) && (is(t, n, L_PAID_UP) || is(t, n, L_PAID_BACK)))) && neg_after(t, n) == NEG_NONE;
}

/* The word of a plain denial that the answer begins with: « non », « plus maintenant », « connais pas », « pas du tout »,
 * « pas ici », « pas eu » */
static uint32_t plain_denial(const neg_text *t, uint32_t i)
{
	uint32_t n = neg_after(t, i);
	if ((t->role[i] & (R_NON | R_AUCUN | R_JAMAIS)) && !neg_pseudo(t, i))
		return i;
	if ((t->role[i] & R_PLUS) && (is(t, n, L_AFTER_NO_MORE) || plays(t, n, R_JAMAIS | R_AUCUN)))
		return i;
	if (is(t, i, L_MET_WITH) && plays(t, n, R_PAS))
		return n;
	if ((t->role[i] & R_PAS) && (is(t, n, L_BETWEEN) || is(t, n, L_HERE) || is(t, n, L_MET_WITH)))
		return i;
	return NEG_NONE;
}

/* The word that denies in the answer, which begins at `i`: the first of these turns that it has. */
static uint32_t answer_at(neg_text *t, uint32_t i, uint32_t to, bool lack)
{
	uint32_t token = neg_idiom_near(t, i, lack); /* une formalité, faut pas exagérer */
	if (token == NEG_NONE)
		token = neg_waved_away(t, i); /* non merci */
	if (token == NEG_NONE)
		token = neg_not_there(t, i); /* je n'y suis pas */
	if (token == NEG_NONE && is_in_order(t, i))
		token = i;
	if (token == NEG_NONE)
		token = all_the_better(t, i, to); /* on m'en a pas parlé, et tant mieux */
	if (token == NEG_NONE)
		token = lack ? not_missed(t, i, to) : laughed_off(t, i, to); /* pas que je sache */
	if (token == NEG_NONE && !lack)
		token = plain_denial(t, i);
	return token != NEG_NONE ? token : neg_denied_matter(t);
}

/* « Si j'ai des soucis de transport ? Non. », « Si les démarches sont compliquées ? Non. » */
static bool is_of_trouble(const neg_text *t)
{
	for (uint32_t i = t->from; i <= t->to; i++)
		if (is(t, i, L_HARD))
			return true;
	return neg_names_trouble(t, t->from, t->to);
}

uint32_t neg_answer(neg_text *t, uint32_t from, uint32_t to, bool lack)
{
	uint32_t asked_from = t->from, asked_to = t->to, i = from;
	size_t before = t->count;
	while (i < to && ((t->role[i] & R_PUNCT) || is(t, i, L_INTERJECTION) || (is(t, i, L_MAIS) && plays(t, i + 1, R_NON))))
		i++;
	if (is(t, t->to - 1, L_PRONOUN) && !plays(t, t->from, R_DET) && t->to > t->from + 1)
		lack = false; /* « Handicapée, moi ? » is about what somebody is */
	bool nobody = !lack && is_nobody(t, i, to), whether = plays(t, t->from, R_SI); /* « Si je suis seule ? Non. » */
	if (whether && lack && !is_of_trouble(t))
		return NEG_NONE; /* « Si on m'écoute ? Jamais. » */
	for (uint32_t k = t->from + (nobody || whether); k <= t->to; k++)
		if ((t->role[k] & (R_CUE & ~(R_MATTER | R_SPARED))) || (!nobody && is(t, k, L_ASKING)))
			return NEG_NONE;
	t->from = from;
	t->to = to;
	uint32_t token = nobody ? i : whether ? plain_denial(t, i) : answer_at(t, i, to, lack);
	t->count = before;
	t->from = asked_from;
	t->to = asked_to;
	return token;
}

uint32_t neg_likewise(const neg_text *t)
{
	uint32_t plus = t->role[t->to] & R_PUNCT ? neg_before(t, t->to) : t->to, non = neg_before(t, plus);
	if (!plays(t, plus, R_PLUS) || !plays(t, non, R_NON) || is(t, t->to, L_ASK))
		return NEG_NONE; /* « La CAF non plus ? » asks */
	for (uint32_t i = t->from; i < non; i++)
		if (t->role[i] & (R_CUE & ~(R_MATTER | R_SPARED)) || plays(t, i, R_SUBJECT))
			return NEG_NONE; /* « j'ai pas l'ordi non plus » says itself what it denies */
	return non;
}
